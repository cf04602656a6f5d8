"""Through somebody's eyes, or over a shoulder: views that belong to a body on stage."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Action, Angle, Framing, Heading
from kirin_video.engines.previs.staging.composing import (
    NEAREST_GROUND_M,
    Composed,
    Floor,
    Stand,
    facing_of,
    roll_of,
)
from kirin_video.engines.previs.staging.easing import calmed
from kirin_video.engines.previs.staging.framing import fov_for
from kirin_video.engines.previs.staging.hulls import Presence
from kirin_video.engines.previs.staging.mounting import is_inside
from kirin_video.engines.previs.staging.oneself import is_driven
from kirin_video.engines.previs.staging.parts import Part
from kirin_video.engines.previs.staging.passages import Passage
from kirin_video.engines.previs.staging.troupe import MOUNTED, Role

_OPENED, _WIDEST_DEG = 1.25, 84.0
"""How much more than usual eyes see."""
_AHEAD_M, _DOWN, _RIDING_DOWN = 12.0, 0.075, 0.17
_AT_BAR, _AT_WHEEL = 1.75, 1.6
"""How much more than usual those see who hold a bar or a wheel."""
_BEHIND_M, _OVER_M = 0.38, 0.06
_HANDS_AT, _STEEPEST = 0.74, 0.40
"""How far below the middle hands at a bar are, in halves of the picture; how steep one looks, at most."""
_SADDLE_M = 0.95
"""A rider's eyes are so far above the saddle."""
_BOB = 0.15
"""How much of every step eyes feel."""
_BACK, _ASIDE, _ABOVE = 4.6, 1.75, 0.42
"""Where the camera is behind a head, in faces' heights."""
_BEYOND_M = 5.0
_RESTING = frozenset({Action.IDLE, Action.STAND, Action.SIT, Action.LIE, Action.SLEEP})


def is_own_view(framing: Framing, role: Role) -> bool:
    """Whether a first-person view is that of somebody on stage, and not of whoever looks at them."""
    if not framing.sees(Angle.FIRST_PERSON) or role.kind.family is Family.THING:
        return False
    subject = role.subject
    meets = subject.heading in {Heading.TOWARDS, Heading.AWAY} or any(r.to is None for r in subject.relations)
    owner = subject.words.endswith(("'s", "\u2019s"))
    return owner or not (meets or subject.action in _RESTING or len(role.bodies) > 1)


def has_shoulders(one: Presence) -> bool:
    """Whether one can look over somebody's shoulder."""
    return one.part.role.kind.family not in {Family.THING, Family.MACHINE} and "head" in one.part.body.anchors


def whose_eyes(floor: Floor, lead: Presence) -> Presence:
    """Who sees where somebody or something leads: its rider, where it has one."""
    if lead.part.role.kind.family not in {Family.MACHINE, Family.QUADRUPED}:
        return lead
    number = lead.part.role.number
    return next(
        (
            one
            for one in floor.presences
            if one.part.role.kind.family is Family.PERSON
            and any(r.kind in MOUNTED and r.to == number for r in one.part.role.subject.relations)
        ),
        lead,
    )


def closed_in_by(floor: Floor, one: Part) -> Iterator[int]:
    """Numbers of what somebody sits in, behind windows: nothing of it would be seen but its inside."""
    mounts = {r.to for r in one.role.subject.relations if r.kind in MOUNTED}
    for other in floor.presences:
        if other.part.role.number in mounts and is_inside(other.part.role):
            yield other.part.role.number


