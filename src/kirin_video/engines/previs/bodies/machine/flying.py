"""What flying machines share: how they go, fins and round noses."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.solids import prism
from kirin_video.engines.previs.bodies.machine.paint import GLASS
from kirin_video.engines.previs.mesh import Mesh

Rgb = tuple[float, float, float]
WHITE: Rgb = (0.93, 0.94, 0.95)


def flies(
    ride: Ride,
    body: int,
    length: float,
    width: float,
    speed: float,
    tall: float,
    *,
    spinners: tuple[Spinner, ...] = (),
    flames: tuple[Flame, ...] = (),
    gear: tuple[int, ...] = (),
    low: float = 0.0,
    head: tuple[float, float, float] = (0.0, 0.0, 0.0),
) -> Mechanism:
    """The mechanism of what flies: ``low`` is its lowest point, ``head`` where it is looked at."""
    return Mechanism(
        ride=ride,
        hull=body,
        base_m=length,
        gauge_m=width,
        speed=speed,
        height_m=tall,
        middle_m=0.5 * tall,
        spinners=spinners,
        flames=flames,
        gear=gear,
        contacts=(Contact(0, (0.0, low, 0.0), 0.3 * max(length, 0.6 * width), 0.45),),
        anchors=(
            ("head", body, head),
            ("top", body, (0.0, tall, 0.0)),
            ("saddle", body, (0.2 * length, 0.6 * tall, 0.0)),
        ),
    )


def porthole(x: float, y: float, z: float, half_w: float, half_h: float, color: Rgb = GLASS) -> Mesh:
    """A pane with round corners on a wall at z, facing away from the middle."""
    rim = rounded(
        [
            (x - half_w, y - half_h),
            (x + half_w, y - half_h),
            (x + half_w, y + half_h),
            (x - half_w, y + half_h),
        ],
        min(half_w, half_h) * 0.9,
        2,
    )
    points = np.array(
        [(a, b, z + math.copysign(0.03, z)) for a, b in rim] + [(x, y, z + math.copysign(0.03, z))]
    )
    k = np.arange(len(rim))
    faces = np.stack([np.full(len(rim), len(rim)), k, (k + 1) % len(rim)], 1)
    return creased(points, faces if z > 0.0 else faces[:, ::-1], color)


def facet_at(corners: list[tuple[float, float, float]], color: Rgb) -> Mesh:
    """A flat pane between four corners, facing away from a nose."""
    points = np.array(corners)
    normal = np.cross(points[1] - points[0], points[2] - points[0])
    faces = np.array([[0, 1, 2], [0, 2, 3]])
    outward = points.mean(0) - np.array([points[:, 0].mean() - 0.8, points[:, 1].mean() - 0.8, 0.0])
    return creased(points, faces if float(normal @ outward) > 0.0 else faces[:, ::-1], color)


def upright_fin(
    foot: tuple[float, float], chord: float, tip: float, tall: float, color: Rgb, thick: float = 0.16
) -> Mesh:
    """An upright fin, swept back."""
    x, y = foot
    outline = [
        (x + 0.2, y - 0.6),
        (x + 0.2 + 0.12 * chord, y),
        (x - 0.62 * chord - 0.2, y + tall),
        (x - 0.62 * chord - 0.2 - tip, y + tall),
        (x - chord, y - 0.6),
    ]
    return prism(
        rounded(outline if counter_clockwise(outline) else outline[::-1], 0.3),
        -thick,
        thick,
        color,
        round_m=0.11,
    )


def counter_clockwise(rim: list[tuple[float, float]]) -> bool:
    """Which way round an outline runs."""
    p = np.array(rim)
    q = np.roll(p, -1, 0)
    return float((p[:, 0] * q[:, 1] - q[:, 0] * p[:, 1]).sum()) > 0.0
