"""Plain things with a shape of their own: logs, boughs to perch on, teapots, pyramids, igloos."""

from __future__ import annotations

import math

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.glaze import blue_and_white, is_painted
from kirin_video.engines.previs.bodies.thing.standing import shade, still

_BARK, _WOOD = (0.36, 0.25, 0.16), (0.78, 0.60, 0.40)
_LEAF = (0.30, 0.42, 0.16)


def log(order: Order, kit: Assembly) -> Mechanism:
    """A felled trunk that lies across the way, with a stump of a branch and moss on it."""
    bark = order.color("body") or _BARK
    r, half = 0.27, 1.25
    outline = [
        (0.0, -half),
        (0.24, -half),
        (r, -half + 0.05),
        (0.265, 0.0),
        (r, half - 0.05),
        (0.24, half),
        (0.0, half),
    ]
    kit.add(lathe(outline, bark, axis="z", at=(0.0, r, 0.0), sides=22, crease_deg=50.0), gloss=0.02)
    for end in (-1.0, 1.0):
        for size, tone in (
            (0.235, _WOOD),
            (0.16, shade(_WOOD, 0.86)),
            (0.145, _WOOD),
            (0.07, shade(_WOOD, 0.84)),
        ):
            off = end * (half + 0.004 + 0.002 * (0.24 - size) / 0.02)
            kit.add(disc((0.0, r, off), size, tone, axis="z" if end > 0 else "-z", sides=26), gloss=0.02)
    kit.add(
        sweep(
            [(0.05, 0.42, 0.45), (0.16, 0.60, 0.50), (0.20, 0.68, 0.52)], [0.085, 0.06, 0.045], bark, sides=9
        )
    )
    for x, z in ((-0.05, -0.6), (0.03, -0.2), (-0.02, 0.9)):
        kit.add(ball((x, 2.0 * r - 0.05, z), (0.17, 0.06, 0.24), (0.34, 0.44, 0.18), level=2), gloss=0.0)
    return still(0.56, 2.5, 0.68, tops=(("top", (0.0, 2.0 * r, -0.2)), ("saddle", (0.0, 2.0 * r, -0.2))))


def bough(order: Order, kit: Assembly) -> Mechanism:
    """An old trunk with a bough to one side that birds sit on."""
    bark = order.color("body") or _BARK
    kit.add(
        sweep(
            [(-0.1, 0.0, -0.75), (-0.04, 0.7, -0.72), (0.0, 1.5, -0.78), (0.03, 2.5, -0.70)],
            [0.26, 0.20, 0.17, 0.10],
            bark,
            sides=14,
            bend=4,
        ),
        sweep(
            [(0.0, 1.42, -0.76), (0.02, 1.60, -0.30), (0.0, 1.64, 0.25), (-0.03, 1.76, 0.95)],
            [0.12, 0.085, 0.065, 0.02],
            bark,
            sides=11,
            bend=4,
        ),
        sweep(
            [(0.0, 1.64, 0.3), (0.16, 1.80, 0.62), (0.2, 1.95, 0.8)],
            [0.04, 0.028, 0.012],
            bark,
            sides=8,
            bend=3,
        ),
        gloss=0.02,
    )
    leaves = [
        (0.02, 1.84, 1.12),
        (0.22, 2.02, 0.98),
        (-0.1, 1.80, 0.95),
        (0.05, 2.6, -0.7),
        (0.2, 2.5, -0.6),
    ]
    for k, at in enumerate(leaves):
        size = (0.11 + 0.03 * (k % 3), 0.07 + 0.02 * (k % 2), 0.13)
        kit.add(ball(at, size, shade(_LEAF, 0.85 + 0.12 * (k % 3)), level=2), gloss=0.0)
    perch = (0.0, 1.69, 0.12)
    return still(0.5, 1.9, 2.62, tops=(("top", perch), ("saddle", perch)))


