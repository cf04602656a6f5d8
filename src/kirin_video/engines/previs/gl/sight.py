"""What can be seen: the triangles that show in some frames of a clip, so that the others need not be drawn.

In a wood three triangles of four lie behind others, and llvmpipe pays for each that lies within the picture.
A clip's views are known before it is painted: from some of them every triangle is drawn as its own number,
and whichever number is in the picture has been seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.cells import Cells, nearest_first, only, visible
from kirin_video.engines.previs.gl.moment import Moment
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.gl.waters import WaterPainter

Seen = NDArray[np.bool_]
"""For every triangle of everything that stands still, in order, whether it shows in any frame."""

_MARGIN = 0.06
"""How much wider than the picture one looks, as a share of it: between two views more comes into it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands still and may be hidden or hide.

    Attributes:
        cells: its pieces.
        points: float32, (n, 3), its vertices.
        positions: the same as a buffer.
        index: of its triangles.
        colors: of its vertices, whose last byte is the sway in the wind; None for what is rigid.
    """

    cells: Cells
    points: NDArray[np.float32]
    positions: moderngl.Buffer
    index: moderngl.Buffer
    colors: moderngl.Buffer | None

    @property
    def triangles(self) -> int:
        """How many there are."""
        return len(self.cells.index)


class Lookout:
    """Draws the numbers of triangles and reads them.

    Args:
        context: where it draws.
        size: width and height of the picture, pixels.
        standing: what there is.
        wind: as in a scene's light.
    """

    def __init__(
        self,
        context: moderngl.Context,
        size: tuple[int, int],
        standing: tuple[Standing, ...],
        wind: float,
    ) -> None:
        self._context, self._standing = context, standing
        self._texture, self._depth = context.texture(size, 4), context.depth_renderbuffer(size)
        self._target = context.framebuffer([self._texture], self._depth)
        self._pixels = np.empty(size[0] * size[1], np.uint32)
        shared = ("air.glsl", "sway.glsl")
        self._shaders = [
            Shader(context, "sight.vert", "sight.frag", shared, flags) for flags in ((), ("SWAYS",))
        ]
        self._shaders[1].set(wind=wind)
        self._arrays = [self._array(one) for one in standing]
        # Number 0 is the empty background.
        counts = [one.triangles for one in standing]
        self._firsts = [1 + sum(counts[:k]) for k in range(len(counts))]
        self._seen = np.zeros(1 + sum(counts), np.bool_)

    def _array(self, one: Standing) -> tuple[Shader, moderngl.VertexArray]:
        shader = self._shaders[one.colors is not None]
        content = [(one.positions, "3f4", "position")]
        if one.colors is not None:
            content.append((one.colors, "4f1", "color"))
        return shader, shader.array(content, one.index)

    def look(self, moment: Moment, water: WaterPainter | None = None) -> None:
        """See what there is to be seen at a moment, above water where there is any."""
        context = self._context
        self._target.use()
        self._target.clear(depth=1.0)
        context.enable_only(moderngl.DEPTH_TEST)
        narrower = np.diag([1.0 - _MARGIN, 1.0 - _MARGIN, 1.0, 1.0])
        wide = replace(moment, projection=narrower @ moment.projection)
        if water is not None:
            water.hide(wide)
        for shader in self._shaders:
            wide.set(shader)
        for one, (shader, array), number in zip(self._standing, self._arrays, self._firsts, strict=True):
            for _, (first, count) in visible(one.cells, wide.projection, wide.view.eye):
                shader.set(first_number=number + first // 3)
                array.render(vertices=count, first=first)
        self._target.read_into(self._pixels, components=4)
        # The alpha byte says only that something is there.
        self._seen[self._pixels & np.uint32(0xFFFFFF)] = True

    def report(self) -> Seen:
        """What has been seen so far."""
        return self._seen[1:].copy()

    def close(self) -> None:
        """Give the memory back."""
        for _, array in self._arrays:
            array.release()
        for held in (self._target, self._texture, self._depth):
            held.release()


def part_of(
    context: moderngl.Context, standing: Standing, kept: Seen, eyes: NDArray[np.float64] | None = None
) -> tuple[Cells, moderngl.Buffer]:
    """The pieces with only some of their triangles, and the index of these.

    Args:
        context: where they are drawn.
        standing: what they are of.
        kept: which stay.
        eyes: (n, 3), from where they are seen, where the nearest shall come first.
    """
    cells = only(standing.cells, kept)
    if eyes is not None:
        cells = nearest_first(cells, standing.points, eyes)
    # Nothing is ever drawn with the index of no triangles, and OpenGL has no empty buffers.
    return cells, context.buffer(cells.index.tobytes()) if len(cells.index) else standing.index
