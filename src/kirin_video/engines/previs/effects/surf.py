"""Spray of a wave that breaks: off its crest, where its lip comes down, and behind a board."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.breakers import crest_of, in_world
from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.scenery import Breaker
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Rgb, Shape, Swarm, grown

_WHITE: Rgb = (0.84, 0.90, 0.94)


def spindrift(occasion: Occasion) -> Effect:
    """The spray of the wave on a scene's water; nothing where there is none."""
    water = occasion.scene.water
    if water is None or water.breaker is None:
        return Effect()
    wakes = tuple(_wake(occasion, water.breaker, roots) for roots in _boards(occasion))
    return Effect((_off_crest(occasion, water.breaker), _under_lip(occasion, water.breaker), *wakes))


def _boards(occasion: Occasion) -> list[Floats]:
    """Where boards are at every frame, (f, 3) each."""
    numbers = {n for n, subject in enumerate(occasion.plan.subjects) if subject.kind == "surfboard"}
    boards = [actor for actor in occasion.scene.actors if actor.subject in numbers]
    return list({id(board.poses): board.poses[:, 0, :, 3].astype(float) for board in boards}.values())


def _wake(occasion: Occasion, wave: Breaker, roots: Floats) -> Swarm:
    """White water behind a board, which runs up the face with all other water."""
    rng, life = occasion.rng(), 1.1
    born = occasion.births(rng, 110.0, life)
    count = len(born)
    along = np.array([wave.along[0], 0.0, wave.along[1]])
    up = np.array([wave.behind[0], 0.75, wave.behind[1]])
    start = occasion.followed(roots, born) - along * rng.uniform(0.1, 1.0, (count, 1))
    start += rng.normal(0.0, 0.06, (count, 3)) + np.array([0.0, 0.05, 0.0])
    speed = 0.55 * wave.run_mps * rng.uniform(0.35, 1.0, (count, 1))
    velocity = up * speed + rng.normal(0.0, 0.25, (count, 3))
    look = Look(
        Shape.PUFF,
        keys=(Key(0.0, _WHITE, 0.0, 0.4), Key(0.1, _WHITE, 0.75), Key(1.0, _WHITE, 0.0, 1.8)),
        softness=0.40,
        drag=1.6,
        spin_hz=0.1,
    )
    size = 0.11 * rng.uniform(0.5, 1.4, count)
    return grown(
        look, born=born, life=life, start=start, velocity=velocity, size=size, chance=rng.random(count)
    )


def _off_crest(occasion: Occasion, wave: Breaker) -> Swarm:
    """Fine spray that the wind takes off the crest, back over it."""
    rng, life = occasion.rng(), 1.5
    born = occasion.births(rng, 46.0, life)
    u = rng.uniform(-2.4, 1.6, len(born))
    start = _at(occasion, wave, crest_of(u), born)
    tall = wave.height_m
    velocity = _going(wave, occasion, born) + rng.normal(0.0, 0.10, (len(born), 3)) * tall
    velocity += tall * np.array([0.24 * wave.behind[0], 0.26, 0.24 * wave.behind[1]])
    look = Look(
        Shape.GLOW,
        keys=(Key(0.0, _WHITE, 0.0, 0.5), Key(0.15, _WHITE, 0.50), Key(1.0, _WHITE, 0.0, 2.4)),
        softness=0.5,
        drag=0.9,
        pull=(0.0, -1.6, 0.0),
    )
    size = 0.085 * tall * rng.uniform(0.6, 1.4, len(born))
    return grown(
        look, born=born, life=life, start=start, velocity=velocity, size=size, chance=rng.random(len(born))
    )


def _under_lip(occasion: Occasion, wave: Breaker) -> Swarm:
    """Bursts of white water where the lip comes down on the trough."""
    rng, life = occasion.rng(), 0.9
    born = occasion.births(rng, 60.0, life)
    count = len(born)
    u = rng.uniform(-6.0, -2.6, count)
    local = np.stack([u, np.full(count, 0.08), rng.uniform(-1.7, -1.2, count)], 1)
    start, tall = _at(occasion, wave, local, born), wave.height_m
    velocity = _going(wave, occasion, born) + rng.normal(0.0, 0.22, (count, 3)) * tall
    velocity[:, 1] = tall * rng.uniform(0.35, 1.05, count)
    velocity -= 0.35 * tall * np.array([wave.behind[0], 0.0, wave.behind[1]])
    look = Look(
        Shape.PUFF,
        keys=(Key(0.0, _WHITE, 0.0, 0.4), Key(0.12, _WHITE, 0.70), Key(1.0, _WHITE, 0.0, 1.9)),
        softness=0.42,
        drag=0.6,
        pull=(0.0, -6.0, 0.0),
        facing=Facing.VIEWER,
        spin_hz=0.1,
    )
    size = 0.11 * tall * rng.uniform(0.5, 1.3, count)
    return grown(
        look, born=born, life=life, start=start, velocity=velocity, size=size, chance=rng.random(count)
    )


def _at(occasion: Occasion, wave: Breaker, local: Floats, born: Floats) -> Floats:
    """Points (n, 3) of the wave, in its heights, in the world when each is born."""
    water = occasion.scene.water
    assert water is not None
    frames = np.array([occasion.frame_at(float(t)) for t in born], np.int64)
    early = np.minimum(born - np.array(occasion.times)[frames], 0.0)
    points = in_world(wave, local * wave.height_m, frames)
    # Before the first frame it was where it came from.
    return points + early[:, None] * _going(wave, occasion, born) + np.array([0.0, water.level_m, 0.0])


def _going(wave: Breaker, occasion: Occasion, born: Floats) -> Floats:
    """The speed of the wave's form, (n, 3), metres a second."""
    seconds = max(float(occasion.times[-1]) - float(occasion.times[0]), 1e-3)
    gone = (wave.places[-1, :2] - wave.places[0, :2]).astype(float) / seconds
    return np.broadcast_to(np.array([gone[0], 0.0, gone[1]]), (len(born), 3))
