"""What falls from a rose, flies off a wet coat, or bursts: water in drops, snow in crumbs."""

# ruff: noqa: PLR2004 -- effects are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.plan import Setting
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Shape, grown

_WATER = (0.62, 0.76, 0.88)
_SNOW = (0.92, 0.95, 1.0)
_EARTH, _SAND = (0.16, 0.10, 0.06), (0.44, 0.32, 0.18)
_GROUNDS = {
    **dict.fromkeys((Setting.BEACH, Setting.DESERT), _SAND),
    **dict.fromkeys((Setting.SNOWFIELD,), _SNOW),
}
_WEIGHT = (0.0, -9.81, 0.0)
_JETS, _PER_S = 9, 26.0
"""How many threads leave a rose, and how many drops a second follow each other in one."""
_SPEED = 1.25
"""Metres a second at which water leaves it."""


def pouring(occasion: Occasion, way: Floats, ahead: Floats) -> Effect:
    """Water from the rose of a can, in threads that bend down to the ground and splash there.

    Args:
        occasion: the shot.
        way: (f, 3), where the rose is.
        ahead: (f, 3), where it points.
    """
    rng, life = occasion.rng(), 0.75
    born = occasion.births(rng, _JETS * _PER_S, life)
    count = len(born)
    start, aim = occasion.followed(way, born), occasion.followed(ahead, born)
    level = aim * np.array([1.0, 0.0, 1.0])
    level /= np.maximum(np.linalg.norm(level, axis=1, keepdims=True), 1e-6)
    side = np.stack([-level[:, 2], 0.0 * born, level[:, 0]], 1)
    jet = (np.arange(count) % _JETS) * math.tau / _JETS
    spread = 0.28 * np.cos(jet)[:, None] * side + np.array([0.0, 0.20, 0.0]) * np.sin(jet)[:, None]
    velocity = _SPEED * (level + spread) + rng.normal(0.0, 0.03, (count, 3))
    floor = occasion.floor(start[:, 0], start[:, 2])
    falls = np.maximum(start[:, 1] - floor, 0.05)
    up = velocity[:, 1]
    lands = (up + np.sqrt(up * up + 2.0 * 9.81 * falls)) / 9.81
    look = Look(
        Shape.DROP,
        keys=(Key(0.0, _WATER, 0.85), Key(1.0, _WATER, 0.75)),
        core=(0.86, 0.93, 1.0),
        facing=Facing.ALONG,
        glow=0.25,
        cover=0.7,
        softness=0.12,
        pull=_WEIGHT,
        streak_s=0.045,
    )
    size = np.full((count, 2), 0.0075)
    size[:, 1] = 0.012
    drops = grown(
        look, born=born, life=lands, start=start, velocity=velocity, size=size, chance=rng.random(count)
    )
    end = start + velocity * lands[:, None] + 0.5 * np.array(_WEIGHT) * (lands * lands)[:, None]
    end[:, 1] += 0.01
    some = np.flatnonzero(rng.random(count) < 0.4)
    crown = Look(
        Shape.CROWN,
        keys=(Key(0.0, _WATER, 0.8, 0.3), Key(1.0, _WATER, 0.0, 1.0)),
        facing=Facing.UPRIGHT,
        glow=0.2,
        cover=0.5,
        softness=0.2,
    )
    splashes = grown(
        crown,
        born=(born + lands)[some],
        life=0.18,
        start=end[some],
        size=np.full(len(some), 0.035),
        chance=rng.random(len(some)),
    )
    return Effect((drops, splashes))


