"""The savanna: golden grass, acacias like umbrellas, rocks, and hills in the haze."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock, tube
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_STRAW = (np.array([0.66, 0.53, 0.28, 0.9], np.float32), np.array([0.76, 0.62, 0.35, 0.9], np.float32))
_SOIL = np.array([0.60, 0.40, 0.25, 0.9], np.float32)
_SCRUB = np.array([0.42, 0.42, 0.22, 0.9], np.float32)
_TIP = (0.86, 0.72, 0.42)


def build(site: Site) -> Scene:
    """Build the savanna."""
    height = open_country(site, Relief(rolling=1.4, knolls=7.0, hills=55.0, ridges=330.0, fall=2.2))
    paint = weathered(_paint(site), site)
    stage = site.stage(height, 1.45, (0.0, sample_height(height, 0.0, 0.0) + 2.5, -20.0))
    return Scene(
        stage=stage,
        light=site.light(turn_deg=-6.0 * site.side(0), haze=1.5),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.45),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=448, farthest_m=4200.0, bands=((300.0, 4200.0, 0.9),)),
            grain=Grain(amount=0.55, scale=7.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, paint, stage.eye)),
        shadow_radius_m=62.0,
        shadow_center=(0.0, -40.0),
    )


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        patch = smoothstep(-0.35, 0.45, noise.fbm(x / 18.0, z / 18.0, 4))
        color = blend(_STRAW[0], _STRAW[1], patch)
        bare = smoothstep(0.16, 0.42, noise.fbm(x / 9.0 + 20.0, z / 9.0, 4))
        color = blend(color, np.broadcast_to(_SOIL, color.shape), bare * 0.8)
        green = smoothstep(0.05, 0.30, noise.fbm(x / 190.0 + 70.0, z / 190.0, 4)) * smoothstep(
            120.0, 420.0, np.hypot(x, z)
        )
        return blend(
            color,
            np.broadcast_to(_SCRUB, color.shape),
            np.maximum(green * 0.7, smoothstep(0.15, 0.4, steep) * 0.7),
        )

    return paint


def _parts(site: Site, height: Height, paint: Paint, eye: tuple[float, float, float]) -> list[Part]:
    rng = site.rng(1)
    side, snowy = site.side(0), site.snowy
    sward = grass.Sward(blades=40_000, height_m=0.50, tip=_TIP, bare=-0.32)
    near = [trees.acacia(site.seed * 7 + k, detail=1.3) for k in range(2)]
    far = [trees.acacia(site.seed * 7 + k, detail=0.3) for k in range(4)]
    lone: list[Place] = [
        (side * 8.5, -27.0, 1.9),
        (-side * 21.0, -52.0, 1.8),
        (side * 33.0, -68.0, 1.7),
        (-side * 6.0, -95.0, 1.8),
    ]
    scrub = [
        trees.bush(site.seed + k, ((0.36, 0.36, 0.16), (0.58, 0.54, 0.26)), detail=0.6) for k in range(3)
    ]
    shrubs: list[Place] = [
        (float(rng.uniform(-26.0, 26.0)), -float(rng.uniform(13.0, 60.0)), float(rng.uniform(0.5, 1.1)))
        for _ in range(16)
    ]
    stones = [rock(rng, (1.0, 0.62, 0.8), (0.58, 0.46, 0.36)) for _ in range(3)]
    heap: list[Place] = [
        (-side * 6.8, -15.0, 1.3),
        (-side * 8.2, -15.8, 0.8),
        (-side * 5.6, -14.2, 0.45),
        (side * 16.0, -36.0, 1.4),
    ]
    mounds: list[Place] = [(-side * 11.5, -30.0, 1.0), (side * 24.0, -48.0, 1.2)]
    return [
        Part(
            gather([grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m)], snowy=snowy),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(plant(rng, near, lone, height, 0.1), snowy=snowy), cell_m=18.0),
        Part(
            gather(
                plant(
                    rng,
                    far,
                    [(x, z, s * 1.7) for x, z, s in clusters(rng, 26, (90.0, 520.0), (1, 4))],
                    height,
                    0.1,
                ),
                snowy=snowy,
            ),
            cell_m=80.0,
        ),
        Part(gather(plant(rng, scrub, shrubs, height), snowy=snowy), cell_m=16.0),
        Part(gather(plant(rng, stones, heap, height, 0.15), snowy=snowy), Finish.HARD, cell_m=16.0),
        Part(gather(plant(rng, [_mound(rng)], mounds, height), snowy=snowy), Finish.HARD, cell_m=16.0),
    ]


def _mound(rng: np.random.Generator) -> Mesh:
    """A termite mound of about two metres."""
    path = np.array([[0, -0.2, 0], [0.05, 0.4, 0], [0.12, 1.0, 0.05], [0.1, 1.6, 0.1], [0.16, 2.1, 0.1]])
    mound = tube(path, np.array([0.85, 0.62, 0.42, 0.30, 0.04]), 14, (0.62, 0.42, 0.28))
    rough = 1.0 + 0.10 * rng.normal(size=(len(mound.positions), 1))
    points = mound.positions * np.concatenate([rough, np.ones_like(rough), rough], 1)
    return Mesh(points.astype(np.float32), mound.normals, mound.colors, mound.glow, mound.faces)
