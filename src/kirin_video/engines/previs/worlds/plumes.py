"""What a world's land gives off all the time: falling water and spray, smoke, glowing stones, light."""

# ruff: noqa: PLR0913 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Rgb, Shape, Swarm, grown

_LASTING_S = 45.0
"""Until when they are given off; clips are shorter."""


def births(rng: np.random.Generator, per_s: float, life_s: float) -> Floats:
    """When they are born, (n,), seconds: at any time of a clip so many live, from its first frame on."""
    count = max(round(per_s * (_LASTING_S + life_s)), 1)
    return (np.arange(count) + rng.random(count)) / count * (_LASTING_S + life_s) - life_s


def falling_water(
    rng: np.random.Generator,
    lip: Floats,
    drop_m: float,
    ahead: Floats,
    *,
    per_s: float,
    half_m: tuple[float, float],
) -> Swarm:
    """Strands of white water that come over an edge and fall.

    Args:
        rng: chance.
        lip: (n, 3), places along the edge, metres.
        drop_m: how deep they fall.
        ahead: (3,), metres a second that they have when they come over it.
        per_s: how many a second.
        half_m: half of a strand's width and of its length.
    """
    life = float(np.sqrt(2.0 * drop_m / 9.81))
    born = births(rng, per_s, life)
    count = len(born)
    start = lip[rng.integers(0, len(lip), count)] + rng.normal(0.0, 0.25, (count, 3)) * np.array(
        [1.0, 0.3, 0.5]
    )
    white = (0.80, 0.88, 0.93)
    look = Look(
        Shape.WISP,
        keys=(
            Key(0.0, white, 0.0, 0.7),
            Key(0.12, white, 0.75),
            Key(0.85, white, 0.70, 1.25),
            Key(1.0, white, 0.0, 1.5),
        ),
        facing=Facing.ALONG,
        softness=0.4,
        pull=(0.0, -9.81, 0.0),
        streak_s=0.10,
        shimmer=True,
    )
    size = np.stack([half_m[0] * rng.uniform(0.6, 1.4, count), half_m[1] * rng.uniform(0.7, 1.3, count)], 1)
    speed = ahead * rng.uniform(0.7, 1.2, (count, 1))
    return grown(look, born=born, life=life, start=start, velocity=speed, size=size, chance=rng.random(count))


def spray(
    rng: np.random.Generator, foot: Floats, size_m: float, *, per_s: float, tone: Rgb = (0.86, 0.92, 0.95)
) -> Swarm:
    """Clouds of fine water where it lands.

    Args:
        rng: chance.
        foot: (n, 3), places where water lands.
        size_m: half of a young cloud's width.
        per_s: how many a second.
        tone: its colour.
    """
    life = 2.6
    born = births(rng, per_s, life)
    count = len(born)
    start = foot[rng.integers(0, len(foot), count)] + rng.normal(0.0, 0.3 * size_m, (count, 3)) * np.array(
        [1.0, 0.2, 1.0]
    )
    velocity = rng.normal(0.0, 0.4, (count, 3)) * size_m + np.array([0.0, 0.75 * size_m, 0.35 * size_m])
    look = Look(
        Shape.GLOW,
        keys=(Key(0.0, tone, 0.0, 0.6), Key(0.25, tone, 0.34), Key(1.0, tone, 0.0, 2.2)),
        softness=0.5,
        wind=(0.25, 0.0, 0.1),
        drag=0.8,
    )
    size = size_m * rng.uniform(0.7, 1.4, count)
    return grown(
        look, born=born, life=life, start=start, velocity=velocity, size=size, chance=rng.random(count)
    )


def bursts(rng: np.random.Generator, foot: Floats, size_m: float, *, every_s: float = 3.4) -> Swarm:
    """White water that shoots up where waves hit rock, one place after the other.

    Args:
        rng: chance.
        foot: (n, 3), places where waves hit.
        size_m: how high the highest drops come, about.
        every_s: how often a wave hits one place.
    """
    each, times = 46, np.arange(-every_s, _LASTING_S, every_s)
    offset = rng.permutation(len(foot)) / len(foot) * every_s
    born = np.repeat((times[None, :] + offset[:, None]).reshape(-1), each)
    at = np.repeat(np.repeat(foot, len(times), 0), each, 0)
    count = len(born)
    up = np.sqrt(2.0 * 9.81 * size_m) * rng.uniform(0.35, 1.0, count)
    aside = rng.normal(0.0, 0.16, (count, 2)) * up[:, None]
    velocity = np.stack([aside[:, 0], up, aside[:, 1] + 0.10 * up], 1)
    white = (0.86, 0.91, 0.94)
    look = Look(
        Shape.PUFF,
        keys=(
            Key(0.0, white, 0.0, 0.35),
            Key(0.08, white, 0.85, 0.7),
            Key(0.6, white, 0.65, 1.4),
            Key(1.0, white, 0.0, 2.0),
        ),
        softness=0.40,
        drag=0.35,
        pull=(0.0, -9.81, 0.0),
        spin_hz=0.1,
    )
    start = at + rng.normal(0.0, 0.10, (count, 3)) * size_m * np.array([1.0, 0.2, 1.0])
    return grown(
        look,
        born=born + rng.uniform(0.0, 0.35, count),
        life=1.9 * up / 9.81 + 0.3,
        start=start,
        velocity=velocity,
        size=0.095 * size_m * rng.uniform(0.5, 1.3, count),
        chance=rng.random(count),
    )


