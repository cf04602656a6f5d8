"""Trains without the rails that they bring along: where the world has its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Body, Shell
from kirin_video.engines.previs.bodies.hard.motion import HardMotion


def on_given_rails(body: Body) -> Body:
    """The body of a train without its own rails; any other body as it is."""
    motion = body.motion
    if not isinstance(motion, HardMotion) or motion.mechanism.rails is None:
        return body
    rails = np.array(motion.mechanism.rails.bones)
    shells = tuple(shell for old in body.shells if len((shell := _without(old, rails)).mesh.faces))
    bare = replace(motion.mechanism, rails=None)
    return replace(body, shells=shells, motion=replace(motion, mechanism=bare))


def _without(shell: Shell, bones: np.ndarray) -> Shell:
    """A shell without what certain bones carry."""
    kept = ~np.isin(shell.bones[:, 0], bones)
    number = np.cumsum(kept) - 1
    mesh = shell.mesh
    faces = number[mesh.faces[kept[mesh.faces].all(1)]].astype(np.uint32)
    lean = replace(
        mesh,
        positions=mesh.positions[kept],
        normals=mesh.normals[kept],
        colors=mesh.colors[kept],
        glow=mesh.glow[kept],
        faces=faces,
    )
    return replace(
        shell,
        mesh=lean,
        skin=shell.skin[kept],
        along=shell.along[kept],
        bones=shell.bones[kept],
        weights=shell.weights[kept],
    )
