"""A corridor: doors to both sides, a carpet that runs away, lamps overhead, a window where it ends."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city.solids import ball, rod, soft_box
from kirin_video.engines.previs.light import Light, direction, light_for
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_HALF_M, _HIGH_M, _NEAR_M, _END_M = 1.55, 2.75, 4.0, -30.0
_STEP_M = 4.2
"""From one pair of doors to the next."""
_WALLS: tuple[Color, ...] = ((0.74, 0.68, 0.56), (0.66, 0.70, 0.64), (0.76, 0.64, 0.56))
_WOOD: Color = (0.42, 0.28, 0.18)
_CARPETS: tuple[tuple[Color, Color], ...] = (
    ((0.52, 0.14, 0.14), (0.76, 0.58, 0.28)),
    ((0.16, 0.24, 0.40), (0.70, 0.60, 0.40)),
)


def build(site: Site) -> Scene:
    """Build the corridor."""
    light = _light(site)
    return Scene(
        stage=Stage(
            (0.0, 1.45, 2.6), (0.0, 1.28, -8.0), fitting_fov(site.aspect, 66.0), lambda _x, _z: 0.0, 0.2
        ),
        light=light,
        sky=Sky(site.seed, light=light_for(site.plan.time, site.plan.weather)),
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            Part(_shell(site), Finish.HARD, cell_m=0.0),
            Part(_furniture(site), Finish.HARD, cell_m=0.0),
        ),
        lamps=tuple(
            Lamp((0.0, _HIGH_M - 0.45, z), (0.95, 0.74, 0.48) if k else (1.05, 0.84, 0.56), 2.3)
            for k, z in enumerate((-1.6, -5.8, -10.0, -18.4))
        ),
        roughness=0.05,
        shadow_radius_m=8.0,
        shadow_center=(0.0, -5.0),
        round_rad=0.35,
    )


def _light(site: Site) -> Light:
    outside = light_for(site.plan.time, site.plan.weather)
    level = 0.12 if site.dark else 0.24
    air = (level, 0.96 * level, 0.88 * level)
    return replace(
        outside,
        sun=direction(-8.0, 34.0),
        sun_color=(0.0, 0.0, 0.0),
        horizon=air,
        horizon_away=air,
        zenith=air,
        glow=(0.0, 0.0, 0.0),
        bounce=(0.6 * level, 0.5 * level, 0.4 * level),
        disc=0.0,
        haze_per_m=0.0,
        mist_per_m=0.0,
        cover=0.0,
        stars=0.0,
        lamps=1.0,
        exposure=1.05,
        saturation=1.04,
        wind=0.0,
        caustics=0.0,
    )


def _openness(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners are darker."""
    x, y = points[:, 0], points[:, 1]
    beside = np.minimum(_HALF_M - np.abs(x), np.minimum(y, _HIGH_M - y))
    return 1.0 - 0.34 * np.exp(-np.maximum(beside, 0.0) / 0.22)


def _shell(site: Site) -> Mesh:
    rng = site.rng(1)
    paint = _WALLS[int(rng.integers(len(_WALLS)))]
    deep = _NEAR_M - _END_M
    carpet, border = _CARPETS[int(rng.integers(len(_CARPETS)))]
    parts = [
        made.boards((-_HALF_M, _END_M), (_HALF_M, _NEAR_M), made.WALNUT, _openness, seed=site.seed),
        made.panel(
            (-_HALF_M, _HIGH_M, _END_M), (2.0 * _HALF_M, 0, 0), (0, 0, deep), (0.88, 0.86, 0.80), _openness
        ),
        made.panel((_HALF_M, 0, _END_M), (0, 0, deep), (0, _HIGH_M, 0), paint, _openness),
        made.panel((-_HALF_M, 0, _NEAR_M), (0, 0, -deep), (0, _HIGH_M, 0), paint, _openness),
        made.panel((-_HALF_M, 0, _END_M), (2.0 * _HALF_M, 0, 0), (0, _HIGH_M, 0), paint, _openness),
        made.panel((_HALF_M, 0, _NEAR_M), (-2.0 * _HALF_M, 0, 0), (0, _HIGH_M, 0), paint, _openness),
        soft_box((-0.85, 0.0, _END_M + 0.4), (0.85, 0.012, _NEAR_M), border, bevel=0.004),
        soft_box((-0.72, 0.0, _END_M + 0.5), (0.72, 0.018, _NEAR_M), carpet, bevel=0.004),
    ]
    for s in (-1.0, 1.0):
        for y0, y1, out, tone in (
            (0.0, 0.16, 0.03, made.WHITE),
            (0.92, 0.99, 0.03, _WOOD),
            (_HIGH_M - 0.10, _HIGH_M, 0.06, made.WHITE),
        ):
            a, b = sorted((s * _HALF_M, s * (_HALF_M - out)))
            parts.append(soft_box((a, y0, _END_M), (b, y1, _NEAR_M), tone, bevel=0.01))
    return merge(parts)


