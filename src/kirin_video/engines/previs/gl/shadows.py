"""Shadows, drawn once: nothing that throws one moves far."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.matrices import Matrix, light_projection
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Rgb

_NEAR_PX = 2048
_FAR_PX = 1024
_UNIT = 6

Caster = tuple[NDArray[np.float32], NDArray[np.uint32]]
"""Positions (n, 3) and faces (m, 3) of something that throws a shadow."""


class Shadows:
    """A fine depth map round the stage and a coarse one for the land.

    Args:
        context: where it lives.
        sun: unit vector towards the light.
        near: middle and radius in metres of the fine map.
        far_radius_m: radius of the coarse map round the same middle.
    """

    def __init__(
        self,
        context: moderngl.Context,
        sun: Rgb,
        near: tuple[tuple[float, float, float], float],
        far_radius_m: float,
    ) -> None:
        self._context = context
        self._shader = Shader(context, "caster.vert", "caster.frag", ())
        middle, radius = near
        self._span = middle, radius, far_radius_m
        self.turn(sun)
        wide, deep = radius / far_radius_m, radius * 4.0 / (far_radius_m * 2.0)
        self._far_share = (wide, wide, deep)
        # One texture for both: a lookup costs more than choosing where to look.
        self._maps = context.depth_texture((_NEAR_PX + _FAR_PX, _NEAR_PX))
        self._maps.compare_func = "<="
        self._maps.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._maps.repeat_x = self._maps.repeat_y = False

    def turn(self, sun: Rgb) -> None:
        """Let the light come from elsewhere, from the next drawing on."""
        middle, radius, far_radius_m = self._span
        self._near_matrix = light_projection(sun, middle, radius, radius * 4.0)
        self._far_matrix = light_projection(sun, middle, far_radius_m, far_radius_m * 2.0)

    def draw(self, casters: list[Caster]) -> None:
        """Draw everything that throws a shadow into both maps."""
        target = self._context.framebuffer([], self._maps)
        target.use()
        target.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        target.viewport = (0, 0, _NEAR_PX, _NEAR_PX)
        self._draw_with(self._near_matrix, casters)
        target.viewport = (_NEAR_PX, 0, _FAR_PX, _FAR_PX)
        self._draw_with(self._far_matrix, casters)
        target.release()

    def _draw_with(self, matrix: Matrix, casters: list[Caster]) -> None:
        context = self._context
        self._shader.set(light_projection=matrix)
        for positions, faces in casters:
            points, index = context.buffer(positions.tobytes()), context.buffer(faces.tobytes())
            array = self._shader.array([(points, "3f", "position")], index)
            array.render()
            array.release()
            points.release()
            index.release()

    def bind(self, shader: Shader) -> None:
        """Let a program look shadows up."""
        shader.use_texture("shadows", self._maps, _UNIT)
        shader.set(near_light=self._near_matrix, far_share=self._far_share)
