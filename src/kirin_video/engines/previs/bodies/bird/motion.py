"""How a bird moves: on foot, on the wing, on water."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.bird.acts import Act, Way, act_of
from kirin_video.engines.previs.bodies.bird.frame import (
    NECK_BONES,
    SIDES,
    TAIL_BONES,
    WING_BONES,
    Frame,
    sign_of,
)
from kirin_video.engines.previs.bodies.bird.shape import BirdShape, Tail, Wing
from kirin_video.engines.previs.bodies.body import Skeleton
from kirin_video.engines.previs.bodies.flight import beat_of, leaning, rooted, wing_turns
from kirin_video.engines.previs.bodies.posing import (
    about,
    aligned,
    apply,
    compose,
    inverse,
    turned,
    two_bones,
)
from kirin_video.engines.previs.bodies.quadruped.liveliness import Liveliness
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action

Floats = NDArray[np.float64]

_DUTY = 0.62
_HIDDEN = 0.002
"""Scale of the wings that do not show: the open ones on the ground, the folded ones in flight."""
_ALOFT_FROM, _ALOFT_AT = 0.06, 0.5
"""Between these shares of its height above the ground a bird opens its wings."""


class BirdMotion:
    """The motion of one bird.

    Args:
        shape: its proportions, in units of the body.
        unit_m: metres of such a unit.
        frame: its joints, in metres.
        skeleton: its bones.
        height_m: its height while it stands.
    """

    def __init__(
        self, shape: BirdShape, unit_m: float, frame: Frame, skeleton: Skeleton, height_m: float
    ) -> None:
        self._shape, self._unit, self._frame, self._height = shape, unit_m, frame, height_m
        self._index = {bone.name: k for k, bone in enumerate(skeleton.bones)}
        self._leg = float(frame.legs["l"][0][1])

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        act = act_of(action, self._shape)
        if act.way is Way.FLY:
            return self._shape.pace * act.haste
        if act.way is Way.WALK:
            return self._stride(act) * self._cadence(act)
        afloat = act.way in {Way.SWIM, Way.SLIDE}
        return 1.1 * self._height**0.5 * act.haste if afloat and act.haste > 0.0 else 0.0

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`."""
        act = act_of(action, self._shape)
        if act.way is not Way.BOTH:
            return self._posed(act, track, times, seed).astype(np.float32)
        places, _ = track.at(times)
        above = (places[:, 1] - track.terrain(places[:, 0], places[:, 2])) / self._height
        s = np.clip((above - _ALOFT_FROM) / (_ALOFT_AT - _ALOFT_FROM), 0.0, 1.0)
        share = (s * s * (3.0 - 2.0 * s))[:, None, None, None]
        on_foot = self._posed(act_of(Action.STAND, self._shape), track, times, seed)
        flying = self._posed(act_of(Action.FLY, self._shape), track, times, seed)
        return (on_foot + (flying - on_foot) * share).astype(np.float32)

    def _posed(self, act: Act, track: Track, times: Floats, seed: int) -> Floats:
        life = Liveliness(seed, times)
        if act.way is Way.FLY:
            return self._flying(act, track, times, seed, life)
        if act.way is Way.SLIDE:
            return self._sliding(track, times, life)
        if act.way is Way.SWIM:
            return self._swimming(act, track, times, life)
        return self._on_foot(act, track, times, life)

    # On the wing.

    def _flying(self, act: Act, track: Track, times: Floats, seed: int, life: Liveliness) -> Floats:
        s, f = self._shape, self._frame
        out = np.zeros((len(times), len(self._index), 3, 4))
        beat = beat_of(times, s.beats * (1.6 if act.hovers else 1.0), max(s.soars, act.glides), seed)
        bank, pitch = leaning(track, times)
        level = math.radians(s.pitch if s.wing is not Wing.FLIPPER else 0.0)
        rise = -level + 0.05 + pitch + (0.65 if act.hovers else 0.0) + life.slow(1, 0.03)
        bob = -0.05 * s.span * self._unit * beat.power * np.sin(beat.phase - 0.4)
        wander = life.slow(2, 0.25 * self._unit)
        root = rooted(track, times, up=bob + wander)
        roll = turned("x", bank + life.slow(6, 0.06))
        trunk = compose(root, about(roll @ turned("z", rise), f.middle))
        out[:, self._index["trunk"]] = trunk
        lift = level - 0.05 - 0.35 * pitch - (0.55 if act.hovers else 0.0)
        self._pose_neck(out, trunk, lift, life, stretch=s.neck > 0.35, look=0.3)  # noqa: PLR2004 -- long necks
        self._pose_tail(out, trunk, life, droop=level * 0.6 - 0.05, sway=0.06)
        for side in SIDES:
            sign = sign_of(side)
            pose = trunk
            turns = wing_turns(beat, sign, reach=0.95 if act.hovers else 0.72)
            for k in range(WING_BONES):
                pose = compose(pose, about(turns[k], f.wings[side][k]))
                out[:, self._index[f"wing_{side}{k}"]] = pose
            fold = f.wings[side][0]
            flap = turned("x", -sign * 0.9 * np.sin(beat.phase)) if s.wing is Wing.FLIPPER else None
            out[:, self._index[f"fold_{side}"]] = compose(
                trunk, _shrunk(fold, len(times)) if flap is None else about(flap, fold)
            )
            self._tuck(out, trunk, side, life)
        return out

    def _tuck(self, out: Floats, trunk: Floats, side: str, life: Liveliness) -> None:
        """Legs drawn back along the tail; short ones vanish in the feathers."""
        s, legs = self._shape, self._frame.legs[side]
        long = s.leg > 1.0
        hip = about(turned("z", np.array(-1.35 + math.radians(s.pitch) * 0.4)), legs[0])
        if not long:
            hip = compose(hip, _shrunk(legs[0], 1, 0.62)[0])
        pose = compose(trunk, np.broadcast_to(hip, trunk.shape))
        out[:, self._index[f"leg_{side}0"]] = pose
        for k, angle in ((1, -0.25 if long else 0.5), (2, -1.1)):
            swing = angle + life.slow(k + 3, 0.05)
            pose = compose(pose, about(turned("z", swing), legs[k]))
            out[:, self._index[f"leg_{side}{k}"]] = pose

    # On foot.

    def _stride(self, act: Act) -> float:
        return self._leg * (1.5 if act.haste <= 1.0 else 2.4) * (1.25 if self._shape.hops else 1.0)

    def _cadence(self, act: Act) -> float:
        """Strides a second: short legs step faster."""
        return 0.55 * math.sqrt(9.81 / self._leg) / 3.0 * (0.9 + 0.5 * (act.haste - 1.0)) + 0.25

    def _on_foot(self, act: Act, track: Track, times: Floats, life: Liveliness) -> Floats:
        s, f = self._shape, self._frame
        out = np.zeros((len(times), len(self._index), 3, 4))
        root = rooted(track, times)
        going = act.way is Way.WALK
        stride = self._stride(act)
        cycles = track.travelled(times) / stride + life.phase if going else np.zeros_like(times)
        w = math.tau * cycles
        hop = np.zeros_like(times)
        if going and s.hops:
            share = cycles % 1.0
            hop = 0.35 * self._leg * np.sin(math.pi * np.clip((share - 0.45) / 0.55, 0.0, 1.0))
        bob = (0.03 * self._leg * np.cos(2.0 * w) if going and not s.hops else 0.0) + hop
        crouch = act.crouch * self._leg
        roll = s.waddles * np.sin(w) * (2.0 if going else 0.0) + life.slow(0, 0.015)
        dip = -act.bow * (0.75 + 0.25 * np.sin(0.9 * times + 6.0 * life.phase)) + life.slow(1, 0.02)
        dance = act.dance * np.sin(math.tau * 1.6 * times)
        up = np.stack([0.0 * w, bob - crouch + 0.06 * self._leg * np.abs(dance), 0.0 * w], 1)
        turn = turned("x", roll + 0.10 * dance) @ turned("z", dip + 0.02 * np.sin(2.0 * w))
        local = about(turn, f.legs["l"][0] * (1.0, 1.0, 0.0), up)
        trunk = compose(root, local)
        out[:, self._index["trunk"]] = trunk
        nod = 0.10 * np.sin(2.0 * w) if going else 0.0
        pecks = np.clip(np.sin(1.7 * times + 5.0 * life.phase), 0.0, 1.0) ** 0.6 if act.pecks else 0.0
        self._pose_neck(
            out, trunk, -0.3 * dip + nod - act.pecks * pecks, life, look=act.curiosity, mouth=act.mouth
        )
        self._pose_tail(out, trunk, life, droop=0.0, sway=0.10 if going else 0.05)
        flutter = act.flutter * np.abs(np.sin(math.tau * 2.2 * times))
        for side in SIDES:
            sign = sign_of(side)
            for k in range(WING_BONES):
                out[:, self._index[f"wing_{side}{k}"]] = compose(trunk, _shrunk(f.wings[side][0], len(times)))
            lift = flutter + (0.10 * np.abs(np.sin(w)) + 0.10 if s.wing is Wing.FLIPPER else 0.0) * (
                1.0 if going else 0.5
            )
            lift = lift + (0.35 * np.sin(2.0 * w + sign) * s.arms if going else 0.0)
            fold = turned("z", lift * 0.6) if s.arms else turned("x", -sign * lift)
            breath = 0.012 * life.wave(2.2)
            out[:, self._index[f"fold_{side}"]] = compose(
                trunk, about(fold @ turned("y", sign * breath), f.wings[side][0])
            )
            self._pose_leg(out, root, trunk, side, track, cycles, stride, going=going, phase=life.phase)
        return out

    def _pose_leg(  # noqa: PLR0913, PLR0917 -- one foot on its way
        self,
        out: Floats,
        root: Floats,
        trunk: Floats,
        side: str,
        track: Track,
        cycles: Floats,
        stride: float,
        *,
        going: bool,
        phase: float,
    ) -> None:
        hip0, hock0, foot0, toe0 = self._frame.legs[side]
        hip = apply(trunk, hip0)
        foot = apply(root, np.repeat(foot0[None], len(root), 0))
        droop = np.zeros(len(root))
        if going:
            foot, air = self._striding(track, cycles, stride, side, phase)
            droop = -0.9 * air
        else:
            ground = track.terrain(foot[:, 0], foot[:, 2])
            base = root[:, 1, 3] - track.terrain(root[:, 0, 3], root[:, 2, 3])
            foot[:, 1] = ground + base + foot0[1]
        upper, lower = float(np.linalg.norm(hock0 - hip0)), float(np.linalg.norm(foot0 - hock0))
        back = -np.stack([root[:, 0, 0], root[:, 1, 0], root[:, 2, 0]], 1)
        hock, end = two_bones(hip, foot, upper, lower, back)
        # The bend lies in the body's middle plane; `aligned` works in the body's turned space.
        inside = inverse(root)
        joints = [apply(inside, p) for p in (hip, hock, end)]
        toe = joints[2] + np.einsum("fij,j->fi", turned("z", droop), toe0 - foot0)
        rest = (hip0, hock0, foot0, toe0)
        for k, (a, b) in enumerate(((joints[0], joints[1]), (joints[1], joints[2]), (joints[2], toe))):
            out[:, self._index[f"leg_{side}{k}"]] = compose(root, aligned(rest[k], rest[k + 1], a, b))

    def _striding(
        self, track: Track, cycles: Floats, stride: float, side: str, phase: float
    ) -> tuple[Floats, Floats]:
        """Where a foot is in the world, (f, 3), and how far in its swing it is lifted, 0 to 1."""
        start = 0.0 if side == "l" or self._shape.hops else 0.5
        duty = 0.45 if self._shape.hops else _DUTY
        turn = np.floor(cycles - start)
        share = cycles - start - turn
        before, after = (
            self._print(track, (turn + k + duty / 2.0 + start - phase) * stride, side) for k in (0.0, 1.0)
        )
        s = np.clip((share - duty) / (1.0 - duty), 0.0, 1.0)
        air = np.sin(math.pi * s)
        place = before + (after - before) * (s * s * (3.0 - 2.0 * s))[:, None]
        place[:, 1] += 0.28 * self._leg * air
        return place, air

    def _print(self, track: Track, gone: Floats, side: str) -> Floats:
        """Where a foot comes down: (f, 3), in the world."""
        places, turns = track.at(track.when(gone))
        foot = self._frame.legs[side][2]
        x = places[:, 0] + np.cos(turns) * foot[0] + np.sin(turns) * foot[2]
        z = places[:, 2] - np.sin(turns) * foot[0] + np.cos(turns) * foot[2]
        above = places[:, 1] - track.terrain(places[:, 0], places[:, 2])
        return np.stack([x, track.terrain(x, z) + above + foot[1], z], 1)

    # On water.

    def _swimming(self, act: Act, track: Track, times: Floats, life: Liveliness) -> Floats:
        s, f = self._shape, self._frame
        out = np.zeros((len(times), len(self._index), 3, 4))
        # The belly lies in the water; upright birds lie down for it.
        level = math.radians(s.pitch) - 0.10
        depth = float(f.middle[1]) - 0.30 * s.body[1] * self._unit
        root = rooted(track, times, up=-depth + 0.05 * self._unit * life.wave(2.7))
        trunk = compose(
            root,
            about(turned("x", 0.05 * life.wave(3.1)) @ turned("z", -level + 0.03 * life.wave(2.3)), f.middle),
        )
        out[:, self._index["trunk"]] = trunk
        dips = act.pecks * np.clip(np.sin(1.1 * times + 5.0 * life.phase), 0.0, 1.0)
        self._pose_neck(out, trunk, level - dips, life, look=act.curiosity)
        self._pose_tail(out, trunk, life, droop=0.0, sway=0.10)
        for side in SIDES:
            for k in range(WING_BONES):
                out[:, self._index[f"wing_{side}{k}"]] = compose(trunk, _shrunk(f.wings[side][0], len(times)))
            lift = turned("x", -sign_of(side) * (0.03 + 0.02 * life.wave(2.6)))
            out[:, self._index[f"fold_{side}"]] = compose(trunk, about(lift, f.wings[side][0]))
            pose = trunk
            for k in range(3):
                kick = 0.5 * np.sin(math.tau * 1.1 * times + (math.pi if side == "l" else 0.0)) - 0.4
                pose = compose(pose, about(turned("z", kick if k == 0 else 0.3 * kick), f.legs[side][k]))
                out[:, self._index[f"leg_{side}{k}"]] = pose
        return out

    # On ice and snow.

    def _sliding(self, track: Track, times: Floats, life: Liveliness) -> Floats:
        """On the belly, the head up, flippers out, feet behind that push now and then."""
        s, f = self._shape, self._frame
        out = np.zeros((len(times), len(self._index), 3, 4))
        level = math.radians(s.pitch) - 0.04
        lies = 0.86 * s.body[1] * self._unit
        root = rooted(track, times, up=lies - float(f.middle[1]) + 0.01 * self._unit * life.wave(0.5))
        roll = turned("x", 0.07 * life.wave(1.7))
        trunk = compose(root, about(roll @ turned("z", -level + 0.02 * life.wave(1.1)), f.middle))
        out[:, self._index["trunk"]] = trunk
        self._pose_neck(out, trunk, level * 0.80, life, look=0.3, mouth=0.15)
        self._pose_tail(out, trunk, life, droop=0.0, sway=0.05)
        for side in SIDES:
            sign = sign_of(side)
            for k in range(WING_BONES):
                out[:, self._index[f"wing_{side}{k}"]] = compose(trunk, _shrunk(f.wings[side][0], len(times)))
            lift = turned("x", -sign * (0.75 + 0.16 * life.wave(0.9, sign)))
            out[:, self._index[f"fold_{side}"]] = compose(trunk, about(lift, f.wings[side][0]))
            pose = trunk
            for k in range(3):
                push = 0.22 * np.sin(math.tau * 0.9 * times + (math.pi if side == "l" else 0.0)) - 0.15
                pose = compose(pose, about(turned("z", push if k == 0 else 0.3 * push), f.legs[side][k]))
                out[:, self._index[f"leg_{side}{k}"]] = pose
        return out

    # Chains.

    def _pose_neck(  # noqa: PLR0913 -- everything that a head depends on
        self,
        out: Floats,
        trunk: Floats,
        lift: Floats | float,
        life: Liveliness,
        *,
        stretch: bool = False,
        look: float = 1.0,
        mouth: float = 0.0,
    ) -> None:
        f, n = self._frame, len(out)
        glance = look * 1.4 * life.glance
        pose, before = trunk, 0.0
        for k in range(NECK_BONES):
            rest = math.atan2(*(f.neck[k + 1] - f.neck[k])[[1, 0]])
            # A neck stretched out for flight lies level, whatever it is at rest.
            bend = (-rest * 0.92 - before) if stretch else 0.0
            before += bend
            turn = turned("y", glance * 0.14) @ turned(
                "z", np.asarray(bend + (lift if not stretch else lift * 0.25) / NECK_BONES)
            )
            pose = compose(pose, np.broadcast_to(about(turn, f.neck[k]), (n, 3, 4)))
            out[:, self._index[f"neck{k}"]] = pose
        down = -before * 0.85 if stretch else 0.0
        nod = life.slow(3, 0.05) + down + (lift * 0.75 if stretch else 0.0)
        turn = (
            turned("y", glance * 0.6) @ turned("x", life.slow(4, 0.10) * look) @ turned("z", np.asarray(nod))
        )
        head = compose(pose, about(turn, f.neck[-1]))
        out[:, self._index["head"]] = head
        open_ = mouth * life.calls
        hinge = f.skull + np.array([0.0, -0.1 * self._unit * self._shape.head[1], 0.0])
        out[:, self._index["jaw"]] = compose(head, about(turned("z", -open_), hinge))

    def _pose_tail(self, out: Floats, trunk: Floats, life: Liveliness, *, droop: float, sway: float) -> None:
        pose, stiff = trunk, self._shape.tail is Tail.TRAIN
        for k in range(TAIL_BONES):
            wag = (
                0.0
                if stiff
                else sway * life.wave(2.2, 0.8 * k) * (1.6 if self._shape.tail is Tail.LIZARD else 0.7)
            )
            flick = 0.10 * life.flicks(0) * (k == 0) * (not stiff)
            flow = 0.05 * life.wave(1.4, 0.9 * k) * (self._shape.tail is Tail.PLUME)
            shiver = 0.006 * float(stiff) * life.wave(0.5, 0.4 * k)
            turn = turned("y", np.asarray(wag + shiver)) @ turned(
                "z", droop * (k == 0) - flick + flow + 0.0 * life.wave(2.0)
            )
            pose = compose(pose, about(turn, self._frame.tail[k]))
            out[:, self._index[f"tail{k}"]] = pose


def _shrunk(pivot: Floats, n: int, scale: float = _HIDDEN) -> Floats:
    """A transform (n, 3, 4) that draws everything in to a point."""
    out = np.zeros((n, 3, 4))
    out[:, range(3), range(3)] = scale
    out[:, :, 3] = pivot * (1.0 - scale)
    return out
