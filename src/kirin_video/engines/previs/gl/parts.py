"""Painting the parts of a scene: vegetation, rocks, buildings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.cells import Cells, cut, grid_key, visible
from kirin_video.engines.previs.gl.lamps import SOURCE, lamp_flags, set_lamps
from kirin_video.engines.previs.gl.moment import Moment, light_flags, set_light
from kirin_video.engines.previs.gl.moving import MovingShadows
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.shadows import Shadows
from kirin_video.engines.previs.scenery import Finish, Part, Scene

_MIRROR_UNIT = 3


@dataclass(frozen=True, slots=True)
class _Item:
    """A part ready to be drawn: its pieces, their vertices, and whether only its outside shows.

    The second vertex array is for the pieces that what moves throws its shadow on; the boxes tell which.
    """

    cells: Cells
    array: moderngl.VertexArray
    near: moderngl.VertexArray
    boxes: NDArray[np.float64]
    mirrored: bool
    closed: bool


_Sight = tuple[float, _Item, moderngl.VertexArray, tuple[int, int]]
"""Distance in metres of a run of pieces, what it belongs to, what draws it, and its first index and count."""

_Look = tuple[Finish, bool, bool]
"""A finish, whether it is a wet street, and whether what moves throws its shadow on it."""

_SOURCES = {Finish.SOFT: ("soft.vert", "soft.frag"), Finish.HARD: ("hard.vert", "hard.frag")}


class PartPainter:
    """Draws the parts in pieces, the nearest first.

    Args:
        context: where it draws.
        scene: whose parts.
        shadows: of what stands still.
        mist_floor_m: the height that mist lies on.
        moving: the shadows of what moves, where anything does.
    """

    def __init__(
        self,
        context: moderngl.Context,
        scene: Scene,
        shadows: Shadows,
        mist_floor_m: float,
        moving: MovingShadows | None = None,
    ) -> None:
        self._context, self._scene, self._floor = context, scene, mist_floor_m
        self._shadows, self._moving = shadows, moving
        self._shaders: dict[_Look, Shader] = {}
        self._flags = (*lamp_flags(scene.lamps), *light_flags(scene.light))
        self._items = [self._load(part) for part in scene.parts if len(part.mesh.faces)]

    def _load(self, part: Part) -> _Item:
        mesh = part.mesh
        cells = cut(mesh.positions, mesh.faces, grid_key(mesh.positions, mesh.faces, part.cell_m))
        context, order = self._context, cells.order
        hard = part.finish is Finish.HARD
        # Only what is not mirrored itself can be the mirror.
        wet = hard and self._scene.wet_street and not part.mirrored
        content = [
            (context.buffer(mesh.positions[order].tobytes()), "3f4", "position"),
            (context.buffer(mesh.normals[order].tobytes()), "3f4", "normal"),
            (context.buffer(mesh.colors[order].tobytes()), "4f1", "color"),
            (context.buffer(mesh.glow[order].tobytes()), "1f1", "shine"),
        ]
        index = context.buffer(cells.index.tobytes())
        array = self._shader((part.finish, wet, False)).array(content, index)
        near = self._shader((part.finish, wet, True)).array(content, index) if self._moving else array
        boxes = self._moving.shades_of(cells, mesh.positions) if self._moving else np.empty((0, 2, 3))
        closed = hard and not mesh.colors[:, 3].any()
        return _Item(cells, array, near, boxes, mirrored=part.mirrored, closed=closed)

    def _shader(self, look: _Look) -> Shader:
        if look not in self._shaders:
            finish, wet, acted = look
            shared = ("air.glsl", "shade.glsl", SOURCE, *(("moving.glsl",) if acted else ()))
            flags = (*(("WET",) if wet else ()), *(("ACTED",) if acted else ()), *self._flags)
            shader = Shader(self._context, *_SOURCES[finish], shared, flags)
            set_light(shader, self._scene.light, self._floor)
            shader.set(
                wind=self._scene.light.wind, lamps=self._scene.light.lamps, roughness=self._scene.roughness
            )
            self._shaders[look] = shader
        return self._shaders[look]

    def draw(self, moment: Moment) -> None:
        """Draw what is in sight."""
        self._draw(moment, mirrored_only=False)

    def draw_mirrored(self, moment: Moment) -> None:
        """Draw what shows in a mirror."""
        self._draw(moment, mirrored_only=True)

    def reflect(self, mirror: moderngl.Texture, size: tuple[int, int]) -> None:
        """Let wet ground show the mirrored scene in the next drawing."""
        for (_, wet, _), shader in self._shaders.items():
            if wet:
                shader.use_texture("mirror", mirror, _MIRROR_UNIT)
                shader.set(target_size=(float(size[0]), float(size[1])))

    def _draw(self, moment: Moment, *, mirrored_only: bool) -> None:
        for (_, _, acted), shader in self._shaders.items():
            moment.set(shader)
            set_lamps(shader, self._scene.lamps, moment.time_s)
            self._shadows.bind(shader)
            if acted and self._moving:
                self._moving.bind(shader)
        context = self._context
        # A mirror turns every face round.
        context.front_face = "cw" if mirrored_only else "ccw"
        for _, item, array, (first, count) in sorted(self._in_sight(moment, mirrored_only), key=_nearness):
            # Leaves and blades are seen from both sides; what is hard and cannot sway only from outside.
            if item.closed:
                context.enable(moderngl.CULL_FACE)
            else:
                context.disable(moderngl.CULL_FACE)
            array.render(vertices=count, first=first)
        context.disable(moderngl.CULL_FACE)
        context.front_face = "ccw"

    def _in_sight(self, moment: Moment, mirrored_only: bool) -> Iterator[_Sight]:
        for item in self._items:
            if mirrored_only and not item.mirrored:
                continue
            if mirrored_only or self._moving is None:
                for distance, run in visible(item.cells, moment.projection, moment.view.eye):
                    yield distance, item, item.array, run
                continue
            near = self._moving.touches(item.boxes)
            for array, among in ((item.array, ~near), (item.near, near)):
                for distance, run in visible(item.cells, moment.projection, moment.view.eye, among):
                    yield distance, item, array, run


def _nearness(sight: _Sight) -> float:
    return sight[0]
