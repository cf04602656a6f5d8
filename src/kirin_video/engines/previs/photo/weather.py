"""Rain and snow in the air before a photograph, and the haze in its depth."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.moves import FOCAL, Pose

Plane = NDArray[np.float32]

_TILE_PX = 512
_FLAKES_PER_MEGAPIXEL = 1500.0
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
class Snow:
    """Flakes, one a row: x and y at time 0 (pixels), disparity, phase and swing.

    Attributes:
        flakes: float32, (n, 5).
    """

    flakes: Plane


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


def make_snow(seed: int, width: int, height: int) -> Snow:
    """Flakes through the whole depth, most of them far."""
    random = np.random.default_rng([seed, 12])
    count = max(60, round(_FLAKES_PER_MEGAPIXEL * width * height / 1e6))
    flakes = np.empty((count, 5), np.float32)
    flakes[:, 0] = random.uniform(0, 1.2 * width, count)
    flakes[:, 1] = random.uniform(0, 1.2 * height, count)
    flakes[:, 2] = 0.12 + 0.88 * random.power(0.42, count)
    flakes[:, 3] = random.uniform(0, 2 * math.pi, count)
    flakes[:, 4] = random.uniform(0.5, 1.5, count)
    return Snow(flakes)


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
    _fill_snow(_placed(snow, pose, time_s, strength, cover.shape), cover)


def snow_covers(snow: Snow, pose: Pose, time_s: float, strength: float, covers: NDArray[np.uint8]) -> None:
    """Writes near and far snow at a moment, uint8, (2, H, W): only the near falls before a subject."""
    covers[:] = 0
    placed = _placed(snow, pose, time_s, strength, covers.shape[1:])
    is_near = snow.flakes[:, 2] > _BEFORE
    _fill_snow(placed[is_near], covers[0])
    _fill_snow(placed[~is_near], covers[1])


def _placed(snow: Snow, pose: Pose, time_s: float, strength: float, shape: tuple[int, ...]) -> Plane:
    """Where every flake is, its radius and cover (0 to 255), float32, (n, 4)."""
    height, width = shape
    unit = max(width, height) / 1280.0
    focal = FOCAL * max(width, height)
    x0, y0, near, phase, swing = snow.flakes.T
    spread_x, spread_y = 1.2 * width, 1.2 * height
    sway = 14 * unit * near * swing * np.sin(1.1 * time_s * swing + phase)
    x = x0 + sway + 18 * unit * near * time_s - focal * (pose.x * near + pose.yaw)
    y = y0 + 150 * unit * near * (0.75 + 0.25 * swing) * time_s - focal * (pose.y * near + pose.pitch)
    return np.stack(
        [
            np.mod(x, spread_x) - 0.1 * width,
            np.mod(y, spread_y) - 0.1 * height,
            unit * (1.1 + 4.6 * near**3),
            strength * (0.95 - 0.4 * near) * 255,
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
def _fill_snow(flakes: Plane, cover: NDArray[np.uint8]) -> None:
    """Soft discs, laid over one another like thin paint."""
    height, width = cover.shape
    for index in range(flakes.shape[0]):
        cx, cy, radius, amount = flakes[index, 0], flakes[index, 1], flakes[index, 2], flakes[index, 3]
        reach = radius + np.float32(1.0)
        for y in range(max(int(cy - reach), 0), min(int(cy + reach) + 2, height)):
            for x in range(max(int(cx - reach), 0), min(int(cx + reach) + 2, width)):
                distance = np.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) / reach
                if distance < np.float32(1.0):
                    edge = np.float32(1.0) - distance * distance
                    own = amount * edge * edge * np.float32(1.0 / 255.0)
                    there = np.float32(cover[y, x])
                    cover[y, x] = np.uint8(there + own * (np.float32(255.0) - there))
