"""Wayfaring: who goes by road or by rail keeps to it, and the camera looks at him from beside it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family, Realm
from kirin_video.engines.previs.plan import Angle, Heading, RelationKind, Setting
from kirin_video.engines.previs.staging.aloft import is_afloat, is_aloft
from kirin_video.engines.previs.staging.formation import Spot
from kirin_video.engines.previs.staging.parts import Look, Setup, deeds_of, heading_of
from kirin_video.engines.previs.staging.routes import Route
from kirin_video.engines.previs.staging.troupe import Role
from kirin_video.engines.previs.ways import Way

_GOERS = frozenset({Family.PERSON, Family.QUADRUPED, Family.BIRD, Family.CREATURE})
_STREETS = frozenset({Setting.CITY, Setting.VILLAGE})
_EDGE_M = 0.9
"""Who has no wheels keeps so far from the edge of a road."""
_MIDST_M = 14.0
"""How far ahead of the viewer the middle of a journey is."""
_COMING, _GOING, _BESIDE, _ASLANT = 1.15, -1.15, 0.06, 0.62
"""How much somebody comes towards the viewer, radians from across the picture."""
CHASES = frozenset({RelationKind.CHASING, RelationKind.FOLLOWING})
"""Who goes after another."""
_OF_CHASES = (0.35, 0.0), (0.2, 0.05), (0.5, 0.05)
"""The same for a chase, with what speaks against each: both are seen from their side."""
_STEP_M = 1.0
_SPACE = 1.6
"""From one to the next on a road, in lengths."""


def way_for(setup: Setup, role: Role) -> Way | None:
    """The way that somebody keeps to; None for who flies, floats or stands beside it."""
    deeds = deeds_of(setup.plan, role, setup.seconds)
    if is_aloft(role, deeds) or is_afloat(role, deeds):
        return None
    for way in setup.ground.ways:
        wheeled = role.kind.realm is (Realm.RAIL if way.railed else Realm.ROAD)
        # A tram's rails lie in the street.
        wheeled |= setup.plan.setting in _STREETS and role.kind.realm is Realm.RAIL and not way.railed
        strolls = not way.railed and role.kind.realm is Realm.LAND and _strolls(setup, role)
        if wheeled or strolls:
            return way
    return None


def _strolls(setup: Setup, role: Role) -> bool:
    """Whether somebody goes along a road who does not belong to it."""
    by_itself = role.kind.family in _GOERS or role.kind.family is Family.MACHINE
    return setup.plan.setting is Setting.ROAD and by_itself and not role.stays


def lane_of(way: Way, role: Role) -> float:
    """How far to the right of the way's middle somebody goes, metres."""
    if role.kind.realm in {Realm.ROAD, Realm.RAIL} and role.body.width_m > 1.0:
        return way.lanes[0]
    if role.kind.realm is Realm.ROAD:
        return 0.5 * (way.lanes[-1] + way.half_m) - 0.2
    return way.half_m - _EDGE_M - 0.5 * min(role.body.width_m, 1.6)


def journey(setup: Setup, role: Role, way: Way, gone_m: float, length_m: float) -> tuple[Route, Look]:
    """The route of a leading subject along a way, and the picture to see it in.

    Args:
        setup: the shot.
        role: the leading one.
        way: what it keeps to.
        gone_m: how far it goes in the clip.
        length_m: how long its group is.
    """
    heading, angle = heading_of(setup.plan, role), setup.plan.framing.side or setup.plan.framing.angle
    lane = lane_of(way, role)
    best: tuple[float, Route, Look] | None = None
    chase = _is_chase(setup, role)
    chance = float(np.random.default_rng([setup.seed, 43]).choice((-1.0, 1.0)))
    for ahead in (chance, -chance):
        route = route_on(way, setup.look.eye[1] - _MIDST_M, ahead, lane, gone_m + 2.0 * length_m)
        turn = float(route.at(np.array([0.0]))[2][0])
        for to_right in (1.0, -1.0):
            tilts = _tilts(heading, angle, to_right, in_street=way.best_seen == 0.0)
            for tilt, cost in _OF_CHASES if chase and len(tilts) > 1 and way.best_seen else tilts:
                # So that a body of this turn goes to that side, and so much towards the viewer.
                yaw = _half_turn(math.atan2(-math.sin(tilt), to_right * math.cos(tilt)) - turn)
                cost_here = cost + 0.5 * abs(_half_turn(yaw - setup.look.yaw))
                cost_here += 0.7 * _from_wrong_side(way, yaw) + 0.02 * (ahead != chance)
                if best is None or cost_here < best[0] - 1e-9:
                    best = cost_here, route, _seen_from(setup.look, route, yaw)
    assert best is not None
    return best[1], best[2]


