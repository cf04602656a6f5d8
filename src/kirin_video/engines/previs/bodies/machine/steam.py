"""Steam trains."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Wheel
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import flank
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, LAMP, shade
from kirin_video.engines.previs.bodies.machine.railway import (
    WHEEL,
    Rgb,
    axle_of,
    bogie_at,
    lay_rails,
    on_rails,
)
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order


def steam(order: Order, kit: Assembly) -> Mechanism:
    """A steam locomotive with its tender and two carriages."""
    paint = order.color("body") or (0.09, 0.09, 0.10)
    red: Rgb = order.color("wheels") or (0.62, 0.12, 0.10)
    coach: Rgb = order.color("carriage") or (0.38, 0.13, 0.11)
    brass: Rgb = (0.80, 0.62, 0.25)
    body = kit.bone("hull", (0.0, 1.0, 0.0))
    wheels: list[Wheel] = []
    end = 14.0
    low = 1.15
    kit.add(
        lathe(
            [(0.0, 0.0), (0.78, 0.0), (0.82, 0.12), (0.82, 5.9), (0.78, 6.1), (0.55, 6.2), (0.0, 6.24)],
            paint,
            axis="x",
            at=(end - 6.7, 2.35, 0.0),
            sides=32,
        ),
        bone=body,
        gloss=0.6,
    )
    for x in (end - 5.8, end - 4.3, end - 2.8, end - 1.3):
        kit.add(
            lathe(
                [(0.835, -0.05), (0.845, 0.0), (0.835, 0.05)], brass, axis="x", at=(x, 2.35, 0.0), sides=32
            ),
            bone=body,
            gloss=0.9,
        )
    for x, wide, high in ((end - 1.25, 0.28, 1.1), (end - 3.1, 0.36, 0.55), (end - 4.6, 0.30, 0.42)):
        profile = [
            (wide * 0.8, 0.0),
            (wide * 0.75, high * 0.75),
            (wide, high * 0.86),
            (wide, high),
            (wide * 0.7, high),
            (0.0, high * (0.9 if high > 1.0 else 1.15)),
        ]
        kit.add(
            lathe(profile, paint if high > 1.0 else brass, at=(x, 3.05, 0.0), sides=22), bone=body, gloss=0.7
        )
    kit.add(
        box((end - 8.3, low, -1.3), (end - 6.6, 3.35, 1.3), paint, round_m=0.08, steps=2),
        bone=body,
        gloss=0.5,
    )
    kit.add(
        box((end - 8.6, 3.32, -1.45), (end - 6.35, 3.52, 1.45), shade(red, 0.9), round_m=0.08, steps=2),
        bone=body,
        gloss=0.3,
    )
    kit.add(flank(end - 8.0, end - 7.1, 2.3, 3.1, 1.3, GLASS, round_m=0.1), bone=body, gloss=1.0)
    kit.add(box((end - 8.4, 0.85, -1.15), (end - 0.2, 1.2, 1.15), DARK, round_m=0.05), bone=body)
    kit.add(box((end - 0.45, 0.8, -1.3), (end - 0.2, 1.3, 1.3), red, round_m=0.05), bone=body, gloss=0.4)
    for z in (-0.8, 0.8):
        kit.add(
            lathe(
                [(0.0, 0.0), (0.22, 0.0), (0.16, 0.1), (0.10, 0.25), (0.2, 0.3), (0.0, 0.34)],
                STEEL,
                axis="x",
                at=(end - 0.2, 1.05, z),
                sides=16,
            ),
            bone=body,
            gloss=0.8,
        )
        kit.add(
            lathe(
                [(0.0, 0.0), (0.33, 0.0), (0.33, 1.2), (0.0, 1.2)],
                paint,
                axis="x",
                at=(end - 2.2, 1.02, 1.35 * z / 0.8 * 0.9),
                sides=20,
            ),
            bone=body,
            gloss=0.5,
        )
    plough = prism([(end - 0.3, 0.42), (end + 0.5, 0.42), (end - 0.15, 0.95)], -1.0, 1.0, red, round_m=0.02)
    kit.add(plough, bone=body, gloss=0.3)
    kit.add(ball((end - 0.42, 2.95, 0.0), (0.16, 0.2, 0.2), LAMP, level=2, glow=0.6), bone=body, gloss=1.0)
    for x in (end - 5.9, end - 4.35, end - 2.8):
        axle_of(kit, x, wheels, 0.78, red)
    axle_of(kit, end - 1.1, wheels, 0.42, red)
    for side in (1.0, -1.0):
        kit.add(
            box(
                (end - 6.0, 1.0, side * 0.93 - 0.04),
                (end - 2.6, 1.14, side * 0.93 + 0.04),
                STEEL,
                round_m=0.02,
            ),
            bone=body,
            gloss=0.8,
        )
    kit.add(
        box((end - 11.6, 1.0, -1.25), (end - 8.9, 2.5, 1.25), paint, round_m=0.08, steps=2),
        bone=body,
        gloss=0.5,
    )
    kit.add(
        ball((end - 10.2, 2.45, 0.0), (1.15, 0.35, 1.0), (0.05, 0.05, 0.055), level=2), bone=body, gloss=0.3
    )
    for x in (end - 11.0, end - 9.5):
        axle_of(kit, x, wheels, WHEEL, red)
    for k in range(2):
        x1 = end - 12.0 - 8.6 * k
        _carriage(kit, body, x1 - 8.2, x1, coach, wheels)
    span = (end - 12.0 - 8.6 - 8.2, end + 0.5)
    shift = -(span[0] + span[1]) / 2.0
    _shift(kit, wheels, shift)
    span = (span[0] + shift, span[1] + shift)
    rails = lay_rails(kit, span[0] - 75.0, span[1] + 75.0)
    return on_rails(body, rails, wheels, span, 10.0, 4.1)


def _shift(kit: Assembly, wheels: list[Wheel], by: float) -> None:
    """Move everything along x, so that the origin is the train's middle."""
    kit.pieces = [replace(p, mesh=put(p.mesh, (by, 0.0, 0.0))) for p in kit.pieces]
    for k, bone in enumerate(kit.bones):
        if k:
            x, y, z = bone.head
            kit.bones[k] = replace(bone, head=(x + by, y, z), tail=(x + by, y + 0.1, z))
    wheels[:] = [Wheel(w.bone, (w.pivot[0] + by, w.pivot[1], w.pivot[2]), w.radius_m) for w in wheels]


