"""Clear glass: what is seen of it is its far wall, its rim and what is in it.

A near wall of glass hides nothing, so it is not built; the far one is turned inside out, and the painter draws no backs.
"""

# ruff: noqa: E501, PLR0913, PLR0917, PLR2004 -- things are made of measures
from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Mechanism, Ride, Spinner, Swing
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.standing import WOOD, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Contrivance

_CLEAR: Rgb = (0.80, 0.90, 0.93)
_WATER: Rgb = (0.52, 0.76, 0.86)


def inside_out(mesh: Mesh) -> Mesh:
    """A wall seen from within: its far side shows, its near side does not."""
    return Mesh(mesh.positions, -mesh.normals, mesh.colors, mesh.glow, mesh.faces[:, ::-1].copy())


def glint(radius: float, middle: float, at_deg: float, low_deg: float, high_deg: float, thick: float) -> Mesh:
    """A curved streak of light on a ball of glass round (0, middle, 0)."""
    turn = math.radians(at_deg)
    path = [
        (
            radius * math.cos(up) * math.cos(turn),
            middle + radius * math.sin(up),
            -radius * math.cos(up) * math.sin(turn),
        )
        for up in (math.radians(low_deg + (high_deg - low_deg) * k / 6.0) for k in range(7))
    ]
    return sweep(path, [0.1 * thick, *([thick] * 5), 0.1 * thick], (0.97, 0.99, 1.0), sides=6)


def falling_ice(kit: Assembly, level_m: float, far_m: float, rim_m: float) -> tuple[Course, ...]:
    """Cubes of ice that fall into an open drink one by one, and swim in it; as `floating_ice`."""
    swings, courses = floating_ice(kit, level_m, far_m, rim_m), list[Course]()
    for k, swing in enumerate(swings[1:]):
        meets, high, gone = 0.6 + 0.75 * k, (0.0, 0.16, 0.0), (0.0, 0.0, 0.0)
        cues = (
            Cue(meets - 0.36, high, gone),
            Cue(meets - 0.35, high, turn_deg=-120.0),
            Cue(meets - 0.12, (0.0, 0.08, 0.0), turn_deg=-40.0, even=True),
            Cue(meets, even=True),
            Cue(meets + 0.12, (0.0, -0.012, 0.0)),
            Cue(meets + 0.40, (0.0, 0.003, 0.0)),
            Cue(meets + 0.70),
        )
        courses.append(Course(swing.bone, swing.pivot, cues, swing.axis))
    return tuple(courses)


def floating_ice(kit: Assembly, level_m: float, far_m: float, rim_m: float) -> tuple[Swing, ...]:
    """Cubes of ice in an open drink, that sway to and fro; a clear rim round them.

    Args:
        kit: the glass.
        level_m: how high the drink stands in it.
        far_m: how far from its middle the cubes are.
        rim_m: how high the rim is.
    """
    wide = far_m + 0.021
    kit.add(
        inside_out(lathe([(wide - 0.001, level_m), (wide, rim_m)], _CLEAR, sides=40)), shades=False, gloss=0.8
    )
    kit.add(
        ring((0.0, rim_m, 0.0), wide, 0.0013, (0.94, 0.97, 0.98), axis="y", sides=40), shades=False, gloss=1.0
    )
    pivot = (0.0, level_m - 0.055, 0.0)
    drink = kit.bone("drink", pivot)
    swings = [Swing(drink, pivot, (0.6, 0.0, 0.8), 5.0, period_s=1.5)]
    for k in range(5):
        a, far = 0.4 + math.tau * k / 4.0, far_m if k < 4 else 0.0
        at = (far * math.cos(a), level_m + 0.004 + 0.004 * (k % 2), far * math.sin(a))
        cube = kit.bone("ice", at, drink)
        half = 0.0115
        block = box((-half,) * 3, (half,) * 3, (0.86, 0.94, 0.98), round_m=0.003)
        kit.add(put(block, at, turn=[("y", 50.0 * k), ("x", 14.0 * (k - 2))]), bone=cube, gloss=1.0)
        axis = (math.cos(2.0 * a), 0.0, math.sin(2.0 * a))
        swings.append(Swing(cube, at, axis, 17.0, period_s=1.1 + 0.17 * k, phase=0.23 * k))
    return tuple(swings)


