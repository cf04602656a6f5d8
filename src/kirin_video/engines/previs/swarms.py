"""Swarms: many small things that burn, drift, splash and shine, and where each of them is at any time.

A swarm is numbers only. Everything in it moves on a path known in closed form: any frame can be drawn
without those before it, by any of the processes that paint a clip.
"""

# ruff: noqa: PLR0913, PLR0917 -- effects are made of measures, and have many sides
from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rgb = tuple[float, float, float]


class Shape(IntEnum):
    """What one of a swarm looks like; the number of its tile."""

    GLOW = 0
    PUFF = 1
    FLAME = 2
    STREAK = 3
    LEAF = 4
    PETAL = 5
    SCRAP = 6
    BUBBLE = 7
    STAR = 8
    DROP = 9
    BEAM = 10
    BAND = 11
    SEED = 12
    RING = 13
    CROWN = 14
    WISP = 15


class Facing(StrEnum):
    """How one of a swarm is turned."""

    VIEWER = "viewer"
    """Towards the camera, turned about its own middle."""
    UPRIGHT = "upright"
    """Towards the camera, its length upright."""
    ALONG = "along"
    """Its length along its way."""
    TUMBLING = "tumbling"
    """Turning in space, as paper does."""
    LEVEL = "level"
    """Flat on the ground or the water."""
    FIXED = "fixed"
    """Its length along its velocity at birth, which moves nothing."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a swarm looks like at a share of its life.

    Attributes:
        share: of its life, 0 to 1; keys rise.
        color: linear; of what shines, as bright as it shines.
        opacity: 0 to 1.
        size: times its own.
    """

    share: float
    color: Rgb
    opacity: float
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """What all of a swarm have in common.

    Attributes:
        shape: what each looks like.
        keys: how it changes over its life, at least one.
        core: the colour of its inside, linear; None is its own colour.
        facing: how it is turned.
        glow: 0 is lit by the scene, 1 shines by itself.
        cover: 1 hides what is behind it, 0 only adds its light.
        softness: of its outline, 0.02 crisp, 0.5 as soft as its shape.
        pull: metres a second squared: weight, the lift of warm air.
        wind: metres a second of the air that carries it.
        drag: how quickly the air takes it along, a second.
        sway_m: how far it is blown to and fro.
        sway_hz: how often.
        spin_hz: turns a second.
        streak_s: the length of its trail, seconds of its way; only ``ALONG``.
        twinkle: how much it flickers, 0 to 1.
        twinkle_hz: how often.
        whirl: radians a second round its ``axis``.
        axis: x and z of what it whirls round.
        shimmer: whether it shows in still water.
    """

    shape: Shape
    keys: tuple[Key, ...]
    core: Rgb | None = None
    facing: Facing = Facing.VIEWER
    glow: float = 0.0
    cover: float = 1.0
    softness: float = 0.5
    pull: Rgb = (0.0, 0.0, 0.0)
    wind: Rgb = (0.0, 0.0, 0.0)
    drag: float = 0.0
    sway_m: float = 0.0
    sway_hz: float = 0.3
    spin_hz: float = 0.0
    streak_s: float = 0.0
    twinkle: float = 0.0
    twinkle_hz: float = 1.0
    whirl: float = 0.0
    axis: tuple[float, float] = (0.0, 0.0)
    shimmer: bool = True


@dataclass(frozen=True, slots=True)
class Swarm:
    """Many of one look.

    Attributes:
        look: what they have in common.
        born: float32, (n,), seconds from the clip's start.
        life: float32, (n,), seconds.
        start: float32, (n, 3), metres.
        velocity: float32, (n, 3), metres a second.
        size: float32, (n, 2), half of its width and half of its length, metres.
        tint: float32, (n, 3), times the colour of the look.
        chance: float32, (n,), 0 to 1, what makes each different.
        rest: float32, (n,), the age at which it comes to rest, seconds; empty where nothing does.
    """

    look: Look
    born: NDArray[np.float32]
    life: NDArray[np.float32]
    start: NDArray[np.float32]
    velocity: NDArray[np.float32]
    size: NDArray[np.float32]
    tint: NDArray[np.float32]
    chance: NDArray[np.float32]
    rest: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class Sprites:
    """What is seen of swarms at a moment, float32.

    Attributes:
        middle: (n, 3), metres.
        across: (n, 3), from the middle to the edge on its right.
        along: (n, 3), from the middle to its upper edge.
        paint: (n, 4), linear colour and opacity.
        core: (n, 3), the colour of its inside.
        look: (n, 4): glow, cover, softness, tile.
    """

    middle: NDArray[np.float32]
    across: NDArray[np.float32]
    along: NDArray[np.float32]
    paint: NDArray[np.float32]
    core: NDArray[np.float32]
    look: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.middle)

    def rows(self) -> NDArray[np.float32]:
        """All of it, (n, 20), one row each."""
        return np.concatenate(
            [self.middle, self.across, self.along, self.paint, self.core, self.look], 1, dtype=np.float32
        )


