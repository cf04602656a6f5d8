"""Bridging: who goes over a bridge is on it, from one end to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.plan import RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup, distance_gone, gone_by
from kirin_video.engines.previs.staging.spans import BRIDGES, GOING

_AFOOT = frozenset({Family.PERSON, Family.QUADRUPED})
_WALKED = 0.9
"""How much of a bridge's length is gone at most."""
_ENDS = 0.445
"""How high its ends are, as a share of how high its middle is; between them it is a parabola."""
_NEXT = 1.3
"""How far apart those go who cross together, in lengths and heights."""


def crossing(setup: Setup, parts: Sequence[Part]) -> list[Part]:
    """The parts with everybody who goes about on a bridge crossing it."""
    found = list(parts)
    for bridge in [part for part in parts if part.role.kind.name in BRIDGES]:
        for at, one in enumerate(found):
            if _crosses(one, bridge):
                found[at] = _crossed(setup, one, bridge)
    return found


def _crosses(one: Part, bridge: Part) -> bool:
    on_it = any(r.kind is RelationKind.ON and r.to == bridge.role.number for r in one.role.subject.relations)
    return on_it and one.role.kind.family in _AFOOT and one.deeds[0][1] in GOING


def _crossed(setup: Setup, one: Part, bridge: Part) -> Part:
    """Along the bridge, over its back, and halfway at half the time; others of a group behind the first."""
    (place, *_), (turn, *_) = bridge.track.at(np.array([0.5 * setup.seconds]))
    foot = float(place[1])
    along, across = np.array([np.cos(turn), -np.sin(turn)]), np.array([np.sin(turn), np.cos(turn)])
    half, top = 0.5 * bridge.body.length_m, bridge.body.anchors["top"][1][1]
    count = len(one.role.bodies)
    step = _NEXT * max(one.body.length_m, 0.4 * one.body.height_m)
    whole, room = distance_gone(setup.plan, one.role, setup.seconds), 2.0 * _WALKED * half
    gone = gone_by(setup.plan, one.role, setup.seconds) - 0.5 * whole
    gone = gone * min(room / max(whole, 1e-6), 1.0) - step * (one.which - 0.5 * (count - 1))
    aside = 0.3 * (one.which % 2 - 0.5) * (count > 1) * bridge.body.width_m
    spots = place[[0, 2]] + gone[:, None] * along + aside * across

    def deck(x: Floats, z: Floats) -> Floats:
        off = ((x - place[0]) * along[0] + (z - place[2]) * along[1]) / half
        return foot + top * (_ENDS + (1.0 - _ENDS) * (1.0 - np.minimum(off * off, 1.0)))

    places = np.stack([spots[:, 0], np.zeros(len(spots)), spots[:, 1]], 1)
    track = Track(setup.times, places, np.full(len(places), float(turn)), deck)
    return replace(one, track=track, own=None, carried=False)