def fish_bowl(order: Order, kit: Assembly) -> Mechanism:
    """A round bowl of clear glass with water, pebbles, a weed and a goldfish that swims round."""
    fish_paint = paint_of(order, "fish", (0.95, 0.45, 0.10))
    r, mid = 0.15, 0.145
    ball_line = [
        (r * math.cos(a), mid + r * math.sin(a)) for a in (math.radians(-82 + 10.6 * k) for k in range(14))
    ]
    tones = [_WATER if y < mid + 0.055 else _CLEAR for _, y in ball_line[:-1]]
    kit.add(inside_out(lathe(ball_line, tones, sides=44, crease_deg=80.0)), shades=False, gloss=0.3)
    kit.add(
        ring((0.0, 0.275, 0.0), 0.078, 0.006, (0.90, 0.96, 0.97), axis="y", sides=40),
        lathe([(0.0, 0.0), (0.075, 0.0), (0.078, 0.006), (0.03, 0.008)], (0.78, 0.88, 0.90), sides=36),
        ring((0.0, mid + 0.055, 0.0), 0.1385, 0.0016, (0.92, 0.98, 1.0), axis="y", sides=44),
        shades=False,
        gloss=1.0,
    )
    for at, low, high in ((60.0, 5.0, 48.0), (72.0, 20.0, 42.0), (-118.0, -30.0, 10.0)):
        kit.add(glint(1.005 * r, mid, at, low, high, 0.003), shades=False, gloss=1.0)
    for k in range(26):
        a, far = 2.399 * k, 0.017 * math.sqrt(k)
        tone = ((0.62, 0.55, 0.46), (0.82, 0.78, 0.70), (0.42, 0.46, 0.50))[k % 3]
        kit.add(
            ball((far * math.cos(a), 0.012 + 0.5 * far * far * 2.4, far * math.sin(a)), 0.014, tone, level=1)
        )
    for k in range(4):
        x, z, tall = -0.05 + 0.012 * k, -0.03 + 0.02 * k, 0.09 + 0.02 * (k % 3)
        weed = [
            (x, 0.01, z),
            (x + 0.012, 0.05, z),
            (x - 0.008, 0.06 + tall / 2, z + 0.006),
            (x + 0.008, tall + 0.02, z),
        ]
        kit.add(sweep(weed, [0.004, 0.005, 0.004, 0.001], (0.24, 0.52, 0.22), sides=5, bend=3))
    pivot = (0.0, 0.15, 0.0)
    round_ = kit.bone("round", pivot)
    tail_at = (0.042, 0.15, 0.075)
    tail = kit.bone("tail", tail_at, round_)
    kit.add(
        put(ball((0.0, 0.0, 0.0), (0.036, 0.023, 0.016), fish_paint), (0.0, 0.15, 0.078)),
        bone=round_,
        gloss=0.6,
    )
    kit.add(
        ball((-0.004, 0.146, 0.078), (0.026, 0.017, 0.0145), shade(fish_paint, 1.35), level=2), bone=round_
    )
    for z in (0.0645, 0.0915):
        kit.add(
            ball((-0.024, 0.155, z), 0.0045, (0.95, 0.95, 0.93), level=1),
            ball((-0.027, 0.1555, z + (0.001 if z > 0.08 else -0.001)), 0.003, (0.03, 0.03, 0.03), level=1),
            bone=round_,
        )
    fin = [(0.0, 0.0), (0.04, -0.028), (0.034, 0.0), (0.042, 0.03), (0.006, 0.006)]
    kit.add(
        put(prism(fin, -0.002, 0.002, shade(fish_paint, 1.1), round_m=0.0006), (0.03, 0.15, 0.078)), bone=tail
    )
    kit.add(
        put(
            prism([(-0.015, 0.0), (0.022, 0.0), (0.012, 0.02)], -0.0018, 0.0018, shade(fish_paint, 1.1)),
            (0.0, 0.17, 0.078),
        ),
        bone=round_,
    )
    return Mechanism(
        Ride.STILL, 0, 0.3, 0.3, height_m=0.281,
        spinners=(Spinner(round_, pivot, (0.0, 1.0, 0.0), 0.16, always=True),),
        swings=(Swing(tail, tail_at, (0.0, 1.0, 0.0), 26.0, period_s=0.55),),
        anchors=(("head", 0, pivot), ("top", 0, (0.0, 0.28, 0.0))),
    )  # fmt: skip


