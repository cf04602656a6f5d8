"""An amusement park: striped tents, a roller coaster, bulbs on strings, stalls; its big wheel turns."""

# ruff: noqa: PLR2004 - a fair is made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.city.solids import ball, rod
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.coaster import coaster
from kirin_video.engines.previs.worlds.fair_stalls import BULBS, TONES, booth, tent
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.seasons import foliage, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_TURF = (np.array([0.26, 0.38, 0.14, 0.9], np.float32), np.array([0.40, 0.47, 0.20, 0.9], np.float32))
_PAVED = np.array([0.66, 0.58, 0.48, 0.7], np.float32)
_SUMMER = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
_PATH_M = 5.2
WHEEL = (-3.0, -47.0, 1.05)
"""Where the big wheel stands (x and z) and which way it faces: `staging.rides` turns it there."""


def build(site: Site) -> Scene:
    """Build the park; the seed decides on which side its roller coaster runs."""
    side = site.side(0)
    land = open_country(site, Relief(rolling=0.0, knolls=14.0, hills=70.0, ridges=300.0, fall=0.0))

    def height(x: Field, z: Field) -> Field:
        return (land(x, z) * smoothstep(90.0, 170.0, np.hypot(x, z))).astype(np.float32)

    paint = weathered(turned(_paint(site), site.plan.season), site)
    lit = site.light().lamps > 0.2
    return Scene(
        stage=site.stage(height, 1.8, (side * -1.0, 5.4, -34.0), 74.0),
        light=site.light(turn_deg=20.0 * side),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.35),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=960, rows=360, farthest_m=3200.0, bands=((3.0, 60.0, 0.6),)),
            grain=Grain(amount=0.35, scale=7.0),
            wetness=0.3 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, side, lit=lit)),
        lamps=_lamps() if site.dark else (),
        shadow_radius_m=56.0,
        shadow_center=(0.0, -30.0),
    )


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        color = blend(_TURF[0], _TURF[1], smoothstep(-0.3, 0.4, noise.fbm(x / 12.0, z / 12.0, 4)))
        square = np.hypot(x, z + 36.0) - 20.0
        off = np.minimum(np.abs(x) - _PATH_M, square)
        tiles = 1.0 - 0.10 * ((np.floor(x / 0.8) + np.floor(z / 0.8)) % 2.0)[..., None]
        paved = (np.broadcast_to(_PAVED, color.shape) * tiles).astype(np.float32)
        return blend(color, paved, smoothstep(0.4, -0.2, off.astype(np.float32)) * (np.hypot(x, z) < 90.0))

    return paint


def _parts(site: Site, height: Height, side: float, *, lit: bool) -> list[Part]:
    rng, snowy = site.rng(1), site.snowy
    tents = [
        tent(4.6, 3.2, TONES[0]).moved((-side * 13.0, 0.0, -29.0)),
        tent(3.2, 2.8, TONES[1]).moved((side * 11.5, 0.0, -16.0)),
        tent(8.5, 5.0, TONES[2]).moved((side * 20.0, 0.0, -58.0)),
        tent(3.4, 2.8, TONES[4]).moved((-side * 15.0, 0.0, -49.0)),
    ]
    booths = [
        booth(rng, TONES[k % 5], lit=lit).moved((s * 8.2, 0.0, z), -s * math.pi / 2.0)
        for s, start in ((-1.0, -5.0), (1.0, -3.0))
        for k, z in enumerate(np.arange(start, start - 14.0, -5.2).tolist())
    ]
    kinds = [
        trees.broadleaf(site.seed * 7 + k, detail=0.3, colors=foliage(site.plan.season, k, _SUMMER))
        for k in range(3)
    ]
    row: list[Place] = [
        (float(x), -float(rng.uniform(76.0, 100.0)), float(rng.uniform(0.8, 1.3)))
        for x in np.linspace(-90.0, 90.0, 24).tolist()
    ]
    row += clusters(rng, 10, (110.0, 300.0), (3, 6))
    return [
        Part(gather(tents, snowy=snowy), Finish.HARD, cell_m=16.0),
        Part(gather(booths, snowy=snowy), Finish.HARD, cell_m=16.0),
        Part(coaster(side, lit=lit), Finish.HARD, cell_m=20.0),
        Part(_strings(lit=lit), Finish.HARD, casts=False, cell_m=16.0),
        Part(gather(plant(rng, kinds, row, height, 0.2), snowy=snowy), cell_m=40.0),
    ]


def _strings(*, lit: bool) -> Mesh:
    """Bulbs of many colours on strings between poles along the path, and an arch over its beginning."""
    parts: list[Mesh] = []
    glow = 0.42 if lit else 0.1
    poles = np.arange(2.0, -34.0, -7.0).tolist()
    for s in (-1.0, 1.0):
        for z in poles:
            parts.append(rod((s * _PATH_M, 0.0, z), (s * _PATH_M, 4.6, z), 0.07, (0.80, 0.78, 0.74)))
            parts.append(ball((s * _PATH_M, 4.7, z), (0.17, 0.17, 0.17), BULBS[0], glow=glow))
    for n, z in enumerate(poles):
        for k in range(15):
            u = (k + 0.5) / 15.0
            at = (-_PATH_M + 2.0 * _PATH_M * u, 4.5 - 3.4 * u * (1.0 - u), z)
            parts.append(ball(at, (0.10, 0.12, 0.10), BULBS[(k + n) % 4], detail=0, glow=glow))
            nxt = u + 1.0 / 15.0
            parts.append(
                rod(
                    at,
                    (-_PATH_M + 2.0 * _PATH_M * nxt, 4.5 - 3.4 * nxt * (1.0 - nxt), z),
                    0.012,
                    (0.12, 0.12, 0.12),
                    sides=3,
                )
            )
    x, z, turned_by = WHEEL
    for k in range(48):
        a = 2.0 * math.pi * k / 48.0
        out = 10.3 * math.sin(a)
        at = (x + out * math.sin(turned_by), 12.4 + 10.3 * math.cos(a), z + out * math.cos(turned_by))
        parts.append(ball(at, (0.17, 0.17, 0.17), BULBS[k % 4], detail=0, glow=glow))
    for k in range(21):
        a = math.pi * k / 20.0
        at = (6.0 * math.cos(a), 3.2 + 2.6 * math.sin(a), -17.0)
        parts.append(ball(at, (0.18, 0.18, 0.18), BULBS[k % 4], glow=glow))
    return merge(parts)


def _lamps() -> tuple[Lamp, ...]:
    tones = ((1.25, 0.86, 0.48), (1.2, 0.62, 0.46), (0.7, 0.9, 1.2))
    return tuple(
        Lamp((x, 3.6, z), tones[k % 3], 5.0)
        for k, (x, z) in enumerate(((-4.0, -4.0), (4.0, -11.0), (-3.0, -20.0), (3.0, -32.0)))
    )
