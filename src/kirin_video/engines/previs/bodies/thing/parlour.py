"""A zither on its stands, as guzheng and guqin are, and a toaster with toast in it."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, Rgb, paint_of, shade, still

_LACQUER: Rgb = (0.36, 0.15, 0.08)
_TOAST: Rgb = (0.80, 0.55, 0.26)


def zither(order: Order, kit: Assembly) -> Mechanism:
    """A guzheng on two trestles: a long bowed board along z, strings over a slant row of bridges."""
    wood = paint_of(order, "body", _LACQUER)
    bow = [(0.17 * math.cos(t), 0.70 + 0.055 * math.sin(t)) for t in np.linspace(0.0, math.pi, 17).tolist()]
    kit.add(prism([(0.17, 0.64), *bow, (-0.17, 0.64)], -0.80, 0.80, wood, round_m=0.01), gloss=0.6)
    face = [(0.150 * math.cos(t), 0.703 + 0.056 * math.sin(t)) for t in np.linspace(0.1, 3.04, 17).tolist()]
    kit.add(prism(face, -0.62, 0.66, (0.74, 0.52, 0.30), round_m=0.002), gloss=0.4)
    for k in range(13):
        x = -0.126 + 0.021 * k
        top = 0.703 + 0.056 * math.sqrt(max(1.0 - (x / 0.165) ** 2, 0.0))
        z = -0.42 + 0.070 * k
        kit.add(sweep([(x, top, z), (x, top + 0.034, z)], [0.010, 0.003], CREAM, sides=6), gloss=0.4)
        strings = [(x, top + 0.004, -0.70), (x, top + 0.036, z), (x, top + 0.004, 0.70)]
        kit.add(sweep(strings, 0.0014, (0.92, 0.90, 0.84), sides=4), gloss=0.9, shades=False)
    for z in (-0.52, 0.52):
        for x in (-0.17, 0.17):
            kit.add(
                sweep([(1.3 * x, 0.0, z), (0.8 * x, 0.64, z)], 0.022, shade(wood, 0.8), sides=8), gloss=0.4
            )
        kit.add(sweep([(-0.19, 0.22, z), (0.19, 0.22, z)], 0.016, shade(wood, 0.8), sides=8), gloss=0.4)
        kit.add(box((-0.18, 0.60, z - 0.03), (0.18, 0.645, z + 0.03), shade(wood, 0.8), round_m=0.01))
    return still(0.45, 1.6, 0.80)


def toaster(order: Order, kit: Assembly) -> Mechanism:
    """A toaster with two slices that stand out of it; its lever and knob face +x."""
    paint = paint_of(order, "body", (0.78, 0.80, 0.82))
    kit.add(box((-0.14, 0.015, -0.085), (0.14, 0.19, 0.085), paint, round_m=0.04, steps=3), gloss=0.9)
    kit.add(box((-0.145, 0.0, -0.09), (0.145, 0.03, 0.09), DARK, round_m=0.012), gloss=0.4)
    for z in (-0.032, 0.032):
        kit.add(box((-0.105, 0.186, z - 0.018), (0.105, 0.1915, z + 0.018), DARK, round_m=0.002))
        crumb = [(-0.085, 0.13), (0.085, 0.13), (0.085, 0.235), (0.098, 0.262), (0.07, 0.285), (0.0, 0.278),
                 (-0.07, 0.285), (-0.098, 0.262), (-0.085, 0.235)]  # fmt: skip
        kit.add(prism(crumb, z - 0.011, z + 0.011, shade(_TOAST, 0.8), round_m=0.003))
        inner = [(0.86 * x, 0.21 + 0.86 * (y - 0.21)) for x, y in crumb]
        kit.add(prism(inner, z - 0.0125, z + 0.0125, (0.93, 0.76, 0.46), round_m=0.002))
    kit.add(box((0.138, 0.045, -0.004), (0.142, 0.16, 0.004), DARK, round_m=0.001))
    kit.add(box((0.138, 0.12, -0.025), (0.165, 0.14, 0.025), DARK, round_m=0.006), gloss=0.5)
    knob = lathe(
        [(0.0, 0.139), (0.018, 0.139), (0.016, 0.155), (0.0, 0.156)],
        STEEL,
        axis="x",
        at=(0.0, 0.07, -0.045),
        sides=24,
    )
    # The knob is below the lever.
    kit.add(knob, ball((0.142, 0.06, 0.05), 0.006, (1.0, 0.5, 0.2), level=1, glow=0.6), gloss=0.8)
    return still(0.31, 0.18, 0.285)
