"""Framing: where the camera stands so that a subject fills its share of the picture."""

from __future__ import annotations

import math

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.plan import ShotSize

_SHARES = {
    ShotSize.EXTREME_WIDE: 0.10,
    ShotSize.WIDE: 0.26,
    ShotSize.FULL: 0.60,
    ShotSize.MEDIUM: 0.95,
    ShotSize.MEDIUM_CLOSE_UP: 1.5,
    ShotSize.CLOSE_UP: 2.4,
    ShotSize.EXTREME_CLOSE_UP: 4.0,
}
_USUAL_SHARE = 0.46
_WIDEST_SHARE = 0.52
_LOW_M, _HIGH_M = 0.45, 1.9


def distance_for(
    stage: Stage, aspect: float, height_m: float, length_m: float, size: ShotSize | None
) -> float:
    """How far from the camera a subject fills its share of the picture's height, and fits its width."""
    tall = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0)
    share = _SHARES.get(size, _USUAL_SHARE) if size else _USUAL_SHARE
    fitting = length_m / (tall * aspect * max(_WIDEST_SHARE, share * 1.1))
    return max(height_m / (tall * share), fitting, 0.7)


def composed(
    stage: Stage, aspect: float, place: tuple[float, float, float], height_m: float, side: float
) -> Stage:
    """The stage turned to a subject: at a third of the picture, on its left for a side of -1.

    Args:
        stage: the world's own view; its eye's place is kept, its height fits the subject.
        aspect: width over height of the picture.
        place: of the subject, on the ground.
        height_m: of the subject.
        side: -1.0 for the left third, 1.0 for the right one, 0.0 for the middle.
    """
    x, y, z = place
    eye_y = y + min(max(0.62 * height_m + 0.25, _LOW_M), _HIGH_M)
    eye = (stage.eye[0], max(eye_y, stage.ground(stage.eye[0], stage.eye[2]) + _LOW_M), stage.eye[2])
    dx, dz = x - eye[0], z - eye[2]
    far = math.hypot(dx, dz)
    half = math.tan(math.radians(stage.fov_deg) / 2.0) * aspect
    turn = math.atan2(dx, -dz) - side * math.atan(half / 3.0)
    aim = (y + 0.55 * height_m - eye[1]) / far
    target = (eye[0] + math.sin(turn) * far, eye[1] + aim * far, eye[2] - math.cos(turn) * far)
    return Stage(eye, target, stage.fov_deg, stage.ground)
