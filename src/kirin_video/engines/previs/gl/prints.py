"""Painting cut-outs: bodies that wear a picture, with soft edges, over everything that is already drawn."""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.actors import ActorPainter, LoadedActor
from kirin_video.engines.previs.gl.lamps import SOURCE, lamp_flags, set_lamps
from kirin_video.engines.previs.gl.moment import NO_MIRROR, Moment, light_flags, set_light
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.shadows import Shadows
from kirin_video.engines.previs.scenery import MOST_BONES, Print, Scene, Sheet

_POSE_BINDING = 0
_SHEET_UNIT = 5
_COARSEST = 2
"""How often a sheet is halved; further copies would mix its neighbours."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A cut-out ready to be drawn: what it shares with its shadow, and its geometry for the picture."""

    loaded: LoadedActor
    array: moderngl.VertexArray


class PrintPainter:
    """Draws the actors of a scene that wear pictures.

    Args:
        context: where it draws.
        scene: whose actors.
        sheet: the pictures.
        actors: who has loaded all actors and throws their shadows.
        shadows: of what stands still.
        mist_floor_m: the height that mist lies on.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- a picture in the light of a whole world
        self,
        context: moderngl.Context,
        scene: Scene,
        sheet: Sheet,
        actors: ActorPainter,
        shadows: Shadows,
        mist_floor_m: float,
    ) -> None:
        self._context, self._scene, self._still, self._moving = context, scene, shadows, actors.shadows
        flags = (f"MOST_BONES {MOST_BONES}", *lamp_flags(scene.lamps), *light_flags(scene.light))
        shared = ("air.glsl", "shade.glsl", SOURCE, "moving.glsl")
        self._shader = Shader(context, "print.vert", "print.frag", shared, flags)
        set_light(self._shader, scene.light, mist_floor_m)
        self._shader.set(
            albedo_scale=sheet.albedo_scale,
            water_level=_surface(scene),
        )
        height, width = sheet.pixels.shape[:2]
        self._texture = context.texture((width, height), 4, sheet.pixels.tobytes())
        # Who is far away is drawn from a smaller copy: from the whole one its details would glitter.
        self._texture.build_mipmaps(max_level=_COARSEST)
        self._texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        self._texture.repeat_x = self._texture.repeat_y = False
        self._items = [
            _Item(loaded, self._array(loaded, loaded.actor.printed))
            for loaded in actors.loaded
            if loaded.actor.printed is not None
        ]

    def _array(self, loaded: LoadedActor, printed: Print) -> moderngl.VertexArray:
        actor, buffer = loaded.actor, self._context.buffer
        content = [
            (buffer(actor.mesh.positions.tobytes()), "3f4", "position"),
            (buffer(actor.mesh.normals.tobytes()), "3f4", "normal"),
            (buffer(actor.skin.tobytes()), "4f1", "skin"),
            (buffer(np.ascontiguousarray(printed.places, np.float32).tobytes()), "2f4", "place"),
            (buffer(actor.bones.tobytes()), "4u1", "bones"),
            (buffer(actor.weights.tobytes()), "4f1", "weights"),
        ]
        return self._shader.array(content, buffer(actor.mesh.faces.tobytes()))

    def draw(self, moment: Moment) -> None:
        """Draw what is in sight, the farthest first; mirror images where the moment has a mirror."""
        moment.set(self._shader)
        set_lamps(self._shader, self._scene.lamps, moment.time_s)
        self._still.bind(self._shader)
        self._moving.bind(self._shader)
        self._shader.use_texture("sheet", self._texture, _SHEET_UNIT)
        context = self._context
        context.enable(moderngl.BLEND | moderngl.DEPTH_TEST)
        # No alpha marks what moves by itself.
        context.blend_func = (  # pyright: ignore[reportAttributeAccessIssue] -- four are taken as well as two
            moderngl.SRC_ALPHA,
            moderngl.ONE_MINUS_SRC_ALPHA,
            moderngl.ZERO,
            moderngl.ONE_MINUS_SRC_ALPHA,
        )
        eye = np.array(moment.view.eye)
        for item in sorted(self._items, key=lambda item: -_distance(item, moment.number, eye)):
            if item.loaded.in_sight(moment):
                item.loaded.pose.bind_to_uniform_block(_POSE_BINDING)
                item.array.render()
        context.disable(moderngl.BLEND)


def _surface(scene: Scene) -> float:
    """The height of the water that hides what is below it; from under water nothing is hidden."""
    seen = scene.water is not None and scene.stage.eye[1] > scene.water.level_m
    return scene.water.level_m if scene.water is not None and seen else NO_MIRROR


def _distance(item: _Item, number: int, eye: NDArray[np.float64]) -> float:
    low, high = item.loaded.bounds[number]
    return float(np.linalg.norm((low + high) / 2.0 - eye))
