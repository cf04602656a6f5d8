"""Shadows of what moves: a small map drawn for every frame, and shade where bodies meet the ground."""

from __future__ import annotations

import math

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.cells import Cells
from kirin_video.engines.previs.gl.matrices import Matrix, light_projection, look_at
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Rgb

_PX = 1024
_UNIT = 7
_MOST_CONTACTS = 24
_ROOM = 1.12
"""How much larger the map is than what is in it: its rim must stay empty."""

Point = tuple[float, float, float]


class MovingShadows:
    """A depth map that follows the actors.

    Args:
        context: where it lives.
        sun: unit vector towards the light.
        radius_m: of a sphere round everything that moves, the same for all frames so that nothing shimmers.
    """

    def __init__(self, context: moderngl.Context, sun: Rgb, radius_m: float) -> None:
        self._context, self._sun = context, sun
        self._radius = radius_m * _ROOM
        self._map = context.depth_texture((_PX, _PX))
        self._map.compare_func = "<="
        self._map.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._map.repeat_x = self._map.repeat_y = False
        self._target = context.framebuffer([], self._map)
        self._matrix = np.eye(4)
        self._contacts = np.zeros((0, 4))

    @property
    def texel_m(self) -> float:
        """The size of one of the map's points, metres."""
        return 2.0 * self._radius / _PX

    def begin(self, middle: Point, contacts: NDArray[np.floating]) -> Matrix:
        """Empty the map for a frame and make it the target.

        Args:
            middle: of everything that moves.
            contacts: (c, 4), discs of shade: x, z, radius in metres, darkness; the darkest are kept.

        Returns:
            World to the map's clip space.
        """
        self._matrix = light_projection(self._sun, self._snapped(middle), self._radius, 2.0 * self._radius)
        kept = np.sort(np.argsort(-contacts[:, 3], kind="stable")[:_MOST_CONTACTS])
        self._contacts = np.array(contacts[kept], np.float64)
        self._target.use()
        self._target.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        return self._matrix

    def _snapped(self, middle: Point) -> Point:
        """The middle moved to whole points of the map, so that edges of shadows stand still."""
        axes = look_at(self._sun, (0.0, 0.0, 0.0))[:3, :3]
        across = axes @ np.array(middle)
        across[:2] = np.round(across[:2] / self.texel_m) * self.texel_m
        x, y, z = (axes.T @ across).tolist()
        return x, y, z

    def touches(self, cells: Cells) -> NDArray[np.bool_]:
        """Which pieces of a mesh the shadows or the shade of this frame can fall on."""
        middle = cells.middle @ self._matrix[:3, :3].T + self._matrix[:3, 3]
        reach = 1.0 + cells.radius / self._radius
        # Behind the casters as far as the light goes; what lies before them stays lit.
        ahead = middle[:, 2] > -1.0 - 2.0 * cells.radius / self._radius
        return (np.abs(middle[:, :2]) < reach[:, None]).all(1) & ahead

    def bind(self, shader: Shader) -> None:
        """Let a program look these shadows up."""
        shader.use_texture("moving", self._map, _UNIT)
        # About three centimetres of softness, whatever the map's scale.
        spread = max(1.0, min(0.03 / self.texel_m, 2.5))
        shader.set(
            moving_light=self._matrix,
            moving_texel=spread / _PX,
            moving_offset=1.6 * self.texel_m + 0.004,
            contact_count=len(self._contacts),
        )
        rows = np.zeros((_MOST_CONTACTS, 4))
        rows[: len(self._contacts)] = self._contacts
        rows[:, 2] = 1.0 / np.maximum(rows[:, 2], 1e-3)
        shader.set_array("contacts", rows)


def enclosing_radius(bounds: NDArray[np.floating]) -> float:
    """The radius of a sphere round boxes (f, 2, 3), the largest of all frames."""
    return float(np.linalg.norm(bounds[:, 1] - bounds[:, 0], axis=1).max()) / 2.0 or math.ulp(1.0)
