"""Food, on a plate or off it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.glaze import blue_and_white, is_painted
from kirin_video.engines.previs.bodies.thing.standing import CREAM, shade, still
from kirin_video.engines.previs.plan import Contrivance

Rgb = tuple[float, float, float]
_CRUST: Rgb = (0.76, 0.52, 0.26)


def banana(order: Order, kit: Assembly) -> Mechanism:
    """A banana that lies on its back."""
    paint = order.color("body") or (0.95, 0.80, 0.20)
    turns = np.linspace(-1.0, 1.0, 15)
    path = np.stack([0.095 * np.sin(turns * 1.05), 0.105 - 0.088 * np.cos(turns * 1.05), 0.0 * turns], 1)
    thick = 0.018 * np.sqrt(np.clip(1.0 - np.abs(turns) ** 3.2, 0.03, 1.0))
    kit.add(sweep(path, thick.tolist(), paint, sides=14), gloss=0.3)
    brown: Rgb = (0.30, 0.22, 0.10)
    kit.add(sweep([path[-1], path[-1] + (0.010, 0.014, 0.0)], [0.005, 0.004], brown, sides=8))
    kit.add(ball(path[0], 0.005, brown, level=1))
    return still(0.19, 0.04, 0.07)


def plate(order: Order, kit: Assembly) -> Mechanism:
    """A plate, empty or with ``meal`` on it."""
    paint = order.color("body") or CREAM
    rim = [
        (0.0, 0.006),
        (0.06, 0.0),
        (0.085, 0.004),
        (0.125, 0.018),
        (0.128, 0.021),
        (0.085, 0.010),
        (0.0, 0.009),
    ]
    kit.add(lathe(rim, paint, sides=48, crease_deg=60.0), gloss=0.7)
    if bool(order.kind.shape.get("meal", False)):
        kit.add(ball((0.025, 0.025, 0.0), (0.05, 0.018, 0.035), (0.45, 0.22, 0.12)), gloss=0.4)
        for k in range(9):
            a = 2.4 * k
            pea = (
                -0.04 + 0.020 * math.cos(a) * k**0.5 * 0.5,
                0.018,
                0.035 + 0.02 * math.sin(a) * k**0.5 * 0.5,
            )
            kit.add(ball(pea, 0.008, (0.36, 0.60, 0.20), level=2), gloss=0.3)
        for k in range(6):
            chip = box((-0.03, 0.0, -0.005), (0.03, 0.010, 0.005), (0.93, 0.74, 0.30), round_m=0.003)
            kit.add(put(chip, (-0.035, 0.012 + 0.006 * (k // 3), -0.035 + 0.004 * k), turn=[("y", 37.0 * k)]))
    return still(0.256, 0.256, 0.045 if "meal" in order.kind.shape else 0.021)


def bowl(order: Order, kit: Assembly) -> Mechanism:
    """A bowl; ``noodles`` fill it and chopsticks lie on it, but for those that lift some (``lifted``)."""
    paint = order.color("body") or (0.25, 0.40, 0.62)
    wall = [
        (0.0, 0.006),
        (0.035, 0.0),
        (0.04, 0.010),
        (0.065, 0.03),
        (0.085, 0.075),
        (0.083, 0.077),
        (0.06, 0.034),
    ]
    line = softened([*wall, (0.0, 0.02)], 3)
    kit.add(lathe(line, paint, sides=44, crease_deg=60.0), gloss=0.7)
    if is_painted(order):
        blue_and_white(kit, line[: line[:, 0].argmax() + 1], 0.022, 0.072)
    if bool(order.kind.shape.get("noodles", False)):
        kit.add(disc((0.0, 0.060, 0.0), 0.076, (0.72, 0.48, 0.20), axis="y", sides=40), gloss=0.8)
        rng = np.random.default_rng(7)
        for _ in range(26):
            start = rng.uniform(-0.028, 0.028, 2)
            way = rng.normal(size=2)
            way *= 0.035 / float(np.hypot(*way))
            ends = [start - way, start, start + way]
            heights = (0.059, 0.068, 0.059)
            path = [(float(x), h, float(z)) for (x, z), h in zip(ends, heights, strict=True)]
            kit.add(sweep(path, 0.0028, (0.95, 0.83, 0.52), sides=6, bend=4), gloss=0.4)
        for z in (0.02, -0.012):
            egg = put(
                ball((0.0, 0.0, 0.0), (0.019, 0.008, 0.015), (0.96, 0.95, 0.92), level=2), (0.035, 0.066, z)
            )
            kit.add(
                egg,
                put(ball((0.0, 0.0, 0.0), 0.008, (0.95, 0.62, 0.15), level=2), (0.035, 0.069, z)),
                gloss=0.5,
            )
        for z in () if bool(order.kind.shape.get("lifted", False)) else (-0.03, -0.042):
            kit.add(
                sweep(
                    [(-0.13, 0.082, z - 0.01), (0.13, 0.080, z + 0.01)], [0.0024, 0.0034], (0.45, 0.20, 0.12)
                )
            )
    return still(0.17, 0.17, 0.085 if "noodles" in order.kind.shape else 0.077)


def pizza(order: Order, kit: Assembly) -> Mechanism:
    """A whole pizza with its toppings."""
    del order
    kit.add(
        lathe(
            [(0.0, 0.0), (0.15, 0.0), (0.16, 0.010), (0.156, 0.02), (0.142, 0.015), (0.0, 0.012)],
            _CRUST,
            sides=48,
        )
    )
    kit.add(disc((0.0, 0.0152, 0.0), 0.145, (0.80, 0.30, 0.12), axis="y", sides=48), gloss=0.3)
    kit.add(disc((0.0, 0.0165, 0.0), 0.135, (0.97, 0.80, 0.40), axis="y", sides=44), gloss=0.4)
    for k in range(13):
        a, far = 2.4 * k, 0.034 * (k + 0.4) ** 0.5
        x, z = far * math.cos(a), far * math.sin(a)
        kit.add(
            lathe(
                [(0.019, 0.015), (0.019, 0.0195), (0.0, 0.0205)], (0.72, 0.16, 0.10), at=(x, 0.0, z), sides=20
            ),
            gloss=0.4,
        )
        leaf = ball((x + 0.024, 0.019, z + 0.012), (0.009, 0.002, 0.005), (0.22, 0.45, 0.15), level=1)
        kit.add(leaf)
    return still(0.32, 0.32, 0.025)


def burger(order: Order, kit: Assembly) -> Mechanism:
    """A hamburger, layer by layer."""
    bun = order.color("body") or (0.80, 0.52, 0.22)
    courses: list[Course] = []
    layers: tuple[tuple[Rgb, float, float, float], ...] = (
        (bun, 0.052, 0.0, 0.020),
        ((0.34, 0.17, 0.09), 0.055, 0.020, 0.036),
        ((0.97, 0.72, 0.15), 0.056, 0.036, 0.040),
        ((0.85, 0.18, 0.12), 0.050, 0.040, 0.048),
        ((0.40, 0.66, 0.20), 0.059, 0.048, 0.053),
    )
    for color, radius, low, high in layers:
        half = (high - low) / 2.0
        profile = [(0.0, low), (radius - half, low), (radius, low + half), (radius - half, high), (0.0, high)]
        bone = _coming_down(order, kit, courses, 6)
        kit.add(lathe(softened(profile, 3), color, sides=40, crease_deg=80.0), bone=bone, gloss=0.3)
    top = _coming_down(order, kit, courses, 6)
    lid = [(0.0, 0.053), (0.048, 0.053), (0.053, 0.060), (0.045, 0.080), (0.024, 0.092), (0.0, 0.095)]
    kit.add(lathe(softened(lid), bun, sides=40, crease_deg=80.0), bone=top, gloss=0.4)
    for k in range(22):
        up, a = 0.35 + 0.6 * k / 22.0, 2.4 * k
        far = 0.049 * math.cos(up * 1.45)
        seed = (far * math.cos(a), 0.0605 + 0.0345 * math.sin(up * 1.5), far * math.sin(a))
        kit.add(ball(seed, (0.0024, 0.0013, 0.0017), CREAM, level=1), bone=top)
    return replace(still(0.118, 0.118, 0.095), courses=tuple(courses))


def _coming_down(order: Order, kit: Assembly, courses: list[Course], count: int) -> int:
    """The bone of the next layer of what is put together; the ground's where nothing is."""
    if Contrivance.ASSEMBLED not in order.subject.traits:
        return 0
    nth = len(courses)
    bone = kit.bone("layer", (0.0, 0.0, 0.0))
    lands = 0.5 + 3.6 * nth / (count - 1)
    hidden, high = (0.001, 0.001, 0.001), (0.0, 0.085, 0.0)
    courses.append(
        Course(
            bone,
            (0.0, 0.1, 0.0),
            (Cue(lands - 0.46, high, hidden), Cue(lands - 0.45, high), Cue(lands, (0.0, 0.0, 0.0)))
            if nth
            else (Cue(0.0), Cue(1.0)),
        )
    )
    return bone


