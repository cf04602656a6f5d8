"""Great fields of one crop: wheat that sways, lavender and vines in rows, sunflowers, strips of tulips."""

# ruff: noqa: PLR0913, PLR0917 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.seasons import foliage
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_WHEAT = (np.array([0.72, 0.56, 0.24, 0.9], np.float32), np.array([0.84, 0.69, 0.34, 0.9], np.float32))
_LAVENDER = (np.array([0.40, 0.28, 0.58, 0.9], np.float32), np.array([0.52, 0.38, 0.72, 0.9], np.float32))
_VINES = (np.array([0.24, 0.40, 0.12, 0.9], np.float32), np.array([0.40, 0.54, 0.18, 0.9], np.float32))
_GRASS = np.array([0.46, 0.52, 0.26, 0.9], np.float32)
_STALKS = (np.array([0.24, 0.40, 0.13, 0.9], np.float32), np.array([0.36, 0.50, 0.18, 0.9], np.float32))
_PETALS = np.array([0.92, 0.72, 0.14, 0.9], np.float32)
_SUNFLOWER = grass.Bloom((0.98, 0.78, 0.10), (0.28, 0.16, 0.07), 0.125, 13, 0.12)
_LEAVES = np.array([0.36, 0.42, 0.30, 0.9], np.float32)
_SOIL = np.array([0.56, 0.44, 0.32, 0.9], np.float32)
_WOODS = np.array([0.20, 0.30, 0.15, 1.0], np.float32)
_SUMMER = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
_TULIPS = (
    grass.Bloom((0.86, 0.07, 0.08), (0.98, 0.80, 0.20), 0.048, 6, 0.92),
    grass.Bloom((0.98, 0.78, 0.10), (0.60, 0.30, 0.05), 0.048, 6, 0.92),
    grass.Bloom((0.95, 0.45, 0.62), (0.98, 0.90, 0.60), 0.048, 6, 0.92),
    grass.Bloom((0.48, 0.16, 0.52), (0.20, 0.08, 0.22), 0.048, 6, 0.92),
    grass.Bloom((0.95, 0.93, 0.88), (0.98, 0.86, 0.40), 0.048, 6, 0.92),
)
_STRIP_M = 2.6
"""How wide a strip of one colour is."""
_ROW_M = 1.35
_GROWN_M = 900.0
"""So far the one crop goes; woods and hills lie beyond."""


