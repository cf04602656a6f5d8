"""Rock that stands upright: pillars and walls as meshes, where a map of heights would only smear."""

# ruff: noqa: PLR0913 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Noise
from kirin_video.engines.previs.shapes import Color, as_mesh, vertex_normals


@dataclass(frozen=True, slots=True)
class Strata:
    """How rock is coloured.

    Attributes:
        stone: its colours, one for every other layer.
        green: of what grows on its ledges.
        layer_m: how thick a layer is.
        grown: how much of what is level is grown over, 0 to 1.
    """

    stone: tuple[Color, Color]
    green: Color = (0.26, 0.36, 0.18)
    layer_m: float = 3.0
    grown: float = 0.9


def pillar(
    noise: Noise,
    foot: tuple[float, float, float],
    radius_m: float,
    high_m: float,
    strata: Strata,
    *,
    sides: int = 26,
    rows: int = 22,
    taper: float = 0.45,
) -> Mesh:
    """A tower of rock: furrowed flanks, ledges, a rounded head.

    Args:
        noise: what makes it unlike others.
        foot: the middle of its foot, metres.
        radius_m: of its foot.
        high_m: how high it stands.
        strata: how it is coloured.
        sides: points round it.
        rows: points up it.
        taper: how much narrower its head is, as a share.
    """
    turn = np.linspace(0.0, 2.0 * np.pi, sides, endpoint=False)
    up = np.linspace(0.0, 1.0, rows)
    a, t = np.meshgrid(turn, up)
    x, z = np.cos(a), np.sin(a)
    own = 0.37 * foot[0] + 0.61 * foot[2]
    furrow = noise.ridged(x * 1.7 + own, z * 1.7 + t * 0.5, 4)
    ledge = noise.fbm(x * 1.3 + own, t * high_m / (4.0 * strata.layer_m) + own, 3)
    head = np.sqrt(np.clip(1.0 - np.clip((t - 0.8) / 0.2, 0.0, 1.0) ** 2.2, 0.0, 1.0))
    crack = noise.ridged(x * 4.3 + own, z * 4.3 + t * 1.1, 3)
    wide = (
        radius_m
        * (1.0 - taper * t**1.3)
        * (0.66 + 0.34 * furrow + 0.30 * ledge + 0.26 * crack)
        * (0.06 + 0.94 * head)
    )
    lean = 0.16 * radius_m * np.sin(own) * t**2
    points = np.stack([foot[0] + x * wide + lean, foot[1] + t * high_m, foot[2] + z * wide], -1)
    return _coloured(points.reshape(-1, 3), _ring_faces(rows, sides), noise, strata)


def _ring_faces(rows: int, sides: int) -> NDArray[np.int64]:
    at = np.arange(rows * sides).reshape(rows, sides)
    nxt = np.roll(at, -1, 1)
    lower = np.stack([at[:-1], at[1:], nxt[:-1]], -1).reshape(-1, 3)
    upper = np.stack([nxt[:-1], at[1:], nxt[1:]], -1).reshape(-1, 3)
    return np.concatenate([lower, upper])


def _coloured(points: NDArray[np.float64], faces: NDArray[np.int64], noise: Noise, strata: Strata) -> Mesh:
    normals = vertex_normals(points, faces)
    y = points[:, 1]
    rough = noise.fbm(points[:, 0] / 5.0 + 0.3 * y, points[:, 2] / 5.0 - 0.2 * y, 4)
    layer = 0.5 + 0.5 * np.sin(2.0 * np.pi * y / strata.layer_m + 3.0 * rough)
    stone = np.array(strata.stone[0]) + (np.array(strata.stone[1]) - strata.stone[0]) * layer[:, None]
    stone = stone * (1.0 + 0.28 * rough)[:, None]
    level = np.clip((normals[:, 1] + 0.25 * rough - 0.28) / 0.3, 0.0, 1.0)[:, None] * strata.grown
    return as_mesh(points, normals, stone * (1.0 - level) + np.array(strata.green) * level, faces)


def wall(points: NDArray[np.float64], noise: Noise, strata: Strata) -> Mesh:
    """A sheet of rock.

    Args:
        points: (rows, columns, 3), metres; rows lead up, columns to the right as seen from outside.
        noise: what roughens its colours.
        strata: how it is coloured.
    """
    rows, columns = len(points), len(points[0])
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    return _coloured(points.reshape(-1, 3), faces, noise, strata)
