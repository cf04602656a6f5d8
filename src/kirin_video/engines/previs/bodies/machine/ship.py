"""Ships: liners, freighters, fishing boats."""

# ruff: noqa: C901, PLR0912, PLR2004 -- machines are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Spinner
from kirin_video.engines.previs.bodies.hard.outlines import rounded
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.plates import flank, front
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.machine.hulls import DECK, WOOD, Rgb, floating, hull
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, shade
from kirin_video.engines.previs.bodies.order import Order


def ship(order: Order, kit: Assembly) -> Mechanism:
    """A steel ship: ``load`` cargo (containers), cruise (decks) or fishing (a small trawler)."""
    load = str(order.kind.shape.get("load", "cruise"))
    paint = order.color("body") or (0.12, 0.18, 0.30)
    white: Rgb = (0.93, 0.93, 0.91)
    funnel: Rgb = order.color("funnel") or (0.80, 0.22, 0.14)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    length, beam, side = (13.0, 4.2, 1.5) if load == "fishing" else (60.0, 9.5, 4.6)
    kit.add(
        hull(
            length,
            beam,
            0.3 * side,
            side,
            ((0.55, 0.13, 0.11), paint, white if load != "cargo" else shade(paint, 0.8)),
            bow=0.75,
            stern=0.8,
            sheer=0.45 if load != "fishing" else 0.7,
            full=0.6,
            deck_low=0.25,
            deck=(0.52, 0.50, 0.47) if load != "fishing" else DECK,
        ),
        bone=body,
        gloss=0.4,
    )
    radar: tuple[float, float, float]
    if load == "fishing":
        kit.add(
            box((0.2, 1.2, -1.2), (3.2, 3.5, 1.2), white, round_m=0.15, steps=2),
            box((-0.05, 3.45, -1.4), (3.5, 3.65, 1.4), funnel, round_m=0.08),
            bone=body,
            gloss=0.4,
        )
        kit.add(
            front(3.2, 2.5, 3.2, -1.0, 1.0, GLASS, round_m=0.1),
            flank(0.6, 2.9, 2.5, 3.2, 1.2, GLASS, round_m=0.1),
            bone=body,
            gloss=1.0,
        )
        kit.add(
            sweep([(-0.6, 1.3, 0.0), (-0.6, 6.6, 0.0)], 0.09, WOOD),
            sweep([(-0.6, 2.6, 0.0), (-4.6, 5.4, 0.0)], 0.06, WOOD),
            sweep([(-0.6, 6.4, 0.0), (-4.5, 5.4, 0.0)], 0.02, DARK, sides=4),
            sweep([(-0.6, 6.4, 0.0), (5.6, 2.3, 0.0)], 0.02, DARK, sides=4),
            bone=body,
        )
        kit.add(
            box((-4.4, 1.3, -0.9), (-2.6, 1.8, 0.9), (0.2, 0.42, 0.5), round_m=0.08),
            lathe(
                [(0.0, 1.3), (0.5, 1.3), (0.5, 1.6), (0.0, 1.6)],
                (0.8, 0.5, 0.15),
                at=(4.0, 0.2, 0.0),
                sides=16,
            ),
            bone=body,
        )
        for x in (-4.0, -2.0, 1.5, 3.5):
            for s in (1.0, -1.0):
                kit.add(
                    ring((x, 0.75, s * (2.12 if x < 3.0 else 1.9)), 0.24, 0.10, DARK, axis="z", sides=14),
                    bone=body,
                )
        radar = (1.6, 3.9, 0.0)
    elif load == "cargo":
        colors = [
            (0.72, 0.20, 0.15),
            (0.18, 0.40, 0.62),
            (0.85, 0.55, 0.18),
            (0.25, 0.48, 0.32),
            (0.80, 0.78, 0.72),
            (0.42, 0.30, 0.48),
        ]
        rng = np.random.default_rng(order.seed)
        for k in range(6):
            for row in range(4):
                for layer in range(int(rng.integers(2, 4))):
                    x, z, y = -11.5 + 6.2 * k, -3.9 + 1.98 * row, 4.5 + 2.1 * layer
                    kit.add(
                        box(
                            (x, y, z),
                            (x + 5.9, y + 2.05, z + 1.9),
                            colors[int(rng.integers(6))],
                            round_m=0.06,
                        ),
                        bone=body,
                        gloss=0.2,
                    )
        kit.add(
            box((-25.5, 4.4, -4.2), (-18.5, 12.0, 4.2), white, round_m=0.2, steps=2),
            box((-21.5, 11.9, -5.0), (-18.0, 14.2, 5.0), white, round_m=0.2, steps=2),
            bone=body,
            gloss=0.3,
        )
        kit.add(front(-18.0, 12.5, 13.7, -4.6, 4.6, GLASS, round_m=0.2), bone=body, gloss=1.0)
        for y in (6.0, 8.0, 10.0):
            for k in range(5):
                kit.add(
                    flank(-25.0 + 1.3 * k, -24.2 + 1.3 * k, y, y + 0.9, 4.2, GLASS, round_m=0.1),
                    bone=body,
                    gloss=1.0,
                )
        kit.add(
            box((-25.0, 12.0, -1.6), (-22.4, 15.4, 1.6), funnel, round_m=0.3, steps=2), bone=body, gloss=0.3
        )
        kit.add(sweep([(24.0, 6.0, 0.0), (24.0, 12.0, 0.0)], 0.2, white), bone=body)
        radar = (-19.5, 15.2, 0.0)
    else:
        for k, (x0, x1, half) in enumerate(
            ((-26.0, 18.0, 4.3), (-25.0, 15.5, 4.1), (-24.0, 13.0, 3.9), (-22.5, 10.5, 3.6))
        ):
            y = 4.4 + 2.1 * k
            outline = rounded([(x0, -half), (x1, -half), (x1 + 2.2, 0.0), (x1, half), (x0, half)], 1.2, 5)
            kit.add(prism(outline, y, y + 2.02, white, axis="y", round_m=0.12), bone=body, gloss=0.35)
            for j in range(int((x1 - x0 - 1.5) / 1.6)):
                kit.add(
                    flank(
                        x0 + 1.0 + 1.6 * j, x0 + 2.1 + 1.6 * j, y + 0.65, y + 1.5, half, GLASS, round_m=0.12
                    ),
                    bone=body,
                    gloss=1.0,
                )
        kit.add(
            prism(
                rounded([(4.0, -4.6), (10.0, -4.6), (11.8, 0.0), (10.0, 4.6), (4.0, 4.6)], 0.8),
                12.8,
                14.8,
                white,
                axis="y",
                round_m=0.12,
            ),
            bone=body,
            gloss=0.35,
        )
        kit.add(flank(5.0, 9.5, 13.4, 14.3, 4.6, GLASS, round_m=0.15), bone=body, gloss=1.0)
        for x in (-14.0, -5.0):
            kit.add(
                put(
                    lathe(
                        [(1.7, 0.0), (1.6, 3.6), (1.65, 3.65), (1.6, 5.0), (1.3, 5.0), (0.0, 4.8)],
                        [funnel, funnel, DARK, DARK, DARK],
                        sides=26,
                    ),
                    (x, 12.6, 0.0),
                    turn=[("z", 8.0)],
                    size=(1.3, 1.0, 0.85),
                ),
                bone=body,
                gloss=0.4,
            )
        for x in (-20.0, -14.0, -8.0, -2.0, 4.0):
            for s in (1.0, -1.0):
                kit.add(
                    ball((x, 7.7, s * 4.5), (1.6, 0.5, 0.5), (0.90, 0.48, 0.12), level=2),
                    bone=body,
                    gloss=0.4,
                )
        kit.add(
            sweep([(12.5, 12.0, 0.0), (12.0, 20.0, 0.0)], [0.25, 0.1], white),
            sweep([(-22.0, 12.0, 0.0), (-22.5, 18.0, 0.0)], [0.22, 0.1], white),
            bone=body,
        )
        for s in range(22):
            x = -24.0 + 2.0 * s
            for way in (1.0, -1.0):
                kit.add(ball((x, 3.2, way * 4.70), (0.28, 0.28, 0.06), GLASS, level=1), bone=body, gloss=1.0)
        radar = (7.0, 15.6, 0.0)
    spin = kit.bone("radar", radar, body)
    size = 0.5 if load == "fishing" else 1.5
    kit.add(
        box(
            (radar[0] - 0.1, radar[1], radar[2] - size),
            (radar[0] + 0.1, radar[1] + 0.2 * size, radar[2] + size),
            white,
            round_m=0.05,
        ),
        bone=spin,
    )
    kit.add(sweep([(radar[0], radar[1] - 1.4 * size, 0.0), radar], 0.1 * size, white, sides=8), bone=body)
    spinner = Spinner(spin, radar, (0.0, 1.0, 0.0), 0.35, always=True)
    return floating(
        body, length, beam, 3.0 * side, 2.6 if load == "fishing" else 5.0, spinners=(spinner,), deck=side
    )
