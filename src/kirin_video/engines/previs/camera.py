"""The camera crew: where the camera stands and looks at any moment of a move.

A move is a change of the camera's rig against a composed view, its stage, which may itself go along with
somebody. The sideways moves (pan, tilt, orbit, track) pass through the composed view halfway, a push in and a
crane up leave from it, a pull out and a crane down land on it. So the opposite verbs are one path run
backwards, and no move ends somewhere that nobody composed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields

from kirin_video.engines.previs.plan import Move

Point = tuple[float, float, float]
Ground = Callable[[float, float], float]

EYE_CLEARANCE_M = 0.4
"""The eye of a world's own view is never lower than this above the ground."""

_CLEARANCE_SOFTNESS = 0.3
_GENTLENESS = 0.82
_PAN_PER_FOV = 0.55
_TILT_PER_FOV = 0.30
_STEEPEST_RAD = math.radians(80.0)
_CLOSEST_SHARE = 0.25
_WIDEST_DEG, _NARROWEST_DEG = 118.0, 3.0


@dataclass(frozen=True, slots=True)
class Stage:
    """The view a world was composed for, in metres, y up.

    Attributes:
        eye: where the camera stands.
        target: what it looks at; pushes, orbits and cranes are measured by its distance.
        fov_deg: vertical field of view, degrees.
        ground: the height of the ground at (x, z).
        clearance_m: the eye is never lower than this above the ground.
    """

    eye: Point
    target: Point
    fov_deg: float
    ground: Ground
    clearance_m: float = EYE_CLEARANCE_M


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera is at one moment.

    Attributes:
        eye: where the camera stands, metres.
        target: the point in the middle of the picture, metres.
        fov_deg: vertical field of view, degrees.
        roll_deg: how far the camera leans to its right, degrees; 0 keeps the horizon level.
        focus_m: how far away along the line of sight is what should be sharp; 0 where nobody is framed.
        bend: how far a fisheye's picture reaches to its corners, in focal lengths; 0 is straight glass.
        thrown: whether the camera is thrown round so fast that all of the picture smears.
    """

    eye: Point
    target: Point
    fov_deg: float
    roll_deg: float = 0.0
    focus_m: float = 0.0
    bend: float = 0.0
    thrown: bool = False


@dataclass(frozen=True, slots=True)
class Rig:
    """How the camera differs from its stage; all zero is the composed view.

    Attributes:
        pan_rad: turned to the right on the spot.
        tilt_rad: turned up on the spot.
        push_m: nearer to the target, along the line of sight.
        orbit_rad: walked to the right around the target.
        truck_m: shifted to the right, with the target.
        ahead_m: shifted level along the view, with the target.
        lift_m: raised; the target stays.
        zoom: the lens, as the natural logarithm of the magnification.
        roll_rad: leaning to the right.
    """

    pan_rad: float = 0.0
    tilt_rad: float = 0.0
    push_m: float = 0.0
    orbit_rad: float = 0.0
    truck_m: float = 0.0
    ahead_m: float = 0.0
    lift_m: float = 0.0
    zoom: float = 0.0
    roll_rad: float = 0.0

    def plus(self, other: Rig, share: float = 1.0) -> Rig:
        """This and a share of another."""
        names = (field.name for field in fields(self))
        return Rig(*(getattr(self, name) + share * getattr(other, name) for name in names))


LEVEL = Rig()
"""The composed view."""


def view_at(stage: Stage, move: Move, energy: float, u: float) -> View:
    """The view at one moment of a move.

    Args:
        stage: the composed view.
        move: what the camera does.
        energy: how far it goes; 1.0 is a calm professional move over five to ten seconds.
        u: linear time from 0.0, the first frame, to 1.0, the last.

    Returns:
        A view that depends smoothly on ``u`` (as smoothly as the stage's ground does where it is near).
    """
    change = change_of(stage, move, energy)
    return view_of(stage, LEVEL.plus(change, eased_time(u) - pivot_of(move)))


def eased_time(u: float) -> float:
    """Time as a good grip feels it: slow in, slow out, never frozen.

    A blend of linear time with the smoothstep ``u * u * (3 - 2 * u)``: it starts and ends at about a fifth
    of its mean speed, and ``eased_time(1 - u) == 1 - eased_time(u)``.
    """
    u = min(max(u, 0.0), 1.0)
    return (1.0 - _GENTLENESS) * u + _GENTLENESS * u * u * (3.0 - 2.0 * u)


def change_of(stage: Stage, move: Move, energy: float) -> Rig:
    """How a whole move changes the rig.

    Near things are moved before by a share of their distance, far ones by metres.
    """
    if move not in _CHANGES:
        return LEVEL
    change, sign = _CHANGES[move]
    return LEVEL.plus(change(stage, energy), sign)


def pivot_of(move: Move) -> float:
    """At which share of a move the camera is where its stage was composed."""
    if move in {Move.PUSH_IN, Move.CRANE_UP, Move.TRACK_FORWARD}:
        return 0.0
    return 1.0 if move in {Move.PULL_OUT, Move.CRANE_DOWN} else 0.5


def view_of(stage: Stage, rig: Rig) -> View:
    """The view of a rig that differs from its stage."""
    yaw, pitch, distance = offset(stage.eye, stage.target)
    eye, target = stage.eye, stage.target
    if rig.orbit_rad:
        radius = math.hypot(eye[0] - target[0], eye[2] - target[2])
        # Walking to the right turns the view to the left.
        yaw -= rig.orbit_rad
        x, _, z = along(target, yaw, 0.0, -radius)
        eye = x, eye[1], z
    eye = along(eye, yaw, pitch, min(rig.push_m, (1.0 - _CLOSEST_SHARE) * distance))
    right, ahead = yaw + math.pi / 2.0, yaw
    eye, target = (along(p, right, 0.0, rig.truck_m) for p in (eye, target))
    eye, target = (along(p, ahead, 0.0, rig.ahead_m) for p in (eye, target))
    eye = _above_ground((eye[0], eye[1] + rig.lift_m, eye[2]), stage)
    if rig.pan_rad or rig.tilt_rad:
        yaw, pitch, distance = offset(eye, target)
        pitch = min(max(pitch + rig.tilt_rad, -_STEEPEST_RAD), _STEEPEST_RAD)
        target = along(eye, yaw + rig.pan_rad, pitch, distance)
    return View(eye, target, zoomed(stage.fov_deg, rig.zoom), math.degrees(rig.roll_rad))


def zoomed(fov_deg: float, zoom: float) -> float:
    """A field of view through a lens that magnifies by ``exp(zoom)``."""
    if not zoom:
        return fov_deg
    half = math.atan(math.tan(math.radians(fov_deg) / 2.0) * math.exp(-zoom))
    return min(max(math.degrees(2.0 * half), _NARROWEST_DEG), _WIDEST_DEG)


def offset(eye: Point, target: Point) -> tuple[float, float, float]:
    """Yaw (radians, 0 looks along -z, positive turns right), pitch (positive up) and distance of a target."""
    dx, dy, dz = (t - e for e, t in zip(eye, target, strict=True))
    flat = math.hypot(dx, dz)
    yaw = math.atan2(dx, -dz) if flat > 0.0 else 0.0
    return yaw, math.atan2(dy, flat), math.hypot(flat, dy)


def along(start: Point, yaw: float, pitch: float, distance: float) -> Point:
    """The point at a distance in a direction."""
    flat = math.cos(pitch) * distance
    return (
        start[0] + math.sin(yaw) * flat,
        start[1] + math.sin(pitch) * distance,
        start[2] - math.cos(yaw) * flat,
    )


def _above_ground(eye: Point, stage: Stage) -> Point:
    """Lift an eye that is too low, by a softplus: always above the clearance, without a kink."""
    x, y, z = eye
    floor = stage.ground(x, z) + stage.clearance_m
    softness = _CLEARANCE_SOFTNESS * stage.clearance_m
    s = (y - floor) / softness
    return x, floor + softness * (max(s, 0.0) + math.log1p(math.exp(-abs(s)))), z


def _saturated(share: float, most_m: float, distance: float) -> float:
    """A share of a distance that approaches a ceiling: near things move by share, far ones by metres."""
    near = share * distance
    return near * most_m / math.hypot(near, most_m)


def _pan(stage: Stage, energy: float) -> Rig:
    return Rig(pan_rad=math.radians(_PAN_PER_FOV * stage.fov_deg) * energy)


def _tilt(stage: Stage, energy: float) -> Rig:
    _, pitch, _ = offset(stage.eye, stage.target)
    swing = math.radians(_TILT_PER_FOV * stage.fov_deg) * energy
    # Equally far to both sides: a steep view leaves less room.
    room = 2.0 * max(_STEEPEST_RAD - abs(pitch), 0.0)
    return Rig(tilt_rad=min(swing, room))


def _push(stage: Stage, energy: float) -> Rig:
    distance = math.dist(stage.eye, stage.target)
    return Rig(push_m=min(energy * _saturated(0.4, 9.0, distance), (1.0 - _CLOSEST_SHARE) * distance))


def _orbit(stage: Stage, energy: float) -> Rig:
    radius = math.hypot(stage.eye[0] - stage.target[0], stage.eye[2] - stage.target[2])
    sweep = energy * _saturated(math.radians(36.0), 18.0, radius) / max(radius, 1e-6)
    return Rig(orbit_rad=sweep)


def _track_sideways(stage: Stage, energy: float) -> Rig:
    return Rig(truck_m=energy * _saturated(0.5, 6.0, math.dist(stage.eye, stage.target)))


def _track_forward(stage: Stage, energy: float) -> Rig:
    return Rig(ahead_m=energy * _saturated(0.6, 10.0, math.dist(stage.eye, stage.target)))


def _crane(stage: Stage, energy: float) -> Rig:
    return Rig(lift_m=energy * _saturated(0.45, 6.0, math.dist(stage.eye, stage.target)))


_CHANGES: dict[Move, tuple[Callable[[Stage, float], Rig], float]] = {
    Move.PAN_RIGHT: (_pan, 1.0),
    Move.PAN_LEFT: (_pan, -1.0),
    Move.TILT_UP: (_tilt, 1.0),
    Move.TILT_DOWN: (_tilt, -1.0),
    Move.PUSH_IN: (_push, 1.0),
    Move.PULL_OUT: (_push, -1.0),
    Move.ORBIT_RIGHT: (_orbit, 1.0),
    Move.ORBIT_LEFT: (_orbit, -1.0),
    Move.TRACK_RIGHT: (_track_sideways, 1.0),
    Move.TRACK_LEFT: (_track_sideways, -1.0),
    Move.TRACK_FORWARD: (_track_forward, 1.0),
    Move.CRANE_UP: (_crane, 1.0),
    Move.CRANE_DOWN: (_crane, -1.0),
}
