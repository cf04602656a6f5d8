"""Mounting: who sits, rides or stands on somebody or something else, and goes where it goes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.catalogue import Family, Realm
from kirin_video.engines.previs.bodies.person.motion import PersonMotion
from kirin_video.engines.previs.bodies.person.seat import Posture, Seat
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.bodies.quadruped.motion import QuadrupedMotion
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action, RelationKind
from kirin_video.engines.previs.staging.facing import shown
from kirin_video.engines.previs.staging.hands import on_held
from kirin_video.engines.previs.staging.parts import Part, Setup, deeds_of, seed_of
from kirin_video.engines.previs.staging.roundabout import goes_round, saddle_for, turns_on
from kirin_video.engines.previs.staging.troupe import MOUNTED, Role

_PERCHED = 0.62, -0.78
"""How a bird on a bough is turned: to the side, and more towards the viewer, who should see its face."""
_BEDS = frozenset({"bed", "hammock"})
_OF_THEIR_OWN = {
    **dict.fromkeys(("skateboard", "plank", "surfboard", "snowboard"), Posture.BOARD),
    **dict.fromkeys(("broom", "carousel"), Posture.ASTRIDE),
    "magic_carpet": Posture.LOW,
}
"""How one is on what is made for it."""
_SPRUNG = frozenset({"bed", "trampoline"})
_BOUNCES = frozenset({Action.JUMP, Action.LEAP, Action.PLAY})
"""What is done on one's feet on something springy."""
_UPRIGHT = frozenset(
    {Action.STAND, Action.IDLE, Action.WALK, Action.RUN, Action.DANCE, Action.SING, Action.WAVE}
)
_LYING = frozenset({Action.SLEEP, Action.LIE})
_HANDLED = ("foot_l", "foot_r", "hand_l", "hand_r")
_DRIVERS = "place0"
"""The first of the numbered seats of a car."""
_FOOTWELL_M = 0.20
"""How far below a car's seat its floor is: legs stay inside it."""
_FURTHER_OUT = 0.17
_TALL_M = 1.4
_HEADROOM = {
    **dict.fromkeys(("table", "desk", "stool"), 0.82),
    **dict.fromkeys(("chair", "bench", "deck_chair", "rocking_chair"), 0.45),
    **dict.fromkeys(("bed", "sofa", "armchair"), 0.15),
}
"""How high there is room under furniture, as a share of its height."""
_FORWARD, _PEEPING = 0.22, 0.12
"""How far from its middle somebody is under it, as a share of the way to its edge on the viewer's side; and
how far beyond that edge whom it has no room for, as a share of his length."""
_WIDE, _ALONG = 1.3, 1.05
"""Something so many times as wide as deep is lain on along it, turned by this from facing ahead, radians."""
_THWART_M, _ABOARD = 1.0, 0.62
"""From one to the next in a boat, metres, and how much of its length they share."""
_ON_SHOW = 0.06
"""How far a thing of a picture that stands on another is turned away at most, radians."""
_ELBOW_ROOM = 1.15
"""How far apart those sit who share a seat, as a share of their width."""


