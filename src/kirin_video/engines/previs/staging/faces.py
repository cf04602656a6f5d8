"""Faces in the picture: the camera stands before them, a little to their side, and goes where they go."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Angle, Detail, ShotSize
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
    right_of,
    roll_of,
    side_of,
)
from kirin_video.engines.previs.staging.easing import calmed
from kirin_video.engines.previs.staging.framing import face_share, fov_for, is_of_face
from kirin_video.engines.previs.staging.hulls import Presence
from kirin_video.engines.previs.staging.passages import Passage

_FACE_RAD = 0.62
_TURNED = {ShotSize.MEDIUM: 0.85, ShotSize.EXTREME_CLOSE_UP: 0.40}
"""How far from straight ahead a face, or somebody to the waist, is looked at where nothing is said."""
_WIDE, _EYES_WIDE = 0.78, 1.35
"""How much of the picture's width a face may be, in its heights: of eyes alone the rest is cut."""
_MUZZLED = 1.25
"""An animal's face fills at most so much of the picture's height: of its eyes alone nobody knows it."""
_EYES, _CHIN = 0.0, 0.12
"""How far below a head's middle a picture of its eyes, or of its face, has its own, in faces' heights."""
_EYE_ASIDE, _EYE_UP, _ONE_EYE = 0.19, 0.03, 5.4
"""Where one eye is in its face, in faces' heights, and how many times the picture's height a face is then."""
_PICTURE_RAD = 0.25
"""The same of what can be seen from some sides only."""
_STEEP = {
    Angle.LOW: math.radians(-24.0),
    Angle.HIGH: math.radians(30.0),
    Angle.OVERHEAD: math.radians(62.0),
    Angle.AERIAL: math.radians(40.0),
}
_LEVEL = math.radians(3.0)
_WAIST = 0.54
"""How much of a body's height a medium shot shows."""
_BUST_SHARE = 0.84
_ROOM = 0.10
"""Room that a face looks into, as a share of the picture's height."""
_CORE = 0.56
"""Of a face that is larger in the picture than this, only so much has to be inside: its rim may be cut."""
_NEAREST_M, _WIDEST_DEG = 0.34, 90.0
_BALL = np.stack(np.meshgrid(*([(-0.5, 0.0, 0.5)] * 3)), -1).reshape(-1, 3)
"""Points of a head about its middle, in faces' heights."""


