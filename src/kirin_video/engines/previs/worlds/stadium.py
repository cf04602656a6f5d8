"""A stadium: the pitch in a bowl of stands full of people, a roof over them, floodlights, banners."""

# ruff: noqa: PLR2004 - a stadium is made of measures
from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.city.clay import Clay, facing, four
from kirin_video.engines.previs.city.solids import Rgb, shaded
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.scenery import Finish, Part, Scene
from kirin_video.engines.previs.shapes import as_mesh, whitened
from kirin_video.engines.previs.worlds import pitch
from kirin_video.engines.previs.worlds.site import Site

_INNER_M, _TIER_M, _ROWS = (43.0, 50.0), (0.85, 0.46), 42
"""Half of the bowl's inner sides, how deep and high a row is, and how many there are."""
_MIDDLE_Z = -15.0
_ROUND = 160
_CONCRETE: Rgb = (0.56, 0.56, 0.57)
_SEATS: tuple[Rgb, ...] = ((0.16, 0.30, 0.58), (0.66, 0.16, 0.16), (0.16, 0.44, 0.40))
_CROWD = np.array(
    [
        (0.80, 0.22, 0.18), (0.90, 0.88, 0.84), (0.18, 0.34, 0.62), (0.92, 0.72, 0.20), (0.24, 0.24, 0.28),
        (0.34, 0.54, 0.32), (0.78, 0.58, 0.46), (0.60, 0.30, 0.50),
    ]
)  # fmt: skip


def build(site: Site) -> Scene:
    """Build the stadium round the pitch."""
    field = pitch.build(site)
    lit = site.light().lamps > 0.2
    bowl = _bowl(site)
    if site.snowy:
        bowl = whitened(bowl, 0.6, 0.5)
    stage = site.stage(lambda x, _z: np.zeros(np.shape(x), np.float32), 3.2, (0.0, 7.5, -60.0), 82.0)
    light = field.light
    if site.dark:
        # Floodlights make a white day of their own on the field; the sky stays black.
        light = replace(
            light, sun=(0.22, 0.90, 0.38), sun_color=(1.15, 1.18, 1.22), bounce=(0.20, 0.24, 0.18), disc=0.0
        )
    return replace(
        field,
        stage=stage,
        light=light,
        parts=(
            *(part for part in field.parts if part.finish is Finish.HARD or not part.casts),
            Part(bowl, Finish.HARD, casts=False, cell_m=40.0),
            Part(_crowd(site), casts=False, cell_m=40.0),
            Part(_roof(lit=lit), Finish.HARD, casts=False, cell_m=60.0),
        ),
    )


