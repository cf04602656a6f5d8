"""Where to look from to find out what a clip shows: the frames that stand for the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from kirin_video.engines.previs.camera import View

_WORTH_LOOKING = 24
"""Looking costs as much as drawing; in fewer frames it does not pay."""
_STEP = 13
_QUICK_STEP = 8
_QUICK_M = 0.07
"""A camera that goes further from one frame to the next is quick: 1.7 metres a second."""
_STILL_LOOKS = 3
"""How often to look from a camera that stands: the wind moves leaves."""
_JUMP_M, _JUMP_RAD = 1.5, math.radians(12.0)
"""A camera that goes or turns further from one frame to the next has been cut."""


def vantages(views: Sequence[View]) -> tuple[int, ...]:
    """The frames to look from, in order; none where it would not pay.

    Args:
        views: of all frames of a clip.
    """
    count = len(views)
    if count < _WORTH_LOOKING:
        return ()
    eyes = np.array([view.eye for view in views])
    ways = np.array([view.target for view in views]) - eyes
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    gone = np.linalg.norm(np.diff(eyes, axis=0), axis=1)
    turned = np.arccos(np.clip((ways[1:] * ways[:-1]).sum(1), -1.0, 1.0))
    cuts = [0, *(np.flatnonzero((gone > _JUMP_M) | (turned > _JUMP_RAD)) + 1).tolist(), count]
    frames: set[int] = set()
    for first, end in pairwise(cuts):
        quickest, still = gone[first : end - 1].max(initial=0.0), len(set(views[first:end])) == 1
        frames.update(_evenly(first, end - 1, _looks(end - first, quickest, still=still)))
    return tuple(sorted(frames))


def _looks(count: int, quickest_m: float, *, still: bool) -> int:
    """From how many of so many frames to look.

    Args:
        count: how many there are.
        quickest_m: the furthest that the camera goes from one to the next.
        still: whether it does not move at all.
    """
    if still:
        return min(count, _STILL_LOOKS)
    step = _QUICK_STEP if quickest_m > _QUICK_M else _STEP
    return min(count, max(round(count / step), 2) + 1)


def _evenly(first: int, last: int, looks: int) -> list[int]:
    """So many frames from the first to the last, evenly."""
    if looks == 1:
        return [first]
    return [first + round(k * (last - first) / (looks - 1)) for k in range(looks)]
