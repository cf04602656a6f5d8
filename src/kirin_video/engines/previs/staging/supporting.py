"""Supporting subjects: by the side of the leading one, after it, on it, or near it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family, Realm
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Action, RelationKind, Setting
from kirin_video.engines.previs.plan import Spot as Where
from kirin_video.engines.previs.staging.aloft import is_afloat
from kirin_video.engines.previs.staging.clinging import TREES, clinging, clings
from kirin_video.engines.previs.staging.formation import Spot, extent
from kirin_video.engines.previs.staging.gathering import gathers, round_table
from kirin_video.engines.previs.staging.hurdles import across, is_hurdle
from kirin_video.engines.previs.staging.mounting import inside, is_inside, mounted, places_left
from kirin_video.engines.previs.staging.parts import (
    Part,
    Setup,
    deeds_of,
    distance_gone,
    gone_by,
    parts_along,
    spots_of,
)
from kirin_video.engines.previs.staging.roundabout import goes_round
from kirin_video.engines.previs.staging.routes import Route, line
from kirin_video.engines.previs.staging.scaling import is_climbed, scaling
from kirin_video.engines.previs.staging.surrounding import all_round
from kirin_video.engines.previs.staging.troupe import MOUNTED, Role
from kirin_video.engines.previs.staging.wayfaring import CHASES, way_for
from kirin_video.engines.previs.ways import Way

_AFTER = {RelationKind.CHASING: 1.15, RelationKind.FOLLOWING: 1.0, RelationKind.TOWED_BY: 0.9}
"""How far behind it keeps, as a share of what two bodies need."""
_AT_STERN = 0.6
"""Birds keep so much nearer to what they follow: over a boat's wake."""
_DOOR_M, _AT_DOOR = 0.45, -0.08
"""How far from its flank, and before its middle as a share of its length, stands who got out of a vehicle."""
_MET = frozenset({RelationKind.TOWARDS, RelationKind.FACING})
"""Who is gone to, or looked at, is on that side."""
_INSIDE = frozenset({RelationKind.IN, RelationKind.UNDER})
_OPPOSITES = {
    RelationKind.BEHIND: RelationKind.IN_FRONT_OF,
    RelationKind.IN_FRONT_OF: RelationKind.BEHIND,
    RelationKind.LEFT_OF: RelationKind.RIGHT_OF,
    RelationKind.RIGHT_OF: RelationKind.LEFT_OF,
}
"""How the other one stands, where the plan tells it of the first."""
_SLUNG = frozenset({"hammock"})
"""Who is in one is on it."""
_ASIDE = (1.0, 1.15, 1.35, 1.6, 1.9, 2.3, 2.8, 3.5, 4.5)
_BEFORE_IT = (0.4, 0.7)
_DEEPER = (0.0, 0.4, -0.35, 0.8, -0.7, 1.3, 2.0)
"""Where one is looked for beside another: shares of the room that both need, aside and further away."""
_AS_DEEP, _IN_DEPTH = (0.0, 0.15), frozenset({RelationKind.BEHIND, RelationKind.IN_FRONT_OF})
"""The same where it is told who is before whom."""
_HIDES, _LOOKS_OUT = 0.9, 0.2
"""Behind what is so tall beside him somebody looks out at its side: so far, as a share of his length."""
_SMALL, _BEFORE = 0.62, -0.15
"""Who is so small beside the leading one stands so far before it, where he is not hidden."""
_FAR, _DEEP = 0.6, 0.3
"""What it costs to stand one such step further aside or away: who is far aside is out of the picture."""
_COMES_UP = 0.62
"""How far behind it keeps in a street's next lane, as a share of both lengths."""
_LARGE, _TALL, _LONG = 2.4, 0.38, 0.5
"""Who is so many times as large as the leading one is seen from where he is so tall and so long in the
picture, both as shares of its width."""
_BACK_ASIDE = 0.16
_MEETS = 0.3
"""So much room is left between who goes to somebody and him, in heights."""
_INDOORS = frozenset({Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.STUDIO})
_TRUNK_M = 0.5
_CROWN = 0.46
"""How far from its trunk a tree is eaten from, as a share of its width."""
_PROPS_UP, _LEANS = 0.4, 0.12
"""How tall something is that another leans on, and how far its edge is from the other's foot: shares of the
other's height."""
_PEEPING = 0.5, 0.4
"""How far a trunk is beside the middle of who is behind it, to the back of him: his face shows."""


