"""A roadside diner: a long low car of chrome with wide lit windows, and its sign on the roof."""

from __future__ import annotations

from itertools import pairwise

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, Rgb, paint_of, still
from kirin_video.engines.previs.mesh import Mesh

_LIGHT: Rgb = (1.0, 0.86, 0.58)
_NEON: Rgb = (1.0, 0.25, 0.22)
_BLUE: Rgb = (0.25, 0.80, 1.0)
_HALF_M, _DEEP_M, _HIGH_M = 7.0, 2.6, 3.4
"""Half its length along z, half its depth along x, its height without the sign."""
_LETTERS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "D": (((0.0, 0.0), (0.0, 1.0), (0.35, 1.0), (0.6, 0.75), (0.6, 0.25), (0.35, 0.0), (0.0, 0.0)),),
    "I": (((0.3, 0.0), (0.3, 1.0)),),
    "N": (((0.0, 0.0), (0.0, 1.0), (0.6, 0.0), (0.6, 1.0)),),
    "E": (((0.6, 0.0), (0.0, 0.0), (0.0, 1.0), (0.6, 1.0)), ((0.0, 0.5), (0.45, 0.5))),
    "R": (
        ((0.0, 0.0), (0.0, 1.0), (0.5, 1.0), (0.6, 0.75), (0.5, 0.5), (0.0, 0.5)),
        ((0.3, 0.5), (0.6, 0.0)),
    ),
}
"""The strokes of letters: to the right and up, in heights."""


def diner(order: Order, kit: Assembly) -> Mechanism:
    """A diner whose windows and door look along +x."""
    stripe = paint_of(order, "body", (0.72, 0.12, 0.12))
    face = _DEEP_M
    kit.add(box((-_DEEP_M, 0.0, -_HALF_M), (face, _HIGH_M, _HALF_M), STEEL, round_m=0.35, steps=2), gloss=0.9)
    for low, high, tone in ((0.18, 0.62, stripe), (0.72, 0.86, CREAM), (2.72, 3.00, stripe)):
        kit.add(
            box(
                (-_DEEP_M - 0.03, low, -_HALF_M - 0.03),
                (face + 0.03, high, _HALF_M + 0.03),
                tone,
                round_m=0.30,
            ),
            gloss=0.7,
        )
    kit.add(
        box((-_DEEP_M - 0.25, 3.30, -_HALF_M - 0.3), (face + 0.45, 3.52, _HALF_M + 0.3), CREAM, round_m=0.1)
    )
    kit.add(_tube([(face + 0.46, 3.41, -_HALF_M), (face + 0.46, 3.41, _HALF_M)], _BLUE, 0.035), shades=False)
    for k in range(8):
        z0 = -_HALF_M + 0.45 + 1.66 * k
        if k in {3, 4}:
            continue
        kit.add(
            front(face, 1.0, 2.62, z0, z0 + 1.46, DARK, round_m=0.08, lift=0.02),
            front(face, 1.06, 2.56, z0 + 0.06, z0 + 1.40, _LIGHT, round_m=0.06, lift=0.035, glow=0.85),
            # The back of a booth, a lamp over it.
            front(
                face, 1.06, 1.52, z0 + 0.16, z0 + 0.62, (0.52, 0.14, 0.12), round_m=0.06, lift=0.045, glow=0.2
            ),
            front(
                face, 2.18, 2.34, z0 + 0.62, z0 + 0.92, (0.72, 0.34, 0.16), round_m=0.05, lift=0.045, glow=0.5
            ),
            gloss=0.6,
            shades=False,
        )
    for z0 in (-1.02, 0.04):
        kit.add(
            front(face, 0.12, 2.62, z0, z0 + 0.98, STEEL, round_m=0.06, lift=0.05),
            front(face, 0.42, 2.50, z0 + 0.12, z0 + 0.86, _LIGHT, round_m=0.06, lift=0.065, glow=0.7),
            gloss=0.8,
            shades=False,
        )
    kit.add(box((face, 0.0, -1.4), (face + 0.9, 0.12, 1.4), (0.60, 0.58, 0.55), round_m=0.02))
    for z in (-2.4, 2.4):
        kit.add(sweep([(0.6, 3.4, z), (0.6, 5.2, z)], 0.06, DARK, sides=8))
    kit.add(box((0.5, 3.75, -3.1), (0.72, 5.35, 3.1), (0.12, 0.14, 0.22), round_m=0.12), gloss=0.4)
    kit.add(*_sign(0.80, 4.0, 1.1), gloss=0.2, shades=False)
    return still(2.0 * _DEEP_M, 2.0 * _HALF_M, 5.35, sides=(0.0,))


def _sign(x: float, y: float, tall: float) -> list[Mesh]:
    """The letters in tubes of light; who reads them looks along -x."""
    found: list[Mesh] = []
    step = 1.08 * tall
    for nth, letter in enumerate("DINER"):
        z = (2.0 - nth) * step + 0.3 * tall
        for stroke in _LETTERS[letter]:
            points = [(x, y + tall * up, z - tall * right) for right, up in stroke]
            found += [_tube(list(ends), _NEON, 0.055) for ends in pairwise(points)]
    return found


def _tube(path: list[tuple[float, float, float]], color: Rgb, thick: float) -> Mesh:
    """A straight tube of light."""
    (x0, y0, z0), (x1, y1, z1) = path
    mesh = sweep([(x0, y0, z0), (x1, y1, z1)], thick, color, sides=6)
    lit = put(mesh)
    lit.glow[:] = 255
    return lit
