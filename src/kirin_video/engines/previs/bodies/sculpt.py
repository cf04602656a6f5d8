"""Sculpting: lumps of clay hung on bones, melted together, made into a skinned mesh.

A body is a few layers (skin, mane, hooves ...), each the smooth union of its lumps; layers meet in crisp
borders. What is small and hard (eyes, horns, claws) is added as rigid meshes.
"""

# ruff: noqa: PLR0913, PLR0917 -- a lump has a place, a shape, an owner and a look
from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Bone, Point, Shell, Skeleton, Vector
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.mesh import Mesh

Rgb = tuple[float, float, float]
Rows = NDArray[np.float64]

_SOFT = 0.42
"""How gradually bones take over from each other."""
_TRIANGLES_A_CELL = 2.7
"""Triangles that surface nets make for each cell's face of surface; a sphere's, measured."""
_UNSAID = (math.nan, math.nan)
_MELTED = 0.62
"""Share of the lumps' own surface that is left when they have melted together; measured on a dog."""


def _kernels() -> ModuleType:
    """The compiled loops: numba must not be imported before it can find its cache."""
    prepare_jit_cache()
    from kirin_video.engines.previs.bodies import sculpt_kernels  # noqa: PLC0415

    return sculpt_kernels


@dataclass(frozen=True, slots=True)
class Look:
    """What a lump's surface looks like.

    Attributes:
        color: sRGB, 0 to 1.
        coat: how much the layer's pattern covers it.
        gloss: how much it shines like wet or polished.
        fur: how furry its outline is.
    """

    color: Rgb
    coat: float = 1.0
    gloss: float = 0.0
    fur: float = 0.4


@dataclass(frozen=True, slots=True)
class Lump:
    """A cone with round ends, or an ellipsoid.

    Attributes:
        row: float64, (30,), as the kernels read it: kind, operation, two points, two radii, three half axes,
            a turn (rows are the lump's axes), blend, flatness and its axis, where the flow leads to.
        low: the corner of its box, without room for blending.
        high: the opposite corner.
        bone: the index of the bone that it hangs on.
        look: what it looks like.
        along: how far along the body's flow its two ends are; NaN where it follows its neighbours.
        area_m2: roughly, of its surface.
    """

    row: Rows
    low: Rows
    high: Rows
    bone: int
    look: Look
    along: tuple[float, float]
    area_m2: float