def supporting_parts(  # noqa: PLR0913, PLR0917 -- one group among others
    setup: Setup, role: Role, roles: Sequence[Role], parts: Sequence[Part], route: Route, gone: Floats
) -> list[Part]:
    """The parts of a subject that does not lead.

    Args:
        setup: the shot.
        role: whose.
        roles: everybody, the leading one first.
        parts: those who have their place already.
        route: the leading one's.
        gone: how far along it the leading one is at every tick of the clock.
    """
    relation, other, reverse = _related(role, roles)
    mates = [p for p in parts if p.role.number == other]
    spots = spots_of(role, distance_gone(setup.plan, role, setup.seconds), setup.seed)
    if mates:
        placed = (
            _placed_by_it(setup, role, mates, route, spots)
            if reverse
            else _carried_by_it(setup, role, roles, mates)
        )
        if placed is not None:
            return placed
    if _is_leant_on(roles[0], role):
        return _leant_on(setup, role, parts[0], spots)
    shift = _in_lane(setup, role, roles[0], relation, reverse=reverse)
    shift = shift or _beside_its_door(setup, role, roles[0], route, relation, reverse=reverse)
    shift = shift or _shift(setup, role, roles, parts, spots, relation, reverse=reverse)
    if shift is None:
        relation = _OPPOSITES.get(relation, relation) if reverse and relation else relation
        return _standing_by(setup, role, relation, parts, spots)
    moved = tuple(replace(s, ahead=s.ahead + shift[0], aside=s.aside + shift[1]) for s in spots)
    return parts_along(setup, role, route, gone, moved)


def _is_leant_on(lead: Role, role: Role) -> bool:
    """Whether a thing that leans has this one to lean on."""
    things = lead.kind.family is Family.THING and role.kind.family is Family.THING
    return (
        things and lead.subject.action is Action.LEAN and role.body.height_m > _PROPS_UP * lead.body.height_m
    )


def _leant_on(setup: Setup, role: Role, leaning: Part, spots: tuple[Spot, ...]) -> list[Part]:
    """What a thing leans on: behind it, as near as its lean reaches, and facing where that faces."""
    (place, *_), (turn, *_) = leaning.track.at(np.array([0.5 * setup.seconds]))
    away = 0.5 * role.body.length_m + _LEANS * leaning.body.height_m
    at = float(place[0]) - away * math.sin(turn), float(place[2]) - away * math.cos(turn)
    return parts_along(setup, role, line(at, float(turn) - math.pi / 2.0, 0.0), 0.0 * setup.times, spots)


def _carried_by_it(setup: Setup, role: Role, roles: Sequence[Role], mates: list[Part]) -> list[Part] | None:
    """Those who are on, in or round another; None for all who are elsewhere."""
    relation = next(r.kind for r in role.subject.relations if r.to == mates[0].role.number)
    count = len(role.bodies)
    if relation in MOUNTED:
        if is_inside(mates[0].role):
            return []
        if clings(role, mates[0]) or is_climbed(role, mates[0]):
            climbing = clinging if clings(role, mates[0]) else scaling
            return [climbing(setup, role, k, mates[k % len(mates)]) for k in range(count)]
        seated = places_left(setup, role, mates[0].role) if len(mates) == 1 else count
        return [mounted(setup, role, k, mates[k % len(mates)]) for k in range(seated)]
    if relation is RelationKind.IN and _carries(mates[0].role):
        return [mounted(setup, role, k, mates[k % len(mates)]) for k in range(count)]
    if relation in _INSIDE and (role.stays or relation is RelationKind.IN):
        return [inside(setup, role, k, mates[k % len(mates)]) for k in range(count)]
    return round_table(setup, role, roles, mates[0]) if gathers(role, mates) else None


