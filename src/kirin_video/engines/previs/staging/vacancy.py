"""Worlds without anybody: their own view, seen from where the plan asks."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import Stage, along, offset, zoomed
from kirin_video.engines.previs.plan import Angle, Framing, Lens, Setting, ShotSize
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.framing import fov_for

_HEIGHTS_M = {Angle.HIGH: 7.0, Angle.OVERHEAD: 26.0, Angle.AERIAL: 24.0}
_PITCH_DEG = {Angle.LOW: 11.0, Angle.HIGH: -17.0, Angle.OVERHEAD: -78.0, Angle.AERIAL: -15.0}
_UPWARDS = {Setting.CITY: 21.0, Setting.FOREST: 20.0}
"""How much more than elsewhere one looks up, degrees, where all stands upright."""
_HIGHER = {Setting.CITY: 2.0, Setting.FOREST: 1.3, Setting.MOUNTAINS: 2.6, Setting.UNDERWATER: 0.4}
"""How many times higher a drone flies over some worlds."""
_INDOORS = frozenset({Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.STUDIO})
_LOW_EYE_M, _EYES_M = 0.3, 1.62
_OVER_A_GLOBE = math.radians(15.0)
"""Through a fisheye the horizon is bent only where it does not go through the middle."""
_SIZES = {
    ShotSize.EXTREME_WIDE: -0.22,
    ShotSize.MEDIUM: 0.2,
    ShotSize.CLOSE_UP: 0.55,
    ShotSize.EXTREME_CLOSE_UP: 0.8,
}


def view_without_anybody(stage: Stage, framing: Framing, setting: Setting, ground: Footing) -> Stage:
    """A world's own stage, higher, lower, wider or narrower as the framing asks.

    Args:
        stage: as the world composed it.
        framing: how the picture is taken.
        setting: the world.
        ground: where nothing is in the way.
    """
    fov = fov_for(stage.fov_deg, framing.lens, framed=False)
    stage = replace(stage, fov_deg=zoomed(fov, _SIZES.get(framing.size, 0.0) if framing.size else 0.0))
    angle = framing.height or framing.angle
    if angle is None and framing.lens is Lens.FISHEYE:
        yaw, pitch, distance = offset(stage.eye, stage.target)
        return replace(stage, target=along(stage.eye, yaw, pitch - _OVER_A_GLOBE, distance))
    if angle is None or angle not in {*_PITCH_DEG, Angle.FIRST_PERSON}:
        return stage
    x, _, z = stage.eye
    floor = float(ground.terrain(np.array([x]), np.array([z]))[0])
    floor = floor if ground.water_m is None else max(floor, ground.water_m)
    yaw, _, distance = offset(stage.eye, stage.target)
    if angle is Angle.FIRST_PERSON:
        above, pitch = _EYES_M, -2.0
    elif angle is Angle.LOW:
        above, pitch = _LOW_EYE_M, _UPWARDS.get(setting, _PITCH_DEG[angle])
    else:
        above, pitch = _HEIGHTS_M[angle] * _HIGHER.get(setting, 1.0), _PITCH_DEG[angle]
        above = _free_height(ground, (x, floor, z), above, ceiling=setting in _INDOORS)
    eye = x, floor + above, z
    return replace(stage, eye=eye, target=along(eye, yaw, math.radians(pitch), distance), clearance_m=0.2)


def _free_height(ground: Footing, foot: tuple[float, float, float], above: float, *, ceiling: bool) -> float:
    """The wished height above a place, or the nearest one at which an eye is free."""
    x, y, z = foot
    tries = np.array([above * s for s in (1.0, 1.25, 1.6, 2.0, 0.8, 0.6, 0.45, 0.3, 0.2, 0.12)])
    tries = np.minimum(tries, 2.2) if ceiling else tries
    free = ground.solids.is_open(np.stack([np.full(len(tries), x), y + tries, np.full(len(tries), z)], 1))
    return float(tries[free.argmax()]) if free.any() else 1.6
