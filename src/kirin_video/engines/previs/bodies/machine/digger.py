"""Machines at work on tracks: excavators, bulldozers, tanks; and cranes."""

# ruff: noqa: E501, PLR0913 -- machines are made of measures
from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Swing
from kirin_video.engines.previs.bodies.hard.outlines import Rgb, rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import flank, front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, TYRE
from kirin_video.engines.previs.bodies.order import Order

_YELLOW: Rgb = (0.93, 0.66, 0.10)


def tracks(kit: Assembly, half: float, gauge: float, tall: float, wide: float) -> None:
    """Two crawler tracks with their rollers, lying along x."""
    r = tall / 2.0
    rim = [
        (
            half * (1.0 if a < math.pi / 2.0 or a > 1.5 * math.pi else -1.0) + r * math.cos(a),
            r + r * math.sin(a),
        )
        for a in (2.0 * math.pi * (k + 0.5) / 20.0 for k in range(20))
    ]
    for s in (1.0, -1.0):
        low, high = sorted((s * (gauge - wide / 2.0), s * (gauge + wide / 2.0)))
        kit.add(prism(rim, low, high, TYRE, round_m=0.03), gloss=0.2)
        count = round(2.0 * half / 0.28)
        for k in range(count + 1):
            x = -half + 2.0 * half * k / count
            for y in (0.0, tall):
                kit.add(
                    box(
                        (x - 0.05, y - 0.025, low - 0.02),
                        (x + 0.05, y + 0.025, high + 0.02),
                        shade(TYRE, 1.5),
                        round_m=0.012,
                    )
                )
        for k in range(5):
            x = -half + 2.0 * half * k / 4.0
            hub = lathe(
                [(0.0, -0.02), (0.62 * r, -0.02), (0.62 * r, 0.02), (0.0, 0.02)], STEEL, axis="z", sides=18
            )
            kit.add(put(hub, (x, r, s * (gauge + wide / 2.0))), gloss=0.5)


def excavator(order: Order, kit: Assembly) -> Mechanism:
    """An excavator whose arm digs: boom, stick and bucket."""
    paint = order.color("body") or _YELLOW
    tracks(kit, 1.3, 0.95, 0.8, 0.5)
    kit.add(box((-0.9, 0.4, -0.7), (0.9, 0.75, 0.7), DARK, round_m=0.05))
    house = kit.bone("house", (0.0, 0.8, 0.0))
    kit.add(
        box((-1.6, 0.85, -1.1), (0.9, 1.2, 1.1), shade(paint, 0.9), round_m=0.08),
        box((-1.65, 1.1, -1.1), (-0.35, 1.95, 1.1), paint, round_m=0.14, steps=2),
        box((-0.25, 1.15, -1.08), (0.95, 2.6, -0.15), paint, round_m=0.1, steps=2),
        bone=house,
        gloss=0.5,
    )
    kit.add(
        front(0.95, 1.45, 2.45, -1.0, -0.24, GLASS, lift=0.012),
        box((-0.1, 1.6, -1.095), (0.8, 2.45, -0.14), GLASS, round_m=0.03),
        bone=house,
        gloss=1.0,
    )
    root = (0.75, 1.25, 0.45)
    boom = kit.bone("boom", root, house)
    path = [(0.6, 1.15), (0.95, 1.1), (2.2, 2.75), (4.1, 2.5), (4.15, 2.85), (2.1, 3.25), (1.6, 2.85)]
    kit.add(prism(rounded(path, 0.1), 0.28, 0.62, paint, round_m=0.04), bone=boom, gloss=0.5)
    kit.add(sweep([(0.9, 1.0, 0.45), (1.9, 2.4, 0.45)], 0.07, STEEL), bone=boom, gloss=0.9)
    elbow = (4.1, 2.7, 0.45)
    stick = kit.bone("stick", elbow, boom)
    kit.add(
        prism(
            rounded([(3.9, 3.0), (4.3, 3.0), (4.05, 0.7), (3.8, 0.7)][::-1], 0.06),
            0.33,
            0.57,
            paint,
            round_m=0.03,
        ),
        bone=stick,
        gloss=0.5,
    )
    kit.add(sweep([(2.9, 3.25, 0.45), (4.0, 3.05, 0.45)], 0.06, STEEL), bone=boom, gloss=0.9)
    bucket = [
        (3.75, 0.85),
        (4.15, 0.8),
        (4.2, 0.35),
        (3.85, 0.0),
        (3.35, 0.05),
        (3.3, 0.2),
        (3.7, 0.25),
        (3.85, 0.5),
    ]
    kit.add(
        prism(rounded(bucket[::-1], 0.05), 0.0, 0.9, shade(DARK, 3.0), round_m=0.02), bone=stick, gloss=0.4
    )
    for k in range(4):
        kit.add(
            box((3.15, 0.08, 0.04 + 0.24 * k), (3.36, 0.16, 0.14 + 0.24 * k), STEEL, round_m=0.02), bone=stick
        )
    swings = (
        Swing(house, (0.0, 0.8, 0.0), (0.0, 1.0, 0.0), 16.0, period_s=7.0),
        Swing(boom, root, (0.0, 0.0, 1.0), 9.0, period_s=3.5),
        Swing(stick, elbow, (0.0, 0.0, 1.0), 18.0, period_s=3.5, phase=0.2),
    )
    return Mechanism(
        Ride.WHEELS, 0, 3.4, 2.2, 1.2, 3.3, 1.2, swings=swings,
        anchors=(("head", house, (0.9, 2.0, -0.6)), ("top", house, (0.0, 2.6, -0.6))),
    )  # fmt: skip


