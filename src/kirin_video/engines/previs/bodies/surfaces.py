"""Thin and lofted surfaces on many bones: wings, fins, membranes, snakes, fish.

Sculpted clay cannot be thin; these surfaces are laid out point by point and skinned as they are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Shell
from kirin_video.engines.previs.bodies.shelling import top_weights
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import vertex_normals

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Finish:
    """What a surface looks like.

    Attributes:
        gloss: how wet or polished it is, 0 to 1.
        fur: how furry its outline is.
        open: how much of the sky it sees.
        coat: the pattern on it.
        glow: how much it shines by itself, 0 to 1.
        cover: how much of the pattern it wears.
    """

    gloss: float = 0.0
    fur: float = 0.3
    open: float = 0.95
    coat: Coat = PLAIN
    glow: float = 0.0
    cover: float = 1.0


_MATT = Finish()


def panel(points: Floats, colors: Floats, weights: Floats, thick_m: float, finish: Finish = _MATT) -> Shell:
    """A thin plate with two faces.

    Args:
        points: (r, c, 3), metres; a grid seen from its upper side.
        colors: (r, c, 3), sRGB 0 to 1.
        weights: (r, c, bones), adding up to 1.
        thick_m: distance between its faces in its middle.
        finish: what it looks like.
    """
    rows, columns = points.shape[:2]
    at: Places = np.arange(rows * columns, dtype=np.int64).reshape(rows, columns)
    quads = _grid(at)
    flat = points.reshape(-1, 3)
    normals = vertex_normals(flat, quads)
    border = np.ones((rows, columns))
    border[[0, -1]] = border[:, [0, -1]] = 0.1
    lift = normals * (0.5 * thick_m * border.reshape(-1, 1))
    both = np.concatenate([flat + lift, flat - lift])
    faces = np.concatenate([quads, quads[:, ::-1] + len(flat)])
    return _shell(
        both,
        np.concatenate([normals, -normals]),
        np.tile(colors.reshape(-1, 3), (2, 1)),
        np.tile(weights.reshape(len(flat), -1), (2, 1)),
        faces,
        finish,
    )


def loft(
    points: Floats, colors: Floats, weights: Floats, finish: Finish = _MATT, along: Floats | None = None
) -> Shell:
    """A closed tube of rings, its ends drawn together to a point.

    Args:
        points: (r, s, 3), metres; the sides of a ring go counter-clockwise seen from the last ring.
        colors: (r, s, 3), sRGB 0 to 1.
        weights: (r, s, bones), adding up to 1.
        finish: what it looks like.
        along: (r,), how far along the body's flow a ring is.
    """
    rings, sides = points.shape[:2]
    at: Places = np.arange(rings * sides, dtype=np.int64).reshape(rings, sides)
    body = _grid(np.concatenate([at, at[:, :1]], 1))
    flat = points.reshape(-1, 3)
    ends = np.stack([points[0].mean(0), points[-1].mean(0)])
    around: Places = np.arange(sides, dtype=np.int64)
    after: Places = np.roll(around, -1)
    first = np.stack([np.full(sides, len(flat)), at[0, after], at[0, around]], 1)
    last = np.stack([np.full(sides, len(flat) + 1), at[-1, around], at[-1, after]], 1)
    faces = np.concatenate([body, first, last])
    whole = np.concatenate([flat, ends])
    if _volume(whole, faces) < 0.0:
        faces = faces[:, ::-1]
    pad = [0, -1]
    flow = None if along is None else np.concatenate([np.repeat(along, sides), along[pad]])
    return _shell(
        whole,
        vertex_normals(whole, faces),
        np.concatenate([colors.reshape(-1, 3), colors[pad].mean(1)]),
        np.concatenate([weights.reshape(len(flat), -1), weights[pad, 0]]),
        faces,
        finish,
        flow,
    )


def rigid(mesh: Mesh, bone: int, finish: Finish = _MATT) -> Shell:
    """A mesh that one bone carries."""
    n = len(mesh.positions)
    bones, weights = np.zeros((n, 4), np.uint8), np.zeros((n, 4), np.uint8)
    bones[:, 0], weights[:, 0] = bone, 255
    return Shell(mesh, _skin(n, finish), np.zeros(n, np.float32), bones, weights, finish.coat)


def fused(shells: Sequence[Shell]) -> tuple[Shell, ...]:
    """One shell for every coat: each costs a call to draw; what is plain goes with the first, uncovered."""
    coats = list(dict.fromkeys(s.coat for s in shells if s.coat != PLAIN)) or [PLAIN]
    groups = {
        coat: [s for s in shells if (s.coat if s.coat in coats else coats[0]) == coat] for coat in coats
    }
    return tuple(_joined(group, coat) for coat, group in groups.items())


def scaled(shell: Shell, factor: float) -> Shell:
    """A larger or smaller one."""
    mesh = replace(shell.mesh, positions=(shell.mesh.positions * np.float32(factor)).astype(np.float32))
    return replace(shell, mesh=mesh, along=(shell.along * np.float32(factor)).astype(np.float32))


def shares(bones: int, count: int, parts: dict[int, Floats | float]) -> Floats:
    """Weights (count, bones) from those of single bones, made to add up to 1."""
    weights = np.zeros((count, bones))
    for bone, share in parts.items():
        weights[:, bone] = share
    return weights / weights.sum(1, keepdims=True)


def ramp(bones: int, chain: Sequence[int], at: Floats) -> Floats:
    """Weights (n, bones) of points at places 0 to 1 along a chain of bones."""
    place = np.clip(at, 0.0, 1.0) * len(chain) - 0.5
    weights = np.zeros((len(at), bones))
    low = np.clip(np.floor(place).astype(int), 0, len(chain) - 1)
    high = np.minimum(low + 1, len(chain) - 1)
    t = np.clip(place - low, 0.0, 1.0)
    t = t * t * (3.0 - 2.0 * t)
    index, rows = np.array(chain), np.arange(len(at))
    np.add.at(weights, (rows, index[low]), 1.0 - t)
    np.add.at(weights, (rows, index[high]), t)
    return weights


def _grid(at: NDArray[np.int64]) -> NDArray[np.int64]:
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    return np.concatenate([np.stack(t, -1).reshape(-1, 3) for t in ((a, b, c), (b, d, c))])


def _volume(points: Floats, faces: NDArray[np.int64]) -> float:
    a, b, c = (points[faces[:, k]] for k in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)))


def _skin(count: int, finish: Finish) -> NDArray[np.uint8]:
    row = np.array([finish.open, finish.cover, finish.gloss, finish.fur])
    return np.tile((np.clip(row, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8), (count, 1))


def _shell(  # noqa: PLR0913, PLR0917 -- the attributes of a surface
    points: Floats,
    normals: Floats,
    colors: Floats,
    weights: Floats,
    faces: NDArray[np.int64],
    finish: Finish,
    along: Floats | None = None,
) -> Shell:
    n = len(points)
    paint = np.zeros((n, 4), np.uint8)
    paint[:, :3] = (np.clip(colors, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    glow = np.full(n, round(255 * finish.glow), np.uint8)
    mesh = Mesh(points.astype(np.float32), normals.astype(np.float32), paint, glow, faces.astype(np.uint32))
    flow = -points[:, 0] if along is None else along
    return Shell(mesh, _skin(n, finish), flow.astype(np.float32), *top_weights(weights), finish.coat)


def _joined(shells: Sequence[Shell], coat: Coat) -> Shell:
    starts = np.cumsum([0, *(len(s.mesh.positions) for s in shells)])
    meshes = [s.mesh for s in shells]
    skins = [s.skin.copy() for s in shells]
    for skin, shell in zip(skins, shells, strict=True):
        skin[:, 1] = skin[:, 1] if shell.coat == coat else 0
    return Shell(
        Mesh(
            np.concatenate([m.positions for m in meshes]),
            np.concatenate([m.normals for m in meshes]),
            np.concatenate([m.colors for m in meshes]),
            np.concatenate([m.glow for m in meshes]),
            np.concatenate([m.faces + np.uint32(start) for m, start in zip(meshes, starts, strict=False)]),
        ),
        np.concatenate(skins),
        np.concatenate([s.along for s in shells]),
        np.concatenate([s.bones for s in shells]),
        np.concatenate([s.weights for s in shells]),
        coat,
    )
