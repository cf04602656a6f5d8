"""A supermarket: an aisle between shelves full of goods, fruit in crates, fridges where it ends."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.city.solids import rod, soft_box
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color, box
from kirin_video.engines.previs.worlds.indoors import Interior, lamplit
from kirin_video.engines.previs.worlds.interiors.goods import crate_of_fruit, stocked
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import Rect, Shell, build_walls

_HALF_M, _BACK_M, _HIGH_M = 5.2, -13.4, 3.4
_AISLE_M, _NEAR_M, _FAR_M = 1.55, -2.2, -11.2
"""Half the aisle's width; where its shelves begin and end along z."""
_SIGN: Color = (0.13, 0.46, 0.24)
_STEEL: Color = (0.72, 0.73, 0.75)


def build(site: Site) -> Scene:
    """Build the shop, looked at down the middle aisle."""
    rng = site.rng(1)
    shell = Shell(
        (0.86, 0.87, 0.84),
        half_m=_HALF_M,
        back_m=_BACK_M,
        high_m=_HIGH_M,
        floor=(0.82, 0.82, 0.78),
        tile_m=0.6,
        ceiling=(0.80, 0.81, 0.82),
        front_m=5.4,
    )
    long, middle = _NEAR_M - _FAR_M, (_NEAR_M + _FAR_M) / 2.0
    things: list[Mesh] = []
    for s in (-1.0, 1.0):
        turn = -s * math.pi / 2.0
        things += [
            stocked(rng, long).moved((s * (_AISLE_M + 0.44), 0.0, middle), turn),
            _blind(rng, long).moved((s * (_AISLE_M + 0.44), 0.0, middle), -turn),
            stocked(rng, 1.1, high_m=2.1, levels=5).moved((s * (_HALF_M - 0.02), 0.0, -1.0), turn),
            *_fruit_stand(rng, 0 if s < 0.0 else 3, s),
        ]
    things += [*_fridges(), *_signs(), *_strips(), _cart().moved((0.95, 0.0, -5.4), 0.2)]
    edge = _AISLE_M + 0.88
    covers: list[Rect] = [
        (-edge, _FAR_M, -_AISLE_M, _NEAR_M),
        (_AISLE_M, _FAR_M, edge, _NEAR_M),
        (-_HALF_M, _BACK_M, _HALF_M, _BACK_M + 0.7),
        (-edge, _NEAR_M, -_AISLE_M, _NEAR_M + 0.8),
        (_AISLE_M, _NEAR_M, edge, _NEAR_M + 0.8),
    ]
    lamps = tuple(Lamp((0.0, 3.0, z), (0.62, 0.64, 0.64), 3.0) for z in (-1.5, -6.0, -10.5))
    inside = Interior(
        build_walls(site.seed, shell, covers),
        things,
        (0.0, 1.15, -6.0),
        lamps=lamps,
        deep_m=8.0,
        stand=(0.0, -3.4),
    )
    return lamplit(site, inside, level=0.44, warm=(0.98, 1.0, 1.0))


def _blind(rng: np.random.Generator, long: float) -> Mesh:
    """The other side of a shelf, of which little is seen: stripes of colour."""
    parts: list[Mesh] = []
    for level in range(4):
        at = -long / 2.0
        while at < long / 2.0 - 0.1:
            wide = float(rng.uniform(0.3, 0.9))
            tone = rng.uniform(0.2, 0.9, 3).tolist()
            y, end = 0.12 + 0.41 * level, min(at + wide, long / 2.0)
            parts.append(box((at, y, 0.0), (end, y + 0.30, 0.40), (tone[0], tone[1], tone[2])))
            at += wide
    return merge(parts)


def _fruit_stand(rng: np.random.Generator, first: int, side: float) -> list[Mesh]:
    """Crates of fruit at the near end of a shelf, in two tiers; they face the viewer."""
    parts: list[Mesh] = [
        soft_box((-0.46, 0.0, -0.34), (0.46, 0.62, 0.02), (0.40, 0.30, 0.20), bevel=0.02),
        soft_box((-0.46, 0.0, 0.0), (0.46, 0.36, 0.44), (0.46, 0.34, 0.22), bevel=0.02),
        soft_box((-0.40, 0.90, -0.34), (0.40, 1.14, -0.31), _SIGN, bevel=0.01),
    ]
    for k, (x, y, z) in enumerate(
        ((-0.23, 0.62, -0.15), (0.23, 0.62, -0.15), (-0.23, 0.36, 0.22), (0.23, 0.36, 0.22))
    ):
        parts.append(crate_of_fruit(rng, first + k, wide_m=0.44, deep_m=0.36).moved((x, y, z)))
    return [merge(parts).moved((side * (_AISLE_M + 0.44), 0.0, _NEAR_M + 0.36))]


