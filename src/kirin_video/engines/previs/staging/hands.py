"""In hand: who holds what, and where that takes it in every frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.person.grip import Grip
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.person.skipping import TURN_S
from kirin_video.engines.previs.bodies.posing import Floats, placed, turned
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.facing import shown
from kirin_video.engines.previs.staging.parts import Hold, Part, Setup, deeds_of, seed_of
from kirin_video.engines.previs.staging.prop import Prop, prop_of
from kirin_video.engines.previs.staging.troupe import Role

_BLADE_RAD = math.radians(150.0)
"""How far a blade leans ahead from straight up, in a fist whose arm hangs down."""
_BETWEEN_HANDS = frozenset(
    {Grip.BOTH, Grip.OPENED, Grip.ROPE, Grip.NEEDLES, Grip.SHAKEN, Grip.ROLLED, Grip.BELLOWS}
)
"""What is held in the middle between both hands."""

_CAUGHT = ((0.0, Action.LIE),)
_FLIGHTS = frozenset({Action.FLY, Action.GLIDE, Action.HOVER, Action.DIVE, Action.TAKE_OFF})
"""In flight birds carry fish in their claws."""
_IN_PAWS = frozenset({"bamboo_stalk"})
"""What animals hold before the mouth, between their paws."""
_TOSSED = frozenset({"pancake"})
"""What is tossed from its pan."""
_ACROSS = Prop(Grip.BOTH, (0.0, -0.06), 0.0, -14.0, 84.0)
"""How somebody small lies in the arms of another."""
_ACROSS_RAD = 0.9
"""How a fish lies in a mouth: across it, and yet seen from the side."""
_TOSS_S, _UP_S, _TOSS_M = 1.9, 0.85, 0.42
"""How often it is, how long it is in the air, and how high it goes."""


def handed(setup: Setup, role: Role, parts: Sequence[Part]) -> list[Part] | None:
    """All parts with a role's things in the hands of those who hold them; None where nobody does.

    Args:
        setup: the shot.
        role: the things.
        parts: those who have their place already.
    """
    number = _holder_of(role, parts)
    if number is None:
        return None
    others = list(parts)
    for which in range(len(role.bodies)):
        holders = [k for k, part in enumerate(others) if part.role.number == number]
        at = holders[which % len(holders)]
        thing = Part(
            role,
            which,
            shown(others[at].track, role.bodies[which], setup.look),
            _CAUGHT if is_caught(role) else deeds_of(setup.plan, role, setup.seconds),
            seed_of(setup, role, which),
            carried=True,
        )
        bunch = others[-1].hold if which >= len(holders) else None
        if bunch is not None:
            # More than there are holders is a bunch in each one's hand.
            thing = replace(thing, track=others[-1].track, hold=replace(bunch, nth=bunch.nth + 1))
        else:
            others[at], thing = _given(others[at], thing)
        others.append(thing)
    return others


def on_held(setup: Setup, role: Role, which: int, host: Part) -> Part:
    """A body on or in something that is held: noodles on a plate; it goes where that goes."""
    hold = host.hold
    assert hold is not None
    down = (hold.prop.at[0] - 1.0) * host.body.height_m / max(role.body.height_m, 1e-3)
    ahead = hold.prop.at[1] * host.body.length_m / max(role.body.length_m, 1e-3)
    laid = replace(hold, prop=replace(hold.prop, at=(down, ahead)))
    deeds, seed = deeds_of(setup.plan, role, setup.seconds), seed_of(setup, role, which)
    return Part(role, which, host.track, deeds, seed, carried=True, hold=laid)


def _holder_of(role: Role, parts: Sequence[Part]) -> int | None:
    """The number of the role that holds it."""
    known = {part.role.number for part in parts}
    for relation in role.subject.relations:
        on_a_string = relation.kind is RelationKind.ABOVE and role.kind.name == "toy_balloon"
        if (relation.kind is RelationKind.HELD_BY or on_a_string) and relation.to in known:
            return relation.to
    return None


def _given(holder: Part, thing: Part) -> tuple[Part, Part]:
    """A holder whose arms are posed for a thing, and that thing."""
    prop, motion = prop_of(thing.role.kind.name, thing.body), holder.body.motion
    if is_laid(thing):
        prop = _ACROSS
    by = holder.role.number, holder.which
    if not isinstance(motion, PersonMotion):
        # Robots have hands, too.
        anchor = next((a for a in ("hand", "claws") if a in holder.body.anchors), "mouth")
        if anchor == "claws" and not (is_caught(thing.role) and holder.deeds[0][1] in _FLIGHTS):
            anchor = "mouth"
        return holder, replace(thing, hold=Hold(by, anchor, prop))
    side = "l" if "r" in motion.hands_full else "r"
    body = replace(holder.body, motion=motion.holding(side, prop.grip, thing.body.width_m))
    anchor = "hand" if side == "r" else "hand_left"
    return replace(holder, own=body), replace(thing, hold=Hold(by, anchor, prop))


def is_caught(role: Role) -> bool:
    """Whether it is a fish, which leaps no more in whatever holds it."""
    return role.kind.shape.get("form") == "swimmer"


def is_laid(part: Part) -> bool:
    """Whether it is somebody who sleeps in somebody's arms."""
    sleeps = part.deeds[0][1] in {Action.SLEEP, Action.LIE}
    return sleeps and isinstance(part.body.motion, PersonMotion)


