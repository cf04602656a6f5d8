"""Rooms: a living room and a kitchen, with daylight through the windows and lamps in the evening."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs import trees
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.light import Light, direction, light_for
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Action, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.seasons import foliage
from kirin_video.engines.previs.worlds.site import Site, fitting_fov
from kirin_video.engines.previs.worlds.walls import BACK_M, HALF_M, HIGH_M, Rect, build_walls

_LAMPS = {TimeOfDay.DAWN: 0.35, TimeOfDay.DAY: 0.0, TimeOfDay.DUSK: 0.85, TimeOfDay.NIGHT: 1.0}
_FRUIT: tuple[tuple[float, float, Color], ...] = (
    (-0.05, 0.02, (0.82, 0.24, 0.16)),
    (0.05, 0.03, (0.90, 0.58, 0.16)),
    (0.0, -0.05, (0.70, 0.74, 0.24)),
)
_SUMMER = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))


def build_living_room(site: Site) -> Scene:
    """Build a living room: sofa, table, lamp, bookcase, a window on a garden."""
    rng = site.rng(1)
    # One that burns by the prompt's own word is a subject on the stage.
    hearth = any(
        s.kind == "fireplace" and s.scenery and s.action is not Action.BURN for s in site.plan.subjects
    )
    covers: list[Rect] = [
        (-1.5, -5.4, 0.9, -4.3),
        (-0.7, -3.9, 0.7, -3.1),
        (1.7, -5.4, 3.2, -4.9),
        (-3.3, -3.5, -2.6, -2.4),
    ]
    shell = build_walls(
        site.seed, (0.80, 0.74, 0.63), covers, ((-1.05, 1.05, 1.15, 2.25),), ((-3.2, -1.2, 0.85, 2.25),)
    )
    cloth: Color = [(0.30, 0.46, 0.46), (0.62, 0.36, 0.28), (0.42, 0.46, 0.34)][int(rng.integers(3))]
    things = [
        *_own(site, "sofa", made.sofa(cloth).moved((-0.3, 0.0, BACK_M + 0.08))),
        *_own(site, "table", made.table(1.15, 0.62, 0.42, made.OAK).moved((0.0, 0.0, -3.5))),
        *(made.fireplace().moved((2.25, 0.0, BACK_M)) for _ in range(hearth)),
        *_own(site, "bookshelf", *(made.shelf(rng).moved((2.42, 0.0, BACK_M)) for _ in range(not hearth))),
        *_own(site, "lamp", made.floor_lamp().moved((1.42 - 0.5 * hearth, 0.0, -4.95))),
        made.picture(0.85, 0.62, ((0.72, 0.80, 0.82), (0.40, 0.50, 0.44), (0.74, 0.62, 0.34))).moved(
            (HALF_M, 1.35, -2.7), -math.pi / 2.0
        ),
        made.picture(0.5, 0.66, ((0.86, 0.74, 0.56), (0.66, 0.36, 0.28), (0.36, 0.28, 0.30))).moved(
            (-2.3, 1.30, BACK_M)
        ),
        *_own(
            site,
            "table",
            turned(
                [(0.0, 0.42), (0.05, 0.42), (0.08, 0.50), (0.045, 0.60), (0.05, 0.62)],
                (0.86, 0.86, 0.82),
                sides=14,
            ).moved((0.25, 0.0, -3.5)),
            soft_box((-0.38, 0.42, -3.62), (-0.12, 0.45, -3.42), (0.66, 0.28, 0.22), bevel=0.005),
            soft_box((-0.36, 0.45, -3.60), (-0.13, 0.475, -3.43), (0.86, 0.80, 0.66), bevel=0.005),
        ),
    ]
    soft = [
        made.pot_plant(site.seed).moved((-2.75, 0.0, -4.75)),
        made.pot_plant(site.seed + 1).moved((2.7, 0.0, -1.2), 1.0, 0.8),
    ]
    flat = [made.rug(3.0, 2.1, ((0.72, 0.58, 0.42), (0.56, 0.30, 0.25))).moved((0.0, 0.0, -3.1))]
    lamps = (
        Lamp((1.42, 1.42, -4.95), (1.25, 0.80, 0.42), 1.3),
        Lamp((0.0, 2.35, -1.6), (0.66, 0.48, 0.30), 2.2),
    )
    fire = Lamp((2.25, 0.45, BACK_M + 0.75), (1.5, 0.62, 0.20), 1.5, flicker=0.3)
    scene = _room(site, [shell, *things], soft, flat, lamps, (0.0, 1.02, -4.2))
    return replace(scene, lamps=(fire, *scene.lamps)) if hearth else scene


def _own(site: Site, kind: str, *meshes: Mesh) -> tuple[Mesh, ...]:
    """The room's own furniture; nothing of a kind that the prompt brings itself, or does not want."""
    return meshes if site.shows(kind) else ()


