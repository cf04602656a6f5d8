"""Quadrupeds (a first simple form)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body, Bone, Contact
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.posing import about, compose, placed, turned
from kirin_video.engines.previs.bodies.sculpt import Look, Sculpture
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.coats import Coat, Pattern
from kirin_video.engines.previs.plan import Action


def build_quadruped(order: Order) -> Body:
    """Build a quadruped of an order."""
    color = order.color("body")
    assert color is not None
    look = Look(color)
    s = Sculpture()
    s.bone("spine", (-0.3, 0.5, 0.0), (0.3, 0.5, 0.0))
    s.bone("head", (0.3, 0.55, 0.0), (0.6, 0.7, 0.0), "spine")
    skin = s.layer(Coat(Pattern.FUR))
    skin.cone((-0.28, 0.5, 0.0), (0.28, 0.5, 0.0), 0.13, 0.15, "spine", look)
    skin.cone((0.3, 0.55, 0.0), (0.45, 0.68, 0.0), 0.1, 0.08, "head", look)
    skin.ball((0.48, 0.72, 0.0), (0.1, 0.09, 0.085), "head", look, blend=0.05)
    skin.cone((0.5, 0.7, 0.0), (0.62, 0.67, 0.0), 0.06, 0.04, "head", look, blend=0.05)
    for name, x, z in (("fl", 0.25, -0.08), ("fr", 0.25, 0.08), ("hl", -0.27, -0.08), ("hr", -0.27, 0.08)):
        s.bone(name, (x, 0.45, z), (x, 0.03, z), "spine")
        skin.cone((x, 0.45, z), (x, 0.04, z), 0.06, 0.03, name, look, blend=0.06)
    s.look_closer((0.5, 0.7, 0.0), 0.2)
    low, high = s.extent()
    s.scale(order.kind.height_m * order.subject.size / float(high[1] - low[1]))
    low, high = s.extent()
    skeleton, shells = s.finish(order.triangles)
    size = (high - low).tolist()
    contacts = tuple(
        Contact(k, skeleton.bones[k].tail, 0.1 * size[1])
        for k, b in enumerate(skeleton.bones)
        if len(b.name) == 2
    )
    return Body(
        order.kind.name, skeleton, shells, _Motion(skeleton.bones), size[0], size[1], size[2], contacts
    )


class _Motion:
    def __init__(self, bones: tuple[Bone, ...]) -> None:
        self._bones = bones

    def pace(self, action: Action) -> float:
        return 1.2 if action is Action.WALK else 0.0

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        places, turns = track.at(times)
        root = placed(turned("y", turns), places)
        swing = 0.5 * np.sin(track.travelled(times) / 0.6 * np.pi * 2.0)
        out = np.empty((len(times), len(self._bones), 3, 4), np.float32)
        for k, bone in enumerate(self._bones):
            side = {"fl": 1.0, "hr": 1.0, "fr": -1.0, "hl": -1.0}.get(bone.name, 0.0)
            out[:, k] = compose(root, about(turned("z", swing * side), np.array(bone.head)))
        return out
