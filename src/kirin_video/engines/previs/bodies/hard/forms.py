"""Forms: closed pieces of one colour: boxes, lathed and swept shapes, prisms, wings, balls, rings.

Metres; x forward, y up, z to the right, as bodies are.
"""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- a piece has a shape, a place and a look
from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Vector
from kirin_video.engines.previs.bodies.hard.creases import creased
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import as_mesh, icosphere, tube

Floats = NDArray[np.float64]
Rgb = tuple[float, float, float]
Outline = Sequence[tuple[float, float]] | Floats


def ball(at: Vector, radii: Vector | float, color: Rgb, *, level: int = 3, glow: float = 0.0) -> Mesh:
    """An ellipsoid along the axes: 20 * 4**level triangles."""
    points, faces = icosphere(level)
    size = np.array(radii, float) * np.ones(3)
    return as_mesh(points * size + np.array(at, float), points / size, color, faces, glow=glow)


def box(
    low: Vector, high: Vector, color: Rgb, *, round_m: float = 0.02, steps: int = 1, glow: float = 0.0
) -> Mesh:
    """A box between two corners with round edges: 108 triangles at one step, 300 at two."""
    a, b = np.array(low, float), np.array(high, float)
    middle, half = (a + b) / 2.0, np.abs(b - a) / 2.0
    r = min(round_m, float(half.min()) * 0.98)
    ticks = np.tan(np.linspace(0.0, math.pi / 4.0, steps + 1))
    line = np.concatenate([-ticks[::-1], ticks])
    signs = np.repeat([-1.0, 1.0], steps + 1)
    n = len(line)
    at = np.arange(n * n).reshape(n, n)
    quad = np.stack([at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]], -1).reshape(-1, 4)
    grid = np.concatenate([quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]])
    points: list[Floats] = []
    normals: list[Floats] = []
    faces: list[NDArray[np.int64]] = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for side in (-1.0, 1.0):
            way, corner = np.empty((n, n, 3)), np.empty((n, n, 3))
            way[..., axis], corner[..., axis] = side, side
            way[..., u], corner[..., u] = line[:, None], signs[:, None]
            way[..., v], corner[..., v] = line[None], signs[None]
            way /= np.linalg.norm(way, axis=-1, keepdims=True)
            faces.append((grid if side > 0.0 else grid[:, ::-1]) + len(points) * n * n)
            points.append((middle + corner * (half - r) + way * r).reshape(-1, 3))
            normals.append(way.reshape(-1, 3))
    return as_mesh(np.concatenate(points), np.concatenate(normals), color, np.concatenate(faces), glow=glow)


def lathe(
    profile: Outline,
    color: Rgb | Sequence[Rgb],
    *,
    axis: str = "y",
    at: Vector = (0.0, 0.0, 0.0),
    sides: int = 28,
    crease_deg: float = 38.0,
    glow: float = 0.0,
) -> Mesh:
    """Pairs of radius and height turned about an axis; the surface is left of the way up the profile.

    Args:
        profile: from below, outside, to the top: ends at radius 0 are closed.
        color: one, or one for every stretch between two pairs.
        axis: the axis that heights run along.
        at: where the origin of the profile is.
        sides: round it.
        crease_deg: sharper bends stay sharp.
        glow: 0 to 1.
    """
    pairs = np.array(profile, float)
    around = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    rings = np.empty((len(pairs), sides, 3))
    rings[..., 0] = pairs[:, :1] * np.cos(around)
    rings[..., 1] = pairs[:, 1:]
    rings[..., 2] = -pairs[:, :1] * np.sin(around)
    points = rings.reshape(-1, 3)
    faces = ring_faces(len(pairs), sides)
    tones = np.array(color, float)
    paint = np.tile(np.repeat(tones, sides, 0), (2, 1)) if tones.ndim > 1 else tones
    places = points[:, {"y": [0, 1, 2], "x": [1, 2, 0], "z": [2, 0, 1]}[axis]]
    return creased(places + np.array(at, float), faces, paint, crease_deg=crease_deg, glow=glow)


def ring_faces(count: int, around: int) -> NDArray[np.int64]:
    """Triangles between rings of points: (count - 1) * around * 2, quads' first halves first."""
    at = np.arange(count * around).reshape(count, around)
    after = np.roll(at, -1, 1)
    a, b, c, d = (part.reshape(-1) for part in (at[:-1], after[:-1], after[1:], at[1:]))
    return np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])


