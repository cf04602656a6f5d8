"""Trains of today."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Wheel
from kirin_video.engines.previs.bodies.hard.plates import flank
from kirin_video.engines.previs.bodies.hard.skins import panel
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.machine.paint import DARK, GLASS, LAMP, shade
from kirin_video.engines.previs.bodies.machine.railway import (
    bogie_at,
    coach_section,
    coachwork,
    lay_rails,
    on_rails,
)
from kirin_video.engines.previs.bodies.order import Order


def express(order: Order, kit: Assembly) -> Mechanism:
    """A high-speed train: a drop-shaped head and two carriages; ``nose`` is how long its nose is."""
    paint, stripe = order.color("body") or (0.8, 0.15, 0.12), order.color("stripe") or (0.93, 0.93, 0.92)
    nose = float(order.kind.shape.get("nose", 3.2))
    body = kit.bone("hull", (0.0, 1.0, 0.0))
    floor, tall, half, long = 0.72, 3.1, 1.45, 13.0
    wheels: list[Wheel] = []
    span = (-1.5 * long - 0.6, 1.5 * long)
    for k in range(3):
        x1 = 1.5 * long - k * (long + 0.35)
        x0 = x1 - long
        if k == 0:
            shares = np.linspace(0.0, 1.0, 10)
            ends = [
                (
                    x1 - nose * (1.0 - s),
                    max((1.0 - s**2.2) ** 0.5, 0.30),
                    max(1.0 - 0.80 * s**1.7, 0.2),
                    0.03 * s,
                )
                for s in shares.tolist()
            ]
            stations = [(x0, 0.97, 0.98, 0.01), (x0 + 0.1, 1.0, 1.0, 0.0), *ends]
        else:
            stations = [
                (x0, 0.97, 0.98, 0.01),
                (x0 + 0.1, 1.0, 1.0, 0.0),
                (x1 - 0.1, 1.0, 1.0, 0.0),
                (x1, 0.97, 0.98, 0.01),
            ]
        coachwork(kit, body, stations, paint, floor, tall, half)
        first, last = x0 + 1.55, (x1 - nose - 0.4 if k == 0 else x1 - 1.55)
        count = 7
        step = (last - first) / count
        for j in range(count):
            kit.add(
                flank(
                    first + j * step + 0.12,
                    first + (j + 1) * step - 0.12,
                    floor + 1.45,
                    floor + 2.25,
                    half - 0.005,
                    GLASS,
                    round_m=0.16,
                ),
                bone=body,
                gloss=1.0,
            )
        kit.add(
            flank(
                x0 + 0.2,
                x1 - (nose if k == 0 else 0.2),
                floor + 0.78,
                floor + 1.06,
                half - 0.005,
                stripe,
                round_m=0.02,
                lift=0.016,
            ),
            bone=body,
            gloss=0.5,
        )
        for door in (x0 + 0.85,) if k == 0 else (x0 + 0.85, x1 - 0.85):
            kit.add(
                flank(
                    door - 0.45,
                    door + 0.45,
                    floor + 0.32,
                    floor + 2.42,
                    half - 0.005,
                    shade(paint, 0.72),
                    round_m=0.08,
                    lift=0.02,
                ),
                bone=body,
                gloss=0.5,
            )
            kit.add(
                flank(
                    door - 0.25,
                    door + 0.25,
                    floor + 1.4,
                    floor + 2.2,
                    half - 0.005,
                    GLASS,
                    round_m=0.08,
                    lift=0.03,
                ),
                bone=body,
                gloss=1.0,
            )
        kit.add(
            box(
                (x0 + 1.0, floor - 0.22, -half + 0.2),
                (x1 - (nose * 0.7 if k == 0 else 1.0), floor + 0.3, half - 0.2),
                DARK,
                round_m=0.1,
            ),
            bone=body,
        )
        kit.add(
            box(
                (x0 - 0.36, floor + 0.2, -half + 0.3),
                (x0 + 0.05, floor + tall - 0.35, half - 0.3),
                DARK,
                round_m=0.05,
            ),
            bone=body,
        )
        for bogie in (x0 + 2.2, x1 - (3.4 if k == 0 else 2.2)):
            bogie_at(kit, body, bogie, wheels)
    x1 = 1.5 * long
    _screen(kit, body, x1, nose, floor, tall, half)
    for side in (1.0, -1.0):
        kit.add(
            ball((x1 - 0.55, floor + 0.62, side * 0.62), (0.28, 0.09, 0.16), LAMP, level=2, glow=0.6),
            bone=body,
            gloss=1.0,
        )
    rails = lay_rails(kit, span[0] - 75.0, span[1] + 75.0)
    return on_rails(body, rails, wheels, span, 16.0, floor + tall)


def _screen(kit: Assembly, body: int, x1: float, nose: float, floor: float, tall: float, half: float) -> None:
    """The windscreen: a patch of the nose, lifted off it."""
    ring = coach_section(tall, half, 56)
    chosen = ring[(ring[:, 0] > 0.80 * tall) | ((ring[:, 0] > 0.62 * tall) & (np.abs(ring[:, 1]) < 0.0))]
    chosen = chosen[np.argsort(chosen[:, 1])]
    rows: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []
    for s in np.linspace(0.22, 0.55, 7).tolist():
        wide, high = (1.0 - s**2.2) ** 0.5, 1.0 - 0.80 * s**1.7
        rows.append(
            np.stack(
                [
                    np.full(len(chosen), x1 - nose * (1.0 - s) + 0.02),
                    floor + tall * 0.03 * s + chosen[:, 0] * high + 0.018,
                    chosen[:, 1] * wide,
                ],
                1,
            )
        )
    grid = np.stack(rows)

    def surface(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        return grid[u.astype(int), v.astype(int)]

    u, v = np.meshgrid(
        np.arange(grid.shape[0], dtype=float), np.arange(grid.shape[1], dtype=float), indexing="ij"
    )
    kit.add(panel(surface, u, v, GLASS, lift=0.015), bone=body, gloss=1.0)
