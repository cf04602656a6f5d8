"""A mountain's top: rock and old snow underfoot, a cairn, and ranges far below all round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, blend, smoothstep, where
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock, tube, whitened
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.site import Place, Site, plant, weathered

_TOP_M = 14.0
"""How far the top reaches from where it is looked at."""
_TALL_M, _ROOM = 3.5, 4.0
"""What is taller than this needs room up there: so much for every metre more."""
_RANGES_M, _WALL_M = 420.0, 2600.0
_STONE = (np.array([0.36, 0.34, 0.33, 1.0], np.float32), np.array([0.54, 0.51, 0.48, 1.0], np.float32))
_SNOW = np.array([0.92, 0.945, 0.985, 0.25], np.float32)
_WOODS = np.array([0.17, 0.24, 0.18, 0.8], np.float32)
_KEYS = {
    TimeOfDay.DAWN: (-19.0, 7.0),
    TimeOfDay.DAY: (-64.0, 36.0),
    TimeOfDay.DUSK: (18.0, 6.0),
    TimeOfDay.NIGHT: (-40.0, 28.0),
}
"""Where the key light stands: a low sun is in the picture, as it is from up there."""


def build(site: Site) -> Scene:
    """Build the top, its slopes and the ranges around it."""
    height = _height(site)
    stage = site.stage(height, 2.0, (0.0, sample_height(height, 0.0, 0.0) + 1.3, -30.0), 74.0)
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.5, streaks=0.8, milky_way=0.4 * site.dark),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            weathered(_paint(site), site),
            center=(0.0, 0.0),
            rings=Rings(columns=1120, rows=480, farthest_m=9000.0, bands=((500.0, 9000.0, 2.6),)),
            grain=Grain(amount=0.55, scale=3.0),
            wetness=0.2 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height)),
        shadow_radius_m=45.0,
        shadow_center=(0.0, -14.0),
    )


def _light(site: Site) -> Light:
    """The hour's light in thin air; the haze parts one ridge from the next."""
    light = site.light(haze=0.20)
    if site.plan.weather is Weather.FOG:
        return light
    azimuth, elevation = _KEYS[site.plan.time]
    return replace(
        light,
        sun=direction(azimuth * site.side(3), elevation),
        mist_per_m=0.0,
        exposure=light.exposure * (0.86 if site.plan.time is TimeOfDay.DAY else 1.0),
    )


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)
    top = _top_m(site)
    reach = top + site.roam_m

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x * top / reach, z)
        edge = r + 2.2 * fine.fbm(x / 6.0, z / 6.0, 3) + 0.25 * np.clip(-z, -6.0, 20.0)
        rough = 0.42 * fine.fbm(x / 4.0 + 3.0, z / 4.0, 4) * smoothstep(1.5, 6.0, np.hypot(x, z))
        past = np.clip(edge - top, 0.0, None)
        # Steep at first, then ever less so, down to the valleys.
        fall = -500.0 * (1.0 - np.exp(-past / 620.0))
        crags = 9.0 * fine.ridged(x / 46.0, z / 46.0, 4, 0.5) * smoothstep(4.0, 60.0, past)
        ranges = where(
            r > _RANGES_M,
            lambda a, b: np.maximum(noise.ridged(a / 1350.0 + 7.0, b / 1350.0, 6, 0.34) - 0.22, 0.0) * 1020.0,
            x,
            z,
        )
        wall = where(
            r > _WALL_M,
            lambda a, b: np.maximum(noise.ridged(a / 3100.0 + 2.0, b / 3100.0, 5, 0.34) - 0.2, 0.0) * 1500.0,
            x,
            z,
        )
        ranges *= smoothstep(_RANGES_M, 1300.0, r)
        wall *= smoothstep(_WALL_M, 5200.0, r)
        return (rough + fall - crags + np.maximum(ranges, wall)).astype(np.float32)

    return height


def _top_m(site: Site) -> float:
    """How far the top reaches: further where something stands on it that is built."""
    known = catalogue()
    tall = [known[s.kind].height_m * s.size for s in site.plan.subjects if not s.scenery and s.kind in known]
    return _TOP_M + _ROOM * max(max(tall, default=0.0) - _TALL_M, 0.0)


def _paint(site: Site) -> Paint:
    noise = site.noise(3)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        near = noise.fbm(x / 2.8, z / 2.8, 4)
        rough = noise.fbm(x / 170.0 + 20.0, z / 170.0, 5)
        bands = np.sin(y * 0.06 + 5.0 * rough).astype(np.float32)
        r = np.hypot(x, z)
        far = smoothstep(40.0, 200.0, r)
        stone = blend(_STONE[0], _STONE[1], smoothstep(-0.6, 0.6, near * (1.0 - far) + (bands + rough) * far))
        patches = smoothstep(0.02, 0.16, noise.fbm(x / 6.5 + 40.0, z / 6.5, 4) - 0.6 * steep)
        lying = smoothstep(0.46, 0.30, steep + 0.12 * rough) * smoothstep(-470.0, -330.0, y + 120.0 * rough)
        color = blend(stone, np.broadcast_to(_SNOW, stone.shape), patches * (1.0 - far) + 0.96 * lying * far)
        wooded = smoothstep(-400.0, -480.0, y + 60.0 * rough) * far
        return blend(color, np.broadcast_to(_WOODS, color.shape), 0.9 * wooded)

    return paint


def _parts(site: Site, height: Height) -> list[Part]:
    rng, side = site.rng(1), site.side(0)
    stones = [rock(rng, (0.9, 0.6, 0.75), (0.44, 0.42, 0.40)) for _ in range(4)]
    strewn: list[Place] = [
        (-side * 5.4, -10.5, 1.5),
        (-side * 7.4, -8.6, 0.9),
        (side * 8.4, -11.0, 1.7),
        (side * 6.9, -8.0, 0.55),
        (-side * 2.2, -13.0, 0.8),
    ]
    for _ in range(34):
        a, far = float(rng.uniform(-1.2, 1.2)), float(rng.uniform(4.5, 13.0))
        strewn.append((far * np.sin(a), -far * np.cos(a), float(rng.uniform(0.12, 0.4))))
    x, z = side * 3.9, -10.2
    cairn = _cairn(rng).moved((x, sample_height(height, x, z) - 0.08, z))
    heap = merge([*plant(rng, stones, strewn, height, 0.06), cairn])
    return [Part(whitened(heap, 0.85, 0.55) if site.snowy else heap, Finish.HARD, cell_m=12.0)]


def _cairn(rng: np.random.Generator) -> Mesh:
    """Stones heaped up by those who were there, a pole in them."""
    parts: list[Mesh] = []
    for level in range(6):
        wide = 0.62 * (1.0 - level / 7.0)
        count = max(7 - level, 2)
        for k in range(count):
            a = 6.28 * (k + 0.5 * (level % 2)) / count
            stone = rock(rng, (0.30, 0.17, 0.26), (0.46, 0.43, 0.40), level=2)
            at = (wide * 0.75 * np.cos(a), 0.12 + 0.20 * level, wide * 0.75 * np.sin(a))
            parts.append(stone.moved((float(at[0]), at[1], float(at[2])), a, 1.0 - 0.06 * level))
    pole = np.array([[0.0, 0.4, 0.0], [0.02, 1.5, 0.0], [0.03, 2.3, 0.0]])
    parts.append(tube(pole, np.array([0.04, 0.035, 0.03]), 7, (0.42, 0.30, 0.20)))
    return merge(parts)
