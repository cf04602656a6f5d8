"""What lies on a kitchen's board: a chef's knife, a heap of vegetables, mooncakes; a vacuum for its floor."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, STEEL, Rgb, paint_of, shade, still

_BOARD: Rgb = (0.78, 0.58, 0.36)
_LEAF: Rgb = (0.26, 0.52, 0.16)
_TOMATO: Rgb = (0.84, 0.13, 0.08)
_BAKED: Rgb = (0.76, 0.46, 0.16)


def chef_knife(order: Order, kit: Assembly) -> Mechanism:
    """A chef's knife that lies flat, its point along x."""
    grip = paint_of(order, "body", DARK)
    edge = [
        (-0.03, -0.024),
        (0.02, -0.026),
        (0.10, -0.021),
        (0.155, -0.006),
        (0.185, 0.016),
        (0.10, 0.020),
        (-0.03, 0.020),
    ]
    kit.add(prism(edge, 0.004, 0.007, STEEL, axis="y"), gloss=1.0)
    kit.add(box((-0.045, 0.0, -0.012), (-0.028, 0.012, 0.020), shade(STEEL, 0.9), round_m=0.003), gloss=0.9)
    handle = rounded([(-0.16, -0.004), (-0.045, -0.010), (-0.045, 0.018), (-0.15, 0.020)], 0.008)
    kit.add(prism(handle, 0.0, 0.016, grip, axis="y", round_m=0.005), gloss=0.4)
    for x in (-0.065, -0.095, -0.125):
        kit.add(ball((x, 0.0155, 0.006), (0.0035, 0.001, 0.0035), STEEL, level=1), gloss=0.9)
    return still(0.35, 0.05, 0.016)


def cutting_board(order: Order, kit: Assembly) -> Mechanism:
    """A wooden board with a hole to hang it by."""
    wood = paint_of(order, "body", _BOARD)
    outline = rounded([(-0.16, -0.24), (0.16, -0.24), (0.16, 0.24), (-0.16, 0.24)], 0.03)
    kit.add(prism(outline, 0.0, 0.022, wood, axis="y", round_m=0.005), gloss=0.25)
    for k in range(5):
        x = -0.10 + 0.05 * k
        kit.add(box((x, 0.0205, -0.235), (x + 0.002, 0.0225, 0.235), shade(wood, 0.86), round_m=0.0005))
    kit.add(lathe([(0.0, 0.0222), (0.014, 0.0222), (0.0, 0.0226)], shade(wood, 0.45), at=(-0.125, 0.0, 0.2)))
    return still(0.32, 0.48, 0.022)


def vegetables(order: Order, kit: Assembly) -> Mechanism:
    """Tomatoes, a cucumber, carrots, a pepper, broccoli and salad in a heap."""
    del order
    for x, z in ((0.055, -0.045), (0.075, 0.03), (0.02, -0.10)):
        kit.add(ball((x, 0.034, z), (0.037, 0.034, 0.037), _TOMATO), gloss=0.6)
        for k in range(5):
            a = 1.26 * k
            kit.add(
                sweep(
                    [(x, 0.067, z), (x + 0.016 * math.cos(a), 0.068, z + 0.016 * math.sin(a))],
                    [0.003, 0.001],
                    _LEAF,
                )
            )
    kit.add(
        sweep(
            [(0.10, 0.022, -0.12), (0.125, 0.022, 0.0), (0.11, 0.022, 0.12)],
            [0.018, 0.023, 0.018],
            (0.18, 0.42, 0.14),
            sides=14,
            bend=6,
        ),
        gloss=0.4,
    )
    for k, z in enumerate((0.07, 0.105)):
        root = [(0.07 - 0.02 * k, 0.018, z), (-0.09, 0.014, z + 0.02)]
        kit.add(sweep(root, [0.019, 0.005], (0.93, 0.46, 0.10), sides=14), gloss=0.3)
        for n in range(4):
            kit.add(
                sweep(
                    [(root[0][0], 0.02, z), (root[0][0] + 0.05, 0.03 + 0.008 * n, z - 0.02 + 0.013 * n)],
                    [0.004, 0.002],
                    _LEAF,
                )
            )
    for k in range(4):
        a = math.tau * k / 4.0
        at = (-0.03 + 0.020 * math.cos(a), 0.045, -0.08 + 0.020 * math.sin(a))
        kit.add(ball(at, (0.026, 0.044, 0.026), (0.96, 0.74, 0.10)), gloss=0.7)
    kit.add(sweep([(-0.03, 0.08, -0.08), (-0.026, 0.108, -0.076)], [0.007, 0.005], _LEAF))
    rng = np.random.default_rng(3)
    kit.add(sweep([(-0.07, 0.0, 0.02), (-0.07, 0.05, 0.02)], [0.022, 0.03], (0.52, 0.68, 0.30), sides=12))
    for _ in range(26):
        x, y, z = rng.normal(0.0, 1.0, 3)
        r = 0.040 / max(math.hypot(x, y, z), 1e-6)
        at = (-0.07 + r * x, 0.068 + 0.75 * r * abs(y), 0.02 + r * z)
        kit.add(ball(at, 0.0175, (0.18, 0.40 + 0.05 * (x > 0.0), 0.12), level=2))
    for k in range(9):
        a = 0.7 * k
        leaf = [
            (-0.11, 0.02, -0.07),
            (-0.13 - 0.03 * math.cos(a), 0.055, -0.09 + 0.05 * math.sin(a)),
            (-0.15, 0.04 + 0.006 * k, -0.10 + 0.07 * math.sin(a)),
        ]
        kit.add(sweep(leaf, [0.012, 0.026, 0.004], (0.52, 0.74, 0.24), sides=8, bend=3))
    return still(0.30, 0.28, 0.12)


