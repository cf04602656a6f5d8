"""Painting speeds: how far what moves by itself goes in the picture while the shutter is open."""

from __future__ import annotations

from collections.abc import Sequence

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.gl.actors import ActorPainter, LoadedActor
from kirin_video.engines.previs.gl.matrices import Matrix, view_projection
from kirin_video.engines.previs.gl.moment import Moment
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.scenery import MOST_BONES
from kirin_video.engines.previs.shutter import bone_steps, exposed_views

_POSE_BINDING, _STEP_BINDING = 0, 1


class SpeedPainter:
    """Knows how a clip moves while the shutter is open, and draws the speeds of actors at half the size.

    Args:
        context: where it draws.
        views: of all frames.
        cuts: frames that begin a new view.
        actors: who moves by itself; None where nobody does.
        size: width and height of the picture, pixels.
        reach: the farthest that is told, as a share of the picture's height.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- a camera, a cast and a picture
        self,
        context: moderngl.Context,
        views: Sequence[View],
        cuts: frozenset[int],
        actors: ActorPainter | None,
        size: tuple[int, int],
        reach: float,
    ) -> None:
        self._context, self._views, self._cuts, self._size = context, views, cuts, size
        half = size[0] // 2, size[1] // 2
        self._texture = context.texture(half, 2, dtype="nu2")
        self._target = context.framebuffer([self._texture], context.depth_renderbuffer(half))
        flag = (f"MOST_BONES {MOST_BONES}",)
        self._shader = Shader(context, "speed.vert", "speed.frag", (), flag)
        self._shader.bind_blocks(Pose=_POSE_BINDING, Step=_STEP_BINDING)
        # A picture is 2 high and wide in clip space.
        self._shader.set(scale=(size[0] / size[1] / (2.0 * reach), 1.0 / (2.0 * reach)))
        self._steps = context.buffer(reserve=MOST_BONES * 48)
        self._items = [(item, self._array(item)) for item in actors.loaded] if actors else []

    def _array(self, item: LoadedActor) -> moderngl.VertexArray:
        return self._shader.array(item.geometry.corners, item.geometry.index)

    def exposure(self, number: int) -> tuple[Matrix, Matrix]:
        """World to clip space when the shutter opens around a frame and when it closes."""
        aspect = self._size[0] / self._size[1]
        opening, closing = exposed_views(self._views, self._cuts, number)
        return view_projection(opening, aspect), view_projection(closing, aspect)

    def draw(self, moment: Moment) -> None:
        """Draw the speeds of a frame whose poses the actors have taken up."""
        self._target.use()
        self._target.clear(depth=1.0)
        if not self._items:
            return
        context = self._context
        context.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        opening, closing = self.exposure(moment.number)
        self._shader.set(view_projection=moment.projection, opening=opening, closing=closing)
        for item, array in self._items:
            if item.in_sight(moment):
                steps = bone_steps(item.actor.poses, moment.number, item.geometry.pivots)
                self._steps.write(np.ascontiguousarray(steps).tobytes())
                item.pose.bind_to_uniform_block(_POSE_BINDING)
                self._steps.bind_to_uniform_block(_STEP_BINDING)
                array.render()

    def read_into(self, speeds: NDArray[np.uint16]) -> None:
        """Copy them out: uint16, (H / 2, W / 2, 2), the bottom row first."""
        self._target.read_into(speeds, components=2, dtype="nu2")
