"""Windows and doors: glass, frames, sills, shutters, balconies, flowers; and what makes one facade itself."""

# ruff: noqa: PLR2004, PLR0913 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.palette import CREAM, FLOWERS, LEAF, STONE, Pane, chance, pick, tinted
from kirin_video.engines.previs.city.solids import Rgb, ball, shaded

REVEAL_M = 0.17


@dataclass(frozen=True, slots=True)
class Front:
    """What makes one facade differ from its neighbour.

    Attributes:
        floors: storeys above the ground floor.
        floor_m: height of each of them.
        ground_m: height of the ground floor.
        bay_m: about how wide one window with its piece of wall is.
        window: width and height of a window, metres.
        wall: colour of the wall.
        base: colour of the ground floor's wall.
        trim: colour of sills, lintels and cornices.
        frame: colour of window frames.
        accent: colour of doors, signs, shutters and awnings.
        shutters: whether windows have them.
        balconies: whether some windows have them.
        detail: 2 near the camera, 1 along the street, 0 far away.
    """

    floors: int
    floor_m: float
    ground_m: float
    bay_m: float
    window: tuple[float, float]
    wall: Rgb
    base: Rgb
    trim: Rgb
    frame: Rgb
    accent: Rgb
    shutters: bool
    balconies: bool
    detail: int

    @property
    def top_m(self) -> float:
        """Height of the wall."""
        return self.ground_m + self.floors * self.floor_m


@dataclass(frozen=True, slots=True)
class Opening:
    """A window's hole in a wall."""

    x0: float
    x1: float
    y0: float
    y1: float


def glazing(
    clay: Clay, hole: Opening, pane: Pane, frame: Rgb, *, bars: tuple[int, int], z: float = -REVEAL_M
) -> None:
    """Glass, its frame, and ``bars`` (upright, level) across it; darker under the lintel."""
    x0, x1, y0, y1 = hole.x0, hole.x1, hole.y0, hole.y1
    lit = pane.glow
    shades = (0.84, 0.84, 1.0, 1.0) if lit > 0.0 else (1.12, 1.12, 0.72, 0.72)
    clay.front(x0, x1, y0, y1, z, pane.color, shades=shades, glow=(lit * 0.72, lit * 0.72, lit, lit))
    edge, front = 0.07, z + 0.05
    dark = shaded(frame, 0.8)
    clay.front(x0, x0 + edge, y0, y1, front, frame)
    clay.front(x1 - edge, x1, y0, y1, front, frame)
    clay.front(x0 + edge, x1 - edge, y0, y0 + edge, front, frame)
    clay.front(x0 + edge, x1 - edge, y1 - edge, y1, front, dark)
    upright, level = bars
    for i in range(1, upright + 1):
        x = x0 + (x1 - x0) * i / (upright + 1)
        clay.front(x - 0.025, x + 0.025, y0 + edge, y1 - edge, front, frame)
    for i in range(1, level + 1):
        y = y0 + (y1 - y0) * (0.62 if level == 1 else i / (level + 1))
        clay.front(x0 + edge, x1 - edge, y - 0.025, y + 0.025, front + 0.02, frame)


def window(clay: Clay, front: Front, hole: Opening, pane: Pane, rng: np.random.Generator) -> None:
    """A window in its hole, with sill and lintel, and near the camera with what people add to it."""
    glazing(clay, hole, pane, front.frame, bars=(1, 1))
    x0, x1 = hole.x0 - 0.12, hole.x1 + 0.12
    clay.box((x0, hole.y0 - 0.1, 0.0), (x1, hole.y0, 0.13), front.trim, faces="xXyYZ")
    clay.box((x0, hole.y1, 0.0), (x1, hole.y1 + 0.2, 0.06), front.trim, faces="xXyYZ")
    if front.detail < 2:
        return
    if chance(rng, 0.55):
        _curtains(clay, hole, pane, rng)
    if front.shutters:
        _shutters(clay, front, hole)
    draw = rng.random()
    if front.balconies and draw < 0.45:
        _balcony(clay, front, hole)
    elif draw < 0.7 and not front.balconies:
        _flower_box(clay, hole, rng)


