"""What hangs: from the eaves of a house, from a bough, from the ceiling; it sways."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Swing
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.handy import lantern
from kirin_video.engines.previs.bodies.thing.luggage import bird_cage
from kirin_video.engines.previs.bodies.thing.rustic import bough
from kirin_video.engines.previs.bodies.thing.standing import (
    CREAM,
    DARK,
    STEEL,
    WOOD,
    Rgb,
    paint_of,
    shade,
    still,
)

_TILE: Rgb = (0.30, 0.34, 0.38)
_PLASTER: Rgb = (0.86, 0.82, 0.74)
_BEAM: Rgb = (0.34, 0.20, 0.12)

Form = Callable[[Order, Assembly], Mechanism]


def hung(order: Order, kit: Assembly) -> Mechanism:
    """A thing (``what``) on a cord, and what it hangs from (``holder``); both face +x."""
    shape = order.kind.shape
    hook, plain = _HOLDERS[str(shape.get("holder", "eaves"))](order, kit)
    what, (form, size, high, cord) = str(shape["what"]), _THINGS[str(shape["what"])]
    bone = kit.bone("hung", hook)
    top = hook[1] - cord
    kit.add(sweep([hook, (hook[0], top - 0.01, hook[2])], 0.006, DARK, sides=6), bone=bone, shades=False)
    own = Assembly()
    form(order, own)
    for piece in own.pieces:
        # Upright pieces hang by their upper end.
        mesh = put(piece.mesh, (hook[0], top - high * size, hook[2]), size=size)
        kit.add(mesh, bone=bone, gloss=piece.gloss, shades=piece.shades)
    wide = 9.0 if what == "chime" else 6.0
    swing = Swing(bone, hook, (0.94, 0.0, 0.34), wide, period_s=1.7 + 1.1 * cord)
    return replace(plain, swings=(swing,), about=(bone,))


def _eaves(order: Order, kit: Assembly) -> tuple[tuple[float, float, float], Mechanism]:
    """A piece of a house's front: a door of lattice between two posts, a beam, rafters, tiles."""
    del order
    kit.add(box((-0.5, 0.0, -3.0), (-0.42, 2.6, 3.0), _PLASTER, round_m=0.005))
    for z in (-2.85, -1.32, 1.32, 2.85):
        kit.add(box((-0.40, 0.0, z - 0.09), (-0.20, 2.55, z + 0.09), _BEAM, round_m=0.02), gloss=0.2)
    kit.add(
        box((-0.42, 2.36, -3.1), (-0.16, 2.56, 3.1), _BEAM, round_m=0.02),
        box((-0.44, 0.0, -0.80), (-0.36, 2.10, 0.80), shade(_BEAM, 0.7), round_m=0.01),
        gloss=0.2,
    )
    _lattice(kit)
    rise = [(-0.62, 2.98), (0.05, 2.74), (0.78, 2.60)]
    for k in range(25):
        z = -3.12 + 0.26 * k
        kit.add(sweep([(x, y - 0.09, z) for x, y in rise], 0.028, _BEAM, sides=6))
        kit.add(
            sweep(
                [(x, y + 0.03, z) for x, y in rise],
                0.062,
                shade(_TILE, 1.0 + 0.12 * (k % 2)),
                sides=10,
                bend=3,
            )
        )
        kit.add(ball((0.79, 2.63, z), (0.02, 0.062, 0.062), shade(_TILE, 0.8), level=2))
    for (x0, y0), (x1, y1) in pairwise(rise):
        wide = math.hypot(x1 - x0, y1 - y0)
        slab = box(
            (-0.5 * wide - 0.02, -0.03, -3.2),
            (0.5 * wide + 0.02, 0.03, 3.2),
            shade(_TILE, 0.75),
            round_m=0.01,
        )
        lean = math.degrees(math.atan2(y1 - y0, x1 - x0))
        kit.add(put(slab, (0.5 * (x0 + x1), 0.5 * (y0 + y1), 0.0), turn=[("z", lean)]))
    return (0.45, 2.58, 0.0), still(1.4, 6.4, 3.04, sides=(0.0,))


def _lattice(kit: Assembly) -> None:
    """Two door leaves with panes of paper behind their bars."""
    for z0, z1 in ((-0.78, -0.02), (0.02, 0.78)):
        kit.add(
            box(
                (-0.37, 0.75, z0 + 0.06),
                (-0.345, 2.02, z1 - 0.06),
                (0.95, 0.88, 0.70),
                round_m=0.004,
                glow=0.25,
            )
        )
        kit.add(
            box((-0.37, 0.08, z0 + 0.06), (-0.335, 0.66, z1 - 0.06), (0.46, 0.16, 0.11), round_m=0.01),
            gloss=0.3,
        )
        for k in range(5):
            z = z0 + 0.06 + (z1 - z0 - 0.12) * k / 4.0
            kit.add(
                box((-0.35, 0.72, z - 0.012), (-0.325, 2.05, z + 0.012), (0.46, 0.16, 0.11), round_m=0.003)
            )
        for k in range(7):
            y = 0.74 + 0.215 * k
            kit.add(
                box(
                    (-0.35, y - 0.012, z0 + 0.04),
                    (-0.325, y + 0.012, z1 - 0.04),
                    (0.46, 0.16, 0.11),
                    round_m=0.003,
                )
            )