def bread(order: Order, kit: Assembly) -> Mechanism:
    """A loaf with cuts across its crust."""
    crust = order.color("body") or _CRUST
    kit.add(put(ball((0.0, 0.0, 0.0), (0.15, 0.055, 0.065), crust, level=4), (0.0, 0.048, 0.0)), gloss=0.2)
    for k in range(4):
        x = -0.085 + 0.057 * k
        cut = ball((0.0, 0.0, 0.0), (0.011, 0.007, 0.042), shade(CREAM, 0.95), level=2)
        kit.add(put(cut, (x, 0.0985 - 1.1 * x**2, 0.0), turn=[("y", 24.0)]))
    return still(0.3, 0.13, 0.105)


def ice_cream(order: Order, kit: Assembly) -> Mechanism:
    """Two scoops in a cone."""
    scoop, second = order.color("body") or (0.95, 0.70, 0.74), order.color("patches") or (0.96, 0.92, 0.80)
    kit.add(lathe([(0.0, 0.0), (0.036, 0.115), (0.034, 0.117), (0.0, 0.11)], _CRUST, sides=28))
    for k in range(10):
        a = 2.0 * math.pi * k / 10.0
        for way in (1.0, -1.0):
            rise = np.array([0.05, 0.35, 0.65, 0.98])
            far, angle = 0.0015 + 0.0345 * rise, a + way * 1.3 * rise
            path = np.stack([far * np.cos(angle), 0.115 * rise, far * np.sin(angle)], 1)
            kit.add(sweep(path, 0.0012, shade(_CRUST, 0.75), sides=4), shades=False)
    for y, r, color in ((0.130, 0.040, scoop), (0.178, 0.034, second)):
        kit.add(ball((0.0, y, 0.0), r, color), gloss=0.25)
        for k in range(11):
            a = 2.0 * math.pi * k / 11.0
            kit.add(
                ball((0.92 * r * math.cos(a), y - 0.55 * r, 0.92 * r * math.sin(a)), 0.32 * r, color, level=2)
            )
    kit.add(ball((0.0, 0.217, 0.0), 0.010, (0.75, 0.06, 0.10), level=2), gloss=0.9)
    return still(0.085, 0.085, 0.227)