def mounted(  # noqa: PLR0913 -- who, on what, and as what
    setup: Setup,
    role: Role,
    which: int,
    mount: Part,
    *,
    doing: Action | None = None,
    own: Body | None = None,
) -> Part:
    """A body on another's back, seat or top.

    Args:
        setup: the shot.
        role: who is carried.
        which: which of its bodies.
        mount: what carries it.
        doing: what it does there; None for what it does first.
        own: its body where that is not the role's.
    """
    if mount.hold is not None:
        return on_held(setup, role, which, mount)
    body, times = own if own is not None else role.bodies[which], setup.times
    carrier, deeds = mount.body, deeds_of(setup.plan, role, setup.seconds)
    doing = doing if doing is not None else deeds[0][1]
    posture = _posture(role, mount, doing)
    poses = carrier.motion.poses(mount.deeds[0][1], mount.track, times, seed=mount.seed).astype(float)
    name = (
        "shoulder"
        if _perches(role, mount)
        else "top"
        if posture is Posture.UPRIGHT and mount.role.kind.family is Family.THING
        else "saddle"
    )
    sits_at = place_for(setup, role, which, mount.role)
    name = f"place{sits_at}" if f"place{sits_at}" in carrier.anchors else name
    round_and_round = goes_round(carrier)
    name = saddle_for(setup, role, which, mount, poses) if round_and_round else name
    at = _placed(carrier, poses, name)
    if "girth" in body.anchors:
        # A load hangs down to both sides of what bears it.
        at = at - np.array([0.0, body.anchors["girth"][1][1], 0.0])
    if not round_and_round:
        at = at + _aside(role, which, mount, times) + _shared(setup, role, mount)
    hangs = doing is Action.HANG and isinstance(body.motion, QuadrupedMotion)
    if hangs and isinstance(body.motion, QuadrupedMotion):
        at = at + _out_on(mount, times) - np.array([0.0, body.motion.hangs_m, 0.0])
    ground = mount.track.terrain(at[:, 0], at[:, 2])
    _, turns = mount.track.at(times)
    if round_and_round:
        turns = turns_on(carrier, poses, name)
    elif role.kind.family is Family.BIRD and mount.role.kind.family is Family.THING:
        turns = np.full_like(turns, setup.look.turn(*_PERCHED))
    if hangs:
        # It swings along the bough, so that the picture shows it.
        turns = turns + math.pi / 2.0
    elif mount.role.kind.family is Family.THING and mount.role.kind.name not in _BEDS:
        turns = turns + _along(setup, role, mount, doing, float(turns[0]))
    track = Track(times, np.stack([at[:, 0], at[:, 1] - ground, at[:, 2]], 1), turns, mount.track.terrain)
    put = role.kind.family is Family.THING and mount.role.kind.family is Family.THING
    track = shown(track, body, setup.look, most=_ON_SHOW) if put else shown(track, body, setup.look)
    if isinstance(body.motion, PersonMotion):
        handles = _handles_of(carrier, name, posture)
        known = {hold: (times, _placed(carrier, poses, held)) for hold, held in handles.items()}
        seat = Seat(posture, _floor_m(mount, at), known)
        body = replace(body, motion=body.motion.on_seat(seat))
    return Part(role, which, track, deeds, seed_of(setup, role, which), own=body, carried=True)


def _handles_of(carrier: Body, place: str, posture: Posture) -> dict[str, str]:
    """What each foot and hand is at, by the names of the carrier's places: a driver's are at the wheel."""
    if place == _DRIVERS:
        return {f"hand_{side}": f"wheel_{side}" for side in "lr"}
    handles = (*_HANDLED, "top") if posture is Posture.SHOULDERS else _HANDLED
    return {hold: hold for hold in handles if hold in carrier.anchors}


def place_for(setup: Setup, role: Role, which: int, mount: Role) -> int:
    """The number of the seat of one of those who share a car, from 0, the driver's."""
    before = (
        subject.count
        for number, subject in enumerate(setup.plan.subjects)
        if number < role.number and any(r.kind in MOUNTED and r.to == mount.number for r in subject.relations)
    )
    return sum(before) + which


def places_left(setup: Setup, role: Role, mount: Role) -> int:
    """How many of a role find a seat where seats are counted; all of it elsewhere."""
    count = len(role.bodies)
    if _DRIVERS not in mount.body.anchors:
        return count
    seats = sum(name.startswith("place") for name in mount.body.anchors)
    return min(count, max(seats - place_for(setup, role, 0, mount), 0))


