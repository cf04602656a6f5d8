"""Assembling a hard body: rigid pieces on bones, then one shell of all."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Bone, Point, Shell, Skeleton, Vector
from kirin_video.engines.previs.bodies.hard.openness import openness
from kirin_video.engines.previs.mesh import Mesh, merge

_TAIL_M = 0.1


@dataclass(frozen=True, slots=True)
class Piece:
    """A mesh on a bone.

    Attributes:
        mesh: at rest.
        bone: what carries it.
        gloss: how much it shines, 0 to 1.
        shades: whether it keeps light from others; glass, flames and rails do not.
    """

    mesh: Mesh
    bone: int
    gloss: float
    shades: bool


@dataclass(slots=True)
class Assembly:
    """A body in the making. Bone 0 stands on the ground and goes where the track goes."""

    bones: list[Bone] = field(default_factory=lambda: [Bone("ground", (0.0, 0.0, 0.0), (0.0, _TAIL_M, 0.0))])
    pieces: list[Piece] = field(default_factory=list[Piece])

    def bone(self, name: str, head: Vector, parent: int = 0) -> int:
        """A new bone that turns about its head."""
        x, y, z = (float(v) for v in head)
        self.bones.append(Bone(name, (x, y, z), (x, y + _TAIL_M, z), parent))
        return len(self.bones) - 1

    def add(self, *meshes: Mesh, bone: int = 0, gloss: float = 0.12, shades: bool = True) -> None:
        """Hang pieces on a bone."""
        self.pieces += [Piece(mesh, bone, gloss, shades) for mesh in meshes]

    def extent(self, bones: set[int] | None = None) -> tuple[Point, Point]:
        """The corners of the box round all pieces, or round those of some bones."""
        chosen = [p.mesh.positions for p in self.pieces if bones is None or p.bone in bones]
        low = np.min([p.min(0) for p in chosen], axis=0).tolist()
        high = np.max([p.max(0) for p in chosen], axis=0).tolist()
        return (low[0], low[1], low[2]), (high[0], high[1], high[2])

    def finish(self, factor: float) -> tuple[Skeleton, tuple[Shell, ...]]:
        """One shell of all pieces, everything times a factor."""
        mesh = merge([p.mesh for p in self.pieces])
        opened = self._openness()
        n = len(mesh.positions)
        counts = [len(p.mesh.positions) for p in self.pieces]
        skin = np.zeros((n, 4), np.uint8)
        skin[:, 0] = (np.clip(opened, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
        skin[:, 2] = np.repeat([round(255 * p.gloss) for p in self.pieces], counts)
        bones, weights = np.zeros((n, 4), np.uint8), np.zeros((n, 4), np.uint8)
        bones[:, 0] = np.repeat([p.bone for p in self.pieces], counts)
        weights[:, 0] = 255
        grown = Mesh(
            (mesh.positions * np.float32(factor)).astype(np.float32),
            mesh.normals,
            mesh.colors,
            mesh.glow,
            mesh.faces,
        )
        shell = Shell(grown, skin, np.zeros(n, np.float32), bones, weights)
        return Skeleton(tuple(_scaled(bone, factor) for bone in self.bones)), (shell,)

    def _openness(self) -> NDArray[np.float32]:
        """How open every vertex is; pieces that keep no light from others get all of it."""
        opened = np.ones(sum(len(p.mesh.positions) for p in self.pieces), np.float32)
        shading = np.repeat([p.shades for p in self.pieces], [len(p.mesh.positions) for p in self.pieces])
        if shading.any():
            opened[shading] = openness(merge([p.mesh for p in self.pieces if p.shades]))
        return opened


def _scaled(bone: Bone, k: float) -> Bone:
    (a, b, c), (d, e, f) = bone.head, bone.tail
    return Bone(bone.name, (a * k, b * k, c * k), (d * k, e * k, f * k), bone.parent)
