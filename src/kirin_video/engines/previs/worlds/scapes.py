"""The country that a road or a railway runs through: how high it is, and how it is coloured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kirin_video.engines.previs.noise import Field, blend, smoothstep, where
from kirin_video.engines.previs.plan import Place, Season, Setting, ShotPlan
from kirin_video.engines.previs.terrain import Height, Paint
from kirin_video.engines.previs.worlds.land import Relief, open_country
from kirin_video.engines.previs.worlds.site import Site

Off = Callable[[Field, Field], Field]
"""How far places lie from a way, positive towards its far side."""


class Scape(StrEnum):
    """Kinds of country."""

    FIELDS = "fields"
    WOODS = "woods"
    COAST = "coast"
    HIGHLAND = "highland"
    DESERT = "desert"
    SNOW = "snow"


_OF_PLACES = {
    Place.COAST_ROAD: Scape.COAST,
    Place.MOUNTAIN_ROAD: Scape.HIGHLAND,
    Place.DESERT_ROAD: Scape.DESERT,
    Place.FOREST_ROAD: Scape.WOODS,
}
_OF_SETTINGS = {
    Setting.BEACH: Scape.COAST,
    Setting.SEA: Scape.COAST,
    Setting.MOUNTAINS: Scape.HIGHLAND,
    Setting.LAKE: Scape.HIGHLAND,
    Setting.DESERT: Scape.DESERT,
    Setting.FOREST: Scape.WOODS,
    Setting.SNOWFIELD: Scape.SNOW,
}


def scape_of(plan: ShotPlan) -> Scape:
    """The country that a plan's way runs through."""
    place = _OF_PLACES.get(plan.place) if plan.place else None
    return place or _OF_SETTINGS.get(plan.setting, Scape.FIELDS)


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


def country(site: Site, scape: Scape, off: Off) -> Country:
    """The country of a scape.

    Args:
        site: whose chance shapes it.
        scape: its kind.
        off: how far places lie from the way's course, positive on its far side.
    """
    return _BUILDERS[scape](site, off)


def _rgb(r: float, g: float, b: float, rough: float = 0.9) -> Field:
    return np.array([r, g, b, rough], np.float32)


_TURF = _rgb(0.27, 0.39, 0.15), _rgb(0.40, 0.47, 0.20)
_WOODS = _rgb(0.17, 0.27, 0.13, 1.0)
_CROPS = (
    _rgb(0.72, 0.60, 0.28),
    _rgb(0.36, 0.47, 0.18),
    _rgb(0.52, 0.55, 0.25),
    _rgb(0.44, 0.33, 0.22),
    _rgb(0.30, 0.43, 0.17),
    _rgb(0.80, 0.72, 0.22),
)
_STONE = _rgb(0.43, 0.41, 0.40), _rgb(0.57, 0.53, 0.49)
_SNOW = _rgb(0.93, 0.95, 0.98, 0.2)
_SAND = _rgb(0.80, 0.62, 0.44), _rgb(0.72, 0.47, 0.32)
_MESA = _rgb(0.60, 0.35, 0.23, 0.7), _rgb(0.73, 0.49, 0.33, 0.7)
_BEACH = _rgb(0.82, 0.73, 0.56, 0.8)


