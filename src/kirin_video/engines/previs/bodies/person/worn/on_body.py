"""What is worn on the body beside clothes: scarves, the bibs of aprons, packs."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.garments import cloth
from kirin_video.engines.previs.bodies.person.palette import Rgb, shade
from kirin_video.engines.previs.bodies.person.worn.wardrobe import Wardrobe
from kirin_video.engines.previs.bodies.trims import horn


def scarf(w: Wardrobe, color: Rgb) -> None:
    """Wound round the neck, one end in front."""
    layer = w.clay.layer()
    look, dark = cloth(color, 0.0, 0.0), cloth(shade(color, 0.86), 0.0, 0.0)
    neck, s = w.f.neck, w.s
    around = s.neck * 1.25 + 0.006
    for k in range(12):
        a, b = math.tau * k / 12.0, math.tau * (k + 1) / 12.0
        p, q = (
            neck + np.array([math.cos(t) * around + 0.006, 0.016 - 0.012 * math.cos(t), math.sin(t) * around])
            for t in (a, b)
        )
        layer.cone(p, q, 0.0195, 0.0195, "chest", look if k % 2 else dark, blend=0.006)
    front = neck + np.array([s.chest[1] + 0.012, -0.02, 0.022])
    low = np.array([s.chest[1] + s.bust + 0.020, float(w.f.waist[1]) + 0.020, 0.036])
    layer.cone(neck + np.array([around, 0.0, 0.016]), front, 0.018, 0.020, "chest", look, blend=0.008)
    layer.cone(front, low, 0.021, 0.025, "chest", look, blend=0.008, flat=0.45, flat_axis=(1.0, 0.0, 0.0))


def bib(w: Wardrobe, color: Rgb) -> None:
    """The upper part of an apron, with a strap round the neck."""
    layer = w.clay.layer()
    look = cloth(color, 0.0, 0.0)
    s = w.s
    out = (w.o.top.thick if w.o.top else 0.0) + 0.012
    middle = w.f.chest * 0.55 + w.f.neck * 0.45
    tall = float(w.f.neck[1] - w.f.waist[1]) * 0.40
    at = np.array([s.chest[1] * 0.72 + s.bust * 0.7, float(middle[1]) - 0.030, 0.0])
    layer.ball(at, (s.chest[1] * 0.30 + out, tall, s.chest[0] * 0.62), "chest", look, blend=0.01)
    layer.cone(
        w.f.waist + np.array([0.012 + s.belly * 0.8, 0.0, 0.0]),
        w.f.chest + np.array([0.014 + s.belly * 0.4, 0.0, 0.0]),
        s.waist[1] + out,
        s.waist[1] + out,
        "spine",
        look,
        blend=0.02,
        flat=0.80 * s.waist[0] / s.waist[1],
    )
    for side in SIDES.values():
        path = [
            at + np.array([s.chest[1] * 0.26, tall * 0.80, side * 0.034]),
            w.f.neck + np.array([0.03, 0.012, side * 0.045]),
            w.f.neck + np.array([-0.040, 0.014, side * 0.020]),
        ]
        w.skin.trim(horn(path, [0.006] * 3, shade(color, 0.9), shade(color, 0.9), sides=5), "chest")


def backpack(w: Wardrobe, color: Rgb) -> None:
    """A pack with straps over the shoulders."""
    layer = w.clay.layer()
    s = w.s
    back = (w.f.chest + w.f.neck) / 2.0 - np.array([s.chest[1] + 0.048, 0.030, 0.0])
    look, dark = cloth(color, 0.05, 0.0), cloth(shade(color, 0.7), 0.05, 0.0)
    layer.ball(back, (0.062, 0.110, s.chest[0] * 0.88), "chest", look, blend=0.02)
    layer.ball(
        back - np.array([0.048, 0.040, 0.0]), (0.030, 0.052, s.chest[0] * 0.60), "chest", dark, blend=0.006
    )
    layer.cone(
        back + np.array([0.0, 0.112, -0.06]),
        back + np.array([0.0, 0.112, 0.06]),
        0.030,
        0.030,
        "chest",
        dark,
        blend=0.01,
    )
    for side in SIDES.values():
        z = side * s.shoulder * 0.62
        path = [
            back + np.array([0.03, 0.075, z]),
            np.array([float(w.f.neck[0]) - 0.01, float(w.f.neck[1]) + 0.002, z]),
            np.array([s.chest[1] + 0.012, float(w.f.chest[1]) + 0.065, z * 1.04]),
            np.array([s.chest[1] * 0.5, float(w.f.chest[1]) - 0.02, side * (s.chest[0] + 0.012)]),
        ]
        w.skin.trim(horn(path, [0.011] * 4, shade(color, 0.6), shade(color, 0.6), sides=6), "chest")
