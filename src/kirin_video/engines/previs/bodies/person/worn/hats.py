"""Hats, caps and crowns."""

# ruff: noqa: PLR2004 -- shares of a head stand where they are used
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.person.garments import cloth
from kirin_video.engines.previs.bodies.person.palette import Rgb, mixed, shade
from kirin_video.engines.previs.bodies.person.worn.wardrobe import Wardrobe
from kirin_video.engines.previs.bodies.trims import bead, horn
from kirin_video.engines.previs.plan import Garment

_GOLD: Rgb = (0.93, 0.72, 0.22)


def crown_profile(top: float, low: float, wide: float) -> list[tuple[float, float]]:
    """A dome over the skull, from the top down."""
    return [
        (wide * math.sin(a), low + (top - low) * math.cos(a))
        for a in np.linspace(0.02, math.pi / 2.0, 8).tolist()
    ]


def hat(w: Wardrobe, color: Rgb) -> None:
    """A felt hat with a band and a brim; a red one over a white beard has a bobble instead."""
    if color[0] > 2.0 * max(color[1], color[2]) and min(w.o.worn.get(Garment.BEARD, (0.0, 0.0, 0.0))) > 0.8:
        _bobble_hat(w, color)
        return
    band = shade(color, 0.55) if sum(color) > 0.5 else (0.45, 0.12, 0.12)
    w.turned([(0.02, 0.66), (0.24, 0.67), (0.36, 0.60), (0.415, 0.42), (0.44, 0.28)], color, tilt=0.10)
    w.turned([(0.436, 0.345), (0.452, 0.34), (0.455, 0.25), (0.44, 0.245)], band, tilt=0.10)
    w.turned(
        [(0.43, 0.255), (0.62, 0.225), (0.72, 0.24), (0.725, 0.225), (0.60, 0.20), (0.42, 0.215)],
        color,
        tilt=0.10,
    )


def _bobble_hat(w: Wardrobe, color: Rgb) -> None:
    h, white = w.f.head, (0.96, 0.95, 0.93)
    tip = [w.at(-0.055, 0.26), w.at(-0.12, 0.62), w.at(-0.36, 0.72), w.at(-0.62, 0.42)]
    w.skin.trim(horn(tip, (0.45 * h, 0.30 * h, 0.16 * h, 0.05 * h), color, color, sides=20), "head", fur=0.4)
    w.skin.trim(bead(w.at(-0.64, 0.36), np.full(3, 0.11) * h, white, level=2), "head", fur=0.7)
    w.turned([(0.42, 0.375), (0.50, 0.36), (0.515, 0.27), (0.49, 0.20), (0.42, 0.19)], white, tilt=0.08)


def straw_hat(w: Wardrobe, color: Rgb) -> None:
    """Of straw, with a dark band."""
    w.turned([(0.02, 0.60), (0.25, 0.58), (0.39, 0.48), (0.44, 0.28)], color, tilt=0.08)
    w.turned([(0.437, 0.345), (0.455, 0.34), (0.46, 0.26), (0.445, 0.255)], (0.62, 0.22, 0.16), tilt=0.08)
    w.turned(
        [(0.43, 0.265), (0.70, 0.205), (0.98, 0.13), (0.985, 0.11), (0.70, 0.175), (0.42, 0.225)],
        color,
        tilt=0.08,
    )


def cowboy_hat(w: Wardrobe, color: Rgb) -> None:
    """A high crown with a dent, and a brim rolled up at its sides."""
    w.turned([(0.02, 0.60), (0.16, 0.62), (0.31, 0.70), (0.385, 0.58), (0.435, 0.26)], color, tilt=0.08)
    w.turned([(0.43, 0.335), (0.447, 0.33), (0.452, 0.25), (0.44, 0.245)], shade(color, 0.5), tilt=0.08)
    w.turned(
        [
            (0.43, 0.25),
            (0.62, 0.20),
            (0.80, 0.26),
            (0.88, 0.36),
            (0.885, 0.34),
            (0.80, 0.235),
            (0.60, 0.175),
            (0.42, 0.21),
        ],
        color,
        tilt=0.08,
    )


def top_hat(w: Wardrobe, color: Rgb) -> None:
    """A cylinder of silk."""
    w.turned(
        [(0.02, 0.98), (0.42, 0.98), (0.435, 0.96), (0.40, 0.60), (0.43, 0.26)], color, tilt=0.08, gloss=0.25
    )
    w.turned([(0.422, 0.40), (0.437, 0.39), (0.448, 0.27), (0.43, 0.265)], (0.40, 0.10, 0.12), tilt=0.08)
    w.turned(
        [(0.43, 0.26), (0.60, 0.24), (0.66, 0.28), (0.665, 0.26), (0.60, 0.215), (0.42, 0.225)],
        color,
        tilt=0.08,
        gloss=0.25,
    )


