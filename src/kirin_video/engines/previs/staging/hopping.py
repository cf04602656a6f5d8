"""Hopping: a frog that goes from one leaf to the next, in a leap each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.noise import smoothstep
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup

_FIRST, _LAST = 0.22, 0.66
"""When the first and the last leap begin, as shares of the clip."""
_AIR_S, _HIGH = 0.55, 0.42
"""How long a leap lasts, and how high it goes as a share of its way."""


def hopping(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who jumps on one of several things going from each of them to the next."""
    return [_hopped(setup, part, stones) if (stones := _stones(part, parts)) else part for part in parts]


def _stones(part: Part, parts: Sequence[Part]) -> list[Part]:
    """What somebody jumps along, what he is on first, the nearest to it next; nothing for all others."""
    hops = part.carried and part.role.kind.family is Family.QUADRUPED and len(part.role.bodies) == 1
    if not hops or part.deeds[0][1] is not Action.JUMP:
        return []
    on = {r.to for r in part.role.subject.relations if r.kind is RelationKind.ON}
    stones = [p for p in parts if p.role.number in on]
    if len(stones) < 2:  # noqa: PLR2004 -- from one to another
        return []
    first = stones[0].track.at(np.zeros(1))[0][0]
    return sorted(stones, key=lambda p: float(np.hypot(*(p.track.at(np.zeros(1))[0][0] - first)[[0, 2]])))


def _hopped(setup: Setup, part: Part, stones: list[Part]) -> Part:
    times, track = setup.times, part.track
    # Leaves drift, but who is on one has come to rest with it.
    places, turns = track.places.copy(), track.turns.copy()
    here = stones[0].track.at(np.zeros(1))[0][0]
    places[:, [0, 2]] = here[[0, 2]]
    starts = np.linspace(_FIRST, _LAST, len(stones) - 1) * setup.seconds
    deeds = [(0.0, Action.IDLE)]
    for start, stone in zip(starts.tolist(), stones[1:], strict=True):
        way = stone.track.at(np.zeros(1))[0][0] - here
        share = np.clip((times - start) / _AIR_S, 0.0, 1.0)
        far = float(np.hypot(way[0], way[2]))
        places[:, 0] += way[0] * share
        places[:, 2] += way[2] * share
        places[:, 1] += 4.0 * _HIGH * far * share * (1.0 - share)
        off = math.atan2(-way[2], way[0]) - turns
        off = (off + math.pi) % (2.0 * math.pi) - math.pi
        turns += off * smoothstep(-0.35, -0.05, times - start)
        deeds += [(start - 0.1, Action.LEAP), (start + _AIR_S, Action.IDLE)]
        here = here + way
    return replace(part, track=replace(track, places=places, turns=turns), deeds=tuple(deeds))
