"""Dishes that are known by what is on them: sushi, dumplings in their steamer, a hot pot."""

# ruff: noqa: PLR2004 -- things are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import DARK, STEEL, Rgb, paint_of, shade, still

_RICE: Rgb = (0.97, 0.96, 0.93)
_BAMBOO: Rgb = (0.82, 0.65, 0.38)
_SALMON: Rgb = (0.95, 0.45, 0.26)
_TUNA: Rgb = (0.78, 0.14, 0.18)
_SHRIMP: Rgb = (0.98, 0.72, 0.56)
_NORI: Rgb = (0.07, 0.10, 0.08)
_GREEN: Rgb = (0.30, 0.56, 0.18)


def sushi(order: Order, kit: Assembly) -> Mechanism:
    """A wooden board with four pieces of fish on rice, six rolls, ginger and chopsticks."""
    board = paint_of(order, "body", (0.48, 0.30, 0.17))
    kit.add(box((-0.085, 0.012, -0.15), (0.085, 0.026, 0.15), board, round_m=0.004), gloss=0.3)
    for z in (-0.11, 0.11):
        kit.add(box((-0.075, 0.0, z - 0.012), (0.075, 0.012, z + 0.012), shade(board, 0.8), round_m=0.002))
    for k, tone in enumerate((_SALMON, _TUNA, _SHRIMP, _SALMON)):
        z = -0.105 + 0.070 * k
        kit.add(put(ball((0.0, 0.0, 0.0), (0.030, 0.015, 0.017), _RICE), (-0.035, 0.040, z)), gloss=0.1)
        fish = [
            (-0.036, 0.046, z),
            (-0.018, 0.0565, z),
            (0.0, 0.058, z),
            (0.018, 0.0565, z),
            (0.036, 0.046, z),
        ]
        slab = [(x - 0.035, y, z) for x, y, _ in fish]
        for dz in (-0.012, -0.004, 0.004, 0.012):
            pale = tone if round(dz * 1000) % 8 else shade(tone, 1.12)
            kit.add(
                sweep([(x, y - 8.0 * dz * dz, z + dz) for x, y, _ in slab], 0.0062, pale, sides=8, bend=3),
                gloss=0.6,
            )
    for k in range(6):
        x, z = 0.022 + 0.036 * (k % 2), -0.10 + 0.042 * (k // 2)
        kit.add(
            lathe([(0.0, 0.026), (0.0175, 0.026), (0.0175, 0.054)], _NORI, at=(x, 0.0, z), sides=24),
            gloss=0.2,
        )
        kit.add(lathe([(0.0175, 0.054), (0.0165, 0.0555), (0.0, 0.0555)], _RICE, at=(x, 0.0, z), sides=24))
        kit.add(
            ball((x, 0.0545, z), (0.0075, 0.003, 0.0075), (_SALMON, _GREEN, _TUNA)[k // 2], level=2),
            gloss=0.4,
        )
    kit.add(ball((0.045, 0.034, 0.055), (0.018, 0.010, 0.016), (0.62, 0.76, 0.34), level=2))
    for k in range(5):
        kit.add(
            ball(
                (0.03 + 0.006 * k, 0.032, 0.095 + 0.006 * (k % 3)),
                (0.014, 0.006, 0.012),
                (0.97, 0.74, 0.68),
                level=2,
            ),
            gloss=0.4,
        )
    for z in (0.124, 0.134):
        kit.add(
            sweep([(-0.10, 0.032, z), (0.11, 0.030, z + 0.004)], [0.0035, 0.0022], DARK, sides=8), gloss=0.6
        )
    return still(0.17, 0.30, 0.06)


def dumplings(order: Order, kit: Assembly) -> Mechanism:
    """A bamboo steamer of pleated dumplings, its lid leaning against it."""
    dough = paint_of(order, "body", (0.95, 0.90, 0.80))
    kit.add(
        lathe(
            [(0.0, 0.0), (0.125, 0.0), (0.125, 0.052), (0.117, 0.052), (0.117, 0.022), (0.0, 0.022)],
            _BAMBOO,
            sides=48,
        ),
        gloss=0.2,
    )
    for y in (0.008, 0.044):
        kit.add(ring((0.0, y, 0.0), 0.126, 0.0035, shade(_BAMBOO, 0.75), axis="y", sides=48))
    for k in range(7):
        a, far = 2.0 * math.pi * k / 6.0, 0.072 if k < 6 else 0.0
        x, z = far * math.cos(a), far * math.sin(a)
        kit.add(ball((x, 0.038, z), (0.033, 0.025, 0.033), dough), gloss=0.25)
        for n in range(9):
            b = 2.0 * math.pi * n / 9.0
            fold = [
                (x + 0.030 * math.cos(b), 0.047, z + 0.030 * math.sin(b)),
                (x + 0.018 * math.cos(b + 0.4), 0.061, z + 0.018 * math.sin(b + 0.4)),
                (x, 0.069, z),
            ]
            kit.add(sweep(fold, [0.004, 0.0045, 0.003], shade(dough, 0.95), sides=6, bend=2), gloss=0.2)
    lid = lathe([(0.0, 0.0), (0.126, 0.0), (0.126, 0.02), (0.09, 0.034), (0.0, 0.042)], _BAMBOO, sides=48)
    kit.add(put(lid, (-0.145, 0.118, 0.0), turn=[("z", -72.0)]), gloss=0.2)
    return still(0.40, 0.25, 0.24)


def hot_pot(order: Order, kit: Assembly) -> Mechanism:
    """A pot parted in two, red broth and white, full of meat, greens and chillies, on its burner."""
    metal = paint_of(order, "body", STEEL)
    kit.add(lathe([(0.0, 0.0), (0.13, 0.0), (0.14, 0.05), (0.0, 0.05)], DARK, sides=40), gloss=0.4)
    kit.add(
        lathe(
            [
                (0.0, 0.05),
                (0.15, 0.05),
                (0.185, 0.075),
                (0.19, 0.14),
                (0.198, 0.145),
                (0.183, 0.142),
                (0.180, 0.12),
            ],
            metal,
            sides=56,
        ),
        gloss=0.8,
    )
    for z in (-0.205, 0.205):
        kit.add(ring((0.0, 0.125, z), 0.03, 0.008, metal, axis="y"), gloss=0.8)
    for side, broth in ((1.0, (0.72, 0.13, 0.05)), (-1.0, (0.95, 0.88, 0.74))):
        rim = [
            (0.181 * math.cos(t), side * 0.181 * math.sin(t)) for t in np.linspace(0.0, math.pi, 24).tolist()
        ]
        kit.add(prism(rim if side > 0 else rim[::-1], 0.118, 0.124, broth, axis="y"), gloss=0.9)
    kit.add(
        sweep(
            [(-0.18, 0.126, 0.0), (-0.06, 0.126, 0.03), (0.06, 0.126, -0.03), (0.18, 0.126, 0.0)],
            0.006,
            metal,
            bend=6,
        ),
        gloss=0.8,
    )
    rng = np.random.default_rng(5)
    tones: tuple[Rgb, ...] = (
        (0.62, 0.34, 0.24),
        (0.90, 0.78, 0.60),
        _GREEN,
        (0.80, 0.10, 0.06),
        (0.96, 0.60, 0.24),
    )
    for k in range(54):
        a, far = float(rng.uniform(0.0, math.tau)), 0.165 * math.sqrt(float(rng.uniform(0.02, 1.0)))
        x, z, tone = far * math.cos(a), far * math.sin(a), tones[k % 5]
        if abs(z) < 0.03:
            continue
        size = (
            (0.016, 0.012, 0.016),
            (0.018, 0.007, 0.018),
            (0.022, 0.005, 0.012),
            (0.016, 0.004, 0.004),
            (0.012, 0.006, 0.012),
        )[k % 5]
        kit.add(
            put(
                ball((0.0, 0.0, 0.0), size, tone, level=2), (x, 0.126, z), turn=[("y", math.degrees(a) * 2.0)]
            ),
            gloss=0.6,
        )
    return still(0.39, 0.47, 0.15)
