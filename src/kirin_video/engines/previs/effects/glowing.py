"""What shines by itself in the air: fireflies, magic, sparks, motes of dust in the light."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.scenery import Lamp
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Rgb, Shape, Swarm, grown

_WHITE: Rgb = (1.0, 1.0, 1.0)


def fireflies(occasion: Occasion) -> tuple[Swarm, ...]:
    """Points that wander low over the ground and light up by turns, each with a soft shine."""
    rng, count = occasion.rng(), 150
    there, _ = occasion.in_sight(rng, count, 1.8, 17.0, 1.05)
    floor = occasion.floor(there[:, 0], there[:, 2])
    there[:, 1] = floor + 0.25 + 2.1 * rng.random(count) ** 1.5
    chance, born = rng.random(count), np.full(count, -1.0)
    size = rng.uniform(0.013, 0.020, count)
    swarms: list[Swarm] = []
    for shape, times, opacity, color in (
        (Shape.GLOW, 11.0, 0.55, (0.62, 0.80, 0.06)),
        (Shape.GLOW, 2.6, 1.0, (2.6, 2.6, 0.35)),
    ):
        look = Look(
            shape,
            keys=(Key(0.0, color, opacity),),
            glow=1.0,
            cover=0.0,
            sway_m=0.75,
            sway_hz=0.13,
            twinkle=0.97,
            twinkle_hz=0.42,
        )
        swarms.append(
            grown(look, born=born, life=occasion.seconds + 2.0, start=there, size=size * times, chance=chance)
        )
    return tuple(swarms)


def magic(
    occasion: Occasion, middle: tuple[float, float, float] | None, radius_m: float
) -> tuple[Swarm, ...]:
    """Stars and motes of light: round somebody in a rising spiral, or all over the picture.

    Args:
        occasion: the shot.
        middle: what it rises round; None for everywhere.
        radius_m: how far from there.
    """
    rng = occasion.rng()
    if middle is None:
        return (_motes_of_light(occasion),)
    life = 2.6
    born = occasion.births(rng, 46.0, life)
    count = len(born)
    angle, far = (
        2.3 * born + rng.choice((0.0, math.pi), count) + rng.normal(0.0, 0.22, count),
        radius_m * rng.uniform(0.75, 1.1, count),
    )
    start = np.array(middle) + np.stack(
        [far * np.cos(angle), 0.10 * rng.random(count), far * np.sin(angle)], 1
    )
    hues = np.array([(1.2, 0.9, 2.6), (2.4, 1.7, 0.7), (0.7, 1.7, 2.4), (2.2, 0.9, 1.8)])
    look = Look(
        Shape.STAR,
        keys=(
            Key(0.0, _WHITE, 0.0, 0.3),
            Key(0.12, _WHITE, 1.0, 1.0),
            Key(0.6, _WHITE, 0.8, 0.8),
            Key(1.0, _WHITE, 0.0, 0.2),
        ),
        core=(2.6, 2.6, 2.6),
        glow=1.0,
        cover=0.35,
        pull=(0.0, 0.25, 0.0),
        twinkle=0.6,
        twinkle_hz=2.4,
        spin_hz=0.1,
        whirl=0.9,
        axis=(middle[0], middle[2]),
    )
    velocity = np.stack([0.0 * born, rng.uniform(0.4, 0.9, count), 0.0 * born], 1)
    stars = grown(
        look,
        born=born,
        life=life,
        start=start,
        velocity=velocity,
        size=rng.uniform(0.035, 0.12, count),
        chance=rng.random(count),
        tint=hues[rng.integers(0, len(hues), count)],
    )
    return stars, _motes_of_light(occasion, 0.4)


def _motes_of_light(occasion: Occasion, share: float = 1.0) -> Swarm:
    rng, count = occasion.rng(), round(220 * share)
    there, _ = occasion.in_sight(rng, count, 1.4, 14.0)
    hues = np.array([(1.0, 0.8, 2.2), (2.0, 1.5, 0.6), (0.6, 1.4, 2.0)])
    look = Look(
        Shape.STAR,
        keys=(Key(0.0, _WHITE, 0.85),),
        core=(2.2, 2.2, 2.2),
        glow=1.0,
        cover=0.35,
        wind=(0.05, 0.14, 0.0),
        sway_m=0.25,
        sway_hz=0.2,
        twinkle=0.9,
        twinkle_hz=0.8,
    )
    return grown(
        look,
        born=np.full(count, -1.0),
        life=occasion.seconds + 2.0,
        start=there,
        size=rng.uniform(0.02, 0.07, count),
        chance=rng.random(count),
        tint=hues[rng.integers(0, len(hues), count)],
    )


def sparks(occasion: Occasion, way: Floats, size_m: float) -> Effect:
    """A fountain of sparks, as from a sparkler or a grinder, with its light.

    Args:
        occasion: the shot.
        way: (f, 3), where it is in every frame.
        size_m: how far it throws.
    """
    rng, life = occasion.rng(), 0.6
    born = occasion.births(rng, 230.0, life)
    count = len(born)
    out = rng.normal(size=(count, 3)) + np.array([0.0, 0.45, 0.0])
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    velocity = out * rng.uniform(1.2, 4.2, (count, 1)) * size_m
    look = Look(
        Shape.STREAK,
        keys=(
            Key(0.0, (1.6, 1.3, 0.6), 1.0),
            Key(0.35, (1.5, 0.75, 0.12), 1.0),
            Key(1.0, (0.9, 0.16, 0.02), 0.0),
        ),
        core=(1.8, 1.6, 1.1),
        facing=Facing.ALONG,
        glow=1.0,
        cover=0.4,
        pull=(0.0, -2.2 * size_m, 0.0),
        drag=1.6,
        streak_s=0.09,
    )
    fountain = grown(
        look,
        born=born,
        life=rng.uniform(0.4, 1.0, count) * life,
        start=occasion.followed(way, born),
        velocity=velocity,
        size=np.full(count, 0.018 * size_m),
        chance=rng.random(count),
    )
    ticks = occasion.ticks
    middle = Look(
        Shape.STAR,
        keys=(Key(0.0, (1.5, 1.3, 0.8), 1.0),),
        core=(2.0, 2.0, 1.8),
        glow=1.0,
        cover=0.2,
        spin_hz=3.0,
    )
    glints = grown(
        middle,
        born=ticks - 0.01,
        life=1.0 / FPS,
        start=occasion.followed(way, ticks),
        size=0.16 * size_m * rng.uniform(0.7, 1.3, len(ticks)),
        chance=rng.random(len(ticks)),
    )
    strength = 1.6 if occasion.dark else 0.5
    x, y, z = way[0].tolist()
    lamp = Lamp(
        (x, y, z),
        (strength, 0.72 * strength, 0.35 * strength),
        1.2 * size_m,
        flicker=0.3,
        way=tuple((a, b, c) for a, b, c in occasion.followed(way, ticks).tolist()),
    )
    return Effect((fountain, glints), (lamp,))


def motes(occasion: Occasion) -> Swarm:
    """Dust that hangs in the light."""
    rng, count = occasion.rng(), 260
    there, _ = occasion.in_sight(rng, count, 0.9, 9.0)
    look = Look(
        Shape.GLOW,
        keys=(Key(0.0, (1.0, 0.92, 0.74), 0.55),),
        glow=0.6,
        cover=0.1,
        wind=(0.03, -0.015, 0.0),
        sway_m=0.16,
        sway_hz=0.12,
        twinkle=0.8,
        twinkle_hz=0.35,
    )
    return grown(
        look,
        born=np.full(count, -1.0),
        life=occasion.seconds + 2.0,
        start=there,
        size=rng.uniform(0.005, 0.014, count),
        chance=rng.random(count),
    )
