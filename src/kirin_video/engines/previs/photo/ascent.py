"""What a photograph shows on the ground and a prompt lets rise: a rocket on its flame, a balloon.

It shows the same side all the way up, which is why a cut-out can do it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.guest import Guest
from kirin_video.engines.previs.photo.layers import Layer
from kirin_video.engines.previs.photo.matte import Cutout
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.riser import BURN, riser
from kirin_video.engines.previs.photo.superpixels import lab_of
from kirin_video.engines.previs.photo.vapour import Wisps
from kirin_video.engines.previs.plan import ShotPlan

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_BEGINS_S: Final = 0.75
"""By then the picture itself has faded out of what its layers miss."""
_IGNITES_S: Final = 0.3
_SHOWN_S: Final = 5.2
"""After so long, the foot of what rises is at the height below."""
_HIGH: Final = 0.3
"""Of the picture, from its top."""
_TALL: Final = 1.5
_AT_FOOT: Final = 0.18
_STEP_PX: Final = 4
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Foot:
    """Where something stands that will rise, in pixels of the picture.

    Attributes:
        x: the middle of its body.
        y: the lowest row of it.
        width: of its body.
        tall: its height.
    """

    x: float
    y: float
    width: float
    tall: float


def freed(cutout: Cutout, small: Rgb) -> Cutout:
    """The cut-out without what stays on the ground: what is wider than a tall thing, and what it stands on.

    Args:
        cutout: the subject.
        small: the picture at the cut-out's size.
    """
    mask = cutout.mask
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask.any(axis=0))
    if not len(rows) or len(rows) < _TALL * len(columns) * _HALF:
        return cutout
    body = mask[rows[0] : rows[0] + max(1, int(0.7 * len(rows)))]
    widths = body.sum(axis=1)
    usual = float(np.median(widths[widths > 0]))
    middle = float(np.median(np.nonzero(body)[1]))
    apart = np.abs(np.arange(mask.shape[1], dtype=np.float32) - np.float32(middle))
    kept = mask & (apart <= max(0.62 * usual, 1.5))[None, :]
    if mask[-1].any():
        kept[_ground(small, kept, rows) :] = False
    return replace(cutout, mask=kept) if kept.any() else cutout


def _ground(small: Rgb, mask: Mask, rows: NDArray[np.int64]) -> int:
    """The row from which on a tall thing is what it stands on: colours change most there, near its foot."""
    lab, weight = lab_of(small), mask[..., None].astype(np.float32)
    mean = (lab * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), np.float32(1.0))
    lowest, reach = int(rows[-1]), 3
    highest = lowest - max(reach + 1, int(_AT_FOOT * len(rows)))
    change = [
        float(np.linalg.norm(mean[row - reach : row].mean(axis=0) - mean[row : row + reach].mean(axis=0)))
        for row in range(highest, lowest - reach + 1)
    ]
    return highest + int(np.argmax(change))


def foot_of(mask: Mask, size: tuple[int, int]) -> Foot | None:
    """Where a subject stands; None where there is none or the picture's border cuts it off.

    Args:
        mask: where it is, bool, at any size.
        size: width and height of the picture.
    """
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows) or rows[-1] >= mask.shape[0] - 2:
        return None
    scale_x, scale_y = size[0] / mask.shape[1], size[1] / mask.shape[0]
    widths = mask[rows].sum(axis=1)
    middle = float(np.median(np.nonzero(mask)[1])) + _HALF
    return Foot(
        middle * scale_x,
        float(rows[-1] + 1) * scale_y,
        float(np.median(widths)) * scale_x,
        float(len(rows)) * scale_y,
    )


def ascent_of(plan: ShotPlan, cutout: Cutout, pictures: tuple[Rgb, Rgb], seed: int) -> Ascent | None:
    """The way up of a picture's subject; None where the prompt asks for none or nothing stands there.

    Args:
        plan: what was asked.
        cutout: its subject.
        pictures: the picture at the clip's size and at the cut-out's.
        seed: of the clouds.
    """
    kind = riser(plan)
    rgb, small = pictures
    size = rgb.shape[1], rgb.shape[0]
    foot = None if kind is None else foot_of(freed(cutout, small).mask, size)
    return None if foot is None else Ascent(foot, size, seed, burns=kind in BURN)


class Ascent:
    """The way up; every moment of it is a function of time alone.

    Args:
        foot: where it begins.
        size: width and height of the picture.
        seed: of the clouds.
        burns: whether it rises on a flame.
    """

    color = (176.0, 117.0, 138.0)

    def __init__(self, foot: Foot, size: tuple[int, int], seed: int, *, burns: bool) -> None:
        self.burns = burns
        self._foot, self._size = foot, size
        self._wisps = Wisps(seed)
        width, height = size
        columns, rows = width // _STEP_PX + 1, height // _STEP_PX + 1
        self._x, self._y = np.meshgrid(
            *(np.arange(n, dtype=np.float32) * np.float32(_STEP_PX) for n in (columns, rows))
        )
        goes = max(foot.y - _HIGH * height, 0.35 * height)
        self._pull = (
            2.0 * goes / (_SHOWN_S - _BEGINS_S) ** 2 if burns else goes / (_SHOWN_S - _BEGINS_S) ** 1.5
        )

    def risen(self, time_s: float) -> float:
        """How high it is, pixels: a rocket gathers speed, a balloon hardly."""
        gone = max(time_s - _BEGINS_S, 0.0)
        return _HALF * self._pull * gone * gone if self.burns else self._pull * gone**1.5

    def riser(self, layer: Layer, near: float) -> Guest:
        """The layer that rises."""
        return Guest(layer, near, self.rise, lambda _: 1.0)

    def guests(self, near: float) -> tuple[Guest, ...]:
        """What moves with it: its flame, behind it, where there is one.

        Args:
            near: the disparity of what rises.
        """
        if not self.burns:
            return ()
        flame = Layer(*self._flame(), np.full((2, 2), near, np.float32))
        return (Guest(flame, near - 1e-3, self._flicker, self._burning),)

    def rise(self, grid: Plane, time_s: float) -> None:
        """Takes coordinates in the picture to those in the layer that rises, in place."""
        shake = 0.0008 * self._size[1] * _ramp((time_s - _IGNITES_S) / 0.3) if self.burns else 0.0
        grid[1] += np.float32(self.risen(time_s))
        grid[0] += np.float32(shake * np.sin(61.0 * time_s))

    def cover(self, time_s: float, strength: float, cover: NDArray[np.uint8]) -> None:
        """Writes how much its clouds cover at a moment, uint8, (H, W)."""
        del strength
        cover[:] = 0
        since = time_s - _IGNITES_S
        if not self.burns or since <= 0.0:
            return
        amount = np.clip(255.0 * np.maximum(self._cloud(since), self._trail(time_s)), 0, 242)
        size = amount.shape[1] * _STEP_PX, amount.shape[0] * _STEP_PX
        grown = cv2.resize(amount.astype(np.uint8), size, interpolation=cv2.INTER_LINEAR)
        cover[:] = np.asarray(grown)[: cover.shape[0], : cover.shape[1]]

    def _cloud(self, since: float) -> Plane:
        """What billows to both sides from where it stood, 0 to 1."""
        foot, (width, height) = self._foot, self._size
        reach = (1.4 * foot.width + 0.13 * width * since**0.7) * _ramp(since / 0.9)
        high = 0.03 * height + 0.06 * height * since**0.7
        x, y = (
            (self._x - np.float32(foot.x)) / np.float32(width),
            (np.float32(foot.y) - self._y) / np.float32(width),
        )
        # it rolls outwards, and what is carried along grows with it
        grown = 1.0 / (0.7 + 0.25 * since)
        away = np.abs(x) * grown - 0.1 * since
        side = np.where(x > 0.0, np.float32(0.37), np.float32(0.0))
        large = self._wisps.at(1.6 * away + side, 1.6 * y * grown - 0.11 * since)
        small = self._wisps.at(4.4 * away + side + 0.3 * large, 4.4 * y * grown - 0.23 * since)
        puffs = 0.6 * large + 0.4 * small
        aside, up = x * width / np.float32(max(reach, 1.0)), y * width / np.float32(high)
        away_from_it = np.sqrt(aside * aside + np.where(up > 0.0, up * up, 0.1 * up * up))
        shape = 1.25 - away_from_it + 2.4 * (puffs - 0.5)
        body = _ramp(shape / 0.5)
        return np.asarray(body * (0.62 + 0.34 * _ramp((small - 0.34) / 0.3)), np.float32)

    def _trail(self, time_s: float) -> Plane:
        """What hangs between its flame and the ground, 0 to 1."""
        foot = self._foot
        nozzle = foot.y - self.risen(time_s)
        below = (self._y - np.float32(nozzle)) / np.float32(foot.tall)
        scale = np.float32(1.0 / self._size[0])
        x, y = (self._x - np.float32(foot.x)) * scale, self._y * scale
        wisps = self._wisps.at(4.2 * x, 3.2 * y + 0.5 * time_s)
        half = foot.width * (0.7 + 0.8 * np.clip(below, 0.0, 3.0)) * (0.6 + 0.8 * wisps)
        aside = (self._x - np.float32(foot.x)) / half
        shape = np.exp(-1.2 * aside * aside) * _ramp((below - 0.45) / 0.5)
        shape = shape * (self._y < foot.y + 0.02 * self._size[1])
        return np.asarray(0.8 * shape * _ramp((wisps + 0.4 * shape - 0.3) / 0.3), np.float32)

    def _flame(self) -> tuple[NDArray[np.uint8], Plane]:
        """Its colours, uint8, (H, W, 3), and how much there is of it, 0 to 1, float32, (H, W)."""
        foot, (width, height) = self._foot, self._size
        length = 0.5 * foot.tall
        x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        down = (y - np.float32(foot.y - 0.015 * foot.tall)) / np.float32(length)
        aside = np.abs(x - np.float32(foot.x)) / np.float32(0.72 * foot.width)
        inside = np.clip(down, 0.0, 1.0)
        half = (0.7 + 0.9 * np.sqrt(inside)) * (1.0 - inside) ** 0.6
        heat = np.clip(1.0 - aside / np.maximum(half, 1e-3), 0.0, 1.0) * (down >= 0.0) * (down < 1.0)
        alpha = _ramp(heat / 0.42) * (1.0 - 0.55 * inside)
        hot = np.clip(1.25 * heat + 0.12 - 0.75 * inside, 0.0, 1.0)[..., None]
        outer, inner, core = (
            np.array(color, np.float32) for color in ((255, 112, 26), (255, 206, 96), (255, 252, 236))
        )
        warm = np.clip(2.0 * hot, 0.0, 1.0)
        white = np.clip(2.0 * hot - 1.0, 0.0, 1.0)
        rgb = outer + (inner - outer) * warm + (core - inner) * white
        return np.clip(rgb, 0, 255).astype(np.uint8), alpha.astype(np.float32)

    def _flicker(self, grid: Plane, time_s: float) -> None:
        self.rise(grid, time_s)
        foot = self._foot
        long = 0.35 + 0.65 * _ramp((time_s - _IGNITES_S) / 0.9)
        long *= 1.0 + 0.09 * np.sin(37.0 * time_s) + 0.06 * np.sin(53.0 * time_s + 1.0)
        down = grid[1] - np.float32(foot.y)
        sway = np.sin(9.0 * down / np.float32(foot.width) - 71.0 * time_s) * np.clip(
            down / np.float32(foot.tall), 0.0, 1.0
        )
        grid[0] += np.float32(0.07 * foot.width) * sway
        grid[1] += np.maximum(down, np.float32(0.0)) * np.float32(1.0 / long - 1.0)

    @staticmethod
    def _burning(time_s: float) -> float:
        return float(_ramp((time_s - _IGNITES_S) / 0.35))


def _ramp(u: NDArray[np.floating] | float) -> Plane:
    """Smoothstep from 0 to 1."""
    held = np.clip(np.asarray(u, np.float32), 0.0, 1.0)
    return np.asarray(held * held * (3.0 - 2.0 * held), np.float32)