def witch_hat(w: Wardrobe, color: Rgb) -> None:
    """A pointed hat whose tip hangs over."""
    tip = [w.at(-0.055, 0.25), w.at(-0.10, 0.70), w.at(-0.22, 1.10), w.at(-0.46, 1.34)]
    h = w.f.head
    w.skin.trim(horn(tip, (0.45 * h, 0.285 * h, 0.14 * h, 0.02 * h), color, color, sides=22), "head", fur=0.3)
    w.turned(
        [(0.44, 0.36), (0.455, 0.35), (0.462, 0.26), (0.45, 0.255)], mixed(color, _GOLD, 0.75), tilt=0.08
    )
    w.turned(
        [(0.43, 0.26), (0.72, 0.19), (0.98, 0.20), (0.985, 0.18), (0.70, 0.165), (0.42, 0.225)],
        color,
        tilt=0.08,
    )


def chef_hat(w: Wardrobe, color: Rgb) -> None:
    """A band, and a puff of white cloth."""
    w.turned([(0.415, 0.62), (0.425, 0.61), (0.435, 0.24), (0.42, 0.235)], color, tilt=0.10)
    layer = w.clay.layer()
    h = w.f.head
    for k in range(8):
        a = math.tau * k / 8.0
        at = w.at(-0.10 + 0.30 * math.cos(a), 0.76, 0.30 * math.sin(a))
        layer.ball(at, (0.19 * h, 0.20 * h, 0.19 * h), "head", cloth(color, 0.0, 0.0), blend=0.02 * h)
    layer.ball(
        w.at(-0.10, 0.82), (0.38 * h, 0.20 * h, 0.38 * h), "head", cloth(color, 0.0, 0.0), blend=0.04 * h
    )


def cap(w: Wardrobe, color: Rgb) -> None:
    """A cap with a peak."""
    w.turned([*crown_profile(0.575, 0.20, 0.445), (0.447, 0.17), (0.43, 0.165)], color, tilt=0.10)
    w.skin.trim(bead(w.at(-0.115, 0.575), np.full(3, 0.035) * w.f.head, shade(color, 0.8), level=1), "head")
    layer = w.clay.layer(fineness=1.2)
    h = w.f.head
    visor = cloth(shade(color, 0.72), 0.1, 0.0)
    layer.ball(w.at(0.44, 0.185), (0.27 * h, 0.028 * h, 0.30 * h), "head", visor, blend=0.01 * h)
    dark = shade(color, 0.5)
    w.skin.trim(
        bead(w.at(0.385, 0.335), np.array([0.02, 0.055, 0.055]) * h, mixed(dark, _GOLD, 0.7), level=1),
        "head",
        gloss=0.5,
    )


def beanie(w: Wardrobe, color: Rgb) -> None:
    """Knitted, turned up at its rim, with a bobble."""
    w.turned([*crown_profile(0.600, 0.20, 0.462), (0.465, 0.16), (0.43, 0.15)], color, tilt=0.12)
    light = mixed(color, (0.96, 0.95, 0.93), 0.55)
    w.turned([(0.44, 0.315), (0.490, 0.305), (0.500, 0.225), (0.488, 0.150), (0.44, 0.145)], light, tilt=0.12)
    h = w.f.head
    w.skin.trim(bead(w.at(-0.13, 0.655), np.full(3, 0.115) * h, light, level=2), "head", fur=0.7)


def crown(w: Wardrobe, color: Rgb) -> None:
    """A golden ring with spikes."""
    gold = mixed(color, _GOLD, 0.3)
    w.turned([(0.40, 0.50), (0.42, 0.50), (0.41, 0.345), (0.39, 0.345)], gold, gloss=0.9)
    h = w.f.head
    for k in range(8):
        a = math.tau * k / 8.0
        x, z = -0.055 + 0.435 * math.cos(a), 0.40 * math.sin(a)
        path = [w.at(x, 0.46, z), w.at(x * 1.03, 0.66 if k % 2 == 0 else 0.58, z * 1.05)]
        w.skin.trim(horn(path, (0.085 * h, 0.012 * h), gold, gold, sides=5), "head", gloss=0.9)
        jewel = ((0.75, 0.08, 0.14), (0.12, 0.35, 0.75))[k % 2]
        w.skin.trim(
            bead(w.at(x * 1.02, 0.42, z * 1.04), np.full(3, 0.032) * h, jewel, level=1), "head", gloss=1.0
        )
