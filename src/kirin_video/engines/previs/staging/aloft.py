"""Above the ground and in the water: how high somebody is, and what is done where nothing is said."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import DABBLERS, Family, Realm, catalogue
from kirin_video.engines.previs.bodies.flight import ALOFT
from kirin_video.engines.previs.bodies.machine.cable_car import RISE
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.journeys import goes_by_rail
from kirin_video.engines.previs.plan import (
    Action,
    Angle,
    Garment,
    Place,
    RelationKind,
    Setting,
    ShotPlan,
    Spot,
    SubjectPlan,
)
from kirin_video.engines.previs.staging.formation import Spot as Seat
from kirin_video.engines.previs.staging.troupe import MOUNTED, PARKED, Role

Deeds = tuple[tuple[float, Action], ...]

_WET = frozenset({Setting.SEA, Setting.LAKE, Setting.RIVER, Setting.BEACH})
_AFLOAT = frozenset({Action.SWIM, Action.FLOAT, Action.SAIL, Action.ROW, Action.SURF, Action.BATHE})
_DEEP = {Family.PERSON: 0.36, Family.QUADRUPED: 0.54}
"""How far those who bathe are in the water, as a share of their height."""
_HULLS = {"submarine": 0.36}
"""How far hulls are in the water that lie deep in it, likewise."""
_SHALLOW = 0.05
"""How far who drinks stands in the water, as a share of its height."""
_RESTS = frozenset({Action.IDLE, Action.STAND})
_AT_HOME = {Realm.WATER: Action.SWIM, Realm.AIR: Action.FLY}
"""What those do of whom nothing is said who are never on land."""
_SWIMS = frozenset({Action.IDLE, Action.STAND, Action.SWIM, Action.FLOAT})
"""What those do under water who leap out of it elsewhere."""
_AFOOT = frozenset({Action.WALK, Action.RUN, Action.TROT})
_GETS_ON = {Realm.AFLOAT: Action.SAIL, Realm.ROAD: Action.DRIVE}
_OPEN_SEA, _WINGLESS = frozenset({None, Place.SEA}), frozenset({"none", "flipper"})
_FLYING_MOUNTS = frozenset({"broom", "magic_carpet"})
"""What flies as soon as somebody is on it."""
_DIVERS = frozenset({"turtle", "seal", "sea_lion", "otter", "frog", "penguin", "crocodile"})
_SPANS = frozenset({"bridge"})
"""What stands over water, where there is any."""
_OVERHEAD = frozenset({RelationKind.OVER, RelationKind.ABOVE, RelationKind.THROUGH})
_ON_CABLES = frozenset({"cable_car"})
"""What goes along its cable whatever is said of how it goes."""
_FLOCK = 5
"""So many birds of which nothing is said are in the air."""
_IN_V = frozenset({"goose", "crane_bird", "swan", "black_swan", "flamingo"})
_GOLDEN_SHARE = 0.618
_START_S, _RISE_S = 0.5, 2.4
"""When somebody leaves the ground, and how long it takes to come up or down."""
_LOWEST_AT, _SWOOP_LOW, _SWOOP_HIGH = 0.5, 0.16, 1.35
"""When in its shot a bird that dives is lowest; how low and how high it is, in heights that it flies at."""
_HIGHEST_M = 13.0
"""Higher, the world would be lost from sight."""
_ROOFS_M = {Setting.CITY: 58.0, Setting.FOREST: 24.0, Setting.CLOUDS: 30.0}
"""Above these there are no roofs and no crowns."""
_OVER_MASTS_M = 5.5
"""So high birds fly that follow a boat."""
_OVER_ROOFS_M = 19.0
"""Birds in the sky over a town fly above its houses, and are seen from up there."""
_LOOKED_UP_TO_M = 24.0
"""What flies in the sky over people is above trees."""
_LARGE_M = 2.5
"""What is longer than this does not fly between houses and trees."""
_NEAR_GROUND = frozenset({"drone", "parachute"})
"""What stays near the ground; a drone only where somebody is with it."""
_LOOKED_DOWN_ON = frozenset({Angle.HIGH, Angle.OVERHEAD, Angle.AERIAL})
_FLEETS = frozenset({"balloon", "airship", "parachute"})
"""What many of fill a sky: spread over it, near and far, high and low."""
_COUNTED, _OUT_OF_LINE = 5, 0.4
"""So many balloons hang in a row, and how far every second one is out of it, as a share of a step."""
_FLEET_STEP, _FLEET_RISE = 1.5, 1.3
"""How far apart they are, in widths, and how high the highest is over the lowest, in heights."""
_SKIES = frozenset({Place.SKY, Place.CLOUDSCAPE, Place.NIGHT_SKY})
_DRIFTING = frozenset({"balloon", "airship", "parachute"})
"""What hangs in the air as it is."""
_ALIVE = frozenset({Family.BIRD, Family.CREATURE, Family.QUADRUPED})


def apt(plan: ShotPlan, role: Role, action: Action) -> Action:
    """What it does where the plan leaves it open or asks what its place does not let it do."""
    if role.kind.name in _ON_CABLES:
        return action if action is Action.STOP else Action.FLY
    if action is Action.BATHE:
        return action if plan.setting in _WET else Action.SIT
    return _fitting(plan, role, Action.STAND if action is Action.LOOK and _sees_near(plan, role) else action)


def _fitting(plan: ShotPlan, role: Role, action: Action) -> Action:
    """The same of what goes where it pleases."""
    kind = role.kind
    if plan.setting is Setting.UNDERWATER and action in _SWIMS and _is_diver(role):
        return Action.DIVE
    if action in _RESTS and kind.family in _ALIVE:
        return _alive(plan, role, action)
    if action in _AFOOT or (action is Action.FLY and _is_followed(plan, role)):
        return _on_its_way(plan, role, action)
    if not _is_idle(role.subject) or action is not Action.IDLE:
        return action
    on_way = (kind.realm is Realm.ROAD and plan.setting is Setting.ROAD) or (
        kind.realm is Realm.RAIL and goes_by_rail(plan)
    )
    if on_way:
        return Action.DRIVE
    in_sky = plan.place in _SKIES or role.subject.spot is Spot.SKY
    flies = kind.realm is Realm.AIR and kind.name not in _DRIFTING
    if kind.name in _FLYING_MOUNTS:
        in_sky, flies = True, _is_ridden(plan, role)
    if kind.family is Family.PERSON:
        in_sky, flies = plan.setting is Setting.CLOUDS, _wears_cape(role.subject)
    return Action.FLY if in_sky and flies else action


def _sees_near(plan: ShotPlan, role: Role) -> bool:
    """Whether who looks at somebody or something has it before him, and shades his eyes for nothing."""
    seen = [r.to for r in role.subject.relations if r.kind is RelationKind.FACING and r.to is not None]
    return role.kind.family is Family.PERSON and any(not plan.subjects[to].scenery for to in seen)


def _is_followed(plan: ShotPlan, role: Role) -> bool:
    """Whether others come after it: what they do is told of both, though ships do not fly as gulls do."""
    after = {RelationKind.FOLLOWING, RelationKind.CHASING}
    return any(r.kind in after and r.to == role.number for s in plan.subjects for r in s.relations)


def _on_its_way(plan: ShotPlan, role: Role, action: Action) -> Action:
    """How those get on who follow or lead: hulls sail, wheels drive, and birds fly out at sea."""
    kind = role.kind
    if kind.family is Family.MACHINE and kind.realm in _GETS_ON:
        return _GETS_ON[kind.realm]
    return (
        Action.FLY if _has_wings(role) and plan.place in _OPEN_SEA and plan.setting is Setting.SEA else action
    )


def _has_wings(role: Role) -> bool:
    """Whether it is a bird that can fly."""
    return role.kind.family is Family.BIRD and role.kind.shape.get("wing") not in _WINGLESS


def _is_ridden(plan: ShotPlan, role: Role) -> bool:
    """Whether somebody is on it."""
    return any(r.kind in MOUNTED and r.to == role.number for s in plan.subjects for r in s.relations)


def _is_diver(role: Role) -> bool:
    """Whether it is on land or at the surface elsewhere, and swims where all is water."""
    if role.kind.family is Family.PERSON:
        return role.subject.action in {Action.IDLE, Action.SWIM}
    return role.kind.shape.get("form") == "swimmer" or role.kind.name in _DIVERS


def _alive(plan: ShotPlan, role: Role, action: Action) -> Action:
    """What an animal does that is only said to be there."""
    kind, subject = role.kind, role.subject
    if plan.setting in _WET and (kind.realm is Realm.AFLOAT or _dabbles(plan, role, action)):
        return Action.FLOAT
    if kind.realm in _AT_HOME:
        return _AT_HOME[kind.realm]
    high = subject.spot is Spot.SKY or any(r.kind in _OVERHEAD for r in subject.relations)
    far_out = plan.setting is Setting.SEA
    flock = subject.count >= _FLOCK and action is Action.IDLE
    if _has_wings(role) and (high or far_out or flock):
        return Action.FLY
    return action


def _is_idle(subject: SubjectPlan) -> bool:
    """Whether nothing is said of what it does: not even that it stands."""
    return subject.action is Action.IDLE and not PARKED & set(subject.traits)


def _wears_cape(subject: SubjectPlan) -> bool:
    """Whether somebody of whom nothing else is said looks like one who flies."""
    return subject.action is Action.IDLE and any(wear.garment is Garment.CAPE for wear in subject.wears)


def _dabbles(plan: ShotPlan, role: Role, action: Action) -> bool:
    """Whether it is one of those birds that are on the water where nothing else is said."""
    return role.kind.name in DABBLERS and action is Action.IDLE and plan.setting is not Setting.BEACH


def is_aloft(role: Role, deeds: Deeds) -> bool:
    """Whether it is in the air for at least a part of the shot."""
    flying = ALOFT - {Action.GLIDE} if role.kind.realm is Realm.AFLOAT else ALOFT
    if _swoops(role, deeds):
        return True
    if role.kind.family is Family.MACHINE and all(action is Action.STOP for _, action in deeds):
        return False  # an aeroplane that somebody goes to is parked
    return role.kind.realm in {Realm.AIR, Realm.SPACE} or any(action in flying for _, action in deeds)


def _swoops(role: Role, deeds: Deeds) -> bool:
    """Whether it is a bird that dives out of the air."""
    return _has_wings(role) and any(action is Action.DIVE for _, action in deeds)


def _swoop(cruise: float, times: Floats) -> Floats:
    """From on high down to the surface in the middle of the shot, and up again, metres."""
    share = times / max(float(times[-1]), 1e-6)
    down = np.clip(1.0 - np.abs(share - _LOWEST_AT) / _LOWEST_AT, 0.0, 1.0)
    return cruise * (_SWOOP_LOW + (_SWOOP_HIGH - _SWOOP_LOW) * (1.0 - down * down * (3.0 - 2.0 * down)))


def is_afloat(role: Role, deeds: Deeds) -> bool:
    """Whether water carries it."""
    wades = role.kind.family is Family.QUADRUPED
    doing = {action for _, action in deeds}
    afloat = role.kind.realm in {Realm.AFLOAT, Realm.WATER} or bool(doing & _AFLOAT)
    afloat = afloat or role.kind.name in _SPANS
    return afloat or (wades and Action.DRINK in doing)


def altitude_of(plan: ShotPlan, role: Role, deeds: Deeds, times: Floats) -> Floats:
    """Metres above what carries it, (k,): aloft, coming up or down, or at the surface.

    Args:
        plan: where.
        role: who.
        deeds: from when on it does what.
        times: (k,), seconds.
    """
    above = np.zeros_like(times)
    sunk = _sunk(plan, role, {action for _, action in deeds})
    if sunk:
        return above - sunk * role.body.height_m
    if not is_aloft(role, deeds):
        return above
    if _swoops(role, deeds):
        return _swoop(_cruise(role), times)
    comes_down = any(action in {Action.TAKE_OFF, Action.LAND} for _, action in deeds)
    if role.kind.name in _ON_CABLES:
        return _cruise(role) + RISE * role.body.motion.pace(Action.FLY) * times
    cruise = _cruise(role) if comes_down else max(_cruise(role), _over(plan, role))
    for start, action in deeds:
        rest = role.kind.realm in {Realm.AIR, Realm.SPACE}
        goal = cruise if (rest or action in ALOFT) and action is not Action.LAND else 0.0
        first = start == 0.0
        from_ = above if not first else np.full_like(times, {Action.TAKE_OFF: 0.0}.get(action, cruise))
        if first and action not in {Action.TAKE_OFF, Action.LAND}:
            above = np.full_like(times, goal)
            continue
        s = np.clip((times - start - _START_S * first) / _RISE_S, 0.0, 1.0)
        above = from_ + (goal - from_) * s * s * (3.0 - 2.0 * s)
    return above


def bathing_depth(family: Family) -> float:
    """How far those who bathe, or swim on four legs, are in the water, as a share of their height."""
    return _DEEP.get(family, 0.0)


def _sunk(plan: ShotPlan, role: Role, doing: set[Action]) -> float:
    """How far somebody is in the water, as a share of his height."""
    family = role.kind.family
    if Action.BATHE in doing:
        return _DEEP.get(family, 0.0)
    if plan.setting not in _WET:
        return 0.0
    if family is not Family.QUADRUPED:
        return _HULLS.get(role.kind.name, 0.0)
    return _DEEP[family] if Action.SWIM in doing else _SHALLOW if Action.DRINK in doing else 0.0


def _over(plan: ShotPlan, role: Role) -> float:
    """How high it has to fly to be above what its world is full of, metres."""
    if _follows_a_boat(plan, role):
        return _OVER_MASTS_M
    flock = role.kind.family is Family.BIRD and role.subject.spot is Spot.SKY
    if flock and plan.setting is Setting.CITY:
        return _OVER_ROOFS_M
    over_houses = any(r.kind in _OVERHEAD and r.to is not None for r in role.subject.relations)
    if role.kind.name in _NEAR_GROUND and over_houses and plan.setting is Setting.CITY:
        return _OVER_ROOFS_M
    if role.subject.spot is Spot.SKY and plan.place not in _SKIES and role.kind.family is Family.MACHINE:
        return _LOOKED_UP_TO_M
    large = role.body.length_m > _LARGE_M or role.kind.family is Family.MACHINE
    near = role.kind.name in _NEAR_GROUND and bool(role.subject.relations or role.kind.name != "drone")
    # Looked down on, a flight through a wood is hidden by its crowns.
    over = plan.setting is Setting.FOREST and plan.framing.height in _LOOKED_DOWN_ON
    return _ROOFS_M.get(plan.setting, 0.0) if (large or over) and not near else 0.0


def _follows_a_boat(plan: ShotPlan, role: Role) -> bool:
    """Whether it is a bird after a boat, which would hide it if it flew lower."""
    known, after = catalogue(), {RelationKind.FOLLOWING, RelationKind.CHASING}
    led = [plan.subjects[r.to].kind for r in role.subject.relations if r.kind in after and r.to is not None]
    return role.kind.family is Family.BIRD and any(
        kind in known and known[kind].family is Family.MACHINE and known[kind].realm is Realm.AFLOAT
        for kind in led
    )


def _cruise(role: Role) -> float:
    """How high it flies: large ones higher; what is asked to be over something, higher still."""
    height = role.body.height_m
    if role.kind.family not in _ALIVE:
        # A kite's line reaches down to whoever flies it.
        return float(role.kind.shape.get("cruise", 1.4 + 1.1 * height))
    asked = float(role.kind.shape.get("cruise", 0.0)) if role.kind.family is Family.CREATURE else 0.0
    base = asked or 0.6 + 5.5 * role.kind.height_m**0.85
    over = any(r.kind in _OVERHEAD for r in role.subject.relations)
    return min(base * (1.35 if over else 1.0), _HIGHEST_M)


def lift_of(role: Role, deeds: Deeds, which: int) -> float:
    """How much higher than its neighbours one of a flock flies, metres."""
    if len(role.bodies) > 1 and role.kind.name in _FLEETS:
        return _FLEET_RISE * role.body.height_m * ((which * _GOLDEN_SHARE + 0.5) % 1.0 - 0.35)
    if len(role.bodies) == 1 or not is_aloft(role, deeds) or role.kind.family not in _ALIVE:
        return 0.0
    if role.kind.name in _IN_V:
        return 0.12 * role.body.length_m * math.sin(2.4 * which)
    return 0.55 * role.body.length_m * math.sin(7.3 * which + 0.5)


def fleet_places(role: Role) -> tuple[Seat, ...] | None:
    """Balloons all over a sky, the first of them in the middle; None for all others."""
    count = len(role.bodies)
    if count == 1 or role.kind.name not in _FLEETS:
        return None
    step = _FLEET_STEP * max(role.body.width_m, role.body.length_m)
    if count <= _COUNTED:
        # In a loose row, which is turned across the picture: so few are counted.
        return tuple(
            Seat(step * (k - (count - 1) / 2.0), _OUT_OF_LINE * step * (-1.0) ** k, 0.9 * k)
            for k in range(count)
        )
    return tuple(
        Seat(step * math.sqrt(k) * math.cos(2.4 * k), step * math.sqrt(k) * math.sin(2.4 * k), 0.9 * k)
        for k in range(count)
    )


def flight_places(role: Role, deeds: Deeds) -> tuple[Seat, ...] | None:
    """A V of birds that fly in one; None for all others."""
    if role.kind.name not in _IN_V or not is_aloft(role, deeds) or len(role.bodies) < 3:  # noqa: PLR2004 -- a V
        return None
    step = role.body.length_m
    return tuple(
        Seat(-0.75 * step * ((k + 1) // 2), 0.95 * step * ((k + 1) // 2) * (-1.0) ** k)
        for k in range(len(role.bodies))
    )
