"""Painting the parts of a scene: vegetation, rocks, buildings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.daybreak import burning
from kirin_video.engines.previs.gl.cells import Cells, cut, grid_key, visible
from kirin_video.engines.previs.gl.lamps import SOURCE, lamp_flags, set_lamps
from kirin_video.engines.previs.gl.lens import Lens
from kirin_video.engines.previs.gl.moment import Moment, light_flags, set_light
from kirin_video.engines.previs.gl.moving import MovingShadows
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.shadows import Shadows
from kirin_video.engines.previs.gl.sight import Seen, Standing, part_of
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.scenery import Finish, Part, Scene

_MIRROR_UNIT = 3
_WHOLE_CELL_M = 8.0


class _Shading(StrEnum):
    """How triangles of a part are lit."""

    SOFT = "soft"
    HARD = "hard"
    FINE = "fine"
    """Those of a hard part that are only a few pixels large."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A part that has been loaded.

    Attributes:
        part: which.
        standing: its pieces and where their vertices are.
        content: its buffers with their formats and attributes.
        look: its shading, and whether it is a wet street.
        closed: whether only its outside shows.
    """

    part: Part
    standing: Standing
    content: list[tuple[moderngl.Buffer, str, str]]
    look: tuple[_Shading, bool]
    closed: bool


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is drawn of a part.

    Attributes:
        cells: its pieces.
        array: their geometry.
        near: the same for pieces that what moves throws its shadow on.
        boxes: round every piece, along the axes of the light; they tell which those are. None where there
            are none.
        closed: whether only its outside shows.
    """

    cells: Cells
    array: moderngl.VertexArray
    near: moderngl.VertexArray
    boxes: NDArray[np.float32] | None
    closed: bool


_Run = tuple[float, bool, moderngl.VertexArray, tuple[int, int]]
"""Distance in metres of a run of pieces, whether only their outside shows, what draws it, and its first index
and count."""

_Look = tuple[_Shading, bool, bool]
"""A shading, whether it is a wet street, and whether what moves throws its shadow on it."""


_SOURCES = {
    _Shading.SOFT: ("soft.vert", "soft.frag"),
    _Shading.HARD: ("hard.vert", "hard.frag"),
    _Shading.FINE: ("fine.vert", "soft.frag"),
}
_FINE_PX = 12.0
"""Triangles with no longer side in the picture are lit by vertex: nobody sees it, and a pixel shader runs for
all sixteen pixels of a block that a triangle touches."""
_FINE_LEAST = 400
"""Fewer of them are not worth a drawing of their own."""


