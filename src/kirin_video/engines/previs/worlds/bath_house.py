"""A wooden bath house with paper windows, and stone lanterns."""

from __future__ import annotations

from kirin_video.engines.previs.city.clay import Clay
from kirin_video.engines.previs.city.solids import Rgb, rod, shaded
from kirin_video.engines.previs.mesh import Mesh

TIMBER: Rgb = (0.36, 0.24, 0.16)
_PAPER: Rgb = (1.0, 0.86, 0.60)
_TILES: Rgb = (0.24, 0.27, 0.31)


def bath_house(*, lit: bool) -> Mesh:
    """A wooden house with paper windows, a veranda and a broad tiled roof; its front faces +z."""
    clay = Clay()
    clay.box((-5.2, -0.5, -3.0), (5.2, 0.35, 3.2), shaded(TIMBER, 1.3), faces="xXYzZ")
    clay.box((-4.4, 0.35, -2.6), (4.4, 3.0, 1.8), (0.80, 0.74, 0.62))
    glow = 0.6 if lit else 0.05
    for k in range(6):
        x = -4.1 + k * 1.4
        clay.front(x, x + 1.2, 0.5, 2.35, 1.82, _PAPER, glow=(glow, glow, glow, glow))
        for dx in (0.4, 0.8):
            clay.box((x + dx - 0.02, 0.5, 1.82), (x + dx + 0.02, 2.35, 1.85), TIMBER, faces="xXZ")
        for y in (1.1, 1.7):
            clay.box((x, y - 0.02, 1.82), (x + 1.2, y + 0.02, 1.85), TIMBER, faces="YZy")
        clay.box((x - 0.14, 0.35, 1.75), (x - 0.02, 3.0, 1.90), TIMBER, faces="xXZ")
    for x in (-5.0, -1.7, 1.7, 5.0):
        clay.add(rod((x, 0.3, 3.0), (x, 2.75, 3.0), 0.10, TIMBER))
    eave, ridge = 2.7, 5.2
    for s in (1.0, -1.0):
        z = 4.0 if s > 0.0 else -3.6
        ring = ((-6.2 * s, eave, z), (6.2 * s, eave, z), (4.4 * s, ridge, -0.2), (-4.4 * s, ridge, -0.2))
        clay.quad(ring, _TILES)
        clay.quad(tuple((x, y - 0.14, a) for x, y, a in ring[::-1]), TIMBER)  # pyright: ignore[reportArgumentType]
        end = (
            (6.2 * s, eave, 4.0 * s if s > 0 else -3.6),
            (6.2 * s, eave, -3.6 if s > 0 else 4.0),
            (4.4 * s, ridge, -0.2),
            (4.4 * s, ridge, -0.2),
        )
        clay.quad(end, shaded(_TILES, 0.85))
    clay.soft_box((-4.7, ridge - 0.12, -0.45), (4.7, ridge + 0.22, 0.05), shaded(_TILES, 1.15), bevel=0.1)
    return clay.mesh()


def lantern(*, lit: bool) -> Mesh:
    """A stone lantern."""
    clay, stone = Clay(), (0.52, 0.52, 0.49)
    clay.soft_box((-0.34, -0.2, -0.34), (0.34, 0.22, 0.34), stone, bevel=0.06)
    clay.add(rod((0.0, 0.2, 0.0), (0.0, 1.0, 0.0), 0.15, stone, sides=8))
    clay.soft_box((-0.34, 1.0, -0.34), (0.34, 1.15, 0.34), stone, bevel=0.05)
    clay.soft_box((-0.22, 1.15, -0.22), (0.22, 1.55, 0.22), _PAPER, bevel=0.02, glow=1.0 if lit else 0.06)
    for x in (-0.22, 0.22):
        for z in (-0.22, 0.22):
            clay.box((x - 0.05, 1.15, z - 0.05), (x + 0.05, 1.55, z + 0.05), stone, faces="xXzZ")
    clay.soft_box((-0.52, 1.55, -0.52), (0.52, 1.85, 0.52), shaded(stone, 0.9), bevel=0.26)
    clay.soft_box((-0.1, 1.8, -0.1), (0.1, 2.06, 0.1), stone, bevel=0.08)
    return clay.mesh()
