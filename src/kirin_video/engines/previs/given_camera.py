"""A camera's way that comes from outside, such as from footage, laid over whatever view a crew composes.

It is kept in measures of the picture, so that it looks the same through any lens: how much of the picture a
turn goes over, and how far the camera goes beside the distance of what it looks at.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import LEVEL, Rig, Stage, offset

Floats = NDArray[np.float64]

ACROSS, UP, ROLL, ZOOM, RIGHT, LIFT, AHEAD = range(7)
"""The numbers of a pose: the picture's widths that a turn to the right goes over, its heights that a turn up
goes over, radians of leaning to the right, the logarithm of the magnification; and the place: to the right
and up in widths and heights that what is looked at moves by, and ahead in distances of it."""

_FURTHEST_M: Final = 24.0
_RIM, _RIM_RAD, _INTO = 0.06, 0.05, 0.35
"""So far over the border of a picture one may look, in its sides and radians, and so far go into it."""


@dataclass(frozen=True, slots=True)
class GivenCamera:
    """How a camera moves.

    Attributes:
        poses: float64, (f, 7), of every frame of a clip; each take of it begins anew.
        never_wider: whether no more than the composed view may be seen, as where a picture ends.
    """

    poses: Floats
    never_wider: bool = False

    def between(self, first: int, end: int) -> GivenCamera:
        """A part of the clip."""
        return replace(self, poses=self.poses[first:end])

    def over(  # noqa: PLR0913 -- a way, and what it is laid over
        self, first: int, end: int, stage: Stage, aspect: float, *, pivot: float, share: float
    ) -> Callable[[float], Rig]:
        """The rig at linear time, from 0 to 1, through some frames.

        Args:
            first: the first of the frames.
            end: the frame after the last.
            stage: the composed view.
            aspect: width over height of the picture.
            pivot: at which time the camera is where the view was composed.
            share: how much of the way is gone.
        """
        last = len(self.poses) - 1
        frames = np.clip(np.arange(first, end), 0, last)
        poses = self.poses[frames]
        origin = _at(poses, pivot)

        def path(u: float) -> Rig:
            return LEVEL.plus(_rig(_at(poses, u) - origin, stage, aspect, share))

        return path

    @property
    def still(self) -> bool:
        """Whether nothing moves."""
        return not self.poses.any()


def path_within(camera: GivenCamera, stage: Stage, frames: int, aspect: float) -> Callable[[float], Rig]:
    """A whole way before a picture, which ends at its borders: as much of it as goes there."""
    pivot = pivots_of(camera, 0, frames)[0]
    poses = camera.poses[:frames]
    off = np.abs(poses - _at(poses, pivot))
    shifted = float((off[:, [ACROSS, UP]] + off[:, [RIGHT, LIFT]]).max(initial=0.0))
    away = max(-float((poses[:, ZOOM] + poses[:, AHEAD]).min(initial=0.0)), 0.0)
    turned = float(off[:, ROLL].max(initial=0.0))
    nearer = float(off[:, AHEAD].max(initial=0.0))
    worst = max(shifted / _RIM, away / _RIM, turned / _RIM_RAD, nearer / _INTO, 1.0)
    return camera.over(0, frames, stage, aspect, pivot=pivot, share=1.0 / worst)


def pivots_of(camera: GivenCamera, first: int, end: int) -> tuple[float, ...]:
    """At which times of a passage its view may have been composed, the best first.

    What comes nearer ends on what it is about and begins with the view; what goes away does the reverse;
    what goes by passes it halfway.
    """
    poses = camera.poses[first:end]
    if len(poses) == 0:
        return (0.0,)
    if camera.never_wider:
        return (int(np.argmin(poses[:, ZOOM] + poses[:, AHEAD])) / max(len(poses) - 1, 1),)
    change = poses[-1] - poses[0]
    nearer = float(change[ZOOM] + change[AHEAD])
    aside = float(np.abs(change[[ACROSS, UP, RIGHT, LIFT]]).max())
    if abs(nearer) > aside:
        return (0.0, 1.0, 0.5) if nearer > 0.0 else (1.0, 0.0, 0.5)
    return (0.5, 1.0, 0.0)


def _at(poses: Floats, u: float) -> Floats:
    at = min(max(u, 0.0), 1.0) * (len(poses) - 1)
    low = min(math.floor(at), len(poses) - 1)
    high = min(low + 1, len(poses) - 1)
    return poses[low] + (at - low) * (poses[high] - poses[low])


def _rig(pose: Floats, stage: Stage, aspect: float, share: float) -> Rig:
    """A pose through the lens of a stage."""
    across, up, roll, zoom, right, lift, ahead = (share * pose).tolist()
    heights = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0)
    widths = heights * aspect
    _, pitch, distance = offset(stage.eye, stage.target)
    far = distance * _FURTHEST_M / math.hypot(distance, _FURTHEST_M)
    lift_m = lift * heights * far
    flat = math.cos(pitch) * distance
    # A lifted camera goes on looking as it did, not at what it looked at.
    sunk = pitch - math.atan2(math.sin(pitch) * distance - lift_m, max(flat, 1e-6))
    return Rig(
        pan_rad=across * widths,
        tilt_rad=up * heights + sunk,
        roll_rad=roll,
        zoom=zoom,
        truck_m=right * widths * far,
        lift_m=lift_m,
        ahead_m=ahead * far,
    )