def _carriage(kit: Assembly, body: int, x0: float, x1: float, paint: Rgb, wheels: list[Wheel]) -> None:
    cream: Rgb = (0.90, 0.84, 0.70)
    kit.add(box((x0 + 0.1, 1.0, -1.3), (x1 - 0.1, 3.3, 1.3), paint, round_m=0.08), bone=body, gloss=0.5)
    roof = prism(
        [(-1.42, 3.22), (1.42, 3.22), (1.15, 3.55), (0.6, 3.75), (0.0, 3.8), (-0.6, 3.75), (-1.15, 3.55)],
        x0,
        x1,
        (0.34, 0.34, 0.36),
    )
    kit.add(
        put(put(roof, (-(x0 + x1) / 2.0 * 0.0, 0.0, 0.0), turn=[("y", 90.0)]), (0.0, 0.0, 0.0)),
        bone=body,
        gloss=0.2,
    )
    kit.add(flank(x0 + 0.2, x1 - 0.2, 2.02, 2.98, 1.3, cream, round_m=0.03, lift=0.008), bone=body, gloss=0.4)
    step = (x1 - x0 - 1.2) / 6.0
    for k in range(6):
        at = x0 + 0.6 + k * step
        kit.add(
            flank(at + 0.12, at + step - 0.12, 2.12, 2.88, 1.3, GLASS, round_m=0.08, lift=0.02),
            bone=body,
            gloss=1.0,
        )
    kit.add(box((x0 - 0.25, 0.95, -0.4), (x0 + 0.2, 1.2, 0.4), DARK), bone=body)
    for x in (x0 + 1.5, x1 - 1.5):
        bogie_at(kit, body, x, wheels, gap=1.0)
