"""A living room: sofa, table, lamp, bookcase or fireplace, a window on a garden."""

from __future__ import annotations

import math
from dataclasses import replace

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.city.solids import ball, rod, soft_box, turned
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.indoors import Interior, furnished, own, room_for_the_tall
from kirin_video.engines.previs.worlds.outside import drops_on_glass
from kirin_video.engines.previs.worlds.site import Site
from kirin_video.engines.previs.worlds.walls import BACK_M, HALF_M, Rect, Shell, build_walls

_CLOTHS: tuple[Color, ...] = ((0.30, 0.46, 0.46), (0.62, 0.36, 0.28), (0.42, 0.46, 0.34))
_SEAT_BACK_M, _SEAT_FRONT_M, _SEAT_M, _SEAT_HALF_M = -5.9, -4.5, 0.43, 1.5
"""The seat below the window: the wall behind it and its edge along z, its height, half its length."""
_PANE: Rect = (-1.35, 1.35, 0.66, 2.35)
_SILL_M, _ON_SILL_M = 0.62, 0.42
"""How high the seat is as a sill, and how far from the glass who is on it."""
_FITTING = frozenset({Family.QUADRUPED, Family.BIRD, Family.CREATURE, Family.THING})
_SMALL_M = 0.5
_FRONT_M = 5.4
"""The wall behind the camera, which goes back for what is tall."""
_ASIDE_M = 1.25
"""How far from what is built into the back wall somebody is who is told to be by it."""


def build(site: Site) -> Scene:
    """Build a living room: sofa, table, lamp, bookcase, a window on a garden.

    A fireplace or a window that the prompt names is in the middle of the back wall, free of furniture.
    """
    if _is_named(site, "fireplace"):
        return _by_the_fire(site)
    return _by_the_window(site) if _is_named(site, "window") else _around_the_table(site)


def _is_named(site: Site, kind: str) -> bool:
    """Whether the prompt names one of the room's own; a fire that burns by its own word is on the stage."""
    named = [s for s in site.plan.subjects if s.kind == kind and s.scenery]
    return any(s.action is not Action.BURN for s in named)


def _around_the_table(site: Site) -> Scene:
    """The sofa under the window, a table before it."""
    rng = site.rng(1)
    covers: list[Rect] = [
        (-1.5, -5.4, 0.9, -4.3),
        (-0.7, -3.9, 0.7, -3.1),
        (1.7, -5.4, 3.2, -4.9),
        (-3.3, -3.5, -2.6, -2.4),
    ]
    walls = Shell(
        (0.80, 0.74, 0.63),
        front_m=_FRONT_M,
        back=((-1.05, 1.05, 1.15, 2.25),),
        left=((-3.2, -1.2, 0.85, 2.25),),
    )
    shell = build_walls(site.seed, walls, covers)
    cloth = _CLOTHS[int(rng.integers(3))]
    things = [
        *own(site, "sofa", made.sofa(cloth).moved((-0.3, 0.0, BACK_M + 0.08))),
        *own(site, "table", made.table(1.15, 0.62, 0.42, made.OAK).moved((0.0, 0.0, -3.5))),
        *own(site, "bookshelf", made.shelf(rng).moved((2.42, 0.0, BACK_M))),
        *own(site, "lamp", made.floor_lamp().moved((1.42, 0.0, -4.95))),
        _landscape().moved((HALF_M, 1.35, -2.7), -math.pi / 2.0),
        _portrait().moved((-2.3, 1.30, BACK_M)),
        *own(
            site,
            "table",
            turned(
                [(0.0, 0.42), (0.05, 0.42), (0.08, 0.50), (0.045, 0.60), (0.05, 0.62)],
                (0.86, 0.86, 0.82),
                sides=14,
            ).moved((0.25, 0.0, -3.5)),
            soft_box((-0.38, 0.42, -3.62), (-0.12, 0.45, -3.42), (0.66, 0.28, 0.22), bevel=0.005),
            soft_box((-0.36, 0.45, -3.60), (-0.13, 0.475, -3.43), (0.86, 0.80, 0.66), bevel=0.005),
        ),
    ]
    flat = [_rug().moved((0.0, 0.0, -3.1))]
    lamps, stand = _lamps((1.42, 1.42, -4.95)), room_for_the_tall(site, (0.0, -2.5))
    return furnished(
        site, Interior(shell, things, (0.0, 1.02, -4.2), _plants(site), flat, lamps, stand=stand)
    )


