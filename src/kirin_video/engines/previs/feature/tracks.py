"""Corners followed from frame to frame through footage at a small size, and where it cuts.

What is kept is the way of some two hundred corners: fifty kilobytes for each second, and never a frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.feature.cuts import CutFinder

if TYPE_CHECKING:
    from cv2.typing import MatLike

Grey = NDArray[np.uint8]
Points = NDArray[np.float32]
Numbers = NDArray[np.int64]

_CORNERS: Final = 220
_APART_PX: Final = 12
_FEWEST: Final = 140
_RENEWED: Final = 3
"""Every so many frames there are new corners where the picture has none by then."""
_RETURN_PX: Final = 0.5
"""A corner that is followed forth and back ends where it began, or is lost."""
_WINDOW: Final = (17, 17)
_RIM_PX: Final = 2.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The corners of one frame.

    Attributes:
        numbers: which corner each is; a corner keeps its number as long as it is followed.
        places: float32, (n, 2), pixels of the small picture.
    """

    numbers: Numbers
    places: Points


@dataclass(frozen=True, slots=True)
class Tracks:
    """Corners of a whole clip.

    Attributes:
        seen: those of every frame.
        opens: the first frame of every take; the first is 0.
        size: width and height of the small pictures.
    """

    seen: tuple[Seen, ...]
    opens: tuple[int, ...]
    size: tuple[int, int]

    @property
    def takes(self) -> tuple[range, ...]:
        """The frames of every take."""
        ends = (*self.opens[1:], len(self.seen))
        return tuple(range(first, end) for first, end in zip(self.opens, ends, strict=True))

    def between(self, first: int, last: int) -> tuple[Points, Points, Numbers]:
        """The corners that two frames of one take have in common: where they are in both, and which."""
        a, b = self.seen[first], self.seen[last]
        numbers, at, to = np.intersect1d(a.numbers, b.numbers, assume_unique=True, return_indices=True)
        return a.places[at], b.places[to], numbers


class Tracker:
    """Follows corners through frames that come one by one."""

    def __init__(self) -> None:
        self._before: Grey | None = None
        self._now = Seen(np.empty(0, np.int64), np.empty((0, 2), np.float32))
        self._next = 0
        self._seen: list[Seen] = []
        self._opens: list[int] = []
        self._cuts = CutFinder()

    def add(self, grey: Grey) -> bool:
        """Look at the next frame; says whether a take begins with it.

        Args:
            grey: luma, uint8, (h, w); a copy is kept until the next frame.
        """
        opens = self._cuts.is_cut(grey)
        if opens:
            self._opens.append(len(self._seen))
            self._now = Seen(self._now.numbers[:0], self._now.places[:0])
        elif self._before is not None:
            self._now = _followed(self._before, grey, self._now)
        if opens or len(self._now.numbers) < _FEWEST or len(self._seen) % _RENEWED == 0:
            self._now = self._joined(grey)
        self._seen.append(self._now)
        self._before = grey.copy()
        return opens

    def tracks(self) -> Tracks:
        """Everything that was followed."""
        assert self._before is not None
        height, width = self._before.shape
        return Tracks(tuple(self._seen), tuple(self._opens), (width, height))

    def _joined(self, grey: Grey) -> Seen:
        """The corners with new ones where there are none yet."""
        free = np.full(grey.shape, 255, np.uint8)
        for x, y in self._now.places.round().astype(int).tolist():
            cv2.circle(free, (x, y), _APART_PX, 0, -1)
        wanted = max(_CORNERS - len(self._now.numbers), 1)
        found = cast("MatLike | None", cv2.goodFeaturesToTrack(grey, wanted, 0.006, _APART_PX, mask=free))
        if found is None:
            return self._now
        new = np.asarray(found, np.float32).reshape(-1, 2)
        numbers = np.arange(self._next, self._next + len(new))
        self._next += len(new)
        return Seen(np.concatenate([self._now.numbers, numbers]), np.concatenate([self._now.places, new]))


def _followed(before: Grey, after: Grey, seen: Seen) -> Seen:
    """The corners in the next frame, those that are lost left out."""
    if not len(seen.numbers):
        return seen
    start = seen.places.reshape(-1, 1, 2)
    found, there, _ = cv2.calcOpticalFlowPyrLK(
        before, after, start, np.empty_like(start), winSize=_WINDOW, maxLevel=4
    )
    back, again, _ = cv2.calcOpticalFlowPyrLK(
        after, before, found, np.empty_like(start), winSize=_WINDOW, maxLevel=4
    )
    places = np.asarray(found, np.float32).reshape(-1, 2)
    off = np.abs(np.asarray(back, np.float32).reshape(-1, 2) - seen.places).max(axis=1)
    height, width = after.shape
    inside = (places > _RIM_PX).all(1) & (places < (width - _RIM_PX, height - _RIM_PX)).all(1)
    kept = (there.ravel() > 0) & (again.ravel() > 0) & (off < _RETURN_PX) & inside
    return Seen(seen.numbers[kept], places[kept])


def follow(frames: Iterable[Grey]) -> Tracks:
    """Follow corners through the small frames of a clip."""
    tracker = Tracker()
    for grey in frames:
        tracker.add(grey)
    return tracker.tracks()
