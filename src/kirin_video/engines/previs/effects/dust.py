"""What bodies stir up: dust, snow and water under feet and wheels, and bursts of earth and fire."""

# ruff: noqa: PLR2004 -- effects are made of measures, and have many sides
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.effects.fire import halo
from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.effects.smoke import puffs
from kirin_video.engines.previs.scenery import Actor, Lamp
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Rgb, Shape, Swarm, grown

_TOUCHES = 0.35
"""A contact as dark as this stands on the ground."""
_MOST_STEPS = 900
_EVERY, _WADES, _LEG_M = 5, 0.25, 0.16
"""Legs throw up water every so many frames where they go faster than this, metres a second; and its width."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Where bodies touch the ground anew.

    Attributes:
        at: (n, 3), metres.
        time_s: (n,), seconds.
        velocity: (n, 3), of what touched, metres a second.
        size: (n,), metres, of the contact.
    """

    at: Floats
    time_s: Floats
    velocity: Floats
    size: Floats

    def __len__(self) -> int:
        return len(self.time_s)


def steps_of(occasion: Occasion, actors: tuple[Actor, ...], slowest: float = 0.9) -> Steps:
    """Footfalls, and the ground under wheels while they roll.

    Args:
        occasion: the shot.
        actors: whose.
        slowest: metres a second; who is slower stirs up nothing.
    """
    rows: list[tuple[float, ...]] = []
    for actor in actors:
        if actor.contacts is None or not actor.contacts.shape[1] or len(actor.contacts) < 3:
            continue
        discs = actor.contacts.astype(float)
        root = actor.poses[:, 0, :, 3].astype(float)
        way = np.gradient(root, axis=0) * FPS
        speed = np.linalg.norm(way[:, [0, 2]], axis=1)
        narrow = 1.3 * float(discs[:, :, 2].max(0).min())
        for c in range(discs.shape[1]):
            down = discs[:, c, 3] > _TOUCHES
            fresh = down & ~np.concatenate([[False], down[:-1]])
            always = down.mean() > 0.97
            if always and float(discs[:, c, 2].max()) > narrow:
                # The shade below a car is no wheel.
                continue
            frames = np.arange(c % 2, len(down), 2) if always else np.flatnonzero(fresh[1:]) + 1
            rows += [
                (discs[f, c, 0], discs[f, c, 1], occasion.times[f], *way[f].tolist(), discs[f, c, 2])
                for f in frames.tolist()
                if speed[f] > slowest
            ]
    rows = rows[:: max(len(rows) // _MOST_STEPS, 1)]
    table = np.array(rows, float).reshape(-1, 7)
    y = occasion.floor(table[:, 0], table[:, 1])
    return Steps(np.stack([table[:, 0], y, table[:, 1]], 1), table[:, 2], table[:, 3:6], table[:, 6])


def wades_of(occasion: Occasion, actors: tuple[Actor, ...], level_m: float) -> Steps:
    """Where legs part the water that they go through, every few frames."""
    rows: list[tuple[float, ...]] = []
    for actor in actors:
        if actor.contacts is None or len(actor.contacts) < 3:
            continue
        discs, root = actor.contacts.astype(float), actor.poses[:, 0, :, 3].astype(float)
        way = np.gradient(root, axis=0) * FPS
        speed = np.linalg.norm(way[:, [0, 2]], axis=1)
        for c in range(discs.shape[1]):
            rows += [
                (*discs[f, c, :2].tolist(), occasion.times[f], *way[f].tolist(), _LEG_M + 0.05 * speed[f])
                for f in range(c % _EVERY, len(discs), _EVERY)
                if speed[f] > _WADES
            ]
    rows = rows[:: max(len(rows) // _MOST_STEPS, 1)]
    table = np.array(rows, float).reshape(-1, 7)
    at = np.stack([table[:, 0], np.full(len(table), level_m), table[:, 1]], 1)
    return Steps(at, table[:, 2], table[:, 3:6], table[:, 6])


def stirred(occasion: Occasion, steps: Steps, color: Rgb, thick: float = 1.0) -> Effect:
    """Puffs of dust or snow where feet and wheels touch the ground."""
    rng, each = occasion.rng(), 2
    count = each * len(steps)
    if not count:
        return Effect()
    of = np.repeat(np.arange(len(steps)), each)
    speed = np.linalg.norm(steps.velocity[of][:, [0, 2]], axis=1, keepdims=True)
    size = np.clip(0.55 * steps.size[of] + 0.03 * speed[:, 0], 0.05, 0.9) * rng.uniform(0.7, 1.2, count)
    velocity = 0.22 * steps.velocity[of] + rng.normal(0.0, 0.22, (count, 3)) * (0.6 + 0.1 * speed)
    velocity[:, 1] = np.abs(velocity[:, 1]) + 0.35 + 0.05 * speed[:, 0]
    start = steps.at[of] + rng.normal(0.0, 0.05, (count, 3)) + np.stack([0 * size, 0.35 * size, 0 * size], 1)
    born = steps.time_s[of] + rng.uniform(0.0, 0.06, count)
    return Effect((puffs(occasion, rng, born, 1.5, start, velocity, size, thick=thick, color=color),))


def splashed(occasion: Occasion, steps: Steps) -> Effect:
    """Crowns, drops and rings of water where feet and wheels land in it."""
    if not len(steps):
        return Effect()
    rng, count = occasion.rng(), len(steps)
    speed = np.linalg.norm(steps.velocity[:, [0, 2]], axis=1)
    size = np.clip(0.5 * steps.size + 0.035 * speed, 0.06, 0.8)
    water: Rgb = (0.80, 0.88, 0.95)
    crown = Look(
        Shape.CROWN,
        keys=(Key(0.0, water, 0.8, 0.3), Key(0.35, water, 0.8, 1.0), Key(1.0, water, 0.0, 1.1)),
        core=(1.1, 1.15, 1.2),
        facing=Facing.UPRIGHT,
        glow=0.15,
        softness=0.25,
    )
    up = np.stack([0 * size, 0.75 * size, 0 * size], 1)
    crowns = grown(
        crown,
        born=steps.time_s,
        life=0.36,
        start=steps.at + up,
        size=np.stack([size, 0.85 * size], 1),
        chance=rng.random(count),
    )
    return Effect(
        (
            crowns,
            drops(occasion, steps.at, steps.time_s, size, 9),
            rings(occasion, steps.at, steps.time_s, size),
        )
    )


def plunges_of(occasion: Occasion, actors: tuple[Actor, ...], level_m: float) -> Steps:
    """Where bodies come out of the water or go back into it."""
    rows: list[tuple[float, ...]] = []
    seen: set[int] = set()
    for actor in actors:
        if id(actor.poses) in seen:
            continue
        seen.add(id(actor.poses))
        middle = (actor.mesh.positions.min(0) + actor.mesh.positions.max(0)).astype(float) / 2.0
        at = actor.poses[:, 0, :, :3].astype(float) @ middle + actor.poses[:, 0, :, 3]
        long = float(np.ptp(actor.mesh.positions[:, 0]))
        above = at[:, 1] > level_m
        rows += [
            (at[f, 0], level_m, at[f, 2], occasion.times[f], 0.28 * long)
            for f in (np.flatnonzero(above[1:] != above[:-1]) + 1).tolist()
        ]
    table = np.array(rows, float).reshape(-1, 5)
    return Steps(table[:, :3], table[:, 3], np.zeros((len(table), 3)), 2.0 * table[:, 4])


def drops(occasion: Occasion, at: Floats, time_s: Floats, size: Floats, each: int) -> Swarm:
    """Drops thrown up from places (n, 3) at times (n,)."""
    rng = occasion.rng()
    of = np.repeat(np.arange(len(at)), each)
    count = len(of)
    angle, out = rng.uniform(0.0, math.tau, count), rng.uniform(0.4, 1.3, count)
    rise = np.sqrt(9.8 * size[of]) * rng.uniform(0.9, 1.9, count)
    velocity = np.stack([np.cos(angle) * out * rise * 0.55, rise, np.sin(angle) * out * rise * 0.55], 1)
    water: Rgb = (0.75, 0.85, 0.95)
    look = Look(
        Shape.DROP,
        keys=(Key(0.0, water, 0.9), Key(0.8, water, 0.85), Key(1.0, water, 0.0, 0.5)),
        core=(1.5, 1.5, 1.5),
        facing=Facing.ALONG,
        glow=0.15,
        softness=0.15,
        pull=(0.0, -9.8, 0.0),
        streak_s=0.012,
    )
    return grown(
        look,
        born=time_s[of] + rng.uniform(0.0, 0.05, count),
        life=2.0 * rise / 9.8,
        start=at[of] + np.array([0.0, 0.02, 0.0]),
        velocity=velocity,
        size=0.07 * size[of] * rng.uniform(0.5, 1.3, count),
        chance=rng.random(count),
    )


def rings(occasion: Occasion, at: Floats, time_s: Floats, size: Floats) -> Swarm:
    """Rings that widen on the water."""
    pale: Rgb = (0.85, 0.92, 0.98)
    look = Look(
        Shape.RING,
        keys=(Key(0.0, pale, 0.0, 0.2), Key(0.1, pale, 0.55, 0.5), Key(1.0, pale, 0.0, 2.2)),
        facing=Facing.LEVEL,
        glow=0.2,
        shimmer=False,
    )
    rng = occasion.rng()
    return grown(
        look,
        born=time_s,
        life=1.3,
        start=at + np.array([0.0, 0.03, 0.0]),
        size=1.3 * size,
        chance=rng.random(len(at)),
    )


def explosion(occasion: Occasion, at: tuple[float, float, float], size_m: float, time_s: float) -> Effect:
    """A flash, a ball of fire that turns to smoke, sparks, and thrown earth."""
    rng, count = occasion.rng(), 64
    way = rng.normal(size=(count, 3))
    way[:, 1] = np.abs(way[:, 1]) * 0.9 + 0.15
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    far = rng.random(count)
    speed = size_m * (0.8 + 2.0 * far)
    ball = Look(
        Shape.PUFF,
        keys=(
            Key(0.0, (1.5, 1.1, 0.5), 1.0, 0.35),
            Key(0.30, (1.05, 0.34, 0.03), 0.97, 0.9),
            Key(0.75, (0.60, 0.07, 0.01), 0.95, 1.15),
            Key(1.0, (0.16, 0.03, 0.01), 0.0, 1.2),
        ),
        core=(1.2, 0.70, 0.12),
        glow=1.0,
        cover=0.9,
        softness=0.16,
        drag=2.6,
        pull=(0.0, 1.1, 0.0),
        spin_hz=0.08,
    )
    life = rng.uniform(2.4, 3.6, count)
    size = 0.30 * size_m * rng.uniform(0.7, 1.3, count)
    start = np.array(at) + way * 0.15 * size_m
    fire = grown(
        ball,
        born=np.full(count, time_s),
        life=0.30 * life,
        start=start,
        velocity=way * speed[:, None],
        size=size,
        chance=rng.random(count),
    )
    grey: Rgb = (0.045, 0.040, 0.036)
    pale: Rgb = (0.16, 0.15, 0.14)
    cloud = Look(
        Shape.PUFF,
        keys=(
            Key(0.0, grey, 0.0, 0.5),
            Key(0.06, grey, 0.8, 1.0),
            Key(0.35, grey, 0.85, 1.5),
            Key(1.0, pale, 0.0, 2.4),
        ),
        softness=0.26,
        drag=2.6,
        pull=(0.0, 1.1, 0.0),
        wind=tuple((0.5 * occasion.wind).tolist()),
        spin_hz=0.05,
    )
    smoke = grown(
        cloud,
        born=np.full(count, time_s + 0.10),
        life=life,
        start=start,
        velocity=way * speed[:, None],
        size=1.05 * size,
        chance=rng.random(count),
    )
    times = occasion.ticks - time_s
    level = np.where(times >= 0.0, 9.0 * np.exp(-3.4 * np.maximum(times, 0.0)), 0.0)
    colors = tuple((v, 0.55 * v, 0.2 * v) for v in level.tolist())
    lamp = Lamp((at[0], at[1] + size_m, at[2]), (0.0, 0.0, 0.0), 2.2 * size_m, colors=colors)
    return Effect(
        (fire, smoke, _shards(occasion, at, size_m, time_s), _burst_of_light(occasion, at, size_m, time_s)),
        (lamp,),
    )


def _shards(occasion: Occasion, at: tuple[float, float, float], size: float, time_s: float) -> Swarm:
    rng, count = occasion.rng(), 90
    way = rng.normal(size=(count, 3))
    way[:, 1] = np.abs(way[:, 1]) + 0.3
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    look = Look(
        Shape.STREAK,
        keys=(
            Key(0.0, (4.5, 2.6, 0.8), 1.0),
            Key(0.5, (3.0, 0.9, 0.15), 1.0),
            Key(1.0, (0.8, 0.1, 0.02), 0.0),
        ),
        core=(4.5, 4.0, 2.6),
        facing=Facing.ALONG,
        glow=1.0,
        cover=0.0,
        pull=(0.0, -6.0, 0.0),
        drag=0.5,
        streak_s=0.06,
    )
    return grown(
        look,
        born=np.full(count, time_s),
        life=rng.uniform(0.7, 1.7, count),
        start=np.broadcast_to(at, (count, 3)),
        velocity=way * size * rng.uniform(2.0, 5.0, (count, 1)),
        size=np.full(count, 0.012 * size),
        chance=rng.random(count),
    )


def _burst_of_light(occasion: Occasion, at: tuple[float, float, float], size: float, time_s: float) -> Swarm:
    plain = halo(at[0], at[1] + 0.4 * size, at[2], 3.0 * size, occasion)
    look = Look(
        Shape.GLOW,
        keys=(
            Key(0.0, (1.6, 1.3, 0.9), 0.8, 0.6),
            Key(0.25, (0.9, 0.32, 0.06), 0.5, 1.0),
            Key(1.0, (0.8, 0.2, 0.05), 0.0, 1.0),
        ),
        glow=1.0,
        cover=0.0,
    )
    return grown(
        look,
        born=np.array([time_s]),
        life=0.7,
        start=plain.start.astype(float),
        size=plain.size.astype(float),
        chance=np.array([0.5]),
    )
