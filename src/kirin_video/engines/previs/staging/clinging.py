"""Clinging: four-legged climbers walk up a trunk as they walk over the ground, turned up on end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup, deeds_of, seed_of
from kirin_video.engines.previs.staging.troupe import Role

TREES = frozenset({"tree", "pine", "palm", "cherry_tree"})
_TRUNK = 0.036
"""How thick a trunk is to either side, as a share of its tree's height."""
_FROM, _TO = 0.10, 0.27
"""How high they are at the clip's beginning, and at its end at most, as shares of the tree's height."""
_ASIDE = 0.25
"""How far they are turned away from being seen from the side, radians."""


def clings(role: Role, host: Part) -> bool:
    """Whether somebody on four legs climbs a tree."""
    climbs = role.subject.action is Action.CLIMB and role.kind.family is Family.QUADRUPED
    return climbs and host.role.kind.name in TREES


def clinging(setup: Setup, role: Role, which: int, tree: Part) -> Part:
    """One who walks up a trunk: over the ground as yet, from the trunk's foot on; `upended` turns it."""
    body, times = role.bodies[which], setup.times
    (place, *_), _ = tree.track.at(np.zeros(1))
    turn = setup.look.turn(1.0, 0.0) + _ASIDE + which * np.pi
    ahead = np.array([np.cos(turn), -np.sin(turn)])
    foot = place[[0, 2]] - _TRUNK * tree.body.height_m * ahead
    level = float(tree.track.terrain(place[:1], place[2:])[0])
    low = _FROM * tree.body.height_m + 0.5 * body.length_m
    room = max(_TO * tree.body.height_m - low, 0.2)
    pace = min(body.motion.pace(Action.CLIMB), room / setup.seconds)
    gone = low + pace * times
    places = np.stack([foot[0] + ahead[0] * gone, 0.0 * gone, foot[1] + ahead[1] * gone], 1)
    track = Track(times, places, np.full_like(times, turn), lambda x, _z: np.full(np.shape(x), level))
    deeds = deeds_of(setup.plan, role, setup.seconds)
    return Part(role, which, track, deeds, seed_of(setup, role, which), carried=True)


def trunk_of(part: Part, parts: Sequence[Part]) -> Part | None:
    """The tree that somebody walks up; None for all others."""
    on = {r.to for r in part.role.subject.relations if r.kind is RelationKind.ON}
    trees = (p for p in parts if p.role.number in on and clings(part.role, p))
    return next(trees, None) if part.carried else None


def upended(poses: NDArray[np.float32], part: Part, tree: Part, times: Floats) -> NDArray[np.float32]:
    """Poses (f, bones, 3, 4) turned up about the trunk's foot: ahead becomes up.

    Args:
        poses: of one who walks over the ground.
        part: his.
        tree: what he climbs.
        times: float64, (f,), of every frame, seconds.
    """
    (place, *_), _ = tree.track.at(np.zeros(1))
    turn = float(part.track.at(times[:1])[1][0])
    ahead = np.array([np.cos(turn), 0.0, -np.sin(turn)])
    up = np.array([0.0, 1.0, 0.0])
    side = np.cross(ahead, up)
    # Ahead goes up, what was up goes back, and the side stays.
    turned = np.outer(up, ahead) - np.outer(ahead, up) + np.outer(side, side)
    foot = np.array([place[0], tree.track.terrain(place[:1], place[2:])[0], place[2]])
    foot -= _TRUNK * tree.body.height_m * ahead
    found = np.einsum("ij,fbjk->fbik", turned, poses.astype(np.float64))
    found[..., 3] += foot - turned @ foot
    return found.astype(np.float32)