def teapot(order: Order, kit: Assembly) -> Mechanism:
    """A round teapot with its spout, its handle and a lid."""
    clay = order.color("body") or (0.52, 0.27, 0.18)
    belly = [
        (0.0, 0.0),
        (0.055, 0.0),
        (0.06, 0.006),
        (0.095, 0.05),
        (0.10, 0.085),
        (0.075, 0.13),
        (0.045, 0.142),
        (0.0, 0.142),
    ]
    lid = [(0.0, 0.142), (0.046, 0.142), (0.044, 0.150), (0.016, 0.163), (0.0, 0.165)]
    wall = softened(belly, 3)
    kit.add(lathe(wall, clay, sides=40, crease_deg=60.0), gloss=0.6)
    if is_painted(order):
        blue_and_white(kit, wall, 0.016, 0.122)
    kit.add(
        lathe(lid, shade(clay, 1.1), sides=30, crease_deg=60.0),
        ball((0.0, 0.172, 0.0), 0.013, clay),
        gloss=0.6,
    )
    kit.add(
        sweep(
            [(0.085, 0.06, 0.0), (0.125, 0.075, 0.0), (0.145, 0.115, 0.0), (0.165, 0.138, 0.0)],
            [0.022, 0.018, 0.012, 0.009],
            clay,
            sides=14,
            bend=5,
        ),
        sweep(
            [
                (-0.088, 0.115, 0.0),
                (-0.135, 0.125, 0.0),
                (-0.152, 0.085, 0.0),
                (-0.125, 0.05, 0.0),
                (-0.09, 0.05, 0.0),
            ],
            0.009,
            clay,
            sides=12,
            bend=6,
        ),
        gloss=0.6,
    )
    return still(0.32, 0.2, 0.185)


def pyramid(order: Order, kit: Assembly) -> Mechanism:
    """A great pyramid in courses of stone, with its entrance."""
    stone = order.color("body") or (0.80, 0.66, 0.45)
    courses, half = 22, 1.0
    for k in range(courses):
        low, high = k / courses, (k + 1) / courses
        wide = half * (1.0 - low)
        tone = shade(stone, 0.92 + 0.08 * math.sin(2.7 * k))
        kit.add(box((-wide, 1.25 * low, -wide), (wide, 1.25 * high, wide), tone, round_m=0.006), gloss=0.02)
    kit.add(box((0.93, 0.02, -0.07), (1.02, 0.20, 0.07), (0.16, 0.12, 0.08), round_m=0.01), gloss=0.0)
    return still(2.0, 2.0, 1.25)


def igloo(order: Order, kit: Assembly) -> Mechanism:
    """A dome of snow blocks with a tunnel to creep in by."""
    snow = order.color("body") or (0.90, 0.94, 0.98)
    dome = [(1.5 * math.cos(a), 1.4 * math.sin(a)) for a in (math.pi / 2.0 * k / 9 for k in range(10))]
    kit.add(
        lathe(dome, [shade(snow, 0.93 + 0.07 * (k % 2)) for k in range(9)], sides=26, crease_deg=60.0),
        gloss=0.15,
    )
    joint = shade(snow, 0.70)
    for k in range(1, 8):
        a = math.pi / 2.0 * k / 9
        kit.add(
            ring((0.0, 1.4 * math.sin(a), 0.0), 1.5 * math.cos(a), 0.016, joint, axis="y", sides=40),
            gloss=0.1,
        )
    tunnel = lathe(
        [(0.0, 1.3), (0.52, 1.3), (0.60, 1.36), (0.60, 2.05), (0.52, 2.10), (0.50, 2.05)],
        snow,
        axis="x",
        sides=26,
    )
    kit.add(
        put(tunnel, (0.0, 0.15, 0.0)),
        disc((2.0, 0.15, 0.0), 0.50, (0.10, 0.13, 0.18), axis="x", sides=26),
        gloss=0.15,
    )
    return still(3.6, 3.0, 1.4)
