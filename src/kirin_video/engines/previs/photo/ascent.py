"""What a photograph shows on the ground and a prompt lets rise: a rocket on its flame, a balloon.

It shows the same side all the way up, which is why a cut-out can do it.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.guest import Guest
from kirin_video.engines.previs.photo.layers import Layer
from kirin_video.engines.previs.photo.matte import Cutout
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.photo.vapour import Wisps
from kirin_video.engines.previs.plan import Action, ShotPlan

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_BURN: Final[AbstractSet[str]] = frozenset({"rocket", "spaceship"})
_RISE: Final[AbstractSet[str]] = _BURN | {"balloon", "airship", "helicopter", "drone", "ufo", "toy_balloon"}
_UPWARDS: Final[AbstractSet[Action]] = frozenset({Action.LAUNCH, Action.TAKE_OFF})
_IN_THE_AIR: Final[AbstractSet[Action]] = _UPWARDS | {Action.FLY}

_BEGINS_S: Final = 0.75
"""By then the picture itself has faded out of what its layers miss."""
_IGNITES_S: Final = 0.3
_SHOWN_S: Final = 4.6
"""After so long, what rises has come to the top of the picture."""
_TALL: Final = 1.5
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


def riser(plan: ShotPlan) -> str | None:
    """The kind of what the prompt lets rise; None where nothing does that a photograph could show rising."""
    asked = [(subject.kind, subject.action) for subject in plan.subjects]
    asked += [
        (plan.subjects[act.subject].kind, act.action)
        for beat in plan.beats
        for act in beat.acts
        if act.subject < len(plan.subjects)
    ]
    for kind, action in asked:
        if kind in _RISE and action in (_IN_THE_AIR if kind in _BURN else _UPWARDS):
            return kind
    return None


def freed(cutout: Cutout) -> Cutout:
    """The cut-out without what is wider at its foot than a tall thing is: that stays on the ground."""
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
    return replace(cutout, mask=kept) if kept.any() else cutout


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


def ascent_of(plan: ShotPlan, cutout: Cutout, rgb: Rgb, seed: int) -> Ascent | None:
    """The way up of a picture's subject; None where the prompt asks for none or nothing stands there."""
    kind = riser(plan)
    size = rgb.shape[1], rgb.shape[0]
    foot = None if kind is None else foot_of(freed(cutout).mask, size)
    return None if foot is None else Ascent(foot, size, seed, burns=kind in _BURN)


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
        # its foot comes to a seventh of the picture's height, or it leaves by the top
        goes = max(foot.y - 0.14 * height, 0.35 * height)
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
        reach = (1.2 * foot.width + 0.15 * width * since**0.75) * _ramp(since / 0.8)
        high = 0.02 * height + 0.055 * height * since**0.7
        aside = (self._x - np.float32(foot.x)) / np.float32(max(reach, 1.0))
        up = (np.float32(foot.y) - self._y) / np.float32(high)
        # the farther out, the higher it rolls
        edge = 1.0 - aside * aside
        roll = up / (0.55 + 0.75 * np.minimum(np.abs(aside), 1.0))
        shape = _ramp(1.7 * edge) * np.where(up > 0.0, _ramp(1.6 - roll), _ramp(1.0 + 0.5 * up))
        spread = np.float32(0.9 / width)
        x = (self._x - np.float32(foot.x)) * spread * np.float32(1.0 / (0.6 + 0.35 * since))
        y = (self._y - np.float32(foot.y)) * np.float32(1.3 / width)
        billows = self._wisps.at(x, y + 0.16 * since)
        fine = self._wisps.at(2.3 * x + 0.2 * billows, 2.1 * y + 0.27 * since)
        puffs = _ramp((0.62 * billows + 0.38 * fine + 0.75 * shape - 0.72) / 0.24)
        return np.asarray(0.95 * shape * puffs, np.float32)

    def _trail(self, time_s: float) -> Plane:
        """What hangs between its flame and the ground, 0 to 1."""
        foot = self._foot
        nozzle = foot.y - self.risen(time_s)
        below = (self._y - np.float32(nozzle)) / np.float32(foot.tall)
        half = foot.width * (0.55 + 0.9 * np.clip(below, 0.0, 3.0))
        aside = (self._x - np.float32(foot.x)) / half
        shape = np.exp(-1.3 * aside * aside) * _ramp((below - 0.3) / 0.35)
        shape = shape * (self._y < foot.y + 0.02 * self._size[1])
        scale = np.float32(1.5 / self._size[0])
        wisps = self._wisps.at((self._x - np.float32(foot.x)) * scale, self._y * scale + 0.35 * time_s)
        return np.asarray(0.9 * shape * _ramp((wisps + 0.5 * shape - 0.42) / 0.3), np.float32)

    def _flame(self) -> tuple[NDArray[np.uint8], Plane]:
        """Its colours, uint8, (H, W, 3), and how much there is of it, 0 to 1, float32, (H, W)."""
        foot, (width, height) = self._foot, self._size
        length = 0.62 * foot.tall
        x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        down = (y - np.float32(foot.y - 0.015 * foot.tall)) / np.float32(length)
        aside = np.abs(x - np.float32(foot.x)) / np.float32(0.5 * foot.width)
        inside = np.clip(down, 0.0, 1.0)
        half = (0.5 + 0.75 * np.sqrt(inside)) * (1.0 - inside) ** 0.55
        heat = np.clip(1.0 - aside / np.maximum(half, 1e-3), 0.0, 1.0) * (down >= 0.0) * (down < 1.0)
        alpha = _ramp(heat / 0.42) * (1.0 - 0.55 * inside)
        hot = np.clip(1.5 * heat + 0.35 - 0.9 * inside, 0.0, 1.0)[..., None]
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
        sway = np.sin(0.09 * down - 46.0 * time_s) * np.clip(down / np.float32(foot.tall), 0.0, 1.0)
        grid[0] += np.float32(0.16 * foot.width) * sway
        grid[1] += np.maximum(down, np.float32(0.0)) * np.float32(1.0 / long - 1.0)

    @staticmethod
    def _burning(time_s: float) -> float:
        return float(_ramp((time_s - _IGNITES_S) / 0.35))


def _ramp(u: NDArray[np.floating] | float) -> Plane:
    """Smoothstep from 0 to 1."""
    held = np.clip(np.asarray(u, np.float32), 0.0, 1.0)
    return np.asarray(held * held * (3.0 - 2.0 * held), np.float32)
