"""What grows in woods and on banks beside single trees: tall trunks, ferns, reeds, logs, mushrooms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, blob, tube
from kirin_video.engines.previs.trees import leaves

BEECH = (0.40, 0.36, 0.31)
OAK = (0.33, 0.26, 0.20)
BIRCH = (0.82, 0.80, 0.75)

_CLOSE = 0.6


def timber(
    seed: int, *, bark: Color, colors: tuple[Color, Color], detail: float = 1.0, height: float = 14.0
) -> Mesh:
    """A tree of the high forest: a bare trunk on spreading roots, its crown above.

    Args:
        seed: which one.
        bark: colour of the trunk.
        colors: of the leaves, dark and light.
        detail: share of its leaves; below 0.6 the trunk is simpler too.
        height: metres.
    """
    rng = np.random.default_rng(seed)
    close = detail > _CLOSE
    lean = rng.normal(size=2) * 0.022 * height
    share = np.array([-0.03, 0.0, 0.035, 0.12, 0.35, 0.6, 0.85])
    bow = rng.normal(size=2) * 0.012 * height
    path = np.stack(
        [
            lean[0] * share + bow[0] * np.sin(np.pi * share),
            height * share,
            lean[1] * share + bow[1] * np.sin(np.pi * share),
        ],
        1,
    )
    girth = height * 0.019 * rng.uniform(0.85, 1.25)
    radius = girth * np.array([2.1, 1.55, 1.15, 1.0, 0.82, 0.6, 0.2])
    parts = [_barked(rng, tube(path, radius, 11 if close else 6, bark), bark)]
    low = rng.uniform(0.40, 0.5)
    count = 7 if close else 4
    clumps: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for k in range(count):
        level = low + (0.98 - low) * (k + 0.5) / count
        turn = k * 2.4 + rng.uniform(-0.4, 0.4)
        reach = height * 0.16 * (1.15 - 0.9 * max(level - 0.55, 0.0)) * rng.uniform(0.75, 1.2)
        foot = np.array([np.interp(level - 0.09, share, path[:, j]) for j in range(3)])
        at = foot + np.array([np.cos(turn) * reach, height * 0.09, np.sin(turn) * reach])
        parts.append(
            tube(
                np.array([foot, (foot + at) / 2 + [0, 0.15, 0], at]),
                girth * np.array([0.42, 0.3, 0.12]),
                5,
                bark,
            )
        )
        clumps.append((at, height * np.array([0.15, 0.105, 0.15]) * rng.uniform(0.85, 1.2)))
    middle = np.mean([at for at, _ in clumps], 0)
    for at, size in clumps:
        dark = tuple(np.array(colors[0]) * 0.78)
        parts.append(blob(rng, _triple(at), _triple(size * 0.74), dark, level=1))
        amount = int(130 * detail * size[0])
        leaf = 0.22 / max(detail, 0.2) ** 0.4
        parts.append(leaves(rng, at, size, amount, leaf, colors, middle))
    return merge(parts)


def _barked(rng: np.random.Generator, trunk: Mesh, bark: Color) -> Mesh:
    """A trunk with moss at its foot, and the dark marks of birches where it is pale."""
    colors = trunk.colors.copy().astype(np.float64)
    y = trunk.positions[:, 1]
    moss = np.clip(1.0 - y / 1.1, 0.0, 1.0)[:, None] * 0.55
    colors[:, :3] = colors[:, :3] * (1.0 - moss) + np.array([66.0, 82.0, 38.0]) * moss
    marks = 0.35 if bark == BIRCH else 0.18
    colors[:, :3] *= 1.0 - marks * rng.random((len(y), 1))
    return Mesh(trunk.positions, trunk.normals, colors.astype(np.uint8), trunk.glow, trunk.faces)


def fern(seed: int, *, green: Color = (0.30, 0.44, 0.16)) -> Mesh:
    """A fern of about seventy centimetres: arching fronds round a heart."""
    rng = np.random.default_rng(seed)
    count, steps = 9, 5
    t = np.linspace(0.0, 1.0, steps + 1)
    points: list[NDArray[np.float64]] = []
    paint: list[NDArray[np.float64]] = []
    normals: list[NDArray[np.float64]] = []
    sway: list[float] = []
    faces: list[tuple[int, int, int]] = []
    for k in range(count):
        turn = k * 6.283 / count + rng.uniform(-0.25, 0.25)
        length, rise = rng.uniform(0.55, 0.9), rng.uniform(0.55, 0.95)
        way = np.array([np.cos(turn), 0.0, np.sin(turn)])
        side = np.array([-way[2], 0.0, way[0]])
        rib = (length * t)[:, None] * way + (length * (rise * 1.5 * t - 1.25 * rise * t**2))[:, None] * [
            0.0,
            1.0,
            0.0,
        ]
        wide = 0.15 * length * np.sin(np.pi * np.clip(0.10 + 0.9 * t, 0.0, 1.0)) ** 0.7
        shade = rng.uniform(0.8, 1.15)
        for j in range(steps):
            for sign in (-1.0, 1.0):
                base = len(points)
                tip = (rib[j] + rib[j + 1]) / 2 + side * sign * wide[j] * 1.7 + way * 0.05
                points += [rib[j], rib[j + 1], tip]
                normals += [np.array([0.0, 1.0, 0.0]) + side * sign * 0.4 + way * 0.2] * 3
                tone = np.array(green) * shade * (0.75 + 0.4 * t[j])
                paint += [tone * 0.8, tone * 0.85, tone * 1.2]
                sway += [0.1 + 0.3 * t[j], 0.1 + 0.3 * t[j], 0.2 + 0.4 * t[j]]
                faces.append((base, base + 1, base + 2))
    return as_mesh(np.array(points), np.array(normals), np.array(paint), np.array(faces), np.array(sway))


def reeds(seed: int, *, stalks: int = 34) -> Mesh:
    """A stand of reeds of about a metre and a half, some with brown heads."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    for _ in range(stalks):
        x, z = rng.normal(size=2) * 0.42
        tall = rng.uniform(0.8, 1.7)
        bend = rng.normal(size=2) * 0.22
        a = rng.uniform(0.0, 6.28)
        side = np.array([np.cos(a), 0.0, np.sin(a)]) * 0.016
        foot, tip = np.array([x, -0.3, z]), np.array([x + bend[0], tall, z + bend[1]])
        waist = foot * 0.4 + tip * 0.6 - np.array([bend[0], 0.0, bend[1]]) * 0.25
        points = np.array([foot - side, foot + side, waist - side * 0.8, waist + side * 0.8, tip])
        green = np.array([0.40, 0.46, 0.20]) * rng.uniform(0.75, 1.15)
        paint = green * np.array([[0.6], [0.6], [0.95], [0.95], [1.2]])
        faces = np.array([[0, 1, 2], [1, 3, 2], [2, 3, 4]])
        parts.append(
            as_mesh(
                points,
                np.tile([[side[2], 0.5, -side[0]]], (5, 1)),
                paint,
                faces,
                np.array([0, 0, 0.4, 0.4, 1.0]),
            )
        )
        if rng.random() < 0.22:  # noqa: PLR2004 -- the odds of a bulrush
            head = np.array([[0, 0.02, 0], [0, 0.24, 0]]) + tip - [0, 0.16, 0]
            parts.append(tube(head, np.array([0.024, 0.020]), 5, (0.34, 0.21, 0.12), 0.9))
    return merge(parts)