def inside(setup: Setup, role: Role, which: int, host: Part) -> Part:
    """A body in or under something that stands: sunk into a box, near the trunk of a tree."""
    times = setup.times
    (place, *_), turns = host.track.at(times[:1])
    kinds = {RelationKind.IN, RelationKind.UNDER}
    relation = next(r.kind for r in role.subject.relations if r.kind in kinds)
    if relation is RelationKind.IN and host.role.kind.family is Family.MACHINE:
        return mounted(setup, role, which, host)
    if host.hold is not None:
        return on_held(setup, role, which, host)
    sunk = relation is RelationKind.IN and host.body.height_m < 2.5 * role.body.height_m
    # Under something tall they stand on the viewer's side of what holds it up.
    eye = np.array(setup.look.eye) - place[[0, 2]]
    eye /= max(float(np.linalg.norm(eye)), 1e-6)
    away = 0.0 if sunk else 0.25 * min(host.body.width_m, 4.0)
    if relation is RelationKind.UNDER and host.body.height_m < _TALL_M:
        away = _out_from_under(role, host, eye, float(turns[0]))
    lift = float(place[1] - host.track.terrain(place[:1], place[2:])[0])
    off = (which - (len(role.bodies) - 1) / 2.0) * 1.1 * role.body.width_m
    x, z = place[[0, 2]] + (
        _heaped(role, which, host) if sunk else eye * away + np.array([-eye[1], eye[0]]) * off
    )
    # Most of it shows over the rim.
    above = lift + (max(host.body.height_m - 0.3 * role.body.height_m, 0.02) if sunk else 0.0)
    still = np.broadcast_to(np.array([x, above, z]), (len(times), 3))
    turn = float(np.arctan2(-eye[1], eye[0])) + 0.5 if not sunk else float(turns[0])
    track = Track(times, still, np.full(len(times), turn), host.track.terrain)
    track = shown(track, role.bodies[which], setup.look)
    deeds = deeds_of(setup.plan, role, setup.seconds)
    return Part(role, which, track, deeds, seed_of(setup, role, which), carried=sunk)


def _out_from_under(role: Role, host: Part, eye: Floats, turn: float) -> float:
    """How far from the middle of something low, towards the viewer, somebody under it is seen, metres.

    Args:
        role: who.
        host: what he is under.
        eye: (2,), the way to the viewer in x and z.
        turn: of the host, radians.
    """
    along = abs(math.cos(turn) * eye[0] - math.sin(turn) * eye[1])
    across = abs(math.sin(turn) * eye[0] + math.cos(turn) * eye[1])
    edge = 0.5 * min(host.body.length_m / max(along, 1e-3), host.body.width_m / max(across, 1e-3))
    room = _HEADROOM.get(host.role.kind.name, 0.5) * host.body.height_m
    return _FORWARD * edge if role.body.height_m < room else edge + _PEEPING * role.body.length_m


def _heaped(role: Role, which: int, host: Part) -> Floats:
    """X and z from the middle of a bowl or box: those in it lie close together, and within its rim."""
    far = (
        min(0.55 * role.body.width_m * math.sqrt(which), 0.33 * host.body.width_m)
        if len(role.bodies) > 1
        else 0.0
    )
    return far * np.array([math.cos(2.4 * which), math.sin(2.4 * which)])


def is_inside(mount: Role) -> bool:
    """Whether who rides it sits behind its windows: cars, trains, aeroplanes."""
    body, kind = mount.body, mount.kind
    return kind.family is Family.MACHINE and "saddle" not in body.anchors and "deck" not in body.anchors


def _posture(role: Role, mount: Part, action: Action) -> Posture:
    """How somebody is carried by what carries him."""
    carrier, kind = mount.body, mount.role.kind
    if "foot_l" in carrier.anchors:
        return Posture.PEDALS
    if kind.name in _OF_THEIR_OWN:
        return _OF_THEIR_OWN[kind.name]
    if kind.family is Family.MACHINE:
        return _aboard(role, mount, action)
    if kind.family is not Family.THING:
        on_foot = kind.family is Family.PERSON and not _perches(role, mount)
        return Posture.SHOULDERS if on_foot else Posture.ASTRIDE
    if kind.name in _BEDS and action in _LYING:
        return Posture.LYING
    upright = {Action.DANCE, Action.STAND} if "seat" in carrier.anchors else _UPRIGHT
    if kind.name in _SPRUNG:
        upright = upright | _BOUNCES
    return Posture.UPRIGHT if action in upright else Posture.CHAIR


