"""Painting swarms: one pass of squares over the finished picture, the furthest first."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.effects.shapes import TILE_PX, TILES_ACROSS, tiles
from kirin_video.engines.previs.gl.lamps import SOURCE, lamp_flags, set_lamps
from kirin_video.engines.previs.gl.moment import NO_MIRROR, Moment, set_light
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.swarms import Swarm, sprites_at

_UNIT = 0
_FLOATS = 20
_CORNERS = 4


class EffectPainter:
    """Draws the swarms of a scene.

    Args:
        context: where it draws.
        scene: whose swarms; there is at least one.
        mist_floor_m: the height that mist lies on.
    """

    def __init__(self, context: moderngl.Context, scene: Scene, mist_floor_m: float) -> None:
        self._context, self._scene, self._floor = context, scene, mist_floor_m
        shared = ("air.glsl", "shade.glsl", SOURCE)
        self._shader = Shader(context, "sprite.vert", "sprite.frag", shared, lamp_flags(scene.lamps))
        set_light(self._shader, scene.light, mist_floor_m)
        side = TILE_PX * TILES_ACROSS
        self._tiles = context.texture((side, side), 4, tiles().tobytes())
        self._tiles.filter = (moderngl.LINEAR, moderngl.LINEAR)
        most = max(sum(len(swarm.born) for swarm in scene.swarms), 1)
        self._vertices = context.buffer(reserve=most * _CORNERS * _FLOATS * 4, dynamic=True)
        corners = np.arange(most, dtype=np.uint32)[:, None] * _CORNERS
        faces = corners + np.array([0, 1, 2, 2, 1, 3], np.uint32)
        names = (("middle", 3), ("across", 3), ("along", 3), ("paint", 4), ("inside", 3), ("look", 4))
        self._array = self._shader.rows(self._vertices, names, context.buffer(faces.tobytes()))

    def relight(self, light: Light) -> None:
        """Let another light fall on them."""
        set_light(self._shader, light, self._floor)

    def draw(self, moment: Moment) -> None:
        """Draw what is in sight; in a mirror, a moment's mirror level says so."""
        swarms = self._scene.swarms
        if moment.mirror_level_m != NO_MIRROR:
            swarms = tuple(swarm for swarm in swarms if swarm.look.shimmer)
        rows = _in_order(swarms, moment)
        if not len(rows):
            return
        self._vertices.write(np.repeat(rows, _CORNERS, 0).tobytes())
        context = self._context
        moment.set(self._shader)
        set_lamps(self._shader, self._scene.lamps, moment.time_s)
        self._shader.set(smallest=0.6 * np.radians(moment.view.fov_deg) / moment.height_px)
        self._shader.use_texture("tiles", self._tiles, _UNIT)
        context.enable(moderngl.BLEND)
        context.blend_func = (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
        context.fbo.depth_mask = False
        self._array.render(moderngl.TRIANGLES, vertices=6 * len(rows))
        context.fbo.depth_mask = True
        context.disable(moderngl.BLEND)


def _in_order(swarms: tuple[Swarm, ...], moment: Moment) -> NDArray[np.float32]:
    """Rows (n, 20) of all that is in sight, the furthest first."""
    parts = [sprites_at(swarm, moment.time_s, moment.view.eye).rows() for swarm in swarms]
    rows = np.concatenate([np.empty((0, _FLOATS), np.float32), *parts])
    clip = rows[:, :3] @ moment.projection[:, :3].T + moment.projection[:, 3]
    reach = np.linalg.norm(rows[:, 3:6], axis=1) + np.linalg.norm(rows[:, 6:9], axis=1)
    wide = clip[:, 3] + 3.0 * reach
    seen = (np.abs(clip[:, 0]) < wide) & (np.abs(clip[:, 1]) < wide) & (clip[:, 3] > -reach)
    rows, depth = rows[seen & (rows[:, 12] > 0.0)], clip[seen & (rows[:, 12] > 0.0), 3]
    return rows[np.argsort(-depth, kind="stable")]