def bulldozer(order: Order, kit: Assembly) -> Mechanism:
    """A bulldozer with its wide blade ahead."""
    paint = order.color("body") or _YELLOW
    tracks(kit, 1.1, 0.85, 0.85, 0.5)
    body = kit.bone("hull", (0.0, 0.8, 0.0))
    kit.add(box((-1.2, 0.6, -0.62), (1.5, 1.5, 0.62), paint, round_m=0.1, steps=2), bone=body, gloss=0.5)
    kit.add(
        box((-1.1, 1.4, -0.66), (0.2, 2.35, 0.66), GLASS, round_m=0.05),
        box((-1.25, 2.3, -0.78), (0.35, 2.45, 0.78), paint, round_m=0.05),
        bone=body,
        gloss=0.8,
    )
    for x in (-1.1, 0.2):
        for z in (-0.64, 0.64):
            kit.add(
                box((x - 0.06, 1.4, z - 0.06), (x + 0.06, 2.35, z + 0.06), paint, round_m=0.02), bone=body
            )
    kit.add(
        sweep([(1.0, 1.5, 0.2), (1.0, 2.1, 0.2)], 0.06, DARK),
        front(1.5, 0.75, 1.35, -0.5, 0.5, DARK),
        bone=body,
    )
    for z in (-0.75, 0.75):
        kit.add(sweep([(-0.2, 0.5, 1.6 * z), (2.0, 0.5, 1.6 * z)], 0.09, shade(paint, 0.8)))
    blade = [(1.95, 0.03), (2.3, 0.03), (2.12, 0.35), (2.1, 0.8), (2.3, 1.2), (2.2, 1.25), (1.95, 0.85)]
    kit.add(prism(rounded(blade, 0.03), -1.6, 1.6, shade(paint, 0.92), round_m=0.02), gloss=0.4)
    return Mechanism(
        Ride.WHEELS,
        body,
        3.0,
        2.2,
        1.4,
        2.45,
        1.0,
        anchors=(("head", body, (1.5, 1.6, 0.0)), ("top", body, (0.0, 2.45, 0.0))),
    )