def _aboard(role: Role, mount: Part, action: Action) -> Posture:
    """Sitting low in boats, standing on ships, sitting on carts."""
    afloat = mount.role.kind.realm is Realm.AFLOAT
    small = mount.body.height_m < 2.0 * role.body.height_m
    if action in {Action.STAND, Action.DANCE, Action.WAVE} or (afloat and not small):
        return Posture.UPRIGHT
    return Posture.LOW if afloat else Posture.CHAIR


def _perches(role: Role, mount: Part) -> bool:
    """Whether it is small enough for a shoulder."""
    return mount.role.kind.family is Family.PERSON and role.body.height_m < 0.4 * mount.body.height_m


def _placed(body: Body, poses: Floats, name: str) -> Floats:
    """Where a named place of a body is, (k, 3); its highest point where it has none of that name."""
    bone, point = body.anchors.get(name) or body.anchors.get("top") or (0, (0.0, body.height_m, 0.0))
    return poses[:, bone, :, :3] @ np.array(point) + poses[:, bone, :, 3]


def _floor_m(mount: Part, at: Floats) -> float:
    """How far below a seat feet rest."""
    if _DRIVERS in mount.body.anchors:
        return _FOOTWELL_M
    if mount.role.kind.family is Family.THING:
        return float((at[:, 1] - mount.track.terrain(at[:, 0], at[:, 2])).mean())
    return 0.40


def _along(setup: Setup, role: Role, mount: Part, doing: Action, turn: float) -> float:
    """How animals and those who lie are turned on something wide: along it."""
    lies = role.kind.family is Family.PERSON and doing in _LYING
    if mount.body.width_m < _WIDE * mount.body.length_m or not (lies or role.kind.family is Family.QUADRUPED):
        return 0.0
    # Of both ways along it the one that is seen from the side.
    away, side = setup.look.turn(0.0, 1.0), math.pi / 2.0 if lies else _ALONG
    return min((side, -side), key=lambda round_: abs(math.sin(turn + round_ - away - math.pi / 2.0)))


def _out_on(mount: Part, times: Floats) -> Floats:
    """From where birds perch on a bough further out along it, away from the trunk, (k, 3)."""
    _, turns = mount.track.at(times)
    out = _FURTHER_OUT * mount.body.width_m
    return np.stack([out * np.sin(turns), 0.0 * turns, out * np.cos(turns)], 1)


def _shared(setup: Setup, role: Role, mount: Part) -> Floats:
    """Where on something that carries several it is, (k, 3): one beside the other along it."""
    times, carrier = setup.times, mount.role.number
    riders = [
        number
        for number, subject in enumerate(setup.plan.subjects)
        if any(r.kind in MOUNTED and r.to == carrier for r in subject.relations)
    ]
    if len(riders) < 2 or mount.role.kind.family is not Family.THING:  # noqa: PLR2004 -- several
        return np.zeros((len(times), 3))
    room = min(0.62 * mount.body.width_m / len(riders), 0.42)
    off = (riders.index(role.number) - (len(riders) - 1) / 2.0) * room
    _, turns = mount.track.at(times)
    return np.stack([off * np.sin(turns), 0.0 * turns, off * np.cos(turns)], 1)


def _aside(role: Role, which: int, mount: Part, times: Floats) -> Floats:
    """Those who share a seat sit side by side, in a boat one behind the other: (k, 3)."""
    count = len(role.bodies)
    if count > 1 and mount.role.kind.realm is Realm.AFLOAT and len(mount.role.bodies) < count:
        room = min(_THWART_M, _ABOARD * mount.body.length_m / count)
        ahead = ((count - 1) / 2.0 - which) * room
        _, turns = mount.track.at(times)
        return np.stack([ahead * np.cos(turns), 0.0 * turns, -ahead * np.sin(turns)], 1)
    if count == 1 or mount.role.kind.family is not Family.THING or len(mount.role.bodies) >= count:
        return np.zeros((len(times), 3))
    room = min(_ELBOW_ROOM * role.body.width_m, 0.9 * mount.body.width_m / count)
    off = (which - (count - 1) / 2.0) * room
    _, turns = mount.track.at(times)
    return np.stack([off * np.sin(turns), 0.0 * turns, off * np.cos(turns)], 1)
