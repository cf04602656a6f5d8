"""Rice terraces: steps of water and young rice round the hills, as the contour lines of a map."""

# ruff: noqa: PLR2004 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import grass, trees
from kirin_video.engines.previs.cottages import cottage, cottage_of
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import clusters
from kirin_video.engines.previs.worlds.seasons import turned
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

_RICE = (np.array([0.36, 0.56, 0.16, 0.9], np.float32), np.array([0.55, 0.68, 0.24, 0.9], np.float32))
_WATER = np.array([0.52, 0.66, 0.74, 0.05], np.float32)
_BUND = np.array([0.36, 0.48, 0.16, 1.0], np.float32)
_EARTH = np.array([0.44, 0.35, 0.22, 1.0], np.float32)
_WOODS = np.array([0.18, 0.30, 0.13, 1.0], np.float32)
_STEP_M = 1.25
_SUMMER = ((0.20, 0.36, 0.12), (0.46, 0.58, 0.20))


def build(site: Site) -> Scene:
    """Build the hills and their steps."""
    height = _height(site)
    paint = weathered(turned(_paint(site), site.plan.season), site)
    stage = site.stage(height, 3.6, (0.0, sample_height(height, 0.0, 0.0) + 0.6, -40.0), 74.0)
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.1, streaks=0.3),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1280, rows=640, farthest_m=3200.0, bands=((6.0, 420.0, 2.2),)),
            grain=Grain(amount=0.35, scale=6.0),
            wetness=0.30,
            stride=3,
        ),
        parts=tuple(_parts(site, height, paint, stage.eye)),
        shadow_radius_m=56.0,
        shadow_center=(0.0, -34.0),
    )


def _light(site: Site) -> Light:
    """The hour's light from the side, so that every step has its edge; a low sun would only dazzle."""
    side = site.side(0)
    light = site.light(turn_deg=36.0 * side, haze=0.45)
    if site.plan.time not in {TimeOfDay.DAWN, TimeOfDay.DUSK} or site.plan.weather is Weather.FOG:
        return light
    glow = (0.30 * light.glow[0], 0.30 * light.glow[1], 0.30 * light.glow[2])
    return replace(
        light, sun=direction(-116.0 * side, 24.0), glow=glow, haze_per_m=0.00022, mist_per_m=0.0006,
        bounce=(0.22, 0.22, 0.18), exposure=1.06 * light.exposure,
    )  # fmt: skip


def _slope(site: Site) -> Height:
    """The hills before anybody cut steps into them: down into a valley, up on its other side."""
    noise = site.noise(1)
    side = site.side(0)

    def slope(x: Field, z: Field) -> Field:
        ahead, r = -z, np.hypot(x, z)
        bend = 16.0 * noise.fbm(x / 90.0, z / 90.0, 2) + 2.0 * noise.fbm(x / 30.0, z / 30.0, 1)
        down = -0.22 * np.clip(ahead + 0.5 * side * x - 1.0, 0.0, 46.0)
        up = 0.42 * np.clip(ahead - 62.0 - 0.25 * side * x + bend, 0.0, 260.0)
        flank = 0.16 * np.clip(np.abs(x + side * 8.0) - 16.0, 0.0, 200.0) * smoothstep(0.0, 60.0, r)
        ridge = (
            90.0 * np.maximum(noise.fbm(x / 700.0, z / 700.0, 4) + 0.2, 0.0) * smoothstep(380.0, 1300.0, r)
        )
        return (down + up + flank + bend * smoothstep(8.0, 60.0, r) * 0.35 + ridge).astype(np.float32)

    return slope


def _broad(r: Field) -> Field:
    """How high a step is: further away they are broader, or no picture could show them."""
    return _STEP_M * (1.0 + 2.6 * smoothstep(22.0, 110.0, r))


def _edge(r: Field) -> Field:
    """Where on a step its bank begins, as a share: further away banks slope more, or they would fray."""
    return 0.80 - 0.40 * smoothstep(22.0, 110.0, r)


