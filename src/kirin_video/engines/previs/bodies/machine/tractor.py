"""Tractors."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import flank, front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, LAMP, PAINT
from kirin_video.engines.previs.bodies.machine.rolling import driven, rolling
from kirin_video.engines.previs.bodies.machine.wheels import TYRE
from kirin_video.engines.previs.bodies.order import Order


def tractor(order: Order, kit: Assembly) -> Mechanism:
    """A farm tractor: large wheels behind, a bonnet, an open-sided cab."""
    paint = order.color("body") or (0.15, 0.45, 0.15)
    rim = order.color("wheels") or (0.93, 0.76, 0.14)
    body = kit.bone("hull", (0.0, 0.8, 0.0))
    bonnet = rounded([(0.15, 0.85), (1.95, 0.80), (2.02, 1.0), (1.95, 1.42), (0.15, 1.62)], 0.14)
    kit.add(prism(bonnet, -0.42, 0.42, paint, round_m=0.10), bone=body, gloss=PAINT)
    kit.add(box((-1.0, 0.62, -0.35), (1.8, 1.0, 0.35), DARK, round_m=0.08), bone=body)
    kit.add(
        front(2.0, 0.95, 1.35, -0.3, 0.3, DARK, round_m=0.05, lift=0.03),
        flank(1.0, 1.8, 1.02, 1.32, 0.42, DARK, round_m=0.05),
        bone=body,
        gloss=0.3,
    )
    kit.add(box((-1.15, 1.0, -0.72), (0.2, 1.3, 0.72), paint, round_m=0.08), bone=body, gloss=PAINT)
    kit.add(box((-1.05, 1.3, -0.66), (0.12, 2.42, 0.66), GLASS, round_m=0.06), bone=body, gloss=1.0)
    kit.add(
        box((-1.2, 2.40, -0.76), (0.28, 2.54, 0.76), paint, round_m=0.06, steps=2), bone=body, gloss=PAINT
    )
    for x in (-1.04, 0.12):
        for z in (-0.66, 0.66):
            kit.add(
                box((x - 0.045, 1.25, z - 0.045), (x + 0.045, 2.45, z + 0.045), paint, round_m=0.03),
                bone=body,
            )
    kit.add(sweep([(0.9, 1.4, 0.30), (0.9, 2.3, 0.30), (0.86, 2.42, 0.30)], 0.045, DARK), bone=body)
    for side in (1.0, -1.0):
        kit.add(
            ball((2.0, 1.2, side * 0.36), (0.06, 0.08, 0.08), LAMP, level=2, glow=0.5), bone=body, gloss=1.0
        )
        fender = [
            (-1.62, 1.25),
            (-1.45, 1.55),
            (-1.0, 1.78),
            (-0.45, 1.78),
            (-0.08, 1.5),
            (-0.12, 1.42),
            (-0.5, 1.68),
            (-0.95, 1.68),
            (-1.35, 1.48),
            (-1.5, 1.22),
        ]
        kit.add(
            prism(fender[::-1], side * 0.88 - 0.24, side * 0.88 + 0.24, paint, round_m=0.02),
            bone=body,
            gloss=PAINT,
        )
    big = rolling(kit, (-0.75,), 0.86, 1.16, wide=0.50, rim=rim, spokes=8)
    for wheel in big:
        for k in range(20):
            lug = box((-0.06, 0.82, -0.25), (0.06, 0.90, 0.25), TYRE, round_m=0.02)
            kit.add(put(lug, wheel.pivot, turn=[("y", 14.0), ("z", 18.0 * k)]), bone=wheel.bone)
    small = rolling(kit, (1.45,), 0.52, 0.98, wide=0.34, rim=rim, spokes=6)
    wheels = (*big, *small)
    return driven(
        kit, body, wheels, 3.6, 2.2, 4.0, head=(1.9, 1.2, 0.0), top=(-0.5, 2.5, 0.0), saddle=(-0.5, 1.3, 0.0)
    )
