"""What rooms are made of: walls with windows, floors of boards, furniture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, box, tube
from kirin_video.engines.previs.trees import leaves

Shade = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""How open points (n, 3) are, 0 to 1: corners and floors under furniture are darker."""

WHITE: Color = (0.93, 0.91, 0.87)
OAK: Color = (0.60, 0.43, 0.28)
WALNUT: Color = (0.38, 0.26, 0.18)


def panel(  # noqa: PLR0913 -- shape and look
    corner: Color, u: Color, v: Color, color: Color, shade: Shade, *, step_m: float = 0.3
) -> Mesh:
    """A rectangle from a corner along two edges, fine enough for shades; it faces u x v."""
    a, b, c = (np.array(p, float) for p in (corner, u, v))
    n, m = (max(int(np.ceil(np.linalg.norm(e) / step_m)), 1) for e in (b, c))
    s, t = np.meshgrid(np.linspace(0.0, 1.0, n + 1), np.linspace(0.0, 1.0, m + 1))
    points = (a + s[..., None] * b + t[..., None] * c).reshape(-1, 3)
    at = np.arange(len(points)).reshape(m + 1, n + 1)
    p, q, r, w = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([p, q, w], -1).reshape(-1, 3), np.stack([p, w, r], -1).reshape(-1, 3)])
    normal = np.cross(b, c)
    return as_mesh(points, np.tile(normal, (len(points), 1)), np.array(color) * shade(points)[:, None], faces)


