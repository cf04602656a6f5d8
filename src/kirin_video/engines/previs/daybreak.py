"""Windows that light up: how a part looks at any darkness between its day and its night."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.scenery import Kindling, Part

_PANE = 40
"""A lit pane is so much redder than an unlit one, of 255: lamplight never makes anything redder."""
_EARLIEST, _LATEST = 0.30, 0.85
"""Between these darknesses people come home."""


def kindled(day: Part, night: Part) -> Part:
    """A part that can grow dark, where its night is the same geometry; otherwise as it is by day."""
    a, b = day.mesh, night.mesh
    if len(a.positions) != len(b.positions) or not np.array_equal(a.faces, b.faces):
        return day
    if np.array_equal(a.colors, b.colors) and np.array_equal(a.glow, b.glow):
        return day
    return Part(
        day.mesh, day.finish, day.casts, day.mirrored, day.cell_m, Kindling(b.colors, b.glow, _since(a, b))
    )


def _since(day: Mesh, night: Mesh) -> NDArray[np.float32]:
    """When each vertex changes: a room at once, by its own chance; what lamps shine on little by little."""
    pane = night.colors[:, 0].astype(int) > day.colors[:, 0].astype(int) + _PANE
    # Every room has a brightness of its own, which tells it from the others.
    own = (np.abs(np.sin(night.glow.astype(np.float64) * 12.9898)) * 43758.5453) % 1.0
    return np.where(pane, _EARLIEST + (_LATEST - _EARLIEST) * own, -1.0).astype(np.float32)


def burning(mesh: Mesh, kindling: Kindling, darkness: float) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Colours (n, 4) and glow (n,) at a darkness, 0 to 1."""
    share = np.where(kindling.since < 0.0, darkness, kindling.since < darkness).astype(np.float32)
    colors = mesh.colors + (kindling.colors.astype(np.float32) - mesh.colors) * share[:, None]
    glow = mesh.glow + (kindling.glow.astype(np.float32) - mesh.glow) * share
    return (colors + 0.5).astype(np.uint8), (glow + 0.5).astype(np.uint8)