def _tilts(
    heading: Heading | None, angle: Angle | None, to_right: float, *, in_street: bool
) -> tuple[tuple[float, float], ...]:
    """How much it may come towards the viewer, and what speaks against each."""
    if heading in {Heading.LEFT, Heading.RIGHT} and (heading is Heading.RIGHT) != (to_right > 0.0):
        return ()
    if heading is Heading.TOWARDS or angle is Angle.FRONT:
        return ((_COMING, 0.0),)
    if heading is Heading.AWAY or angle in {Angle.BEHIND, Angle.OVER_SHOULDER, Angle.FIRST_PERSON}:
        return ((_GOING, 0.0),)
    if angle is Angle.SIDE:
        return ((_BESIDE, 0.0),)
    if in_street:
        return (0.95, 0.0), (0.75, 0.1), (1.2, 0.1)
    return (_ASLANT, 0.0), (0.36, 0.15), (0.9, 0.15), (-0.5, 0.9)


def _is_chase(setup: Setup, role: Role) -> bool:
    """Whether it comes after another, or another after it: from the front the first would hide the other."""
    subjects = setup.plan.subjects
    return any(
        r.kind in CHASES and role.number in {number, r.to}
        for number, one in enumerate(subjects)
        for r in one.relations
    )


def _half_turn(angle: float) -> float:
    return (angle + math.pi) % (2.0 * math.pi) - math.pi


def _from_wrong_side(way: Way, yaw: float) -> float:
    """1 where a yaw looks across the way from its worse side, 0 along it and from the better one."""
    return max(-way.best_seen * math.sin(yaw), 0.0)


def _seen_from(look: Look, route: Route, yaw: float) -> Look:
    """The picture of the middle of a route, seen along a yaw from as far as before."""
    x, z, _ = route.at(np.array([0.0]))
    eye = float(x[0]) - look.far_m * math.sin(yaw), float(z[0]) + look.far_m * math.cos(yaw)
    return replace(look, eye=eye, yaw=yaw)


def route_on(way: Way, middle_z: float, ahead: float, lane: float, length_m: float) -> Route:
    """A route along a way.

    Args:
        way: which.
        middle_z: where the route's middle is.
        ahead: 1.0 goes along -z, -1.0 comes back.
        lane: metres to the right of the way's middle, as one goes.
        length_m: how long it is at least.
    """
    half = 0.5 * length_m + 40.0
    z = middle_z - ahead * np.arange(-half, half + _STEP_M, _STEP_M)
    z = z[(z > way.z[0]) & (z < way.z[-1])]
    points = way.placed(z, ahead * lane)
    x, z = points[:, 0], points[:, 2]
    steps = np.hypot(np.diff(x), np.diff(z))
    metres = np.concatenate([[0.0], np.cumsum(steps)])
    nearest = int(np.abs(z - middle_z).argmin())
    turns = np.unwrap(np.arctan2(-np.gradient(z), np.gradient(x)))
    return Route(x, z, turns, metres - metres[nearest])


def in_file(count: int, length_m: float) -> tuple[Spot, ...]:
    """Places for a group that drives: one after the other."""
    return tuple(Spot(-(k - (count - 1) / 2.0) * _SPACE * length_m, 0.0) for k in range(count))
