"""A drink that is poured: a pot, a bottle or a jug tips over a cup or a glass, and it fills."""

# ruff: noqa: E501, PLR2004 -- things are made of measures
from __future__ import annotations

from collections.abc import Callable

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Course, Cue, Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.outlines import softened
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball
from kirin_video.engines.previs.bodies.hard.turned import disc, lathe, ring
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.glassware import glint, inside_out
from kirin_video.engines.previs.bodies.thing.standing import CREAM, DARK, STEEL, Rgb, paint_of, shade, still
from kirin_video.engines.previs.mesh import Mesh

_CLEAR: Rgb = (0.80, 0.90, 0.93)
_TIPS_S, _RUNS_S, _FULL_S = 0.35, 0.55, 4.6
"""When the pot is tipped over, when its drink reaches the ground of the cup, and when that is full."""
_TIPPED = {"jug": 62.0, "teapot": 34.0, "bottle": 100.0}
"""By how many degrees each is tipped over while it runs."""
_LIP = (0.0, 0.225, -0.012)
"""Where it runs out, for the pot about to pour; the pot stands behind it, towards -z."""

_Courses = tuple[Course, ...]


def pour(order: Order, kit: Assembly) -> Mechanism:
    """A drink running out of a pot (``out_of``) into a cup or a glass (``into``). It is seen from +x."""
    drink = paint_of(order, "drink", (0.20, 0.11, 0.06))
    into = {"cup": _cup, "glass": _glass, "wine_glass": _wine_glass}[str(order.kind.shape["into"])]
    low, courses = into(order, kit, drink)
    vessel: Callable[[Order, Rgb], list[tuple[Mesh, float]]] = {
        "jug": _jug, "teapot": _teapot, "bottle": _bottle,
    }[str(order.kind.shape["out_of"])]  # fmt: skip
    pot = kit.bone("pot", _LIP)
    tipped = _TIPPED[str(order.kind.shape["out_of"])]
    for mesh, gloss in vessel(order, drink):
        kit.add(put(mesh, _LIP, turn=[("x", tipped)]), bone=pot, gloss=gloss)
    x, y, z = _LIP
    stream = kit.bone("stream", _LIP)
    run = [
        (x, y + 0.002, z - 0.004),
        (x, y - 0.006, z + 0.005),
        (x, y - 0.05, z + 0.010),
        (x, low, z + 0.012),
    ]
    kit.add(sweep(run, [0.0045, 0.0048, 0.0040, 0.0034], drink, sides=10, bend=4), bone=stream, gloss=0.9)
    courses = (
        *courses,
        Course(pot, _LIP, (Cue(0.0, turn_deg=-0.45 * tipped), Cue(_TIPS_S))),
        Course(stream, _LIP, (Cue(_TIPS_S - 0.1, size=(1.0, 0.0, 1.0)), Cue(_RUNS_S))),
    )
    plain = still(0.15, 0.30, 0.30, sides=(0.0,))
    return Mechanism(
        ride=Ride.STILL, hull=0, base_m=0.15, gauge_m=0.30, height_m=0.30, middle_m=0.12,
        courses=courses, contacts=plain.contacts, anchors=plain.anchors, sides=(0.0,),
    )  # fmt: skip


def _filling(kit: Assembly, mesh: Mesh, low: float, least: float) -> _Courses:
    """A body of drink that grows from its ground up."""
    bone = kit.bone("drink", (0.0, low, 0.0))
    kit.add(mesh, bone=bone, gloss=0.85)
    return (Course(bone, (0.0, low, 0.0), (Cue(_RUNS_S - 0.1, size=(0.92, least, 0.92)), Cue(_FULL_S))),)


