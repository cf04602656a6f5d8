"""Horns, antlers and tusks."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.quadruped.frame import Frame, Vec, way
from kirin_video.engines.previs.bodies.quadruped.palette import Palette
from kirin_video.engines.previs.bodies.quadruped.shape import Headgear, QuadShape
from kirin_video.engines.previs.bodies.sculpt import Layer
from kirin_video.engines.previs.bodies.trims import bead, horn

_IVORY = (0.93, 0.89, 0.78)
_SIDES = (-1.0, 1.0)

Path = list[tuple[float, float, float]]

# Paths are in units of the headgear's size: forwards, up, outwards.
_CURVES: dict[Headgear, tuple[Path, tuple[float, ...]]] = {
    Headgear.COW: (
        [(0, 0, 0), (0.05, 0.10, 0.55), (0.28, 0.55, 0.85), (0.40, 1.0, 0.75)],
        (0.17, 0.15, 0.09, 0.02),
    ),
    Headgear.GOAT: (
        [(0, 0, 0), (-0.15, 0.5, 0.08), (-0.55, 0.85, 0.22), (-1.0, 0.90, 0.38)],
        (0.17, 0.14, 0.09, 0.02),
    ),
    Headgear.RAM: (
        [
            (0, 0, 0), (-0.40, 0.35, 0.30), (-0.75, 0.0, 0.55),
            (-0.55, -0.45, 0.65), (-0.05, -0.50, 0.75), (0.20, -0.15, 0.95),
        ],
        (0.22, 0.21, 0.18, 0.14, 0.09, 0.02),
    ),
}  # fmt: skip


def add_headgear(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """What grows on the head of a kind."""
    if s.headgear in _CURVES:
        _curved(skin, s, f, p)
    elif s.headgear is Headgear.ANTLERS:
        for side in _SIDES:
            _antler(skin, _crown(s, f, side), side, s.headgear_size, p)
    elif s.headgear is Headgear.OSSICONES:
        _ossicones(skin, s, f, p)
    elif s.headgear is Headgear.UNICORN:
        _unicorn(skin, s, f)
    elif s.headgear is Headgear.RHINO:
        _nose_horns(skin, s, f, p)
    elif s.headgear in {Headgear.TUSKS, Headgear.BOAR}:
        _tusks(skin, s, f)
    if s.gills > 0.0:
        _gills(skin, s, f, p)


def _gills(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    """Three stalks on either side of the head, up, out and back, with feathers along them."""
    thick = 0.075 * s.gills
    for side in _SIDES:
        for k, rise in enumerate((0.85, 0.30, -0.20)):
            root = f.skull + np.array([-0.45, 0.35 - 0.30 * k, 0.80 * side]) * s.skull
            out = np.array([-0.50 - 0.08 * k, rise, 0.75 * side])
            tip = root + out * s.gills
            bow = root + out * 0.5 * s.gills + np.array([0.0, 0.10, 0.06 * side]) * s.gills
            skin.trim(horn((root, bow, tip), (thick, thick, 0.3 * thick), p.inner, p.inner, sides=6), "head")
            for t in (0.35, 0.55, 0.75, 0.92):
                at = root + (tip - root) * t + np.array([0.0, 0.10 * (1.0 - t), 0.0]) * s.gills
                for lean in (-1.0, 1.0):
                    end = at + np.array([-0.10, 0.16 * lean, 0.05 * side]) * s.gills
                    skin.trim(horn((at, end), (0.5 * thick, 0.2 * thick), p.inner, p.inner, sides=4), "head")


def _curved(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    path, radii = _CURVES[s.headgear]
    dark = (p.horns[0] * 0.5, p.horns[1] * 0.48, p.horns[2] * 0.46)
    for side in _SIDES:
        root = _crown(s, f, side)
        points = [root + np.array([x, y, side * z]) * s.headgear_size for x, y, z in path]
        skin.trim(horn(points, [r * s.headgear_size for r in radii], p.horns, dark), "head", gloss=0.25)


def _ossicones(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    size = s.headgear_size
    for side in _SIDES:
        root = _crown(s, f, side)
        top = root + np.array([-0.18, 1.0, side * 0.12]) * size
        radii = [size * 0.17, size * 0.13, size * 0.15]
        skin.trim(horn([root, (root + top) / 2.0, top], radii, p.face, p.face), "head")
        skin.trim(bead(top, (size * 0.21,) * 3, (0.16, 0.10, 0.07), level=1), "head")


def _unicorn(skin: Layer, s: QuadShape, f: Frame) -> None:
    size, ahead, up = s.headgear_size, way(s.tilt), way(s.tilt + 90.0)
    root = f.skull + up * s.skull[1] * 0.80 + ahead * s.skull[0] * 0.15
    tip = root + (up * 0.88 + ahead * 0.48) * size
    radii = [size * 0.085, size * 0.055, size * 0.004]
    skin.trim(horn([root, (root + tip) / 2.0, tip], radii, _IVORY, (1.0, 0.96, 0.80)), "head", gloss=0.5)


def _nose_horns(skin: Layer, s: QuadShape, f: Frame, p: Palette) -> None:
    size, ahead, up = s.headgear_size, way(s.tilt), way(s.tilt + 90.0)
    for along, tall in ((0.78, 1.0), (0.42, 0.5)):
        root = skin.surface(f.skull + ahead * s.muzzle * along, up, s.skull[1] * 3.0) - up * size * 0.06
        path = [
            root,
            root + (up + ahead * 0.25) * size * 0.5 * tall,
            root + (up + ahead * 0.12) * size * tall,
        ]
        radii = [size * 0.24 * tall**0.5, size * 0.14 * tall, size * 0.01]
        skin.trim(horn(path, radii, p.horns, (0.30, 0.27, 0.24)), "head", gloss=0.2)


def _crown(s: QuadShape, f: Frame, side: float) -> Vec:
    """Where a horn grows: the top of the skull, behind the eyes."""
    x, y, z = s.skull
    return f.skull + np.array([-0.18 * x, 0.80 * y, side * 0.42 * z])


def _tusks(skin: Layer, s: QuadShape, f: Frame) -> None:
    size = s.headgear_size
    for side in _SIDES:
        ahead = way(s.tilt)
        if s.headgear is Headgear.TUSKS:
            root = (
                f.skull
                + ahead * s.skull[0] * 0.75
                + np.array([0.0, -0.22 * s.skull[1], side * s.skull[2] * 0.55])
            )
            path = [(0, 0, 0), (0.20, -0.45, 0.08), (0.50, -0.72, 0.10), (0.85, -0.70, 0.04)]
            radii = (0.10, 0.085, 0.06, 0.012)
        else:
            root = (
                f.nose
                - ahead * s.muzzle_tip * 0.8
                + np.array([0.0, -0.3 * s.muzzle_tip, side * s.muzzle_tip * 0.8])
            )
            path = [(0, 0, 0), (0.15, 0.10, 0.35), (0.22, 0.55, 0.45), (0.10, 1.0, 0.40)]
            radii = (0.15, 0.13, 0.09, 0.02)
        points = [root + np.array([x, y, side * z]) * size for x, y, z in path]
        skin.trim(
            horn(points, [r * size for r in radii], _IVORY, (0.97, 0.94, 0.86), sides=11), "head", gloss=0.45
        )


def _antler(skin: Layer, root: Vec, side: float, size: float, p: Palette) -> None:
    def at(x: float, y: float, z: float) -> Vec:
        return root + np.array([x, y, side * z]) * size

    beam = [
        at(0, 0, 0),
        at(-0.15, 0.25, 0.20),
        at(-0.20, 0.55, 0.42),
        at(0.02, 0.84, 0.52),
        at(0.20, 1.0, 0.46),
    ]
    tip = (0.80, 0.73, 0.62)
    skin.trim(
        horn(beam, [size * r for r in (0.045, 0.042, 0.036, 0.026, 0.008)], p.horns, tip, sides=8), "head"
    )
    tines = ((1, (0.30, 0.14, 0.02)), (2, (0.32, 0.22, 0.05)), (3, (-0.16, 0.26, 0.08)))
    for k, (x, y, z) in tines:
        base = beam[k]
        step = np.array([x, y, side * z]) * size
        path = [
            base,
            base + step * 0.6 + np.array([0.0, 0.02 * size, 0.0]),
            base + step + np.array([0.0, 0.08 * size, 0.0]),
        ]
        skin.trim(horn(path, [size * 0.034, size * 0.024, size * 0.006], p.horns, tip, sides=6), "head")