def wine_glass(order: Order, kit: Assembly) -> Mechanism:
    """A stemmed glass with a drink in it."""
    drink = paint_of(order, "drink", (0.45, 0.05, 0.10))
    foot = [
        (0.0, 0.0),
        (0.034, 0.0),
        (0.034, 0.003),
        (0.006, 0.008),
        (0.004, 0.02),
        (0.004, 0.08),
        (0.012, 0.09),
    ]
    kit.add(lathe(foot, _CLEAR, sides=28, crease_deg=60.0), gloss=1.0, shades=False)
    cup = softened([(0.012, 0.09), (0.032, 0.11), (0.038, 0.14), (0.034, 0.19)], 4)
    kit.add(inside_out(lathe(cup, _CLEAR, sides=32, crease_deg=80.0)), shades=False, gloss=0.6)
    full = [(r * 0.96, y) for r, y in cup.tolist() if y < 0.145]
    kit.add(lathe([(0.0, 0.092), *full, (0.0, full[-1][1])], drink, sides=32, crease_deg=50.0), gloss=0.9)
    kit.add(
        ring((0.0, 0.19, 0.0), 0.034, 0.0014, (0.94, 0.97, 0.98), axis="y", sides=32), shades=False, gloss=1.0
    )
    kit.add(glint(0.037, 0.145, 55.0, -20.0, 50.0, 0.0012), shades=False, gloss=1.0)
    return still(0.076, 0.076, 0.19)


def drinking_glass(order: Order, kit: Assembly) -> Mechanism:
    """A straight glass with a drink and a straw in it."""
    drink = paint_of(order, "drink", (0.96, 0.62, 0.14))
    kit.add(
        lathe([(0.0, 0.0), (0.03, 0.0), (0.031, 0.01), (0.0, 0.012)], _CLEAR, sides=32),
        gloss=1.0,
        shades=False,
    )
    kit.add(
        inside_out(lathe([(0.03, 0.0), (0.037, 0.13)], _CLEAR, sides=32, crease_deg=80.0)),
        shades=False,
        gloss=0.6,
    )
    kit.add(lathe([(0.0, 0.011), (0.0292, 0.011), (0.0345, 0.105), (0.0, 0.105)], drink, sides=32), gloss=0.8)
    kit.add(
        ring((0.0, 0.13, 0.0), 0.037, 0.0014, (0.94, 0.97, 0.98), axis="y", sides=32), shades=False, gloss=1.0
    )
    traits = order.subject.traits
    iced, falls = Contrivance.WITH_ICE in traits, Contrivance.ICE_FALLS in traits
    straw = [(-0.012, 0.09, 0.0), (0.012, 0.15, 0.006), (0.03, 0.18, 0.01)]
    if not falls:
        kit.add(sweep(straw, 0.0028, (0.85, 0.20, 0.20), sides=8))
    courses = falling_ice(kit, 0.105, 0.019, 0.13) if falls else ()
    swings = floating_ice(kit, 0.105, 0.019, 0.13) if iced else ()
    for k in range(0 if iced or falls else 3):
        cube = ball(
            (0.014 * math.cos(2.1 * k), 0.105, 0.014 * math.sin(2.1 * k)), 0.009, (0.92, 0.96, 0.98), level=1
        )
        kit.add(cube, gloss=1.0)
    return replace(still(0.075, 0.075, 0.18), swings=swings, courses=courses)