def shaken(occasion: Occasion, middle: Floats, radius_m: float, *, snowy: bool) -> Effect:
    """What flies off a coat that is shaken, to all sides across the body.

    Args:
        occasion: the shot.
        middle: (f, 3), of the body.
        radius_m: of its trunk.
        snowy: whether it is snow.
    """
    rng, life = occasion.rng(), 0.6
    born = occasion.births(rng, 150.0, life)
    count = len(born)
    angle = rng.uniform(0.0, math.tau, count)
    out = np.stack([np.cos(angle), rng.uniform(0.1, 1.1, count), np.sin(angle)], 1)
    start = occasion.followed(middle, born) + 0.8 * radius_m * out * rng.uniform(0.5, 1.0, count)[:, None]
    speed = 2.4 * math.sqrt(max(radius_m, 0.05) / 0.2)
    color = _SNOW if snowy else _WATER
    look = Look(
        Shape.DROP,
        keys=(Key(0.0, color, 0.9), Key(0.7, color, 0.8), Key(1.0, color, 0.0)),
        core=(0.9, 0.96, 1.0),
        facing=Facing.ALONG,
        glow=0.25,
        cover=0.75,
        softness=0.15,
        pull=_WEIGHT,
        drag=1.2,
        streak_s=0.02,
    )
    half = radius_m * rng.uniform(0.016, 0.038, count)
    drops = grown(
        look,
        born=born,
        life=life,
        start=start,
        velocity=speed * out,
        size=half,
        chance=rng.random(count),
    )
    return Effect((drops,))


def flung(occasion: Occasion, way: Floats, back: Floats, tall_m: float) -> Effect:
    """Earth, sand or snow that paws throw behind them.

    Args:
        occasion: the shot.
        way: (f, 3), where they dig.
        back: (f, 3), unit vectors to where it flies.
        tall_m: how tall who digs is.
    """
    rng, life = occasion.rng(), 0.7
    born = occasion.births(rng, 230.0, life)
    # A handful at a time: twice for every round of both paws.
    born = np.round(born * 4.6) / 4.6 + rng.uniform(0.0, 0.05, len(born))
    count = len(born)
    start, aim = occasion.followed(way, born), occasion.followed(back, born)
    spread = rng.normal(0.0, 0.22, (count, 3))
    speed = math.sqrt(9.81 * tall_m) * rng.uniform(0.6, 1.1, count)
    velocity = speed[:, None] * (aim + np.array([0.0, 0.85, 0.0]) + spread)
    tone = _GROUNDS.get(occasion.plan.setting, _EARTH)
    look = Look(
        Shape.DROP,
        keys=(Key(0.0, tone, 1.0), Key(0.85, tone, 1.0), Key(1.0, tone, 0.0)),
        glow=0.0,
        cover=1.0,
        softness=0.1,
        pull=_WEIGHT,
    )
    clods = grown(
        look,
        born=born,
        life=life,
        start=start,
        velocity=velocity,
        size=tall_m * rng.uniform(0.007, 0.024, count),
        chance=rng.random(count),
    )
    return Effect((clods,))


def bursts(occasion: Occasion, times: Floats, places: Floats) -> Effect:
    """Snowballs that break: a handful of crumbs each, and a puff.

    Args:
        occasion: the shot.
        times: (n,), when, seconds.
        places: (n, 3), where.
    """
    rng, each = occasion.rng(), 26
    born, at = np.repeat(times, each), np.repeat(places, each, 0)
    count = len(born)
    out = rng.normal(0.0, 1.0, (count, 3))
    crumbs = Look(
        Shape.GLOW,
        keys=(Key(0.0, _SNOW, 1.0), Key(0.8, _SNOW, 0.9), Key(1.0, _SNOW, 0.0)),
        glow=0.15,
        cover=1.0,
        softness=0.2,
        pull=_WEIGHT,
        drag=2.0,
    )
    flying = grown(
        crumbs,
        born=born,
        life=0.55,
        start=at,
        velocity=1.1 * out + np.array([0.0, 1.0, 0.0]),
        size=rng.uniform(0.012, 0.034, count),
        chance=rng.random(count),
    )
    puff = Look(
        Shape.PUFF,
        keys=(Key(0.0, _SNOW, 0.7, 0.4), Key(1.0, _SNOW, 0.0, 1.3)),
        glow=0.1,
        cover=0.9,
    )
    clouds = grown(
        puff,
        born=times,
        life=0.5,
        start=places,
        size=np.full(len(times), 0.17),
        chance=rng.random(len(times)),
    )
    return Effect((flying, clouds))
