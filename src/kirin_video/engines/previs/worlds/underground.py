"""An underground station: tiled walls, pillars, strips of lamps, posters, a tunnel's two dark mouths."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.city.clay import Clay, facing
from kirin_video.engines.previs.city.palette import pick
from kirin_video.engines.previs.city.solids import Rgb
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.worlds import platforms as made
from kirin_video.engines.previs.worlds.enclosed import under_lamps
from kirin_video.engines.previs.worlds.site import Site, gather
from kirin_video.engines.previs.worlds.station import (
    BACK_M,
    RAILS_M,
    has_train,
    lines_of,
    platform_of,
    rails_of,
    stage_of,
)

_METROS: tuple[Rgb, ...] = ((0.70, 0.72, 0.74), (0.82, 0.80, 0.74))
_BANDS: tuple[Rgb, ...] = ((0.66, 0.16, 0.14), (0.14, 0.38, 0.58), (0.18, 0.46, 0.34))
_TILE: Rgb = (0.84, 0.84, 0.80)
_LEFT_M, _RIGHT_M, _TOP_M, _NEAR_Z, _FAR_Z = BACK_M - 0.2, 11.6, made.HIGH_M + 3.5, 22.0, -64.0


def build(site: Site) -> Scene:
    """Build the station; the seed decides on which side the rails lie."""
    side = site.side(0)
    rng = site.rng(4)
    band, color = pick(rng, _BANDS), pick(rng, _METROS)
    parts = [
        platform_of(side),
        _hall(side, band),
        _far_wall(side),
        _posters(side),
        *_pillars(side, band),
        made.name_board(-1.2 * side, made.HIGH_M + 2.55, -9.0, lit=True),
        made.hanging_clock(0.9 * side, made.HIGH_M + 2.3, -4.0),
        made.name_board(-1.2 * side, made.HIGH_M + 2.55, -34.0, lit=True),
        *(made.seat(side * -4.6, z, side) for z in (-6.0, -13.0, -22.0, -31.0)),
    ]
    if not has_train(site):
        parts.append(made.carriages(side * RAILS_M[1], 3.0, 3, color, lit=True, metro=True))
    light = under_lamps(0.30, (1.0, 0.98, 0.92))
    return Scene(
        stage=stage_of(site, side),
        light=light,
        sky=Sky(site.seed, light=light),
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            Part(gather(lines_of(side), snowy=False), Finish.HARD, casts=False, cell_m=26.0),
            Part(gather(parts, snowy=False), Finish.HARD, cell_m=24.0),
        ),
        lamps=tuple(Lamp((side * 0.4, 4.3, z), (1.05, 1.0, 0.88), 3.4) for z in (3.0, -6.0, -15.0, -27.0)),
        roughness=0.06,
        shadow_radius_m=20.0,
        shadow_center=(0.0, -10.0),
        ways=(rails_of(side),),
    )


def _hall(side: float, band: Rgb) -> Mesh:
    """Walls of white tiles with a band of colour, a ceiling with strips of lamps, the tunnel's mouths."""
    clay = Clay()
    left, right, top, far, near = _LEFT_M, _RIGHT_M, _TOP_M, _FAR_Z, _NEAR_Z

    def upright(x: float, inward: float, low: float) -> None:
        rows = [(low, made.HIGH_M + 0.9, _TILE), (made.HIGH_M + 0.9, made.HIGH_M + 1.25, band)]
        rows += [
            (made.HIGH_M + 1.25, made.HIGH_M + 2.75, _TILE),
            (made.HIGH_M + 2.75, top, (0.70, 0.70, 0.66)),
        ]
        for y0, y1, color in rows:
            for k, z in enumerate(np.arange(near, far, -2.0).tolist()):
                at = side * x
                ring = ((at, y0, z), (at, y0, z - 1.97), (at, y1, z - 1.97), (at, y1, z))
                tone = 1.0 - 0.05 * (k % 2)
                shades = (0.8 * tone, 0.8 * tone, tone, tone)
                shown = tuple(tone * c for c in color)
                clay.quad(facing(ring, ahead=inward * side > 0.0), shown, shades=shades)  # pyright: ignore[reportArgumentType]

    upright(left, 1.0, made.HIGH_M)
    upright(right, -1.0, -0.5)
    x0, x1 = sorted((side * left, side * right))
    clay.quad(((x0, top, far), (x1, top, far), (x1, top, near), (x0, top, near)), (0.58, 0.58, 0.55))
    clay.quad(((x0, -0.42, near), (x1, -0.42, near), (x1, -0.42, far), (x0, -0.42, far)), (0.20, 0.19, 0.18))
    for x in (-3.2, 0.6, 6.7):
        for z in np.arange(near - 2.0, far, -4.5).tolist():
            at = side * x
            clay.box(
                (at - 0.14, top - 0.10, z - 3.4),
                (at + 0.14, top - 0.02, z),
                (1.0, 0.97, 0.88),
                faces="xXyzZ",
                glow=0.9,
            )
    return clay.mesh()


