"""Trees and shrubs, each built once per kind and planted many times."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, blob, tube

_FAR = 0.3
"""Trees of less detail than this have fewer clumps."""

_CLOSE = 0.6
"""Trees of more detail than this have smooth cores."""


def leaves(  # noqa: PLR0913, PLR0917 -- shape and look
    rng: np.random.Generator,
    middle: NDArray[np.floating],
    size: NDArray[np.floating],
    count: int,
    leaf_m: float,
    colors: tuple[Color, Color],
    crown_middle: NDArray[np.floating],
) -> Mesh:
    """Diamonds scattered in the outer shell of an ellipsoid, lit as one soft crown."""
    way = rng.normal(size=(count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    depth = 0.72 + 0.36 * rng.random(count) ** 0.6
    at = middle + way * size * depth[:, None]
    t = rng.normal(size=(count, 3))
    t -= way * (t * way).sum(1, keepdims=True) * 0.75
    t /= np.linalg.norm(t, axis=1, keepdims=True)
    u = np.cross(way, t)
    s = leaf_m * (0.7 + 0.6 * rng.random((count, 1)))
    corners = np.stack([at - t * s, at + u * s * 0.55, at + t * s, at - u * s * 0.55], 1).reshape(-1, 3)
    out = at - crown_middle
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    normals = out * 0.7 + way * 0.5 + np.array([0.0, 0.2, 0.0])
    shade = np.clip(0.50 + 0.30 * way[:, 1] + 0.55 * (depth - 0.72), 0.30, 1.05) * rng.uniform(
        0.85, 1.12, count
    )
    mix = rng.random((count, 1))
    paint = (np.array(colors[0]) * (1 - mix) + np.array(colors[1]) * mix) * shade[:, None]
    quad = np.arange(count)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])[None]
    return as_mesh(corners, np.repeat(normals, 4, 0), np.repeat(paint, 4, 0), quad.reshape(-1, 3), 0.32)


def broadleaf(seed: int, *, detail: float = 1.0, colors: tuple[Color, Color] | None = None) -> Mesh:
    """A round-headed tree of about seven metres."""
    rng = np.random.default_rng(seed)
    dark, light = colors or ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
    height = rng.uniform(3.4, 4.4)
    lean = rng.normal(size=2) * 0.25
    top = np.array([lean[0], height, lean[1]])
    bark = (0.34, 0.26, 0.19)
    trunk = np.array([[0, -0.4, 0], [lean[0] * 0.1, 0.5, lean[1] * 0.1], top * 0.6, top])
    parts = [tube(trunk, np.array([0.42, 0.26, 0.19, 0.10]), 8, bark)]
    crown: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = [
        (top + np.array([0.0, 0.9, 0.0]), np.array([1.75, 1.45, 1.75]))
    ]
    count = 6 if detail > _FAR else 3
    for k in range(count):
        turn = k * 2.4 + rng.uniform(-0.3, 0.3)
        reach = rng.uniform(1.1, 1.75)
        at = top + np.array([np.cos(turn) * reach, rng.uniform(-0.5, 0.9), np.sin(turn) * reach])
        parts.append(
            tube(
                np.array([top * 0.62, (top * 0.62 + at) / 2 - [0, 0.1, 0], at]),
                np.array([0.12, 0.08, 0.04]),
                5,
                bark,
            )
        )
        crown.append((at, np.array([1.15, 0.95, 1.15]) * rng.uniform(0.85, 1.2)))
    middle = np.mean([m for m, _ in crown], 0)
    for at, size in crown:
        inner = size * 0.86
        parts.append(
            blob(
                rng,
                _triple(at),
                _triple(inner),
                tuple(np.array(dark) * 0.80),
                level=2 if detail > _CLOSE else 1,
            )
        )
        amount = int(230 * detail * size[0])
        parts.append(leaves(rng, at, size, amount, 0.165 / max(detail, 0.25) ** 0.35, (dark, light), middle))
    return merge(parts)


def acacia(seed: int, *, detail: float = 1.0) -> Mesh:
    """A flat-topped tree of the dry plains."""
    rng = np.random.default_rng(seed)
    height = rng.uniform(3.2, 4.2)
    bark = (0.36, 0.27, 0.20)
    fork = np.array([rng.normal() * 0.25, height * 0.45, rng.normal() * 0.25])
    parts = [tube(np.array([[0, -0.4, 0], fork * 0.5, fork]), np.array([0.26, 0.18, 0.15]), 7, bark)]
    dark, light = (0.30, 0.34, 0.14), (0.50, 0.50, 0.22)
    for k in range(5):
        turn = k * 1.257 + rng.uniform(-0.3, 0.3)
        reach = rng.uniform(1.2, 2.1)
        at = np.array([np.cos(turn) * reach, height + rng.uniform(-0.15, 0.25), np.sin(turn) * reach])
        parts.append(
            tube(np.array([fork, (fork + at) / 2 + [0, -0.25, 0], at]), np.array([0.11, 0.07, 0.03]), 5, bark)
        )
        size = np.array([1.45, 0.34, 1.45]) * rng.uniform(0.85, 1.15)
        parts.append(
            blob(
                rng,
                _triple(at + np.array([0.0, 0.1, 0.0])),
                _triple(size * 0.85),
                tuple(np.array(dark) * 0.8),
                level=2 if detail > _CLOSE else 1,
            )
        )
        parts.append(
            leaves(
                rng,
                at + np.array([0, 0.15, 0]),
                size,
                int(120 * detail),
                0.20,
                (dark, light),
                np.array([0, height - 2.0, 0]),
            )
        )
    return merge(parts)


def pine(seed: int, *, sides: int = 14, tiers: int = 7, far: bool = False) -> Mesh:
    """A spruce of about nine metres in drooping tiers.

    Args:
        seed: which one.
        sides: tips around a tier.
        tiers: how many.
        far: whether it stands so far away that neither its trunk nor a hollow in its tiers shows.
    """
    rng = np.random.default_rng(seed)
    height = rng.uniform(8.0, 10.5)
    parts = [
        tube(np.array([[0, -0.4, 0], [0, height * 0.3, 0]]), np.array([0.24, 0.17]), 6, (0.30, 0.23, 0.18))
    ]
    green = (
        np.array([0.15, 0.245, 0.175]) * rng.uniform(0.85, 1.15)
        + np.array([0.03, 0.02, -0.01]) * rng.random()
    )
    for k in range(tiers):
        share = k / tiers
        base = height * (0.10 + 0.86 * share)
        top = base + height * (0.24 - 0.08 * share)
        radius = (1.0 - share) ** 0.85 * 2.05 * rng.uniform(0.9, 1.1) + 0.18
        paint = green * (0.82 + 0.30 * share)
        parts.append(_skirt(rng, base, min(top, height), radius, sides, paint, hollow=not far))
    return merge(parts[1:] if far else parts)


def _skirt(  # noqa: PLR0913, PLR0917 -- shape and look
    rng: np.random.Generator,
    base: float,
    top: float,
    radius: float,
    sides: int,
    color: NDArray[np.floating],
    *,
    hollow: bool,
) -> Mesh:
    """One tier: a cone, hollow or straight, whose rim is a star of drooping tips."""
    count = sides * 2
    a = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False) + rng.uniform(0, 6.28)
    tip = np.arange(count) % 2 == 0
    r = np.where(tip, radius * rng.uniform(0.88, 1.12, count), radius * 0.66)
    y = np.where(tip, base - 0.16 * radius, base + 0.10 * radius)
    rim = np.stack([np.cos(a) * r, y, np.sin(a) * r], 1)
    mid = np.stack(
        [np.cos(a) * r * 0.45, np.full(count, base + (top - base) * 0.42), np.sin(a) * r * 0.45], 1
    )
    rows = [rim, mid] if hollow else [rim]
    points = np.concatenate([*rows, [[0.0, top, 0.0]]])
    out = np.stack([np.cos(a), np.full(count, 0.55), np.sin(a)], 1)
    normals = np.concatenate([*([out] * len(rows)), [[0.0, 1.0, 0.0]]])
    # Without its dark hollow a tier is darker at the top.
    edge = np.where(tip, 1.18, 0.72)
    shade = np.concatenate([edge, np.full(count, 0.66), [0.9]]) if hollow else np.append(edge, 0.62)
    k = np.arange(count)
    n = (k + 1) % count
    faces = np.stack([k, np.full(count, count), n], 1)
    if hollow:
        faces = np.concatenate(
            [
                np.stack([k, k + count, n], 1),
                np.stack([n, k + count, n + count], 1),
                np.stack([k + count, np.full(count, 2 * count), n + count], 1),
            ]
        )
    sway = np.full(len(points), 0.05)
    sway[:count] = 0.12
    return as_mesh(points, normals, color * shade[:, None], faces, sway)


def palm(seed: int, *, height: float = 7.0) -> Mesh:
    """A coconut palm that leans to +x."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0.0, 1.0, 9)
    lean = rng.uniform(0.22, 0.38) * height
    path = np.stack([lean * t**1.8, height * t - 0.4 * (1 - t), 0.15 * height * rng.normal() * 0.3 * t**2], 1)
    radius = 0.21 - 0.09 * t + 0.16 * np.exp(-t * 9.0)
    parts = [tube(path, radius, 9, (0.47, 0.38, 0.29), 0.10)]
    top = path[-1]
    for _ in range(5):
        at = top + rng.normal(size=3) * [0.16, 0.06, 0.16] - [0, 0.22, 0]
        parts.append(blob(rng, _triple(at), (0.15, 0.17, 0.15), (0.36, 0.27, 0.14), level=1, lumps=0.0))
    count = 15
    for k in range(count):
        turn = k * 2.4 + rng.uniform(-0.2, 0.2)
        rise = 0.95 - 1.25 * (k / count) + rng.uniform(-0.1, 0.1)
        parts.append(_frond(rng, top, turn, rise, rng.uniform(2.6, 3.3) * height / 7.0))
    return merge(parts)


