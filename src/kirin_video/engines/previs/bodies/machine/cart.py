"""Carts and robots: a wagon on wooden wheels, a sledge, a boxy walker."""

# ruff: noqa: C901 -- machines are made of measures
from __future__ import annotations

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Swing, Wheel
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.machine.drivers import HOLDING
from kirin_video.engines.previs.bodies.machine.paint import DARK, shade
from kirin_video.engines.previs.bodies.machine.rolling import driven
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, cart_wheel
from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]
_WOOD: Rgb = (0.50, 0.33, 0.19)


def wagon(order: Order, kit: Assembly) -> Mechanism:
    """A wooden wagon; ``roof`` makes a closed carriage of it, ``runners`` a sledge."""
    paint, shape = order.color("body") or _WOOD, order.kind.shape
    body = kit.bone("hull", (0.0, 0.6, 0.0))
    low = 0.38 if shape.get("runners") else 0.72
    kit.add(box((-1.2, low, -0.62), (1.2, low + 0.08, 0.62), shade(paint, 0.8), round_m=0.02), bone=body)
    for z in (-0.62, 0.62):
        kit.add(
            box((-1.2, low + 0.05, z - 0.03), (1.2, low + 0.52, z + 0.03), paint, round_m=0.02),
            bone=body,
            gloss=0.2,
        )
    for x in (-1.2, 1.2):
        kit.add(
            box((x - 0.03, low + 0.05, -0.62), (x + 0.03, low + 0.52, 0.62), paint, round_m=0.02),
            bone=body,
            gloss=0.2,
        )
    kit.add(box((0.55, low + 0.3, -0.58), (0.9, low + 0.38, 0.58), _WOOD, round_m=0.02), bone=body)
    if shape.get("roof"):
        kit.add(
            box((-1.1, low + 0.45, -0.6), (0.5, low + 1.35, 0.6), paint, round_m=0.1, steps=2),
            bone=body,
            gloss=0.6,
        )
        kit.add(
            box((-1.2, low + 1.3, -0.68), (0.6, low + 1.42, 0.68), shade(paint, 0.6), round_m=0.06),
            bone=body,
            gloss=0.4,
        )
        for z in (-0.60, 0.60):
            kit.add(
                box(
                    (-0.6, low + 0.65, z - 0.02),
                    (0.05, low + 1.15, z + 0.02),
                    (0.08, 0.1, 0.13),
                    round_m=0.02,
                ),
                bone=body,
                gloss=1.0,
            )
    for z in (-0.35, 0.35):
        kit.add(sweep([(1.15, low, z), (2.4, low - 0.1, z)], 0.03, _WOOD), bone=body)
    wheels: list[Wheel] = []
    if shape.get("runners"):
        for z in (-0.5, 0.5):
            kit.add(
                sweep(
                    [(-1.3, 0.05, z), (0.9, 0.05, z), (1.4, 0.2, z), (1.5, 0.5, z)],
                    0.035,
                    shade(paint, 0.7),
                    bend=5,
                ),
                bone=body,
            )
            for x in (-0.8, 0.6):
                kit.add(sweep([(x, 0.05, z), (x, low, z)], 0.03, _WOOD), bone=body)
        contact = Contact(0, (0.0, 0.0, 0.0), 1.2, 0.5)
        return Mechanism(
            Ride.WHEELS,
            body,
            2.0,
            1.0,
            4.0,
            1.0,
            0.3,
            contacts=(contact,),
            anchors=(("saddle", body, (0.7, low + 0.38, 0.0)),),
        )
    tyre, spokes = cart_wheel(0.55, 0.09, shade(paint, 0.75))
    for x in (-0.8, 0.85):
        kit.add(sweep([(x, 0.55, -0.7), (x, 0.55, 0.7)], 0.04, DARK), bone=body)
        for side in (1.0, -1.0):
            hub = (x, 0.55, side * 0.74)
            bone = kit.bone("wheel", hub)
            kit.add(put(tyre, hub), put(spokes, hub), bone=bone, gloss=0.15)
            wheels.append(Wheel(bone, hub, 0.55))
    return driven(
        kit,
        body,
        tuple(wheels),
        2.6,
        1.5,
        2.4,
        head=(1.2, 1.1, 0.0),
        saddle=(0.7, low + 0.38, 0.0),
        top=(0.0, low + 0.1, 0.0),
    )


