"""Plunging: a run-up over dry ground, a leap from the edge of the water, and up again in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats, Terrain, Track
from kirin_video.engines.previs.noise import smoothstep
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.aloft import bathing_depth
from kirin_video.engines.previs.staging.facing import shown
from kirin_video.engines.previs.staging.parts import Deeds, Part, Setup

_STARTS_S, _STARTS = 1.5, 0.30
"""When one leaps: so long after the clip's start, or at this share of it."""
_RUN_UP_M = 3.6
_UP_MPS, _ON_MPS, _FALL = 3.9, 2.7, 9.8
_DOWN_S, _RISE_S = 0.4, 1.1
_DIPS, _UPRIGHT = 1.02, 0.62
"""How deep one goes under, in heights; and how deep who treads water is in it then."""
_DRY_M, _WET_M = (0.6, 1.5, 2.6), (1.7, 2.6, 3.6)
"""So far before the edge there is land, and so far beyond it water."""
_WAYS = (
    ((1.0, -0.15), 0.0), ((-1.0, -0.15), 0.0), ((1.0, -0.8), 0.12), ((-1.0, -0.8), 0.12), ((1.0, 0.7), 0.3),
    ((-1.0, 0.7), 0.3), ((0.2, -1.0), 0.35), ((0.2, 1.0), 0.5),
)  # fmt: skip
"""Ways into the water, to the right and away from the viewer, and what speaks against each."""
_NEAR, _FAR = np.linspace(0.6, 2.6, 41), np.linspace(2.6, 12.0, 95)
"""How far away an edge may be, as shares of the wished distance; further only where there is none."""
_APART_M, _ELBOW_M = 1.1, 0.2


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where one leaps from, and in which direction as in `Track`."""

    x: float
    z: float
    turn: float


def plunging(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who leaps into water doing so, where there is an edge to leap from."""
    leapers = [part for part in parts if any(action is Action.PLUNGE for _, action in part.deeds)]
    edge = _edge(setup, _APART_M * (len(leapers) - 1) / 2.0) if leapers else None
    if edge is None:
        return [replace(part, deeds=_on_the_spot(part.deeds)) for part in parts]
    order = {id(part): k - (len(leapers) - 1) / 2.0 for k, part in enumerate(leapers)}
    return [_plunged(setup, part, edge, order[id(part)]) if id(part) in order else part for part in parts]


def _on_the_spot(deeds: Deeds) -> Deeds:
    """What one does who finds no water: jumps."""
    return tuple((start, Action.JUMP if action is Action.PLUNGE else action) for start, action in deeds)


def _edge(setup: Setup, half_m: float) -> _Edge | None:
    """The best place of the water's edge to leap from, seen from the camera; None where there is none.

    Args:
        setup: the shot.
        half_m: how far to both sides others leap.
    """
    ground, look = setup.ground, setup.look
    if ground.water_m is None:
        return None
    for shares in (_NEAR, _FAR):
        depth, right = np.meshgrid(shares * look.far_m, np.linspace(-0.4, 0.4, 17) * look.wide_m)
        best: tuple[float, _Edge] | None = None
        sin, cos = math.sin(look.yaw), math.cos(look.yaw)
        x, z = look.eye[0] + depth * sin + right * cos, look.eye[1] - depth * cos + right * sin
        for (aside, away), against in _WAYS:
            turn = look.turn(aside, away)
            dx, dz = math.cos(turn), -math.sin(turn)
            good = np.ones(x.shape, bool)
            for aside_m in {-half_m, 0.0, half_m}:
                for far in _DRY_M:
                    good &= ground.is_dry(x - far * dx - aside_m * dz, z - far * dz + aside_m * dx)
                for far in _WET_M:
                    good &= ground.is_deep(x + far * dx - aside_m * dz, z + far * dz + aside_m * dx)
            # Reeds at the edge are run through.
            good &= ground.is_free(x - _DRY_M[-1] * dx, z - _DRY_M[-1] * dz, _ELBOW_M)
            cost = np.abs(depth / look.far_m - 1.0) + 0.8 * np.abs(right) / look.wide_m + against
            cost = np.where(good, cost, np.inf)
            at = np.unravel_index(int(cost.argmin()), cost.shape)
            if math.isfinite(float(cost[at])) and (best is None or float(cost[at]) < best[0]):
                best = float(cost[at]), _Edge(float(x[at]), float(z[at]), turn)
        if best is not None:
            return best[1]
    return None