def column(
    rng: np.random.Generator,
    at: tuple[float, float, float],
    size_m: float,
    *,
    life_s: float,
    tones: tuple[Rgb, Rgb],
    wind: Rgb,
    per_s: float = 5.0,
) -> Swarm:
    """A great column of smoke that leans with the wind; its foot takes the light of what burns below.

    Args:
        rng: chance.
        at: where it rises.
        size_m: half of a young puff's width.
        life_s: how long a puff lasts.
        tones: of its foot and of what is far up.
        wind: metres a second.
        per_s: puffs a second.
    """
    born = births(rng, per_s, life_s)
    count = len(born)
    start = np.array(at) + rng.normal(0.0, 0.4 * size_m, (count, 3)) * np.array([1.0, 0.3, 1.0])
    rise = 9.0 * size_m / life_s
    velocity = np.stack([0.0 * born, rise * rng.uniform(0.8, 1.2, count), 0.0 * born], 1)
    low, high = tones
    look = Look(
        Shape.PUFF,
        keys=(
            Key(0.0, low, 0.0, 0.7),
            Key(0.06, low, 0.95, 0.9),
            Key(0.3, high, 0.92, 1.6),
            Key(1.0, high, 0.0, 3.4),
        ),
        softness=0.22,
        wind=wind,
        drag=0.06,
        spin_hz=0.015,
    )
    size = size_m * rng.uniform(0.7, 1.25, count)
    tint = rng.uniform(0.85, 1.1, (count, 1)) * np.ones((1, 3))
    return grown(
        look,
        born=born,
        life=life_s,
        start=start,
        velocity=velocity,
        size=size,
        chance=rng.random(count),
        tint=tint,
    )


def fountain(
    rng: np.random.Generator, at: tuple[float, float, float], high_m: float, size_m: float, *, per_s: float
) -> Swarm:
    """Glowing stones thrown up that fall back.

    Args:
        rng: chance.
        at: where they come from.
        high_m: how high the highest go.
        size_m: half of a stone's width.
        per_s: how many a second.
    """
    pull = 4.0  # slower than stones fall: what is that large and far away looks slow
    life = 2.2 * float(np.sqrt(2.0 * high_m / pull))
    born = births(rng, per_s, life)
    count = len(born)
    up = np.sqrt(2.0 * pull * high_m * rng.uniform(0.25, 1.0, count))
    turn, lean = rng.uniform(0.0, 2.0 * np.pi, count), rng.uniform(0.02, 0.30, count)
    velocity = np.stack([np.cos(turn) * lean * up, up, np.sin(turn) * lean * up], 1)
    look = Look(
        Shape.GLOW,
        keys=(
            Key(0.0, (2.6, 1.5, 0.5), 1.0, 1.2),
            Key(0.4, (2.2, 0.8, 0.16), 1.0),
            Key(1.0, (0.9, 0.12, 0.02), 0.0, 0.7),
        ),
        facing=Facing.ALONG,
        glow=1.0,
        cover=0.2,
        pull=(0.0, -pull, 0.0),
        streak_s=0.22,
    )
    return grown(
        look,
        born=born,
        life=life,
        start=np.broadcast_to(np.array(at), (count, 3)) + 0.0,
        velocity=velocity,
        size=size_m * rng.uniform(0.5, 1.4, count),
        chance=rng.random(count),
    )


def shafts(
    rng: np.random.Generator,
    at: Floats,
    size_m: tuple[float, float],
    way: Floats,
    tone: Rgb,
    *,
    opacity: float,
) -> Swarm:
    """Beams of light that stand still and breathe a little.

    Args:
        rng: chance.
        at: (n, 3), their middles, metres.
        size_m: half of a beam's width and of its length.
        way: (3,), the way that the light comes down.
        tone: its colour.
        opacity: 0 to 1.
    """
    count = len(at)
    look = Look(
        Shape.BEAM,
        keys=(Key(0.0, tone, opacity),),
        facing=Facing.FIXED,
        glow=1.0,
        cover=0.0,
        twinkle=0.55,
        twinkle_hz=0.11,
        shimmer=False,
    )
    size = np.array(size_m) * rng.uniform(0.6, 1.4, (count, 1))
    return grown(
        look,
        born=np.full(count, -1.0),
        life=2.0 * _LASTING_S,
        start=at,
        velocity=np.broadcast_to(way, (count, 3)) + 0.0,
        size=size,
        chance=rng.random(count),
    )
