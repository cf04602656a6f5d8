"""Routes over the ground: lines, arcs and circles, and walking along them at a speed that changes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.bodies.track import Floats, Terrain, Track

_STEPS = 241


@dataclass(frozen=True, slots=True)
class Route:
    """A way over the plane, followed straight on beyond its ends.

    Attributes:
        x: float64, (k,), metres.
        z: float64, (k,), metres.
        turns: float64, (k,), radians, without jumps; as in `Track`.
        metres: float64, (k,), along the route; 0 is its middle.
    """

    x: Floats
    z: Floats
    turns: Floats
    metres: Floats

    def at(self, metres: Floats) -> tuple[Floats, Floats, Floats]:
        """x, z and turn at places along the route."""
        x, z, turn = (np.interp(metres, self.metres, v) for v in (self.x, self.z, self.turns))
        before = np.minimum(metres - self.metres[0], 0.0)
        after = np.maximum(metres - self.metres[-1], 0.0)
        x = x + before * math.cos(self.turns[0]) + after * math.cos(self.turns[-1])
        z = z - before * math.sin(self.turns[0]) - after * math.sin(self.turns[-1])
        return x, z, turn


def line(middle: tuple[float, float], turn: float, length_m: float) -> Route:
    """Straight through a point."""
    metres = np.linspace(-0.5, 0.5, 3) * max(length_m, 0.01)
    x, z = middle[0] + math.cos(turn) * metres, middle[1] - math.sin(turn) * metres
    return Route(x, z, np.full(3, turn), metres)


def circle(middle: tuple[float, float], radius_m: float, start: float, length_m: float) -> Route:
    """Round a point, counter-clockwise seen from above; its middle is at the angle ``start``, radians."""
    metres = np.linspace(-0.5, 0.5, _STEPS) * max(length_m, 0.01)
    angles = start + metres / radius_m
    x, z = middle[0] + radius_m * np.cos(angles), middle[1] - radius_m * np.sin(angles)
    return Route(x, z, angles + math.pi / 2.0, metres)


def arc(middle: tuple[float, float], turn: float, bend: float, length_m: float) -> Route:
    """Through a point at a turn, bending by so many radians on its whole length, positive to the left."""
    metres = np.linspace(-0.5, 0.5, _STEPS) * max(length_m, 0.01)
    turns = turn + bend * metres / max(length_m, 0.01)
    step = metres[1] - metres[0]
    x, z = np.cumsum(np.cos(turns)) * step, -np.cumsum(np.sin(turns)) * step
    half = _STEPS // 2
    return Route(x - x[half] + middle[0], z - z[half] + middle[1], turns, metres)


def walked(  # noqa: PLR0913 -- a place in a group, and the ground
    route: Route,
    times: Floats,
    gone: Floats,
    terrain: Terrain,
    *,
    ahead: float = 0.0,
    aside: float = 0.0,
    above: Floats | float = 0.0,
) -> Track:
    """A track along a route.

    Args:
        route: the way of the group's middle.
        times: float64, (k,), rising seconds.
        gone: float64, (k,), metres along the route at those times.
        terrain: what carries the body.
        ahead: place in the group, metres along the way.
        aside: place in the group, metres to the right of the way.
        above: metres over the terrain, one or (k,).
    """
    x, z, turns = route.at(gone + ahead)
    x, z = x + aside * np.sin(turns), z + aside * np.cos(turns)
    return Track(times, np.stack([x, np.broadcast_to(above, x.shape), z], 1), turns, terrain)


def paced(times: Floats, speeds: list[tuple[float, float]], ramp_s: float = 0.6) -> Floats:
    """Metres gone at rising times when the speed changes.

    Args:
        times: float64, (k,), seconds.
        speeds: from when on, seconds, and metres a second; the first from 0.
        ramp_s: how long a change takes.
    """
    speed = np.full_like(times, speeds[0][1])
    for start, value in speeds[1:]:
        s = np.clip((times - start) / ramp_s, 0.0, 1.0)
        speed = speed + (value - speed) * s * s * (3.0 - 2.0 * s)
    steps = np.diff(times) * (speed[1:] + speed[:-1]) / 2.0
    return np.concatenate([[0.0], np.cumsum(steps)])
