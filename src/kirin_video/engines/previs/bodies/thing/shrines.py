"""Temples of the East: halls and pagodas with swept roofs, pavilions, shrine gates."""

# ruff: noqa: PLR0913 -- things are made of measures
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import outwards, put
from kirin_video.engines.previs.bodies.hard.plates import flank, front
from kirin_video.engines.previs.bodies.hard.skinned import loft, sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.houses import STONE
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_RED: Rgb = (0.62, 0.15, 0.11)
_TILE: Rgb = (0.24, 0.29, 0.31)
_GOLD: Rgb = (0.82, 0.62, 0.22)
_CREAM: Rgb = (0.90, 0.84, 0.72)


def swept_roof(
    half: tuple[float, float], foot: float, rise: float, color: Rgb, *, ridge: float = 0.0, lift: float = 0.12
) -> Mesh:
    """A hipped roof that hangs between its ridge and its eaves, its corners turned up.

    Args:
        half: half of its length along x and z at the eaves, metres.
        foot: height of the eaves.
        rise: from there to the ridge.
        color: sRGB.
        ridge: half of the ridge's length along z.
        lift: how far corners are turned up, as a share of the rise.
    """
    along = np.linspace(-1.0, 1.0, 11)[:-1]
    x = np.concatenate([0.0 * along + 1.0, -along, 0.0 * along - 1.0, along])
    z = np.concatenate([-along, 0.0 * along - 1.0, along, 0.0 * along + 1.0])
    corner = np.minimum(np.abs(x), np.abs(z)) ** 5
    rings: list[NDArray[np.float64]] = []
    for t in (-0.03, 0.0, 0.12, 0.28, 0.48, 0.72, 1.0):
        s = max(t, 0.0)
        a = half[0] * (1.0 - s) + 0.03 * half[0] * s
        b = half[1] * (1.0 - s) + max(ridge, 0.03 * half[1]) * s
        y = foot + rise * (s**1.55 + min(t, 0.0) * 2.2 + lift * corner * (1.0 - s) ** 2 * 2.0)
        rings.append(np.column_stack([a * x, y, b * z]))
    return outwards(loft(np.array(rings), color, crease_deg=50.0))


def temple(order: Order, kit: Assembly) -> Mechanism:
    """A temple hall: red columns, a swept double roof, steps of stone; its front looks along x."""
    wall, tile = paint_of(order, "body", _RED), paint_of(order, "roof", _TILE)
    kit.add(box((-4.6, 0.0, -6.2), (4.6, 0.5, 6.2), STONE), box((-4.2, 0.45, -5.8), (4.2, 0.9, 5.8), STONE))
    for k in range(5):
        kit.add(
            box((4.2, 0.0, -1.6), (6.0 - 0.36 * k, 0.18 * (k + 1), 1.6), shade(STONE, 1.05), round_m=0.02)
        )
    kit.add(box((-2.8, 0.9, -4.4), (2.6, 4.4, 4.4), shade(wall, 0.85), round_m=0.02))
    for z in np.linspace(-5.0, 5.0, 6).tolist():
        for x in (-3.5, 3.5):
            kit.add(lathe([(0.3, 0.9), (0.22, 1.05), (0.2, 4.3)], wall, at=(x, 0.0, z), sides=14), gloss=0.3)
    for z in (-3.0, -1.0, 1.0, 3.0):
        kit.add(front(2.6, 1.0, 3.7, z - 0.8, z + 0.8, shade(_GOLD, 0.55), round_m=0.0), gloss=0.2)
        for k in range(4):
            at = z - 0.6 + 0.4 * k
            kit.add(front(2.6, 1.2, 3.5, at - 0.1, at + 0.1, _CREAM, round_m=0.0, lift=0.03, glow=0.25))
    kit.add(
        box((-3.8, 4.1, -5.3), (3.8, 4.5, 5.3), (0.16, 0.34, 0.36), round_m=0.03),
        box((-3.9, 4.45, -5.4), (3.9, 4.6, 5.4), _GOLD, round_m=0.02),
        front(3.8, 3.3, 4.3, -0.9, 0.9, (0.10, 0.16, 0.30), round_m=0.05, lift=0.12),
    )
    kit.add(swept_roof((5.0, 6.8), 4.6, 1.5, tile, ridge=4.6), box((-2.4, 5.2, -4.0), (2.4, 6.6, 4.0), wall))
    kit.add(swept_roof((3.9, 5.6), 6.4, 2.3, tile, ridge=3.2), gloss=0.25)
    kit.add(box((-0.14, 8.5, -3.4), (0.14, 8.9, 3.4), shade(tile, 0.7), round_m=0.05))
    for z in (-3.4, 3.4):
        kit.add(ball((0.0, 9.0, z), (0.16, 0.42, 0.3), _GOLD, level=2), gloss=0.6)
    return still(10.5, 13.6, 9.4)


