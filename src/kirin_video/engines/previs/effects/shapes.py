"""The shapes of all swarms, drawn once by numpy into one picture of tiles.

Each tile has four channels, 0 to 1: how far inside its outline a point lies (0.5 on it), how much of the
inner colour shows there, and the two parts of the surface's slope, 0.5 level.
"""

# ruff: noqa: PLR2004 -- effects are made of measures, and have many sides
from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.swarms import Shape

TILE_PX = 128
TILES_ACROSS = 4
_MARGIN = 0.94
"""Shapes keep this far from the borders of their tile."""

Floats = NDArray[np.float64]
Tile = tuple[Floats, Floats, Floats, Floats]


def tiles() -> NDArray[np.uint8]:
    """All shapes, (512, 512, 4), the first tile at the lower left."""
    side = TILE_PX * TILES_ACROSS
    sheet = np.zeros((side, side, 4), np.uint8)
    at = (np.arange(TILE_PX) + 0.5) / TILE_PX * 2.0 - 1.0
    x, y = np.meshgrid(at / _MARGIN, at / _MARGIN)
    for shape in Shape:
        row, column = divmod(int(shape), TILES_ACROSS)
        tile = np.clip(np.stack(_DRAWN[shape](x, y), -1), 0.0, 1.0)
        # Nothing reaches over the border into the next tile.
        tile[[0, -1]], tile[:, [0, -1]] = 0.0, 0.0
        sheet[
            row * TILE_PX : (row + 1) * TILE_PX,
            column * TILE_PX : (column + 1) * TILE_PX,
        ] = np.rint(tile * 255.0)
    return sheet


def _level(inside: Floats, heat: Floats | None = None) -> Tile:
    half = np.full_like(inside, 0.5)
    return inside, np.zeros_like(inside) if heat is None else heat, half, half


def _domed(inside: Floats, heat: Floats, height: Floats) -> Tile:
    """With slopes from a height, in shares of the tile's half."""
    step = 2.0 / TILE_PX / _MARGIN
    dy, dx = np.gradient(height, step)
    scale = 1.0 / np.sqrt(1.0 + dx * dx + dy * dy)
    return inside, heat, 0.5 - 0.5 * dx * scale, 0.5 - 0.5 * dy * scale


def _glow(x: Floats, y: Floats) -> Tile:
    d = np.hypot(x, y)
    return _level(np.clip(1.0 - d, 0.0, 1.0) ** 1.6, np.clip(1.0 - 2.6 * d, 0.0, 1.0))


_LUMPS = (
    (0.0, -0.05, 0.55),
    (-0.42, -0.12, 0.38),
    (0.40, -0.16, 0.40),
    (-0.20, 0.34, 0.42),
    (0.26, 0.32, 0.40),
    (0.0, -0.44, 0.40),
    (-0.52, 0.22, 0.26),
    (0.58, 0.16, 0.26),
)


def _puff(x: Floats, y: Floats) -> Tile:
    """Balls of clay grown together."""
    height, inside = np.zeros_like(x), np.full_like(x, -1.0)
    for cx, cy, r in _LUMPS:
        d2 = (x - cx) ** 2 + (y - cy) ** 2
        height = np.maximum(height, np.sqrt(np.maximum(r * r - d2, 0.0)))
        inside = np.maximum(inside, r - np.sqrt(d2))
    for _ in range(3):
        height = _blurred(height)
    return _domed(0.5 + 0.85 * inside, np.clip(height * 1.2 - 0.1, 0.0, 1.0), height)


def _flame(x: Floats, y: Floats) -> Tile:
    """A tongue: round below, a bent tip above."""
    bent = x - 0.16 * np.sin(2.2 * (y + 0.4)) * np.clip(y + 0.4, 0.0, 1.4)
    inside = _tongue(bent, y, -0.95, 0.98, 0.62)
    inner = _tongue(bent * 1.05, y, -0.88, 0.22, 0.36)
    return _domed(0.5 + 0.9 * inside, np.clip(0.5 + 2.2 * inner, 0.0, 1.0), np.clip(inside, 0.0, 1.0))


def _tongue(x: Floats, y: Floats, low: float, high: float, half: float) -> Floats:
    """About how far inside a drop's outline from low to high points lie."""
    s = np.clip((y - low) / (high - low), 0.0, 1.0)
    wide = half * (s**0.5) * np.clip(1.0 - s, 0.0, 1.0) ** 0.85 * 1.72
    beyond = np.maximum(low - y, y - high)
    return np.where(beyond > 0.0, -beyond - np.abs(x), wide - np.abs(x))


