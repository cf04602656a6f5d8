"""Trackbeds: ballast, sleepers and rails, and the viaducts that carry them over valleys."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, box
from kirin_video.engines.previs.terrain import Height
from kirin_video.engines.previs.ways import Floats, Way
from kirin_video.engines.previs.worlds.ribbons import beside, ribbon, stations

_BALLAST: Color = (0.43, 0.41, 0.38)
_STEEL: Color = (0.56, 0.54, 0.52)
_RUST: Color = (0.38, 0.29, 0.23)
_WOOD: Color = (0.30, 0.24, 0.20)
_STONE: Color = (0.56, 0.50, 0.43)
_GAUGE_M = 0.75
"""Half of the distance between the rails."""
_DECK_M = 2.7
"""Half of a viaduct's width."""
_ARCH_M = 12.0
"""From pier to pier."""
_PIER_M = 1.3
"""Half of a pier's thickness."""


def trackbed(way: Way) -> Mesh:
    """Ballast with sleepers and two rails on it; trains stand on the way's surface, in the ballast."""
    z = stations(60.0, 1300.0, 4.0, behind_m=240.0)
    dark = (0.33, 0.31, 0.29)
    slope = [(-2.5, -0.55, dark), (-1.45, 0.14, _BALLAST), (1.45, 0.14, _BALLAST), (2.5, -0.55, dark)]
    rails = [ribbon(way, _rail(side * _GAUGE_M), z) for side in (-1.0, 1.0)]
    near = box((-1.15, 0.10, -0.12), (1.15, 0.21, 0.12), _WOOD)
    wide = box((-1.15, 0.10, -0.24), (1.15, 0.20, 0.24), _WOOD)
    sleepers = [
        beside(way, near, 0.0, np.arange(75.0, -95.0, -0.72)),
        beside(way, wide, 0.0, np.arange(-95.5, -260.0, -1.6)),
    ]
    return merge([ribbon(way, slope, z), *rails, *sleepers])


def _rail(aside: float) -> list[tuple[float, float, Color]]:
    """A rail: rusty at its sides, bright where wheels run."""
    left, right = aside - 0.04, aside + 0.04
    return [
        (left, 0.16, _RUST),
        (left, 0.33, _RUST),
        (left, 0.33, _STEEL),
        (right, 0.33, _STEEL),
        (right, 0.33, _RUST),
        (right, 0.16, _RUST),
    ]


def viaduct(way: Way, span: tuple[float, float], height: Height) -> Mesh:
    """A stone viaduct of round arches.

    Args:
        way: the railway on it.
        span: the z of its far and of its near end.
        height: the valley below it.
    """
    count = max(round((span[1] - span[0]) / _ARCH_M), 1)
    feet = np.linspace(span[1], span[0], count + 1)
    meshes = [_deck(way, span)]
    for near, far in pairwise(feet):
        meshes += [_arch(way, float(near), float(far), side) for side in (-1.0, 1.0)]
        meshes.append(_vault(way, float(near), float(far)))
    meshes += [_pier(way, float(z), height) for z in feet]
    return merge(meshes)


def _deck(way: Way, span: tuple[float, float]) -> Mesh:
    """What the ballast lies on, between two parapets."""
    z = np.arange(span[1] + 8.0, span[0] - 8.0, -4.0)
    light, cap = (0.62, 0.56, 0.48), (0.68, 0.62, 0.54)
    parapet = [
        (-_DECK_M - 0.22, -0.75, _STONE),
        (-_DECK_M - 0.22, -0.45, light),
        (-_DECK_M, -0.45, light),
        (-_DECK_M, 0.55, _STONE),
        (-_DECK_M - 0.10, 0.55, cap),
        (-_DECK_M - 0.10, 0.70, cap),
        (-_DECK_M + 0.45, 0.70, cap),
        (-_DECK_M + 0.45, -0.10, _STONE),
        (_DECK_M - 0.45, -0.10, _STONE),
        (_DECK_M - 0.45, 0.70, cap),
        (_DECK_M + 0.10, 0.70, cap),
        (_DECK_M + 0.10, 0.55, cap),
        (_DECK_M, 0.55, _STONE),
        (_DECK_M, -0.45, light),
        (_DECK_M + 0.22, -0.45, light),
        (_DECK_M + 0.22, -0.75, _STONE),
    ]
    creased = [rib for rib in parapet for _ in (0, 1)][1:-1]
    return ribbon(way, creased, z)