_Joints = tuple[tuple[float, float], tuple[float, float]]
_ARM: _Joints = ((0.03, 0.9), (0.05, 0.70))
_ARM_HELD_OUT: _Joints = ((0.06, 0.84), (0.30, 0.86))
"""Elbow and hand of an arm that hangs, and of one that holds something: x and y."""


def robot(order: Order, kit: Assembly) -> Mechanism:
    """A friendly robot of boxes; it walks on swinging legs."""
    paint = order.color("body") or (0.62, 0.68, 0.74)
    light = order.color("eyes") or (0.30, 0.85, 1.0)
    hull = kit.bone("hull", (0.0, 0.7, 0.0))
    kit.add(box((-0.19, 0.68, -0.30), (0.19, 1.22, 0.30), paint, round_m=0.07, steps=2), bone=hull, gloss=0.6)
    kit.add(front(0.19, 0.82, 1.10, -0.17, 0.17, DARK, round_m=0.04, lift=0.006), bone=hull, gloss=0.5)
    for k, color in enumerate(((0.90, 0.25, 0.20), (0.95, 0.75, 0.20), (0.30, 0.75, 0.40))):
        kit.add(ball((0.20, 1.03, -0.10 + 0.10 * k), 0.025, color, level=2, glow=0.7), bone=hull, gloss=0.8)
    kit.add(front(0.19, 0.87, 0.95, -0.13, 0.13, light, round_m=0.02, lift=0.012, glow=0.6), bone=hull)
    kit.add(sweep([(0.0, 1.2, 0.0), (0.0, 1.32, 0.0)], 0.06, STEEL), bone=hull, gloss=0.8)
    head = kit.bone("head", (0.0, 1.3, 0.0), hull)
    kit.add(box((-0.18, 1.30, -0.24), (0.18, 1.66, 0.24), paint, round_m=0.08, steps=2), bone=head, gloss=0.6)
    kit.add(front(0.18, 1.38, 1.60, -0.19, 0.19, DARK, round_m=0.07, lift=0.006), bone=head, gloss=0.8)
    for z in (-0.085, 0.085):
        kit.add(
            put(disc((0.0, 0.0, 0.0), 0.045, light, axis="x", sides=24, glow=1.0), (0.192, 1.51, z)),
            bone=head,
        )
    smile = [(0.192, 1.435, -0.06), (0.192, 1.418, 0.0), (0.192, 1.435, 0.06)]
    kit.add(sweep(smile, 0.007, light, bend=5), bone=head)
    kit.add(
        sweep([(0.0, 1.65, 0.0), (0.0, 1.80, 0.0)], 0.012, STEEL),
        ball((0.0, 1.82, 0.0), 0.035, (0.95, 0.3, 0.2), level=2, glow=0.8),
        bone=head,
        gloss=0.8,
    )
    _panels(kit, hull, paint)
    hands: list[tuple[int, tuple[float, float, float]]] = []
    swings = [Swing(head, (0.0, 1.3, 0.0), (0.0, 1.0, 0.0), 12.0, period_s=3.7)]
    for side in (1.0, -1.0):
        kit.add(
            lathe(
                [(0.0, 0.0), (0.06, 0.0), (0.06, 0.05), (0.0, 0.06)],
                STEEL,
                axis="z",
                at=(0.0, 1.47, 0.23) if side > 0.0 else (0.0, 1.47, -0.29),
                sides=20,
            ),
            bone=head,
            gloss=0.8,
        )
        hip, shoulder = (0.0, 0.68, side * 0.15), (0.0, 1.12, side * 0.36)
        leg = kit.bone("leg", hip, hull)
        kit.add(
            sweep([hip, (0.0, 0.12, side * 0.15)], 0.06, STEEL, sides=14),
            box(
                (-0.13, 0.0, side * 0.15 - 0.10),
                (0.20, 0.14, side * 0.15 + 0.10),
                paint,
                round_m=0.05,
                steps=2,
            ),
            ball((0.0, 0.38, side * 0.15), 0.085, paint, level=2),
            *(
                ring((0.0, y, side * 0.15), 0.062, 0.012, DARK, axis="y", sides=16)
                for y in (0.5, 0.57, 0.2, 0.26)
            ),
            put(disc((0.0, 0.0, 0.0), 0.05, DARK, axis="x"), (0.083, 0.38, side * 0.15)),
            bone=leg,
            gloss=0.6,
        )
        arm = kit.bone("arm", shoulder, hull)
        holds = side > 0.0 and HOLDING in order.subject.traits
        elbow, wrist = _ARM_HELD_OUT if holds else _ARM
        kit.add(
            ball(shoulder, 0.09, paint, level=2),
            sweep(
                [shoulder, (*elbow, side * 0.42), (*wrist, side * 0.42)],
                0.045,
                STEEL,
                sides=14,
                bend=4,
            ),
            ball((wrist[0] + 0.01, wrist[1] - 0.02, side * 0.42), 0.075, paint, level=2),
            bone=arm,
            gloss=0.6,
        )
        hands.append((arm, (wrist[0] + 0.03, wrist[1] - 0.04, side * 0.42)))
        phase = 0.0 if side > 0.0 else 0.5
        swings.append(Swing(leg, hip, (0.0, 0.0, 1.0), 24.0, stride_m=1.05, phase=phase))
        swings.append(Swing(arm, shoulder, (0.0, 0.0, 1.0), 22.0, stride_m=1.05, phase=phase + 0.5))
    contacts = (Contact(0, (0.03, 0.0, 0.15), 0.22, 0.5), Contact(0, (0.03, 0.0, -0.15), 0.22, 0.5))
    anchors = (
        ("head", head, (0.1, 1.48, 0.0)),
        ("top", head, (0.0, 1.66, 0.0)),
        ("hand", *hands[0]),
        ("hand_left", *hands[1]),
    )
    return Mechanism(
        Ride.STROLL, hull, 1.05, 0.6, 1.1, 1.85, 0.9, swings=tuple(swings), contacts=contacts, anchors=anchors
    )


