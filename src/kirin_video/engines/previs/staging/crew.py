"""The camera crew at work: for every passage a place to stand, a move that loses nobody, and its views."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.camera import LEVEL, Rig, Stage, View, eased_time, view_of
from kirin_video.engines.previs.fisheye import bent as through_fisheye
from kirin_video.engines.previs.given_camera import GivenCamera, pivots_of
from kirin_video.engines.previs.plan import Angle, Detail, Grip, Lens, Move, ShotSize, Technique
from kirin_video.engines.previs.staging.company import framed_by
from kirin_video.engines.previs.staging.composing import Composed, Floor, Stand, level_views, roll_of
from kirin_video.engines.previs.staging.easing import unrest
from kirin_video.engines.previs.staging.eyes import (
    closed_in_by,
    has_shoulders,
    is_own_view,
    over_shoulder,
    own_view,
    whose_eyes,
)
from kirin_video.engines.previs.staging.faces import Face
from kirin_video.engines.previs.staging.figures import Figure
from kirin_video.engines.previs.staging.framing import is_long, is_of_face
from kirin_video.engines.previs.staging.gripping import CLOSE, Path, bent, is_thrown, path_of, settled
from kirin_video.engines.previs.staging.hulls import boxes
from kirin_video.engines.previs.staging.limbs import Limbs, is_of_limbs
from kirin_video.engines.previs.staging.parts import Part
from kirin_video.engines.previs.staging.passages import Passage, passages_of
from kirin_video.engines.previs.staging.vacancy import view_without_anybody

_KEYS = 13
"""At so many moments of a passage a camera is judged."""
_TURNS = (0.0, 0.3, -0.3, 0.6, -0.6, 1.0, -1.0, 1.5, -1.5)
_REACHES = (1.0, 0.72, 0.5, 0.36)
_STEEPS = (1.0, 0.7, 0.45, 0.25)
_OTHER_SIDE = 0.45
"""How far a cut in a world without anybody turns, radians."""
_WHIP_FRAMES = 9.0
"""So long a whip takes from one composition to the next."""
_FLAT, _FLAT_FROM = 1.2, 0.35
"""What it costs to turn further than this, a radian, round a cut-out, which is thin from the side."""
_BARE = 0.5
"""What it costs to look a radian further round than the world is built for."""
_GOOD = 0.06
_ENERGIES = (1.0, 0.8, 0.6, 0.45, 0.3, 0.18, 0.08)
"""What a move is cut down to until it loses nobody and runs into nothing."""
_WHOLE, _HALFWAY = (1.0, 0.8, 0.6), 0.5
_RISE = 0.4
"""How far a camera that draws back goes up to clear what is behind it, as a share of its way."""
_LOST_MOMENTS, _HALF_OUT = 0.45, 0.1
"""On a given way, somebody may be further out of the picture than this at so many moments."""
_BODY_ROOM_M = 0.2
_MARGIN = 0.02
"""Share of the picture that a move leaves free around whoever is in it."""
_SEEN, _LOST = 0.2, 0.65
"""So much of somebody may be hidden by something: on the whole, and at any moment."""
_ALL_HIDDEN, _NOBODY = 0.6, 3.0
"""A picture of nobody, of a wall from outside, is worse than one from too near a chair."""
_SHAKE = Rig(pan_rad=0.011, tilt_rad=0.009, roll_rad=0.007, truck_m=0.02, lift_m=0.02)
_STEPPING = 0.45
"""How much eyes sway, as a share of a hand-held camera."""


@dataclass(frozen=True, slots=True)
class Filmed:
    """What a camera crew brings home.

    Attributes:
        views: the camera at every frame.
        unseen: numbers of the subjects whose eyes the camera is: they are not in the picture.
    """

    views: tuple[View, ...]
    unseen: frozenset[int]


def film(floor: Floor) -> Filmed:
    """The views of a whole shot."""
    views: list[View] = []
    rig, before = LEVEL, None
    unseen: frozenset[int] = frozenset()
    for asked in passages_of(floor.plan, len(floor.times)):
        passage = _nearer_for_tilt(floor, asked)
        if before is not None and _goes_on(floor, passage, before):
            composed = before
        else:
            composed = _best(floor, passage)
            if before is not None and not passage.cut:
                composed = _between(before, composed, passage)
        shoot = _Shooting(floor, passage, composed, LEVEL if passage.cut else rig)
        path = shoot.path()
        views += shoot.views(passage.frames, path)
        rig, before = path(1.0), composed
        if passage.first == 0:
            unseen = _unseen(floor, passage)
    return Filmed(tuple(views), unseen)


def _goes_on(floor: Floor, passage: Passage, before: Composed) -> bool:
    """Whether a passage that asks for no other picture is well seen from where the last one was."""
    same = not passage.cut and not passage.reframed
    return same and _trouble(floor, passage, before) < _GOOD


def _nearer_for_tilt(floor: Floor, passage: Passage) -> Passage:
    """A tilt up or down somebody who stands upright is one along the body: from the feet to the face."""
    framing = passage.framing
    tilts = passage.move in {Move.TILT_UP, Move.TILT_DOWN} and not passage.techniques and passage.cut
    if not tilts or framing.size is not None or framing.angle is not None or not floor.presences:
        return passage
    body = framed_by(floor.presences, passage, floor.look)[0].part.body
    if "head" not in body.anchors or is_long(body):
        return passage
    return replace(passage, framing=replace(framing, size=ShotSize.MEDIUM))


def _unseen(floor: Floor, passage: Passage) -> frozenset[int]:
    if not floor.presences:
        return frozenset()
    lead = floor.presences[0]
    if not is_own_view(passage.framing, lead.part.role):
        return frozenset()
    eyes = whose_eyes(floor, lead).part
    if eyes.role is lead.part.role and _is_mount(lead.part):
        return frozenset()
    return frozenset({eyes.role.number, *closed_in_by(floor, eyes)})


def _is_mount(lead: Part) -> bool:
    """Whether the eyes are a rider's, who sees the back that carries him."""
    return lead.role.kind.family is Family.QUADRUPED and "saddle" in lead.role.body.anchors


