"""Machines of a household: vacuum cleaners, washing machines, refrigerators, stoves, fans, sewing machines."""

# ruff: noqa: E501 -- things are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, STEEL, Rgb, paint_of, shade, still

_WHITE: Rgb = (0.92, 0.92, 0.90)
_GLASS: Rgb = (0.12, 0.15, 0.18)


def vacuum_cleaner(order: Order, kit: Assembly) -> Mechanism:
    """A cylinder vacuum cleaner: its body on wheels, a ribbed hose, a bent tube and a wide nozzle ahead of it."""
    paint = paint_of(order, "body", (0.78, 0.16, 0.14))
    side = [(-0.30, 0.05), (0.16, 0.05), (0.24, 0.10), (0.22, 0.19), (0.08, 0.28), (-0.2, 0.30), (-0.32, 0.2)]
    kit.add(prism(rounded(side, 0.06), -0.15, 0.15, paint, round_m=0.045), gloss=0.7)
    kit.add(
        box((-0.22, 0.28, -0.05), (0.02, 0.325, 0.05), DARK, round_m=0.02),
        box((-0.28, 0.12, -0.153), (0.14, 0.15, 0.153), shade(paint, 0.55), round_m=0.01),
        put(ball((0.0, 0.0, 0.0), (0.07, 0.055, 0.07), (0.16, 0.18, 0.20)), (0.15, 0.22, 0.0)),
        gloss=0.6,
    )
    for z in (-0.15, 0.15):
        tyre = lathe(
            [(0.0, -0.03), (0.1, -0.03), (0.12, 0.0), (0.1, 0.03), (0.0, 0.03)], DARK, axis="z", sides=26
        )
        hub = lathe([(0.0, -0.035), (0.05, -0.035), (0.05, 0.035), (0.0, 0.035)], STEEL, axis="z", sides=18)
        kit.add(put(tyre, (-0.2, 0.12, z)), put(hub, (-0.2, 0.12, z)), gloss=0.4)
    kit.add(ball((0.16, 0.04, 0.0), (0.04, 0.04, 0.03), DARK, level=2))
    hose = [(0.2, 0.24, 0.0), (0.42, 0.45, -0.02), (0.5, 0.80, -0.06), (0.66, 0.98, -0.06), (0.80, 0.93, 0.0)]
    kit.add(sweep(hose, 0.026, (0.22, 0.23, 0.25), sides=12, bend=7), gloss=0.3)
    kit.add(sweep([(0.74, 1.0, 0.0), (0.84, 0.9, 0.0), (1.16, 0.12, 0.0)], 0.02, STEEL, sides=12), gloss=0.9)
    kit.add(
        sweep([(0.70, 0.99, 0.0), (0.78, 0.99, 0.0), (0.86, 0.86, 0.0)], 0.03, DARK, sides=12, bend=4),
        gloss=0.4,
    )
    head = [(1.08, 0.0), (1.32, 0.0), (1.33, 0.035), (1.2, 0.09), (1.1, 0.08)]
    kit.add(prism(head, -0.16, 0.16, DARK, round_m=0.015), gloss=0.5)
    kit.add(
        box((1.2, 0.0, -0.155), (1.325, 0.02, 0.155), paint, round_m=0.006),
        ball((1.15, 0.1, 0.0), 0.035, DARK),
    )
    return still(1.65, 0.36, 1.02)


