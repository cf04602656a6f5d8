"""Rocks in deep water, under those who neither float, swim nor fly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Surface
from kirin_video.engines.previs.shapes import as_mesh, rock, vertex_normals
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.parts import Part as Cast
from kirin_video.engines.previs.staging.upholding import needs_rock, sinks

_STONE = (0.40, 0.37, 0.34)
_HIGH_M, _RADIUS_M = 2.0, 1.1
"""How high a rock is round its middle, and how much room is on it round whoever stands there."""
_LEVEL_AT = 0.42
"""So high over its middle, as a share of its height, it is level."""
_FURTHEST_M = 30.0
"""Those who are further apart have a rock each."""


def with_islets(scene: Scene, parts: tuple[Cast, ...], ground: Footing, times: Floats, seed: int) -> Scene:
    """The scene with a rock under everybody whom staging put above deep water.

    Args:
        scene: the world.
        parts: everybody's.
        ground: where water is.
        times: (f,), of every frame, seconds.
        seed: what makes this one different.
    """
    level = ground.water_m
    if level is None or scene.water is None:
        return scene
    boxes: list[Floats] = []
    for part in parts:
        if (
            part.carried
            or part.hold is not None
            or not (sinks(part.role, part.deeds) and needs_rock(part.role))
        ):
            continue
        places, _ = part.track.at(times[::6])
        x, z = places[:, 0], places[:, 2]
        top = part.track.terrain(x, z)
        if (top > level).all() and (ground.terrain(x, z) < level).all():
            room = _RADIUS_M + 0.5 * part.body.length_m
            boxes.append(
                np.array([x.min() - room, x.max() + room, z.min() - room, z.max() + room, top.min()])
            )
    stones = tuple(
        Part(_islet(box, seed + k), Finish.HARD, mirrored=scene.water.surface is not Surface.OCEAN)
        for k, box in enumerate(_together(boxes))
    )
    return replace(scene, parts=(*scene.parts, *stones)) if stones else scene


def _together(boxes: list[Floats]) -> list[Floats]:
    """One rock for all, unless they are far apart."""
    if len(boxes) < 2:  # noqa: PLR2004 -- nobody to share it with
        return boxes
    all_ = np.array(boxes)
    whole = np.array(
        [all_[:, 0].min(), all_[:, 1].max(), all_[:, 2].min(), all_[:, 3].max(), all_[:, 4].min()]
    )
    near = max(whole[1] - whole[0], whole[3] - whole[2]) < _FURTHEST_M
    return [whole] if near else boxes


def _islet(box: Floats, seed: int) -> Mesh:
    """A low rock, level on top, over a box: from and to x, from and to z, and its height, metres."""
    x0, x1, z0, z1, top = box.tolist()
    size = (0.62 * (x1 - x0), _HIGH_M, 0.62 * (z1 - z0))
    made = rock(np.random.default_rng([seed, 83]), size, _STONE, level=4)
    points = made.positions.astype(float)
    points[:, 1] = np.minimum(points[:, 1], _LEVEL_AT * _HIGH_M)
    tones = made.colors[:, :3] / 255.0
    level = as_mesh(points, vertex_normals(points, made.faces), tones, made.faces)
    return level.moved(((x0 + x1) / 2.0, top - _LEVEL_AT * _HIGH_M, (z0 + z1) / 2.0))
