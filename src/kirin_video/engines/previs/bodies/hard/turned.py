"""What a lathe makes: profiles turned about an axis, rings, round plates."""

# ruff: noqa: PLR0913 -- a piece has a shape, a place and a look
from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Vector
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.outlines import Outline, Rgb
from kirin_video.engines.previs.bodies.hard.placing import facing_out
from kirin_video.engines.previs.mesh import Mesh


def lathe(
    profile: Outline,
    color: Rgb | Sequence[Rgb],
    *,
    axis: str = "y",
    at: Vector = (0.0, 0.0, 0.0),
    sides: int = 28,
    crease_deg: float = 38.0,
    glow: float = 0.0,
) -> Mesh:
    """Pairs of radius and height turned about an axis; the surface is left of the way up the profile.

    Args:
        profile: from below, outside, to the top: ends at radius 0 are closed.
        color: one, or one for every stretch between two pairs.
        axis: the axis that heights run along.
        at: where the origin of the profile is.
        sides: round it.
        crease_deg: sharper bends stay sharp.
        glow: 0 to 1.
    """
    pairs = np.array(profile, float)
    around = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    rings = np.empty((len(pairs), sides, 3))
    rings[..., 0] = pairs[:, :1] * np.cos(around)
    rings[..., 1] = pairs[:, 1:]
    rings[..., 2] = -pairs[:, :1] * np.sin(around)
    points = rings.reshape(-1, 3)
    faces = ring_faces(len(pairs), sides)
    tones = np.array(color, float)
    paint = np.tile(np.repeat(tones, sides, 0), (2, 1)) if tones.ndim > 1 else tones
    places = points[:, {"y": [0, 1, 2], "x": [1, 2, 0], "z": [2, 0, 1]}[axis]]
    return creased(places + np.array(at, float), faces, paint, crease_deg=crease_deg, glow=glow)


def ring_faces(count: int, around: int) -> NDArray[np.int64]:
    """Triangles between rings of points: (count - 1) * around * 2, quads' first halves first."""
    at = np.arange(count * around).reshape(count, around)
    after = np.roll(at, -1, 1)
    a, b, c, d = (part.reshape(-1) for part in (at[:-1], after[:-1], after[1:], at[1:]))
    return np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])


def ring(
    at: Vector,
    radius: float,
    thick: float,
    color: Rgb,
    *,
    axis: str = "z",
    sides: int = 28,
    glow: float = 0.0,
) -> Mesh:
    """A torus."""
    turn = np.linspace(0.0, 2.0 * math.pi, 9)
    profile = np.column_stack([radius - thick * np.cos(turn), -thick * np.sin(turn)])[::-1]
    return facing_out(lathe(profile, color, axis=axis, at=at, sides=sides, crease_deg=80.0, glow=glow))


def disc(
    at: Vector, radius: float, color: Rgb, *, axis: str = "z", sides: int = 28, glow: float = 0.0
) -> Mesh:
    """A flat round plate that faces along an axis; ``-z`` and the like face back."""
    flip = axis.startswith("-")
    turn = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    flat = np.column_stack([radius * np.cos(turn), radius * np.sin(turn), np.zeros(sides)])
    points = np.concatenate([flat, np.zeros((1, 3))])
    k = np.arange(sides)
    faces = np.stack([np.full(sides, sides), k, np.roll(k, -1)], 1)
    points = points[:, {"z": [0, 1, 2], "x": [2, 0, 1], "y": [1, 2, 0]}[axis[-1]]]
    return creased(points + np.array(at, float), faces[:, ::-1] if flip else faces, color, glow=glow)
