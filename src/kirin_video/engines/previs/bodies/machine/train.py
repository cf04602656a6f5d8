"""Trains and trams on their rails."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard import mechanism as mech
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.forms import (
    ball,
    box,
    lathe,
    loft,
    outwards,
    prism,
    put,
    rounded,
    sweep,
)
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.plates import flank, front, rear
from kirin_video.engines.previs.bodies.machine.coach import AMBER, DARK, GLASS, LAMP, TAIL, shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, train_wheel
from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]
_GAUGE, _RAIL_TOP = 0.75, 0.34
_WHEEL = 0.46


def _lay(kit: Assembly, low: float, high: float) -> mech.Track:
    """Rails on sleepers in a bed of stones, in pieces, from before the train to behind it."""
    piece = 6.0
    count = min(round((high - low) / piece), 44)
    first = (low + high) / 2.0 - piece * (count - 1) / 2.0
    bones: list[int] = []
    for k in range(count):
        x = first + piece * k
        bone = kit.bone(f"rails{k}", (x, 0.0, 0.0))
        bones.append(bone)
        bed = prism(
            [(-1.7, -0.25), (1.7, -0.25), (1.25, 0.16), (-1.25, 0.16)],
            -piece / 2.0 - 0.02,
            piece / 2.0 + 0.02,
            (0.42, 0.40, 0.38),
        )
        kit.add(put(bed, (x, 0.0, 0.0), turn=[("y", 90.0)]), bone=bone, shades=False, gloss=0.0)
        for j in range(8):
            at = x - piece / 2.0 + (j + 0.5) * piece / 8.0
            kit.add(
                box((at - 0.11, 0.12, -1.15), (at + 0.11, 0.22, 1.15), (0.30, 0.24, 0.20), round_m=0.015),
                bone=bone,
                shades=False,
                gloss=0.0,
            )
        for z in (-_GAUGE, _GAUGE):
            kit.add(
                box(
                    (x - piece / 2.0 - 0.01, 0.2, z - 0.035),
                    (x + piece / 2.0 + 0.01, _RAIL_TOP, z + 0.035),
                    (0.50, 0.47, 0.45),
                    round_m=0.012,
                ),
                bone=bone,
                shades=False,
                gloss=0.7,
            )
    return mech.Track(tuple(bones), piece, first)


def _bogie(
    kit: Assembly, body: int, x: float, wheels: list[Wheel], *, radius: float = _WHEEL, gap: float = 1.2
) -> None:
    """Two axles below a carriage, in a frame."""
    kit.add(
        box((x - gap, _RAIL_TOP + 0.25, -0.95), (x + gap, _RAIL_TOP + 0.72, 0.95), DARK, round_m=0.08),
        bone=body,
    )
    for at in (x - 0.72 * gap, x + 0.72 * gap):
        _axle(kit, at, wheels, radius)


def _axle(
    kit: Assembly, x: float, wheels: list[Wheel], radius: float, color: Rgb = (0.22, 0.22, 0.24)
) -> None:
    hub = (x, _RAIL_TOP + radius, 0.0)
    bone = kit.bone(f"axle{len(wheels)}", hub)
    wheel = train_wheel(radius, color)
    for side in (1.0, -1.0):
        kit.add(
            put(wheel, (x, hub[1], side * _GAUGE), turn=[] if side > 0.0 else [("y", 180.0)]),
            bone=bone,
            gloss=0.4,
        )
    wheels.append(Wheel(bone, hub, radius))


def _railed(
    body: int, rails: mech.Track, wheels: list[Wheel], span: tuple[float, float], speed: float, tall: float
) -> Mechanism:
    low, high = span
    shade_at = np.linspace(low + 1.0, high - 1.0, 7).tolist()
    return Mechanism(
        ride=Ride.RAILS,
        hull=body,
        base_m=high - low,
        gauge_m=2.0 * _GAUGE,
        speed=speed,
        height_m=tall,
        middle_m=1.0,
        wheels=tuple(wheels),
        rails=rails,
        contacts=tuple(Contact(0, (x, 0.0, 0.0), 2.3, 0.5) for x in shade_at),
        anchors=(("head", body, (high, 0.55 * tall, 0.0)), ("top", body, (high - 3.0, tall, 0.0))),
    )


def _section(tall: float, half: float, around: int = 28) -> np.ndarray:
    """A rounded box standing on 0, its sides leaning in a little: (n, 2) of height and z."""
    turn = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False) + np.pi / around
    cos, sin = np.cos(turn), np.sin(turn)
    flat = (np.abs(cos) ** 5 + np.abs(sin) ** 5) ** (-1.0 / 5.0)
    return np.stack([tall * (0.5 + 0.5 * sin * flat), half * cos * flat], 1)


def _hull(
    kit: Assembly,
    body: int,
    stations: list[tuple[float, float, float, float]],
    paint: Rgb,
    floor: float,
    tall: float,
    half: float,
) -> None:
    """A carriage's skin: stations of x, width, height and lift as shares."""
    ring = _section(tall, half)
    rings = [
        np.stack([np.full(len(ring), x), floor + tall * lift + ring[:, 0] * high, ring[:, 1] * wide], 1)
        for x, wide, high, lift in stations
    ]
    kit.add(outwards(loft(np.array(rings), paint, crease_deg=40.0)), bone=body, gloss=0.5)


