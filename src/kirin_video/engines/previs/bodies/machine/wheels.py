"""Wheels of all sorts; their axle is z, their outer face looks along +z."""

# ruff: noqa: E501 -- machines are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.mesh import Mesh, merge

Rgb = tuple[float, float, float]
TYRE: Rgb = (0.105, 0.105, 0.115)
STEEL: Rgb = (0.70, 0.71, 0.73)
_DARK: Rgb = (0.05, 0.05, 0.055)


def road_wheel(
    radius: float, width: float, rim: Rgb, *, spokes: int = 5, sides: int = 26
) -> tuple[Mesh, Mesh]:
    """A tyre, and the rim with its spokes; the hub is at the origin."""
    r, w = radius, width / 2.0
    seat = 0.66 * r
    profile = [
        (seat, -w), (0.90 * r, -w), (0.98 * r, -0.72 * w), (r, -0.35 * w), (r, 0.35 * w), (0.98 * r, 0.72 * w),
        (0.90 * r, w), (0.74 * r, 1.02 * w), (seat, 0.92 * w),
    ]  # fmt: skip
    tyre = lathe(profile, TYRE, axis="z", sides=sides, crease_deg=60.0)
    dish = lathe(
        [(seat, 0.92 * w), (0.63 * r, 0.90 * w), (0.60 * r, 0.55 * w), (0.0, 0.45 * w)],
        [rim, rim, _DARK],
        axis="z",
        sides=sides,
        crease_deg=45.0,
    )
    parts = [dish, ball((0.0, 0.0, 0.66 * w), (0.13 * r, 0.13 * r, 0.18 * w), rim, level=1)]
    for k in range(spokes):
        arm = box((0.06 * r, -0.075 * r, 0.52 * w), (0.625 * r, 0.075 * r, 0.84 * w), rim, round_m=0.03 * r)
        parts.append(put(arm, turn=[("z", 360.0 * k / spokes + 90.0)]))
    return tyre, merge(parts)


def wire_wheel(radius: float, thick: float, color: Rgb, *, spokes: int = 18) -> tuple[Mesh, Mesh]:
    """A bicycle's wheel: the tyre, and its rim with hub and spokes."""
    tyre = ring((0.0, 0.0, 0.0), radius - thick, thick, TYRE, sides=40)
    rim = ring((0.0, 0.0, 0.0), radius - 2.3 * thick, 0.6 * thick, color, sides=40)
    wires = [rim, sweep([(0.0, 0.0, -0.04), (0.0, 0.0, 0.04)], 0.022, STEEL, sides=8)]
    for k in range(spokes):
        a = 2.0 * math.pi * k / spokes
        end = (math.cos(a) * (radius - 2.5 * thick), math.sin(a) * (radius - 2.5 * thick), 0.0)
        side = 0.03 if k % 2 else -0.03
        wires.append(sweep([(0.0, 0.0, side), end], 0.0028, STEEL, sides=4))
    return tyre, merge(wires)


def cart_wheel(radius: float, width: float, color: Rgb, *, spokes: int = 10) -> tuple[Mesh, Mesh]:
    """A wooden wheel with an iron tyre."""
    r, w = radius, width / 2.0
    profile = [(0.86 * r, -w), (r, -w), (r, w), (0.86 * r, w), (0.86 * r, -w)]
    tyre = lathe(profile, color, axis="z", sides=32)
    parts = [
        lathe(
            [(0.0, -1.6 * w), (0.15 * r, -1.6 * w), (0.18 * r, 0.0), (0.15 * r, 1.6 * w), (0.0, 1.6 * w)],
            color,
            axis="z",
            sides=16,
        )
    ]
    for k in range(spokes):
        arm = box((0.1 * r, -0.04 * r, -0.5 * w), (0.88 * r, 0.04 * r, 0.5 * w), color, round_m=0.01)
        parts.append(put(arm, turn=[("z", 360.0 * k / spokes)]))
    return tyre, merge(parts)


def train_wheel(radius: float, color: Rgb) -> Mesh:
    """A solid wheel with a flange."""
    r = radius
    profile = [
        (1.08 * r, -0.07),
        (1.08 * r, -0.04),
        (r, -0.035),
        (r, 0.06),
        (0.80 * r, 0.065),
        (0.75 * r, 0.04),
        (0.3 * r, 0.05),
        (0.25 * r, 0.10),
        (0.0, 0.10),
    ]
    return merge(
        [
            lathe(profile, color, axis="z", sides=24),
            disc((0.0, 0.0, -0.07), 1.08 * r, color, axis="-z", sides=24),
        ]
    )
