"""A plain studio: a seamless backdrop and soft light, for looking at things closely."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Place, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color, as_mesh
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_PAPER: dict[TimeOfDay, Color] = {
    TimeOfDay.DAWN: (0.86, 0.76, 0.70),
    TimeOfDay.DAY: (0.84, 0.83, 0.80),
    TimeOfDay.DUSK: (0.62, 0.44, 0.38),
    TimeOfDay.NIGHT: (0.22, 0.24, 0.29),
}
"""The backdrop: a studio has no hour, only a mood."""
_DIMMED = 0.80
"""What is left of a colour that the paper is painted with."""
_BLACK: Color = (0.105, 0.108, 0.118)


def build(site: Site) -> Scene:
    """Build the studio."""
    dark = site.plan.place is Place.DARK_STUDIO
    paper = _BLACK if dark else _painted(site) or _PAPER[site.plan.time]
    return Scene(
        stage=Stage((0.0, 1.25, 3.0), (0.0, 0.85, -4.0), fitting_fov(site.aspect, 58.0), _floor, 0.12),
        light=_rim_light() if dark else _light(),
        sky=Sky(site.seed),
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(Part(_backdrop(paper), Finish.HARD, casts=False, cell_m=0.0),),
        lamps=(
            Lamp((3.4, 3.0, 1.0), (0.55, 0.60, 0.70), 3.4),
            Lamp((0.0, 5.0, -16.0), (0.85, 0.82, 0.78), 8.0),
        ),
        roughness=0.0,
        shadow_radius_m=9.0,
        shadow_center=(0.0, -2.5),
    )


def _painted(site: Site) -> Color | None:
    """The colour that the prompt gives its backdrop; not so bright that the light would bleach it."""
    color = site.plan.backdrop
    if color is None:
        return None
    red, green, blue = color.rgb
    return _DIMMED * red / 255.0, _DIMMED * green / 255.0, _DIMMED * blue / 255.0


def _floor(_x: float, _z: float) -> float:
    return 0.0


def _light() -> Light:
    """A large key from the left, and much light from all around."""
    grey = (0.50, 0.50, 0.50)
    return Light(
        sun=direction(-128.0, 46.0), sun_color=(1.25, 1.18, 1.06), horizon=grey, horizon_away=grey,
        zenith=(0.44, 0.46, 0.50), glow=(0.0, 0.0, 0.0), bounce=(0.40, 0.38, 0.35), disc=0.0,
        disc_radius_rad=0.01,
        haze_per_m=0.0, mist_per_m=0.0, mist_height_m=5.0, cover=0.0, cloud_lit=grey,
        cloud_shade=grey, stars=0.0,
        lamps=0.6, exposure=0.92, saturation=1.04, wind=0.0,
    )  # fmt: skip


def _rim_light() -> Light:
    """Before black: a key from the side and little else, so that edges shine and the ground is lost."""
    grey = (0.16, 0.16, 0.17)
    return replace(
        _light(), sun=direction(-112.0, 40.0), sun_color=(1.75, 1.62, 1.46), horizon=grey, horizon_away=grey,
        zenith=(0.18, 0.19, 0.22), bounce=(0.10, 0.10, 0.11),
    )  # fmt: skip


def _backdrop(paper: Color) -> Mesh:
    """Paper that runs from under the camera to the back and up, all round, without an edge."""
    turn = np.linspace(-np.pi, np.pi, 97)
    out = np.concatenate(
        [np.linspace(0.0, 28.0, 10), 28.0 + 9.0 * np.sin(np.linspace(0.1, np.pi / 2.0, 12)), np.full(6, 37.0)]
    )
    up = np.concatenate(
        [np.zeros(10), 9.0 * (1.0 - np.cos(np.linspace(0.1, np.pi / 2.0, 12))), np.linspace(11.0, 60.0, 6)]
    )
    x = out[:, None] * np.sin(turn)[None]
    z = -out[:, None] * np.cos(turn)[None]
    points = np.stack([x, np.broadcast_to(up[:, None], x.shape), z], -1)
    slope = np.arctan2(np.gradient(up), np.maximum(np.gradient(out), 1e-6))
    inward = np.stack([-np.sin(turn), np.zeros_like(turn), np.cos(turn)], -1)
    # A wall as bright as the floor: the paper is lit so that no horizon shows.
    normals = (
        np.sin(slope)[:, None, None] * inward[None] * 0.35
        + np.array([0.0, 1.0, 0.0]) * np.maximum(np.cos(slope), 0.45)[:, None, None]
    )
    at = np.arange(x.size).reshape(x.shape)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    return as_mesh(points.reshape(-1, 3), normals.reshape(-1, 3), paper, faces)
