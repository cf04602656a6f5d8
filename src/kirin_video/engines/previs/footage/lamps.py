"""The windows that are lit when footage becomes night: which they are, and where each is in every frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.survey import Matrix, Survey, rgb_of
from kirin_video.engines.previs.footage.windows import find_windows
from kirin_video.media.frames import I420Frame

Mask = NDArray[np.bool_]
Points = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_LIT: Final = 0.6
_LAMPS: Final = ((255, 190, 104), (255, 208, 140), (255, 176, 84), (240, 222, 180))
"""Colours of what shines through curtains."""
_FOLLOWED_PX: Final = 640
_ASTRAY: Final = 0.012  # of the width a frame, that a window may move apart from the picture's plane
_TOGETHER: Final = 5
_FADES: Final = 10  # frames
_SNAPS: Final = 0.4  # of the way to where it is found again
_GIVEN_UP: Final = 2  # key frames


@dataclass
class Lamp:
    """One lit window.

    Attributes:
        color: sRGB.
        level: how bright it is, 0 to 1.
        size: width and height in the frame in which it was found, as shares of the frame's width.
        first: that frame's number.
        places: from then on, its middle, as shares of the frame's width, and how large it is: x, y, scale.
        missed: how many key frames in a row it was not found in.
    """

    color: tuple[int, int, int]
    level: float
    size: tuple[float, float]
    first: int
    places: list[tuple[float, float, float]] = field(default_factory=list[tuple[float, float, float]])
    missed: int = 0

    def share(self, index: int) -> float:
        """How much of its light is on in a frame: it goes on where it is found and off where it is lost."""
        age, left = index - self.first, self.first + len(self.places) - index
        if age < 0 or left <= 0:
            return 0.0
        coming = (age + 1) / _FADES if self.first else 1.0
        going = left / _FADES if self.missed >= _GIVEN_UP else 1.0
        return self.level * min(1.0, coming, going)


def find_lamps(
    frames: Iterable[I420Frame], survey: Survey, elsewhere: Callable[[int], Mask], seed: int
) -> list[Lamp]:
    """Find windows in the key frames and follow them from there on.

    They are followed one by one, each with its neighbours: houses do not move as one plane.

    Args:
        frames: all of the clip.
        survey: the first look through it.
        elsewhere: where in a key frame, by its place among them, there are no windows: bool, small.
        seed: decides who is at home.
    """
    search = _Search(survey, elsewhere, np.random.default_rng([seed, 41]))
    for index, frame in enumerate(frames):
        search.at(index, frame)
    return search.lamps


@dataclass
class _Search:
    """What has been found so far; ``grey`` is the frame before."""

    survey: Survey
    elsewhere: Callable[[int], Mask]
    random: np.random.Generator
    lamps: list[Lamp] = field(default_factory=list[Lamp])
    seen: list[Lamp] = field(default_factory=list[Lamp])
    grey: Bytes | None = None

    def at(self, index: int, frame: I420Frame) -> None:
        """Look at the next frame."""
        size = _FOLLOWED_PX, max(2, round(_FOLLOWED_PX * frame.height / frame.width))
        grey = np.asarray(cv2.resize(frame.y, size, interpolation=cv2.INTER_AREA), np.uint8)
        if any(take.start == index for take in self.survey.takes):
            self.seen = []
        if self.seen and self.grey is not None:
            self._follow(self.grey, grey, index)
        self.grey = grey
        place = next((k for k, key in enumerate(self.survey.keys) if key.index == index), None)
        if place is not None:
            self._look(index, frame, place)

    def _look(self, index: int, frame: I420Frame, place: int) -> None:
        """Find windows that are new."""
        hidden = self.elsewhere(place).astype(np.uint8)
        hidden = cv2.resize(hidden, (frame.width, frame.height), interpolation=cv2.INTER_NEAREST)
        missed = set(map(id, self.seen))
        for left, top, width, height in find_windows(rgb_of(frame), hidden > 0) / frame.width:
            x, y = float(left + width / 2), float(top + height / 2)
            size = float(width), float(height)
            known = self._known(x, y, max(size))
            if known is None:
                self._add(Lamp(self._color(), self._level(), size, index, [(x, y, 1.0)]))
            else:
                missed.discard(id(known))
                known.missed = 0
                own = known.places[-1]
                known.places[-1] = own[0] + _SNAPS * (x - own[0]), own[1] + _SNAPS * (y - own[1]), own[2]
        for lamp in self.seen:
            lamp.missed += id(lamp) in missed
        self.seen = [lamp for lamp in self.seen if lamp.missed < _GIVEN_UP]

    def _known(self, x: float, y: float, reach: float) -> Lamp | None:
        """The lamp that is there already."""
        away = [
            (abs(lamp.places[-1][0] - x) + abs(lamp.places[-1][1] - y), k) for k, lamp in enumerate(self.seen)
        ]
        nearest = min(away, default=(reach, 0))
        return self.seen[nearest[1]] if nearest[0] < reach else None

    def _add(self, lamp: Lamp) -> None:
        self.seen.append(lamp)
        if lamp.level > 0:
            self.lamps.append(lamp)

    def _color(self) -> tuple[int, int, int]:
        return _LAMPS[int(self.random.integers(len(_LAMPS)))]

    def _level(self) -> float:
        return float(self.random.uniform(0.6, 1.0)) if self.random.random() < _LIT else 0.0

    def _follow(self, before: Bytes, now: Bytes, index: int) -> None:
        """Where each is now: as the picture around it and its neighbours move."""
        width = float(before.shape[1])
        old = np.array([lamp.places[-1][:2] for lamp in self.seen], np.float32) * np.float32(width)
        step = np.linalg.inv(self.survey.to_first[index]) @ self.survey.to_first[index - 1]
        plane, grown = _as_plane(old, step, width / self.survey.size[0])
        new, status, _ = cv2.calcOpticalFlowPyrLK(
            before, now, old, plane.copy(), winSize=(17, 17), maxLevel=2
        )
        apart = np.asarray(new, np.float32) - plane
        sure = (status.ravel() > 0) & (np.linalg.norm(apart, axis=1) < _ASTRAY * width)
        nearest = np.argsort(np.linalg.norm(old[:, None] - old, axis=2), axis=1)[:, :_TOGETHER]
        for k, lamp in enumerate(self.seen):
            some = [other for other in nearest[k] if sure[other]]
            x, y = (plane[k] + (np.median(apart[some], axis=0) if some else 0)) / width
            lamp.places.append((float(x), float(y), lamp.places[-1][2] * grown))


def _as_plane(points: Points, step: Matrix, factor: float) -> tuple[Points, float]:
    """Where points are one frame later if all that is seen were one plane, and how much larger."""
    at = np.column_stack([points / factor, np.ones(len(points))]) @ step.T
    grown = float(np.sqrt(abs(np.linalg.det(step[:2, :2]))))
    return (at[:, :2] / at[:, 2:] * factor).astype(np.float32), grown