def _bough(order: Order, kit: Assembly) -> tuple[tuple[float, float, float], Mechanism]:
    """The bough of an old tree, in its own colour whatever that of the thing is."""
    plain = bough(
        replace(order, kind=replace(order.kind, colors={}), subject=replace(order.subject, colors=())), kit
    )
    return (0.0, 1.60, 0.30), plain


def _ceiling(order: Order, kit: Assembly) -> tuple[tuple[float, float, float], Mechanism]:
    """A rose at the ceiling of a room."""
    del order
    kit.add(lathe([(0.0, 2.70), (0.07, 2.72), (0.075, 2.75), (0.0, 2.75)], CREAM, sides=24), gloss=0.3)
    return (0.0, 2.72, 0.0), still(0.6, 0.6, 2.75)


def _pendant(order: Order, kit: Assembly) -> Mechanism:
    """A lamp under a shade of metal; its rim is at 0."""
    paint = paint_of(order, "body", (0.20, 0.44, 0.44))
    kit.add(
        lathe([(0.24, 0.0), (0.22, 0.05), (0.09, 0.22), (0.04, 0.28), (0.0, 0.29)], paint, sides=36),
        lathe(
            [(0.0, 0.28), (0.035, 0.27), (0.085, 0.21), (0.215, 0.045), (0.236, 0.0)],
            shade(CREAM, 1.05),
            sides=36,
        ),
        gloss=0.6,
    )
    kit.add(ball((0.0, 0.07, 0.0), 0.065, (1.0, 0.92, 0.74), level=2, glow=1.0), shades=False)
    return still(0.48, 0.48, 0.29)


def _chime(order: Order, kit: Assembly) -> Mechanism:
    """Tubes round a clapper below a disc of wood, a paddle for the wind at the lower end."""
    metal = paint_of(order, "body", (0.80, 0.78, 0.70))
    kit.add(lathe([(0.0, 0.80), (0.14, 0.80), (0.14, 0.83), (0.0, 0.84)], WOOD, sides=28), gloss=0.3)
    for k in range(6):
        a, low = math.tau * k / 6.0, 0.16 + 0.06 * ((k * 5) % 6)
        x, z = 0.11 * math.cos(a), 0.11 * math.sin(a)
        kit.add(sweep([(x, 0.72, z), (x, 0.80, z)], 0.003, DARK, sides=4), shades=False)
        kit.add(sweep([(x, low, z), (x, 0.72, z)], 0.018, metal, sides=12), gloss=1.0)
    kit.add(
        sweep([(0.0, 0.80, 0.0), (0.0, 0.08, 0.0)], 0.003, DARK, sides=4),
        lathe([(0.0, 0.46), (0.06, 0.46), (0.06, 0.485), (0.0, 0.485)], WOOD, sides=24),
        box(
            (-0.008, 0.0, -0.05),
            (0.008, 0.13, 0.05),
            paint_of(order, "paddle", (0.78, 0.26, 0.18)),
            round_m=0.004,
        ),
    )
    return still(0.3, 0.3, 0.84)


def _bell(order: Order, kit: Assembly) -> Mechanism:
    """A bell of bronze with its clapper; its rim is at 0."""
    bronze = paint_of(order, "body", (0.62, 0.46, 0.20))
    line = [(0.30, 0.0), (0.28, 0.03), (0.20, 0.22), (0.17, 0.42), (0.12, 0.52), (0.0, 0.56)]
    kit.add(lathe(line, bronze, sides=40, crease_deg=60.0), gloss=0.8)
    kit.add(lathe([(0.0, 0.50), (0.15, 0.40), (0.18, 0.2), (0.28, 0.0)], shade(bronze, 0.5), sides=40))
    for y in (0.10, 0.30):
        kit.add(
            lathe(
                [(0.262 - 0.28 * y, y), (0.272 - 0.28 * y, y + 0.012), (0.258 - 0.28 * y, y + 0.024)],
                shade(bronze, 1.25),
                sides=40,
            ),
            gloss=0.8,
        )
    kit.add(
        sweep([(0.0, 0.5, 0.0), (0.0, 0.0, 0.0)], 0.012, DARK),
        ball((0.0, -0.02, 0.0), 0.05, DARK, level=2),
        gloss=0.5,
    )
    kit.add(sweep([(0.0, 0.54, -0.06), (0.0, 0.64, 0.0), (0.0, 0.54, 0.06)], 0.018, STEEL, bend=4), gloss=0.6)
    return still(0.6, 0.6, 0.64)


_HOLDERS: dict[str, Callable[[Order, Assembly], tuple[tuple[float, float, float], Mechanism]]] = {
    "eaves": _eaves,
    "bough": _bough,
    "ceiling": _ceiling,
}
_THINGS: dict[str, tuple[Form, float, float, float]] = {
    "lantern": (lantern, 1.7, 0.42, 0.20),
    "pendant": (_pendant, 1.0, 0.29, 0.75),
    "chime": (_chime, 0.95, 0.84, 0.16),
    "bell": (_bell, 0.8, 0.64, 0.12),
    "cage": (bird_cage, 1.0, 0.91, 0.18),
}
"""How each is built, how many times as large, how high it is without that, and on how long a cord, metres."""