def build_kitchen(site: Site) -> Scene:
    """Build a kitchen: a counter under the window, a stove, shelves, a table with chairs."""
    rng = site.rng(1)
    covers: list[Rect] = [(-2.6, -5.4, 2.6, -4.75), (1.2, -3.6, 2.6, -2.6)]
    shell = build_walls(
        site.seed, (0.84, 0.82, 0.72), covers, ((-1.0, 1.0, 1.15, 2.2),), ((-3.4, -1.6, 0.95, 2.25),)
    )
    green: Color = (0.42, 0.52, 0.45)
    things = [
        *_counter(green),
        made.table(1.35, 0.85, 0.74, made.OAK).moved((1.95, 0.0, -3.1)),
        made.chair(made.WALNUT).moved((1.95, 0.0, -3.78), 0.1),
        made.chair(made.WALNUT).moved((1.0, 0.0, -3.0), math.pi / 2.0),
        made.pendant(1.75, HIGH_M).moved((1.95, 0.0, -3.1)),
        turned([(0.0, 0.74), (0.10, 0.745), (0.17, 0.80), (0.18, 0.81)], (0.84, 0.82, 0.78), sides=18).moved(
            (1.95, 0.0, -3.1)
        ),
        *[ball((1.95 + x, 0.83, -3.1 + z), (0.045, 0.043, 0.045), tone) for x, z, tone in _FRUIT],
    ]
    for x0 in (-2.6, 1.35):
        for y in (1.5, 1.95):
            things.append(
                soft_box((x0, y, BACK_M), (x0 + 1.25, y + 0.035, BACK_M + 0.26), made.OAK, bevel=0.006)
            )
            at = x0 + 0.12
            while at < x0 + 1.1:
                tone: Color = [
                    (0.86, 0.84, 0.78),
                    (0.36, 0.48, 0.50),
                    (0.76, 0.48, 0.30),
                    (0.62, 0.66, 0.48),
                ][int(rng.integers(4))]
                r, tall = float(rng.uniform(0.045, 0.075)), float(rng.uniform(0.09, 0.20))
                things.append(
                    turned(
                        [
                            (0.0, y + 0.035),
                            (r * 0.9, y + 0.035),
                            (r, y + 0.035 + tall),
                            (r * 0.8, y + 0.04 + tall),
                            (0.0, y + 0.04 + tall),
                        ],
                        tone,
                        sides=12,
                    ).moved((at, 0.0, BACK_M + 0.13))
                )
                at += 2.0 * r + 0.05
    soft = [made.pot_plant(site.seed).moved((0.75, 0.92, -5.1), 0.0, 0.45)]
    lamps = (
        Lamp((1.95, 1.72, -3.1), (1.3, 0.92, 0.52), 1.2),
        Lamp((-0.8, 2.4, -2.2), (0.62, 0.47, 0.31), 2.4),
    )
    return _room(site, [shell, *things], soft, [], lamps, (0.0, 1.06, -4.2))


def _counter(front: Color) -> list[Mesh]:
    """Cupboards along the back wall with a stove, a sink and a tap."""
    z0, z1 = BACK_M, BACK_M + 0.62
    parts = [
        soft_box((-2.65, 0.88, z0), (2.65, 0.93, z1 + 0.03), (0.72, 0.56, 0.38), bevel=0.012),
        soft_box((-2.6, 0.0, z0), (2.6, 0.10, z1 - 0.06), (0.24, 0.22, 0.20), bevel=0.01),
        soft_box((-1.95, 0.10, z1 - 0.02), (-1.33, 0.86, z1 + 0.02), (0.30, 0.31, 0.33), bevel=0.02),
        soft_box((-1.87, 0.24, z1), (-1.41, 0.62, z1 + 0.03), (0.12, 0.12, 0.14), bevel=0.02),
        rod((-1.87, 0.70, z1 + 0.06), (-1.41, 0.70, z1 + 0.06), 0.014, (0.80, 0.80, 0.80)),
        rod((0.0, 0.93, z0 + 0.12), (0.0, 1.20, z0 + 0.12), 0.016, (0.80, 0.80, 0.80)),
        rod((0.0, 1.19, z0 + 0.12), (0.0, 1.17, z0 + 0.30), 0.014, (0.80, 0.80, 0.80)),
        turned(
            [(0.0, 0.94), (0.13, 0.94), (0.14, 1.08), (0.12, 1.10), (0.0, 1.12)], (0.62, 0.22, 0.16), sides=18
        ).moved((-1.75, 0.0, z0 + 0.34)),
    ]
    parts += [
        turned([(0.0, 0.93), (0.085, 0.93), (0.085, 0.94), (0.0, 0.94)], (0.10, 0.10, 0.10), sides=14).moved(
            (x, 0.002, z)
        )
        for x in (-1.78, -1.5)
        for z in (z0 + 0.18, z0 + 0.44)
    ]
    for k in range(8):
        x = -2.58 + 0.645 * k
        if k == 1:
            continue
        parts.append(soft_box((x, 0.12, z0), (x + 0.62, 0.86, z1), front, bevel=0.012))
        parts.append(rod((x + 0.24, 0.76, z1 + 0.03), (x + 0.38, 0.76, z1 + 0.03), 0.009, (0.78, 0.66, 0.40)))
    return parts