def express(order: Order, kit: Assembly) -> Mechanism:
    """A high-speed train: a drop-shaped head and two carriages; ``nose`` is how long its nose is."""
    paint, stripe = order.color("body") or (0.8, 0.15, 0.12), order.color("stripe") or (0.93, 0.93, 0.92)
    nose = float(order.kind.shape.get("nose", 3.2))
    body = kit.bone("hull", (0.0, 1.0, 0.0))
    floor, tall, half, long = 0.72, 3.1, 1.45, 13.0
    wheels: list[Wheel] = []
    span = (-1.5 * long - 0.6, 1.5 * long)
    for k in range(3):
        x1 = 1.5 * long - k * (long + 0.35)
        x0 = x1 - long
        if k == 0:
            shares = np.linspace(0.0, 1.0, 10)
            ends = [
                (
                    x1 - nose * (1.0 - s),
                    max((1.0 - s**2.2) ** 0.5, 0.30),
                    max(1.0 - 0.80 * s**1.7, 0.2),
                    0.03 * s,
                )
                for s in shares.tolist()
            ]
            stations = [(x0, 0.97, 0.98, 0.01), (x0 + 0.1, 1.0, 1.0, 0.0), *ends]
        else:
            stations = [
                (x0, 0.97, 0.98, 0.01),
                (x0 + 0.1, 1.0, 1.0, 0.0),
                (x1 - 0.1, 1.0, 1.0, 0.0),
                (x1, 0.97, 0.98, 0.01),
            ]
        _hull(kit, body, stations, paint, floor, tall, half)
        first, last = x0 + 1.55, (x1 - nose - 0.4 if k == 0 else x1 - 1.55)
        count = 7
        step = (last - first) / count
        for j in range(count):
            kit.add(
                flank(
                    first + j * step + 0.12,
                    first + (j + 1) * step - 0.12,
                    floor + 1.45,
                    floor + 2.25,
                    half - 0.005,
                    GLASS,
                    round_m=0.16,
                ),
                bone=body,
                gloss=1.0,
            )
        kit.add(
            flank(
                x0 + 0.2,
                x1 - (nose if k == 0 else 0.2),
                floor + 0.78,
                floor + 1.06,
                half - 0.005,
                stripe,
                round_m=0.02,
                lift=0.016,
            ),
            bone=body,
            gloss=0.5,
        )
        for door in (x0 + 0.85,) if k == 0 else (x0 + 0.85, x1 - 0.85):
            kit.add(
                flank(
                    door - 0.45,
                    door + 0.45,
                    floor + 0.32,
                    floor + 2.42,
                    half - 0.005,
                    shade(paint, 0.72),
                    round_m=0.08,
                    lift=0.02,
                ),
                bone=body,
                gloss=0.5,
            )
            kit.add(
                flank(
                    door - 0.25,
                    door + 0.25,
                    floor + 1.4,
                    floor + 2.2,
                    half - 0.005,
                    GLASS,
                    round_m=0.08,
                    lift=0.03,
                ),
                bone=body,
                gloss=1.0,
            )
        kit.add(
            box(
                (x0 + 1.0, floor - 0.22, -half + 0.2),
                (x1 - (nose * 0.7 if k == 0 else 1.0), floor + 0.3, half - 0.2),
                DARK,
                round_m=0.1,
            ),
            bone=body,
        )
        kit.add(
            box(
                (x0 - 0.36, floor + 0.2, -half + 0.3),
                (x0 + 0.05, floor + tall - 0.35, half - 0.3),
                DARK,
                round_m=0.05,
            ),
            bone=body,
        )
        for bogie in (x0 + 2.2, x1 - (3.4 if k == 0 else 2.2)):
            _bogie(kit, body, bogie, wheels)
    x1 = 1.5 * long
    _screen(kit, body, x1, nose, floor, tall, half)
    for side in (1.0, -1.0):
        kit.add(
            ball((x1 - 0.55, floor + 0.62, side * 0.62), (0.28, 0.09, 0.16), LAMP, level=2, glow=0.6),
            bone=body,
            gloss=1.0,
        )
    rails = _lay(kit, span[0] - 75.0, span[1] + 75.0)
    return _railed(body, rails, wheels, span, 16.0, floor + tall)


