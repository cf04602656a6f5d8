"""Building a bird: bones, clay, feathers, and its motion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.bird.acts import Way, act_of
from kirin_video.engines.previs.bodies.bird.flesh import (
    add_folded_wings,
    add_head,
    add_legs,
    add_neck,
    add_trunk,
)
from kirin_video.engines.previs.bodies.bird.frame import SIDES, Frame, Vec, add_bones, frame_of
from kirin_video.engines.previs.bodies.bird.motion import BirdMotion
from kirin_video.engines.previs.bodies.bird.palette import Paints
from kirin_video.engines.previs.bodies.bird.plumage import open_wings, tail_of
from kirin_video.engines.previs.bodies.bird.shape import BirdShape, shape_of
from kirin_video.engines.previs.bodies.body import Body, Contact, Point, Shell, Skeleton
from kirin_video.engines.previs.bodies.flight import ALOFT
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.sculpt import Sculpture
from kirin_video.engines.previs.bodies.surfaces import fused, scaled
from kirin_video.engines.previs.coats import Coat, Pattern
from kirin_video.engines.previs.plan import Age

_AGED = {Age.BABY: 0.45, Age.CHILD: 0.6, Age.YOUNG: 0.8}
_OPEN = 0.5
_FEATHERED = 0.6
"""Share of the triangles that the clay may have; feathers have the rest."""


def build_bird(order: Order) -> Body:
    """Build one bird."""
    s = shape_of(order)
    f, p = frame_of(s), Paints(order)
    clay = Sculpture()
    add_bones(clay, f)
    skin = clay.layer(_coat(order))
    add_trunk(skin, s, f, p)
    add_neck(skin, s, f, p)
    add_head(clay, skin, s, f, p, detail=order.detail)
    add_legs(skin, s, f, p)
    add_folded_wings(clay, s, f, p)
    height = order.kind.height_m * order.subject.size * _AGED.get(order.subject.age, 1.0)
    factor = height / float(clay.extent()[1][1])
    rest = Skeleton(tuple(clay.bones))
    feathers = [scaled(shell, factor) for shell in (*open_wings(s, f, p, rest), *tail_of(s, f, p, rest))]
    clay.scale(factor)
    low, high = clay.extent()
    skeleton, shells = clay.finish(round(order.triangles * _FEATHERED))
    f = f.scaled(factor)
    shells = tuple(_brightened(shell) for shell in shells)
    length = float(high[0] - low[0]) + 0.5 * s.tail_length * factor
    if order.subject.action in ALOFT and act_of(order.subject.action, s).way is not Way.WALK:
        length = max(length, 1.5 * s.span * factor)
    return Body(
        kind=order.kind.name,
        skeleton=skeleton,
        shells=fused([*shells, *feathers]),
        motion=BirdMotion(s, factor, f, skeleton, height),
        length_m=length,
        height_m=height,
        width_m=2.2 * s.body[2] * factor,
        face_m=3.0 * s.head[1] * factor,
        contacts=_contacts(skeleton, s, f, factor),
        anchors=_anchors(skeleton, s, f, factor),
    )


def _brightened(shell: Shell) -> Shell:
    """Less shade in the folds: what folded wings hide shows in flight."""
    skin = shell.skin.copy()
    skin[:, 0] = (255.0 * _OPEN + (1.0 - _OPEN) * skin[:, 0]).astype(np.uint8)
    return replace(shell, skin=skin)


def _coat(order: Order) -> Coat:
    if order.kind.shape.get("tail") == "lizard":
        return Coat(Pattern.SCALES, order.kind.colors.get("pattern", (0.2, 0.22, 0.12)), 9.0, 0.5, order.seed)
    return Coat(Pattern.FUR, order.kind.colors["body"], 14.0, 0.5, order.seed)


def _point(at: Vec) -> Point:
    x, y, z = (float(v) for v in at)
    return x, y, z


def _contacts(bones: Skeleton, s: BirdShape, f: Frame, k: float) -> tuple[Contact, ...]:
    feet = [
        Contact(bones.index(f"leg_{side}2"), _point(f.legs[side][2] * (1.0, 0.0, 1.0)), 0.16 * k, 0.5)
        for side in SIDES
    ]
    below = np.array([f.middle[0], 0.0, 0.0])
    return (*feet, Contact(bones.index("trunk"), _point(below), (s.body[0] + 0.2) * k, 0.35))


def _anchors(bones: Skeleton, s: BirdShape, f: Frame, k: float) -> dict[str, tuple[int, Point]]:
    saddle = f.middle + f.up * s.body[1] * k * 0.9
    mouth = f.skull + np.array([s.head[0] + 0.5 * s.beak_length, -0.2 * s.head[1], 0.0]) * k
    return {
        "head": (bones.index("head"), _point(f.skull + np.array([s.head[0] * 0.4 * k, 0.0, 0.0]))),
        "saddle": (bones.index("trunk"), _point(saddle)),
        "mouth": (bones.index("jaw"), _point(mouth)),
        "claws": (bones.index("leg_r2"), _point(f.legs["r"][2] * (1.0, 1.0, 0.0))),
        "top": (bones.index("head"), _point(f.skull + np.array([0.0, s.head[1] * k, 0.0]))),
    }
