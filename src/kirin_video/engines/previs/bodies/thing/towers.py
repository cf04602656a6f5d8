"""What stands tall: towers, castles, lighthouses, windmills, skyscrapers."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- things are made of measures
from __future__ import annotations

import itertools
import math

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.houses import PANE, STONE, Rgb, window_of
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, WOOD, shade, still


def tower(order: Order, kit: Assembly) -> Mechanism:
    """A round tower of stone with battlements or a pointed roof."""
    wall, roof = order.color("body") or STONE, order.color("roof") or (0.30, 0.36, 0.52)
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
        window_of(kit, 2.5, 8.0, 9.6, -2.4 + 1.6 * k, 0.35)
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
    kit.add(front(2.35, 4.2, 5.3, -0.45, 0.45, PANE, round_m=0.0, lift=0.05, lean=-0.12), gloss=0.8)
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
        sides=(-0.35, 0.35),
        base_m=6.0,
        gauge_m=6.0,
        height_m=10.3,
        spinners=(Spinner(sails, hub, (1.0, 0.0, 0.0), 0.11, always=True),),
        contacts=plain.contacts,
        anchors=plain.anchors,
    )


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
