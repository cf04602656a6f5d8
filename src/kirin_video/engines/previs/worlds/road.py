"""A road through open country: asphalt and markings, posts, poles and guard rails, and the land beside it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Place
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky, Surface, Water
from kirin_video.engines.previs.shapes import tinted
from kirin_video.engines.previs.terrain import Grain, Ground, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.ways import Way
from kirin_video.engines.previs.worlds.carriageway import (
    COUNTRY_ROAD,
    DESERT_ROAD,
    HIGHWAY,
    Road,
    asphalt,
    guard_rail,
    marker_posts,
    markings,
    poles,
)
from kirin_video.engines.previs.worlds.course import Line, course, evened, graded
from kirin_video.engines.previs.worlds.roadside import roadside
from kirin_video.engines.previs.worlds.scapes import Country, Scape, country, scape_of
from kirin_video.engines.previs.worlds.seasons import turned
from kirin_video.engines.previs.worlds.site import Site, gather, weathered
from kirin_video.engines.previs.worlds.surface import water_mesh

RINGS = Rings(
    columns=1280,
    rows=460,
    farthest_m=4600.0,
    bands=((3.0, 90.0, 0.7), (300.0, 4600.0, 1.0)),
    front_rad=math.radians(118.0),
)
"""Cameras look across a road as often as along it."""
_TAR = np.array([0.25, 0.25, 0.26, 0.5], np.float32)
_LINES = {
    Scape.DESERT: Line(6.4, 10.0, 26.0),
    Scape.HIGHLAND: Line(6.2, 36.0, 70.0),
    Scape.COAST: Line(6.2, 26.0, 60.0),
}
_EYES_M = {Scape.COAST: 4.4, Scape.HIGHLAND: 3.4}
"""How high one stands to see over a road to what lies below it."""
_GUARDED = frozenset({Scape.COAST, Scape.HIGHLAND})
"""Where a road falls away to one side."""


def open_country(site: Site, scape: Scape, height: Height, paint: Paint) -> Ground:
    """The land that a road or a railway runs through, in the rings that suit both."""
    return map_ground(
        height,
        paint,
        center=(0.0, 0.0),
        rings=RINGS,
        grain=Grain(amount=0.2 if site.snowy or scape is Scape.DESERT else 0.5, scale=7.0),
        wetness=0.30 if site.wet else 0.0,
    )


def build(site: Site) -> Scene:
    """Build the road and its country."""
    scape, road = scape_of(site.plan), _road_of(site)
    side = site.side(0)
    line = _LINES.get(scape, Line())
    z, x = course(site, replace(line, gap_m=line.gap_m - COUNTRY_ROAD.half_m + road.half_m), side)
    raw = Way(z, x, np.zeros_like(z), road.half_m, road.lanes, best_seen=side)
    land = country(site, scape, lambda a, b: (side * raw.off(a, b)).astype(np.float32))
    way = replace(raw, y=evened(land.land, x, z, land.level_m))
    height = graded(way, land.land)
    paint = weathered(_paved(way, turned(land.paint, site.plan.season)), site)
    stage = _stage(site, way, height)
    return Scene(
        stage=stage,
        light=snowlit(site.light(turn_deg=side * 10.0), site),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=open_country(site, scape, height, paint),
        parts=tuple(_parts(site, scape, road, way, height, paint, stage.eye)),
        water=sea_beside(land, height, way, side),
        mirror_level_m=land.level_m if site.wet and land.sea_m is None else None,
        wet_street=site.wet and land.sea_m is None,
        shadow_radius_m=62.0,
        shadow_center=(float(way.middle(np.array(-24.0))[0]) * 0.6, -26.0),
        ways=(way,),
    )


def _road_of(site: Site) -> Road:
    if site.plan.place is Place.HIGHWAY:
        return HIGHWAY
    return DESERT_ROAD if scape_of(site.plan) is Scape.DESERT else COUNTRY_ROAD


def _stage(site: Site, way: Way, height: Height) -> Stage:
    """At the roadside, looking down the road."""
    x, y = way.middle(np.array(-46.0))
    above = _EYES_M.get(scape_of(site.plan), 2.3)
    return site.stage(height, above, (0.62 * float(x), float(y) + 0.8 * above, -46.0))


def snowlit(light: Light, site: Site) -> Light:
    """A light where snow lies, which throws it back."""
    return replace(light, exposure=light.exposure * 0.84) if site.snowy and not site.dark else light


def _paved(way: Way, paint: Paint) -> Paint:
    """A country's colours with a road on its map: that is what is seen of it from afar."""

    def paved(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = paint(x, z, y, steep)
        off = np.abs(way.off(x, z)).astype(np.float32)
        there = smoothstep(way.half_m + 0.9, way.half_m + 0.1, off) * smoothstep(900.0, 600.0, np.hypot(x, z))
        return blend(color, np.broadcast_to(_TAR, color.shape), there)

    return paved


def sea_beside(land: Country, height: Height, way: Way, side: float) -> Water | None:
    """The sea of a country that lies by one, on the far side of its way."""
    if land.sea_m is None:
        return None

    def shore(x: Field, z: Field) -> Field:
        return (side * way.off(x, z) - 23.0).astype(np.float32)

    points, faces = water_mesh(
        height,
        land.sea_m,
        shore=shore,
        columns=180,
        rows=120,
        nearest_m=14.0,
        farthest_m=8500.0,
        driest_m=0.6,
        all_round=True,
    )
    return Water(
        Surface.SHORE, land.sea_m, points, faces, (0.014, 0.11, 0.16), (0.12, 0.42, 0.42), swell=0.8, foam=0.6
    )


def _parts(  # noqa: PLR0913, PLR0917 -- everything that stands along a road
    site: Site,
    scape: Scape,
    road: Road,
    way: Way,
    height: Height,
    paint: Paint,
    eye: tuple[float, float, float],
) -> list[Part]:
    snowy, side = site.snowy, way.best_seen
    surface = tinted(asphalt(way, road), (0.62, 0.64, 0.68)) if site.wet else asphalt(way, road)
    lines = markings(way, road)
    stands: list[Mesh] = []
    if scape in _GUARDED or road.divided:
        stands.append(guard_rail(way, side * (road.half_m + 0.75)))
    if scape is not Scape.DESERT:
        stands.append(marker_posts(way, road.half_m + 1.15, height))
    wired = scape in {Scape.FIELDS, Scape.DESERT, Scape.SNOW}
    parts = [
        Part(_snowed_over(surface, site), Finish.HARD, casts=False, cell_m=24.0),
        Part(_snowed_over(lines, site), Finish.HARD, casts=False, cell_m=24.0),
        *roadside(site, scape, way, height, paint, eye),
    ]
    if stands:
        parts.append(Part(gather(stands, snowy=snowy), Finish.HARD, mirrored=True, cell_m=20.0))
    if wired:
        parts.append(Part(poles(way, side * (road.half_m + 5.5), height), Finish.HARD, cell_m=40.0))
    return parts


def _snowed_over(mesh: Mesh, site: Site) -> Mesh:
    """Ploughed, but not quite: wheels keep their tracks dark."""
    if not site.snowy:
        return mesh
    colors = mesh.colors.astype(np.float32)
    white = np.array([226.0, 231.0, 240.0], np.float32)
    worn = colors[:, :1] > 72.0  # noqa: PLR2004 -- lighter asphalt is where wheels run
    share = np.where(worn & (colors[:, :1] < 95.0), 0.30, 0.66)  # noqa: PLR2004
    colors[:, :3] = colors[:, :3] * (1.0 - share) + white * share
    return Mesh(mesh.positions, mesh.normals, colors.astype(np.uint8), mesh.glow, mesh.faces)
