"""The leading subject's route: one that suits its heading and the picture, and is free."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import WADERS, Family, Realm
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Action, Angle, Heading, Setting
from kirin_video.engines.previs.staging.aloft import altitude_of, is_afloat, is_aloft
from kirin_video.engines.previs.staging.parts import SWIMS_M, Deeds, Look, Setup, deeds_of, heading_of
from kirin_video.engines.previs.staging.routes import Route, arc, circle, line
from kirin_video.engines.previs.staging.troupe import Role

_NEAR_TILTS = (0.36, 0.1, 0.7, -0.4, 1.1)
"""A subject that crosses the picture comes this much towards the viewer, radians: its face shows."""
_FRONTAL = frozenset({"penguin", "owl"})
"""Who is dark from behind and from the side, and known by breast or face."""
_OPEN_POSES = frozenset(
    {
        *(
            Action.PUSH_UP,
            Action.HANDSTAND,
            Action.SOMERSAULT,
            Action.SKIP,
            Action.YOGA,
            Action.STRETCH,
            Action.SELFIE,
            Action.LIFT,
            Action.COMB,
        ),
        Action.BRUSH_TEETH,
    }
)
"""What is done with the arms out or up, and read from the front."""
_FACE_TO_FACE = frozenset({Action.FIGHT, Action.SHAKE_HANDS})
_FRONT_TILTS = (1.0, 0.8, 1.2, 0.6, 0.36)
_ABREAST = 0.45, -0.9
_FAR_TILTS = (0.06, -0.1, 0.25, -0.5, 0.6, 1.0, -0.9)
"""The same of one that is followed far."""
_NEARING_TILTS = (0.8, 1.0, 1.2, 1.36)
_BENDS = (0.0, 0.5, -0.5, 1.0, -1.0)
"""The same where there is no room to cross the picture, and how far a path turns there, radians."""
_SKY_TILTS = (0.62, 0.4, 0.8)
"""The same above the clouds: of wings both should be seen."""
_BANK = 0.75
"""How far one turns in a clip who banks, radians."""
_ASIDE = 0.86, -0.50
"""How one that stays is turned: to the side, and a little towards the viewer."""
_THIRD = 0.13
"""How far from the middle one that stays is, as a share of the picture's width."""
_DEPTHS = (1.0, 1.15, 0.9, 1.35, 1.6, 2.0)
"""How far away it may be, as a share of the wished distance, the best first."""
_YAWS = (0.0, 0.22, -0.22, 0.44, -0.44, 0.7, -0.7, 1.0, -1.0)
"""How far the camera may turn away from the world's own view, radians."""
_AHEAD_OF_LENS = 0.95
"""How near one that comes towards the camera gets, as a share of the wished distance."""
_HEADINGS = {
    Angle.FRONT: Heading.TOWARDS,
    Angle.BEHIND: Heading.AWAY,
    Angle.OVER_SHOULDER: Heading.AWAY,
    Angle.FIRST_PERSON: Heading.AWAY,
}
"""Where one goes whose side is asked for: so its world is seen as it was composed."""
_TILTS = {Angle.SIDE: 0.02, Angle.THREE_QUARTER: 0.75}
_BACKWARDS = 0.6
"""How much speaks against a route that shows a back."""
_ROUND_AND_ROUND = 1.0
"""How much speaks against running in circles."""
BARE = 1.2
"""How much speaks against turning a radian further than a world is built for."""
_LAST_CHOICE = 0.2
"""How much speaks at most against a route that others come before."""
_GOOD_ENOUGH = 0.25
_LARGE_M = 0.3
"""Who is taller than this flies above whatever stands in the way."""
_WIDEST_ROOM_M = 12.0
"""Room for wings, at most."""
_LAPS_M = 1.8, 1.4, 1.1, 0.8
"""Radii of the laps that one runs where there is no room to go on, the best first."""
_RATHER_ON = 1.0
"""How much speaks against laps where one could nearly go on."""
_FAR_GOER = 1.2
"""One that goes further than so many widths of the picture is followed, and keeps its size."""

Size = tuple[float, float]
"""Length and width of a group, metres."""


