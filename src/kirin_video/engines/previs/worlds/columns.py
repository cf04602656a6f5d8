"""Ancient stone: columns whole and broken, the front of a temple, an arch."""

# ruff: noqa: PLR2004 - ruins are made of measures
from __future__ import annotations

from itertools import pairwise

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.solids import Rgb, shaded
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import as_mesh

MARBLE: Rgb = (0.80, 0.73, 0.61)


def column(rng: np.random.Generator, tall: float, radius: float = 0.62, *, capital: bool) -> Mesh:
    """A fluted column on its base, broken off where it has no capital."""
    around, rows = 32, 9
    turn = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False)
    flute = 1.0 - 0.07 * (0.5 + 0.5 * np.cos(16.0 * turn))
    up = np.linspace(0.35, tall, rows)
    slim = radius * (1.0 - 0.16 * (up / max(tall, 6.5)) ** 1.5)
    points = np.stack(
        [
            np.stack([np.cos(turn) * r * flute, np.full(around, y), np.sin(turn) * r * flute], 1)
            for y, r in zip(up, slim, strict=True)
        ]
    )
    if not capital:
        jag = 0.35 * np.sin(2.0 * turn + rng.uniform(0.0, 6.0)) + 0.2 * np.sin(
            5.0 * turn + rng.uniform(0.0, 6.0)
        )
        points[-1, :, 1] += jag
        points[-2, :, 1] += 0.4 * jag
    top = np.concatenate([points, points[-1:].mean(1, keepdims=True) + np.zeros((1, around, 1))])
    at = np.arange((rows + 1) * around).reshape(rows + 1, around)
    nxt = np.roll(at, -1, 1)
    faces = np.concatenate(
        [
            np.stack([at[:-1], at[1:], nxt[:-1]], -1).reshape(-1, 3),
            np.stack([nxt[:-1], at[1:], nxt[1:]], -1).reshape(-1, 3),
        ]
    )
    flat = top.reshape(-1, 3)
    normals = np.stack(
        [flat[:, 0], np.where(np.arange(len(flat)) >= (rows - 1) * around, 0.9, 0.0), flat[:, 2]], 1
    )
    tone = 0.86 + 0.14 * np.tile(flute > 0.965, rows + 1) + 0.06 * np.sin(3.1 * flat[:, 1])
    clay = Clay()
    clay.add(as_mesh(flat, normals, np.array(MARBLE) * tone[:, None], faces))
    wide = radius * 1.35
    clay.soft_box((-wide, -0.4, -wide), (wide, 0.2, wide), shaded(MARBLE, 0.9), bevel=0.06)
    clay.soft_box((-wide * 0.9, 0.15, -wide * 0.9), (wide * 0.9, 0.42, wide * 0.9), MARBLE, bevel=0.12)
    if capital:
        clay.soft_box((-0.72, tall - 0.1, -0.72), (0.72, tall + 0.25, 0.72), MARBLE, bevel=0.18)
        clay.soft_box(
            (-0.86, tall + 0.22, -0.86), (0.86, tall + 0.52, 0.86), shaded(MARBLE, 1.05), bevel=0.05
        )
    return clay.mesh()


def lying(rng: np.random.Generator) -> Mesh:
    """A fallen drum of a column."""
    drum = column(rng, 2.4, capital=False)
    turn = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], np.float32)
    return Mesh(
        (drum.positions @ turn + np.array([1.2, 0.42, 0.0], np.float32)).astype(np.float32),
        (drum.normals @ turn).astype(np.float32),
        drum.colors,
        drum.glow,
        drum.faces,
    )


def temple(rng: np.random.Generator) -> Mesh:
    """The front of a temple on its steps: six columns, some beams, half of its gable."""
    clay = Clay()
    for k in range(4):
        out = 0.9 * (3 - k)
        clay.soft_box(
            (-9.6 - out, -1.6, -9.0),
            (9.6 + out, -0.3 + 0.45 * k, 2.2 + out),
            shaded(MARBLE, 0.9 + 0.04 * k),
            bevel=0.06,
        )
    floor = 1.05
    spots = np.linspace(-8.2, 8.2, 6).tolist()
    for k, x in enumerate(spots):
        whole = k != 4
        clay.add(column(rng, 8.2 if whole else 4.6, 0.72, capital=whole).moved((x, floor, 1.0)))
        if k in {0, 1, 5}:
            clay.add(column(rng, (8.2, 5.4, 3.0)[k % 3], 0.72, capital=k == 0).moved((x, floor, -6.5)))
    top = floor + 8.7
    clay.soft_box((spots[0] - 1.0, top, 0.1), (spots[3] + 1.0, top + 1.1, 1.9), MARBLE, bevel=0.06)
    clay.soft_box(
        (spots[0] - 1.2, top + 1.1, -0.1), (spots[3] + 0.4, top + 1.5, 2.1), shaded(MARBLE, 1.05), bevel=0.06
    )
    low, high = top + 1.5, top + 4.3
    corners = [
        (spots[0] - 1.2, low),
        (spots[3] - 0.2, low),
        (spots[3] - 0.6, low + 1.6),
        (spots[2] + 1.1, low + 1.9),
        (spots[2] + 0.9, high - 0.25),
    ]
    for z, order in ((1.7, 1), (0.3, -1)):
        ring = [(x, y, z) for x, y in corners][::order]
        for a, b in pairwise(ring[1:]):
            clay.quad((ring[0], a, b, b), shaded(MARBLE, 0.93))
    for (x0, y0), (x1, y1) in zip(corners[1:], [*corners[2:], corners[0]], strict=True):
        clay.quad(((x0, y0, 1.7), (x0, y0, 0.3), (x1, y1, 0.3), (x1, y1, 1.7)), shaded(MARBLE, 1.02))
    return clay.mesh()


def arch() -> Mesh:
    """A round arch on two piers."""
    clay = Clay()
    for s in (-1.0, 1.0):
        a, b = sorted((s * 1.7, s * 3.1))
        clay.soft_box((a, -0.5, -0.8), (b, 4.0, 0.8), shaded(MARBLE, 0.95), bevel=0.08)
        clay.soft_box((a - 0.15, 3.8, -0.95), (b + 0.15, 4.2, 0.95), shaded(MARBLE, 1.05), bevel=0.06)
    for k in range(9):
        t0, t1 = np.pi * k / 9.0, np.pi * (k + 0.97) / 9.0
        inner, outer = 1.7, 3.0
        ring = [
            (r * float(np.cos(t)), 4.2 + r * float(np.sin(t)))
            for r, t in ((inner, t0), (outer, t0), (outer, t1), (inner, t1))
        ]
        tone = shaded(MARBLE, 0.92 + 0.1 * (k % 2))
        clay.quad(tuple((x, y, 0.7) for x, y in ring), tone)  # pyright: ignore[reportArgumentType]
        clay.quad(tuple((x, y, -0.7) for x, y in ring[::-1]), tone)  # pyright: ignore[reportArgumentType]
        (ax, ay), (bx, by) = ring[1], ring[2]
        clay.quad(((ax, ay, 0.7), (ax, ay, -0.7), (bx, by, -0.7), (bx, by, 0.7)), tone)
        (ax, ay), (bx, by) = ring[3], ring[0]
        clay.quad(((ax, ay, 0.7), (ax, ay, -0.7), (bx, by, -0.7), (bx, by, 0.7)), shaded(tone, 0.7))
    return clay.mesh()
