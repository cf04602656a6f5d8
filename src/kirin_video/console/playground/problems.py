"""What is wrong with a draft, in the words of the form: at which of its fields, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kirin_video.console.refusals import violation_words
from kirin_video.domain.errors import Fault
from kirin_video.domain.inputs import FrameRole
from kirin_video.domain.parameters import (
    CALLBACK_URL,
    EXTERNAL_TASK_ID,
    MAX_EXTERNAL_ID,
    MAX_PROMPT,
    MAX_REFERENCES,
    MAX_REFERENCES_WITH_VIDEO,
    SEED,
)
from kirin_video.domain.wire_faults import WIRE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kirin_video.console.language import Catalogue
    from kirin_video.console.playground.draft import Draft
    from kirin_video.domain.errors import Violation
    from kirin_video.domain.rules import Facts

_ENTRY: Final = re.compile(r"(image|video|element)_list\[(\d+)\]")
_PLACES: Final[Mapping[str, str]] = {
    "image_list": "materials",
    "video_list": "materials",
    "element_list": "materials",
    "watermark_info": "more",
}

_PLAIN: Final[Mapping[Fault, str]] = {
    Fault.MISSING_PROMPT: "missing_prompt",
    Fault.PROMPT_TOO_LONG: "prompt_too_long",
    Fault.DURATION_NOT_ALLOWED: "duration",
    Fault.UNKNOWN_ELEMENT: "unknown_element",
    Fault.UNKNOWN_REFERENCE: "unknown_reference",
}
"""Violations that have one cause in this form, by their text below ``playground.problem_``."""

_FIELDS: Final[Mapping[str, str]] = {
    SEED.name: "seed",
    EXTERNAL_TASK_ID.name: "external_id",
    CALLBACK_URL.name: "callback",
}
"""Fields whose every violation is told by one sentence."""

_FRAMES: Final[Sequence[tuple[str, Callable[[Facts], bool]]]] = (
    ("frames_twice", lambda facts: any(facts.roles.count(role) > 1 for role in FrameRole)),
    ("end_alone", lambda facts: facts.has_end and not facts.has_first and not facts.has_base),
    ("frames_with_base", lambda facts: facts.has_base),
    ("frames_with_elements", lambda facts: facts.has_first and facts.has_end and facts.num_elements > 0),
    ("end_among_many", lambda facts: facts.has_end),
)
"""The ways in which frames do not go together with the rest, the most telling first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a draft.

    Attributes:
        place: the part of the form: ``prompt``, ``image-0``, ``video-0``, ``element-1``, ``materials``, or a
            parameter's name.
        message: what is wrong, for people.
        field: the parameter of the API.
        code: what the API answers.
    """

    place: str
    message: str
    field: str
    code: str


def told(text: Catalogue, draft: Draft, violations: Sequence[Violation]) -> tuple[Problem, ...]:
    """Put what the rules found into the words of the form; what would read the same is told once."""
    problems: dict[tuple[str, str], Problem] = {}
    for violation in violations:
        place = _place(violation.field)
        message = _message(text, draft, violation)
        code = WIRE_FAULTS[violation.fault].code
        problems.setdefault((place, message), Problem(place, message, violation.field, code))
    return tuple(problems.values())


def _place(field: str) -> str:
    entry = _ENTRY.match(field)
    if entry is not None:
        return f"{entry[1]}-{entry[2]}"
    name = field.partition(".")[0]
    return _PLACES.get(name, name)


def _message(text: Catalogue, draft: Draft, violation: Violation) -> str:
    """In words of the form where it has some, in those of all pages where it has not."""
    if violation.fault is Fault.TOO_MANY_REFERENCES:
        if len(draft.footage) > 1:
            return text("playground.problem_footage_twice")
        most = MAX_REFERENCES_WITH_VIDEO if draft.footage else MAX_REFERENCES
        used = len(draft.pictures) + len(draft.elements)
        return text("playground.problem_too_many", used=used, most=most)
    if violation.fault is Fault.FRAMES_CONFLICT:
        for name, is_it in _FRAMES:
            if is_it(draft.facts):
                return text(f"playground.problem_{name}")
    name = _PLAIN.get(violation.fault) or _FIELDS.get(violation.field)
    if name is not None:
        over = len(draft.prompt) - MAX_PROMPT
        return text(f"playground.problem_{name}", count=over, most=f"{MAX_PROMPT:,}", longest=MAX_EXTERNAL_ID)
    return violation_words(text, violation)
