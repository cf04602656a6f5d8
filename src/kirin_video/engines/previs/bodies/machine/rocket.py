"""Rockets."""

# ruff: noqa: PLR2004 -- machines are made of measures
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Mechanism, Puff, Ride
from kirin_video.engines.previs.bodies.hard.outlines import rounded, softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.machine.flying import WHITE, Rgb, flies
from kirin_video.engines.previs.bodies.machine.paint import shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.plan import Action


def rocket(order: Order, kit: Assembly) -> Mechanism:
    """A rocket on its fins; its engine burns when it is launched."""
    paint, second = order.color("body") or WHITE, order.color("tail") or (0.80, 0.16, 0.12)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    line = softened(
        [
            (1.0, 1.6),
            (1.35, 3.0),
            (1.55, 6.0),
            (1.5, 9.0),
            (1.2, 11.6),
            (0.7, 13.4),
            (0.25, 14.5),
            (0.0, 14.8),
        ],
        5,
    )
    line[0, 0] = 1.0
    tones: list[Rgb] = [
        second if h > 11.4 or 3.1 < h < 3.6 else (shade(paint, 0.45) if h < 2.0 else paint)
        for h in ((line[:-1, 1] + line[1:, 1]) / 2.0).tolist()
    ]
    kit.add(lathe(line, tones, sides=36, crease_deg=60.0), bone=body, gloss=0.6)
    kit.add(
        lathe(
            [(0.0, 1.7), (0.7, 1.7), (0.95, 0.8), (0.85, 0.8), (0.6, 1.6), (0.0, 1.6)][::-1],
            (0.25, 0.25, 0.27),
            sides=26,
        ),
        bone=body,
        gloss=0.7,
    )
    for k in range(4):
        fin = prism(
            rounded([(1.05, 1.9), (2.6, 0.0), (3.15, 0.0), (3.0, 2.2), (1.4, 5.0), (1.2, 4.6)], 0.12),
            -0.12,
            0.12,
            second,
            round_m=0.06,
        )
        kit.add(put(fin, turn=[("y", 90.0 * k + 45.0)]), bone=body, gloss=0.5)
    for turn in (0.0, 180.0, 90.0, -90.0):
        for y, size in ((9.6, 0.55), (7.4, 0.42)) if turn in {0.0, 90.0} else ((9.6, 0.55),):
            r = float(np.interp(y, line[:, 1], line[:, 0]))
            window = [
                ring((0.0, 0.0, r - 0.03), size, 0.12, STEEL, sides=24),
                ball((0.0, 0.0, r - 0.06), (size, size, 0.14), (0.12, 0.25, 0.38), level=2),
            ]
            for piece in window:
                kit.add(put(put(piece, (0.0, y, 0.0)), turn=[("y", turn)]), bone=body, gloss=1.0)
    at = (0.0, 1.0, 0.0)
    flame = kit.bone("flame", at, body)
    kit.add(
        lathe(
            [(0.0, -4.6), (0.35, -3.2), (0.85, -0.8), (0.7, 0.9), (0.0, 1.0)],
            (1.0, 0.45, 0.10),
            sides=18,
            glow=0.9,
            crease_deg=80.0,
        ),
        lathe(
            [(0.0, -2.6), (0.45, -0.6), (0.72, 0.85), (0.0, 0.9)],
            (1.0, 0.88, 0.45),
            sides=16,
            glow=1.0,
            crease_deg=80.0,
        ),
        bone=flame,
        gloss=0.0,
        shades=False,
    )
    launched = order.subject.action in {Action.LAUNCH, Action.TAKE_OFF}
    puffs = _smoke(kit) if launched else ()
    if launched:
        _pad(kit)
    made = flies(Ride.ROCKET, body, 4.0, 4.0, 14.0, 14.8, flames=(Flame(flame, at),), head=(0.0, 9.6, 1.4))
    return replace(made, puffs=puffs)


def _pad(kit: Assembly) -> None:
    """What it starts from and leaves behind: a slab of concrete and a tower of girders."""
    kit.add(lathe([(5.6, 0.0), (5.4, 0.35), (0.0, 0.36)], (0.52, 0.52, 0.51), sides=36), gloss=0.05)
    kit.add(lathe([(2.3, 0.36), (2.3, 0.4), (0.0, 0.4)], (0.16, 0.15, 0.15), sides=28))
    tall, half, paint = 13.0, 0.6, (0.70, 0.24, 0.16)
    corners = ((half, half), (half, -half), (-half, -half), (-half, half))
    for k, (a, b) in enumerate(corners):
        c, d = corners[(k + 1) % 4]
        kit.add(sweep([(a - 4.2, 0.3, b), (a - 4.2, tall, b)], 0.11, paint, sides=6))
        for n in range(7):
            low, high = 0.3 + 1.8 * n, 2.1 + 1.8 * n
            kit.add(sweep([(a - 4.2, low, b), (c - 4.2, high, d)], 0.06, paint, sides=5))
    for y in (8.0, 11.5):
        kit.add(box((-3.7, y, -0.3), (-2.3, y + 0.25, 0.3), paint, round_m=0.03))


def _smoke(kit: Assembly) -> tuple[Puff, ...]:
    """Clouds that roll out from the pad, and those that the trail is made of."""
    rng = np.random.default_rng(5)
    puffs: list[Puff] = []
    for k in range(40):
        rolls = k < 16
        born = 0.05 + 0.06 * k if rolls else 1.15 + 0.155 * (k - 16)
        a = 2.399 * k
        far = 0.6 if rolls else 0.25
        at = (far * math.cos(a), 0.7 if rolls else -1.4, far * math.sin(a))
        speed = float(rng.uniform(2.4, 4.6)) if rolls else 0.35
        drift = (speed * math.cos(a), 0.35 if rolls else -0.2, speed * math.sin(a))
        bone = kit.bone("puff", at)
        tone = float(rng.uniform(0.80, 0.95))
        cloud = ball(at, (1.0, 0.85, 1.0), (tone, 0.985 * tone, 0.96 * tone), level=2)
        kit.add(cloud, bone=bone, gloss=0.0, shades=False)
        low, high = (1.8, 3.0) if rolls else (2.6, 3.8)
        puffs.append(Puff(bone, at, born, drift, float(rng.uniform(low, high))))
    return tuple(puffs)
