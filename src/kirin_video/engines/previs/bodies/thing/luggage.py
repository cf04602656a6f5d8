"""What things are kept and carried in: suitcases, barrels, buckets, baskets, chests, cages."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Hinge, Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, STEEL, WOOD, Rgb, paint_of, shade, still

_BRASS: Rgb = (0.80, 0.62, 0.26)
_IRON: Rgb = (0.24, 0.24, 0.26)
_WICKER: Rgb = (0.72, 0.52, 0.28)


def suitcase(order: Order, kit: Assembly) -> Mechanism:
    """A leather suitcase with straps, corners and a handle; its broad side looks along x."""
    paint = paint_of(order, "body", (0.50, 0.27, 0.13))
    kit.add(box((-0.11, 0.0, -0.34), (0.11, 0.46, 0.34), paint, round_m=0.035, steps=2), gloss=0.35)
    for z in (-0.2, 0.2):
        kit.add(
            box((-0.116, -0.004, z - 0.022), (0.116, 0.465, z + 0.022), shade(paint, 0.55), round_m=0.01),
            gloss=0.3,
        )
        kit.add(box((0.11, 0.3, z - 0.03), (0.124, 0.36, z + 0.03), _BRASS, round_m=0.005), gloss=0.9)
    for y in (0.035, 0.425):
        for z in (-0.305, 0.305):
            for x in (-0.08, 0.08):
                kit.add(ball((x, y, z), (0.042, 0.044, 0.044), shade(paint, 0.5), level=2), gloss=0.4)
    handle = [(0.0, 0.45, -0.08), (0.0, 0.52, -0.07), (0.0, 0.52, 0.07), (0.0, 0.45, 0.08)]
    kit.add(sweep(handle, 0.014, shade(paint, 0.5), sides=8, bend=4), gloss=0.4)
    return still(0.23, 0.69, 0.53, sides=(0.0,))


def barrel(order: Order, kit: Assembly) -> Mechanism:
    """A wooden barrel with iron hoops."""
    wood = paint_of(order, "body", WOOD)
    line = [(0.27, 0.0), (0.31, 0.2), (0.33, 0.42), (0.31, 0.64), (0.27, 0.84)]
    fine = softened(line, 4)
    kit.add(lathe(fine, wood, sides=40, crease_deg=25.0), gloss=0.15)
    for k in range(20):
        a = 2.0 * math.pi * k / 20.0
        seam = [(1.002 * r * math.cos(a), y, 1.002 * r * math.sin(a)) for r, y in fine.tolist()]
        kit.add(sweep(seam, 0.004, shade(wood, 0.55), sides=4), shades=False)
    for y, r in ((0.08, 0.288), (0.26, 0.32), (0.58, 0.32), (0.76, 0.288)):
        kit.add(
            lathe(
                [(r, y - 0.03), (r + 0.012, y - 0.028), (r + 0.012, y + 0.028), (r, y + 0.03)],
                _IRON,
                sides=40,
            ),
            gloss=0.5,
        )
    kit.add(disc((0.0, 0.80, 0.0), 0.265, shade(wood, 0.85), axis="y", sides=32))
    return still(0.66, 0.66, 0.84)


def bucket(order: Order, kit: Assembly) -> Mechanism:
    """A bucket with its handle, filled with water."""
    paint = paint_of(order, "body", (0.62, 0.66, 0.70))
    wall = [(0.0, 0.0), (0.11, 0.0), (0.155, 0.28), (0.165, 0.285), (0.15, 0.28), (0.14, 0.2)]
    kit.add(
        lathe(wall, paint, sides=32), disc((0.0, 0.24, 0.0), 0.148, (0.42, 0.60, 0.70), axis="y"), gloss=0.8
    )
    arc = [
        (0.0, 0.27 + 0.2 * math.sin(a), 0.16 * math.cos(a)) for a in (math.pi * k / 10.0 for k in range(11))
    ]
    kit.add(sweep(arc, 0.006, STEEL, sides=6), gloss=0.9)
    return still(0.33, 0.33, 0.47)


def basket(order: Order, kit: Assembly) -> Mechanism:
    """A wicker basket with a handle and a cloth, fruit in it."""
    paint = paint_of(order, "body", _WICKER)
    for k in range(8):
        r, y = 0.17 + 0.007 * k, 0.014 + 0.024 * k
        kit.add(ring((0.0, y, 0.0), r, 0.014, shade(paint, 0.86 + 0.14 * (k % 2)), axis="y", sides=36))
    kit.add(lathe([(0.0, 0.0), (0.17, 0.0), (0.2, 0.17), (0.0, 0.13)], shade(paint, 0.7), sides=28))
    arc = [
        (0.0, 0.17 + 0.24 * math.sin(a), 0.21 * math.cos(a)) for a in (math.pi * k / 12.0 for k in range(13))
    ]
    kit.add(sweep(arc, 0.012, paint, sides=8), gloss=0.1)
    tones: tuple[Rgb, ...] = ((0.80, 0.14, 0.12), (0.93, 0.55, 0.14), (0.55, 0.70, 0.22), (0.93, 0.80, 0.25))
    for k in range(9):
        a, far = 2.399 * k, 0.045 * math.sqrt(k)
        kit.add(
            ball((far * math.cos(a), 0.19 - 0.1 * far, far * math.sin(a)), 0.045, tones[k % 4], level=2),
            gloss=0.5,
        )
    return still(0.44, 0.44, 0.42)


def treasure_chest(order: Order, kit: Assembly) -> Mechanism:
    """An open chest full of gold; it faces +x."""
    wood = paint_of(order, "body", (0.44, 0.26, 0.13))
    kit.add(box((-0.26, 0.0, -0.42), (0.26, 0.34, 0.42), wood, round_m=0.02), gloss=0.2)
    rim = [(0.27 * math.cos(a), 0.16 * math.sin(a)) for a in (math.pi * k / 10.0 for k in range(11))]
    lid = prism(rim, -0.43, 0.43, shade(wood, 0.92), round_m=0.015)
    hinge = (-0.26, 0.35, 0.0)
    leaf = kit.bone("lid", hinge)
    kit.add(put(put(lid, (0.26, 0.0, 0.0)), hinge, turn=[("z", 62.0)]), bone=leaf, gloss=0.2)
    for z in (-0.34, 0.0, 0.34):
        kit.add(box((-0.265, -0.002, z - 0.03), (0.268, 0.345, z + 0.03), _IRON, round_m=0.01), gloss=0.5)
    kit.add(box((0.25, 0.2, -0.05), (0.285, 0.32, 0.05), _BRASS, round_m=0.01), gloss=0.9)
    kit.add(ball((0.0, 0.3, 0.0), (0.24, 0.14, 0.38), (0.85, 0.62, 0.16), level=3), gloss=0.9)
    for k in range(60):
        a, far = 2.399 * k, 0.029 * math.sqrt(k)
        x, z = 0.95 * far * math.cos(a), 1.55 * far * math.sin(a)
        y = 0.30 + 0.145 * math.sqrt(max(1.0 - (x / 0.24) ** 2 - (z / 0.38) ** 2, 0.0))
        coin = lathe([(0.0, 0.0), (0.028, 0.0), (0.028, 0.007), (0.0, 0.007)], (0.95, 0.76, 0.26), sides=12)
        kit.add(
            put(coin, (x, y, z), turn=[("x", 37.0 * math.sin(3.1 * k)), ("z", 35.0 * math.cos(1.7 * k))]),
            gloss=1.0,
        )
    for k, tone in enumerate(((0.80, 0.08, 0.16), (0.12, 0.52, 0.30), (0.16, 0.32, 0.78))):
        kit.add(ball((0.1 - 0.05 * k, 0.43, -0.16 + 0.15 * k), 0.026, tone, level=1), gloss=1.0)
    lid_hinge = Hinge(leaf, hinge, (0.0, 0.0, 1.0), -62.0)
    return still(0.6, 0.86, 0.75, hinges=(lid_hinge,), sides=(0.0,))


def bird_cage(order: Order, kit: Assembly) -> Mechanism:
    """A domed cage of wire with a perch."""
    wire = paint_of(order, "body", _BRASS)
    kit.add(lathe([(0.0, 0.0), (0.2, 0.0), (0.21, 0.03), (0.0, 0.035)], wire, sides=32), gloss=0.7)
    for k in range(18):
        a = 2.0 * math.pi * k / 18.0
        c, s = math.cos(a), math.sin(a)
        bar = [
            (0.19 * c, 0.03, 0.19 * s),
            (0.19 * c, 0.34, 0.19 * s),
            (0.13 * c, 0.46, 0.13 * s),
            (0.0, 0.5, 0.0),
        ]
        kit.add(sweep(bar, 0.003, wire, sides=5, bend=3), shades=False, gloss=0.9)
    for y in (0.2, 0.34):
        kit.add(ring((0.0, y, 0.0), 0.19, 0.004, wire, axis="y", sides=36), shades=False, gloss=0.9)
    kit.add(
        sweep([(0.0, 0.17, -0.15), (0.0, 0.17, 0.15)], 0.006, WOOD),
        ring((0.0, 0.53, 0.0), 0.03, 0.005, wire, axis="x"),
    )
    return still(0.42, 0.42, 0.56, tops=(("top", (0.0, 0.176, 0.0)), ("saddle", (0.0, 0.176, 0.0))))


def trash_can(order: Order, kit: Assembly) -> Mechanism:
    """A ribbed bin with a lid."""
    paint = paint_of(order, "body", (0.30, 0.42, 0.34))
    kit.add(
        lathe(
            [(0.2, 0.0), (0.25, 0.72), (0.27, 0.73), (0.27, 0.78), (0.1, 0.86), (0.0, 0.87)], paint, sides=32
        ),
        gloss=0.4,
    )
    for k in range(16):
        a = 2.0 * math.pi * k / 16.0
        c, s = math.cos(a), math.sin(a)
        kit.add(
            sweep(
                [(0.205 * c, 0.06, 0.205 * s), (0.248 * c, 0.66, 0.248 * s)],
                0.012,
                shade(paint, 0.8),
                sides=5,
            )
        )
    kit.add(
        sweep([(0.0, 0.86, -0.06), (0.0, 0.91, -0.04), (0.0, 0.91, 0.04), (0.0, 0.86, 0.06)], 0.012, DARK)
    )
    return still(0.54, 0.54, 0.92)
