"""Parked cars: rounded clay toys in good colours. A car stands on y = 0 with its nose towards +z."""

# ruff: noqa: PLR2004 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.palette import IRON, PAINTS, pick, tinted
from kirin_video.engines.previs.city.solids import Floats, Rgb, loft, rod, shaded, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh

_GLASS: Rgb = (0.13, 0.18, 0.22)
_TYRE: Rgb = (0.10, 0.10, 0.105)
_HUB: Rgb = (0.62, 0.61, 0.58)


@dataclass(frozen=True, slots=True)
class Body:
    """The proportions of a car, metres.

    Attributes:
        length: bumper to bumper.
        width: over the doors.
        hip: height of the bonnet and the window line.
        roof: height of the roof.
        cabin: z of the foot of the rear window and of the windscreen.
        rake: how far the rear window and the windscreen lean in.
        wheel: wheel radius.
    """

    length: float
    width: float
    hip: float
    roof: float
    cabin: tuple[float, float]
    rake: tuple[float, float]
    wheel: float


BODIES = (
    Body(4.3, 1.74, 0.88, 1.44, (-1.55, 0.85), (0.62, 0.75), 0.33),
    Body(3.6, 1.66, 0.92, 1.52, (-1.62, 0.75), (0.30, 0.62), 0.31),
    Body(3.9, 1.62, 0.86, 1.46, (-1.30, 0.80), (0.85, 0.60), 0.32),
    Body(4.9, 1.90, 1.10, 2.15, (-2.38, 1.55), (0.10, 0.80), 0.36),
)
"""A saloon, a hatchback, a bubble and a van."""


def any_car(rng: np.random.Generator, *, detail: int, lit: bool = False) -> Mesh:
    """A car from the palette, its lamps on or off."""
    return car(
        BODIES[int(rng.choice(4, p=[0.38, 0.3, 0.22, 0.1]))],
        tinted(rng, pick(rng, PAINTS), 0.08),
        detail,
        lit=lit,
    )


def car(body: Body, paint: Rgb, detail: int, *, lit: bool = False) -> Mesh:
    """One car; detail 1 has fewer sides, detail 0 is a silhouette; ``lit`` lamps shine at night."""
    clay = Clay()
    if detail == 0:
        _silhouette(clay, body, paint)
        return clay.mesh()
    clay.add(loft(_hull(body, 16 if detail == 2 else 10), paint))
    _cabin(clay, body, paint)
    _wheels(clay, body, detail)
    _trim(clay, body, paint, lit=lit)
    return clay.mesh()


def _silhouette(clay: Clay, body: Body, paint: Rgb) -> None:
    """What is left of a car a hundred metres away."""
    end, half = body.length / 2.0, body.width / 2.0
    clay.box((-half * 0.9, 0.0, -end * 0.85), (half * 0.9, 0.3, end * 0.85), _TYRE)
    clay.soft_box((-half, 0.25, -end), (half, body.hip, end), paint, bevel=0.15)
    clay.soft_box(
        (-half * 0.85, body.hip - 0.1, body.cabin[0] + 0.3),
        (half * 0.85, body.roof - 0.06, body.cabin[1] - 0.4),
        _GLASS,
    )
    clay.box(
        (-half * 0.8, body.roof - 0.1, body.cabin[0] + 0.4),
        (half * 0.8, body.roof, body.cabin[1] - 0.6),
        paint,
    )


def _hull(body: Body, around: int) -> Floats:
    """Rounded cross-sections from tail to nose."""
    end = body.length / 2.0
    stations = (
        (-end, 0.42, 0.66, 0.70),
        (-end + 0.07, 0.33, 0.84, 0.88),
        (-end + 0.35, 0.25, 1.0, 0.98),
        (-end * 0.45, 0.22, 1.03, 1.0),
        (end * 0.40, 0.22, 1.0, 1.0),
        (end - 0.55, 0.24, 0.93, 0.98),
        (end - 0.14, 0.30, 0.80, 0.90),
        (end, 0.40, 0.62, 0.74),
    )
    turn = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False, dtype=np.float32) + np.pi / around
    cos, sin = np.cos(turn), np.sin(turn)
    # A superellipse of exponent 5: a square with generous corners.
    square = (np.abs(cos) ** 5 + np.abs(sin) ** 5) ** (-1.0 / 5.0)
    rings: list[Floats] = []
    for z, low, top, wide in stations:
        middle, tall = (low + top * body.hip) / 2.0, (top * body.hip - low) / 2.0
        x = cos * square * body.width / 2.0 * wide
        y = middle + sin * square * tall
        # Sides lean in a little above the waist.
        x = x * (1.0 - 0.10 * np.clip((y - middle) / max(tall, 0.1), 0.0, 1.0))
        rings.append(np.stack([x, y, np.full_like(x, z)], axis=1).astype(np.float32))
    return np.stack(rings)


