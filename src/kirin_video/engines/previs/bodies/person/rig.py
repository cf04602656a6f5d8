"""From a figure to bones: the trunk, legs and arms by inverse kinematics, what hangs, and the face."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.body import Skeleton
from kirin_video.engines.previs.bodies.person.drapes import skirt_way
from kirin_video.engines.previs.bodies.person.face import Face
from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import ARM_OUT, SIDES, SKIRT_BONES, Frame
from kirin_video.engines.previs.bodies.person.steps import Footing, ball_of
from kirin_video.engines.previs.bodies.person.tears import run_of
from kirin_video.engines.previs.bodies.posing import (
    Floats,
    about,
    aligned,
    apply,
    compose,
    inverse,
    spun,
    turned,
    two_bones,
)

_STRETCH = 0.9965
"""Legs are never straighter than this share of their length."""
_LID_RAD = 1.20
_GAPE = 0.15
"""How far the lower lip goes down when the mouth opens, as a share of the head."""


_LIES = 0.72
"""How much of its way outwards a skirt loses where it lies on a leg that is stretched forwards."""


class Rig:
    """Poses one person's bones.

    Args:
        frame: the joints, metres.
        face: the eyes and the mouth, metres.
        skeleton: the bones.
        stoop: radians that the back is bent by age.
    """

    def __init__(self, frame: Frame, face: Face, skeleton: Skeleton, stoop: float) -> None:
        self._f, self._face, self._skeleton, self._stoop = frame, face, skeleton, stoop
        self._index = {bone.name: k for k, bone in enumerate(skeleton.bones)}
        self._hair = [n for n in ("hair", "hair_l", "hair_r") if n in self._index]
        self._skirt = "skirt0" in self._index
        self._cape = "cape0" in self._index

    def pose(self, figure: Figure, times: Floats) -> Floats:
        """Bones (f, bones, 3, 4) in the person's own space."""
        count = len(times)
        out = np.zeros((count, len(self._skeleton), 3, 4))
        out[..., range(3), range(3)] = 1.0
        sunk = np.zeros(count) if figure.free else self._shortage(figure, count)
        trunk = self._trunk(figure, count, sunk)
        for name, pose in trunk.items():
            out[:, self._index[name]] = pose
        knees = {side: self._leg(out, figure, side, trunk["pelvis"], count) for side in SIDES}
        for side in SIDES:
            self._arm(out, figure.arms[side], side, trunk["chest"], count)
        self._features(out, figure, trunk["head"], count)
        self._tears(out, trunk["head"], times)
        self._hanging(out, figure, trunk, knees, times)
        return out

    def _trunk(self, figure: Figure, count: int, sunk: Floats) -> dict[str, Floats]:
        f = self._f
        shift = np.broadcast_to(figure.shift, (count, 3)) - np.stack([0 * sunk, sunk, 0 * sunk], 1)
        whole = figure.whole.matrix(count)
        pelvis = about(whole @ figure.hips.matrix(count), f.hips, shift)
        stoop = turned("z", np.full(count, -0.5 * self._stoop))
        spine = compose(pelvis, about(figure.back.matrix(count, 0.45) @ stoop, f.waist))
        chest = compose(spine, about(figure.back.matrix(count, 0.55) @ stoop, f.chest))
        raised = turned("z", np.full(count, 0.40 * self._stoop))
        neck = compose(chest, about(figure.head.matrix(count, 0.4) @ raised, f.neck))
        head = compose(neck, about(figure.head.matrix(count, 0.6) @ raised, f.nape))
        return {"pelvis": pelvis, "spine": spine, "chest": chest, "neck": neck, "head": head}

    def _ankle(self, foot: Footing, side: str) -> tuple[Floats, Floats]:
        """Where the ankle is, (f, 3), and how the foot is turned, (f, 3, 3)."""
        rest = self._f.legs[side]
        ball = ball_of(self._f, side)
        heel = np.array([rest[2][0] - 0.6 * (rest[3][0] - rest[2][0]), 0.0, rest[2][2]])
        spin = turned("y", foot.yaw)
        tip = turned("z", -foot.pitch)
        # The heel leaves the ground over the ball of the foot; toes rise over the heel.
        lifted: Floats = np.einsum("fij,j->fi", tip, rest[2] - rest[3]) + (rest[3] - ball)
        struck: Floats = np.einsum("fij,j->fi", tip, rest[2] - heel) + (heel - ball)
        off = np.where((foot.pitch >= 0.0)[:, None], lifted, struck)
        return foot.place + np.einsum("fij,fj->fi", spin, off), spin @ tip

    def _shortage(self, figure: Figure, count: int) -> Floats:
        """How much the hips must sink for both feet to be within reach, metres (f,)."""
        sunk = np.zeros(count)
        for _ in range(3):
            pelvis = self._trunk(figure, count, sunk)["pelvis"]
            worst = np.zeros(count)
            for side in SIDES:
                rest = self._f.legs[side]
                reach = self._length(side) * _STRETCH
                hip = apply(pelvis, rest[0])
                ankle, _ = self._ankle(figure.feet[side], side)
                level = np.hypot(ankle[:, 0] - hip[:, 0], ankle[:, 2] - hip[:, 2])
                highest = ankle[:, 1] + np.sqrt(np.maximum(reach * reach - level * level, 1e-6))
                held = 1.0 - 0.9 * np.clip(figure.feet[side].air * 2.0, 0.0, 1.0)
                worst = np.maximum(worst, (hip[:, 1] - highest) * held)
            sunk = sunk + worst
        return sunk

    def _length(self, side: str) -> float:
        rest = self._f.legs[side]
        return float(np.linalg.norm(rest[1] - rest[0]) + np.linalg.norm(rest[2] - rest[1]))

    def _leg(self, out: Floats, figure: Figure, side: str, pelvis: Floats, count: int) -> Floats:
        """Poses a leg; the way from its hip to its knee, (f, 3), in the hips' own space."""
        rest, foot = self._f.legs[side], figure.feet[side]
        hip = apply(pelvis, rest[0])
        goal, turn = self._ankle(foot, side)
        upper, lower = (float(np.linalg.norm(rest[k + 1] - rest[k])) for k in (0, 1))
        outwards = figure.knees[side] * np.ones(count) * -SIDES[side] + 0.5 * foot.yaw
        pole = np.einsum("fij,j->fi", pelvis[:, :, :3] @ turned("y", outwards), np.array([1.0, 0.12, 0.0]))
        knee, ankle = two_bones(hip, goal, upper, lower, pole)
        put = self._index
        out[:, put[f"thigh_{side}"]] = aligned(rest[0], rest[1], hip, knee)
        out[:, put[f"shin_{side}"]] = aligned(rest[1], rest[2], knee, ankle)
        sole = about(turn, rest[2], 0.0)
        sole[..., 3] += ankle - rest[2]
        out[:, put[f"foot_{side}"]] = sole
        flat = np.clip(foot.pitch, 0.0, 0.9) * (1.0 - 0.75 * np.clip(foot.air * 3.0, 0.0, 1.0))
        out[:, put[f"toes_{side}"]] = compose(sole, about(turned("z", flat), rest[3]))
        back = np.swapaxes(pelvis[:, :, :3], -1, -2)
        return np.einsum("fij,fj->fi", back, knee - hip)

    def _arm(self, out: Floats, arm: Arm, side: str, chest: Floats, count: int) -> None:
        f, sign, put = self._f, SIDES[side], self._index
        shoulder, elbow, wrist, _ = f.arms[side]
        ones = np.ones(count)
        lift = arm.lift * ones
        if arm.goal is None:
            # Shoulders follow an arm that is raised.
            raised = np.clip(np.maximum(arm.out * ones, np.abs(arm.swing * ones)) - 0.7, 0.0, 2.4)
            lift = lift + 0.26 * raised
        collar = compose(chest, about(turned("x", -sign * lift), f.clavicles[side]))
        out[:, put[f"collar_{side}"]] = collar
        if arm.goal is None:
            turn = turned("z", arm.swing * ones) @ turned("x", -sign * (arm.out * ones - ARM_OUT))
            down = (elbow - shoulder) / np.linalg.norm(elbow - shoulder)
            upper = compose(collar, about(turn @ spun(-down * sign, arm.turn * ones), shoulder))
            lower = compose(upper, about(_hinge(down, arm.bend * ones), elbow))
        else:
            pole = arm.pole * np.array([1.0, 1.0, sign])
            goal = np.broadcast_to(arm.goal, (count, 3))
            if arm.level:
                goal = apply(chest, goal)
                pole = np.einsum("fij,j->fi", chest[:, :, :3], pole)
            hub = apply(collar, shoulder)
            lengths = float(np.linalg.norm(elbow - shoulder)), float(np.linalg.norm(wrist - elbow))
            joint, end = two_bones(hub, goal, *lengths, pole)
            upper = aligned(shoulder, elbow, hub, joint)
            lower = aligned(elbow, wrist, joint, end)
        out[:, put[f"arm_{side}"]], out[:, put[f"forearm_{side}"]] = upper, lower
        hand = compose(lower, about(turned("x", sign * (arm.wrist * ones)), wrist))
        out[:, put[f"hand_{side}"]] = hand
        knuckles = wrist + (f.arms[side][3] - wrist) * 0.5
        out[:, put[f"fingers_{side}"]] = compose(hand, about(turned("x", sign * (arm.curl * ones)), knuckles))

    def _features(self, out: Floats, figure: Figure, head: Floats, count: int) -> None:
        face, put, ones = figure.face, self._index, np.ones(count)
        own, h = self._face, self._f.head
        open_ = np.clip(np.maximum(face.open * ones, own.open), 0.0, 1.0)
        hinge = self._f.skull + np.array([-0.05, -0.15, 0.0]) * h
        out[:, put["jaw"]] = compose(head, about(turned("z", -0.22 * open_), hinge))
        down = np.stack([-0.02 * open_, -_GAPE * open_, 0.0 * open_], 1) * h
        lip = np.zeros((count, 3, 4))
        lip[:, range(3), range(3)] = 1.0
        out[:, put["lip"]] = compose(head, _moved(lip, down))
        stretched = lip.copy()
        stretched[:, 1, 1] = np.maximum(open_, 0.02)
        stretched[:, 1, 3] = own.mouth[1] * (1.0 - stretched[:, 1, 1])
        # A shut mouth hides its inside behind the lips.
        stretched[:, 0, 3] = -0.05 * h * np.clip(1.0 - 12.0 * open_, 0.0, 1.0)
        out[:, put["mouth"]] = compose(head, stretched)
        shut = np.clip(np.maximum(face.shut * ones, own.lids), 0.0, 1.0)
        for side in SIDES:
            look = turned("y", face.look_yaw * ones) @ turned("z", -(face.look_pitch * ones))
            out[:, put[f"eye_{side}"]] = compose(head, about(look, own.eyes[side]))
            axis = np.cross(own.gaze[side], np.array([0.0, 1.0, 0.0]))
            close = spun(axis / np.linalg.norm(axis), -_LID_RAD * shut)
            out[:, put[f"lid_{side}"]] = compose(head, about(close, own.eyes[side]))
            up = np.stack([0.0 * ones, face.brows * ones * h, 0.0 * ones], 1)
            out[:, put[f"brow_{side}"]] = compose(head, _moved(lip, up))

    def _tears(self, out: Floats, head: Floats, times: Floats) -> None:
        still = np.zeros((len(times), 3, 4))
        still[:, range(3), range(3)] = 1.0
        for side, path in self._face.tears.items():
            drop = _moved(still, run_of(path, times, SIDES[side]))
            out[:, self._index[f"tear_{side}"]] = compose(head, drop)

    def _hanging(
        self, out: Floats, figure: Figure, trunk: dict[str, Floats], knees: dict[str, Floats], times: Floats
    ) -> None:
        count, put = len(times), self._index
        sway = np.sin(times * 5.1) * 0.035
        stream = figure.stream * np.ones(count)
        for name in self._hair:
            root = np.array(self._skeleton.bones[put[name]].head)
            # Hair hangs down whatever the head does.
            upright = -0.75 * np.arctan2(trunk["head"][:, 0, 1], trunk["head"][:, 1, 1])
            turn = turned(
                "z", -upright * 0.0 - stream * 0.7 + np.minimum(-upright, 0.35) + sway * (0.4 + stream)
            )
            out[:, put[name]] = compose(trunk["head"], about(turn, root))
        if self._skirt:
            self._pose_skirt(out, figure, trunk["pelvis"], knees, times)
        if self._cape:
            top, low = (np.array(self._skeleton.bones[put[f"cape{k}"]].head) for k in (0, 1))
            upright = np.arctan2(trunk["chest"][:, 0, 1], trunk["chest"][:, 1, 1])
            fly = -(stream * 0.85) + np.clip(upright, -1.3, 0.6) + sway * (0.5 + stream)
            first = compose(trunk["chest"], about(turned("z", np.minimum(fly, 0.0)), top))
            ripple = -0.25 * stream + 0.16 * np.sin(times * 6.3 + 1.0) * (0.2 + stream)
            out[:, put["cape0"]] = first
            out[:, put["cape1"]] = compose(first, about(turned("z", ripple), low))

    def _pose_skirt(
        self, out: Floats, figure: Figure, pelvis: Floats, knees: dict[str, Floats], times: Floats
    ) -> None:
        """Every bone of a skirt goes with the thigh of its side, in front and behind with the further one."""
        count = len(times)
        ways = {side: knee / np.linalg.norm(knee, axis=1, keepdims=True) for side, knee in knees.items()}
        left, right = ways["l"], ways["r"]
        gravity = np.einsum("fij,i->fj", pelvis[:, :, :3], np.array([0.0, -1.0, 0.0]))
        for k in range(SKIRT_BONES):
            way = skirt_way(k)
            share = 0.5 + 0.5 * float(way[2])
            mean = left * (1.0 - share) + right * share
            push = np.maximum(left @ way, right @ way)[:, None] - (mean @ way)[:, None]
            lead = mean + way * np.maximum(push, 0.0) * abs(float(way[0]))
            # Cloth never goes through the leg behind it.
            lead = lead + way * np.maximum(-0.03 - (lead @ way), 0.0)[:, None]
            # It lies on the shins as well: on the ground, knees are higher than the hem.
            heavy = 0.14 + 0.38 * np.clip(-(lead * gravity).sum(1), 0.0, 0.6)[:, None]
            hang = (1.0 - heavy) * lead + heavy * gravity
            flare = figure.flare * np.ones(count) + 0.02 * np.sin(times * 3.1 + 2.0 * k)
            hang = hang + way * np.tan(np.clip(flare, -0.3, 1.25))[:, None]
            root = np.array(self._skeleton.bones[self._index[f"skirt{k}"]].head)
            bone = aligned(root, root - np.array([0.0, 1.0, 0.0]), np.zeros((count, 3)) + root, root + hang)
            # What stood out from the legs lies down on them as they are raised.
            raised = np.clip(1.0 + hang[:, 1] / np.linalg.norm(hang, axis=1), 0.0, 1.0)
            flat = np.eye(3) - _LIES * raised[:, None, None] * np.outer(way, way)
            out[:, self._index[f"skirt{k}"]] = compose(pelvis, compose(bone, about(flat, root)))


def _hinge(down: Floats, bend: Floats) -> Floats:
    """An elbow bending forwards: about the axis square to the arm, towards +x."""
    axis = np.cross(down, np.array([1.0, 0.0, 0.0]))
    return spun(axis / np.linalg.norm(axis), bend)


def _moved(pose: Floats, by: Floats) -> Floats:
    moved = pose.copy()
    moved[..., 3] += by
    return moved


__all__ = ["Rig", "Turns", "inverse"]
