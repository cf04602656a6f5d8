"""What is worn on the face and the ears: glasses, masks, headphones."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.garments import cloth
from kirin_video.engines.previs.bodies.person.palette import Rgb, shade
from kirin_video.engines.previs.bodies.person.worn.wardrobe import Wardrobe
from kirin_video.engines.previs.bodies.trims import bead, horn


def glasses(w: Wardrobe, color: Rgb) -> None:
    """With clear lenses."""
    _lenses(w, color, None)


def sunglasses(w: Wardrobe, color: Rgb) -> None:
    """With dark lenses."""
    _lenses(w, color, (0.03, 0.03, 0.04))


def _lenses(w: Wardrobe, color: Rgb, glass: Rgb | None) -> None:
    h = w.f.head
    for side in SIDES.values():
        middle = w.at(0.455, -0.012, side * 0.155)
        ring = [
            middle
            + np.array(
                [
                    -0.05 * abs(math.cos(a)) * (math.cos(a) > 0.0),
                    0.112 * math.sin(a),
                    side * 0.125 * math.cos(a),
                ]
            )
            * h
            for a in np.linspace(0.0, math.tau, 13).tolist()
        ]
        w.skin.trim(horn(ring, [0.012 * h] * 13, color, color, sides=4), "head", gloss=0.6)
        if glass is not None:
            w.skin.trim(
                bead(
                    middle - np.array([0.012 * h, 0.0, 0.0]),
                    np.array([0.022, 0.110, 0.122]) * h,
                    glass,
                    level=2,
                ),
                "head",
                gloss=1.0,
            )
        bow = [w.at(0.400, 0.0, side * 0.275), w.at(0.20, 0.02, side * 0.395), w.at(-0.06, 0.01, side * 0.43)]
        w.skin.trim(horn(bow, [0.012 * h] * 3, color, color, sides=4), "head", gloss=0.5)
    bridge = [w.at(0.445, 0.0, -0.04), w.at(0.46, 0.02, 0.0), w.at(0.445, 0.0, 0.04)]
    w.skin.trim(horn(bridge, [0.011 * h] * 3, color, color, sides=4), "head", gloss=0.5)


def mask(w: Wardrobe, color: Rgb) -> None:
    """Over nose and mouth."""
    h = w.f.head
    layer = w.clay.layer(fineness=1.2)
    look = cloth(color, 0.0, 0.0)
    layer.ball(w.at(0.155, -0.235), np.array([0.325, 0.215, 0.325]) * h, "head", look, blend=0.04 * h)
    layer.ball(w.at(0.36, -0.16), np.array([0.125, 0.14, 0.12]) * h, "head", look, blend=0.06 * h)


def headphones(w: Wardrobe, color: Rgb) -> None:
    """A band over the head between two shells."""
    h = w.f.head
    arch = [
        w.at(-0.05, 0.12 + 0.46 * math.sin(a), 0.485 * math.cos(a))
        for a in np.linspace(0.0, math.pi, 11).tolist()
    ]
    w.skin.trim(horn(arch, [0.035 * h] * 11, color, color, sides=6), "head", gloss=0.4)
    for side in SIDES.values():
        w.skin.trim(
            bead(
                w.at(-0.05, 0.0, side * 0.465), np.array([0.13, 0.16, 0.07]) * h, shade(color, 1.3), level=2
            ),
            "head",
            gloss=0.4,
        )