def _curtains(clay: Clay, hole: Opening, pane: Pane, rng: np.random.Generator) -> None:
    cloth = tinted(rng, CREAM if pane.glow > 0.0 else shaded(CREAM, 0.6), 0.1)
    share, z = float(rng.uniform(0.16, 0.3)) * (hole.x1 - hole.x0), -REVEAL_M + 0.022
    glow = pane.glow * 0.45
    for a, b, edge in ((hole.x0, hole.x0 + share, 0), (hole.x1 - share, hole.x1, 1)):
        shades = (0.8, 1.0, 0.75, 0.6) if edge == 0 else (1.0, 0.8, 0.6, 0.75)
        clay.front(a, b, hole.y0, hole.y1, z, cloth, shades=shades, glow=(glow * 0.7, glow, glow, glow * 0.7))


def _shutters(clay: Clay, front: Front, hole: Opening) -> None:
    wide = (hole.x1 - hole.x0) * 0.5
    for a in (hole.x0 - wide - 0.03, hole.x1 + 0.03):
        clay.box((a, hole.y0, 0.0), (a + wide, hole.y1, 0.05), front.accent, faces="xXyYZ")
        for i in range(2):
            low = hole.y0 + (hole.y1 - hole.y0) * (0.08 + 0.46 * i)
            high = low + (hole.y1 - hole.y0) * 0.38
            clay.front(a + 0.1, a + wide - 0.1, low, high, 0.075, shaded(front.accent, 0.82))


def _balcony(clay: Clay, front: Front, hole: Opening) -> None:
    x0, x1, y, out = hole.x0 - 0.35, hole.x1 + 0.35, hole.y0 - 0.1, 0.8
    clay.box((x0, y - 0.14, 0.0), (x1, y, out), front.trim, faces="xXyYZ")
    iron = shaded(front.frame, 0.5) if sum(front.frame) > 1.5 else front.frame
    clay.box((x0, y + 0.85, out - 0.06), (x1, y + 0.91, out), iron, faces="xXyYZz")
    posts = max(4, round((x1 - x0) / 0.3))
    for i in range(posts + 1):
        x = x0 + (x1 - x0 - 0.04) * i / posts
        clay.box((x, y, out - 0.05), (x + 0.04, y + 0.85, out - 0.01), iron, faces="xXZ")
    for x in (x0, x1 - 0.04):
        clay.box((x, y + 0.85, 0.0), (x + 0.04, y + 0.91, out - 0.06), iron, faces="xXyY")


def _flower_box(clay: Clay, hole: Opening, rng: np.random.Generator) -> None:
    x0, x1, y = hole.x0 + 0.02, hole.x1 - 0.02, hole.y0
    clay.box((x0, y, 0.02), (x1, y + 0.2, 0.26), (0.50, 0.27, 0.18), faces="xXyYZ")
    bloom = pick(rng, FLOWERS)
    count = 4
    for i in range(count):
        x = x0 + (x1 - x0) * (i + 0.5) / count
        size = float(rng.uniform(0.13, 0.19))
        color = tinted(rng, bloom if i % 2 else LEAF, 0.12)
        clay.add(ball((x, y + 0.24 + 0.05 * float(rng.random()), 0.15), (size, size, size), color, detail=0))


def door(clay: Clay, front: Front, hole: Opening, pane: Pane) -> None:
    """A front door with its light above, a step and a little roof."""
    x0, x1, y0 = hole.x0, hole.x1, hole.y0
    transom = y0 + 2.15
    z = -REVEAL_M
    clay.front(x0, x1, y0, transom, z, front.accent, shades=(0.8, 0.8, 0.95, 0.95))
    glazing(clay, Opening(x0, x1, transom, hole.y1), pane, front.frame, bars=(2, 0))
    for a, b in ((0.12, 0.48), (0.76, 1.12)):
        for low, high in ((0.2, 0.85), (1.0, 1.95)):
            clay.front(x0 + a, x0 + b, y0 + low, y0 + high, z + 0.03, shaded(front.accent, 1.25))
    clay.add(ball((x1 - 0.14, y0 + 1.02, z + 0.07), (0.045, 0.045, 0.045), (0.72, 0.56, 0.24), detail=0))
    clay.soft_box((x0 - 0.35, y0, 0.0), (x1 + 0.35, y0 + 0.16, 0.55), STONE, bevel=0.04)
    clay.soft_box((x0 - 0.3, hole.y1 + 0.02, -0.05), (x1 + 0.3, hole.y1 + 0.2, 0.5), front.trim, bevel=0.05)
