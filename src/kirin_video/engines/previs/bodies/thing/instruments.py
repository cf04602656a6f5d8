"""What is played: guitars, violins, pianos."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import top
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, STEEL, WOOD, shade, still
from kirin_video.engines.previs.mesh import Mesh

Rgb = tuple[float, float, float]


def guitar(order: Order, kit: Assembly) -> Mechanism:
    """A guitar, or a violin (``bowed``), that stands upright and faces +z."""
    wood, small = order.color("body") or (0.72, 0.44, 0.18), bool(order.kind.shape.get("bowed", False))
    t = np.linspace(0.0, 2.0 * math.pi, 48, endpoint=False)
    up = 0.24 - 0.24 * np.cos(t)
    waist = 0.175 - 0.035 * np.cos(2.0 * math.pi * up / 0.30) - 0.07 * up
    rim = np.column_stack([np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 0.55 * waist, up])
    kit.add(prism(rim, -0.045, 0.045, wood, round_m=0.008), gloss=0.8)
    kit.add(
        prism(rim * 0.965 + np.array([0.0, 0.008]), 0.044, 0.0475, shade(wood, 1.3), round_m=0.001), gloss=0.8
    )
    if small:
        for side in (1.0, -1.0):
            path = [(side * 0.055, 0.14, 0.049), (side * 0.075, 0.18, 0.049), (side * 0.06, 0.24, 0.049)]
            kit.add(sweep(path, 0.004, DARK, sides=6, bend=5))
    else:
        kit.add(
            disc((0.0, 0.29, 0.048), 0.05, DARK),
            lathe([(0.05, 0.0478), (0.058, 0.049), (0.06, 0.0478)], WOOD, axis="z", at=(0.0, 0.29, 0.0)),
        )
    kit.add(box((-0.06, 0.10, 0.046), (0.06, 0.125, 0.058), DARK, round_m=0.004), gloss=0.4)
    kit.add(
        box((-0.026, 0.36, 0.030), (0.026, 0.88, 0.054), WOOD, round_m=0.006),
        box((-0.025, 0.34, 0.052), (0.025, 0.88, 0.058), DARK, round_m=0.003),
        gloss=0.5,
    )
    for k in range(12):
        kit.add(
            box((-0.025, 0.42 + 0.038 * k, 0.057), (0.025, 0.423 + 0.038 * k, 0.060), STEEL, round_m=0.001)
        )
    kit.add(
        prism(
            rounded([(-0.03, 0.87), (0.03, 0.87), (0.042, 1.02), (-0.042, 1.02)], 0.012),
            0.032,
            0.052,
            WOOD,
            round_m=0.004,
        ),
        gloss=0.6,
    )
    for k in range(3):
        for side in (1.0, -1.0):
            kit.add(
                ball((side * 0.056, 0.905 + 0.04 * k, 0.042), (0.014, 0.009, 0.006), STEEL, level=1),
                gloss=0.9,
            )
    for k in range(6):
        x = -0.018 + 0.0072 * k
        kit.add(sweep([(x * 1.2, 0.112, 0.061), (x, 0.9, 0.060)], 0.0009, STEEL, sides=4), shades=False)
    return still(0.4, 0.1, 1.02)


def piano(order: Order, kit: Assembly) -> Mechanism:
    """A grand piano with its lid open: whoever sits on its stool has the keys before him, along x."""

    def lay(*meshes: Mesh, gloss: float = 0.12, shades: bool = True) -> None:
        turned = (put(mesh, turn=[("y", -90.0)]) for mesh in meshes)
        kit.add(*turned, gloss=gloss, shades=shades)

    paint = order.color("body") or (0.06, 0.06, 0.065)
    side = rounded(
        [(-0.75, 0.0), (0.75, 0.0), (0.75, 0.55), (0.45, 1.15), (0.10, 1.62), (-0.35, 1.75), (-0.75, 1.45)],
        0.16,
        6,
    )
    lay(prism(side, 0.66, 0.98, paint, axis="y", round_m=0.012), gloss=1.0)
    lid = prism(side, 0.0, 0.02, paint, axis="y", round_m=0.006)
    lay(
        put(
            lid,
            (-0.75 + 0.75 * math.cos(0.6), 1.0 + 0.75 * math.sin(0.6), 0.0),
            turn=[("z", math.degrees(0.6))],
        ),
        gloss=1.0,
    )
    lay(sweep([(0.45, 0.98, -0.7), (0.36, 1.72, -0.7)], 0.012, paint), gloss=0.8)
    lay(
        box((-0.72, 0.70, 0.0), (0.72, 0.78, 0.24), paint, round_m=0.015),
        box((-0.62, 0.775, 0.02), (0.62, 0.792, 0.19), (0.95, 0.94, 0.90), round_m=0.004),
        gloss=0.9,
    )
    for k in range(35):
        x = -0.60 + 0.0353 * k
        lay(
            top(x - 0.0008, x + 0.0008, 0.792, 0.02, 0.19, (0.4, 0.4, 0.4), round_m=0.0, lift=0.0006),
            shades=False,
        )
        if k % 7 not in {2, 6}:
            lay(box((x + 0.008, 0.79, 0.02), (x + 0.026, 0.803, 0.12), DARK, round_m=0.002))
    for x, z in ((-0.62, 0.05), (0.62, 0.05), (-0.25, -1.45)):
        lay(
            lathe([(0.03, 0.0), (0.045, 0.3), (0.06, 0.66), (0.0, 0.66)], paint, at=(x, 0.0, z), sides=18),
            gloss=0.9,
        )
    lay(box((-0.35, 0.42, 0.45), (0.35, 0.5, 0.8), paint, round_m=0.02), gloss=0.6)
    for x in (-0.3, 0.3):
        for z in (0.5, 0.75):
            lay(sweep([(x, 0.0, z), (x, 0.44, z)], 0.02, paint), gloss=0.6)
    return still(2.6, 1.5, 1.75, tops=(("saddle", (-0.56, 0.5, 0.0)), ("top", (0.0, 1.0, 0.0))))