def grown(
    look: Look,
    *,
    born: Floats,
    life: Floats | float,
    start: Floats,
    size: Floats,
    chance: Floats,
    velocity: Floats | float = 0.0,
    tint: Floats | None = None,
    rest: Floats | None = None,
) -> Swarm:
    """A swarm of arrays in any precision; a size (n,) is half of its width and of its length."""
    count = len(born)
    half = size if size.ndim > 1 else np.stack([size, size], 1)

    def f4(values: Floats | float, shape: tuple[int, ...]) -> NDArray[np.float32]:
        return np.ascontiguousarray(np.broadcast_to(values, shape), np.float32)

    return Swarm(
        look,
        f4(born, (count,)),
        f4(life, (count,)),
        f4(start, (count, 3)),
        f4(velocity, (count, 3)),
        f4(half, (count, 2)),
        f4(1.0 if tint is None else tint, (count, 3)),
        f4(chance, (count,)),
        np.empty(0, np.float32) if rest is None else f4(rest, (count,)),
    )


def places_at(swarm: Swarm, which: NDArray[np.int64], age: Floats) -> tuple[Floats, Floats]:
    """Places and velocities (k, 3) of some of a swarm at ages (k,), seconds."""
    look = swarm.look
    start, velocity = swarm.start[which].astype(float), swarm.velocity[which].astype(float)
    if look.facing is Facing.FIXED:
        return start, velocity
    t = age[:, None]
    pull, wind = np.array(look.pull), np.array(look.wind)
    if look.drag > 0.0:
        final = wind + pull / look.drag
        fade = np.exp(-look.drag * t)
        place = start + final * t + (velocity - final) * (1.0 - fade) / look.drag
        now = final + (velocity - final) * fade
    else:
        place = start + (velocity + wind) * t + 0.5 * pull * t * t
        now = velocity + wind + pull * t
    if look.sway_m > 0.0:
        chance = swarm.chance[which].astype(float)
        w = math.tau * look.sway_hz * (0.7 + 0.6 * chance)
        x, z = w * age + 40.0 * chance, 0.83 * w * age + 70.0 * chance
        place[:, 0] += look.sway_m * np.sin(x)
        place[:, 2] += look.sway_m * np.cos(z)
        place[:, 1] += 0.3 * look.sway_m * np.sin(2.0 * x)
        now[:, 0] += look.sway_m * w * np.cos(x)
        now[:, 2] -= 0.83 * look.sway_m * w * np.sin(z)
    if look.whirl != 0.0:
        place = _whirled(look, place, age)
    return place, now


def _whirled(look: Look, place: Floats, age: Floats) -> Floats:
    """Places turned about the upright axis."""
    cos, sin = np.cos(look.whirl * age), np.sin(look.whirl * age)
    x, z = place[:, 0] - look.axis[0], place[:, 2] - look.axis[1]
    return np.stack([look.axis[0] + x * cos - z * sin, place[:, 1], look.axis[1] + x * sin + z * cos], 1)


