"""Buildings and plants as subjects."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- things are made of measures
from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.forms import ball, box, lathe, prism, put, sweep
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.plates import flank, front
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.objects import CREAM, DARK, WOOD, shade, still
from kirin_video.engines.previs.shapes import rock as boulder

Rgb = tuple[float, float, float]
_PANE: Rgb = (0.16, 0.24, 0.32)
_LAMPLIT: tuple[Rgb, float] = (0.98, 0.72, 0.30), 0.9
"""Panes with a lamp behind them, and how much they glow."""
_STONE: Rgb = (0.62, 0.59, 0.54)


def house(order: Order, kit: Assembly) -> Mechanism:
    """A house with a gabled roof; its front looks along x."""
    wall, roof, door = (
        order.color("body") or CREAM,
        order.color("roof") or (0.66, 0.27, 0.20),
        order.color("door") or WOOD,
    )
    pane, glow = _LAMPLIT if "cozy" in order.subject.traits else (_PANE, 0.2)
    half, wide, eaves, ridge = 3.2, 4.0, 3.0, 5.4
    gable = [(-half, 0.0), (half, 0.0), (half, eaves), (0.0, ridge), (-half, eaves)]
    kit.add(
        prism(gable, -wide, wide, wall, round_m=0.03),
        box((-half - 0.08, -0.1, -wide - 0.08), (half + 0.08, 0.35, wide + 0.08), _STONE, round_m=0.03),
        gloss=0.05,
    )
    slope = math.hypot(half, ridge - eaves)
    for s in (1.0, -1.0):
        slab = box((-0.55, -0.02, -wide - 0.45), (slope + 0.06, 0.16, wide + 0.45), roof, round_m=0.05)
        angle = math.degrees(math.atan2(ridge - eaves, half))
        kit.add(
            put(
                slab, (s * half, eaves, 0.0), turn=[("z", angle)] if s < 0.0 else [("z", angle), ("y", 180.0)]
            ),
            gloss=0.1,
        )
        for k in range(7):
            row = box(
                (0.1 + 0.55 * k, 0.13, -wide - 0.44),
                (0.2 + 0.55 * k, 0.19, wide + 0.44),
                shade(roof, 0.8),
                round_m=0.02,
            )
            kit.add(
                put(
                    row,
                    (s * half, eaves, 0.0),
                    turn=[("z", angle)] if s < 0.0 else [("z", angle), ("y", 180.0)],
                )
            )
    kit.add(
        box((-1.5, 4.0, 1.4), (-0.7, 6.2, 2.2), (0.60, 0.33, 0.26), round_m=0.04),
        box((-1.58, 6.15, 1.32), (-0.62, 6.35, 2.28), _STONE, round_m=0.03),
    )
    for z in (-2.4, 2.4):
        _window(kit, half, 1.0, 2.3, z, 0.62, pane, glow)
    kit.add(
        box((half - 0.02, 0.3, -0.62), (half + 0.08, 2.5, 0.62), (0.93, 0.92, 0.9), round_m=0.02),
        box((half + 0.02, 0.32, -0.5), (half + 0.12, 2.38, 0.5), door, round_m=0.03),
        ball((half + 0.15, 1.3, 0.36), 0.05, (0.8, 0.65, 0.3), level=1),
        box((half - 0.1, 0.0, -0.9), (half + 1.0, 0.18, 0.9), _STONE, round_m=0.03),
        box((half - 0.1, 0.0, -0.8), (half + 0.6, 0.33, 0.8), _STONE, round_m=0.03),
        gloss=0.2,
    )
    for x in (-1.6, 1.6):
        kit.add(
            flank(x - 0.55, x + 0.55, 1.0, 2.2, wide, (0.93, 0.92, 0.9), round_m=0.0, lift=0.05), gloss=0.1
        )
        kit.add(
            flank(x - 0.46, x - 0.03, 1.09, 2.11, wide, pane, round_m=0.0, lift=0.07, glow=glow),
            flank(x + 0.03, x + 0.46, 1.09, 2.11, wide, pane, round_m=0.0, lift=0.07, glow=glow),
            gloss=0.9,
        )
    kit.add(
        flank(-0.5, 0.5, 3.2, 4.2, wide, (0.93, 0.92, 0.9), round_m=0.3, lift=0.05),
        flank(-0.41, 0.41, 3.29, 4.11, wide, pane, round_m=0.25, lift=0.07, glow=glow),
        gloss=0.7,
    )
    for z in (-3.3, -2.7, 2.7, 3.3):
        kit.add(ball((half + 0.5, 0.25, z), (0.4, 0.42, 0.4), (0.28, 0.42, 0.18), level=2))
    return still(7.5, 8.9, 6.3)


def _window(
    kit: Assembly, x: float, y0: float, y1: float, z: float, half: float, pane: Rgb = _PANE, glow: float = 0.2
) -> None:
    kit.add(
        front(
            x, y0 - 0.1, y1 + 0.1, z - half - 0.1, z + half + 0.1, (0.93, 0.92, 0.9), round_m=0.0, lift=0.05
        ),
        gloss=0.1,
    )
    for a, b in ((z - half, z - 0.03), (z + 0.03, z + half)):
        for low, high in ((y0, (y0 + y1) / 2.0 - 0.03), ((y0 + y1) / 2.0 + 0.03, y1)):
            kit.add(front(x, low, high, a, b, pane, round_m=0.0, lift=0.07, glow=glow), gloss=0.9)


def tower(order: Order, kit: Assembly) -> Mechanism:
    """A round tower of stone with battlements or a pointed roof."""
    wall, roof = order.color("body") or _STONE, order.color("roof") or (0.30, 0.36, 0.52)
    _turret(kit, (0.0, 0.0), 2.4, 13.0, wall, roof)
    return still(5.6, 5.6, 19.0)


def _turret(kit: Assembly, at: tuple[float, float], r: float, tall: float, wall: Rgb, roof: Rgb) -> None:
    x, z = at
    kit.add(
        lathe(
            [
                (1.12 * r, 0.0),
                (r, 0.12 * tall),
                (0.96 * r, 0.85 * tall),
                (1.14 * r, 0.90 * tall),
                (1.14 * r, tall),
                (0.0, tall),
            ],
            wall,
            at=(x, 0.0, z),
            sides=28,
        )
    )
    kit.add(
        lathe(
            [(1.25 * r, tall - 0.05), (1.22 * r, tall + 0.05), (0.0, tall + 2.4 * r)],
            roof,
            at=(x, 0.0, z),
            sides=28,
        ),
        sweep([(x, tall + 2.3 * r, z), (x, tall + 3.0 * r, z)], 0.05 * r, DARK, sides=6),
        gloss=0.15,
    )
    kit.add(
        prism(
            [(x - 0.8 * r, tall + 2.75 * r), (x, tall + 2.6 * r), (x, tall + 2.9 * r)],
            z - 0.01,
            z + 0.01,
            (0.80, 0.18, 0.15),
        )
    )
    for k in range(6):
        a = 1.05 * k + 0.2
        y = tall * (0.35 + 0.22 * (k % 3))
        slit = box((-0.10 * r, 0.0, -0.05), (0.10 * r, 0.42 * r, 0.06), (0.10, 0.10, 0.12), round_m=0.04)
        kit.add(
            put(
                slit,
                (x + 0.98 * r * math.sin(a), y, z + 0.98 * r * math.cos(a)),
                turn=[("y", math.degrees(a))],
            )
        )


def castle(order: Order, kit: Assembly) -> Mechanism:
    """A castle: four towers, walls with battlements, a keep and a gate."""
    wall, roof = order.color("body") or (0.72, 0.69, 0.64), order.color("roof") or (0.25, 0.36, 0.58)
    for x in (-8.0, 8.0):
        for z in (-8.0, 8.0):
            _turret(kit, (x, z), 2.2, 11.0, wall, roof)
    for x0, x1, z0, z1 in (
        (7.4, 8.4, -7.0, 7.0),
        (-8.4, -7.4, -7.0, 7.0),
        (-7.0, 7.0, 7.4, 8.4),
        (-7.0, 7.0, -8.4, -7.4),
    ):
        kit.add(box((x0, -0.2, z0), (x1, 6.5, z1), wall, round_m=0.05))
        long_x = x1 - x0 > 2.0
        for k in range(9):
            c = -6.2 + 1.55 * k
            low = (c - 0.4, 6.4, z0) if long_x else (x0, 6.4, c - 0.4)
            high = (c + 0.4, 7.3, z1) if long_x else (x1, 7.3, c + 0.4)
            kit.add(box(low, high, wall, round_m=0.04))
    kit.add(box((-4.5, 0.0, -4.0), (2.5, 12.5, 4.0), shade(wall, 1.05), round_m=0.1))
    _turret(kit, (-1.0, 0.0), 2.6, 18.0, shade(wall, 1.05), roof)
    for z in (-3.4, 3.4):
        _turret(kit, (2.2, z), 1.3, 14.0, wall, roof)
    kit.add(
        box((7.2, -0.2, -2.6), (9.2, 8.4, 2.6), wall, round_m=0.08),
        box((9.1, 0.0, -1.5), (9.32, 3.4, 1.5), WOOD, round_m=0.05),
        put(
            lathe([(0.0, 0.0), (1.5, 0.0), (1.5, 0.14), (0.0, 0.14)], WOOD, axis="x", sides=26),
            (9.18, 3.3, 0.0),
        ),
    )
    for k in range(4):
        kit.add(box((8.9, 8.3, -2.6 + 1.5 * k), (9.25, 9.2, -1.9 + 1.5 * k), wall, round_m=0.04))
        _window(kit, 2.5, 8.0, 9.6, -2.4 + 1.6 * k, 0.35)
    return still(20.0, 20.0, 25.0)


def lighthouse(order: Order, kit: Assembly) -> Mechanism:
    """A lighthouse with bands and a lamp."""
    wall, band = order.color("body") or (0.94, 0.92, 0.88), order.color("patches") or (0.78, 0.20, 0.16)
    heights = [0.0, 3.0, 6.0, 9.0, 12.0, 15.0]
    for k, (low, high) in enumerate(itertools.pairwise(heights)):
        r0, r1 = 2.6 - 0.075 * low, 2.6 - 0.075 * high
        kit.add(lathe([(r0, low), (r1, high)], band if k % 2 else wall, sides=36), gloss=0.2)
    kit.add(
        lathe([(1.4, 14.8), (2.1, 15.0), (2.1, 15.3), (0.0, 15.3)], DARK, sides=30),
        lathe([(1.0, 15.3), (1.0, 17.0), (0.0, 17.0)], (1.0, 0.90, 0.62), sides=20, glow=1.0),
        lathe([(1.35, 16.95), (1.3, 17.1), (0.25, 18.4), (0.3, 18.6), (0.0, 18.8)], band, sides=28),
        gloss=0.4,
    )
    for k in range(16):
        a = 2.0 * math.pi * k / 16.0
        kit.add(
            sweep(
                [(2.0 * math.cos(a), 15.2, 2.0 * math.sin(a)), (2.0 * math.cos(a), 16.1, 2.0 * math.sin(a))],
                0.03,
                DARK,
                sides=4,
            )
        )
    kit.add(box((2.3, 0.0, -0.6), (2.7, 2.1, 0.6), WOOD, round_m=0.05))
    return still(5.4, 5.4, 18.8)


def windmill(order: Order, kit: Assembly) -> Mechanism:
    """A windmill whose sails turn."""
    wall, cap = order.color("body") or CREAM, order.color("roof") or (0.40, 0.26, 0.18)
    kit.add(
        lathe([(3.0, 0.0), (2.1, 8.0), (0.0, 8.0)], wall, sides=8),
        lathe([(2.3, 7.9), (2.2, 8.3), (1.5, 9.6), (0.0, 10.3)], cap, sides=24),
        box((2.5, 0.0, -0.6), (2.95, 2.1, 0.6), WOOD, round_m=0.05),
    )
    kit.add(front(2.35, 4.2, 5.3, -0.45, 0.45, _PANE, round_m=0.0, lift=0.05, lean=-0.12), gloss=0.8)
    hub = (2.9, 8.8, 0.0)
    sails = kit.bone("sails", hub)
    kit.add(sweep([(1.0, 8.8, 0.0), (3.0, 8.8, 0.0)], 0.22, WOOD), gloss=0.2)
    for k in range(4):
        blade = [
            box((-0.06, 0.0, -0.09), (0.06, 6.4, 0.09), WOOD, round_m=0.03),
            box((-0.03, 1.4, 0.09), (0.03, 6.3, 1.3), (0.93, 0.89, 0.80), round_m=0.02),
        ]
        blade += [
            box((-0.045, 1.4 + 0.7 * j, 0.0), (0.045, 1.47 + 0.7 * j, 1.34), WOOD, round_m=0.01)
            for j in range(8)
        ]
        for piece in blade:
            kit.add(put(piece, hub, turn=[("y", 8.0), ("x", 90.0 * k + 20.0)]), bone=sails)
    plain = still(6.0, 6.0, 10.3, ride=Ride.ROOTED)
    return Mechanism(
        ride=Ride.ROOTED,
        hull=0,
        base_m=6.0,
        gauge_m=6.0,
        height_m=10.3,
        spinners=(Spinner(sails, hub, (1.0, 0.0, 0.0), 0.11, always=True),),
        contacts=plain.contacts,
        anchors=plain.anchors,
    )


def tent(order: Order, kit: Assembly) -> Mechanism:
    """A camping tent."""
    cloth = order.color("body") or (0.90, 0.48, 0.14)
    kit.add(
        put(
            prism([(-1.2, 0.0), (1.2, 0.0), (0.06, 1.5), (-0.06, 1.5)], -1.5, 1.5, cloth, round_m=0.05),
            turn=[("y", 90.0)],
        ),
        gloss=0.15,
    )
    kit.add(
        put(
            prism([(-0.5, 0.0), (0.5, 0.0), (0.0, 1.25)], 0.0, 0.03, shade(cloth, 0.35)),
            (1.49, 0.0, 0.0),
            turn=[("y", 90.0)],
        )
    )
    for z in (1.75, -1.75):
        for x in (1.5, -1.5):
            kit.add(
                sweep([(x, 1.45 * 0.3, z * 0.56), (x * 1.15, 0.0, z)], 0.012, CREAM, sides=4), shades=False
            )
    return still(3.0, 2.4, 1.5)


def tree(order: Order, kit: Assembly) -> Mechanism:
    """A tree by its ``sort``: broadleaf, pine, palm, cactus; its leaves take the colour asked for."""
    sort = str(order.kind.shape.get("sort", "broadleaf"))
    color = order.color("leaves") or order.color("body") or (0.4, 0.5, 0.2)
    seed = order.seed & 0xFFFF
    if sort == "pine":
        mesh = trees.pine(seed)
    elif sort == "palm":
        mesh = trees.palm(seed)
    elif sort == "cactus":
        mesh = trees.cactus(seed)
    else:
        mesh = trees.broadleaf(
            seed, colors=(shade(color, 0.62), shade(color, 1.15)), detail=min(order.detail, 1.0)
        )
    both = np.concatenate([mesh.faces, mesh.faces[:, ::-1]])
    kit.add(replace(mesh, faces=both), gloss=0.0, shades=False)
    return still(2.0, 2.0, 7.0, ride=Ride.ROOTED)


def flower(order: Order, kit: Assembly) -> Mechanism:
    """A flower on its stem: ``daisy``, ``sunflower``, ``tulip`` or ``rose``."""
    sort = str(order.kind.shape.get("sort", "daisy"))
    petal = order.color("petals") or order.color("body") or (0.95, 0.93, 0.88)
    green: Rgb = (0.27, 0.46, 0.17)
    top_ = (0.03, 0.46, 0.0)
    kit.add(sweep([(0.0, 0.0, 0.0), (0.01, 0.2, 0.0), top_], [0.007, 0.006, 0.006], green, sides=8, bend=6))
    for y, a in ((0.14, 20.0), (0.22, 200.0)):
        kit.add(
            put(
                ball((0.075, 0.0, 0.0), (0.08, 0.006, 0.026), green, level=2),
                (0.0, y, 0.0),
                turn=[("z", 32.0), ("y", a)],
            ),
            gloss=0.15,
        )
    if sort in {"daisy", "sunflower"}:
        count, size = (21, 0.062) if sort == "sunflower" else (15, 0.052)
        middle: Rgb = (0.28, 0.17, 0.08) if sort == "sunflower" else (0.93, 0.74, 0.16)
        for k in range(count):
            leaf = ball(
                (size + 0.028, 0.0, 0.0), (size, 0.005, 0.017), shade(petal, 1.0 - 0.1 * (k % 2)), level=2
            )
            kit.add(
                put(leaf, top_, turn=[("z", 10.0 + 6.0 * (k % 2)), ("y", 360.0 * k / count), ("z", -50.0)]),
                gloss=0.1,
            )
        kit.add(
            put(
                ball(
                    (0.0, 0.0, 0.0),
                    (0.042, 0.018, 0.042) if sort == "sunflower" else (0.028, 0.014, 0.028),
                    middle,
                    level=2,
                ),
                top_,
                turn=[("z", -50.0)],
            )
        )
    else:
        layers = (
            ((6, 0.030, 14.0), (5, 0.022, 6.0), (4, 0.013, 2.0))
            if sort == "rose"
            else ((3, 0.020, 8.0), (3, 0.017, 4.0))
        )
        for n, (count, out, lean) in enumerate(layers):
            for k in range(count):
                tall = 0.045 if sort == "rose" else 0.062
                leaf = ball(
                    (0.0, tall, 0.0),
                    (0.008, tall, 0.030 if sort == "tulip" else 0.026),
                    shade(petal, 1.0 - 0.12 * n),
                    level=2,
                )
                kit.add(
                    put(
                        put(leaf, turn=[("z", -lean * 1.6)]),
                        (top_[0], top_[1] - 0.004, 0.0),
                        turn=[("y", 360.0 * k / count + 37.0 * n)],
                    )
                    if out < 0.0
                    else put(
                        put(leaf, (out, 0.0, 0.0), turn=[("z", -lean * 1.6)]),
                        (top_[0], top_[1] - 0.004, 0.0),
                        turn=[("y", 360.0 * k / count + 37.0 * n)],
                    ),
                    gloss=0.1,
                )
        kit.add(ball((top_[0], top_[1] + 0.002, 0.0), (0.02, 0.014, 0.02), green, level=2))
    return still(0.15, 0.15, 0.5, ride=Ride.ROOTED)


def mushroom(order: Order, kit: Assembly) -> Mechanism:
    """A toadstool with white dots."""
    cap = order.color("body") or (0.80, 0.13, 0.10)
    kit.add(
        lathe(
            [(0.0, 0.0), (0.035, 0.0), (0.026, 0.04), (0.02, 0.10), (0.0, 0.12)],
            CREAM,
            sides=24,
            crease_deg=60.0,
        ),
        lathe(
            [
                (0.0, 0.095),
                (0.06, 0.09),
                (0.085, 0.093),
                (0.082, 0.11),
                (0.06, 0.145),
                (0.03, 0.16),
                (0.0, 0.164),
            ],
            [CREAM, CREAM, cap, cap, cap, cap],
            sides=32,
            crease_deg=60.0,
        ),
        gloss=0.4,
    )
    for k in range(11):
        a, up = 2.4 * k, 0.25 + 0.7 * (k / 11.0)
        r = 0.083 * math.cos(up * 1.35)
        kit.add(
            ball(
                (r * math.cos(a), 0.102 + 0.06 * math.sin(up * 1.4), r * math.sin(a)),
                (0.010, 0.006, 0.010),
                CREAM,
                level=1,
            )
        )
    return still(0.17, 0.17, 0.164, ride=Ride.ROOTED)


def rock(order: Order, kit: Assembly) -> Mechanism:
    """A boulder."""
    color = order.color("body") or (0.48, 0.46, 0.43)
    mesh = boulder(np.random.default_rng(order.seed & 0xFFFF), (0.75, 0.55, 0.65), color, level=4)
    kit.add(put(mesh, (0.0, 0.30, 0.0)), gloss=0.05)
    return still(1.4, 1.2, 0.8)


def snowman(order: Order, kit: Assembly) -> Mechanism:
    """A snowman with a carrot, a scarf and a hat."""
    snow, scarf = order.color("body") or (0.95, 0.96, 0.98), order.color("scarf") or (0.78, 0.14, 0.13)
    for y, r in ((0.42, 0.46), (1.02, 0.33), (1.47, 0.23)):
        kit.add(ball((0.0, y, 0.0), r, snow))
    kit.add(
        lathe(
            [(0.05, 0.0), (0.03, 0.14), (0.0, 0.26)],
            (0.93, 0.48, 0.12),
            axis="x",
            at=(0.2, 1.46, 0.0),
            sides=14,
        ),
        lathe(
            [(0.0, 1.64), (0.26, 1.64), (0.26, 1.67), (0.17, 1.68), (0.16, 1.93), (0.0, 1.94)], DARK, sides=26
        ),
        lathe([(0.168, 1.69), (0.172, 1.7), (0.168, 1.76)], scarf, sides=26),
        gloss=0.2,
    )
    kit.add(
        lathe([(0.19, 1.22), (0.27, 1.25), (0.26, 1.32), (0.18, 1.33)], scarf, sides=28, crease_deg=70.0),
        box((0.24, 0.92, 0.08), (0.30, 1.28, 0.20), scarf, round_m=0.025),
    )
    for z in (-0.08, 0.08):
        kit.add(ball((0.205, 1.54, z), 0.028, DARK, level=2), gloss=0.6)
    for k in range(5):
        kit.add(ball((0.215, 1.385 - 0.018 * math.cos(1.3 * (k - 2)), 0.05 * (k - 2)), 0.014, DARK, level=1))
    for y, x in ((0.9, 0.315), (1.04, 0.335), (0.62, 0.425)):
        kit.add(ball((x, y, 0.0), 0.028, DARK, level=2))
    for s in (1.0, -1.0):
        kit.add(
            sweep(
                [(0.0, 1.08, s * 0.28), (0.05, 1.25, s * 0.62), (0.06, 1.42, s * 0.8)],
                [0.022, 0.016, 0.01],
                (0.30, 0.20, 0.12),
                sides=6,
            ),
            sweep([(0.05, 1.25, s * 0.62), (0.0, 1.36, s * 0.66)], 0.01, (0.30, 0.20, 0.12), sides=5),
        )
    return still(0.9, 0.9, 1.94)


def skyscraper(order: Order, kit: Assembly) -> Mechanism:
    """A tower of glass and steel in three steps."""
    glass = order.color("body") or (0.22, 0.34, 0.46)
    for half, low, high in ((9.0, 0.0, 60.0), (7.0, 60.0, 95.0), (4.5, 95.0, 118.0)):
        kit.add(box((-half, low, -half), (half, high, half), glass, round_m=0.4), gloss=1.0)
        for k in range(int((high - low) / 3.6)):
            kit.add(
                box(
                    (-half - 0.1, low + 3.6 * k, -half - 0.1),
                    (half + 0.1, low + 3.6 * k + 0.7, half + 0.1),
                    (0.78, 0.79, 0.80),
                    round_m=0.1,
                ),
                gloss=0.4,
            )
    kit.add(sweep([(0.0, 117.0, 0.0), (0.0, 140.0, 0.0)], [0.8, 0.15], (0.78, 0.79, 0.80)))
    return Mechanism(
        ride=Ride.STILL,
        hull=0,
        base_m=18.0,
        gauge_m=18.0,
        height_m=140.0,
        middle_m=70.0,
        contacts=(Contact(0, (0.0, 0.0, 0.0), 14.0, 0.5),),
    )