def _edgewise(floor: Floor, stand: Stand) -> float:
    """What is against turning round somebody who is flat: he was turned to the first place of the camera."""
    flat = bool(floor.presences) and bool(floor.presences[0].part.body.sides)
    return _FLAT * max(abs(stand.turn_rad) - _FLAT_FROM, 0.0) if flat else 0.0


def _best(floor: Floor, passage: Passage) -> Composed:
    """The composition with the least against it."""
    best: tuple[float, Composed] | None = None
    for stand in _stands(passage):
        composed = _composed(floor, passage, stand)
        cost = _trouble(floor, passage, composed) + 0.10 * abs(stand.turn_rad)
        cost += 0.30 * (1.0 - stand.reach) + 0.25 * (1.0 - stand.steep)
        cost += _edgewise(floor, stand) + _BARE * _bareness(floor, passage, composed)
        if best is None or cost < best[0] - 1e-9:
            best = cost, composed
        if best[0] < _GOOD:
            break
    assert best is not None
    return best[1]


def _bareness(floor: Floor, passage: Passage, composed: Composed) -> float:
    """How far a composition looks beyond what the world is built for, radians."""
    middle = (passage.first + passage.end) // 2
    return floor.bare(composed.eyes[middle], composed.targets[middle])


def _stands(passage: Passage) -> Iterator[Stand]:
    elevated = passage.framing.height in {Angle.HIGH, Angle.OVERHEAD, Angle.AERIAL}
    for steep in _STEEPS if elevated else _STEEPS[:1]:
        for reach in _REACHES:
            for turn in _TURNS:
                yield Stand(turn, reach, steep)


