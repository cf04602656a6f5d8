"""A snowfield: drifts under a wide sky, firs bent with snow, white mountains far away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock, whitened
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import Relief, clusters, open_country
from kirin_video.engines.previs.worlds.site import Place, Site, plant

_SNOW = (np.array([0.87, 0.905, 0.96, 0.4], np.float32), np.array([0.95, 0.96, 0.985, 0.4], np.float32))
_STONE = np.array([0.44, 0.45, 0.50, 0.8], np.float32)
_KEYS = {
    TimeOfDay.DAWN: (-58.0, 9.0),
    TimeOfDay.DAY: (-78.0, 24.0),
    TimeOfDay.DUSK: (56.0, 8.0),
    TimeOfDay.NIGHT: (48.0, 28.0),
}
"""A low winter sun from the side draws every drift."""


def build(site: Site) -> Scene:
    """Build the snowfield."""
    height = _height(site)
    stage = site.stage(height, 1.6, (0.0, sample_height(height, 0.0, 0.0) + 2.7, -22.0))
    return Scene(
        stage=stage,
        light=light_of(site),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.5),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            _paint(site),
            center=(0.0, 0.0),
            rings=Rings(
                columns=1152, rows=480, farthest_m=5200.0, bands=((6.0, 80.0, 0.5), (900.0, 5200.0, 1.4))
            ),
            grain=Grain(amount=0.10, scale=10.0, ripple=0.035, ripple_per_m=0.9),
            wetness=0.12,
            stride=3,
        ),
        parts=tuple(_parts(site, height)),
        shadow_radius_m=62.0,
        shadow_center=(0.0, -40.0),
    )


def light_of(site: Site) -> Light:
    """The light of a low winter sun, which snow throws back."""
    light = site.light()
    azimuth, elevation = _KEYS[site.plan.time]
    clear = site.plan.weather in {Weather.CLEAR, Weather.CLOUDY}
    day = site.plan.time is TimeOfDay.DAY
    # Snow throws the sky's light back up; it would burn out at a meadow's exposure.
    return replace(
        light,
        sun=direction(azimuth * (1.0 if site.side(3) > 0.0 else -1.0), elevation) if clear else light.sun,
        bounce=tuple(0.75 * z + 0.25 * h for z, h in zip(light.zenith, light.horizon, strict=True)),  # pyright: ignore[reportArgumentType]
        exposure=light.exposure * (0.72 if day and clear else 0.86),
    )


def _height(site: Site) -> Height:
    land = open_country(site, Relief(rolling=2.4, knolls=16.0, hills=110.0, ridges=900.0, fall=2.0))
    noise = site.noise(5)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        drifts = (
            noise.fbm(x / 9.0 + 0.15 * z, z / 3.6, 3) * 0.26 + np.abs(noise.fbm(x / 16.0, z / 6.0, 2)) * 0.6
        )
        return (
            land(x, z)
            + drifts * (0.35 + 0.65 * smoothstep(2.0, 12.0, r)) * (1.0 - smoothstep(90.0, 220.0, r))
        ).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = blend(_SNOW[0], _SNOW[1], smoothstep(-0.4, 0.4, noise.fbm(x / 12.0, z / 5.0, 4)))
        bare = smoothstep(0.22, 0.38, steep + 0.08 * noise.fbm(x / 90.0, z / 90.0, 4))
        return blend(color, np.broadcast_to(_STONE, color.shape), bare * smoothstep(60.0, 200.0, y))

    return paint


def _parts(site: Site, height: Height) -> list[Part]:
    rng = site.rng(1)
    side = site.side(0)
    near = [trees.pine(site.seed * 5 + k, sides=16, tiers=8) for k in range(3)]
    middle = [trees.pine(site.seed * 5 + k, sides=8, tiers=5) for k in range(4)]
    far = [trees.pine(site.seed * 5 + k, sides=5, tiers=4, far=True) for k in range(4)]
    grove: list[Place] = [
        (side * 7.4, -17.0, 1.0),
        (side * 10.5, -20.5, 1.15),
        (side * 9.2, -25.0, 0.8),
        (side * 14.0, -23.0, 1.2),
        (-side * 13.5, -33.0, 1.1),
        (-side * 4.6, -12.0, 0.22),
        (side * 4.2, -11.0, 0.16),
    ]
    stones = [rock(rng, (0.9, 0.55, 0.7), (0.46, 0.46, 0.48)) for _ in range(3)]
    heap: list[Place] = [(-side * 5.0, -10.5, 0.9), (-side * 6.3, -11.4, 0.55), (side * 17.0, -32.0, 1.3)]
    return [
        Part(whitened(merge(plant(rng, near, grove, height, 0.55)), 0.78, 0.30), cell_m=16.0),
        Part(
            whitened(
                merge(plant(rng, middle, clusters(rng, 22, (42.0, 170.0), (3, 9)), height, 0.5)), 0.74, 0.28
            ),
            cell_m=40.0,
        ),
        Part(
            whitened(
                merge(plant(rng, far, clusters(rng, 46, (170.0, 620.0), (5, 14)), height, 0.6)), 0.7, 0.25
            ),
            casts=False,
            cell_m=110.0,
        ),
        Part(whitened(merge(plant(rng, stones, heap, height, 0.2)), 1.0, 0.2), Finish.HARD, cell_m=16.0),
    ]