def _screen(kit: Assembly, body: int, x1: float, nose: float, floor: float, tall: float, half: float) -> None:
    """The windscreen: a patch of the nose, lifted off it."""
    ring = _section(tall, half, 56)
    chosen = ring[(ring[:, 0] > 0.80 * tall) | ((ring[:, 0] > 0.62 * tall) & (np.abs(ring[:, 1]) < 0.0))]
    chosen = chosen[np.argsort(chosen[:, 1])]
    rows: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []
    for s in np.linspace(0.22, 0.55, 7).tolist():
        wide, high = (1.0 - s**2.2) ** 0.5, 1.0 - 0.80 * s**1.7
        rows.append(
            np.stack(
                [
                    np.full(len(chosen), x1 - nose * (1.0 - s) + 0.02),
                    floor + tall * 0.03 * s + chosen[:, 0] * high + 0.018,
                    chosen[:, 1] * wide,
                ],
                1,
            )
        )
    grid = np.stack(rows)

    def surface(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        return grid[u.astype(int), v.astype(int)]

    from kirin_video.engines.previs.bodies.hard.skins import panel  # noqa: PLC0415 -- only trains with a nose

    u, v = np.meshgrid(
        np.arange(grid.shape[0], dtype=float), np.arange(grid.shape[1], dtype=float), indexing="ij"
    )
    kit.add(panel(surface, u, v, GLASS, lift=0.015), bone=body, gloss=1.0)


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
        _axle(kit, x, wheels, 0.78, red)
    _axle(kit, end - 1.1, wheels, 0.42, red)
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
        _axle(kit, x, wheels, _WHEEL, red)
    for k in range(2):
        x1 = end - 12.0 - 8.6 * k
        _carriage(kit, body, x1 - 8.2, x1, coach, wheels)
    span = (end - 12.0 - 8.6 - 8.2, end + 0.5)
    shift = -(span[0] + span[1]) / 2.0
    _shift(kit, wheels, shift)
    span = (span[0] + shift, span[1] + shift)
    rails = _lay(kit, span[0] - 75.0, span[1] + 75.0)
    return _railed(body, rails, wheels, span, 10.0, 4.1)


def _shift(kit: Assembly, wheels: list[Wheel], by: float) -> None:
    """Move everything along x, so that the origin is the train's middle."""
    from dataclasses import replace  # noqa: PLC0415 -- once a train

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
        _bogie(kit, body, x, wheels, gap=1.0)


def tram(order: Order, kit: Assembly) -> Mechanism:
    """A tram of one car with a pantograph."""
    paint, second = order.color("body") or (0.75, 0.12, 0.1), order.color("stripe") or (0.94, 0.91, 0.82)
    body = kit.bone("hull", (0.0, 0.6, 0.0))
    half_l, half_w, floor, tall = 5.5, 1.2, 0.55, 2.85
    outline = rounded(
        [
            (half_l - 0.1, floor),
            (half_l, 1.5),
            (half_l - 0.35, floor + tall),
            (-half_l + 0.35, floor + tall),
            (-half_l, 1.5),
            (-half_l + 0.1, floor),
        ],
        0.25,
    )
    kit.add(prism(outline, -half_w, half_w, paint, round_m=0.10), bone=body, gloss=0.5)
    kit.add(
        flank(-half_l + 0.25, half_l - 0.25, 1.62, 2.98, half_w, second, round_m=0.1, lift=0.006),
        bone=body,
        gloss=0.4,
    )
    step = (2.0 * half_l - 0.9) / 8.0
    for k in range(8):
        x = -half_l + 0.45 + k * step
        low = floor + 0.12 if k in {1, 6} else 1.75
        kit.add(
            flank(x + 0.08, x + step - 0.08, low, 2.82, half_w, GLASS, round_m=0.1, lift=0.018),
            bone=body,
            gloss=1.0,
        )
    kit.add(
        front(
            half_l - 0.03,
            1.72,
            2.88,
            -half_w + 0.15,
            half_w - 0.15,
            GLASS,
            round_m=0.14,
            lift=0.03,
            lean=-0.23,
        ),
        bone=body,
        gloss=1.0,
    )
    kit.add(
        rear(
            -half_l + 0.03,
            1.72,
            2.88,
            -half_w + 0.15,
            half_w - 0.15,
            GLASS,
            round_m=0.14,
            lift=0.03,
            lean=0.23,
        ),
        bone=body,
        gloss=1.0,
    )
    kit.add(
        box(
            (half_l - 0.42, floor + tall - 0.05, -0.6),
            (half_l - 0.28, floor + tall + 0.22, 0.6),
            AMBER,
            round_m=0.04,
            glow=0.6,
        ),
        bone=body,
    )
    for side in (1.0, -1.0):
        kit.add(
            ball((half_l - 0.04, 1.1, side * 0.8), (0.05, 0.12, 0.12), LAMP, level=2, glow=0.6),
            ball((-half_l + 0.04, 1.1, side * 0.8), (0.05, 0.1, 0.1), TAIL, level=2, glow=0.4),
            bone=body,
            gloss=1.0,
        )
    kit.add(
        box((-2.4, floor + tall, -0.8), (2.0, floor + tall + 0.2, 0.8), (0.5, 0.5, 0.52), round_m=0.06),
        bone=body,
    )
    y = floor + tall + 0.15
    for z in (-0.45, 0.45):
        kit.add(
            sweep([(-0.6, y, z), (0.5, y + 0.5, z * 0.9), (-0.5, y + 1.0, z * 0.9)], 0.03, DARK, sides=6),
            bone=body,
        )
    kit.add(sweep([(-0.5, y + 1.02, -0.75), (-0.5, y + 1.02, 0.75)], 0.04, DARK, sides=6), bone=body)
    kit.add(
        box(
            (-half_l + 0.6, 0.4, -half_w + 0.15),
            (half_l - 0.6, floor + 0.2, half_w - 0.15),
            DARK,
            round_m=0.05,
        ),
        bone=body,
    )
    wheels: list[Wheel] = []
    for x in (-3.2, 3.2):
        _bogie(kit, body, x, wheels, radius=0.36, gap=0.9)
    rails = _lay(kit, -half_l - 60.0, half_l + 60.0)
    return _railed(body, rails, wheels, (-half_l, half_l), 7.0, floor + tall + 1.2)
