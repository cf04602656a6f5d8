"""Cars: a hull, wheels, and the glass, lights and gaps that lie on it."""

# ruff: noqa: PLR2004 -- machines are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.skins import Floats, both, columns, panel
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.machine.car_extras import EXTRAS, LAMP
from kirin_video.engines.previs.bodies.machine.car_hull import (
    DARK,
    GLASS_GLOSS,
    PAINT_GLOSS,
    SHAPES,
    SQUARE,
    CarShape,
    Hull,
    Rgb,
    door_gaps,
)
from kirin_video.engines.previs.bodies.machine.drivers import Pane, seat_driver
from kirin_video.engines.previs.bodies.machine.open_car import open_up, seats_of
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, road_wheel
from kirin_video.engines.previs.bodies.order import Order

GLASS: Rgb = (0.055, 0.075, 0.095)
TAIL: Rgb = (0.72, 0.04, 0.04)
OPEN = "open"
"""The style of a car without a roof."""
AMBER: Rgb = (0.95, 0.55, 0.10)


def car(order: Order, kit: Assembly) -> Mechanism:
    """A car by its shape's ``style``: sedan, sports, suv, hatch or vintage."""
    asked = order.kind.shape
    shape = SHAPES[str(asked.get("style", "sedan"))]
    hull = Hull(shape)
    paint = order.color("body") or (0.7, 0.1, 0.1)
    body = kit.bone("hull", (0.0, shape.sill, 0.0))
    kit.add(hull.mesh(paint), bone=body, gloss=PAINT_GLOSS)
    is_open = asked.get("style") == OPEN
    if is_open:
        open_up(kit, hull, body)
    else:
        _glaze(kit, hull, body)
        seat_driver(order, kit, body, *_panes(hull))
    _trim(kit, hull, body, paint)
    for extra in asked.get("extras", ()):
        EXTRAS[str(extra)](kit, hull, body, order)
    wheels = _wheels(kit, shape, order.color("wheels") or STEEL)
    return Mechanism(
        ride=Ride.WHEELS,
        hull=body,
        base_m=(shape.axles[1] - shape.axles[0]) * shape.length / 2.0,
        gauge_m=shape.width,
        speed=shape.speed,
        height_m=1.4,
        middle_m=shape.sill + 0.2,
        wheels=wheels,
        contacts=_contacts(shape, wheels),
        anchors=(
            ("head", body, (0.36 * shape.length, 0.75, 0.0)),
            (
                "top",
                body,
                (-0.05 * shape.length, float(hull.belt(np.array(0.0)) + hull.rise(np.array(0.0))), 0.0),
            ),
            ("seat", body, (0.0, 0.5, -0.35)),
            *(seats_of(hull, body) if is_open else ()),
        ),
    )


def _contacts(s: CarShape, wheels: tuple[Wheel, ...]) -> tuple[Contact, ...]:
    touching = [Contact(0, (w.pivot[0], 0.0, w.pivot[2]), 1.5 * s.wheel, 0.55) for w in wheels]
    below = [Contact(0, (f * s.length, 0.0, 0.0), 0.78 * s.width, 0.62) for f in (-0.33, 0.0, 0.33)]
    return (*touching, *below)


def _wheels(kit: Assembly, s: CarShape, rim: Rgb) -> tuple[Wheel, ...]:
    wide = 0.215
    tyre, rims = road_wheel(s.wheel, wide, rim, spokes=s.spokes or 12)
    found: list[Wheel] = []
    for axle in s.axles:
        for side in (1.0, -1.0):
            hub = (axle * s.length / 2.0, s.wheel, side * (s.width / 2.0 - wide / 2.0 - 0.025))
            bone = kit.bone(f"wheel{len(found)}", hub)
            turn = [("y", 180.0)] if side < 0.0 else []
            kit.add(put(tyre, hub, turn=turn), bone=bone, gloss=0.06)
            kit.add(put(rims, hub, turn=turn), bone=bone, gloss=0.7)
            found.append(Wheel(bone, hub, s.wheel))
    return tuple(found)


