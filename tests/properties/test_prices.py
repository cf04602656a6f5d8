from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.inputs import ReferType, VideoInput
from kirin_video.domain.money import format_usd, usd
from kirin_video.domain.pricing import PriceList, billed_seconds, price_request
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.shot import Quality

MOST = 2**63 - 1
percents = st.decimals(0, 100, places=2)


@given(st.integers(-MOST, MOST))
def test_money_goes_there_and_back(micro: int) -> None:
    text = format_usd(micro)
    assert usd(text) == usd(Decimal(text)) == micro
    assert len(text.split(".")[1]) >= 2
    assert len(text.split(".")[1]) == 2 or not text.endswith("0")


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_decimals_are_kept_exactly_or_refused(amount: Decimal) -> None:
    try:
        micro = usd(amount)
    except ValueError:
        fits = amount.is_finite() and abs(amount) < 10**12 and Fraction(amount) * 10**6 % 1 == 0
        assert not fits
    else:
        assert Fraction(micro, 10**6) == Fraction(amount)


@given(
    st.sampled_from(Quality),
    st.integers(3, 10),
    st.sampled_from([None, *ReferType]),
    percents,
    st.integers(0, 10**7),
)
def test_cost_and_discount_make_the_list_price(
    mode: Quality, seconds: int, refer_type: ReferType | None, percent: Decimal, per_second: int
) -> None:
    videos = (
        () if refer_type is None else (VideoInput(video_url="https://example.com", refer_type=refer_type),)
    )
    request = GenerationRequest(prompt="A horse", mode=mode, duration_s=seconds, video_list=videos)
    prices = PriceList(std=per_second, pro=per_second, std_with_video=per_second, pro_with_video=per_second)
    price = price_request(request, prices, percent, seconds)
    assert price.cost + price.discount == seconds * per_second
    assert price.cost >= 0
    exact = Fraction(percent) * seconds * per_second / 100
    assert exact <= price.discount < exact + 1


@given(percents, st.floats(3, 10.02))
def test_what_is_held_covers_what_is_charged(percent: Decimal, length_s: float) -> None:
    edit = GenerationRequest(prompt="Rain", video_list=(VideoInput(video_url="https://example.com"),))
    held = price_request(edit, PriceList(), percent)
    charged = price_request(edit, PriceList(), percent, billed_seconds(length_s))
    assert charged.cost <= held.cost


@given(st.floats(0.001, 10_000))
def test_billed_seconds_are_the_nearest(length_s: float) -> None:
    seconds = billed_seconds(length_s)
    assert seconds >= 3
    assert (
        seconds == 3
        or -Fraction(1, 2) < Fraction(length_s) - seconds < Fraction(1, 2)
        or (Fraction(length_s) - seconds == -Fraction(1, 2))
    )