def _by_the_fire(site: Site) -> Scene:
    """The hearth in the middle of the back wall, seats and a bookcase to its sides."""
    rng = site.rng(1)
    covers: list[Rect] = [(-1.0, -5.4, 1.0, -4.6), (1.7, -5.4, 3.2, -4.9), (2.3, -3.4, 3.3, -1.2)]
    walls = Shell((0.72, 0.62, 0.52), front_m=_FRONT_M, left=((-3.2, -1.2, 0.85, 2.25),))
    shell = build_walls(site.seed, walls, covers)
    cloth = _CLOTHS[int(rng.integers(3))]
    things = [
        made.fireplace().moved((0.0, 0.0, BACK_M)),
        *own(site, "sofa", made.sofa(cloth).moved((HALF_M - 0.08, 0.0, -2.3), -math.pi / 2.0)),
        *own(site, "bookshelf", made.shelf(rng).moved((2.42, 0.0, BACK_M))),
        *own(site, "lamp", made.floor_lamp().moved((-1.75, 0.0, -4.95))),
        _portrait().moved((-2.5, 1.30, BACK_M)),
        _landscape().moved((HALF_M, 1.35, -2.3), -math.pi / 2.0),
        *_logs(),
    ]
    flat = [_rug().moved((0.0, 0.0, -2.9))]
    inside = Interior(shell, things, (0.0, 1.0, -4.6), _plants(site), flat, _lamps((-1.75, 1.42, -4.95)))
    scene = furnished(site, inside)
    fire = Lamp((0.0, 0.45, BACK_M + 0.75), (1.5, 0.62, 0.20), 1.5, flicker=0.3)
    return replace(scene, lamps=(fire, *scene.lamps), beside=(0.0, BACK_M + 0.75 + _ASIDE_M))


def _by_the_window(site: Site) -> Scene:
    """A wide, low window in the middle of the back wall with a seat below it, the sofa at the side.

    For who or what is small the seat is a broad sill, as high as the glass begins.
    """
    rng, small = site.rng(1), _is_led_by_a_small_one(site)
    covers: list[Rect] = [
        (1.7, -5.4, 3.2, -4.9),
        (2.3, -3.4, 3.3, -1.2),
        (-1.6, _SEAT_BACK_M, 1.6, _SEAT_FRONT_M),
    ]
    walls = Shell(
        (0.80, 0.74, 0.63),
        back_m=_SEAT_BACK_M,
        front_m=_FRONT_M,
        back=(_PANE,),
        left=((-3.2, -1.2, 0.85, 2.25),),
    )
    shell = build_walls(site.seed, walls, covers)
    cloth = _CLOTHS[int(rng.integers(3))]
    things = [
        *own(site, "sofa", made.sofa(cloth).moved((HALF_M - 0.08, 0.0, -2.3), -math.pi / 2.0)),
        *own(site, "bookshelf", made.shelf(rng).moved((2.52, 0.0, _SEAT_BACK_M))),
        *own(site, "lamp", made.floor_lamp().moved((-2.35, 0.0, -5.4))),
        _landscape().moved((HALF_M, 1.35, -2.3), -math.pi / 2.0),
        *(_window_seat(made.WHITE, _SILL_M) if small else _window_seat(cloth, _SEAT_M)),
    ]
    flat = [_rug().moved((0.0, 0.0, -2.9))]
    inside = Interior(shell, things, (0.0, 1.1, -4.6), _plants(site), flat, _lamps((-2.35, 1.42, -5.4)))
    scene = furnished(site, inside)
    z = _SEAT_BACK_M + _ON_SILL_M if small else _SEAT_FRONT_M + 0.5
    high_m = _SILL_M if small else _SEAT_M

    def seat(x: float, z: float) -> float:
        """The floor, and the seat below the window."""
        return high_m if abs(x) < _SEAT_HALF_M and z < _SEAT_FRONT_M else 0.0

    return replace(
        scene,
        beside=(0.0, z),
        stage=replace(scene.stage, ground=seat),
        swarms=(*scene.swarms, *drops_on_glass(site, _PANE, _SEAT_BACK_M)),
    )


