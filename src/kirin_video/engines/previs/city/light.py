"""What light and dirt leave on things: darker feet, and the glow of street lamps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kirin_video.engines.previs.city.solids import Floats, Point, as_bytes
from kirin_video.engines.previs.mesh import Mesh

_FOOT_M = 0.15
_LAMPLIGHT = (1.0, 0.83, 0.58)


def soiled(mesh: Mesh) -> Mesh:
    """The same mesh darker towards the ground, where walls and things catch dirt and less sky."""
    y = mesh.positions[:, 1:2] - _FOOT_M
    shade = 0.66 + 0.34 * np.clip(y / 1.3, 0.0, 1.0)
    colors = mesh.colors.copy()
    colors[:, :3] = as_bytes((colors[:, :3] / 255.0 * shade).astype(np.float32))
    return Mesh(mesh.positions, mesh.normals, colors, mesh.glow, mesh.faces)


def lamplit(mesh: Mesh, lamps: Sequence[Point], strength: float) -> Mesh:
    """The same mesh with the light of street lamps baked into its glow.

    Args:
        mesh: anything in place.
        lamps: where the lamps are, metres.
        strength: 0..1.
    """
    if strength <= 0.0 or not len(mesh.positions):
        return mesh
    low, high = mesh.positions.min(axis=0) - 14.0, mesh.positions.max(axis=0) + 14.0
    light = np.zeros(len(mesh.positions), np.float32)
    for lamp in lamps:
        spot = np.array(lamp, np.float32)
        if (spot < low).any() or (spot > high).any():
            continue
        light += _falling(mesh.positions, mesh.normals, spot)
    light = np.minimum(light, 1.0) * strength
    glow = np.maximum(mesh.glow / 255.0, light)
    # What does not shine itself takes on the colour of the light.
    warmth = np.where(mesh.glow > 0, 0.0, np.minimum(light * 5.0, 1.0))[:, None]
    colors = mesh.colors.copy()
    warmed = colors[:, :3] / 255.0 * (1.0 - warmth * (1.0 - np.array(_LAMPLIGHT)))
    colors[:, :3] = as_bytes(warmed.astype(np.float32))
    return Mesh(mesh.positions, mesh.normals, colors, as_bytes(glow.astype(np.float32)), mesh.faces)


def _falling(positions: Floats, normals: Floats, lamp: Floats) -> Floats:
    """Light of one lamp on surfaces: by distance, wrapped round by a third."""
    to = lamp - positions
    distance = np.linalg.norm(to, axis=1) + 1e-3
    facing = np.clip(((to * normals).sum(axis=1) / distance + 0.3) / 1.3, 0.0, 1.0)
    return (1.05 * facing / (1.0 + (distance / 3.0) ** 2) ** 1.6).astype(np.float32)
