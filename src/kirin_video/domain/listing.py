"""Which tasks a caller wants to see, in which order, and where the last page ended."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from kirin_video.domain.inputs import ELEMENT_MODEL, MODEL
from kirin_video.domain.parameters import Kind, Parameter
from kirin_video.domain.query import query_fields
from kirin_video.domain.quoting import quoted
from kirin_video.domain.reading import Fields, Report
from kirin_video.domain.task import Task, TaskStatus

MAX_LIMIT: Final = 500
DEFAULT_LIMIT: Final = 50
_MAX_MS: Final = 253_402_300_799_999  # the last millisecond of the year 9999
_MAX_CURSOR: Final = 200
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


class Order(StrEnum):
    """The order of a list, by time of creation."""

    DESC = "desc"
    ASC = "asc"


STATUS: Final = Parameter(
    name="status",
    kind=Kind.CHOICE,
    help="Only tasks that have this status now.",
    example="completed",
    choices=tuple(TaskStatus),
)
LISTED_MODEL: Final = Parameter(
    name="model",
    kind=Kind.CHOICE,
    help="Only tasks of this model.",
    example=MODEL,
    choices=(MODEL, ELEMENT_MODEL),
)
CREATED_AFTER: Final = Parameter(
    name="created_after",
    kind=Kind.WHOLE_NUMBER,
    help="Only tasks whose created_at is greater than this, Unix time in milliseconds.",
    example=1769757744021,
    minimum=0,
    maximum=_MAX_MS,
    digits_too=True,
)
CREATED_BEFORE: Final = Parameter(
    name="created_before",
    kind=Kind.WHOLE_NUMBER,
    help="Only tasks whose created_at is less than this, Unix time in milliseconds.",
    example=1769844144021,
    minimum=0,
    maximum=_MAX_MS,
    digits_too=True,
)
AFTER: Final = Parameter(
    name="after",
    kind=Kind.TEXT,
    help="The next_cursor of the page before. Leave the other parameters as they were.",
    example="djEuMTc2OTc1Nzc0NDAyMTAwMC5kNXU1b2J0ZTg3ODNhcDQ0cXRqMA",
    max_length=_MAX_CURSOR,
)
LIMIT: Final = Parameter(
    name="limit",
    kind=Kind.WHOLE_NUMBER,
    help="How many tasks a page has at most.",
    example=50,
    default=DEFAULT_LIMIT,
    minimum=1,
    maximum=MAX_LIMIT,
    digits_too=True,
)
ORDER: Final = Parameter(
    name="order",
    kind=Kind.CHOICE,
    help="desc: newest first. asc: oldest first.",
    example=Order.DESC.value,
    default=Order.DESC.value,
    choices=tuple(Order),
)

LIST_PARAMETERS: Final = (STATUS, LISTED_MODEL, CREATED_AFTER, CREATED_BEFORE, AFTER, LIMIT, ORDER)
"""The query parameters of the list, in the order in which violations are reported."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list: that of a task, which may be gone by now.

    Attributes:
        created_at: of the task; aware.
        task_id: tells tasks of the same moment apart.
    """

    created_at: datetime
    task_id: str

    def cursor(self) -> str:
        """The place as callers are given it: without meaning for them, and safe in a URL."""
        micros = (self.created_at - _EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(f"v1.{micros}.{self.task_id}".encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Listing:
    """What to list.

    Attributes:
        status: only tasks of this status.
        model: only tasks of this model.
        since: only tasks created at this moment or later; aware.
        until: only tasks created before this moment; aware.
        position: where the page before ended; None for the first page.
        limit: tasks on a page at most.
        order: by time of creation, then by id.
    """

    status: TaskStatus | None = None
    model: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    position: Position | None = None
    limit: int = DEFAULT_LIMIT
    order: Order = Order.DESC


def position_of(task: Task) -> Position:
    """The place of a task."""
    return Position(task.created_at, task.id)


def read_listing(query: Sequence[tuple[str, str]]) -> Listing:
    """Read the query of a list call.

    Args:
        query: names and values as they came, in order.

    Raises:
        InvalidRequest: with every violation: unknown or repeated names, values that are not allowed.
    """
    report = Report()
    listing = _read(query_fields(query, LIST_PARAMETERS, report))
    report.raise_if_any()
    return listing


def _read(fields: Fields) -> Listing:
    model = fields.text(LISTED_MODEL)
    if model is not None and model not in LISTED_MODEL.choices:
        fields.refuse(LISTED_MODEL, f"is {quoted(model)}; allowed: {', '.join(LISTED_MODEL.choices)}")
    status = fields.choice(STATUS, TaskStatus)
    after_ms, before_ms = fields.bounded(CREATED_AFTER), fields.bounded(CREATED_BEFORE)
    return Listing(
        status=status,
        model=model,
        # What callers see is whole milliseconds: later than one begins with the next.
        since=None if after_ms is None else _moment(after_ms + 1),
        until=None if before_ms is None else _moment(before_ms),
        position=read_position(fields),
        limit=fields.bounded(LIMIT) or DEFAULT_LIMIT,
        order=fields.choice(ORDER, Order, Order.DESC) or Order.DESC,
    )


def _moment(ms: int) -> datetime:
    """A moment of Unix milliseconds; of an impossible number, which has been reported, any moment."""
    return _EPOCH + _MS * min(max(ms, 0), _MAX_MS)


def read_position(fields: Fields) -> Position | None:
    """Read the cursor that a page before gave; None for the first page, or after one that is not ours."""
    text = fields.text(AFTER)
    if text is None:
        return None
    try:
        return _decoded(text)
    except (ValueError, binascii.Error, OverflowError):
        return fields.refuse(
            AFTER, "is not a cursor of this list; pass next_cursor as the page before gave it"
        )


def _decoded(cursor: str) -> Position:
    """Read a cursor.

    Raises:
        ValueError: it is not one of ours.
        OverflowError: likewise.
    """
    if len(cursor) > _MAX_CURSOR:
        raise ValueError("longer than any cursor")
    raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), b"-_", validate=True)
    version, micros, task_id = raw.decode("ascii").split(".")
    if version != "v1" or not task_id.isalnum():
        raise ValueError("not a cursor of ours")
    position = Position(_EPOCH + timedelta(microseconds=int(micros)), task_id)
    if position.cursor() != cursor:
        raise ValueError("not as we write it")
    return position
