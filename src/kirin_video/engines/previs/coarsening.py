"""Coarser meshes for bodies that are small in the picture: vertices that would fall together become one.

Vertex clustering after Rossignac and Borrel (1993), kept apart where it would do harm: vertices that follow
different bones, or that face different ways, as the two sides of an ear do, or that have different colours
at the rims of wide faces, as the fields of a flag.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.scenery import Actor

_CELL_PX = 2.4
"""The side of a cell in the picture, where the body is nearest."""
_LEVELS_PER_OCTAVE = 2
"""Cells grow in steps, so that twins at about one distance stay twins."""
_NEAREST_M = 0.5
_WIDE = 4.0
"""The corners of a face that is so many cells wide keep their colour: mixed, it would run over the face."""
_SHADES = 5
"""Of colours that are kept apart the five upper bits count."""
_WORTH_SHARE = 0.85
"""A mesh that keeps more of its triangles than this is left as it is."""


def fitted(actors: Sequence[Actor], views: Sequence[View], height_px: int) -> tuple[Actor, ...]:
    """Actors as fine as the picture shows them where they are nearest: the same for the whole clip.

    Those that wear pictures stay as they are.

    Args:
        actors: who; those that share a mesh still do where they are about as near.
        views: of all frames.
        height_px: the height of the picture.
    """
    known: dict[tuple[int, int], Actor] = {}
    found: list[Actor] = []
    for actor in actors:
        if actor.printed is not None:  # its outline is the picture's, to which every vertex is tied
            found.append(actor)
            continue
        size_m = _CELL_PX / _pixels_a_metre(actor, views, height_px)
        level = math.floor(math.log2(size_m) * _LEVELS_PER_OCTAVE)
        key = id(actor.mesh), level
        if key not in known:
            known[key] = coarsened(actor, 2.0 ** (level / _LEVELS_PER_OCTAVE))
        like = known[key]
        same = {"mesh": like.mesh, "skin": like.skin, "along": like.along}
        found.append(replace(actor, **same, bones=like.bones, weights=like.weights))
    return tuple(found)


def _pixels_a_metre(actor: Actor, views: Sequence[View], height_px: int) -> float:
    """How large a metre of a body is in the picture, in pixels, when it is nearest."""
    points = actor.mesh.positions
    ends = np.unique(np.concatenate([points.argmin(0), points.argmax(0)]))
    bones = actor.bones[ends, actor.weights[ends].argmax(1)]
    rest = np.column_stack([points[ends], np.ones(len(ends), np.float32)])
    places = np.einsum("fbij,bj->fbi", actor.poses[:, bones], rest)
    eyes = np.array([view.eye for view in views])
    away = np.linalg.norm(places - eyes[:, None], axis=2).min(1)
    tall = np.tan(np.radians([view.fov_deg for view in views]) / 2.0)
    return float((height_px / 2.0 / (tall * np.maximum(away, _NEAREST_M))).max())


def coarsened(actor: Actor, cell_m: float) -> Actor:
    """An actor whose vertices in one cell, of one bone and facing one way, have become one.

    Args:
        actor: who.
        cell_m: the side of the cells, metres, in the rest pose.

    Returns:
        The same actor where little would be gained.
    """
    mesh = actor.mesh
    group = _groups(actor, cell_m)
    faces = group[mesh.faces]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (c != a)]
    if len(faces) > _WORTH_SHARE * len(mesh.faces) or not len(faces):
        return actor
    count = int(group.max()) + 1
    # Any one of a group lends it what cannot be averaged.
    first = np.zeros(count, np.int64)
    first[group[::-1]] = np.arange(len(group))[::-1]
    normals = _mean(mesh.normals, group, count)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-6)
    return replace(
        actor,
        mesh=Mesh(
            _mean(mesh.positions, group, count).astype(np.float32),
            normals.astype(np.float32),
            np.rint(_mean(mesh.colors, group, count)).astype(np.uint8),
            mesh.glow[first],
            faces.astype(np.uint32),
        ),
        skin=np.rint(_mean(actor.skin, group, count)).astype(np.uint8),
        along=_mean(actor.along[:, None], group, count)[:, 0].astype(np.float32),
        bones=actor.bones[first],
        weights=actor.weights[first],
    )


def _groups(actor: Actor, cell_m: float) -> NDArray[np.int64]:
    """The number of every vertex's group."""
    mesh = actor.mesh
    cell = np.floor(mesh.positions / cell_m).astype(np.int64) + (1 << 15)
    bone = actor.bones[np.arange(len(actor.bones)), actor.weights.argmax(1)].astype(np.int64)
    facing = ((mesh.normals > 0.0) * np.array([1, 2, 4])).sum(1)
    place = (cell[:, 0] << 16 | cell[:, 1]) << 16 | cell[:, 2]
    shade = np.where(_is_wide(mesh, _WIDE * cell_m), _shades(mesh.colors), 0)
    keys = np.column_stack([place << 11 | bone << 3 | facing, shade])
    _, group = np.unique(keys, axis=0, return_inverse=True)
    return group.ravel()


def _is_wide(mesh: Mesh, width_m: float) -> NDArray[np.bool_]:
    """Whether a vertex is the corner of a face with an edge longer than that."""
    corners = mesh.positions[mesh.faces]
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(1)
    wide = np.zeros(len(mesh.positions), bool)
    wide[mesh.faces[longest > width_m]] = True
    return wide


def _shades(colors: NDArray[np.uint8]) -> NDArray[np.int64]:
    """A number for every colour, the same for those that look alike."""
    red, green, blue = (colors[:, :3] >> (8 - _SHADES)).astype(np.int64).T
    return red << 2 * _SHADES | green << _SHADES | blue


def _mean(values: NDArray[np.generic], group: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """The mean of every group's rows."""
    sizes = np.bincount(group, minlength=count)
    columns = [np.bincount(group, column, count) / sizes for column in values.T.astype(np.float64)]
    return np.stack(columns, 1)
