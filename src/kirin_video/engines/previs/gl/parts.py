"""Painting the parts of a scene: vegetation, rocks, buildings."""

from __future__ import annotations

import moderngl

from kirin_video.engines.previs.gl.cells import Cells, cut, grid_key, visible
from kirin_video.engines.previs.gl.moment import Moment, set_light
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.shadows import Shadows
from kirin_video.engines.previs.scenery import Finish, Part, Scene

_MIRROR_UNIT = 3


class PartPainter:
    """Draws the parts in pieces, the nearest first."""

    def __init__(
        self, context: moderngl.Context, scene: Scene, shadows: Shadows, mist_floor_m: float
    ) -> None:
        self._context = context
        shared = ("air.glsl", "shade.glsl")
        self._shaders = {
            Finish.SOFT: Shader(context, "soft.vert", "soft.frag", shared),
            Finish.HARD: Shader(
                context, "hard.vert", "hard.frag", shared, ("WET",) if scene.wet_street else ()
            ),
        }
        for shader in self._shaders.values():
            set_light(shader, scene.light, mist_floor_m)
            shader.set(wind=scene.light.wind, lamps=scene.light.lamps, roughness=0.22)
        self._shadows = shadows
        self._items = [self._load(part) for part in scene.parts if len(part.mesh.faces)]

    def _load(self, part: Part) -> tuple[Part, Cells, moderngl.VertexArray]:
        mesh = part.mesh
        cells = cut(mesh.positions, mesh.faces, grid_key(mesh.positions, mesh.faces, part.cell_m))
        context, order = self._context, cells.order
        shader = self._shaders[part.finish]
        content = [
            (context.buffer(mesh.positions[order].tobytes()), "3f4", "position"),
            (context.buffer(mesh.normals[order].tobytes()), "3f4", "normal"),
            (context.buffer(mesh.colors[order].tobytes()), "4f1", "color"),
            (context.buffer(mesh.glow[order].tobytes()), "1f1", "shine"),
        ]
        array = shader.array(content, context.buffer(cells.index.tobytes()))
        return part, cells, array

    def draw(self, moment: Moment) -> None:
        """Draw what is in sight."""
        self._draw(moment, mirrored_only=False)

    def draw_mirrored(self, moment: Moment) -> None:
        """Draw what shows in a mirror."""
        self._shaders[Finish.HARD].set(wet=0.0)
        self._draw(moment, mirrored_only=True)

    def reflect(self, mirror: moderngl.Texture, size: tuple[int, int]) -> None:
        """Let wet ground show the mirrored scene in the next drawing."""
        shader = self._shaders[Finish.HARD]
        shader.use_texture("mirror", mirror, _MIRROR_UNIT)
        shader.set(wet=1.0, target_size=(float(size[0]), float(size[1])))

    def _draw(self, moment: Moment, *, mirrored_only: bool) -> None:
        for shader in self._shaders.values():
            moment.set(shader)
            self._shadows.bind(shader)
        context = self._context
        # A mirror turns every face round.
        context.front_face = "cw" if mirrored_only else "ccw"
        for part, cells, array in self._items:
            if mirrored_only and not part.mirrored:
                continue
            # Leaves and blades are seen from both sides; what is hard and cannot sway only from outside.
            if part.finish is Finish.HARD and not part.mesh.colors[:, 3].any():
                context.enable(moderngl.CULL_FACE)
            for first, count in visible(cells, moment.projection, moment.view.eye):
                array.render(vertices=count, first=first)
            context.disable(moderngl.CULL_FACE)
        context.front_face = "ccw"
