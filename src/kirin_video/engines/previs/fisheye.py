"""A fisheye lens: the picture is painted straight and wide, then bent as such glass bends it.

An equisolid fisheye shows a point that lies at an angle a off its axis ``2 f sin(a / 2)`` from the
picture's middle, where straight glass shows it at ``f tan(a)``. The middle is the same through both, so
shots are composed for straight glass of that focal length; what is painted is the straight picture that
holds all of the bent one.
"""

from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import Lens, ShotPlan

MOST_REACH = 1.15
"""The furthest that a picture's corner is from its middle, in focal lengths: 70 degrees off the axis.
Straight pictures grow without bounds towards 90."""

_FINER = {False: 1.25, True: 1.5}
_MOST_SIDE = 2560
"""Bent pictures are painted larger than shown, as their middle is enlarged; but no larger than this."""


def bent(view: View, aspect: float) -> View:
    """What has to be painted for a view through a fisheye.

    Args:
        view: composed for straight glass of the same focal length.
        aspect: width over height of the picture.
    """
    diagonal = math.hypot(1.0, aspect)
    reach = min(math.tan(math.radians(view.fov_deg) / 2.0) * diagonal, MOST_REACH)
    half = math.tan(off_axis(reach)) / diagonal
    return replace(view, fov_deg=math.degrees(2.0 * math.atan(half)), bend=reach)


def off_axis(reach: float) -> float:
    """The angle, radians, of what is seen so many focal lengths from the picture's middle."""
    return 2.0 * math.asin(reach / 2.0)


def is_bent(plan: ShotPlan) -> bool:
    """Whether any of a clip is seen through a fisheye."""
    framings = (plan.framing, *(beat.framing for beat in plan.beats if beat.framing is not None))
    return any(framing.lens is Lens.FISHEYE for framing in framings)


def canvas_of(width: int, height: int, *, pro: bool) -> tuple[int, int]:
    """The size at which the straight picture is painted, even numbers of pixels."""
    share = min(_FINER[pro], _MOST_SIDE / max(width, height))
    return 2 * round(width * share / 2.0), 2 * round(height * share / 2.0)
