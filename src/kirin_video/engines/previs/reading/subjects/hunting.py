"""Animals that catch fish: where they do it, and how a bird of prey goes off with one in its claws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.reading.subjects.mention import Mention

_FISH = frozenset({"fish", "koi", "goldfish", "clownfish", "blue_tang"})
_ON_THE_WING = frozenset({"eagle", "gull", "bird", "owl", "heron", "pelican", "kingfisher"})
_PEOPLE = "person"
_SALMON = 2.0
"""A fish for a bear, against one for anybody."""


def catches_fish(mentions: Sequence[Mention]) -> bool:
    """Whether somebody of a prompt catches a fish."""
    caught = any(mention.concept in _FISH for mention in mentions)
    return caught and any(deed.action is Action.CATCH for mention in mentions for deed in mention.deeds)


def catch_fish(found: list[SubjectPlan]) -> None:
    """Let birds that catch a fish fly off with it; bears and others stand with it in their mouths."""
    for at, hunter in enumerate(tuple(found)):
        if hunter.kind == _PEOPLE or Action.CATCH not in {hunter.action, *hunter.also}:
            continue
        _hold_the_loose(found, at)
        caught = [k for k, s in enumerate(found) if s.kind in _FISH and _is_held(s, at)]
        if hunter.kind in _ON_THE_WING and caught:
            found[at] = replace(hunter, action=Action.FLY)
        elif caught and found[caught[0]].size == 1.0:
            found[caught[0]] = replace(found[caught[0]], size=_SALMON)


def _hold_the_loose(found: list[SubjectPlan], hunter: int) -> None:
    """The fish that stands to nobody is the one that is caught: "抓起湖里的一条鱼"."""
    fish = [k for k, s in enumerate(found) if s.kind in _FISH and not s.scenery]
    if len(fish) == 1 and not found[fish[0]].relations:
        held = (Relation(RelationKind.HELD_BY, hunter),)
        found[fish[0]] = replace(found[fish[0]], action=Action.IDLE, relations=held)


def _is_held(thing: SubjectPlan, by: int) -> bool:
    return any(r.kind is RelationKind.HELD_BY and r.to == by for r in thing.relations)