@dataclass(frozen=True, slots=True)
class Face:
    """Composes a passage about a face, or somebody to the waist.

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
        face, must, high, share = self._framed()
        center = calmed(face)
        fov = fov_for(self.floor.stage.fov_deg, self.passage.framing.lens, framed=True)
        fov = min(self.stand.opened(fov), _WIDEST_DEG)
        tall = 2.0 * math.tan(math.radians(fov) / 2.0)
        wide = _EYES_WIDE if self.passage.framing.size is ShotSize.EXTREME_CLOSE_UP else _WIDE
        away = max(high / (tall * share), high / (tall * self.floor.aspect * wide), _NEAREST_M)
        if away <= _NEAREST_M:
            # Of somebody very small the lens, not the way, makes the picture.
            tall = max(high / share, high / (self.floor.aspect * wide)) / away
            fov = math.degrees(2.0 * math.atan(tall / 2.0))
        yaw = self._yaw()
        angle = self.passage.framing.height
        steep = (_STEEP.get(angle, _LEVEL) if angle is not None else _LEVEL) * self.stand.steep
        eyes = center - away * math.cos(steep) * ahead_of(yaw)
        eyes[:, 1] = center[:, 1] + away * math.sin(steep)
        eyes[:, 1] = np.maximum(eyes[:, 1], self.floor.lowest(eyes) + NEAREST_GROUND_M)
        targets = center + self._aim(yaw, share, away * tall)
        return Composed(eyes, targets, fov, roll_of(self.floor, self.passage), center, must)

    def _framed(self) -> tuple[Floats, Floats, float, float]:
        """The middle of what is framed (f, 3), points of it (f, m, 3), its height, and its share."""
        body = self.one.part.body
        bone, point = body.anchors.get("head", (0, (0.4 * body.length_m, 0.85 * body.height_m, 0.0)))
        poses = self.one.poses[:, bone].astype(np.float64)
        head = poses[:, :, :3] @ np.array(point) + poses[:, :, 3]
        ball = head[:, None] + _BALL * min(body.face_m, 0.5 * body.height_m)
        size = self.passage.framing.size
        assert size is not None
        if is_of_face(size, body):
            share = face_share(size)
            if self.one.part.role.kind.family is not Family.PERSON:
                share = min(share, _MUZZLED)
            elif self.passage.framing.detail is Detail.EYE:
                return self._one_eye(poses, head, ball)
            ball = head[:, None] + min(_CORE / share, 1.0) * (ball - head[:, None])
            below = _EYES if size is ShotSize.EXTREME_CLOSE_UP else _CHIN
            middle = head - np.array([0.0, below * body.face_m, 0.0])
            return middle, ball, body.face_m, share
        top = self.one.hull[..., 1].max(1)
        high = _WAIST * self.one.tall_m
        middle = head.copy()
        middle[:, 1] = top - 0.5 * high
        waist = middle - np.array([0.0, 0.40 * high, 0.0])
        return middle, np.concatenate([ball, waist[:, None]], 1), high, _BUST_SHARE

    def _one_eye(self, poses: Floats, head: Floats, ball: Floats) -> tuple[Floats, Floats, float, float]:
        """The same of one eye: that on the side which the camera looks from."""
        body = self.one.part.body
        turned = half_turn(self._yaw() - look_at_front(facing_of(self.floor, self.passage, self.one)))
        aside = math.copysign(_EYE_ASIDE, -turned) * body.face_m
        eye = head + poses[:, :, :3] @ np.array([0.0, _EYE_UP * body.face_m, aside])
        share = _ONE_EYE
        return eye, eye[:, None] + _CORE / share * (ball - head[:, None]), body.face_m, share

    def _yaw(self) -> float:
        """From the side that the world's own view looks from, two thirds towards the front of the face."""
        wished = side_of(self.floor, self.passage, self.one)
        if self.one.part.body.sides:
            return self._before_picture(wished) + self.stand.turn_rad
        if self.passage.framing.side not in SIDES:
            front = look_at_front(facing_of(self.floor, self.passage, self.one))
            size = self.passage.framing.size
            most = _TURNED.get(size, _FACE_RAD) if size is not None else _FACE_RAD
            wished = front + min(max(half_turn(wished - front), -most), most)
        return wished + self.stand.turn_rad

    def _before_picture(self, wished: float) -> float:
        """Who wears a picture is looked at from where that was taken."""
        turn = facing_of(self.floor, self.passage, self.one)
        fronts = [look_at_front(turn + side) for side in self.one.part.body.sides]
        front = min(fronts, key=lambda yaw: abs(half_turn(wished - yaw)))
        return front + min(max(half_turn(wished - front), -_PICTURE_RAD), _PICTURE_RAD)

    def _aim(self, yaw: float, share: float, high: float) -> Floats:
        """How far beside the face the camera looks, metres: room to look, and eyes on the upper third."""
        turn = facing_of(self.floor, self.passage, self.one)
        aside = float(np.array([math.cos(turn), 0.0, -math.sin(turn)]) @ right_of(yaw))
        room = min(_ROOM, max(0.46 * self.floor.aspect - 0.5 * share, 0.0)) * aside
        below = 0.0 if share > 0.7 else 0.07 * (1.0 - share) / 0.5  # noqa: PLR2004 -- no room above it
        if self.passage.framing.size is ShotSize.MEDIUM:
            below = 0.0
        return high * (room * right_of(yaw) - np.array([0.0, below, 0.0]))