def loft(
    sections: NDArray[np.floating],
    color: NDArray[np.floating] | Rgb,
    *,
    crease_deg: float = 38.0,
    caps: tuple[bool, bool] = (True, True),
) -> Mesh:
    """A skin over closed rings (k, m, 3), each counter-clockwise seen from the last one's side.

    ``color`` may be (k - 1, m, 3), for every quad; caps take those half-way round.
    """
    count, around = sections.shape[:2]
    points = sections.reshape(-1, 3).astype(float)
    faces = [ring_faces(count, around)]
    tones = np.asarray(color, float)
    quads = np.broadcast_to(tones, (count - 1, around, 3)).reshape(-1, 3)
    paint = [quads, quads]
    fan = np.arange(int(around), dtype=np.int64)
    for last, wanted in enumerate(caps):
        if wanted:
            ring = fan + (count - 1) * around * last
            hub = np.full(around, len(points))
            points = np.concatenate([points, points[ring].mean(0)[None]])
            nxt = np.roll(ring, -1)
            faces.append(np.stack([hub, ring, nxt] if last else [hub, nxt, ring], 1))
            paint.append(
                np.repeat(quads[-around // 2][None] if last else quads[around // 2][None], around, 0)
            )
    return creased(points, np.concatenate(faces), np.concatenate(paint), crease_deg=crease_deg)


def sweep(
    path: Sequence[Vector] | Floats,
    radius: Sequence[float] | float,
    color: Rgb,
    *,
    sides: int = 10,
    bend: int = 1,
) -> Mesh:
    """A round bar along a path, its ends closed; ``bend`` > 1 rounds it with so many steps a stretch."""
    points = np.array(path, float)
    thick = np.broadcast_to(np.array(radius, float), len(points)).copy()
    if bend > 1:
        fine = np.linspace(0.0, len(points) - 1.0, bend * (len(points) - 1) + 1)
        thick = np.interp(fine, np.arange(len(points)), thick)
        points = curved(points, fine)
    ends = [points[0], *points, points[-1]]
    mesh = tube(_parted(np.array(ends)), np.array([1e-4, *thick, 1e-4]), sides, color)
    return facing_out(mesh)


def _parted(points: Floats) -> Floats:
    """Ends moved out by next to nothing, so that every stretch has a direction."""
    points[0] += (points[1] - points[2]) * 1e-3
    points[-1] += (points[-2] - points[-3]) * 1e-3
    return points


def curved(points: Floats, at: Floats) -> Floats:
    """A Catmull-Rom curve through points (n, 3) at places 0 to n - 1."""
    k = np.clip(np.floor(at).astype(int), 0, len(points) - 2)
    t = (at - k)[:, None]
    a, b, c, d = (points[np.clip(k + o, 0, len(points) - 1)] for o in (-1, 0, 1, 2))
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def softened(profile: Outline, steps: int = 4) -> Floats:
    """A profile for `lathe` with a smooth curve through its points; its ends stay on the axis if they are."""
    knots = np.array(profile, float)
    line = curved(knots, np.linspace(0.0, len(knots) - 1.0, steps * (len(knots) - 1) + 1))
    line[:, 0] = np.maximum(line[:, 0], 0.0)
    line[[0, -1]] = knots[[0, -1]]
    return line


def prism(
    outline: Outline,
    low: float,
    high: float,
    color: Rgb,
    *,
    axis: str = "z",
    round_m: float = 0.0,
    glow: float = 0.0,
) -> Mesh:
    """An outline, counter-clockwise in x and y, extruded along z between two heights.

    Args:
        outline: (n, 2), without crossings.
        low: z of its back.
        high: z of its front.
        color: sRGB.
        axis: ``y`` lays it flat: its y becomes -z and its heights y.
        round_m: how far its rims are bevelled.
        glow: 0 to 1.
    """
    rim = np.array(outline, float)
    inner = _inset(rim, round_m) if round_m else rim
    r = round_m
    rows = (
        [(rim, low), (rim, high)] if not r else [(inner, low), (rim, low + r), (rim, high - r), (inner, high)]
    )
    n = len(rim)
    points = np.concatenate([np.column_stack([flat, np.full(n, z)]) for flat, z in rows])
    cap = clipped(inner)
    faces = np.concatenate([ring_faces(len(rows), n), cap[:, ::-1], cap + (len(rows) - 1) * n])
    if axis == "y":
        points = points[:, [0, 2, 1]] * np.array([1.0, 1.0, -1.0])
    elif axis == "x":
        points = points[:, [2, 1, 0]] * np.array([1.0, 1.0, -1.0])
    return creased(points, faces, color, glow=glow, crease_deg=50.0 if r else 38.0)


def _inset(rim: Floats, by: float) -> Floats:
    """An outline moved inwards."""
    ahead, behind = np.roll(rim, -1, 0) - rim, rim - np.roll(rim, 1, 0)
    normals = [
        np.column_stack([-w[:, 1], w[:, 0]]) / np.linalg.norm(w, axis=1, keepdims=True)
        for w in (ahead, behind)
    ]
    way = normals[0] + normals[1]
    return rim + way * (by / np.maximum(0.5 * (way**2).sum(1, keepdims=True), 0.5))


def clipped(rim: Floats) -> NDArray[np.int64]:
    """Triangles (n - 2, 3) that fill an outline, counter-clockwise (ear clipping)."""
    left = list(range(len(rim)))
    faces: list[tuple[int, int, int]] = []
    while len(left) > 3:
        best = next((k for k in range(len(left)) if _ear(rim, left, k) > 0.0), 0)
        a, b, c = left[best - 1], left[best], left[(best + 1) % len(left)]
        faces.append((a, b, c))
        left.pop(best)
    return np.array([*faces, tuple(left)], np.int64)


def _ear(rim: Floats, left: list[int], k: int) -> float:
    """How well a corner can be cut off: the least sine of its triangle's angles; below 0 it cannot."""
    a, b, c = rim[left[k - 1]], rim[left[k]], rim[left[(k + 1) % len(left)]]
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    if area <= 0.0:
        return -1.0 + min(area, 0.0) * 1e-6
    others = rim[[i for i in left if i not in {left[k - 1], left[k], left[(k + 1) % len(left)]}]]
    inside = np.ones(len(others), bool)
    for p, q in ((a, b), (b, c), (c, a)):
        inside &= (q[0] - p[0]) * (others[:, 1] - p[1]) - (q[1] - p[1]) * (others[:, 0] - p[0]) > -1e-12
    if inside.any():
        return -0.5
    sides = [float(np.hypot(*(q - p))) for p, q in ((a, b), (b, c), (c, a))]
    return float(area) / max(max(sides) ** 2, 1e-12)


def wing(root: Vector, tip: Vector, chords: tuple[float, float], color: Rgb, *, thick: float = 0.12) -> Mesh:
    """A smooth blade from root to tip, leading edge along +x, thin at its trailing edge.

    Args:
        root: its leading edge at one end.
        tip: its leading edge at the other.
        chords: how long it is along x there.
        color: sRGB.
        thick: its thickness as a share of its chord.
    """
    a, b = np.array(root, float), np.array(tip, float)
    way = b - a
    side = np.array([0.0, -way[2], way[1]])
    side /= max(float(np.linalg.norm(side)), 1e-9)
    around = np.linspace(0.0, 2.0 * math.pi, 14, endpoint=False)
    back = 0.5 - 0.5 * np.cos(around)
    rise = 0.62 * np.sin(around) * (1.0 - back) ** 0.5 * thick
    rings: list[Floats] = []
    for share in (0.0, 0.35, 0.7, 0.96, 1.0):
        chord = (chords[0] + (chords[1] - chords[0]) * share) * (0.86 if share == 1.0 else 1.0)
        flat = 0.35 if share == 1.0 else 1.0
        lead = a + way * share
        rings.append(lead - np.outer(back * chord, [1.0, 0.0, 0.0]) + np.outer(rise * chord * flat, side))
    return facing_out(loft(np.array(rings), color, crease_deg=60.0))


def ring(
    at: Vector,
    radius: float,
    thick: float,
    color: Rgb,
    *,
    axis: str = "z",
    sides: int = 28,
    glow: float = 0.0,
) -> Mesh:
    """A torus."""
    turn = np.linspace(0.0, 2.0 * math.pi, 9)
    profile = np.column_stack([radius - thick * np.cos(turn), -thick * np.sin(turn)])[::-1]
    return facing_out(lathe(profile, color, axis=axis, at=at, sides=sides, crease_deg=80.0, glow=glow))


def disc(
    at: Vector, radius: float, color: Rgb, *, axis: str = "z", sides: int = 28, glow: float = 0.0
) -> Mesh:
    """A flat round plate that faces along an axis; ``-z`` and the like face back."""
    flip = axis.startswith("-")
    turn = np.linspace(0.0, 2.0 * math.pi, sides, endpoint=False)
    flat = np.column_stack([radius * np.cos(turn), radius * np.sin(turn), np.zeros(sides)])
    points = np.concatenate([flat, np.zeros((1, 3))])
    k = np.arange(sides)
    faces = np.stack([np.full(sides, sides), k, np.roll(k, -1)], 1)
    points = points[:, {"z": [0, 1, 2], "x": [2, 0, 1], "y": [1, 2, 0]}[axis[-1]]]
    return creased(points + np.array(at, float), faces[:, ::-1] if flip else faces, color, glow=glow)


def facing_out(mesh: Mesh) -> Mesh:
    """The same mesh with every triangle wound the way its normals point."""
    a, b, c = (mesh.positions[mesh.faces[:, i]] for i in range(3))
    wrong = (np.cross(b - a, c - a) * mesh.normals[mesh.faces].sum(1)).sum(1) < 0.0
    faces = np.where(wrong[:, None], mesh.faces[:, ::-1], mesh.faces)
    return Mesh(mesh.positions, mesh.normals, mesh.colors, mesh.glow, faces.astype(np.uint32))


def outwards(mesh: Mesh) -> Mesh:
    """A closed mesh turned inside out where its volume is negative."""
    a, b, c = (mesh.positions[mesh.faces[:, i]].astype(float) for i in range(3))
    if float((np.cross(a, b) * c).sum()) >= 0.0:
        return mesh
    return Mesh(mesh.positions, -mesh.normals, mesh.colors, mesh.glow, mesh.faces[:, ::-1].copy())


def put(
    mesh: Mesh,
    at: Vector = (0.0, 0.0, 0.0),
    *,
    turn: Sequence[tuple[str, float]] = (),
    size: Vector | float = 1.0,
) -> Mesh:
    """A mesh scaled, then turned about axes by degrees in order, then moved."""
    scale = np.array(size, float) * np.ones(3)
    spin = np.eye(3)
    for axis, degrees in turn:
        spin = _turned(axis, math.radians(degrees)) @ spin
    normals = (mesh.normals / scale) @ spin.T
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    points = (mesh.positions * scale) @ spin.T + np.array(at, float)
    return Mesh(points.astype(np.float32), normals.astype(np.float32), mesh.colors, mesh.glow, mesh.faces)


def _turned(axis: str, angle: float) -> Floats:
    cos, sin = math.cos(angle), math.sin(angle)
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    turn = np.eye(3)
    turn[first, first] = turn[second, second] = cos
    turn[first, second], turn[second, first] = -sin, sin
    return turn


def mirrored(mesh: Mesh) -> Mesh:
    """The same on the other side: z becomes -z."""
    flip = np.array([1.0, 1.0, -1.0], np.float32)
    return Mesh(
        mesh.positions * flip, mesh.normals * flip, mesh.colors, mesh.glow, mesh.faces[:, ::-1].copy()
    )


def rounded(outline: Outline, radius: float, steps: int = 4) -> list[tuple[float, float]]:
    """An outline with its corners rounded."""
    rim = np.array(outline, float)
    found: list[tuple[float, float]] = []
    for k in range(len(rim)):
        before, here, after = rim[k - 1], rim[k], rim[(k + 1) % len(rim)]
        back, ahead = before - here, after - here
        r = min(radius, 0.48 * float(np.hypot(*back)), 0.48 * float(np.hypot(*ahead)))
        a, b = here + back / np.hypot(*back) * r, here + ahead / np.hypot(*ahead) * r
        for t in np.linspace(0.0, 1.0, steps + 1).tolist():
            x, y = ((1 - t) ** 2 * a + 2 * t * (1 - t) * here + t * t * b).tolist()
            found.append((x, y))
    return found


def rectangle(
    x0: float, y0: float, x1: float, y1: float, radius: float = 0.0, steps: int = 3
) -> list[tuple[float, float]]:
    """A rectangle's outline with round corners."""
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return rounded(corners, radius, steps) if radius else corners
