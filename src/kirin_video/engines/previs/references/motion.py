"""How a cut-out moves: what it does, brought to a few bones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.posing import about, compose, placed, spun, turned
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.references.deeds import PACES, breathe, deed_of
from kirin_video.engines.previs.references.poses import Beat, Build, Floats, Manner, Pose, at_rest
from kirin_video.engines.previs.references.rig import BONES, CHEST, HEAD, HIPS, LEFT, RIGHT


class CutoutMotion:
    """Moves the bones of a cut-out.

    Args:
        build: whose.
    """

    def __init__(self, build: Build) -> None:
        self._build = build

    def pace(self, action: Action) -> float:
        """The speed that an action is done at, metres a second."""
        build = self._build
        return build.speed * (0.0 if build.manner is Manner.STILL else PACES.get(action, 0.0))

    def pose(self, action: Action, gone: Floats, times: Floats, *, seed: int) -> Pose:
        """How it stands at some moments, having gone so many metres by each."""
        start = float(np.random.default_rng([seed & 0x7FFFFFFF, 53]).uniform(0.0, 1.0))
        beat = Beat(times, gone, start, self._build)
        pose = at_rest(times)
        if self._build.alive:
            breathe(pose, beat)
        deed_of(action, self._build)(pose, beat)
        return pose

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Where every bone is: float32, (f, bones, 3, 4)."""
        pose = self.pose(action, track.travelled(times), times, seed=seed)
        places, turns = track.at(times)
        world = placed(turned("y", turns), places)
        return compose(world[:, None], _bones(pose, self._build)).astype(np.float32)


def _bones(pose: Pose, build: Build) -> Floats:
    """The bones in the body's own space, (f, bones, 3, 4)."""
    high = build.height_m
    foot, middle = build.raised, build.raised + np.array([0.0, 0.5 * high, 0.0])
    whole = about(spun(build.outward, -pose.lean), foot, pose.up[:, None] * np.array([0.0, high, 0.0]))
    whole[..., 3] += pose.aside[:, None] * high * build.across
    whole = compose(whole, about(spun(build.across, pose.bow), foot))
    whole = compose(whole, about(turned("y", pose.yaw), foot))
    whole = compose(whole, about(spun(build.outward, -pose.roll), middle))
    whole = compose(whole, _stretched(pose.stretch, foot))
    bones = np.repeat(whole[:, None], BONES, 1)
    chest = compose(whole, _stretched(1.0 + pose.breath, foot))
    bones[:, CHEST] = chest
    neck = foot + np.array([0.0, 0.72 * high, 0.0])
    bones[:, HEAD] = compose(chest, about(spun(build.outward, -pose.nod), neck))
    for bone, sign, lift in ((LEFT, 1.0, pose.lift[0]), (RIGHT, -1.0, pose.lift[1])):
        hip = foot + np.array([0.0, 0.46 * high, 0.0]) + build.parting_m * build.across
        axis = build.outward if build.sideways else build.across
        leg = about(spun(axis, sign * pose.swing), hip, lift[:, None] * np.array([0.0, high, 0.0]))
        bones[:, bone] = compose(whole, leg)
    bones[:, HIPS] = whole
    return bones


def _stretched(share: Floats, foot: Floats) -> Floats:
    """A stretch along the height, of the same volume, that leaves the foot where it is, (f, 3, 4)."""
    matrix = np.zeros((len(share), 3, 4))
    matrix[:, 1, 1] = share
    matrix[:, 0, 0] = matrix[:, 2, 2] = 1.0 / np.sqrt(share)
    matrix[:, 1, 3] = foot[1] * (1.0 - share)
    return matrix
