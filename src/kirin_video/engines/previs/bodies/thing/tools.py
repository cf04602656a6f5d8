"""Tools with long handles, their heads up: axe, pickaxe, hoe, shovel, rake, broom; a block to chop on."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import Outline
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box, prism
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, STEEL, WOOD, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_IRON: Rgb = (0.30, 0.31, 0.33)
_STRAW: Rgb = (0.82, 0.66, 0.32)
_BARK: Rgb = (0.33, 0.22, 0.14)
_CUT: Rgb = (0.80, 0.62, 0.40)
_AXE_M, _POLE_M, _BROOM_M = 0.86, 1.18, 1.30
"""How long handles are."""


def axe(order: Order, kit: Assembly) -> Mechanism:
    """A woodman's axe; its edge is ahead."""
    _handle(order, kit, _AXE_M, 0.017)
    edge: Outline = [
        (-0.045, _AXE_M - 0.105),
        (0.05, _AXE_M - 0.100),
        (0.165, _AXE_M - 0.160),
        (0.178, _AXE_M - 0.075),
        (0.165, _AXE_M + 0.015),
        (0.05, _AXE_M - 0.030),
        (-0.045, _AXE_M - 0.025),
    ]
    kit.add(prism(edge, -0.016, 0.016, paint_of(order, "trim", (0.62, 0.10, 0.08)), round_m=0.006), gloss=0.5)
    bit: Outline = [
        (0.150, _AXE_M - 0.158),
        (0.182, _AXE_M - 0.075),
        (0.168, _AXE_M + 0.018),
        (0.138, _AXE_M + 0.002),
        (0.145, _AXE_M - 0.075),
    ]
    kit.add(prism(bit, -0.0175, 0.0175, STEEL, round_m=0.006), gloss=0.9)
    return still(0.23, 0.04, _AXE_M + 0.02)


def pickaxe(order: Order, kit: Assembly) -> Mechanism:
    """A pick with two points."""
    _handle(order, kit, _AXE_M, 0.018)
    y = _AXE_M - 0.05
    bow = [(-0.34, y - 0.085, 0.0), (-0.17, y - 0.01, 0.0), (0.0, y + 0.015, 0.0), (0.17, y - 0.01, 0.0)]
    kit.add(
        sweep([*bow, (0.34, y - 0.085, 0.0)], [0.006, 0.020, 0.028, 0.020, 0.006], _IRON, sides=10), gloss=0.6
    )
    return still(0.68, 0.06, _AXE_M + 0.02)


def hoe(order: Order, kit: Assembly) -> Mechanism:
    """A hoe: its blade looks ahead and down the handle."""
    _handle(order, kit, _POLE_M, 0.016)
    kit.add(
        sweep([(0.0, _POLE_M - 0.02, 0.0), (0.07, _POLE_M - 0.01, 0.0)], 0.014, _IRON, sides=8), gloss=0.5
    )
    kit.add(box((0.066, _POLE_M - 0.19, -0.085), (0.078, _POLE_M, 0.085), _IRON, round_m=0.004), gloss=0.6)
    return still(0.10, 0.17, _POLE_M)


def shovel(order: Order, kit: Assembly) -> Mechanism:
    """A shovel with a crutch at the end of its handle; the hollow of its blade is ahead."""
    _handle(order, kit, _POLE_M - 0.20, 0.017)
    kit.add(sweep([(0.0, 0.015, -0.06), (0.0, 0.015, 0.06)], 0.016, DARK, sides=8), gloss=0.3)
    y = _POLE_M - 0.22
    for x, half in ((0.0, 0.115), (0.012, 0.085)):
        blade: Outline = [(-half, y), (half, y), (half, y + 0.16), (0.0, y + 0.27 - x), (-half, y + 0.16)]
        kit.add(_facing(prism(blade, x - 0.006, x + 0.004, _IRON, round_m=0.002)), gloss=0.7)
    return still(0.06, 0.23, _POLE_M + 0.05)


