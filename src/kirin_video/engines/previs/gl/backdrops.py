"""Painting a picture that is the world, with the shadows of those who act in it."""

from __future__ import annotations

import moderngl

from kirin_video.engines.previs.gl.moment import Moment, set_light
from kirin_video.engines.previs.gl.moving import MovingShadows
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.scenery import Backdrop

_PICTURE_UNIT = 3


class BackdropPainter:
    """Draws a backdrop.

    Args:
        context: where it draws.
        backdrop: what it draws.
        light: of the scene.
        mist_floor_m: the height that mist lies on.
        moving: the shadows of those who act before it.
    """

    def __init__(
        self,
        context: moderngl.Context,
        backdrop: Backdrop,
        light: Light,
        mist_floor_m: float,
        moving: MovingShadows | None,
    ) -> None:
        self._moving = moving
        acted = moving is not None
        shared = ("air.glsl", "shade.glsl", *(("moving.glsl",) if acted else ()))
        flags = ("ACTED",) if acted else ()
        self._shader = Shader(context, "backdrop.vert", "backdrop.frag", shared, flags)
        set_light(self._shader, light, mist_floor_m)
        self._shader.set(gain=backdrop.gain, flat_m=backdrop.flat_m)
        height, width = backdrop.pixels.shape[:2]
        self._texture = context.texture((width, height), 3, backdrop.pixels.tobytes(), alignment=1)
        self._texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._texture.repeat_x = self._texture.repeat_y = False
        content = [
            (context.buffer(backdrop.points.tobytes()), "3f4", "position"),
            (context.buffer(backdrop.places.tobytes()), "2f4", "place"),
        ]
        self._array = self._shader.array(content, context.buffer(backdrop.faces.tobytes()))

    def draw(self, moment: Moment) -> None:
        """Draw it."""
        moment.set(self._shader)
        if self._moving is not None:
            self._moving.bind(self._shader)
        self._shader.use_texture("picture", self._texture, _PICTURE_UNIT)
        self._array.render()
