"""Waves that break: a face, a lip that is thrown over it, a shoulder ahead and white water behind.

The wave is a form that travels: water runs up its face and over, the form stays as it is. It is laid out in
its own space: along its crest, above still water, and towards its back, in heights of the wave.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.noise import Noise
from kirin_video.engines.previs.scenery import Breaker

Floats = NDArray[np.float64]

_SHOULDER = (
    (-3.4, -0.08), (-2.1, -0.05), (-1.4, 0.03), (-0.95, 0.14), (-0.6, 0.27), (-0.32, 0.40), (-0.12, 0.48),
    (0.04, 0.53), (0.18, 0.555), (0.42, 0.55), (1.1, 0.40), (2.2, 0.12), (3.8, -0.10),
)  # fmt: skip
_STEEP = (
    (-3.4, -0.08), (-1.9, -0.06), (-1.15, -0.02), (-0.72, 0.13), (-0.42, 0.37), (-0.27, 0.64), (-0.23, 0.84),
    (-0.27, 0.97), (-0.14, 1.02), (0.12, 1.0), (0.8, 0.68), (1.9, 0.24), (3.8, -0.10),
)  # fmt: skip
_THROWN = (
    (-3.4, -0.08), (-1.9, -0.05), (-1.2, 0.0), (-0.62, 0.16), (-0.32, 0.42), (-0.26, 0.68), (-0.46, 0.86),
    (-1.02, 0.60), (-0.88, 0.90), (-0.30, 1.03), (0.6, 0.74), (1.8, 0.26), (3.8, -0.10),
)  # fmt: skip
_BROKEN = (
    (-3.4, -0.08), (-2.2, -0.03), (-1.75, 0.12), (-1.6, 0.30), (-1.4, 0.45), (-1.15, 0.55), (-0.9, 0.60),
    (-0.7, 0.62), (-0.5, 0.62), (-0.1, 0.58), (0.7, 0.42), (1.8, 0.16), (3.8, -0.10),
)  # fmt: skip
_PROFILES = np.array([_SHOULDER, _STEEP, _THROWN, _BROKEN])
"""Points of a wave's profile, towards its back and up, in its heights: how it stands at whole phases."""
_PHASES = (
    (-5.2, 3.0),
    (-3.2, 2.5),
    (-2.0, 2.0),
    (-0.7, 1.5),
    (0.5, 0.95),
    (1.8, 0.7),
    (5.0, 0.15),
    (8.0, 0.0),
)
"""How far it has broken along its crest; it is ridden at 0, in its heights."""
_HEIGHTS = (
    (-15.0, 0.0),
    (-11.0, 0.5),
    (-6.0, 0.85),
    (-2.0, 1.0),
    (1.0, 1.0),
    (5.0, 0.85),
    (11.0, 0.6),
    (17.0, 0.0),
)
_LIP = 7.4
"""Where on the profile the tip of the lip is, in points."""
_UPPER = 6.0
"""Up to there the face can be ridden, in points."""


def in_world(wave: Breaker, local: Floats, frames: NDArray[np.int64]) -> Floats:
    """Points (n, 3) of a wave's own space, metres, in the world at frames (n,); still water is at 0."""
    at = wave.places[frames].astype(float)
    x = at[:, 0] + local[:, 0] * wave.along[0] + local[:, 2] * wave.behind[0]
    z = at[:, 1] + local[:, 0] * wave.along[1] + local[:, 2] * wave.behind[1]
    return np.stack([x, local[:, 1] * at[:, 2], z], 1)


def breaker(  # noqa: PLR0913 -- a wave, and where it goes
    seed: int,
    height_m: float,
    *,
    along: tuple[float, float],
    behind: tuple[float, float],
    places: Floats,
    columns: int = 120,
    rows: int = 52,
) -> Breaker:
    """A wave.

    Args:
        seed: which one.
        height_m: from the trough to the crest where it breaks.
        along: x and z of the unit vector along its crest, to where it has not broken yet.
        behind: x and z of the unit vector towards its back.
        places: (f, 3): x and z of its origin at every frame, and its height as a share of its own.
        columns: points along the crest.
        rows: points over a profile.
    """
    # Closer together where it breaks.
    s = np.linspace(-1.0, 1.0, columns)
    u = 1.0 + 16.0 * (0.45 * s + 0.55 * s**3)
    t = np.linspace(0.0, len(_PROFILES[0]) - 1.0, rows)
    phase, tall = phase_at(u), _between(_HEIGHTS, u)
    flat = _profile(phase[:, None], t[None, :]) * tall[:, None, None]
    points = np.stack([np.broadcast_to(u[:, None], flat.shape[:2]), flat[..., 1], flat[..., 0]], -1)
    white, thin = _white(phase[:, None], t[None, :]), _thin(phase[:, None], t[None, :])
    noise = Noise(seed)
    rough = np.asarray(noise.fbm(points[..., 0] * 1.6, points[..., 2] * 1.6 + 2.0 * points[..., 1], 4), float)
    lip = np.clip(1.0 - np.abs(t - _LIP) / 1.2, 0.0, 1.0) * np.clip(phase[:, None] - 0.8, 0.0, 1.0)
    points[..., 1] += (0.16 * white + 0.14 * lip) * rough * tall[:, None]
    points[..., 2] += 0.20 * lip * rough
    normals = _normals(points)
    up = np.concatenate(
        [np.zeros((columns, 1)), np.cumsum(np.linalg.norm(np.diff(points, axis=1), axis=2), 1)], 1
    )
    look = np.stack(
        [
            up * height_m,
            np.clip(white + 0.25 * rough * np.sign(np.maximum(white - 0.05, 0.0)), 0.0, 1.0),
            thin,
        ],
        -1,
    )
    at = np.arange(columns * rows).reshape(columns, rows)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    return Breaker(
        (points * height_m).reshape(-1, 3).astype(np.float32),
        normals.reshape(-1, 3).astype(np.float32),
        look.reshape(-1, 3).astype(np.float32),
        faces.astype(np.uint32),
        along,
        behind,
        places.astype(np.float32),
        height_m,
        1.1 * float(np.sqrt(9.81 * height_m)) * 0.6,
    )