def _streak(x: Floats, y: Floats) -> Tile:
    wide = 0.85 * np.clip((y + 1.0) / 2.0, 0.0, 1.0) ** 0.7 * np.sqrt(np.clip(1.0 - y**8, 0.0, 1.0))
    inside = np.clip(1.0 - np.abs(x) / np.maximum(wide, 1e-3), 0.0, 1.0)
    fade = np.clip((y + 1.0) / 2.0, 0.0, 1.0)
    return _level(inside * fade, np.clip(inside * 2.0 - 0.9, 0.0, 1.0) * fade)


def _leaf(x: Floats, y: Floats) -> Tile:
    """A pointed oval with a middle rib and a stalk."""
    s = np.clip((y + 0.72) / 1.62, 0.0, 1.0)
    wide = 0.62 * np.sin(np.pi * s**0.82) ** 0.85
    blade = np.where((y > -0.74) & (y < 0.92), wide - np.abs(x), -1.0)
    stalk = np.where((y > -1.0) & (y < -0.5), 0.05 - np.abs(x), -1.0)
    rib = np.clip(1.0 - np.abs(x) / 0.05, 0.0, 1.0)
    for k in range(4):
        at = -0.40 + 0.28 * k
        rib = np.maximum(rib, np.clip(1.0 - np.abs(y - at - 0.6 * np.abs(x)) / 0.035, 0.0, 1.0) * 0.7)
    bowl = 0.25 * np.abs(x)
    return _domed(0.5 + 2.2 * np.maximum(blade, stalk), rib, bowl)


def _petal(x: Floats, y: Floats) -> Tile:
    """Broad above, with a notch, narrow below."""
    s = np.clip((y + 0.9) / 1.8, 0.0, 1.0)
    wide = 0.78 * s**0.75 * np.sqrt(np.clip(1.0 - (np.clip(s - 0.45, 0.0, 1.0) / 0.55) ** 2.4, 0.0, 1.0))
    notch = np.hypot(x / 0.20, (y - 0.98) / 0.42) - 1.0
    inside = np.minimum(np.where(np.abs(y) < 0.92, wide - np.abs(x), -1.0), 0.35 * notch)
    pale = np.clip(1.0 - np.hypot(x, y + 0.85) / 1.1, 0.0, 1.0)
    return _domed(0.5 + 2.0 * inside, pale, 0.35 * (x * x + y * y))


def _scrap(x: Floats, y: Floats) -> Tile:
    inside = 0.92 - np.maximum(np.abs(x), np.abs(y))
    return _domed(0.5 + 4.0 * inside, np.zeros_like(x), 0.18 * np.sin(2.4 * y))


def _bubble(x: Floats, y: Floats) -> Tile:
    """A thin rim, a window's light above on the left and its echo below."""
    d = np.hypot(x, y)
    rim = np.exp(-(((d - 0.88) / 0.055) ** 2)) * 0.95
    film = np.where(d < 0.9, 0.10 + 0.42 * d**5, 0.0)
    light = np.exp(-(((x + 0.38) / 0.16) ** 2) - ((y - 0.42) / 0.13) ** 2)
    echo = 0.6 * np.exp(-(((x - 0.40) / 0.20) ** 2) - ((y + 0.46) / 0.10) ** 2)
    return _level(np.clip(rim + film + light + echo, 0.0, 1.0), np.clip(1.4 * (light + echo), 0.0, 1.0))


def _star(x: Floats, y: Floats) -> Tile:
    d = np.hypot(x, y)
    rays = np.clip(1.0 - d, 0.0, 1.0) * np.exp(-np.minimum(np.abs(x), np.abs(y)) / (0.035 + 0.05 * (1.0 - d)))
    middle = np.clip(1.0 - d / 0.45, 0.0, 1.0) ** 2
    return _level(np.clip(rays + middle, 0.0, 1.0), np.clip(1.6 * middle + 0.4 * rays, 0.0, 1.0))


def _drop(x: Floats, y: Floats) -> Tile:
    d = np.hypot(x, y)
    light = np.exp(-(((x + 0.3) / 0.22) ** 2) - ((y - 0.35) / 0.2) ** 2)
    height = np.sqrt(np.clip(1.0 - d * d, 0.0, 1.0))
    return _domed(0.5 + 1.2 * (0.9 - d), light, height)