def _height(site: Site) -> Height:
    slope = _slope(site)

    def height(x: Field, z: Field) -> Field:
        raw, r = slope(x, z), np.hypot(x, z)
        step = _broad(r)
        level, within = np.floor(raw / step), raw / step - np.floor(raw / step)
        bank = np.clip((within - _edge(r)) / (0.99 - _edge(r)), 0.0, 1.0)
        cut = step * (level + bank * bank * (3.0 - 2.0 * bank))
        wild = smoothstep(330.0, 520.0, r)
        return (cut * (1.0 - wild) + raw * wild).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    slope, noise = _slope(site), site.noise(3)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        raw, r = slope(x, z), np.hypot(x, z)
        step = _broad(r)
        level, within = np.floor(raw / step), raw / step - np.floor(raw / step)
        which = (
            np.abs(np.sin(level * 12.9898 + np.floor(noise.fbm(x / 60.0, z / 60.0, 2) * 3.0) * 4.1)) * 43758.5
        ) % 1.0
        rows = 0.5 + 0.5 * np.sin(42.0 * within + 3.0 * noise.fbm(x / 5.0, z / 5.0, 2))
        rice = blend(_RICE[0], _RICE[1], (0.6 * which + 0.3 * rows).astype(np.float32))
        # Some are flooded: young rice stands in rows in the sky's light.
        wet = ((which > 0.52) * smoothstep(0.05, 0.10, within)).astype(np.float32)
        water = blend(np.broadcast_to(_WATER, rice.shape), rice, (0.35 * (rows > 0.72)).astype(np.float32))
        color = blend(rice, water, wet)
        rim = np.maximum(np.clip((within - _edge(r) + 0.06) / 0.06, 0.0, 1.0), smoothstep(0.05, 0.0, within))
        color = blend(
            color, blend(_BUND, _EARTH, smoothstep(0.86, 0.96, within) * smoothstep(90.0, 30.0, r)), rim
        )
        wooded = np.maximum(
            smoothstep(300.0, 460.0, r),
            smoothstep(0.15, 0.28, noise.fbm(x / 120.0 + 9.0, z / 120.0, 3)) * smoothstep(60.0, 110.0, r),
        )
        wooded = np.maximum(wooded, smoothstep(0.5, 0.7, steep) * 0.5)
        return blend(
            color,
            np.broadcast_to(_WOODS, color.shape) * (1.0 + 0.3 * noise.fbm(x / 14.0, z / 14.0, 3))[..., None],
            wooded,
        )

    return paint


def _parts(site: Site, height: Height, paint: Paint, eye: tuple[float, float, float]) -> list[Part]:
    rng, side, snowy = site.rng(1), site.side(0), site.snowy
    slope = _slope(site)
    sward = grass.Sward(
        blades=20_000, height_m=0.26, reach_m=(1.1, 26.0), tip=(0.52, 0.66, 0.20), steepest=0.6
    )

    def bare(x: Field, z: Field) -> Field:
        raw = slope(x, z) / _STEP_M
        return np.where(raw - np.floor(raw) > 0.74, 1.0, -1.0).astype(np.float32)

    palms = [trees.palm(site.seed * 3 + k, height=float(rng.uniform(6.0, 8.5))) for k in range(3)]
    frame: list[Place] = [
        (side * 8.0, -14.0, 0.9),
        (side * 10.5, -17.5, 1.1),
        (-side * 16.0, -30.0, 1.0),
        *[
            (float(rng.uniform(-60.0, 60.0)), -float(rng.uniform(50.0, 150.0)), float(rng.uniform(0.9, 1.2)))
            for _ in range(16)
        ],
    ]
    far = [trees.broadleaf(site.seed * 7 + k, detail=0.14, colors=_SUMMER) for k in range(3)]
    huts: list[Mesh] = []
    for x, z in ((-side * 30.0, -86.0), (-side * 38.0, -92.0), (side * 46.0, -140.0)):
        hut = cottage(rng, cottage_of(rng), lit=site.light().lamps > 0.0)
        huts.append(hut.moved((x, sample_height(height, x, z) - 0.2, z), float(rng.uniform(-0.6, 0.6))))
    return [
        Part(
            gather(
                [grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m, bare=bare)], snowy=snowy
            ),
            casts=False,
            cell_m=7.0,
        ),
        Part(gather(plant(rng, palms, frame, height, 0.1), snowy=snowy), cell_m=20.0),
        Part(
            gather(plant(rng, far, clusters(rng, 26, (150.0, 520.0), (3, 8)), height, 0.3), snowy=snowy),
            casts=False,
            cell_m=70.0,
        ),
        Part(gather(huts, snowy=snowy), Finish.HARD, cell_m=20.0),
    ]