def _ring(out: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points round the bowl, so far out of its inner edge: a square with very round corners."""
    turn = np.linspace(0.0, 2.0 * np.pi, _ROUND + 1)
    cos, sin = np.cos(turn), np.sin(turn)
    half = np.power(np.abs(cos) ** 5 + np.abs(sin) ** 5, -0.2)
    return (_INNER_M[0] + out) * half * cos, _MIDDLE_Z + (_INNER_M[1] + out) * half * sin


def _sheet(profile: list[tuple[float, float, Rgb]]) -> Mesh:
    """A cross-section (metres outwards, up, colour) drawn round the bowl, seen from its middle."""
    points: list[NDArray[np.float64]] = []
    colors: list[NDArray[np.float64]] = []
    for out, up, color in profile:
        x, z = _ring(out)
        points.append(np.stack([x, np.full_like(x, up), z], 1))
        colors.append(np.tile(np.array(color), (len(x), 1)))
    grid = np.stack(points)
    at = np.arange(len(profile) * (_ROUND + 1)).reshape(len(profile), _ROUND + 1)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    flat = grid.reshape(-1, 3)
    across = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
    return as_mesh(flat, across.reshape(-1, 3), np.concatenate(colors), faces)


def _bowl(site: Site) -> Mesh:
    """Boards round the field, rows of seats, a gangway half way up."""
    seats = _SEATS[int(site.rng(3).integers(len(_SEATS)))]
    deep, high = _TIER_M
    profile: list[tuple[float, float, Rgb]] = [
        (-2.0, 0.0, (0.20, 0.22, 0.26)),
        (-2.0, 1.1, (0.86, 0.86, 0.86)),
    ]
    profile += [(0.0, 1.1, _CONCRETE)]
    for row in range(_ROWS):
        out, up = deep * row + (3.0 if row > 20 else 0.0), 1.3 + high * row + (2.4 if row > 20 else 0.0)
        color = shaded(seats, 0.85 + 0.3 * (row % 2))
        profile += [(out, up - 0.3, shaded(_CONCRETE, 0.7)), (out, up, color), (out + deep, up, color)]
    out, up = deep * _ROWS + 3.2, 1.3 + high * _ROWS + 2.4
    profile += [(out, up, _CONCRETE), (out, up + 7.0, shaded(_CONCRETE, 0.5))]
    return _sheet(profile)


def _crowd(site: Site) -> Mesh:
    """People in their seats: bright dabs in rows, a few seats empty."""
    rng = site.rng(8)
    deep, high = _TIER_M
    points: list[NDArray[np.float64]] = []
    for row in range(_ROWS):
        out = deep * row + (3.0 if row > 20 else 0.0) + 0.45
        up = 1.3 + high * row + (2.4 if row > 20 else 0.0)
        x, z = _ring(out)
        along = np.sort(rng.uniform(0.0, _ROUND, 300))
        along = along[np.abs(along % 10.0 - 5.0) < 4.6]
        # The camera's own back needs nobody.
        px, pz = np.interp(along, np.arange(_ROUND + 1), x), np.interp(along, np.arange(_ROUND + 1), z)
        keep = pz < 6.0
        points.append(np.stack([px[keep], np.full(keep.sum(), up), pz[keep]], 1))
    feet = np.concatenate(points)
    count = len(feet)
    inward = np.stack([-feet[:, 0], np.zeros(count), _MIDDLE_Z - feet[:, 2]], 1)
    inward /= np.linalg.norm(inward, axis=1, keepdims=True)
    right = np.stack([inward[:, 2], np.zeros(count), -inward[:, 0]], 1)
    wide, tall = 0.27, 0.95 * rng.uniform(0.85, 1.15, count)
    up = np.array([0.0, 1.0, 0.0])
    corners = [
        feet - right * wide,
        feet + right * wide,
        feet + right * wide * 0.55 + up * tall[:, None],
        feet - right * wide * 0.55 + up * tall[:, None],
    ]
    skin = np.array([0.72, 0.54, 0.42])
    shirts = _CROWD[rng.integers(0, len(_CROWD), count)] * rng.uniform(0.8, 1.1, (count, 1))
    colors = np.stack(
        [shirts * 0.8, shirts * 0.8, 0.45 * shirts + 0.55 * skin, 0.45 * shirts + 0.55 * skin], 1
    )
    first = 4 * np.arange(count)[:, None, None]
    faces = (first + np.array([[0, 1, 2], [0, 2, 3]])[None]).reshape(-1, 3)
    normals = np.repeat((inward + 0.6 * up)[:, None], 4, axis=1).reshape(-1, 3)
    return as_mesh(np.stack(corners, 1).reshape(-1, 3), normals, colors.reshape(-1, 3), faces)


def _roof(*, lit: bool) -> Mesh:
    """A roof over the stands with a line of floodlights at its edge, and a board with the score."""
    deep, high = _TIER_M
    back, top = deep * _ROWS + 3.2, 1.3 + high * _ROWS + 9.0
    x0, z0 = _ring(back)
    x1, z1 = _ring(back * 0.34)
    clay = Clay()
    for k in range(_ROUND):
        a, b = (float(x0[k]), top, float(z0[k])), (float(x0[k + 1]), top, float(z0[k + 1]))
        c, d = (float(x1[k + 1]), top + 5.0, float(z1[k + 1])), (float(x1[k]), top + 5.0, float(z1[k]))
        tone = shaded((0.80, 0.81, 0.82), 0.92 + 0.08 * (k % 2))
        clay.quad((a, b, c, d), shaded(tone, 0.62))
        clay.quad((d, c, b, a), tone)
        rim = ((d[0], d[1] - 1.2, d[2]), (c[0], c[1] - 1.2, c[2]), c, d)
        bulbs = k % 4 < 2
        glow = 1.0 if lit and bulbs else 0.0
        clay.quad(
            facing(rim, ahead=False), (0.98, 0.97, 0.92) if bulbs else (0.34, 0.35, 0.37), glow=four(glow)
        )
        clay.quad(rim, (0.5, 0.5, 0.5))
    _, far = _ring(back)
    board = float(far.min()) + 10.0
    clay.box((-11.0, top - 8.0, board), (11.0, top - 0.5, board + 1.0), (0.07, 0.08, 0.10), faces="xXyYZ")
    for x in (-6.5, 4.1):
        clay.box(
            (x, top - 6.0, board + 1.0),
            (x + 2.4, top - 2.2, board + 1.1),
            (1.0, 0.72, 0.22),
            faces="Z",
            glow=0.8,
        )
    for y in (-5.2, -3.4):
        clay.box(
            (-0.4, top + y, board + 1.0),
            (0.4, top + y + 0.7, board + 1.1),
            (1.0, 0.72, 0.22),
            faces="Z",
            glow=0.8,
        )
    return clay.mesh()
