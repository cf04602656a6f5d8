"""What a clip costs, in whole micro-dollars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from kirin_video.domain.parameters import MAX_DURATION_S, MIN_DURATION_S
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.shot import Quality
from kirin_video.domain.sources import RemoteUrl, classify_source

_PERCENT = 100


class PriceList(BaseModel):
    """Micro-dollars for a second of each mode. The defaults are the published prices of this model.

    Attributes:
        std: a second of std.
        pro: a second of pro.
        std_with_video: a second of std, where the request has footage.
        pro_with_video: a second of pro, where the request has footage.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    std: int = Field(default=84_000, ge=0)
    pro: int = Field(default=112_000, ge=0)
    std_with_video: int = Field(default=126_000, ge=0)
    pro_with_video: int = Field(default=168_000, ge=0)

    def per_second(self, mode: Quality, *, with_video: bool) -> int:
        """Micro-dollars for one second."""
        if mode is Quality.STD:
            return self.std_with_video if with_video else self.std
        return self.pro_with_video if with_video else self.pro


DEFAULT_PRICES: Final = PriceList()
"""The prices as published."""


@dataclass(frozen=True, slots=True)
class PricedList:
    """Prices, and where they are from.

    Attributes:
        version: of the price list; None for the server's settings.
        prices: the prices.
    """

    version: int | None
    prices: PriceList


@dataclass(frozen=True, slots=True)
class PriceVersion:
    """A price list that an operator has set.

    Attributes:
        version: its number.
        prices: the prices.
        valid_from: when it comes into force; aware. It holds until the next one does.
        created_at: when it was set; aware.
    """

    version: int
    prices: PriceList
    valid_from: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Discount:
    """What an account pays less.

    Attributes:
        percent: 0 to 100.
        valid_from: when it comes into force; aware. It holds until the next one does.
        created_at: when it was given; aware.
    """

    percent: Decimal
    valid_from: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Price:
    """What a task costs; the list price is the sum of both.

    Attributes:
        cost: micro-dollars charged, after the discount.
        discount: micro-dollars taken off.
    """

    cost: int
    discount: int


def billed_seconds(length_s: float | Fraction | Decimal) -> int:
    """Seconds billed for base footage: its length rounded half up, at least 3.

    Raises:
        ValueError: not a positive, finite length.
    """
    exact = (
        Decimal(length_s.numerator) / length_s.denominator
        if isinstance(length_s, Fraction)
        else Decimal(length_s)
    )
    if not exact.is_finite() or exact <= 0:
        raise ValueError("footage has a positive length")
    return max(MIN_DURATION_S, int(exact.quantize(Decimal(1), ROUND_HALF_UP)))


def settled_price(held: Price, held_seconds: int, seconds: int) -> Price:
    """Price a clip by its measured length, at the rates at which a longer one was held.

    Args:
        held: the price of ``held_seconds``.
        held_seconds: what was assumed, at least ``seconds``.
        seconds: what is billed.

    Returns:
        The price, never more than ``held``. The discount is rounded up to a whole micro-dollar.

    Raises:
        ValueError: more seconds than were held.
    """
    if not 0 < seconds <= held_seconds:
        raise ValueError("what is charged is covered by what was held")
    listed = (held.cost + held.discount) * seconds // held_seconds
    discount = -(-held.discount * seconds // held_seconds)
    return Price(cost=listed - discount, discount=discount)


def measured_price(request: GenerationRequest, held: Price, base_length_s: float | None) -> Price:
    """Price a task whose media have been measured.

    Args:
        request: what the task asks for, as it is stored.
        held: the price at its creation.
        base_length_s: seconds of its base footage; None without.

    Returns:
        The price by the footage's length; what was held, where that was known when the task was created.
    """
    if request.base is None or base_length_s is None:
        return held
    if not isinstance(classify_source(request.base.video_url), RemoteUrl):
        return held  # it was an upload, measured before the task was created
    return settled_price(held, MAX_DURATION_S, billed_seconds(base_length_s))


def price_request(
    request: GenerationRequest, prices: PriceList, discount_percent: Decimal, base_seconds: int | None = None
) -> Price:
    """Price a request.

    Args:
        request: the request.
        prices: the price list.
        discount_percent: the account's discount, 0 to 100.
        base_seconds: ``billed_seconds`` of the base footage; None while it is not known, which prices the
            longest there may be, so that what is held covers what will be charged. No effect without base.

    Returns:
        The price. The discount is rounded up to a whole micro-dollar, in the caller's favour.

    Raises:
        ValueError: a discount outside 0 to 100.
    """
    if discount_percent.is_nan() or not 0 <= discount_percent <= _PERCENT:
        raise ValueError("a discount is 0 to 100 percent")
    seconds = request.duration_s
    if request.base is not None:
        seconds = MAX_DURATION_S if base_seconds is None else base_seconds
    listed = seconds * prices.per_second(request.mode, with_video=bool(request.video_list))
    share = Fraction(discount_percent) * listed / _PERCENT
    discount = -(-share.numerator // share.denominator)
    return Price(cost=listed - discount, discount=discount)
