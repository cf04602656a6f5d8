"""Country without great heights: farmland, woods, desert and snow."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Season
from kirin_video.engines.previs.worlds.country import (
    MESA,
    SAND,
    SNOW,
    STONE,
    WOODS,
    Country,
    Off,
    crops,
    rgb,
    turf_of,
)
from kirin_video.engines.previs.worlds.land import Relief, open_country
from kirin_video.engines.previs.worlds.lone_peak import capped, has_lone_peak, risen
from kirin_video.engines.previs.worlds.site import Site

_ASIDE = 1.05
"""Where a lone peak stands, radians from straight ahead: who goes along the way is looked at before it."""


def fields(site: Site, _off: Off) -> Country:
    """Farmland: fields of many colours between hedges and woods, blue hills beyond."""
    land = open_country(site, Relief(rolling=1.4, knolls=16.0, hills=85.0, ridges=380.0, fall=0.0))
    turf, sown, noise = turf_of(site), crops(site), site.noise(6)
    autumn = site.plan.season is Season.AUTUMN

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color, r = turf(x, z, y, steep), np.hypot(x, z)
        color = blend(color, sown(x, z, y, steep), smoothstep(16.0, 34.0, r) * (0.55 if autumn else 0.8))
        wooded = smoothstep(0.06, 0.2, noise.fbm(x / 210.0 + 70.0, z / 210.0, 4)) * smoothstep(
            150.0, 380.0, r
        )
        return blend(
            color,
            np.broadcast_to(WOODS, color.shape),
            np.maximum(wooded, smoothstep(500.0, 900.0, r) * 0.4) * 0.85,
        )

    if has_lone_peak(site):
        azimuth = _ASIDE * site.side(0)
        return Country(risen(land, site, azimuth), capped(paint, site, azimuth))
    return Country(land, paint)


def woods(site: Site, off: Off) -> Country:
    """A road through the woods: trees on both sides, and hills of trees where it opens."""
    land = open_country(site, Relief(rolling=1.6, knolls=14.0, hills=110.0, ridges=420.0, fall=0.0))
    turf, noise = turf_of(site), site.noise(6)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = turf(x, z, y, steep)
        rough = (1.0 + 0.35 * noise.fbm(x / 9.0, z / 9.0, 4))[..., None]
        return blend(
            color,
            np.broadcast_to(WOODS, color.shape) * rough,
            smoothstep(6.0, 14.0, np.abs(off(x, z))) * 0.9,
        )

    return Country(land, paint)


def desert(site: Site, off: Off) -> Country:
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
        color = blend(SAND[0], SAND[1], smoothstep(-0.35, 0.45, rough))
        rock = blend(
            MESA[0], MESA[1], smoothstep(-0.5, 0.6, np.sin(y * 0.22 + 2.0 * rough).astype(np.float32))
        )
        return blend(color, rock, smoothstep(0.10, 0.24, steep))

    return Country(land, paint)


def alps(site: Site, _off: Off) -> Country:
    """A wide valley in the mountains: meadows, woods on the hills, white peaks all along the horizon."""
    land = open_country(site, Relief(rolling=1.4, knolls=20.0, hills=120.0, ridges=1150.0, fall=0.0))
    turf, noise = turf_of(site), site.noise(6)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        rough = noise.fbm(x / 130.0 + 20.0, z / 130.0, 5)
        color = turf(x, z, y, np.zeros_like(steep))
        wooded = smoothstep(70.0, 240.0, np.hypot(x, z) + 160.0 * rough)
        color = blend(
            color, np.broadcast_to(WOODS, color.shape) * (1.0 + 0.3 * rough)[..., None], 0.85 * wooded
        )
        stone = blend(STONE[0], STONE[1], smoothstep(-0.5, 0.6, rough))
        color = blend(color, stone, smoothstep(170.0, 260.0, y + 90.0 * rough))
        lying = smoothstep(280.0, 390.0, y + 130.0 * rough - np.clip(steep - 0.32, 0.0, 1.0) * 500.0)
        return blend(color, np.broadcast_to(SNOW, color.shape), lying)

    return Country(land, paint)


def snow(site: Site, _off: Off) -> Country:
    """Snow country: white land with firs, white mountains far away."""
    land = open_country(site, Relief(rolling=1.8, knolls=15.0, hills=105.0, ridges=820.0, fall=0.0))
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = blend(
            SNOW, rgb(0.82, 0.88, 0.96, 0.2), smoothstep(-0.3, 0.5, noise.fbm(x / 12.0, z / 6.0, 4))
        )
        bare = smoothstep(0.22, 0.38, steep + 0.08 * noise.fbm(x / 90.0, z / 90.0, 4)) * smoothstep(
            60.0, 200.0, y
        )
        return blend(color, np.broadcast_to(STONE[0], color.shape), bare)

    return Country(land, paint)
