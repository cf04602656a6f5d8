"""How a quadruped moves: feet first, the trunk over them, legs between by inverse kinematics.

Every foot stands where it came down until it is lifted: the places are taken from the track at the middle of
each stance, so nothing slides, whatever the way and the ground.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Skeleton
from kirin_video.engines.previs.bodies.gaze import Gaze
from kirin_video.engines.previs.bodies.posing import (
    Floats,
    about,
    aligned,
    apply,
    compose,
    inverse,
    placed,
    spun,
    turned,
    two_bones,
)
from kirin_video.engines.previs.bodies.quadruped.acts import Act, act_of
from kirin_video.engines.previs.bodies.quadruped.frame import LEGS, TAIL_BONES, Frame
from kirin_video.engines.previs.bodies.quadruped.gait import Gait
from kirin_video.engines.previs.bodies.quadruped.liveliness import Liveliness
from kirin_video.engines.previs.bodies.quadruped.postures import (
    NAPE_SHARE,
    NECK_SHARE,
    Pose,
    Posture,
    posture_of,
)
from kirin_video.engines.previs.bodies.quadruped.shape import QuadShape
from kirin_video.engines.previs.bodies.quadruped.tails import laid_tail
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.bodies.trims import axes_of
from kirin_video.engines.previs.plan import Action

_STRETCH = 0.992
"""Legs are never straighter than this share of their length."""
_HEEL_RAD = 0.55
_HEEL_FROM = 0.72
"""From this share of a stance on the heel leaves the ground."""
_SWING_RAD = 0.42
_LID_RAD = 1.25
"""How far lids turn to shut the eyes."""
_GLIDE = 0.20
_SCRAPES_HZ = 2.3
_ROLL_S = 3.6
_BOUT_S, _SHAKEN_S, _SHAKES_HZ = 2.4, 1.9, 3.6
"""How often who is wet shakes, for how long, and how quickly: slow enough for 24 frames a second."""
"""How far shoulders and hips follow their feet."""


@dataclass(frozen=True, slots=True)
class Footing:
    """Where one foot is in every frame, in the animal's own space.

    Attributes:
        place: (f, 3), of the ball of the foot.
        air: (f,), 0 on the ground, up to 1 in the middle of the swing.
        heel: (f,), radians that the heel is lifted.
    """

    place: Floats
    air: Floats
    heel: Floats


class QuadrupedMotion:
    """The motion of one animal.

    Args:
        shape: its proportions, in metres of the finished animal where lengths matter.
        frame: its joints, in metres.
        skeleton: its bones.
        eyes: (2, 2, 3), the middles of the eyeballs and where they look.
        gaze: whose eyes are met; None lets the head wander.
    """

    def __init__(
        self,
        shape: QuadShape,
        frame: Frame,
        skeleton: Skeleton,
        eyes: Floats,
        *,
        gaze: Gaze | None = None,
    ) -> None:
        self._gaze = gaze
        self._shape, self._frame, self._skeleton, self._eyes = shape, frame, skeleton, eyes
        self._index = {bone.name: k for k, bone in enumerate(skeleton.bones)}
        self.leg_m = float(frame.hips[1] + frame.shoulders[1]) / 2.0

    def regarding(self, gaze: Gaze) -> QuadrupedMotion:
        """The same animal's motion, with the head turned to somebody's eyes."""
        return QuadrupedMotion(self._shape, self._frame, self._skeleton, self._eyes, gaze=gaze)

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        act = act_of(action, self._shape)
        return act.gait.speed(self.leg_m) * act.haste if act.gait is not None and act.travels else 0.0

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`."""
        act = act_of(action, self._shape)
        life = Liveliness(seed, times)
        root = self._root(track, times)
        gait = act.gait
        phase = life.phase
        if gait is None:
            posture = posture_of(act.posture, self._shape, self._frame)
            feet = {name: self._planted(root, track, times, name, posture) for name in LEGS}
            if act.digs:
                feet |= {name: self._digging(feet[name], times, name) for name in ("fl", "fr")}
            cycles = np.zeros_like(times)
        else:
            posture = posture_of(act.posture, self._shape, self._frame)
            stride = gait.stride * self.leg_m
            gone = track.travelled(times)
            if not act.travels:
                cycles = phase + times * gait.speed(self.leg_m) / stride
                feet = {name: self._stepping(gait, cycles, name) for name in LEGS}
            else:
                cycles = phase + gone / stride
                feet = {name: self._striding(gait, cycles, phase, root, track, name) for name in LEGS}
        places, turns = track.at(times)
        met = None if self._gaze is None else self._gaze.turn(places, turns, times)
        local = self._posed(act, gait, posture, cycles, feet, life, met)
        if act.rolls:
            root = compose(root, self._rolling(times))
        if act.posture is Pose.HANG:
            root = compose(root, self._swinging(posture, times))
        return compose(root[:, None], local).astype(np.float32)

    @property
    def hangs_m(self) -> float:
        """How far below its hands the place is where it is said to be when it hangs, metres."""
        posture = posture_of(Pose.HANG, self._shape, self._frame)
        return float((self._ball("fl") + posture.feet["fl"])[1])

    def _rolling(self, times: Floats) -> Floats:
        """Over onto the back, wriggling there, and on round, (f, 3, 4)."""
        t = (times + 0.4) % _ROLL_S
        keys = [0.0, 0.5, 1.05, 2.75, 3.3, _ROLL_S]
        angle = math.pi * np.interp(t, keys, [0.0, 0.0, 1.0, 1.0, 2.0, 2.0])
        wriggle = (
            0.32 * np.sin(math.tau * 1.5 * times) * np.interp(t, [1.0, 1.2, 2.5, 2.75], [0.0, 1.0, 1.0, 0.0])
        )
        axis = np.array([0.0, 0.95 * self._shape.chest[1], 0.0])
        return about(turned("x", angle + wriggle), axis)

    def _swinging(self, posture: Posture, times: Floats) -> Floats:
        """To and fro below the hands, as a pendulum of its length, (f, 3, 4)."""
        hands = self._ball("fl") + posture.feet["fl"]
        hands[2] = 0.0
        period = math.tau * math.sqrt(max(float(hands[1]), 0.2) / 9.81)
        return about(turned("z", _SWING_RAD * np.sin(math.tau * times / period)), hands)

    def _root(self, track: Track, times: Floats) -> Floats:
        """The animal's space in the world: turned along its way, pitched with the ground below its feet."""
        places, turns = track.at(times)
        half = self._shape.length * 0.43
        ahead = np.stack([np.cos(turns), -np.sin(turns)], 1) * half
        front = track.terrain(places[:, 0] + ahead[:, 0], places[:, 2] + ahead[:, 1])
        back = track.terrain(places[:, 0] - ahead[:, 0], places[:, 2] - ahead[:, 1])
        here = track.terrain(places[:, 0], places[:, 2])
        pitch = np.arctan2(front - back, 2.0 * half) * 0.85
        places = places.copy()
        places[:, 1] += (front + back) / 2.0 - here
        return placed(turned("y", turns) @ turned("z", pitch), places)

    def _ball(self, name: str) -> Floats:
        """The ball of a foot at rest, on the ground."""
        fetlock = self._frame.legs[name][3]
        return np.array([fetlock[0] + 0.8 * self._shape.foot_length, 0.0, fetlock[2]])

    def _planted(self, root: Floats, track: Track, times: Floats, name: str, posture: Posture) -> Footing:
        """A foot that stays, on the ground that is really there."""
        still = self._ball(name) + posture.feet.get(name, np.zeros(3))
        world = apply(root, still)
        places, _ = track.at(times)
        above = places[:, 1] - track.terrain(places[:, 0], places[:, 2])
        world[:, 1] = track.terrain(world[:, 0], world[:, 2]) + still[1] + above
        zero = np.zeros(len(root))
        return Footing(apply(inverse(root), world), zero, zero)

    def _digging(self, planted: Footing, times: Floats, name: str) -> Footing:
        """A forepaw that scrapes the ground backwards, over and over, one after the other."""
        w = math.tau * _SCRAPES_HZ * times + (0.0 if name == "fl" else math.pi)
        up = np.clip(np.sin(w), 0.0, 1.0)
        off = np.stack([0.14 + 0.24 * np.cos(w), 0.26 * up, 0.0 * w], 1) * self.leg_m
        return Footing(planted.place + off, up, 0.0 * w)

    def _stepping(self, gait: Gait, cycles: Floats, name: str) -> Footing:
        """A foot that is lifted and put down in its place."""
        share = (cycles - gait.starts[LEGS.index(name)]) % 1.0
        air, heel = _swing(share, gait.duty)
        place = np.repeat(self._ball(name)[None], len(cycles), 0)
        place[:, 1] += gait.lift * self.leg_m * air
        return Footing(place, air, heel)

    def _striding(  # noqa: PLR0913, PLR0917 -- one foot on its way
        self, gait: Gait, cycles: Floats, phase: float, root: Floats, track: Track, name: str
    ) -> Footing:
        start, duty = gait.starts[LEGS.index(name)], gait.duty
        turn = np.floor(cycles - start)
        share = cycles - start - turn
        stride = gait.stride * self.leg_m
        before, after = (
            self._print(track, (turn + k + duty / 2.0 + start - phase) * stride, name) for k in (0.0, 1.0)
        )
        s = np.clip((share - duty) / (1.0 - duty), 0.0, 1.0)
        eased = (s * s * (3.0 - 2.0 * s))[:, None]
        air, heel = _swing(share, duty)
        world = before + (after - before) * eased
        world[:, 1] += gait.lift * self.leg_m * air * (1.1 if name[0] == "f" else 1.0)
        return Footing(apply(inverse(root), world), air, heel)

    def _print(self, track: Track, gone: Floats, name: str) -> Floats:
        """Where a foot comes down when the animal is in the middle of its stance: (f, 3), in the world."""
        places, turns = track.at(track.when(gone))
        ball = self._ball(name)
        x = places[:, 0] + np.cos(turns) * ball[0] + np.sin(turns) * ball[2]
        z = places[:, 2] - np.sin(turns) * ball[0] + np.cos(turns) * ball[2]
        above = places[:, 1] - track.terrain(places[:, 0], places[:, 2])
        return np.stack([x, track.terrain(x, z) + above, z], 1)

    def _posed(  # noqa: PLR0913, PLR0917 -- everything that a pose depends on
        self,
        act: Act,
        gait: Gait | None,
        posture: Posture,
        cycles: Floats,
        feet: dict[str, Footing],
        life: Liveliness,
        met: Floats | None,
    ) -> Floats:
        """Bones (f, bones, 3, 4) in the animal's space."""
        f = self._frame
        out = np.zeros((len(cycles), len(self._skeleton), 3, 4))
        trunk = self._trunk(act, gait, posture, cycles, life)
        sunk = self._shortage(trunk, feet, posture)
        trunk = {name: _shifted(pose, -sunk) for name, pose in trunk.items()}
        for name, pose in trunk.items():
            out[:, self._index[name]] = pose
        self._pose_neck(out, act, gait, posture, cycles, life, met)
        self._pose_tail(out, gait, posture, cycles, life)
        for name in LEGS:
            base = trunk["chest" if name[0] == "f" else "pelvis"]
            joints = self._limb(base, feet[name], name, gait, posture)
            rest = f.legs[name]
            for k in range(4):
                out[:, self._index[f"{name}{k}"]] = aligned(rest[k], rest[k + 1], joints[k], joints[k + 1])
        return out

    def _trunk(
        self, act: Act, gait: Gait | None, posture: Posture, cycles: Floats, life: Liveliness
    ) -> dict[str, Floats]:
        """Pelvis and chest before the legs have their say."""
        f, h = self._frame, self.leg_m
        w = math.tau * cycles
        rock = flex = bob = np.zeros_like(cycles)
        crouch = posture.crouch
        if gait is not None:
            crouch = crouch + gait.crouch
            bob = gait.bob * np.sin(gait.beats * w + (2.2 if gait.beats == 1 else 0.0))
            rock = gait.rock * np.sin((w + 0.6) if gait.beats == 1 else (2.0 * w))
            flex = gait.flex * np.sin(w + 0.9)
        shake = _shaking(act, life.times)
        sway = life.slow(0, 0.011) * h if gait is None else 0.006 * h * np.sin(w)
        shift = np.stack([np.zeros_like(w), (bob - crouch) * h, sway + np.zeros_like(w)], 1)
        whole = about(turned("z", rock + posture.pitch), f.shoulders if posture.pitch else f.middle, shift)
        # The shoulders first, then the hips.
        pelvis = compose(
            whole, about(turned("x", -0.7 * shake) @ turned("z", -flex + posture.pelvis), f.middle)
        )
        breath = 1.0 + 0.010 * np.sin(math.tau * life.breaths) * (1.0 if gait is None else 0.4)
        swell = np.zeros((len(w), 3, 3))
        swell[:, 0, 0], swell[:, 1, 1], swell[:, 2, 2] = 1.0, breath, breath
        chest = compose(whole, about(turned("x", shake) @ turned("z", flex * 0.4) @ swell, f.middle))
        return {"pelvis": pelvis, "chest": chest}

    def _shortage(self, trunk: dict[str, Floats], feet: dict[str, Footing], posture: Posture) -> Floats:
        """How much the trunk must sink for every standing leg to reach the ground, metres (f,)."""
        sunk = np.zeros(len(next(iter(feet.values())).air))
        for _ in range(3):
            worst = np.zeros_like(sunk)
            for name in LEGS:
                base = _shifted(trunk["chest" if name[0] == "f" else "pelvis"], -sunk)
                rest = self._frame.legs[name]
                hip, hock, _ = self._targets(base, feet[name], name, None, posture)
                reach = (
                    float(np.linalg.norm(rest[1] - rest[0]) + np.linalg.norm(rest[2] - rest[1])) * _STRETCH
                )
                level = np.hypot(hock[:, 0] - hip[:, 0], hock[:, 2] - hip[:, 2])
                highest = hock[:, 1] + np.sqrt(np.maximum(reach * reach - level * level, 1e-6))
                worst = np.maximum(worst, np.where(feet[name].air > 0.0, 0.0, hip[:, 1] - highest))
            sunk = sunk + worst
        return sunk

    def _targets(
        self, base: Floats, foot: Footing, name: str, gait: Gait | None, posture: Posture
    ) -> tuple[Floats, Floats, Floats]:
        """Where the hip, the hock and the fetlock of a leg want to be."""
        rest, fore = self._frame.legs[name], name[0] == "f"
        ball = self._ball(name)
        hip = apply(base, rest[0])
        off = foot.place - ball
        if not posture.folded:
            hip = hip + np.stack([_GLIDE * off[:, 0], 0.0 * off[:, 0], 0.25 * off[:, 2]], 1)
        fetlock = foot.place + np.einsum("fij,j->fi", turned("z", -foot.heel), rest[3] - ball)
        cannon = rest[2] - rest[3]
        if name in posture.cannons:
            # Folded legs lie as the posture says.
            angle = np.full(len(off), posture.cannons[name])
        else:
            level, upright = hip[:, 0] - fetlock[:, 0], hip[:, 1] - fetlock[:, 1]
            lean = np.arctan2(upright, level) - math.atan2(rest[0][1] - rest[3][1], rest[0][0] - rest[3][0])
            fold = (gait.fold if gait is not None else 0.8) * foot.air
            angle = lean * (1.0 if fore else 0.85) - fold * (1.0 if fore else 0.62)
        hock = fetlock + np.einsum("fij,j->fi", turned("z", angle), cannon)
        return hip, hock, fetlock

    def _limb(
        self, base: Floats, foot: Footing, name: str, gait: Gait | None, posture: Posture
    ) -> tuple[Floats, ...]:
        """The joints of a leg, (f, 3) each."""
        rest, fore = self._frame.legs[name], name[0] == "f"
        hip, hock, fetlock = self._targets(base, foot, name, gait, posture)
        upper, lower = (float(np.linalg.norm(rest[k + 1] - rest[k])) for k in (0, 1))
        pole = np.array([-1.0, 0.05, 0.0]) if fore else np.array([1.0, 0.05, 0.0])
        knee, reached = two_bones(hip, hock, upper, lower, pole)
        fetlock = fetlock + (reached - hock)
        droop = foot.heel + foot.air * (0.75 if fore else 0.55) * min(1.0, self._shape.bend + 0.3)
        toe = fetlock + np.einsum("fij,j->fi", turned("z", -droop), rest[4] - rest[3])
        return hip, knee, reached, fetlock, toe

    def _pose_neck(  # noqa: PLR0913, PLR0917 -- everything that a head depends on
        self,
        out: Floats,
        act: Act,
        gait: Gait | None,
        posture: Posture,
        cycles: Floats,
        life: Liveliness,
        met: Floats | None,
    ) -> None:
        f, w = self._frame, math.tau * cycles
        nod, reach = np.zeros_like(cycles), 0.0
        if gait is not None:
            reach = gait.reach * min(1.0, 60.0 / 55.0)
            nod = -0.09 * np.sin(w + 0.6) if gait.beats == 1 else 0.045 * np.sin(2.0 * w + 0.5)
        look = (life.glance * act.curiosity if met is None else met) - posture.turn
        tilt = life.slow(3, 0.05) * act.curiosity + 1.5 * _shaking(act, life.times, lag=0.9)
        down = posture.neck + life.slow(4, 0.03) * act.curiosity - act.nodding * life.bites
        chest = out[:, self._index["chest"]]
        neck = compose(chest, about(turned("z", nod * 0.6 + NECK_SHARE * down - reach * 0.6), f.neck_base))
        yaw = turned("y", look * 0.40)
        nape = compose(
            neck, about(yaw @ turned("z", nod * 0.5 + NAPE_SHARE * down - reach * 0.2), f.neck_middle)
        )
        head_pitch = -nod * 0.8 + posture.head + reach * 0.75 + life.slow(5, 0.025)
        turn = turned("y", look * 0.60) @ turned("x", tilt) @ turned("z", head_pitch)
        head = compose(nape, about(turn, f.neck_top))
        out[:, self._index["neck"]], out[:, self._index["nape"]] = neck, nape
        out[:, self._index["head"]] = head
        open_ = act.mouth * life.calls + 0.10 * act.nodding * life.chews
        out[:, self._index["jaw"]] = compose(head, about(turned("z", -open_), f.jaw))
        for k, side in enumerate("lr"):
            flick = life.flicks(k)
            way = -1.0 if side == "l" else 1.0
            flap = 0.16 * life.wave(2.0 + k) * (len(f.trunk) > 0)
            ear = turned("x", way * (0.35 * flick)) @ turned("y", -way * (0.5 * flick + flap))
            lean = 0.05 * np.sin(2.0 * w + k) if gait is not None else np.zeros_like(w)
            out[:, self._index[f"ear_{side}"]] = compose(head, about(ear @ turned("z", lean), f.ears[k]))
            shut = np.ones_like(w) if posture.asleep else 1.0 - life.blinks
            middle, gaze = self._eyes[k]
            lid = spun(axes_of(gaze)[1], -_LID_RAD * shut)
            out[:, self._index[f"lid_{side}"]] = compose(head, about(lid, middle))
        pose = head
        for k in range(len(f.trunk) - 1):
            lag = 0.5 * k
            swing = turned("z", 0.055 * life.wave(1.1, lag) + 0.05 * np.sin(w - lag)) @ turned(
                "x", 0.05 * life.wave(0.8, lag + 1.0)
            )
            pose = compose(pose, about(swing, f.trunk[k]))
            out[:, self._index[f"trunk{k}"]] = pose

    def _pose_tail(
        self, out: Floats, gait: Gait | None, posture: Posture, cycles: Floats, life: Liveliness
    ) -> None:
        f, w = self._frame, math.tau * cycles
        pose = out[:, self._index["pelvis"]]
        if posture.curl is not None:
            for k, bone in enumerate(laid_tail(self._shape, f, pose, posture.curl, life)):
                out[:, self._index[f"tail{k}"]] = bone
            return
        rise = (0.16 if gait is not None and gait.beats == 1 else 0.0) + posture.tail
        for k in range(TAIL_BONES):
            side = 0.10 * life.wave(2.4, 0.7 * k) + life.swish * 0.28 * math.cos(0.8 * k)
            if gait is not None:
                side = side * 0.6 + 0.10 * np.sin(w - 0.7 * k)
            up = -rise / TAIL_BONES - 0.05 * np.sin(w - k) * (gait is not None)
            pose = compose(pose, about(turned("y", side) @ turned("z", up + np.zeros_like(w)), f.tail[k]))
            out[:, self._index[f"tail{k}"]] = pose