def tank(order: Order, kit: Assembly) -> Mechanism:
    """A tank: tracks, a sloped hull, a turret that looks about."""
    paint = order.color("body") or (0.33, 0.38, 0.22)
    tracks(kit, 2.4, 1.35, 0.95, 0.6)
    body = kit.bone("hull", (0.0, 0.9, 0.0))
    side = [(-2.9, 0.5), (2.2, 0.45), (3.1, 0.85), (2.3, 1.3), (-2.9, 1.35)]
    kit.add(prism(rounded(side, 0.06), -1.1, 1.1, paint, round_m=0.05), bone=body, gloss=0.15)
    for s in (1.0, -1.0):
        low, high = sorted((s * 1.02, s * 1.7))
        kit.add(box((-3.0, 1.05, low), (2.9, 1.15, high), shade(paint, 0.9), round_m=0.03), bone=body)
    pivot = (-0.3, 1.3, 0.0)
    turret = kit.bone("turret", pivot, body)
    dome = [(-1.6, -0.9), (0.4, -1.0), (1.3, -0.45), (1.3, 0.45), (0.4, 1.0), (-1.6, 0.9)]
    kit.add(
        put(prism(rounded(dome, 0.25), 1.3, 2.05, paint, axis="y", round_m=0.16), (-0.3, 0.0, 0.0)),
        bone=turret,
        gloss=0.15,
    )
    kit.add(
        sweep([(0.8, 1.7, 0.0), (4.6, 1.85, 0.0)], [0.13, 0.09], shade(paint, 0.85), sides=14),
        bone=turret,
        gloss=0.2,
    )
    kit.add(sweep([(4.5, 1.846, 0.0), (4.85, 1.86, 0.0)], 0.13, shade(paint, 0.7), sides=14), bone=turret)
    kit.add(
        lathe([(0.36, 2.0), (0.36, 2.2), (0.0, 2.24)], shade(paint, 0.9), at=(-0.9, 0.0, 0.35), sides=20),
        bone=turret,
    )
    kit.add(sweep([(-1.6, 2.0, -0.6), (-1.75, 3.0, -0.62)], 0.015, DARK), bone=turret, shades=False)
    for z in (-0.75, 0.75):
        kit.add(ball((2.85, 1.05, z), 0.1, (0.95, 0.93, 0.80), level=2, glow=0.3), bone=body, gloss=0.8)
    kit.add(flank(-2.2, -1.6, 0.75, 1.15, 1.1, shade(paint, 0.75)), bone=body)
    return Mechanism(
        Ride.WHEELS, body, 5.0, 3.0, 4.0, 2.24, 1.1, swings=(Swing(turret, pivot, (0.0, 1.0, 0.0), 12.0, period_s=6.0),),
        anchors=(("head", turret, (0.9, 1.7, 0.0)), ("top", turret, (-0.5, 2.05, 0.0))),
    )  # fmt: skip


def tower_crane(order: Order, kit: Assembly) -> Mechanism:
    """A tower crane whose jib swings a load about."""
    paint = order.color("body") or _YELLOW
    kit.add(box((-2.0, 0.0, -2.0), (2.0, 0.6, 2.0), (0.60, 0.60, 0.58)))

    def lattice(low: float, high: float, half: float, step: float, bone: int, *, along: bool) -> None:
        def at(t: float, a: float, b: float) -> tuple[float, float, float]:
            return (t, 22.6 + a, b) if along else (a, t, b)

        corners = ((half, half), (half, -half), (-half, -half), (-half, half))
        count = round((high - low) / step)
        for k, (a, b) in enumerate(corners):
            kit.add(sweep([at(low, a, b), at(high, a, b)], 0.1, paint, sides=5), bone=bone, shades=False)
            c, d = corners[(k + 1) % 4]
            for n in range(count):
                t0, t1 = low + step * n, low + step * (n + 1)
                ends = [at(t0, a, b), at(t1, c, d)] if n % 2 else [at(t0, c, d), at(t1, a, b)]
                kit.add(sweep(ends, 0.055, paint, sides=4), bone=bone, shades=False)

    lattice(0.6, 21.0, 0.75, 1.7, 0, along=False)
    pivot = (0.0, 21.0, 0.0)
    jib = kit.bone("jib", pivot)
    lattice(-6.0, 18.0, 0.5, 1.5, jib, along=True)
    kit.add(
        box((-0.9, 20.9, -0.9), (0.9, 22.1, 0.9), paint),
        box((0.5, 20.2, 0.9), (1.9, 21.9, 2.1), GLASS, round_m=0.1),
        bone=jib,
        gloss=0.7,
    )
    kit.add(
        box((-6.0, 21.0, -1.0), (-4.2, 22.3, 1.0), (0.55, 0.55, 0.55)),
        sweep([(0.0, 22.0, 0.0), (0.0, 26.0, 0.0)], 0.25, paint),
        bone=jib,
    )
    for x in (-5.0, 15.0):
        kit.add(sweep([(0.0, 26.0, 0.0), (x, 23.1, 0.0)], 0.05, DARK, sides=4), bone=jib, shades=False)
    kit.add(
        sweep([(12.0, 22.2, 0.0), (12.0, 12.4, 0.0)], 0.05, DARK, sides=4),
        box((10.8, 10.6, -0.8), (13.2, 11.4, 0.8), (0.62, 0.34, 0.24)),
        bone=jib,
    )
    for x in (10.9, 13.1):
        kit.add(sweep([(12.0, 12.4, 0.0), (x, 11.4, 0.0)], 0.04, DARK, sides=4), bone=jib, shades=False)
    return Mechanism(
        Ride.STILL, 0, 4.0, 4.0, height_m=26.0, middle_m=13.0, swings=(Swing(jib, pivot, (0.0, 1.0, 0.0), 30.0, period_s=14.0),),
        anchors=(("head", 0, (0.0, 20.0, 0.0)), ("top", 0, (0.0, 22.0, 0.0))),
    )  # fmt: skip
