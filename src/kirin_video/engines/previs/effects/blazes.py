"""Blazes: large things on fire. Flames stand where the thing is, however it is turned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.effects.fire import fire
from kirin_video.engines.previs.effects.occasion import Effect, Occasion, together
from kirin_video.engines.previs.effects.smoke import smoke
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.swarms import Floats

HOUSES = frozenset(
    {"house", "cabin", "barn", "church", "castle", "windmill", "temple", "tower", "lighthouse"}
)
"""Kinds that burn from within."""
_OVER = ((-0.36, 0.10), (-0.16, -0.12), (0.04, 0.08), (0.22, -0.14), (0.36, 0.12))
"""Where things burn all over: along them and across them, as shares of their size."""
_NEAR = 0.06, 0.16
"""How far about a place its height is looked for, along and across, as shares of the size."""
_DECK = 85.0
"""So much in a hundred of its surface there is lower than what burns: masts burn at their foot."""
_TALL_M = 4.0
"""Flames on what is lower than this are nearly as high as it is."""
_STEEP = 0.6
"""How high what burns is taken to be, at most, as a share of how long it is."""
_WINDOWS = (-0.30, 0.0, 0.30)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something large stands half-way through the shot.

    Attributes:
        middle: (3,), of its box at rest, in its own space.
        size: (3,), of that box, metres of its own space.
        pose: (3, 4), from its own space to the world.
        points: (n, 3), its surface at rest.
    """

    middle: Floats
    size: Floats
    pose: Floats
    points: Floats

    def at(self, along: float, up: float, across: float) -> tuple[float, float, float]:
        """A point in the world: shares of the size from the middle, and from the foot up."""
        own = self.middle + np.array([along, up - 0.5, across]) * self.size
        x, y, z = (self.pose[:, :3] @ own + self.pose[:, 3]).tolist()
        return x, y, z

    def top(self, along: float, across: float) -> float:
        """How high it is there, as a share of its height."""
        off = np.abs((self.points - self.middle) / self.size - (along, 0.0, across))
        near = self.points[(off[:, 0] < _NEAR[0]) & (off[:, 2] < _NEAR[1]), 1]
        highest = float(np.percentile(near, _DECK)) if len(near) else float(self.middle[1])
        return (highest - float(self.middle[1])) / float(self.size[1]) + 0.5

    @property
    def extent(self) -> Floats:
        """(3,), its size in the world, metres: bodies may be larger than they are made."""
        return self.size * np.linalg.norm(self.pose[:, :3], axis=0)


def _place_of(occasion: Occasion, actors: list[Actor]) -> _Place:
    points = np.concatenate([actor.mesh.positions for actor in actors]).astype(float)
    low, high = points.min(0), points.max(0)
    pose = actors[0].poses[len(occasion.views) // 2, 0].astype(float)
    return _Place((low + high) / 2.0, high - low, pose, points)


def fires_over(occasion: Occasion, actors: list[Actor]) -> Effect:
    """Flames all over something long: a car, a ship, an aeroplane."""
    place = _place_of(occasion, actors)
    long, tall, wide = place.extent.tolist()
    size = (0.85 if tall < _TALL_M else 0.5) * tall
    fires = [
        fire(
            occasion,
            place.at(at[0], place.top(*at) - 0.06, at[1]),
            size,
            wide_m=min(0.22 * long, 1.2 * wide),
            smoky=0.9 if k % 2 else 0.0,
            lit=k in {1, 3},
        )
        for k, at in enumerate(_OVER)
    ]
    return together([*fires, _column(occasion, place, 0.30 * size + 0.10 * tall)])


def house_fire(occasion: Occasion, actors: list[Actor]) -> Effect:
    """Flames along the ridge and out of the windows on the viewer's sides, under thick dark smoke."""
    place = _place_of(occasion, actors)
    long, tall, wide = place.extent.tolist()
    ridge = 0 if long >= wide else 2
    # A steeple burns no higher than the nave below it is long.
    tall = min(tall, _STEEP * max(long, wide))
    fires: list[Effect] = []
    for k, (share, up, size) in enumerate(((-0.27, 0.66, 0.62), (-0.02, 0.76, 0.80), (0.25, 0.64, 0.55))):
        at = place.at(share, up, 0.0) if ridge == 0 else place.at(0.0, up, share)
        fires.append(fire(occasion, at, size * tall, wide_m=0.26 * max(long, wide), smoky=1.0, lit=k == 1))
    side_x, side_z = _sides_seen(occasion, place)
    for k, share in enumerate(_WINDOWS):
        walls = (place.at(0.43 * side_x, 0.17, 0.8 * share), place.at(share, 0.17, 0.43 * side_z))
        for wall, at in enumerate(walls):
            fires.append(
                fire(occasion, at, 0.46 * tall, wide_m=0.20 * tall, smoky=0.0, lit=k == 1 and wall == 0)
            )
    return together([*fires, _column(occasion, place, 0.24 * tall)])


def _sides_seen(occasion: Occasion, place: _Place) -> tuple[float, float]:
    """On which side along and across something the viewer is."""
    eye = np.array(occasion.views[len(occasion.views) // 2].eye, float)
    along, _, across = (place.pose[:, :3].T @ (eye - np.array(place.at(0.0, 0.5, 0.0)))).tolist()
    return (1.0 if along > 0.0 else -1.0), (1.0 if across > 0.0 else -1.0)


def _column(occasion: Occasion, place: _Place, size_m: float) -> Effect:
    """The smoke over it all."""
    return Effect((smoke(occasion, place.at(0.0, 1.1, 0.0), size_m, thick=1.2, dark=0.86, rise=1.3),))
