"""Grass, reeds and flowers: blades as dense in the picture near by as far away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, Noise
from kirin_video.engines.previs.shapes import Color, as_mesh
from kirin_video.engines.previs.terrain import Height, Paint, normals_at

_WIDE_SPREAD_RAD = 1.5
"""Half the angle that grows where the camera may turn aside."""


@dataclass(frozen=True, slots=True)
class Sward:
    """How a meadow grows.

    Attributes:
        blades: how many in all.
        height_m: of a grown blade.
        reach_m: nearest and farthest distance from the camera's first place.
        spread_rad: half the angle in front of it.
        fine_to_m: up to this distance blades are bent, beyond they are single triangles.
        lowest_m: nothing grows below this height.
        tip: colour that tips tend to.
        bare: noise level below which nothing grows; -1 grows everywhere.
        steepest: nothing grows where the ground is steeper than this.
    """

    blades: int = 46_000
    height_m: float = 0.42
    reach_m: tuple[float, float] = (1.1, 70.0)
    spread_rad: float = 1.15
    fine_to_m: float = 11.0
    lowest_m: float = -1e9
    tip: Color = (0.50, 0.58, 0.22)
    bare: float = -1.0
    steepest: float = 0.35


def scatter(
    rng: np.random.Generator,
    eye: tuple[float, float, float],
    count: int,
    reach: tuple[float, float],
    spread: float,
) -> tuple[Field, Field, Field]:
    """Places in front of the eye whose density on the picture hardly falls: x, z and distance."""
    # Between uniform over the ground (r**2) and uniform over the picture's rows (1 / r).
    low, high = reach[0] ** -0.35, reach[1] ** -0.35
    r = (low + (high - low) * rng.random(count)) ** (1.0 / -0.35)
    turn = rng.uniform(-spread, spread, count)
    x = eye[0] + np.sin(turn) * r
    z = eye[2] - np.cos(turn) * r
    return x.astype(np.float32), z.astype(np.float32), r.astype(np.float32)


def grow(  # noqa: PLR0913 -- where, which and how many are independent
    seed: int,
    sward: Sward,
    eye: tuple[float, float, float],
    height: Height,
    paint: Paint,
    *,
    roam_m: float = 0.0,
    bare: Height | None = None,
) -> Mesh:
    """A meadow of blades in tufts, coloured as the ground they stand on.

    Args:
        seed: what makes this one different.
        sward: how it grows.
        eye: where the camera stands first.
        height: the ground.
        paint: its colour.
        roam_m: how far to both sides the camera goes; grass grows along its whole way.
        bare: nothing grows where it is above 0: paths, floors.
    """
    rng = np.random.default_rng(seed)
    noise = Noise(seed + 5)
    per_tuft = 7
    tufts = round(sward.blades * min(1.0 + roam_m / 20.0, 1.7)) // per_tuft
    x, z, r = scatter(rng, eye, tufts, sward.reach_m, _WIDE_SPREAD_RAD if roam_m > 0.0 else sward.spread_rad)
    if roam_m > 0.0:
        x = (x + rng.uniform(-roam_m, roam_m, len(x))).astype(np.float32)
    loose = 0.05 + 0.022 * r
    x = np.repeat(x, per_tuft) + (rng.normal(size=len(x) * per_tuft) * np.repeat(loose, per_tuft)).astype(
        np.float32
    )
    z = np.repeat(z, per_tuft) + (rng.normal(size=len(z) * per_tuft) * np.repeat(loose, per_tuft)).astype(
        np.float32
    )
    # From the nearest place of the camera.
    aside = np.maximum(np.abs(x - eye[0]) - roam_m, 0.0)
    r = np.hypot(aside, z - eye[2]).astype(np.float32)
    y = height(x, z)
    normals = normals_at(height, x, z)
    lush = noise.fbm(x * 0.09, z * 0.09, 3)
    keep = (
        (y > sward.lowest_m)
        & (lush > sward.bare)
        & (1.0 - normals[:, 1] < sward.steepest)
        & (r > sward.reach_m[0] * 0.8)
    )
    if bare is not None:
        keep &= bare(x, z) <= 0.0
    x, z, y, r, lush, normals = x[keep], z[keep], y[keep], r[keep], lush[keep], normals[keep]
    ground = paint(x, z, y, 1.0 - normals[:, 1])[:, :3]
    tall = sward.height_m * (0.55 + 0.75 * rng.random(len(x))) * (0.95 + 0.7 * lush)
    tall *= 1.0 - 0.35 * np.clip(r / sward.reach_m[1], 0.0, 1.0)
    width = (0.0055 + 0.00125 * r) * (0.75 + 0.5 * rng.random(len(x)))
    order = np.argsort(r)
    near = order[r[order] <= sward.fine_to_m]
    far = order[r[order] > sward.fine_to_m]
    fields = (x, y, z, tall, width, ground, normals)
    tip = np.array(sward.tip, np.float32)
    return merge([_blades(rng, near, fields, tip, fine=True), _blades(rng, far, fields, tip, fine=False)])


def _blades(
    rng: np.random.Generator,
    pick: NDArray[np.int64],
    fields: tuple[Field, Field, Field, Field, Field, Field, Field],
    tip: Field,
    *,
    fine: bool,
) -> Mesh:
    """Blades as bent strips of three triangles, or as single ones."""
    x, y, z, tall, width, ground, normals = (f[pick] for f in fields)
    n = len(x)
    a, b = rng.uniform(0.0, 6.28, n), rng.normal(0.6, 0.9, n)
    lean = tall * (0.15 + 0.45 * rng.random(n))
    side = np.stack([np.cos(a) * width, np.zeros(n), np.sin(a) * width], 1)
    bow = np.stack([np.cos(b) * lean, np.zeros(n), np.sin(b) * lean], 1)
    up = np.zeros((n, 3))
    up[:, 1] = tall
    base = np.stack([x, y - 0.02, z], 1)
    dry = (rng.random(n) ** 3)[:, None]
    hue = ground * rng.uniform(0.90, 1.14, (n, 1))
    end = hue * 0.55 + tip * 0.50 * (1.0 - dry) + np.array([0.72, 0.62, 0.34]) * 0.50 * dry
    if fine:
        rows = [(0.0, -1.0), (0.0, 1.0), (0.55, -0.7), (0.55, 0.7), (1.0, 0.0)]
        faces = np.array([[0, 1, 2], [1, 3, 2], [2, 3, 4]])
    else:
        rows = [(0.0, -1.25), (0.0, 1.25), (1.0, 0.0)]
        faces = np.array([[0, 1, 2]])
    points = np.stack([base + side * s + up * t + bow * t * t for t, s in rows], 1).reshape(-1, 3)
    paint = np.stack([hue * (0.80 + 0.18 * t) * (1 - t) + end * t for t, _ in rows], 1).reshape(-1, 3)
    lit = normals * 0.85 + side / width[:, None] * 0.18
    sway = np.tile(np.array([t**1.5 for t, _ in rows]), n) * np.repeat(
        np.clip(tall / 0.6, 0.0, 1.0), len(rows)
    )
    index = np.arange(n)[:, None, None] * len(rows) + faces[None]
    return as_mesh(points, np.repeat(lit, len(rows), 0), paint, index.reshape(-1, 3), sway)


@dataclass(frozen=True, slots=True)
class Bloom:
    """One kind of flower.

    Attributes:
        petal: colour of the petals.
        heart: colour of the middle.
        size_m: radius.
        petals: how many.
        cup: 0 lies flat, 1 closes upwards.
    """

    petal: Color
    heart: Color
    size_m: float
    petals: int
    cup: float


POPPY = Bloom((0.86, 0.20, 0.13), (0.14, 0.10, 0.12), 0.052, 5, 0.55)
DAISY = Bloom((0.95, 0.94, 0.90), (0.95, 0.74, 0.18), 0.034, 8, 0.10)
BUTTERCUP = Bloom((0.97, 0.80, 0.16), (0.86, 0.60, 0.12), 0.027, 5, 0.45)
CORNFLOWER = Bloom((0.36, 0.42, 0.86), (0.24, 0.20, 0.55), 0.034, 7, 0.25)
LUPIN = Bloom((0.66, 0.44, 0.78), (0.50, 0.32, 0.64), 0.032, 6, 0.2)


def flowers(  # noqa: PLR0913 -- where, which and how many are independent
    seed: int,
    kinds: tuple[Bloom, ...],
    count: int,
    eye: tuple[float, float, float],
    height: Height,
    *,
    reach: tuple[float, float] = (2.2, 34.0),
    spread: float = 0.95,
    stem_m: float = 0.40,
) -> Mesh:
    """Flowers in drifts of one kind, on stems that sway with the grass."""
    rng = np.random.default_rng(seed)
    noise = Noise(seed + 9)
    x, z, r = scatter(rng, eye, count * 3, reach, spread)
    drift = noise.fbm(x * 0.11, z * 0.11, 2)
    # The best places of three times as many: drifts, yet as many flowers for every seed.
    keep = np.sort(np.argsort(-(drift + 0.35 * rng.random(len(x))), kind="stable")[:count])
    x, z, r = x[keep], z[keep], r[keep]
    kind = np.floor(
        (noise.at(x * 0.05 + 40.0, z * 0.05) * 1.4 + 0.5 + 0.22 * rng.normal(size=len(x))) * len(kinds)
    )
    kind = np.clip(kind, 0, len(kinds) - 1).astype(int)
    y = height(x, z)
    meshes: list[Mesh] = []
    for k, bloom in enumerate(kinds):
        mine = kind == k
        if mine.any():
            meshes.append(_heads(rng, bloom, x[mine], y[mine], z[mine], r[mine], stem_m))
    return merge(meshes)


def _heads(  # noqa: PLR0913, PLR0917 -- five parallel fields
    rng: np.random.Generator, bloom: Bloom, x: Field, y: Field, z: Field, r: Field, stem_m: float
) -> Mesh:
    """Stems and heads of one kind."""
    n, m = len(x), bloom.petals
    stem = stem_m * rng.uniform(0.75, 1.25, n)
    # A flower smaller than a pixel only flickers.
    size = np.maximum(bloom.size_m, 0.0021 * r) * rng.uniform(0.8, 1.2, n)
    foot = np.stack([x, y, z], 1)
    head = foot + np.stack([rng.normal(size=n) * 0.05, stem, rng.normal(size=n) * 0.05], 1)
    tilt = np.stack([rng.normal(0, 0.35, n), np.ones(n), rng.normal(0.35, 0.35, n)], 1)
    tilt /= np.linalg.norm(tilt, axis=1, keepdims=True)
    u = np.cross(tilt, (0.3, 0.1, 0.9))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    v = np.cross(tilt, u)
    a = np.arange(2 * m) * np.pi / m
    ring = np.where(np.arange(2 * m) % 2 == 0, 1.0, 0.80)
    rim = (np.cos(a)[None, :, None] * u[:, None] + np.sin(a)[None, :, None] * v[:, None]) * ring[
        None, :, None
    ]
    rim = (rim + tilt[:, None] * bloom.cup * ring[None, :, None] ** 2) * size[:, None, None] + head[:, None]
    points = np.concatenate([rim, head[:, None] + tilt[:, None] * size[:, None, None] * 0.06], 1)
    width = np.maximum(0.004, 0.0009 * r)
    stems = np.stack([foot - [1, 0, 0] * width[:, None], foot + [1, 0, 0] * width[:, None], head], 1)
    count = 2 * m + 1
    k = np.arange(2 * m)
    fan = np.stack([k, (k + 1) % (2 * m), np.full(2 * m, 2 * m)], 1)
    faces = (np.arange(n)[:, None, None] * count + fan[None]).reshape(-1, 3)
    shade = np.where(np.arange(2 * m) % 2 == 0, 1.0, 0.74)[None, :, None] * rng.uniform(0.88, 1.05, (n, 1, 1))
    paint = np.concatenate([np.array(bloom.petal) * shade, np.tile(np.array(bloom.heart), (n, 1, 1))], 1)
    sway = np.clip(stem / 0.6, 0.0, 1.0)
    heads = as_mesh(
        points.reshape(-1, 3),
        np.repeat(tilt + np.array([0.0, 0.4, 0.0]), count, 0),
        paint.reshape(-1, 3),
        faces,
        np.repeat(sway, count),
    )
    blades = as_mesh(
        stems.reshape(-1, 3), np.tile([[0.0, 1.0, 0.2]], (3 * n, 1)), (0.30, 0.42, 0.16),
        np.arange(3 * n).reshape(-1, 3), np.stack([sway * 0, sway * 0, sway], 1).reshape(-1),
    )  # fmt: skip
    return merge([heads, blades])
