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

_PX = 768
_SHADE_PX = 256
_UNIT, _SHADE_UNIT = 7, 1
_CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]], np.float32)
_NEAR_M = 0.08
"""How far past its body a shadow may reach: its edge is soft."""
_ROOM = 1.12
"""How much larger the map is than what is in it: its rim must stay empty."""

Point = tuple[float, float, float]


class MovingShadows:
    """A depth map that follows the actors, and a map of the ground below them.

    Args:
        context: where it lives.
        sun: unit vector towards the light.
        radius_m: of a sphere round everything that moves, the same for all frames so that nothing shimmers.
        contacts: how many discs of shade there are.
        ever: (n, 2, 3), boxes round all that throws a shadow or shades the ground in any frame.
        turning: whether the light goes round within the clip: then shadows may fall anywhere.
    """

    def __init__(  # noqa: PLR0913 -- what moves in which light
        self,
        context: moderngl.Context,
        sun: Rgb,
        radius_m: float,
        contacts: int,
        ever: NDArray[np.floating],
        *,
        turning: bool = False,
    ) -> None:
        self._context, self._sun, self._turning = context, sun, turning
        self._radius = radius_m * _ROOM
        self._map = context.depth_texture((_PX, _PX))
        self._map.compare_func = "<="
        self._map.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._map.repeat_x = self._map.repeat_y = False
        self._target = context.framebuffer([], self._map)
        self._axes = look_at(sun, (0.0, 0.0, 0.0))[:3, :3]
        self._dark = self._ever = self._along_light(ever)
        self._matrix = np.eye(4)
        self._shade = context.texture((_SHADE_PX, _SHADE_PX), 1)
        self._shade.repeat_x = self._shade.repeat_y = False
        self._shade_target = context.framebuffer([self._shade])
        self._shade_window = (0.0, 0.0, 1.0)
        self._stamp = Shader(context, "contact.vert", "contact.frag", ())
        self._discs = context.buffer(reserve=max(contacts, 1) * 6 * 16)
        corners = context.buffer(np.tile(_CORNERS, (max(contacts, 1), 1)).tobytes())
        self._stamps = self._stamp.array([(self._discs, "4f4", "disc"), (corners, "2f4", "corner")])

    def turn(self, sun: Rgb) -> None:
        """Let the light come from elsewhere."""
        self._sun, self._axes = sun, look_at(sun, (0.0, 0.0, 0.0))[:3, :3]

    @property
    def texel_m(self) -> float:
        """The size of one of the map's points, metres."""
        return 2.0 * self._radius / _PX

    def begin(self, middle: Point, contacts: NDArray[np.floating], boxes: NDArray[np.floating]) -> Matrix:
        """Shade the ground of a frame, then empty the depth map and make it the target.

        Args:
            middle: of everything that moves.
            contacts: (c, 4), discs of shade: x, z, radius in metres, darkness.
            boxes: (n, 2, 3), round everyone who throws a shadow or shades the ground; for ``touches``.

        Returns:
            World to the map's clip space.
        """
        middle = self._snapped(middle)
        self._dark = self._along_light(boxes)
        self._matrix = light_projection(self._sun, middle, self._radius, 2.0 * self._radius)
        self._shade_ground(middle, contacts)
        self._target.use()
        self._target.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        return self._matrix

    def _shade_ground(self, middle: Point, contacts: NDArray[np.floating]) -> None:
        self._shade_window = (middle[0], middle[2], 1.0 / self._radius)
        self._shade_target.use()
        self._shade_target.clear(1.0, 1.0, 1.0, 1.0)
        if not len(contacts):
            return
        self._discs.write(np.repeat(contacts.astype(np.float32), len(_CORNERS), 0).tobytes())
        self._stamp.set(shade_window=self._shade_window)
        self._context.enable_only(moderngl.BLEND)
        self._context.blend_func = (moderngl.DST_COLOR, moderngl.ZERO)
        self._stamps.render(moderngl.TRIANGLES, vertices=len(_CORNERS) * len(contacts))

    def _snapped(self, middle: Point) -> Point:
        """The middle moved to whole points of the map, so that edges of shadows stand still."""
        across = self._axes @ np.array(middle)
        across[:2] = np.round(across[:2] / self.texel_m) * self.texel_m
        x, y, z = (self._axes.T @ across).tolist()
        return x, y, z

    def shades_of(self, cells: Cells, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Boxes (p, 2, 3) round the pieces of a mesh, along the axes of the light; for ``touches``.

        Args:
            cells: the pieces.
            points: float32, (n, 3), the vertices that their index is of.
        """
        if not len(cells.first):
            return np.empty((0, 2, 3), np.float32)
        seen = (points @ self._axes.T.astype(np.float32))[cells.index.reshape(-1)]
        low = np.minimum.reduceat(seen, cells.first, axis=0)
        high = np.maximum.reduceat(seen, cells.first, axis=0)
        return np.stack([low, high], 1)

    def _along_light(self, boxes: NDArray[np.floating]) -> NDArray[np.float64]:
        """Boxes of the world as boxes along the axes of the light that hold them, a little larger."""
        middles, halves = boxes.mean(1) @ self._axes.T, (boxes[:, 1] - boxes[:, 0]) / 2.0
        reach = halves @ np.abs(self._axes).T + _NEAR_M + 2.0 * self.texel_m
        return np.stack([middles - reach, middles + reach], 1)

    def touches(self, boxes: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which pieces the shadows or the shade of this frame can fall on: not before the casters.

        Lighting with what moves costs half as much again, so it is not done in the whole map's reach.
        """
        return np.ones(len(boxes), np.bool_) if self._turning else _behind(boxes, self._dark)

    def ever_touches(
        self, cells: Cells, points: NDArray[np.float32], among: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Which triangles (m,) of a mesh the shadows or the shade of any frame can fall on.

        Args:
            cells: its pieces.
            points: float32, (n, 3), the vertices that their index is of.
            among: bool, (m,), the triangles that count.
        """
        if self._turning:
            return among.copy()
        touched = np.zeros(len(cells.index), np.bool_)
        by = np.repeat(_behind(self.shades_of(cells, points), self._ever), cells.count // 3) & among
        corners = (points @ self._axes.T.astype(np.float32))[cells.index[by]]
        touched[by] = _behind(np.stack([corners.min(1), corners.max(1)], 1), self._ever)
        return touched

    def bind(self, shader: Shader) -> None:
        """Let a program look these shadows up."""
        shader.use_texture("moving", self._map, _UNIT)
        shader.use_texture("shade_map", self._shade, _SHADE_UNIT)
        shader.set(
            moving_light=self._matrix,
            moving_offset=1.6 * self.texel_m + 0.004,
            shade_window=self._shade_window,
        )


def _behind(boxes: NDArray[np.floating], dark: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Which boxes (p, 2, 3) lie at least in part behind any of others, both along the axes of the light."""
    behind = np.zeros(len(boxes), np.bool_)
    if not len(boxes) or not len(dark):
        return behind
    corners = dark.astype(np.float32)
    low, high = corners[:, 0].min(0), corners[:, 1].max(0)
    # Few lie behind any: those that lie beside all of them are told at once.
    over = (boxes[:, 0] < high).all(1) & (boxes[:, 1, :2] > low[:2]).all(1)
    some = np.flatnonzero(over)
    left, down, front = np.ascontiguousarray(boxes[some, 0].T)
    right, up, _ = np.ascontiguousarray(boxes[some, 1].T)
    found = np.zeros(len(some), np.bool_)
    for (x0, y0, _), (x1, y1, z1) in corners.tolist():
        found |= (left < x1) & (right > x0) & (down < y1) & (up > y0) & (front < z1)
    behind[some] = found
    return behind


def enclosing_radius(bounds: NDArray[np.floating]) -> float:
    """The radius of a sphere round boxes (f, 2, 3), the largest of all frames."""
    return float(np.linalg.norm(bounds[:, 1] - bounds[:, 0], axis=1).max()) / 2.0 or math.ulp(1.0)