def _glaze(kit: Assembly, hull: Hull, body: int) -> None:
    """Side windows between the pillars, windscreen and rear window."""
    s = hull.shape
    half = s.length / 2.0
    ends = [s.glass[0], *[p + o for p in s.pillars for o in (-0.014, 0.014)], s.glass[1]]
    for first, last in zip(ends[::2], ends[1::2], strict=True):
        u, v = columns(
            first * half,
            last * half,
            lambda x: np.clip(0.05 / hull.rise(x), 0.0, 0.6),
            lambda x: np.clip(1.0 - 0.075 / hull.rise(x), 0.05, 0.86),
            across=20,
            round_m=0.0,
        )
        kept = (v[-1] - v[0]) * hull.rise(u[0]) > 0.012
        kit.add(
            *both(panel(hull.glass, u[:, kept], v[:, kept], GLASS, lift=0.007)), bone=body, gloss=GLASS_GLOSS
        )
    rear_foot, rear_top, front_top, front_foot = (p * half for p in s.screens)
    for a, b in ((rear_foot, rear_top), (front_top, front_foot)):
        if abs(b - a) < 0.02:
            continue
        x = np.linspace(a + 0.015, b - 0.015, 12)
        first = math.asin(0.90 ** (SQUARE / 2.0))
        turn = np.linspace(first, np.pi - first, 17)
        u, v = np.meshgrid(x, turn)
        kit.add(panel(hull.cabin, u, v, GLASS, lift=0.009), bone=body, gloss=GLASS_GLOSS)


def _panes(hull: Hull) -> tuple[Pane, Pane]:
    """The windscreen and the front side windows, for who is seen through them."""
    s = hull.shape
    half = s.length / 2.0
    x = np.linspace(s.screens[2] * half, s.screens[3] * half, 40)
    top = hull.belt(x) + hull.rise(x)

    def screen(side: Floats, up: Floats) -> Floats:
        # The screen is round: the further to the side, the lower it is.
        places = np.broadcast_to(x, (*side.shape, len(x)))
        beside = np.broadcast_to(side[..., None], places.shape)
        heights = hull.cabin(places, hull.turn_at(places, beside))[..., 1]
        lines = zip(up.ravel(), heights.reshape(-1, len(x)), strict=True)
        at = np.array([np.interp(-y, -line, x) for y, line in lines]).reshape(up.shape)
        return hull.cabin(at, hull.turn_at(at, side))

    def window(along: Floats, up: Floats) -> Floats:
        return hull.glass(along, np.clip((up - hull.belt(along)) / hull.rise(along), 0.02, 0.97))

    seat = s.screens[2] * half + 0.02
    shoulder = float(hull.belt(np.array([seat]))[0])
    roof = float(top.max())
    head = max(roof - 0.21, shoulder + 0.16)
    return (
        Pane(screen, -0.36, float(top.min()) + 0.03, head, wheel=True, lift=0.010),
        Pane(window, seat, shoulder + 0.06, head, mirrored=True, lift=0.008),
    )