def _composed(floor: Floor, passage: Passage, stand: Stand) -> Composed:
    if not floor.presences:
        return _vacant(floor, passage, stand)
    who = framed_by(floor.presences, passage, floor.look)
    lead, framing = who[0], passage.framing
    body = lead.part.body
    if is_own_view(framing, lead.part.role):
        return own_view(floor, passage, whose_eyes(floor, lead))
    if framing.sees(Angle.OVER_SHOULDER) and has_shoulders(lead):
        return over_shoulder(floor, passage, stand, lead)
    if is_of_limbs(framing, lead):
        return Limbs(floor, passage, stand, lead).composed()
    to_waist = framing.size is ShotSize.MEDIUM and not is_long(body)
    if to_waist or is_of_face(framing.size, body):
        return Face(floor, passage, stand, lead).composed()
    return Figure(floor, passage, stand, who).composed()


def _vacant(floor: Floor, passage: Passage, stand: Stand) -> Composed:
    """The world's own view where nobody is in it; a cut turns to another side."""
    turn = stand.turn_rad + (_OTHER_SIDE if passage.first and passage.cut else 0.0)
    world = view_without_anybody(floor.stage, passage.framing, floor.plan.setting, floor.ground)
    stage = replace(world, target=view_of(world, Rig(pan_rad=turn)).target)
    eyes, targets = (np.repeat(np.array([p]), len(floor.times), 0) for p in (stage.eye, stage.target))
    return Composed(
        eyes, targets, stage.fov_deg, roll_of(floor, passage), targets, np.empty((len(eyes), 0, 3))
    )


def _whipped(passage: Passage, frame: int) -> float:
    """How far a camera that is thrown round has come: there in a moment, and then it stays."""
    u = min(max((frame - passage.first) / _WHIP_FRAMES, 0.0), 1.0)
    return u * u * (3.0 - 2.0 * u)


def _between(before: Composed, after: Composed, passage: Passage) -> Composed:
    """From one composition to another, in the time of a passage."""
    frames = np.arange(len(before.eyes))
    quick = Technique.WHIP in passage.techniques
    share = np.array([_whipped(passage, k) if quick else eased_time(passage.u(k)) for k in frames.tolist()])[
        :, None
    ]

    def mixed(a: Floats, b: Floats) -> Floats:
        return a * (1.0 - share) + b * share

    return replace(after, eyes=mixed(before.eyes, after.eyes), targets=mixed(before.targets, after.targets))


def _keys(passage: Passage) -> NDArray[np.int64]:
    return np.unique(np.linspace(passage.first, passage.end - 1, _KEYS).round().astype(np.int64))


def _trouble(floor: Floor, passage: Passage, composed: Composed) -> float:
    """What speaks against a composition: 0 for a free place in full sight."""
    keys = _keys(passage)
    eyes = composed.eyes[keys]
    views = level_views(eyes, composed.targets[keys], composed.fov_deg)
    out = max(_outside(views, composed.must[keys], floor.aspect), 0.0)
    hidden = _hidden(floor, composed, keys, eyes)
    nobody = _NOBODY if hidden > _ALL_HIDDEN else 0.0
    return 4.0 * _walled(floor, passage, eyes) + 3.0 * out + 2.5 * hidden + nobody


def _walled(floor: Floor, passage: Passage, eyes: Floats) -> float:
    """The share of moments at which an eye is in something or somebody."""
    if not floor.presences:
        return float((~floor.ground.solids.is_open(eyes)).mean())
    blocked = ~floor.ground.solids.is_open(eyes)
    if floor.ground.water_m is not None:
        blocked |= eyes[:, 1] < floor.ground.water_m + 0.05
    keys = _keys(passage)
    own = _is_own(floor, passage)
    limbs = bool(floor.presences) and passage.framing.detail in {Detail.HANDS, Detail.FEET}
    for one in floor.presences[1:] if own else floor.presences:
        if limbs and one.part.role.kind.family is Family.THING:
            continue  # a box round what hands work on is wider than it
        low, high = one.hull[keys].min(1) - _BODY_ROOM_M, one.hull[keys].max(1) + _BODY_ROOM_M
        blocked |= ((eyes > low) & (eyes < high)).all(1)
    return float(blocked.mean())


