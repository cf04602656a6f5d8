"""The mouth of a railway tunnel: a hill over the line, a stone front with its arch, the dark behind it."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.noise import smoothstep
from kirin_video.engines.previs.shapes import Color, as_mesh
from kirin_video.engines.previs.ways import Floats, Way

_STONE: Color = (0.60, 0.56, 0.50)
_RIM: Color = (0.70, 0.66, 0.58)
_DARK: Color = (0.035, 0.034, 0.038)
_GRASS: Color = (0.30, 0.40, 0.17)
_ROCK: Color = (0.45, 0.42, 0.38)
_HALF_M, _SIDE_M, _FOOT_M = 3.3, 3.4, -1.4
"""Half the opening's width, where its arch begins, and how far its sides reach below the rails."""
_FRONT_M, _HIGH_M = 9.5, 10.6
"""Half the front's width, and its height."""
_LONG_M, _DEEP_M = 150.0, 9.0
"""How far the hill reaches back, and how deep its foot is in the ground."""
_AROUND = 28


def tunnel_mouth(way: Way, z_m: float, seed: int) -> Mesh:
    """The mouth that trains come out of towards +z.

    Args:
        way: the railway.
        z_m: where the front stands.
        seed: what makes this hill different.
    """
    opening, front = _opening(0.0), _front(_FRONT_M, _HIGH_M, _FOOT_M)
    rim = _opening(0.55)
    back = _placed(way, opening, z_m - 70.0)
    near = _placed(way, opening, z_m + 0.35)
    return merge(
        [
            _skin(_placed(way, rim, z_m), _placed(way, front, z_m), _STONE),
            _skin(near, _placed(way, rim, z_m + 0.35), _RIM),
            _skin(_placed(way, rim, z_m + 0.35), _placed(way, rim, z_m), _RIM),
            _skin(near, back, _DARK, inward=True),
            _hill(way, z_m, seed),
        ]
    )


def _opening(wider: float) -> Floats:
    """The arch's outline (n, 2), from its left foot to its right: metres aside and above the rails."""
    turn = np.linspace(np.pi, 0.0, _AROUND - 4)
    half = _HALF_M + wider
    arch = np.stack([half * np.cos(turn), _SIDE_M + half * np.sin(turn)], 1)
    feet = np.array([[half, 0.5 * _SIDE_M], [half, _FOOT_M]])
    return np.concatenate([feet[::-1] * [-1.0, 1.0], arch, feet])


def _front(half: float, high: float, foot: float) -> Floats:
    """The outline of the front, with as many points."""
    turn = np.linspace(np.pi, 0.0, _AROUND)
    # A flattened arch: wide shoulders.
    return np.stack(
        [
            half * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.55,
            foot + (high - foot) * np.sin(turn) ** 0.7,
        ],
        1,
    )


def _placed(way: Way, outline: Floats, z_m: float) -> Floats:
    """An outline where it stands on the way."""
    return way.placed(np.full(len(outline), z_m), outline[:, 0], outline[:, 1])


def _skin(first: Floats, second: Floats, color: Color, *, inward: bool = False) -> Mesh:
    """A band between two outlines, flat-faced, seen from both sides."""
    k = np.arange(len(first) - 1)
    points = np.stack([first[k], first[k + 1], second[k + 1], second[k]], 1).reshape(-1, 3)
    across = np.cross(points[1::4] - points[0::4], points[3::4] - points[0::4])
    across *= np.where(across[:, 2:3] + 0.02 * across[:, 1:2] < 0.0, -1.0, 1.0)
    if inward:
        middle = points.mean(0)
        across = middle - points[0::4]
    normals = np.repeat(across, 4, 0)
    quads = 4 * k[:, None, None] + np.array([[0, 1, 2], [0, 2, 3]])[None]
    faces = quads.reshape(-1, 3)
    return as_mesh(points, normals, color, np.concatenate([faces, faces[:, ::-1]]))


def _hill(way: Way, z_m: float, seed: int) -> Mesh:
    """The hill: it begins as the front's outline and swells behind it."""
    rng = np.random.default_rng([seed & 0xFFFF, 91])
    back = np.concatenate([np.linspace(0.0, 24.0, 9), np.linspace(32.0, _LONG_M, 9)])
    rough = rng.normal(0.0, 1.0, (len(back), _AROUND))
    rows: list[Floats] = []
    for row, far in enumerate(back.tolist()):
        grown = float(smoothstep(-2.0, 34.0, np.array([far]))[0])
        line = _front(
            _FRONT_M + 34.0 * grown, _HIGH_M + 15.0 * grown, _FOOT_M - _DEEP_M * min(far / 6.0, 1.0)
        )
        line[:, 1] += 0.7 * grown * rough[row]
        rows.append(_placed(way, line, z_m - far))
    points = np.concatenate(rows)
    n, m = len(rows), _AROUND
    at = np.arange(n * m).reshape(n, m)
    a, b, c, d = (part.reshape(-1) for part in (at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]))
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    normals = np.zeros_like(points)
    across = np.cross(points[faces[:, 1]] - points[faces[:, 0]], points[faces[:, 2]] - points[faces[:, 0]])
    middle = points.mean(0) - np.array([0.0, 6.0, 0.0])
    out = (across * (points[faces].mean(1) - middle)).sum(1) > 0.0
    faces = np.where(out[:, None], faces, faces[:, ::-1])
    across = np.where(out[:, None], across, -across)
    for corner in range(3):
        np.add.at(normals, faces[:, corner], across)
    up = normals[:, 1] / np.maximum(np.linalg.norm(normals, axis=1), 1e-9)
    steep = smoothstep(0.62, 0.30, up + 0.10 * rough.reshape(-1))[:, None]
    tone = np.array(_GRASS) + (np.array(_ROCK) - np.array(_GRASS)) * steep
    both = np.concatenate([faces, faces[:, ::-1]])
    return as_mesh(points, normals, tone * (1.0 + 0.05 * rough.reshape(-1)[:, None]), both)
