"""Where animals are before they go: a bird on the branch that it takes off from, a cat on its sofa."""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.plan import Act, Action, Beat, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.reading.beats import Story

_OFF = re.compile(
    r"\b(?:jump|leap|hop|spring)\w* (?:down |straight |back )?(?:off|down from|from)\b"
    "|从[^,\uff0c\u3002]{1,8}?跳(?:了)?下",
    re.IGNORECASE,
)
_ONTO = re.compile(r"\b(?:on ?to|into|to) (?:a|an|the|another)\b|到", re.IGNORECASE)
_JUMPS = frozenset({Action.JUMP, Action.LEAP})
_SEATS = frozenset({"sofa", "chair", "armchair", "bed", "table", "bench", "stool", "desk", "windowsill"})
_SITS_UNTIL = 0.34
"""From when on somebody is off what he jumps off, as a share of the clip."""
_PERCHES = frozenset({"bough", "tree", "pine", "fence", "rock", "street_lamp", "post", "log", "flower"})
_PLACED = frozenset({RelationKind.BESIDE, RelationKind.AWAY_FROM, RelationKind.ON})
_BIRDS = frozenset({"owl", "bird", "eagle", "crow", "parrot", "swallow", "gull", "pigeon", "hummingbird"})


def off_their_seats(story: Story, text: str) -> Story:
    """The story with whoever jumps off a sofa sitting on it first.

    Args:
        story: how the prompt was read: somebody jumps, on or beside a seat.
        text: the prompt.
    """
    if story.beats or not _OFF.search(text) or _ONTO.search(text):
        return story
    subjects, acts = list(story.subjects), list[Act]()
    for number, one in enumerate(story.subjects):
        placed = (r.to for r in one.relations if r.kind in _PLACED and r.to is not None)
        seat = next((to for to in placed if story.subjects[to].kind in _SEATS), None)
        if seat is None or one.action not in _JUMPS:
            continue
        others = tuple(r for r in one.relations if r.to != seat)
        on = (Relation(RelationKind.ON, seat), *others)
        subjects[number] = replace(one, action=Action.SIT, relations=on)
        acts.append(Act(number, Action.JUMP))
    beats = (Beat(_SITS_UNTIL, text, tuple(acts)),) if acts else ()
    return replace(story, subjects=tuple(subjects), beats=beats)


def perched(story: Story) -> Story:
    """The story with every bird on its perch that takes off from it.

    Args:
        story: how the prompt was read: "takes off from a branch" puts the bird beside one.
    """
    subjects, beats = list(story.subjects), list(story.beats)
    for number, bird in enumerate(story.subjects):
        if bird.kind not in _BIRDS:
            continue
        perch = _left(bird.action, bird.relations, story.subjects)
        for at, beat in enumerate(story.beats):
            for act in beat.acts:
                if act.subject == number and perch is None:
                    perch = _left(act.action, act.relations, story.subjects)
                    if perch is not None:
                        acts = tuple(replace(a, relations=()) if a is act else a for a in beat.acts)
                        beats[at] = replace(beat, acts=acts)
        if perch is not None:
            others = tuple(r for r in bird.relations if r.to != perch)
            subjects[number] = replace(bird, relations=(Relation(RelationKind.ON, perch), *others))
            subjects[perch] = replace(subjects[perch], enters=0)
    return replace(story, subjects=tuple(subjects), beats=tuple(beats))


def _left(action: Action, relations: tuple[Relation, ...], subjects: tuple[SubjectPlan, ...]) -> int | None:
    """What a bird leaves that takes off."""
    if action is not Action.TAKE_OFF:
        return None
    placed = (r.to for r in relations if r.kind in _PLACED and r.to is not None)
    return next((to for to in placed if subjects[to].kind in _PERCHES and not subjects[to].scenery), None)