def melon(order: Order, kit: Assembly) -> Mechanism:
    """A striped watermelon with a slice before it."""
    rind = order.color("body") or (0.20, 0.42, 0.16)
    kit.add(put(ball((0.0, 0.0, 0.0), (0.15, 0.12, 0.12), rind, level=4), (-0.05, 0.12, 0.0)), gloss=0.5)
    for k in range(11):
        a = 2.0 * math.pi * k / 11.0
        turns = np.linspace(-1.35, 1.35, 13)
        wave = a + 0.06 * np.sin(turns * 9.0)
        x = -0.05 + 0.1515 * np.sin(turns)
        y, z = 0.12 + 0.1205 * np.cos(turns) * np.cos(wave), 0.1205 * np.cos(turns) * np.sin(wave)
        kit.add(sweep(np.stack([x, y, z], 1), 0.006, shade(rind, 0.5), sides=5), gloss=0.4, shades=False)
    return still(0.3, 0.24, 0.24)


def egg(order: Order, kit: Assembly) -> Mechanism:
    """An egg that stands."""
    paint = order.color("body") or (0.93, 0.84, 0.72)
    profile = [
        (0.0, 0.0),
        (0.012, 0.002),
        (0.021, 0.013),
        (0.0225, 0.024),
        (0.018, 0.042),
        (0.009, 0.055),
        (0.0, 0.058),
    ]
    kit.add(lathe(softened(profile), paint, sides=36, crease_deg=80.0), gloss=0.35)
    return still(0.045, 0.045, 0.058)


def donut(order: Order, kit: Assembly) -> Mechanism:
    """A doughnut with icing and sprinkles."""
    icing = order.color("body") or (0.93, 0.55, 0.68)
    turn = np.linspace(0.0, 2.0 * math.pi, 25)
    dough = np.column_stack([0.032 + 0.018 * np.cos(turn), 0.018 + 0.018 * np.sin(turn)])
    kit.add(lathe(dough, _CRUST, sides=44, crease_deg=80.0), gloss=0.2)
    upper = np.linspace(-0.12, math.pi + 0.12, 14)
    glaze = np.column_stack([0.032 + 0.0192 * np.cos(upper), 0.018 + 0.0192 * np.sin(upper)])
    kit.add(lathe(glaze, icing, sides=44, crease_deg=80.0), gloss=0.7)
    colors: tuple[Rgb, ...] = ((0.95, 0.85, 0.25), (0.35, 0.65, 0.85), CREAM, (0.45, 0.75, 0.35))
    for k in range(28):
        a, off = 2.4 * k, 0.011 * math.sin(3.7 * k)
        at = ((0.032 + off) * math.cos(a), 0.0365 - 6.0 * off * off, (0.032 + off) * math.sin(a))
        kit.add(
            put(
                ball((0.0, 0.0, 0.0), (0.0028, 0.0009, 0.0009), colors[k % 4], level=1),
                at,
                turn=[("y", 77.0 * k)],
            )
        )
    return still(0.1, 0.1, 0.037)