def _cup(order: Order, kit: Assembly, drink: Rgb) -> tuple[float, _Courses]:
    """A wide cup on its saucer; one looks into it."""
    paint = paint_of(order, "body", CREAM)
    wall = softened(
        [(0.0, 0.012), (0.026, 0.012), (0.036, 0.024), (0.046, 0.055), (0.052, 0.082), (0.0515, 0.0845),
         (0.049, 0.0845), (0.044, 0.055), (0.030, 0.022), (0.0, 0.020)], 3,
    )  # fmt: skip
    kit.add(lathe(wall, paint, sides=44, crease_deg=60.0), gloss=0.7)
    plate = [
        (0.0, 0.0),
        (0.045, 0.0),
        (0.078, 0.012),
        (0.082, 0.018),
        (0.080, 0.020),
        (0.045, 0.009),
        (0.0, 0.009),
    ]
    kit.add(lathe(plate, paint, sides=48, crease_deg=60.0), gloss=0.7)
    grip = [
        (0.0, 0.070, 0.047),
        (0.0, 0.074, 0.072),
        (0.0, 0.052, 0.078),
        (0.0, 0.034, 0.062),
        (0.0, 0.034, 0.042),
    ]
    kit.add(sweep(grip, 0.0055, paint, sides=12, bend=6), gloss=0.7)
    bone = kit.bone("drink", (0.0, 0.030, 0.0))
    kit.add(
        disc((0.0, 0.030, 0.0), 0.0475, drink, axis="y", sides=40),
        ring((0.0, 0.0303, 0.0), 0.043, 0.0016, shade(drink, 1.9), axis="y", sides=36),
        bone=bone,
        gloss=0.8,
    )
    start = Cue(_RUNS_S - 0.1, size=(0.62, 1.0, 0.62))
    return 0.026, (Course(bone, (0.0, 0.030, 0.0), (start, Cue(_FULL_S, (0.0, 0.048, 0.0)))),)


def _glass(_order: Order, kit: Assembly, drink: Rgb) -> tuple[float, _Courses]:
    """A straight glass, clear, so that one sees it fill."""
    kit.add(
        lathe([(0.0, 0.0), (0.034, 0.0), (0.035, 0.010), (0.0, 0.012)], _CLEAR, sides=32),
        gloss=1.0,
        shades=False,
    )
    kit.add(
        inside_out(lathe([(0.034, 0.0), (0.043, 0.14)], _CLEAR, sides=36, crease_deg=80.0)),
        shades=False,
        gloss=0.6,
    )
    kit.add(
        ring((0.0, 0.14, 0.0), 0.043, 0.0016, (0.94, 0.97, 0.98), axis="y", sides=36), shades=False, gloss=1.0
    )
    full = lathe([(0.0, 0.011), (0.0332, 0.011), (0.0392, 0.112), (0.0, 0.112)], drink, sides=36)
    return 0.012, _filling(kit, full, 0.011, 0.04)


def _wine_glass(_order: Order, kit: Assembly, drink: Rgb) -> tuple[float, _Courses]:
    """A stemmed glass."""
    foot = [
        (0.0, 0.0),
        (0.034, 0.0),
        (0.034, 0.003),
        (0.006, 0.008),
        (0.004, 0.02),
        (0.004, 0.07),
        (0.012, 0.08),
    ]
    kit.add(lathe(foot, _CLEAR, sides=28, crease_deg=60.0), gloss=1.0, shades=False)
    bowl = softened([(0.012, 0.08), (0.036, 0.10), (0.044, 0.13), (0.038, 0.185)], 4)
    kit.add(inside_out(lathe(bowl, _CLEAR, sides=36, crease_deg=80.0)), shades=False, gloss=0.6)
    full = [(0.96 * r, y) for r, y in bowl.tolist() if y < 0.14]
    kit.add(
        ring((0.0, 0.185, 0.0), 0.038, 0.0014, (0.94, 0.97, 0.98), axis="y", sides=32),
        shades=False,
        gloss=1.0,
    )
    kit.add(glint(0.043, 0.135, 55.0, -20.0, 50.0, 0.0012), shades=False, gloss=1.0)
    mesh = lathe([(0.0, 0.082), *full, (0.0, full[-1][1])], drink, sides=32, crease_deg=50.0)
    return 0.086, _filling(kit, mesh, 0.082, 0.05)


