"""Shop fronts: pilasters, display windows, signs that nobody can quite read, striped awnings."""

# ruff: noqa: PLR2004, PLR0913, PLR0917 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, four
from kirin_video.engines.previs.city.palette import CREAM, STONE, Lights, Pane, chance, pick
from kirin_video.engines.previs.city.solids import Rgb, blended, shaded
from kirin_video.engines.previs.city.windows import Front, Opening, glazing

SIGN_TOP_M = 0.35
_GOODS: tuple[Rgb, ...] = ((0.62, 0.36, 0.24), (0.80, 0.70, 0.52), (0.70, 0.52, 0.25), (0.45, 0.50, 0.38))


def shop_front(clay: Clay, front: Front, width: float, lights: Lights) -> None:
    """A shop: pilasters, sign, display windows, a door, and mostly an awning."""
    rng = lights.rng
    edge, high = width / 2.0, front.ground_m
    paint = blended(front.accent, front.base, 0.1)
    pane = lights.shop()
    sign_low, pier = high - 1.05, 0.5
    head = sign_low - 0.1
    door_w = 1.25
    door_x = float(rng.choice([-edge + pier, edge - pier - door_w, -door_w / 2.0]))
    clay.front(-edge, edge, head, high, 0.0, paint, shades=(0.7, 0.7, 1.0, 1.0))
    for x0, x1 in ((-edge, -edge + pier), (edge - pier, edge)):
        clay.soft_box((x0 + 0.02, 0.0, -0.3), (x1 - 0.02, sign_low, 0.16), paint, bevel=0.05)
        clay.soft_box((x0, 0.0, -0.3), (x1, 0.4, 0.2), shaded(STONE, 0.9), bevel=0.04)
    clay.quad(
        ((-edge, head, 0.0), (-edge, head, -0.34), (edge, head, -0.34), (edge, head, 0.0)),
        paint,
        shades=(0.6, 0.45, 0.45, 0.6),
    )
    _displays(clay, front, (-edge + pier, edge - pier, head), (door_x, door_x + door_w), pane, rng)
    _sign(clay, front, (-edge + 0.1, edge - 0.1, sign_low, high - SIGN_TOP_M), lights)
    if front.detail > 0 and chance(rng, 0.8):
        awning(
            clay, (-edge + 0.3, edge - 0.3), sign_low - 0.03, pick(rng, [front.accent, (0.60, 0.16, 0.13)])
        )


def _displays(
    clay: Clay,
    front: Front,
    span: tuple[float, float, float],
    door: tuple[float, float],
    pane: Pane,
    rng: np.random.Generator,
) -> None:
    """The glass of a shop on both sides of its door."""
    left, right, head = span
    wood = shaded(front.accent, 0.85)
    z = -0.3
    for x0, x1 in ((left, door[0]), (door[1], right)):
        if x1 - x0 < 0.4:
            continue
        clay.box((x0, 0.0, z), (x1, 0.55, -0.02), wood, faces="xXYZ")
        glazing(
            clay,
            Opening(x0, x1, 0.55, head),
            pane,
            front.frame,
            bars=(max(0, round((x1 - x0) / 1.6) - 1), 1),
            z=z,
        )
        if front.detail == 2:
            _goods(clay, (x0 + 0.2, x1 - 0.2), pane, rng)
    clay.front(door[0], door[1], 0.0, head, z, wood, shades=(0.8, 0.8, 0.7, 0.7))
    inner = Opening(door[0] + 0.16, door[1] - 0.16, 0.5, 2.25)
    glazing(clay, inner, pane, wood, bars=(0, 0), z=z + 0.03)
    glazing(clay, Opening(door[0] + 0.08, door[1] - 0.08, 2.4, head), pane, wood, bars=(0, 0), z=z + 0.03)


def _goods(clay: Clay, span: tuple[float, float], pane: Pane, rng: np.random.Generator) -> None:
    """Shapes on a shelf behind the glass: pots, loaves, hats; whatever the eye makes of them."""
    x = span[0]
    while x < span[1] - 0.2:
        wide, high = float(rng.uniform(0.14, 0.3)), float(rng.uniform(0.15, 0.42))
        tone = shaded(pick(rng, _GOODS), 0.6 if pane.glow == 0.0 else 0.9)
        glow = pane.glow * 0.3
        clay.box((x, 0.55, -0.27), (x + wide, 0.55 + high, -0.2), tone, faces="xXYZ", glow=glow)
        x += wide + float(rng.uniform(0.08, 0.35))


def _sign(clay: Clay, front: Front, board: tuple[float, float, float, float], lights: Lights) -> None:
    """A sign board with letters that nobody can quite read."""
    x0, x1, y0, y1 = board
    rng = lights.rng
    clay.soft_box((x0, y0, -0.02), (x1, y1, 0.24), shaded(front.accent, 0.92), bevel=0.05)
    if front.detail == 0:
        return
    middle, span = (y0 + y1) / 2.0, min(x1 - x0 - 1.0, float(rng.uniform(2.2, 4.2)))
    glow = 0.16 if lights.lamps > 0.0 else 0.0
    x = (x0 + x1 - span) / 2.0
    while x < (x0 + x1 + span) / 2.0 - 0.1:
        wide = float(rng.uniform(0.12, 0.26))
        tall = 0.17 if chance(rng, 0.3) else 0.12
        clay.box(
            (x, middle - 0.12, 0.24), (x + wide, middle + tall - 0.02, 0.27), CREAM, faces="xXyYZ", glow=glow
        )
        x += wide + (0.07 if chance(rng, 0.8) else 0.28)


def awning(clay: Clay, span: tuple[float, float], y: float, cloth: Rgb, out: float = 1.35) -> None:
    """A striped awning with a hanging edge."""
    x0, x1 = span
    stripes = max(4, round((x1 - x0) / 0.42))
    step = (x1 - x0) / stripes
    drop, hem, z0 = 0.62, 0.24, 0.2
    for i in range(stripes):
        a, b = x0 + i * step, x0 + (i + 1) * step
        color = cloth if i % 2 == 0 else CREAM
        top = ((a, y - drop, z0 + out), (b, y - drop, z0 + out), (b, y, z0), (a, y, z0))
        clay.quad(top, color, shades=(1.0, 1.0, 0.9, 0.9))
        under = tuple((px, py - 0.02, pz) for px, py, pz in reversed(top))
        clay.quad(under, color, shades=(0.4, 0.4, 0.55, 0.55))  # pyright: ignore[reportArgumentType]
        tip, z = 0.28 * step, z0 + out
        low = y - drop - hem
        clay.quad(
            ((a + tip, low, z), (b - tip, low, z), (b, y - drop, z), (a, y - drop, z)),
            color,
            shades=(0.88, 0.88, 1.0, 1.0),
        )
        clay.quad(
            (
                (a, y - drop, z - 0.02),
                (b, y - drop, z - 0.02),
                (b - tip, low, z - 0.02),
                (a + tip, low, z - 0.02),
            ),
            color,
            shades=four(0.5),
        )
    for x, order in ((x0, 1), (x1, -1)):
        side = ((x, y - drop, z0 + out), (x, y, z0), (x, y - drop, z0))
        a, b, c = side if order == 1 else side[::-1]
        clay.quad((a, b, c, a), cloth, shades=four(0.9))