@dataclass(slots=True)
class Layer:
    """One surface of a body in the making; `Sculpture.layer` begins it.

    Attributes:
        coat: the pattern on it.
        lumps: its clay.
        trims: rigid meshes with the bone that carries them, their gloss and their fur.
        fineness: how much smaller than the body's its cells are; above 1 for what is thin.
    """

    sculpture: Sculpture
    coat: Coat = PLAIN
    fineness: float = 1.0
    lumps: list[Lump] = field(default_factory=list[Lump])
    trims: list[tuple[Mesh, int, float, float]] = field(default_factory=list[tuple[Mesh, int, float, float]])

    def cone(
        self,
        a: Vector,
        b: Vector,
        radius_a: float,
        radius_b: float,
        bone: str,
        look: Look,
        *,
        blend: float | None = None,
        flat: float = 1.0,
        flat_axis: Vector = (0.0, 0.0, 1.0),
        along: tuple[float, float] | None = None,
        cut: bool = False,
    ) -> None:
        """Add a cone with round ends, or cut one out.

        Args:
            a: the middle of one end, metres.
            b: the middle of the other.
            radius_a: at the first end.
            radius_b: at the second.
            bone: the name of the bone that it hangs on.
            look: what it looks like.
            blend: metres over which it melts into what is there; half the smaller radius where left out.
            flat: its thickness along the flat axis as a share of its radius.
            flat_axis: a unit vector.
            along: how far along the body's flow its ends are; left out, it takes its neighbours'.
            cut: whether it is taken away from what is there.
        """
        start, end = np.array(a, float), np.array(b, float)
        widest = max(radius_a, radius_b) * max(flat, 1.0)
        length = float(np.linalg.norm(end - start))
        row = np.zeros(30)
        row[0:2] = 0.0, float(cut)
        row[2:5], row[5:8], row[8:10] = start, end, (radius_a, radius_b)
        row[22] = blend if blend is not None else 0.5 * min(radius_a, radius_b) + 1e-4
        row[23], row[24:27], row[27:30] = flat, flat_axis, end
        mean = (radius_a + radius_b) / 2.0
        self.lumps.append(
            Lump(
                row,
                np.minimum(start, end) - widest,
                np.maximum(start, end) + widest,
                self.sculpture.index(bone),
                look,
                along or _UNSAID,
                math.tau * mean * (length + 2.0 * mean) * (0.5 + 0.5 * min(flat, 1.0)),
            )
        )

    def ball(
        self,
        middle: Vector,
        radii: Vector,
        bone: str,
        look: Look,
        *,
        blend: float | None = None,
        turn: Rows | None = None,
        flow: Vector = (1.0, 0.0, 0.0),
        along: float | None = None,
        cut: bool = False,
    ) -> None:
        """Add an ellipsoid, or cut one out.

        Args:
            middle: metres.
            radii: half its three axes.
            bone: the name of the bone that it hangs on.
            look: what it looks like.
            blend: metres over which it melts into what is there; half the smallest radius where left out.
            turn: (3, 3), a rotation from its own axes to the body's.
            flow: unit vector in which the body flows here.
            along: how far along the flow its middle is; left out, it takes its neighbours'.
            cut: whether it is taken away from what is there.
        """
        centre, half = np.array(middle, float), np.array(radii, float)
        row = np.zeros(30)
        row[0:2] = 1.0, float(cut)
        row[2:5], row[10:13] = centre, half
        axes = np.eye(3) if turn is None else turn
        row[13:22] = axes.T.reshape(-1)
        row[22] = blend if blend is not None else 0.5 * float(half.min()) + 1e-4
        row[23], row[24:27], row[27:30] = 1.0, (0.0, 0.0, 1.0), centre + np.array(flow, float)
        reach = np.sqrt((axes * half) ** 2 @ np.ones(3))
        p = 1.6
        x, y, z = half**p
        area = 4.0 * math.pi * ((x * y + x * z + y * z) / 3.0) ** (1.0 / p)
        self.lumps.append(
            Lump(
                row,
                centre - reach,
                centre + reach,
                self.sculpture.index(bone),
                look,
                _UNSAID if along is None else (along, along + 1.0),
                area,
            )
        )

    def trim(self, mesh: Mesh, bone: str, *, gloss: float = 0.0, fur: float = 0.0) -> None:
        """Add something rigid that a bone carries: an eye, a horn, a claw."""
        self.trims.append((mesh, self.sculpture.index(bone), gloss, fur))

    def surface(self, middle: Vector, way: Vector, reach: float) -> Rows:
        """The outermost point of this layer on a ray: where to put an eye.

        Args:
            middle: inside the layer.
            way: a direction, of any length.
            reach: metres, surely outside.

        Returns:
            float64, (3,); the middle itself where the ray meets nothing.
        """
        kernels = _kernels()
        rows, boxes = _stacked(self.lumps, reach)
        start = np.array(middle, float)
        unit = np.array(way, float) / np.linalg.norm(way)
        steps = np.linspace(reach, 0.0, 160)
        before = kernels.FAR
        for at, far in enumerate(steps):
            d = kernels.field_at(rows, boxes, *(start + unit * far))
            if d < 0.0:
                share = d / (d - before) if at else 0.0
                return start + unit * (far + share * (steps[0] - steps[1]))
            before = d
        return start


