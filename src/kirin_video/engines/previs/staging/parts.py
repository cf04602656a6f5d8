"""Parts: what one body does in a shot, and what all decisions about it are taken from."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.catalogue import Family, Realm
from kirin_video.engines.previs.bodies.track import Floats, Terrain, Track
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.plan import Action, Heading, ShotPlan
from kirin_video.engines.previs.staging.aloft import (
    altitude_of,
    apt,
    fleet_places,
    flight_places,
    is_afloat,
    is_aloft,
    lift_of,
)
from kirin_video.engines.previs.staging.facing import shown
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.formation import Spot, formation, in_file
from kirin_video.engines.previs.staging.prop import Prop
from kirin_video.engines.previs.staging.routes import Route, paced, walked
from kirin_video.engines.previs.staging.troupe import Role
from kirin_video.engines.previs.staging.upholding import upheld

_STEP_S = 0.05
_BEFORE_S, _AFTER_S = 0.5, 1.0
"""Tracks begin before the clip and end after it: feet come from somewhere."""

_IN_FILE, _PAIR, _FILE = frozenset({"camel"}), 2, 1.3
"""Who goes one behind the other, from how many on, and how far apart, in lengths."""
_ELBOWS = 0.46
"""How much room people in a group take, as a share of their height."""
SWIMS_M = 0.7
"""How high over the ground those swim who are under water altogether."""

Deeds = tuple[tuple[float, Action], ...]
"""From when on, seconds, somebody does what."""


@dataclass(frozen=True, slots=True)
class Look:
    """The picture that routes are chosen for.

    Attributes:
        eye: x and z of the camera.
        yaw: radians that it looks to the right of -z.
        far_m: how far away the leading subject should be.
        wide_m: how much of the world fits into the picture's width there.
    """

    eye: tuple[float, float]
    yaw: float
    far_m: float
    wide_m: float

    def place(self, ahead: float, right: float) -> tuple[float, float]:
        """X and z of a point so far from the eye and so far to the right."""
        sin, cos = math.sin(self.yaw), math.cos(self.yaw)
        return self.eye[0] + ahead * sin + right * cos, self.eye[1] - ahead * cos + right * sin

    def seen(self, x: float, z: float) -> tuple[float, float]:
        """How far ahead and how far to the right a place is; undoes ``place``."""
        sin, cos = math.sin(self.yaw), math.cos(self.yaw)
        dx, dz = x - self.eye[0], z - self.eye[1]
        return dx * sin - dz * cos, dx * cos + dz * sin

    def turn(self, right: float, ahead: float) -> float:
        """The turn of a body that goes so much to the right and so much away."""
        return math.atan2(ahead, right) - self.yaw


def look_of(stage: Stage, aspect: float, far_m: float) -> Look:
    """The picture of a stage."""
    dx, dz = stage.target[0] - stage.eye[0], stage.target[2] - stage.eye[2]
    wide = 2.0 * math.tan(math.radians(stage.fov_deg) / 2.0) * aspect * far_m
    return Look((stage.eye[0], stage.eye[2]), math.atan2(dx, -dz), far_m, wide)


@dataclass(frozen=True, slots=True)
class Setup:
    """What every decision is taken from.

    Attributes:
        plan: who does what.
        ground: where there is room.
        look: the picture.
        seconds: the clip's length.
        seed: what makes this one different.
        round_rad: how far round the world may be looked at, as in `Scene`.
    """

    plan: ShotPlan
    ground: Footing
    look: Look
    seconds: float
    seed: int
    round_rad: float = math.pi

    @property
    def times(self) -> Floats:
        """Fine steps from before the clip until after it, seconds."""
        return clock(self.seconds)


@dataclass(frozen=True, slots=True)
class Hold:
    """In whose hand something is, and how.

    Attributes:
        by: the number of the holder's role, and which of its bodies.
        anchor: the place on the holder's body.
        prop: how it is held.
        nth: which of a bunch in one hand it is, counted from 0.
    """

    by: tuple[int, int]
    anchor: str
    prop: Prop
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One body's part in the shot.

    Attributes:
        role: whose.
        which: which body of the role.
        track: where it is.
        deeds: what it does.
        seed: what makes it different from its neighbour.
        own: its body where that is not the role's: somebody who sits on or holds something.
        carried: whether somebody or something else carries it.
        hold: in whose hand it is; None for most.
        above_m: the camera looks at nothing of it that is lower: who is under water for a moment.
        let_go_s: from when on the camera only looks after it; it is kept in the picture until then.
    """

    role: Role
    which: int
    track: Track
    deeds: Deeds
    seed: int
    own: Body | None = None
    carried: bool = False
    hold: Hold | None = None
    above_m: float = -math.inf
    let_go_s: float = math.inf

    @property
    def body(self) -> Body:
        """Who acts."""
        return self.own if self.own is not None else self.role.bodies[self.which]


def clock(seconds: float) -> Floats:
    """Fine steps from before a clip until after it, seconds."""
    return np.arange(-_BEFORE_S, seconds + _AFTER_S, _STEP_S)