def _trim(kit: Assembly, hull: Hull, body: int, paint: Rgb) -> None:
    """Bumpers, lights, grille, plates, the gaps of the doors, handles, mirrors, arches' lips."""
    s = hull.shape
    half = s.length / 2.0
    for x in door_gaps(s):
        u, v = columns(
            x * half - 0.006,
            x * half + 0.006,
            lambda x: hull.lower(x) + 0.05,
            lambda x: hull.belt(x) - 0.004,
            across=2,
            up=10,
        )
        kit.add(*both(panel(hull.side, u, v, DARK, lift=0.004)), bone=body, gloss=0.0, shades=False)
    u, v = columns(
        (s.axles[0] + 0.06) * half + hull.arch,
        s.axles[1] * half - hull.arch - 0.05,
        lambda x: 0.0 * x + s.sill + 0.005,
        lambda x: 0.0 * x + s.sill + 0.09,
        across=10,
        up=3,
    )
    kit.add(*both(panel(hull.side, u, v, (0.07, 0.07, 0.075), lift=0.012)), bone=body, gloss=0.1)
    front_y = float(hull.belt(np.array(half * 0.95)))
    for side in (1.0, -1.0):
        lamp_x, lamp_z = half * 0.905, side * float(hull.waist(np.array(half * 0.905))) * 0.80
        lamp_y = float(hull.belt(np.array(lamp_x))) - 0.035
        lens = ball((lamp_x, lamp_y, lamp_z), (0.17, 0.062, 0.135), LAMP, level=2, glow=0.5)
        kit.add(lens, bone=body, gloss=1.0)
        tail_x = -half * 0.965
        tail_z = side * float(hull.waist(np.array(tail_x))) * 0.82
        tail_y = float(hull.belt(np.array(tail_x))) - 0.06
        kit.add(
            ball((tail_x, tail_y, tail_z), (0.075, 0.06, 0.20), TAIL, level=2, glow=0.35),
            bone=body,
            gloss=0.9,
        )
        mirror_x = s.screens[3] * half - 0.18
        mirror_y = float(hull.belt(np.array(mirror_x))) + 0.075
        mirror_z = side * (float(hull.waist(np.array(mirror_x))) + 0.09)
        kit.add(
            ball((mirror_x, mirror_y, mirror_z), (0.075, 0.065, 0.10), paint, level=1),
            bone=body,
            gloss=PAINT_GLOSS,
        )
        for pillar in (*s.pillars, s.glass[0] + 0.12)[:2]:
            x = (pillar + 0.06) * half if s.pillars else 0.0
            y = float(hull.belt(np.array(x))) - 0.09
            z = side * float(hull.side(np.array(x), np.array(y))[2])
            kit.add(
                box((x - 0.075, y - 0.014, z - 0.02), (x + 0.075, y + 0.014, z + 0.02), paint, round_m=0.012),
                bone=body,
                gloss=0.8,
            )
        for axle in s.axles:
            lip = [
                (axle * half + hull.arch * math.cos(a), s.wheel + hull.arch * math.sin(a))
                for a in np.linspace(-0.1, math.pi + 0.1, 15)
            ]
            path = [
                (x, y, side * (float(hull.side(np.array(x), np.array(max(y, s.sill + 0.02)))[2]) - 0.004))
                for x, y in lip
            ]
            kit.add(sweep(path, 0.022, paint, sides=5), bone=body, gloss=PAINT_GLOSS)
    wide = float(hull.waist(np.array(half))) * 0.9
    kit.add(
        box(
            (half - 0.20, s.sill + 0.10, -wide),
            (half + 0.03, s.sill + 0.235, wide),
            paint,
            round_m=0.05,
            steps=2,
        ),
        bone=body,
        gloss=PAINT_GLOSS,
    )
    kit.add(
        box(
            (half - 0.12, front_y - 0.24, -0.60 * wide),
            (half + 0.012, front_y - 0.10, 0.60 * wide),
            DARK,
            round_m=0.04,
            steps=2,
        ),
        bone=body,
        gloss=0.5,
    )
    kit.add(
        box(
            (half - 0.05, s.sill + 0.125, -0.24),
            (half + 0.042, s.sill + 0.215, 0.24),
            (0.88, 0.88, 0.84),
            round_m=0.01,
        ),
        bone=body,
    )
    tail_w = float(hull.waist(np.array(-half))) * 0.92
    kit.add(
        box(
            (-half - 0.03, s.sill + 0.10, -tail_w),
            (-half + 0.2, s.sill + 0.25, tail_w),
            paint,
            round_m=0.05,
            steps=2,
        ),
        bone=body,
        gloss=PAINT_GLOSS,
    )
    kit.add(
        box(
            (-half - 0.012, s.sill + 0.30, -0.24),
            (-half + 0.06, s.sill + 0.39, 0.24),
            (0.88, 0.88, 0.84),
            round_m=0.01,
        ),
        bone=body,
    )
    for x, way, rim in ((half, 1.0, wide), (-half, -1.0, tail_w)):
        low, high = sorted((x - way * 0.45, x + way * 0.018))
        skirt = box((low, s.sill - 0.02, -1.02 * rim), (high, s.sill + 0.125, 1.02 * rim), DARK, round_m=0.05)
        kit.add(skirt, bone=body, gloss=0.1)
    for side in (0.45, -0.45):
        kit.add(
            sweep(
                [(-half - 0.03, s.sill + 0.02, side), (-half + 0.2, s.sill + 0.02, side)],
                0.03,
                STEEL,
                sides=10,
            ),
            bone=body,
            gloss=0.9,
        )
