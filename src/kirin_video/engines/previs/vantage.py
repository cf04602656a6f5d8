"""Where to look from to find out what a clip shows: the frames that stand for the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View

_WORTH_LOOKING = 24
"""Looking costs as much as drawing; in fewer frames it does not pay."""
_STEP = 13
_QUICK_STEP = 8
_QUICK_M = 0.07
"""A camera that goes further from one frame to the next is quick: 1.7 metres a second."""
_STILL_LOOKS = 3
"""How often to look from a camera that stands: the wind moves leaves."""
_MOST_TURN = 0.45
"""How far a camera turns from one look to the next at most, as a share of the height of its view."""
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
    narrowest = math.radians(min(view.fov_deg for view in views))
    return tuple(_closer(sorted(frames), turned, _MOST_TURN * narrowest, set(cuts)))


def _closer(frames: list[int], turned: NDArray[np.float64], most_rad: float, cuts: set[int]) -> Iterator[int]:
    """Frames to look from with more between them where the camera turns so far that something is passed over.

    Args:
        frames: in order.
        turned: how far the camera turns from each frame to the next, radians.
        most_rad: how far it may from one look to the next.
        cuts: frames that begin a new view.
    """
    yield frames[0]
    for first, last in pairwise(frames):
        goes_on = not any(first < cut <= last for cut in cuts)
        pieces = math.ceil(float(turned[first:last].sum()) / most_rad) if goes_on else 1
        pieces = min(max(pieces, 1), last - first)
        yield from (first + round(k * (last - first) / pieces) for k in range(1, pieces + 1))


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