def _panels(kit: Assembly, hull: int, paint: Rgb) -> None:
    """Seams, screws, shoulder rings, and a pack with vents and a cell that glows on its back."""
    seam = shade(paint, 0.55)
    for z in (-0.24, 0.24):
        for y in (0.76, 1.16):
            kit.add(put(disc((0.0, 0.0, 0.0), 0.016, seam, axis="x", sides=12), (0.194, y, z)), bone=hull)
    kit.add(front(0.19, 0.765, 0.785, -0.25, 0.25, seam, round_m=0.0, lift=0.004), bone=hull)
    kit.add(
        box((-0.29, 0.78, -0.2), (-0.17, 1.16, 0.2), shade(paint, 0.7), round_m=0.04, steps=2),
        bone=hull,
        gloss=0.5,
    )
    for k in range(4):
        kit.add(
            box((-0.297, 0.82 + 0.055 * k, -0.14), (-0.285, 0.85 + 0.055 * k, 0.14), DARK, round_m=0.005),
            bone=hull,
        )
    cell = ball((-0.29, 1.1, 0.0), (0.02, 0.03, 0.1), (0.30, 0.85, 1.0), level=2, glow=0.9)
    kit.add(cell, box((-0.15, 0.64, -0.22), (0.15, 0.71, 0.22), DARK, round_m=0.03), bone=hull, gloss=0.5)
    for side in (1.0, -1.0):
        kit.add(ring((0.0, 1.12, side * 0.31), 0.095, 0.02, DARK, axis="z", sides=24), bone=hull, gloss=0.5)
