"""Painting the ground from its polar map, lit once."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.cells import cut, visible
from kirin_video.engines.previs.gl.lamps import SOURCE, lamp_flags, set_lamps
from kirin_video.engines.previs.gl.moment import Moment, light_flags, set_light
from kirin_video.engines.previs.gl.moving import MovingShadows
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.shadows import Caster, Shadows
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.scenery import Lamp
from kirin_video.engines.previs.terrain import Ground, points_of

_CELL = 8
_OPEN_M = 1.0
"""Maps that begin further out leave the middle open: the sea lies there."""
_BAKED_UNIT = 5


def land_mesh(
    ground: Ground,
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.uint32], NDArray[np.int64]]:
    """Vertices, their places on the map (0 to 1), faces and cell keys of the ground's mesh."""
    rows = _every(len(ground.radii), ground.stride)
    columns = _every(len(ground.angles), ground.stride)
    points = points_of(ground)[np.ix_(rows, columns)]
    place = np.empty((*points.shape[:2], 2), np.float32)
    place[..., 0] = (columns[None, :] + 0.5) / len(ground.angles)
    place[..., 1] = (rows[:, None] + 0.5) / len(ground.radii)
    n, m = len(rows), len(columns)
    at = np.arange(n * m).reshape(n, m)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    block = (np.arange(n - 1) // _CELL)[:, None] * 1000 + (np.arange(m - 1) // _CELL)[None, :]
    key = np.concatenate([block.reshape(-1), block.reshape(-1)]).astype(np.int64)
    points, place = points.reshape(-1, 3), place.reshape(-1, 2)
    if ground.radii[0] > _OPEN_M:
        return points, place, faces.astype(np.uint32), key
    # Close the hole in the middle: a camera near the ground may look down at it.
    middle = points[:m].mean(0, keepdims=True).astype(np.float32)
    fan = np.stack([np.full(m - 1, len(points)), np.arange(m - 1), np.arange(1, m)], -1)
    return (
        np.concatenate([points, middle]),
        np.concatenate([place, place[:1]]),
        np.concatenate([faces, fan]).astype(np.uint32),
        np.concatenate([key, np.full(m - 1, -1)]).astype(np.int64),
    )


def _every(count: int, stride: int) -> NDArray[np.int64]:
    """Every so many numbers below a count, and the last."""
    picks = np.arange(0, count, stride)
    return picks if picks[-1] == count - 1 else np.append(picks, count - 1)


class LandPainter:
    """Bakes the light into the map, then draws the ground with one texture.

    Args:
        context: where it draws.
        ground: what it draws.
        light: light and air.
        mist_floor_m: the height that mist lies on.
        moving: the shadows of what moves on it, where anything does.
        lamps: what shines on it beside sun and sky.
    """

    def __init__(
        self,
        context: moderngl.Context,
        ground: Ground,
        light: Light,
        mist_floor_m: float,
        *,
        moving: MovingShadows | None = None,
        lamps: tuple[Lamp, ...] = (),
    ) -> None:
        self._context, self._ground, self._light, self._floor = context, ground, light, mist_floor_m
        self._lamps = lamps
        self._positions, self._place, self._faces, self._key = land_mesh(ground)
        wanted = {"RIPPLED": ground.grain.ripple > 0.0, "SHEEN": ground.wetness > 0.0}
        flags = (*(flag for flag, needed in wanted.items() if needed), *light_flags(light), *lamp_flags(lamps))
        shared = ("air.glsl", "shade.glsl", SOURCE)
        self._shader = self._prepared(Shader(context, "ground.vert", "ground.frag", shared, flags))
        self._cells = cut(self._positions, self._faces, self._key)
        order = self._cells.order
        content = [
            (context.buffer(self._positions[order].tobytes()), "3f4", "position"),
            (context.buffer(self._place[order].tobytes()), "2f4", "place_in"),
        ]
        index = context.buffer(self._cells.index.tobytes())
        self._array = self._shader.array(content, index)
        self._near: tuple[Shader, moderngl.VertexArray, NDArray[np.float64]] | None = None
        if moving is not None:
            shared = ("air.glsl", "shade.glsl", SOURCE, "moving.glsl")
            near = self._prepared(Shader(context, "ground.vert", "ground.frag", shared, (*flags, "ACTED")))
            boxes = moving.shades_of(self._cells, self._positions)
            self._near = near, near.array(content, index), boxes
        self._baked = context.texture((len(ground.angles), len(ground.radii)), 4)

    def _prepared(self, shader: Shader) -> Shader:
        set_light(shader, self._light, self._floor)
        grain = self._ground.grain
        shader.set(
            grain=(grain.amount, grain.scale, grain.ripple, grain.ripple_per_m),
            stretch=grain.stretch,
            wetness=self._ground.wetness,
        )
        return shader

    def caster(self) -> Caster:
        """The ground as something that throws a shadow."""
        return self._positions, self._faces

    def bake(self, shadows: Shadows, eye: tuple[float, float, float]) -> None:
        """Light the map."""
        context, ground = self._context, self._ground
        size = (len(ground.angles), len(ground.radii))
        shader = Shader(context, "cover.vert", "ground_bake.frag", ("air.glsl", "shade.glsl"))
        set_light(shader, self._light, self._floor)
        shader.set(eye=eye)
        shadows.bind(shader)
        sources = {
            "points": context.texture(size, 3, points_of(ground).tobytes(), dtype="f4"),
            "normals": context.texture(size, 3, ground.normals.tobytes(), dtype="f4"),
            "paint": context.texture(size, 4, ground.color.tobytes()),
        }
        for unit, (name, texture) in enumerate(sources.items()):
            texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
            shader.use_texture(name, texture, unit)
        target = context.framebuffer([self._baked])
        target.use()
        shader.cover()
        target.release()
        for texture in sources.values():
            texture.release()
        self._baked.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._baked.repeat_x = self._baked.repeat_y = False

    def draw(self, moment: Moment, still: Shadows, moving: MovingShadows | None = None) -> None:
        """Draw what is in sight, where it can with the shadows of what moves."""
        if moving is None or self._near is None:
            self._draw(moment, self._shader, self._array, None)
            return
        shader, array, boxes = self._near
        near = moving.touches(boxes)
        still.bind(shader)
        moving.bind(shader)
        self._draw(moment, shader, array, near)
        self._draw(moment, self._shader, self._array, ~near)

    def _draw(
        self,
        moment: Moment,
        shader: Shader,
        array: moderngl.VertexArray,
        among: NDArray[np.bool_] | None,
    ) -> None:
        moment.set(shader)
        set_lamps(shader, self._lamps, moment.time_s)
        shader.use_texture("baked", self._baked, _BAKED_UNIT)
        for _, (first, count) in visible(self._cells, moment.projection, moment.view.eye, among):
            array.render(vertices=count, first=first)