def best_route(setup: Setup, role: Role, gone_m: float, size: Size) -> tuple[Route, Look]:
    """The first route that is free, or the freest, and the picture to see it in.

    Args:
        setup: the shot.
        role: the leading one.
        gone_m: how far it goes in the clip.
        size: of its group.
    """
    framing = setup.plan.framing
    angle, heading = framing.side or framing.angle, heading_of(setup.plan, role)
    if heading is None and angle is not None and gone_m > 0.5 * size[0]:
        heading = _HEADINGS.get(angle)
    if angle is None and _holds_hands(role):
        angle = Angle.THREE_QUARTER
    if angle is None and _is_duel(setup, role):
        angle = Angle.SIDE
    side = float(np.random.default_rng([setup.seed, 41]).choice((-1.0, 1.0)))
    frontal = role.kind.name in _FRONTAL or _is_open(role)
    best: tuple[float, Route, Look] | None = None
    for yaw in _YAWS:
        look = replace(setup.look, yaw=setup.look.yaw + yaw)
        wish = _Wish(heading, angle, look, gone_m, side, size, frontal=frontal)
        for rank, route in enumerate(wish.routes()):
            cost = _cost(setup, role, route, look, gone_m, size)
            cost += min(0.02 * rank, _LAST_CHOICE) + 0.15 * abs(yaw)
            cost += BARE * max(abs(yaw) - setup.round_rad, 0.0)
            cost += _BACKWARDS * _shows_its_back(route, look, heading)
            cost += _ROUND_AND_ROUND * _goes_round(route, heading)
            if best is None or cost < best[0] - 1e-9:
                best = cost, route, look
        if best is not None and best[0] < _GOOD_ENOUGH:
            break
    assert best is not None
    if best[0] >= _GOOD_ENOUGH and gone_m > size[0] and heading not in {Heading.TOWARDS, Heading.AWAY}:
        for route in _free_circles(setup, gone_m, size):
            cost = _cost(setup, role, route, setup.look, gone_m, size) + _RATHER_ON
            best = min(best, (cost, route, setup.look), key=lambda found: found[0])
    return best[1], best[2]


def _free_circles(setup: Setup, gone_m: float, size: Size) -> Iterator[Route]:
    """For each of some radii the circle that is free and nearest the middle: laps in a room."""
    look = setup.look
    depths, asides = np.meshgrid(np.linspace(0.5, 2.2, 12), np.linspace(-0.5, 0.5, 11))
    spots = [
        look.place(float(d) * look.far_m, float(a) * look.wide_m)
        for d, a in zip(depths.ravel(), asides.ravel(), strict=True)
    ]
    x, z = np.array(spots, np.float64).T
    off = np.abs(asides.ravel()) + 0.5 * np.abs(depths.ravel() - 1.0)
    for radius in _LAPS_M:
        free = setup.ground.is_free(x, z, radius + 0.5 * size[1])
        if free.any():
            at = int(np.where(free, off, np.inf).argmin())
            yield circle(spots[at], radius, -math.pi / 2.0, gone_m)


def _is_open(role: Role) -> bool:
    """Whether a person does what is read from the front."""
    return role.kind.family is Family.PERSON and role.subject.action in _OPEN_POSES


def _holds_hands(role: Role) -> bool:
    """Whether somebody goes hand in hand with another: from the side one hides the other."""
    return Action.HOLD_HANDS in {role.subject.action, *role.subject.also}


def _is_duel(setup: Setup, role: Role) -> bool:
    """Whether people fight each other, or shake hands, who are told apart from the side."""
    doing = role.subject.action
    facing = [s.count for s in setup.plan.subjects if s.kind == role.kind.name and s.action is doing]
    return doing in _FACE_TO_FACE and sum(facing) > 1