def _furniture(site: Site) -> Mesh:
    """Doors in pairs, sconces and pictures between them, lamps at the ceiling, a lit window where it ends."""
    rng = site.rng(2)
    parts: list[Mesh] = []
    for k, z in enumerate(np.arange(-0.4, _END_M + 2.0, -_STEP_M).tolist()):
        parts += [
            _door().moved((-_HALF_M, 0.0, z), math.pi / 2.0),
            _door().moved((_HALF_M, 0.0, z), -math.pi / 2.0),
        ]
        at = z - 0.5 * _STEP_M
        parts.append(ball((0.0, _HIGH_M - 0.16, z - 1.2), (0.20, 0.11, 0.20), (1.0, 0.86, 0.62), glow=0.75))
        parts.append(rod((0.0, _HIGH_M, z - 1.2), (0.0, _HIGH_M - 0.08, z - 1.2), 0.10, (0.70, 0.56, 0.30)))
        tone = (0.3 + 0.4 * float(rng.random()), 0.4, 0.35 + 0.3 * float(rng.random()))
        frame = made.picture(0.6, 0.46, ((0.80, 0.80, 0.74), tone, (0.70, 0.58, 0.36)))
        turn = math.pi / 2.0 if k % 2 else -math.pi / 2.0
        parts.append(frame.moved(((-1.0 if k % 2 else 1.0) * _HALF_M, 1.55, at), turn))
    bright = 0.25 if site.dark else 0.9
    pane: Color = (0.30, 0.38, 0.60) if site.dark else (0.92, 0.95, 1.0)
    parts += [
        soft_box((-0.62, 0.75, _END_M + 0.01), (0.62, 2.25, _END_M + 0.04), pane, bevel=0.01, glow=bright),
        soft_box((-0.70, 0.68, _END_M + 0.02), (-0.60, 2.32, _END_M + 0.08), made.WHITE, bevel=0.01),
        soft_box((0.60, 0.68, _END_M + 0.02), (0.70, 2.32, _END_M + 0.08), made.WHITE, bevel=0.01),
        soft_box((-0.03, 0.75, _END_M + 0.03), (0.03, 2.25, _END_M + 0.07), made.WHITE, bevel=0.01),
        soft_box((-0.62, 1.48, _END_M + 0.03), (0.62, 1.54, _END_M + 0.07), made.WHITE, bevel=0.01),
    ]
    return merge(parts)


def _door() -> Mesh:
    """A panelled door in its frame; it faces +z."""
    parts = [
        soft_box((-0.56, 0.0, 0.0), (0.56, 2.20, 0.05), made.WHITE, bevel=0.015),
        soft_box((-0.46, 0.0, 0.02), (0.46, 2.10, 0.07), _WOOD, bevel=0.01),
    ]
    for y0, y1 in ((0.18, 0.92), (1.06, 1.95)):
        for x0, x1 in ((-0.37, -0.05), (0.05, 0.37)):
            parts.append(soft_box((x0, y0, 0.06), (x1, y1, 0.085), (0.36, 0.23, 0.15), bevel=0.02))
    parts.append(ball((0.38, 1.0, 0.11), (0.035, 0.035, 0.035), (0.82, 0.68, 0.36)))
    return merge(parts)
