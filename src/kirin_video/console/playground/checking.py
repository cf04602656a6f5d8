"""What the form shows while it is filled in: price, problems, and the request as programs would send it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from kirin_video.console import formats
from kirin_video.console.playground.problems import Problem, told
from kirin_video.console.playground.snippets import as_curl, as_javascript, as_json, as_python
from kirin_video.domain.errors import Fault, InvalidRequest
from kirin_video.domain.parameters import (
    LONE_DURATIONS_S,
    MAX_DURATION_S,
    MAX_REFERENCES,
    MAX_REFERENCES_WITH_VIDEO,
    MIN_DURATION_S,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirin_video.console.language import Catalogue
    from kirin_video.console.playground.draft import Draft
    from kirin_video.console.visit import Visit
    from kirin_video.domain.errors import Violation
    from kirin_video.services.quote import Quoted

_SOME_WORDS: Final = "Something"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a valid draft would make, in words.

    Attributes:
        cost: what is held for it.
        discount: what is taken off; empty for nothing.
        facts: size, length and engine, as far as they are known.
        notes: what is not known yet, and whether the budget covers it.
    """

    cost: str
    discount: str
    facts: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the rest of the form leaves open.

    Attributes:
        used: pictures and elements.
        most: as many there may be.
        durations: seconds that may be chosen.
        shape: what gives the shape: ``first_frame``, ``base``, or empty for the choice of a ratio.
    """

    used: int
    most: int
    durations: tuple[int, ...]
    shape: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was judged.

    Attributes:
        problems: what is wrong.
        outlook: what it would make; None if something other than missing words is wrong.
        bounds: what the form may offer.
        snippets: the request for programs, by language.
    """

    problems: tuple[Problem, ...]
    outlook: Outlook | None
    bounds: Bounds
    snippets: dict[str, str]

    def as_data(self) -> dict[str, object]:
        """The same for scripts."""
        return asdict(self)


async def check(visit: Visit, draft: Draft) -> Checked:
    """Judge a draft by the rules that would judge its request, and price it.

    Raises:
        Overloaded: there is no room for a look at its files, or the database cannot be reached.
    """
    body = draft.request()
    violations, outlook = await _judged(visit, draft)
    if {each.fault for each in violations} == {Fault.MISSING_PROMPT}:
        # The price does not hang on the words: it can be told before there are any.
        _, outlook = await _judged(visit, replace(draft, prompt=_SOME_WORDS))
    base_url = visit.context.base_url(visit.request)
    snippets = {
        "json": as_json(body),
        "curl": as_curl(body, base_url),
        "python": as_python(body, base_url),
        "javascript": as_javascript(body, base_url),
    }
    return Checked(told(visit.text, draft, violations), outlook, bounds(draft), snippets)


async def _judged(visit: Visit, draft: Draft) -> tuple[Sequence[Violation], Outlook | None]:
    try:
        return (), _outlook(visit.text, await visit.services.quote(visit.caller, draft.request()))
    except InvalidRequest as error:
        return error.violations, None


def bounds(draft: Draft) -> Bounds:
    """What the rest of a draft leaves open."""
    facts = draft.facts
    shape = "first_frame" if facts.has_first else "base" if facts.has_base else ""
    span = tuple(range(MIN_DURATION_S, MAX_DURATION_S + 1))
    return Bounds(
        used=facts.num_images + facts.num_elements,
        most=MAX_REFERENCES_WITH_VIDEO if facts.num_videos else MAX_REFERENCES,
        durations=() if facts.has_base else LONE_DURATIONS_S if facts.is_lone else span,
        shape=shape,
    )


def _outlook(text: Catalogue, quoted: Quoted) -> Outlook:
    price, left, length_s = quoted.price, quoted.budget_left, quoted.duration_s
    facts = [
        *([f"{quoted.size[0]} \N{MULTIPLICATION SIGN} {quoted.size[1]}"] if quoted.size else []),
        *([formats.seconds(length_s)] if length_s is not None else []),
        *([text("playground.frames", count=quoted.num_frames)] if quoted.num_frames else []),
        *([text("playground.engine", name=quoted.engine)] if quoted.engine else []),
    ]
    is_over = left is not None and price.cost > left
    notes = [
        *([text("playground.later_length")] if length_s is None else []),
        *([text("playground.later_shape")] if quoted.size is None else []),
        *([text("playground.over_budget", left=formats.money(left or 0))] if is_over else []),
    ]
    discount = formats.money(price.discount) if price.discount else ""
    return Outlook(formats.money(price.cost), discount, tuple(facts), tuple(notes))