def deeds_of(plan: ShotPlan, role: Role, seconds: float) -> Deeds:
    """What a subject does, beat by beat."""
    later = [
        (beat.start * seconds, apt(plan, role, act.action))
        for beat in plan.beats
        for act in beat.acts
        if act.subject == role.number
    ]
    return ((0.0, apt(plan, role, role.subject.action)), *later)


def heading_of(plan: ShotPlan, role: Role) -> Heading | None:
    """Where a subject goes, now or in the first beat that says so."""
    named = [a.heading for beat in plan.beats for a in beat.acts if a.subject == role.number]
    return next((h for h in (role.subject.heading, *named) if h is not None), None)


def gone_by(plan: ShotPlan, role: Role, seconds: float) -> Floats:
    """Metres that a subject has gone at every tick of the clock; 0 at the clip's first frame."""
    times = clock(seconds)
    tempos = [a.tempo for beat in plan.beats for a in beat.acts if a.subject == role.number]
    deeds = deeds_of(plan, role, seconds)
    speeds = [
        (start, role.body.motion.pace(action) * tempo)
        for (start, action), tempo in zip(deeds, [role.subject.tempo, *tempos], strict=True)
    ]
    gone = paced(times, speeds)
    return gone - float(np.interp(0.0, times, gone))


def distance_gone(plan: ShotPlan, role: Role, seconds: float) -> float:
    """How far a subject goes in the clip, metres."""
    return float(np.interp(seconds, clock(seconds), gone_by(plan, role, seconds)))


def spots_of(role: Role, gone_m: float, seed: int) -> tuple[Spot, ...]:
    """Places within its group for all bodies of a role."""
    body = role.body
    fleet = fleet_places(role)
    if fleet is not None:
        return fleet
    if role.kind.name in _IN_FILE and len(role.bodies) > _PAIR and gone_m > body.length_m:
        return in_file(len(role.bodies), _FILE * body.length_m)
    flock = flight_places(role, ((0.0, role.subject.action),))
    if flock is not None and gone_m > body.length_m:
        return flock
    going = gone_m > body.length_m
    # The upright want more room than their feet.
    length = (
        max(body.length_m, _ELBOWS * body.height_m) if role.kind.family is Family.PERSON else body.length_m
    )
    return formation(len(role.bodies), length, body.width_m, seed=seed + role.number, going=going)


def carrier_of(role: Role, deeds: Deeds, ground: Footing) -> Terrain:
    """What carries a body: the ground, or the water's surface; who flies keeps above both."""
    if ground.water_m is None:
        dives = any(action is Action.DIVE for _, action in deeds)
        if role.kind.realm is not Realm.WATER and not dives:
            return ground.terrain
        deep = SWIMS_M + (1.0 if role.kind.realm is Realm.WATER else 0.4) * role.body.height_m
        return lambda x, z: ground.terrain(x, z) + deep
    level = ground.water_m
    if is_aloft(role, deeds):
        return lambda x, z: np.maximum(ground.terrain(x, z), level)
    if not is_afloat(role, deeds):
        return ground.terrain

    def surface(x: Floats, _z: Floats) -> Floats:
        return np.full(np.shape(x), level)

    return surface


def _depth_of(setup: Setup, role: Role, which: int) -> float:
    """How much higher than the others one of a school swims where all is water, metres."""
    if len(role.bodies) == 1 or role.kind.realm is not Realm.WATER or setup.ground.water_m is not None:
        return 0.0
    return 0.8 * role.body.length_m * math.sin(7.3 * which + 0.5)


def parts_along(setup: Setup, role: Role, route: Route, gone: Floats, spots: tuple[Spot, ...]) -> list[Part]:
    """All bodies of a role on one route, each in its place.

    Args:
        setup: the shot.
        role: whose bodies.
        route: the way of the group's middle.
        gone: metres along the route at every tick of the clock.
        spots: their places in the group.
    """
    deeds = deeds_of(setup.plan, role, setup.seconds)
    terrain, above = carrier_of(role, deeds, setup.ground), altitude_of(setup.plan, role, deeds, setup.times)
    x, z, _ = route.at(gone)
    terrain = upheld(role, deeds, terrain, setup.ground, setup.plan.setting, (x, z))
    parts: list[Part] = []
    for which, spot in enumerate(spots):
        track = walked(
            route,
            setup.times,
            gone,
            terrain,
            ahead=spot.ahead,
            aside=spot.aside,
            above=above + lift_of(role, deeds, which) + _depth_of(setup, role, which),
        )
        track = shown(replace(track, turns=track.turns + spot.turn), role.bodies[which], setup.look)
        late = tuple((start + spot.delay_s * (start > 0.0), action) for start, action in deeds)
        parts.append(Part(role, which, track, late, seed_of(setup, role, which)))
    return parts


def seed_of(setup: Setup, role: Role, which: int) -> int:
    """What makes one body different from its neighbour."""
    return setup.seed * 1009 + role.number * 101 + which
