"""A coral reef: banks of corals in many shapes and colours, sea fans, sponges, anemones, light from above."""

# ruff: noqa: PLR2004 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Finish, Part, Scene
from kirin_video.engines.previs.shapes import Color, rock
from kirin_video.engines.previs.swarms import Swarm
from kirin_video.engines.previs.terrain import Height
from kirin_video.engines.previs.worlds import underwater
from kirin_video.engines.previs.worlds.corals import anemone, brain, branching, plate, sea_fan, tubes
from kirin_video.engines.previs.worlds.land import far_off
from kirin_video.engines.previs.worlds.plumes import shafts
from kirin_video.engines.previs.worlds.site import Place, Site, plant

_CORALS: tuple[Color, ...] = (
    (0.96, 0.36, 0.28),
    (0.98, 0.66, 0.20),
    (0.86, 0.30, 0.62),
    (0.98, 0.50, 0.56),
    (0.56, 0.34, 0.82),
    (0.94, 0.82, 0.34),
)
_BRAINS: tuple[Color, ...] = ((0.86, 0.66, 0.40), (0.50, 0.70, 0.38), (0.86, 0.46, 0.50), (0.52, 0.56, 0.80))
_FANS: tuple[Color, ...] = ((0.80, 0.22, 0.56), (0.96, 0.54, 0.16), (0.62, 0.26, 0.72))
_PLATES: tuple[Color, ...] = ((0.72, 0.56, 0.34), (0.44, 0.62, 0.52), (0.62, 0.44, 0.66))
_PIPES: tuple[Color, ...] = ((0.96, 0.78, 0.20), (0.58, 0.36, 0.80), (0.94, 0.48, 0.26))
_ARMS: tuple[Color, ...] = ((0.92, 0.56, 0.50), (0.60, 0.80, 0.46), (0.80, 0.50, 0.78))


def build(site: Site) -> Scene:
    """Build the reef on the sea floor."""
    scene = underwater.build(site)
    height = underwater.sea_floor(site)
    return replace(
        scene,
        parts=tuple(_parts(site, height)),
        swarms=(*scene.swarms, *_light(site)),
        light=replace(scene.light, haze_per_m=0.021, saturation=1.16),
    )


def _light(site: Site) -> tuple[Swarm, ...]:
    """The sun in shafts through the water."""
    rng, side = site.rng(9), site.side(3)
    at = np.stack([rng.uniform(-15.0, 15.0, 16), rng.uniform(5.0, 7.0, 16), -rng.uniform(9.0, 26.0, 16)], 1)
    dim = 0.3 if site.dark else 1.0
    return (
        shafts(
            rng,
            at,
            (0.75, 7.5),
            np.array([-0.30 * side, -1.0, 0.12]),
            (0.55 * dim, 0.85 * dim, 0.80 * dim),
            opacity=0.15,
        ),
    )


def _banks(site: Site, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Where corals gather: x, z and half of the width; on both sides near by, right across further on."""
    side = site.side(0)
    banks = [
        (side * 4.4, -7.6, 1.5),
        (side * 6.6, -10.4, 2.2),
        (-side * 4.2, -8.4, 1.3),
        (-side * 6.8, -12.0, 2.2),
        (side * 1.8, -15.5, 1.8),
        (-side * 2.6, -18.0, 2.4),
        (side * 2.5, -5.2, 0.8),
        (-side * 2.7, -5.6, 0.8),
        (side * 3.4, -4.6, 0.6),
        (-side * 0.4, -11.5, 0.9),
    ]
    for _ in range(14):
        turn, r = float(rng.uniform(-0.9, 0.9)), far_off(rng, (15.0, 40.0))
        banks.append((float(np.sin(turn) * r), float(-np.cos(turn) * r), 0.06 * r + 1.0))
    return banks


def _parts(site: Site, height: Height) -> list[Part]:
    rng = site.rng(1)
    banks = _banks(site, rng)
    stones = [rock(rng, (1.1, 0.75, 0.95), (0.40, 0.38, 0.40)) for _ in range(4)]
    heaps: list[Place] = []
    for x, z, half in banks:
        heaps += [
            (x, z, 0.62 * half),
            (x + 0.5 * half * rng.normal(), z + 0.5 * half * rng.normal(), 0.42 * half),
        ]
    mound = plant(rng, stones, heaps, height, 0.25)

    def upon(x: float, z: float) -> float:
        """How high the stone of a bank is there: about a ball's."""
        floor = float(height(np.array([x], np.float32), np.array([z], np.float32))[0])
        tops = [
            0.42 * s * max(1.0 - ((x - a) ** 2 + (z - b) ** 2) / (0.9 * s) ** 2, 0.0) ** 0.5
            for a, b, s in heaps
        ]
        return floor + max(tops) - 0.06

    def over_banks(kinds: list[Mesh], each: int, size: tuple[float, float]) -> list[Mesh]:
        grown: list[Mesh] = []
        for x, z, half in banks:
            for _ in range(max(round(each * min(half, 2.0)), 1)):
                a, b = x + half * float(rng.normal()) * 0.55, z + half * float(rng.normal()) * 0.55
                if abs(a) < 0.9 and b > -10.0:
                    continue
                kind = kinds[int(rng.integers(len(kinds)))]
                scale = float(rng.uniform(*size)) * (1.1 + 0.30 * half)
                grown.append(kind.moved((a, upon(a, b), b), float(rng.uniform(0.0, 6.28)), scale))
        return grown

    bushes = [branching(site.seed + k, color) for k, color in enumerate(_CORALS)]
    fans = [sea_fan(site.seed + k, color) for k, color in enumerate(_FANS)]
    plates = [plate(site.seed + k, color) for k, color in enumerate(_PLATES)]
    pipes = [tubes(site.seed + k, color) for k, color in enumerate(_PIPES)]
    arms = [anemone(site.seed + k, color) for k, color in enumerate(_ARMS)]
    balls = [brain(site.seed + k, color) for k, color in enumerate(_BRAINS)]
    return [
        Part(merge(mound), Finish.HARD, cell_m=10.0),
        Part(merge(over_banks(bushes, 3, (0.8, 1.7))), cell_m=7.0),
        Part(merge(over_banks(fans, 1, (0.9, 1.7))), cell_m=7.0),
        Part(merge(over_banks(plates, 1, (0.8, 1.5))), cell_m=7.0),
        Part(merge(over_banks(pipes, 2, (0.7, 1.3))), cell_m=7.0),
        Part(merge(over_banks(arms, 1, (0.9, 1.6))), cell_m=7.0),
        Part(merge(over_banks(balls, 2, (0.5, 1.1))), Finish.HARD, cell_m=7.0),
    ]