def _shaking(act: Act, times: Floats, *, lag: float = 0.0) -> Floats:
    """How far somebody wet is turned about his length, radians: bouts of a few quick shakes, (f,)."""
    within = times % _BOUT_S
    strength = np.clip(np.minimum(within / 0.25, (_SHAKEN_S - within) / 0.35), 0.0, 1.0)
    return act.shake * strength * np.sin(math.tau * _SHAKES_HZ * times - lag)


def _shifted(pose: Floats, up: Floats) -> Floats:
    moved = pose.copy()
    moved[:, 1, 3] += up
    return moved


def _swing(share: Floats, duty: float) -> tuple[Floats, Floats]:
    """How far a foot is in the air, and its heel's lift, at shares of a cycle that begins with its stance."""
    s = np.clip((share - duty) / (1.0 - duty), 0.0, 1.0)
    air = np.sin(math.pi * s**0.85)
    last = np.clip((share / duty - _HEEL_FROM) / (1.0 - _HEEL_FROM), 0.0, 1.0)
    heel = _HEEL_RAD * last * last * (3.0 - 2.0 * last)
    rest = np.clip(1.0 - 1.6 * s, 0.0, 1.0)
    return np.where(share < duty, 0.0, air), heel * np.where(share < duty, 1.0, rest)
