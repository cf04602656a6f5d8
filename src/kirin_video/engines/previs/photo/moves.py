"""The camera of a photograph: every verb as a small true movement before the picture's depth."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kirin_video.engines.previs.plan import Move

FOCAL = 1.07
"""Assumed focal length in units of the longer side: a lens of about 50 degrees."""

_RAMP_IN = 0.24
_RAMP_OUT = 0.34
_END_SPEED = 0.12


@dataclass(frozen=True, slots=True)
class Pose:
    """The camera relative to where the photograph was taken; lengths in units of the nearest distance.

    Attributes:
        x: to the right.
        y: downwards.
        z: forwards.
        yaw: radians, to the right.
        pitch: radians, downwards.
        zoom: the lens, 1.0 as photographed.
    """

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class Aim:
    """What a move is about.

    Attributes:
        x: the subject's middle, in focal lengths right of the picture's centre.
        y: the same, below it.
        pivot: the subject's disparity.
    """

    x: float
    y: float
    pivot: float


def eased(u: float) -> float:
    """How far a move has gone at time ``u``, both 0 to 1.

    The speed rises smoothly from nothing, holds, and falls smoothly to a slow creep: the camera never stands
    frozen at the end of a shot.
    """
    return _travel(min(max(u, 0.0), 1.0)) / _travel(1.0)


def _travel(u: float) -> float:
    """The integral of the speed: smoothstep ramps in and out around a steady part."""
    rising = _smooth_integral(min(u / _RAMP_IN, 1.0)) * _RAMP_IN
    steady = min(max(u - _RAMP_IN, 0.0), 1.0 - _RAMP_IN - _RAMP_OUT)
    v = max(u - (1.0 - _RAMP_OUT), 0.0)
    falling = v - (1.0 - _END_SPEED) * _smooth_integral(v / _RAMP_OUT) * _RAMP_OUT
    return rising + steady + falling


def _smooth_integral(x: float) -> float:
    """The integral of 3x^2 - 2x^3 from 0 to x."""
    return x**3 - x**4 / 2.0


def pose_at(  # noqa: PLR0911 - one branch a verb
    move: Move, aim: Aim, amount: float, travelled: float
) -> Pose:
    """Where the camera is once it has travelled a share (0 to 1) of its way.

    Args:
        move: what the camera does.
        aim: what it is about.
        amount: energy times trust; 1.0 is a calm move over a depth that is sure.
        travelled: see :func:`eased`.
    """
    way = amount * travelled
    match move:
        case Move.STILL:
            return Pose()
        case Move.PUSH_IN:
            return _forwards(aim, 0.16 * way, 1.0 + 0.02 * way)
        case Move.TRACK_FORWARD:
            return _forwards(aim, 0.22 * way, 1.0)
        case Move.PULL_OUT:
            return _forwards(aim, -0.14 * way, 1.0)
        case Move.TRACK_LEFT | Move.TRACK_RIGHT:
            side = -1.0 if move is Move.TRACK_LEFT else 1.0
            return Pose(x=side * 0.058 * way)
        case Move.ORBIT_LEFT | Move.ORBIT_RIGHT:
            return _orbit(aim, (-1.0 if move is Move.ORBIT_LEFT else 1.0) * 0.068 * way)
        case Move.PAN_LEFT | Move.PAN_RIGHT:
            side = -1.0 if move is Move.PAN_LEFT else 1.0
            return Pose(x=side * 0.016 * way, yaw=side * 0.06 * way)
        case Move.TILT_UP | Move.TILT_DOWN:
            side = -1.0 if move is Move.TILT_UP else 1.0
            return Pose(y=side * 0.012 * way, pitch=side * 0.042 * way)
        case Move.CRANE_UP | Move.CRANE_DOWN:
            side = -1.0 if move is Move.CRANE_UP else 1.0
            return Pose(y=side * 0.05 * way, pitch=-side * 0.55 * aim.pivot * 0.05 * way)


def _forwards(aim: Aim, distance: float, zoom: float) -> Pose:
    """Along the line towards the subject, most of it: what is aimed at stays where it was composed."""
    return Pose(x=0.6 * aim.x * distance, y=0.6 * aim.y * distance, z=distance, zoom=zoom)


def _orbit(aim: Aim, sideways: float) -> Pose:
    """An arc around the subject: sideways, turned back to hold it, a little nearer as arcs are."""
    turn = math.atan(sideways * aim.pivot)
    return Pose(x=sideways, z=0.5 * sideways * sideways * aim.pivot, yaw=-turn)
