"""A street market: stalls under striped awnings along a town street, heaps of fruit, lanterns overhead."""

# ruff: noqa: PLR2004 - a market is made of measures
from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, facing
from kirin_video.engines.previs.city.light import lamplit
from kirin_video.engines.previs.city.palette import WOOD, pick
from kirin_video.engines.previs.city.solids import Point, Rgb, ball, rod, shaded
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Finish, Part, Scene
from kirin_video.engines.previs.shapes import whitened
from kirin_video.engines.previs.worlds import city
from kirin_video.engines.previs.worlds.site import Site

_CLOTHS: tuple[Rgb, ...] = (
    (0.74, 0.16, 0.14),
    (0.14, 0.42, 0.56),
    (0.18, 0.46, 0.26),
    (0.86, 0.56, 0.12),
    (0.50, 0.22, 0.46),
)
_CREAM: Rgb = (0.92, 0.88, 0.78)
_GOODS: tuple[Rgb, ...] = (
    (0.82, 0.16, 0.12),
    (0.94, 0.56, 0.10),
    (0.95, 0.80, 0.20),
    (0.36, 0.60, 0.16),
    (0.44, 0.18, 0.40),
    (0.66, 0.82, 0.30),
    (0.84, 0.42, 0.36),
)
_RED: Rgb = (0.86, 0.14, 0.08)
_STALL_X, _WIDE_M, _STEP_M = 4.5, 2.9, 3.5
_FAR_Z = -84.0


def build(site: Site) -> Scene:
    """Build the street with its market; the carriageway is for those on foot."""
    town = city.build(replace(site, plan=replace(site.plan, barred=(*site.plan.barred, "car"))))
    lit = site.light().lamps > 0.2
    stalls, bulbs = _stalls(site, lit=lit)
    lanterns = _lanterns(lit=lit)
    mesh = lamplit(merge(stalls), bulbs, 0.9 if lit else 0.0)
    snowed = whitened(mesh, 0.9, 0.35) if site.snowy else mesh
    stage = replace(town.stage, eye=(-0.5, 1.75, 11.5), target=(0.35, 2.15, -3.0))
    parts = (
        *town.parts,
        Part(snowed, Finish.HARD, mirrored=True, cell_m=14.0),
        Part(lanterns, Finish.HARD, mirrored=True, cell_m=20.0),
    )
    return replace(town, stage=stage, parts=parts, ways=())


def _stalls(site: Site, *, lit: bool) -> tuple[list[Mesh], list[Point]]:
    """Stalls on both sides, and where their bulbs hang."""
    rng, stalls, bulbs = site.rng(31), list[Mesh](), list[Point]()
    last = -1
    for side in (-1.0, 1.0):
        for z in np.arange(6.0 - 1.2 * (side > 0.0), _FAR_Z, -_STEP_M).tolist():
            which = int(rng.choice([k for k in range(len(_CLOTHS)) if k != last]))
            last = which
            stall = _stall(rng, _CLOTHS[which], close=z > -24.0, lit=lit)
            stalls.append(stall.moved((side * _STALL_X, 0.0, z), -side * np.pi / 2.0))
            bulbs.append((side * (_STALL_X - 0.5), 2.05, z))
    return stalls, bulbs