def rake(order: Order, kit: Assembly) -> Mechanism:
    """A garden rake."""
    _handle(order, kit, _POLE_M, 0.015)
    kit.add(
        box((-0.012, _POLE_M - 0.02, -0.20), (0.012, _POLE_M + 0.01, 0.20), _IRON, round_m=0.004), gloss=0.5
    )
    for k in range(11):
        z = -0.19 + 0.038 * k
        kit.add(sweep([(0.0, _POLE_M, z), (0.075, _POLE_M + 0.02, z)], [0.006, 0.004], _IRON, sides=6))
    return still(0.10, 0.40, _POLE_M + 0.03)


def sweeping_broom(order: Order, kit: Assembly) -> Mechanism:
    """A broom to sweep with: straw bound to a flat fan."""
    _handle(order, kit, _BROOM_M - 0.30, 0.014)
    low, high = _BROOM_M - 0.34, _BROOM_M + 0.06
    fan: Outline = [
        (-0.035, low),
        (0.035, low),
        (0.10, low + 0.16),
        (0.165, high),
        (-0.165, high),
        (-0.10, low + 0.16),
    ]
    kit.add(_facing(prism(fan, -0.03, 0.03, _STRAW, round_m=0.012)), gloss=0.05)
    for k in range(9):
        z = -0.145 + 0.03625 * k
        kit.add(
            sweep(
                [(0.028, low + 0.10, 0.45 * z), (0.032, high + 0.012, z)], 0.008, shade(_STRAW, 0.84), sides=5
            )
        )
    for y in (low + 0.06, low + 0.13):
        kit.add(box((-0.036, y, -0.085), (0.036, y + 0.02, 0.085), (0.62, 0.12, 0.10), round_m=0.006))
    return still(0.08, 0.33, high)


def chopping_block(order: Order, kit: Assembly) -> Mechanism:
    """A stump with a piece of wood on it that is about to be split; split ones lie round it."""
    bark = paint_of(order, "body", _BARK)
    _round_wood(kit, (0.0, 0.0, 0.0), 0.23, 0.36, bark)
    _round_wood(kit, (0.0, 0.36, 0.0), 0.10, 0.29, shade(bark, 1.25))
    for k, (a, far) in enumerate(((0.5, 0.46), (2.0, 0.42), (2.9, 0.55), (4.1, 0.48), (5.4, 0.60))):
        x, z, lie = far * math.cos(a), far * math.sin(a), 1.9 * k
        along = 0.17 * math.cos(lie), 0.17 * math.sin(lie)
        ends = [(x - along[0], 0.055, z - along[1]), (x + along[0], 0.055, z + along[1])]
        kit.add(sweep(ends, 0.062, _CUT if k % 2 else shade(bark, 1.25), sides=5))
    return still(1.1, 1.1, 0.65)


def _round_wood(kit: Assembly, foot: tuple[float, float, float], r: float, tall: float, bark: Rgb) -> None:
    """A short piece of a trunk, with rings on its upper end."""
    x, y, z = foot
    outline = [(r * 1.06, 0.0), (r, 0.3 * tall), (r, tall), (0.0, tall)]
    kit.add(lathe(outline, bark, at=foot, sides=20, crease_deg=50.0), gloss=0.02)
    for k, (share, tone) in enumerate(((0.90, 1.0), (0.64, 0.86), (0.56, 1.0), (0.28, 0.84))):
        top = (x, y + tall + 0.002 * (k + 1), z)
        kit.add(disc(top, share * r, shade(_CUT, tone), axis="y", sides=24), gloss=0.02)


def _facing(mesh: Mesh) -> Mesh:
    """What was extruded along z, along x."""
    return put(mesh, turn=[("y", 90.0)])


def _handle(order: Order, kit: Assembly, long_m: float, r: float) -> None:
    wood = paint_of(order, "body", WOOD)
    kit.add(
        sweep(
            [(0.0, 0.0, 0.0), (0.0, 0.5 * long_m, 0.0), (0.0, long_m, 0.0)], [1.15 * r, r, r], wood, sides=10
        ),
        gloss=0.3,
    )
