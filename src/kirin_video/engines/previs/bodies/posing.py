"""Posing: rigid transforms over all frames at once.

A transform is float64, (f, 3, 4) or (3, 4): a turn and a shift, ``x -> turn @ x + shift``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_AXES = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}


def turned(axis: str, angles: Floats) -> Floats:
    """Rotations (..., 3, 3) about an axis by angles (...,), radians, right-handed."""
    cos, sin = np.cos(angles), np.sin(angles)
    first, second = _AXES[axis]
    turn = np.zeros((*np.shape(angles), 3, 3))
    turn[..., range(3), range(3)] = 1.0
    turn[..., first, first] = turn[..., second, second] = cos
    turn[..., first, second], turn[..., second, first] = -sin, sin
    return turn


def spun(axis: Floats, angles: Floats) -> Floats:
    """Rotations (..., 3, 3) about a unit vector (3,) by angles (...,), radians, right-handed (Rodrigues)."""
    x, y, z = axis.tolist()
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    sin, cos = np.sin(angles)[..., None, None], np.cos(angles)[..., None, None]
    return np.eye(3) + sin * cross + (1.0 - cos) * (cross @ cross)


def placed(turn: Floats, shift: Floats) -> Floats:
    """A transform of a turn (..., 3, 3) and a shift (..., 3)."""
    shape = np.broadcast_shapes(turn.shape[:-2], shift.shape[:-1])
    whole = np.empty((*shape, 3, 4))
    whole[..., :3], whole[..., 3] = turn, shift
    return whole


def about(turn: Floats, pivot: Floats, shift: Floats | float = 0.0) -> Floats:
    """A turn (..., 3, 3) that leaves a pivot (..., 3) where it is, then a shift (..., 3)."""
    return placed(turn, pivot - np.einsum("...ij,...j->...i", turn, pivot) + shift)


def compose(outer: Floats, inner: Floats) -> Floats:
    """The transform that does ``inner`` first."""
    turn = outer[..., :3] @ inner[..., :3]
    shift = np.einsum("...ij,...j->...i", outer[..., :3], inner[..., 3]) + outer[..., 3]
    return placed(turn, shift)


def apply(transform: Floats, points: Floats) -> Floats:
    """Points (..., 3) where a transform takes them."""
    return np.einsum("...ij,...j->...i", transform[..., :3], points) + transform[..., 3]


def inverse(transform: Floats) -> Floats:
    """The transform that undoes a rigid one."""
    back = np.swapaxes(transform[..., :3], -1, -2)
    return placed(back, -np.einsum("...ij,...j->...i", back, transform[..., 3]))


def aligned(start: Floats, end: Floats, new_start: Floats, new_end: Floats) -> Floats:
    """The least turn that lays a bone from (3,) to (3,) along a new one (..., 3), starts together.

    It never stretches: the end lies on the line to the new end. Opposite directions are not handled.
    """
    before = (end - start) / np.linalg.norm(end - start)
    way = new_end - new_start
    after = way / np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-9)
    axis = np.cross(before, after)
    cos = after @ before
    cross = np.zeros((*axis.shape[:-1], 3, 3))
    cross[..., 0, 1], cross[..., 0, 2] = -axis[..., 2], axis[..., 1]
    cross[..., 1, 0], cross[..., 1, 2] = axis[..., 2], -axis[..., 0]
    cross[..., 2, 0], cross[..., 2, 1] = -axis[..., 1], axis[..., 0]
    share = 1.0 / np.maximum(1.0 + cos, 1e-6)
    turn = np.eye(3) + cross + cross @ cross * share[..., None, None]
    return placed(turn, new_start - np.einsum("...ij,j->...i", turn, start))


def two_bones(root: Floats, goal: Floats, upper: float, lower: float, pole: Floats) -> tuple[Floats, Floats]:
    """Inverse kinematics of a limb of two bones.

    Args:
        root: (f, 3), where it hangs.
        goal: (f, 3), where its end should be.
        upper: length of the first bone, metres.
        lower: length of the second.
        pole: (3,) or (f, 3), the direction that the joint between them points to.

    Returns:
        The joint (f, 3), and the end (f, 3): the goal, or the nearest point within reach.
    """
    way = goal - root
    far = np.linalg.norm(way, axis=-1, keepdims=True)
    reach = np.clip(far, abs(upper - lower) + 1e-4, (upper + lower) * 0.9995)
    unit = way / np.maximum(far, 1e-9)
    along = (upper * upper - lower * lower + reach * reach) / (2.0 * reach)
    aside = np.sqrt(np.maximum(upper * upper - along * along, 0.0))
    off = pole - (pole * unit).sum(-1, keepdims=True) * unit
    off /= np.maximum(np.linalg.norm(off, axis=-1, keepdims=True), 1e-9)
    return root + unit * along + off * aside, root + unit * reach
