"""What railway stations are made of: platforms, their roofs, signs, clocks and seats, and carriages."""

# ruff: noqa: PLR2004 - stations are made of measures
from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, facing
from kirin_video.engines.previs.city.solids import Rgb, ball, rod, shaded, turned
from kirin_video.engines.previs.mesh import Mesh, merge

HIGH_M = 0.95
"""Of a platform's surface above the bed of the rails."""
_SLAB: Rgb = (0.60, 0.58, 0.55)
_FACE: Rgb = (0.36, 0.35, 0.34)
_WHITE: Rgb = (0.88, 0.87, 0.83)
_YELLOW: Rgb = (0.92, 0.74, 0.16)
_STEEL: Rgb = (0.30, 0.36, 0.38)
_BOARD: Rgb = (0.10, 0.24, 0.46)
_WOOD: Rgb = (0.50, 0.33, 0.20)
_GLASS: Rgb = (0.16, 0.22, 0.27)


def platform(edge_x: float, back_x: float, near_z: float, far_z: float) -> Mesh:
    """A platform along z: slabs, a white edge and a yellow line to stay behind.

    Args:
        edge_x: where it ends above the rails.
        back_x: its other side.
        near_z: its near end.
        far_z: its far end.
    """
    clay, inward = Clay(), 1.0 if back_x > edge_x else -1.0
    low, high = min(edge_x, back_x), max(edge_x, back_x)
    clay.box((low, -0.6, far_z), (high, HIGH_M - 0.004, near_z), _FACE, faces="xXzZ")
    rng = np.random.default_rng(5)
    bands = [(0.0, 0.32, _WHITE), (0.32, 0.85, _SLAB), (0.85, 1.25, _YELLOW)]
    rest = np.linspace(1.25, high - low, max(round((high - low - 1.25) / 1.3), 1) + 1).tolist()
    bands += [(a, b, _SLAB) for a, b in pairwise(rest)]
    steps = np.arange(near_z, far_z, -1.5).tolist()
    for a, b, color in bands:
        x0, x1 = sorted((edge_x + inward * a, edge_x + inward * b))
        for z in steps:
            step = 1.5 if z > -45.0 else 6.0
            if step == 6.0 and round((near_z - z) / 1.5) % 4:
                continue
            end = max(z - step, far_z)
            tone = 1.0 + 0.07 * float(rng.uniform(-1.0, 1.0))
            gap = 0.012 if color == _SLAB and z > -25.0 else 0.0
            clay.quad(
                (
                    (x0 + gap, HIGH_M, z - gap),
                    (x1 - gap, HIGH_M, z - gap),
                    (x1 - gap, HIGH_M, end + gap),
                    (x0 + gap, HIGH_M, end + gap),
                ),
                shaded(color, tone),
            )
    clay.quad(
        (
            (low, HIGH_M - 0.01, near_z),
            (high, HIGH_M - 0.01, near_z),
            (high, HIGH_M - 0.01, far_z),
            (low, HIGH_M - 0.01, far_z),
        ),
        shaded(_SLAB, 0.7),
    )
    return clay.mesh()


def canopy(  # noqa: PLR0913 -- where it stands and where it ends
    post_x: float, low_x: float, high_x: float, near_z: float, far_z: float, *, lit: bool
) -> Mesh:
    """A platform's roof: steel posts with struts, boards, a strip of lamps under it.

    Args:
        post_x: where its posts stand.
        low_x: its left side.
        high_x: its right side.
        near_z: its near end.
        far_z: its far end.
        lit: whether its lamps burn.
    """
    clay, roof = Clay(), HIGH_M + 4.1
    wings = [(low_x, post_x, 0.75, 0.0), (post_x, high_x, 0.0, 0.75)]
    for x0, x1, y0, y1 in wings:
        a, b = roof + y0, roof + y1
        clay.quad(((x0, a, near_z), (x1, b, near_z), (x1, b, far_z), (x0, a, far_z)), (0.46, 0.47, 0.46))
        under = ((x0, a - 0.14, far_z), (x1, b - 0.14, far_z), (x1, b - 0.14, near_z), (x0, a - 0.14, near_z))
        clay.quad(under, (0.74, 0.70, 0.62))
        clay.quad(((x0, a - 0.14, near_z), (x1, b - 0.14, near_z), (x1, b, near_z), (x0, a, near_z)), _STEEL)
    for x, face in ((low_x, "x"), (high_x, "X")):
        clay.box((x - 0.06, roof + 0.45, far_z), (x + 0.06, roof + 0.85, near_z), _STEEL, faces=face + "y")
    for z in np.arange(near_z - 3.0, far_z, -7.0).tolist():
        clay.box((post_x - 0.13, HIGH_M, z - 0.13), (post_x + 0.13, roof, z + 0.13), _STEEL, faces="xXzZ")
        for x in (low_x + 0.2, high_x - 0.2):
            clay.add(rod((post_x, roof - 1.1, z), (x, roof + 0.52, z), 0.07, _STEEL, sides=6))
        for x in ((low_x + post_x) / 2.0, (high_x + post_x) / 2.0):
            tone: Rgb = (1.0, 0.92, 0.74) if lit else (0.86, 0.85, 0.80)
            glow = 0.75 if lit else 0.0
            clay.box(
                (x - 0.09, roof - 0.02, z - 3.0),
                (x + 0.09, roof + 0.06, z - 1.2),
                tone,
                faces="xXyzZ",
                glow=glow,
            )
    return clay.mesh()


