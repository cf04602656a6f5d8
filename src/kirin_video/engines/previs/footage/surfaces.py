"""What floors and walls can be made of: seamless pieces of wood, stone, tiles and the like, 2 m wide."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.plan import Color

Plane = NDArray[np.floating[Any]]
Bytes = NDArray[np.uint8]

SIDE_PX: Final = 512
SIDE_M: Final = 2.0


class Surface(StrEnum):
    """What a floor or a wall can be made of."""

    WOOD = "wood"
    TILES = "tiles"
    MARBLE = "marble"
    CHECKER = "checker"
    BRICK = "brick"
    STONE = "stone"
    CONCRETE = "concrete"
    CARPET = "carpet"
    GRASS = "grass"
    FLOWERS = "flowers"
    SAND = "sand"
    EARTH = "earth"
    SNOW = "snow"
    ICE = "ice"
    WATER = "water"
    LAVA = "lava"
    GOLD = "gold"


_COLORS: Final = {
    Surface.WOOD: (150, 101, 60),
    Surface.TILES: (206, 205, 198),
    Surface.MARBLE: (224, 222, 218),
    Surface.CHECKER: (226, 224, 218),
    Surface.BRICK: (150, 74, 54),
    Surface.STONE: (128, 126, 120),
    Surface.CONCRETE: (150, 149, 145),
    Surface.CARPET: (140, 34, 40),
    Surface.GRASS: (74, 118, 46),
    Surface.FLOWERS: (78, 120, 52),
    Surface.SAND: (212, 184, 136),
    Surface.EARTH: (112, 84, 58),
    Surface.SNOW: (234, 238, 243),
    Surface.ICE: (190, 216, 230),
    Surface.WATER: (44, 96, 122),
    Surface.LAVA: (60, 26, 20),
    Surface.GOLD: (206, 160, 62),
}


def surface(kind: Surface, color: Color | None, seed: int) -> Bytes:
    """A seamless piece.

    Args:
        kind: what it is made of.
        color: another colour than its usual one.
        seed: of its irregularities.

    Returns:
        uint8, (512, 512, 3), RGB.
    """
    random = np.random.default_rng([seed, 31])
    base = np.array(color.rgb if color else _COLORS[kind], np.float32)
    rgb = _MADE[kind](base, random)
    return (rgb + 0.5).clip(0, 255).astype(np.uint8)


def _noise(random: np.random.Generator, across: int, down: int) -> Plane:
    """Soft seamless noise of so many cells, mean 0, about -1 to 1: float32, (512, 512)."""
    values = random.uniform(-1, 1, (down, across)).astype(np.float32)
    wrapped = np.pad(values, 2, mode="wrap")
    step_x, step_y = SIDE_PX / across, SIDE_PX / down
    size = round((across + 4) * step_x), round((down + 4) * step_y)
    large = np.asarray(cv2.resize(wrapped, size, interpolation=cv2.INTER_CUBIC), np.float32)
    left, top = round(2 * step_x), round(2 * step_y)
    return large[top : top + SIDE_PX, left : left + SIDE_PX]


def _cloudy(random: np.random.Generator, cells: int = 4) -> Plane:
    """Noise of five octaves."""
    total = np.zeros((SIDE_PX, SIDE_PX), np.float32)
    for octave in range(5):
        total += np.float32(0.55**octave) * _noise(random, cells << octave, cells << octave)
    return total / 1.6


def _lines(every_x: int, every_y: int, wide: int, shifted: int = 0) -> Plane:
    """The joints between pieces, 0 to 1; every other row is shifted."""
    rows, columns = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    moved = columns + shifted * (rows // every_y % 2)
    near = np.minimum(moved % every_x, rows % every_y) < wide
    return np.asarray(
        cv2.GaussianBlur(near.astype(np.float32), (0, 0), 1.0, borderType=cv2.BORDER_REFLECT), np.float32
    )


def _each(random: np.random.Generator, every_x: int, every_y: int, shifted: int = 0) -> Plane:
    """A tone for each piece, -1 to 1."""
    rows, columns = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    down, across = SIDE_PX // every_y, SIDE_PX // every_x
    tones = random.uniform(-1, 1, (down, across)).astype(np.float32)
    row = rows // every_y
    return tones[row % down, (columns + shifted * (row % 2)) // every_x % across]


def _toned(base: Plane, tone: Plane, amount: float) -> Plane:
    return base * (1 + amount * tone[..., None])


def _wood(base: Plane, random: np.random.Generator) -> Plane:
    grain = 0.6 * _noise(random, 4, 128) + 0.5 * _noise(random, 8, 256)
    ends = _lines(SIDE_PX, SIDE_PX, 2)
    joints = np.maximum(_lines(SIDE_PX, 64, 3), _lines(256, 64, 3, shifted=128))
    planks = _toned(_toned(base, _each(random, 256, 64, 128), 0.16), grain, 0.13)
    return planks * (1 - 0.62 * np.maximum(joints, ends * 0)[..., None])


def _tiles(base: Plane, random: np.random.Generator) -> Plane:
    tone = _toned(_toned(base, _each(random, 128, 128), 0.05), _cloudy(random), 0.03)
    return tone * (1 - 0.42 * _lines(128, 128, 4)[..., None])


def _marble(base: Plane, random: np.random.Generator) -> Plane:
    veins = np.exp(-np.abs(_cloudy(random, 3) + 0.25 * _noise(random, 2, 2)) * 16).astype(np.float32)
    slab = _toned(_toned(base, _cloudy(random), 0.05), -veins, 0.26)
    return slab * (1 - 0.30 * _lines(256, 256, 2)[..., None])


def _checker(base: Plane, random: np.random.Generator) -> Plane:
    rows, columns = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    dark = ((rows // 128 + columns // 128) % 2).astype(np.float32)
    dark = np.asarray(cv2.GaussianBlur(dark, (0, 0), 1.0, borderType=cv2.BORDER_REFLECT), np.float32)
    return _toned(base, _cloudy(random), 0.03) * (1 - 0.86 * dark[..., None])


def _brick(base: Plane, random: np.random.Generator) -> Plane:
    joints = _lines(128, 64, 6, shifted=64)[..., None]
    bricks = _toned(_toned(base, _each(random, 128, 64, 64), 0.17), _cloudy(random, 16), 0.10)
    return bricks + (np.array([176, 168, 158], np.float32) - bricks) * joints * 0.8


def _stone(base: Plane, random: np.random.Generator) -> Plane:
    cells, border = _cells(random, 9)
    cobbles = _toned(_toned(base, cells, 0.18), _cloudy(random, 16), 0.10)
    return cobbles * (1 - 0.6 * border[..., None])


def _cells(random: np.random.Generator, across: int) -> tuple[Plane, Plane]:
    """A tone for each cobble, and how near a point is to a joint: seamless Worley noise (1996)."""
    step = SIDE_PX / across
    rows, columns = np.mgrid[0:SIDE_PX, 0:SIDE_PX].astype(np.float32)
    first = np.full((SIDE_PX, SIDE_PX), 1e9, np.float32)
    second, tone = first.copy(), np.zeros_like(first)
    for i in range(across):
        for j in range(across):
            x, y = (j + random.uniform(0.15, 0.85)) * step, (i + random.uniform(0.15, 0.85)) * step
            dx, dy = np.abs(columns - np.float32(x)), np.abs(rows - np.float32(y))
            far = np.hypot(np.minimum(dx, SIDE_PX - dx), np.minimum(dy, SIDE_PX - dy))
            nearer = far < first
            second = np.where(nearer, first, np.minimum(second, far))
            tone = np.where(nearer, np.float32(random.uniform(-1, 1)), tone)
            first = np.where(nearer, far, first)
    return tone, (1 - (second - first) / np.float32(0.16 * step)).clip(0, 1)


def _even(rough: float, cells: int, fine: float = 0.0) -> Callable[[Plane, np.random.Generator], Plane]:
    """Something without pieces: how uneven, how coarse, and how grainy it is."""

    def made(base: Plane, random: np.random.Generator) -> Plane:
        grain = random.normal(0, 1, (SIDE_PX, SIDE_PX)).astype(np.float32)
        return _toned(_toned(base, _cloudy(random, cells), rough), grain, fine)

    return made


def _grass(base: Plane, random: np.random.Generator) -> Plane:
    blades = 0.7 * _noise(random, 128, 48) + 0.6 * _noise(random, 256, 96)
    lawn = _toned(_toned(base, blades, 0.34), _cloudy(random), 0.16)
    lawn[..., 0] *= 1 + 0.12 * _noise(random, 24, 24)
    return lawn


def _flowers(base: Plane, random: np.random.Generator) -> Plane:
    lawn = np.ascontiguousarray(_grass(base, random))
    hues = ((236, 72, 84), (250, 210, 70), (246, 244, 240), (170, 96, 200), (244, 140, 180))
    for _ in range(230):
        x, y = (int(value) for value in random.integers(6, SIDE_PX - 6, 2))
        cv2.circle(
            lawn, (x, y), int(random.integers(3, 6)), hues[int(random.integers(len(hues)))], -1, cv2.LINE_AA
        )
    return lawn


def _water(base: Plane, random: np.random.Generator) -> Plane:
    waves = 0.7 * _noise(random, 10, 28) + 0.5 * _noise(random, 20, 56) + 0.25 * _noise(random, 48, 110)
    glints = (waves - 0.62).clip(0, 1) * 220
    return _toned(base, waves, 0.30) + glints[..., None]


def _lava(base: Plane, random: np.random.Generator) -> Plane:
    _, cracks = _cells(random, 5)
    hot = (0.8 * cracks + 0.5 * _cloudy(random, 6)).clip(0, 1)[..., None]
    return _toned(base, _cloudy(random, 8), 0.4) * (1 - hot) + np.array([255, 120, 20], np.float32) * hot


_MADE: Final[dict[Surface, Callable[[Plane, np.random.Generator], Plane]]] = {
    Surface.WOOD: _wood,
    Surface.TILES: _tiles,
    Surface.MARBLE: _marble,
    Surface.CHECKER: _checker,
    Surface.BRICK: _brick,
    Surface.STONE: _stone,
    Surface.CONCRETE: _even(0.08, 6, 0.03),
    Surface.CARPET: _even(0.05, 8, 0.10),
    Surface.GRASS: _grass,
    Surface.FLOWERS: _flowers,
    Surface.SAND: _even(0.07, 8, 0.06),
    Surface.EARTH: _even(0.22, 12, 0.08),
    Surface.SNOW: _even(0.04, 6, 0.012),
    Surface.ICE: _even(0.08, 4, 0.0),
    Surface.WATER: _water,
    Surface.LAVA: _lava,
    Surface.GOLD: _even(0.20, 5, 0.02),
}