def _carries(host: Role) -> bool:
    """Whether who is in it is on it: in an armchair, in a hammock, in a roundabout."""
    things = host.kind.family is Family.THING
    return things and (goes_round(host.body) or host.kind.name in _SLUNG or "seat" in host.body.anchors)


def _placed_by_it(
    setup: Setup, role: Role, mates: list[Part], route: Route, spots: tuple[Spot, ...]
) -> list[Part] | None:
    """Those that another leaps over or is among; None for all others."""
    if is_hurdle(role, mates[0].role):
        return parts_along(setup, role, across(route, role), 0.0 * setup.times, spots)
    if role.kind.name in TREES and mates[0].role.subject.action is Action.EAT and mates[0].role.stays:
        return _at_its_mouth(setup, role, mates[0], spots)
    among = any(r.kind is RelationKind.AMONG and r.to == role.number for r in mates[0].role.subject.relations)
    return _surrounding(setup, role, mates[0], spots) if among and role.stays else None


def _at_its_mouth(setup: Setup, role: Role, eater: Part, spots: tuple[Spot, ...]) -> list[Part]:
    """A tree that is eaten from: its crown begins where the eater's mouth is."""
    (place, *_), (turn, *_) = eater.track.at(np.array([0.5 * setup.seconds]))
    ahead = 0.5 * eater.body.length_m + _CROWN * role.body.length_m
    at = float(place[0]) + ahead * math.cos(turn), float(place[2]) - ahead * math.sin(turn)
    return parts_along(setup, role, line(at, float(turn), 0.0), 0.0 * setup.times, spots)


def _surrounding(setup: Setup, role: Role, middle: Part, spots: tuple[Spot, ...]) -> list[Part]:
    """All round somebody, where he is halfway through the shot."""
    places, _ = middle.track.at(np.array([0.5 * setup.seconds]))
    x, _, z = places[0].tolist()
    # On a way along +x, ahead is +x and to the right is +z.
    towards = math.atan2(setup.look.eye[1] - z, setup.look.eye[0] - x)
    round_him = all_round(spots, middle.body.length_m, towards)
    return parts_along(setup, role, line((x, z), 0.0, 0.0), 0.0 * setup.times, round_him)


def _in_lane(
    setup: Setup, role: Role, lead: Role, relation: RelationKind | None, *, reverse: bool
) -> tuple[float, float] | None:
    """Where another vehicle is on the leading one's road: in the next lane, or behind; None elsewhere."""
    way = way_for(setup, role)
    if way is None or way is not way_for(setup, lead) or role.kind.realm is not Realm.ROAD:
        return None
    if relation is not None and relation in _AFTER:
        return _in_street_chase(way, role, lead, reverse=reverse) if relation in CHASES else None
    if relation is RelationKind.BEHIND:
        return -0.6 * (lead.body.length_m + role.body.length_m) - 1.0, 0.0
    return 0.12 * lead.body.length_m, -_to_next_lane(way)


def _to_next_lane(way: Way) -> float:
    """How far the next lane is; on a narrow road that is the one for those who come the other way."""
    return 2.0 * way.lanes[0] if len(way.lanes) == 1 else way.lanes[0] - way.lanes[1]


def _in_street_chase(way: Way, role: Role, lead: Role, *, reverse: bool) -> tuple[float, float] | None:
    """In a street, seen from its middle, who is behind would be hidden: it comes up in the next lane."""
    if way.best_seen != 0.0:
        return None
    ahead = _COMES_UP * (lead.body.length_m + role.body.length_m)
    return (ahead if reverse else -ahead), -_to_next_lane(way)


