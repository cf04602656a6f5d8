"""Going to the water: who swims or floats is looked at from near the water, who skates on the ice."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.staging.footing import Footing

_FURTHEST_M = 70.0
_STEP_M = 1.0
_NEAREST_SPAN_M, _ASIDE_M = 8.0, 16.0
_LEAST_WET, _MOST_WET = 0.12, 0.6
"""A stream takes so much of what lies across; more of it is a lake."""
_CLEAR_M = 0.5
"""So far from piers and reeds it should be."""
_UNEVEN_M = 0.03
"""Ice is as level as this."""
_YAWS = (0.0, 0.25, -0.25, 0.5, -0.5, 0.8, -0.8)


def beside_water(stage: Stage, ground: Footing, far_m: float, room_m: float) -> Stage:
    """The stage moved ahead until there is water where the subject will be, so far away.

    Args:
        stage: the world's own view.
        ground: where water is.
        far_m: how far from the camera the subject should be.
        room_m: how much water it needs to both sides.
    """
    if ground.water_m is None:
        return stage
    open_water = _moved(
        stage, far_m, room_m, lambda x, z: ground.is_deep(x, z) & ground.is_free(x, z, _CLEAR_M)
    )
    return open_water if open_water is not stage else _moved(stage, far_m, room_m, ground.is_deep)


def onto_ice(stage: Stage, ground: Footing, far_m: float, room_m: float) -> Stage:
    """The stage moved ahead until there is nothing but level ice where a skater will be, so far away."""
    at = np.arange(-_FURTHEST_M, _FURTHEST_M, 2.0)
    x, z = np.meshgrid(stage.eye[0] + at, stage.eye[2] + at)
    level = float(ground.terrain(x, z).min())
    return _moved(stage, far_m, room_m, lambda a, b: ground.terrain(a, b) < level + _UNEVEN_M)


def _moved(
    stage: Stage, far_m: float, room_m: float, suits: Callable[[Floats, Floats], NDArray[np.bool_]]
) -> Stage:
    """The stage moved ahead, and turned as little as may be, until places (...,) in its picture suit."""
    eye, target = np.array(stage.eye), np.array(stage.target)
    yaw = math.atan2(target[0] - eye[0], eye[2] - target[2])
    best: tuple[float, float, float] | None = None
    for off in _YAWS:
        sin, cos = math.sin(yaw + off), math.cos(yaw + off)
        ahead = np.arange(0.0, _FURTHEST_M, _STEP_M)
        aside = np.linspace(-room_m, room_m, 7)[:, None]
        depth = ahead + far_m
        x = eye[0] + sin * depth + cos * aside
        z = eye[2] - cos * depth + sin * aside
        wet = np.flatnonzero(suits(x, z).all(0))
        if len(wet):
            cost = float(ahead[wet[0]]) + 6.0 * abs(off)
            if best is None or cost < best[0]:
                best = cost, off, float(ahead[wet[0]])
    if best is None or (best[1] == 0.0 and best[2] == 0.0):
        return stage
    way = np.array([math.sin(yaw + best[1]), 0.0, -math.cos(yaw + best[1])])
    level = float(np.hypot(target[0] - eye[0], target[2] - eye[2]))
    moved = eye + way * best[2]
    aim = moved + way * level
    return replace(
        stage,
        eye=(float(moved[0]), float(eye[1]), float(moved[2])),
        target=(float(aim[0]), float(target[1]), float(aim[2])),
    )


def over_stream(stage: Stage, ground: Footing, far_m: float) -> Stage:
    """The stage moved so that the middle of a stream ahead is in the middle of the picture, so far away.

    Args:
        stage: the world's own view.
        ground: where water is.
        far_m: how far from the camera what spans the stream should be.
    """
    if ground.water_m is None:
        return stage
    eye, target = np.array(stage.eye), np.array(stage.target)
    yaw = math.atan2(target[0] - eye[0], eye[2] - target[2])
    sin, cos = math.sin(yaw), math.cos(yaw)
    ahead, aside = np.arange(_NEAREST_SPAN_M, _FURTHEST_M, _STEP_M), np.arange(-_ASIDE_M, _ASIDE_M, 0.5)
    x = eye[0] + sin * ahead[:, None] + cos * aside
    z = eye[2] - cos * ahead[:, None] + sin * aside
    wet = ground.is_deep(x, z)
    share = wet.mean(1)
    crossed = np.flatnonzero((share > _LEAST_WET) & (share < _MOST_WET))
    if not len(crossed):
        return stage
    row = int(crossed[np.abs(ahead[crossed] - far_m).argmin()])
    middle = float(aside[wet[row]].mean())
    spot = np.array([eye[0] + sin * ahead[row] + cos * middle, eye[2] - cos * ahead[row] + sin * middle])
    moved = spot - far_m * np.array([sin, -cos])
    level = float(np.hypot(target[0] - eye[0], target[2] - eye[2]))
    return replace(
        stage,
        eye=(float(moved[0]), float(eye[1]), float(moved[1])),
        target=(float(moved[0] + sin * level), float(target[1]), float(moved[1] - cos * level)),
    )
