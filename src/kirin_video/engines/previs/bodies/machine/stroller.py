"""Prams and wheelchairs: what is pushed with somebody in it."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Wheel
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import ring
from kirin_video.engines.previs.bodies.machine.paint import DARK
from kirin_video.engines.previs.bodies.machine.rolling import driven, rolling
from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]
_FRAME: Rgb = (0.30, 0.31, 0.34)
_SKIN: Rgb = (0.94, 0.76, 0.64)
_BONNET: Rgb = (0.98, 0.95, 0.88)
_BLANKET: Rgb = (0.98, 0.90, 0.62)
_RIBS = 6
_HOOD_R, _HOOD_AT = 0.33, (-0.10, 0.72)


def stroller(order: Order, kit: Assembly) -> Mechanism:
    """A pram: a tub with a baby under a hood, four wheels; whoever pushes it is behind, at -x."""
    cloth = order.color("body") or (0.28, 0.45, 0.68)
    body = kit.bone("hull", (0.0, 0.4, 0.0))
    dark: Rgb = (0.7 * cloth[0], 0.7 * cloth[1], 0.7 * cloth[2])
    kit.add(box((-0.42, 0.46, -0.23), (0.44, 0.74, 0.23), cloth, round_m=0.11, steps=4), bone=body)
    kit.add(box((-0.40, 0.70, -0.235), (0.455, 0.745, 0.235), dark, round_m=0.02), bone=body)
    kit.add(box((-0.08, 0.70, -0.20), (0.42, 0.79, 0.20), _BLANKET, round_m=0.05, steps=3), bone=body)
    _baby(kit, body)
    _hood(kit, body, cloth, dark)
    for side in (1.0, -1.0):
        kit.add(
            sweep([(-0.34, 0.13, side * 0.22), (0.30, 0.50, side * 0.22)], 0.014, _FRAME),
            sweep(
                [(0.34, 0.13, side * 0.22), (-0.30, 0.52, side * 0.22), (-0.62, 0.98, side * 0.21)],
                0.014,
                _FRAME,
            ),
            bone=body,
            gloss=0.7,
        )
    kit.add(sweep([(-0.62, 0.98, -0.23), (-0.62, 0.98, 0.23)], 0.020, DARK, sides=12), bone=body)
    wheels = rolling(kit, (-0.34, 0.34), 0.13, 0.26, wide=0.04, rim=_FRAME, spokes=6)
    return driven(kit, body, wheels, 1.06, 0.54, 1.2, head=(0.0, 0.9, 0.0), top=(0.1, 0.8, 0.0))


def _baby(kit: Assembly, body: int) -> None:
    """A small face in a bonnet, looking up and ahead."""
    x, y = -0.13, 0.86
    kit.add(ball((x - 0.02, y + 0.01, 0.0), (0.115, 0.125, 0.12), _BONNET, level=3), bone=body)
    kit.add(ball((x + 0.022, y, 0.0), (0.095, 0.10, 0.10), _SKIN, level=3), bone=body)
    for side in (1.0, -1.0):
        kit.add(ball((x + 0.108, y + 0.015, 0.035 * side), 0.012, (0.10, 0.07, 0.06), level=1), bone=body)
        kit.add(ball((x + 0.30, y - 0.05, 0.10 * side), (0.045, 0.035, 0.035), _SKIN, level=2), bone=body)
    kit.add(ball((x + 0.112, y - 0.04, 0.0), (0.008, 0.008, 0.022), (0.78, 0.36, 0.34), level=1), bone=body)


def _hood(kit: Assembly, body: int, cloth: Rgb, dark: Rgb) -> None:
    """A folding hood behind the head: panels of cloth over ribs, from the back to above the face."""
    x, y = _HOOD_AT
    arcs = [_arc(x, y, math.radians(178.0 - 20.0 * k)) for k in range(_RIBS)]
    for k, arc in enumerate(arcs):
        kit.add(sweep(arc, 0.009 if k < _RIBS - 1 else 0.014, dark, sides=6), bone=body)
    for k in range(_RIBS - 1):
        for n in range(3):
            lean = math.radians(178.0 - 20.0 * (k + (n + 0.5) / 3.0))
            kit.add(sweep(_arc(x, y, lean, 0.985), 0.030, cloth, sides=8), bone=body)


def _arc(x: float, y: float, lean: float, share: float = 1.0) -> list[tuple[float, float, float]]:
    """A rib from one side of the tub over to the other, leaning so far back from straight ahead."""
    points: list[tuple[float, float, float]] = []
    for n in range(9):
        a = math.pi * n / 8.0
        high = _HOOD_R * share * math.sin(a)
        points.append((x + high * math.cos(lean), y + high * math.sin(lean), 0.225 * math.cos(a)))
    return points


def wheelchair(order: Order, kit: Assembly) -> Mechanism:
    """A wheelchair: two large wheels with hand rims, two castors, a seat, rests for arms and feet."""
    cloth = order.color("body") or (0.16, 0.20, 0.30)
    body = kit.bone("hull", (0.0, 0.5, 0.0))
    kit.add(box((-0.22, 0.47, -0.22), (0.22, 0.52, 0.22), cloth, round_m=0.02), bone=body)
    kit.add(box((-0.27, 0.52, -0.21), (-0.23, 0.94, 0.21), cloth, round_m=0.02), bone=body)
    for side in (1.0, -1.0):
        z = 0.235 * side
        kit.add(
            sweep([(-0.40, 0.96, z), (-0.26, 0.94, z), (-0.24, 0.30, z)], 0.015, _FRAME, bend=2),
            sweep(
                [(-0.25, 0.72, z), (0.16, 0.72, z), (0.24, 0.50, z), (0.38, 0.16, z)], 0.014, _FRAME, bend=3
            ),
            sweep([(-0.24, 0.47, z), (0.24, 0.47, z), (0.30, 0.12, z)], 0.013, _FRAME, bend=2),
            bone=body,
            gloss=0.8,
        )
        kit.add(box((-0.22, 0.715, z - 0.025), (0.12, 0.745, z + 0.025), DARK, round_m=0.01), bone=body)
        low, high = sorted((0.06 * side, 0.22 * side))
        kit.add(box((0.36, 0.10, low), (0.52, 0.125, high), DARK, round_m=0.008), bone=body)
        kit.add(
            ring((-0.16, 0.30, 0.325 * side), 0.25, 0.009, (0.75, 0.76, 0.78), axis="z", sides=36), bone=body
        )
        kit.add(sweep([(-0.47, 0.96, z), (-0.38, 0.96, z)], 0.020, DARK, sides=10), bone=body)
    large = rolling(kit, (-0.16,), 0.30, 0.31, wide=0.035, spokes=12)
    small = _castors(kit)
    seat = (-0.02, 0.52, 0.0)
    wheels = (*large, *small)
    return driven(kit, body, wheels, 1.0, 0.66, 1.2, head=(0.0, 1.1, 0.0), saddle=seat, top=seat)


def _castors(kit: Assembly) -> tuple[Wheel, ...]:
    return rolling(kit, (0.30,), 0.08, 0.26, wide=0.03, spokes=5)