def _stall(rng: np.random.Generator, cloth: Rgb, *, close: bool, lit: bool) -> Mesh:
    """A stall that opens to +z: a counter with crates, a striped roof on four posts."""
    clay, half = Clay(), _WIDE_M / 2.0
    clay.box((-half, 0.0, -0.45), (half, 0.82, 0.55), shaded(WOOD, 0.85))
    for k in range(6):
        x = -half + 2.0 * half * k / 6.0
        clay.front(x + 0.02, x + 2.0 * half / 6.0 - 0.02, 0.06, 0.80, 0.56, shaded(WOOD, 1.0 + 0.1 * (k % 2)))
    for x in (-half + 0.05, half - 0.05):
        for z, high in ((0.75, 2.25), (-0.95, 2.75)):
            clay.add(rod((x, 0.0, z), (x, high, z), 0.045, shaded(WOOD, 0.7), sides=5))
    _awning(clay, half, cloth)
    for k in range(4):
        x0 = -half + 0.08 + k * (2.0 * half - 0.16) / 4.0
        _crate(clay, rng, x0, (2.0 * half - 0.16) / 4.0 - 0.05, close=close)
    clay.add(ball((0.0, 2.05, 0.35), (0.09, 0.11, 0.09), (1.0, 0.86, 0.56), glow=1.0 if lit else 0.0))
    return clay.mesh()


def _awning(clay: Clay, half: float, cloth: Rgb) -> None:
    """A slanting roof in stripes with a scalloped valance."""
    count = 8
    for k in range(count):
        x0, x1 = (-half - 0.15 + (2.0 * half + 0.3) * (k + end) / count for end in (0, 1))
        color = cloth if k % 2 == 0 else _CREAM
        top = ((x0, 2.22, 1.05), (x1, 2.22, 1.05), (x1, 2.80, -1.0), (x0, 2.80, -1.0))
        clay.quad(top, color)
        clay.quad(facing(top, ahead=False), shaded(color, 0.62))
        clay.front(x0, x1, 1.98, 2.22, 1.05, shaded(color, 0.94))
        back = ((x0, 2.22, 1.045), (x1, 2.22, 1.045), (x1, 1.98, 1.045), (x0, 1.98, 1.045))
        clay.quad(back, shaded(color, 0.6))


def _crate(clay: Clay, rng: np.random.Generator, x0: float, wide: float, *, close: bool) -> None:
    """A crate that leans towards the buyer, heaped with one sort of fruit."""
    color = pick(rng, _GOODS)
    clay.quad(
        ((x0, 0.86, 0.52), (x0 + wide, 0.86, 0.52), (x0 + wide, 1.08, -0.35), (x0, 1.08, -0.35)),
        shaded(color, 0.7),
    )
    clay.front(x0, x0 + wide, 0.80, 0.93, 0.535, shaded(WOOD, 1.25))
    rows, columns = (4, 4) if close else (2, 2)
    radius = wide / columns / 1.9
    for i in range(rows):
        for j in range(columns):
            x = x0 + wide * (j + 0.5 + 0.25 * (i % 2)) / (columns + 0.25)
            z = 0.42 - 0.74 * i / max(rows - 1, 1)
            y = 0.86 + 0.25 * (0.52 - z) + 0.5 * radius
            tone = shaded(color, float(rng.uniform(0.85, 1.12)))
            clay.add(ball((x, y, z), (radius, radius, radius), tone, detail=1 if close and i < 2 else 0))


def _lanterns(*, lit: bool) -> Mesh:
    """Strings of red lanterns across the street."""
    parts: list[Mesh] = []
    for z in np.arange(2.0, _FAR_Z, -7.0).tolist():
        ends = np.linspace(-7.5, 7.5, 9)
        sag = 4.6 - 0.9 * (1.0 - (ends / 7.5) ** 2)
        for k in range(len(ends) - 1):
            a, b = (float(ends[k]), float(sag[k]), z), (float(ends[k + 1]), float(sag[k + 1]), z)
            parts.append(rod(a, b, 0.012, (0.12, 0.10, 0.09), sides=3))
        for x, y in zip(ends[1:-1], sag[1:-1], strict=True):
            at = (float(x), float(y) - 0.26, z)
            parts.append(ball(at, (0.21, 0.19, 0.21), _RED, glow=0.75 if lit else 0.05))
            parts.append(
                rod((at[0], at[1] - 0.19, z), (at[0], at[1] - 0.36, z), 0.03, (0.90, 0.70, 0.20), sides=4)
            )
    return merge(parts)