def sprites_at(swarm: Swarm, time_s: float, eye: Rgb) -> Sprites:
    """What is seen of a swarm at a time from a place."""
    age = time_s - swarm.born.astype(float)
    which = np.flatnonzero((age >= 0.0) & (age < swarm.life))
    age, look = age[which], swarm.look
    moving = np.minimum(age, swarm.rest[which]) if len(swarm.rest) else age
    place, velocity = places_at(swarm, which, moving)
    chance = swarm.chance[which].astype(float)
    color, opacity, scale = _keyed(look.keys, age / swarm.life[which])
    if look.twinkle > 0.0:
        beat = np.sin(math.tau * look.twinkle_hz * (0.6 + 0.8 * chance) * time_s + 60.0 * chance)
        opacity = opacity * (1.0 - look.twinkle * (0.5 - 0.5 * beat))
    size = swarm.size[which].astype(float) * scale[:, None]
    tint = swarm.tint[which].astype(float)
    across, along = _turned(look, place, velocity, size, (moving, chance), np.array(eye))
    core = color if look.core is None else np.broadcast_to(look.core, color.shape)
    count = len(which)
    kind = np.array([look.glow, look.cover, look.softness, float(look.shape)])
    return Sprites(
        place.astype(np.float32),
        across.astype(np.float32),
        along.astype(np.float32),
        np.concatenate([color * tint, opacity[:, None]], 1).astype(np.float32),
        (core * (tint if look.core is None else 1.0)).astype(np.float32),
        np.broadcast_to(kind, (count, 4)).astype(np.float32),
    )


def _keyed(keys: tuple[Key, ...], share: Floats) -> tuple[Floats, Floats, Floats]:
    """Colour (k, 3), opacity (k,) and scale (k,) at shares of life."""
    at = [key.share for key in keys]
    rows = np.array([[*key.color, key.opacity, key.size] for key in keys])
    mixed = np.stack([np.interp(share, at, rows[:, column]) for column in range(5)], 1)
    return mixed[:, :3], mixed[:, 3], mixed[:, 4]


def _turned(
    look: Look, place: Floats, velocity: Floats, size: Floats, when: tuple[Floats, Floats], eye: Floats
) -> tuple[Floats, Floats]:
    """Half axes (k, 3) of each: across and along it."""
    age, chance = when
    sight = _unit(place - eye.astype(np.float64))
    width, length = size[:, :1], size[:, 1:]
    if look.facing is Facing.TUMBLING:
        return _tumbling(look, age, chance, size)
    if look.facing is Facing.LEVEL:
        angle = math.tau * (chance + look.spin_hz * age)
        cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
        x, z = np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, -1.0])
        return (cos * x + sin * z) * width, (cos * z - sin * x) * length
    if look.facing is Facing.UPRIGHT:
        side = _unit(np.cross(sight, [0.0, 1.0, 0.0]))
        return side * width, np.broadcast_to([0.0, 1.0, 0.0], side.shape) * length
    if look.facing in {Facing.ALONG, Facing.FIXED}:
        speed: Floats = np.linalg.norm(velocity, axis=1, keepdims=True)
        way = velocity / np.maximum(speed, 1e-6)
        stretch = length + 0.5 * speed * look.streak_s if look.facing is Facing.ALONG else length
        beside: Floats = np.cross(sight, way)
        return _unit(beside) * width, way * stretch
    side = _unit(np.cross(sight, [0.0, 1.0, 0.0]))
    up: Floats = np.cross(side, sight)
    angle = math.tau * (look.spin_hz * age * np.sign(chance - 0.5) + (chance if look.spin_hz else 0.0))
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    return (cos * side + sin * up) * width, (cos * up - sin * side) * length


def _tumbling(look: Look, age: Floats, chance: Floats, size: Floats) -> tuple[Floats, Floats]:
    """A flat thing that turns about its own length while that wanders."""
    roll = math.tau * look.spin_hz * (0.6 + 0.8 * chance) * age + 50.0 * chance
    yaw = 90.0 * chance + 0.7 * math.tau * look.spin_hz * (chance - 0.5) * age
    dip = 0.7 * np.sin(0.6 * roll + 30.0 * chance)
    along: Floats = np.stack([np.cos(dip) * np.cos(yaw), np.sin(dip), np.cos(dip) * np.sin(yaw)], 1)
    other: Floats = np.stack([np.sin(yaw), 0.3 + 0.0 * yaw, -np.cos(yaw)], 1)
    square: Floats = np.cross(along, other)
    first = _unit(square)
    second = np.cross(along, first)
    across = np.cos(roll)[:, None] * first + np.sin(roll)[:, None] * second
    return across * size[:, :1], along * size[:, 1:]


def _unit(v: NDArray[np.floating]) -> Floats:
    return v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-9)