def _frond(
    rng: np.random.Generator, root: NDArray[np.floating], turn: float, rise: float, length: float
) -> Mesh:
    """One feathered leaf that arches out and down."""
    pairs = 22
    t = np.linspace(0.0, 1.0, pairs + 1)
    out = length * (t - 0.10 * t**3)
    drop = length * (np.sin(rise) * t - (0.62 + 0.25 * rng.random()) * t**2.2)
    way = np.array([np.cos(turn), 0.0, np.sin(turn)])
    rib = root + out[:, None] * way * np.cos(rise * 0.6) + drop[:, None] * np.array([0.0, 1.0, 0.0])
    side = np.array([-np.sin(turn), 0.0, np.cos(turn)])
    points: list[NDArray[np.float64]] = []
    paint: list[NDArray[np.float64]] = []
    normals: list[NDArray[np.float64]] = []
    sways: list[float] = []
    faces: list[tuple[int, int, int]] = []
    for k in range(pairs):
        reach = 0.62 * np.sin(np.pi * min(0.10 + 0.92 * t[k], 0.999)) ** 0.55 * length / 3.0
        forward = rib[k + 1] - rib[k]
        for sign in (-1.0, 1.0):
            tip = rib[k] + side * sign * reach + forward * 2.2 - np.array([0, 0.42 * reach, 0])
            base = len(points)
            points += [rib[k], rib[k + 1] + forward * 0.15, tip]
            n = np.array([0.0, 1.0, 0.0]) + side * sign * 0.5
            normals += [n, n, n]
            shade = (0.72 + 0.4 * t[k]) * rng.uniform(0.85, 1.1)
            green = np.array([0.24, 0.40, 0.14]) * shade + np.array([0.12, 0.09, 0.0]) * t[k]
            paint += [green * 0.7, green * 0.75, green * 1.12]
            sways += [0.2 + 0.5 * t[k], 0.2 + 0.5 * t[k], 0.35 + 0.6 * t[k]]
            faces.append((base, base + 1, base + 2))
    return as_mesh(
        np.array(points), np.array(normals), np.array(paint), np.array(faces), np.clip(np.array(sways), 0, 1)
    )


