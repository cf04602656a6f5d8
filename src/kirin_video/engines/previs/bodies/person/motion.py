"""How a person moves: an action of the plan becomes a figure, and the rig poses its bones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Skeleton
from kirin_video.engines.previs.bodies.gaze import Gaze
from kirin_video.engines.previs.bodies.person.acts import Act, Hands, act_of
from kirin_video.engines.previs.bodies.person.bond import Bond
from kirin_video.engines.previs.bodies.person.face import Face
from kirin_video.engines.previs.bodies.person.frame import Frame
from kirin_video.engines.previs.bodies.person.grip import TWO_HANDED, Grip
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.moves import figure_of
from kirin_video.engines.previs.bodies.person.rally import Rally
from kirin_video.engines.previs.bodies.person.rig import Rig
from kirin_video.engines.previs.bodies.person.seat import Posture, Seat
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.posing import Floats, compose, placed, turned
from kirin_video.engines.previs.bodies.quadruped.liveliness import Liveliness
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action, Age

_CARRIED_M = 0.25
"""Higher than this share of a leg above the ground, somebody is carried."""
_GAZE_BY_HEAD = 0.88
"""How much of the way to somebody's eyes the head turns; the eyes do the rest."""
_BRISK = {Age.BABY: 0.55, Age.CHILD: 1.0, Age.OLD: 0.72}


class PersonMotion:
    """The motion of one person.

    Args:
        shape: the proportions.
        frame: the joints, metres.
        face: eyes and mouth, metres.
        skeleton: the bones.
        seat: what the person sits or stands on, where something carries them.
        grips: by side, how something is held.
        held_m: how wide what both hands hold is, metres.
        bond: how somebody else is held.
        rally: how something is thrown and caught.
        gaze: whose eyes are met; None lets them wander.
        besides: what hands do while feet go.
    """

    def __init__(  # noqa: PLR0913 -- a person, and what they are about
        self,
        shape: PersonShape,
        frame: Frame,
        face: Face,
        skeleton: Skeleton,
        *,
        seat: Seat | None = None,
        grips: Mapping[str, Grip] | None = None,
        held_m: float = 0.25,
        bond: Bond | None = None,
        rally: Rally | None = None,
        gaze: Gaze | None = None,
        besides: Action | None = None,
    ) -> None:
        self._shape, self._frame, self._face, self._skeleton = shape, frame, face, skeleton
        self._seat, self._grips, self._held_m = seat, grips or {}, held_m
        self._bond, self._rally, self._gaze, self._besides = bond, rally, gaze, besides
        self._skirted = any(bone.name == "skirt0" for bone in skeleton.bones)
        self._rig = Rig(frame, face, skeleton, shape.stoop)
        self.leg_m = float(frame.legs["l"][0][1] - 0.3 * frame.legs["l"][2][1])

    def on_seat(self, seat: Seat) -> PersonMotion:
        """The same person's motion, carried by something."""
        return self._but(seat, self._grips, self._held_m)

    def holding(self, side: str, grip: Grip, wide_m: float) -> PersonMotion:
        """The same person's motion with something in a hand, or in both.

        Args:
            side: which hand, ``r`` or ``l``.
            grip: how it is held.
            wide_m: how wide it is, metres.
        """
        return self._but(self._seat, {**self._grips, side: grip}, wide_m)

    def bound(self, bond: Bond) -> PersonMotion:
        """The same person's motion, holding somebody else."""
        return self._but(self._seat, self._grips, self._held_m, bond)

    def rallying(self, rally: Rally) -> PersonMotion:
        """The same person's motion, playing catch with somebody."""
        return self._but(self._seat, self._grips, self._held_m, rally=rally)

    def regarding(self, gaze: Gaze) -> PersonMotion:
        """The same person's motion, with the head turned to somebody's eyes."""
        return self._but(self._seat, self._grips, self._held_m, gaze=gaze)

    def meanwhile(self, action: Action) -> PersonMotion:
        """The same person's motion, with hands that do something of their own while feet go."""
        return self._but(self._seat, self._grips, self._held_m, besides=action)

    def _but(  # noqa: PLR0913, PLR0917 -- what may differ
        self,
        seat: Seat | None,
        grips: Mapping[str, Grip],
        held_m: float,
        bond: Bond | None = None,
        rally: Rally | None = None,
        gaze: Gaze | None = None,
        besides: Action | None = None,
    ) -> PersonMotion:
        return PersonMotion(
            self._shape, self._frame, self._face, self._skeleton, seat=seat, grips=grips, held_m=held_m,
            bond=bond or self._bond, rally=rally or self._rally, gaze=gaze or self._gaze,
            besides=besides or self._besides,
        )  # fmt: skip

    @property
    def hands_full(self) -> frozenset[str]:
        """The hands that hold something."""
        both = any(grip in TWO_HANDED for grip in self._grips.values())
        return frozenset("rl") if both else frozenset(self._grips)

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        act = act_of(action, self._shape)
        return self._speed(act)

    def _speed(self, act: Act) -> float:
        if not act.travels:
            return 0.0
        own = act.gait.speed(self.leg_m) if act.gait is not None else act.speed * self._frame.neck[1] / 1.45
        return float(own) * act.haste * _BRISK.get(self._shape.age, 1.0)

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`."""
        act = act_of(action, self._shape)
        places, turns = track.at(times)
        above = places[:, 1] - track.terrain(places[:, 0], places[:, 2])
        carried = float(above.mean()) > _CARRIED_M * self.leg_m
        if self._seat is not None and self._seat.posture is not Posture.ASTRIDE:
            act = self._seat.adapted(act)
        elif self._seat is not None:
            act = act.when_astride
        else:
            act = act.when_carried if carried else act.when_afoot
        if self._besides is not None and act.hands is Hands.REST:
            act = replace(act, hands=act_of(self._besides, self._shape).hands)
        root = placed(turned("y", turns), places)
        moment = Moment(
            act=act, shape=self._shape, frame=self._frame, leg_m=self.leg_m, times=times, track=track,
            root=root, turns=turns, life=Liveliness(seed, times), speed=self._speed(act), carried=carried,
            skirted=self._skirted, seat=self._seat, grips=self._grips, held_m=self._held_m,
            bond=self._bond, rally=self._rally,
        )  # fmt: skip
        figure = figure_of(moment)
        if self._gaze is not None:
            yaw = self._gaze.turn(places, turns, times)
            figure.head.yaw = _GAZE_BY_HEAD * yaw
            figure.face.look_yaw = (1.0 - _GAZE_BY_HEAD) * yaw
        return compose(moment.root[:, None], self._rig.pose(figure, times)).astype(np.float32)