def washing_machine(order: Order, kit: Assembly) -> Mechanism:
    """A washing machine; its drum turns behind the round door, which looks along x."""
    paint = paint_of(order, "body", _WHITE)
    kit.add(box((-0.3, 0.0, -0.3), (0.3, 0.85, 0.3), paint, round_m=0.025), gloss=0.5)
    kit.add(front(0.3, 0.72, 0.82, -0.28, 0.28, (0.75, 0.77, 0.80), round_m=0.01), gloss=0.4)
    kit.add(
        put(lathe([(0.04, 0.0), (0.035, 0.03), (0.0, 0.03)], STEEL, axis="x", sides=18), (0.31, 0.77, 0.18)),
        gloss=0.9,
    )
    kit.add(front(0.3, 0.75, 0.79, -0.1, 0.04, (0.20, 0.55, 0.60), lift=0.02, glow=0.6))
    ring_at = lathe([(0.16, 0.0), (0.21, 0.0), (0.21, 0.03), (0.17, 0.045)], STEEL, axis="x", sides=40)
    kit.add(put(ring_at, (0.3, 0.38, 0.0)), gloss=0.9)
    pivot = (0.31, 0.38, 0.0)
    drum = kit.bone("drum", pivot)
    kit.add(put(disc((0.0, 0.0, 0.0), 0.17, _GLASS, axis="x"), (0.312, 0.38, 0.0)), bone=drum, gloss=1.0)
    cloths: tuple[Rgb, ...] = ((0.75, 0.25, 0.22), (0.25, 0.45, 0.70), (0.93, 0.90, 0.82))
    for k, tone in enumerate(cloths):
        a = 2.1 * k
        spot = (0.316, 0.38 + 0.08 * math.sin(a), 0.08 * math.cos(a))
        kit.add(ball(spot, (0.006, 0.06, 0.05), tone, level=2), bone=drum)
    return Mechanism(
        Ride.STILL, 0, 0.6, 0.6, height_m=0.85, spinners=(Spinner(drum, pivot, (1.0, 0.0, 0.0), 0.8, always=True),),
        anchors=(("head", 0, (0.3, 0.5, 0.0)), ("top", 0, (0.0, 0.85, 0.0))),
        sides=(0.0,),
    )  # fmt: skip


def refrigerator(order: Order, kit: Assembly) -> Mechanism:
    """A refrigerator of two doors with long handles; it faces +x."""
    paint = paint_of(order, "body", (0.80, 0.83, 0.85))
    kit.add(box((-0.33, 0.0, -0.36), (0.28, 1.85, 0.36), shade(paint, 0.9), round_m=0.02), gloss=0.5)
    kit.add(
        box((0.27, 0.06, -0.355), (0.34, 1.18, 0.355), paint, round_m=0.025),
        box((0.27, 1.2, -0.355), (0.34, 1.84, 0.355), paint, round_m=0.025),
        gloss=0.6,
    )
    for low, high in ((0.6, 1.12), (1.26, 1.6)):
        kit.add(
            sweep(
                [(0.34, low, -0.28), (0.39, low, -0.28), (0.39, high, -0.28), (0.34, high, -0.28)],
                0.014,
                STEEL,
            )
        )
    return still(0.75, 0.72, 1.85, sides=(0.0,))


def stove(order: Order, kit: Assembly) -> Mechanism:
    """A kitchen stove: four rings on top, knobs, an oven whose window glows; it faces +x."""
    paint = paint_of(order, "body", _WHITE)
    kit.add(box((-0.3, 0.0, -0.3), (0.3, 0.87, 0.3), paint, round_m=0.015), gloss=0.5)
    kit.add(box((-0.31, 0.86, -0.31), (0.31, 0.89, 0.31), DARK, round_m=0.008), gloss=0.7)
    for x in (-0.14, 0.14):
        for z in (-0.14, 0.14):
            kit.add(
                ring((x, 0.9, z), 0.085, 0.01, (0.35, 0.35, 0.36), axis="y"),
                ring((x, 0.9, z), 0.045, 0.008, STEEL, axis="y"),
            )
    for k in range(5):
        knob = lathe([(0.026, 0.0), (0.022, 0.03), (0.0, 0.03)], DARK, axis="x", sides=14)
        kit.add(put(knob, (0.3, 0.79, -0.22 + 0.11 * k)), gloss=0.4)
    kit.add(front(0.3, 0.16, 0.70, -0.27, 0.27, DARK, round_m=0.02), gloss=0.8)
    kit.add(
        front(0.3, 0.24, 0.56, -0.2, 0.2, (0.75, 0.36, 0.12), round_m=0.02, lift=0.016, glow=0.5), gloss=0.9
    )
    kit.add(
        sweep([(0.3, 0.64, -0.22), (0.35, 0.64, -0.22), (0.35, 0.64, 0.22), (0.3, 0.64, 0.22)], 0.012, STEEL),
        gloss=0.9,
    )
    return still(0.62, 0.62, 0.9, sides=(0.0,))


