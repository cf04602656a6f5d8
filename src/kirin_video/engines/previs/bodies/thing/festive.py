"""A Christmas tree as it stands in a room: needles, lights, baubles, a star, presents below it."""

# ruff: noqa: E501 -- things are made of measures
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Spinner
from kirin_video.engines.previs.bodies.hard.placing import facing_out, put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, WOOD, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Contrivance
from kirin_video.engines.previs.shapes import as_mesh

_TIERS = ((0.30, 0.74, 0.82), (0.62, 1.12, 0.66), (0.98, 1.46, 0.51), (1.32, 1.76, 0.37), (1.62, 2.04, 0.23))
"""Of every tier: where its rim is, where its tip is, how far the rim reaches."""
_BAUBLES: tuple[Rgb, ...] = ((0.80, 0.10, 0.12), (0.90, 0.68, 0.20), (0.18, 0.36, 0.72), (0.86, 0.86, 0.90))
_LIGHTS: tuple[Rgb, ...] = ((1.0, 0.82, 0.45), (1.0, 0.45, 0.35), (0.50, 0.80, 1.0), (0.60, 1.0, 0.55))
_GOLD: Rgb = (0.95, 0.75, 0.25)
_ROUND_M, _SLOWLY, _GROWN = 1.10, 0.11, 1.6
"""How far from the trunk the rails lie, how many rounds a second the train makes, and how large it is built."""


def christmas_tree(order: Order, kit: Assembly) -> Mechanism:
    """A decorated fir of two metres; a toy train goes round it where that is asked for."""
    green = paint_of(order, "body", (0.13, 0.30, 0.16))
    rng = np.random.default_rng(order.seed & 0xFFFF)
    kit.add(sweep([(0.0, 0.10, 0.0), (0.0, 0.55, 0.0)], 0.055, WOOD, sides=12))
    kit.add(
        lathe(
            [(0.0, 0.0), (0.17, 0.0), (0.21, 0.20), (0.19, 0.20), (0.0, 0.17)], (0.55, 0.20, 0.16), sides=28
        )
    )
    for k, (low, high, reach) in enumerate(_TIERS):
        kit.add(_tier(rng, low, high, reach, shade(green, 0.88 + 0.09 * k)), gloss=0.0)
        _decked(kit, k, low, high, reach)
    star = [(s * math.cos(a), s * math.sin(a)) for s, a in
            ((0.11 if i % 2 == 0 else 0.045, math.pi / 2.0 + math.pi * i / 5.0) for i in range(10))]  # fmt: skip
    kit.add(put(prism(star, -0.016, 0.016, _GOLD, glow=0.7), (0.0, 2.10, 0.0), turn=[("y", 90.0)]), gloss=0.8)
    with_train = Contrivance.WITH_A_TRAIN in order.subject.traits
    _presents(kit, 0.58 if with_train else 0.72)
    plain = still(1.7, 1.7, 2.2)
    spinners = (_railway(kit),) if with_train else ()
    return Mechanism(
        ride=Ride.STILL, hull=0, base_m=1.7, gauge_m=1.7, height_m=2.2, middle_m=1.1,
        spinners=spinners, contacts=plain.contacts, anchors=plain.anchors,
    )  # fmt: skip


