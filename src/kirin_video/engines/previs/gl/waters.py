"""Painting water: open sea, surf and still lakes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.breakers import BreakerPainter
from kirin_video.engines.previs.gl.cells import Cells, cut, visible
from kirin_video.engines.previs.gl.moment import Moment, set_light
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.ocean import WaveTile
from kirin_video.engines.previs.plan import Weather
from kirin_video.engines.previs.scenery import Scene, Surface, Water

_TILE_UNIT = 2
_MIRROR_UNIT = 3
_SIDE_M = {Surface.OCEAN: 48.0, Surface.SHORE: 34.0, Surface.LAKE: 16.0}
_WIND_MPS = {Surface.OCEAN: 5.4, Surface.SHORE: 4.4, Surface.LAKE: 2.6}
_HEIGHT_M = {Surface.OCEAN: 0.19, Surface.SHORE: 0.11, Surface.LAKE: 0.018}
_OPAQUE_M = {Surface.OCEAN: -math.inf, Surface.SHORE: 2.6, Surface.LAKE: 0.13}
"""Water at least so deep hides its ground, by the shaders' own measure."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Some of the water's faces.

    Attributes:
        cells: in pieces.
        array: their geometry as water.
        shape: the same where only their place matters.
    """

    cells: Cells
    array: moderngl.VertexArray
    shape: moderngl.VertexArray


class WaterPainter:
    """Draws one body of water: where it is deep before what lies below it, the rest over that."""

    def __init__(self, context: moderngl.Context, scene: Scene, water: Water, mist_floor_m: float) -> None:
        self._context, self._water, self._floor = context, water, mist_floor_m
        kind = water.surface
        self._waves = WaveTile(
            scene.seed, side_m=_SIDE_M[kind], wind_mps=_WIND_MPS[kind], height_m=_HEIGHT_M[kind]
        )
        size = self._waves.at(0.0).shape[0]
        self._tile = context.texture((size, size), 4)
        self._tile.filter = (moderngl.LINEAR, moderngl.LINEAR)
        name = "lake" if kind is Surface.LAKE else "ocean"
        flags = _flags(kind, scene.weather)
        self._shader = Shader(context, f"{name}.vert", f"{name}.frag", ("air.glsl", "water.glsl"), flags)
        set_light(self._shader, scene.light, mist_floor_m)
        wave = water.breaker
        self._breaker = (
            BreakerPainter(context, scene.light, water, wave, mist_floor_m) if wave is not None else None
        )
        if self._breaker is not None:
            self._breaker.shader.set(tile_m=_SIDE_M[kind], slope_scale=self._waves.slope_scale)
        self._shader.set(
            tile_m=_SIDE_M[kind],
            swell=water.swell,
            level=water.level_m,
            slope_scale=self._waves.slope_scale,
            height_scale=self._waves.height_scale,
            center=(scene.stage.eye[0], scene.stage.eye[2]),
            deep=water.deep,
            shallow=water.shallow,
            foam=water.foam,
        )
        self._ground = Shader(context, "lake.vert", "cover.frag", ("air.glsl", "water.glsl"))
        self._ground.set(level=water.level_m)
        shallow = water.points[:, 2][water.faces].min(1) < _OPAQUE_M[kind]
        self._deep, self._shore = self._pieces(scene, ~shallow), self._pieces(scene, shallow)

    def _pieces(self, scene: Scene, among: NDArray[np.bool_]) -> _Pieces | None:
        """Some of the faces, in pieces; None where there are none."""
        context, water = self._context, self._water
        faces = water.faces[among]
        if not len(faces):
            return None
        flat = np.zeros((len(water.points), 3), np.float32)
        flat[:, [0, 2]], flat[:, 1] = water.points[:, :2], water.level_m
        distance = np.hypot(flat[:, 0] - scene.stage.eye[0], flat[:, 2] - scene.stage.eye[2])
        first = faces[:, 0]
        turn = np.arctan2(flat[first, 0] - scene.stage.eye[0], -(flat[first, 2] - scene.stage.eye[2]))
        ring = np.floor(np.log(np.maximum(distance[first], 1.0)) * 2.5)
        key = (ring * 1000 + np.floor(turn * 6.0) + 500).astype(np.int64)
        cells = cut(flat, faces, key)
        content = [(context.buffer(water.points[cells.order].tobytes()), "4f4", "spot")]
        index = context.buffer(cells.index.tobytes())
        return _Pieces(cells, self._shader.array(content, index), self._ground.array(content, index))

    def relight(self, light: Light) -> None:
        """Let another light fall on it."""
        set_light(self._shader, light, self._floor)
        if self._breaker is not None:
            self._breaker.relight(light)

    def prepare(self, moment: Moment, mirror: moderngl.Texture | None, size: tuple[int, int]) -> None:
        """Let the waves go on to a moment; a lake needs the mirrored scene."""
        self._tile.write(self._waves.at(moment.time_s).tobytes())
        moment.set(self._shader)
        self._shader.use_texture("tile", self._tile, _TILE_UNIT)
        if mirror is not None:
            self._shader.use_texture("mirror", mirror, _MIRROR_UNIT)
        self._shader.set(target_size=(float(size[0]), float(size[1])))

    def draw_deep(self, moment: Moment) -> None:
        """Draw what hides its ground: after `prepare`, before the land."""
        if self._breaker is not None:
            self._breaker.shader.use_texture("tile", self._tile, _TILE_UNIT)
            self._breaker.draw(moment)
        if self._deep is not None:
            _render(self._deep.cells, self._deep.array, moment)

    def draw_shore(self, moment: Moment) -> None:
        """Draw the rest, over the land."""
        if self._shore is None:
            return
        context = self._context
        context.enable(moderngl.BLEND)
        context.blend_func = (moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA)
        _render(self._shore.cells, self._shore.array, moment)
        context.disable(moderngl.BLEND)

    def hide(self, moment: Moment) -> None:
        """Draw still, deep water in black: what lies below it is never seen."""
        if self._deep is not None and self._water.surface is Surface.LAKE:
            moment.set(self._ground)
            _render(self._deep.cells, self._deep.shape, moment)


def _render(cells: Cells, array: moderngl.VertexArray, moment: Moment) -> None:
    for _, (first, count) in visible(cells, moment.projection, moment.view.eye):
        array.render(vertices=count, first=first)


def _flags(kind: Surface, weather: Weather) -> tuple[str, ...]:
    """What the water's program has to do beside being water."""
    wanted = {"BREAKING": kind is Surface.SHORE, "RAINING": weather is Weather.RAIN}
    return tuple(flag for flag, needed in wanted.items() if needed)