def _fridges() -> list[Mesh]:
    """Fridges with bright glass doors along the back wall, bottles and cartons in them."""
    rng, parts = (
        np.random.default_rng(7),
        [
            soft_box(
                (-_HALF_M + 0.1, 2.15, _BACK_M),
                (_HALF_M - 0.1, 2.75, _BACK_M + 0.62),
                (0.80, 0.16, 0.14),
                bevel=0.02,
            )
        ],
    )
    for k in range(8):
        x = -_HALF_M + 0.3 + 1.2 * k
        z = _BACK_M + 0.62
        parts += [
            box((x, 0.1, _BACK_M + 0.05), (x + 1.12, 2.1, _BACK_M + 0.1), (0.86, 0.92, 0.96), glow=0.55),
            soft_box((x - 0.04, 0.0, _BACK_M), (x + 0.02, 2.15, z), (0.22, 0.24, 0.26), bevel=0.01),
            box((x, 0.0, _BACK_M), (x + 1.16, 0.14, z), (0.22, 0.24, 0.26)),
            rod((x + 0.12, 0.8, z + 0.03), (x + 0.12, 1.4, z + 0.03), 0.014, _STEEL),
        ]
        for level in range(4):
            y = 0.2 + 0.48 * level
            parts.append(box((x, y - 0.03, _BACK_M + 0.1), (x + 1.12, y, z - 0.06), (0.80, 0.84, 0.86)))
            tone = rng.uniform(0.3, 0.98, 3).tolist()
            for i in range(8):
                at = x + 0.06 + 0.13 * i
                parts.append(
                    box(
                        (at, y, z - 0.22),
                        (at + 0.10, y + 0.28, z - 0.12),
                        (tone[0], tone[1], tone[2]),
                        glow=0.15,
                    )
                )
    return parts


def _signs() -> list[Mesh]:
    """Signs that hang over the aisle: a number in a disc and lines of words."""
    parts: list[Mesh] = []
    for z in (-4.4, -8.6):
        parts += [
            soft_box((-0.95, 2.35, z - 0.02), (0.95, 2.78, z + 0.02), _SIGN, bevel=0.02),
            soft_box((-0.86, 2.41, z), (-0.56, 2.72, z + 0.035), (0.97, 0.97, 0.94), bevel=0.05),
            box((-0.74, 2.47, z), (-0.68, 2.66, z + 0.042), _SIGN),
            *(
                box((-0.42, y, z), (x, y + 0.06, z + 0.03), (0.97, 0.97, 0.94))
                for y, x in ((2.63, 0.62), (2.53, 0.34), (2.43, 0.74))
            ),
            *(rod((x, 2.78, z), (x, _HIGH_M, z), 0.008, _STEEL) for x in (-0.8, 0.8)),
        ]
    return parts


def _strips() -> list[Mesh]:
    """Rows of bright lamps along the ceiling."""
    return [
        soft_box(
            (x - 0.09, _HIGH_M - 0.07, z - 1.3),
            (x + 0.09, _HIGH_M - 0.01, z),
            (1.0, 1.0, 0.97),
            bevel=0.02,
            glow=1.0,
        )
        for x in (-3.4, -1.1, 1.1, 3.4)
        for z in np.arange(1.5, _BACK_M + 1.5, -1.9).tolist()
    ]


def _cart() -> Mesh:
    """A shopping trolley of wire, with a few things in it; it points to +z."""
    low, high = 0.42, 0.92
    corners_low = [(-0.20, low, -0.30), (0.20, low, -0.30), (0.17, low, 0.34), (-0.17, low, 0.34)]
    corners_high = [(-0.26, high, -0.40), (0.26, high, -0.40), (0.21, high, 0.46), (-0.21, high, 0.46)]
    parts: list[Mesh] = []
    for t in (0.0, 0.25, 0.5, 0.75, 1.0):
        ring = [
            (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)
            for a, b in zip(corners_low, corners_high, strict=True)
        ]
        parts += [
            rod(ring[k], ring[(k + 1) % 4], 0.014 if t == 1.0 else 0.007, _STEEL, sides=5) for k in range(4)
        ]
    for k in range(4):
        a, b, c, d = corners_low[k], corners_low[(k + 1) % 4], corners_high[k], corners_high[(k + 1) % 4]
        for t in np.linspace(0.0, 1.0, 6)[:-1].tolist():
            foot = (a[0] + (b[0] - a[0]) * t, a[1], a[2] + (b[2] - a[2]) * t)
            head = (c[0] + (d[0] - c[0]) * t, c[1], c[2] + (d[2] - c[2]) * t)
            parts.append(rod(foot, head, 0.006, _STEEL, sides=4))
    for s in (-1.0, 1.0):
        parts += [
            rod((s * 0.22, high, -0.40), (s * 0.22, 1.02, -0.52), 0.014, _STEEL),
            rod((s * 0.20, 0.10, -0.34), (s * 0.20, low, -0.30), 0.014, _STEEL),
            rod((s * 0.20, 0.10, -0.34), (s * 0.18, 0.10, 0.36), 0.014, _STEEL),
            rod(
                (s * 0.20 - 0.02, 0.06, -0.34),
                (s * 0.20 + 0.02, 0.06, -0.34),
                0.06,
                (0.14, 0.14, 0.15),
                sides=10,
            ),
            rod(
                (s * 0.18 - 0.02, 0.06, 0.36),
                (s * 0.18 + 0.02, 0.06, 0.36),
                0.06,
                (0.14, 0.14, 0.15),
                sides=10,
            ),
        ]
    parts += [
        rod((-0.24, 1.02, -0.52), (0.24, 1.02, -0.52), 0.024, (0.80, 0.16, 0.14), sides=10),
        soft_box((-0.14, low, -0.2), (0.05, low + 0.34, -0.02), (0.94, 0.72, 0.20), bevel=0.02),
        soft_box((0.02, low, 0.04), (0.16, low + 0.26, 0.24), (0.24, 0.46, 0.70), bevel=0.02),
    ]
    return merge(parts)
