"""A scene under a roof: its parts, the daylight that comes in by windows, and the lamps of the evening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs import trees
from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.light import Light, direction, light_for
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Contrivance, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.outside import falling_outside
from kirin_video.engines.previs.worlds.seasons import foliage
from kirin_video.engines.previs.worlds.site import Site, fitting_fov, gather

_LAMPS = {TimeOfDay.DAWN: 0.35, TimeOfDay.DAY: 0.0, TimeOfDay.DUSK: 0.85, TimeOfDay.NIGHT: 1.0}
_SUMMER = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
_EYE: Color = (0.0, 1.42, 2.3)
_TALL_M = 1.2
_BY_CANDLES, _IN_THE_DARK = 0.08, 0.34
"""How much of the other lamps' light is left by candlelight, and of the air's."""
_SWITCHED = frozenset({Contrivance.LIGHTS_UP, Contrivance.GOES_OUT})
_ROUND_RAD = 0.25
"""Rooms are furnished for the eye at their door: their side walls alone tell little."""


@dataclass(frozen=True, slots=True)
class Interior:
    """What is inside.

    Attributes:
        shell: floor, walls and ceiling.
        hard: furniture.
        target: what the camera looks at.
        soft: what is lit by vertex: plants.
        flat: what lies on the floor and throws no shadow.
        lamps: what shines in the evening; in a hall, always.
        eye: where the camera stands.
        diagonal_deg: the field of view across the picture's diagonal.
        deep_m: how far from the camera the furniture goes on.
        stand: x and z of where somebody is seen best, as in `Scene.beside`.
    """

    shell: Mesh
    hard: Sequence[Mesh]
    target: Color
    soft: Sequence[Mesh] = ()
    flat: Sequence[Mesh] = ()
    lamps: tuple[Lamp, ...] = ()
    eye: Color = _EYE
    diagonal_deg: float = 66.0
    deep_m: float = 5.6
    stand: tuple[float, float] | None = None


def furnished(site: Site, inside: Interior) -> Scene:
    """A room with windows: daylight comes in by them, and lamps are lit when it goes."""
    light = _indoors(site)
    evening = light.lamps > 0.0
    level = light.lamps * (_BY_CANDLES if _has_candles(site) else 1.0)
    return Scene(
        stage=_stage(site, inside),
        light=light,
        sky=Sky(site.seed, light=light_for(site.plan.time, site.plan.weather)),
        # It rains and snows outside only.
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            Part(merge([inside.shell, *inside.hard]), Finish.HARD, cell_m=0.0),
            *_besides(inside),
            Part(_garden(site), casts=False, cell_m=0.0),
        ),
        swarms=falling_outside(
            site, float(inside.shell.positions[:, 0].min()), float(inside.shell.positions[:, 2].min())
        ),
        lamps=(
            *(replace(lamp, color=_times(lamp.color, level)) for lamp in inside.lamps if evening),
            *_daylight(site),
        ),
        roughness=0.05,
        shadow_radius_m=inside.deep_m,
        shadow_center=(0.0, -1.6),
        round_rad=_ROUND_RAD,
        beside=inside.stand,
    )


def _has_candles(site: Site) -> bool:
    """Whether candles burn by night, or a lamp is being lit: who lights them puts the other lamps out."""
    return site.dark and any(
        subject.kind == "candle" or _SWITCHED & {*subject.traits} for subject in site.plan.subjects
    )


def lamplit(site: Site, inside: Interior, *, level: float, warm: Color = (1.0, 1.0, 1.0)) -> Scene:
    """A hall without windows that matter: it is lit by its own lamps at any hour.

    Args:
        site: where.
        inside: what is in it.
        level: how bright the air is, 0.2 a reading room, 0.5 a shop.
        warm: the tint of its light.
    """
    return Scene(
        stage=_stage(site, inside),
        light=_electric(site, level, warm),
        sky=Sky(site.seed, light=light_for(site.plan.time, site.plan.weather)),
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            # The key comes from the ceiling's lamps: the ceiling does not keep it out.
            Part(inside.shell, Finish.HARD, casts=False, cell_m=0.0),
            Part(merge(list(inside.hard)), Finish.HARD, cell_m=0.0),
            *_besides(inside),
        ),
        lamps=inside.lamps,
        roughness=0.05,
        shadow_radius_m=inside.deep_m,
        shadow_center=(0.0, -2.6),
        round_rad=_ROUND_RAD,
        beside=inside.stand,
    )


def _stage(site: Site, inside: Interior) -> Stage:
    return Stage(inside.eye, inside.target, fitting_fov(site.aspect, inside.diagonal_deg), _floor, 0.2)


def _besides(inside: Interior) -> list[Part]:
    """What is soft, and what is flat."""
    return [
        *([Part(merge(list(inside.soft)), casts=True, cell_m=0.0)] if inside.soft else []),
        *(Part(mesh, Finish.HARD, casts=False, cell_m=0.0) for mesh in inside.flat),
    ]


def own(site: Site, kind: str, *meshes: Mesh) -> tuple[Mesh, ...]:
    """The room's own furniture; nothing of a kind that the prompt brings itself, or does not want."""
    return meshes if site.shows(kind) else ()


def room_for_the_tall(site: Site, stand: tuple[float, float]) -> tuple[float, float] | None:
    """Where somebody as tall as a person is seen best; None for the small, before whom the room goes on."""
    known = catalogue()
    leads = [known[s.kind] for s in site.plan.subjects if not s.scenery and s.kind in known]
    return stand if leads and leads[0].height_m > _TALL_M else None


def _electric(site: Site, level: float, warm: Color) -> Light:
    """Light from rows of lamps overhead: a soft key, and much air."""
    level *= 0.86 if site.dark else 1.0
    air = _times(warm, level)
    return replace(
        light_for(TimeOfDay.DAY, Weather.CLEAR),
        sun=direction(-150.0, 62.0), sun_color=_times(warm, 1.5 * level),
        horizon=air, horizon_away=air, zenith=_times(air, 1.05), glow=(0.0, 0.0, 0.0),
        bounce=_times(air, 0.65), disc=0.0, haze_per_m=0.0, mist_per_m=0.0, cover=0.0, stars=0.0, lamps=1.0,
        exposure=1.05, saturation=1.04, wind=0.0, caustics=0.0,
    )  # fmt: skip


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
    level *= _IN_THE_DARK if _has_candles(site) else 1.0
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
    color = _times((sky[0], sky[1], sky[2]), 0.4 if _has_candles(site) else 1.25)
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
    return gather(planted, snowy=site.snowy)