def _turf(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        patch = smoothstep(-0.3, 0.4, noise.fbm(x / 13.0, z / 13.0, 4))
        color = blend(_TURF[0], _TURF[1], patch)
        return blend(color, np.broadcast_to(_STONE[0], color.shape), smoothstep(0.30, 0.5, steep))

    return paint


def _fields(site: Site, _off: Off) -> Country:
    """Farmland: fields of many colours between hedges and woods, blue hills beyond."""
    land = open_country(site, Relief(rolling=1.4, knolls=16.0, hills=85.0, ridges=380.0, fall=0.0))
    turf, noise = _turf(site), site.noise(6)
    autumn = site.plan.season is Season.AUTUMN

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = turf(x, z, y, steep)
        r = np.hypot(x, z)
        bend = noise.fbm(x / 160.0, z / 160.0, 2) * 0.7
        u, v = x / 95.0 + 0.35 * z / 95.0 + bend, z / 70.0 - 0.2 * x / 70.0 + bend
        i, j = np.floor(u), np.floor(v)
        which = (np.abs(np.sin(i * 12.9898 + j * 78.233)) * 43758.5) % 1.0
        crops = np.stack(_CROPS)[np.minimum((which * len(_CROPS)).astype(int), len(_CROPS) - 1)]
        rows = 1.0 + 0.07 * np.sin(u * 150.0)[..., None] * (r < 140.0)[..., None]  # noqa: PLR2004
        edge = np.minimum(np.minimum(u - i, 1.0 - (u - i)) * 95.0, np.minimum(v - j, 1.0 - (v - j)) * 70.0)
        field_here = smoothstep(1.2, 3.2, edge) * smoothstep(16.0, 34.0, r)
        color = blend(color, (crops * rows).astype(np.float32), field_here * (0.55 if autumn else 0.8))
        wooded = smoothstep(0.06, 0.2, noise.fbm(x / 210.0 + 70.0, z / 210.0, 4)) * smoothstep(
            150.0, 380.0, r
        )
        return blend(
            color,
            np.broadcast_to(_WOODS, color.shape),
            np.maximum(wooded, smoothstep(500.0, 900.0, r) * 0.4) * 0.85,
        )

    return Country(land, paint)


def _woods(site: Site, off: Off) -> Country:
    """A road through the woods: trees on both sides, and hills of trees where it opens."""
    land = open_country(site, Relief(rolling=1.6, knolls=14.0, hills=110.0, ridges=420.0, fall=0.0))
    turf, noise = _turf(site), site.noise(6)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = turf(x, z, y, steep)
        rough = (1.0 + 0.35 * noise.fbm(x / 9.0, z / 9.0, 4))[..., None]
        return blend(
            color,
            np.broadcast_to(_WOODS, color.shape) * rough,
            smoothstep(6.0, 14.0, np.abs(off(x, z))) * 0.9,
        )

    return Country(land, paint)


def _coast(site: Site, off: Off) -> Country:
    """A road above the sea: rocks and a strip of beach below it, green hills on its other side."""
    noise, fine = site.noise(1), site.noise(2)

    def land(x: Field, z: Field) -> Field:
        s = off(x, z)
        ragged = 5.0 * noise.fbm(x / 34.0, z / 34.0, 3) + 1.3 * fine.fbm(x / 6.0, z / 6.0, 3)
        down = np.clip(s - 6.5, 0.0, None)
        sea = -0.42 * down - 0.55 * ragged * smoothstep(2.0, 14.0, down)
        up = np.clip(-s - 7.0, 0.0, None)
        hills = 0.10 * np.minimum(up, 120.0) + smoothstep(25.0, 220.0, up) * (
            34.0 + 46.0 * noise.fbm(x / 240.0, z / 240.0, 4)
        )
        capes = (
            where(
                np.hypot(x, z) > 260.0,  # noqa: PLR2004
                lambda a, b: 60.0 * np.maximum(noise.fbm(a / 420.0 + 8.0, b / 420.0, 5) + 0.25, 0.0),
                x,
                z,
            )
            * smoothstep(-10.0, 140.0, up - 0.2 * down)
            * smoothstep(260.0, 800.0, np.hypot(x, z))
        )
        return np.maximum(sea + hills + capes, -14.0).astype(np.float32) + np.float32(7.0)

    turf = _turf(site)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = turf(x, z, y, np.zeros_like(steep))
        rough = noise.fbm(x / 5.0, z / 5.0, 4)
        stone = blend(_STONE[0], _STONE[1], smoothstep(-0.5, 0.6, rough))
        seaward = smoothstep(5.0, 9.0, off(x, z) + 1.5 * rough)
        color = blend(color, stone, np.maximum(seaward * 0.8, smoothstep(0.16, 0.34, steep)))
        sand = smoothstep(2.6, 1.2, y + 0.6 * rough) * smoothstep(0.25, 0.1, steep)
        return blend(color, np.broadcast_to(_BEACH, color.shape), sand)

    return Country(land, paint, level_m=7.0, sea_m=0.0)


def _highland(site: Site, off: Off) -> Country:
    """A road on a mountainside: rock above it, a valley below, white ridges on the valley's other side."""
    noise, fine = site.noise(1), site.noise(2)

    def land(x: Field, z: Field) -> Field:
        s, r = off(x, z), np.hypot(x, z)
        lumps = 3.2 * fine.fbm(x / 17.0, z / 17.0, 4)
        down = np.clip(s - 6.0, 0.0, None)
        valley = -0.46 * np.minimum(down, 150.0) * (1.0 - 0.0) + lumps * smoothstep(3.0, 20.0, down)
        up = np.clip(-s - 6.0, 0.0, None)
        wall = 0.62 * np.minimum(up, 90.0) + 0.25 * np.clip(up - 90.0, 0.0, 400.0)
        wall = wall * smoothstep(0.0, 26.0, up) + 1.6 * lumps * smoothstep(2.0, 14.0, up)
        across = smoothstep(260.0, 900.0, down)
        ridges = where(
            r > 200.0,  # noqa: PLR2004
            lambda a, b: np.maximum(noise.ridged(a / 1300.0 + 3.0, b / 1300.0, 6, 0.36) - 0.2, 0.0) * 780.0,
            x,
            z,
        )
        far = smoothstep(300.0, 1500.0, r)
        return (valley + wall * (1.0 - 0.6 * far) + ridges * np.maximum(across, far)).astype(np.float32)

    turf = _turf(site)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        rough = noise.fbm(x / 120.0 + 20.0, z / 120.0, 5)
        color = turf(x, z, y, np.zeros_like(steep))
        wooded = smoothstep(60.0, 120.0, np.hypot(x, z)) * smoothstep(190.0, 110.0, y + 80.0 * rough)
        color = blend(
            color, np.broadcast_to(_WOODS, color.shape) * (1.0 + 0.3 * rough)[..., None], wooded * 0.85
        )
        bands = np.sin(y * 0.35 + 5.0 * rough).astype(np.float32)
        stone = blend(_STONE[0], _STONE[1], smoothstep(-0.8, 0.8, bands + rough))
        rocky = np.maximum(
            smoothstep(0.17, 0.30, steep + 0.06 * rough), smoothstep(120.0, 200.0, y + 80.0 * rough)
        )
        color = blend(color, stone, rocky)
        lying = smoothstep(200.0, 300.0, y + 110.0 * rough - np.clip(steep - 0.28, 0.0, 1.0) * 700.0)
        return blend(color, np.broadcast_to(_SNOW, color.shape), lying)

    return Country(land, paint)


def _desert(site: Site, off: Off) -> Country:
    """A straight road through the desert: red sand, low scrub, mesas far away."""
    noise, fine = site.noise(1), site.noise(2)

    def land(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        swell = noise.fbm(x / 90.0, z / 90.0, 3) * 1.6 * smoothstep(10.0, 60.0, r)
        ripple = fine.fbm(x / 6.0, z / 6.0, 2) * 0.10
        shape = noise.fbm(x / 800.0 + 7.0, z / 800.0, 4)
        mesas = smoothstep(0.10, 0.17, shape) * (105.0 + 50.0 * fine.at(x / 600.0, z / 600.0))
        mesas = mesas + smoothstep(0.0, 0.14, shape) * 36.0
        return (
            swell + ripple + mesas * smoothstep(380.0, 800.0, r) * smoothstep(90.0, 260.0, np.abs(off(x, z)))
        ).astype(np.float32)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        rough = noise.fbm(x / 26.0, z / 26.0, 4)
        color = blend(_SAND[0], _SAND[1], smoothstep(-0.35, 0.45, rough))
        rock = blend(
            _MESA[0], _MESA[1], smoothstep(-0.5, 0.6, np.sin(y * 0.22 + 2.0 * rough).astype(np.float32))
        )
        return blend(color, rock, smoothstep(0.10, 0.24, steep))

    return Country(land, paint)


def _snow(site: Site, _off: Off) -> Country:
    """Snow country: white land with firs, white mountains far away."""
    land = open_country(site, Relief(rolling=1.8, knolls=15.0, hills=105.0, ridges=820.0, fall=0.0))
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = blend(
            _SNOW, _rgb(0.82, 0.88, 0.96, 0.2), smoothstep(-0.3, 0.5, noise.fbm(x / 12.0, z / 6.0, 4))
        )
        bare = smoothstep(0.22, 0.38, steep + 0.08 * noise.fbm(x / 90.0, z / 90.0, 4)) * smoothstep(
            60.0, 200.0, y
        )
        return blend(color, np.broadcast_to(_STONE[0], color.shape), bare)

    return Country(land, paint)


_BUILDERS: dict[Scape, Callable[[Site, Off], Country]] = {
    Scape.FIELDS: _fields,
    Scape.WOODS: _woods,
    Scape.COAST: _coast,
    Scape.HIGHLAND: _highland,
    Scape.DESERT: _desert,
    Scape.SNOW: _snow,
}
