"""Painting the sky: gradient, clouds, sun or moon, stars, northern lights."""

from __future__ import annotations

import math

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.moment import Moment, set_light
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Light, Rgb
from kirin_video.engines.previs.prospect import SkySpan
from kirin_video.engines.previs.scenery import Scene

_SHARED = ("air.glsl", "panorama.glsl")
_PANORAMA_PX = (4096, 1024)
_CLOUDS_UNIT = 4
_DRIFT_PER_S = 0.0011
"""Clouds' way in a light breeze, as a share of the way round."""
_ROOM_PX = 24
_DISC_ROOM_RAD = 0.04
"""What dome.frag keeps round a disc, and more."""
_STARS = 9000
_GALAXY_POLE = (0.72, 0.36, 0.58)
"""The same pole as in clouds_bake.frag."""
_DUST_SHARE = 0.45
_BRIGHTEST_NIGHT = 0.6
"""A sun weaker than this is a moon."""


def dome_mesh(
    columns: int = 96, rows: int = 32, lowest: float = -0.3
) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """Places (azimuth and elevation shares) and faces of the dome, from the lowest share to the zenith."""
    u, v = np.meshgrid(
        np.linspace(0.0, 1.0, columns), np.concatenate([[lowest], np.linspace(0.0, 1.0, rows)])
    )
    at = np.arange(u.size).reshape(u.shape)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    return np.stack([u, v], -1).reshape(-1, 2).astype(np.float32), faces.astype(np.uint32)


def faces_within(places: NDArray[np.float32], faces: NDArray[np.uint32], span: SkySpan) -> NDArray[np.uint32]:
    """The faces of the dome that may show in a span of the sky.

    Args:
        places: (n, 2), as `dome_mesh` makes them.
        faces: (m, 3).
        span: the part of the sky.
    """
    around = places[:, 0][faces]
    top = math.sqrt(span.highest_rad / (math.pi / 2.0))
    left, right = span.left_rad / math.tau + 0.5, span.right_rad / math.tau + 0.5
    # A view past the back of the dome begins again at its other end.
    turns = [(around + turn) for turn in (-1.0, 0.0, 1.0)]
    beside = np.any([(turn.max(1) >= left) & (turn.min(1) <= right) for turn in turns], axis=0)
    return faces[beside & (places[:, 1][faces].min(1) <= top)]


def faces_on_disc(
    places: NDArray[np.float32], faces: NDArray[np.uint32], sun: Rgb, radius_rad: float, *, whole: bool
) -> NDArray[np.bool_]:
    """Which faces of the dome the sun's or the moon's disc may lie on.

    Args:
        places: (n, 2), as `dome_mesh` makes them.
        faces: (m, 3).
        sun: unit vector towards the disc's middle.
        radius_rad: of the disc.
        whole: whether the dome reaches below the horizon, as panorama.glsl has it.
    """
    azimuth = (places[:, 0].astype(np.float64) - 0.5) * math.tau
    up = places[:, 1].astype(np.float64)
    up = (up - 0.5) * math.pi if whole else up * np.abs(up) * (math.pi / 2.0)
    flat = np.cos(up)
    rays = np.stack([np.sin(azimuth) * flat, np.sin(up), -np.cos(azimuth) * flat], 1)
    corners = rays[faces]
    middles = _unit(corners.sum(1) + 1e-9)
    # A face is no wider than twice the way from its middle to its farthest corner.
    reach = np.arccos(np.clip((corners * middles[:, None]).sum(2), -1.0, 1.0)).max(1)
    off = np.arccos(np.clip(middles @ np.array(sun), -1.0, 1.0))
    return off < reach + radius_rad + _DISC_ROOM_RAD


