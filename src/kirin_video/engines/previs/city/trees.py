"""Street trees of clay: a trunk and a crown of balls, light at the top, dark inside."""

# ruff: noqa: PLR2004, PLR0913, PLR0917 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.palette import BARK, LEAF, tinted
from kirin_video.engines.previs.city.solids import Rgb, as_bytes, icosphere, rod
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Season

_GOLDEN = np.pi * (3.0 - 5.0**0.5)


_AUTUMN: tuple[Rgb, ...] = ((0.66, 0.36, 0.12), (0.74, 0.52, 0.16), (0.56, 0.22, 0.12), (0.60, 0.44, 0.16))
_BLOSSOM: tuple[Rgb, ...] = ((0.78, 0.52, 0.58), (0.80, 0.66, 0.68))
_BARE: tuple[Rgb, ...] = ((0.40, 0.34, 0.26), (0.36, 0.31, 0.26))


def street_tree(rng: np.random.Generator, *, detail: int, season: Season | None = None) -> Mesh:
    """A round-headed tree about seven metres high; its leaves sway, and turn with the season."""
    trunk_m = float(rng.uniform(2.5, 3.0))
    radius = float(rng.uniform(1.55, 1.95))
    leaf = tinted(rng, LEAF, 0.16)
    tones = (
        {Season.AUTUMN: _AUTUMN, Season.SPRING: _BLOSSOM, Season.WINTER: _BARE}.get(season)
        if season
        else None
    )
    if tones is not None:
        leaf = tinted(rng, tones[int(rng.integers(len(tones)))], 0.10)
    fork = (0.06, trunk_m * 0.86, 0.03)
    wood = [rod((0.0, -0.1, 0.0), fork, 0.13, BARK, sides=7 if detail == 2 else 5)]
    if detail == 2:
        for k in range(3):
            a = 2.1 * k + float(rng.uniform(0.0, 0.6))
            tip = (0.8 * float(np.cos(a)), trunk_m + 0.9, 0.8 * float(np.sin(a)))
            wood.append(rod(fork, tip, 0.07, BARK, sides=5))
    crown = _crown(rng, (0.0, trunk_m + radius * 0.85, 0.0), radius, leaf, 44 if detail == 2 else 10, detail)
    return merge([*wood, crown])


def _crown(
    rng: np.random.Generator,
    centre: tuple[float, float, float],
    radius: float,
    leaf: Rgb,
    lumps: int,
    detail: int,
) -> Mesh:
    """Balls spread over a sphere by the golden angle, with everything hidden inside them left out."""
    index = np.arange(lumps) + 0.5
    height = 1.0 - 1.75 * index / lumps
    angle = index * _GOLDEN + float(rng.uniform(0.0, 6.0))
    flat = np.sqrt(np.maximum(0.0, 1.0 - height**2))
    away = np.stack([np.cos(angle) * flat, height * 0.95, np.sin(angle) * flat], axis=1)
    away *= radius * rng.uniform(0.60, 0.86, (lumps, 1))
    sizes = radius * rng.uniform(0.21, 0.38, lumps) * (1.25 if lumps < 12 else 1.0)
    away = np.concatenate([np.zeros((1, 3)), away])
    sizes = np.concatenate([[radius * 0.74], sizes])
    points, faces = icosphere(1 if detail else 0)
    spots = away[:, None, :] + points[None] * sizes[:, None, None]
    kept = _visible(spots[:, faces].mean(axis=2), away, sizes)
    tones = rng.uniform(0.86, 1.14, len(sizes))
    # Light gathers on what is high and far out; the crown's inside and underside are deep green.
    reach = np.linalg.norm(spots, axis=2) / radius
    lift = spots[:, :, 1] / radius
    shade = np.clip(0.52 + 0.5 * (reach - 0.45) + 0.24 * lift, 0.42, 1.2) * tones[:, None]
    colors = np.zeros((*shade.shape, 4), np.uint8)
    colors[..., :3] = as_bytes((shade[..., None] * np.array(leaf)).astype(np.float32))
    colors[..., 3] = np.clip(60.0 + 70.0 * reach, 0, 255).astype(np.uint8)
    starts = (np.arange(len(sizes)) * len(points))[:, None, None]
    positions = (spots + np.array(centre)).reshape(-1, 3).astype(np.float32)
    # Half the ball's own roundness, half the crown's: lumpy, yet one soft mass.
    normals = 0.55 * points[None] + 0.45 * spots / (np.linalg.norm(spots, axis=2, keepdims=True) + 1e-6)
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    return Mesh(
        positions,
        normals.reshape(-1, 3).astype(np.float32),
        colors.reshape(-1, 4),
        np.zeros(len(positions), np.uint8),
        (faces[None] + starts)[kept].astype(np.uint32),
    )


def _visible(middles: np.ndarray, centres: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Which triangles, (balls, faces), have their middle outside every other ball."""
    distance = np.linalg.norm(middles[:, :, None, :] - centres[None, None], axis=3)
    inside = distance < sizes * 0.93
    own = np.eye(len(sizes), dtype=bool)[:, None, :]
    return ~(inside & ~own).any(axis=2)
