"""A theatre's stage: boards, red curtains, and spotlights out of the dark."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs import furnishings as made
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city.solids import rod, soft_box, turned
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_RED: Color = (0.62, 0.10, 0.10)
_GOLD: Color = (0.80, 0.62, 0.30)
_HALF_M, _BACK_M, _EDGE_M, _TOP_M = 6.5, -9.5, 1.2, 6.2
_NIGHT = {TimeOfDay.DAY: 1.0, TimeOfDay.DAWN: 0.85, TimeOfDay.DUSK: 0.75, TimeOfDay.NIGHT: 0.62}
"""How much light the house gives: in here the hour only says how late the show is."""


def build(site: Site) -> Scene:
    """Build the stage as seen from the first rows."""
    share = _NIGHT[site.plan.time]
    return Scene(
        stage=Stage((0.0, 1.7, 6.2), (0.0, 1.9, -4.0), fitting_fov(site.aspect, 62.0), _boards, 0.2),
        light=_light(share),
        sky=Sky(site.seed),
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            Part(merge(_set(site)), Finish.HARD, cell_m=0.0),
            Part(merge(_house()), Finish.HARD, casts=False, cell_m=0.0),
        ),
        lamps=(
            _spot((-4.6, 6.6, 4.5), (-0.4, 0.6, -3.0), (5.6, 4.6, 3.2), 15.0),
            _spot((4.8, 6.6, 4.2), (0.6, 0.6, -3.2), (3.6, 3.4, 4.6), 15.0),
            Lamp((0.0, 3.2, -8.2), _times((0.80, 0.30, 0.55), share), 3.4),
            Lamp((0.0, 0.6, 3.4), _times((0.95, 0.66, 0.40), share), 4.0),
        ),
        roughness=0.06,
        shadow_radius_m=9.0,
        shadow_center=(0.0, -3.0),
        round_rad=0.3,
    )


def _times(color: Color, factor: float) -> Color:
    return (color[0] * factor, color[1] * factor, color[2] * factor)


def _spot(at: Color, on: Color, color: Color, cone_deg: float) -> Lamp:
    way = np.array(on) - np.array(at)
    x, y, z = (way / np.linalg.norm(way)).tolist()
    return Lamp(at, color, 9.0, (x, y, z), cone_deg)


def _boards(_x: float, _z: float) -> float:
    return 0.0


def _light(share: float) -> Light:
    """A dark house; the key is the limelight from the balcony, and throws the shadows."""
    dark = (0.012, 0.011, 0.016)
    return Light(
        sun=direction(196.0, 42.0), sun_color=_times((0.55, 0.48, 0.38), share),
        horizon=dark, horizon_away=dark,
        zenith=_times(dark, 0.6), glow=(0.0, 0.0, 0.0),
        bounce=_times((0.10, 0.075, 0.065), share), disc=0.0,
        disc_radius_rad=0.01, haze_per_m=0.002, mist_per_m=0.0, mist_height_m=5.0, cover=0.0,
        cloud_lit=dark, cloud_shade=dark, stars=0.0, lamps=1.0, exposure=1.05, saturation=1.06, wind=0.0,
    )  # fmt: skip


def _set(site: Site) -> list[Mesh]:
    """What stands on the stage: floor, back curtain, wings."""

    def even(points: np.ndarray) -> np.ndarray:
        deep = np.clip((points[:, 2] - _BACK_M) / 3.0, 0.0, 1.0)
        return 0.62 + 0.38 * deep

    floor = made.boards(
        (-_HALF_M - 1.5, _BACK_M),
        (_HALF_M + 1.5, _EDGE_M),
        (0.50, 0.34, 0.22),
        even,
        seed=site.seed,
        wide_m=0.26,
    )
    parts = [
        floor,
        soft_box(
            (-_HALF_M - 2.5, -1.2, _EDGE_M),
            (_HALF_M + 2.5, 0.03, _EDGE_M + 0.16),
            (0.30, 0.18, 0.12),
            bevel=0.03,
        ),
        made.curtain(
            -_HALF_M - 1.5, _HALF_M + 1.5, _TOP_M, (0.50, 0.08, 0.10), folds=26, low=0.0, deep=0.16
        ).moved((0.0, 0.0, _BACK_M + 0.3)),
    ]
    for k, (x, z) in enumerate(((-5.2, -2.0), (-4.9, -5.2), (5.2, -2.0), (4.9, -5.2))):
        side = -1.0 if k < 2 else 1.0  # noqa: PLR2004 -- the first two hang on the left
        parts.append(
            made.curtain(-0.95, 0.95, _TOP_M, _RED, folds=6, low=0.0, deep=0.14).moved(
                (x + side * 0.6, 0.0, z)
            )
        )
    foot = turned([(0.0, 0.02), (0.10, 0.02), (0.12, 0.10), (0.10, 0.14)], (0.16, 0.15, 0.15), sides=10)
    return [*parts, *(foot.moved((x, 0.0, _EDGE_M - 0.18)) for x in np.arange(-4.5, 4.6, 1.5).tolist())]


def _house() -> list[Mesh]:
    """The arch, its drapes, the lamps under the roof, and the heads of the first row."""
    arch = [
        soft_box((-_HALF_M - 2.6, -1.5, 0.2), (-_HALF_M + 0.4, 8.0, 0.9), (0.36, 0.24, 0.15), bevel=0.06),
        soft_box((_HALF_M - 0.4, -1.5, 0.2), (_HALF_M + 2.6, 8.0, 0.9), (0.36, 0.24, 0.15), bevel=0.06),
        soft_box((-_HALF_M - 2.6, 5.1, 0.2), (_HALF_M + 2.6, 8.0, 0.9), (0.36, 0.24, 0.15), bevel=0.06),
        soft_box((-_HALF_M + 0.4, 4.96, 0.86), (_HALF_M - 0.4, 5.12, 1.0), _GOLD, bevel=0.03),
        soft_box((-_HALF_M + 0.34, -1.0, 0.86), (-_HALF_M + 0.5, 5.1, 1.0), _GOLD, bevel=0.03),
        soft_box((_HALF_M - 0.5, -1.0, 0.86), (_HALF_M - 0.34, 5.1, 1.0), _GOLD, bevel=0.03),
    ]
    drapes = [_valance(x) for x in (-4.07, -1.36, 1.36, 4.07)]
    lamps = [
        turned([(0.16, 0.0), (0.12, 0.30), (0.0, 0.32)], (0.12, 0.12, 0.13), sides=12).moved((x, 4.35, -4.6))
        for x in (-3.0, -1.0, 1.0, 3.0)
    ]
    bulbs = [
        turned([(0.0, 0.01), (0.14, 0.0)], (1.0, 0.93, 0.80), sides=12, glow=1.0).moved((x, 4.37, -4.6))
        for x in (-3.0, -1.0, 1.0, 3.0)
    ]
    return [
        *arch,
        *drapes,
        *lamps,
        *bulbs,
        rod((-_HALF_M, 4.75, -4.6), (_HALF_M, 4.75, -4.6), 0.05, (0.10, 0.10, 0.11)),
    ]


def _valance(middle: float) -> Mesh:
    """One swag of the drapery under the arch."""
    cloth = made.curtain(-1.36, 1.36, 5.2, _RED, folds=7, low=4.2, deep=0.07)
    points = cloth.positions.copy()
    points[:, 1] += np.where(points[:, 1] < 5.0, 0.55 * (points[:, 0] / 1.36) ** 2, 0.0)  # noqa: PLR2004 -- all but its upper edge
    return Mesh(points, cloth.normals, cloth.colors, cloth.glow, cloth.faces).moved((middle, 0.0, 0.75))
