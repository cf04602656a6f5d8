"""Painting the parts of a scene: vegetation, rocks, buildings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import moderngl

from kirin_video.engines.previs.gl.cells import Cells, cut, grid_key, visible
from kirin_video.engines.previs.gl.moment import Moment, set_light
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.shadows import Shadows
from kirin_video.engines.previs.scenery import Finish, Part, Scene

_MIRROR_UNIT = 3


@dataclass(frozen=True, slots=True)
class _Item:
    """A part ready to be drawn: its pieces, their vertices, and whether only its outside shows."""

    cells: Cells
    array: moderngl.VertexArray
    mirrored: bool
    closed: bool


_Sight = tuple[float, _Item, tuple[int, int]]
"""Distance in metres of a run of pieces, what it belongs to, and its first index and count."""


class PartPainter:
    """Draws the parts in pieces, the nearest first."""

    def __init__(
        self, context: moderngl.Context, scene: Scene, shadows: Shadows, mist_floor_m: float
    ) -> None:
        self._context = context
        shared = ("air.glsl", "shade.glsl")
        self._shaders = {
            Finish.SOFT: Shader(context, "soft.vert", "soft.frag", shared),
            Finish.HARD: Shader(context, "hard.vert", "hard.frag", shared),
        }
        self._wet = Shader(context, "hard.vert", "hard.frag", shared, ("WET",)) if scene.wet_street else None
        for shader in self._all_shaders():
            set_light(shader, scene.light, mist_floor_m)
            shader.set(wind=scene.light.wind, lamps=scene.light.lamps, roughness=0.22)
        self._shadows = shadows
        self._items = [self._load(part) for part in scene.parts if len(part.mesh.faces)]

    def _load(self, part: Part) -> _Item:
        mesh = part.mesh
        cells = cut(mesh.positions, mesh.faces, grid_key(mesh.positions, mesh.faces, part.cell_m))
        context, order = self._context, cells.order
        hard = part.finish is Finish.HARD
        # Only what is not mirrored itself can be the mirror.
        shader = self._wet if hard and self._wet and not part.mirrored else self._shaders[part.finish]
        content = [
            (context.buffer(mesh.positions[order].tobytes()), "3f4", "position"),
            (context.buffer(mesh.normals[order].tobytes()), "3f4", "normal"),
            (context.buffer(mesh.colors[order].tobytes()), "4f1", "color"),
            (context.buffer(mesh.glow[order].tobytes()), "1f1", "shine"),
        ]
        array = shader.array(content, context.buffer(cells.index.tobytes()))
        return _Item(cells, array, mirrored=part.mirrored, closed=hard and not mesh.colors[:, 3].any())

    def _all_shaders(self) -> list[Shader]:
        return [*self._shaders.values(), *([self._wet] if self._wet else [])]

    def draw(self, moment: Moment) -> None:
        """Draw what is in sight."""
        self._draw(moment, mirrored_only=False)

    def draw_mirrored(self, moment: Moment) -> None:
        """Draw what shows in a mirror."""
        self._draw(moment, mirrored_only=True)

    def reflect(self, mirror: moderngl.Texture, size: tuple[int, int]) -> None:
        """Let wet ground show the mirrored scene in the next drawing."""
        if self._wet is None:
            return
        self._wet.use_texture("mirror", mirror, _MIRROR_UNIT)
        self._wet.set(target_size=(float(size[0]), float(size[1])))

    def _draw(self, moment: Moment, *, mirrored_only: bool) -> None:
        for shader in self._all_shaders():
            moment.set(shader)
            self._shadows.bind(shader)
        context = self._context
        # A mirror turns every face round.
        context.front_face = "cw" if mirrored_only else "ccw"
        for _, item, (first, count) in sorted(self._in_sight(moment, mirrored_only), key=_nearness):
            # Leaves and blades are seen from both sides; what is hard and cannot sway only from outside.
            if item.closed:
                context.enable(moderngl.CULL_FACE)
            else:
                context.disable(moderngl.CULL_FACE)
            item.array.render(vertices=count, first=first)
        context.disable(moderngl.CULL_FACE)
        context.front_face = "ccw"

    def _in_sight(self, moment: Moment, mirrored_only: bool) -> Iterator[_Sight]:
        for item in self._items:
            if item.mirrored or not mirrored_only:
                for distance, run in visible(item.cells, moment.projection, moment.view.eye):
                    yield distance, item, run


def _nearness(sight: _Sight) -> float:
    return sight[0]
