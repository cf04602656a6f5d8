"""Flesh of the legs, and the feet."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.quadruped.frame import LEGS, Frame, Vec
from kirin_video.engines.previs.bodies.quadruped.palette import Palette
from kirin_video.engines.previs.bodies.quadruped.shape import Foot, QuadShape
from kirin_video.engines.previs.bodies.sculpt import Layer, Look
from kirin_video.engines.previs.bodies.trims import bead, lathed
from kirin_video.engines.previs.mesh import Mesh

Rgb = tuple[float, float, float]


def add_legs(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """Four legs on their feet."""
    for name in LEGS:
        _leg(skin, s, name, f.legs[name], p)
        _foot(skin, s, name, f.legs[name], p)


def _leg(skin: Layer, s: QuadShape, name: str, joints: Vec, p: Palette) -> None:
    fore = name[0] == "f"
    r = s.fore if fore else s.hind
    side = -1.0 if name[1] == "l" else 1.0
    top = p.yoke if fore and p.yoke is not None else p.body
    upper, middle, lower = p.skin(top), p.skin(_between(top, p.legs, 0.45), 0.9), p.skin(p.legs, 0.75)
    lengths = np.linalg.norm(np.diff(joints, axis=0), axis=1)
    # Stripes run on from the trunk: the flow down a leg starts where the leg does.
    start = -float(joints[0][0]) + 0.3 * s.chest[1]
    ends = start + np.concatenate([[0.0], np.cumsum(lengths)])
    mass = joints[0] * 0.55 + joints[1] * 0.45 + np.array([-0.02 * s.stand * fore, 0.0, -side * r[0] * 0.2])
    half = (r[0] * 1.05, abs(float(joints[0][1] - joints[1][1])) * 0.75, r[0] * 0.72)
    skin.ball(
        mass,
        half,
        f"{name}0",
        upper,
        blend=r[0] * 0.9,
        flow=(0.0, -1.0, 0.0),
        along=float(ends[0] + ends[1]) / 2.0,
    )
    radii = ((r[0] * 0.8, r[1] * 1.25), (r[1] * 1.25, r[2] * 1.05), (r[2] * 1.08, r[3]))
    blends = (r[0] * 0.6, r[1] * 0.30, r[2] * 0.25)
    for k, look in enumerate((upper, middle, lower)):
        skin.cone(
            joints[k], joints[k + 1], *radii[k], f"{name}{k}", look,
            blend=blends[k], along=(float(ends[k]), float(ends[k + 1])),
        )  # fmt: skip
    # The knob of a wrist, the point of a hock.
    knob = r[2] * (1.22 if fore else 1.12)
    at = joints[2] + np.array([0.02 * s.stand * fore - 0.012 * s.stand * (not fore), 0.0, 0.0])
    skin.ball(at, (knob, knob * 1.25, knob), f"{name}2", middle, blend=r[2] * 0.8, along=float(ends[2]))


def _foot(skin: Layer, s: QuadShape, name: str, joints: Vec, p: Palette) -> None:
    fetlock = joints[3]
    look = p.skin(p.legs, 0.3)
    bone = f"{name}3"
    r = (s.fore if name[0] == "f" else s.hind)[3]
    length, radius = s.foot_length, s.foot_radius
    if s.foot in {Foot.HOOF, Foot.CLOVEN}:
        end = fetlock + np.array([length * 0.5, -radius * 0.45, 0.0])
        skin.cone(fetlock, end, r * 1.12, radius * 0.9, bone, p.skin(p.legs, 0.0), blend=r * 0.5)
        for part in _hooves(s, fetlock, p.hooves):
            skin.trim(part, bone, gloss=0.25)
    elif s.foot is Foot.PILLAR:
        sole = np.array([fetlock[0] + length * 0.35, radius * 0.52, fetlock[2]])
        skin.ball(sole, (radius * 1.10, radius * 0.55, radius * 1.05), bone, look, blend=radius * 0.5)
        for turn in (-0.62, 0.0, 0.62):
            at = (
                sole[0] + radius * 0.98 * math.cos(turn),
                radius * 0.28,
                sole[2] + radius * 0.95 * math.sin(turn),
            )
            nail = bead(at, (radius * 0.15, radius * 0.26, radius * 0.24), p.hooves, level=1)
            skin.trim(nail, bone, gloss=0.2)
    else:
        _paw(skin, s, fetlock, bone, look)


def _paw(skin: Layer, s: QuadShape, fetlock: Vec, bone: str, look: Look) -> None:
    """A palm, and four toes in front of it that divide by soft creases."""
    length, radius = s.foot_length, s.foot_radius
    palm = np.array([fetlock[0] + length * 0.35, radius * 0.80, fetlock[2]])
    skin.ball(palm, (length * 0.80, radius * 0.80, radius * 1.02), bone, look, blend=radius * 0.5)
    for k in range(4):
        across = (k - 1.5) / 1.5
        toe = palm + np.array(
            [length * (0.62 - 0.12 * across * across), -radius * 0.22, across * radius * 0.72]
        )
        size = (length * 0.34, radius * 0.56, radius * 0.36)
        skin.ball(toe, size, bone, look, blend=radius * 0.10)


def _hooves(s: QuadShape, fetlock: Vec, color: Rgb) -> list[Mesh]:
    at = np.array([fetlock[0] + s.foot_length * 0.55, 0.0, fetlock[2]])
    radius = s.foot_radius
    profile = [
        (radius * 0.84, radius * 0.98),
        (radius * 0.90, radius * 0.86),
        (radius * 1.14, 0.0),
        (0.0, 0.0),
    ]
    if s.foot is Foot.HOOF:
        return [lathed(profile, at, color, stretch=(1.08, 1.0, 1.0))]
    return [
        lathed(profile, at + np.array([0.0, 0.0, side * radius * 0.52]), color, stretch=(1.12, 0.95, 0.52))
        for side in (-1.0, 1.0)
    ]


def _between(a: Rgb, b: Rgb, share: float) -> Rgb:
    red, green, blue = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return red, green, blue
