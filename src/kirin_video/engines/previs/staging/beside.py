"""Going to where a world wants its subject: who is by the fire is seen beside it, not a room away."""

from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs.camera import Stage

_BACK_M = 2.6
"""How far behind a room's own view there is room for the camera."""


def beside_it(stage: Stage, beside: tuple[float, float] | None, far_m: float) -> Stage:
    """The stage moved ahead or back until the subject, so far away, is where the world wants it.

    Args:
        stage: the world's own view.
        beside: x and z of that place; None where the world has none.
        far_m: how far from the camera the subject should be.
    """
    if beside is None:
        return stage
    (x, y, z), (tx, ty, tz) = stage.eye, stage.target
    yaw = math.atan2(tx - x, z - tz)
    ahead = max((beside[0] - x) * math.sin(yaw) - (beside[1] - z) * math.cos(yaw) - far_m, -_BACK_M)
    eye = (x + ahead * math.sin(yaw), y, z - ahead * math.cos(yaw))
    level = math.hypot(tx - x, tz - z)
    return replace(
        stage, eye=eye, target=(eye[0] + level * math.sin(yaw), ty, eye[2] - level * math.cos(yaw))
    )
