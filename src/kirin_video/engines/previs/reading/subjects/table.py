"""Lays a table: small things that are shown in a room, on nothing, stand on one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import (
    Contrivance,
    PartColor,
    Relation,
    RelationKind,
    Setting,
    SubjectPlan,
)

_INDOORS = frozenset({Setting.ROOM, Setting.KITCHEN})
_PLACED = frozenset({RelationKind.ON, RelationKind.IN, RelationKind.UNDER, RelationKind.HELD_BY})


_CANDLE_ON_CAKE = 0.3
"""A birthday candle's height, as a share of a candle's."""
_FISH = frozenset({"fish", "goldfish", "clownfish", "blue_tang", "koi"})
_FLOWERS = frozenset({"flower", "rose", "tulip", "sunflower"})
_DRINKS = frozenset({"glass", "wine_glass", "cup", "bottle", "bag", "spectacles"})
_MISREAD = frozenset({"bag", "spectacles"})
"""What glasses are taken for of which only what is in them tells that one drinks from them."""
_SWITCHED = frozenset({Contrivance.LIGHTS_UP, Contrivance.GOES_OUT})
_TOLD_OF = frozenset({"rock", "ice_block"})
"""What is part of what it fell into."""
_BOWLS = frozenset({"bowl", "glass", "fish_bowl"})


def on_a_table(
    subjects: Sequence[SubjectPlan], setting: Setting, small: Collection[str]
) -> tuple[SubjectPlan, ...]:
    """The subjects, on a table of their own where the prompt leaves them on the floor.

    Args:
        subjects: everybody and everything.
        setting: the world around them.
        small: the kinds that belong on a table.
    """
    subjects = [_in_scale(subject, subjects) for subject in subjects]
    if any(s.kind == "lamp" and _SWITCHED & {*s.traits} for s in subjects):
        # One looks at it as closely as at what is small.
        small = {*small, "lamp"}
    elif setting in _INDOORS and len(subjects) > 1:
        subjects = [_on_the_floor(subject) for subject in subjects]
    subjects = _laid(subjects, small)
    staged = any(not subject.scenery for subject in subjects)
    others = any(s.kind not in small and not (s.scenery and s.kind in _TOLD_OF) for s in subjects)
    if setting not in _INDOORS or not staged or others:
        return tuple(subjects)
    stands = Relation(RelationKind.ON, len(subjects))
    laid = (
        subject
        if any(relation.kind in _PLACED for relation in subject.relations)
        else replace(subject, relations=(stands, *subject.relations))
        for subject in subjects
    )
    return (*laid, SubjectPlan("table", "table"))


def _laid(subjects: Sequence[SubjectPlan], small: Collection[str]) -> list[SubjectPlan]:
    """The subjects with small things on the table that others of them are on; the stone below one is flat."""
    kinds = {s.kind for s in subjects}
    # A bowlful is the bowl that it comes in, a bottle of perfume no second bottle.
    full = "bowl" if "noodles" in kinds else "bottle" if "perfume" in kinds else None
    subjects = [replace(s, scenery=True) if s.kind == full and not s.relations else s for s in subjects]
    bearing = {
        r.to for s in subjects if s.kind in {*small, "lamp"} for r in s.relations if r.kind is RelationKind.ON
    } - {None}
    found = [
        replace(s, kind="slab") if at in bearing and s.kind == "rock" else s for at, s in enumerate(subjects)
    ]
    table = next((at for at in bearing if at is not None and subjects[at].kind == "table"), None)
    if table is None:
        return found
    stands = Relation(RelationKind.ON, table)
    return [
        replace(s, relations=(stands, *s.relations))
        if s.kind in small and not s.scenery and not any(r.kind in _PLACED for r in s.relations)
        else s
        for s in found
    ]


def _on_the_floor(subject: SubjectPlan) -> SubjectPlan:
    """A lamp that stands on nothing beside somebody is one that stands on the floor."""
    placed = any(relation.kind in _PLACED for relation in subject.relations)
    return subject if subject.kind != "lamp" or placed else replace(subject, kind="floor_lamp")


def _in_scale(subject: SubjectPlan, subjects: Sequence[SubjectPlan]) -> SubjectPlan:
    """Candles on a cake are small ones, bowls with fish in them are made of glass."""
    cakes = {at for at, other in enumerate(subjects) if other.kind == "cake"}
    if subject.kind == "candle" and any(relation.to in cakes for relation in subject.relations):
        return replace(subject, size=round(_CANDLE_ON_CAKE * subject.size, 2))
    bowls = {
        r.to
        for other in subjects
        if other.kind in _FISH
        for r in other.relations
        if r.kind is RelationKind.IN
    }
    if subject.kind in _DRINKS:
        return _poured(subject, subjects)
    if subject.kind == "vase":
        return _with_flowers(subject, subjects)
    if subject.kind in _FLOWERS and any(
        r.to is not None and subjects[r.to].kind == "vase" for r in subject.relations
    ):
        return replace(subject, scenery=True)
    if subject.kind in _BOWLS and any(subjects[at] is subject for at in bowls if at is not None):
        return replace(subject, kind="fish_bowl")
    in_bowl = (r.to is not None and subjects[r.to].kind in _BOWLS for r in subject.relations)
    # The bowl has its fish: one that swims round in it.
    return replace(subject, scenery=True) if subject.kind in _FISH and any(in_bowl) else subject


def _with_flowers(vase: SubjectPlan, subjects: Sequence[SubjectPlan]) -> SubjectPlan:
    """A vase that flowers are told to be in has them, in their colour."""
    flowers = [s for s in subjects if s.kind in _FLOWERS]
    put_in = (one for one in flowers for r in one.relations if r.to is not None and subjects[r.to] is vase)
    first = next(put_in, None)
    if first is None:
        return vase
    color = first.color_of("body")
    painted = () if color is None else (PartColor("flowers", color),)
    return replace(vase, kind="flower_vase", colors=(*vase.colors, *painted))


def _poured(subject: SubjectPlan, subjects: Sequence[SubjectPlan]) -> SubjectPlan:
    """A drink in a glass is no second glass; a glass of champagne is the glass that champagne comes in."""
    within = (subjects[r.to] for r in subject.relations if r.kind is RelationKind.IN and r.to is not None)
    if subject.kind not in _MISREAD and any(other.kind in _DRINKS for other in within):
        return replace(subject, scenery=True)
    held = (s for s in subjects for r in s.relations if r.kind is RelationKind.IN and r.to is not None)
    drinks = [s for s in held if any(subjects[r.to] is subject for r in s.relations if r.to is not None)]
    if subject.kind == "spectacles" and any(other.kind == "bottle" for other in subjects):
        # Glasses beside a bottle are drunk from.
        return replace(subject, kind="wine_glass", count=2 * subject.count)
    poured = next((s for s in drinks if s.kind in {"wine_glass", "glass"}), None)
    if poured is None or subject.kind not in _MISREAD | {"glass"}:
        return subject
    # Spectacles are counted in pairs.
    return replace(
        subject, kind=poured.kind, count=subject.count * (2 if subject.kind == "spectacles" else 1)
    )