def _cabin(clay: Clay, body: Body, paint: Rgb) -> None:
    """Glasshouse, roof and pillars: one leaning box each, so that the edges stay crisp."""
    back, front = body.cabin
    low, high = body.hip - 0.14, body.roof
    half = body.width / 2.0 - 0.07

    def leaning(grow: float) -> Callable[[Floats], Floats]:
        def bend(points: Floats) -> Floats:
            up = np.clip((points[:, 1] - low) / (high - low), 0.0, 1.0)
            bent = points.copy()
            bent[:, 0] *= 1.0 - 0.20 * up
            share = (points[:, 2] - back) / (front - back)
            bent[:, 2] += up * ((1.0 - share) * body.rake[0] - share * body.rake[1]) * grow
            return bent.astype(np.float32)

        return bend

    bend = leaning(1.0)
    clay.add(soft_box((-half, low, back), (half, high - 0.1, front), _GLASS, bevel=0.06, bend=bend))
    roof = soft_box(
        (-half - 0.01, high - 0.17, back + 0.0), (half + 0.01, high, front), paint, bevel=0.09, bend=bend
    )
    clay.add(roof)
    pillars = (back + 0.06, back + (front - back) * 0.52, front - 0.06)
    for z in pillars:
        for side in (-1.0, 1.0):
            foot = np.array(
                [[side * (half + 0.005), low + 0.1, z], [side * (half + 0.005), high - 0.12, z]], np.float32
            )
            a, b = bend(foot)
            clay.add(rod(tuple(map(float, a)), tuple(map(float, b)), 0.045, paint, sides=5))  # pyright: ignore[reportArgumentType]


def _wheels(clay: Clay, body: Body, detail: int) -> None:
    r, half = body.wheel, body.width / 2.0
    axles = (-body.length * 0.31, body.length * 0.31)
    sides = 12 if detail == 2 else 8
    tyre = turned([(r * 0.6, 0.0), (r * 0.9, 0.0), (r, 0.05), (r, 0.2)], _TYRE, sides=sides)
    hub = turned([(r * 0.64, 0.015), (r * 0.5, -0.01), (r * 0.2, 0.02), (0.0, 0.0)][::-1], _HUB, sides=sides)
    arch = turned([(0.0, 0.0), (r * 1.2, 0.0)], shaded(_TYRE, 0.5), sides=sides)
    for z in axles:
        for side in (-1.0, 1.0):
            for part, out in ((tyre, half + 0.035), (hub, half + 0.02), (arch, half + 0.008)):
                # The wheel is turned about y; lay its axis along x with its face outwards.
                spun = part.positions[:, [1, 2, 0]] * np.array([-side, 1.0, side], np.float32)
                normals = part.normals[:, [1, 2, 0]] * np.array([-side, 1.0, side], np.float32)
                faces = part.faces
                place = np.array([side * out, r, z], np.float32)
                clay.add(
                    _outwards(Mesh((spun + place).astype(np.float32), normals, part.colors, part.glow, faces))
                )


def _outwards(mesh: Mesh) -> Mesh:
    """The same mesh with every triangle wound the way its normals point."""
    a, b, c = (mesh.positions[mesh.faces[:, i]] for i in range(3))
    wrong = (np.cross(b - a, c - a) * mesh.normals[mesh.faces[:, 0]]).sum(axis=1) < 0.0
    faces = np.where(wrong[:, None], mesh.faces[:, ::-1], mesh.faces)
    return Mesh(
        mesh.positions, mesh.normals.astype(np.float32), mesh.colors, mesh.glow, faces.astype(np.uint32)
    )


def _trim(clay: Clay, body: Body, paint: Rgb, *, lit: bool) -> None:
    end, half, y = body.length / 2.0, body.width / 2.0, body.hip * 0.66
    for side in (-1.0, 1.0):
        x = side * half * 0.62
        clay.soft_box(
            (x - 0.15, y - 0.08, end - 0.14),
            (x + 0.15, y + 0.08, end + 0.0),
            (0.86, 0.82, 0.70),
            bevel=0.05,
            glow=0.9 * lit,
        )
        clay.soft_box(
            (x - 0.13, y - 0.02, -end - 0.02),
            (x + 0.13, y + 0.12, -end + 0.12),
            (0.50, 0.08, 0.07),
            bevel=0.05,
            glow=0.7 * lit,
        )
        mirror = side * (half + 0.06)
        z = body.cabin[1] - 0.3
        clay.soft_box(
            (mirror - 0.08, body.hip + 0.0, z - 0.06), (mirror + 0.08, body.hip + 0.13, z + 0.06), paint
        )
    for z0, z1 in ((-end - 0.04, -end + 0.2), (end - 0.2, end + 0.04)):
        clay.soft_box((-half * 0.82, 0.30, z0), (half * 0.82, 0.44, z1), shaded(_HUB, 0.8), bevel=0.06)
    clay.box((-0.26, 0.36, end + 0.03), (0.26, 0.47, end + 0.07), (0.80, 0.78, 0.70), faces="xXyYZ")
    clay.box((-half * 0.42, y - 0.07, end - 0.05), (half * 0.42, y + 0.05, end + 0.02), IRON, faces="xXyYZ")
