"""Open country: land that rolls near by, rises to hills further on, and ends in ridges."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.noise import Field, smoothstep, where
from kirin_video.engines.previs.terrain import Height
from kirin_video.engines.previs.worlds.site import Place, Site


@dataclass(frozen=True, slots=True)
class Relief:
    """How high the land goes, metres.

    Attributes:
        rolling: of the swells near by.
        knolls: from fifty metres on.
        hills: from 350 metres on.
        ridges: from 1600 metres on.
        fall: how far the land sinks in front of the camera, so that it is overlooked.
    """

    rolling: float = 2.2
    knolls: float = 18.0
    hills: float = 90.0
    ridges: float = 420.0
    fall: float = 3.0


_KNOLLS_M, _HILLS_M, _RIDGES_M = 50.0, 350.0, 1600.0


def open_country(site: Site, relief: Relief) -> Height:
    """The height of open country."""
    noise, fine = site.noise(1), site.noise(2)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        near = noise.fbm(x / 70.0, z / 70.0, 2) * relief.rolling * smoothstep(0.0, 40.0, r)
        rough = fine.fbm(x / 5.0, z / 5.0, 2) * 0.08 * (1.0 - smoothstep(30.0, 90.0, r))
        knolls = where(r > _KNOLLS_M, lambda a, b: noise.fbm(a / 260.0 + 9.0, b / 260.0, 3), x, z)
        hills = where(r > _HILLS_M, lambda a, b: noise.fbm(a / 800.0 + 3.0, b / 800.0, 4) + 0.3, x, z)
        ridges = where(r > _RIDGES_M, lambda a, b: noise.ridged(a / 2300.0 + 5.0, b / 2300.0, 5), x, z)
        return (
            near
            + rough
            + knolls * relief.knolls * smoothstep(_KNOLLS_M, 320.0, r)
            + hills * relief.hills * smoothstep(_HILLS_M, 1300.0, r)
            + ridges * relief.ridges * smoothstep(_RIDGES_M, 3400.0, r)
            - relief.fall * smoothstep(15.0, 90.0, r)
        ).astype(np.float32)

    return height


def far_off(rng: np.random.Generator, reach: tuple[float, float]) -> float:
    """A distance, metres: places chosen so are as dense in the picture near by as far away."""
    return math.exp(rng.uniform(math.log(reach[0]), math.log(reach[1])))


def clusters(
    rng: np.random.Generator, count: int, reach: tuple[float, float], size: tuple[int, int]
) -> list[Place]:
    """Groups of trees scattered over the land ahead."""
    places: list[Place] = []
    for _ in range(count):
        turn, far = rng.uniform(-0.85, 0.85), far_off(rng, reach)
        for _ in range(int(rng.integers(*size))):
            x = np.sin(turn) * far + rng.normal() * (3.0 + 0.05 * far)
            z = -np.cos(turn) * far + rng.normal() * (3.0 + 0.05 * far)
            places.append((float(x), float(z), float(rng.uniform(0.75, 1.3))))
    return places