def places_in_hand(part: Part, holding: Part, poses: Floats, times: Floats) -> Floats:
    """From a held thing's own space to the world, (f, 3, 4).

    Args:
        part: the thing.
        holding: who holds it.
        poses: (f, bones, 3, 4), of its holder.
        times: (f,), seconds.
    """
    hold = part.hold
    assert hold is not None
    prop, body, holder = hold.prop, part.body, holding.body
    places = (hold.anchor, "mouth", "head", "top")
    bone, point = next(holder.anchors[place] for place in places if place in holder.anchors)
    hand = poses[:, bone, :, :3] @ np.array(point) + poses[:, bone, :, 3]
    if prop.grip in _BETWEEN_HANDS and "hand_left" in holder.anchors and hold.anchor != "mouth":
        hand = 0.5 * (hand + _anchor(poses, holder, "hand_left" if hold.anchor == "hand" else "hand"))
    _, turns = (part if body.sides else holding).track.at(times)
    frame = turned("y", turns)
    if prop.grip in {Grip.GUITAR, Grip.VIOLIN}:
        chest = holder.skeleton.index("chest")
        frame = poses[:, chest, :, :3]
    turn = frame @ _fanned(hold.nth) @ _lie_of(prop, times, part.seed)
    if prop.grip is Grip.BLADE and any(action is Action.FIGHT for _, action in holding.deeds):
        turn = poses[:, bone, :, :3] @ _in_fist(len(times), flip=prop.flip)
    if prop.grip is Grip.TOOL and "hand_left" in holder.anchors and hold.anchor == "hand":
        turn = _along_hands(hand - _anchor(poses, holder, "hand_left"), frame)
    if prop.grip is Grip.ROPE and any(action is Action.SKIP for _, action in holding.deeds):
        turn = frame @ turned("z", -math.tau * times / TURN_S)
    if part.role.kind.name in _TOSSED:
        share = np.clip((times % _TOSS_S) / _UP_S, 0.0, 1.0)
        turn = turn @ turned("z", math.pi * share)
        hand = hand + np.outer(4.0 * _TOSS_M * share * (1.0 - share), [0.0, 1.0, 0.0])
    height, ahead = prop.at
    own = np.array([ahead * body.length_m, height * body.height_m, 0.0])
    if hold.anchor == "claws":
        own = np.array([0.0, 0.45 * body.height_m, 0.0])
    if hold.anchor == "mouth" and part.role.kind.name not in _IN_PAWS:
        own = np.array([0.0, 0.5 * body.height_m, 0.0])
        if is_caught(part.role):
            # A mouth has it across, by its middle.
            own, turn = np.zeros(3), turn @ turned("y", np.full(len(times), _ACROSS_RAD))
    return placed(turn, hand - np.einsum("fij,j->fi", turn, own))


def _in_fist(count: int, *, flip: bool) -> Floats:
    """How a blade lies in a fist whose arm hangs down: ahead, and a little up, (f, 3, 3)."""
    ones = np.ones(count)
    return turned("z", -_BLADE_RAD * ones) @ turned("x", (math.pi if flip else 0.0) * ones)


def _along_hands(way: Floats, frame: Floats) -> Floats:
    """How a tool lies in two hands: along the line through them, its edge ahead, (f, 3, 3).

    Args:
        way: (f, 3), from the hand at its end to the one nearer to its head.
        frame: (f, 3, 3), the holder's.
    """
    up = way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-6)
    ahead = np.cross(up, frame[:, :, 2])
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-6)
    return np.stack([ahead, up, np.cross(ahead, up)], 2).astype(np.float64)


def _anchor(poses: Floats, holder: Body, name: str) -> Floats:
    bone, point = holder.anchors[name]
    return poses[:, bone, :, :3] @ np.array(point) + poses[:, bone, :, 3]


def _fanned(nth: int) -> Floats:
    """How one of a bunch leans away from the first, (3, 3)."""
    angle, tilt = 2.4 * nth, math.radians(17.0) * min(nth, 1)
    return turned("x", np.array(tilt * math.sin(angle))) @ turned("z", np.array(tilt * math.cos(angle)))


def _lie_of(prop: Prop, times: Floats, seed: int) -> Floats:
    """How it is turned against its holder, (f, 3, 3)."""
    ones = np.ones(len(times))
    swing = 0.06 * np.sin(2.4 * times + seed) if prop.sways else 0.0 * times
    sideways = 0.05 * np.sin(1.9 * times + 2.0 + seed) if prop.sways else 0.0 * times
    lean = turned("z", -math.radians(prop.lean_deg) * ones + swing)
    roll = turned("x", math.radians(prop.roll_deg) * ones + sideways)
    yaw = turned("y", math.radians(prop.yaw_deg) * ones)
    upside = turned("x", (math.pi if prop.flip else 0.0) * ones)
    return lean @ roll @ yaw @ upside
