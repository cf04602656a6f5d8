"""What is long and held: swords, wands, pens, flags."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Swing
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.hulls import cloth
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.instruments import Rgb
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, WOOD, shade, still

GOLD: Rgb = (0.82, 0.64, 0.25)


def sword(order: Order, kit: Assembly) -> Mechanism:
    """A sword that stands on its point."""
    steel = order.color("body") or (0.76, 0.78, 0.80)
    blade = [(-0.026, 0.16), (0.0, 0.0), (0.026, 0.16), (0.030, 0.78), (-0.030, 0.78)]
    kit.add(
        prism(blade, -0.006, 0.006, steel, round_m=0.005),
        box((-0.006, 0.2, -0.0072), (0.006, 0.76, 0.0072), shade(steel, 0.75), round_m=0.002),
        gloss=1.0,
    )
    kit.add(
        sweep(
            [(-0.11, 0.80, 0.0), (0.0, 0.785, 0.0), (0.11, 0.80, 0.0)], [0.010, 0.014, 0.010], GOLD, bend=5
        ),
        ball((0.0, 0.985, 0.0), 0.024, GOLD, level=2),
        gloss=0.9,
    )
    kit.add(sweep([(0.0, 0.79, 0.0), (0.0, 0.97, 0.0)], 0.014, (0.25, 0.13, 0.08)), gloss=0.2)
    return still(0.22, 0.05, 1.0)


def wand(order: Order, kit: Assembly) -> Mechanism:
    """A staff; a ``pen`` or a ``horn`` are the same held thing in other shapes."""
    paint = order.color("body") or WOOD
    form = str(order.kind.shape.get("style", "staff"))
    if form == "horn":
        bell = [
            (0.012, 0.0),
            (0.012, 0.30),
            (0.018, 0.42),
            (0.034, 0.50),
            (0.062, 0.535),
            (0.060, 0.537),
            (0.030, 0.50),
            (0.0, 0.44),
        ]
        kit.add(lathe(softened(bell, 3), paint, axis="x", at=(-0.25, 0.12, 0.0), crease_deg=60.0), gloss=1.0)
        loop = [
            (-0.2, 0.12, 0.0),
            (-0.05, 0.12, 0.02),
            (0.07, 0.09, 0.02),
            (-0.05, 0.05, 0.02),
            (-0.14, 0.08, 0.02),
            (-0.05, 0.12, 0.02),
        ]
        kit.add(sweep(loop, 0.010, paint, bend=6), gloss=1.0)
        for k in range(3):
            kit.add(
                sweep([(-0.05 + 0.035 * k, 0.055, 0.02), (-0.05 + 0.035 * k, 0.155, 0.02)], 0.012, paint),
                ball((-0.05 + 0.035 * k, 0.165, 0.02), (0.011, 0.004, 0.011), CREAM, level=1),
                gloss=1.0,
            )
        return still(0.55, 0.13, 0.18)
    if form == "pen":
        kit.add(
            lathe(
                [(0.0, 0.0), (0.0015, 0.002), (0.0045, 0.022), (0.0045, 0.13), (0.0035, 0.14), (0.0, 0.14)],
                [DARK, CREAM, paint, paint, paint],
                sides=16,
            ),
            gloss=0.7,
        )
        return still(0.01, 0.01, 0.14)
    kit.add(
        sweep(
            [(0.0, 0.0, 0.0), (0.02, 0.5, 0.0), (-0.01, 1.0, 0.01), (0.0, 1.5, 0.0)],
            [0.022, 0.02, 0.018, 0.02],
            paint,
            bend=6,
        )
    )
    kit.add(
        sweep(
            [(0.0, 1.45, 0.0), (0.07, 1.53, 0.0), (0.05, 1.64, 0.0), (-0.03, 1.65, 0.0), (-0.06, 1.56, 0.0)],
            [0.02, 0.018, 0.016, 0.013, 0.008],
            paint,
            bend=6,
        )
    )
    kit.add(ball((0.0, 1.56, 0.0), 0.038, (0.35, 0.75, 0.95), level=3, glow=0.7), gloss=1.0)
    return still(0.15, 0.08, 1.66)


def flag(order: Order, kit: Assembly) -> Mechanism:
    """A flag that waves on its pole."""
    color = order.color("body") or (0.80, 0.12, 0.12)
    kit.add(
        lathe([(0.25, 0.0), (0.25, 0.06), (0.06, 0.12), (0.0, 0.12)], STEEL, sides=24),
        sweep([(0.0, 0.1, 0.0), (0.0, 5.0, 0.0)], [0.045, 0.03], STEEL),
        ball((0.0, 5.04, 0.0), 0.07, GOLD, level=2),
        gloss=0.7,
    )
    swings: list[Swing] = []
    parent = 0
    for k in range(5):
        x = -0.03 - 0.4 * k
        bone = kit.bone("fold", (x, 4.3, 0.0), parent)
        kit.add(
            cloth(((x, 3.7, 0.0), (x - 0.405, 3.7, 0.0), (x - 0.405, 4.9, 0.0), (x, 4.9, 0.0)), 0.01, color),
            bone=bone,
            shades=False,
        )
        swings.append(
            Swing(bone, (x, 4.3, 0.0), (0.0, 1.0, 0.0), 10.0 + 5.0 * k, period_s=1.5, phase=-0.21 * k)
        )
        parent = bone
    plain = still(2.1, 0.5, 5.1, ride=Ride.ROOTED)
    return Mechanism(
        ride=Ride.ROOTED,
        hull=0,
        base_m=2.1,
        gauge_m=0.5,
        height_m=5.1,
        swings=tuple(swings),
        contacts=plain.contacts,
        anchors=plain.anchors,
    )
