"""A garden behind a house: a lawn, beds of flowers, a path of flags, a hedge, a fence, fruit trees."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.city.solids import soft_box
from kirin_video.engines.previs.cottages import cottage, cottage_of
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.park import BEDDING
from kirin_video.engines.previs.worlds.seasons import foliage, tip, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_LAWN = (np.array([0.26, 0.42, 0.14, 0.9], np.float32), np.array([0.36, 0.50, 0.19, 0.9], np.float32))
_SOIL = np.array([0.30, 0.21, 0.14, 1.0], np.float32)
_WOODS = np.array([0.20, 0.31, 0.14, 1.0], np.float32)
_LEAVES = ((0.20, 0.36, 0.12), (0.44, 0.55, 0.20))
_HEDGE = ((0.14, 0.30, 0.10), (0.30, 0.46, 0.16))
_FLAG = (0.66, 0.62, 0.55)
_PICKET = (0.95, 0.95, 0.93)
_BACK_M, _WIDE_M = -17.0, 17.0
"""Where the hedge stands along z, and how far it goes to both sides."""
_BED_M = 0.85
"""Half the width of the beds."""
_TULIP = grass.Bloom((0.94, 0.36, 0.20), (0.98, 0.80, 0.20), 0.055, 6, 0.9)
_LIT = frozenset({TimeOfDay.DUSK, TimeOfDay.NIGHT})


def build(site: Site) -> Scene:
    """Build the garden."""
    side = site.side(0)
    height = _height(site)
    paint = weathered(turned(_paint(site, side), site.plan.season), site)
    stage = site.stage(height, 1.5, (0.0, sample_height(height, 0.0, 0.0) + 1.4, -16.0))
    return Scene(
        stage=stage,
        light=site.light(),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.25),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=448, farthest_m=1200.0, bands=((2.0, 40.0, 1.2),)),
            grain=Grain(amount=0.30, scale=8.0),
            wetness=0.30 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, paint, stage.eye, side)),
        shadow_radius_m=40.0,
        shadow_center=(0.0, -14.0),
    )


def _height(site: Site) -> Height:
    noise = site.noise(1)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        hills = 14.0 * smoothstep(60.0, 400.0, r) * (0.5 + noise.fbm(x / 160.0, z / 160.0, 3))
        return (0.12 * noise.fbm(x / 9.0, z / 9.0, 2) * smoothstep(2.0, 8.0, r) + hills).astype(np.float32)

    return height


def _beds(side: float) -> list[tuple[float, float, float, float]]:
    """The beds: x and z of both ends; along the hedge, and along the lawn's side."""
    return [(-side * 15.0, -15.2, side * 3.6, -15.2), (-side * 6.6, -12.6, -side * 5.4, -6.4)]


def _in_bed(side: float) -> Height:
    """How deep in a bed a place is: above 0 in it."""

    def inside(x: Field, z: Field) -> Field:
        found = np.full_like(x, -9.0)
        for a, b, c, d in _beds(side):
            along = np.array([c - a, d - b])
            t = np.clip(((x - a) * along[0] + (z - b) * along[1]) / float(along @ along), 0.0, 1.0)
            found = np.maximum(found, _BED_M - np.hypot(x - a - t * along[0], z - b - t * along[1]))
        return found.astype(np.float32)

    return inside


def _paint(site: Site, side: float) -> Paint:
    noise, inside = site.noise(3), _in_bed(side)

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        color = blend(_LAWN[0], _LAWN[1], smoothstep(-0.4, 0.4, noise.fbm(x / 5.0, z / 5.0, 4)))
        woods = smoothstep(60.0, 130.0, np.hypot(x, z) + 40.0 * noise.fbm(x / 60.0, z / 60.0, 3))
        color = blend(color, np.broadcast_to(_WOODS, color.shape), woods)
        return blend(color, np.broadcast_to(_SOIL, color.shape), smoothstep(-0.05, 0.08, inside(x, z)))

    return paint


