"""The weather outside a room, seen through its windows: rain or snow that falls there, drops on the glass."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.swarms import Facing, Key, Look, Shape, Swarm, grown
from kirin_video.engines.previs.worlds.droplets import glassy
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect

_LONGEST_S = 20.0
"""Until when it goes on falling."""
_FROM_M, _DEEP_M, _OFF_M = 4.2, 9.0, 0.45
"""How high up it comes into view, how far off it falls still, and how close to the walls."""
_RAIN_MPS, _SNOW_MPS = 8.5, 1.15
_RAINDROPS, _FLAKES = 20_000, 8000
_BRIGHT = {TimeOfDay.DAWN: 0.75, TimeOfDay.DAY: 1.0, TimeOfDay.DUSK: 0.55, TimeOfDay.NIGHT: 0.35}
_BEADS, _RUNNING = 260, 70


def falling_outside(site: Site, left_m: float, back_m: float) -> tuple[Swarm, ...]:
    """Rain or snow behind a room's back wall and beside its left one; nothing in other weather.

    Args:
        site: whose weather it is.
        left_m: the left wall along x.
        back_m: the back wall along z.
    """
    if site.plan.weather is Weather.RAIN:
        return (_fall(site, left_m, back_m, _RAINDROPS, _RAIN_MPS),)
    if site.plan.weather is Weather.SNOW:
        return (_fall(site, left_m, back_m, _FLAKES, _SNOW_MPS),)
    return ()


def _fall(site: Site, left_m: float, back_m: float, count: int, speed: float) -> Swarm:
    """So many drops or flakes, spread over the clip's time."""
    rng = site.rng(41)
    life = (_FROM_M + 0.6) / speed
    behind = rng.random(count) < 0.7  # noqa: PLR2004 -- most windows are in the back wall
    x = np.where(
        behind,
        rng.uniform(left_m - 2.0, left_m + 9.0, count),
        left_m - _OFF_M - rng.uniform(0.0, _DEEP_M, count),
    )
    z = np.where(
        behind, back_m - _OFF_M - _DEEP_M * rng.random(count) ** 1.8, back_m + rng.uniform(-3.0, 8.0, count)
    )
    start = np.stack([x, np.full(count, _FROM_M), z], 1)
    bright = _BRIGHT[site.plan.time]
    if site.plan.weather is Weather.RAIN:
        tone = (0.66 * bright, 0.70 * bright, 0.76 * bright)
        look = Look(
            Shape.STREAK, (Key(0.0, tone, 0.62),), facing=Facing.ALONG, glow=1.0, softness=0.5, streak_s=0.040
        )
        size, drift = np.tile([0.006, 0.06], (count, 1)), 0.05
    else:
        tone = (0.92 * bright, 0.94 * bright, 0.98 * bright)
        look = Look(Shape.DROP, (Key(0.0, tone, 0.92),), glow=1.0, softness=0.35, sway_m=0.16, sway_hz=0.35)
        flake = rng.uniform(0.012, 0.034, count)
        size, drift = np.stack([flake, flake], 1), 0.12
    return grown(
        look,
        born=rng.uniform(-life, _LONGEST_S, count),
        life=life,
        start=start,
        size=size,
        velocity=np.array([drift * speed, -speed, 0.0]),
        chance=rng.random(count),
    )


def drops_on_glass(site: Site, pane: Rect, z: float) -> list[Swarm]:
    """Drops on a window's pane in the rain: most hang there, some run down.

    Args:
        site: whose weather it is.
        pane: the window in the wall.
        z: of its glass.
    """
    if site.plan.weather is not Weather.RAIN:
        return []
    rng = site.rng(42)
    x0, x1, y0, y1 = pane
    count = _BEADS + _RUNNING
    runs = np.arange(count) >= _BEADS
    speed = np.where(runs, rng.uniform(0.05, 0.20, count), 0.0)
    start = np.stack([rng.uniform(x0, x1, count), rng.uniform(y0, y1, count), np.full(count, z + 0.004)], 1)
    life = np.where(runs, (start[:, 1] - y0) / np.maximum(speed, 1e-3), 1e3)
    born = np.where(runs, rng.uniform(-9.0, _LONGEST_S, count), -9.0)
    radius = np.where(runs, rng.uniform(0.006, 0.010, count), 0.0025 + 0.0095 * rng.random(count) ** 3.0)
    size = np.stack([radius, radius * np.where(runs, 1.45, 1.15)], 1)
    way = np.stack([0.0 * speed, -speed, 0.0 * speed], 1)
    return glassy(site, born, life, start, size, way, rng.random(count))