def build_wheat(site: Site) -> Scene:
    """Build a field of ripe wheat with a track of tractor wheels through it."""
    noise = site.noise(3)

    def ripe(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        wave = smoothstep(-0.4, 0.4, noise.fbm(x / 16.0, z / 7.0, 4))
        color = blend(_WHEAT[0], _WHEAT[1], wave)
        return blend(
            color, np.broadcast_to(_SOIL, color.shape), smoothstep(0.30, 0.10, _track(site, x, z)) * 0.9
        )

    def bare(x: Field, z: Field) -> Field:
        return (0.30 - _track(site, x, z)).astype(np.float32)

    return _field(site, ripe, bare, 0.82, (0.92, 0.78, 0.42), 52_000)


def build_lavender(site: Site) -> Scene:
    """Build rows of lavender that run together far away."""
    noise = site.noise(3)

    def rows(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        bloom = blend(_LAVENDER[0], _LAVENDER[1], smoothstep(-0.3, 0.4, noise.fbm(x / 2.0, z / 2.0, 3)))
        off = _between(site, x, z)
        color = blend(bloom, np.broadcast_to(_LEAVES, bloom.shape), smoothstep(0.20, 0.30, off))
        return blend(color, np.broadcast_to(_SOIL, color.shape), smoothstep(0.30, 0.40, off))

    def bare(x: Field, z: Field) -> Field:
        return (_between(site, x, z) - 0.29).astype(np.float32)

    return _field(site, rows, bare, 0.56, (0.66, 0.46, 0.86), 60_000)


def build_vineyard(site: Site) -> Scene:
    """Build rows of vines, as tall as a man, with grass between them."""
    noise = site.noise(3)

    def rows(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        leaf = blend(_VINES[0], _VINES[1], smoothstep(-0.3, 0.4, noise.fbm(x / 1.6, z / 1.6, 3)))
        off = _between(site, x, z, 2.4)
        color = blend(leaf, np.broadcast_to(_GRASS, leaf.shape), smoothstep(0.16, 0.24, off))
        return blend(color, np.broadcast_to(_SOIL, color.shape), smoothstep(0.36, 0.44, off) * 0.5)

    def bare(x: Field, z: Field) -> Field:
        return (_between(site, x, z, 2.4) - 0.17).astype(np.float32)

    return _field(site, rows, bare, 1.25, (0.50, 0.58, 0.22), 64_000, eye_m=3.6)


def build_sunflowers(site: Site) -> Scene:
    """Build a field of sunflowers that all look to the viewer."""
    noise = site.noise(3)

    def leafy(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        green = blend(_STALKS[0], _STALKS[1], smoothstep(-0.4, 0.4, noise.fbm(x / 3.0, z / 3.0, 4)))
        # Further away the heads run together.
        far = smoothstep(30.0, 70.0, np.hypot(x, z)) * (0.55 + 0.3 * noise.fbm(x / 2.0, z / 2.0, 3))
        color = blend(green, np.broadcast_to(_PETALS, green.shape), far)
        return blend(
            color, np.broadcast_to(_SOIL, color.shape), smoothstep(0.30, 0.10, _track(site, x, z)) * 0.9
        )

    def bare(x: Field, z: Field) -> Field:
        return (0.42 - _track(site, x, z)).astype(np.float32)

    scene = _field(site, leafy, bare, 0.85, (0.42, 0.56, 0.20), 30_000)
    if site.snowy:
        return scene

    def off_track(x: Field, z: Field) -> Field:
        ground = np.array(
            [scene.stage.ground(float(a), float(b)) for a, b in zip(x, z, strict=True)], np.float32
        )
        return np.where(_track(site, x, z) > 0.5, ground, np.float32(-9.0))  # noqa: PLR2004 -- none in the ruts

    heads = grass.flowers(
        site.seed + 4, (_SUNFLOWER,), 2600, scene.stage.eye, off_track, reach=(2.4, 75.0), stem_m=1.05
    )
    return replace(scene, parts=(*scene.parts, Part(heads, casts=False, cell_m=9.0)))


def build_tulips(site: Site) -> Scene:
    """Build strips of tulips, each of one colour, that run together far away."""
    tones = np.array([bloom.petal for bloom in _TULIPS], np.float32)

    def strips(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        strip, off = _strip(site, x, z)
        petals = np.concatenate([tones[strip % len(tones)], np.full((*strip.shape, 1), 0.9, np.float32)], -1)
        # Near by the heads stand over their leaves; further away nothing but colour is seen.
        far = smoothstep(4.0, 26.0, np.hypot(x, z))[..., None]
        color = np.asarray(_STALKS[1] + (petals - _STALKS[1]) * (0.35 + 0.65 * far), np.float32)
        return blend(color, np.broadcast_to(_SOIL, color.shape), smoothstep(0.38, 0.42, off))

    def bare(x: Field, z: Field) -> Field:
        return (_strip(site, x, z)[1] - 0.38).astype(np.float32)

    scene = _field(site, strips, bare, 0.30, (0.40, 0.54, 0.30), 34_000)
    if site.snowy:
        return scene
    ground = scene.stage.ground

    def within(k: int) -> Height:
        def height(x: Field, z: Field) -> Field:
            strip, off = _strip(site, x, z)
            level = np.array([ground(float(a), float(b)) for a, b in zip(x, z, strict=True)], np.float32)
            mine = (strip % len(_TULIPS) == k) & (off < 0.36)  # noqa: PLR2004 -- none between the strips
            return np.where(mine, level, np.float32(-9.0))

        return height

    heads = tuple(
        Part(
            grass.flowers(
                site.seed + k, (bloom,), 3600, scene.stage.eye, within(k), reach=(2.0, 40.0), stem_m=0.42
            ),
            casts=False,
            cell_m=9.0,
        )
        for k, bloom in enumerate(_TULIPS)
    )
    return replace(scene, parts=(*scene.parts, *heads))


def _strip(site: Site, x: Field, z: Field) -> tuple[NDArray[np.int64], Field]:
    """Which strip of tulips it is, and how far from its middle, as a share of its width: 0.5 at its rim."""
    u = (x + site.side(0) * 0.16 * z) / _STRIP_M + 0.5
    return np.floor(u).astype(np.int64), np.abs(u - np.floor(u) - 0.5).astype(np.float32)


def _track(site: Site, x: Field, z: Field) -> Field:
    """Metres from the nearer of two ruts that lead away from the viewer."""
    bend = site.side(0) * (0.8 + 5.0 * np.sin(-z / 55.0) * smoothstep(0.0, 60.0, -z))
    return np.abs(np.abs(x - bend) - 0.85)


def _between(site: Site, x: Field, z: Field, row_m: float = _ROW_M) -> Field:
    """How far from the middle of a row, as a share of the rows' distance: 0 on it, 0.5 between two."""
    lean = site.side(0) * 0.10
    u = (x + lean * z) / row_m
    return np.abs(u - np.floor(u) - 0.5)


def _field(
    site: Site, crop: Paint, bare: Height, high_m: float, tip: Color, blades: int, *, eye_m: float = 1.75
) -> Scene:
    height = open_country(site, Relief(rolling=1.2, knolls=15.0, hills=85.0, ridges=420.0, fall=2.0))
    noise, snowy = site.noise(5), site.snowy

    def land(x: Field, z: Field, y: Field, steep: Field) -> Field:
        r = np.hypot(x, z)
        wooded = smoothstep(0.05, 0.2, noise.fbm(x / 210.0, z / 210.0, 4)) * smoothstep(230.0, 420.0, r)
        wooded = np.maximum(wooded, smoothstep(0.6 * _GROWN_M, _GROWN_M, r) * 0.75)
        return blend(crop(x, z, y, steep), np.broadcast_to(_WOODS, (*x.shape, 4)), wooded)

    paint = weathered(land, site)
    stage = site.stage(height, eye_m, (site.side(0) * 0.6, sample_height(height, 0.0, 0.0) + 1.7, -20.0))
    sward = grass.Sward(
        blades=blades // 3 if snowy else blades,
        height_m=0.2 if snowy else high_m,
        reach_m=(1.2, 80.0),
        tip=tip,
    )
    rng, side = site.rng(1), site.side(0)
    tree = [
        trees.broadleaf(site.seed * 7 + k, colors=foliage(site.plan.season, k, _SUMMER)) for k in range(1)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.16, colors=foliage(site.plan.season, k, _SUMMER))
        for k in range(4)
    ]
    alone: list[Place] = [(side * 13.0, -44.0, 1.25)]
    parts = [
        Part(
            gather(
                [grass.grow(site.seed, sward, stage.eye, height, paint, roam_m=site.roam_m, bare=bare)],
                snowy=snowy,
            ),
            casts=False,
            cell_m=7.0,
        ),
        Part(
            gather(plant(rng, far, clusters(rng, 13, (130.0, 420.0), (3, 8)), height, 0.2), snowy=snowy),
            cell_m=60.0,
        ),
    ]
    if site.shows("tree"):
        parts.append(Part(gather(plant(rng, tree, alone, height, 0.1), snowy=snowy), cell_m=16.0))
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
            rings=Rings(
                columns=1152, rows=448, farthest_m=4200.0, bands=((10.0, 160.0, 1.0), (300.0, 4200.0, 0.7))
            ),
            grain=Grain(amount=0.5, scale=6.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=tuple(parts),
        shadow_radius_m=58.0,
        shadow_center=(0.0, -38.0),
    )