_TOP_M, _CROWN_M = -0.7, -1.6
"""Below the rails: the upper edge of the arches' walls, and the highest point of their openings."""


def _curve(near: float, far: float, count: int = 12) -> tuple[Floats, Floats]:
    """Z and height of the opening of an arch, from pier to pier."""
    half = 0.5 * abs(near - far) - _PIER_M
    turn = np.linspace(0.0, np.pi, count + 1)
    return 0.5 * (near + far) + half * np.cos(turn), _CROWN_M - half + half * np.sin(turn)


def _arch(way: Way, near: float, far: float, side: float) -> Mesh:
    """The wall over an opening, on one side."""
    z, low = _curve(near, far)
    z = np.concatenate([[near], z, [far]])
    low = np.concatenate([[low[0]], low, [low[-1]]])
    below, above = way.placed(z, side * _DECK_M, low), way.placed(z, side * _DECK_M, _TOP_M)
    points = np.concatenate([below, above])
    n = len(z)
    k = np.arange(n - 1)
    faces = np.concatenate([np.stack([k, k + 1, k + n], 1), np.stack([k + 1, k + n + 1, k + n], 1)])
    faces = faces if side < 0.0 else faces[:, ::-1]
    slant = float(way.slant(np.array(0.5 * (near + far))))
    out = np.tile(side * np.array([1.0, 0.0, -slant]), (len(points), 1))
    tone = np.concatenate([np.full(n, 0.86), np.full(n, 1.02)])[:, None] * np.array(_STONE)
    return as_mesh(points, out, tone, faces)


def _vault(way: Way, near: float, far: float) -> Mesh:
    """The underside of an arch, in its own shade."""
    z, low = _curve(near, far)
    left, right = way.placed(z, -_DECK_M, low), way.placed(z, _DECK_M, low)
    n = len(z)
    k = np.arange(n - 1)
    faces = np.concatenate([np.stack([k, k + n, k + 1], 1), np.stack([k + 1, k + n, k + n + 1], 1)])
    middle = np.array([0.0, float(low.min()), 0.5 * (near + far)])
    points = np.concatenate([left, right])
    inward = (middle - points) * np.array([0.0, 1.0, 1.0])
    inward[:, 1] -= 0.5
    return as_mesh(points, inward, np.array(_STONE) * 0.5, _facing(points, faces, inward))


def _facing(points: Floats, faces: np.ndarray, normals: Floats) -> np.ndarray:
    """Faces turned so that they are seen from where their normals point."""
    a, b, c = (points[faces[:, i]] for i in range(3))
    wrong = (np.cross(b - a, c - a) * normals[faces[:, 0]]).sum(1) < 0.0
    return np.where(wrong[:, None], faces[:, ::-1], faces)


def _pier(way: Way, z: float, height: Height) -> Mesh:
    """A pier from the arches' feet down into the ground, wider at its foot."""
    half = 0.5 * _ARCH_M - _PIER_M
    top_at = way.placed(np.array(z), 0.0, _CROWN_M - half)
    foot = float(height(np.array([top_at[0]], np.float32), np.array([top_at[2]], np.float32))[0]) - 2.5
    tall = max(float(top_at[1]) - foot, 1.0)
    turn = float(np.arctan(way.slant(np.array(z))))
    corners: list[list[float]] = []
    for up, grown in ((0.0, 1.0 + 0.025 * tall), (tall, 1.0)):
        for sx, sz in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            corners.append([sx * _DECK_M * grown, up, sz * (_PIER_M + 0.05) * grown])
    block = np.array(corners)
    quads = [(3, 2, 6, 7), (1, 0, 4, 5), (2, 1, 5, 6), (0, 3, 7, 4)]
    points = block[np.array(quads)].reshape(-1, 3)
    normals = np.repeat(np.array([[0, 0, 1.0], [0, 0, -1.0], [1.0, 0, 0], [-1.0, 0, 0]]), 4, 0)
    faces = (np.arange(4)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])[None]).reshape(-1, 3)
    shade = np.tile(np.array([0.72, 0.72, 0.96, 0.96]), 4)[:, None] * np.array(_STONE)
    mesh = as_mesh(points, normals, shade, _facing(points, faces, normals))
    return mesh.moved((float(top_at[0]), foot, float(top_at[2])), turn)
