"""A filling station: a shop, a lit roof over the pumps, and the sign on its pole."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.houses import PANE
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, Rgb, paint_of, shade, still

_PAD: Rgb = (0.58, 0.56, 0.52)
_LAMP: Rgb = (1.0, 0.96, 0.86)
_YELLOW: Rgb = (0.96, 0.76, 0.18)
_ROOF_M = 4.5


def gas_station(order: Order, kit: Assembly) -> Mechanism:
    """A filling station; its forecourt looks along x."""
    wall, band = paint_of(order, "body", CREAM), paint_of(order, "roof", (0.80, 0.16, 0.12))
    kit.add(box((-6.4, -0.4, -7.4), (7.4, 0.06, 7.4), _PAD, round_m=0.03))
    _shop(kit, wall, band)
    _roof(kit, wall, band)
    for x in (1.6, 4.6):
        kit.add(box((x - 0.55, 0.05, -3.4), (x + 0.55, 0.2, 3.4), shade(_PAD, 1.25), round_m=0.05))
        for z in (-1.7, 1.7):
            _pump(kit, (x, 0.2, z), band)
    _sign(kit, band)
    return still(13.8, 14.8, 8.2, sides=(0.0,))


def _shop(kit: Assembly, wall: Rgb, band: Rgb) -> None:
    """The shop behind: a flat roof with a coloured band, wide panes, a door."""
    kit.add(box((-6.0, 0.0, -5.0), (-2.0, 3.3, 5.0), wall, round_m=0.04))
    kit.add(box((-6.2, 3.2, -5.2), (-1.7, 3.9, 5.2), band, round_m=0.05), gloss=0.3)
    for z0, z1 in ((-4.5, -2.4), (-2.2, -0.9), (0.9, 2.5), (2.7, 4.5)):
        kit.add(front(-2.0, 0.8, 2.8, z0, z1, PANE, round_m=0.03, lift=0.02, glow=0.3), gloss=0.8)
    kit.add(
        front(-2.0, 0.06, 2.7, -0.65, 0.65, shade(PANE, 0.8), round_m=0.02, lift=0.03, glow=0.3), gloss=0.8
    )
    kit.add(box((-1.98, 1.0, 0.42), (-1.9, 1.6, 0.47), STEEL, round_m=0.01), gloss=0.8)


def _roof(kit: Assembly, wall: Rgb, band: Rgb) -> None:
    """The roof over the pumps on four posts, its edge in two colours, lamps below it."""
    for x in (1.6, 4.6):
        for z in (-3.9, 3.9):
            kit.add(sweep([(x, 0.0, z), (x, _ROOF_M, z)], 0.14, STEEL), gloss=0.4)
    kit.add(box((-1.2, _ROOF_M, -5.6), (7.0, _ROOF_M + 0.75, 5.6), wall, round_m=0.06), gloss=0.3)
    kit.add(box((-1.25, _ROOF_M + 0.2, -5.65), (7.05, _ROOF_M + 0.55, 5.65), band, round_m=0.05), gloss=0.4)
    for x in (1.0, 5.0):
        for z in (-3.2, 0.0, 3.2):
            lamp = box(
                (x - 0.5, _ROOF_M - 0.06, z - 0.5), (x + 0.5, _ROOF_M + 0.02, z + 0.5), _LAMP, glow=0.85
            )
            kit.add(lamp, shades=False)


def _pump(kit: Assembly, at: tuple[float, float, float], band: Rgb) -> None:
    """A pump with its display, a globe on top, and a hose on either side."""
    x, y, z = at
    kit.add(box((x - 0.28, y, z - 0.42), (x + 0.28, y + 1.75, z + 0.42), band, round_m=0.08), gloss=0.6)
    for s in (-1.0, 1.0):
        a, b = sorted((x + s * 0.27, x + s * 0.30))
        kit.add(
            box((a, y + 1.05, z - 0.32), (b, y + 1.55, z + 0.32), CREAM, round_m=0.01, glow=0.15), gloss=0.6
        )
        kit.add(
            box((a, y + 1.22, z - 0.22), (b + 0.01 * s, y + 1.42, z + 0.22), DARK, round_m=0.01), gloss=0.8
        )
        hose = [
            (x + s * 0.1, y + 1.5, z + 0.42),
            (x + s * 0.1, y + 0.7, z + 0.72),
            (x + s * 0.2, y + 0.35, z + 0.6),
            (x + s * 0.2, y + 1.05, z + 0.46),
        ]
        kit.add(sweep(hose, 0.03, DARK, bend=5))
    top = [(0.0, 0.0), (0.16, 0.0), (0.27, 0.16), (0.27, 0.34), (0.14, 0.48), (0.0, 0.5)]
    kit.add(lathe(softened(top), _LAMP, at=(x, y + 1.75, z), sides=20, crease_deg=60.0, glow=0.3), gloss=0.4)


def _sign(kit: Assembly, band: Rgb) -> None:
    """The sign by the road: a round badge over rows of prices."""
    z = 6.6
    kit.add(sweep([(5.6, 0.0, z), (5.6, 8.0, z)], 0.13, STEEL), gloss=0.4)
    kit.add(box((5.45, 3.6, z - 1.1), (5.75, 5.6, z + 1.1), CREAM, round_m=0.06, glow=0.35))
    for k in range(3):
        y = 3.85 + 0.58 * k
        kit.add(front(5.75, y, y + 0.36, z - 0.85, z + 0.1, DARK, round_m=0.02, lift=0.02))
        kit.add(front(5.75, y, y + 0.36, z + 0.25, z + 0.85, band, round_m=0.02, lift=0.02, glow=0.35))
    for x, one in ((5.78, 1.0), (5.42, -1.0)):
        for radius, color, out in ((1.2, band, 0.0), (0.72, _YELLOW, 0.03)):
            badge = disc((0.0, 0.0, 0.0), radius, color, axis="x", glow=0.45)
            turn = [("y", 0.0 if one > 0.0 else 180.0)]
            kit.add(put(badge, (x + out * one, 7.0, z), turn=turn))
    rim = [(1.2, -0.16), (1.26, -0.16), (1.26, 0.16), (1.2, 0.16)]
    kit.add(lathe(rim, STEEL, axis="x", at=(5.6, 7.0, z), sides=32), gloss=0.4)
