"""Where things are put on: a head in shares of its height, and the body below."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import Frame, Vec
from kirin_video.engines.previs.bodies.person.outfit import Outfit
from kirin_video.engines.previs.bodies.person.palette import Rgb
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.sculpt import Layer, Sculpture
from kirin_video.engines.previs.bodies.trims import lathed
from kirin_video.engines.previs.mesh import Mesh

Profile = Sequence[tuple[float, float]]
"""Radius and height above the middle of the skull, in shares of the head, from the top down."""


class Wardrobe:
    """Where things go on: a head in shares of its height, and the body below."""

    def __init__(self, clay: Sculpture, skin: Layer, s: PersonShape, f: Frame, o: Outfit) -> None:
        self.clay, self.skin, self.s, self.f, self.o = clay, skin, s, f, o

    def at(self, x: float, y: float, z: float = 0.0) -> Vec:
        """A place on the head."""
        return self.f.skull + np.array([x, y, z]) * self.f.head

    def turned(self, profile: Profile, color: Rgb, *, tilt: float = 0.0, gloss: float = 0.0) -> None:
        """Something round on the head, tilted backwards by an angle."""
        h = self.f.head
        sized = [(r * h, y * h) for r, y in profile]
        mesh = lathed(sized, (0.0, 0.0, 0.0), color, stretch=(1.06, 1.0, 0.97), sides=28)
        self.skin.trim(
            tilted(mesh, tilt, self.at(-0.055, 0.0)), "head", gloss=gloss, fur=0.3 if gloss == 0 else 0.0
        )


def tilted(mesh: Mesh, angle: float, at: Vec) -> Mesh:
    """Turned about the axis to the right, then put in its place."""
    cos, sin = math.cos(angle), math.sin(angle)
    spin = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    return Mesh(
        (mesh.positions @ spin.T + at).astype(np.float32),
        (mesh.normals @ spin.T).astype(np.float32),
        mesh.colors,
        mesh.glow,
        mesh.faces,
    )
