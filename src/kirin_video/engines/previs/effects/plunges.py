"""The splash of whoever leaps into water: a crown, a column, drops that fly far, rings that widen."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.effects import dust
from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.swarms import Key, Look, Rgb, Shape, Swarm, grown

_WATER: Rgb = (0.82, 0.90, 0.96)
_DROPS, _PUFFS = 46, 26


def plungers(occasion: Occasion) -> tuple[Actor, ...]:
    """The actors of whoever leaps into water."""
    who = {n for n, subject in enumerate(occasion.plan.subjects) if subject.action is Action.PLUNGE}
    return tuple(actor for actor in occasion.scene.actors if actor.subject in who)


def plunge(occasion: Occasion, actors: tuple[Actor, ...], level_m: float) -> Effect:
    """The splash of actors where they go under."""
    steps = dust.plunges_of(occasion, actors, level_m)
    if not len(steps):
        return Effect()
    # Once for each: the shells of one body go under together.
    first = np.unique(np.round(steps.time_s, 1), return_index=True)[1][:1]
    at, when = steps.at[first], steps.time_s[first]
    tall = max(float(np.ptp(actor.mesh.positions.astype(float), axis=0).max()) for actor in actors)
    size = np.full(len(at), min(0.62 * tall, 1.1))
    big = dust.Steps(at, when, np.zeros_like(at), 2.0 * size)
    return Effect(
        (
            *dust.splashed(occasion, big).swarms,
            dust.drops(occasion, at, when, 1.6 * size, _DROPS),
            _column(occasion, at[0], float(when[0]), float(size[0])),
            dust.rings(occasion, at, when + 0.25, 1.5 * size),
        )
    )


def _column(occasion: Occasion, at: np.ndarray, time_s: float, size: float) -> Swarm:
    """White water that is thrown up and falls back."""
    rng = occasion.rng()
    up = np.sqrt(2.0 * 9.8 * 0.9 * size) * rng.uniform(0.35, 1.0, _PUFFS)
    aside = rng.normal(0.0, 0.30, (_PUFFS, 2)) * up[:, None]
    look = Look(
        Shape.GLOW,
        keys=(Key(0.0, _WATER, 0.0, 0.5), Key(0.1, _WATER, 0.7), Key(1.0, _WATER, 0.0, 1.6)),
        softness=0.5,
        pull=(0.0, -9.8, 0.0),
        drag=0.3,
    )
    return grown(
        look,
        born=time_s + rng.uniform(0.0, 0.12, _PUFFS),
        life=2.0 * up / 9.8 + 0.15,
        start=at + rng.normal(0.0, 0.18 * size, (_PUFFS, 3)) * np.array([1.0, 0.0, 1.0]),
        velocity=np.stack([aside[:, 0], up, aside[:, 1]], 1),
        size=0.22 * size * rng.uniform(0.5, 1.3, _PUFFS),
        chance=rng.random(_PUFFS),
    )