def hanging_clock(x: float, y: float, z: float) -> Mesh:
    """A round clock on a rod, its faces along z."""
    parts = [
        rod((x, y + 0.4, z), (x, y + 1.3, z), 0.03, _STEEL),
        _disc((x, y, z), 0.46, 0.10, (0.16, 0.18, 0.19)),
    ]
    for side in (1.0, -1.0):
        at = z + 0.11 * side
        parts.append(_disc((x, y, at - 0.01 * side), 0.39, 0.012, (0.95, 0.94, 0.90), glow=0.25))
        for turn, long, wide in ((0.6, 0.20, 0.035), (2.5, 0.31, 0.024)):
            tip = (x + side * math.sin(turn) * long, y + math.cos(turn) * long, at + 0.012 * side)
            parts.append(rod((x, y, at + 0.012 * side), tip, wide * 0.6, (0.08, 0.08, 0.09), sides=4))
    return merge(parts)


def _disc(
    middle: tuple[float, float, float], radius: float, half: float, color: Rgb, glow: float = 0.0
) -> Mesh:
    """A flat round box whose faces look along z."""
    lying = turned([(0.0, -half), (radius, -half), (radius, half), (0.0, half)], color, sides=20, glow=glow)
    turn = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]], np.float32)
    return Mesh(
        (lying.positions @ turn + np.array(middle, np.float32)).astype(np.float32),
        (lying.normals @ turn).astype(np.float32),
        lying.colors,
        lying.glow,
        lying.faces,
    )


def name_board(x: float, y: float, z: float, *, lit: bool) -> Mesh:
    """A blue board with white strokes that could be any name, seen from both sides."""
    clay = Clay()
    clay.box((x - 1.15, y - 0.32, z - 0.05), (x + 1.15, y + 0.32, z + 0.05), _BOARD, faces="xXyYzZ")
    glow = 0.35 if lit else 0.0
    rng = np.random.default_rng(11)
    for side in (1.0, -1.0):
        at = z + 0.056 * side
        clay.box(
            (x - 1.08, y - 0.25, at - 0.004), (x + 1.08, y - 0.20, at + 0.004), _WHITE, faces="zZ", glow=glow
        )
        left = x - 0.9
        while left < x + 0.8:
            wide = float(rng.uniform(0.08, 0.16))
            clay.box(
                (left, y - 0.1, at - 0.004),
                (left + 0.035, y + 0.18, at + 0.004),
                _WHITE,
                faces="zZ",
                glow=glow,
            )
            top = y + float(rng.choice((-0.1, 0.02, 0.15)))
            clay.box(
                (left, top, at - 0.004), (left + wide, top + 0.035, at + 0.004), _WHITE, faces="zZ", glow=glow
            )
            left += wide + 0.07
    for dx in (-0.9, 0.9):
        clay.add(rod((x + dx, y + 0.3, z), (x + dx, y + 1.1, z), 0.025, _STEEL))
    return clay.mesh()


