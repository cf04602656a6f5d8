"""Building a quadruped: bones, flesh, and its motion."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.body import Body, Contact, Point
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.quadruped.frame import LEGS, Frame, Vec, add_bones, frame_of, way
from kirin_video.engines.previs.bodies.quadruped.hair import add_hair
from kirin_video.engines.previs.bodies.quadruped.head import add_head
from kirin_video.engines.previs.bodies.quadruped.headgear import add_headgear
from kirin_video.engines.previs.bodies.quadruped.limbs import add_legs
from kirin_video.engines.previs.bodies.quadruped.motion import QuadrupedMotion
from kirin_video.engines.previs.bodies.quadruped.palette import palette_of
from kirin_video.engines.previs.bodies.quadruped.shape import Ear, QuadShape, shape_of
from kirin_video.engines.previs.bodies.quadruped.trunk import add_neck, add_tail, add_trunk
from kirin_video.engines.previs.bodies.sculpt import Sculpture
from kirin_video.engines.previs.plan import Age

_AGED = {Age.BABY: 0.42, Age.CHILD: 0.6, Age.YOUNG: 0.8}


def build_quadruped(order: Order) -> Body:
    """Build one quadruped."""
    shape = shape_of(order)
    frame = frame_of(shape)
    palette = palette_of(order, shape)
    clay = Sculpture()
    add_bones(clay, frame)
    skin = clay.layer(palette.coat)
    plain = replace(palette, coated=0.0) if shape.banded else palette
    add_trunk(skin, shape, frame, plain)
    add_neck(skin, shape, frame, plain)
    add_tail(skin, shape, frame, plain)
    add_legs(skin, shape, frame, palette)
    eyes = add_head(clay, skin, shape, frame, plain, detail=order.detail)
    add_headgear(skin, shape, frame, palette)
    add_hair(clay, skin, shape, frame, palette)
    clay.look_closer(*_face(shape, frame), 1.9)
    factor = _height(order) / float(clay.extent()[1][1])
    clay.scale(factor)
    low, high = clay.extent()
    skeleton, shells = clay.finish(order.triangles)
    frame = frame.scaled(factor)
    sized = _scaled(shape, factor)
    length, height, width = (float(v) for v in high - low)
    return Body(
        kind=order.kind.name,
        skeleton=skeleton,
        shells=shells,
        motion=QuadrupedMotion(sized, frame, skeleton, eyes * np.array([factor, 1.0])[:, None]),
        length_m=length,
        height_m=height,
        width_m=width,
        face_m=2.6 * sized.skull[1] + 0.5 * float(np.linalg.norm(frame.nose - frame.skull)),
        contacts=_contacts(skeleton.index, sized, frame),
        anchors=_anchors(skeleton.index, sized, frame),
    )


def _face(s: QuadShape, f: Frame) -> tuple[Vec, float]:
    """A ball round head and ears: its middle and radius."""
    if s.ear is Ear.FAN:
        return (f.skull + f.nose) / 2.0, 1.3 * s.skull[0] + s.muzzle * 0.5
    ends = [f.nose + way(s.tilt) * s.muzzle_tip * 1.3]
    for side, root in zip((-1.0, 1.0), f.ears, strict=True):
        out = math.radians(90.0 * s.ear_out)
        up = np.array([-0.1, math.cos(out), side * math.sin(out)])
        ends.append(root + up * s.ear_length * (0.5 if s.ear is Ear.FLOP else 1.08))
        ends.append(root + np.array([0.0, -s.ear_length * (s.ear is Ear.FLOP), side * s.ear_width]))
    low, high = np.min(ends, axis=0), np.max(ends, axis=0)
    middle = (low + high) / 2.0
    return middle, max(float(np.linalg.norm(end - middle)) for end in [*ends, f.jaw]) * 1.06


def _height(order: Order) -> float:
    """Metres; young ones are smaller."""
    return order.kind.height_m * order.subject.size * _AGED.get(order.subject.age, 1.0)


def _scaled(s: QuadShape, k: float) -> QuadShape:
    """The proportions that motion asks for, in metres."""

    def triple(v: tuple[float, float, float]) -> tuple[float, float, float]:
        return v[0] * k, v[1] * k, v[2] * k

    return replace(
        s,
        length=s.length * k,
        stand=s.stand * k,
        chest=triple(s.chest),
        belly=triple(s.belly),
        rump=triple(s.rump),
        skull=triple(s.skull),
        spread=s.spread * k,
        foot_length=s.foot_length * k,
        foot_radius=s.foot_radius * k,
    )


def _point(at: Vec) -> Point:
    x, y, z = at.tolist()
    return x, y, z


def _contacts(index: Callable[[str], int], s: QuadShape, f: Frame) -> tuple[Contact, ...]:
    found: list[Contact] = []
    for name in LEGS:
        fetlock = f.legs[name][3]
        ball = np.array([fetlock[0] + 0.8 * s.foot_length, 0.0, fetlock[2]])
        found.append(Contact(index(f"{name}3"), _point(ball), 2.4 * s.foot_radius, 0.55))
    below = np.array([f.middle[0], 0.0, 0.0])
    return (*found, Contact(index("pelvis"), _point(below), 0.62 * s.length + s.belly[2], 0.38))


def _anchors(index: Callable[[str], int], s: QuadShape, f: Frame) -> dict[str, tuple[int, Point]]:
    saddle = f.middle + np.array([0.06 * s.length, s.belly[1] * 0.98, 0.0])
    mouth = f.nose + way(s.tilt - 90.0) * s.skull[1] * 0.3
    return {
        "head": (index("head"), _point(f.skull * 0.6 + f.nose * 0.4)),
        "saddle": (index("chest"), _point(saddle)),
        "mouth": (index("jaw"), _point(mouth)),
        "top": (index("head"), _point(f.skull + np.array([0.0, s.skull[1], 0.0]))),
    }
