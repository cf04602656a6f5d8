"""Painting the ground from its polar map, lit once."""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.cells import Cells, cut, visible
from kirin_video.engines.previs.gl.lamps import SOURCE, lamp_flags, set_lamps
from kirin_video.engines.previs.gl.lens import Lens
from kirin_video.engines.previs.gl.moment import Moment, light_flags, set_light
from kirin_video.engines.previs.gl.moving import MovingShadows
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.shadows import Caster, Shadows
from kirin_video.engines.previs.gl.sight import Seen, Standing, part_of
from kirin_video.engines.previs.gl.thinning import thinned
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.terrain import Ground, points_of

_CELL = 8
_OPEN_M = 1.0
"""Maps that begin further out leave the middle open: the sea lies there."""
_BAKED_UNIT = 5
_FAR_M, _FARTHEST_M = 140.0, 600.0
"""From here on fine grain, then all of it, changes no pixel by a level."""
_RANGES = ((), ("FAR",), ("FAR", "FARTHEST"))
"""What programs for near, far and farthest pieces are compiled with."""


def land_mesh(
    ground: Ground, lens: Lens | None = None
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.uint32], NDArray[np.int64]]:
    """Vertices, their places on the map (0 to 1), faces and cell keys of the ground's mesh.

    Args:
        ground: the map.
        lens: from where it is seen: faces are as large as that allows. None for all of them.
    """
    rows = _every(len(ground.radii), ground.stride)
    columns = _every(len(ground.angles), ground.stride)
    points = points_of(ground)[np.ix_(rows, columns)]
    place = np.empty((*points.shape[:2], 2), np.float32)
    place[..., 0] = (columns[None, :] + 0.5) / len(ground.angles)
    place[..., 1] = (rows[:, None] + 0.5) / len(ground.radii)
    m = len(columns)
    faces = _all_faces(len(rows), m) if lens is None else thinned(points, lens)
    corner = np.stack([(faces // m).min(1), (faces % m).min(1)])
    key = (corner[0] // _CELL) * 1000 + corner[1] // _CELL
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


def _all_faces(n: int, m: int) -> NDArray[np.int64]:
    """Both halves of every square of a grid of points."""
    at = np.arange(n * m).reshape(n, m)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    return np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])


def _every(count: int, stride: int) -> NDArray[np.int64]:
    """Every so many numbers below a count, and the last."""
    picks = np.arange(0, count, stride)
    return picks if picks[-1] == count - 1 else np.append(picks, count - 1)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is drawn of the ground.

    Attributes:
        cells: its pieces.
        arrays: their geometry for the program of each range.
        near: the same for pieces that what moves throws its shadow on; None where there are none.
        boxes: round every piece, along the axes of the light; they tell which those are.
    """

    cells: Cells
    arrays: tuple[moderngl.VertexArray, ...]
    near: moderngl.VertexArray | None
    boxes: NDArray[np.float32]


class LandPainter:
    """Bakes the light into the map, then draws the ground with one texture.

    Args:
        context: where it draws.
        scene: whose light, air and lamps.
        ground: what it draws.
        mist_floor_m: the height that mist lies on.
        lens: from where it is seen.
        moving: the shadows of what moves on it, where anything does.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- land in the light of a whole world
        self,
        context: moderngl.Context,
        scene: Scene,
        ground: Ground,
        mist_floor_m: float,
        lens: Lens,
        moving: MovingShadows | None = None,
    ) -> None:
        self._context, self._ground, self._floor = context, ground, mist_floor_m
        self._light, self._lamps = scene.light, scene.lamps
        whole, place, faces, key = land_mesh(ground, lens)
        wanted = {"RIPPLED": ground.grain.ripple > 0.0, "SHEEN": ground.wetness > 0.0}
        flags = (
            *(flag for flag, needed in wanted.items() if needed),
            *light_flags(scene.light),
            *lamp_flags(scene.lamps),
        )
        shared = ("air.glsl", "shade.glsl", SOURCE)
        self._shaders = tuple(
            self._prepared(Shader(context, "ground.vert", "ground.frag", shared, (*flags, *more)))
            for more in _RANGES
        )
        self._near: Shader | None = None
        if moving is not None:
            near = Shader(context, "ground.vert", "ground.frag", (*shared, "moving.glsl"), (*flags, "ACTED"))
            self._near = self._prepared(near)
        self._moving = moving
        cells = cut(whole, faces, key)
        points = whole[cells.order]
        positions = context.buffer(points.tobytes())
        self._content = [
            (positions, "3f4", "position"),
            (context.buffer(place[cells.order].tobytes()), "2f4", "place_in"),
        ]
        self.standing = Standing(cells, points, positions, context.buffer(cells.index.tobytes()), None)
        self._shown: list[_Drawing] = []
        self._reflected: _Drawing | None = None
        self._baker: Shader | None = None
        self._baked = context.texture((len(ground.angles), len(ground.radii)), 4)

    def _drawing(self, cells: Cells, index: moderngl.Buffer, *, acted: bool = True) -> _Drawing:
        arrays = tuple(shader.array(self._content, index) for shader in self._shaders)
        if self._moving is None or self._near is None or not acted:
            return _Drawing(cells, arrays, None, np.empty((0, 2, 3), np.float32))
        boxes = self._moving.shades_of(cells, self.standing.points)
        return _Drawing(cells, arrays, self._near.array(self._content, index), boxes)

    def keep(self, shown: Seen, reflected: Seen | None) -> None:
        """Draw only the triangles that have been seen, in the picture and in the mirror, from now on."""
        if self._moving is None:
            self._shown = [self._kept(shown, acted=False)]
        else:
            acted = self._moving.ever_touches(self.standing.cells, self.standing.points, shown)
            self._shown = [self._kept(acted, acted=True), self._kept(shown & ~acted, acted=False)]
        if reflected is not None:
            self._reflected = self._kept(reflected, acted=False)

    def _kept(self, seen: Seen, *, acted: bool) -> _Drawing:
        return self._drawing(*part_of(self._context, self.standing, seen), acted=acted)

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
        positions, _, faces, _ = land_mesh(self._ground)
        return positions, faces

    def relight(self, light: Light) -> None:
        """Let another light fall on it; what is baked into the map keeps the old one."""
        self._light = light
        for shader in (*self._shaders, self._near):
            if shader is not None:
                set_light(shader, light, self._floor)

    def bake(self, shadows: Shadows, eye: tuple[float, float, float]) -> None:
        """Light the map."""
        context, ground = self._context, self._ground
        size = (len(ground.angles), len(ground.radii))
        if self._baker is None:
            self._baker = Shader(context, "cover.vert", "ground_bake.frag", ("air.glsl", "shade.glsl"))
        shader = self._baker
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

    def draw(self, moment: Moment, still: Shadows) -> None:
        """Draw what is in sight, near what moves with its shadows."""
        if not self._shown:
            self._shown = [self._drawing(self.standing.cells, self.standing.index)]
        self._set(moment, self._shaders)
        if self._near is not None and self._moving is not None:
            self._set(moment, (self._near,))
            still.bind(self._near)
            self._moving.bind(self._near)
        for shown in self._shown:
            if self._moving is None or shown.near is None:
                _render(moment, shown.arrays, shown.cells)
                continue
            near = self._moving.touches(shown.boxes)
            _render(moment, (shown.near,) * len(_RANGES), shown.cells, near)
            _render(moment, shown.arrays, shown.cells, ~near)

    def draw_mirrored(self, moment: Moment) -> None:
        """Draw what a mirror shows of it, which is too small for fine grain."""
        if self._reflected is None:
            self._reflected = self._drawing(self.standing.cells, self.standing.index, acted=False)
        self._set(moment, self._shaders[1:])
        _, far, farthest = self._reflected.arrays
        _render(moment, (far, far, farthest), self._reflected.cells)

    def _set(self, moment: Moment, shaders: tuple[Shader, ...]) -> None:
        for shader in shaders:
            moment.set(shader)
            set_lamps(shader, self._lamps, moment.time_s)
            shader.use_texture("baked", self._baked, _BAKED_UNIT)


def _render(
    moment: Moment,
    arrays: tuple[moderngl.VertexArray, ...],
    cells: Cells,
    among: NDArray[np.bool_] | None = None,
) -> None:
    """Draw the pieces in sight, by how far they are."""
    for away, (first, count) in visible(cells, moment.projection, moment.view.eye, among):
        arrays[(away > _FAR_M) + (away > _FARTHEST_M)].render(vertices=count, first=first)