@dataclass(slots=True)
class Sculpture:
    """A body in the making: bones first, then layers of lumps, then ``finish``."""

    bones: list[Bone] = field(default_factory=list[Bone])
    layers: list[Layer] = field(default_factory=list[Layer])
    closer: list[tuple[Rows, float, float]] = field(default_factory=list[tuple[Rows, float, float]])

    def bone(self, name: str, head: Vector, tail: Vector, parent: str | None = None) -> None:
        """Add a bone, after its parent."""
        at = -1 if parent is None else self.index(parent)
        self.bones.append(Bone(name, _point(head), _point(tail), at))

    def index(self, name: str) -> int:
        """The place of a bone among the bones.

        Raises:
            KeyError: there is none of that name.
        """
        return Skeleton(tuple(self.bones)).index(name)

    def layer(self, coat: Coat = PLAIN, *, fineness: float = 1.0) -> Layer:
        """Begin a surface of its own."""
        layer = Layer(self, coat, fineness)
        self.layers.append(layer)
        return layer

    def look_closer(self, middle: Vector, radius: float, times: float = 2.0) -> None:
        """Give what lies within a ball smaller triangles: a face, a hand."""
        self.closer.append((np.array(middle, float), radius, times))

    def extent(self) -> tuple[Rows, Rows]:
        """The corners, (3,) each, of a box round all lumps."""
        lumps = [lump for layer in self.layers for lump in layer.lumps if lump.row[1] == 0.0]
        return np.min([lump.low for lump in lumps], axis=0), np.max([lump.high for lump in lumps], axis=0)

    def scale(self, factor: float) -> None:
        """Make everything larger or smaller, about the origin."""
        self.bones = [
            Bone(b.name, _point([v * factor for v in b.head]), _point([v * factor for v in b.tail]), b.parent)
            for b in self.bones
        ]
        self.closer = [(middle * factor, radius * factor, times) for middle, radius, times in self.closer]
        for layer in self.layers:
            layer.lumps = [_scaled(lump, factor) for lump in layer.lumps]
            layer.trims = [
                (mesh.moved((0.0, 0.0, 0.0), 0.0, factor), bone, gloss, fur)
                for mesh, bone, gloss, fur in layer.trims
            ]

    def finish(self, triangles: int) -> tuple[Skeleton, tuple[Shell, ...]]:
        """Polygonise.

        Args:
            triangles: about how many in all, rigid meshes not counted.

        Returns:
            The skeleton, and a shell for every coat.
        """
        lumps = [lump for layer in self.layers for lump in layer.lumps]
        area = sum(_true_area(lump, self.closer) for lump in lumps) * _MELTED
        cell = math.sqrt(_TRIANGLES_A_CELL * area / triangles)
        low = np.min([lump.low for lump in lumps], axis=0)
        high = np.max([lump.high for lump in lumps], axis=0)
        reach = 0.16 * float((high - low).max())
        around = _stacked(lumps, reach)
        shells = [
            shell
            for layer in self.layers
            for shell in _polygonised(
                layer, cell / layer.fineness, self.closer, len(self.bones), around, reach
            )
        ]
        return Skeleton(tuple(self.bones)), _gathered(shells)


def _scaled(lump: Lump, factor: float) -> Lump:
    row = lump.row.copy()
    row[2:13] *= factor
    row[22] *= factor
    row[27:30] *= factor
    return replace(
        lump,
        row=row,
        low=lump.low * factor,
        high=lump.high * factor,
        along=(lump.along[0] * factor, lump.along[1] * factor),
        area_m2=lump.area_m2 * factor * factor,
    )


def _point(values: Vector) -> Point:
    x, y, z = (float(v) for v in values)
    return x, y, z


def _true_area(lump: Lump, closer: list[tuple[Rows, float, float]]) -> float:
    """A lump's area, counted as often as smaller triangles fill it."""
    middle = (lump.low + lump.high) / 2.0
    finest = max((t for c, r, t in closer if np.linalg.norm(middle - c) < r), default=1.0)
    return lump.area_m2 * finest * finest


def _stacked(lumps: list[Lump], room: float) -> tuple[Rows, Rows]:
    """Rows (l, 30) and boxes (l, 6) with room for blending and a bit more, metres."""
    rows = np.array([lump.row for lump in lumps])
    margin = (1.2 * rows[:, 22] + room)[:, None]
    low = np.array([lump.low for lump in lumps]) - margin
    high = np.array([lump.high for lump in lumps]) + margin
    return rows, np.concatenate([low, high], 1)


def _polygonised(
    layer: Layer,
    cell: float,
    closer: list[tuple[Rows, float, float]],
    bones: int,
    around: tuple[Rows, Rows],
    reach: float,
) -> list[Shell]:
    shells: list[Shell] = []
    if layer.lumps:
        lumps = [_thickened(lump, cell, closer) for lump in layer.lumps]
        rows, boxes = _stacked(lumps, 3.0 * cell)
        for points, faces in _pieces(rows, boxes, lumps, cell, closer):
            shells.append(_skinned(lumps, (rows, boxes), points, faces, layer.coat, bones, around, reach))
    shells += [_rigid(*trim) for trim in layer.trims]
    return shells


