"""What is looked through or worn: cameras, telescopes, spectacles; prizes; shoes and hats that lie alone."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import (
    DARK,
    STEEL,
    WOOD,
    Rgb,
    paint_of,
    still,
)

_BRASS: Rgb = (0.82, 0.64, 0.26)
_LENS: Rgb = (0.08, 0.10, 0.16)


def camera(order: Order, kit: Assembly) -> Mechanism:
    """A photo camera; its lens looks along x. On a tripod (``tripod``) it stands as high as eyes."""
    if bool(order.kind.shape.get("tripod", False)):
        return _on_tripod(order, kit)
    return _body(order, kit)


def _on_tripod(order: Order, kit: Assembly) -> Mechanism:
    """A camera of twice its size, so that it is told from afar, on three legs."""
    camera = Assembly()
    _body(order, camera)
    for piece in camera.pieces:
        kit.add(put(piece.mesh, (0.0, 1.36, 0.0), size=2.0), gloss=piece.gloss, shades=piece.shades)
    kit.add(
        sweep([(0.0, 0.95, 0.0), (0.0, 1.33, 0.0)], 0.017, STEEL, sides=12),
        box((-0.05, 1.325, -0.05), (0.05, 1.36, 0.05), DARK, round_m=0.008),
        gloss=0.7,
    )
    kit.add(sweep([(0.0, 1.30, 0.0), (-0.26, 1.16, 0.10)], 0.011, DARK, sides=10), gloss=0.4)
    for k in range(3):
        a = 2.0 * math.pi * k / 3.0 + 0.5
        knee = (0.22 * math.cos(a), 0.58, 0.22 * math.sin(a))
        foot = (0.42 * math.cos(a), 0.0, 0.42 * math.sin(a))
        kit.add(
            sweep([(0.03 * math.cos(a), 1.08, 0.03 * math.sin(a)), knee], 0.019, DARK, sides=10), gloss=0.5
        )
        kit.add(sweep([knee, foot], [0.013, 0.011], STEEL, sides=10), gloss=0.8)
    return still(0.84, 0.84, 1.56, sides=(0.0,))


def _body(order: Order, kit: Assembly) -> Mechanism:
    """The camera itself."""
    paint = paint_of(order, "body", DARK)
    kit.add(box((-0.025, 0.0, -0.07), (0.025, 0.065, 0.07), paint, round_m=0.012, steps=2), gloss=0.15)
    kit.add(
        box((-0.024, 0.06, -0.069), (0.024, 0.084, 0.069), STEEL, round_m=0.006),
        box((-0.015, 0.08, -0.024), (0.022, 0.1, 0.024), STEEL, round_m=0.006),
        gloss=0.8,
    )
    kit.add(box((0.02, 0.086, -0.016), (0.0235, 0.096, 0.016), _LENS, round_m=0.002), gloss=1.0)
    tube = [
        (0.036, 0.0),
        (0.036, 0.016),
        (0.033, 0.018),
        (0.033, 0.04),
        (0.03, 0.045),
        (0.022, 0.045),
        (0.02, 0.035),
    ]
    tones: list[Rgb] = [STEEL, DARK, DARK, STEEL, DARK, DARK]
    kit.add(lathe(tube, tones, axis="x", at=(0.024, 0.037, 0.0), sides=36), gloss=0.7)
    kit.add(put(disc((0.0, 0.0, 0.0), 0.021, _LENS, axis="x"), (0.0602, 0.037, 0.0)), gloss=1.0)
    kit.add(
        put(ball((0.0, 0.0, 0.0), (0.003, 0.006, 0.006), (0.70, 0.80, 0.95), level=2), (0.061, 0.044, 0.007)),
        gloss=1.0,
    )
    for z, r in ((-0.05, 0.011), (0.048, 0.013), (0.03, 0.006)):
        kit.add(
            lathe([(0.0, 0.083), (r, 0.083), (r, 0.092), (0.0, 0.093)], STEEL, at=(0.0, 0.0, z), sides=18),
            gloss=0.9,
        )
    return still(0.09, 0.14, 0.1, sides=(0.0,))


def telescope(order: Order, kit: Assembly) -> Mechanism:
    """A brass telescope on three legs that looks up along x."""
    brass = paint_of(order, "body", _BRASS)
    turn = [("z", 28.0)]
    at = (0.0, 1.2, 0.0)
    tube = [
        (0.0, -0.55),
        (0.03, -0.55),
        (0.03, -0.42),
        (0.045, -0.4),
        (0.045, 0.0),
        (0.06, 0.03),
        (0.06, 0.6),
        (0.075, 0.62),
        (0.075, 0.72),
        (0.062, 0.72),
        (0.0, 0.68),
    ]
    tones: list[Rgb] = [DARK, DARK, brass, brass, brass, (0.16, 0.22, 0.30), brass, brass, DARK, _LENS]
    kit.add(put(lathe(tube, tones, axis="x", sides=30), at, turn=turn), gloss=0.9)
    for k in range(3):
        a = 2.0 * math.pi * k / 3.0 + 0.4
        kit.add(
            sweep([(0.0, 1.16, 0.0), (0.42 * math.cos(a), 0.0, 0.42 * math.sin(a))], [0.028, 0.018], WOOD),
            gloss=0.4,
        )
    kit.add(ball((0.0, 1.16, 0.0), 0.05, brass, level=2), gloss=0.9)
    return still(1.1, 0.8, 1.55)


def spectacles(order: Order, kit: Assembly) -> Mechanism:
    """A pair of glasses that lies open; it faces +x."""
    paint = paint_of(order, "body", (0.24, 0.13, 0.08))
    for z in (-0.034, 0.034):
        kit.add(ring((0.0, 0.024, z), 0.023, 0.0025, paint, axis="x", sides=32), gloss=0.8)
        kit.add(
            sweep(
                [(0.0, 0.03, 1.68 * z), (-0.09, 0.03, 1.75 * z), (-0.13, 0.003, 1.75 * z)],
                0.0025,
                paint,
                sides=8,
            ),
            gloss=0.8,
        )
        kit.add(
            put(
                ball((0.0, 0.0, 0.0), (0.001, 0.011, 0.003), (0.9, 0.95, 1.0), level=1),
                (0.0, 0.028, z + 0.008),
                turn=[("x", 30.0)],
            ),
            shades=False,
        )
    kit.add(
        sweep([(0.0, 0.027, -0.012), (0.004, 0.032, 0.0), (0.0, 0.027, 0.012)], 0.0025, paint, bend=3),
        gloss=0.8,
    )
    return still(0.14, 0.12, 0.05)


def trophy(order: Order, kit: Assembly) -> Mechanism:
    """A golden cup with two handles on a foot."""
    gold = paint_of(order, "body", (0.88, 0.68, 0.22))
    kit.add(box((-0.06, 0.0, -0.06), (0.06, 0.05, 0.06), (0.14, 0.10, 0.09), round_m=0.006), gloss=0.6)
    cup = [
        (0.04, 0.05),
        (0.045, 0.06),
        (0.012, 0.08),
        (0.012, 0.12),
        (0.03, 0.14),
        (0.065, 0.2),
        (0.07, 0.28),
        (0.074, 0.29),
        (0.064, 0.285),
        (0.0, 0.2),
    ]
    kit.add(lathe(softened(cup, 3), gold, sides=40, crease_deg=60.0), gloss=1.0)
    for s in (1.0, -1.0):
        kit.add(
            sweep(
                [(0.0, 0.26, s * 0.068), (0.0, 0.27, s * 0.11), (0.0, 0.21, s * 0.1), (0.0, 0.17, s * 0.05)],
                0.007,
                gold,
                sides=10,
                bend=6,
            ),
            gloss=1.0,
        )
    return still(0.15, 0.23, 0.29)


def crown(order: Order, kit: Assembly) -> Mechanism:
    """A golden crown with stones on a red cushion."""
    gold = paint_of(order, "body", (0.90, 0.70, 0.22))
    kit.add(ball((0.0, 0.045, 0.0), (0.17, 0.05, 0.17), (0.60, 0.08, 0.12)), gloss=0.2)
    kit.add(
        lathe([(0.09, 0.085), (0.094, 0.085), (0.098, 0.12), (0.094, 0.12), (0.09, 0.09)], gold, sides=40),
        gloss=1.0,
    )
    tones: tuple[Rgb, ...] = ((0.78, 0.06, 0.14), (0.10, 0.45, 0.26), (0.12, 0.26, 0.72))
    for k in range(8):
        a = 2.0 * math.pi * k / 8.0
        point = put(
            prism([(-0.034, 0.0), (0.034, 0.0), (0.0, 0.075)], -0.003, 0.003, gold, axis="x", round_m=0.001),
            (0.098, 0.115, 0.0),
            turn=[("z", -8.0)],
        )
        kit.add(put(point, turn=[("y", math.degrees(a))]), gloss=1.0)
        c, s = math.cos(a), math.sin(a)
        kit.add(
            ball((0.109 * c, 0.194, -0.109 * s), 0.009, gold, level=2),
            ball((0.1 * c, 0.103, -0.1 * s), 0.009, tones[k % 3], level=2),
            gloss=1.0,
        )
    return still(0.34, 0.34, 0.2)


def hat(order: Order, kit: Assembly) -> Mechanism:
    """A felt hat with a ribbon that lies on its brim."""
    paint = paint_of(order, "body", (0.42, 0.28, 0.17))
    line = [
        (0.0, 0.004),
        (0.12, 0.004),
        (0.17, 0.014),
        (0.175, 0.02),
        (0.12, 0.014),
        (0.098, 0.02),
        (0.09, 0.09),
        (0.075, 0.115),
        (0.03, 0.112),
        (0.0, 0.1),
    ]
    kit.add(lathe(softened(line, 3), paint, sides=44, crease_deg=70.0), gloss=0.05)
    kit.add(lathe([(0.1, 0.022), (0.097, 0.05)], (0.12, 0.10, 0.10), sides=40), gloss=0.3)
    return still(0.35, 0.35, 0.116)
