"""Formations: how many stand and go together without touching."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_GOLDEN = math.pi * (3.0 - math.sqrt(5.0))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a group.

    Attributes:
        ahead: metres along its way.
        aside: metres to the right of it.
        turn: radians that it is turned against the group.
        delay_s: how much later it does what all do.
    """

    ahead: float
    aside: float
    turn: float = 0.0
    delay_s: float = 0.0


def formation(count: int, length_m: float, width_m: float, *, seed: int, going: bool) -> tuple[Spot, ...]:
    """Places for so many, far enough apart for their length and width.

    Up to seven stand in two loose rows, so that each of them can be counted; more become a herd.

    Args:
        count: how many.
        length_m: of one body, along its way.
        width_m: of one body, across it.
        seed: what makes this group different.
        going: whether they go the same way together, or stand about.
    """
    if count == 1:
        return (Spot(0.0, 0.0),)
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 31])
    at = _rows(count, rng) if count <= _COUNTABLE else _herd(count)
    # Standing bodies may turn any way: round them there must be room for their length.
    room = np.array([1.22 * length_m, max(1.7 * width_m, 0.6 * length_m)])
    if not going:
        room = np.array([1.10 * length_m, 0.85 * length_m])
    places = _apart(at * room, room)
    return tuple(
        Spot(float(ahead), float(aside), _turn(rng, going=going), float(rng.uniform(0.0, 0.8)))
        for ahead, aside in places
    )


def in_file(count: int, step_m: float) -> tuple[Spot, ...]:
    """Places one behind the other, so far apart, their middle at the origin."""
    return tuple(
        Spot((0.5 * (count - 1) - k) * step_m, 0.06 * step_m * math.sin(2.4 * k)) for k in range(count)
    )


_COUNTABLE = 7
_CONTRARY = 0.22
"""Share of a standing group that looks the other way."""


def _turn(rng: np.random.Generator, *, going: bool) -> float:
    """How one of a group is turned against it: hardly while it goes."""
    if going:
        return 0.0
    return float(rng.uniform(-0.55, 0.55)) + (math.pi if rng.random() < _CONTRARY else 0.0)


def _rows(count: int, rng: np.random.Generator) -> Floats:
    """Two loose rows along the way, in bodies' lengths: every second one stands aside."""
    k = np.arange(count)
    ahead = (k - (count - 1) / 2.0) * 1.06 + rng.uniform(-0.08, 0.08, count)
    aside = np.where(k % 2 == 0, -0.42, 0.42) + rng.uniform(-0.12, 0.12, count)
    return np.stack([ahead, aside], 1)


def _herd(count: int) -> Floats:
    """A sunflower's seeds: even, and never in rows."""
    k = np.arange(count)
    far = np.sqrt(k + 0.35) * 0.80
    angle = k * _GOLDEN + 0.4
    return np.stack([1.25 * far * np.cos(angle), far * np.sin(angle)], 1)


def _apart(at: Floats, room: Floats) -> Floats:
    """Places pushed apart until no two bodies touch, their middle at the origin."""
    for _ in range(80):
        gap = (at[:, None] - at[None]) / room
        near = np.sqrt((gap**2).sum(-1)) + np.eye(len(at)) * 9.0
        if near.min() >= 1.0:
            break
        push = np.where(near < 1.0, (1.02 - near) * 0.3, 0.0)[..., None] * gap / near[..., None] * room
        at = at + push.sum(1)
    return at - (at.min(0) + at.max(0)) / 2.0


def abreast(spots: tuple[Spot, ...], turn: float) -> tuple[Spot, ...]:
    """A group that stands, its rows turned against the way it faces, so that nobody hides another.

    Args:
        spots: of a group small enough to be counted; larger ones stay as they are.
        turn: radians, from where the group faces to where the rows lead.
    """
    if not 1 < len(spots) <= _COUNTABLE:
        return spots
    cos, sin = math.cos(turn), math.sin(turn)
    return tuple(
        replace(s, ahead=s.ahead * cos + s.aside * sin, aside=s.aside * cos - s.ahead * sin) for s in spots
    )


def extent(spots: tuple[Spot, ...], length_m: float, width_m: float) -> tuple[float, float]:
    """How much room a group takes, metres along its way and across."""
    ahead = [s.ahead for s in spots]
    aside = [s.aside for s in spots]
    return max(ahead) - min(ahead) + length_m, max(aside) - min(aside) + max(width_m, 0.5 * length_m)