def _beam(x: Floats, y: Floats) -> Tile:
    """Light through a gap: soft at its sides, gone at both ends."""
    across = np.exp(-((x / 0.42) ** 2)) * np.clip(1.0 - np.abs(x), 0.0, 1.0)
    fade = np.clip((1.0 - y) / 0.5, 0.0, 1.0) * np.clip((y + 1.0) / 1.1, 0.0, 1.0)
    return _level(across * fade)


def _band(x: Floats, y: Floats) -> Tile:
    """A ribbon: soft at its sides only."""
    across = np.clip(1.0 - np.abs(x), 0.0, 1.0) ** 1.3
    return _level(across + 0.0 * y, np.clip(1.0 - 3.0 * np.abs(x), 0.0, 1.0))


def _seed(x: Floats, y: Floats) -> Tile:
    """A dandelion's: a grain on a stalk under a crown of hairs."""
    grain = 1.0 - np.hypot(x / 0.07, (y + 0.82) / 0.16)
    stalk = np.where((y > -0.8) & (y < 0.25), 1.0 - np.abs(x) / 0.03, -1.0)
    hairs = np.zeros_like(x)
    for k in range(9):
        a = math.pi * (0.08 + 0.84 * k / 8.0)
        along = x * math.cos(a) + (y - 0.2) * math.sin(a)
        off = np.abs(-x * math.sin(a) + (y - 0.2) * math.cos(a))
        hairs = np.maximum(hairs, np.where((along > 0.0) & (along < 0.72), 1.0 - off / 0.035, 0.0))
        tip = np.hypot(x - 0.72 * math.cos(a), y - 0.2 - 0.72 * math.sin(a))
        hairs = np.maximum(hairs, 0.8 * (1.0 - tip / 0.12))
    dark = np.clip(grain * 3.0, 0.0, 1.0)
    return _level(np.clip(np.maximum(np.maximum(grain * 2.0, stalk), hairs), 0.0, 1.0), dark)


def _ring(x: Floats, y: Floats) -> Tile:
    d = np.hypot(x, y)
    outer = np.exp(-(((d - 0.86) / 0.07) ** 2))
    inner = 0.55 * np.exp(-(((d - 0.50) / 0.06) ** 2))
    return _level(np.clip(outer + inner, 0.0, 1.0))


def _crown(x: Floats, y: Floats) -> Tile:
    """Water thrown up: thin leaves that bend outwards."""
    inside = np.full_like(x, -1.0)
    for k in range(5):
        lean = 0.42 * (k - 2)
        s = (y + 0.95) / (1.75 - 0.25 * abs(k - 2))
        middle = lean * (0.35 + 0.65 * s) * 0.95
        wide = 0.15 * np.clip(1.0 - s, 0.0, 1.0) ** 0.6
        inside = np.maximum(inside, np.where((s > 0.0) & (s < 1.0), wide - np.abs(x - middle), -1.0))
        inside = np.maximum(inside, 0.075 - np.hypot(x - lean * 1.08, y - 0.95 + 0.28 * abs(k - 2)))
    return _level(np.clip(0.5 + 3.0 * inside, 0.0, 1.0), np.clip(4.0 * inside, 0.0, 1.0))


def _wisp(x: Floats, y: Floats) -> Tile:
    """Vapour: a soft curl."""
    middle = 0.28 * np.sin(3.0 * y + 0.6)
    wide = 0.34 * np.clip(1.0 - y * y, 0.0, 1.0) ** 0.7 + 1e-3
    across = np.exp(-(((x - middle) / wide) ** 2) * 1.6)
    return _level(np.clip(across * np.clip(1.0 - y * y, 0.0, 1.0) ** 0.6, 0.0, 1.0))


def _blurred(a: Floats) -> Floats:
    wide = np.pad(a, 1, mode="edge")
    rows = wide[:-2] + 2.0 * wide[1:-1] + wide[2:]
    return (rows[:, :-2] + 2.0 * rows[:, 1:-1] + rows[:, 2:]) / 16.0


_DRAWN: dict[Shape, Callable[[Floats, Floats], Tile]] = {
    Shape.GLOW: _glow,
    Shape.PUFF: _puff,
    Shape.FLAME: _flame,
    Shape.STREAK: _streak,
    Shape.LEAF: _leaf,
    Shape.PETAL: _petal,
    Shape.SCRAP: _scrap,
    Shape.BUBBLE: _bubble,
    Shape.STAR: _star,
    Shape.DROP: _drop,
    Shape.BEAM: _beam,
    Shape.BAND: _band,
    Shape.SEED: _seed,
    Shape.RING: _ring,
    Shape.CROWN: _crown,
    Shape.WISP: _wisp,
}