def _plunged(setup: Setup, part: Part, edge: _Edge, nth: float) -> Part:
    """Up to the edge, through the air and into the water; several side by side, one after the other."""
    times, body, high = setup.times, part.body, part.body.height_m
    start = next(start for start, action in part.deeds if action is Action.PLUNGE)
    start += min(_STARTS_S, _STARTS * setup.seconds) + 0.25 * abs(nth)
    pace = min(max(body.motion.pace(Action.RUN), 0.5), _RUN_UP_M / min(start, _STARTS_S))
    terrain = _surface(setup)
    t = times - start
    flight = _flight_s(setup, edge)
    wet = t - flight
    gone = np.where(t < 0.0, pace * np.maximum(t, -_STARTS_S), _ON_MPS * np.clip(t, 0.0, flight))
    gone += 0.9 * (1.0 - np.exp(-2.2 * np.maximum(wet, 0.0)))
    dx, dz = math.cos(edge.turn), -math.sin(edge.turn)
    aside = _APART_M * nth
    x, z = edge.x + dx * gone - dz * aside, edge.z + dz * gone + dx * aside
    ground = terrain(x, z)
    level = float(setup.ground.water_m or 0.0)
    first = float(terrain(np.array([edge.x]), np.array([edge.z]))[0])
    air = first + _UP_MPS * t - 0.5 * _FALL * t * t
    family = part.role.kind.family
    rests = -(_UPRIGHT if family is Family.PERSON else bathing_depth(family)) * high
    sunk = smoothstep(0.0, _DOWN_S, wet) * (-_DIPS * high)
    sunk += smoothstep(_DOWN_S, _DOWN_S + _RISE_S, wet) * (rests + _DIPS * high)
    y = np.where(t < 0.0, ground, np.where(wet < 0.0, air, level + sunk))
    track = Track(times, np.stack([x, y - ground, z], 1), np.full(len(times), edge.turn), terrain)
    track = shown(track, body, setup.look)
    deeds = _deeds(part, start, start + flight + _DOWN_S)
    return replace(part, track=track, deeds=deeds, above_m=level)


def _flight_s(setup: Setup, edge: _Edge) -> float:
    """How long the leap lasts until the water."""
    drop = float(_surface(setup)(np.array([edge.x]), np.array([edge.z]))[0]) - float(
        setup.ground.water_m or 0.0
    )
    return (_UP_MPS + math.sqrt(_UP_MPS**2 + 2.0 * _FALL * max(drop, 0.0))) / _FALL


def _surface(setup: Setup) -> Terrain:
    """Land, and the water over what lies lower."""
    level, terrain = float(setup.ground.water_m or 0.0), setup.ground.terrain

    def surface(x: Floats, z: Floats) -> Floats:
        return np.maximum(terrain(x, z), level)

    return surface


def _deeds(part: Part, start: float, out: float) -> Deeds:
    """What one does: runs, leaps, and is in the water."""
    person = part.role.kind.family is Family.PERSON
    leap = Action.PLUNGE if person else Action.LEAP
    before = [(s, a) for s, a in part.deeds if s < start and a is not Action.PLUNGE]
    after = [(s, a) for s, a in part.deeds if s > out]
    afloat = Action.IDLE if person else Action.SWIM
    return (*(before or [(0.0, Action.RUN)]), (max(start - 0.15, 0.01), leap), (out, afloat), *after)
