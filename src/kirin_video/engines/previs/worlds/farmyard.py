"""What stands on a farm: a barn, a silo, bales and stacks of straw."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.solids import rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh

_RED: Color = (0.60, 0.17, 0.13)
_WHITE: Color = (0.88, 0.85, 0.80)
_STRAW: Color = (0.82, 0.66, 0.30)


def barn() -> Mesh:
    """A red barn with a gambrel roof, white trim and a great door; its front faces +z."""
    w, d, eaves, knee, ridge = 5.2, 7.5, 4.6, 6.9, 8.3
    parts = [
        soft_box((-w, 0.0, -2.0 * d), (w, eaves, 0.0), _RED, bevel=0.03),
        soft_box((-w - 0.05, 0.0, -2.0 * d - 0.05), (w + 0.05, 0.5, 0.05), (0.50, 0.47, 0.43), bevel=0.03),
    ]
    outline = np.array([[-w, eaves], [w, eaves], [0.62 * w, knee], [0.0, ridge], [-0.62 * w, knee]])
    faces = np.array([[0, 1, 2], [0, 2, 3], [0, 3, 4]])
    for z, turn in ((0.0, 1.0), (-2.0 * d, -1.0)):
        points = np.column_stack([outline, np.full(5, z)])
        parts.append(
            as_mesh(points, np.tile([0.0, 0.0, turn], (5, 1)), _RED, faces if turn > 0.0 else faces[:, ::-1])
        )
    over = 0.35
    slopes = (
        ((-w - over, eaves - 0.35), (-0.62 * w, knee)),
        ((-0.62 * w, knee), (0.0, ridge)),
        ((0.0, ridge), (0.62 * w, knee)),
        ((0.62 * w, knee), (w + over, eaves - 0.35)),
    )
    for (x0, y0), (x1, y1) in slopes:
        normal = np.array([-(y1 - y0), x1 - x0, 0.0])
        corners = np.array(
            [[x0, y0, over], [x1, y1, over], [x1, y1, -2.0 * d - over], [x0, y0, -2.0 * d - over]]
        ) + 0.10 * normal / np.linalg.norm(normal)
        both = np.array([[0, 1, 2], [0, 2, 3], [2, 1, 0], [3, 2, 0]])
        parts.append(as_mesh(corners, np.tile(normal, (4, 1)), (0.36, 0.34, 0.35), both))
        parts.append(rod((x0, y0 + 0.02, 0.2), (x1, y1 + 0.02, 0.2), 0.13, _WHITE))
    parts += [
        soft_box((x, 0.5, 0.0), (x + 0.04, eaves, 0.02), (0.46, 0.12, 0.10), bevel=0.005)
        for x in np.arange(-w + 0.35, w, 0.45).tolist()
    ]
    parts += _doors(w)
    return merge(parts)


def _doors(w: float) -> list[Mesh]:
    """The great door with its white cross, the hatch above it, corner boards."""
    parts = [
        soft_box((-1.9, 0.0, 0.02), (1.9, 3.5, 0.10), (0.48, 0.13, 0.11), bevel=0.02),
        soft_box((-0.75, 4.9, 0.0), (0.75, 6.5, 0.08), (0.20, 0.16, 0.14), bevel=0.02),
    ]
    frame = (
        (-2.0, 0.0, -1.8, 3.6),
        (1.8, 0.0, 2.0, 3.6),
        (-0.1, 0.0, 0.1, 3.6),
        (-2.0, 3.45, 2.0, 3.65),
        (-0.85, 4.8, -0.7, 6.6),
        (0.7, 4.8, 0.85, 6.6),
        (-0.85, 6.45, 0.85, 6.6),
        (-0.85, 4.8, 0.85, 4.95),
        (-w, 0.0, -w + 0.2, 4.6),
        (w - 0.2, 0.0, w, 4.6),
    )
    parts += [soft_box((x0, y0, 0.04), (x1, y1, 0.16), _WHITE, bevel=0.015) for x0, y0, x1, y1 in frame]
    for a, b in (
        ((-1.8, 0.1), (-0.1, 3.4)),
        ((-0.1, 0.1), (-1.8, 3.4)),
        ((0.1, 0.1), (1.8, 3.4)),
        ((1.8, 0.1), (0.1, 3.4)),
    ):
        parts.append(rod((a[0], a[1], 0.12), (b[0], b[1], 0.12), 0.07, _WHITE))
    return parts


def silo() -> Mesh:
    """A round tower of pale metal with hoops and a domed cap, some eleven metres high."""
    cap = [(1.9 * math.cos(a), 9.6 + 1.7 * math.sin(a)) for a in np.linspace(0.0, 1.5, 7).tolist()]
    parts = [turned([(1.9, 0.0), (1.9, 9.6), *cap, (0.0, 11.3)], (0.70, 0.71, 0.72), sides=20)]
    parts += [
        turned([(1.9, y), (1.95, y + 0.05), (1.9, y + 0.10)], (0.50, 0.51, 0.53), sides=20)
        for y in np.arange(0.8, 9.6, 1.1).tolist()
    ]
    return merge(parts)


def bale() -> Mesh:
    """A round bale of straw that lies on its side."""
    a = np.linspace(0.0, 2.0 * np.pi, 21)[:-1]
    rings = [(-0.62, 0.70), (-0.58, 0.74), (0.58, 0.74), (0.62, 0.70)]
    points = np.concatenate(
        [np.stack([np.full(20, x), 0.72 + r * np.cos(a), r * np.sin(a)], 1) for x, r in rings]
    )
    normals = np.concatenate(
        [np.stack([np.full(20, s), np.cos(a), np.sin(a)], 1) for s in (-0.6, 0.0, 0.0, 0.6)]
    )
    i, j = np.arange(20), (np.arange(20) + 1) % 20
    sides = [
        np.concatenate(
            [
                np.stack([k * 20 + i, k * 20 + j, k * 20 + 20 + i], 1),
                np.stack([k * 20 + j, k * 20 + 20 + j, k * 20 + 20 + i], 1),
            ]
        )
        for k in range(3)
    ]
    both = np.concatenate(sides)
    hull = as_mesh(
        points,
        normals,
        np.array(_STRAW) * np.random.default_rng(2).uniform(0.88, 1.1, (80, 1)),
        np.concatenate([both, both[:, ::-1]]),
    )
    ends: list[Mesh] = [hull]
    for x, way in ((-0.62, -1.0), (0.62, 1.0)):
        for k, r in enumerate((0.70, 0.5, 0.3)):
            disc = np.concatenate(
                [
                    np.stack(
                        [np.full(20, x + way * 0.004 * k), 0.72 + r * np.cos(a[:20]), r * np.sin(a[:20])], 1
                    ),
                    [[x + way * 0.004 * k, 0.72, 0.0]],
                ]
            )
            fan = np.stack([i, j, np.full(20, 20)], 1)
            tone: Color = (0.88, 0.74, 0.40) if k % 2 == 0 else (0.72, 0.56, 0.26)
            ends.append(
                as_mesh(disc, np.tile([way, 0.0, 0.0], (21, 1)), tone, np.concatenate([fan, fan[:, ::-1]]))
            )
    return merge(ends)


def haystack(rng: np.random.Generator) -> Mesh:
    """A stack of hay as high as two men, shaggy, round its pole."""
    profile = [(1.75, 0.0), (1.9, 0.6), (1.75, 1.3), (1.35, 2.1), (0.8, 2.8), (0.25, 3.25), (0.0, 3.35)]
    heap = turned(profile, (0.78, 0.62, 0.28), sides=22)
    rough = heap.positions * (1.0 + 0.05 * rng.normal(size=(len(heap.positions), 1))).astype(np.float32)
    tone = np.clip(heap.colors[:, :3] * rng.uniform(0.82, 1.12, (len(heap.colors), 1)), 0, 255).astype(
        np.uint8
    )
    colors = np.concatenate([tone, heap.colors[:, 3:]], 1)
    shaggy = Mesh(rough.astype(np.float32), heap.normals, colors, heap.glow, heap.faces)
    return merge([shaggy, rod((0.0, 3.0, 0.0), (0.05, 3.9, 0.0), 0.05, (0.42, 0.32, 0.22))])
