"""Coaches: buses, vans and lorries: an outline with wheel arches drawn out to their width, and flat panes."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

from collections.abc import Sequence

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.forms import ball, box, lathe, prism, put, rounded, sweep
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.plates import arched, flank, front, rear, top
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, TYRE, road_wheel
from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]
GLASS: Rgb = (0.06, 0.085, 0.11)
DARK: Rgb = (0.05, 0.05, 0.055)
LAMP: Rgb = (0.93, 0.94, 0.90)
TAIL: Rgb = (0.75, 0.05, 0.05)
AMBER: Rgb = (0.95, 0.55, 0.10)
_PAINT = 0.5


def rolling(
    kit: Assembly,
    axles: Sequence[float],
    radius: float,
    track: float,
    *,
    wide: float = 0.26,
    rim: Rgb = STEEL,
    spokes: int = 8,
) -> tuple[Wheel, ...]:
    """Wheels on both sides of every axle.

    Args:
        kit: the body.
        axles: x of them.
        radius: metres.
        track: z of the wheels' outer faces.
        wide: of a tyre.
        rim: its colour.
        spokes: of the rim.
    """
    tyre, rims = road_wheel(radius, wide, rim, spokes=spokes, sides=24)
    found: list[Wheel] = []
    for x in axles:
        for side in (1.0, -1.0):
            hub = (x, radius, side * (track - wide / 2.0))
            bone = kit.bone(f"wheel{len(found)}", hub)
            turn = [("y", 180.0)] if side < 0.0 else []
            kit.add(put(tyre, hub, turn=turn), bone=bone, gloss=0.06)
            kit.add(put(rims, hub, turn=turn), bone=bone, gloss=0.6)
            found.append(Wheel(bone, hub, radius))
    return tuple(found)


def driven(
    kit: Assembly,
    body: int,
    wheels: tuple[Wheel, ...],
    length: float,
    width: float,
    speed: float,
    **anchors: tuple[float, float, float],
) -> Mechanism:
    """The mechanism of what runs on wheels."""
    del kit
    xs = [w.pivot[0] for w in wheels]
    touching = [Contact(0, (w.pivot[0], 0.0, w.pivot[2]), 1.4 * w.radius_m, 0.5) for w in wheels[:8]]
    below = [Contact(0, (f * length, 0.0, 0.0), 0.80 * width, 0.6) for f in (-0.36, -0.12, 0.12, 0.36)]
    return Mechanism(
        ride=Ride.WHEELS,
        hull=body,
        base_m=max(xs) - min(xs),
        gauge_m=width,
        speed=speed,
        height_m=2.0,
        middle_m=0.6,
        wheels=wheels,
        contacts=(*touching, *below),
        anchors=tuple((name, body, point) for name, point in anchors.items()),
    )


def bus(order: Order, kit: Assembly) -> Mechanism:
    """A bus; ``decks`` 2 is a double-decker, ``nose`` gives it a bonnet, as a school bus has."""
    shape = order.kind.shape
    paint = order.color("body") or (0.9, 0.7, 0.1)
    second = order.color("stripe") or DARK
    roof = order.color("roof") or paint
    decks, nose = int(shape.get("decks", 1)), bool(shape.get("nose", False))
    half_l, half_w, tall = (5.4 if decks == 1 else 4.6), 1.25, 3.05 if decks == 1 else 4.35
    body = kit.bone("hull", (0.0, 0.5, 0.0))
    axles = (-0.52 * half_l, 0.60 * half_l)
    sill, r = 0.36, 0.48
    front_x = half_l - (1.35 if nose else 0.0)
    lean = 0.10 if not nose else 0.02
    upper = (
        [(half_l, sill), (half_l, 1.28), (half_l - 0.15, 1.42), (front_x + 0.03, 1.50)]
        if nose
        else [(half_l, sill), (half_l, 1.1)]
    )
    upper += [
        (front_x - lean, tall - 0.22),
        (front_x - lean - 0.2, tall),
        (-half_l + 0.2, tall),
        (-half_l, tall - 0.2),
        (-half_l, sill),
    ]
    outline = arched(upper, axles, r * 1.2, r, sill)
    kit.add(prism(outline, -half_w, half_w, paint, round_m=0.10), bone=body, gloss=_PAINT)
    kit.add(
        box(
            (-half_l + 0.25, tall - 0.05, -half_w + 0.12),
            (front_x - lean - 0.25, tall + 0.05, half_w - 0.12),
            roof,
            round_m=0.05,
        ),
        bone=body,
        gloss=_PAINT,
    )
    kit.add(
        box((-half_l + 0.1, sill - 0.06, -half_w + 0.36), (half_l - 0.1, sill + 0.55, half_w - 0.36), DARK),
        bone=body,
    )
    z = half_w
    for deck in range(decks):
        low, high = 1.42 + 1.55 * deck, 2.42 + 1.42 * deck
        panes = 6 if not nose else 7
        start, end = -half_l + 0.28, front_x - (1.25 if deck == 0 else 0.35)
        step = (end - start) / panes
        for k in range(panes):
            x0 = start + k * step
            kit.add(
                flank(x0 + 0.06, x0 + step - 0.06, low, high, z, GLASS, round_m=0.09), bone=body, gloss=1.0
            )
        y0 = low - 0.05
        kit.add(
            front(
                front_x - lean * (y0 - 1.1) / (tall - 1.3) if not nose else front_x,
                y0 if not nose else 1.58,
                high + 0.12,
                -half_w + 0.14,
                half_w - 0.14,
                GLASS,
                round_m=0.14,
                lean=-lean * (high + 0.12 - y0) / (tall - 1.3) if not nose else -0.02,
                lift=0.025,
            ),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            rear(-half_l, low, high, -half_w + 0.25, half_w - 0.25, GLASS, round_m=0.12), bone=body, gloss=1.0
        )
    door = front_x - 0.68
    kit.add(
        flank(door - 0.45, door + 0.48, sill + 0.10, 2.46, z, DARK, round_m=0.06, lift=0.008),
        bone=body,
        gloss=0.4,
    )
    for x0 in (door - 0.40, door + 0.04):
        kit.add(
            flank(x0, x0 + 0.39, sill + 0.22, 2.38, z, GLASS, round_m=0.06, lift=0.02), bone=body, gloss=1.0
        )
    for y in (0.98, 1.16) if nose else (1.06,):
        kit.add(
            flank(-half_l + 0.16, front_x - 1.25, y, y + 0.075, z, second, round_m=0.02),
            bone=body,
            gloss=_PAINT,
        )
    lamp_y = 0.98 if nose else 0.72
    for side in (1.0, -1.0):
        kit.add(
            ball((half_l - 0.02, lamp_y, side * 0.90), (0.07, 0.13, 0.15), LAMP, level=2, glow=0.5),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            rear(-half_l, 0.85, 1.2, side * 1.02 - 0.08, side * 1.02 + 0.08, TAIL, round_m=0.05, glow=0.3),
            bone=body,
            gloss=0.8,
        )
        mirror = (front_x + 0.10, 2.15, side * (half_w + 0.20))
        kit.add(
            box(
                (mirror[0] - 0.05, mirror[1] - 0.22, mirror[2] - 0.11),
                (mirror[0] + 0.05, mirror[1] + 0.18, mirror[2] + 0.11),
                DARK,
                round_m=0.05,
            ),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            sweep(
                [
                    (front_x - 0.05, 2.42, side * (half_w - 0.06)),
                    (front_x + 0.10, 2.42, side * (half_w + 0.18)),
                    mirror,
                ],
                0.022,
                DARK,
                sides=6,
            ),
            bone=body,
        )
        if nose:
            kit.add(
                ball((front_x - 0.3, tall - 0.02, side * 0.8), (0.09, 0.09, 0.09), AMBER, level=2, glow=0.5),
                bone=body,
                gloss=0.8,
            )
            kit.add(
                ball((-half_l + 0.3, tall - 0.02, side * 0.8), (0.09, 0.09, 0.09), AMBER, level=2, glow=0.5),
                bone=body,
                gloss=0.8,
            )
    if nose:
        kit.add(front(half_l, 0.62, 1.16, -0.55, 0.55, DARK, round_m=0.08, lift=0.015), bone=body, gloss=0.5)
    else:
        kit.add(
            front(
                front_x - lean * 0.9,
                tall - 0.52,
                tall - 0.27,
                -0.8,
                0.8,
                (0.98, 0.72, 0.2),
                round_m=0.04,
                lift=0.03,
                lean=-0.05,
                glow=0.7,
            ),
            bone=body,
        )
    kit.add(
        box(
            (half_l - 0.1, sill - 0.04, -half_w + 0.02),
            (half_l + 0.10, sill + 0.20, half_w - 0.02),
            DARK,
            round_m=0.06,
        ),
        bone=body,
        gloss=0.2,
    )
    kit.add(
        box(
            (-half_l - 0.08, sill - 0.04, -half_w + 0.02),
            (-half_l + 0.1, sill + 0.20, half_w - 0.02),
            DARK,
            round_m=0.06,
        ),
        bone=body,
        gloss=0.2,
    )
    wheels = rolling(kit, axles, r, half_w - 0.02)
    return driven(
        kit,
        body,
        wheels,
        2.0 * half_l,
        2.0 * half_w,
        8.0,
        head=(front_x, 1.8, 0.0),
        top=(0.0, tall + 0.05, 0.0),
    )


def van(order: Order, kit: Assembly) -> Mechanism:
    """A van; ``ambulance`` adds stripes, a cross and lights."""
    paint = order.color("body") or (0.9, 0.9, 0.88)
    rescue = bool(order.kind.shape.get("ambulance", False))
    half_l, half_w, tall, sill, r = 2.6, 0.98, 2.3, 0.28, 0.36
    body = kit.bone("hull", (0.0, 0.4, 0.0))
    axles = (-1.55, 1.72)
    upper = rounded(
        [
            (half_l, sill),
            (half_l, 0.86),
            (half_l - 0.16, 1.10),
            (1.72, 1.26),
            (1.08, tall - 0.06),
            (0.7, tall),
            (-half_l + 0.12, tall),
            (-half_l, sill),
        ],
        0.16,
    )
    upper = [p for p in upper if p[1] >= sill - 1e-6]
    kit.add(
        prism(arched(upper, axles, r * 1.2, r, sill), -half_w, half_w, paint, round_m=0.09),
        bone=body,
        gloss=_PAINT,
    )
    kit.add(
        box((-half_l + 0.1, sill - 0.05, -half_w + 0.3), (half_l - 0.1, sill + 0.4, half_w - 0.3), DARK),
        bone=body,
    )
    kit.add(
        front(
            1.66, 1.36, tall - 0.22, -half_w + 0.12, half_w - 0.12, GLASS, round_m=0.10, lift=0.03, lean=-0.50
        ),
        bone=body,
        gloss=1.0,
    )
    pane = prism(
        rounded([(0.42, 1.28), (1.52, 1.28), (1.02, 1.98), (0.42, 1.98)], 0.07),
        half_w - 0.01,
        half_w + 0.014,
        GLASS,
    )
    other = prism(
        rounded([(0.42, 1.28), (1.52, 1.28), (1.02, 1.98), (0.42, 1.98)], 0.07),
        -half_w - 0.014,
        -half_w + 0.01,
        GLASS,
    )
    kit.add(pane, other, bone=body, gloss=1.0)
    for x in (0.34, -0.95):
        kit.add(
            flank(x - 0.008, x + 0.008, sill + 0.08, tall - 0.2, half_w, DARK, round_m=0.0, lift=0.006),
            bone=body,
        )
    kit.add(flank(0.0, 0.18, 1.10, 1.14, half_w, DARK, round_m=0.015, lift=0.03), bone=body)
    for side in (0.5, -0.5):
        kit.add(
            rear(-half_l, 1.25, 1.95, side - 0.36, side + 0.36, GLASS, round_m=0.08), bone=body, gloss=1.0
        )
    for side in (1.0, -1.0):
        kit.add(
            ball((half_l - 0.06, 0.84, side * 0.74), (0.10, 0.12, 0.19), LAMP, level=2, glow=0.5),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            rear(-half_l, 0.75, 1.15, side * 0.84 - 0.07, side * 0.84 + 0.07, TAIL, round_m=0.04, glow=0.3),
            bone=body,
            gloss=0.8,
        )
        kit.add(
            box(
                (1.35, 1.30, side * (half_w + 0.14) - 0.1),
                (1.45, 1.60, side * (half_w + 0.14) + 0.1),
                DARK,
                round_m=0.05,
            ),
            bone=body,
            gloss=0.4,
        )
    kit.add(front(half_l, 0.52, 0.74, -0.5, 0.5, DARK, round_m=0.05, lift=0.01), bone=body, gloss=0.4)
    kit.add(
        box(
            (half_l - 0.15, sill - 0.02, -half_w + 0.04),
            (half_l + 0.07, sill + 0.18, half_w - 0.04),
            DARK,
            round_m=0.06,
        ),
        bone=body,
        gloss=0.2,
    )
    kit.add(
        box(
            (-half_l - 0.07, sill - 0.02, -half_w + 0.04),
            (-half_l + 0.1, sill + 0.18, half_w - 0.04),
            DARK,
            round_m=0.06,
        ),
        bone=body,
        gloss=0.2,
    )
    if rescue:
        red: Rgb = (0.82, 0.10, 0.09)
        kit.add(
            flank(-half_l + 0.1, half_l - 0.3, 0.94, 1.10, half_w, red, round_m=0.02, lift=0.01),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            flank(-1.35, -0.85, 1.58, 1.74, half_w, red, round_m=0.0),
            flank(-1.18, -1.02, 1.41, 1.91, half_w, red, round_m=0.0),
            bone=body,
            gloss=0.4,
        )
        for low, high, color in ((0.1, 0.7, (0.85, 0.05, 0.06)), (-0.7, -0.1, (0.1, 0.25, 0.95))):
            kit.add(
                box(
                    (0.45, tall - 0.02, low),
                    (0.75, tall + 0.14, high),
                    color,
                    round_m=0.05,
                    steps=2,
                    glow=0.8,
                ),
                bone=body,
                gloss=0.8,
            )
    wheels = rolling(kit, axles, r, half_w - 0.01, wide=0.22, spokes=6)
    return driven(
        kit, body, wheels, 2.0 * half_l, 2.0 * half_w, 9.0, head=(2.0, 1.4, 0.0), top=(-0.8, tall, 0.0)
    )


def truck(order: Order, kit: Assembly) -> Mechanism:
    """A lorry: a cab and its load: ``box``, or ``fire`` with a ladder."""
    paint = order.color("body") or (0.2, 0.4, 0.75)
    load = order.color("cargo") or (0.90, 0.90, 0.88)
    fire = str(order.kind.shape.get("load", "box")) == "fire"
    body = kit.bone("hull", (0.0, 0.6, 0.0))
    r, half_w, sill, half_l = 0.50, 1.25, 0.46, 4.1
    cab_back, roof = 2.15, 2.95
    axles = (-2.55, -1.45, 3.0)
    kit.add(box((-half_l + 0.1, 0.62, -0.5), (half_l - 0.4, 0.92, 0.5), DARK), bone=body)
    upper = rounded(
        [
            (half_l, sill),
            (half_l, 1.35),
            (half_l - 0.20, roof - 0.1),
            (half_l - 0.5, roof + 0.1),
            (cab_back + 0.1, roof + 0.14),
            (cab_back, sill),
        ],
        0.14,
    )
    upper = [p for p in upper if p[1] >= sill - 1e-6]
    kit.add(
        prism(arched(upper, (3.0,), r * 1.18, r, sill), -half_w, half_w, paint, round_m=0.10),
        bone=body,
        gloss=_PAINT,
    )
    kit.add(
        box((cab_back + 0.15, sill - 0.1, -half_w + 0.4), (half_l - 0.15, sill + 0.6, half_w - 0.4), DARK),
        bone=body,
    )
    kit.add(
        front(
            half_l - 0.02,
            1.52,
            2.60,
            -half_w + 0.13,
            half_w - 0.13,
            GLASS,
            round_m=0.12,
            lift=0.035,
            lean=-0.155,
        ),
        bone=body,
        gloss=1.0,
    )
    kit.add(flank(2.75, 3.70, 1.62, 2.52, half_w, GLASS, round_m=0.12, lean=-0.0), bone=body, gloss=1.0)
    for x in (2.62, 3.82):
        kit.add(flank(x - 0.01, x + 0.01, 1.15, 2.6, half_w, DARK, round_m=0.0, lift=0.006), bone=body)
    kit.add(flank(2.70, 2.90, 1.34, 1.39, half_w, DARK, round_m=0.02, lift=0.03), bone=body)
    for y in (0.86, 1.02, 1.18):
        kit.add(
            box((half_l - 0.05, y, -0.78), (half_l + 0.035, y + 0.085, 0.78), DARK, round_m=0.03),
            bone=body,
            gloss=0.5,
        )
    kit.add(
        box(
            (half_l - 0.3, sill - 0.1, -half_w),
            (half_l + 0.12, sill + 0.26, half_w),
            shade(paint, 0.75),
            round_m=0.08,
            steps=2,
        ),
        bone=body,
        gloss=_PAINT,
    )
    for side in (1.0, -1.0):
        kit.add(
            ball((half_l + 0.08, sill + 0.10, side * 0.92), (0.07, 0.09, 0.17), LAMP, level=2, glow=0.5),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            box(
                (half_l - 0.12, 1.75, side * (half_w + 0.2) - 0.1),
                (half_l, 2.35, side * (half_w + 0.2) + 0.1),
                DARK,
                round_m=0.05,
            ),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            sweep(
                [
                    (half_l - 0.1, 2.42, side * (half_w - 0.05)),
                    (half_l - 0.06, 2.42, side * (half_w + 0.2)),
                    (half_l - 0.06, 2.2, side * (half_w + 0.2)),
                ],
                0.025,
                DARK,
                sides=6,
            ),
            bone=body,
        )
        kit.add(
            box(
                (-half_l - 0.02, 0.66, side * 1.0 - 0.16),
                (-half_l + 0.08, 0.84, side * 1.0 + 0.16),
                TAIL,
                round_m=0.03,
                glow=0.3,
            ),
            bone=body,
            gloss=0.7,
        )
        kit.add(
            box(
                (0.05, 0.45, side * 0.86 - 0.28),
                (1.25, 0.98, side * 0.86 + 0.28),
                STEEL,
                round_m=0.1,
                steps=2,
            ),
            bone=body,
            gloss=0.7,
        )
        mud = [(-3.25, 0.92), (-0.75, 0.92), (-0.75, 1.04), (-3.25, 1.04)]
        kit.add(prism(mud, side * 1.05 - 0.2, side * 1.05 + 0.2, DARK, round_m=0.02), bone=body)
    if fire:
        _fire_gear(kit, body, paint, half_l, half_w, cab_back)
    else:
        kit.add(
            box((-half_l, 1.02, -half_w), (cab_back - 0.22, 3.75, half_w), load, round_m=0.05),
            bone=body,
            gloss=0.25,
        )
        rim = shade(load, 0.72)
        for y in (1.02, 3.68):
            kit.add(
                flank(-half_l + 0.03, cab_back - 0.25, y, y + 0.10, half_w, rim, round_m=0.0, lift=0.02),
                bone=body,
                gloss=0.3,
            )
        kit.add(
            flank(-half_l + 0.3, cab_back - 0.5, 1.75, 2.1, half_w, paint, round_m=0.04, lift=0.014),
            bone=body,
            gloss=0.4,
        )
        kit.add(rear(-half_l, 1.1, 3.65, -0.012, 0.012, DARK, round_m=0.0), bone=body)
        for side in (0.35, -0.35):
            kit.add(
                sweep([(-half_l - 0.04, 1.2, side), (-half_l - 0.04, 3.55, side)], 0.025, STEEL, sides=6),
                bone=body,
                gloss=0.7,
            )
        spoiler = [
            (cab_back + 0.1, roof + 0.1),
            (half_l - 0.9, roof + 0.1),
            (cab_back + 0.3, roof + 0.62),
            (cab_back + 0.1, roof + 0.66),
        ]
        kit.add(
            prism(rounded(spoiler, 0.08), -half_w + 0.15, half_w - 0.15, paint, round_m=0.05),
            bone=body,
            gloss=_PAINT,
        )
    wheels = rolling(kit, axles, r, half_w - 0.02, wide=0.34)
    return driven(
        kit, body, wheels, 2.0 * half_l, 2.0 * half_w, 8.0, head=(half_l, 1.9, 0.0), top=(-1.0, 3.75, 0.0)
    )


def _fire_gear(kit: Assembly, body: int, paint: Rgb, half_l: float, half_w: float, cab_back: float) -> None:
    """Lockers, a ladder on top, blue lights."""
    kit.add(
        box((-half_l, 0.95, -half_w), (cab_back - 0.06, 2.85, half_w), paint, round_m=0.07, steps=2),
        bone=body,
        gloss=_PAINT,
    )
    for k in range(4):
        x = -half_l + 0.25 + k * 1.48
        kit.add(
            flank(x, x + 1.30, 1.30, 2.55, half_w, (0.72, 0.74, 0.76), round_m=0.05), bone=body, gloss=0.6
        )
        for j in range(1, 6):
            kit.add(
                flank(
                    x + 0.02,
                    x + 1.28,
                    1.30 + 0.2 * j,
                    1.315 + 0.2 * j,
                    half_w,
                    (0.45, 0.47, 0.5),
                    round_m=0.0,
                    lift=0.018,
                ),
                bone=body,
            )
    kit.add(
        flank(-half_l + 0.05, half_l - 0.25, 1.05, 1.22, half_w, (0.95, 0.93, 0.85), round_m=0.02, lift=0.02),
        bone=body,
        gloss=0.4,
    )
    for side in (0.45, -0.45):
        kit.add(
            sweep([(-half_l - 0.5, 3.05, side), (half_l - 0.3, 3.28, side)], 0.06, STEEL, sides=6),
            bone=body,
            gloss=0.7,
        )
    for k in range(17):
        x = -half_l - 0.3 + 0.47 * k
        y = 3.06 + 0.23 * k / 17.0
        kit.add(sweep([(x, y, -0.45), (x, y, 0.45)], 0.035, STEEL, sides=5), bone=body, gloss=0.7)
    kit.add(
        lathe(
            [(0.0, 2.8), (0.5, 2.8), (0.5, 3.0), (0.0, 3.05)], (0.3, 0.3, 0.32), at=(-2.6, 0.0, 0.0), sides=18
        ),
        bone=body,
    )
    for side in (0.75, -0.75):
        kit.add(
            box(
                (half_l - 0.95, 3.05, side - 0.3),
                (half_l - 0.65, 3.24, side + 0.3),
                (0.10, 0.25, 0.95),
                round_m=0.06,
                steps=2,
                glow=0.8,
            ),
            bone=body,
            gloss=0.8,
        )


def tractor(order: Order, kit: Assembly) -> Mechanism:
    """A farm tractor: large wheels behind, a bonnet, an open-sided cab."""
    paint = order.color("body") or (0.15, 0.45, 0.15)
    rim = order.color("wheels") or (0.93, 0.76, 0.14)
    body = kit.bone("hull", (0.0, 0.8, 0.0))
    bonnet = rounded([(0.15, 0.85), (1.95, 0.80), (2.02, 1.0), (1.95, 1.42), (0.15, 1.62)], 0.14)
    kit.add(prism(bonnet, -0.42, 0.42, paint, round_m=0.10), bone=body, gloss=_PAINT)
    kit.add(box((-1.0, 0.62, -0.35), (1.8, 1.0, 0.35), DARK, round_m=0.08), bone=body)
    kit.add(
        front(2.0, 0.95, 1.35, -0.3, 0.3, DARK, round_m=0.05, lift=0.03),
        flank(1.0, 1.8, 1.02, 1.32, 0.42, DARK, round_m=0.05),
        bone=body,
        gloss=0.3,
    )
    kit.add(box((-1.15, 1.0, -0.72), (0.2, 1.3, 0.72), paint, round_m=0.08), bone=body, gloss=_PAINT)
    kit.add(box((-1.05, 1.3, -0.66), (0.12, 2.42, 0.66), GLASS, round_m=0.06), bone=body, gloss=1.0)
    kit.add(
        box((-1.2, 2.40, -0.76), (0.28, 2.54, 0.76), paint, round_m=0.06, steps=2), bone=body, gloss=_PAINT
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
            gloss=_PAINT,
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


def shade(color: Rgb, factor: float) -> Rgb:
    """A colour darker or lighter."""
    return min(color[0] * factor, 1.0), min(color[1] * factor, 1.0), min(color[2] * factor, 1.0)


__all__ = ["bus", "driven", "rolling", "shade", "top", "tractor", "truck", "van"]
