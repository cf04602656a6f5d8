"""Smoke, steam and clouds of dust: puffs of clay that grow as they rise, and soft vapour."""

# ruff: noqa: PLR0913, PLR0917 -- effects are made of measures, and have many sides
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.scenery import Lamp
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Shape, Swarm, grown


def smoke(
    occasion: Occasion,
    at: tuple[float, float, float],
    size_m: float,
    *,
    thick: float = 1.0,
    dark: float = 0.0,
    rise: float = 1.0,
) -> Swarm:
    """A column that rises from a place.

    Args:
        occasion: the shot.
        at: where it comes from.
        size_m: half of a young puff's width.
        thick: how dense, 1.0 a chimney.
        dark: 0 is white, 1 is black.
        rise: how fast it rises, 1.0 usual.
    """
    rng, life = occasion.rng(), 4.2
    born = occasion.births(rng, 4.4, life)
    count = len(born)
    start = np.array(at) + rng.normal(0.0, 0.18 * size_m, (count, 3)) * np.array([1.0, 0.2, 1.0])
    velocity = (
        np.stack([0.0 * born, rng.uniform(0.9, 1.2, count), 0.0 * born], 1) * (0.55 + 1.5 * size_m) * rise
    )
    return puffs(
        occasion,
        rng,
        born,
        life,
        start,
        velocity,
        size_m * rng.uniform(0.75, 1.2, count),
        thick=thick,
        dark=dark,
    )


def trailing(
    occasion: Occasion,
    places: Floats,
    size_m: float,
    *,
    thick: float = 1.0,
    dark: float = 0.0,
    life_s: float = 4.2,
) -> Swarm:
    """A column out of something that moves: a funnel, an exhaust.

    Args:
        occasion: the shot.
        places: (f, 3), where it comes from in every frame.
        size_m: half of a young puff's width.
        thick: how dense.
        dark: 0 is white, 1 is black.
        life_s: how long a puff lasts.
    """
    rng = occasion.rng()
    speed = (places[-1] - places[0]) / max(occasion.times[-1] - occasion.times[0], 1e-6)
    # Puffs of something quick have to touch each other to be a plume.
    per_s = float(np.clip(np.linalg.norm(speed) / (1.1 * size_m), 9.0, 24.0))
    born = occasion.births(rng, per_s, life_s)
    count = len(born)
    start = occasion.followed(places, born)
    start = start + speed * np.minimum(born, 0.0)[:, None] + rng.normal(0.0, 0.10 * size_m, (count, 3))
    velocity = (
        np.stack([0.0 * born, rng.uniform(1.0, 1.4, count) * (0.8 + 1.6 * size_m), 0.0 * born], 1)
        + 0.25 * speed
    )
    return puffs(
        occasion,
        rng,
        born,
        life_s,
        start,
        velocity,
        size_m * rng.uniform(0.75, 1.2, count),
        thick=thick,
        dark=dark,
    )


def lift_off(occasion: Occasion, places: Floats) -> Effect:
    """What a rocket leaves behind: white clouds that roll away over the ground, a column, its glare.

    Args:
        occasion: the shot.
        places: (f, 3), of its nozzle in every frame.
    """
    rng, life = occasion.rng(), 3.4
    born = occasion.births(rng, 46.0, 0.2)
    born = born[born >= 0.0]
    count = len(born)
    start = occasion.followed(places, born)
    floor = occasion.floor(start[:, 0], start[:, 2])
    high = np.maximum(start[:, 1] - floor, 0.0)
    angle, out = rng.uniform(0.0, math.tau, count), rng.uniform(1.6, 4.6, count) / (1.0 + 0.25 * high)
    velocity = np.stack([np.cos(angle) * out, 0.5 - np.minimum(high, 3.0), np.sin(angle) * out], 1)
    white = (0.86, 0.85, 0.84)
    size = rng.uniform(0.5, 1.1, count) / (1.0 + 0.10 * high)
    start[:, 1] = np.maximum(start[:, 1], floor + 0.6 * size)
    cloud = puffs(occasion, rng, born, life, start, velocity, size, thick=1.3, color=white)
    ticks = occasion.ticks
    way = occasion.followed(places, ticks)
    colors = tuple((2.6 * v, 1.5 * v, 0.6 * v) for v in (0.8 + 0.2 * np.sin(9.0 * ticks)).tolist())
    lamp = Lamp(
        (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 5.0, colors=colors, way=tuple((x, y, z) for x, y, z in way.tolist())
    )
    return Effect((cloud,), (lamp,))


def puffs(
    occasion: Occasion,
    rng: np.random.Generator,
    born: Floats,
    life: float,
    start: Floats,
    velocity: Floats,
    size: Floats,
    *,
    thick: float = 1.0,
    dark: float = 0.0,
    color: tuple[float, float, float] | None = None,
) -> Swarm:
    """Puffs that grow, drift with the wind and dissolve."""
    grey = 0.80 - 0.68 * dark
    young = color or (grey * 0.92, grey * 0.93, grey * 0.96)
    old = tuple(0.6 * c + 0.4 * 0.8 * (1.0 - 0.5 * dark) for c in young) if color is None else young
    opacity = min(0.62 * thick, 0.95)
    look = Look(
        Shape.PUFF,
        keys=(
            Key(0.0, young, 0.0, 0.5),
            Key(0.10, young, opacity, 0.9),
            Key(0.5, (old[0], old[1], old[2]), 0.7 * opacity, 2.1),
            Key(1.0, (old[0], old[1], old[2]), 0.0, 3.4),
        ),
        softness=0.28,
        wind=tuple((0.55 * occasion.wind).tolist()),
        drag=0.7,
        pull=(0.0, 0.30, 0.0),
        sway_m=0.12,
        sway_hz=0.22,
        spin_hz=0.035,
    )
    return grown(
        look, born=born, life=life, start=start, velocity=velocity, size=size, chance=rng.random(len(born))
    )


def steam(occasion: Occasion, at: tuple[float, float, float], size_m: float) -> Swarm:
    """Vapour that curls up from something hot.

    Args:
        occasion: the shot.
        at: where it comes from.
        size_m: how wide that is.
    """
    rng, life = occasion.rng(), 2.6
    born = occasion.births(rng, 3.4, life)
    count = len(born)
    start = np.array(at) + rng.normal(0.0, 0.20 * size_m, (count, 3)) * np.array([1.0, 0.0, 1.0])
    velocity = np.stack([0.0 * born, rng.uniform(0.8, 1.1, count) * (0.05 + 0.9 * size_m), 0.0 * born], 1)
    white = (0.92, 0.93, 0.95)
    look = Look(
        Shape.WISP,
        keys=(
            Key(0.0, white, 0.0, 0.5),
            Key(0.25, white, 0.42, 0.9),
            Key(0.6, white, 0.28, 1.3),
            Key(1.0, white, 0.0, 1.8),
        ),
        facing=Facing.UPRIGHT,
        softness=0.5,
        wind=tuple((0.03 * occasion.wind).tolist()),
        sway_m=0.12 * size_m,
        sway_hz=0.4,
    )
    half = np.stack(
        [0.42 * size_m * rng.uniform(0.7, 1.2, count), 0.85 * size_m * rng.uniform(0.8, 1.3, count)], 1
    )
    return grown(
        look, born=born, life=life, start=start, velocity=velocity, size=half, chance=rng.random(count)
    )
