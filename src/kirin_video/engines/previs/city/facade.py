"""Facades: walls with real window openings, in storeys over a ground floor.

A facade stands on y = 0 with its wall in the plane z = 0, centred on x = 0, and faces +z.
"""

from __future__ import annotations

from kirin_video.engines.previs.city.clay import Clay, four
from kirin_video.engines.previs.city.palette import Lights, Pane, chance, tinted, varied
from kirin_video.engines.previs.city.shops import shop_front
from kirin_video.engines.previs.city.solids import Rgb
from kirin_video.engines.previs.city.windows import REVEAL_M, Front, Opening, window
from kirin_video.engines.previs.city.windows import door as hang_door


def facade(clay: Clay, front: Front, width: float, lights: Lights, *, shop: bool) -> None:
    """Model a whole facade: ground floor, storeys, string course."""
    rng = lights.rng
    if shop and front.detail:
        shop_front(clay, front, width, lights)
    else:
        _storey(clay, front, (width, 0.0, front.ground_m, front.base), lights, door=chance(rng, 0.75))
    if front.detail > 0:
        edge = width / 2.0
        clay.box(
            (-edge, front.ground_m - 0.12, 0.0),
            (edge, front.ground_m + 0.14, 0.14),
            front.trim,
            faces="xXyYZ",
        )
    for floor in range(front.floors):
        low = front.ground_m + floor * front.floor_m
        _storey(clay, front, (width, low, low + front.floor_m, front.wall), lights, door=False)


def _storey(
    clay: Clay, front: Front, band: tuple[float, float, float, Rgb], lights: Lights, *, door: bool
) -> None:
    """One row of windows; ``band`` is its width, its bottom, its top and its wall."""
    width, low, high, wall = band
    rng = lights.rng
    bays = max(1, round(width / front.bay_m))
    step = width / bays
    door_bay = int(rng.integers(bays)) if door else -1
    room, left_in_room = lights.room(), 0
    for bay in range(bays):
        if left_in_room == 0:
            room, left_in_room = lights.room(), int(rng.integers(1, 4))
        left_in_room -= 1
        x0 = -width / 2.0 + bay * step
        middle = x0 + step / 2.0
        w, h = front.window
        w = min(w, step - 0.5)
        sill = low + (high - low - h) * 0.46
        hole = Opening(middle - w / 2.0, middle + w / 2.0, sill, sill + h)
        if bay == door_bay:
            hole = Opening(middle - 0.62, middle + 0.62, low, low + 2.75)
        color = tinted(rng, wall, 0.018)
        if front.detail == 0:
            _flat_bay(clay, (x0, x0 + step, low, high), hole, color, varied(room, rng))
            continue
        _wall_round(clay, (x0, x0 + step, low, high), hole, color)
        _reveal(clay, hole, color)
        if bay == door_bay:
            hang_door(clay, front, hole, varied(room, rng))
        else:
            window(clay, front, hole, varied(room, rng), rng)


def _flat_bay(
    clay: Clay, cell: tuple[float, float, float, float], hole: Opening, wall: Rgb, pane: Pane
) -> None:
    """A window far away: wall and glass, no relief but a step of 6 cm."""
    clay.front(*cell, 0.0, wall)
    clay.front(
        hole.x0,
        hole.x1,
        hole.y0,
        hole.y1,
        0.06,
        pane.color,
        shades=(0.85, 0.85, 1.0, 1.0),
        glow=four(pane.glow),
    )


def _wall_round(clay: Clay, cell: tuple[float, float, float, float], hole: Opening, wall: Rgb) -> None:
    """The wall of one bay with a hole in it."""
    x0, x1, y0, y1 = cell
    clay.front(x0, x1, hole.y1, y1, 0.0, wall, shades=(1.0, 1.0, 0.95, 0.95))
    clay.front(x0, hole.x0, hole.y0, hole.y1, 0.0, wall)
    clay.front(hole.x1, x1, hole.y0, hole.y1, 0.0, wall)
    if hole.y0 > y0:
        clay.front(x0, x1, y0, hole.y0, 0.0, wall, shades=(0.96, 0.96, 1.0, 1.0))


def _reveal(clay: Clay, hole: Opening, wall: Rgb, depth: float = REVEAL_M) -> None:
    """The four inner sides of a hole, darker inwards and at the top."""
    x0, x1, y0, y1, z = hole.x0, hole.x1, hole.y0, hole.y1, -depth
    inner = (0.85, 0.6, 0.6, 0.85)
    clay.quad(((x0, y0, 0), (x0, y0, z), (x0, y1, z), (x0, y1, 0)), wall, shades=inner)
    clay.quad(((x1, y0, z), (x1, y0, 0), (x1, y1, 0), (x1, y1, z)), wall, shades=(0.6, 0.85, 0.85, 0.6))
    clay.quad(((x0, y1, 0), (x0, y1, z), (x1, y1, z), (x1, y1, 0)), wall, shades=(0.75, 0.5, 0.5, 0.75))
    clay.quad(((x0, y0, 0), (x1, y0, 0), (x1, y0, z), (x0, y0, z)), wall, shades=(0.95, 0.95, 0.7, 0.7))