def _room(  # noqa: PLR0913, PLR0917 -- what a room is made of
    site: Site, hard: list[Mesh], soft: list[Mesh], flat: list[Mesh], lamps: tuple[Lamp, ...], target: Color
) -> Scene:
    light = _indoors(site)
    evening = light.lamps > 0.0
    windows = _daylight(site)
    return Scene(
        stage=Stage((0.0, 1.42, 2.3), target, fitting_fov(site.aspect, 66.0), _floor, 0.2),
        light=light,
        sky=Sky(site.seed, light=light_for(site.plan.time, site.plan.weather)),
        # It does not rain in here.
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            Part(merge(hard), Finish.HARD, cell_m=0.0),
            Part(merge(soft), casts=True, cell_m=0.0),
            *(Part(m, Finish.HARD, casts=False, cell_m=0.0) for m in flat),
            Part(_garden(site), casts=False, cell_m=0.0),
        ),
        lamps=(
            *(replace(lamp, color=_times(lamp.color, light.lamps)) for lamp in lamps if evening),
            *windows,
        ),
        roughness=0.05,
        shadow_radius_m=5.6,
        shadow_center=(0.0, -1.6),
    )


def _floor(_x: float, _z: float) -> float:
    return 0.0


def _times(color: Color, factor: float) -> Color:
    return (color[0] * factor, color[1] * factor, color[2] * factor)


def _indoors(site: Site) -> Light:
    """The light inside: the sun through the windows, and little of the sky."""
    outside = light_for(site.plan.time, site.plan.weather)
    sunny = site.plan.weather in {Weather.CLEAR, Weather.CLOUDY}
    elevation = {TimeOfDay.DAWN: 24.0, TimeOfDay.DAY: 42.0, TimeOfDay.DUSK: 22.0, TimeOfDay.NIGHT: 40.0}[
        site.plan.time
    ]
    level = {TimeOfDay.DAWN: 0.20, TimeOfDay.DAY: 0.30, TimeOfDay.DUSK: 0.15, TimeOfDay.NIGHT: 0.085}[
        site.plan.time
    ]
    level *= 1.0 if sunny else 0.85
    warm = (1.06, 0.98, 0.88) if not site.dark else (1.1, 0.95, 0.86)
    veil = _times(warm, level)
    return replace(
        outside,
        sun=direction(-50.0, elevation),
        sun_color=_times(outside.sun_color, 1.35 if sunny else 0.8),
        horizon=veil, horizon_away=veil, zenith=_times(veil, 0.9), glow=(0.0, 0.0, 0.0),
        bounce=_times((1.0, 0.82, 0.64), level * 0.8), disc=0.0, haze_per_m=0.0, mist_per_m=0.0,
        lamps=_LAMPS[site.plan.time],
        exposure=1.22 if site.plan.time is TimeOfDay.DAY else 1.16, saturation=1.04, wind=0.0,
    )  # fmt: skip


def _daylight(site: Site) -> tuple[Lamp, ...]:
    """The sky's own light, which comes in by the windows as from a soft lamp."""
    outside = light_for(site.plan.time, site.plan.weather)
    sky = tuple(0.7 * h + 0.5 * z for h, z in zip(outside.horizon, outside.zenith, strict=True))
    color = _times((sky[0], sky[1], sky[2]), 1.25)
    return (Lamp((-3.2, 1.7, -2.2), color, 1.7), Lamp((0.0, 1.8, -5.3), _times(color, 0.7), 1.5))


def _garden(site: Site) -> Mesh:
    """What the windows show: a lawn, a hedge, a few trees."""
    rng = site.rng(4)
    light: Color = (0.40, 0.50, 0.20)
    lawn = made.panel(
        (-40.0, -0.5, 0.0), (80.0, 0, 0), (0, 0, -60.0), light, lambda p: np.ones(len(p)), step_m=8.0
    )
    planted: list[Mesh] = [lawn]
    for k in range(9):
        colors = foliage(site.plan.season, k, _SUMMER, blossoms=True)
        tree = trees.broadleaf(site.seed + k % 3, detail=0.2, colors=colors)
        planted.append(
            tree.moved((float(rng.uniform(-16.0, 9.0)), -0.6, -float(rng.uniform(14.0, 30.0))), k * 1.3, 0.8)
        )
    for k in range(10):
        shrub = trees.bush(site.seed + k % 3, foliage(site.plan.season, k, _SUMMER), detail=0.5)
        planted.append(shrub.moved((-9.0 + 1.7 * k, -0.5, -10.5 - 0.6 * (k % 2)), k * 0.9, 1.2))
    return merge(planted)