def mooncakes(order: Order, kit: Assembly) -> Mechanism:
    """A plate of mooncakes with scalloped sides and a flower pressed into each; one is cut."""
    crust = paint_of(order, "body", _BAKED)
    plate = [(0.0, 0.004), (0.08, 0.0), (0.12, 0.014), (0.122, 0.016), (0.08, 0.006), (0.0, 0.008)]
    kit.add(lathe(plate, (0.93, 0.94, 0.95), sides=48), gloss=0.8)
    places = [
        (0.062 * math.cos(a), 0.008, 0.062 * math.sin(a)) for a in (math.tau * k / 5.0 for k in range(5))
    ]
    for x, y, z in [*places, (0.0, 0.037, 0.0)]:
        cake = [(0.0, 0.0), (0.030, 0.0), (0.031, 0.004), (0.031, 0.024), (0.028, 0.027), (0.0, 0.027)]
        kit.add(lathe(cake, crust, at=(x, y, z), sides=40), gloss=0.35)
        for k in range(18):
            a = math.tau * k / 18.0
            kit.add(
                ball(
                    (x + 0.0295 * math.cos(a), y + 0.014, z + 0.0295 * math.sin(a)),
                    (0.0044, 0.0118, 0.0044),
                    crust,
                    level=2,
                ),
                gloss=0.35,
            )
        kit.add(ring((x, y + 0.0272, z), 0.0225, 0.0016, shade(crust, 0.72), axis="y"), gloss=0.3)
        for k in range(8):
            a = math.tau * k / 8.0
            petal = ball((0.0, 0.0, 0.0), (0.0075, 0.0018, 0.0035), shade(crust, 1.25), level=1)
            kit.add(
                put(
                    petal,
                    (x + 0.011 * math.cos(a), y + 0.0276, z - 0.011 * math.sin(a)),
                    turn=[("y", math.degrees(a))],
                ),
                gloss=0.3,
            )
        kit.add(ball((x, y + 0.0278, z), (0.0045, 0.002, 0.0045), shade(crust, 0.8), level=1))
    half = [
        (0.0, -0.030),
        (0.0, 0.030),
        *((-0.030 * math.sin(t), 0.030 * math.cos(t)) for t in np.linspace(0.2, 2.94, 14).tolist()),
    ]
    kit.add(
        put(
            prism(half[::-1], 0.0, 0.026, crust, axis="y", round_m=0.002),
            (0.118, 0.016, -0.03),
            turn=[("z", 8.0)],
        ),
        gloss=0.3,
    )
    kit.add(box((0.117, 0.020, -0.055), (0.1205, 0.039, -0.005), (0.34, 0.16, 0.09), round_m=0.001))
    kit.add(ball((0.120, 0.030, -0.03), (0.003, 0.009, 0.010), (0.96, 0.62, 0.12), level=2), gloss=0.3)
    return still(0.25, 0.25, 0.066)


def robot_vacuum(order: Order, kit: Assembly) -> Mechanism:
    """A flat round vacuum that goes about by itself: bumper, lamp, a turret that sees; ahead is x."""
    paint = paint_of(order, "body", (0.14, 0.15, 0.17))
    body = [(0.0, 0.012), (0.168, 0.012), (0.175, 0.022), (0.175, 0.070), (0.168, 0.082), (0.0, 0.084)]
    kit.add(lathe(body, paint, sides=64), gloss=0.5)
    kit.add(
        lathe([(0.0, 0.083), (0.150, 0.083), (0.150, 0.0855), (0.0, 0.0865)], shade(paint, 1.7), sides=64),
        gloss=0.8,
    )
    kit.add(
        lathe(
            [(0.0, 0.085), (0.042, 0.085), (0.042, 0.104), (0.036, 0.110), (0.0, 0.110)],
            shade(paint, 0.6),
            sides=40,
            at=(-0.04, 0.0, 0.0),
        ),
        gloss=0.7,
    )
    bow = [(0.178 * math.cos(t), 0.046, 0.178 * math.sin(t)) for t in np.linspace(-1.2, 1.2, 25).tolist()]
    kit.add(sweep(bow, 0.017, shade(paint, 0.75), sides=10), gloss=0.4)
    for z in (-0.012, 0.012):
        kit.add(ball((0.085, 0.0862, z), (0.008, 0.002, 0.006), (0.30, 0.78, 1.0), level=2, glow=0.9))
    for k in range(3):
        a = 0.4 + math.tau * k / 3.0
        kit.add(
            sweep(
                [(0.125, 0.012, 0.115), (0.125 + 0.075 * math.cos(a), 0.006, 0.115 + 0.075 * math.sin(a))],
                0.003,
                (0.92, 0.92, 0.90),
            )
        )
    for z in (-0.115, 0.115):
        kit.add(
            lathe(
                [(0.0, -0.014), (0.032, -0.014), (0.032, 0.014), (0.0, 0.014)],
                DARK,
                axis="z",
                at=(0.0, 0.032, z),
            )
        )
    return Mechanism(
        ride=Ride.WHEELS, hull=0, base_m=0.2, gauge_m=0.2, speed=0.28, height_m=0.11, middle_m=0.05,
        anchors=(("head", 0, (0.1, 0.08, 0.0)), ("top", 0, (0.0, 0.11, 0.0))),
    )  # fmt: skip
