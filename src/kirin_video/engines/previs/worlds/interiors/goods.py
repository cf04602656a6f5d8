"""What shops sell: packets, bottles, tins and fruit, side by side on shelves."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.solids import ball, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, box

_LABELS: tuple[tuple[Color, Color], ...] = (
    ((0.84, 0.16, 0.14), (0.97, 0.86, 0.30)),
    ((0.16, 0.36, 0.72), (0.95, 0.95, 0.93)),
    ((0.96, 0.74, 0.16), (0.80, 0.20, 0.14)),
    ((0.20, 0.54, 0.28), (0.94, 0.92, 0.80)),
    ((0.93, 0.92, 0.88), (0.18, 0.50, 0.70)),
    ((0.92, 0.48, 0.14), (0.30, 0.16, 0.10)),
    ((0.52, 0.24, 0.56), (0.94, 0.80, 0.88)),
    ((0.30, 0.68, 0.74), (0.96, 0.96, 0.94)),
    ((0.88, 0.44, 0.56), (0.97, 0.93, 0.86)),
    ((0.36, 0.22, 0.14), (0.90, 0.72, 0.36)),
)
_FRUIT: tuple[Color, ...] = (
    (0.84, 0.20, 0.14),
    (0.94, 0.58, 0.12),
    (0.52, 0.70, 0.20),
    (0.94, 0.82, 0.22),
    (0.44, 0.20, 0.38),
    (0.90, 0.42, 0.24),
    (0.26, 0.50, 0.20),
)
_STEEL: Color = (0.80, 0.81, 0.82)


def stocked(rng: np.random.Generator, long_m: float, *, high_m: float = 1.75, levels: int = 4) -> Mesh:
    """A shelf full of goods along x, its middle at x = 0 and its back at z = 0, open to +z."""
    half, deep, rise = long_m / 2.0, 0.42, (high_m - 0.12) / levels
    parts = [
        box((-half, 0.0, 0.0), (half, high_m + 0.04, 0.03), (0.74, 0.75, 0.76)),
        box((-half, 0.0, 0.0), (half, 0.10, deep), (0.32, 0.34, 0.36)),
    ]
    for level in range(levels):
        y = 0.12 + level * rise
        parts += [
            box((-half, y - 0.03, 0.0), (half, y, deep), _STEEL),
            # The strip of prices.
            box((-half, y - 0.045, deep), (half, y + 0.005, deep + 0.012), (0.95, 0.94, 0.90)),
        ]
        parts += _run(rng, half, y, deep, rise)
    return merge(parts)


def _run(rng: np.random.Generator, half: float, y: float, deep: float, rise: float) -> list[Mesh]:
    """One level: each kind of thing several times beside itself."""
    parts: list[Mesh] = []
    at, last = -half + 0.04, -1
    while at < half - 0.2:
        label = (last + 1 + int(rng.integers(len(_LABELS) - 1))) % len(_LABELS)
        last = label
        thing, wide = _thing(rng, _LABELS[label], (0.68 + 0.22 * float(rng.random())) * rise)
        for _ in range(int(rng.integers(3, 7))):
            if at + wide > half - 0.03:
                break
            parts.append(thing.moved((at + wide / 2.0, y, deep - 0.05 - wide / 2.0)))
            at += wide + 0.012
            if rng.random() < 0.04:
                at += wide
        parts.append(box((at, y - 0.04, deep + 0.012), (at + 0.05, y, deep + 0.016), (0.86, 0.16, 0.14)))
        at += 0.03
    return parts


def _thing(rng: np.random.Generator, label: tuple[Color, Color], tall: float) -> tuple[Mesh, float]:
    """A packet, a bottle or a tin, standing at the origin, and its width."""
    paint, second = label
    form = float(rng.random())
    if form < 0.5:
        wide = 0.10 + 0.08 * float(rng.random())
        x = wide / 2.0
        return merge(
            [
                box((-x, 0.0, -x), (x, tall, x), paint),
                box((-0.7 * x, 0.42 * tall, x), (0.7 * x, 0.80 * tall, x + 0.003), second),
            ]
        ), wide
    if form < 0.8:
        r = 0.042
        return merge(
            [
                turned(
                    [(r, 0.0), (r, 0.58 * tall), (0.36 * r, 0.80 * tall), (0.36 * r, tall)], paint, sides=7
                ),
                turned([(r + 0.003, 0.14 * tall), (r + 0.003, 0.46 * tall)], second, sides=7),
                turned([(0.42 * r, 0.93 * tall), (0.42 * r, tall), (0.0, tall)], second, sides=6),
            ]
        ), 2.0 * r
    r, low = 0.055, min(tall, 0.17)
    return merge(
        [
            turned([(r, 0.0), (r, low)], paint, sides=8),
            turned([(r + 0.002, 0.25 * low), (r + 0.002, 0.7 * low)], second, sides=8),
            turned([(r, low), (0.0, low)], _STEEL, sides=8),
        ]
    ), 2.0 * r


def crate_of_fruit(
    rng: np.random.Generator, which: int, *, wide_m: float = 0.6, deep_m: float = 0.42
) -> Mesh:
    """A wooden crate full of one kind of fruit; it lies at the origin and leans towards +z when tilted."""
    x, z = wide_m / 2.0, deep_m / 2.0
    wood: Color = (0.68, 0.52, 0.34)
    tone = _FRUIT[which % len(_FRUIT)]
    parts = [
        soft_box((-x, 0.0, -z), (x, 0.03, z), wood, bevel=0.006),
        soft_box((-x, 0.0, -z), (x, 0.15, -z + 0.02), wood, bevel=0.006),
        soft_box((-x, 0.0, z - 0.02), (x, 0.12, z), wood, bevel=0.006),
        soft_box((-x, 0.0, -z), (-x + 0.02, 0.13, z), wood, bevel=0.006),
        soft_box((x - 0.02, 0.0, -z), (x, 0.13, z), wood, bevel=0.006),
        box(
            (-x + 0.02, 0.02, -z + 0.02),
            (x - 0.02, 0.09, z - 0.02),
            (0.5 * tone[0], 0.5 * tone[1], 0.5 * tone[2]),
        ),
    ]
    step = 0.088
    for i in range(int((wide_m - 0.04) / step)):
        for j in range(int((deep_m - 0.04) / step)):
            glow = 0.86 + 0.22 * float(rng.random())
            at = (-x + 0.065 + step * i, 0.115 + 0.02 * float(rng.random()), -z + 0.065 + step * j)
            color: Color = (min(tone[0] * glow, 1.0), min(tone[1] * glow, 1.0), tone[2] * glow)
            parts.append(ball(at, (0.047, 0.045, 0.047), color, detail=1))
    return merge(parts)