def cactus(seed: int) -> Mesh:
    """A saguaro of about three metres with up to three arms."""
    rng = np.random.default_rng(seed)
    height = rng.uniform(2.4, 3.6)
    parts = [_ribbed(np.array([[0, -0.3, 0], [0, height * 0.5, 0], [0, height, 0]]), 0.24)]
    for _ in range(int(rng.integers(1, 4))):
        turn = rng.uniform(0.0, 6.28)
        way = np.array([np.cos(turn), 0.0, np.sin(turn)])
        start = rng.uniform(0.35, 0.6) * height
        up = rng.uniform(0.5, 1.0)
        elbow = np.array([0, start, 0]) + way * 0.55
        parts.append(
            _ribbed(
                np.array(
                    [
                        [0, start - 0.05, 0],
                        elbow - [0, 0.02, 0],
                        elbow + way * 0.10 + [0, 0.25, 0],
                        elbow + way * 0.10 + [0, up, 0],
                    ]
                ),
                0.15,
            )
        )
    return merge(parts)


def _ribbed(path: NDArray[np.floating], radius: float) -> Mesh:
    """A fluted limb with a round end."""
    t = np.linspace(0.0, 1.0, 14)
    knots = np.linspace(0.0, 1.0, len(path))
    line = np.stack([np.interp(t, knots, path[:, k]) for k in range(3)], 1)
    ends = radius * np.sqrt(np.clip(1.0 - np.clip((t - 0.88) / 0.12, 0, 1) ** 2, 0.0, 1.0)) + 0.005
    limb = tube(line, ends, 20, (0.36, 0.41, 0.27))
    ridge = (np.arange(len(limb.positions)) % 20) % 2 == 0
    colors = limb.colors.copy()
    colors[ridge, :3] = (colors[ridge, :3] * 1.22).astype(np.uint8)
    colors[~ridge, :3] = (colors[~ridge, :3] * 0.62).astype(np.uint8)
    return Mesh(limb.positions, limb.normals, colors, limb.glow, limb.faces)


def bush(seed: int, colors: tuple[Color, Color], *, detail: float = 1.0) -> Mesh:
    """A shrub of about a metre."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    for k in range(4):
        size = np.array([0.55, 0.45, 0.55]) * rng.uniform(0.7, 1.15)
        at = np.array([rng.normal() * 0.4 * (k > 0), size[1] * 0.75, rng.normal() * 0.4 * (k > 0)])
        parts.append(blob(rng, _triple(at), _triple(size * 0.85), tuple(np.array(colors[0]) * 0.75), level=1))
        parts.append(leaves(rng, at, size, int(70 * detail), 0.13, colors, np.array([0.0, 0.1, 0.0])))
    return merge(parts)


def _triple(v: NDArray[np.floating]) -> Color:
    return (float(v[0]), float(v[1]), float(v[2]))