def phase_at(u: Floats) -> Floats:
    """How far a wave has broken at places along its crest, in its heights: 0 not at all, 3 altogether."""
    return _between(_PHASES, u)


def face_at(u: Floats, w: Floats) -> tuple[Floats, Floats]:
    """How high the face is and how steep, at places along the crest and towards the back, in wave heights.

    Returns:
        Heights (n,), and slopes (n,) as rise over run, upwards to the back.
    """
    t = np.linspace(0.0, _UPPER, 49)
    tall = _between(_HEIGHTS, u)
    found = np.empty((2, len(u)))
    for k, (phase, high) in enumerate(zip(phase_at(u).tolist(), tall.tolist(), strict=True)):
        flat = _profile(np.array([[phase]]), t[None, :])[0] * high
        order = np.maximum.accumulate(flat[:, 0])
        found[0, k] = np.interp(w[k], order, flat[:, 1])
        either = np.array([w[k] - 0.08, w[k] + 0.08])
        near = np.asarray(np.interp(either, order, flat[:, 1]), np.float64)
        found[1, k] = (near[1] - near[0]) / 0.16
    return found[0], found[1]


def crest_of(u: Floats) -> Floats:
    """Places (n, 3) of the crest's foremost edge along it, in wave heights: where spray comes off."""
    tall = _between(_HEIGHTS, u)
    flat = _profile(phase_at(u)[:, None], np.full((len(u), 1), _LIP + 0.6))[:, 0] * tall[:, None]
    return np.stack([u, flat[:, 1], flat[:, 0]], 1)


def _between(known: tuple[tuple[float, float], ...], at: Floats) -> Floats:
    """Values between known ones."""
    return np.asarray(np.interp(at, [x for x, _ in known], [y for _, y in known]), np.float64)


def _profile(phase: Floats, t: Floats) -> Floats:
    """Points (..., 2) of profiles, towards the back and up: between whole phases, on a smooth curve."""
    phase, t = np.broadcast_arrays(phase, t)
    low = np.clip(np.floor(phase).astype(int), 0, len(_PROFILES) - 2)
    share = (phase - low)[..., None]
    knots = [
        _PROFILES[low, index] * (1.0 - share) + _PROFILES[low + 1, index] * share for index in _around(t)
    ]
    return _spline(knots, (t - np.clip(np.floor(t), 0, _PROFILES.shape[1] - 2))[..., None])


def _around(t: Floats) -> tuple[NDArray[np.int64], ...]:
    """The points before and behind places on a profile: two of each."""
    first = np.clip(np.floor(t).astype(int), 0, _PROFILES.shape[1] - 2)
    return tuple(np.clip(first + k, 0, _PROFILES.shape[1] - 1) for k in (-1, 0, 1, 2))


def _spline(knots: list[Floats], s: Floats) -> Floats:
    """The Catmull-Rom curve from the second of four points to the third."""
    a, b, c, d = knots
    return 0.5 * (
        2.0 * b + (c - a) * s + (2.0 * a - 5.0 * b + 4.0 * c - d) * s**2 + (3.0 * (b - c) + d - a) * s**3
    )


def _bump(t: Floats, start: float, end: float, edge: float) -> Floats:
    """1 between two points of the profile, over soft edges."""
    return np.clip((t - start) / edge + 0.5, 0.0, 1.0) * np.clip((end - t) / edge + 0.5, 0.0, 1.0)


def _white(phase: Floats, t: Floats) -> Floats:
    """How white the water is: the lip as it breaks, all of it when it has broken."""
    lip = _bump(t, 6.9, 8.2, 0.9) * np.clip((phase - 0.75) / 0.6, 0.0, 1.0)
    roller = _bump(t, 1.6, 9.6, 1.0) * np.clip((phase - 2.15) / 0.5, 0.0, 1.0)
    curtain = 0.35 * _bump(t, 5.8, 8.2, 1.0) * np.clip((phase - 1.3) / 0.6, 0.0, 1.0)
    foot = 0.45 * _bump(t, 0.6, 2.6, 1.4) * np.clip((phase - 1.6) / 0.8, 0.0, 1.0)
    face = 0.17 * _bump(t, 0.8, 6.5, 1.2) + 0.10
    trail = 0.45 * _bump(t, 9.0, 12.5, 1.0) * np.clip((phase - 2.2) / 0.6, 0.0, 1.0)
    return np.maximum.reduce([lip, roller, curtain, foot, face + 0.0 * phase, trail])


def _thin(phase: Floats, t: Floats) -> Floats:
    """How thin the water is that light comes through: near the crest."""
    return _bump(t, 4.2, 9.0, 2.6) * (0.55 + 0.45 * np.clip(phase, 0.0, 1.0))


def _normals(points: Floats) -> Floats:
    """Unit normals (c, r, 3) of a grid: upwards on the back, to the front on the face."""
    over: Floats = np.gradient(points, axis=1)
    along: Floats = np.gradient(points, axis=0)
    normal = np.cross(over, along)
    return normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
