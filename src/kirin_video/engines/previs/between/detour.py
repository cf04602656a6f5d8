"""What the prompt's camera does on a way whose ends are given: it departs from it and comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kirin_video.engines.previs.between.path import Matrix, Path, eased, swell
from kirin_video.engines.previs.photo.moves import FOCAL
from kirin_video.engines.previs.plan import Move

_MOST_ZOOM: Final = 1.3
_SAMPLES: Final = 9
_BORDER_POINTS: Final = 24
_MISSING_PX: Final = 1.0

_VERBS: Final[dict[Move, tuple[float, float, float]]] = {
    Move.PUSH_IN: (0.0, 0.0, 0.10),
    Move.TRACK_FORWARD: (0.0, 0.0, 0.14),
    Move.PULL_OUT: (0.0, 0.0, -0.05),
    Move.PAN_LEFT: (-0.045, 0.0, 0.0),
    Move.PAN_RIGHT: (0.045, 0.0, 0.0),
    Move.TRACK_LEFT: (-0.04, 0.0, 0.0),
    Move.TRACK_RIGHT: (0.04, 0.0, 0.0),
    Move.ORBIT_LEFT: (-0.05, 0.0, 0.02),
    Move.ORBIT_RIGHT: (0.05, 0.0, 0.02),
    Move.TILT_UP: (0.0, -0.04, 0.0),
    Move.TILT_DOWN: (0.0, 0.04, 0.0),
    Move.CRANE_UP: (0.0, -0.035, 0.0),
    Move.CRANE_DOWN: (0.0, 0.035, 0.0),
}
"""Yaw to the right and pitch downwards in radians, and how much the lens closes, at the height of a move."""


@dataclass(frozen=True, slots=True)
class Detour:
    """A turn of the camera and a closing of its lens that swell in the middle of the way.

    Attributes:
        width: of the frame, pixels.
        height: of the frame, pixels.
        yaw: at its height, radians to the right.
        pitch: at its height, radians downwards.
        zoom: of the lens at its height.
    """

    width: int
    height: int
    yaw: float = 0.0
    pitch: float = 0.0
    zoom: float = 1.0

    def at(self, way: float, held: float) -> Matrix:
        """What takes pixels of the undisturbed view to those of the view taken.

        Args:
            way: how far along the camera is, 0 to 1.
            held: how much of the detour there is, 0 to 1.
        """
        del way
        focal = FOCAL * max(self.width, self.height)
        zoom = 1.0 + (self.zoom - 1.0) * held
        lens = np.array(
            [[focal, 0.0, (self.width - 1) / 2], [0.0, focal, (self.height - 1) / 2], [0.0, 0.0, 1.0]]
        )
        closed = lens.copy()
        closed[0, 0] = closed[1, 1] = focal * zoom
        yaw, pitch = self.yaw * held, self.pitch * held
        turned = np.array(
            [[math.cos(yaw), 0.0, -math.sin(yaw)], [0.0, 1.0, 0.0], [math.sin(yaw), 0.0, math.cos(yaw)]]
        )
        tipped = np.array(
            [
                [1.0, 0.0, 0.0],
                [0.0, math.cos(pitch), -math.sin(pitch)],
                [0.0, math.sin(pitch), math.cos(pitch)],
            ]
        )
        return closed @ tipped @ turned @ np.linalg.inv(lens)


def detour_for(move: Move, energy: float, path: Path) -> Detour:
    """The detour of a camera verb, with the lens closed as far as it takes to see only what pictures show.

    Args:
        move: the prompt's.
        energy: how far it goes.
        path: the way between the pictures.
    """
    yaw, pitch, closing = _VERBS.get(move, (0.0, 0.0, 0.0))
    wished = Detour(path.width, path.height, yaw * energy, pitch * energy, 1.0 + closing * energy)
    for _ in range(8):
        low, high = wished.zoom, max(wished.zoom, _MOST_ZOOM)
        if _missing(wished, path) <= _MISSING_PX:
            return wished
        if _missing(replace(wished, zoom=high), path) <= _MISSING_PX:
            for _ in range(10):
                middle = (low + high) / 2
                fits = _missing(replace(wished, zoom=middle), path) <= _MISSING_PX
                low, high = (low, middle) if fits else (middle, high)
            return replace(wished, zoom=high)
        wished = replace(
            wished, yaw=0.6 * wished.yaw, pitch=0.6 * wished.pitch, zoom=1.0 + 0.6 * (wished.zoom - 1.0)
        )
    return replace(wished, yaw=0.0, pitch=0.0, zoom=1.15)


def _missing(detour: Detour, path: Path) -> float:
    """By how many pixels the frame's border looks beyond both pictures, at most."""
    width, height = path.width, path.height
    worst = 0.0
    border = _border(width, height)
    for share in np.linspace(0.0, 1.0, _SAMPLES)[1:-1]:
        way, held = eased(float(share)), swell(float(share))
        seen = border @ np.linalg.inv(detour.at(way, held)).T
        nearest = np.full(len(border), np.inf)
        for back in (-way, 1.0 - way):
            at = seen @ path.over(back).T
            x, y = at[:, 0] / at[:, 2], at[:, 1] / at[:, 2]
            outside = np.maximum(np.maximum(-x, x - (width - 1)), np.maximum(-y, y - (height - 1)))
            nearest = np.minimum(nearest, np.maximum(outside, 0.0))
        worst = max(worst, float(nearest.max()))
    return worst


def _border(width: int, height: int) -> Matrix:
    along = np.linspace(0.0, 1.0, _BORDER_POINTS)
    sides = [np.stack([along * (width - 1), np.full_like(along, y)], 1) for y in (0.0, height - 1.0)] + [
        np.stack([np.full_like(along, x), along * (height - 1)], 1) for x in (0.0, width - 1.0)
    ]
    points = np.concatenate(sides)
    return np.hstack([points, np.ones((len(points), 1))])
