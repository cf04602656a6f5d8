"""Manes, fleeces, ruffs and beards."""

# ruff: noqa: PLR2004 - a model is made of measures
from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from kirin_video.engines.previs.bodies.posing import turned
from kirin_video.engines.previs.bodies.quadruped.frame import Frame, Vec, way
from kirin_video.engines.previs.bodies.quadruped.palette import Palette
from kirin_video.engines.previs.bodies.quadruped.shape import Mane, QuadShape
from kirin_video.engines.previs.bodies.sculpt import Layer, Look, Sculpture

Rgb = tuple[float, float, float]


def add_hair(clay: Sculpture, skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """The long hair of a kind, on a layer of its own so that its edge is crisp."""
    if s.mane is Mane.HORSE:
        _horse_mane(clay.layer(fineness=1.3), skin, s, f, p)
    elif s.mane is Mane.STIFF:
        _stiff_mane(skin, s, f, p)
    elif s.mane is Mane.LION:
        _lion_mane(clay.layer(), s, f, p)
    elif s.mane is Mane.RUFF:
        _ruff(skin, s, f, p)
    if s.wool > 0.0:
        _fleece(clay.layer(p.coat), s, f, p)
    if s.beard > 0.0:
        _beard(skin, s, f, p)


def _hair(color: Rgb, tone: float = 1.0) -> Look:
    red, green, blue = (min(c * tone, 1.0) for c in color)
    return Look((red, green, blue), coat=0.0, fur=0.5)


def _crest(s: QuadShape, f: Frame, t: float) -> Vec:
    """A point along the top of the neck, 0 at the withers, 1 at the poll."""
    low, high = f.neck_base, f.neck_top
    radius = s.neck_base + (s.neck_top - s.neck_base) * t
    return low + (high - low) * t + way(s.neck_angle + 90.0) * radius * 0.93


def _horse_mane(layer: Layer, skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """Locks that fall to the right side, and a forelock."""
    count = 9
    lock = s.neck * 0.30
    for k in range(count):
        t = k / (count - 1.0)
        bone = "neck" if t < 0.5 else "nape"
        top = _crest(s, f, t * 0.98)
        look = _hair(p.mane, 1.0 + 0.10 * (k % 2))
        thick = lock * 0.26
        layer.ball(
            top, (lock * 0.30, lock * 0.30, thick * 0.9), bone, look, blend=thick,
            turn=turned("z", np.array(math.radians(s.neck_angle))),
        )  # fmt: skip
        fall = lock * (1.15 + 0.25 * (k % 3) / 2.0) * (0.8 + 0.4 * math.sin(math.pi * t))
        axis = f.neck_base + (f.neck_top - f.neck_base) * t * 0.98
        above = (top - axis) / np.linalg.norm(top - axis)
        path = [top]
        for turn in (0.75, 1.35):
            way_out = above * math.cos(turn) + np.array([-0.10, 0.0, math.sin(turn)])
            path.append(skin.surface(axis, way_out, 3.0 * s.neck_base) + way_out * thick * 0.30)
        path.append(path[-1] + np.array([-0.06 * lock, -0.45 * fall, 0.02 * lock]))
        for (a, b), (r0, r1) in zip(pairwise(path), ((0.95, 1.05), (1.05, 1.0), (1.0, 0.25)), strict=True):
            layer.cone(a, b, thick * r0, thick * r1, bone, look, blend=thick * 0.5)
    poll = f.skull + way(s.tilt + 90.0) * s.skull[1] * 0.86 - way(s.tilt) * s.skull[0] * 0.35
    front = f.skull + way(s.tilt) * s.skull[0] * 0.85 + np.array([0.0, 0.0, s.skull[2] * 0.10])
    front = skin.surface(front, way(s.tilt + 90.0), 3.0 * s.skull[1])
    layer.cone(poll, front, lock * 0.22, lock * 0.10, "head", _hair(p.mane), blend=lock * 0.1)


def _stiff_mane(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """A brush along the neck; stripes run through it."""
    count = 8
    high = s.neck * 0.075 + s.neck_top * 0.35
    for k in range(count):
        t = k / (count - 1.0)
        at = _crest(s, f, t)
        along = -float(f.neck_base[0]) - t * s.neck
        look = Look(p.mane, coat=1.0 if s.pattern == "stripes" else 0.0, fur=0.5)
        skin.ball(
            at, (s.neck / count * 0.95, high, s.neck_top * 0.24), "neck" if t < 0.5 else "nape", look,
            blend=high * 0.3, turn=turned("z", np.array(math.radians(s.neck_angle))),
            flow=tuple(-way(s.neck_angle)), along=along,
        )  # fmt: skip


def _lion_mane(layer: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """A ring of locks round the face, and a bib over neck, chest and shoulders."""
    x, y, z = s.skull
    rng = np.random.default_rng(5)
    for ring, (back, wide, size, tone) in enumerate(
        ((-0.30, 1.18, 0.42, 1.15), (-0.75, 1.38, 0.52, 0.95), (-1.25, 1.45, 0.56, 0.80))
    ):
        count = 13 - ring
        for k in range(count):
            a = (k + 0.5 * ring) / count * math.tau
            spread = wide * (1.0 + 0.05 * rng.normal())
            low = 0.25 if math.cos(a) < 0.0 else 0.0
            at = f.skull + np.array(
                [
                    back * x - low * 0.25 * x,
                    math.cos(a) * y * (spread + low) - 0.06 * y,
                    math.sin(a) * z * spread,
                ]
            )
            look = _hair(p.mane, tone * (1.0 + 0.14 * ((k % 2) - 0.5)))
            layer.ball(
                at,
                (x * size * 0.9, y * size, z * size),
                "head" if ring == 0 else "nape",
                look,
                blend=x * 0.16,
            )
    core = f.skull - np.array([x * 0.75, 0.0, 0.0])
    layer.ball(core, (x * 0.72, y * 1.20, z * 1.22), "nape", _hair(p.mane, 0.85), blend=x * 0.3)
    middle = (f.neck_base + f.neck_top) / 2.0
    layer.ball(middle, (x * 1.25, y * 1.62, z * 1.45), "neck", _hair(p.mane, 0.82), blend=x * 0.4)
    bib = f.neck_base + np.array([x * 0.45, -y * 0.95, 0.0])
    layer.ball(bib, (x * 0.95, y * 1.45, z * 1.05), "neck", _hair(p.mane, 0.75), blend=x * 0.5)
    for k in range(7):
        a = (k - 3) / 3.0 * 1.15
        at = bib + np.array([x * 0.35 * math.cos(a), -y * 0.9 - y * 0.12 * (k % 2), z * 0.72 * math.sin(a)])
        layer.ball(
            at, (x * 0.36, y * 0.62, z * 0.30), "neck", _hair(p.mane, 0.72 + 0.1 * (k % 2)), blend=x * 0.14
        )


def _ruff(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """Thick fur of cheeks and throat: wolf and fox."""
    x, y, z = s.skull
    look, light = p.skin(p.body), p.skin(p.belly, 0.4)
    for side in (-1.0, 1.0):
        cheek = f.skull + np.array([-0.18 * x, -0.34 * y, side * z * 0.80])
        skin.cone(
            cheek, cheek + np.array([-0.42 * x, -0.45 * y, side * z * 0.42]), y * 0.46, y * 0.12,
            "head", light,
            blend=y * 0.25,
        )  # fmt: skip
    middle = (f.neck_base + f.neck_top) / 2.0
    skin.ball(
        middle,
        (s.neck_base * 1.1, s.neck_base * 1.2, s.neck_base * 1.05),
        "neck",
        look,
        blend=s.neck_base * 0.4,
    )
    throat = middle + np.array([s.neck_base * 0.5, -s.neck_base * 0.55, 0.0])
    skin.ball(
        throat,
        (s.neck_base * 0.72, s.neck_base * 0.95, s.neck_base * 0.76),
        "neck",
        light,
        blend=s.neck_base * 0.3,
    )


def _fleece(layer: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """Bumps of wool over trunk and neck, and a cap on the head."""
    rng = np.random.default_rng(2)
    size = s.chest[1] * 0.30 * s.wool
    long = f.shoulders[0] - f.hips[0]
    radii = np.array([0.0, max(s.chest[1], s.belly[1]) * 1.02, max(s.chest[2], s.belly[2]) * 1.04])
    layer.cone(
        f.hips, f.shoulders, radii[1] * 0.90, radii[1] * 0.90, "chest", Look(p.wool, fur=0.7), blend=size,
        flat=float(radii[2] / radii[1]),
    )  # fmt: skip
    around, rows = 13, 8
    for row in range(rows + 1):
        for k in range(around):
            a = (k + 0.5 * (row % 2)) / around * math.tau + 0.1 * rng.normal()
            if math.cos(a) < -0.80:
                continue
            t = row / rows
            end = math.sin(math.pi * (0.12 + 0.76 * t)) ** 0.45
            at = f.hips + (f.shoulders - f.hips) * (-0.16 + 1.30 * t)
            at = at + np.array(
                [0.02 * long * rng.normal(), math.cos(a) * radii[1] * end, math.sin(a) * radii[2] * end]
            )
            bump = size * (0.95 + 0.25 * rng.random())
            bone = "pelvis" if t < 0.45 else "chest"
            layer.ball(at, (bump, bump, bump), bone, Look(p.wool, fur=0.7), blend=size * 0.35)
    for k in range(9):
        a = k / 9.0 * math.tau
        off = np.array([-0.1 * s.neck, math.cos(a) * s.neck_base * 0.95, math.sin(a) * s.neck_base * 0.95])
        layer.ball(
            (f.neck_base + f.neck_middle) / 2.0 + off,
            (size * 0.9,) * 3,
            "neck",
            Look(p.wool, fur=0.7),
            blend=size * 0.35,
        )
    x, y, z = s.skull
    for k in range(7):
        a = k / 7.0 * math.tau
        at = f.skull + np.array([-0.30 * x + 0.40 * x * math.cos(a), y * 0.85, 0.50 * z * math.sin(a)])
        layer.ball(at, (size * 0.48,) * 3, "head", Look(p.wool, fur=0.7), blend=size * 0.2)


def _beard(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    chin = f.nose - way(s.tilt) * s.muzzle_tip * 1.2 - way(s.tilt + 90.0) * s.muzzle_tip * 1.2
    skin.cone(
        chin, chin + np.array([-0.25, -1.0, 0.0]) * s.beard, s.muzzle_tip * 0.45, s.muzzle_tip * 0.08, "jaw",
        _hair(p.belly), blend=s.muzzle_tip * 0.2,
    )  # fmt: skip