def _thickened(lump: Lump, cell: float, closer: list[tuple[Rows, float, float]]) -> Lump:
    """The lump no thinner than cells can show: far away, ears and tails must not vanish."""
    middle = (lump.low + lump.high) / 2.0
    finest = max((t for c, r, t in closer if np.linalg.norm(middle - c) < r), default=1.0)
    least = 0.75 * cell / finest
    row = lump.row.copy()
    if row[1] != 0.0:
        return lump
    if row[0] == 0.0:
        row[8:10] = np.maximum(row[8:10], least)
        row[23] = max(row[23], min(1.0, least / max(row[8], row[9])))
    else:
        row[10:13] = np.maximum(row[10:13], least)
    return replace(lump, row=row)


def _pieces(
    rows: Rows, boxes: Rows, lumps: list[Lump], cell: float, closer: list[tuple[Rows, float, float]]
) -> list[tuple[Rows, NDArray[np.uint32]]]:
    """The surface in coarse triangles, and in fine ones within the balls; they overlap by a coarse cell."""
    low = np.min([lump.low for lump in lumps], axis=0)
    high = np.max([lump.high for lump in lumps], axis=0)
    coarse = _netted(rows, boxes, low, high, cell)
    pieces: list[tuple[Rows, NDArray[np.uint32]]] = []
    for middle, radius, times in closer:
        points, faces = coarse
        inside = np.linalg.norm(points - middle, axis=1) < radius - 1.2 * cell
        coarse = points, faces[~inside[faces].all(1)]
        corner, opposite = np.maximum(low, middle - radius), np.minimum(high, middle + radius)
        if (corner >= opposite).any():
            continue
        points, faces = _netted(rows, boxes, corner, opposite, cell / times)
        keep = (np.linalg.norm(points - middle, axis=1) < radius)[faces].all(1)
        pieces.append((points, faces[keep]))
    return [_compact(*piece) for piece in (coarse, *pieces) if len(piece[1])]


def _netted(rows: Rows, boxes: Rows, low: Rows, high: Rows, cell: float) -> tuple[Rows, NDArray[np.uint32]]:
    kernels = _kernels()
    # A lattice that is the same for every piece keeps the two sides of a symmetric body alike.
    first = np.floor(low / cell - 2.5) * cell + 0.5 * cell
    shape = np.ceil((high - first) / cell + 2.5).astype(int)
    grid = np.empty(tuple(shape.tolist()), np.float32)
    kernels.fill_field(rows, boxes, first, cell, grid)
    return kernels.surface_nets(grid, first, cell)


def _compact(points: Rows, faces: NDArray[np.uint32]) -> tuple[Rows, NDArray[np.uint32]]:
    """Only the points that faces use."""
    used, where = np.unique(faces, return_inverse=True)
    return np.ascontiguousarray(points[used]), where.reshape(-1, 3).astype(np.uint32)


def _skinned(
    lumps: list[Lump],
    own: tuple[Rows, Rows],
    points: Rows,
    faces: NDArray[np.uint32],
    coat: Coat,
    bones: int,
    around: tuple[Rows, Rows],
    reach: float,
) -> Shell:
    kernels = _kernels()
    rows, boxes = own
    normals = np.empty_like(points)
    step = float(np.linalg.norm(points[faces[0, 0]] - points[faces[0, 1]]))
    kernels.settle(rows, boxes, points, normals, 0.22 * step, 0.45 * step)
    owners = np.array([lump.bone for lump in lumps], np.int64)
    looks = np.array(
        [(*k.look.color, k.look.coat, k.look.gloss, k.look.fur, *k.along) for k in lumps], np.float64
    )
    weights, look = np.zeros((len(points), bones)), np.zeros((len(points), 7))
    kernels.share_out(rows, owners, looks, points, _SOFT, weights, look)
    open_ = np.empty(len(points))
    kernels.openness(*around, points, normals, reach, open_)
    colors = np.concatenate([look[:, :3], np.zeros((len(points), 1))], 1)
    mesh = Mesh(
        points.astype(np.float32),
        normals.astype(np.float32),
        _bytes(colors),
        np.zeros(len(points), np.uint8),
        faces,
    )
    skin = _bytes(np.column_stack([open_, look[:, 3:6]]))
    return Shell(mesh, skin, look[:, 6].astype(np.float32), *top_weights(weights), coat)


