"""A forklift: a compact hull on four wheels, its mast ahead, a loaded pallet on the forks."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.paint import DARK, Rgb, shade
from kirin_video.engines.previs.bodies.order import Order

_STEEL: Rgb = (0.72, 0.73, 0.75)
_YELLOW: Rgb = (0.95, 0.68, 0.08)
_CARTON: Rgb = (0.74, 0.56, 0.36)
_PLANK: Rgb = (0.66, 0.49, 0.29)


def forklift(order: Order, kit: Assembly) -> Mechanism:
    """A forklift with boxes on its forks; ahead is x."""
    paint = order.color("body") or _YELLOW
    hull = kit.bone("hull", (0.0, 0.6, 0.0))
    flank = [
        (-1.25, 0.35),
        (0.55, 0.30),
        (0.62, 0.72),
        (0.10, 0.78),
        (-0.20, 1.12),
        (-1.15, 1.15),
        (-1.32, 0.85),
    ]
    kit.add(prism(rounded(flank, 0.10), -0.52, 0.52, paint, round_m=0.06), bone=hull, gloss=0.5)
    kit.add(
        box((-1.36, 0.32, -0.50), (-0.95, 1.02, 0.50), (0.18, 0.19, 0.21), round_m=0.10, steps=3),
        box((-0.62, 1.10, -0.30), (-0.12, 1.20, 0.30), DARK, round_m=0.05, steps=2),
        box((-0.72, 1.12, -0.30), (-0.60, 1.66, 0.30), DARK, round_m=0.05, steps=2),
        bone=hull,
        gloss=0.3,
    )
    for z in (-0.46, 0.46):
        posts = [(0.42, 0.75, z), (0.26, 2.08, z), (-0.92, 2.12, z), (-0.98, 1.1, z)]
        kit.add(sweep(posts, 0.035, (0.16, 0.17, 0.19), sides=8), bone=hull, gloss=0.4)
        kit.add(ball((0.55, 1.0, z), 0.06, (1.0, 0.95, 0.8), level=2, glow=0.3), bone=hull, gloss=0.8)
    for k in range(6):
        x = -0.86 + 0.21 * k
        kit.add(sweep([(x, 2.11, -0.46), (x, 2.11, 0.46)], 0.022, (0.16, 0.17, 0.19), sides=6), bone=hull)
    kit.add(sweep([(0.42, 0.85, 0.0), (0.20, 1.36, 0.0)], 0.03, DARK), bone=hull)
    kit.add(
        sweep([(0.18, 1.38, -0.17), (0.24, 1.42, 0.0), (0.18, 1.38, 0.17)], 0.022, DARK, bend=3), bone=hull
    )
    kit.add(
        lathe([(0.06, 2.14), (0.06, 2.24), (0.0, 2.26)], (0.98, 0.5, 0.08), at=(-0.6, 0.0, 0.3), glow=0.5),
        bone=hull,
    )
    for z in (-0.30, 0.30):
        kit.add(
            box((0.70, 0.08, z - 0.05), (0.82, 2.35, z + 0.05), shade(_STEEL, 0.5), round_m=0.02),
            bone=hull,
            gloss=0.5,
        )
        kit.add(
            box((0.84, 0.22, 1.1 * z - 0.06), (1.95, 0.27, 1.1 * z + 0.06), (0.12, 0.12, 0.13), round_m=0.01),
            bone=hull,
        )
        kit.add(
            box((0.82, 0.22, 1.1 * z - 0.06), (0.88, 0.85, 1.1 * z + 0.06), (0.12, 0.12, 0.13), round_m=0.01),
            bone=hull,
        )
    for y in (0.5, 0.8, 1.5, 2.3):
        kit.add(
            box((0.72, y - 0.05, -0.40), (0.84, y + 0.05, 0.40), shade(_STEEL, 0.5), round_m=0.01),
            bone=hull,
            gloss=0.5,
        )
    kit.add(box((0.92, 0.27, -0.55), (1.98, 0.40, 0.55), _PLANK, round_m=0.01), bone=hull)
    _load(kit, hull)
    wheels: list[Wheel] = []
    for x, r in ((0.42, 0.33), (-0.85, 0.27)):
        for z in (-0.50, 0.50):
            hub = (x, r, z)
            bone = kit.bone("wheel", hub)
            tyre = [(0.0, -0.11), (0.9 * r, -0.11), (r, -0.06), (r, 0.06), (0.9 * r, 0.11), (0.0, 0.11)]
            rim = [(0.0, -0.118), (0.52 * r, -0.118), (0.52 * r, 0.118), (0.0, 0.118)]
            kit.add(lathe(tyre, DARK, axis="z", at=hub), bone=bone)
            kit.add(lathe(rim, shade(paint, 0.95), axis="z", at=hub), bone=bone, gloss=0.5)
            out = 0.12 if z > 0.0 else -0.12
            for dx, dy in ((0.3, 0.0), (0.0, 0.3), (-0.3, 0.0), (0.0, -0.3)):
                bolt = (x + dx * r, r + dy * r, z + out)
                kit.add(ball(bolt, 0.022, shade(_STEEL, 0.7), level=1), bone=bone, gloss=0.7)
            wheels.append(Wheel(bone, hub, r))
    return Mechanism(
        Ride.WHEELS, hull, 1.3, 1.0, 1.6, 2.35, 0.9, wheels=tuple(wheels),
        anchors=(("head", hull, (0.0, 1.7, 0.0)), ("top", hull, (0.0, 2.15, 0.0))),
    )  # fmt: skip


def _load(kit: Assembly, hull: int) -> None:
    """Eight boxes on the pallet."""
    for row in range(2):
        for x in (1.18, 1.72):
            for z in (-0.27, 0.27):
                y = 0.40 + 0.42 * row
                tone = shade(_CARTON, 0.94 + 0.06 * ((row + (x > 1.4) + (z > 0.0)) % 3))  # noqa: PLR2004
                kit.add(
                    box((x - 0.255, y, z - 0.255), (x + 0.255, y + 0.41, z + 0.255), tone, round_m=0.012),
                    bone=hull,
                )
