"""Vases, empty or with flowers in them."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.glaze import blue_and_white, is_painted
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still

_WALL = [
    (0.0, 0.0), (0.05, 0.0), (0.055, 0.01), (0.10, 0.14), (0.095, 0.22), (0.04, 0.31), (0.035, 0.34),
    (0.055, 0.37), (0.045, 0.372), (0.0, 0.33),
]  # fmt: skip
_STEM: Rgb = (0.26, 0.46, 0.18)
_MIXED: tuple[Rgb, ...] = ((0.86, 0.22, 0.26), (0.96, 0.76, 0.22), (0.95, 0.93, 0.90), (0.92, 0.52, 0.66))


def vase(order: Order, kit: Assembly) -> Mechanism:
    """A tall vase with a narrow neck, painted; ``flowers`` stand in it."""
    clay = paint_of(order, "body", (0.86, 0.84, 0.78))
    line = softened(_WALL, 3)
    kit.add(lathe(line, clay, sides=40, crease_deg=60.0), gloss=0.65)
    if is_painted(order):
        blue_and_white(kit, line, 0.03, 0.28)
    else:
        band = order.color("patches") or (0.16, 0.30, 0.58)
        for y, r in ((0.13, 0.0985), (0.205, 0.0985)):
            kit.add(ring((0.0, y, 0.0), r, 0.004, band, axis="y", sides=40), gloss=0.5)
    if not order.kind.shape.get("flowers"):
        return still(0.2, 0.2, 0.372)
    asked = order.color("flowers")
    for k in range(11):
        a, out = 2.399 * k, 0.052 * math.sqrt(k)
        tip = (out * math.cos(a), 0.64 - 0.6 * out, -out * math.sin(a))
        foot = (0.1 * tip[0], 0.34, 0.1 * tip[2])
        bend = (0.35 * tip[0], 0.48, 0.35 * tip[2])
        kit.add(sweep([foot, bend, tip], 0.004, _STEM, sides=6, bend=3), shades=False)
        leaf = ball((0.0, 0.0, 0.0), (0.045, 0.006, 0.016), shade(_STEM, 1.0 + 0.2 * (k % 2)), level=1)
        kit.add(
            put(
                leaf,
                (1.3 * bend[0], bend[1] + 0.03, 1.3 * bend[2]),
                turn=[("z", 25.0), ("y", math.degrees(a))],
            )
        )
        _bloom(kit, tip, 38.0 * out / 0.16, math.degrees(a), asked or _MIXED[k % len(_MIXED)])
    return still(0.45, 0.45, 0.68)


def _bloom(kit: Assembly, at: tuple[float, float, float], lean: float, turn: float, color: Rgb) -> None:
    """A flower of seven petals that leans outwards."""
    parts = [ball((0.0, 0.012, 0.0), (0.017, 0.011, 0.017), (0.92, 0.68, 0.16), level=1)]
    for k in range(7):
        a = 360.0 * k / 7.0
        petal = put(
            ball((0.0, 0.0, 0.0), (0.026, 0.006, 0.016), color, level=1),
            (0.032, 0.012, 0.0),
            turn=[("z", 18.0)],
        )
        parts.append(put(petal, turn=[("y", a)]))
    for part in parts:
        kit.add(put(part, at, turn=[("z", -lean), ("y", turn)]), gloss=0.15)