def _tier(rng: np.random.Generator, low: float, high: float, reach: float, color: Rgb) -> Mesh:
    """A skirt of branches: its rim is a star of tips, lit at the tips and dark between them."""
    count = 44
    a = np.linspace(0.0, math.tau, count, endpoint=False) + rng.uniform(0.0, 6.28)
    tip = np.arange(count) % 2 == 0
    far = np.where(tip, reach * rng.uniform(0.93, 1.05, count), 0.80 * reach)
    rim = np.stack([np.cos(a) * far, np.where(tip, low - 0.05, low + 0.05), np.sin(a) * far], 1)
    half = 0.52 * reach * rng.uniform(0.94, 1.06, count)
    middle = np.stack([np.cos(a) * half, np.full(count, low + 0.47 * (high - low)), np.sin(a) * half], 1)
    points = np.concatenate([rim, middle, [[0.0, high, 0.0]], [[0.0, low + 0.10, 0.0]]])
    out = np.stack([np.cos(a), np.full(count, 0.55), np.sin(a)], 1)
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    normals = np.concatenate([out, out, [[0.0, 1.0, 0.0]], [[0.0, -1.0, 0.0]]])
    tone = np.concatenate([np.where(tip, 1.30, 0.70), np.where(tip, 0.98, 0.74), [1.1], [0.35]])
    k = np.arange(count)
    n, top, floor = (k + 1) % count, np.full(count, 2 * count), np.full(count, 2 * count + 1)
    faces = np.concatenate(
        [
            np.stack([k, k + count, n], 1),
            np.stack([n, k + count, n + count], 1),
            np.stack([k + count, top, n + count], 1),
            np.stack([k, n, floor], 1),
        ]
    )
    return facing_out(as_mesh(points, normals, np.array(color) * tone[:, None], faces))


def _decked(kit: Assembly, nth: int, low: float, high: float, reach: float) -> None:
    """Baubles and lights of one tier, on its slope."""
    for k in range(max(round(13 * reach), 4)):
        a, up = 2.399 * k + 0.9 * nth, 0.06 + 0.5 * ((k * 7) % 10) / 10.0
        far = reach * (0.99 - 0.86 * up)
        at = (far * math.cos(a), low + up * (high - low) + 0.01, far * math.sin(a))
        kit.add(ball(at, 0.050, _BAUBLES[(k + nth) % 4], level=1), gloss=1.0)
    for k in range(max(round(22 * reach), 7)):
        a, up = 1.7 * k + 0.4 * nth, 0.02 + 0.5 * ((k * 3) % 7) / 7.0
        far = reach * (1.02 - 0.86 * up)
        at = (far * math.cos(a), low + up * (high - low) + 0.015, far * math.sin(a))
        kit.add(ball(at, 0.020, _LIGHTS[k % 4], level=1, glow=1.0), shades=False)


def _presents(kit: Assembly, far: float) -> None:
    """Parcels with ribbons round the pot."""
    papers: tuple[Rgb, ...] = ((0.72, 0.12, 0.14), (0.16, 0.38, 0.30), (0.90, 0.84, 0.70), (0.20, 0.30, 0.55))
    for k in range(6):
        a, size = 0.5 + math.tau * k / 6.0, 0.10 + 0.03 * ((k * 5) % 3)
        at, turn = (0.72 * far * math.cos(a), 0.0, 0.72 * far * math.sin(a)), [("y", 37.0 * k)]
        ribbon = _GOLD if k % 2 else CREAM
        parts = (
            box((-size, 0.0, -0.8 * size), (size, 1.2 * size, 0.8 * size), papers[k % 4], round_m=0.006),
            box(
                (-0.02, 0.0, -0.8 * size - 0.003),
                (0.02, 1.2 * size + 0.003, 0.8 * size + 0.003),
                ribbon,
                round_m=0.002,
            ),
            box((-size - 0.003, 0.0, -0.02), (size + 0.003, 1.2 * size + 0.003, 0.02), ribbon, round_m=0.002),
        )
        kit.add(*(put(mesh, at, turn=turn) for mesh in parts), gloss=0.3)
        kit.add(
            *(put(ball((0.028 * s, 1.2 * size + 0.016, 0.0), (0.030, 0.016, 0.018), ribbon, level=1), at, turn=turn)
              for s in (1.0, -1.0)), gloss=0.3,
        )  # fmt: skip