def _is_led_by_a_small_one(site: Site) -> bool:
    """Whether the first subject is an animal or a thing that fits on a window's sill."""
    known = catalogue()
    kinds = [s.kind for s in site.plan.subjects if not s.scenery and s.kind in known]
    return bool(kinds) and known[kinds[0]].family in _FITTING and known[kinds[0]].height_m < _SMALL_M


def _window_seat(cloth: Color, high_m: float) -> list[Mesh]:
    """A seat along the window, so high, with a cushion at each end."""
    half, front = _SEAT_HALF_M, _SEAT_FRONT_M - 0.02
    seat = [
        soft_box((-half, 0.0, _SEAT_BACK_M), (half, high_m - 0.08, front - 0.03), made.WHITE, bevel=0.015),
        soft_box((-half, high_m - 0.08, _SEAT_BACK_M), (half, high_m, front), cloth, bevel=0.035),
    ]
    seat += [
        soft_box(
            (x, 0.08, front - 0.035), (x + 0.92, high_m - 0.14, front - 0.02), (0.86, 0.84, 0.79), bevel=0.01
        )
        for x in (-1.46, -0.46, 0.54)
    ]
    pillow = soft_box((-0.07, 0.0, -0.22), (0.07, 0.38, 0.22), (0.86, 0.62, 0.34), bevel=0.065)
    return [*seat, *(pillow.moved((x, high_m, _SEAT_BACK_M + 0.42), 0.15 * x) for x in (-1.38, 1.38))]


def _lamps(standing: Color) -> tuple[Lamp, ...]:
    """The light of the lamp that stands there, and of the one overhead."""
    return Lamp(standing, (1.25, 0.80, 0.42), 1.3), Lamp((0.0, 2.35, -1.6), (0.66, 0.48, 0.30), 2.2)


def _plants(site: Site) -> list[Mesh]:
    return [
        made.pot_plant(site.seed).moved((-2.75, 0.0, -4.75)),
        made.pot_plant(site.seed + 1).moved((2.7, 0.0, -1.2), 1.0, 0.8),
    ]


def _rug() -> Mesh:
    return made.rug(3.0, 2.1, ((0.72, 0.58, 0.42), (0.56, 0.30, 0.25)))


def _landscape() -> Mesh:
    return made.picture(0.85, 0.62, ((0.72, 0.80, 0.82), (0.40, 0.50, 0.44), (0.74, 0.62, 0.34)))


def _portrait() -> Mesh:
    return made.picture(0.5, 0.66, ((0.86, 0.74, 0.56), (0.66, 0.36, 0.28), (0.36, 0.28, 0.30)))


def _logs() -> list[Mesh]:
    """Firewood piled beside the hearth."""
    bark: Color = (0.36, 0.24, 0.15)
    places = ((-1.45, 0.07), (-1.30, 0.07), (-1.15, 0.07), (-1.375, 0.19), (-1.225, 0.19), (-1.30, 0.31))
    logs = [rod((x, y, BACK_M + 0.08), (x, y, BACK_M + 0.45), 0.07, bark, sides=9) for x, y in places]
    ends = [ball((x, y, BACK_M + 0.45), (0.07, 0.07, 0.006), (0.74, 0.58, 0.38)) for x, y in places]
    return [*logs, *ends]