def hourglass(order: Order, kit: Assembly) -> Mechanism:
    """An hourglass in its wooden frame, sand in both bulbs."""
    wood, sand = paint_of(order, "body", WOOD), (0.88, 0.72, 0.42)
    for y in (0.0, 0.2):
        kit.add(
            lathe(
                [(0.0, y), (0.06, y), (0.064, y + 0.008), (0.06, y + 0.016), (0.0, y + 0.016)], wood, sides=32
            ),
            gloss=0.5,
        )
    for k in range(3):
        a = 2.0 * math.pi * k / 3.0 + 0.5
        c, s = 0.052 * math.cos(a), 0.052 * math.sin(a)
        kit.add(sweep([(c, 0.01, s), (c, 0.2, s)], 0.005, wood, sides=8), gloss=0.5)
    bulb = softened(
        [
            (0.038, 0.016),
            (0.042, 0.05),
            (0.028, 0.085),
            (0.005, 0.108),
            (0.028, 0.131),
            (0.042, 0.166),
            (0.038, 0.2),
        ],
        4,
    )
    kit.add(inside_out(lathe(bulb, _CLEAR, sides=32, crease_deg=80.0)), shades=False, gloss=0.6)
    kit.add(
        lathe([(0.0, 0.017), (0.037, 0.017), (0.039, 0.03), (0.0, 0.062)], sand, sides=28),
        lathe([(0.0, 0.109), (0.004, 0.109), (0.026, 0.131), (0.032, 0.142), (0.0, 0.138)], sand, sides=28),
        sweep([(0.0, 0.112, 0.0), (0.0, 0.05, 0.0)], 0.0012, sand, sides=5),
    )
    kit.add(
        glint(0.043, 0.055, 55.0, -30.0, 40.0, 0.0012),
        glint(0.043, 0.16, 55.0, -30.0, 40.0, 0.0012),
        shades=False,
    )
    return still(0.13, 0.13, 0.216)


def snow_globe(order: Order, kit: Assembly) -> Mechanism:
    """A ball of glass on a foot: a little house and a tree in the snow."""
    base = paint_of(order, "body", (0.52, 0.12, 0.12))
    kit.add(
        lathe([(0.0, 0.0), (0.055, 0.0), (0.052, 0.02), (0.042, 0.034), (0.0, 0.034)], base, sides=32),
        gloss=0.6,
    )
    r, mid = 0.055, 0.08
    line = [
        (r * math.cos(a), mid + r * math.sin(a)) for a in (math.radians(-58 + 10.5 * k) for k in range(14))
    ]
    kit.add(
        inside_out(lathe([*line, (0.0, mid + r)], (0.62, 0.78, 0.90), sides=40, crease_deg=80.0)),
        shades=False,
        gloss=0.4,
    )
    kit.add(ball((0.0, 0.034, 0.0), (0.045, 0.018, 0.045), (0.95, 0.97, 1.0)))
    kit.add(
        prism(
            [(-0.011, 0.045), (0.011, 0.045), (0.011, 0.062), (-0.011, 0.062)],
            -0.009,
            0.009,
            (0.80, 0.62, 0.42),
            axis="x",
        )
    )
    kit.add(prism([(-0.015, 0.06), (0.015, 0.06), (0.0, 0.077)], -0.012, 0.012, (0.72, 0.16, 0.14), axis="x"))
    for k in range(3):
        kit.add(
            lathe(
                [(0.014 - 0.003 * k, 0.048 + 0.012 * k), (0.0, 0.07 + 0.012 * k)],
                (0.16, 0.40, 0.22),
                at=(-0.005, 0.0, 0.024),
                sides=14,
            )
        )
    for k in range(22):
        a, up = 2.399 * k, (k * 0.618) % 1.0
        far = 0.036 * math.sqrt((k * 0.37) % 1.0)
        kit.add(
            ball((far * math.cos(a), 0.06 + 0.06 * up, far * math.sin(a)), 0.0014, (1.0, 1.0, 1.0), level=1),
            shades=False,
        )
    kit.add(glint(1.01 * r, mid, 60.0, 8.0, 55.0, 0.0015), shades=False, gloss=1.0)
    return still(0.11, 0.11, 0.135)