def _far_wall(side: float) -> Mesh:
    """The end of the hall, with a mouth for each line of rails."""
    clay, left, right, far, top = Clay(), _LEFT_M, _RIGHT_M, _FAR_Z, _TOP_M
    spans = [(left, RAILS_M[0] - 1.9), (RAILS_M[0] + 1.9, RAILS_M[1] - 1.9), (RAILS_M[1] + 1.9, right)]
    for a, b in spans:
        low, high = sorted((side * a, side * b))
        clay.front(low, high, -0.4, top, far + 0.2, _TILE)
    for at in RAILS_M:
        low, high = sorted((side * (at - 1.9), side * (at + 1.9)))
        clay.front(low, high, made.HIGH_M + 3.0, top, far + 0.2, _TILE)
        clay.front(low, high, -0.4, made.HIGH_M + 3.0, far + 0.1, (0.02, 0.02, 0.025))
        for y in (1.2, 2.6):
            clay.box(
                (low + 0.1, y, far + 0.12), (low + 0.22, y + 0.12, far + 0.16), (1.0, 0.5, 0.2), glow=0.8
            )
    return clay.mesh()


def _posters(side: float) -> Mesh:
    """Posters on the wall behind the rails."""
    clay = Clay()
    rng = np.random.default_rng(3)
    for z in np.arange(6.0, _FAR_Z + 4.0, -7.5).tolist():
        at = side * (_RIGHT_M - 0.03)
        for y0, y1, inset, color in (
            (1.5, 3.5, 0.0, (0.16, 0.16, 0.17)),
            (1.58, 3.42, 0.08, tuple(float(c) for c in rng.uniform(0.25, 0.85, 3))),
            (1.75, 2.5, 0.35, tuple(float(c) for c in rng.uniform(0.3, 0.95, 3))),
        ):
            off = at - side * (0.004 + 0.02 * inset)
            ring = (
                (off, y0, z - inset),
                (off, y0, z - 3.6 + inset),
                (off, y1, z - 3.6 + inset),
                (off, y1, z - inset),
            )
            clay.quad(facing(ring, ahead=side < 0.0), color, glow=(0.10, 0.10, 0.10, 0.10))  # pyright: ignore[reportArgumentType]
    return clay.mesh()


def _pillars(side: float, band: Rgb) -> list[Mesh]:
    clay, at, top = Clay(), -2.1 * side, made.HIGH_M + 3.5
    for z in np.arange(0.0, -60.0, -7.0).tolist():
        clay.soft_box(
            (at - 0.3, made.HIGH_M, z - 0.3), (at + 0.3, top, z + 0.3), (0.80, 0.79, 0.75), bevel=0.08
        )
        clay.soft_box(
            (at - 0.32, made.HIGH_M + 0.9, z - 0.32),
            (at + 0.32, made.HIGH_M + 1.25, z + 0.32),
            band,
            bevel=0.08,
        )
    return [clay.mesh()]