def own_view(floor: Floor, passage: Passage, one: Presence) -> Composed:
    """What somebody sees who goes his way; who carries a rider is seen from its saddle."""
    body = one.part.body
    saddle = body.anchors.get("saddle") if one.part.role.kind.family is Family.QUADRUPED else None
    bone, point = saddle or body.anchors.get("head", (0, (0.35 * body.length_m, 0.8 * body.height_m, 0.0)))
    poses = one.poses[:, bone].astype(np.float64)
    eyes = poses[:, :, :3] @ np.array(point) + poses[:, :, 3]
    if saddle is not None:
        eyes[:, 1] += _SADDLE_M
    eyes = (1.0 - _BOB) * calmed(eyes) + _BOB * eyes
    eyes[:, 1] = np.maximum(eyes[:, 1], floor.lowest(eyes) + NEAREST_GROUND_M)
    _, turns = one.part.track.at(floor.times)
    turn = calmed(turns[:, None])[:, 0]
    rides = one.part.carried and not any(closed_in_by(floor, one.part))
    opened = _AT_BAR if rides else _AT_WHEEL if _is_closed_in(floor, one.part) else _OPENED
    fov = min(opened * fov_for(floor.stage.fov_deg, passage.framing.lens, framed=True), _WIDEST_DEG)
    down = _RIDING_DOWN if saddle is not None else _DOWN
    if rides:
        # A little behind the eyes: hands come into the picture without looking down at them.
        back = np.stack([np.cos(turn), np.zeros(len(turn)), -np.sin(turn)], 1)
        eyes = eyes - _BEHIND_M * back + np.array([0.0, _OVER_M, 0.0])
        down = _down_to_hands(one, eyes, math.radians(fov) / 2.0)
    ahead = np.stack([np.cos(turn), np.full(len(turn), -down), -np.sin(turn)], 1)
    targets = eyes + _AHEAD_M * ahead
    return Composed(eyes, targets, fov, roll_of(floor, passage), targets, targets[:, None])


def _down_to_hands(one: Presence, eyes: Floats, half_rad: float) -> float:
    """How steep somebody looks down who has his hands in the picture too."""
    bone, point = one.part.body.anchors.get("hand") or one.part.body.anchors["head"]
    pose = one.poses[:, bone].astype(np.float64)
    way = np.median(pose[:, :, :3] @ np.array(point) + pose[:, :, 3] - eyes, axis=0)
    to_hands = math.atan2(-float(way[1]), math.hypot(float(way[0]), float(way[2])))
    below = math.atan(_HANDS_AT * math.tan(half_rad))
    return min(max(math.tan(to_hands - below), _DOWN), _STEEPEST)


def _is_closed_in(floor: Floor, one: Part) -> bool:
    return is_driven(one) or any(closed_in_by(floor, one))


def over_shoulder(floor: Floor, passage: Passage, stand: Stand, one: Presence) -> Composed:
    """From behind somebody, past the head, at whom or what it looks at."""
    head, face = head_of(one)
    head = calmed(head)
    other = _met(floor, one)
    if other is None:
        turn = facing_of(floor, passage, one)
        seen = head + _BEYOND_M * np.array([math.cos(turn), -0.04, -math.sin(turn)])
        must = head[:, None]
    else:
        seen = calmed(head_of(other)[0])
        must = np.stack([seen, head], 1)
    way = seen - head
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    right = np.cross(way, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    side = (1.0 if floor.seed % 2 else -1.0) * math.copysign(1.0, math.cos(stand.turn_rad * 3.0))
    eyes = (
        head
        + face * stand.reach * (side * _ASIDE * right - _BACK * way)
        + np.array([0.0, _ABOVE * face, 0.0])
    )
    eyes[:, 1] = np.maximum(eyes[:, 1], floor.lowest(eyes) + NEAREST_GROUND_M)
    fov = stand.opened(fov_for(floor.stage.fov_deg, passage.framing.lens, framed=True))
    # The head before the camera stays at the picture's edge, not outside.
    targets = seen - side * 0.06 * np.linalg.norm(seen - eyes, axis=1)[:, None] * right
    return Composed(eyes, targets, min(fov, _WIDEST_DEG), roll_of(floor, passage), seen, must)


def head_of(one: Presence) -> tuple[Floats, float]:
    """The middle of a head (f, 3), and how high its face is."""
    body = one.part.body
    bone, point = body.anchors.get("head", (0, (0.4 * body.length_m, 0.85 * body.height_m, 0.0)))
    poses = one.poses[:, bone].astype(np.float64)
    return poses[:, :, :3] @ np.array(point) + poses[:, :, 3], body.face_m


def _met(floor: Floor, one: Presence) -> Presence | None:
    """Whom somebody has before it: whom the plan relates it to, else anybody else who is alive."""
    others = [
        p
        for p in floor.presences
        if p.part.role is not one.part.role and p.part.role.kind.family is not Family.THING
    ]
    related = {r.to for r in one.part.role.subject.relations}
    return next((p for p in others if p.part.role.number in related), others[0] if others else None)
