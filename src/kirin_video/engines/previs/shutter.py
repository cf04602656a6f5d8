"""The shutter: where the camera and what moves are when it opens and closes around a frame.

Half of the time from one frame to the next it is open, as a shutter of 180 degrees is. What goes on meanwhile
is taken from the frames before and after; the camera's from one side only where it has been cut.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View, offset

OPEN_SHARE = 0.5
"""How long the shutter is open, as a share of the time from one frame to the next."""
REACH = 0.125
"""The longest way in the picture that is blurred, as a share of its height."""

_THROWN_SHARE, _WIDEST_SMEAR = 0.8, 0.5
"""A camera that is thrown round smears more of the way between frames, so that they flow into each other; but
no more than this share of the picture."""

_WILD_M = 1.5
"""Whatever goes further from one frame to the next than that, and much further than to the other side, was
put somewhere else."""
_MOST_SPIN = 2.6
"""What turns further from one frame to the next, radians, could turn either way."""


def exposed_views(views: Sequence[View], cuts: frozenset[int], number: int) -> tuple[View, View]:
    """The camera when the shutter opens and when it closes around a frame.

    Args:
        views: of all frames.
        cuts: frames that begin a new view.
        number: which frame.
    """
    here = views[number]
    before = views[number - 1] if number > 0 and number not in cuts else None
    after = views[number + 1] if number + 1 < len(views) and number + 1 not in cuts else None
    ahead = _between(here, after, OPEN_SHARE / 2.0) if after else None
    back = _between(here, before, OPEN_SHARE / 2.0) if before else None
    if ahead is None:
        ahead = _between(here, before, -OPEN_SHARE / 2.0) if before else here
    if back is None:
        back = _between(here, after, -OPEN_SHARE / 2.0) if after else here
    return back, ahead


def _between(one: View, other: View, share: float) -> View:
    """A share of the way from one view to another."""

    def mixed(a: float, b: float) -> float:
        return a + (b - a) * share

    return View(
        eye=tuple(map(mixed, one.eye, other.eye)),  # pyright: ignore[reportArgumentType]
        target=tuple(map(mixed, one.target, other.target)),  # pyright: ignore[reportArgumentType]
        fov_deg=mixed(one.fov_deg, other.fov_deg),
        roll_deg=mixed(one.roll_deg, other.roll_deg),
    )


def smear_of(views: Sequence[View], cuts: frozenset[int], number: int, aspect: float) -> tuple[float, float]:
    """How far all of the picture smears while the camera is thrown round, in its widths and heights.

    Args:
        views: of all frames.
        cuts: frames that begin a new view.
        number: which frame.
        aspect: width over height of the picture.
    """
    here = views[number]
    if not here.thrown:
        return 0.0, 0.0
    back, ahead = exposed_views(views, cuts, number)
    (yaw, pitch, _), (turned, tilted, _) = (offset(v.eye, v.target) for v in (back, ahead))
    tall = 2.0 * math.tan(math.radians(here.fov_deg) / 2.0)
    longer = _THROWN_SHARE / OPEN_SHARE
    across = longer * abs(math.remainder(turned - yaw, math.tau)) / (tall * aspect)
    return min(across, _WIDEST_SMEAR), min(longer * abs(tilted - pitch) / tall, _WIDEST_SMEAR)


def bone_steps(poses: NDArray[np.float32], number: int, middles: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far bones take their points while half of the exposure passes.

    A bone's own turning is told apart from the way of its middle: a wheel's rim goes round further from one
    frame to the next than the straight line between two places of it tells.

    Args:
        poses: float32, (frames, bones, 3, 4), from rest to the world.
        number: which frame.
        middles: float32, (bones, 4), a point at rest that each bone turns round, with a last 1.

    Returns:
        float32, (bones, 3, 4): times a point at rest with a last 1, metres in the world.
    """
    last = len(poses) - 1
    if last < 2:  # noqa: PLR2004 -- before, now and after
        return np.zeros_like(poses[0])
    # The first frame and the last move as their neighbours do.
    at = min(max(number, 1), last - 1)
    before, here, after = poses[at - 1 : at + 2].astype(np.float64)
    middle = middles.astype(np.float64)[..., None]
    way = _steady(((here - before) @ middle)[..., 0], ((after - here) @ middle)[..., 0])
    turn = (after - before)[..., :3] / 2.0
    turn *= _rounded(here[..., :3], before[..., :3], after[..., :3])[:, None, None]
    step = np.empty_like(here)
    step[..., :3] = turn
    step[..., 3] = way - (turn @ middle[:, :3])[..., 0]
    step *= OPEN_SHARE / 2.0
    hidden = (np.abs(poses[at - 1 : at + 2, :, :, :3]).max((2, 3)) == 0.0).any(0)
    step[hidden] = 0.0
    return step.astype(np.float32)


def _steady(came: NDArray[np.float64], goes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The way for one frame from the ways to both sides: a jump to one side does not count."""
    a, b = _length(came), _length(goes)
    wild = (np.maximum(a, b) > _WILD_M) & (np.maximum(a, b) > 3.0 * np.minimum(a, b) + 0.2)
    return np.where(wild, np.where(a < b, came, goes), (came + goes) / 2.0)


def _length(way: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.linalg.norm(way, axis=1, keepdims=True)


def _rounded(
    here: NDArray[np.float64], before: NDArray[np.float64], after: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How much further round than straight ahead it is, for every bone."""
    size = np.sqrt((here**2).sum((1, 2)))
    turns: list[NDArray[np.float64]] = []
    for other in (before, after):
        scale = np.maximum(size * np.sqrt((other**2).sum((1, 2))), 1e-12)
        cos = (3.0 * (here * other).sum((1, 2)) / scale - 1.0) / 2.0
        turns.append(np.arccos(np.clip(cos, -1.0, 1.0)))
    turn = np.minimum(np.maximum(*turns), _MOST_SPIN)
    return turn / np.maximum(np.sin(turn), 1e-9) * (turn > 1e-6) + (turn <= 1e-6)  # noqa: PLR2004
