"""Composing: where the camera stands and looks at every frame so that somebody is framed as asked.

A subject that stays within the picture is left to move through it; one that would leave it is followed, by
turning the camera and, where that is not enough, by going along. How large it is, and where in the picture,
is measured from its projected box.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.camera import Stage, View, offset
from kirin_video.engines.previs.given_camera import GivenCamera
from kirin_video.engines.previs.plan import Angle, ShotPlan
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.hulls import Presence
from kirin_video.engines.previs.staging.parts import Look
from kirin_video.engines.previs.staging.passages import Passage
from kirin_video.engines.previs.staging.wayfaring import CHASES

NEAREST_GROUND_M = 0.15
DUTCH_DEG = 13.0
_FRESH_SIDE = 0.55
"""How far round a cut goes that is asked for no side, radians."""
_LONG, _OFF_LINE = 0.75, 0.62
"""Those longer than so many heights who go are seen so far from their line, at least, radians."""
_OFF_CHASE = 0.95
"""A chase is seen so far from its line, at least, radians: whoever is behind shows too."""
_ROUND = {
    Angle.FRONT: 0.12,
    Angle.THREE_QUARTER: 0.80,
    Angle.SIDE: math.pi / 2.0,
    Angle.BEHIND: math.pi - 0.12,
}
"""How far round from a body's front the camera stands, radians."""
SIDES = frozenset(_ROUND)
"""The angles that are a side of somebody."""


@dataclass(frozen=True, slots=True)
class Floor:
    """All that the camera crew knows of a shot.

    Attributes:
        plan: what is shown.
        stage: the world's own view.
        look: the picture that routes were chosen for.
        ground: the world's ground, and what is solid.
        presences: everybody, measured, the leading one first.
        times: (f,), seconds of the story at every frame.
        aspect: width over height of the picture.
        seed: what makes this one different.
        camera: how the camera moves, where that does not follow from the plan.
        round_rad: how far round the world may be looked at, as in `Scene`.
    """

    plan: ShotPlan
    stage: Stage
    look: Look
    ground: Footing
    presences: tuple[Presence, ...]
    times: Floats
    aspect: float
    seed: int
    camera: GivenCamera | None = None
    round_rad: float = math.pi

    def lowest(self, places: Floats) -> Floats:
        """The height of the ground, or of the water over it, at places (..., 3)."""
        below = self.ground.terrain(places[..., 0], places[..., 2])
        return below if self.ground.water_m is None else np.maximum(below, self.ground.water_m)

    def bare(self, eye: Floats, target: Floats) -> float:
        """How far a view turns beyond what the world is built for, radians."""
        x, _, z = target - eye
        yaw, _, _ = offset(self.stage.eye, self.stage.target)
        return max(abs(half_turn(math.atan2(x, -z) - yaw)) - self.round_rad, 0.0)


