"""Steam and smoke that rise in a photograph: a plume of drifting wisps that lies over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.plan import Phenomenon

Plane = NDArray[np.float32]
Numbers = NDArray[np.floating]

_STEP_PX: Final = 4
"""A plume is soft: one sample for so many pixels, each way."""
_TILE_PX: Final = 256
_TALLEST: Final = 0.85


@dataclass(frozen=True, slots=True)
class Manner:
    """How a plume looks.

    Attributes:
        color: Y, Cb and Cr.
        thick: how much it covers at most, 0 to 1.
        tall: its height as a share of the picture's.
        narrow: its width where it begins, as a share of its source's.
        opens: how much wider it is at its top, as a share of its height.
        speed: its heights a second.
        wispy: how much of it is gaps, 0 to 1.
    """

    color: tuple[float, float, float]
    thick: float
    tall: float
    narrow: float
    opens: float
    speed: float
    wispy: float


PLUMES: Final[Mapping[Phenomenon, Manner]] = {
    Phenomenon.STEAM: Manner((226.0, 129.0, 127.0), 0.85, 0.72, 0.5, 0.2, 0.26, 0.5),
    Phenomenon.SMOKE: Manner((126.0, 128.0, 128.0), 0.78, 0.66, 0.34, 0.42, 0.26, 0.3),
}
"""What rises in a picture when the prompt asks for it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a plume begins, in pixels: its middle and how wide it is."""

    x: float
    y: float
    width: float


class Rising(Protocol):
    """What rises and lies over a photograph."""

    @property
    def color(self) -> tuple[float, float, float]:
        """Y, Cb and Cr."""
        ...

    def cover(self, time_s: float, strength: float, cover: NDArray[np.uint8]) -> None:
        """Writes how much it covers at a moment, uint8, (H, W)."""
        ...


class Plume:
    """One plume; every moment of it is a function of time alone, and it may be drawn in several threads.

    Args:
        manner: how it looks.
        source: where it begins.
        size: width and height of the picture.
        seed: of its wisps.
    """

    def __init__(self, manner: Manner, source: Source, size: tuple[int, int], seed: int) -> None:
        width, height = size
        self.color = manner.color
        self._manner, self._size = manner, size
        self._wisps = Wisps(seed)
        tall = min(manner.tall * height, max(1.25 * source.y, 0.4 * height), _TALLEST * height)
        columns, rows = width // _STEP_PX + 1, height // _STEP_PX + 1
        x, y = np.meshgrid(*(np.arange(n, dtype=np.float32) * np.float32(_STEP_PX) for n in (columns, rows)))
        self._up = (np.float32(source.y) - y) / np.float32(tall)
        self._aside = (x - np.float32(source.x)) / np.float32(tall)
        self._half = 0.5 * manner.narrow * source.width / tall

    def cover(self, time_s: float, strength: float, cover: NDArray[np.uint8]) -> None:
        """Writes how much it covers at a moment, uint8, (H, W)."""
        manner, up = self._manner, self._up
        risen = np.clip(up, 0.0, 1.0)
        bend = 0.16 * risen * risen + 0.05 * risen * np.sin(3.2 * risen - 0.9 * time_s)
        bend += 0.02 * risen * np.sin(7.5 * risen - 1.7 * time_s + 1.0)
        half = self._half * (1.0 + 0.25 * risen) + manner.opens * risen
        aside = (self._aside - bend) / half
        shape = np.exp(-1.6 * aside * aside) * _rise(up / 0.12 + 0.35) * (1.0 - _rise((up - 0.3) / 0.7))
        across, along = 0.9 * (self._aside - bend) / (half**0.55), up - manner.speed * time_s
        coarse = self._wisps.at(0.55 * across, 0.9 * along + 0.02 * time_s)
        curl = 0.16 * (coarse - 0.5)
        fine = self._wisps.at(1.15 * across + curl, 1.7 * along - curl)
        density = 0.55 * coarse + 0.45 * fine
        wisps = _rise((density - (0.3 + 0.14 * manner.wispy)) / 0.3)
        amount = np.clip(255.0 * manner.thick * strength * shape * wisps, 0, 255).astype(np.uint8)
        size = amount.shape[1] * _STEP_PX, amount.shape[0] * _STEP_PX
        grown = cv2.resize(amount, size, interpolation=cv2.INTER_LINEAR)
        cover[:] = np.asarray(grown)[: cover.shape[0], : cover.shape[1]]


def source_in(mask: NDArray[np.bool_], size: tuple[int, int], *, is_open: bool) -> Source:
    """Where something rises from a subject: from its opening, as of a cup, or from its top.

    Args:
        mask: where the subject is, bool, at any size; from the middle of the picture where it is empty.
        size: width and height of the picture.
        is_open: whether it is a vessel that steams.
    """
    width, height = size
    if not mask.any():
        return Source(0.5 * width, 0.62 * height, 0.22 * width)
    rows = np.flatnonzero(mask.any(axis=1))
    scale_x, scale_y = width / mask.shape[1], height / mask.shape[0]
    share = 0.36 if is_open else 0.04
    row = int(rows[0] + share * (rows[-1] - rows[0]))
    columns = np.flatnonzero(mask[row])
    reach = float(columns[-1] - columns[0] + 1)
    return Source((columns.mean() + 0.5) * scale_x, (row + 0.5) * scale_y, reach * scale_x)


class Wisps:
    """Soft noise of smoke, 0 to 1.

    Args:
        seed: of all of it.
    """

    def __init__(self, seed: int) -> None:
        self._tile = _tile(seed)

    def at(self, x: Numbers, y: Numbers) -> Plane:
        """The noise at any places, which repeats from 1 to 1."""
        u, v = (np.asarray(np.mod(plane, 1.0), np.float32) * np.float32(_TILE_PX) for plane in (x, y))
        return np.asarray(
            cv2.remap(self._tile, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32
        )


def _tile(seed: int) -> Plane:
    """Soft noise, 0 to 1, that repeats: octaves drawn out along the way they rise."""
    random = np.random.default_rng([seed, 31])
    total = np.zeros((_TILE_PX, _TILE_PX), np.float32)
    for sigma, weight in ((22.0, 1.0), (10.0, 0.6), (4.5, 0.34)):
        noise = random.normal(0, 1, total.shape).astype(np.float32)
        wide = np.tile(noise, (3, 3))
        soft = cv2.GaussianBlur(wide, (0, 0), sigmaX=sigma, sigmaY=1.5 * sigma)
        octave = np.asarray(soft, np.float32)[_TILE_PX : 2 * _TILE_PX, _TILE_PX : 2 * _TILE_PX]
        total += np.float32(weight) * octave / np.float32(octave.std())
    return np.clip(0.5 + 0.2 * total / float(total.std()), 0, 1).astype(np.float32)


def _rise(u: Numbers) -> Plane:
    """Smoothstep from 0 to 1."""
    u = np.clip(u, 0.0, 1.0)
    return np.asarray(u * u * (3.0 - 2.0 * u), np.float32)