def scatter_stars(
    seed: int, count: int = _STARS, *, whole: bool = False
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Directions with brightness, colours with a phase, both (n, 4); few are bright, as in the real sky."""
    rng = np.random.default_rng(seed)
    way = _unit(rng.normal(size=(count, 3)))
    # A third gather in the plane of the galaxy, as its fine dust of stars.
    pole = _unit(np.array([_GALAXY_POLE]))[0]
    dust = rng.random(count) < _DUST_SHARE
    off = (way @ pole)[:, None]
    gathered = way - pole * off + pole * rng.normal(0.0, 0.13, (count, 1))
    way = _unit(np.where(dust[:, None], gathered, way))
    if not whole:
        way[:, 1] = np.abs(way[:, 1])
    brightness = (0.30 + 0.70 * rng.random(count) ** 14) * np.where(dust, 0.75, 1.0)
    warm = rng.random((count, 1))
    tint = np.array([0.78, 0.86, 1.0]) * (1 - warm**3) + np.array([1.0, 0.80, 0.62]) * warm**3
    stars = np.column_stack([way, brightness]).astype(np.float32)
    return stars, np.column_stack([tint, rng.random(count)]).astype(np.float32)


def _unit(v: NDArray[np.float64]) -> NDArray[np.float64]:
    return v / np.sqrt((v * v).sum(1, keepdims=True))


def panorama_window(span: SkySpan, drift: float) -> tuple[int, int, int, int]:
    """The part of the panorama under a span of the sky while clouds drift by: x, y, width, height."""
    width, height = _PANORAMA_PX
    left = math.floor((span.left_rad / math.tau + 0.5) * width) - _ROOM_PX
    right = math.ceil((span.right_rad / math.tau + 0.5 + drift) * width) + _ROOM_PX
    top = math.ceil(math.sqrt(span.highest_rad / (math.pi / 2.0)) * height) + _ROOM_PX
    if left < 0 or right > width:
        left, right = 0, width
    return left, 0, right - left, min(top, height)


class SkyPainter:
    """Bakes the clouds once, then draws the dome and its stars."""

    def __init__(self, context: moderngl.Context, scene: Scene, mist_floor_m: float, span: SkySpan) -> None:
        self._context, self._scene = context, scene
        whole = ("WHOLE",) if scene.sky.whole else ()
        light = self._light = scene.sky.light or scene.light
        lights = ("AURORA",) if scene.sky.aurora > 0.0 else ()
        self._floor = mist_floor_m
        places, faces = dome_mesh(lowest=0.0 if scene.sky.whole else -0.3)
        if not scene.sky.whole:
            faces = faces_within(places, faces, span)
        self._places, self._faces, self._flags = places, faces, (*whole, *lights)
        self._spots = context.buffer(places.tobytes())
        self._shaders: dict[bool, Shader] = {}
        self._domes = self._dome_of()
        self._stars = Shader(context, "star.vert", "star.frag", _SHARED, whole)
        stars, tints = scatter_stars(scene.sky.seed, whole=scene.sky.whole)
        self._star_array = self._stars.array(
            [
                (context.buffer(stars.tobytes()), "4f4", "star"),
                (context.buffer(tints.tobytes()), "4f4", "tint"),
            ],
        )
        self._stars.set(stars=light.stars)
        self._span = span
        self._baker: Shader | None = None
        self._clouds = self._bake(mist_floor_m, span)

    def relight(self, light: Light) -> None:
        """Give the sky another light; its clouds keep the old one."""
        self._light = light
        for _, array in self._domes:
            array.release()
        self._domes = self._dome_of()
        self._stars.set(stars=light.stars)

    def bake(self) -> None:
        """Give the clouds the sky's light."""
        self._clouds.release()
        self._clouds = self._bake(self._floor, self._span)

    def _dome_of(self) -> list[tuple[Shader, moderngl.VertexArray]]:
        """The dome in two parts: the disc's marks cost as much as all else, and only few faces show it."""
        places, faces = self._places, self._faces
        light, spots = self._light, [(self._spots, "2f4", "spot")]
        marked = np.zeros(len(faces), np.bool_)
        if light.disc > 0.0:
            whole = self._scene.sky.whole
            marked = faces_on_disc(places, faces, light.sun, light.disc_radius_rad, whole=whole)
        moonlike = 1.0 if max(light.sun_color) < _BRIGHTEST_NIGHT else 0.0
        domes: list[tuple[Shader, moderngl.VertexArray]] = []
        for part, disc in ((faces[~marked], False), (faces[marked], True)):
            if not len(part):
                continue
            if disc not in self._shaders:
                flags = (*self._flags, *(("DISC",) if disc else ()))
                self._shaders[disc] = Shader(self._context, "dome.vert", "dome.frag", _SHARED, flags)
            shader = self._shaders[disc]
            set_light(shader, light, self._floor)
            shader.set(aurora=self._scene.sky.aurora, disc=light.disc, moonlike=moonlike)
            shader.set(disc_cos=math.cos(light.disc_radius_rad))
            domes.append((shader, shader.array(spots, self._context.buffer(part.tobytes()))))
        return domes

    def _bake(self, mist_floor_m: float, span: SkySpan) -> moderngl.Texture:
        context, scene = self._context, self._scene
        asked = (("GALAXY", scene.sky.milky_way), ("WHOLE", scene.sky.whole), ("NEBULA", scene.sky.nebula))
        flags = tuple(flag for flag, wanted in asked if wanted)
        if self._baker is None:
            self._baker = Shader(context, "cover.vert", "clouds_bake.frag", _SHARED, flags)
        shader = self._baker
        set_light(shader, self._light, mist_floor_m)
        rng = np.random.default_rng(scene.sky.seed + 1)
        origin = rng.uniform(0.0, 90.0, 2)
        shader.set(
            cloud_lit=self._light.cloud_lit,
            cloud_shade=self._light.cloud_shade,
            cover=self._light.cover,
            cloud_size=scene.sky.cloud_size,
            streaks=scene.sky.streaks,
            milky_way=scene.sky.milky_way,
            nebula=scene.sky.nebula,
            drift_origin=(float(origin[0]), float(origin[1])),
        )
        texture = context.texture(_PANORAMA_PX, 4)
        target = context.framebuffer([texture])
        target.use()
        # Only what a clip shows of it: a panorama costs as much as four frames.
        if not scene.sky.whole:
            target.scissor = panorama_window(span, span.seconds * _DRIFT_PER_S * self._light.wind)
        shader.cover()
        target.release()
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        texture.repeat_x, texture.repeat_y = True, False
        return texture

    def draw(self, moment: Moment) -> None:
        """Draw the sky behind everything that is there already."""
        drift = moment.sky_s * _DRIFT_PER_S * self._light.wind
        for dome, array in self._domes:
            moment.set(dome)
            dome.set(drift=drift)
            dome.use_texture("clouds", self._clouds, _CLOUDS_UNIT)
            array.render()
        if self._light.stars > 0.0:
            self._draw_stars(moment, drift)

    def _draw_stars(self, moment: Moment, drift: float) -> None:
        context = self._context
        context.enable(moderngl.BLEND | moderngl.PROGRAM_POINT_SIZE)
        context.blend_func = (moderngl.ONE, moderngl.ONE)
        moment.set(self._stars)
        self._stars.set(drift=drift, pixel_scale=moment.height_px / 720.0 * 1.5)
        self._stars.use_texture("clouds", self._clouds, _CLOUDS_UNIT)
        self._star_array.render(moderngl.POINTS)
        context.disable(moderngl.BLEND)
