"""What stands on a laboratory's bench: a microscope, a rack of test tubes with flasks."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, STEEL, WOOD, Rgb, paint_of, still

_GLASS: Rgb = (0.84, 0.92, 0.95)
_LIQUIDS: tuple[Rgb, ...] = (
    (0.14, 0.50, 0.88),
    (0.22, 0.72, 0.38),
    (0.93, 0.32, 0.42),
    (0.97, 0.70, 0.14),
    (0.56, 0.32, 0.82),
)


def microscope(order: Order, kit: Assembly) -> Mechanism:
    """A microscope: its foot, a bent arm, the stage, a turret of lenses, a slanted eyepiece; it faces +x."""
    paint = paint_of(order, "body", (0.92, 0.93, 0.94))
    kit.add(box((-0.10, 0.0, -0.08), (0.11, 0.04, 0.08), DARK, round_m=0.015, steps=2), gloss=0.4)
    kit.add(
        sweep([(-0.075, 0.03, 0.0), (-0.085, 0.16, 0.0), (-0.06, 0.27, 0.0), (0.02, 0.30, 0.0)], 0.026, paint,
              sides=14, bend=6), gloss=0.6,
    )  # fmt: skip
    kit.add(box((-0.07, 0.125, -0.07), (0.085, 0.142, 0.07), DARK, round_m=0.006), gloss=0.4)
    kit.add(box((0.0, 0.142, -0.035), (0.024, 0.145, 0.035), _GLASS, round_m=0.001), gloss=1.0)
    kit.add(ball((0.02, 0.262, 0.0), (0.032, 0.016, 0.032), STEEL), gloss=0.9)
    for x, z in ((0.02, 0.0), (0.036, 0.016), (0.036, -0.016)):
        kit.add(sweep([(x, 0.255, z), (1.05 * x, 0.19, 1.3 * z)], [0.011, 0.008], STEEL, sides=14), gloss=0.9)
    kit.add(sweep([(0.02, 0.29, 0.0), (-0.035, 0.385, 0.0)], 0.020, paint, sides=16), gloss=0.6)
    kit.add(sweep([(-0.033, 0.38, 0.0), (-0.055, 0.42, 0.0)], 0.016, DARK, sides=16), gloss=0.5)
    for z in (-0.05, 0.05):
        kit.add(sweep([(-0.082, 0.10, 0.4 * z), (-0.082, 0.10, z)], 0.020, DARK, sides=16), gloss=0.4)
    kit.add(ball((0.02, 0.05, 0.0), (0.022, 0.012, 0.022), (1.0, 0.96, 0.80), level=2), gloss=0.9)
    return still(0.24, 0.17, 0.43)


def labware(order: Order, kit: Assembly) -> Mechanism:
    """Six test tubes in a rack, a conical flask and a beaker, each with something coloured in it."""
    del order
    for y in (0.0, 0.075):
        kit.add(box((-0.03, y, -0.125), (0.03, y + 0.012, 0.125), WOOD, round_m=0.003), gloss=0.2)
    for z in (-0.122, 0.122):
        kit.add(box((-0.03, 0.0, z - 0.006), (0.03, 0.087, z + 0.006), WOOD, round_m=0.002), gloss=0.2)
    for k in range(6):
        at = (0.0, 0.014, -0.095 + 0.038 * k)
        full = 0.06 + 0.02 * ((k * 2) % 3)
        kit.add(
            lathe(
                [(0.0, 0.0), (0.009, 0.003), (0.0125, 0.012), (0.0125, full), (0.0, full)],
                _LIQUIDS[k % 5],
                at=at,
                sides=20,
            ),
            gloss=0.9,
        )
        kit.add(
            lathe(
                [(0.0125, full), (0.0125, 0.135), (0.0155, 0.138), (0.0120, 0.138), (0.0115, full)],
                _GLASS,
                at=at,
                sides=20,
            ),
            gloss=1.0,
            shades=False,
        )
    flask, beaker = (0.02, 0.0, 0.205), (0.03, 0.0, -0.195)
    kit.add(
        lathe(
            [(0.0, 0.0), (0.062, 0.0), (0.064, 0.008), (0.044, 0.062), (0.0, 0.062)],
            _LIQUIDS[0],
            at=flask,
            sides=36,
        ),
        gloss=0.9,
    )
    kit.add(
        lathe(
            [
                (0.044, 0.062),
                (0.018, 0.125),
                (0.018, 0.165),
                (0.023, 0.170),
                (0.017, 0.170),
                (0.016, 0.126),
                (0.042, 0.062),
            ],
            _GLASS,
            at=flask,
            sides=36,
        ),
        gloss=1.0,
        shades=False,
    )
    kit.add(
        lathe(
            [(0.0, 0.0), (0.048, 0.0), (0.050, 0.006), (0.050, 0.062), (0.0, 0.062)],
            _LIQUIDS[2],
            at=beaker,
            sides=36,
        ),
        gloss=0.9,
    )
    kit.add(
        lathe(
            [(0.050, 0.062), (0.050, 0.115), (0.055, 0.120), (0.049, 0.119), (0.0485, 0.062)],
            _GLASS,
            at=beaker,
            sides=36,
        ),
        gloss=1.0,
        shades=False,
    )
    return still(0.13, 0.53, 0.17)
