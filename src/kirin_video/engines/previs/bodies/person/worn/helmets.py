"""Helmets: of workers, of knights, of astronauts."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.garments import cloth
from kirin_video.engines.previs.bodies.person.palette import Rgb, shade
from kirin_video.engines.previs.bodies.person.worn.hats import crown_profile
from kirin_video.engines.previs.bodies.person.worn.wardrobe import Wardrobe
from kirin_video.engines.previs.bodies.trims import bead, horn

_VISOR: Rgb = (0.22, 0.15, 0.06)


def helmet(w: Wardrobe, color: Rgb) -> None:
    """A shell over the skull, with a rim: for building, riding, fighting fires."""
    w.turned([*crown_profile(0.640, 0.16, 0.485), (0.49, 0.10), (0.46, 0.09)], color, tilt=0.08, gloss=0.55)
    w.turned(
        [(0.47, 0.165), (0.60, 0.135), (0.60, 0.115), (0.46, 0.13)], shade(color, 0.82), tilt=0.08, gloss=0.5
    )
    ridge = [w.at(0.40, 0.34), w.at(0.20, 0.585), w.at(-0.10, 0.665), w.at(-0.40, 0.565), w.at(-0.53, 0.30)]
    h = w.f.head
    w.skin.trim(
        horn(ridge, [0.045 * h] * 5, shade(color, 0.86), shade(color, 0.86), sides=6), "head", gloss=0.5
    )


def great_helm(w: Wardrobe, color: Rgb) -> None:
    """A knight's: a bucket with a slit for the eyes, and a plume."""
    h = w.f.head
    steel = shade(color, 1.12)
    profile = [
        (0.02, 0.62),
        (0.20, 0.60),
        (0.37, 0.50),
        (0.47, 0.28),
        (0.49, 0.05),
        (0.475, -0.30),
        (0.43, -0.50),
        (0.40, -0.49),
    ]
    w.turned(profile, steel, gloss=0.9)
    slit = [
        w.at(-0.055 + 0.512 * math.cos(a), 0.035, 0.475 * math.sin(a))
        for a in np.linspace(-0.95, 0.95, 9).tolist()
    ]
    w.skin.trim(horn(slit, [0.034 * h] * 9, (0.02, 0.02, 0.025), (0.02, 0.02, 0.025), sides=6), "head")
    nose = [w.at(0.47, 0.25), w.at(0.475, -0.05), w.at(0.45, -0.40)]
    w.skin.trim(horn(nose, [0.035 * h] * 3, shade(color, 0.8), shade(color, 0.8), sides=6), "head", gloss=0.8)
    plume = [w.at(-0.05, 0.60), w.at(-0.12, 0.86), w.at(-0.36, 0.92), w.at(-0.62, 0.66), w.at(-0.70, 0.30)]
    w.skin.trim(
        horn(
            plume,
            [q * h for q in (0.05, 0.11, 0.13, 0.11, 0.03)],
            (0.72, 0.10, 0.12),
            (0.55, 0.06, 0.09),
            sides=8,
        ),
        "head",
        fur=0.8,
    )
    for side in SIDES:
        shoulder = w.f.arms[side][0]
        w.skin.trim(
            bead(
                shoulder + np.array([0.0, 0.010, SIDES[side] * 0.008]), np.array([0.056, 0.044, 0.056]), steel
            ),
            f"collar_{side}",
            gloss=0.9,
        )
        knee = w.f.legs[side][1]
        w.skin.trim(
            bead(knee + np.array([0.026, 0.0, 0.0]), np.array([0.026, 0.034, 0.030]), steel, level=1),
            f"thigh_{side}",
            gloss=0.9,
        )


def space_helmet(w: Wardrobe, color: Rgb) -> None:
    """A white shell with a golden visor, and the pack on the back."""
    h = w.f.head
    layer = w.clay.layer()
    shell = cloth(color, 0.3, 0.0)
    layer.ball(w.at(-0.06, 0.02), np.array([0.62, 0.64, 0.60]) * h, "head", shell, blend=0.02 * h)
    layer.ball(w.at(0.50, 0.02), np.array([0.40, 0.44, 0.56]) * h, "head", shell, blend=0.02 * h, cut=True)
    visor = cloth(_VISOR, 1.0, 0.0)
    layer.ball(w.at(0.02, 0.02), np.array([0.575, 0.545, 0.560]) * h, "head", visor, blend=0.004 * h)
    ring = [
        w.f.neck + np.array([math.cos(a) * 0.070 + 0.006, 0.006, math.sin(a) * 0.072])
        for a in np.linspace(0.0, math.tau, 17).tolist()
    ]
    grey = shade(color, 0.6)
    w.skin.trim(horn(ring, [0.013] * 17, grey, grey, sides=6), "chest", gloss=0.6)
    pack = w.clay.layer()
    back = (w.f.chest + w.f.neck) / 2.0 - np.array([w.s.chest[1] + 0.055, 0.020, 0.0])
    for side in (-0.5, 0.5):
        low = back + np.array([0.0, -0.085, side * 0.085])
        pack.cone(low, back + np.array([0.0, 0.065, side * 0.085]), 0.052, 0.052, "chest", shell, blend=0.02)
    panel = w.f.chest + np.array([w.s.chest[1] + 0.036, 0.020, 0.0])
    w.skin.trim(bead(panel, (0.016, 0.034, 0.050), grey, level=1), "chest", gloss=0.3)
    for k, light in enumerate(((0.85, 0.15, 0.12), (0.20, 0.50, 0.85), (0.95, 0.75, 0.20))):
        w.skin.trim(
            bead(
                panel + np.array([0.014, 0.004, (k - 1) * 0.022]),
                np.full(3, 0.0065),
                light,
                level=1,
                glow=0.4,
            ),
            "chest",
            gloss=0.6,
        )
