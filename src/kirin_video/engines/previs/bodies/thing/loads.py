"""Loads: what beasts of burden bear."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_SACK: Rgb = (0.78, 0.66, 0.46)
_ROPE: Rgb = (0.42, 0.30, 0.18)
_ROLLS: tuple[Rgb, ...] = ((0.62, 0.18, 0.16), (0.16, 0.34, 0.50), (0.80, 0.56, 0.18))


_GIRTH_M, _TALL_M = 0.68, 1.13
"""How high the saddle is over the lowest of a load, and the height of all of it."""


def camel_load(order: Order, kit: Assembly) -> Mechanism:
    """A camel's load: a striped blanket, a sack on each side, rolled carpets on top."""
    cloth = paint_of(order, "body", (0.66, 0.16, 0.18))

    def load(*meshes: Mesh, gloss: float = 0.12) -> None:
        kit.add(*(put(mesh, (0.0, _GIRTH_M, 0.0)) for mesh in meshes), gloss=gloss)

    for k, tone in enumerate((cloth, _ROLLS[2], shade(cloth, 0.8), _ROLLS[2], cloth)):
        x = -0.45 + 0.18 * k
        load(box((x, -0.42, -0.44), (x + 0.18, 0.08, 0.44), tone, round_m=0.06, steps=2), gloss=0.02)
    for z in (-0.56, 0.56):
        load(
            ball((0.0, -0.34, z), (0.44, 0.34, 0.24), _SACK),
            ball((0.0, -0.02, 0.86 * z), (0.12, 0.10, 0.10), shade(_SACK, 0.9)),
            gloss=0.02,
        )
        for x in (-0.2, 0.2):
            load(sweep([(x, 0.10, 0.3 * z), (x, 0.0, 0.95 * z), (x, -0.36, 1.45 * z)], 0.02, _ROPE, bend=3))
    for k, (y, z) in enumerate(((0.16, -0.16), (0.16, 0.16), (0.33, 0.0))):
        load(sweep([(-0.62, y, z), (0.62, y, z)], 0.115, _ROLLS[k], sides=14), gloss=0.02)
        for x in (-0.34, 0.34):
            load(sweep([(x - 0.025, y, z), (x + 0.025, y, z)], 0.121, _ROPE, sides=14))
    at = (0.0, _GIRTH_M, 0.0)
    return still(1.2, 1.5, _TALL_M, tops=(("girth", at), ("top", (0.0, _TALL_M, 0.0))))
