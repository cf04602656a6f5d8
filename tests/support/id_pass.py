"""An id pass: every body of a clip drawn flat in its own number, so that tests can count and measure it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.gl.context import open_context
from kirin_video.engines.previs.gl.matrices import view_projection
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.scenery import Actor

_VERTEX = """
#version 330
uniform mat4 projection;
in vec3 place;
void main() { gl_Position = projection * vec4(place, 1.0); }
"""
_FRAGMENT = """
#version 330
uniform int number;
out vec4 color;
void main() { color = vec4(float(number & 255), float(number >> 8), 0.0, 255.0) / 255.0; }
"""


@dataclass(frozen=True)
class IdFrame:
    """Who is where in one frame.

    Attributes:
        bodies: int, (H, W), the first row on top: the number of the body in sight, from 1; 0 where none is.
        subjects: by body number, the subject of the plan that it belongs to.
    """

    bodies: NDArray[np.int64]
    subjects: dict[int, int]

    def pixels(self, body: int) -> int:
        """How many pixels a body has."""
        return int((self.bodies == body).sum())

    def mask(self, subject: int) -> NDArray[np.bool_]:
        """Where a subject of the plan is in sight."""
        return np.isin(self.bodies, [body for body, of in self.subjects.items() if of == subject])

    def in_sight(self, subject: int, least_share: float = 0.2) -> int:
        """How many bodies of a subject can be counted: they show a good share of what the largest shows."""
        seen = [self.pixels(body) for body, of in self.subjects.items() if of == subject]
        return sum(count > least_share * max(seen, default=0) for count in seen)


def id_pass(prospect: Prospect, frame: int, size: tuple[int, int]) -> IdFrame:
    """Draw one frame's id pass; what stands in the world hides bodies, its ground and water do not.

    Args:
        prospect: the clip.
        frame: which one.
        size: width and height, pixels.
    """
    width, height = size
    context = open_context(0)
    try:
        program = context.program(_VERTEX, _FRAGMENT)
        target = context.framebuffer([context.texture(size, 4)], context.depth_renderbuffer(size))
        target.use()
        target.clear()
        context.enable(context.DEPTH_TEST)
        matrix = view_projection(prospect.views[frame], width / height)
        program["projection"].write(matrix.T.astype(np.float32).tobytes())

        def draw(places: NDArray[np.float32], faces: NDArray[np.uint32], number: int) -> None:
            program["number"].value = number
            buffers = context.buffer(places.astype(np.float32).tobytes()), context.buffer(faces.tobytes())
            context.vertex_array(program, [(buffers[0], "3f", "place")], buffers[1]).render()

        for part in prospect.scene.parts:
            if len(part.mesh.faces):
                draw(part.mesh.positions, part.mesh.faces, 0)
        subjects: dict[int, int] = {}
        for number, (_, shells) in enumerate(groupby(prospect.scene.actors, lambda a: id(a.poses)), start=1):
            for actor in shells:
                subjects[number] = actor.subject
                draw(placed(actor, frame), actor.mesh.faces, number)
        pixels = np.frombuffer(target.read(components=4), np.uint8).reshape(height, width, 4)[::-1]
        return IdFrame(pixels[..., 0].astype(int) + 256 * pixels[..., 1].astype(int), subjects)
    finally:
        context.release()


def placed(actor: Actor, frame: int) -> NDArray[np.float32]:
    """Where an actor's vertices (n, 3) are in a frame, metres: skinned as the painter does it."""
    poses = actor.poses[frame][actor.bones]
    points = np.concatenate([actor.mesh.positions, np.ones((len(actor.mesh.positions), 1), np.float32)], 1)
    weights = actor.weights.astype(np.float32) / 255.0
    return np.einsum("nb,nbij,nj->ni", weights, poses, points).astype(np.float32)
