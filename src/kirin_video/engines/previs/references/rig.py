"""The bones of a cut-out: hips, two legs, a chest and a head, found from its silhouette alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.references.relief import Relief

Plane = NDArray[np.float32]
Floats = NDArray[np.float64]

HIPS, LEFT, RIGHT, CHEST, HEAD = range(5)
BONES = 5
_FEET = 0.05
"""What of the lowest rows, as a share of the height, stands on the ground."""
_LEG_TOP, _LEG_WHOLE = 0.46, 0.28
_CHEST_LOW, _CHEST_WHOLE = 0.34, 0.62
_HEAD_LOW, _HEAD_WHOLE = 0.66, 0.88
_LEAST_FOOT = 0.02
_HALF = 0.5
"""More of a pixel than this makes it the subject's."""


@dataclass(frozen=True, slots=True)
class Foot:
    """Where a cut-out stands, in heights.

    Attributes:
        at: right of its middle.
        half: half the width of what touches the ground.
    """

    at: float
    half: float


@dataclass(frozen=True, slots=True)
class Rig:
    """Which bones every point follows, and what the silhouette says of the subject.

    Attributes:
        weights: uint8, (n, 4), for the bones in ``bones``; they add up to 255.
        bones: uint8, (n, 4).
        feet: from the left.
        parting: where left and right leg part, heights right of the middle.
        legs: whether it stands on legs that can step.
        disc: how much it is like a disc, 0 to 1.
    """

    weights: NDArray[np.uint8]
    bones: NDArray[np.uint8]
    feet: tuple[Foot, ...]
    parting: float
    legs: bool
    disc: float


def rigged(alpha: Plane, relief: Relief, *, in_profile: bool = False) -> Rig:
    """The rig of a matte and its relief.

    Args:
        alpha: the matte, cropped to the subject.
        relief: its mesh.
        in_profile: whether it is somebody on two legs seen from the side. Where one leg hides the other, the
            front of the relief is the near leg and its back the far one.
    """
    feet = _feet(alpha)
    parting = 0.5 * (feet[0].at + feet[-1].at)
    apart = len(feet) > 1 and max(f.half for f in feet) < 0.42 * relief.width
    legs = apart or in_profile
    shares = _shares(relief.points, parting)
    if in_profile and not apart:
        near = np.arange(len(shares)) < len(shares) // 2
        both = shares[:, LEFT] + shares[:, RIGHT]
        shares[:, LEFT], shares[:, RIGHT] = both * near, both * ~near
    order = np.argsort(-shares, axis=1, kind="stable")[:, :4]
    picked = np.take_along_axis(shares, order, 1)
    weights = np.floor(picked / picked.sum(1, keepdims=True) * 255.0).astype(np.int64)
    weights[:, 0] += 255 - weights.sum(1)
    return Rig(weights.astype(np.uint8), order.astype(np.uint8), feet, parting, legs, _disc(alpha))


def _feet(alpha: Plane) -> tuple[Foot, ...]:
    """Runs of columns whose subject reaches the lowest rows."""
    height, width = alpha.shape
    low = (alpha[int(height * (1.0 - _FEET)) :] > _HALF).any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], low.astype(np.int8), [0]])))
    feet = [
        Foot(((a + b) / 2.0 - width / 2.0) / height, (b - a) / 2.0 / height)
        for a, b in edges.reshape(-1, 2).tolist()
        if (b - a) / height > _LEAST_FOOT
    ]
    return tuple(feet) or (Foot(0.0, 0.2 * width / height),)


def _shares(points: Floats, parting: float) -> Floats:
    """How much each point belongs to each bone, (n, bones)."""
    up, right = points[:, 1], points[:, 0] - parting
    leg = _rise(up, _LEG_TOP, _LEG_WHOLE)
    head = _rise(up, _HEAD_LOW, _HEAD_WHOLE)
    chest = _rise(up, _CHEST_LOW, _CHEST_WHOLE) * (1.0 - head)
    side = _rise(right, -0.04, 0.04)
    shares = np.zeros((len(points), BONES))
    shares[:, LEFT], shares[:, RIGHT] = leg * (1.0 - side), leg * side
    shares[:, CHEST], shares[:, HEAD] = chest, head
    shares[:, HIPS] = np.maximum(1.0 - shares.sum(1), 0.0)
    return shares


def _rise(values: Floats, low: float, high: float) -> Floats:
    s = np.clip((values - low) / (high - low), 0.0, 1.0)
    return s * s * (3.0 - 2.0 * s)


def _disc(alpha: Plane) -> float:
    """How well a circle of its area covers it: 1 for a ball."""
    solid = alpha > _HALF
    area = float(solid.sum())
    if area < 1.0:
        return 0.0
    y, x = np.nonzero(solid)
    radius = np.sqrt(area / np.pi)
    rows, columns = np.mgrid[0 : solid.shape[0], 0 : solid.shape[1]]
    circle = np.hypot(rows - y.mean(), columns - x.mean()) <= radius
    return float((circle & solid).sum() / (circle | solid).sum())
