"""Which elements a caller wants to see, and where the last page ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kirin_video.domain.parameters import MAX_ELEMENT_ID, Kind, Parameter
from kirin_video.domain.query import query_fields
from kirin_video.domain.reading import Fields, Report

MAX_LIMIT: Final = 500
DEFAULT_LIMIT: Final = 50


class TrueFalse(StrEnum):
    """A truth as the query of an address writes it."""

    TRUE = "true"
    FALSE = "false"


PRESET: Final = Parameter(
    name="preset",
    kind=Kind.CHOICE,
    help="true: only the presets. false: only your own.",
    example="true",
    choices=tuple(TrueFalse),
)
AFTER: Final = Parameter(
    name="after",
    kind=Kind.WHOLE_NUMBER,
    help="The next_cursor of the page before. Leave the other parameters as they were.",
    example="3718290113884217",
    minimum=1,
    maximum=MAX_ELEMENT_ID,
    digits_too=True,
)
LIMIT: Final = Parameter(
    name="limit",
    kind=Kind.WHOLE_NUMBER,
    help="How many elements a page has at most.",
    example=50,
    default=DEFAULT_LIMIT,
    minimum=1,
    maximum=MAX_LIMIT,
    digits_too=True,
)

ELEMENT_LIST_PARAMETERS: Final = (PRESET, AFTER, LIMIT)
"""The query parameters of the list, in the order in which violations are reported."""


@dataclass(frozen=True, slots=True)
class ElementListing:
    """What to list.

    Attributes:
        preset: only the presets, only the others, or, when None, both.
        before: only elements with a lower number: the newest come first.
        limit: elements on a page at most.
    """

    preset: bool | None = None
    before: int = MAX_ELEMENT_ID + 1
    limit: int = DEFAULT_LIMIT


def read_element_listing(query: Sequence[tuple[str, str]]) -> ElementListing:
    """Read the query of a list call.

    Args:
        query: names and values as they came, in order.

    Raises:
        InvalidRequest: with every violation: unknown or repeated names, values that are not allowed.
    """
    report = Report()
    listing = _read(query_fields(query, ELEMENT_LIST_PARAMETERS, report))
    report.raise_if_any()
    return listing


def _read(fields: Fields) -> ElementListing:
    preset = fields.choice(PRESET, TrueFalse)
    return ElementListing(
        preset=None if preset is None else preset is TrueFalse.TRUE,
        before=fields.bounded(AFTER) or MAX_ELEMENT_ID + 1,
        limit=fields.bounded(LIMIT) or DEFAULT_LIMIT,
    )