def _beside_its_door(  # noqa: PLR0913 -- two of them and how they stand to each other
    setup: Setup, role: Role, lead: Role, route: Route, relation: RelationKind | None, *, reverse: bool
) -> tuple[float, float] | None:
    """Where a vehicle is that the leading one has left: behind him, who is at its door; None for others."""
    if relation is not RelationKind.AWAY_FROM or not reverse or role.kind.family is not Family.MACHINE:
        return None
    if distance_gone(setup.plan, lead, setup.seconds) > lead.body.height_m:
        return None
    turn = float(route.turns[len(route.turns) // 2])
    to_right = math.cos(turn) * math.cos(setup.look.yaw) - math.sin(turn) * math.sin(setup.look.yaw)
    aside = 0.5 * (role.body.width_m + lead.body.width_m) + _DOOR_M
    return _AT_DOOR * role.body.length_m, -math.copysign(aside, to_right)


def _related(role: Role, roles: Sequence[Role]) -> tuple[RelationKind | None, int | None, bool]:
    """How a subject stands to another on stage; the last is true where the plan tells it of the other."""
    known = {r.number for r in roles}
    for relation in role.subject.relations:
        if relation.to in known:
            return relation.kind, relation.to, False
    for other in roles:
        for relation in other.subject.relations:
            if relation.to == role.number:
                return relation.kind, other.number, True
    return None, None, False


def _shift(  # noqa: PLR0913, PLR0917 -- two groups and how they stand to each other
    setup: Setup,
    role: Role,
    roles: Sequence[Role],
    parts: Sequence[Part],
    spots: tuple[Spot, ...],
    relation: RelationKind | None,
    *,
    reverse: bool,
) -> tuple[float, float] | None:
    """Metres ahead of the leading group and to its right; None for a place of its own."""
    lead, body = roles[0], role.body
    leaders = spots_of(lead, distance_gone(setup.plan, lead, setup.seconds), setup.seed)
    lead_long, lead_wide = extent(leaders, lead.body.length_m, lead.body.width_m)
    long, wide = extent(spots, body.length_m, body.width_m)
    ahead = 0.5 * (lead_long + long) * 1.12 + 0.35 * body.length_m
    if relation is not None and relation in _AFTER:
        if role.kind.family is Family.BIRD or lead.kind.family is Family.BIRD:
            ahead *= _AT_STERN
        return (ahead if reverse else -ahead) * _AFTER[relation], 0.0
    if relation is RelationKind.AWAY_FROM:
        return (-ahead if reverse else ahead) * 1.15, 0.0
    both_go = min(distance_gone(setup.plan, r, setup.seconds) / r.body.length_m for r in (lead, role)) > 1.0
    if not both_go:
        return None
    aside = 0.5 * (lead_wide + wide) * 1.15 + 0.30 * (lead.body.length_m + body.length_m)
    nth = len({p.role.number for p in parts})
    return 0.10 * ahead, aside * (1.0 if nth % 2 else -1.0) * ((nth + 1) // 2)


def _standing_by(
    setup: Setup, role: Role, relation: RelationKind | None, parts: Sequence[Part], spots: tuple[Spot, ...]
) -> list[Part]:
    """Near the others, where there is room, on a short route of its own."""
    middle = parts[0].track.at(np.array([0.5 * setup.seconds]))[0][0]
    met = _met_place(setup, role, parts[0]) if relation is RelationKind.TOWARDS else None
    if met is not None:
        turn = math.atan2(-(middle[2] - met[1]), middle[0] - met[0])
        return parts_along(setup, role, line(met, turn, 0.0), 0.0 * setup.times, spots)
    place, sign = _free_place(setup, role, relation, parts, spots, middle)
    turn = setup.look.turn(-0.8 * sign if sign else 0.8, -0.5)
    if relation in {RelationKind.FACING, RelationKind.TOWARDS}:
        turn = math.atan2(-(middle[2] - place[1]), middle[0] - place[0])
    gone = gone_by(setup.plan, role, setup.seconds)
    whole = distance_gone(setup.plan, role, setup.seconds)
    return _ashore(setup, parts_along(setup, role, line(place, turn, whole), gone - 0.5 * whole, spots))


def _met_place(setup: Setup, role: Role, lead: Part) -> tuple[float, float] | None:
    """X and z of somebody who waits where the one who goes to him arrives; None where that is no place."""
    first, last = lead.track.at(np.array([0.0, setup.seconds]))[0]
    x, z = float(last[0] - first[0]), float(last[2] - first[2])
    gone = math.hypot(x, z)
    if gone < lead.body.height_m or distance_gone(setup.plan, role, setup.seconds) > role.body.height_m:
        return None
    if role.body.height_m > _LARGE * lead.body.height_m:
        return None
    gap = (0.5 * (role.body.length_m + lead.body.length_m) + _MEETS * lead.body.height_m) / gone
    at = float(last[0]) + gap * x, float(last[2]) + gap * z
    spot = np.array([at[0]]), np.array([at[1]])
    free = setup.ground.is_free(*spot, 0.3 * role.body.length_m)[0] and setup.ground.is_dry(*spot)[0]
    return at if free else None


def _ashore(setup: Setup, parts: list[Part]) -> list[Part]:
    """The parts with birds that would float where there is no water standing on the ground there."""
    found: list[Part] = []
    for part in parts:
        at = part.track.places[len(part.track.places) // 2]
        lies_dry = bool(setup.ground.is_dry(at[:1], at[2:])[0]) and part.role.kind.family is Family.BIRD
        if lies_dry and is_afloat(part.role, part.deeds):
            deeds = tuple((start, Action.STAND) for start, _ in part.deeds)
            found.append(replace(part, deeds=deeds, track=replace(part.track, terrain=setup.ground.terrain)))
        else:
            found.append(part)
    return found


def _free_place(  # noqa: PLR0913, PLR0917 -- one group among others
    setup: Setup,
    role: Role,
    relation: RelationKind | None,
    parts: Sequence[Part],
    spots: tuple[Spot, ...],
    middle: Floats,
) -> tuple[tuple[float, float], float]:
    """X and z of a free place beside the leading group, and on which side of it, -1 is left."""
    look, ground = setup.look, setup.ground
    long, wide = extent(spots, role.body.length_m, role.body.width_m)
    taken = [
        (float(x), float(z), part.role.body.length_m)
        for part in parts
        for x, _, z in part.track.at(np.linspace(0.0, setup.seconds, 4))[0]
    ]
    ahead, right = look.seen(float(middle[0]), float(middle[2]))
    if relation is RelationKind.IN_FRONT_OF and role.kind.name in TREES:
        # Behind a tree is behind its trunk, under its crown.
        long, wide = min(long, _TRUNK_M), min(wide, _TRUNK_M)
    step = 0.5 * (parts[0].role.body.length_m + long) * 1.25 + 0.2 * wide
    depth, sides = _wish(role, relation, step)
    small = role.body.height_m < _SMALL * parts[0].body.height_m and role.subject.spot is None and depth > 0.0
    depth = _BEFORE * step if small else depth
    if relation is RelationKind.IN_FRONT_OF and role.kind.name in TREES:
        _, (turn, *_) = parts[0].track.at(np.array([0.5 * setup.seconds]))
        faces = math.cos(turn) * math.cos(look.yaw) - math.sin(turn) * math.sin(look.yaw)
        sides = tuple(-math.copysign(share, faces) for share in _PEEPING)
    elif relation is RelationKind.IN_FRONT_OF and role.body.height_m > _HIDES * parts[0].body.height_m:
        off = (0.5 * long + _LOOKS_OUT * parts[0].body.length_m) / step
        sides = (off, -off)
    if relation in _MET and sides == (1.0, -1.0):
        sides = (_heading_side(setup, parts[0]),)
    floats = is_afloat(role, deeds_of(setup.plan, role, setup.seconds))
    back = 0.0 if relation is RelationKind.IN_FRONT_OF else _back_m(setup, role, parts[0])
    on_land = role.kind.realm in {Realm.LAND, Realm.ROAD} and not floats
    best: tuple[float, tuple[float, float], float] | None = None
    for k, (aside, deeper) in enumerate(
        product((*_BEFORE_IT * small, *_ASIDE), _AS_DEEP if relation in _IN_DEPTH else _DEEPER)
    ):
        for sign in sides:
            away, off = ahead + depth + deeper * step, aside * step
            if back:
                away, off = ahead + back * (1.0 + 0.2 * deeper), min(off, _BACK_ASIDE * back * aside)
            x, z = look.place(max(away, 1.0), right + sign * off)
            gap = min(math.hypot(x - a, z - b) - 0.6 * (size + long) for a, b, size in taken)
            spot = np.array([x]), np.array([z])
            cost = _FAR * abs(aside - 1.0) + _DEEP * abs(deeper) + 0.001 * k + max(-gap, 0.0)
            cost += 1.0 * (not ground.is_free(*spot, 0.5 * long)[0])
            cost += 1.0 * (not ground.is_free(*spot, 0.3 * long)[0])
            cost += 3.0 * (on_land and not ground.is_dry(*spot)[0])
            cost += 1.0 * (floats and not ground.is_deep(*spot)[0])
            if best is None or cost < best[0]:
                best = cost, (x, z), sign
    assert best is not None
    return best[1], best[2]


def _back_m(setup: Setup, role: Role, lead: Part) -> float:
    """How far behind the leading one somebody far larger stands, metres, so that all of him is seen.

    0 for whoever has room beside it.
    """
    body, look = role.body, setup.look
    if role.subject.spot not in {None, Where.SKY} or setup.plan.setting in _INDOORS:
        return 0.0
    large = max(body.height_m / lead.body.height_m, body.length_m / lead.body.length_m)
    if large < _LARGE or body.height_m < lead.body.height_m:
        return 0.0
    across = look.wide_m / look.far_m
    least = max(body.height_m / (_TALL * across), body.length_m / (_LONG * across)) + 0.5 * body.length_m
    return max(least - look.far_m, 0.0)


def _heading_side(setup: Setup, lead: Part) -> float:
    """On which side of the picture the leading one goes, or looks, where it stays: 1 is the right."""
    (first, last), (turn, _) = lead.track.at(np.array([0.0, setup.seconds]))
    x, z = float(last[0] - first[0]), float(last[2] - first[2])
    if math.hypot(x, z) < lead.body.length_m:
        x, z = math.cos(turn), -math.sin(turn)
    _, here = setup.look.seen(float(first[0]), float(first[2]))
    _, there = setup.look.seen(float(first[0]) + x, float(first[2]) + z)
    return math.copysign(1.0, there - here)


def _wish(role: Role, relation: RelationKind | None, step: float) -> tuple[float, tuple[float, ...]]:
    """How much further away it should stand, and on which sides to look for room."""
    depths = {Where.FOREGROUND: -0.8, Where.BACKGROUND: 2.2, Where.DISTANCE: 8.0}
    where = role.subject.spot
    depth = step * (depths.get(where, 0.25) if where is not None else 0.25)
    if relation is RelationKind.BEHIND:
        return 1.3 * step, (0.0, 0.3, -0.3)
    if relation is RelationKind.IN_FRONT_OF:
        return -1.1 * step, (0.3, -0.3, 0.0)
    if relation is RelationKind.LEFT_OF or where is Where.LEFT:
        return depth, (-1.0,)
    if relation is RelationKind.RIGHT_OF or where is Where.RIGHT:
        return depth, (1.0,)
    return depth, (1.0, -1.0)