def boards(  # noqa: PLR0913 -- shape and look
    low: tuple[float, float],
    high: tuple[float, float],
    color: Color,
    shade: Shade,
    *,
    seed: int,
    wide_m: float = 0.17,
) -> Mesh:
    """A floor of boards along z between two corners (x, z), at height 0."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    x = low[0]
    while x < high[0]:
        z = low[1] - float(rng.uniform(0.0, 1.6))
        while z < high[1]:
            long = float(rng.uniform(1.3, 2.3))
            tone = np.array(color) * rng.uniform(0.84, 1.10) * np.array([1.0, rng.uniform(0.96, 1.02), 1.0])
            z0, z1, x1 = max(z, low[1]), min(z + long, high[1]), min(x + wide_m, high[0])
            if z1 > z0:
                board: Color = (float(tone[0]), float(tone[1]), float(tone[2]))
                gap = 0.004
                parts.append(
                    panel(
                        (x + gap, 0.0, z1 - gap),
                        (x1 - x - 2 * gap, 0, 0),
                        (0, 0, z0 - z1 + 2 * gap),
                        board,
                        shade,
                        step_m=0.5,
                    )
                )
            z += long
        x += wide_m
    under = panel(
        (low[0], -0.012, high[1]),
        (high[0] - low[0], 0, 0),
        (0, 0, low[1] - high[1]),
        (0.16, 0.11, 0.08),
        shade,
        step_m=4.0,
    )
    return merge([under, *parts])


def window(x0: float, x1: float, y0: float, y1: float) -> Mesh:
    """Frame and bars of a window in a wall at z = 0 that is seen from +z; its sill reaches into the room."""
    bar = 0.035
    middle, upper = (x0 + x1) / 2.0, y0 + 0.66 * (y1 - y0)
    parts = [
        soft_box((x0 - 0.09, y0 - 0.09, -0.06), (x0, y1 + 0.09, 0.05), WHITE, bevel=0.012),
        soft_box((x1, y0 - 0.09, -0.06), (x1 + 0.09, y1 + 0.09, 0.05), WHITE, bevel=0.012),
        soft_box((x0, y1, -0.06), (x1, y1 + 0.09, 0.05), WHITE, bevel=0.012),
        soft_box((x0 - 0.16, y0 - 0.10, -0.06), (x1 + 0.16, y0 - 0.04, 0.20), WHITE, bevel=0.012),
        box((middle - bar, y0 - 0.04, -0.05), (middle + bar, y1, 0.01), WHITE),
        box((x0, upper - bar, -0.05), (x1, upper + bar, 0.01), WHITE),
    ]
    return merge(parts)


def curtain(  # noqa: PLR0913 -- shape and look
    x0: float, x1: float, top: float, color: Color, *, folds: int = 7, low: float = 0.06, deep: float = 0.05
) -> Mesh:
    """Cloth that hangs in folds at z = 0, seen from +z."""
    s = np.linspace(0.0, 1.0, folds * 6 + 1)
    wave = np.sin(s * folds * 2.0 * np.pi)
    rows = np.array([low, low + (top - low) * 0.5, top])
    points = np.stack(
        [
            np.tile(x0 + (x1 - x0) * s, 3),
            np.repeat(rows, len(s)),
            np.tile(deep * wave, 3) * np.repeat([1.15, 1.0, 0.7], len(s)),
        ],
        1,
    )
    slope = np.cos(s * folds * 2.0 * np.pi)
    normals = np.stack([-slope * 0.75, np.zeros_like(s), np.ones_like(s)], 1)
    at = np.arange(len(points)).reshape(3, len(s))
    p, q, r, w = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([p, q, w], -1).reshape(-1, 3), np.stack([p, w, r], -1).reshape(-1, 3)])
    tone = np.array(color) * (0.78 + 0.22 * np.tile(wave, 3))[:, None]
    return as_mesh(points, np.tile(normals, (3, 1)), tone, faces)


def sofa(color: Color, *, seats: int = 3) -> Mesh:
    """A sofa whose back stands along x at z = 0 and which faces +z, its middle at x = 0."""
    half = 0.34 * seats + 0.10
    light: Color = (min(color[0] * 1.10, 1.0), min(color[1] * 1.10, 1.0), min(color[2] * 1.10, 1.0))
    parts = [
        soft_box((-half, 0.12, 0.0), (half, 0.34, 0.92), color, bevel=0.06),
        soft_box((-half, 0.30, 0.0), (half, 0.86, 0.24), color, bevel=0.09),
        soft_box((-half - 0.20, 0.12, 0.0), (-half, 0.62, 0.94), color, bevel=0.08),
        soft_box((half, 0.12, 0.0), (half + 0.20, 0.62, 0.94), color, bevel=0.08),
    ]
    for k in range(seats):
        x = -half + 0.03 + k * 2.0 * half / seats
        wide = 2.0 * half / seats - 0.05
        parts.append(soft_box((x, 0.32, 0.20), (x + wide, 0.49, 0.95), light, bevel=0.06))
        parts.append(soft_box((x + 0.02, 0.47, 0.19), (x + wide - 0.02, 0.88, 0.37), light, bevel=0.08))
    parts += [rod((x, 0.0, z), (x, 0.14, z), 0.025, WALNUT) for x in (-half, half) for z in (0.10, 0.82)]
    for x, tone in ((-half + 0.25, (0.82, 0.58, 0.30)), (half - 0.28, (0.86, 0.80, 0.70))):
        cushion = soft_box((-0.22, 0.0, -0.07), (0.22, 0.40, 0.07), tone, bevel=0.065)
        parts.append(cushion.moved((x, 0.50, 0.46), 0.15 if x < 0 else -0.2))
    return merge(parts)


def table(wide: float, deep: float, high: float, color: Color) -> Mesh:
    """A table with four legs, its middle at the origin."""
    x, z = wide / 2.0, deep / 2.0
    legs = [
        rod(
            (a * (x - 0.08), 0.0, b * (z - 0.08)), (a * (x - 0.10), high - 0.03, b * (z - 0.10)), 0.026, color
        )
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    return merge([soft_box((-x, high - 0.045, -z), (x, high, z), color, bevel=0.018), *legs])


def chair(color: Color) -> Mesh:
    """A wooden chair that faces +z."""
    legs = [
        rod((x, 0.0, z), (x * 0.94, 0.45, z * 0.94), 0.020, color)
        for x in (-0.19, 0.19)
        for z in (-0.19, 0.19)
    ]
    back = [rod((x, 0.45, -0.19), (x * 0.98, 0.92, -0.25), 0.018, color) for x in (-0.18, 0.18)]
    slats = [soft_box((-0.19, y, -0.245), (0.19, y + 0.07, -0.215), color, bevel=0.01) for y in (0.62, 0.80)]
    return merge(
        [soft_box((-0.22, 0.43, -0.22), (0.22, 0.47, 0.22), color, bevel=0.015), *legs, *back, *slats]
    )


def floor_lamp() -> Mesh:
    """A lamp of a metre and a half with a glowing shade."""
    brass: Color = (0.66, 0.52, 0.28)
    shade = turned([(0.24, 1.28), (0.16, 1.62)], (0.98, 0.88, 0.66), sides=20, glow=0.55)
    inside = Mesh(shade.positions, -shade.normals, shade.colors, shade.glow, shade.faces[:, ::-1].copy())
    foot = turned([(0.0, 0.0), (0.16, 0.0), (0.16, 0.025), (0.02, 0.04)], brass, sides=18)
    return merge([foot, rod((0, 0.03, 0), (0, 1.36, 0), 0.014, brass), shade, inside])


def shelf(rng: np.random.Generator, *, wide: float = 1.3, high: float = 2.0) -> Mesh:
    """A bookcase with its back at z = 0, open to +z, full of books and a few things."""
    deep, rows = 0.32, 5
    x = wide / 2.0
    parts = [
        box((-x, 0.0, 0.0), (x, high, 0.03), (0.46, 0.33, 0.22)),
        soft_box((-x - 0.03, 0.0, 0.0), (-x, high, deep), OAK, bevel=0.008),
        soft_box((x, 0.0, 0.0), (x + 0.03, high, deep), OAK, bevel=0.008),
    ]
    spines: list[Color] = [
        (0.62, 0.24, 0.20),
        (0.24, 0.36, 0.44),
        (0.82, 0.70, 0.46),
        (0.30, 0.42, 0.28),
        (0.78, 0.76, 0.70),
        (0.42, 0.30, 0.40),
        (0.80, 0.50, 0.26),
    ]
    for k in range(rows + 1):
        y = k * (high - 0.03) / rows
        parts.append(soft_box((-x, y, 0.0), (x, y + 0.03, deep), OAK, bevel=0.006))
        if k == rows:
            break
        at = -x + 0.03
        while at < x - 0.08:
            if rng.random() < 0.12:  # noqa: PLR2004 -- now and then a gap with a thing in it
                tone = spines[int(rng.integers(7))]
                parts.append(
                    turned(
                        [
                            (0.0, y + 0.03),
                            (0.05, y + 0.03),
                            (0.07, y + 0.12),
                            (0.03, y + 0.2),
                            (0.035, y + 0.22),
                        ],
                        tone,
                        sides=10,
                    ).moved((at + 0.1, 0.0, 0.17))
                )
                at += 0.22
                continue
            thick, tall = float(rng.uniform(0.025, 0.055)), float(rng.uniform(0.20, 0.31))
            parts.append(
                box(
                    (at, y + 0.03, 0.06),
                    (at + thick, y + 0.03 + tall, 0.06 + float(rng.uniform(0.17, 0.22))),
                    spines[int(rng.integers(7))],
                )
            )
            at += thick + 0.003
    return merge(parts)


def fireplace() -> Mesh:
    """A hearth of brick with a fire in it and a shelf above, its back at z = 0, open to +z."""
    brick: Color = (0.56, 0.36, 0.28)
    soot: Color = (0.10, 0.085, 0.08)
    parts = [
        soft_box((-0.85, 0.0, 0.0), (-0.48, 1.05, 0.42), brick, bevel=0.02),
        soft_box((0.48, 0.0, 0.0), (0.85, 1.05, 0.42), brick, bevel=0.02),
        soft_box((-0.85, 0.78, 0.0), (0.85, 1.10, 0.42), brick, bevel=0.02),
        soft_box((-0.98, 1.10, 0.0), (0.98, 1.18, 0.50), OAK, bevel=0.015),
        soft_box((-0.62, 1.18, 0.0), (0.62, 2.75, 0.30), (0.80, 0.75, 0.67), bevel=0.02),
        box((-0.48, 0.0, 0.02), (0.48, 0.78, 0.05), soot),
        soft_box((-1.0, 0.0, 0.0), (1.0, 0.06, 0.75), (0.42, 0.40, 0.38), bevel=0.015),
    ]
    bark: Color = (0.34, 0.22, 0.14)
    parts += [
        rod((-0.30, y, z), (0.30, y, z + 0.02), 0.055, bark)
        for y, z in ((0.12, 0.18), (0.12, 0.30), (0.21, 0.24))
    ]
    flames: list[tuple[float, float, float]] = [
        (-0.18, 0.30, 0.9),
        (0.0, 0.42, 1.0),
        (0.16, 0.34, 0.95),
        (0.26, 0.20, 0.8),
    ]
    for x, tall, light in flames:
        profile = [(0.0, 0.16), (0.075, 0.20), (0.07, 0.20 + 0.35 * tall), (0.0, 0.20 + tall)]
        parts.append(turned(profile, (1.0, 0.52, 0.14), sides=10, glow=light).moved((x, 0.0, 0.24)))
    return merge(parts)


def picture(wide: float, high: float, colors: tuple[Color, Color, Color]) -> Mesh:
    """A framed picture of a sky, hills and a field, its back at z = 0."""
    x = wide / 2.0
    sky, hill, field = colors
    s = np.linspace(-x + 0.04, x - 0.04, 13)
    crest = high * (0.52 + 0.10 * np.sin(s * 5.0 + 1.0))
    low = high * (0.34 + 0.05 * np.sin(s * 4.0))
    parts = [
        soft_box((-x, 0.0, 0.0), (x, high, 0.03), WALNUT, bevel=0.01),
        box((-x + 0.04, 0.04, 0.0), (x - 0.04, high - 0.04, 0.034), sky),
    ]
    for line, color, z in ((crest, hill, 0.036), (low, field, 0.038)):
        points = np.concatenate(
            [
                np.stack([s, np.full_like(s, 0.04), np.full_like(s, z)], 1),
                np.stack([s, line, np.full_like(s, z)], 1),
            ]
        )
        k = np.arange(len(s) - 1)
        faces = np.concatenate([np.stack([k, k + 1, k + 14], 1), np.stack([k, k + 14, k + 13], 1)])
        parts.append(as_mesh(points, np.tile([[0.0, 0.0, 1.0]], (len(points), 1)), color, faces))
    return merge(parts)


def pot_plant(seed: int) -> Mesh:
    """A leafy plant of a metre in a clay pot."""
    rng = np.random.default_rng(seed)
    pot = turned(
        [(0.0, 0.0), (0.13, 0.0), (0.18, 0.30), (0.20, 0.30), (0.20, 0.34), (0.16, 0.34), (0.0, 0.31)],
        (0.72, 0.42, 0.30),
        sides=16,
    )
    stems = [
        tube(
            np.array([[0, 0.3, 0], [0.1 * np.cos(a), 0.6, 0.1 * np.sin(a)]]),
            np.array([0.012, 0.008]),
            5,
            (0.34, 0.40, 0.20),
        )
        for a in (0.3, 2.4, 4.4)
    ]
    crown = leaves(
        rng,
        np.array([0.0, 0.78, 0.0]),
        np.array([0.34, 0.34, 0.34]),
        70,
        0.13,
        ((0.16, 0.32, 0.14), (0.36, 0.52, 0.22)),
        np.array([0.0, 0.5, 0.0]),
    )
    inner = leaves(
        rng,
        np.array([0.0, 0.72, 0.0]),
        np.array([0.2, 0.24, 0.2]),
        40,
        0.12,
        ((0.14, 0.28, 0.12), (0.28, 0.42, 0.18)),
        np.array([0.0, 0.5, 0.0]),
    )
    return merge([pot, *stems, crown, inner])


def rug(wide: float, deep: float, colors: tuple[Color, Color]) -> Mesh:
    """An oval rug of rings, flat on the floor."""
    parts: list[Mesh] = []
    for k in range(5):
        share = 1.0 - 0.2 * k
        a = np.linspace(0.0, 2.0 * np.pi, 49)[:-1]
        y = 0.006 + 0.006 * k
        rim = np.stack([np.cos(a) * wide / 2 * share, np.full_like(a, y), np.sin(a) * deep / 2 * share], 1)
        points = np.concatenate([rim, [[0.0, y, 0.0]]])
        i = np.arange(48)
        faces = np.stack([i, np.full(48, 48), (i + 1) % 48], 1)
        parts.append(as_mesh(points, np.tile([[0.0, 1.0, 0.0]], (49, 1)), colors[k % 2], faces))
    return merge(parts)


def pendant(y: float, top: float) -> Mesh:
    """A lamp that hangs from the ceiling."""
    shade = turned([(0.20, y), (0.07, y + 0.20), (0.0, y + 0.22)], (0.26, 0.42, 0.42), sides=18)
    inside = Mesh(
        shade.positions,
        -shade.normals,
        np.clip(shade.colors.astype(int) + 60, 0, 255).astype(np.uint8),
        shade.glow,
        shade.faces[:, ::-1].copy(),
    )
    bulb = ball((0.0, y + 0.06, 0.0), (0.055, 0.055, 0.055), (1.0, 0.90, 0.70), detail=1, glow=1.0)
    return merge([shade, inside, bulb, rod((0, y + 0.2, 0), (0, top, 0), 0.008, (0.2, 0.2, 0.2))])
