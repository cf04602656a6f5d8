"""Where bodies are and how the picture shows them, measured: a few points of each that hold all of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.staging.framing import with_flames
from kirin_video.engines.previs.staging.parts import Part

_KEYS = 25
"""At so many moments bodies are measured; in between their points go straight."""
_BEHIND_M = 0.05
"""What is not so far before the camera has no place in the picture."""


def _ways(steps: Sequence[float]) -> Floats:
    grid = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(-1, 3)
    grid = grid[(grid**2).sum(1) > 0.0]
    return grid / np.sqrt((grid**2).sum(1, keepdims=True))


@dataclass(frozen=True, slots=True)
class Presence:
    """A body on stage, measured.

    Attributes:
        part: whose.
        poses: its bones at every frame, as in `scenery.Actor`.
        hull: float64, (f, 26, 3), its outermost points to all sides at every frame, metres.
    """

    part: Part
    poses: NDArray[np.float32]
    hull: Floats

    @property
    def middle(self) -> Floats:
        """The middle (f, 3) of its box at every frame."""
        return (self.hull.min(1) + self.hull.max(1)) / 2.0

    @property
    def tall_m(self) -> float:
        """Its usual height."""
        return float(np.median(np.ptp(self.hull[..., 1], axis=1)))


def presence_of(part: Part, poses: NDArray[np.float32]) -> Presence:
    """Measure a body that acts.

    Args:
        part: whose.
        poses: its bones at every frame, as in `scenery.Actor`.
    """
    hull, taller = hull_of(part.body, poses), with_flames(part.body)
    if taller > 1.0:
        foot = hull[..., 1].min(1, keepdims=True)
        hull[..., 1] = foot + (hull[..., 1] - foot) * taller
    if part.above_m > -math.inf:
        hull[..., 1] = np.maximum(hull[..., 1], part.above_m)
    return Presence(part, poses, hull)


def hull_of(body: Body, poses: NDArray[np.float32]) -> Floats:
    """The outermost points (f, 26, 3) of a body in its poses, to all sides, metres."""
    bones, points = _outermost(body)
    frames = np.arange(len(poses))
    keys = np.unique(np.linspace(0, len(poses) - 1, _KEYS).round().astype(int))
    pose = poses[keys][:, bones].astype(np.float64)
    placed = np.einsum("fmij,mj->fmi", pose[..., :3], points) + pose[..., 3]
    hidden = np.abs(pose[..., :3]).sum((2, 3)) == 0.0
    ways = _ways((-1.0, 0.0, 1.0))
    reach = np.where(hidden[..., None], -np.inf, placed @ ways.T)
    hull = np.take_along_axis(placed, reach.argmax(1)[..., None], 1)
    if len(keys) == 1:
        return hull
    at = np.clip(np.searchsorted(keys, frames, "right") - 1, 0, len(keys) - 2)
    share = ((frames - keys[at]) / (keys[at + 1] - keys[at]))[:, None, None]
    return hull[at] * (1.0 - share) + hull[at + 1] * share


def _outermost(body: Body) -> tuple[NDArray[np.int64], Floats]:
    """Bones (m,) and points (m, 3) at rest: the outermost vertices of every bone to some sides."""
    points = np.concatenate([shell.mesh.positions for shell in body.shells]).astype(np.float64)
    bones = np.concatenate(
        [np.take_along_axis(s.bones, s.weights.argmax(1)[:, None], 1)[:, 0] for s in body.shells]
    ).astype(np.int64)
    if body.about:
        told = np.isin(bones, body.about)
        points, bones = points[told], bones[told]
    picked: list[NDArray[np.int64]] = []
    for way in np.concatenate([_ways((-1.0, 1.0)), np.eye(3), -np.eye(3)]):
        last = np.full(int(bones.max()) + 1, -1)
        order = np.argsort(points @ way)
        # The last one that is written for a bone is its outermost.
        last[bones[order]] = order
        picked.append(last[last >= 0])
    chosen = np.unique(np.concatenate(picked))
    return bones[chosen], points[chosen]


def projected(views: Sequence[View], points: Floats, aspect: float) -> tuple[Floats, Floats]:
    """Where points (f, m, 3) are in the picture of each frame's view.

    Returns:
        Places (f, m, 2): 0 is the left or lower edge, 1 the right or upper one; and how far ahead each point
        is, metres. What is not ahead lies far outside.
    """
    eye, target = (np.array([getattr(v, name) for v in views], float) for name in ("eye", "target"))
    ahead = target - eye
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    right = np.cross(ahead, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    up = np.cross(right, ahead)
    roll = np.radians([v.roll_deg for v in views])[:, None]
    right, up = np.cos(roll) * right - np.sin(roll) * up, np.cos(roll) * up + np.sin(roll) * right
    off = points - eye[:, None]
    depth = np.einsum("fmk,fk->fm", off, ahead)
    half = np.array([math.tan(math.radians(v.fov_deg) / 2.0) for v in views])[:, None]
    near = np.maximum(depth, _BEHIND_M)
    x = np.einsum("fmk,fk->fm", off, right) / (near * half * aspect)
    y = np.einsum("fmk,fk->fm", off, up) / (near * half)
    return 0.5 + 0.5 * np.stack([x, y], -1), depth


def boxes(views: Sequence[View], points: Floats, aspect: float) -> Floats:
    """The box (f, 4) of points (f, m, 3) in the picture: left, lower, right and upper edge."""
    at, _ = projected(views, points, aspect)
    return np.concatenate([at.min(1), at.max(1)], 1)
