"""Who goes with whom on an errand: carried, pushed, saved, gone after."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import (
    Action,
    Age,
    Heading,
    Relation,
    RelationKind,
    SubjectPlan,
)
from kirin_video.engines.previs.reading.errand_finding import Subjects, at
from kirin_video.engines.previs.reading.subjects.holding import people_of

_ON_FOOT = frozenset({Action.WALK, Action.RUN, Action.CLIMB, Action.IDLE, Action.RIDE})
_HOUSES = frozenset({"house", "building", "cabin", "barn"})
_TRAINS = frozenset({"train", "steam_train", "bullet_train", "subway_train"})
_WITH_HANDLES = frozenset({"stroller", "wheelchair", "shopping_cart"})
_BEARING = frozenset({RelationKind.RIDING, RelationKind.ON, RelationKind.IN})


def come_from(found: Subjects, one: int) -> None:
    """Whoever is saved comes out of a house on fire."""
    if found[one].action in {Action.CARRY, Action.RUN, Action.WALK} and at(found, _HOUSES) is None:
        out = Relation(RelationKind.AWAY_FROM, len(found))
        found.append(SubjectPlan("house", "house", action=Action.BURN))
        found[one] = replace(found[one], relations=(out, *found[one].relations))


def go_aboard(found: Subjects, one: int) -> None:
    """An aeroplane that somebody walks to stands on the ground, and he goes there, away from the viewer."""
    plane = at(found, frozenset({"airplane", "jet", "biplane"}))
    if plane is not None and found[one].action in _ON_FOOT:
        found[plane] = replace(found[plane], action=Action.STOP)
        kept = tuple(r for r in found[one].relations if r.to != plane)
        before = Relation(RelationKind.IN_FRONT_OF, plane)
        found[one] = replace(
            found[one],
            action=Action.WALK,
            heading=found[one].heading or Heading.AWAY,
            relations=(before, *kept),
        )


def by_the_arch(found: Subjects, one: int) -> None:
    """Who is under a bridge is seen before its arch, in the light of a lamp."""
    bridge = at(found, frozenset({"bridge"}))
    under = [r for r in found[one].relations if r.kind is RelationKind.UNDER and r.to == bridge]
    if bridge is not None and under:
        kept = tuple(r for r in found[one].relations if r not in under)
        before = Relation(RelationKind.IN_FRONT_OF, bridge)
        found[one] = replace(found[one], relations=(before, *kept))
        found.append(
            SubjectPlan("street_lamp", "street lamp", relations=(Relation(RelationKind.BESIDE, one),))
        )


def push_chair(found: Subjects, one: int) -> None:
    """Of two with a wheelchair the second sits in it, and the first pushes."""
    chair = at(found, frozenset({"wheelchair"}))
    other = next((k for k in people_of(found) if k != one), None)
    if chair is None or other is None:
        return
    found[one] = replace(found[one], action=Action.PUSH, relations=(Relation(RelationKind.BEHIND, chair),))
    seated = (Relation(RelationKind.IN, chair),)
    found[other] = replace(found[other], action=Action.IDLE, also=(), heading=None, relations=seated)
    found[chair] = replace(found[chair], action=Action.IDLE, relations=())


def take_up(found: Subjects, one: int) -> None:
    """A child that somebody holds who walks, or that sleeps, is carried."""
    doing = {found[one].action, *found[one].also}
    child = next((k for k in people_of(found) if k != one and found[k].age is Age.CHILD), None)
    if child is None or not doing & {Action.HUG, Action.HOLD}:
        return
    if doing & {Action.WALK, Action.RUN} or found[child].action is Action.SLEEP:
        kept = tuple(r for r in found[one].relations if r.to != child)
        found[one] = replace(found[one], action=Action.CARRY, also=(), relations=kept)
        held = (Relation(RelationKind.HELD_BY, one),)
        found[child] = replace(found[child], action=Action.LIE, also=(), relations=held)


def in_arms(one: SubjectPlan, found: Subjects) -> SubjectPlan:
    """Somebody who is carried lies in the arms of whoever carries him; babies are held upright."""
    grown = one.kind == "person" and one.action is Action.IDLE and one.age is not Age.BABY
    holders = [r.to for r in one.relations if r.kind is RelationKind.HELD_BY and r.to is not None]
    carried = any(found[k].kind == "person" and found[k].action is Action.CARRY for k in holders)
    return replace(one, action=Action.LIE) if grown and carried else one


def with_a_handle(one: SubjectPlan, found: Subjects) -> SubjectPlan:
    """Who pushes something by its handle, or somebody who sits in it, walks behind it."""
    if one.action is not Action.PUSH and Action.PUSH not in one.also:
        return one
    for k, relation in enumerate(one.relations):
        if relation.kind is not RelationKind.BEHIND or relation.to is None:
            continue
        pushed = found[relation.to]
        seat = next((r.to for r in pushed.relations if r.kind in _BEARING and r.to is not None), None)
        cart = relation.to if pushed.kind in _WITH_HANDLES else seat
        if cart is not None and found[cart].kind in _WITH_HANDLES:
            others = (*one.relations[:k], Relation(RelationKind.BEHIND, cart), *one.relations[k + 1 :])
            walks = one.action is Action.PUSH
            also = tuple(dict.fromkeys((*one.also, Action.PUSH)))
            return replace(
                one,
                action=Action.WALK if walks else one.action,
                also=also if walks else one.also,
                relations=others,
            )
    return one


def after_the_train(one: SubjectPlan) -> SubjectPlan:
    """A train that leaves goes away from the viewer, and so does whoever runs after it."""
    if one.kind in _TRAINS and one.action in {Action.IDLE, Action.DRIVE, Action.WALK}:
        return replace(one, action=Action.DRIVE, heading=one.heading or Heading.AWAY)
    hurries = one.kind == "person" and one.action in {Action.RUN, Action.CATCH, Action.TROT}
    return replace(one, action=Action.RUN, heading=one.heading or Heading.AWAY) if hurries else one
