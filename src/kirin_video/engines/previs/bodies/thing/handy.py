"""What is carried about or lit: a campfire, a torch, a lantern, a bag, a fishing rod."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Contact, Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import facing_out
from kirin_video.engines.previs.bodies.hard.skinned import loft, sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, WOOD, shade, still

Rgb = tuple[float, float, float]
_EMBER: Rgb = (0.95, 0.36, 0.08)
_STRIPE = 0.17
"""Half of the width of a surfboard's stripe, as a share of the board's."""


def campfire(order: Order, kit: Assembly) -> Mechanism:
    """Logs leaning together in a ring of stones; its flames are an effect."""
    wood, stone = order.color("body") or (0.36, 0.22, 0.13), order.color("stones") or (0.46, 0.45, 0.43)
    for k in range(9):
        a = math.tau * (k + 0.2 * math.sin(5.0 * k)) / 9.0
        size = 0.095 + 0.025 * math.sin(3.7 * k + 1.0)
        tone = shade(stone, 0.85 + 0.25 * math.sin(2.3 * k) ** 2)
        at = (0.50 * math.cos(a), 0.55 * size, 0.50 * math.sin(a))
        kit.add(ball(at, (1.15 * size, 0.8 * size, size), tone, level=2))
    for k in range(6):
        a = math.tau * k / 6.0 + 0.3
        foot = (0.36 * math.cos(a), 0.03, 0.36 * math.sin(a))
        tip = (-0.05 * math.cos(a), 0.34 + 0.03 * (k % 2), -0.05 * math.sin(a))
        kit.add(sweep([foot, tip], [0.050, 0.042], shade(wood, 0.8 + 0.12 * (k % 3)), sides=10))
    kit.add(lathe([(0.30, 0.0), (0.20, 0.07), (0.0, 0.10)], _EMBER, sides=20, glow=0.7), shades=False)
    return still(1.1, 1.1, 0.40)


def torch(order: Order, kit: Assembly) -> Mechanism:
    """A staff wound with pitch at its head; its flame is an effect."""
    wood = order.color("body") or (0.40, 0.25, 0.14)
    kit.add(sweep([(0.0, 0.0, 0.0), (0.0, 0.52, 0.0)], [0.016, 0.022], wood))
    head = [(0.0, 0.47), (0.034, 0.49), (0.042, 0.55), (0.038, 0.61), (0.0, 0.63)]
    kit.add(lathe(softened(head, 3), DARK, sides=20))
    for k in range(3):
        y = 0.51 + 0.035 * k
        kit.add(ring((0.0, y, 0.0), 0.040, 0.006, (0.55, 0.40, 0.22), sides=20, axis="y"))
    return still(0.09, 0.09, 0.63)


def flashlight(order: Order, kit: Assembly) -> Mechanism:
    """An electric torch on its end, its lens on top."""
    case = order.color("body") or (0.20, 0.21, 0.24)
    tube = [(0.0, 0.0), (0.020, 0.0), (0.020, 0.17), (0.036, 0.215), (0.036, 0.262), (0.0, 0.262)]
    kit.add(lathe(softened(tube, 3), case, sides=24), gloss=0.5)
    for y in (0.03, 0.06, 0.09):
        kit.add(ring((0.0, y, 0.0), 0.020, 0.0022, DARK, sides=20, axis="y"))
    kit.add(ring((0.0, 0.262, 0.0), 0.034, 0.004, STEEL, sides=24, axis="y"), gloss=0.8)
    kit.add(lathe([(0.031, 0.263), (0.0, 0.266)], (1.0, 0.97, 0.86), sides=24, glow=0.9), shades=False)
    return still(0.08, 0.08, 0.27)


def sparkler(order: Order, kit: Assembly) -> Mechanism:
    """A wire whose upper half burns; its sparks are an effect."""
    kit.add(sweep([(0.0, 0.0, 0.0), (0.0, 0.17, 0.0)], 0.0022, STEEL, sides=6), gloss=0.8)
    grey = order.color("body") or (0.30, 0.30, 0.31)
    kit.add(sweep([(0.0, 0.15, 0.0), (0.0, 0.30, 0.0)], 0.0042, grey, sides=6))
    return still(0.01, 0.01, 0.30)


def lantern(order: Order, kit: Assembly) -> Mechanism:
    """A lantern of ribbed paper that shines from inside, hung on a short rod."""
    paper = order.color("body") or (0.85, 0.20, 0.12)
    profile = softened([(0.06, 0.02), (0.13, 0.07), (0.155, 0.16), (0.13, 0.25), (0.06, 0.30)], 4)
    kit.add(lathe(profile, paper, sides=32, glow=0.62), shades=False)
    for y in (0.015, 0.305):
        kit.add(
            lathe(
                [(0.0, y - 0.014), (0.066, y - 0.014), (0.066, y + 0.014), (0.0, y + 0.014)], DARK, sides=24
            )
        )
    for y, r in ((0.09, 0.140), (0.16, 0.156), (0.23, 0.140)):
        kit.add(ring((0.0, y, 0.0), r, 0.004, shade(paper, 0.6), sides=28, axis="y"))
    kit.add(sweep([(0.0, 0.32, 0.0), (0.0, 0.42, 0.0)], 0.005, DARK, sides=6))
    for k in range(5):
        a = math.tau * k / 5.0
        kit.add(
            sweep(
                [
                    (0.012 * math.cos(a), 0.0, 0.012 * math.sin(a)),
                    (0.018 * math.cos(a), -0.09, 0.018 * math.sin(a)),
                ],
                0.004,
                (0.9, 0.7, 0.2),
                sides=4,
            )
        )
    return still(0.31, 0.31, 0.42, tops=(("top", (0.0, 0.42, 0.0)), ("light", (0.0, 0.16, 0.0))))


def bag(order: Order, kit: Assembly) -> Mechanism:
    """A bag with two handles."""
    paint = order.color("body") or (0.55, 0.33, 0.18)
    kit.add(box((-0.17, 0.0, -0.065), (0.17, 0.25, 0.065), paint, round_m=0.045, steps=2), gloss=0.2)
    kit.add(box((-0.172, 0.175, -0.067), (0.172, 0.20, 0.067), shade(paint, 0.7), round_m=0.01), gloss=0.2)
    for side in (-0.045, 0.045):
        path = [
            (-0.08, 0.24, side),
            (-0.07, 0.36, 0.5 * side),
            (0.0, 0.41, 0.25 * side),
            (0.07, 0.36, 0.5 * side),
            (0.08, 0.24, side),
        ]
        kit.add(sweep(path, 0.009, shade(paint, 0.65), sides=8, bend=5))
    kit.add(ball((0.0, 0.19, 0.069), (0.022, 0.016, 0.008), (0.85, 0.70, 0.30), level=1), gloss=0.8)
    return still(0.34, 0.13, 0.41)


def fishing_rod(order: Order, kit: Assembly) -> Mechanism:
    """A rod with its reel, its line and a float; it leans forwards along x."""
    paint = order.color("body") or WOOD
    t = np.linspace(0.0, 1.0, 14)
    way = np.stack([1.55 * t, 0.02 + 1.30 * t - 0.28 * t * t, 0.0 * t], 1)
    kit.add(sweep(way, [0.011 - 0.0006 * k for k in range(14)], paint, sides=8), gloss=0.6)
    kit.add(sweep([(0.0, 0.02, 0.0), (0.22, 0.20, 0.0)], 0.016, (0.75, 0.60, 0.42)))
    kit.add(
        lathe(
            [(0.0, -0.02), (0.045, -0.02), (0.045, 0.02), (0.0, 0.02)],
            STEEL,
            axis="z",
            at=(0.30, 0.20, 0.0),
            sides=20,
        ),
        gloss=0.9,
    )
    x, y, _ = way[-1].tolist()
    kit.add(
        sweep([(x, y, 0.0), (x + 0.04, 0.5 * y, 0.0), (x + 0.06, 0.07, 0.0)], 0.0022, CREAM, sides=4, bend=5),
        shades=False,
    )
    kit.add(ball((x + 0.06, 0.04, 0.0), (0.028, 0.036, 0.028), (0.85, 0.15, 0.10), level=2), gloss=0.7)
    return still(1.6, 0.1, 1.05)


def skateboard(order: Order, kit: Assembly) -> Mechanism:
    """A deck with its ends turned up, on four wheels."""
    paint = order.color("body") or (0.75, 0.30, 0.18)
    hull = kit.bone("deck", (0.0, 0.0, 0.0))
    t = np.linspace(-1.0, 1.0, 15)
    lift = 0.115 + 0.055 * np.clip((np.abs(t) - 0.72) / 0.28, 0.0, 1.0) ** 1.5
    wide = 0.105 * (1.0 - 0.75 * np.clip((np.abs(t) - 0.80) / 0.20, 0.0, 1.0) ** 2)
    for k in range(len(t) - 1):
        a, b = 0.40 * t[k], 0.40 * t[k + 1]
        y, w = float(lift[k] + lift[k + 1]) / 2.0, float(max(wide[k], wide[k + 1]))
        low, high = (a - 0.004, y - 0.010, -w), (b + 0.004, y + 0.010, w)
        kit.add(box(low, high, paint, round_m=0.006), bone=hull)
    wheels: list[Wheel] = []
    for x in (-0.24, 0.24):
        kit.add(sweep([(x, 0.045, -0.10), (x, 0.045, 0.10)], 0.012, STEEL, sides=8), bone=hull, gloss=0.9)
        bone = kit.bone(f"wheel{len(wheels)}", (x, 0.034, 0.0), hull)
        for side in (-0.095, 0.095):
            rim = [(0.0, -0.02), (0.030, -0.02), (0.034, 0.0), (0.030, 0.02), (0.0, 0.02)]
            kit.add(lathe(rim, CREAM, axis="z", at=(x, 0.034, side), sides=18), bone=bone, gloss=0.5)
        wheels.append(Wheel(bone, (x, 0.034, 0.0), 0.034))
    return Mechanism(
        ride=Ride.WHEELS,
        hull=hull,
        base_m=0.48,
        gauge_m=0.2,
        speed=2.8,
        height_m=0.17,
        middle_m=0.1,
        wheels=tuple(wheels),
        contacts=(Contact(0, (-0.24, 0.0, 0.0), 0.2, 0.55), Contact(0, (0.24, 0.0, 0.0), 0.2, 0.55)),
        anchors=_decked(hull, 0.125),
    )


def surfboard(order: Order, kit: Assembly) -> Mechanism:
    """A long board with a pointed nose and a stripe along its middle; it rides the waves."""
    paint = order.color("body") or (0.95, 0.93, 0.86)
    stripe = order.color("patches") or (0.80, 0.22, 0.16)
    hull = kit.bone("board", (0.0, 0.0, 0.0))
    t = np.linspace(-1.0, 1.0, 25)
    wide = 0.30 * np.clip(1.0 - np.abs(t) ** 2.6, 0.0, 1.0) ** 0.6 + 0.012
    # It planes above the middle of the waves.
    rise = 0.30 + 0.14 * np.clip(t, 0.0, 1.0) ** 3
    angle = np.linspace(0.0, math.tau, 20, endpoint=False)
    rings = np.stack(
        [
            np.broadcast_to(1.15 * t[:, None], (25, 20)),
            rise[:, None] + 0.035 * np.sin(angle),
            -wide[:, None] * np.cos(angle),
        ],
        -1,
    )
    middle = (np.abs(np.cos(angle + math.tau / 40.0)) < _STRIPE)[None, :, None]
    colors = np.broadcast_to(np.where(middle, np.array(stripe), np.array(paint)), (24, 20, 3))
    kit.add(facing_out(loft(rings, colors)), bone=hull, gloss=0.8)
    kit.add(sweep([(-0.98, 0.29, 0.0), (-1.08, 0.15, 0.0)], [0.03, 0.006], stripe, sides=8), bone=hull)
    return Mechanism(
        ride=Ride.BOAT,
        hull=hull,
        base_m=1.8,
        gauge_m=0.6,
        speed=4.2,
        height_m=0.44,
        middle_m=0.0,
        contacts=(Contact(0, (0.0, 0.0, 0.0), 0.6, 0.3),),
        anchors=_decked(hull, 0.335),
    )


def _decked(bone: int, height: float) -> tuple[tuple[str, int, Point], ...]:
    return tuple((name, bone, (0.0, height, 0.0)) for name in ("top", "saddle", "deck", "head"))
