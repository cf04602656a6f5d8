"""Fireworks: shells that climb, burst into flowers of light, and shine on what lies below."""

# ruff: noqa: PLR0913, PLR0917 -- effects are made of measures, and have many sides
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.scenery import Lamp, Surface
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Rgb, Shape, Swarm, grown

_COLORS: tuple[Rgb, ...] = (
    (2.2, 0.10, 0.08),
    (2.1, 0.75, 0.05),
    (0.10, 1.5, 0.25),
    (0.10, 0.42, 2.4),
    (1.25, 0.12, 2.1),
    (2.2, 0.22, 0.85),
)
_GOLD: Rgb = (2.0, 0.85, 0.14)
_EVERY_S = 0.46
_CLIMB_S = 0.85
_FADE_S = 1.5
_SHINE, _BRIGHTEST = 0.2, 3.0
"""How strongly a show lights the ground: seen, and never so much that the night is washed out."""


@dataclass(frozen=True, slots=True)
class _Burst:
    at: Floats
    time_s: float
    radius_m: float
    color: Rgb
    second: Rgb
    sort: str


def fireworks(occasion: Occasion) -> Effect:
    """A show that is under way when the clip begins."""
    rng = occasion.rng()
    bursts = list(_programme(occasion, rng))
    swarms: list[Swarm] = []
    for burst in bursts:
        swarms += [_climb(burst, rng), _flash(burst), *_flower(burst, rng)]
    water = occasion.scene.water
    if water is not None and water.surface is not Surface.LAKE:
        # Rough water mirrors nothing whole: it glitters.
        swarms += [_glitter(occasion, burst, water.level_m, rng) for burst in bursts]
    return Effect(tuple(swarms), (_shine(occasion, bursts),))


def _programme(occasion: Occasion, rng: np.random.Generator) -> list[_Burst]:
    """When and where they burst: by turns left, right and in the middle, high in the picture."""
    count = math.ceil((occasion.seconds + 1.2) / _EVERY_S)
    far = 70.0 + 25.0 * rng.random(count)
    turn = float(rng.uniform(0.0, 1.0))
    bursts: list[_Burst] = []
    palette: list[int] = rng.permutation(len(_COLORS)).tolist()
    for k in range(count):
        time_s = -0.75 + k * _EVERY_S + float(rng.uniform(-0.12, 0.12))
        frame = occasion.frame_at(time_s + 0.7)
        side = ((k * 0.382 + turn) % 1.0) * 2.0 - 1.0
        up = float(rng.uniform(0.28, 0.78))
        (at,) = occasion.points([frame], np.array([0.62 * side]), np.array([up]), far[k : k + 1])
        view = occasion.views[frame]
        radius = float(far[k]) * math.tan(math.radians(view.fov_deg) / 2.0) * float(rng.uniform(0.34, 0.58))
        sort = ("peony", "chrysanthemum", "willow", "peony", "ring", "two")[(k * 5 + int(turn * 6)) % 6]
        color = _COLORS[palette[k % len(_COLORS)]]
        bursts.append(_Burst(at, time_s, radius, color, _COLORS[palette[(k + 2) % len(_COLORS)]], sort))
    return bursts


def _flower(burst: _Burst, rng: np.random.Generator) -> list[Swarm]:
    """The stars of one burst, each with its tail."""
    willow, ring = burst.sort == "willow", burst.sort == "ring"
    count = 70 if ring else 150 if burst.sort == "chrysanthemum" else 120
    way = _sphere(count, rng)
    if ring:
        tilt = rng.uniform(-0.5, 0.5)
        angle = np.linspace(0.0, math.tau, count, endpoint=False)
        way = np.stack([np.cos(angle), np.sin(angle) * math.cos(tilt), np.sin(angle) * math.sin(tilt)], 1)
    drag = 1.15 if willow else 1.9
    speed = burst.radius_m * drag * rng.uniform(0.88, 1.04, (count, 1))
    color = _GOLD if willow else burst.color
    swarms = [_stars(burst, way * speed, rng, color, drag, 2.5 if willow else 1.75)]
    if burst.sort == "two":
        swarms.append(
            _stars(burst, _sphere(60, rng) * 0.5 * burst.radius_m * drag, rng, burst.second, drag, 1.6)
        )
    return swarms


def _sphere(count: int, rng: np.random.Generator) -> Floats:
    """Directions spread evenly, as of a sunflower's seeds."""
    k = np.arange(count) + 0.5
    y, angle = 1.0 - 2.0 * k / count, k * math.pi * (3.0 - math.sqrt(5.0)) + rng.uniform(0.0, math.tau)
    flat = np.sqrt(1.0 - y * y)
    way = np.stack([flat * np.cos(angle), y, flat * np.sin(angle)], 1) + rng.normal(0.0, 0.05, (count, 3))
    return way / np.linalg.norm(way, axis=1, keepdims=True)