def _rigid(mesh: Mesh, bone: int, gloss: float, fur: float) -> Shell:
    n = len(mesh.positions)
    bones, weights = np.zeros((n, 4), np.uint8), np.zeros((n, 4), np.uint8)
    bones[:, 0], weights[:, 0] = bone, 255
    skin = _bytes(np.tile([1.0, 0.0, gloss, fur], (n, 1)))
    return Shell(mesh, skin, np.zeros(n, np.float32), bones, weights)


def top_weights(weights: Rows) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The four strongest bones of each vertex and their weights, adding up to 255.

    Args:
        weights: (n, bones), adding up to 1 in each row.
    """
    count = min(4, weights.shape[1])
    best = np.argsort(-weights, axis=1, kind="stable")[:, :count]
    shares = np.take_along_axis(weights, best, 1)
    shares = np.floor(255.0 * shares / shares.sum(1, keepdims=True) + 1e-9)
    shares[:, 0] += 255.0 - shares.sum(1)
    room = ((0, 0), (0, 4 - count))
    return np.pad(best, room).astype(np.uint8), np.pad(shares, room).astype(np.uint8)


def _bytes(values: Rows) -> NDArray[np.uint8]:
    return (np.clip(values, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)


def _gathered(shells: list[Shell]) -> tuple[Shell, ...]:
    """One shell for every coat; what is plain goes with the first, where no pattern covers it."""
    coats = list(dict.fromkeys(s.coat for s in shells if s.coat != PLAIN)) or [PLAIN]
    return tuple(
        _in_curve(_joined([s for s in shells if _home(s.coat, coats) == coat], coat)) for coat in coats
    )


def _home(coat: Coat, coats: list[Coat]) -> Coat:
    return coat if coat in coats else coats[0]


def _joined(shells: list[Shell], coat: Coat) -> Shell:
    starts = np.cumsum([0, *(len(s.mesh.positions) for s in shells)])
    meshes = [s.mesh for s in shells]
    mesh = Mesh(
        np.concatenate([m.positions for m in meshes]),
        np.concatenate([m.normals for m in meshes]),
        np.concatenate([m.colors for m in meshes]),
        np.concatenate([m.glow for m in meshes]),
        np.concatenate([m.faces + np.uint32(start) for m, start in zip(meshes, starts, strict=False)]),
    )
    skins = [s.skin if s.coat == coat else _uncovered(s.skin) for s in shells]
    return Shell(
        mesh,
        np.concatenate(skins),
        np.concatenate([s.along for s in shells]),
        np.concatenate([s.bones for s in shells]),
        np.concatenate([s.weights for s in shells]),
        coat,
    )


def _in_curve(shell: Shell) -> Shell:
    """The same shell, its faces along a curve that fills space, its vertices in the order of their first use.

    llvmpipe shades a vertex again whenever its small cache has lost it: neighbours must follow each other.
    """
    mesh = shell.mesh
    middles = mesh.positions[mesh.faces].mean(1)
    low, high = middles.min(0), middles.max(0)
    place = ((middles - low) / float((high - low).max() + 1e-9) * 1023.0).astype(np.int64)
    key = sum(_spread_bits(place[:, axis]) << axis for axis in range(3))
    faces = mesh.faces[np.argsort(key, kind="stable")]
    used, first = np.unique(faces, return_index=True)
    order = used[np.argsort(first, kind="stable")]
    back = np.zeros(len(mesh.positions), np.uint32)
    back[order] = np.arange(len(order), dtype=np.uint32)
    return Shell(
        Mesh(mesh.positions[order], mesh.normals[order], mesh.colors[order], mesh.glow[order], back[faces]),
        shell.skin[order],
        shell.along[order],
        shell.bones[order],
        shell.weights[order],
        shell.coat,
    )


def _spread_bits(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ten bits with two empty places after each (G. M. Morton, 1966)."""
    for shift, mask in ((16, 0x30000FF), (8, 0x300F00F), (4, 0x30C30C3), (2, 0x9249249)):
        values = (values | (values << shift)) & mask
    return values


def _uncovered(skin: NDArray[np.uint8]) -> NDArray[np.uint8]:
    bare = skin.copy()
    bare[:, 1] = 0
    return bare
