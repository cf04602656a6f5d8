"""Stone as caves grow it: what hangs and what stands, and crystals."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, Noise
from kirin_video.engines.previs.shapes import Color, as_mesh, tube


def dripstone(noise: Noise, at: tuple[float, float, float], long: float, thick: float, color: Color) -> Mesh:
    """A stone that hangs (long is below 0) or stands."""
    t = np.linspace(0.0, 1.0, 7)
    own = 0.7 * at[0] + 0.3 * at[2]
    path = np.stack([at[0] + 0.06 * long * np.sin(3.0 * t + own), at[1] + long * t, np.full(7, at[2])], 1)
    width = thick * (1.0 - t) ** 0.8 * (1.0 + 0.25 * noise.fbm(t * 4.0, 0.0 * t + own, 3)) + 0.015
    return tube(path, width, 9, color)


def prism(foot: Field, way: Field, thick: float, color: Color) -> Mesh:
    """A pointed crystal from its foot along a way; it shines a little by itself."""
    path = np.stack([foot, foot + 0.8 * way, foot + way])
    body = tube(path, np.array([thick, thick * 0.9, 0.01]), 6, color)
    return as_mesh(body.positions, body.normals, color, body.faces.astype(np.int64), 0.0, 0.16)