def _parts(
    site: Site, height: Height, paint: Paint, eye: tuple[float, float, float], side: float
) -> list[Part]:
    rng, snowy, season = site.rng(1), site.snowy, site.plan.season
    inside = _in_bed(side)
    flags = _flags(side)

    def kept_free(x: Field, z: Field) -> Field:
        near = np.full_like(x, 9.0)
        for u, w in flags:
            near = np.minimum(near, np.maximum(np.abs(x - u) - 0.40, np.abs(z - w) - 0.30))
        return np.maximum(inside(x, z), -near).astype(np.float32)

    sward = grass.Sward(
        height_m=0.06 if snowy else 0.12,
        blades=16_000 if snowy else 34_000,
        reach_m=(1.1, 30.0),
        tip=tip(season, (0.46, 0.60, 0.22)),
    )
    blades = grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m, bare=kept_free)
    parts = [Part(gather([blades], snowy=snowy), casts=False, cell_m=7.0)]
    if not snowy:
        parts.append(Part(_flowers(site, height, side), casts=False, cell_m=6.0))
    hedge = [trees.bush(site.seed + k, foliage(season, 2, _HEDGE), detail=0.7) for k in range(3)]
    row: list[Place] = [(-_WIDE_M + 0.85 * k, _BACK_M + 0.1 * (k % 2), 1.25) for k in range(41)]
    fruit = [
        trees.broadleaf(site.seed * 7 + k, colors=foliage(season, k, _LEAVES, blossoms=True))
        for k in range(2)
    ]
    orchard: list[Place] = [(-side * 8.6, -13.0, 0.52), (-side * 13.0, -9.0, 0.55), (side * 2.4, -21.0, 0.8)]
    parts.append(Part(gather(plant(rng, hedge, row, height, 0.1), snowy=snowy), cell_m=12.0))
    if site.shows("tree"):
        parts.append(Part(gather(plant(rng, fruit, orchard, height, 0.1), snowy=snowy), cell_m=12.0))
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.16, colors=foliage(season, k, _LEAVES)) for k in range(4)
    ]
    parts.append(Part(gather(plant(rng, far, _beyond(rng), height, 0.2), snowy=snowy), cell_m=60.0))
    parts.append(Part(gather(_built(site, height, side), snowy=snowy), Finish.HARD, cell_m=16.0))
    return parts


def _beyond(rng: np.random.Generator) -> list[Place]:
    """Trees behind the hedge."""
    return [
        (float(rng.uniform(-70.0, 70.0)), -float(rng.uniform(26.0, 90.0)), float(rng.uniform(0.8, 1.3)))
        for _ in range(60)
    ]


def _flowers(site: Site, height: Height, side: float) -> Mesh:
    """Beds full of flowers, low ones and tall ones."""
    blooms: list[Mesh] = []
    for a, b, c, d in _beds(side):
        steps = max(round(math.hypot(c - a, d - b) / 0.9), 1)
        for k in range(steps + 1):
            at = (a + (c - a) * k / steps, 0.0, b + (d - b) * k / steps)
            kinds = (*BEDDING, _TULIP, grass.LUPIN)
            blooms.append(
                grass.flowers(
                    site.seed + 7 * k,
                    kinds[k % 3 :],
                    46,
                    at,
                    height,
                    reach=(0.08, 0.80),
                    spread=math.pi,
                    stem_m=0.36,
                )
            )
    return merge(blooms)


def _flags(side: float) -> list[tuple[float, float]]:
    """Where the path's flags lie, x and z: from the front to the house's door."""
    return [(side * (1.2 + 7.6 * (k / 15.0) ** 1.6), -2.6 - 0.66 * k) for k in range(15)]


def _built(site: Site, height: Height, side: float) -> list[Mesh]:
    """The house at the side, the flags to its door, the fence."""
    rng = site.rng(2)

    def at(mesh: Mesh, x: float, z: float, turn: float = 0.0) -> Mesh:
        return mesh.moved((x, sample_height(height, x, z), z), turn)

    flags = [
        at(
            soft_box((-0.36, -0.05, -0.25), (0.36, 0.045, 0.25), _FLAG, bevel=0.03),
            x,
            z,
            float(rng.uniform(-0.2, 0.2)),
        )
        for x, z in _flags(side)
    ]
    things = [*flags, *_fence(height, side)]
    if site.shows("house"):
        things.append(
            at(cottage(rng, cottage_of(rng), lit=site.plan.time in _LIT), side * 10.2, -15.6, -side * 0.35)
        )
    return things


def _fence(height: Height, side: float) -> list[Mesh]:
    """White pickets along the garden's other side."""
    line: NDArray[np.float64] = np.array([[-side * 10.8, -16.4 + 0.13 * k] for k in range(112)])
    feet = height(line[:, 0].astype(np.float32), line[:, 1].astype(np.float32))
    pickets = [
        soft_box((-0.012, 0.05, -0.042), (0.012, 0.92 + 0.04 * (k % 2), 0.042), _PICKET, bevel=0.008).moved(
            (float(x), float(y), float(z))
        )
        for k, ((x, z), y) in enumerate(zip(line.tolist(), feet.tolist(), strict=True))
    ]
    x, near, far = float(line[0, 0]), float(line[-1, 1]), float(line[0, 1])
    rails = [
        soft_box((x + side * 0.012, y, far), (x + side * 0.042, y + 0.08, near), _PICKET, bevel=0.008)
        if side > 0.0
        else soft_box((x - 0.042, y, far), (x - 0.012, y + 0.08, near), _PICKET, bevel=0.008)
        for y in (0.28, 0.68)
    ]
    return [*pickets, *rails]
