"""A cockpit: what a driver sees of the car and of himself.

Metres from the eye: x ahead, y up, z to the right.
"""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.shapes import tube

_DASH, _EDGE, _WHEEL = (0.31, 0.29, 0.28), (0.20, 0.20, 0.21), (0.52, 0.35, 0.22)
_SKIN, _SLEEVE, _LINING = (0.86, 0.66, 0.52), (0.30, 0.38, 0.56), (0.42, 0.41, 0.40)
_HUB = (0.58, -0.29, -0.03)
_RIM_M, _LEAN = 0.185, math.radians(24.0)
"""The wheel's radius, and how far its upper edge leans away from the driver."""
_HANDS_AT = math.radians(24.0)
"""How high on the wheel's sides hands hold it."""


def cockpit(poses: Floats, subject: int) -> Actor:
    """A cockpit that goes with the eye.

    Args:
        poses: float64, (f, 3, 4), from the eye's space to the world.
        subject: number of the car in the plan.
    """
    mesh = merge([*_car(), *_wheel(), *_arm(-1.0), *_arm(1.0)])
    n = len(mesh.positions)
    skin, bones = np.zeros((n, 4), np.uint8), np.zeros((n, 4), np.uint8)
    skin[:, 0], skin[:, 2] = 190, 25
    weights = np.zeros_like(bones)
    weights[:, 0] = 255
    moved = poses[:, None].astype(np.float32)
    along = np.zeros(n, np.float32)
    return Actor(mesh, skin, along, bones, weights, moved, casts=False, subject=subject)


def _car() -> list[Mesh]:
    """The dashboard with its instruments, the pillars, the edge of the roof and the mirror."""
    hood = ball((0.80, -0.30, _HUB[2]), (0.13, 0.085, 0.20), _EDGE, level=3)
    dials = [
        ball(
            (0.70, -0.295, _HUB[2] + side * 0.075),
            (0.012, 0.042, 0.042),
            (0.75, 0.85, 0.95),
            level=2,
            glow=0.5,
        )
        for side in (-1.0, 1.0)
    ]
    pillars = [
        tube(
            np.array([(0.98, -0.40, side * 0.84), (0.50, 0.42, side * 0.60)]),
            np.array([0.045, 0.04]),
            8,
            _LINING,
        )
        for side in (-1.0, 1.0)
    ]
    return [
        box((0.78, -0.70, -1.3), (1.35, -0.305, 1.3), _DASH, round_m=0.05),
        box((0.74, -0.47, 0.16), (0.80, -0.335, 0.46), (0.16, 0.20, 0.24), round_m=0.01, glow=0.25),
        hood,
        *dials,
        *pillars,
        box((0.30, 0.335, -1.0), (0.56, 0.45, 1.0), _LINING, round_m=0.03),
        box((0.60, 0.235, 0.22), (0.63, 0.295, 0.44), _EDGE, round_m=0.02),
        box((0.596, 0.243, 0.23), (0.60, 0.287, 0.43), (0.62, 0.70, 0.76), round_m=0.001),
    ]


def _on_wheel(angle: float, radius: float) -> tuple[float, float, float]:
    """A place on the wheel; the angle goes from its right side upwards."""
    up = radius * math.sin(angle)
    x, y, z = _HUB
    return x + up * math.sin(_LEAN), y + up * math.cos(_LEAN), z + radius * math.cos(angle)


def _wheel() -> list[Mesh]:
    turn = np.linspace(0.0, 2.0 * math.pi, 41)
    rim = np.array([_on_wheel(a, _RIM_M) for a in turn.tolist()])
    spokes = [
        tube(np.array([_on_wheel(a, 0.03), _on_wheel(a, _RIM_M)]), np.array([0.02, 0.014]), 6, _WHEEL)
        for a in (0.12, math.pi - 0.12, -math.pi / 2.0)
    ]
    return [
        tube(rim, np.full(len(rim), 0.0155), 10, _WHEEL),
        *spokes,
        ball(_HUB, (0.03, 0.055, 0.06), _EDGE, level=2),
    ]


def _arm(side: float) -> list[Mesh]:
    """A hand round the wheel's rim, its thumb on it, and the arm that it comes from."""
    angle = _HANDS_AT if side > 0.0 else math.pi - _HANDS_AT
    grip = np.array(_on_wheel(angle, _RIM_M + 0.004))
    wrist = grip + np.array([-0.085, -0.055, side * 0.012])
    elbow = np.array([0.22, -0.56, _HUB[2] + side * 0.36])
    cuff = wrist + 0.16 * (elbow - wrist)
    knuckles = [
        tube(
            np.stack(
                [
                    grip + np.array([-0.035, 0.030 - 0.019 * k, side * 0.004]),
                    grip + np.array([0.006, 0.034 - 0.019 * k, side * 0.026]),
                    grip + np.array([0.030, 0.028 - 0.019 * k, -side * 0.004]),
                ]
            ),
            np.array([0.012, 0.0125, 0.010]),
            8,
            _SKIN,
        )
        for k in range(4)
    ]
    thumb = tube(
        np.stack(
            [wrist + np.array([0.03, 0.02, -side * 0.02]), grip + np.array([-0.012, 0.045, -side * 0.022])]
        ),
        np.array([0.015, 0.011]),
        8,
        _SKIN,
    )
    return [
        ball(grip + np.array([-0.036, -0.004, side * 0.006]), (0.045, 0.042, 0.030), _SKIN, level=3),
        *knuckles,
        thumb,
        tube(np.stack([grip + np.array([-0.05, -0.02, 0.0]), cuff]), np.array([0.028, 0.033]), 12, _SKIN),
        tube(np.stack([cuff, elbow]), np.array([0.045, 0.062]), 14, _SLEEVE),
    ]
