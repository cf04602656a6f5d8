"""Painting a wave that breaks."""

from __future__ import annotations

import moderngl
import numpy as np

from kirin_video.engines.previs.gl.moment import Moment, set_light
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.scenery import Breaker, Water


class BreakerPainter:
    """Draws a wave where it is in each frame.

    Args:
        context: where it draws.
        light: what falls on it.
        water: whose colours it has.
        wave: what it draws.
        mist_floor_m: the height that mist lies on.
    """

    def __init__(
        self, context: moderngl.Context, light: Light, water: Water, wave: Breaker, mist_floor_m: float
    ) -> None:
        self._wave, self._floor = wave, mist_floor_m
        self.shader = Shader(context, "breaker.vert", "breaker.frag", ("air.glsl", "water.glsl"))
        self.relight(light)
        self.shader.set(
            level=water.level_m,
            deep=water.deep,
            shallow=water.shallow,
            axes=(*wave.along, *wave.behind),
            run=wave.run_mps,
        )
        vertices = np.concatenate([wave.points, wave.normals, wave.look], 1).astype(np.float32)
        self._array = self.shader.rows(
            context.buffer(vertices.tobytes()),
            (("position", 3), ("normal", 3), ("look", 3)),
            context.buffer(wave.faces.tobytes()),
        )

    def relight(self, light: Light) -> None:
        """Let another light fall on it."""
        set_light(self.shader, light, self._floor)

    def draw(self, moment: Moment) -> None:
        """Draw it, over all that is further away."""
        x, z, share = self._wave.places[moment.number].tolist()
        moment.set(self.shader)
        self.shader.set(place=(x, z, share))
        self._array.render(moderngl.TRIANGLES)
