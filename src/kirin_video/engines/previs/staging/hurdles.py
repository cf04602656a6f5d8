"""Hurdles: a thing across somebody's way, and the leap over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup
from kirin_video.engines.previs.staging.routes import Route, line
from kirin_video.engines.previs.staging.troupe import Role

_HIGHEST = 1.25
"""Nobody leaps over what is more than so many times as high as he is."""
_CLEAR = 0.16
"""How far feet stay above it, in heights of who leaps."""
_RUN_UP = 1.15
"""From how far before its middle a leap goes, in lengths of who leaps, at least."""


def is_hurdle(role: Role, other: Role) -> bool:
    """Whether a thing is leapt over by somebody."""
    over = any(r.kind is RelationKind.OVER and r.to == role.number for r in other.subject.relations)
    low = role.body.height_m < _HIGHEST * max(other.body.height_m, 0.5)
    return over and low and Action.JUMP in other.subject.also and role.kind.family is Family.THING


def across(route: Route, role: Role) -> Route:
    """Where a hurdle stands: on the middle of a way, its long side across it."""
    (x,), (z,), (turn,) = route.at(np.zeros(1))
    sideways = math.pi / 2.0 if role.body.length_m > role.body.width_m else 0.0
    return line((float(x), float(z)), float(turn) + sideways, 0.0)


def leaping(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody in the air who is over a hurdle."""
    return [_over(setup, part, parts) for part in parts]


def _over(setup: Setup, part: Part, parts: Sequence[Part]) -> Part:
    hurdles = [p for p in parts if is_hurdle(p.role, part.role)]
    if not hurdles or part.carried:
        return part
    times, body = setup.times, part.body
    hurdle = min(hurdles, key=lambda p: float(_apart(part, p, times).min()))
    thing = hurdle.body
    deep = min(thing.length_m, thing.width_m)
    half = max(_RUN_UP * body.length_m, 0.55 * body.height_m) + 0.5 * deep
    s = np.clip(_apart(part, hurdle, times) / half, 0.0, 1.0)
    places = part.track.places.copy()
    # High enough over its whole depth, not only in the middle.
    within = 1.0 - min(0.5 * deep / half, 0.8) ** 2
    places[:, 1] += (thing.height_m + _CLEAR * body.height_m) / within * (1.0 - s * s)
    return replace(part, track=replace(part.track, places=places))


def _apart(one: Part, other: Part, times: np.ndarray) -> np.ndarray:
    """How far apart two are at some times, metres over the ground."""
    off = one.track.at(times)[0] - other.track.at(times)[0]
    return np.hypot(off[:, 0], off[:, 2])
