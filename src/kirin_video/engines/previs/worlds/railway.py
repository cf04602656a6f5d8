"""A railway through open country: a straight line on its bed, over a viaduct where there is a valley."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.journeys import crosses_bridge
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Place, Setting
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.terrain import Height, Paint
from kirin_video.engines.previs.ways import Way
from kirin_video.engines.previs.worlds.carriageway import poles
from kirin_video.engines.previs.worlds.course import Line, course, evened, graded
from kirin_video.engines.previs.worlds.portal import tunnel_mouth
from kirin_video.engines.previs.worlds.road import open_country, sea_beside, snowlit
from kirin_video.engines.previs.worlds.roadside import roadside
from kirin_video.engines.previs.worlds.scapes import Country, Scape, country, scape_of
from kirin_video.engines.previs.worlds.seasons import turned
from kirin_video.engines.previs.worlds.site import Site, gather, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh
from kirin_video.engines.previs.worlds.trackbed import trackbed, viaduct

_HALF_M = 1.7
_STONES = np.array([0.40, 0.38, 0.35, 0.9], np.float32)
_SHINGLE = np.array([0.50, 0.47, 0.40, 0.9], np.float32)
_LINE = Line(gap_m=15.0, bend_m=0.0, sweep_m=60.0, straight_m=150.0)
_BRIDGE, _BEFORE_TUNNEL = (-86.0, 34.0), (-30.0, 90.0)
"""The z of a viaduct's far and near end; the same of one that a tunnel leads to."""
_MOUTH_Z = -46.0
"""Where a tunnel ends: a train that has set off comes out of it."""
_DEEP_M, _WATER_M = 17.0, -15.2
"""How deep a viaduct's valley is, and the height of its river."""


def build(site: Site) -> Scene:
    """Build the railway and its country."""
    side, bridged = site.side(0), crosses_bridge(site.plan)
    scape = _scape(site, bridged=bridged)
    z, x = course(site, _LINE, side)
    raw = Way(z, x, np.zeros_like(z), _HALF_M, (0.0,), railed=True, best_seen=side)
    land = country(site, scape, lambda a, b: (side * raw.off(a, b)).astype(np.float32))
    way = replace(raw, y=evened(land.land, x, z, land.level_m))
    height = graded(way, land.land)
    paint = _ballasted(way, turned(land.paint, site.plan.season))
    if bridged:
        height, paint = _valley(site, way, land, height), _river_bed(paint)
    paint = weathered(paint, site)
    stage = _stage(site, way, height)
    return Scene(
        stage=stage,
        light=_light(site, side),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=open_country(site, scape, height, paint),
        parts=tuple(_parts(site, scape, way, height, paint, stage, bridged=bridged)),
        water=_river(height) if bridged else sea_beside(land, height, way, side),
        mirror_level_m=_WATER_M if bridged else None,
        shadow_radius_m=74.0,
        shadow_center=(float(way.middle(np.array(-20.0))[0]) * 0.7, -22.0),
        ways=(way,),
    )


def _scape(site: Site, *, bridged: bool) -> Scape:
    """Its country; in the mountains a line keeps to the valley, from where all of them are seen."""
    scape = scape_of(site.plan)
    return Scape.ALPS if scape is Scape.HIGHLAND and not bridged else scape


def _stage(site: Site, way: Way, height: Height) -> Stage:
    x, y = way.middle(np.array(-52.0))
    return site.stage(height, 2.4, (0.8 * float(x), float(y) + 2.2, -52.0))


def _light(site: Site, side: float) -> Light:
    return snowlit(site.light(turn_deg=side * 10.0), site)


def _ballasted(way: Way, paint: Paint) -> Paint:
    """A country's colours with a bed of stones on its map."""

    def ballasted(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = paint(x, z, y, steep)
        off = np.abs(way.off(x, z)).astype(np.float32)
        there = smoothstep(3.6, 2.2, off) * smoothstep(800.0, 500.0, np.hypot(x, z))
        return blend(color, np.broadcast_to(_STONES, color.shape), there)

    return ballasted


def _span(site: Site) -> tuple[float, float]:
    """The z of a viaduct's far and near end."""
    return _BEFORE_TUNNEL if site.plan.place is Place.TUNNEL else _BRIDGE


def _valley(site: Site, way: Way, land: Country, bedded: Height) -> Height:
    """A valley across the line, with a river at its bottom."""
    noise, span = site.noise(8), _span(site)
    middle, half = 0.5 * (span[0] + span[1]), 0.5 * (span[1] - span[0])

    def height(x: Field, z: Field) -> Field:
        bend = 16.0 * np.sin((x - way.middle(np.array(middle))[0]) / 75.0) + 5.0 * noise.fbm(
            x / 40.0, z / 40.0, 2
        )
        across = np.abs(z - middle + bend * smoothstep(14.0, 60.0, np.abs(way.off(x, z))))
        deep = smoothstep(half + 2.0, 0.22 * half, across)
        open_land = land.land(x, z)
        inside = smoothstep(half + 6.0, half - 3.0, np.abs(z - middle))
        base = bedded(x, z) + (open_land - bedded(x, z)) * inside
        return (base - np.maximum(_DEEP_M + 0.6 * np.maximum(base, 0.0), 0.0) * deep).astype(np.float32)

    return height


def _river_bed(paint: Paint) -> Paint:
    def bed(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = paint(x, z, y, np.minimum(steep, 0.25))
        return blend(
            color, np.broadcast_to(_SHINGLE, color.shape), smoothstep(_WATER_M + 1.4, _WATER_M + 0.3, y)
        )

    return bed


def _river(height: Height) -> Water:
    points, faces = water_mesh(
        height, _WATER_M, columns=150, rows=100, nearest_m=2.0, farthest_m=500.0, driest_m=0.8, all_round=True
    )
    return Water(
        Surface.LAKE, _WATER_M, points, faces, (0.016, 0.070, 0.075), (0.08, 0.18, 0.14), swell=0.5, foam=0.0
    )


def _parts(  # noqa: PLR0913, PLR0917 -- everything that stands along a railway
    site: Site, scape: Scape, way: Way, height: Height, paint: Paint, stage: Stage, *, bridged: bool
) -> list[Part]:
    snowy, side = site.snowy, way.best_seen
    parts = [
        Part(gather([trackbed(way)], snowy=False), Finish.HARD, casts=False, mirrored=bridged, cell_m=26.0),
        *roadside(site, scape, way, height, paint, stage.eye),
    ]
    if site.plan.place is Place.TUNNEL:
        mouth = gather([tunnel_mouth(way, _MOUTH_Z, site.seed)], snowy=snowy)
        parts.append(Part(mouth, Finish.HARD, mirrored=bridged, cell_m=20.0))
    if bridged:
        parts.append(
            Part(
                gather([viaduct(way, _span(site), height)], snowy=snowy),
                Finish.HARD,
                mirrored=True,
                cell_m=20.0,
            )
        )
    elif site.plan.place is not Place.MOON and site.plan.setting is not Setting.MOUNTAINS:
        parts.append(Part(poles(way, side * 7.5, height), Finish.HARD, cell_m=40.0))
    return parts
