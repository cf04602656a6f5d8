"""Above the clouds: a white sea of them below, towers of cloud here and there, and the sun over it all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import Field, Noise, blend, smoothstep
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Part, Scene, Sky
from kirin_video.engines.previs.shapes import as_mesh, icosphere
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground
from kirin_video.engines.previs.worlds.land import far_off
from kirin_video.engines.previs.worlds.site import Site

_WHITE = np.array([0.96, 0.965, 0.98, 0.1], np.float32)
_HOLLOW = np.array([0.74, 0.80, 0.90, 0.1], np.float32)
_KEYS = {
    TimeOfDay.DAWN: (-58.0, 9.0),
    TimeOfDay.DAY: (-72.0, 40.0),
    TimeOfDay.DUSK: (52.0, 8.0),
    TimeOfDay.NIGHT: (40.0, 26.0),
}
"""The sun stands to the side, where it shapes the clouds."""
_FLAT_M = 26.0
"""So far round the viewer the clouds are smooth enough to run on."""


def build(site: Site) -> Scene:
    """Build the sea of clouds."""
    height = _height(site)
    return Scene(
        stage=site.stage(lambda x, _z: np.zeros_like(x), 7.0, (0.0, 6.0, -40.0), 70.0),
        light=_light(site),
        sky=Sky(site.seed, cloud_size=2.2, streaks=1.0, milky_way=0.5 * site.dark),
        # Rain and snow fall from these clouds, not on who is above them.
        weather=Weather.CLEAR,
        seed=site.seed,
        ground=map_ground(
            height,
            _paint(site),
            center=(0.0, 0.0),
            rings=Rings(columns=960, rows=420, farthest_m=9000.0, bands=((30.0, 2500.0, 1.3),)),
            grain=Grain(amount=0.05, scale=0.35),
        ),
        parts=(Part(_towers(site), casts=False, cell_m=160.0),),
        shadow_radius_m=90.0,
        shadow_center=(0.0, -50.0),
        floor_m=0.0,
    )


def _light(site: Site) -> Light:
    light = replace(site.light(), haze_per_m=0.00034, mist_per_m=0.0)
    azimuth, elevation = _KEYS[site.plan.time]
    side = site.side(3)
    day = site.plan.time is TimeOfDay.DAY
    return replace(
        light,
        sun=direction(azimuth * side, elevation),
        cover=min(light.cover, 0.22),
        disc=max(light.disc, 3.0 if day else light.disc),
        # What is white all round would burn out at a meadow's exposure.
        exposure=light.exposure * (0.74 if day else 0.9),
        bounce=tuple(0.6 * z + 0.5 * h for z, h in zip(light.zenith, light.horizon, strict=True)),  # pyright: ignore[reportArgumentType]
    )


def _heaps(noise: Noise, x: Field, z: Field, wide_m: float, octaves: int) -> Field:
    """Rounded heaps with sharp seams between them, 0 to about 1."""
    return (1.0 - noise.ridged(x / wide_m, z / wide_m, octaves, 0.5)).astype(np.float32)


def _height(site: Site) -> Height:
    noise, fine = site.noise(1), site.noise(2)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        grown = smoothstep(0.6 * _FLAT_M, 5.0 * _FLAT_M, r)
        swell = noise.fbm(x / 420.0, z / 420.0, 3) * 22.0 * smoothstep(60.0, 600.0, r)
        heaps = (
            _heaps(fine, x, z, 38.0, 4) * (0.7 + 9.0 * grown) + _heaps(noise, x, z, 150.0, 4) * 20.0 * grown
        )
        return (swell + heaps - 12.0 * grown - 0.55).astype(np.float32)

    return height


def _paint(site: Site) -> Paint:
    noise = site.noise(2)

    def paint(x: Field, z: Field, _y: Field, steep: Field) -> Field:
        seam = smoothstep(0.45, 0.85, noise.ridged(x / 38.0, z / 38.0, 4, 0.5))
        return blend(_WHITE, _HOLLOW, np.maximum(seam * 0.8, smoothstep(0.2, 0.6, steep) * 0.5))

    return paint


def _towers(site: Site) -> Mesh:
    """Heaps of cloud that stand out of the sea, most of them far away."""
    rng = site.rng(4)
    meshes: list[Mesh] = []
    for _ in range(20):
        turn, far = float(rng.uniform(-1.6, 1.6)), far_off(rng, (210.0, 1900.0))
        at = np.array([np.sin(turn) * far, -8.0, -np.cos(turn) * far])
        meshes += tower(rng, at, float(rng.uniform(0.05, 0.10)) * far + 6.0)
    return merge(meshes)


def tower(rng: np.random.Generator, at: NDArray[np.float64], size: float, *, balls: int = 14) -> list[Mesh]:
    """A heap of cloud: balls that grow into each other, the smaller ones on top, lit as one.

    Args:
        rng: chance.
        at: the middle of its foot, metres.
        size: about half of its width.
        balls: how many; more are smaller.
    """
    points, faces = icosphere(2)
    heap: list[Mesh] = []
    small = (14.0 / balls) ** 0.4
    for k in range(balls):
        up = (k / (balls - 1.0)) ** 0.9
        spread = 1.15 * (1.05 - up)
        middle = at + size * np.array([rng.normal() * spread, 1.15 * up, rng.normal() * spread])
        radius = small * size * float(rng.uniform(0.42, 0.66)) * (1.0 - 0.5 * up)
        bumps: NDArray[np.float64] = np.ones(len(points))
        for _ in range(3):
            bumps += 0.05 * np.sin(points @ (rng.normal(size=3) * 6.0) + rng.uniform(0.0, 6.0))
        placed = middle + (points * bumps[:, None]) * (radius * np.array([1.2, 0.9, 1.2]))
        # Light goes through and through a cloud: its underside is hardly darker.
        soft = 0.45 * points + 0.5 * (placed - at) / size + np.array([0.0, 0.45, 0.0])
        high = np.clip((placed[:, 1] - at[1]) / size, 0.0, 1.2)
        tone = np.clip(0.84 + 0.14 * high, 0.0, 1.0)[:, None] * _WHITE[:3]
        heap.append(as_mesh(placed, soft, tone, faces))
    return heap
