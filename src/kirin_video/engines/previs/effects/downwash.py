"""Downwash: the ring of dust that engines throw up from the ground as somebody lands or lifts off."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.effects.dust import Steps
from kirin_video.engines.previs.effects.occasion import Occasion
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.scenery import Actor

_BLOWS = frozenset(
    {"spaceship", "helicopter", "rocket", "ufo", "space_shuttle", "drone", "airplane", "biplane"}
)
_NEAR_GROUND = frozenset({Action.LAND, Action.LAUNCH, Action.TAKE_OFF, Action.HOVER})
_EVERY, _AROUND, _REACH = 2, 7, 0.9
"""Every so many frames so many puffs start; up to this share of its length above the ground it is felt."""
_MOST_S, _OUT_M_S = 2.5, 9.0
"""How long it blows on after touch-down, and how fast it goes outwards at its strongest."""


def blown(occasion: Occasion) -> Steps:
    """Where engines stir up the ground below those who land or lift off."""
    rows: list[tuple[float, ...]] = []
    for actor in occasion.scene.actors:
        if _is_blowing(occasion, actor):
            rows += _below(occasion, actor)
    table = np.array(rows, float).reshape(-1, 7)
    return Steps(table[:, :3], table[:, 3], table[:, 4:], np.full(len(table), 1.7))


def _is_blowing(occasion: Occasion, actor: Actor) -> bool:
    number = actor.subject
    if not 0 <= number < len(occasion.plan.subjects):
        return False
    subject = occasion.plan.subjects[number]
    return subject.kind in _BLOWS and subject.action in _NEAR_GROUND


def _below(occasion: Occasion, actor: Actor) -> list[tuple[float, ...]]:
    """A ring of puffs every few frames, the stronger the lower it is: place, time and way of each."""
    rng, rows = occasion.rng(), list[tuple[float, ...]]()
    long = float(np.ptp(actor.mesh.positions, axis=0).max())
    root = actor.poses[:, 0, :, 3].astype(float)
    ground = occasion.floor(root[:, 0], root[:, 2])
    high = root[:, 1] - ground
    landed = occasion.times[int(np.argmax(high < 0.05))] if (high < 0.05).any() else math.inf  # noqa: PLR2004
    for f in range(0, len(root), _EVERY):
        felt = 1.0 - high[f] / (_REACH * long)
        fading = 1.0 - max(occasion.times[f] - landed, 0.0) / _MOST_S
        strength = min(felt, 1.0) * fading
        if strength <= 0.0:
            continue
        for turn in (rng.random() + np.arange(_AROUND)) * (math.tau / _AROUND):
            x, z = math.cos(float(turn)), math.sin(float(turn))
            out = 0.30 * long * float(rng.uniform(0.6, 1.1))
            speed = _OUT_M_S * strength / 0.22 * float(rng.uniform(0.5, 1.0))
            rows.append((root[f, 0] + out * x, ground[f], root[f, 2] + out * z, occasion.times[f],
                         0.45 * speed * x, 0.0, 0.45 * speed * z))  # fmt: skip
    return rows
