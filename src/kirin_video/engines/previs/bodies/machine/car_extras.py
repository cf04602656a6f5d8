"""What makes a car a taxi, a police car, a sports car or an old one."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.skins import both, columns, panel
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import ring
from kirin_video.engines.previs.bodies.machine.car_hull import DARK, PAINT_GLOSS, Hull, Rgb, door_gaps
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, road_wheel
from kirin_video.engines.previs.bodies.order import Order

LAMP: Rgb = (0.93, 0.94, 0.92)


def _sign(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """A taxi's: a lit sign on the roof, chequers along the doors."""
    s = hull.shape
    x = -0.1 * s.length / 2.0
    y = float(hull.belt(np.array(x)) + hull.rise(np.array(x)))
    kit.add(
        box(
            (x - 0.11, y - 0.01, -0.30),
            (x + 0.11, y + 0.16, 0.30),
            (0.97, 0.93, 0.80),
            round_m=0.04,
            steps=2,
            glow=0.8,
        ),
        bone=body,
        gloss=0.5,
    )
    kit.add(box((x - 0.14, y - 0.02, -0.34), (x + 0.14, y + 0.02, 0.34), DARK, round_m=0.015), bone=body)
    step = 0.11
    for row in range(2):
        for k in range(-9, 9):
            if (k + row) % 2:
                u, v = columns(
                    k * step,
                    (k + 1) * step,
                    lambda x, r=row: hull.belt(x) - 0.32 + 0.075 * r,
                    lambda x, r=row: hull.belt(x) - 0.245 + 0.075 * r,
                    across=3,
                    up=2,
                )
                kit.add(*both(panel(hull.side, u, v, DARK, lift=0.003)), bone=body, gloss=0.3, shades=False)
    del order


def _light_bar(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """Red and blue lamps on the roof."""
    s = hull.shape
    x = -0.06 * s.length / 2.0
    y = float(hull.belt(np.array(x)) + hull.rise(np.array(x)))
    kit.add(box((x - 0.16, y - 0.02, -0.56), (x + 0.16, y + 0.035, 0.56), DARK, round_m=0.02), bone=body)
    for low, high, color in ((0.06, 0.55, (0.85, 0.05, 0.06)), (-0.55, -0.06, (0.06, 0.18, 0.95))):
        kit.add(
            box(
                (x - 0.13, y + 0.03, low), (x + 0.13, y + 0.13, high), color, round_m=0.04, steps=2, glow=0.8
            ),
            bone=body,
            gloss=0.8,
        )
    kit.add(
        box((x - 0.12, y + 0.03, -0.06), (x + 0.12, y + 0.12, 0.06), (0.9, 0.9, 0.9), round_m=0.02), bone=body
    )
    del order


def _doors(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """Doors in a second colour, as a police car has them."""
    s = hull.shape
    half = s.length / 2.0
    gaps = door_gaps(s)
    color = order.color("doors") or (0.93, 0.93, 0.93)
    u, v = columns(
        gaps[-1] * half + 0.01,
        gaps[0] * half - 0.01,
        lambda x: 0.0 * x + s.sill + 0.10,
        lambda x: hull.belt(x) - 0.004,
        across=16,
        up=10,
    )
    kit.add(*both(panel(hull.side, u, v, color, lift=0.003)), bone=body, gloss=PAINT_GLOSS, shades=False)


def _stripes(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """Two stripes over bonnet and roof."""
    half = hull.shape.length / 2.0
    x = np.linspace(-0.93, 0.93, 60) * half
    for side in (1.0, -1.0):
        turn = np.pi / 2.0 - side * np.array([0.045, 0.10, 0.155])
        u, v = np.meshgrid(x, turn)
        color = order.color("stripes") or (0.95, 0.95, 0.95)
        kit.add(panel(hull.cabin, u, v, color, lift=0.004), bone=body, gloss=PAINT_GLOSS, shades=False)


def _spoiler(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """A wing over the tail."""
    s = hull.shape
    x = -0.90 * s.length / 2.0
    y = float(hull.belt(np.array(x)) + hull.rise(np.array(x)))
    paint = order.color("body") or DARK
    wide = 0.40 * s.width
    kit.add(
        box((x - 0.14, y + 0.13, -wide), (x + 0.12, y + 0.165, wide), paint, round_m=0.016),
        bone=body,
        gloss=PAINT_GLOSS,
    )
    for z in (-0.7 * wide, 0.7 * wide):
        kit.add(
            box((x - 0.06, y - 0.06, z - 0.02), (x + 0.06, y + 0.14, z + 0.02), DARK, round_m=0.015),
            bone=body,
        )


def _round_lamps(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """Big round head lamps and a chromed bumper."""
    s = hull.shape
    half = s.length / 2.0
    for side in (1.0, -1.0):
        x = half * 0.88
        z = side * float(hull.waist(np.array(x))) * 0.74
        y = float(hull.belt(np.array(x))) + 0.03
        kit.add(ball((x, y, z), (0.13, 0.13, 0.13), LAMP, level=2, glow=0.5), bone=body, gloss=1.0)
        kit.add(ring((x + 0.02, y, z), 0.135, 0.022, STEEL, axis="x"), bone=body, gloss=1.0)
    for x, way in ((half, 1.0), (-half, -1.0)):
        path = [
            (x - way * 0.28, s.sill + 0.2, -0.86 * s.width / 2.0),
            (x + way * 0.04, s.sill + 0.2, -0.5 * s.width / 2.0),
            (x + way * 0.09, s.sill + 0.2, 0.0),
            (x + way * 0.04, s.sill + 0.2, 0.5 * s.width / 2.0),
            (x - way * 0.28, s.sill + 0.2, 0.86 * s.width / 2.0),
        ]
        kit.add(sweep(path, 0.055, STEEL, sides=10, bend=5), bone=body, gloss=1.0)
    del order


def _spare(kit: Assembly, hull: Hull, body: int, order: Order) -> None:
    """A spare wheel on the tail and rails on the roof."""
    s = hull.shape
    half = s.length / 2.0
    tyre, rim = road_wheel(0.34, 0.2, order.color("wheels") or STEEL)
    for mesh, gloss in ((tyre, 0.06), (rim, 0.6)):
        kit.add(put(mesh, (-half - 0.02, s.sill + 0.62, 0.0), turn=[("y", -90.0)]), bone=body, gloss=gloss)
    for side in (1.0, -1.0):
        x = np.linspace(-0.72, 0.04, 9) * half
        y = hull.belt(x) + hull.rise(x) * 0.96 + 0.055
        z = np.full_like(x, side * 0.34 * s.width)
        path = np.stack([x, y, z], 1)
        path[[0, -1], 1] -= 0.07
        kit.add(sweep(path, 0.02, (0.12, 0.12, 0.13), sides=8), bone=body, gloss=0.5)


EXTRAS = {
    "sign": _sign,
    "light_bar": _light_bar,
    "doors": _doors,
    "stripes": _stripes,
    "spoiler": _spoiler,
    "round_lamps": _round_lamps,
    "spare": _spare,
}
