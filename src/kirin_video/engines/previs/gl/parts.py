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
from kirin_video.engines.previs.gl.sight import Seen, Standing, part_of
from kirin_video.engines.previs.scenery import Finish, Part, Scene

_MIRROR_UNIT = 3
_WHOLE_CELL_M = 8.0


@dataclass(frozen=True, slots=True)
class _Item:
    """A part that has been loaded.

    Attributes:
        part: which.
        standing: its pieces and where their vertices are.
        content: its buffers with their formats and attributes.
        look: its finish, and whether it is a wet street.
        closed: whether only its outside shows.
    """

    part: Part
    standing: Standing
    content: list[tuple[moderngl.Buffer, str, str]]
    look: tuple[Finish, bool]
    closed: bool


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is drawn of a part.

    Attributes:
        cells: its pieces.
        array: their geometry.
        near: the same for pieces that what moves throws its shadow on.
        boxes: round every piece, along the axes of the light; they tell which those are.
        closed: whether only its outside shows.
    """

    cells: Cells
    array: moderngl.VertexArray
    near: moderngl.VertexArray
    boxes: NDArray[np.float64]
    closed: bool


_Run = tuple[float, bool, moderngl.VertexArray, tuple[int, int]]
"""Distance in metres of a run of pieces, whether only their outside shows, what draws it, and its first index
and count."""

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
        self._shown = [self._drawing(item) for item in self._items]
        self._reflected = [d for d, i in zip(self._shown, self._items, strict=True) if i.part.mirrored]

    @property
    def standing(self) -> tuple[Standing, ...]:
        """What stands in the picture."""
        return tuple(item.standing for item in self._items)

    @property
    def standing_mirrored(self) -> tuple[Standing, ...]:
        """What of it a mirror shows."""
        return tuple(item.standing for item in self._items if item.part.mirrored)

    def keep(self, shown: list[Seen], reflected: list[Seen] | None) -> None:
        """Draw only what has been seen, from now on.

        Args:
            shown: of each of ``standing``, in the picture.
            reflected: of each of ``standing_mirrored``, in the mirror; None where there is no mirror.
        """
        self._shown = [self._drawing(*pair) for pair in zip(self._items, shown, strict=True)]
        if reflected is not None:
            mirrored = [item for item in self._items if item.part.mirrored]
            self._reflected = [self._drawing(*pair) for pair in zip(mirrored, reflected, strict=True)]

    def _load(self, part: Part) -> _Item:
        mesh = part.mesh
        # What was made to be whole is still drawn piece by piece, so that the nearest hides the others.
        cells = cut(
            mesh.positions, mesh.faces, grid_key(mesh.positions, mesh.faces, part.cell_m or _WHOLE_CELL_M)
        )
        context, order = self._context, cells.order
        hard, sways = part.finish is Finish.HARD, bool(mesh.colors[:, 3].any())
        points = mesh.positions[order]
        positions = context.buffer(points.tobytes())
        colors = context.buffer(mesh.colors[order].tobytes())
        content = [
            (positions, "3f4", "position"),
            (context.buffer(mesh.normals[order].tobytes()), "3f4", "normal"),
            (colors, "4f1", "color"),
            (context.buffer(mesh.glow[order].tobytes()), "1f1", "shine"),
        ]
        # Only what is not mirrored itself can be the mirror.
        wet = hard and self._scene.wet_street and not part.mirrored
        index = context.buffer(cells.index.tobytes())
        standing = Standing(cells, points, positions, index, colors if sways and not hard else None)
        return _Item(part, standing, content, (part.finish, wet), closed=hard and not sways)

    def _drawing(self, item: _Item, kept: Seen | None = None) -> _Drawing:
        """What is drawn of a part: all of it, or what is kept."""
        whole = item.standing
        cells, index = (whole.cells, whole.index) if kept is None else part_of(self._context, whole, kept)
        array = self._shader((*item.look, False)).array(item.content, index)
        if self._moving is None:
            return _Drawing(cells, array, array, np.empty((0, 2, 3)), item.closed)
        near = self._shader((*item.look, True)).array(item.content, index)
        boxes = self._moving.shades_of(cells, item.part.mesh.positions)
        return _Drawing(cells, array, near, boxes, item.closed)

    def _shader(self, look: _Look) -> Shader:
        if look not in self._shaders:
            finish, wet, acted = look
            shared = ("air.glsl", "shade.glsl", "sway.glsl", SOURCE, *(("moving.glsl",) if acted else ()))
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
        self._draw(moment, self._shown, self._moving)

    def draw_mirrored(self, moment: Moment) -> None:
        """Draw what shows in a mirror, which turns every face round."""
        self._context.front_face = "cw"
        self._draw(moment, self._reflected, None)
        self._context.front_face = "ccw"

    def reflect(self, mirror: moderngl.Texture, size: tuple[int, int]) -> None:
        """Let wet ground show the mirrored scene in the next drawing."""
        for (_, wet, _), shader in self._shaders.items():
            if wet:
                shader.use_texture("mirror", mirror, _MIRROR_UNIT)
                shader.set(target_size=(float(size[0]), float(size[1])))

    def _draw(self, moment: Moment, drawings: list[_Drawing], moving: MovingShadows | None) -> None:
        for (_, _, acted), shader in self._shaders.items():
            moment.set(shader)
            set_lamps(shader, self._scene.lamps, moment.time_s)
            self._shadows.bind(shader)
            if acted and self._moving:
                self._moving.bind(shader)
        context = self._context
        runs = (run for drawing in drawings for run in _in_sight(drawing, moment, moving))
        for _, closed, array, (first, count) in sorted(runs, key=_nearness):
            # Leaves and blades are seen from both sides; what is hard and cannot sway only from outside.
            if closed:
                context.enable(moderngl.CULL_FACE)
            else:
                context.disable(moderngl.CULL_FACE)
            array.render(vertices=count, first=first)
        context.disable(moderngl.CULL_FACE)


def _in_sight(drawing: _Drawing, moment: Moment, moving: MovingShadows | None) -> Iterator[_Run]:
    """The pieces in sight, with or without the shadows of what moves."""
    if moving is None:
        for distance, run in visible(drawing.cells, moment.projection, moment.view.eye):
            yield distance, drawing.closed, drawing.array, run
        return
    near = moving.touches(drawing.boxes)
    for array, among in ((drawing.array, ~near), (drawing.near, near)):
        for distance, run in visible(drawing.cells, moment.projection, moment.view.eye, among):
            yield distance, drawing.closed, array, run


def _nearness(run: _Run) -> float:
    return run[0]
