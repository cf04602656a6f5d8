"""Seats for one that are more than a chair: armchair, stool, deck chair, throne."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.body import Point
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, WOOD, Rgb, paint_of, shade, still

_GOLD: Rgb = (0.83, 0.62, 0.22)


def armchair(order: Order, kit: Assembly) -> Mechanism:
    """A deep upholstered chair with rolled arms."""
    cloth = paint_of(order, "body", (0.62, 0.27, 0.20))
    kit.add(
        box((-0.38, 0.12, -0.34), (0.38, 0.36, 0.34), shade(cloth, 0.88), round_m=0.06, steps=2),
        put(
            box((-0.13, 0.0, -0.36), (0.11, 0.74, 0.36), cloth, round_m=0.10, steps=3),
            (-0.30, 0.28, 0.0),
            turn=[("z", 10.0)],
        ),
        box((-0.24, 0.34, -0.30), (0.40, 0.50, 0.30), shade(cloth, 1.08), round_m=0.07, steps=3),
        gloss=0.05,
    )
    for z in (-0.39, 0.39):
        kit.add(
            box((-0.36, 0.12, z - 0.09), (0.40, 0.58, z + 0.09), cloth, round_m=0.08, steps=3),
            ball((0.37, 0.55, z), (0.07, 0.085, 0.10), cloth),
            gloss=0.05,
        )
        for x in (-0.32, 0.33):
            kit.add(sweep([(x, 0.0, z * 0.92), (x, 0.14, z * 0.9)], [0.02, 0.032], WOOD, sides=8), gloss=0.3)
    return still(0.85, 0.95, 1.0, tops=_tops((0.10, 0.50, 0.0)))


def stool(order: Order, kit: Assembly) -> Mechanism:
    """A round seat on four splayed legs."""
    wood = paint_of(order, "body", WOOD)
    kit.add(lathe([(0.0, 0.58), (0.17, 0.58), (0.185, 0.605), (0.17, 0.63), (0.0, 0.625)], wood), gloss=0.35)
    for x in (-1.0, 1.0):
        for z in (-1.0, 1.0):
            kit.add(
                sweep([(0.17 * x, 0.0, 0.17 * z), (0.10 * x, 0.59, 0.10 * z)], [0.016, 0.02], wood, sides=10),
                gloss=0.35,
            )
        kit.add(sweep([(0.15 * x, 0.2, -0.15), (0.15 * x, 0.2, 0.15)], 0.011, wood, sides=8), gloss=0.35)
        kit.add(sweep([(-0.14, 0.28, 0.14 * x), (0.14, 0.28, 0.14 * x)], 0.011, wood, sides=8), gloss=0.35)
    return still(0.4, 0.4, 0.63, tops=_tops((0.0, 0.63, 0.0)))


def deck_chair(order: Order, kit: Assembly) -> Mechanism:
    """Striped canvas slung between two crossed frames."""
    cloth = paint_of(order, "body", (0.16, 0.36, 0.62))
    for z in (-0.31, 0.31):
        kit.add(
            sweep([(0.46, 0.03, z), (-0.52, 0.98, z)], 0.022, WOOD, sides=8),
            sweep([(-0.50, 0.03, z * 0.9), (0.24, 0.45, z * 0.9)], 0.022, WOOD, sides=8),
            sweep([(-0.58, 0.03, z * 0.8), (-0.28, 0.76, z * 0.95)], 0.016, WOOD, sides=8),
            gloss=0.3,
        )
    for x, y in ((0.24, 0.45), (-0.52, 0.98), (-0.54, 0.04), (0.44, 0.05)):
        kit.add(sweep([(x, y, -0.31), (x, y, 0.31)], 0.02, WOOD, sides=8), gloss=0.3)
    sag = [(0.24, 0.47), (0.10, 0.43), (-0.10, 0.43), (-0.30, 0.60), (-0.52, 0.99)]
    canvas = [*((x, y - 0.014) for x, y in reversed(sag)), *sag]
    for k in range(6):
        z = -0.24 + 0.096 * k
        kit.add(prism(canvas, z - 0.048, z + 0.048, CREAM if k % 2 else cloth), gloss=0.05)
    return still(1.15, 0.65, 1.0, tops=_tops((0.10, 0.45, 0.0)))


def throne(order: Order, kit: Assembly) -> Mechanism:
    """A king's seat: gilded wood, red velvet, a tall back with a crest, on a step."""
    velvet, gold = order.color("seat") or (0.55, 0.06, 0.09), paint_of(order, "body", _GOLD)
    kit.add(box((-0.60, 0.0, -0.62), (0.72, 0.12, 0.62), (0.42, 0.10, 0.12), round_m=0.02), gloss=0.1)
    kit.add(
        box((-0.36, 0.40, -0.40), (0.36, 0.52, 0.40), gold, round_m=0.03, steps=2),
        box((-0.42, 0.44, -0.42), (-0.30, 1.78, 0.42), gold, round_m=0.04, steps=2),
        ball((-0.36, 1.80, 0.0), (0.06, 0.20, 0.26), gold),
        ball((-0.36, 2.02, 0.0), 0.07, (0.70, 0.05, 0.10)),
        gloss=0.75,
    )
    kit.add(
        box((-0.30, 0.50, -0.33), (0.34, 0.60, 0.33), velvet, round_m=0.05, steps=3),
        box((-0.31, 0.66, -0.32), (-0.26, 1.66, 0.32), velvet, round_m=0.04, steps=2),
        gloss=0.08,
    )
    for z in (-0.42, 0.42):
        kit.add(
            ball((-0.36, 1.86, z), 0.07, gold),
            box((-0.34, 0.76, z - 0.05), (0.36, 0.83, z + 0.05), gold, round_m=0.03, steps=2),
            ball((0.36, 0.80, z), 0.075, gold),
            gloss=0.75,
        )
        for x in (-0.36, 0.32):
            kit.add(
                lathe(
                    [(0.0, 0.12), (0.05, 0.12), (0.03, 0.22), (0.055, 0.36), (0.0, 0.42)],
                    gold,
                    at=(x, 0.0, z),
                ),
                gloss=0.75,
            )
        kit.add(sweep([(0.32, 0.46, z), (0.34, 0.80, z)], 0.035, gold, sides=10), gloss=0.75)
    return still(1.3, 1.25, 2.1, tops=_tops((0.08, 0.60, 0.0)))


def _tops(at: Point) -> tuple[tuple[str, Point], ...]:
    """Where somebody sits, lies or is laid down: the one place."""
    return ("saddle", at), ("top", at), ("seat", at)