class PartPainter:
    """Draws the parts in pieces, the nearest first.

    Args:
        context: where it draws.
        scene: whose parts.
        shadows: of what stands still.
        mist_floor_m: the height that mist lies on.
        lens: from where and how large everything is seen.
        moving: the shadows of what moves, where anything does.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- a part in the light of a whole world
        self,
        context: moderngl.Context,
        scene: Scene,
        shadows: Shadows,
        mist_floor_m: float,
        lens: Lens,
        moving: MovingShadows | None = None,
    ) -> None:
        self._context, self._scene, self._floor = context, scene, mist_floor_m
        self._light = scene.light
        self._shadows, self._moving = shadows, moving
        self._shaders: dict[_Look, Shader] = {}
        self._flags = (*lamp_flags(scene.lamps), *light_flags(scene.light))
        self._items = [
            self._load(part, faces, shading)
            for part in scene.parts
            if len(part.mesh.faces)
            for faces, shading in _shadings(part, lens, wet=self._is_wet(part))
        ]
        self._shown: list[_Drawing] | None = None
        self._reflected: list[_Drawing] | None = None

    @property
    def standing(self) -> tuple[Standing, ...]:
        """What stands in the picture."""
        return tuple(item.standing for item in self._items)

    @property
    def standing_mirrored(self) -> tuple[Standing, ...]:
        """What of it a mirror shows."""
        return tuple(item.standing for item in self._items if item.part.mirrored)

    def keep(self, shown: list[Seen], reflected: list[Seen] | None, eyes: NDArray[np.float64]) -> None:
        """Draw only what has been seen, from now on.

        Args:
            shown: of each of ``standing``, in the picture.
            reflected: of each of ``standing_mirrored``, in the mirror; None where there is no mirror.
            eyes: (n, 3), from where it was seen.
        """
        self._shown = []
        for item, seen in zip(self._items, shown, strict=True):
            acted = self._acted(item, seen)
            self._shown.append(self._drawing(item, acted, eyes))
            self._shown.append(self._drawing(item, seen & ~acted, eyes, acted=False))
        if reflected is not None:
            mirrored = [item for item in self._items if item.part.mirrored]
            self._reflected = [
                self._drawing(*pair, eyes, acted=False) for pair in zip(mirrored, reflected, strict=True)
            ]

    def _acted(self, item: _Item, seen: Seen) -> Seen:
        """The triangles among those seen that what moves may ever darken."""
        if self._moving is None:
            return np.zeros_like(seen)
        return self._moving.ever_touches(item.standing.cells, item.standing.points, seen)

    def _is_wet(self, part: Part) -> bool:
        # Only what is not mirrored itself can be the mirror.
        return part.finish is Finish.HARD and self._scene.wet_street and not part.mirrored

    def _load(self, part: Part, faces: NDArray[np.uint32], shading: _Shading) -> _Item:
        mesh = part.mesh
        # What was made to be whole is still drawn piece by piece, so that the nearest hides the others.
        cells = cut(mesh.positions, faces, grid_key(mesh.positions, faces, part.cell_m or _WHOLE_CELL_M))
        context, order = self._context, cells.order
        sways = part.finish is Finish.SOFT and bool(mesh.colors[:, 3].any())
        points = mesh.positions[order]
        positions = context.buffer(points.tobytes())
        colors = context.buffer(mesh.colors[order].tobytes())
        content = [
            (positions, "3f4", "position"),
            (context.buffer(mesh.normals[order].tobytes()), "3f4", "normal"),
            (colors, "4f1", "color"),
            (context.buffer(mesh.glow[order].tobytes()), "1f1", "shine"),
        ]
        index = context.buffer(cells.index.tobytes())
        standing = Standing(cells, points, positions, index, colors if sways else None)
        closed = part.finish is Finish.HARD and not mesh.colors[:, 3].any()
        return _Item(part, standing, content, (shading, self._is_wet(part)), closed)

    def _drawing(
        self,
        item: _Item,
        kept: Seen | None = None,
        eyes: NDArray[np.float64] | None = None,
        *,
        acted: bool = True,
    ) -> _Drawing:
        """What is drawn of a part: all of it, or what is kept; in the shadows of what moves or never."""
        whole, cells, index = item.standing, item.standing.cells, item.standing.index
        if kept is not None:
            # Pixels of hard things are dear; leaves and blades are cheap, and share their vertices.
            by = eyes if item.look[0] is _Shading.HARD else None
            cells, index = part_of(self._context, whole, kept, by)
        array = self._shader((*item.look, False)).array(item.content, index)
        if self._moving is None or not acted:
            return _Drawing(cells, array, array, None, item.closed)
        near = self._shader((*item.look, True)).array(item.content, index)
        boxes = self._moving.shades_of(cells, whole.points)
        return _Drawing(cells, array, near, boxes, item.closed)

    def _shader(self, look: _Look) -> Shader:
        if look not in self._shaders:
            shading, wet, acted = look
            shared = ("air.glsl", "shade.glsl", "sway.glsl", SOURCE, *(("moving.glsl",) if acted else ()))
            flags = (*(("WET",) if wet else ()), *(("ACTED",) if acted else ()), *self._flags)
            shader = Shader(self._context, *_SOURCES[shading], shared, flags)
            set_light(shader, self._light, self._floor)
            shader.set(wind=self._light.wind, lamps=self._light.lamps, roughness=self._scene.roughness)
            self._shaders[look] = shader
        return self._shaders[look]

    def relight(self, light: Light) -> None:
        """Let another light fall on everything."""
        self._light = light
        for shader in self._shaders.values():
            set_light(shader, light, self._floor)
            shader.set(lamps=light.lamps)

    def kindle(self, darkness: float) -> None:
        """Light the windows and lamps that burn at a darkness."""
        for item in self._items:
            if item.part.kindling is None:
                continue
            colors, glow = burning(item.part.mesh, item.part.kindling, darkness)
            order = item.standing.cells.order
            for buffer, _, name in item.content:
                if name == "color":
                    buffer.write(colors[order].tobytes())
                elif name == "shine":
                    buffer.write(glow[order].tobytes())

    def draw(self, moment: Moment) -> None:
        """Draw what is in sight."""
        self._draw(moment, self._all_shown(), self._moving)

    def _all_shown(self) -> list[_Drawing]:
        """What was kept; everything, where nobody has looked what shows."""
        if self._shown is None:
            self._shown = [self._drawing(item) for item in self._items]
        return self._shown

    def draw_mirrored(self, moment: Moment) -> None:
        """Draw what shows in a mirror, which turns every face round."""
        if self._reflected is None:
            self._reflected = [self._drawing(item) for item in self._items if item.part.mirrored]
        self._context.front_face = "cw"
        self._draw(moment, self._reflected, None)
        self._context.front_face = "ccw"

    def reflect(self, mirror: moderngl.Texture, size: tuple[int, int]) -> None:
        """Let wet ground show the mirrored scene in the next drawing."""
        self._all_shown()  # its shaders have to be there
        for (_, wet, _), shader in self._shaders.items():
            if wet:
                shader.use_texture("mirror", mirror, _MIRROR_UNIT)
                shader.set(target_size=(float(size[0]), float(size[1])))

    def _draw(self, moment: Moment, drawings: list[_Drawing], moving: MovingShadows | None) -> None:
        for (_, _, acted), shader in self._shaders.items():
            moment.set(shader)
            set_lamps(shader, self._scene.lamps, moment.time_s)
            self._shadows.bind(shader)
            if acted and self._moving:
                self._moving.bind(shader)
        context = self._context
        runs = (run for drawing in drawings for run in _in_sight(drawing, moment, moving))
        culls = False
        context.disable(moderngl.CULL_FACE)
        for _, closed, array, (first, count) in sorted(runs, key=_nearness):
            # Leaves and blades are seen from both sides; what is hard and cannot sway only from outside.
            if closed != culls:
                (context.enable if closed else context.disable)(moderngl.CULL_FACE)
                culls = closed
            array.render(vertices=count, first=first)
        context.disable(moderngl.CULL_FACE)


def _in_sight(drawing: _Drawing, moment: Moment, moving: MovingShadows | None) -> Iterator[_Run]:
    """The pieces in sight, with or without the shadows of what moves."""
    if moving is None or drawing.boxes is None:
        for distance, run in visible(drawing.cells, moment.projection, moment.view.eye):
            yield distance, drawing.closed, drawing.array, run
        return
    near = moving.touches(drawing.boxes)
    for array, among in ((drawing.array, ~near), (drawing.near, near)):
        for distance, run in visible(drawing.cells, moment.projection, moment.view.eye, among):
            yield distance, drawing.closed, array, run


def _shadings(part: Part, lens: Lens, *, wet: bool) -> Iterator[tuple[NDArray[np.uint32], _Shading]]:
    """The triangles of a part by how they are lit."""
    faces = part.mesh.faces
    if part.finish is Finish.SOFT or wet:
        yield faces, _Shading.SOFT if part.finish is Finish.SOFT else _Shading.HARD
        return
    fine = lens.sizes_px(part.mesh.positions, faces) < _FINE_PX
    if np.count_nonzero(fine) < _FINE_LEAST:
        yield faces, _Shading.HARD
        return
    yield faces[fine], _Shading.FINE
    if not fine.all():
        yield faces[~fine], _Shading.HARD


def _nearness(run: _Run) -> float:
    return run[0]
