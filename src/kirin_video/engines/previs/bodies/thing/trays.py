"""Trays: what a waiter carries on his hand."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, still

_CLEAR: Rgb = (0.84, 0.91, 0.94)
_DRINKS: tuple[Rgb, ...] = ((0.92, 0.55, 0.10), (0.70, 0.10, 0.14), (0.95, 0.80, 0.30), (0.30, 0.62, 0.36))
_SPOTS = ((0.085, 0.06), (-0.09, 0.07), (-0.06, -0.095), (0.095, -0.075))


def tray(order: Order, kit: Assembly) -> Mechanism:
    """A round tray with a rim, and four glasses with drinks on it."""
    dark = paint_of(order, "body", (0.16, 0.11, 0.08))
    rim = [(0.0, 0.0), (0.185, 0.0), (0.200, 0.018), (0.193, 0.018), (0.180, 0.006), (0.0, 0.006)]
    kit.add(lathe(rim, dark, sides=40, crease_deg=50.0), gloss=0.5)
    for (x, z), drink in zip(_SPOTS, _DRINKS, strict=True):
        glass = [(0.0, 0.006), (0.030, 0.006), (0.038, 0.125), (0.0, 0.125)]
        full = [(0.0, 0.012), (0.0315, 0.012), (0.0385, 0.095), (0.0, 0.095)]
        kit.add(lathe(glass, _CLEAR, at=(x, 0.0, z), sides=18, crease_deg=50.0), gloss=1.0)
        kit.add(lathe([(r * 1.03, y) for r, y in full], drink, at=(x, 0.0, z), sides=18), gloss=0.8)
    return still(0.40, 0.40, 0.125)