def _is_own(floor: Floor, passage: Passage) -> bool:
    """Whether the camera is somebody's eyes."""
    return bool(floor.presences) and is_own_view(passage.framing, floor.presences[0].part.role)


def _hidden(floor: Floor, composed: Composed, keys: NDArray[np.int64], eyes: Floats) -> float:
    """How much of those who are framed is hidden, beyond a little."""
    if not composed.must.shape[1]:
        return 0.0
    points = composed.must[keys][:, :: max(composed.must.shape[1] // 9, 1)]
    size = float(np.median(np.linalg.norm(np.ptp(points, axis=1), axis=1)))
    seen = floor.ground.solids.sees(eyes[:, None], points, 0.35 * size + 0.4)
    hidden = 1.0 - seen.mean(1)
    return max(float(hidden.mean()) - _SEEN, 0.0) + 0.4 * max(float(hidden.max()) - _LOST, 0.0)


def _outside(views: Sequence[View], must: Floats, aspect: float) -> float:
    """How far what must be in the picture is outside of it at the worst moment; at most 0 where it is in."""
    if not must.shape[1]:
        return 0.0
    box = boxes(views, must, aspect)
    return float(np.maximum((-box[:, :2]).max(1), (box[:, 2:] - 1.0).max(1)).max())


@dataclass(frozen=True, slots=True)
class _Shooting:
    """A passage with its composition, about to be shot.

    Attributes:
        floor: the shot.
        passage: what the camera does.
        composed: the composition.
        start: the rig that the last passage left.
    """

    floor: Floor
    passage: Passage
    composed: Composed
    start: Rig

    def path(self) -> Path:
        """The move at the greatest energy that loses nobody and runs into nothing."""
        keys = _keys(self.passage)
        at_rest = [self._view(k, LEVEL) for k in keys.tolist()]
        if not self.passage.cut:
            at_rest[0] = self._view(self.passage.first, self.start)
        spare = max(_outside(at_rest, self.composed.must[keys], self.floor.aspect), -_MARGIN)
        walled = _walled(self.floor, self.passage, self.composed.eyes[keys])

        def is_good(path: Path, *, mostly: bool = False) -> bool:
            views = [self._view(k, path(self.passage.u(k))) for k in keys.tolist()]
            return self._is_good(views, keys, spare, walled, mostly=mostly)

        if self.floor.camera is not None:
            return self._given(self.floor.camera, is_good)
        path = self._path(_ENERGIES[-1])
        for share in _ENERGIES:
            for path in self._paths(share):
                if is_good(path):
                    return path
        return path

    def _paths(self, share: float) -> Iterator[Path]:
        """Ways of going so far, the best first.

        A picture that is wide already, such as of a boat, has no room for a push in to end in or for a pull
        out to begin in: then it is composed for halfway. Where land or bushes are behind a camera that draws
        back, it rises over them.
        """
        yield self._path(share)
        passage = self.passage
        if (
            passage.move not in {Move.PUSH_IN, Move.PULL_OUT}
            or passage.techniques
            or not self.floor.presences
        ):
            return
        if passage.framing.size not in CLOSE and passage.cut:
            yield self._path(share, pivot=_HALFWAY)
        if passage.move is Move.PULL_OUT:
            yield self._rising(self._path(share))
            if passage.cut:
                yield self._rising(self._path(share, pivot=_HALFWAY))

    def _rising(self, path: Path) -> Path:
        """A way back that goes up as well."""
        begins = path(0.0).push_m
        return lambda u: path(u).plus(Rig(lift_m=_RISE * (begins - path(u).push_m)))

    def _given(self, camera: GivenCamera, is_good: Callable[..., bool]) -> Path:
        """As much as possible of a given way.

        Of one that goes past, rather most of it than everybody in the picture all the time; one that comes
        nearer or goes away is about somebody.
        """
        first, end = self.passage.first, self.passage.end
        stage, aspect = self.stage(first), self.floor.aspect
        pivots = pivots_of(camera, first, end)
        path = camera.over(first, end, stage, aspect, pivot=pivots[0], share=_ENERGIES[-1])
        goes_past = pivots[0] == _HALFWAY
        tries = ((_WHOLE, False), (_WHOLE, True), (_ENERGIES, False)) if goes_past else ((_ENERGIES, False),)
        for shares, mostly in tries:
            for share in shares:
                for pivot in pivots:
                    path = camera.over(first, end, stage, aspect, pivot=pivot, share=share)
                    if is_good(path, mostly=mostly):
                        return path
        return path

    def _path(self, share: float, pivot: float | None = None) -> Path:
        stage = self.stage(self.passage.first)
        return path_of(
            self.passage,
            stage,
            share * self.passage.energy,
            self.start,
            framed=bool(self.floor.presences),
            own=_is_own(self.floor, self.passage),
            pivot=pivot,
        )

    def _is_good(
        self, views: list[View], keys: NDArray[np.int64], spare: float, walled: float, *, mostly: bool
    ) -> bool:
        u = np.array([self.passage.u(k) for k in keys.tolist()])
        since, until = settled(self.passage)
        due = (u >= since) & (u <= until)
        eyes = np.array([view.eye for view in views])
        if _walled(self.floor, self.passage, eyes) > walled:
            return False
        if mostly:
            lost = [_outside([view], self.composed.must[k : k + 1], self.floor.aspect) > spare + _HALF_OUT
                    for view, k in zip(views, keys.tolist(), strict=True)]  # fmt: skip
            return sum(lost) <= _LOST_MOMENTS * len(lost)
        seen = [view for view, is_due in zip(views, due.tolist(), strict=True) if is_due]
        if seen and _outside(seen, self.composed.must[keys][due], self.floor.aspect) > spare + 0.004:
            return False
        return _hidden(self.floor, self.composed, keys, eyes) < 0.3  # noqa: PLR2004

    def stage(self, frame: int) -> Stage:
        """The composed view at a frame."""
        return self.composed.stage(self.floor.stage, frame)

    def _view(self, frame: int, rig: Rig) -> View:
        stage = self.stage(frame)
        view = view_of(stage, bent(self.passage, stage, rig))
        return replace(view, roll_deg=view.roll_deg + self.composed.roll_deg)

    def views(self, frames: range, path: Path) -> Iterator[View]:
        """The views of some frames."""
        amount = self._unrest()
        hand = unrest(len(self.floor.times), 5, self.floor.seed) * amount
        for frame in frames:
            rig = path(self.passage.u(frame))
            if amount:
                rig = rig.plus(_trembling(hand[frame]))
            view = self._view(frame, rig)
            view = replace(
                view,
                focus_m=_depth(view, self.composed.focus[frame]),
                thrown=is_thrown(self.passage, frame),
            )
            fisheye = self.passage.framing.lens is Lens.FISHEYE
            yield through_fisheye(view, self.floor.aspect) if fisheye else view

    def _unrest(self) -> float:
        if self.floor.camera is not None:
            return 0.0  # what shakes in a given way is in it
        if self.passage.framing.grip is Grip.HANDHELD:
            return 1.0
        return _STEPPING if self.passage.framing.sees(Angle.FIRST_PERSON) else 0.0


def _trembling(hand: Floats) -> Rig:
    pan, tilt, roll, aside, up = hand.tolist()
    return Rig(
        pan_rad=pan * _SHAKE.pan_rad,
        tilt_rad=tilt * _SHAKE.tilt_rad,
        roll_rad=roll * _SHAKE.roll_rad,
        truck_m=aside * _SHAKE.truck_m,
        lift_m=up * _SHAKE.lift_m,
    )


def _depth(view: View, point: Floats) -> float:
    """How far ahead a point is along the line of sight."""
    ahead = np.array(view.target) - np.array(view.eye)
    return float(max((point - np.array(view.eye)) @ ahead / max(math.hypot(*ahead), 1e-9), 0.1))
