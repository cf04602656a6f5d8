"""The street itself: carriageway, kerbs and slabs.

The avenue runs along z in the middle of the plane; side streets cross it at given places.
"""

# ruff: noqa: PLR2004, PLR0913, PLR0917 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.markings import MARK_M, paint_markings
from kirin_video.engines.previs.city.palette import ASPHALT, KERB, PAINT_WHITE, SLAB, tinted
from kirin_video.engines.previs.city.solids import Rgb, as_bytes, shaded, solid
from kirin_video.engines.previs.mesh import Mesh

ROAD_HALF_M = 5.5
FRONT_M = 10.0
KERB_M = 0.15
SIDE_ROAD_HALF_M = 4.2
NEAR_END_M = 46.0
FAR_END_M = -150.0
_OUT_M = 160.0


def ground_height(x: float, z: float) -> float:
    """Height of the street's surface, metres: the pavements are a kerb higher than the road."""
    return KERB_M if abs(x) > ROAD_HALF_M and z > FAR_END_M else 0.0


def blocks(crossings: Sequence[float]) -> list[tuple[float, float]]:
    """The stretches of pavement between side streets as (far z, near z), nearest first."""
    nears = [NEAR_END_M, *(z - SIDE_ROAD_HALF_M for z in crossings)]
    fars = [*(z + SIDE_ROAD_HALF_M for z in crossings), FAR_END_M]
    return list(zip(fars, nears, strict=True))


def street(rng: np.random.Generator, crossings: Sequence[float], zebras: Sequence[float]) -> Mesh:
    """Everything that lies flat."""
    clay = Clay()
    far = (0.33, 0.33, 0.32)
    clay.quad(
        ((-700.0, -0.06, 700.0), (700.0, -0.06, 700.0), (700.0, -0.06, -800.0), (-700.0, -0.06, -800.0)), far
    )
    clay.add(_carriageway(rng))
    for z in crossings:
        for side in (-1.0, 1.0):
            _side_street(clay, z, side)
    for low, high in blocks(crossings):
        for side in (-1.0, 1.0):
            _pavement(clay, side, low, high, rng)
    paint_markings(clay, rng, crossings, zebras)
    return clay.mesh()


def _carriageway(rng: np.random.Generator) -> Mesh:
    """Asphalt with soft patches, finer near the camera, darker towards the gutters."""
    xs = np.array([-5.5, -5.1, -3.8, -2.5, -1.2, 0.0, 1.2, 2.5, 3.8, 5.1, 5.5], np.float32)
    zs = np.concatenate([np.arange(46.0, -52.0, -2.0), np.arange(-52.0, -186.1, -4.5)]).astype(np.float32)
    x, z = np.meshgrid(xs, zs)
    rows, columns = x.shape
    index = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
    a, b, c, d = (
        index[:-1, :-1].ravel(),
        index[1:, :-1].ravel(),
        index[1:, 1:].ravel(),
        index[:-1, 1:].ravel(),
    )
    faces = np.concatenate([np.stack([a, d, c], 1), np.stack([a, c, b], 1)]).astype(np.uint32)
    positions = np.stack([x, np.zeros_like(x), z], axis=2).reshape(-1, 3)
    up = np.tile(np.array([0.0, 1.0, 0.0], np.float32), (len(positions), 1))
    mesh = solid(positions, up, faces, ASPHALT)
    tone = (
        1.0
        + rng.normal(0.0, 0.035, (rows, columns))
        - 0.16 * (np.abs(x) > 5.0)
        + 0.05 * (np.abs(np.abs(x) - 2.5) < 0.2)
    )
    mesh.colors[:, :3] = as_bytes((tone.reshape(-1, 1) * np.array(ASPHALT)).astype(np.float32))
    return mesh


def _side_street(clay: Clay, z: float, side: float) -> None:
    a, b = sorted((side * ROAD_HALF_M, side * _OUT_M))
    half = SIDE_ROAD_HALF_M
    steps = np.linspace(a, b, 14)
    for x0, x1 in zip(steps[:-1].tolist(), steps[1:].tolist(), strict=True):
        corners = ((x0, 0.0, z + half), (x1, 0.0, z + half), (x1, 0.0, z - half), (x0, 0.0, z - half))
        clay.quad(corners, ASPHALT)
        middle = (x0 + x1) / 2.0
        clay.box((middle - 1.4, 0.0, z - 0.06), (middle + 1.4, MARK_M, z + 0.06), PAINT_WHITE, faces="Y")


def _pavement(clay: Clay, side: float, low: float, high: float, rng: np.random.Generator) -> None:
    """Kerbstones and slabs of one block, and its plain inner ground."""

    def flat(x0: float, x1: float, z0: float, z1: float, color: Rgb, faces: str = "Y") -> None:
        a, b = sorted((side * x0, side * x1))
        clay.box((a, 0.0, z0), (b, KERB_M, z1), color, faces=faces)

    kerb = ROAD_HALF_M + 0.28
    z = high
    while z > low + 0.01:
        step = min(1.5 if z > -45.0 else 4.0, z - low)
        stone = tinted(rng, KERB, 0.05)
        flat(ROAD_HALF_M, kerb, z - step, z, stone, "Yx" if side > 0 else "YX")
        columns = 3 if z > -45.0 else 1
        for k in range(columns):
            wide = (FRONT_M - kerb) / columns
            flat(kerb + k * wide, kerb + (k + 1) * wide, z - step, z, tinted(rng, SLAB, 0.055))
        z -= step
    flat(FRONT_M, _OUT_M, low, high, (0.40, 0.42, 0.31))
    for at, face in ((low, "z"), (high, "Z")):
        flat(ROAD_HALF_M, _OUT_M, at, at, shaded(KERB, 0.85), face)