def banked(setup: Setup, role: Role, route: Route, look: Look, gone_m: float) -> Route:
    """The route of wings above the clouds as a bend away from the viewer, into which they bank."""
    straight = route.turns[0] == route.turns[-1]
    if setup.plan.setting is not Setting.CLOUDS or not straight or gone_m < 0.8 * role.body.length_m:
        return route
    turn = float(route.turns[0])
    (x,), (z,), _ = route.at(np.array([0.0]))
    # To the right of the picture is along its yaw's right; from there away is to the left.
    to_right = math.cos(turn) * math.cos(look.yaw) - math.sin(turn) * math.sin(look.yaw)
    return arc((float(x), float(z)), turn, math.copysign(_BANK, to_right), gone_m)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What routes are chosen for.

    Attributes:
        heading: where the leading one goes; None leaves it open.
        angle: from where it should be seen.
        look: the picture.
        gone_m: how far it goes.
        side: the side that chance gives what is left open, -1 is left.
        size: of its group.
        in_sky: whether it is above the clouds.
        frontal: whether it is known by its breast.
    """

    heading: Heading | None
    angle: Angle | None
    look: Look
    gone_m: float
    side: float
    size: Size
    in_sky: bool = False
    frontal: bool = False

    @property
    def way(self) -> float:
        """To which side of the picture it goes or looks, -1 is left."""
        ways = {Heading.LEFT: -1.0, Heading.RIGHT: 1.0}
        return ways.get(self.heading, self.side) if self.heading else self.side

    def routes(self) -> Iterator[Route]:
        """Routes through the picture, the best composed first."""
        if self.heading is Heading.AROUND:
            yield from self._round()
        elif self.gone_m < 0.5 * self.size[0]:
            yield from self._on_the_spot()
        elif self.heading in {Heading.TOWARDS, Heading.AWAY}:
            yield from self._in_depth()
        else:
            yield from self._across()

    def _round(self) -> Iterator[Route]:
        look = self.look
        radius = max(1.6 * self.size[0], min(self.gone_m / 5.0, 0.5 * look.far_m))
        for depth in _DEPTHS:
            yield circle(look.place(look.far_m * depth + radius, 0.0), radius, -math.pi / 2.0, self.gone_m)

    def _on_the_spot(self) -> Iterator[Route]:
        across, away = _turned(self.angle, self.heading)
        if self.frontal and self.angle is None and self.heading is None:
            across, away = _ABREAST
        for depth in _DEPTHS:
            for aside in (_THIRD, 0.0, -_THIRD, 2.0 * _THIRD):
                place = self.look.place(self.look.far_m * depth, -self.way * aside * self.look.wide_m)
                yield line(place, self.look.turn(self.way * across, away), self.gone_m)

    def _in_depth(self) -> Iterator[Route]:
        look, gone = self.look, self.gone_m
        sign = -1.0 if self.heading is Heading.TOWARDS else 1.0
        for aside in (0.0, 0.16, -0.16, 0.3, -0.3):
            middle = look.place(_AHEAD_OF_LENS * look.far_m + gone / 2.0, aside * look.wide_m)
            across = min(0.22, 0.3 * look.wide_m / max(gone, 1e-6)) * self.side
            yield line(middle, look.turn(across, sign), gone)

    def _across(self) -> Iterator[Route]:
        look, gone = self.look, self.gone_m
        tilts = _FAR_TILTS if gone > _FAR_GOER * look.wide_m else _NEAR_TILTS
        tilts = _SKY_TILTS if self.in_sky else tilts
        if self.frontal:
            tilts = _FRONT_TILTS
        if self.angle is not None and self.angle in _TILTS:
            tilts = (_TILTS[self.angle], 0.5 * _TILTS[self.angle], *tilts)
        for depth in _DEPTHS:
            for tilt in tilts:
                middle = look.place(look.far_m * depth + 0.15 * gone * math.sin(tilt), 0.0)
                yield line(middle, look.turn(self.way * math.cos(tilt), -math.sin(tilt)), gone)
        yield from self._nearing()
        # Where there is no room to go on and on, one goes in circles rather than through walls.
        for radius in (max(0.22 * look.wide_m, 1.3 * self.size[0]), max(1.1 * self.size[0], 0.7)):
            for depth in _DEPTHS[:4]:
                yield circle(look.place(look.far_m * depth + 0.5 * radius, 0.0), radius, -math.pi / 2.0, gone)

    def _nearing(self) -> Iterator[Route]:
        """Down a path between trees or houses: towards the viewer, and past him."""
        look, gone = self.look, self.gone_m
        for bend in _BENDS:
            for tilt in _NEARING_TILTS:
                for aside in (0.0, 0.15, -0.15):
                    ahead = _AHEAD_OF_LENS * look.far_m + 0.5 * gone * math.sin(tilt)
                    turn = look.turn(self.way * math.cos(tilt), -math.sin(tilt))
                    yield arc(look.place(ahead, aside * look.wide_m), turn, bend, gone)


def _turned(angle: Angle | None, heading: Heading | None) -> tuple[float, float]:
    """How somebody who stays is turned: how much to the side, and how much away from the viewer."""
    if angle in {Angle.BEHIND, Angle.OVER_SHOULDER, Angle.FIRST_PERSON} or heading is Heading.AWAY:
        return 0.12, 1.0
    if angle is Angle.FRONT or heading is Heading.TOWARDS:
        return 0.12, -1.0
    if angle is Angle.SIDE:
        return 1.0, 0.0
    return (0.7, -0.7) if angle is Angle.THREE_QUARTER else _ASIDE


def _shows_its_back(route: Route, look: Look, heading: Heading | None) -> float:
    """How far a route that could go anywhere goes away from the viewer, 0 to 1."""
    if heading is not None or route.turns[0] != route.turns[-1]:
        return 0.0
    turn = float(route.turns[0])
    return max(math.cos(turn) * math.sin(look.yaw) + math.sin(turn) * math.cos(look.yaw), 0.0)


def _goes_round(route: Route, heading: Heading | None) -> bool:
    """Whether it runs in circles that nobody asked for, where it could go on."""
    return heading is not Heading.AROUND and abs(float(route.turns[-1] - route.turns[0])) > math.pi / 2.0


def _bumped(  # noqa: PLR0913 -- who, where, how high
    setup: Setup, role: Role, deeds: Deeds, x: Floats, z: Floats, *, over_m: float = 0.0
) -> float:
    """The share of a flight that is in something, at the lowest and the highest that it flies."""
    above = altitude_of(setup.plan, role, deeds, setup.times) + over_m
    room = 0.5 * min(role.body.length_m, _WIDEST_ROOM_M)
    points = [
        np.stack([x + dx, setup.ground.terrain(x, z) + height, z + dz], 1)
        for height in (
            float(above.min()) + 0.6 * role.body.height_m,
            float(above.max()) + 0.6 * role.body.height_m,
        )
        for dx, dz in ((0.0, 0.0), (room, 0.0), (-room, 0.0), (0.0, room), (0.0, -room))
    ]
    return float((~setup.ground.solids.is_open(np.stack(points))).any(0).mean())


def _cost(  # noqa: PLR0913, PLR0917 -- everything that speaks against a route
    setup: Setup, role: Role, route: Route, look: Look, gone: float, size: Size
) -> float:
    """How much is in the way: 0 for a free route in full sight."""
    deeds = deeds_of(setup.plan, role, setup.seconds)
    metres = np.linspace(-gone / 2.0, gone / 2.0, max(5, int(gone / 1.5)))
    x, z, turns = route.at(metres)
    if role.kind.realm is Realm.WATER and setup.ground.water_m is None:
        return 3.0 * _bumped(setup, role, deeds, x, z, over_m=SWIMS_M)
    if is_aloft(role, deeds) and role.body.height_m > _LARGE_M:
        return 3.0 * _bumped(setup, role, deeds, x, z)
    room = max(0.5 * size[1], 0.35 * size[0], 0.3)
    blocked = float((~setup.ground.is_free(x, z, room)).mean())
    # The whole width of a group keeps to the water, or out of it.
    sides = np.array([-0.5, 0.0, 0.5])[:, None] * size[1]
    places = x + sides * np.sin(turns), z + sides * np.cos(turns)
    if is_afloat(role, deeds):
        fits = setup.ground.is_deep(*places)
    elif Action.WADE in role.subject.also:
        fits = setup.ground.is_waded(*places)
    elif role.kind.name in WADERS and setup.ground.water_m is not None and not is_aloft(role, deeds):
        fits = setup.ground.is_shallow(*places)
    else:
        fits = setup.ground.is_dry(*places)
    wet = float((~fits).mean())
    # What stands between the camera and the route.
    shares = np.linspace(0.25, 0.85, 6)[:, None]
    between = look.eye[0] + (x - look.eye[0]) * shares, look.eye[1] + (z - look.eye[1]) * shares
    hidden = float((~setup.ground.is_free(*between, 0.2)).any(0).mean())
    return 3.0 * blocked + 4.0 * wet + 1.5 * hidden
