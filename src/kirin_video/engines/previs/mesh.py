"""Geometry as numbers: what the builders make and the renderer draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Mesh:
    """A triangle mesh in metres, y up, x right, -z away from the viewer's default position.

    Attributes:
        positions: float32, (n, 3).
        normals: float32, (n, 3), unit length.
        colors: uint8, (n, 4): sRGB colour, and sway in the wind in the last byte (0 rigid, 255 free).
        glow: uint8, (n,): how much the vertex shines at night by itself (windows, lamps); 0 for most.
        faces: uint32, (m, 3), counter-clockwise seen from outside.
    """

    positions: NDArray[np.float32]
    normals: NDArray[np.float32]
    colors: NDArray[np.uint8]
    glow: NDArray[np.uint8]
    faces: NDArray[np.uint32]

    def moved(self, offset: tuple[float, float, float], turn: float = 0.0, scale: float = 1.0) -> Mesh:
        """A copy turned about the y axis (radians), scaled, then moved."""
        cos, sin = np.cos(turn), np.sin(turn)
        spin = np.array([[cos, 0.0, -sin], [0.0, 1.0, 0.0], [sin, 0.0, cos]], np.float32)
        positions = self.positions @ spin * np.float32(scale) + np.array(offset, np.float32)
        return Mesh(
            positions.astype(np.float32),
            (self.normals @ spin).astype(np.float32),
            self.colors,
            self.glow,
            self.faces,
        )


def merge(meshes: list[Mesh]) -> Mesh:
    """One mesh of many, in order."""
    starts = np.cumsum([0, *(len(m.positions) for m in meshes)])
    return Mesh(
        np.concatenate([m.positions for m in meshes]),
        np.concatenate([m.normals for m in meshes]),
        np.concatenate([m.colors for m in meshes]),
        np.concatenate([m.glow for m in meshes]),
        np.concatenate([m.faces + np.uint32(s) for m, s in zip(meshes, starts, strict=False)]),
    )