def pagoda(order: Order, kit: Assembly) -> Mechanism:
    """A pagoda of ``floors`` storeys, each with its swept roof, and a spire."""
    wall, tile = paint_of(order, "body", _RED), paint_of(order, "roof", _TILE)
    kit.add(box((-3.6, 0.0, -3.6), (3.6, 0.6, 3.6), STONE))
    floors, y = int(order.kind.shape.get("floors", 5)), 0.6
    for k in range(floors):
        wide, tall = 2.5 - 0.27 * k, 2.3 - 0.16 * k
        kit.add(box((-wide, y, -wide), (wide, y + tall, wide), wall, round_m=0.02))
        for z in (-0.55 * wide, 0.0, 0.55 * wide):
            half = 0.17 * wide
            kit.add(front(wide, y + 0.35, y + tall - 0.5, z - half, z + half, _CREAM, lift=0.03, glow=0.3))
            kit.add(flank(z - half, z + half, y + 0.35, y + tall - 0.5, wide, _CREAM, lift=0.03, glow=0.3))
        for a in (-1.0, 1.0):
            for b in (-1.0, 1.0):
                kit.add(
                    sweep([(a * wide, y, b * wide), (a * wide, y + tall, b * wide)], 0.12, shade(wall, 0.7))
                )
        kit.add(box((-wide - 0.1, y + tall - 0.3, -wide - 0.1), (wide + 0.1, y + tall, wide + 0.1), _GOLD))
        last = k == floors - 1
        rise = 1.7 if last else 0.95
        eaves = (1.55 * wide, 1.55 * wide)
        kit.add(swept_roof(eaves, y + tall, rise, tile, ridge=0.0 if last else 0.62 * wide), gloss=0.25)
        y += tall + (rise if last else 0.5)
    spire = [
        (0.16, y - 0.1),
        (0.2, y + 0.3),
        (0.08, y + 0.5),
        (0.15, y + 0.8),
        (0.06, y + 1.1),
        (0.0, y + 2.0),
    ]
    kit.add(lathe(spire, _GOLD, sides=14), gloss=0.7)
    return still(7.8, 7.8, y + 2.0)


def pavilion(order: Order, kit: Assembly) -> Mechanism:
    """A pavilion of four columns with a pointed roof, a low rail and steps."""
    wall, tile = paint_of(order, "body", _RED), paint_of(order, "roof", _TILE)
    kit.add(box((-2.2, 0.0, -2.2), (2.2, 0.4, 2.2), STONE), box((2.1, 0.0, -0.8), (2.8, 0.2, 0.8), STONE))
    for x in (-1.7, 1.7):
        for z in (-1.7, 1.7):
            kit.add(lathe([(0.22, 0.4), (0.15, 0.5), (0.14, 3.1)], wall, at=(x, 0.0, z), sides=14), gloss=0.3)
        kit.add(box((x - 0.08, 2.8, -1.8), (x + 0.08, 3.1, 1.8), wall))
        kit.add(box((-1.8, 2.8, x - 0.08), (1.8, 3.1, x + 0.08), wall))
        kit.add(box((-1.7, 0.85, x - 0.2), (1.7, 0.95, x + 0.2), shade(wall, 0.8)))
    kit.add(swept_roof((2.8, 2.8), 3.05, 2.1, tile, lift=0.2), ball((0.0, 5.2, 0.0), 0.22, _GOLD), gloss=0.4)
    return still(5.6, 5.6, 5.5)


def torii(order: Order, kit: Assembly) -> Mechanism:
    """A shrine's gate: two columns and two beams, the upper one swept."""
    paint = paint_of(order, "body", (0.80, 0.22, 0.12))
    for z in (-1.8, 1.8):
        leg = sweep([(0.0, 0.0, 1.06 * z), (0.0, 4.4, 0.97 * z)], [0.26, 0.22], paint, sides=18)
        kit.add(leg, lathe([(0.36, 0.0), (0.3, 0.5)], (0.12, 0.11, 0.11), at=(0.0, 0.0, 1.06 * z)), gloss=0.3)
    beam = [(0.0, 4.75 + 0.035 * abs(z) ** 2, z) for z in np.linspace(-3.0, 3.0, 9).tolist()]
    kit.add(put(sweep(beam, 0.24, paint, sides=10), size=(1.2, 1.0, 1.0)), gloss=0.3)
    cap = [(x, y + 0.26, z) for x, y, z in beam]
    kit.add(put(sweep(cap, 0.2, (0.14, 0.13, 0.13), sides=8), size=(1.7, 1.0, 1.04)), gloss=0.3)
    kit.add(
        box((-0.16, 3.5, -2.3), (0.16, 3.85, 2.3), paint), box((-0.08, 3.85, -0.25), (0.08, 4.6, 0.25), paint)
    )
    return still(0.8, 6.2, 5.5)
