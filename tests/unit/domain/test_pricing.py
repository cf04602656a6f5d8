from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.inputs import ReferType, VideoInput
from kirin_video.domain.pricing import (
    DEFAULT_PRICES,
    Price,
    PriceList,
    billed_seconds,
    measured_price,
    price_request,
    settled_price,
)
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.shot import Quality

URL = "https://example.com/a.mp4"
NONE = Decimal(0)


def request(
    mode: Quality = Quality.PRO, duration_s: int = 5, refer_type: ReferType | None = None
) -> GenerationRequest:
    videos = () if refer_type is None else (VideoInput(video_url=URL, refer_type=refer_type),)
    return GenerationRequest(prompt="A horse", mode=mode, duration_s=duration_s, video_list=videos)


@pytest.mark.parametrize(
    ("mode", "refer_type", "cost"),
    [
        (Quality.STD, None, 420_000),
        (Quality.PRO, None, 560_000),
        (Quality.STD, ReferType.FEATURE, 630_000),
        (Quality.PRO, ReferType.FEATURE, 840_000),
    ],
)
def test_five_seconds_cost_what_is_published(mode: Quality, refer_type: ReferType | None, cost: int) -> None:
    assert price_request(request(mode, 5, refer_type), DEFAULT_PRICES, NONE) == Price(cost, 0)


def test_base_footage_is_billed_by_its_own_length() -> None:
    edit = request(Quality.STD, 5, ReferType.BASE)
    assert price_request(edit, DEFAULT_PRICES, NONE, 7).cost == 7 * 126_000
    # While the length is not known, the longest there may be is held.
    assert price_request(edit, DEFAULT_PRICES, NONE).cost == 10 * 126_000


def test_the_length_of_footage_changes_nothing_else() -> None:
    assert price_request(request(refer_type=ReferType.FEATURE), DEFAULT_PRICES, NONE, 9).cost == 5 * 168_000


@pytest.mark.parametrize(
    ("length", "seconds"),
    [
        (3.0, 3),
        (3.49, 3),
        (3.5, 4),
        (4.5, 5),
        (2.2, 3),
        (10.02, 10),
        (Fraction(7, 2), 4),
        (Fraction(301, 67), 4),
    ],
)
def test_lengths_are_rounded_half_up_and_three_at_least(length: float | Fraction, seconds: int) -> None:
    assert billed_seconds(length) == seconds


@pytest.mark.parametrize("length", [0.0, -1.0, float("nan"), float("inf")])
def test_no_length_is_no_length(length: float) -> None:
    with pytest.raises(ValueError, match="length"):
        billed_seconds(length)


def test_a_discount_is_rounded_for_the_caller() -> None:
    prices = PriceList(std=1)
    assert price_request(request(Quality.STD), prices, Decimal("0.01")) == Price(cost=4, discount=1)
    assert price_request(request(Quality.STD), prices, Decimal(100)) == Price(cost=0, discount=5)
    assert price_request(request(), DEFAULT_PRICES, Decimal("12.5")) == Price(cost=490_000, discount=70_000)


@pytest.mark.parametrize("percent", ["-1", "100.01", "NaN"])
def test_a_discount_is_a_percentage(percent: str) -> None:
    with pytest.raises(ValueError, match="discount"):
        price_request(request(), DEFAULT_PRICES, Decimal(percent))


@given(seconds=st.integers(3, 10), per_second=st.integers(0, 10**6), percent=st.decimals(0, 100, places=2))
def test_a_measured_price_is_the_one_a_known_length_would_have_had(
    seconds: int, per_second: int, percent: Decimal
) -> None:
    prices = PriceList(pro_with_video=per_second)
    edit = request(Quality.PRO, 5, ReferType.BASE)
    held = price_request(edit, prices, percent)
    exact = price_request(edit, prices, percent, seconds)
    settled = settled_price(held, 10, seconds)
    assert settled.cost + settled.discount == exact.cost + exact.discount
    assert exact.cost - 1 <= settled.cost <= exact.cost
    assert settled.cost <= held.cost
    assert measured_price(edit, held, seconds + 0.2) == settled


def test_what_was_known_when_it_was_held_is_not_measured_again() -> None:
    stored = request(Quality.PRO, 5, ReferType.BASE)
    video = stored.video_list[0].model_copy(update={"video_url": "blob:" + "0" * 32 + ".mp4"})
    held = Price(168_000 * 4, 0)
    assert measured_price(stored.model_copy(update={"video_list": (video,)}), held, 3.5) == held
    assert measured_price(request(), held, None) == held


def test_no_more_is_charged_than_was_held() -> None:
    with pytest.raises(ValueError, match="covered"):
        settled_price(Price(1, 0), 10, 11)