def seat(x: float, z: float, facing: float) -> Mesh:
    """A bench along z that faces ``facing`` (1.0 towards +x)."""
    clay = Clay()
    for k in range(3):
        a = facing * (0.02 + 0.15 * k)
        x0, x1 = sorted((x + a, x + a + facing * 0.12))
        clay.box((x0, HIGH_M + 0.43, z - 0.9), (x1, HIGH_M + 0.48, z + 0.9), _WOOD, faces="xXYzZy")
    for k in range(3):
        x0, x1 = sorted((x - facing * 0.04, x))
        y = HIGH_M + 0.60 + 0.14 * k
        clay.box((x0, y, z - 0.9), (x1, y + 0.10, z + 0.9), _WOOD, faces="xXYzZy")
    for dz in (-0.7, 0.7):
        x0, x1 = sorted((x - facing * 0.02, x + facing * 0.44))
        clay.box((x0, HIGH_M, z + dz - 0.03), (x1, HIGH_M + 0.43, z + dz + 0.03), _STEEL, faces="xXzZ")
        x0, x1 = sorted((x - facing * 0.06, x - facing * 0.01))
        clay.box((x0, HIGH_M, z + dz - 0.03), (x1, HIGH_M + 1.0, z + dz + 0.03), _STEEL, faces="xXYzZ")
    return clay.mesh()


def carriages(  # noqa: PLR0913 -- where it stands and how it looks
    x: float, near_z: float, count: int, color: Rgb, *, lit: bool, metro: bool = False
) -> Mesh:
    """A train that stands: carriages along z, the first one's front looks to +z.

    Args:
        x: the middle of its rails.
        near_z: where it begins.
        count: how many.
        color: of its flanks.
        lit: whether its windows shine.
        metro: whether it has many wide doors.
    """
    clay = Clay()
    half, floor, top, long = 1.45, 1.0, 3.75, 19.0
    roof: Rgb = (0.55, 0.56, 0.57)
    pane: Rgb = (1.0, 0.86, 0.60) if lit else _GLASS
    glow = 0.42 if lit else 0.0
    for k in range(count):
        z1 = near_z - k * (long + 0.7)
        z0 = z1 - long
        clay.box((x - half, floor - 0.35, z0), (x + half, top - 0.55, z1), color, faces="xXzZy")
        clay.box(
            (x - half - 0.012, floor + 0.55, z0 + 0.02),
            (x + half + 0.012, floor + 0.72, z1 - 0.02),
            _WHITE,
            faces="xX",
        )
        clay.soft_box((x - half, top - 0.75, z0), (x + half, top, z1), roof, bevel=0.38)
        clay.box(
            (x - 1.0, 0.30, z0 + 1.5), (x + 1.0, floor - 0.3, z1 - 1.5), (0.15, 0.15, 0.16), faces="xXzZ"
        )
        step = 3.1 if metro else 2.35
        for n, z in enumerate(np.arange(z1 - 1.4, z0 + 1.2, -step).tolist()):
            door = metro or n in {0, 7}
            for side in (-1.0, 1.0):
                at = x + side * (half + 0.02)
                _pane(clay, at, side, (floor + 0.95, floor + 1.85), (z - 1.35, z - 0.15), pane, glow)
                if door:
                    at = x + side * (half + 0.028)
                    _pane(
                        clay,
                        at,
                        side,
                        (floor - 0.05, floor + 2.0),
                        (z - 0.08, z + 1.02),
                        shaded(color, 0.72),
                        0.0,
                    )
                    for a, b in ((z + 0.02, z + 0.42), (z + 0.52, z + 0.92)):
                        _pane(
                            clay,
                            x + side * (half + 0.034),
                            side,
                            (floor + 0.85, floor + 1.85),
                            (a, b),
                            pane,
                            glow,
                        )
    front = near_z + 0.02
    clay.front(x - 1.15, x + 1.15, floor + 0.95, floor + 2.0, front, _GLASS)
    clay.front(x - half, x + half, floor - 0.3, floor + 0.6, front, _YELLOW)
    for dx in (-1.0, 1.0):
        clay.add(
            ball(
                (x + dx, floor + 0.3, front), (0.16, 0.16, 0.07), (1.0, 0.95, 0.82), glow=1.0 if lit else 0.2
            )
        )
    return clay.mesh()


def _pane(  # noqa: PLR0913, PLR0917 -- a rectangle on a wall has many sides
    clay: Clay,
    x: float,
    side: float,
    up: tuple[float, float],
    along: tuple[float, float],
    color: Rgb,
    glow: float,
) -> None:
    """An upright rectangle that looks along x."""
    (y0, y1), (z0, z1) = up, along
    ring = ((x, y0, z1), (x, y0, z0), (x, y1, z0), (x, y1, z1))
    clay.quad(facing(ring, ahead=side > 0.0), color, glow=(glow, glow, glow, glow))
