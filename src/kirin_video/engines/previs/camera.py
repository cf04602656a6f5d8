"""The camera crew: where the camera stands and looks at any moment of a move.

Every world composes one view, its stage. A move never strays far from it: the sideways ones (pan, tilt,
orbit, track) pass through it halfway, a push in and a crane up leave from it, a pull out and a crane down
land on it. So the opposite verbs are one path run backwards, and no move ends somewhere that nobody composed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

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
    """Where the camera is at one moment; the horizon is always level.

    Attributes:
        eye: where the camera stands, metres.
        target: the point in the middle of the picture, metres.
        fov_deg: vertical field of view, degrees.
    """

    eye: Point
    target: Point
    fov_deg: float


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
    if move is Move.STILL:
        eye, target = stage.eye, stage.target
    else:
        path, forwards = _PATHS[move]
        eased = eased_time(u)
        eye, target = path(stage, energy, eased if forwards else 1.0 - eased)
    return View(_above_ground(eye, stage), target, stage.fov_deg)


def eased_time(u: float) -> float:
    """Time as a good grip feels it: slow in, slow out, never frozen.

    A blend of linear time with the smoothstep ``u * u * (3 - 2 * u)``: it starts and ends at about a fifth
    of its mean speed, and ``eased_time(1 - u) == 1 - eased_time(u)``.
    """
    u = min(max(u, 0.0), 1.0)
    return (1.0 - _GENTLENESS) * u + _GENTLENESS * u * u * (3.0 - 2.0 * u)


def _above_ground(eye: Point, stage: Stage) -> Point:
    """Lift an eye that is too low, by a softplus: always above the clearance, without a kink."""
    x, y, z = eye
    floor = stage.ground(x, z) + stage.clearance_m
    softness = _CLEARANCE_SOFTNESS * stage.clearance_m
    s = (y - floor) / softness
    return x, floor + softness * (max(s, 0.0) + math.log1p(math.exp(-abs(s)))), z


def _offset(eye: Point, target: Point) -> tuple[float, float, float]:
    """Yaw (radians, 0 looks along -z, positive turns right), pitch (positive up) and distance of a target."""
    dx, dy, dz = (t - e for e, t in zip(eye, target, strict=True))
    flat = math.hypot(dx, dz)
    yaw = math.atan2(dx, -dz) if flat > 0.0 else 0.0
    return yaw, math.atan2(dy, flat), math.hypot(flat, dy)


def _along(start: Point, yaw: float, pitch: float, distance: float) -> Point:
    """The point at a distance in a direction."""
    flat = math.cos(pitch) * distance
    return (
        start[0] + math.sin(yaw) * flat,
        start[1] + math.sin(pitch) * distance,
        start[2] - math.cos(yaw) * flat,
    )


def _saturated(share: float, most_m: float, distance: float) -> float:
    """A share of a distance that approaches a ceiling: near things move by share, far ones by metres."""
    near = share * distance
    return near * most_m / math.hypot(near, most_m)


def _pan(stage: Stage, energy: float, e: float) -> tuple[Point, Point]:
    yaw, pitch, distance = _offset(stage.eye, stage.target)
    swing = math.radians(_PAN_PER_FOV * stage.fov_deg) * energy
    return stage.eye, _along(stage.eye, yaw + swing * (e - 0.5), pitch, distance)


def _tilt(stage: Stage, energy: float, e: float) -> tuple[Point, Point]:
    yaw, pitch, distance = _offset(stage.eye, stage.target)
    swing = math.radians(_TILT_PER_FOV * stage.fov_deg) * energy
    lowest = max(pitch - swing / 2.0, -_STEEPEST_RAD)
    highest = min(pitch + swing / 2.0, _STEEPEST_RAD)
    return stage.eye, _along(stage.eye, yaw, lowest + (highest - lowest) * e, distance)


def _push(stage: Stage, energy: float, e: float) -> tuple[Point, Point]:
    yaw, pitch, distance = _offset(stage.eye, stage.target)
    travel = min(energy * _saturated(0.4, 9.0, distance), (1.0 - _CLOSEST_SHARE) * distance)
    return _along(stage.eye, yaw, pitch, travel * e), stage.target


def _orbit(stage: Stage, energy: float, e: float) -> tuple[Point, Point]:
    yaw, _, _ = _offset(stage.eye, stage.target)
    radius = math.hypot(stage.eye[0] - stage.target[0], stage.eye[2] - stage.target[2])
    sweep = energy * _saturated(math.radians(36.0), 18.0, radius) / max(radius, 1e-6)
    # Walking to the right turns the view to the left.
    x, _, z = _along(stage.target, yaw - sweep * (e - 0.5), 0.0, -radius)
    return (x, stage.eye[1], z), stage.target


def _track_sideways(stage: Stage, energy: float, e: float) -> tuple[Point, Point]:
    yaw, _, distance = _offset(stage.eye, stage.target)
    travel = energy * _saturated(0.5, 6.0, distance) * (e - 0.5)
    right = yaw + math.pi / 2.0
    return _along(stage.eye, right, 0.0, travel), _along(stage.target, right, 0.0, travel)


def _track_forward(stage: Stage, energy: float, e: float) -> tuple[Point, Point]:
    yaw, _, distance = _offset(stage.eye, stage.target)
    travel = energy * _saturated(0.6, 10.0, distance) * e
    return _along(stage.eye, yaw, 0.0, travel), _along(stage.target, yaw, 0.0, travel)


def _crane(stage: Stage, energy: float, e: float) -> tuple[Point, Point]:
    _, _, distance = _offset(stage.eye, stage.target)
    x, y, z = stage.eye
    return (x, y + energy * _saturated(0.45, 6.0, distance) * e, z), stage.target


_PATHS: dict[Move, tuple[Callable[[Stage, float, float], tuple[Point, Point]], bool]] = {
    Move.PAN_RIGHT: (_pan, True),
    Move.PAN_LEFT: (_pan, False),
    Move.TILT_UP: (_tilt, True),
    Move.TILT_DOWN: (_tilt, False),
    Move.PUSH_IN: (_push, True),
    Move.PULL_OUT: (_push, False),
    Move.ORBIT_RIGHT: (_orbit, True),
    Move.ORBIT_LEFT: (_orbit, False),
    Move.TRACK_RIGHT: (_track_sideways, True),
    Move.TRACK_LEFT: (_track_sideways, False),
    Move.TRACK_FORWARD: (_track_forward, True),
    Move.CRANE_UP: (_crane, True),
    Move.CRANE_DOWN: (_crane, False),
}
