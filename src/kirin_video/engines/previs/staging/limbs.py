"""Hands and feet in the picture: the camera is near them, sees what they do, and goes where they go."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Angle, Detail, Framing, ShotSize
from kirin_video.engines.previs.staging.composing import (
    NEAREST_GROUND_M,
    SIDES,
    Composed,
    Floor,
    Stand,
    ahead_of,
    facing_of,
    half_turn,
    look_at_front,
    roll_of,
    side_of,
)
from kirin_video.engines.previs.staging.easing import calmed
from kirin_video.engines.previs.staging.framing import fov_for
from kirin_video.engines.previs.staging.hulls import Presence
from kirin_video.engines.previs.staging.passages import Passage

_HANDS = ("hand", "hand_left")
_TABLES, _BEFORE_HANDS = frozenset({"table", "desk"}), frozenset({"piano", "drum_kit", "drum", "loom"})
_HIGH = {Detail.HANDS: 0.24, Detail.FEET: 0.27}
"""How much of a body's height the picture shows, at least."""
_ROOM = 1.5
"""How much more than from limb to limb it shows."""
_CLOSER = {ShotSize.EXTREME_CLOSE_UP: 0.7, ShotSize.MEDIUM_CLOSE_UP: 1.35}
_TURNED = {Detail.HANDS: (0.75, 1.25), Detail.FEET: (0.6, 1.2)}
"""How far from the body's front they are seen, radians."""
_AT_WORK, _DOWN_ON = (1.85, 2.05), math.radians(40.0)
"""The same of hands at a table or an instrument, which hides them from the front, and how steep."""
_STEEP = {Detail.HANDS: math.radians(24.0), Detail.FEET: math.radians(6.0)}
_TOLD = {Angle.LOW: math.radians(-8.0), Angle.HIGH: math.radians(38.0), Angle.OVERHEAD: math.radians(62.0)}
_AT_THINGS_M, _WITH_THINGS = 0.16, 1.6
"""How far before hands at a table lies what they are at, and how much wider a picture with it is."""
_LITTLE = 0.3
"""How much of a turn there is round hands at work: further round they are hidden."""
_LONGER = 0.8
"""The field of view, as a share of what is usual for somebody."""
_NEAREST_M, _WIDEST_DEG = 0.42, 60.0
_BALL = np.stack(np.meshgrid(*([(-0.06, 0.06)] * 3)), -1).reshape(-1, 3)
"""Points of a hand about its middle, metres."""


def is_of_limbs(framing: Framing, one: Presence) -> bool:
    """Whether a passage is about hands or feet, and somebody has them."""
    if framing.detail is Detail.HANDS:
        return all(name in one.part.body.anchors for name in _HANDS)
    return framing.detail is Detail.FEET and bool(one.part.body.contacts)


@dataclass(frozen=True, slots=True)
class Limbs:
    """Composes a passage about somebody's hands or feet.

    Attributes:
        floor: the shot.
        passage: what the camera does.
        stand: where it tries to stand.
        one: whose.
    """

    floor: Floor
    passage: Passage
    stand: Stand
    one: Presence

    def composed(self) -> Composed:
        """The camera at all frames of the shot."""
        limbs = self._limbs()
        center = calmed(limbs.mean(1)) + self._ahead()
        high = self._high(limbs)
        lens = _LONGER * fov_for(self.floor.stage.fov_deg, self.passage.framing.lens, framed=True)
        fov = min(self.stand.opened(lens), _WIDEST_DEG)
        tall = 2.0 * math.tan(math.radians(fov) / 2.0)
        away = max(high / tall, _NEAREST_M)
        yaw, steep = self._yaw(), self._steep()
        eyes = center - away * math.cos(steep) * ahead_of(yaw)
        eyes[:, 1] = center[:, 1] + away * math.sin(steep)
        eyes[:, 1] = np.maximum(eyes[:, 1], self.floor.lowest(eyes) + NEAREST_GROUND_M)
        must = (limbs[:, :, None] + _BALL).reshape(len(limbs), -1, 3)
        return Composed(eyes, center, fov, roll_of(self.floor, self.passage), center, must)

    @property
    def _detail(self) -> Detail:
        detail = self.passage.framing.detail
        assert detail is not None
        return detail

    @property
    def _works(self) -> bool:
        """Whether the hands are at something that stands before them."""
        number, own = self.one.part.role.number, {r.to for r in self.one.part.role.subject.relations}
        before = (p for p in self.floor.presences if p.part.role.kind.name in _BEFORE_HANDS)
        near = any(
            p.part.role.number in own or any(r.to == number for r in p.part.role.subject.relations)
            for p in before
        ) or any(p.part.role.kind.name in _TABLES for p in self.floor.presences)
        return self._detail is Detail.HANDS and near

    @property
    def _plays(self) -> bool:
        """Whether they are on keys, which are under the hands."""
        return any(p.part.role.kind.name in _BEFORE_HANDS for p in self.floor.presences)

    def _limbs(self) -> Floats:
        """The middles of both hands, or of the feet, (f, 2, 3)."""
        body = self.one.part.body
        if self._detail is Detail.HANDS:
            held = [body.anchors[name] for name in _HANDS]
        else:
            held = [(contact.bone, contact.point) for contact in body.contacts[:2]]
        poses = self.one.poses.astype(np.float64)
        return np.stack([poses[:, bone, :, :3] @ np.array(at) + poses[:, bone, :, 3] for bone, at in held], 1)

    def _ahead(self) -> Floats:
        """From hands at a table to what they are at, metres."""
        turn = facing_of(self.floor, self.passage, self.one)
        reach = _AT_THINGS_M if self._works and not self._plays else 0.0
        return reach * np.array([math.cos(turn), 0.0, -math.sin(turn)])

    def _high(self, limbs: Floats) -> float:
        """How much the picture's height shows, metres."""
        span = float(np.percentile(np.linalg.norm(np.ptp(limbs, axis=1), axis=1), 80))
        closer = _CLOSER.get(self.passage.framing.size, 1.0) if self.passage.framing.size else 1.0
        least = _HIGH[self._detail] * self.one.part.body.height_m
        wider = _WITH_THINGS if self._works and not self._plays else 1.0
        return max(least, _ROOM * span / max(self.floor.aspect, 1.0)) * closer * wider

    def _yaw(self) -> float:
        """From the side that the world's own view looks from, at an angle at which the limbs show."""
        wished = side_of(self.floor, self.passage, self.one)
        if self.passage.framing.side not in SIDES:
            front = look_at_front(facing_of(self.floor, self.passage, self.one))
            least, most = _AT_WORK if self._works else _TURNED[self._detail]
            off = half_turn(wished - front)
            wished = front + math.copysign(min(max(abs(off), least), most), off)
        return wished + (_LITTLE if self._works else 1.0) * self.stand.turn_rad

    def _steep(self) -> float:
        angle = self.passage.framing.height
        usual = _DOWN_ON if self._works else _STEEP[self._detail]
        told = usual if angle is None else _TOLD.get(angle, usual)
        return told * self.stand.steep
