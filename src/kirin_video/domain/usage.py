"""What an account used: which days a caller asks about, how the figures are grouped, and a line of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kirin_video.domain.parameters import Kind, Parameter
from kirin_video.domain.query import query_fields
from kirin_video.domain.quoting import quoted
from kirin_video.domain.reading import Fields, Report

MAX_DAYS: Final = 366
MAX_LINES: Final = 10_000
_DEFAULT_DAYS: Final = 30


class Dimension(StrEnum):
    """What figures may be told apart by."""

    DAY = "day"
    KEY = "key"
    MODEL = "model"
    MODE = "mode"


class Form(StrEnum):
    """How the figures are written."""

    JSON = "json"
    CSV = "csv"


FROM: Final = Parameter(
    name="from",
    kind=Kind.TEXT,
    help="The first day, as YYYY-MM-DD, in UTC. 30 days before the last one if left out.",
    example="2026-11-01",
    max_length=10,
)
TO: Final = Parameter(
    name="to",
    kind=Kind.TEXT,
    help=f"The last day, itself included; at most {MAX_DAYS} days together. Today if left out.",
    example="2026-11-30",
    max_length=10,
)
GROUP_BY: Final = Parameter(
    name="group_by",
    kind=Kind.TEXT,
    help="What the lines are told apart by: any of day, key, model and mode, separated by commas; empty for "
    "one line of all.",
    example="day,model",
    default=Dimension.DAY.value,
    max_length=100,
)
FORMAT: Final = Parameter(
    name="format",
    kind=Kind.CHOICE,
    help="json or csv. If left out, what the header Accept asks for; JSON otherwise.",
    example=Form.CSV.value,
    choices=tuple(Form),
)

USAGE_PARAMETERS: Final = (FROM, TO, GROUP_BY, FORMAT)
"""The query parameters of the call, in the order in which violations are reported."""


@dataclass(frozen=True, slots=True)
class UsageQuery:
    """What to report.

    Attributes:
        since: the first day, in UTC.
        until: the last day.
        group_by: what lines are told apart by, in the order of ``Dimension``.
        form: how the caller wants it written; None leaves it to the ``Accept`` header.
    """

    since: date
    until: date
    group_by: tuple[Dimension, ...]
    form: Form | None


@dataclass(frozen=True, slots=True)
class UsageLine:
    """What was used by one group of tasks. What tasks are not grouped by is None.

    Attributes:
        day: on which they ended, in UTC.
        key_id: of the key that made them; None also for tasks of a time when that was not noted.
        key_name: what the key is for, in its owner's words.
        model: the model asked for.
        mode: std or pro; None also for elements.
        completed: tasks that completed.
        failed: tasks that failed or were cancelled; they cost nothing.
        seconds: the length of the clips made.
        cost: micro-dollars charged, after discounts.
        discount: micro-dollars taken off.
    """

    day: date | None
    key_id: str | None
    key_name: str | None
    model: str | None
    mode: str | None
    completed: int
    failed: int
    seconds: float
    cost: int
    discount: int


def read_usage_query(query: Sequence[tuple[str, str]], today: date) -> UsageQuery:
    """Read the query of a usage call.

    Args:
        query: names and values as they came, in order.
        today: in UTC.

    Raises:
        InvalidRequest: with every violation: unknown or repeated names, values that are not allowed.
    """
    report = Report()
    read = _read(query_fields(query, USAGE_PARAMETERS, report), today)
    report.raise_if_any()
    return read


def _read(fields: Fields, today: date) -> UsageQuery:
    first, last = _day(fields, FROM), _day(fields, TO)
    until = last or today
    since = first or max(until, date.min + timedelta(days=_DEFAULT_DAYS)) - timedelta(days=_DEFAULT_DAYS)
    if fields.is_readable(FROM) and fields.is_readable(TO) and not 0 <= (until - since).days < MAX_DAYS:
        fields.refuse(FROM, f"is {since}, and to is {until}; allowed: at most {MAX_DAYS} days, in this order")
    return UsageQuery(since, until, _dimensions(fields), fields.choice(FORMAT, Form))


def _day(fields: Fields, parameter: Parameter) -> date | None:
    text = fields.text(parameter)
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text or day == date.max:
        return fields.refuse(parameter, f"is {quoted(text)}; give a day as YYYY-MM-DD")
    return day


def _dimensions(fields: Fields) -> tuple[Dimension, ...]:
    text = fields.text(GROUP_BY)
    if text is None:
        return (Dimension.DAY,)
    names = [name.strip() for name in text.split(",")] if text.strip() else []
    if not set(names) <= set(Dimension) or len(set(names)) < len(names):
        allowed = ", ".join(Dimension)
        fields.refuse(
            GROUP_BY, f"is {quoted(text)}; allowed: any of {allowed}, each once, separated by commas"
        )
        return ()
    return tuple(each for each in Dimension if each in names)