@dataclass(frozen=True, slots=True)
class Stand:
    """A choice of where to stand.

    Attributes:
        turn_rad: how far round from the wished side.
        reach: how near, as a share of the wished distance; the lens opens by as much.
        steep: how steep, as a share of the wished elevation.
    """

    turn_rad: float = 0.0
    reach: float = 1.0
    steep: float = 1.0

    def opened(self, fov_deg: float) -> float:
        """A field of view as wide as it has to be from so near."""
        return math.degrees(2.0 * math.atan(math.tan(math.radians(fov_deg) / 2.0) / self.reach))


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed camera before its move.

    Attributes:
        eyes: (f, 3), where it stands at every frame.
        targets: (f, 3), what it looks at.
        fov_deg: vertical field of view.
        roll_deg: how far it leans.
        focus: (f, 3), what should be sharp.
        must: (f, m, 3), what has to be in the picture.
    """

    eyes: Floats
    targets: Floats
    fov_deg: float
    roll_deg: float
    focus: Floats
    must: Floats

    def stage(self, world: Stage, frame: int) -> Stage:
        """The view that a move starts from at a frame."""
        return replace(
            world,
            eye=triple(self.eyes[frame]),
            target=triple(self.targets[frame]),
            fov_deg=self.fov_deg,
            clearance_m=NEAREST_GROUND_M,
        )


def triple(v: Floats) -> tuple[float, float, float]:
    """A point as a tuple."""
    x, y, z = v.tolist()
    return x, y, z


def level_views(eyes: Floats, targets: Floats, fov_deg: float) -> list[View]:
    """Views from eyes to targets, both (f, 3)."""
    return [View(triple(eye), triple(target), fov_deg) for eye, target in zip(eyes, targets, strict=True)]


def roll_of(floor: Floor, passage: Passage) -> float:
    """How far a camera leans that is asked to, degrees."""
    dutch = passage.framing.sees(Angle.DUTCH)
    return (DUTCH_DEG if floor.seed % 2 else -DUTCH_DEG) if dutch else 0.0


def facing_of(floor: Floor, passage: Passage, one: Presence) -> float:
    """The turn of a body in the middle of a passage, as in `Track`."""
    middle = floor.times[passage.first : passage.end]
    _, turns = one.part.track.at(middle[len(middle) // 2 :][:1])
    return float(turns[0])


def look_at_front(turn: float) -> float:
    """The yaw at which a body of a turn is looked in the face."""
    return math.atan2(-math.cos(turn), -math.sin(turn))


def side_of(floor: Floor, passage: Passage, lead: Presence) -> float:
    """The yaw that a passage is seen along, radians to the right of -z."""
    yaw, angle = floor.look.yaw, passage.framing.side
    if angle is not None and angle in _ROUND:
        front = look_at_front(facing_of(floor, passage, lead))
        side = 1.0 if half_turn(yaw - front) >= 0.0 else -1.0
        return front + side * _ROUND[angle]
    chase = _is_chase(floor, lead)
    if angle is None and (chase or _is_foreshortened_soon(lead)):
        least = _OFF_CHASE if chase else _OFF_LINE
        yaw = _off_its_line(yaw, look_at_front(facing_of(floor, passage, lead)), least)
    if passage.first > 0 and passage.cut:
        # A new shot of the same from the same side looks like a mistake.
        return yaw + (_FRESH_SIDE if floor.seed % 2 else -_FRESH_SIDE)
    return yaw


def _is_foreshortened_soon(lead: Presence) -> bool:
    """Whether somebody who goes is long, so that the front hides the rest: horse and rider, a wolf."""
    body, subject = lead.part.body, lead.part.role.subject
    goes = body.motion.pace(lead.part.deeds[0][1]) > 0.0
    return goes and subject.heading is None and body.length_m > _LONG * body.height_m and not body.sides


def _is_chase(floor: Floor, lead: Presence) -> bool:
    """Whether it comes after another, or another after it: from the front the first would hide the other."""
    number = lead.part.role.number
    return any(
        relation.kind in CHASES and number in {one.part.role.number, relation.to}
        for one in floor.presences
        for relation in one.part.role.subject.relations
    )


def _off_its_line(yaw: float, front: float, least: float) -> float:
    """A yaw that is at least so far from straight at somebody's front or back, radians."""
    for line in (front, front + math.pi):
        off = half_turn(yaw - line)
        if abs(off) < least:
            return line + math.copysign(least, off)
    return yaw


def half_turn(angle: float) -> float:
    """The same angle between minus and plus half a turn."""
    return (angle + math.pi) % (2.0 * math.pi) - math.pi


def ahead_of(yaw: float) -> Floats:
    """The level unit vector along a yaw."""
    return np.array([math.sin(yaw), 0.0, -math.cos(yaw)])


def right_of(yaw: float) -> Floats:
    """The level unit vector to the right of a yaw."""
    return np.array([math.cos(yaw), 0.0, math.sin(yaw)])
