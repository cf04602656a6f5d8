"""Tears: a wet trace down each cheek, and a drop that runs along it again and again."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame, Vec
from kirin_video.engines.previs.bodies.person.palette import Rgb
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.bodies.sculpt import Layer, Sculpture
from kirin_video.engines.previs.bodies.trims import bead, horn

_WAY = ((-0.105, 27.0), (-0.150, 31.0), (-0.205, 33.0), (-0.260, 32.0), (-0.315, 29.0), (-0.360, 26.0))
"""A tear's way: heights above the middle of the skull, in shares of the head, and degrees to the side."""
_WATER: Rgb = (0.80, 0.90, 0.98)
_TRACE, _DROP = 0.0060, 0.0155
"""Half the width of the trace and of the drop, in shares of the head."""
_RUN_S, _APART_S, _WELLS = 2.9, 1.3, 0.22
"""How long a drop runs, by how much the second eye's is later, and for which share of it a drop wells up."""


def add_tears(clay: Sculpture, skin: Layer, f: Frame) -> Mapping[str, Vec]:
    """Lay tears on both cheeks.

    Args:
        clay: whose bones they get: ``tear_l`` and ``tear_r``.
        skin: the layer of the head, eyes and mouth in place.
        f: the joints.

    Returns:
        By side, (n, 3), the way of the drop in the body's space.
    """
    ways: dict[str, Vec] = {}
    for name, side in SIDES.items():
        path = np.array([_on_skin(skin, f, high, side * angle) for high, angle in _WAY])
        radii = [
            _TRACE * f.head * (0.5 + 0.5 * math.sin(0.3 + 2.4 * k / (len(_WAY) - 1)))
            for k in range(len(_WAY))
        ]
        skin.trim(horn(list(path), radii, _WATER, _WATER, sides=5), "head", gloss=0.9)
        clay.bone(f"tear_{name}", path[0], path[-1], "head")
        size = np.array([0.8, 1.25, 1.0]) * _DROP * f.head
        skin.trim(bead(path[0], size, _WATER, level=1, glow=0.25), f"tear_{name}", gloss=1.0)
        ways[name] = path
    return ways


def _on_skin(skin: Layer, f: Frame, high: float, angle: float) -> Vec:
    way = np.array([math.cos(math.radians(angle)), 0.0, math.sin(math.radians(angle))])
    return skin.surface(f.skull + np.array([0.0, high, 0.0]) * f.head, way, 0.8 * f.head)


def run_of(path: Vec, times: Floats, side: float) -> Floats:
    """How far a drop has come from where it wells up, (f, 3).

    Args:
        path: (n, 3), its way.
        times: (f,), seconds.
        side: whose drop: -1 is left, 1 right.
    """
    share = np.mod((times + (_APART_S if side < 0.0 else 0.0)) / _RUN_S, 1.0)
    along = np.clip((share - _WELLS) / (1.0 - _WELLS), 0.0, 1.0) ** 1.4 * (len(path) - 1.0)
    steps = np.arange(float(len(path)))
    moved: list[Floats] = [np.interp(along, steps, path[:, axis] - path[0, axis]) for axis in range(3)]
    return np.stack(moved, 1)
