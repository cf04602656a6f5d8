"""What falls or floats in the air before a photograph: rain, and snow with all that drifts as it does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.moves import FOCAL, Pose
from kirin_video.engines.previs.plan import Phenomenon, ShotPlan, Weather

Plane = NDArray[np.float32]

_TILE_PX = 512
_APART_PX = 211
_BEFORE = 0.5


@dataclass(frozen=True, slots=True)
class Rain:
    """Sheets of streaks, nearest last.

    Attributes:
        tiles: how much a streak covers, uint8, (3, 512, 512), seamless.
        speed: fall in pixels a second of each sheet, float32, (3,).
        slant: sideways pixels for each pixel of fall.
    """

    tiles: NDArray[np.uint8]
    speed: Plane
    slant: float


@dataclass(frozen=True, slots=True)
class Manner:
    """How flakes look and move; lengths in pixels of a 1280 wide frame.

    Attributes:
        color: Y, Cb and Cr.
        per_megapixel: how many there are.
        far_px: radius of the farthest.
        near_px: what the nearest is larger by.
        fall: pixels a second of the nearest; negative for what rises.
        swing: pixels to either side.
        wind: pixels a second to the right.
        slim: the shorter radius as a share of the longer, when seen from its side.
        hard: how sharp its border is; 1.0 is soft all over.
        cover: how much of the picture the farthest covers, 0 to 1.
        thins: how much less the nearest covers.
        blinks: how far they go out and on again, 0 to 1.
    """

    color: tuple[float, float, float]
    per_megapixel: float
    far_px: float
    near_px: float
    fall: float
    swing: float
    wind: float = 18.0
    slim: float = 1.0
    hard: float = 1.0
    cover: float = 0.95
    thins: float = 0.4
    blinks: float = 0.0


SNOWFLAKES: Final = Manner((205.0, 130.0, 126.0), 1500.0, 1.1, 4.6, 150.0, 14.0)
DRIFTING: Final[Mapping[Phenomenon, Manner]] = {
    Phenomenon.PETALS: Manner(
        (202.0, 119.0, 150.0), 420.0, 3.2, 11.0, 105.0, 46.0, wind=46.0, slim=0.3, hard=3.5, thins=0.1
    ),
    Phenomenon.FALLING_LEAVES: Manner(
        (128.0, 84.0, 158.0), 240.0, 3.6, 13.0, 120.0, 62.0, wind=40.0, slim=0.22, hard=4.0, thins=0.0
    ),
    Phenomenon.SEEDS: Manner((222.0, 128.0, 128.0), 150.0, 1.4, 3.6, -16.0, 26.0, wind=34.0),
    Phenomenon.CONFETTI: Manner(
        (190.0, 96.0, 150.0), 380.0, 2.4, 6.5, 170.0, 30.0, slim=0.25, hard=5.0, thins=0.0
    ),
    Phenomenon.FIREFLIES: Manner(
        (226.0, 66.0, 138.0), 110.0, 2.6, 5.6, -9.0, 52.0, wind=4.0, thins=0.2, blinks=1.0
    ),
    Phenomenon.SPARKS: Manner((224.0, 76.0, 176.0), 170.0, 1.0, 2.6, -210.0, 30.0, blinks=0.6, hard=2.0),
    Phenomenon.MAGIC: Manner((232.0, 104.0, 136.0), 150.0, 1.4, 3.6, -26.0, 34.0, wind=6.0, blinks=0.9),
    Phenomenon.DUST: Manner((206.0, 118.0, 134.0), 420.0, 0.9, 2.2, -6.0, 18.0, wind=9.0, cover=0.5),
}
"""What drifts through a picture when the prompt asks for it."""


@dataclass(frozen=True, slots=True)
class Snow:
    """Flakes, one a row: x and y at time 0 (pixels), disparity, phase and swing.

    Attributes:
        flakes: float32, (n, 5).
        manner: how they look and move.
    """

    flakes: Plane
    manner: Manner


def make_rain(seed: int, width: int, height: int) -> Rain:
    """Streaks for a frame of this size: far ones fine and dense, near ones long and few."""
    random = np.random.default_rng([seed, 11])
    unit = max(width, height) / 1280.0
    slant = float(random.uniform(-0.16, 0.16))
    tiles = np.zeros((3, _TILE_PX, _TILE_PX), np.uint8)
    for sheet, (count, length, thick, shade) in enumerate(
        ((460, 26, 1, 84), (200, 54, 1, 112), (46, 110, 2, 118))
    ):
        tile = np.zeros((_TILE_PX, _TILE_PX), np.float32)
        for _ in range(count):
            x, y = random.uniform(0, _TILE_PX, 2)
            reach = length * unit * random.uniform(0.6, 1.3)
            _streak(
                tile,
                (x, y),
                (slant * reach, reach),
                max(1, round(thick * unit)),
                shade * random.uniform(0.4, 1.0),
            )
        tiles[sheet] = np.clip(cv2.GaussianBlur(tile, (0, 0), 0.6 + 0.5 * sheet * unit), 0, 255).astype(
            np.uint8
        )
    return Rain(tiles, np.array([820, 1350, 2300], np.float32) * np.float32(unit), slant)


def _streak(
    tile: Plane, start: tuple[float, float], along: tuple[float, float], thick: int, shade: float
) -> None:
    """One streak, drawn at every wrap that reaches the tile, so that it repeats without a seam."""
    for ox in (-_TILE_PX, 0, _TILE_PX):
        for oy in (-_TILE_PX, 0):
            a = round(start[0] + ox), round(start[1] + oy)
            b = round(start[0] + ox + along[0]), round(start[1] + oy + along[1])
            cv2.line(tile, a, b, float(shade), thick, cv2.LINE_AA)


def make_snow(seed: int, width: int, height: int, manner: Manner = SNOWFLAKES) -> Snow:
    """Flakes through the whole depth, most of them far."""
    random = np.random.default_rng([seed, 12])
    count = max(round(0.04 * manner.per_megapixel), round(manner.per_megapixel * width * height / 1e6))
    flakes = np.empty((count, 5), np.float32)
    flakes[:, 0] = random.uniform(0, 1.2 * width, count)
    flakes[:, 1] = random.uniform(0, 1.2 * height, count)
    flakes[:, 2] = 0.12 + 0.88 * random.power(0.42, count)
    flakes[:, 3] = random.uniform(0, 2 * math.pi, count)
    flakes[:, 4] = random.uniform(0.5, 1.5, count)
    return Snow(flakes, manner)


def drifting(plan: ShotPlan, seed: int, width: int, height: int) -> Snow | None:
    """The snow that a plan asks for, or what else drifts; None where nothing does."""
    if plan.weather is Weather.SNOW:
        return make_snow(seed, width, height)
    asked = next((kind for kind in plan.phenomena if kind in DRIFTING), None)
    return None if asked is None else make_snow(seed, width, height, DRIFTING[asked])


def rain_cover(rain: Rain, time_s: float, strength: float, cover: NDArray[np.uint8]) -> None:
    """Writes the cover of the rain at a moment into ``cover``, uint8, (H, W)."""
    fall = rain.speed * np.float32(time_s)
    drops = np.stack([fall * np.float32(rain.slant), fall], axis=1).astype(np.int64)
    _fill_rain(rain.tiles, drops, np.float32(strength), cover)


def rain_covers(rain: Rain, time_s: float, strength: float, covers: NDArray[np.uint8]) -> None:
    """Writes near and far rain at a moment, uint8, (2, H, W): only the near falls before a subject."""
    fall = rain.speed * np.float32(time_s)
    drops = np.stack([fall * np.float32(rain.slant), fall], axis=1).astype(np.int64)
    _fill_rain(rain.tiles[1:], drops[1:], np.float32(strength), covers[0])
    _fill_rain(rain.tiles[:2], drops[:2] + _APART_PX, np.float32(strength), covers[1])


def snow_cover(snow: Snow, pose: Pose, time_s: float, strength: float, cover: NDArray[np.uint8]) -> None:
    """Writes the cover of the snow at a moment into ``cover``, uint8, (H, W)."""
    cover[:] = 0
    _fill_snow(_placed(snow, pose, time_s, strength, cover.shape), np.float32(snow.manner.hard), cover)


def snow_covers(snow: Snow, pose: Pose, time_s: float, strength: float, covers: NDArray[np.uint8]) -> None:
    """Writes near and far snow at a moment, uint8, (2, H, W): only the near falls before a subject."""
    covers[:] = 0
    placed = _placed(snow, pose, time_s, strength, covers.shape[1:])
    is_near = snow.flakes[:, 2] > _BEFORE
    hard = np.float32(snow.manner.hard)
    _fill_snow(placed[is_near], hard, covers[0])
    _fill_snow(placed[~is_near], hard, covers[1])


def _placed(snow: Snow, pose: Pose, time_s: float, strength: float, shape: tuple[int, ...]) -> Plane:
    """Where every flake is, its radii, how far it is turned, and its cover (0 to 255), float32, (n, 6)."""
    height, width = shape
    unit, manner = max(width, height) / 1280.0, snow.manner
    focal = FOCAL * max(width, height)
    x0, y0, near, phase, swing = snow.flakes.T
    spread_x, spread_y = 1.2 * width, 1.2 * height
    sway = manner.swing * unit * near * swing * np.sin(1.1 * time_s * swing + phase)
    x = x0 + sway + manner.wind * unit * near * time_s - focal * (pose.x * near + pose.yaw)
    fallen = manner.fall * unit * near * (0.75 + 0.25 * swing) * time_s
    y = y0 + fallen - focal * (pose.y * near + pose.pitch)
    radius = unit * (manner.far_px + manner.near_px * near**3)
    turned = swing * 1.9 * time_s + 3.0 * phase
    flat = manner.slim + (1.0 - manner.slim) * np.abs(np.cos(1.7 * swing * time_s + phase))
    lit = 1.0 - manner.blinks * np.clip(0.5 + 0.9 * np.sin(2.3 * swing * time_s + 5.0 * phase), 0.0, 1.0)
    return np.stack(
        [
            np.mod(x, spread_x) - 0.1 * width,
            np.mod(y, spread_y) - 0.1 * height,
            radius,
            np.maximum(radius * flat, 0.7),
            turned,
            strength * lit * (manner.cover - manner.thins * near) * 255,
        ],
        axis=1,
    ).astype(np.float32)


@njit(cache=True, nogil=True)
def _fill_rain(
    tiles: NDArray[np.uint8], drops: NDArray[np.int64], strength: np.float32, cover: NDArray[np.uint8]
) -> None:
    """All sheets together; rows are read in runs, so that the compiler need not wrap every pixel."""
    height, width = cover.shape
    side = tiles.shape[1]
    line = np.empty(width, np.float32)
    for y in range(height):
        line[:] = np.float32(0.0)
        for sheet in range(tiles.shape[0]):
            row = (y - drops[sheet, 1]) % side
            at = (-drops[sheet, 0]) % side
            x = 0
            while x < width:
                run = min(side - at, width - x)
                for k in range(run):
                    line[x + k] += np.float32(tiles[sheet, row, at + k])
                x += run
                at = 0
        for x in range(width):
            cover[y, x] = np.uint8(min(line[x] * strength, np.float32(200.0)))


@njit(cache=True, nogil=True)
def _fill_snow(flakes: Plane, hard: np.float32, cover: NDArray[np.uint8]) -> None:
    """Soft discs, seen from any side, laid over one another like thin paint."""
    height, width = cover.shape
    one = np.float32(1.0)
    for index in range(flakes.shape[0]):
        cx, cy, long, short, turned, amount = flakes[index]
        reach = long + one
        along, aside = np.float32(math.cos(turned)), np.float32(math.sin(turned))
        for y in range(max(int(cy - reach), 0), min(int(cy + reach) + 2, height)):
            for x in range(max(int(cx - reach), 0), min(int(cx + reach) + 2, width)):
                dx, dy = np.float32(x) - cx, np.float32(y) - cy
                u = (dx * along + dy * aside) / (long + one)
                v = (dy * along - dx * aside) / (short + one)
                edge = one - u * u - v * v
                if edge > np.float32(0.0):
                    own = amount * min(edge * edge * hard, one) * np.float32(1.0 / 255.0)
                    there = np.float32(cover[y, x])
                    cover[y, x] = np.uint8(there + own * (np.float32(255.0) - there))
