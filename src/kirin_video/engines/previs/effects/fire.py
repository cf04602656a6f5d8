"""Fire: tongues of flame in clay colours, embers that rise from it, its smoke, and its light."""

# ruff: noqa: PLR0913, PLR0917 -- effects are made of measures, and have many sides
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.effects.smoke import smoke
from kirin_video.engines.previs.scenery import Lamp
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Shape, Swarm, grown

_DEEP, _ORANGE, _YELLOW, _PALE = (
    (0.62, 0.045, 0.01),
    (0.95, 0.22, 0.015),
    (1.15, 0.58, 0.05),
    (1.3, 0.98, 0.36),
)


def fire(
    occasion: Occasion,
    at: tuple[float, float, float],
    size_m: float,
    *,
    wide_m: float | None = None,
    smoky: float = 1.0,
    lit: bool = True,
) -> Effect:
    """A fire that burns in one place.

    Args:
        occasion: the shot.
        at: the middle of its foot.
        size_m: how high its tongues reach.
        wide_m: how wide its foot is; None is as a campfire.
        smoky: how much smoke, 0 none.
        lit: whether it lights its surroundings: a scene can have few lamps.
    """
    wide = 0.5 * size_m if wide_m is None else wide_m
    swarms = [
        _tongues(occasion, at, size_m, wide, "outer"),
        _tongues(occasion, at, size_m, wide, "inner"),
        embers(occasion, at, size_m, wide),
        halo(at[0], at[1] + 0.45 * size_m, at[2], 2.6 * size_m + wide, occasion),
    ]
    if smoky > 0.0:
        above = (at[0], at[1] + 0.9 * size_m, at[2])
        swarms.append(smoke(occasion, above, 0.34 * size_m + 0.3 * wide, thick=0.5 * smoky, dark=0.5))
    # A large fire is no brighter than a small one, only more of it.
    strength = (2.6 if occasion.dark else 1.0) / (1.0 + 0.45 * max(size_m - 1.0, 0.0))
    color = (strength, 0.42 * strength, 0.10 * strength)
    lamp = Lamp((at[0], at[1] + 0.9 * size_m, at[2]), color, 2.2 * size_m + wide, flicker=0.22)
    return Effect(tuple(swarms), (lamp,) if lit else ())


def _tongues(
    occasion: Occasion, at: tuple[float, float, float], size: float, wide: float, layer: str
) -> Swarm:
    """Tongues grow out of the foot, lean together and come off as they thin out."""
    rng, inner = occasion.rng(), layer == "inner"
    life = (0.62 if inner else 0.85) * math.sqrt(max(size, 0.05)) + 0.12
    born = occasion.births(rng, (16.0 if inner else 20.0) * (1.0 + 1.2 * wide / size) / life, life)
    count = len(born)
    far, angle = np.sqrt(rng.random(count)) * (0.62 if inner else 1.0), rng.uniform(0.0, math.tau, count)
    reach = 1.0 - 0.55 * far
    x, z = 0.5 * wide * far * np.cos(angle), 0.5 * wide * far * np.sin(angle)
    start = np.array(at) + np.stack([x, (0.10 + 0.12 * rng.random(count)) * size * reach, z], 1)
    rise = (0.42 if inner else 0.62) * size * reach / life
    inwards = 0.7 * life
    velocity = np.stack([-x / inwards, rise * rng.uniform(0.8, 1.25, count), -z / inwards], 1)
    length = (0.22 if inner else 0.34) * size * reach * rng.uniform(0.75, 1.2, count)
    look = Look(
        Shape.FLAME,
        keys=(
            Key(0.0, _YELLOW if inner else _ORANGE, 0.0, 0.35),
            Key(0.15, _PALE if inner else _ORANGE, 0.95, 0.85),
            Key(0.45, _YELLOW if inner else _ORANGE, 0.92, 1.0),
            Key(0.8, _ORANGE if inner else _DEEP, 0.85, 0.55),
            Key(1.0, _DEEP, 0.0, 0.12),
        ),
        core=None if inner else _YELLOW,
        facing=Facing.UPRIGHT,
        glow=1.0,
        cover=0.80 if inner else 0.90,
        softness=0.07,
        wind=tuple((0.18 * occasion.wind).tolist()),
        pull=(0.0, 0.4 * size, 0.0),
        sway_m=0.035 * size,
        sway_hz=2.1,
    )
    half = np.stack([length * rng.uniform(0.42, 0.60, count), length], 1)
    return grown(
        look, born=born, life=life, start=start, velocity=velocity, size=half, chance=rng.random(count)
    )


_BLAST_S, _PAUSE_S = 1.5, 0.9


