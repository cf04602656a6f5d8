"""Sculpting: lumps of clay hung on bones, melted together, made into a skinned mesh.

A body is a few layers (skin, mane, hooves ...), each the smooth union of its lumps; layers meet in crisp
borders. What is small and hard (eyes, horns, claws) is added as rigid meshes.
"""

# ruff: noqa: PLR0913, PLR0917 -- a lump has a place, a shape, an owner and a look
from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from kirin_video.engines.previs.bodies.body import Bone, Point, Shell, Skeleton, Vector
from kirin_video.engines.previs.bodies.lumps import Closer, Look, Lump, Rows, scaled, stacked, true_area
from kirin_video.engines.previs.bodies.netting import compiled, polygonised
from kirin_video.engines.previs.bodies.shelling import gathered
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.mesh import Mesh

_TRIANGLES_A_CELL = 2.7
"""Triangles that surface nets make for each cell's face of surface; a sphere's, measured."""
_UNSAID = (math.nan, math.nan)
_MELTED = 0.62
"""Share of the lumps' own surface that is left when they have melted together; measured on a dog."""


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
        kernels = compiled()
        rows, boxes = stacked(self.lumps, reach)
        start = np.array(middle, float)
        unit = np.array(way, float) / np.linalg.norm(way)
        return start + unit * kernels.outermost(rows, boxes, start, unit, np.linspace(reach, 0.0, 160))


@dataclass(slots=True)
class Sculpture:
    """A body in the making: bones first, then layers of lumps, then ``finish``."""

    bones: list[Bone] = field(default_factory=list[Bone])
    layers: list[Layer] = field(default_factory=list[Layer])
    closer: Closer = field(default_factory=Closer)

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
            layer.lumps = [scaled(lump, factor) for lump in layer.lumps]
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
        area = sum(true_area(lump, self.closer) for lump in lumps) * _MELTED
        cell = math.sqrt(_TRIANGLES_A_CELL * area / triangles)
        low = np.min([lump.low for lump in lumps], axis=0)
        high = np.max([lump.high for lump in lumps], axis=0)
        reach = 0.16 * float((high - low).max())
        around = stacked(lumps, reach)
        shells = [
            shell
            for layer in self.layers
            for shell in polygonised(
                layer.lumps,
                layer.trims,
                layer.coat,
                cell / layer.fineness,
                self.closer,
                len(self.bones),
                around,
                reach,
            )
        ]
        return Skeleton(tuple(self.bones)), gathered(shells)


def _point(values: Vector) -> Point:
    x, y, z = (float(v) for v in values)
    return x, y, z
