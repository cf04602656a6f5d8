"""A summer meadow: tall grass and flowers, groups of trees, hills fading into blue ridges."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.noise import Field, blend, smoothstep, where
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.seasons import foliage, tip, turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_GREENS = (
    np.array([0.23, 0.37, 0.13, 0.9], np.float32),
    np.array([0.36, 0.46, 0.17, 0.9], np.float32),
    np.array([0.50, 0.50, 0.24, 1.0], np.float32),
)
_ALONE = ("lone", "single tree", "solitary", "\u5b64", "\u72ec")
_FAR_GROVES_M = 130.0
_KNOLLS_M, _HILLS_M, _RIDGES_M = 50.0, 350.0, 1600.0
_LEAVES = ((0.22, 0.36, 0.13), (0.46, 0.55, 0.20))
_FOREST = np.array([0.20, 0.30, 0.15, 1.0], np.float32)


def build(site: Site) -> Scene:
    """Build the meadow."""
    height = _height(site)
    paint = weathered(turned(_paint(site), site.plan.season), site)
    stage = site.stage(height, 1.35, (0.0, sample_height(height, 0.0, 0.0) + 1.75, -16.0))
    ground = map_ground(
        height,
        paint,
        center=(0.0, 0.0),
        rings=Rings(columns=1152, rows=448, farthest_m=4200.0, bands=((300.0, 4200.0, 0.9),)),
        grain=Grain(amount=0.35 if site.snowy else 0.62, scale=7.0),
        wetness=0.30 if site.wet else 0.0,
    )
    return Scene(
        stage=stage,
        light=site.light(),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.25),
        weather=site.plan.weather,
        seed=site.seed,
        ground=ground,
        parts=tuple(_parts(site, height, paint, stage.eye)),
        shadow_radius_m=58.0,
        shadow_center=(0.0, -38.0),
    )


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        rolling = noise.fbm(x / 70.0, z / 70.0, 2) * 2.6
        knolls = where(r > _KNOLLS_M, lambda a, b: noise.fbm(a / 260.0 + 9.0, b / 260.0, 3) * 26.0, x, z)
        hills = where(
            r > _HILLS_M, lambda a, b: (noise.fbm(a / 800.0 + 3.0, b / 800.0, 4) + 0.3) * 120.0, x, z
        )
        ridges = where(
            r > _RIDGES_M, lambda a, b: noise.ridged(a / 2300.0 + 5.0, b / 2300.0, 5) * 520.0, x, z
        )
        knolls *= smoothstep(_KNOLLS_M, 320.0, r)
        hills *= smoothstep(_HILLS_M, 1300.0, r)
        ridges *= smoothstep(_RIDGES_M, 3400.0, r)
        near = fine.fbm(x / 5.0, z / 5.0, 2) * 0.10 * (1.0 - smoothstep(30.0, 90.0, r))
        fall = -5.0 * smoothstep(15.0, 90.0, r)
        return (rolling * smoothstep(0.0, 40.0, r) + knolls + hills + ridges + near + fall).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        patch = smoothstep(-0.35, 0.45, noise.fbm(x / 22.0, z / 22.0, 4))
        dry = smoothstep(0.10, 0.65, noise.fbm(x / 55.0 + 30.0, z / 55.0, 3))
        color = blend(blend(_GREENS[0], _GREENS[1], patch), _GREENS[2], dry * 0.75)
        r = np.hypot(x, z)
        woods = smoothstep(0.02, 0.16, noise.fbm(x / 210.0 + 70.0, z / 210.0, 4)) * smoothstep(
            170.0, 420.0, r
        )
        return blend(color, _FOREST, np.maximum(woods * 0.85, smoothstep(0.25, 0.5, steep) * 0.6))

    return paint


def _parts(site: Site, height: Height, paint: Paint, eye: tuple[float, float, float]) -> list[Part]:
    rng = site.rng(1)
    sward = grass.Sward(
        height_m=0.20 if site.snowy else 0.44,
        blades=30_000 if site.snowy else 46_000,
        tip=tip(site.plan.season, (0.50, 0.58, 0.22)),
    )
    blades = grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m)
    parts = [Part(gather([blades], snowy=site.snowy), Finish.SOFT, casts=False, cell_m=7.0)]
    if not site.snowy:
        kinds = (grass.POPPY, grass.DAISY, grass.BUTTERCUP, grass.CORNFLOWER)
        parts.append(Part(grass.flowers(site.seed + 4, kinds, 900, eye, height), casts=False, cell_m=9.0))
    season = site.plan.season
    near = [
        trees.broadleaf(site.seed * 7 + k, colors=foliage(season, k, _LEAVES, blossoms=True))
        for k in range(2)
    ]
    far = [
        trees.broadleaf(site.seed * 7 + k, detail=0.16, colors=foliage(season, k, _LEAVES)) for k in range(4)
    ]
    bushes = [
        trees.bush(site.seed + k, ((0.22, 0.34, 0.13), (0.44, 0.50, 0.20)), detail=0.7) for k in range(3)
    ]
    side = site.side(0)
    grove = plant(rng, near, _grove(rng, side), height, 0.1)
    if site.shows("tree"):
        parts.append(Part(gather(grove, snowy=site.snowy), cell_m=16.0))
    groves = _distant_groves(rng, side)
    if not site.shows("tree"):
        # Who asks for a tree means that one: others are far away, or nowhere where it stands alone.
        alone = any(word in s.words.lower() for s in site.plan.subjects for word in _ALONE)
        groves = [] if alone else [(x, z, s) for x, z, s in groves if np.hypot(x, z) > _FAR_GROVES_M]
    if groves:
        parts.append(Part(gather(plant(rng, far, groves, height, 0.2), snowy=site.snowy), cell_m=60.0))
    shrubs: list[Place] = [
        (
            side * rng.uniform(4.0, 22.0) * (1 if k % 3 else -1),
            -rng.uniform(13.0, 45.0),
            rng.uniform(0.6, 1.1),
        )
        for k in range(9)
    ]
    parts.append(Part(gather(plant(rng, bushes, shrubs, height), snowy=site.snowy), cell_m=16.0))
    stones = [rock(rng, (0.55, 0.34, 0.45), (0.52, 0.49, 0.44), level=2) for _ in range(2)]
    beds: list[Place] = [
        (-side * rng.uniform(2.2, 4.5), -rng.uniform(5.5, 9.0), rng.uniform(0.7, 1.2)) for _ in range(3)
    ]
    parts.append(Part(gather(plant(rng, stones, beds, height), snowy=site.snowy), Finish.HARD))
    return parts


def _grove(rng: np.random.Generator, side: float) -> list[Place]:
    """A group of trees to one side in the middle distance, and one that stands alone."""
    grove = [
        (
            side * (8.5 + 3.6 * k + rng.uniform(-1.0, 1.0)),
            -(21.0 + 4.5 * (k % 3) + rng.uniform(-2.0, 2.0)),
            rng.uniform(0.85, 1.2),
        )
        for k in range(4)
    ]
    return [*grove, (-side * rng.uniform(11.0, 15.0), -rng.uniform(38.0, 46.0), rng.uniform(0.9, 1.1))]


def _distant_groves(rng: np.random.Generator, side: float) -> list[Place]:
    """Groups that lead the eye to the hills."""
    places: list[Place] = []
    for _ in range(9):
        turn, reach = rng.uniform(-0.75, 0.75), rng.uniform(75.0, 260.0)
        for _ in range(int(rng.integers(3, 7))):
            spread = 5.0 + reach * 0.05
            x = np.sin(turn) * reach + rng.normal() * spread
            z = -np.cos(turn) * reach + rng.normal() * spread
            places.append((float(x), float(z), float(rng.uniform(0.9, 1.5))))
    places += [
        (side * rng.uniform(20.0, 40.0), -rng.uniform(45.0, 75.0), rng.uniform(0.9, 1.3)) for _ in range(6)
    ]
    return places