def breath(occasion: Occasion, mouth: Floats, ahead: Floats, size: float) -> Effect:
    """Fire from a dragon's mouth, blast after blast.

    Args:
        occasion: the shot.
        mouth: (f, 3), in every frame.
        ahead: (f, 3), unit vectors along which it blows.
        size: half of the jet's width where it is young, metres.
    """
    rng, life = occasion.rng(), 0.75
    born = occasion.births(rng, 130.0, life)
    born = born[(born + 0.4) % (_BLAST_S + _PAUSE_S) < _BLAST_S]
    count = len(born)
    way = occasion.followed(ahead, born) + rng.normal(0.0, 0.10, (count, 3)) - np.array([0.0, 0.12, 0.0])
    start = occasion.followed(mouth, born) + rng.normal(0.0, 0.15 * size, (count, 3))
    look = Look(
        Shape.PUFF,
        keys=(
            Key(0.0, _PALE, 0.9, 0.35),
            Key(0.25, _YELLOW, 0.95, 0.9),
            Key(0.55, _ORANGE, 0.92, 1.7),
            Key(0.85, _DEEP, 0.75, 2.2),
            Key(1.0, (0.10, 0.03, 0.02), 0.0, 2.4),
        ),
        core=_YELLOW,
        glow=1.0,
        cover=0.85,
        softness=0.12,
        drag=1.6,
        pull=(0.0, 2.2, 0.0),
        spin_hz=0.4,
    )
    jet = grown(
        look,
        born=born,
        life=life * rng.uniform(0.75, 1.15, count),
        start=start,
        velocity=way * rng.uniform(30.0, 42.0, (count, 1)) * size,
        size=size * rng.uniform(0.7, 1.25, count),
        chance=rng.random(count),
    )
    ticks = occasion.ticks
    level = np.where((ticks + 0.4) % (_BLAST_S + _PAUSE_S) < _BLAST_S, 2.4 if occasion.dark else 1.2, 0.0)
    colors = tuple((v, 0.42 * v, 0.10 * v) for v in level.tolist())
    lit = occasion.followed(mouth + 9.0 * size * ahead, ticks)
    way_lit = tuple((x, y, z) for x, y, z in lit.tolist())
    return Effect((jet,), (Lamp((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 14.0 * size, colors=colors, way=way_lit),))


def embers(occasion: Occasion, at: tuple[float, float, float], size: float, wide: float) -> Swarm:
    """Sparks that rise, wander and go out."""
    rng, life = occasion.rng(), 1.9
    born = occasion.births(rng, 9.0 + 5.0 * wide, life)
    count = len(born)
    off = rng.normal(0.0, 0.22 * wide, (count, 2))
    start = np.array(at) + np.stack([off[:, 0], 0.5 * size * rng.random(count), off[:, 1]], 1)
    velocity = np.stack(
        [rng.normal(0.0, 0.25, count), rng.uniform(0.7, 1.7, count), rng.normal(0.0, 0.25, count)], 1
    )
    look = Look(
        Shape.STREAK,
        keys=(
            Key(0.0, (4.0, 1.8, 0.4), 1.0),
            Key(0.6, (3.0, 0.8, 0.1), 0.9),
            Key(1.0, (1.2, 0.15, 0.02), 0.0),
        ),
        core=(4.0, 3.0, 1.2),
        facing=Facing.ALONG,
        glow=1.0,
        cover=0.0,
        wind=tuple(occasion.wind.tolist()),
        drag=0.5,
        sway_m=0.16,
        sway_hz=0.9,
        streak_s=0.05,
        twinkle=0.5,
        twinkle_hz=4.0,
    )
    size_m = rng.uniform(0.005, 0.010, count) * math.sqrt(max(size, 0.3))
    return grown(
        look,
        born=born,
        life=rng.uniform(0.5, 1.0, count) * life,
        start=start,
        velocity=velocity * math.sqrt(size),
        size=size_m,
        chance=rng.random(count),
    )


def halo(
    x: float, y: float, z: float, radius_m: float, occasion: Occasion, color: Floats | None = None
) -> Swarm:
    """The shine in the air round a flame or a lamp."""
    shine = np.array((1.0, 0.36, 0.08)) if color is None else color
    key = tuple((shine * (0.42 if occasion.dark else 0.2)).tolist())
    look = Look(Shape.GLOW, keys=(Key(0.0, key, 0.30),), glow=1.0, cover=0.0, twinkle=0.22, twinkle_hz=3.1)
    return grown(
        look,
        born=np.array([-1.0]),
        life=occasion.seconds + 9.0,
        start=np.array([[x, y, z]]),
        size=np.array([radius_m]),
        chance=np.array([0.5]),
    )
