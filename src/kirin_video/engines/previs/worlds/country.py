"""What all country has in common: what it is, its colours, turf, and fields of many crops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.terrain import Height, Paint
from kirin_video.engines.previs.worlds.site import Site

Off = Callable[[Field, Field], Field]
"""How far places lie from a way, positive towards its far side."""


@dataclass(frozen=True, slots=True)
class Country:
    """A stretch of country before anything is built in it.

    Attributes:
        land: its height; about 0 where the way passes the viewer.
        paint: its colours.
        level_m: how high the way lies there.
        sea_m: the level of the sea beside it; None where there is none.
    """

    land: Height
    paint: Paint
    level_m: float = 0.0
    sea_m: float | None = None


def rgb(r: float, g: float, b: float, rough: float = 0.9) -> Field:
    """A colour of ground, and how rough it looks."""
    return np.array([r, g, b, rough], np.float32)


TURF = rgb(0.27, 0.39, 0.15), rgb(0.40, 0.47, 0.20)
WOODS = rgb(0.17, 0.27, 0.13, 1.0)
CROPS = (
    rgb(0.72, 0.60, 0.28),
    rgb(0.36, 0.47, 0.18),
    rgb(0.52, 0.55, 0.25),
    rgb(0.44, 0.33, 0.22),
    rgb(0.30, 0.43, 0.17),
    rgb(0.80, 0.72, 0.22),
)
STONE = rgb(0.43, 0.41, 0.40), rgb(0.57, 0.53, 0.49)
SNOW = rgb(0.93, 0.95, 0.98, 0.2)
SAND = rgb(0.80, 0.62, 0.44), rgb(0.72, 0.47, 0.32)
MESA = rgb(0.60, 0.35, 0.23, 0.7), rgb(0.73, 0.49, 0.33, 0.7)
BEACH = rgb(0.82, 0.73, 0.56, 0.8)


def turf_of(site: Site) -> Paint:
    """Grass in two greens, bare where it is steep."""
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        patch = smoothstep(-0.3, 0.4, noise.fbm(x / 13.0, z / 13.0, 4))
        color = blend(TURF[0], TURF[1], patch)
        return blend(color, np.broadcast_to(STONE[0], color.shape), smoothstep(0.30, 0.5, steep))

    return paint


def crops(site: Site, *, size_m: tuple[float, float] = (95.0, 70.0), margin_m: float = 1.2) -> Paint:
    """Fields of many colours side by side, their rows drawn, a strip of grass between them.

    Args:
        site: whose chance bends them.
        size_m: how wide and how deep one is.
        margin_m: half of the strip between two.
    """
    noise, (wide, deep) = site.noise(6), size_m

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        bend = noise.fbm(x / (1.7 * wide), z / (1.7 * wide), 2) * 0.7
        u, v = x / wide + 0.35 * z / wide + bend, z / deep - 0.2 * x / deep + bend
        i, j = np.floor(u), np.floor(v)
        which = (np.abs(np.sin(i * 12.9898 + j * 78.233)) * 43758.5) % 1.0
        of_all = np.stack(CROPS)[np.minimum((which * len(CROPS)).astype(int), len(CROPS) - 1)]
        rows = 1.0 + 0.07 * np.sin(u * 1.58 * wide)[..., None] * (np.hypot(x, z) < 1.5 * wide)[..., None]
        edge = np.minimum(np.minimum(u - i, 1.0 - (u - i)) * wide, np.minimum(v - j, 1.0 - (v - j)) * deep)
        share = smoothstep(margin_m, margin_m + 2.0, edge)
        return blend(np.broadcast_to(TURF[0], of_all.shape), (of_all * rows).astype(np.float32), share)

    return paint
