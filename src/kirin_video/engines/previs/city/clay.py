"""Clay: the lump from which a piece of the city is modelled, one shape after another.

Shapes are modelled in metres, y up, with their front towards +z; `Mesh.moved` carries them to their place.
"""

# ruff: noqa: PLR0913, PLR0917 - a model is made of measures and odds, and a box has many sides
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kirin_video.engines.previs.city.solids import Floats, Point, Rgb, as_bytes, soft_box
from kirin_video.engines.previs.mesh import Mesh, merge

Four = tuple[float, float, float, float]
Corners = tuple[Point, Point, Point, Point]

_PLAIN: Four = (1.0, 1.0, 1.0, 1.0)
_DARK: Four = (0.0, 0.0, 0.0, 0.0)


def four(value: float) -> Four:
    """The same at all four corners."""
    return value, value, value, value


def facing(corners: Corners, *, ahead: bool) -> Corners:
    """The corners as they are, or turned round to be seen from the other side."""
    a, b, c, d = corners
    return corners if ahead else (d, c, b, a)


class Clay:
    """A lump of clay: shapes go in, one mesh comes out."""

    def __init__(self) -> None:
        self._corners: list[Corners] = []
        self._colors: list[Rgb] = []
        self._shades: list[Four] = []
        self._glows: list[Four] = []
        self._parts: list[Mesh] = []

    def add(self, mesh: Mesh) -> None:
        """Press a finished mesh in."""
        self._parts.append(mesh)

    def quad(
        self,
        corners: Corners,
        color: Rgb,
        *,
        shades: Four = _PLAIN,
        glow: Four = _DARK,
    ) -> None:
        """A flat four-sided face, corners counter-clockwise seen from outside."""
        self._corners.append(corners)
        self._colors.append(color)
        self._shades.append(shades)
        self._glows.append(glow)

    def front(
        self,
        x0: float,
        x1: float,
        y0: float,
        y1: float,
        z: float,
        color: Rgb,
        *,
        shades: Four = _PLAIN,
        glow: Four = _DARK,
    ) -> None:
        """An upright rectangle facing +z; shades and glow run counter-clockwise from its lower left."""
        self.quad(((x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)), color, shades=shades, glow=glow)

    def box(self, low: Point, high: Point, color: Rgb, *, faces: str = "xXYzZ", glow: float = 0.0) -> None:
        """An upright box; ``faces`` names its sides, lower case the low ones (no underside by default)."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        a, b, c, d = (x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)
        e, f, g, h = (x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)
        sides = {
            "x": (a, d, h, e),
            "X": (c, b, f, g),
            "y": (a, b, c, d),
            "Y": (h, g, f, e),
            "z": (b, a, e, f),
            "Z": (d, c, g, h),
        }
        count = len(faces)
        self._corners += [sides[face] for face in faces]
        self._colors += [color] * count
        self._shades += [_PLAIN] * count
        self._glows += [(glow, glow, glow, glow)] * count

    def soft_box(
        self,
        low: Point,
        high: Point,
        color: Rgb,
        *,
        bevel: float = 0.05,
        glow: float = 0.0,
        bend: Callable[[Floats], Floats] | None = None,
    ) -> None:
        """A box with rounded edges; ``bend`` may move its (n, 3) points afterwards (taper, lean)."""
        self.add(soft_box(low, high, color, bevel=bevel, glow=glow, bend=bend))

    def mesh(self) -> Mesh:
        """Everything so far as one mesh."""
        parts = [*self._parts, self._flat()] if self._corners else self._parts
        return merge(parts)

    def _flat(self) -> Mesh:
        corners = np.array(self._corners, np.float32)
        normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12
        count = len(corners)
        shaded = np.array(self._colors)[:, None] * np.array(self._shades)[:, :, None]
        colors = np.zeros((count * 4, 4), np.uint8)
        colors[:, :3] = as_bytes(shaded.astype(np.float32).reshape(-1, 3))
        first = np.arange(count, dtype=np.uint32)[:, None] * 4
        return Mesh(
            corners.reshape(-1, 3),
            np.repeat(normals, 4, axis=0).astype(np.float32),
            colors,
            as_bytes(np.array(self._glows, np.float32).ravel()),
            (first + np.array([0, 1, 2, 0, 2, 3], np.uint32)).reshape(-1, 3).astype(np.uint32),
        )
