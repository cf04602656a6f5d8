"""Which deliveries and receivers a caller wants to see, in which order, and where the last page ended."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from kirin_video.domain.callback import DeliveryEvent, DeliveryState
from kirin_video.domain.listing import ORDER, Order
from kirin_video.domain.parameters import MAX_EXTERNAL_ID, Kind, Parameter
from kirin_video.domain.query import query_fields
from kirin_video.domain.reading import Fields, Report

MAX_LIMIT: Final = 500
DEFAULT_LIMIT: Final = 50
_MAX_CURSOR: Final = 200
_MAX_RECEIVER_ID: Final = 64
_MAX_NUMBER: Final = 2**63 - 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

TASK: Final = Parameter(
    name="task",
    kind=Kind.TEXT,
    help="Only deliveries of this task, by its id or your external_task_id.",
    example="ad-17",
    min_length=1,
    max_length=MAX_EXTERNAL_ID,
)
RECEIVER: Final = Parameter(
    name="receiver",
    kind=Kind.TEXT,
    help="Only deliveries to this receiver.",
    example="rcv_5f1d0c3a9be84e27a6c1",
    min_length=1,
    max_length=_MAX_RECEIVER_ID,
)
STATE: Final = Parameter(
    name="state",
    kind=Kind.CHOICE,
    help="Only deliveries that are so far now.",
    example=DeliveryState.FAILED.value,
    choices=tuple(DeliveryState),
)
EVENT: Final = Parameter(
    name="event",
    kind=Kind.CHOICE,
    help="Only deliveries that tell this.",
    example=DeliveryEvent.COMPLETED.value,
    choices=tuple(DeliveryEvent),
)
AFTER: Final = Parameter(
    name="after",
    kind=Kind.TEXT,
    help="The next_cursor of the page before. Leave the other parameters as they were.",
    example="ZDEuNDIxNw",
    max_length=_MAX_CURSOR,
)
LIMIT: Final = Parameter(
    name="limit",
    kind=Kind.WHOLE_NUMBER,
    help="How many entries a page has at most.",
    example=50,
    default=DEFAULT_LIMIT,
    minimum=1,
    maximum=MAX_LIMIT,
    digits_too=True,
)
DELIVERY_LIST_PARAMETERS: Final = (TASK, RECEIVER, STATE, EVENT, AFTER, LIMIT, ORDER)
"""The query parameters of the list of deliveries, in the order in which violations are reported."""

RECEIVER_LIST_PARAMETERS: Final = (AFTER, LIMIT)
"""Those of the list of receivers."""


@dataclass(frozen=True, slots=True)
class DeliveryListing:
    """Which deliveries to list.

    Attributes:
        task: only those of this task, by its id or its external one.
        receiver_id: only those to this receiver.
        state: only those that are so far.
        event: only those that tell this.
        position: the number of the last delivery of the page before; None for the first page.
        limit: deliveries on a page at most.
        order: by the order in which they were made.
    """

    task: str | None = None
    receiver_id: str | None = None
    state: DeliveryState | None = None
    event: DeliveryEvent | None = None
    position: int | None = None
    limit: int = DEFAULT_LIMIT
    order: Order = Order.DESC


@dataclass(frozen=True, slots=True)
class ReceiverListing:
    """Which receivers to list, in the order in which they were first named.

    Attributes:
        position: when the last receiver of the page before was named, and its id; None for the first page.
        limit: receivers on a page at most.
    """

    position: tuple[datetime, str] | None = None
    limit: int = DEFAULT_LIMIT


def delivery_cursor(number: int) -> str:
    """A place in the list of deliveries as callers are given it."""
    return _cursor(f"d1.{number}")


def receiver_cursor(created_at: datetime, identity: str) -> str:
    """A place in the list of receivers as callers are given it."""
    return _cursor(f"r1.{(created_at - _EPOCH) // _MICROSECOND}.{identity}")


def read_delivery_listing(query: Sequence[tuple[str, str]]) -> DeliveryListing:
    """Read the query of a list of deliveries.

    Args:
        query: names and values as they came, in order.

    Raises:
        InvalidRequest: with every violation: unknown or repeated names, values that are not allowed.
    """
    report = Report()
    fields = query_fields(query, DELIVERY_LIST_PARAMETERS, report)
    listing = DeliveryListing(
        task=fields.text(TASK),
        receiver_id=fields.text(RECEIVER),
        state=fields.choice(STATE, DeliveryState),
        event=fields.choice(EVENT, DeliveryEvent),
        position=_delivery_position(fields),
        limit=fields.bounded(LIMIT) or DEFAULT_LIMIT,
        order=fields.choice(ORDER, Order, Order.DESC) or Order.DESC,
    )
    report.raise_if_any()
    return listing


def read_receiver_listing(query: Sequence[tuple[str, str]]) -> ReceiverListing:
    """Read the query of a list of receivers.

    Args:
        query: names and values as they came, in order.

    Raises:
        InvalidRequest: with every violation.
    """
    report = Report()
    fields = query_fields(query, RECEIVER_LIST_PARAMETERS, report)
    listing = ReceiverListing(_receiver_position(fields), fields.bounded(LIMIT) or DEFAULT_LIMIT)
    report.raise_if_any()
    return listing


def _delivery_position(fields: Fields) -> int | None:
    parts = _read_cursor(fields, "d1", 1)
    if parts is None:
        return None
    number = int(parts[0])
    return number if 0 < number <= _MAX_NUMBER else _refuse_cursor(fields)


def _receiver_position(fields: Fields) -> tuple[datetime, str] | None:
    parts = _read_cursor(fields, "r1", 2)
    if parts is None:
        return None
    try:
        return _EPOCH + _MICROSECOND * int(parts[0]), parts[1]
    except OverflowError:
        return _refuse_cursor(fields)


def _read_cursor(fields: Fields, version: str, count: int) -> list[str] | None:
    """The parts of a cursor, the first of them a number; None, and reported, if it is none of this list."""
    text = fields.text(AFTER)
    if text is None:
        return None
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
        found, *parts = raw.decode("ascii").split(".")
        if found == version and len(parts) == count and parts[0].isdecimal() and len(text) <= _MAX_CURSOR:
            return parts
    except (ValueError, binascii.Error):
        pass
    return _refuse_cursor(fields)


def _refuse_cursor(fields: Fields) -> None:
    fields.refuse(AFTER, "is not a cursor of this list; pass next_cursor as the page before gave it")


def _cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode("ascii")).decode("ascii").rstrip("=")
