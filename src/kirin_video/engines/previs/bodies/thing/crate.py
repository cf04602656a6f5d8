"""Boxes and gifts: they open when they are told to."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Hinge, Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import top
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still

_HALF_M, _TALL_M, _WALL_M = 0.25, 0.4, 0.012
_OPEN_DEG = 112.0


def crate(order: Order, kit: Assembly) -> Mechanism:
    """A gift with a ribbon (``gift``) or a cardboard box."""
    paint = paint_of(order, "body", (0.70, 0.52, 0.33))
    if bool(order.kind.shape.get("gift", False)):
        return _gift(kit, paint, paint_of(order, "ribbon", (0.93, 0.80, 0.30)))
    _open_box(kit, paint, _TALL_M)
    hinges = tuple(_flap(kit, paint, side) for side in (1.0, -1.0))
    return still(0.5, 0.5, 0.4, hinges=hinges)


def _open_box(kit: Assembly, paint: Rgb, tall: float) -> None:
    """Four walls and a floor, darker inside."""
    h, w = _HALF_M, _WALL_M
    for side in (1.0, -1.0):
        a, b = sorted((side * h, side * (h - w)))
        kit.add(box((a, 0.0, -h), (b, tall, h), paint, round_m=0.005), gloss=0.1)
        kit.add(box((-h, 0.0, a), (h, tall, b), paint, round_m=0.005), gloss=0.1)
    kit.add(box((-h, 0.0, -h), (h, 0.015, h), shade(paint, 0.55), round_m=0.004))


def _flap(kit: Assembly, paint: Rgb, side: float) -> Hinge:
    """Half of a lid that meets the other half in the middle, with its tape."""
    hinge = (side * _HALF_M, _TALL_M, 0.0)
    bone = kit.bone("flap", hinge)
    sheet = box((0.0, 0.0, -_HALF_M), (_HALF_M - 0.001, 0.008, _HALF_M), shade(paint, 1.06), round_m=0.003)
    tape = top(0.215, 0.248, 0.008, -_HALF_M, _HALF_M, shade(paint, 1.25), round_m=0.0, lift=0.002)
    for mesh in (sheet, tape):
        turned = put(mesh, turn=[("y", 180.0)]) if side > 0.0 else mesh
        kit.add(put(turned, hinge, turn=[("z", -side * _OPEN_DEG)]), bone=bone, gloss=0.1)
    return Hinge(bone, hinge, (0.0, 0.0, 1.0), side * _OPEN_DEG, rests_shut=True)


def _gift(kit: Assembly, paint: Rgb, band: Rgb) -> Mechanism:
    """A box with a lid, a ribbon and a bow; light comes out of it when it opens."""
    h, tall = _HALF_M, 0.36
    _open_box(kit, paint, tall)
    kit.add(
        box((-h - 0.004, 0.0, -0.04), (-h + 0.004, tall, 0.04), band, round_m=0.002),
        box((h - 0.004, 0.0, -0.04), (h + 0.004, tall, 0.04), band, round_m=0.002),
        box((-0.04, 0.0, -h - 0.004), (0.04, tall, -h + 0.004), band, round_m=0.002),
        box((-0.04, 0.0, h - 0.004), (0.04, tall, h + 0.004), band, round_m=0.002),
        gloss=0.6,
    )
    kit.add(
        box((-h + 0.02, 0.2, -h + 0.02), (h - 0.02, 0.25, h - 0.02), (1.0, 0.86, 0.42), glow=1.0),
        shades=False,
    )
    for k in range(14):
        a, far = 2.399 * k, 0.055 * math.sqrt(k)
        at = (far * math.cos(a), 0.27 + 0.05 * ((k * 3) % 4) / 3.0, far * math.sin(a))
        kit.add(ball(at, 0.018 + 0.012 * (k % 2), (1.0, 0.94, 0.70), level=1, glow=1.0), shades=False)
    hinge = (-h - 0.01, tall, 0.0)
    lid = kit.bone("lid", hinge)
    out = h + 0.012
    parts = [
        box((-out, 0.0, -out), (out, 0.075, out), shade(paint, 1.08), round_m=0.008),
        box((-out - 0.004, -0.002, -0.04), (out + 0.004, 0.079, 0.04), band, round_m=0.004),
        box((-0.04, -0.002, -out - 0.004), (0.04, 0.079, out + 0.004), band, round_m=0.004),
        ball((0.0, 0.10, 0.0), (0.035, 0.03, 0.035), band, level=2),
    ]
    for side in (1.0, -1.0):
        loop = put(
            ball((0.0, 0.0, 0.0), (0.045, 0.05, 0.11), band, level=2),
            (0.0, 0.125, side * 0.095),
            turn=[("x", side * 26.0)],
        )
        tail = put(
            box((-0.03, -0.003, 0.0), (0.03, 0.003, 0.16), band, round_m=0.002),
            (0.0, 0.088, 0.0),
            turn=[("y", 40.0 * side + 60.0)],
        )
        parts += [loop, tail]
    for mesh in parts:
        kit.add(put(put(mesh, (out, 0.0, 0.0)), hinge, turn=[("z", _OPEN_DEG)]), bone=lid, gloss=0.5)
    opened = Hinge(lid, hinge, (0.0, 0.0, 1.0), -_OPEN_DEG, rests_shut=True)
    return still(0.54, 0.54, 0.52, hinges=(opened,))