def _railway(kit: Assembly) -> Spinner:
    """Rails round the tree, and a toy train that goes along them."""
    for r in (_ROUND_M - 0.07, _ROUND_M + 0.07):
        kit.add(ring((0.0, 0.018, 0.0), r, 0.007, (0.55, 0.56, 0.60), axis="y", sides=72), gloss=0.8)
    for k in range(44):
        sleeper = box((-0.12, 0.0, -0.018), (0.12, 0.012, 0.018), shade(WOOD, 0.8), round_m=0.002)
        a = 360.0 * k / 44.0
        x, z = _ROUND_M * math.cos(math.radians(a)), -_ROUND_M * math.sin(math.radians(a))
        kit.add(put(sleeper, (x, 0.0, z), turn=[("y", a)]))
    bone = kit.bone("train", (0.0, 0.0, 0.0))
    _car(kit, bone, 0.0, _locomotive())
    for k, paint in enumerate(((0.18, 0.42, 0.72), (0.95, 0.72, 0.20))):
        _car(kit, bone, -20.5 * _GROWN * (k + 1), _wagon(paint))
    return Spinner(bone, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0), _SLOWLY, always=True)


def _car(kit: Assembly, bone: int, at_deg: float, parts: list[Mesh]) -> None:
    """A vehicle, built along -z, put where it belongs on the round."""
    x, z = _ROUND_M * math.cos(math.radians(at_deg)), -_ROUND_M * math.sin(math.radians(at_deg))
    kit.add(
        *(put(mesh, (x, 0.026, z), turn=[("y", at_deg)], size=_GROWN) for mesh in parts), bone=bone, gloss=0.6
    )


def _wheels() -> list[Mesh]:
    return [
        lathe([(0.0, -0.008), (0.032, -0.008), (0.032, 0.008), (0.0, 0.008)], DARK, axis="x", at=(x, 0.030, z), sides=18)
        for x in (-0.052, 0.052)
        for z in (-0.085, 0.085)
    ]  # fmt: skip


def _locomotive() -> list[Mesh]:
    red: Rgb = (0.78, 0.13, 0.12)
    boiler = lathe(
        [(0.0, -0.16), (0.048, -0.16), (0.052, -0.15), (0.052, 0.04), (0.0, 0.04)], red, axis="z", sides=24
    )
    chimney = [(0.0, 0.15), (0.018, 0.15), (0.018, 0.20), (0.028, 0.225), (0.0, 0.225)]
    return [
        *_wheels(),
        box((-0.055, 0.040, -0.16), (0.055, 0.062, 0.14), DARK, round_m=0.006),
        put(boiler, (0.0, 0.112, 0.0)),
        box((-0.058, 0.055, 0.03), (0.058, 0.20, 0.135), shade(red, 0.85), round_m=0.006),
        box((-0.070, 0.198, 0.02), (0.070, 0.216, 0.150), DARK, round_m=0.006),
        lathe(chimney, DARK, at=(0.0, 0.0, -0.11), sides=18),
        ball((0.0, 0.168, -0.03), (0.024, 0.020, 0.024), _GOLD, level=2),
        ball((0.0, 0.112, -0.166), 0.016, (1.0, 0.95, 0.7), level=2, glow=0.8),
        prism([(-0.06, 0.02), (0.06, 0.02), (0.045, 0.055), (-0.045, 0.055)], -0.20, -0.155, _GOLD),
    ]


def _wagon(paint: Rgb) -> list[Mesh]:
    return [
        *_wheels(),
        box((-0.055, 0.040, -0.13), (0.055, 0.058, 0.13), DARK, round_m=0.006),
        box((-0.058, 0.056, -0.125), (0.058, 0.155, 0.125), paint, round_m=0.008),
        *(
            box((-0.060, 0.095, z - 0.022), (0.060, 0.135, z + 0.022), CREAM, round_m=0.003)
            for z in (-0.07, 0.0, 0.07)
        ),
        box((-0.064, 0.153, -0.132), (0.064, 0.170, 0.132), shade(paint, 0.7), round_m=0.008),
        box((-0.012, 0.045, -0.19), (0.012, 0.055, -0.12), DARK, round_m=0.002),
    ]
