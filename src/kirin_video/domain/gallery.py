"""Which tasks somebody wants to see in the gallery, and what a task's clip is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.listing import AFTER, STATUS, Position, read_position
from kirin_video.domain.parameters import MODE, Kind, Parameter
from kirin_video.domain.query import query_fields
from kirin_video.domain.reading import Fields, Report
from kirin_video.domain.shot import Quality
from kirin_video.domain.task import TaskRequest, TaskStatus

PAGE: Final = 24
"""Tasks on a page: rows of two, three and four come out even."""

MAX_SEARCH: Final = 100
_MAX_KEY: Final = 64


class Material(StrEnum):
    """What a task works from; ``task_kind`` of schema 0013 says the same of stored requests."""

    WORDS = "words"
    REFERENCES = "references"
    FRAMES = "frames"
    FEATURE = "feature"
    EDIT = "edit"
    ELEMENT = "element"


FROM_DAY: Final = Parameter(
    name="from", kind=Kind.TEXT, help="The first day, in UTC.", example="2026-01-31", max_length=10
)
TO_DAY: Final = Parameter(
    name="to", kind=Kind.TEXT, help="The last day, in UTC.", example="2026-01-31", max_length=10
)
KIND: Final = Parameter(
    name="kind",
    kind=Kind.CHOICE,
    help="Only tasks that work from this.",
    example=Material.WORDS,
    choices=tuple(Material),
)
KEY: Final = Parameter(
    name="key", kind=Kind.TEXT, help="Only tasks of this key or person.", example="", max_length=_MAX_KEY
)
SEARCH: Final = Parameter(
    name="q",
    kind=Kind.TEXT,
    help="Only tasks whose prompt holds all of these words.",
    example="fox snow",
    max_length=MAX_SEARCH,
)
GALLERY_PARAMETERS: Final = (SEARCH, STATUS, MODE, KIND, KEY, FROM_DAY, TO_DAY, AFTER)
"""What the gallery's address may say."""


@dataclass(frozen=True, slots=True)
class GalleryQuery:
    """What to show.

    Attributes:
        words: what a prompt must hold, in any order, whatever the case.
        status: only tasks of this status.
        mode: only tasks of this mode.
        material: only tasks that work from this.
        key_id: only tasks of this key, or of the person with this id.
        since: only tasks created at this moment or later; aware.
        until: only tasks created before this moment; aware.
        position: where the page before ended; None for the first page.
    """

    words: tuple[str, ...] = ()
    status: TaskStatus | None = None
    mode: Quality | None = None
    material: Material | None = None
    key_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    position: Position | None = None


def material_of(request: TaskRequest) -> Material:
    """What a request's task works from."""
    if isinstance(request, ElementRequest):
        return Material.ELEMENT
    if request.base is not None:
        return Material.EDIT
    if request.feature is not None:
        return Material.FEATURE
    if any(image.type is not None for image in request.image_list):
        return Material.FRAMES
    return Material.REFERENCES if request.image_list or request.element_list else Material.WORDS


def read_gallery(query: Sequence[tuple[str, str]]) -> GalleryQuery:
    """Read the query of the gallery's address. A field that is left empty says nothing.

    Args:
        query: names and values as they came, in order.

    Raises:
        InvalidRequest: with every violation: unknown or repeated names, values that are not allowed.
    """
    report = Report()
    given = [(name, value.strip()) for name, value in query if value.strip()]
    found = _read(query_fields(given, GALLERY_PARAMETERS, report))
    report.raise_if_any()
    return found


def _read(fields: Fields) -> GalleryQuery:
    last = _day(fields, TO_DAY)
    return GalleryQuery(
        words=tuple((_short(fields, SEARCH, MAX_SEARCH) or "").split()),
        status=fields.choice(STATUS, TaskStatus),
        mode=fields.choice(MODE, Quality),
        material=fields.choice(KIND, Material),
        key_id=_short(fields, KEY, _MAX_KEY),
        since=_day(fields, FROM_DAY),
        until=None if last is None else last + timedelta(days=1),
        position=read_position(fields),
    )


def _short(fields: Fields, parameter: Parameter, most: int) -> str | None:
    text = fields.text(parameter)
    if text is not None and len(text) > most:
        return fields.refuse(parameter, f"has {len(text):,} characters; {most} are allowed")
    return text


def _day(fields: Fields, parameter: Parameter) -> datetime | None:
    """The beginning of a day."""
    text = fields.text(parameter)
    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found == date.max:
        return fields.refuse(parameter, "is no day; write it as 2026-01-31")
    return datetime.combine(found, time(), UTC)
