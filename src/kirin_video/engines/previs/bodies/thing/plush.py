"""Plush toys: a teddy bear that sits, stitched and with a bow."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, Rgb, paint_of, shade, still

_PALE: Rgb = (0.93, 0.83, 0.66)
_RED: Rgb = (0.80, 0.13, 0.16)
_THREAD: Rgb = (0.30, 0.19, 0.11)


def teddy_bear(order: Order, kit: Assembly) -> Mechanism:
    """A teddy bear that sits and looks along +x: button eyes, a stitched belly, pale paws, a bow."""
    fur, pale = paint_of(order, "body", (0.66, 0.42, 0.22)), paint_of(order, "belly", _PALE)
    kit.add(
        ball((0.0, 0.145, 0.0), (0.108, 0.145, 0.122), fur),
        ball((0.030, 0.140, 0.0), (0.086, 0.108, 0.090), pale),
        ball((0.018, 0.350, 0.0), (0.100, 0.098, 0.118), fur),
        ball((0.100, 0.325, 0.0), (0.048, 0.040, 0.054), pale),
        gloss=0.0,
    )
    _seam(kit, 0.031, 0.108)
    _face(kit)
    for side in (-1.0, 1.0):
        kit.add(
            ball((0.004, 0.436, side * 0.092), (0.024, 0.043, 0.045), fur, level=2),
            ball((0.020, 0.436, side * 0.092), (0.014, 0.028, 0.030), pale, level=2),
            gloss=0.0,
        )
        _limbs(kit, side, fur, pale)
    _bow(kit, paint_of(order, "patches", _RED))
    return still(0.36, 0.36, 0.48)


def _seam(kit: Assembly, middle: float, reach: float) -> None:
    """A seam down the belly, with stitches across it."""
    line = [
        (middle + 0.087 * (1.0 - (y / reach) ** 2) ** 0.5, 0.14 + y, 0.0)
        for y in (-0.085, -0.03, 0.03, 0.085)
    ]
    kit.add(sweep(line, 0.0026, _THREAD, sides=6, bend=4), gloss=0.1)
    for k in range(5):
        y = -0.068 + 0.034 * k
        x = middle + 0.088 * (1.0 - (y / reach) ** 2) ** 0.5
        stitch = [(x - 0.003, 0.14 + y, -0.017), (x, 0.14 + y, 0.0), (x - 0.003, 0.14 + y, 0.017)]
        kit.add(sweep(stitch, 0.0028, _THREAD, sides=6), gloss=0.1)


def _face(kit: Assembly) -> None:
    """Buttons for eyes, a nose of thread, a mouth."""
    for side in (-1.0, 1.0):
        kit.add(ball((0.106, 0.378, side * 0.045), (0.012, 0.016, 0.016), DARK, level=2), gloss=0.9)
        kit.add(ball((0.116, 0.383, side * 0.045 + 0.004), 0.0035, (0.95, 0.95, 0.95), level=1))
        smile = [(0.145, 0.318, 0.0), (0.140, 0.304, side * 0.012), (0.133, 0.303, side * 0.026)]
        kit.add(sweep(smile, 0.0030, _THREAD, sides=6, bend=3))
    kit.add(ball((0.144, 0.342, 0.0), (0.012, 0.012, 0.019), DARK, level=2), gloss=0.5)
    kit.add(sweep([(0.148, 0.336, 0.0), (0.146, 0.317, 0.0)], 0.0030, _THREAD, sides=6))


def _limbs(kit: Assembly, side: float, fur: Rgb, pale: Rgb) -> None:
    """An arm that hangs forward with a pale paw, and a leg stretched out with its sole to the front."""
    arm = [(0.005, 0.236, side * 0.088), (0.045, 0.190, side * 0.150), (0.085, 0.130, side * 0.160)]
    leg = [(0.040, 0.052, side * 0.070), (0.120, 0.048, side * 0.100), (0.190, 0.052, side * 0.120)]
    kit.add(
        sweep(arm, [0.036, 0.040, 0.036], fur, sides=16, bend=4),
        ball((0.090, 0.122, side * 0.160), (0.036, 0.040, 0.037), fur, level=2),
        ball((0.108, 0.112, side * 0.158), (0.024, 0.028, 0.027), pale, level=2),
        sweep(leg, [0.048, 0.047, 0.043], fur, sides=16, bend=4),
        ball((0.200, 0.066, side * 0.122), (0.036, 0.064, 0.050), fur),
        put(ball((0.0, 0.0, 0.0), (0.010, 0.046, 0.036), pale, level=2), (0.229, 0.070, side * 0.122)),
        gloss=0.0,
    )


def _bow(kit: Assembly, paint: Rgb) -> None:
    """A ribbon round the neck, tied in front."""
    at = (0.090, 0.262)
    for side in (-1.0, 1.0):
        kit.add(ball((at[0], at[1], side * 0.036), (0.016, 0.023, 0.032), paint, level=2), gloss=0.3)
        tail = [
            (at[0], at[1], 0.0),
            (at[0] + 0.022, at[1] - 0.030, side * 0.020),
            (at[0] + 0.028, at[1] - 0.066, side * 0.030),
        ]
        kit.add(sweep(tail, [0.007, 0.009, 0.010], shade(paint, 0.9), sides=8, bend=3), gloss=0.3)
    kit.add(ball((at[0] + 0.012, at[1], 0.0), 0.015, shade(paint, 0.85), level=2), gloss=0.3)