def log(seed: int) -> Mesh:
    """A fallen trunk of about four metres along x, mossy on top."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0.0, 1.0, 8)
    path = np.stack([4.2 * (t - 0.5), 0.16 + 0.05 * np.sin(5.0 * t), 0.10 * np.sin(4.0 * t)], 1)
    trunk = tube(path, 0.27 - 0.08 * t, 12, (0.36, 0.28, 0.21))
    up = np.clip(trunk.normals[:, 1] * 1.3 - 0.2 + 0.3 * rng.random(len(trunk.normals)), 0.0, 1.0)[:, None]
    colors = trunk.colors.astype(np.float64)
    colors[:, :3] = colors[:, :3] * (1.0 - 0.75 * up) + np.array([84.0, 102.0, 44.0]) * 0.75 * up
    ends = [
        blob(rng, (float(x), 0.17, 0.0), (0.05, r, r), (0.62, 0.47, 0.32), level=2, lumps=0.02)
        for x, r in ((-2.09, 0.255), (2.09, 0.175))
    ]
    return merge(
        [Mesh(trunk.positions, trunk.normals, colors.astype(np.uint8), trunk.glow, trunk.faces), *ends]
    )


def mushrooms(seed: int, *, cap: Color = (0.78, 0.20, 0.14)) -> Mesh:
    """A few toadstools, the tallest of some twenty centimetres."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    for _ in range(4):
        x, z = rng.normal(size=2) * 0.16
        tall = rng.uniform(0.08, 0.19)
        foot, top = np.array([x, -0.03, z]), np.array([x, tall, z])
        parts.append(tube(np.array([foot, top]), np.array([0.026, 0.018]), 7, (0.90, 0.86, 0.76)))
        wide = tall * rng.uniform(0.5, 0.7)
        parts.append(blob(rng, _triple(top), (wide, wide * 0.62, wide), cap, level=2, lumps=0.0))
        for _ in range(7):
            way = rng.normal(size=3)
            way[1] = abs(way[1]) + 0.4
            way /= np.linalg.norm(way)
            spot = top + way * np.array([wide, wide * 0.62, wide]) * 0.97
            parts.append(
                blob(rng, _triple(spot), (0.010, 0.007, 0.010), (0.96, 0.94, 0.88), level=0, lumps=0.0)
            )
    return merge(parts)


def _triple(v: NDArray[np.floating]) -> Color:
    return (float(v[0]), float(v[1]), float(v[2]))