def fan(order: Order, kit: Assembly) -> Mechanism:
    """An electric fan on its foot; its blades turn and look along x."""
    paint = paint_of(order, "body", (0.30, 0.52, 0.62))
    kit.add(
        lathe([(0.0, 0.0), (0.16, 0.0), (0.16, 0.02), (0.03, 0.05), (0.02, 0.3)], paint, sides=28), gloss=0.5
    )
    kit.add(put(ball((0.0, 0.0, 0.0), (0.09, 0.06, 0.06), paint), (-0.06, 0.36, 0.0)), gloss=0.5)
    pivot = (0.05, 0.36, 0.0)
    rotor = kit.bone("rotor", pivot)
    for k in range(3):
        blade = put(
            ball((0.0, 0.08, 0.0), (0.008, 0.075, 0.05), shade(paint, 1.3), level=2), turn=[("y", 24.0)]
        )
        kit.add(put(blade, pivot, turn=[("x", 120.0 * k)]), bone=rotor, gloss=0.5)
    kit.add(ball(pivot, (0.03, 0.03, 0.03), DARK, level=2), bone=rotor)
    for x in (0.0, 0.1):
        kit.add(ring((x, 0.36, 0.0), 0.19, 0.006, STEEL, axis="x", sides=36), shades=False, gloss=0.9)
    kit.add(ring((0.11, 0.36, 0.0), 0.1, 0.003, STEEL, axis="x", sides=28), shades=False, gloss=0.9)
    for k in range(16):
        a = 2.0 * math.pi * k / 16.0
        c, s = math.cos(a), math.sin(a)
        wire = [
            (0.0, 0.36 + 0.19 * c, 0.19 * s),
            (0.1, 0.36 + 0.185 * c, 0.185 * s),
            (0.115, 0.36 + 0.03 * c, 0.03 * s),
        ]
        kit.add(sweep(wire, 0.0025, STEEL, sides=4), shades=False, gloss=0.9)
    return Mechanism(
        Ride.STILL, 0, 0.32, 0.38, height_m=0.556,
        spinners=(Spinner(rotor, pivot, (1.0, 0.0, 0.0), 2.3, always=True),),
        anchors=(("head", 0, (0.1, 0.36, 0.0)), ("top", 0, (0.0, 0.55, 0.0))),
        sides=(0.0,),
    )  # fmt: skip


def sewing_machine(order: Order, kit: Assembly) -> Mechanism:
    """An old sewing machine on its board; its wheel turns."""
    paint, gold = paint_of(order, "body", (0.08, 0.08, 0.09)), (0.82, 0.64, 0.25)
    kit.add(box((-0.26, 0.0, -0.11), (0.26, 0.04, 0.11), (0.46, 0.27, 0.14), round_m=0.01), gloss=0.4)
    arm = [
        (-0.2, 0.04),
        (0.2, 0.04),
        (0.2, 0.07),
        (-0.02, 0.07),
        (0.04, 0.2),
        (0.2, 0.2),
        (0.2, 0.27),
        (-0.05, 0.29),
        (-0.13, 0.2),
    ]
    kit.add(
        prism(rounded([(x - 0.02, y) for x, y in arm], 0.02), -0.03, 0.03, paint, round_m=0.012), gloss=0.9
    )
    kit.add(
        box((0.13, 0.1, -0.02), (0.165, 0.24, 0.02), paint, round_m=0.01),
        sweep([(0.148, 0.1, 0.0), (0.148, 0.06, 0.0)], 0.004, STEEL),
    )
    for y in (0.24, 0.262):
        kit.add(box((-0.05, y, 0.029), (0.15, y + 0.006, 0.033), gold, round_m=0.001), gloss=0.8)
    kit.add(
        lathe(
            [(0.012, 0.28), (0.03, 0.29), (0.022, 0.32), (0.03, 0.35), (0.0, 0.355)],
            (0.80, 0.20, 0.18),
            at=(0.06, 0.0, 0.0),
            sides=16,
        )
    )
    pivot = (-0.17, 0.2, 0.0)
    wheel = kit.bone("wheel", pivot)
    kit.add(
        ring(pivot, 0.065, 0.012, STEEL, axis="x"),
        box((-0.175, 0.14, -0.008), (-0.165, 0.26, 0.008), STEEL),
        bone=wheel,
        gloss=0.9,
    )
    return Mechanism(
        Ride.STILL, 0, 0.52, 0.22, height_m=0.355, spinners=(Spinner(wheel, pivot, (1.0, 0.0, 0.0), 1.2, always=True),),
        anchors=(("head", 0, (0.0, 0.2, 0.0)), ("top", 0, (0.0, 0.28, 0.0))),
    )  # fmt: skip
