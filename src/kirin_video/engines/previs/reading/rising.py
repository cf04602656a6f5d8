"""Who gets up from a seat sat on it before: "gets up from a bench and walks away"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kirin_video.engines.previs.plan import Act, Action, Beat, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.reading.beats import Story

_UP = re.compile(
    r"\b(?:gets?|got|getting|stands?|stood|standing|jumps?|jumped|rises?|rose|rising)(?: up)? from\b"
    r"|从\w{1,8}?(?:站起|起身|起来)",
    re.IGNORECASE,
)
_SEATS = frozenset({"bench", "chair", "armchair", "stool", "deck_chair", "throne", "sofa", "bed"})
_NEAR = frozenset({RelationKind.BESIDE, RelationKind.ON})


def rising(text: str, story: Story) -> Story:
    """The story with a seat taken at its beginning by whoever the prompt lets get up from it.

    Getting up, and what is done on one's feet after it, become beats before all others.

    Args:
        text: the prompt's words.
        story: how they were read: somebody stands by a seat.
    """
    said = _UP.search(text)
    if said is None:
        return story
    subjects, risen = list(story.subjects), list[Beat]()
    for number, one in enumerate(story.subjects):
        seat = next(_seats(one, story.subjects), None)
        if seat is None or one.action is not Action.STAND:
            continue
        others = tuple(r for r in one.relations if r.to != seat)
        subjects[number] = replace(
            one, action=Action.SIT, also=(), relations=(Relation(RelationKind.ON, seat), *others)
        )
        risen += [Beat(0.0, said[0], (Act(number, deed),)) for deed in (Action.STAND, *one.also)]
    beats = (*risen, *story.beats)
    share = 1.0 / (len(beats) + 1)
    return Story(
        tuple(replace(beat, start=round(k * share, 3)) for k, beat in enumerate(beats, start=1)),
        tuple(replace(one, enters=one.enters + len(risen) * (one.enters > 0)) for one in subjects),
    )


def _seats(one: SubjectPlan, subjects: tuple[SubjectPlan, ...]) -> Iterator[int]:
    for relation in one.relations:
        if relation.kind in _NEAR and relation.to is not None and subjects[relation.to].kind in _SEATS:
            yield relation.to