def _jug(order: Order, drink: Rgb) -> list[tuple[Mesh, float]]:
    """A jug of glazed clay or steel, its lip at the origin, upright."""
    paint = paint_of(order, "jug", STEEL)
    at = (0.0, -0.155, -0.062)
    wall = softened(
        [(0.0, 0.0), (0.050, 0.0), (0.056, 0.010), (0.054, 0.07), (0.044, 0.12), (0.048, 0.150)], 3
    )
    inner = inside_out(lathe([(0.046, 0.150), (0.042, 0.118)], shade(paint, 0.75), sides=40))
    lip = ball((0.0, -0.010, -0.010), (0.014, 0.012, 0.016), paint, level=2)
    grip = [(0.0, 0.135, -0.046), (0.0, 0.140, -0.092), (0.0, 0.075, -0.104), (0.0, 0.030, -0.056)]
    return [
        (put(lathe(wall, paint, sides=44, crease_deg=60.0), at), 0.9),
        (put(inner, at), 0.5),
        (put(disc((0.0, 0.128, 0.0), 0.042, drink, axis="y"), at), 0.7),
        (lip, 0.9),
        (put(sweep(grip, 0.008, DARK, sides=12, bend=6), at), 0.5),
    ]


def _teapot(order: Order, drink: Rgb) -> list[tuple[Mesh, float]]:
    """A round teapot, the end of its spout at the origin."""
    del drink
    clay = paint_of(order, "jug", (0.52, 0.27, 0.18))
    at = (0.0, -0.115, -0.135)
    belly = softened(
        [(0.0, 0.0), (0.045, 0.0), (0.075, 0.04), (0.080, 0.07), (0.060, 0.108), (0.0, 0.118)], 3
    )
    spout = [(0.0, 0.05, 0.066), (0.0, 0.062, 0.100), (0.0, 0.095, 0.118), (0.0, 0.114, 0.134)]
    grip = [(0.0, 0.095, -0.068), (0.0, 0.104, -0.108), (0.0, 0.070, -0.122), (0.0, 0.040, -0.070)]
    return [
        (put(lathe(belly, clay, sides=44, crease_deg=60.0), at), 0.6),
        (put(lathe([(0.036, 0.112), (0.034, 0.122), (0.0, 0.130)], shade(clay, 1.12), sides=30), at), 0.6),
        (put(ball((0.0, 0.138, 0.0), 0.011, clay, level=2), at), 0.6),
        (put(sweep(spout, [0.020, 0.015, 0.010, 0.007], clay, sides=14, bend=5), at), 0.6),
        (put(sweep(grip, 0.008, clay, sides=12, bend=6), at), 0.6),
    ]


def _bottle(order: Order, drink: Rgb) -> list[tuple[Mesh, float]]:
    """An open bottle, its mouth at the origin; it shows its label."""
    glass = paint_of(order, "jug", shade(drink, 0.45))
    wall = [(0.0, 0.006), (0.030, 0.0), (0.037, 0.006), (0.037, 0.165), (0.033, 0.190), (0.0165, 0.220),
            (0.0140, 0.235), (0.0140, 0.270), (0.0165, 0.272), (0.0165, 0.284), (0.0115, 0.284), (0.0, 0.276)]  # fmt: skip
    label = [(0.0374, 0.055), (0.0377, 0.056), (0.0377, 0.139), (0.0374, 0.140)]
    at = (0.0, -0.284, -0.014)
    return [
        (put(lathe(wall, glass, sides=40, crease_deg=50.0), at), 1.0),
        (put(lathe(label, paint_of(order, "label", CREAM), sides=36), at), 0.2),
    ]
