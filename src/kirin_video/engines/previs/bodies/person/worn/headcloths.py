"""Cloth round the head: hoods, turbans, veils."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.person.garments import cloth
from kirin_video.engines.previs.bodies.person.palette import Rgb, shade
from kirin_video.engines.previs.bodies.person.worn.wardrobe import Wardrobe


def hood(w: Wardrobe, color: Rgb) -> None:
    """Round the head, open at the face; falls onto the shoulders."""
    h = w.f.head
    layer = w.clay.layer()
    look = cloth(color, 0.0, 0.0)
    layer.ball(w.at(-0.09, 0.06), np.array([0.54, 0.55, 0.50]) * h, "head", look, blend=0.06 * h)
    layer.cone(w.at(-0.42, 0.10), w.at(-0.66, -0.02), 0.26 * h, 0.06 * h, "head", look, blend=0.12 * h)
    layer.cone(
        w.at(-0.10, -0.42),
        w.f.neck - np.array([0.010, 0.012, 0.0]),
        0.40 * h,
        0.50 * h,
        "neck",
        look,
        blend=0.10 * h,
    )
    layer.ball(w.at(0.46, -0.05), np.array([0.42, 0.415, 0.36]) * h, "head", look, blend=0.02 * h, cut=True)


def turban(w: Wardrobe, color: Rgb) -> None:
    """Cloth wound round the head."""
    h = w.f.head
    layer = w.clay.layer()
    for k in range(4):
        look = cloth(shade(color, 1.0 - 0.07 * (k % 2)), 0.0, 0.0)
        at = w.at(-0.07, 0.245 + 0.095 * k)
        wide = (0.465, 0.475, 0.41, 0.27)[k]
        layer.ball(at, np.array([wide, 0.105, wide * 0.96]) * h, "head", look, blend=0.012 * h)


def veil(w: Wardrobe, color: Rgb) -> None:
    """A light cloth from the crown of the head down the back."""
    h = w.f.head
    layer = w.clay.layer()
    look = cloth(color, 0.1, 0.0)
    layer.ball(w.at(-0.14, 0.22), np.array([0.44, 0.36, 0.44]) * h, "head", look, blend=0.05 * h)
    layer.cone(
        w.at(-0.40, 0.10),
        w.at(-0.62, -1.5),
        0.34 * h,
        0.46 * h,
        "head",
        look,
        blend=0.08 * h,
        flat=0.35,
        flat_axis=(1.0, 0.0, 0.0),
    )
    layer.ball(w.at(0.40, -0.06), np.array([0.36, 0.50, 0.60]) * h, "head", look, blend=0.01 * h, cut=True)


def hood_down(w: Wardrobe, color: Rgb) -> None:
    """The hood of a jacket, on the shoulders."""
    layer = w.clay.layer()
    at = w.f.neck + np.array([-0.045, 0.008, 0.0])
    layer.ball(at, (0.030, 0.030, 0.060), "chest", cloth(shade(color, 0.92), 0.0, 0.0), blend=0.01)
