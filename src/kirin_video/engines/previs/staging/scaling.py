"""Scaling: who climbs a tree is at its trunk, and comes higher."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.person.seat import Posture, Seat
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.staging.clinging import TREES
from kirin_video.engines.previs.staging.parts import Part, Setup, deeds_of, seed_of
from kirin_video.engines.previs.staging.troupe import Role

_TRUNK, _ARMS = 0.034, 0.115
"""From the middle of a trunk to who climbs it: of the tree's height, and of his."""
_FROM, _SPEED, _HIGHEST = 0.32, 0.16, 0.30
"""How high he starts and how much higher he comes a second, in his heights; at most in the tree's."""
_SIDE = 0.35
"""How far he is turned away from being seen from the side, radians."""


def is_climbed(role: Role, host: Part) -> bool:
    """Whether somebody climbs a tree, rather than sit on it."""
    climbs = role.subject.action is Action.CLIMB and role.kind.family is Family.PERSON
    return climbs and host.role.kind.name in TREES


def scaling(setup: Setup, role: Role, which: int, tree: Part) -> Part:
    """One who climbs a trunk."""
    body, times = role.bodies[which], setup.times
    (place, *_), _ = tree.track.at(np.zeros(1))
    off = _TRUNK * tree.body.height_m + _ARMS * body.height_m
    turn = setup.look.turn(1.0, 0.0) + _SIDE + which * math.pi
    x, z = float(place[0]) - off * math.cos(turn), float(place[2]) + off * math.sin(turn)
    climbed = body.height_m * (_FROM + _SPEED * np.maximum(times, 0.0))
    high = np.minimum(climbed, _HIGHEST * tree.body.height_m)
    places = np.stack([np.full_like(times, x), high, np.full_like(times, z)], 1)
    track = Track(times, places, np.full_like(times, turn), tree.track.terrain)
    motion = body.motion
    assert isinstance(motion, PersonMotion)
    own = replace(body, motion=motion.on_seat(Seat(Posture.TRUNK)))
    deeds = deeds_of(setup.plan, role, setup.seconds)
    return Part(role, which, track, deeds, seed_of(setup, role, which), own=own, carried=True)
