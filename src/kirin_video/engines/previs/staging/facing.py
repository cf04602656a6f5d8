"""Facing: bodies that can be seen from one side only are turned so that it shows."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Protocol

import numpy as np

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.track import Floats, Track

_MOST = 0.42
"""How far such a body may still turn away from the picture, radians."""


_WIDEST = 0.45
"""How far from the middle of the picture bodies are still turned after the camera, radians."""


class Looking(Protocol):
    """The picture that somebody is seen in."""

    @property
    def eye(self) -> tuple[float, float]:
        """X and z of the camera."""
        ...

    def turn(self, right: float, ahead: float) -> float:
        """The turn of a body that goes so much to the right and so much away."""
        ...


def shown(track: Track, body: Body, look: Looking, *, most: float = _MOST) -> Track:
    """The track of a body turned no further from whoever looks than it can be seen.

    A body with two sides turns over where its way turns round.

    Args:
        track: its way.
        body: who.
        look: the picture.
        most: how far it may still turn away, radians.
    """
    if not body.sides:
        return track
    x, z = track.places[:, 0], track.places[:, 2]
    straight = look.turn(0.0, -1.0)
    towards_eye = np.arctan2(z - look.eye[1], look.eye[0] - x)
    viewer = straight + np.clip(_half_turn(towards_eye - straight), -_WIDEST, _WIDEST)
    off = np.stack([_half_turn(viewer - track.turns - side) for side in body.sides], 1)
    nearest = np.take_along_axis(off, np.abs(off).argmin(1)[:, None], 1)[:, 0]
    kept = most * np.sin(np.clip(nearest, -math.pi / 2.0, math.pi / 2.0))
    return replace(track, turns=np.unwrap(track.turns + nearest - kept))


def _half_turn(angles: Floats) -> Floats:
    """The same angles between minus and plus half a turn."""
    return (angles + math.pi) % (2.0 * math.pi) - math.pi