def _stars(
    burst: _Burst, velocity: Floats, rng: np.random.Generator, color: Rgb, drag: float, life: float
) -> Swarm:
    count, willow = len(velocity), burst.sort == "willow"
    hot = tuple(0.8 * c + 1.2 for c in color)
    ember = tuple(0.35 * c for c in color)
    look = Look(
        Shape.STREAK,
        keys=(
            Key(0.0, (hot[0], hot[1], hot[2]), 1.0),
            Key(0.07, color, 1.0),
            Key(0.6, color, 0.9),
            Key(1.0, (ember[0], ember[1], ember[2]), 0.0),
        ),
        core=None,
        facing=Facing.ALONG,
        glow=1.0,
        cover=0.45,
        softness=0.42,
        pull=(0.0, -0.16 * burst.radius_m - 1.0, 0.0),
        drag=drag,
        streak_s=0.55 if willow or burst.sort == "chrysanthemum" else 0.34,
        twinkle=0.35,
        twinkle_hz=7.0,
    )
    half = np.full(count, 0.040 * burst.radius_m)
    return grown(
        look,
        born=np.full(count, burst.time_s),
        life=life * rng.uniform(0.8, 1.08, count),
        start=np.broadcast_to(burst.at, (count, 3)),
        velocity=velocity,
        size=half,
        chance=rng.random(count),
    )


def _flash(burst: _Burst) -> Swarm:
    """The burst itself, and the glow that it leaves in the air."""
    glow = tuple(0.42 * c for c in burst.color)
    look = Look(
        Shape.GLOW,
        keys=(
            Key(0.0, (2.5, 2.3, 2.0), 0.9, 0.25),
            Key(0.06, (glow[0], glow[1], glow[2]), 0.55, 1.0),
            Key(1.0, (glow[0], glow[1], glow[2]), 0.0, 1.15),
        ),
        glow=1.0,
        cover=0.0,
    )
    return grown(
        look,
        born=np.array([burst.time_s]),
        life=_FADE_S,
        start=burst.at[None],
        size=np.array([2.2 * burst.radius_m]),
        chance=np.array([0.5]),
    )


def _glitter(occasion: Occasion, burst: _Burst, level_m: float, rng: np.random.Generator) -> Swarm:
    """What waves throw back of a burst: glints on the water below it, towards the viewer."""
    count = 90
    eye = np.array(occasion.views[occasion.frame_at(burst.time_s + 0.5)].eye)
    far = float(np.hypot(*(burst.at - eye)[[0, 2]]))
    share = np.exp(rng.uniform(math.log(0.09), math.log(0.9), count))
    aside = rng.normal(0.0, 0.30 * burst.radius_m, count) * (0.35 + share)
    way = (burst.at - eye)[[0, 2]] / far
    x = eye[0] + way[0] * share * far - way[1] * aside
    z = eye[2] + way[1] * share * far + way[0] * aside
    color = _GOLD if burst.sort == "willow" else burst.color
    glow = (0.5 * color[0], 0.5 * color[1], 0.5 * color[2])
    look = Look(
        Shape.GLOW,
        keys=(Key(0.0, glow, 0.0), Key(0.08, glow, 0.9), Key(1.0, glow, 0.0)),
        glow=1.0,
        cover=0.0,
        twinkle=0.9,
        twinkle_hz=1.6,
    )
    wide = (0.22 + 0.020 * share * far) * rng.uniform(0.6, 1.6, count)
    return grown(
        look,
        born=np.full(count, burst.time_s),
        life=_FADE_S,
        start=np.stack([x, np.full(count, level_m + 0.15), z], 1),
        size=np.stack([wide, 0.22 * wide], 1),
        chance=rng.random(count),
    )


def _climb(burst: _Burst, rng: np.random.Generator) -> Swarm:
    """The shell on its way up, and what falls off it."""
    count = 14
    lag = np.linspace(0.0, 0.34, count)
    start = burst.at - np.array([0.0, 2.2 * burst.radius_m, 0.0])
    velocity = (burst.at - start) / _CLIMB_S + np.array([0.0, 0.35 * burst.radius_m, 0.0])
    look = Look(
        Shape.STREAK,
        keys=(Key(0.0, _GOLD, 0.5), Key(0.75, _GOLD, 0.6), Key(1.0, _GOLD, 0.0)),
        facing=Facing.ALONG,
        glow=1.0,
        cover=0.0,
        pull=(0.0, -0.82 * burst.radius_m, 0.0),
        streak_s=0.10,
        twinkle=0.6,
        twinkle_hz=9.0,
    )
    size = 0.022 * burst.radius_m * np.linspace(1.0, 0.35, count)
    return grown(
        look,
        born=burst.time_s - _CLIMB_S + lag,
        life=_CLIMB_S - lag + 0.02,
        start=np.broadcast_to(start, (count, 3)),
        velocity=velocity + rng.normal(0.0, 0.02 * burst.radius_m, (count, 3)),
        size=size,
        chance=rng.random(count),
    )


def _even(shine: Floats) -> Floats:
    """Light of many bursts at once, (t, 3), in their colours but no brighter than that of one and a half."""
    most = shine.max(1, keepdims=True)
    return shine * np.minimum(1.0, _BRIGHTEST / np.maximum(most, 1e-6))


def _shine(occasion: Occasion, bursts: list[_Burst]) -> Lamp:
    """What the whole show throws on the ground, frame by frame, in the colours of what bursts."""
    times = occasion.ticks
    shine = np.zeros((len(times), 3))
    for burst in bursts:
        age = times - burst.time_s
        level = np.where((age >= 0.0) & (age < _FADE_S + 0.4), np.exp(-1.9 * np.maximum(age, 0.0)), 0.0)
        shine += level[:, None] * np.array(burst.color if burst.sort != "willow" else _GOLD)
    x, y, z = np.mean([burst.at for burst in bursts], axis=0).tolist()
    colors = tuple((float(r), float(g), float(b)) for r, g, b in _SHINE * _even(shine))
    return Lamp((x, y + 10.0, z + 20.0), (1.0, 1.0, 1.0), 70.0, colors=colors)
