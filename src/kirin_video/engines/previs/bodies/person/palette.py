"""Natural colours of people, and the colours of clothes that nobody asked for."""

# ruff: noqa: PLR2004 -- chances and shades stand where they are used
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.person.shape import PersonShape, Sex
from kirin_video.engines.previs.plan import Age

Rgb = tuple[float, float, float]

_SKINS: tuple[Rgb, ...] = (
    (0.93, 0.75, 0.63), (0.89, 0.69, 0.55), (0.83, 0.62, 0.47), (0.70, 0.49, 0.35), (0.54, 0.36, 0.25),
    (0.40, 0.26, 0.19),
)  # fmt: skip
_HAIRS: tuple[Rgb, ...] = (
    (0.11, 0.08, 0.07), (0.20, 0.13, 0.09), (0.34, 0.21, 0.12), (0.50, 0.31, 0.15), (0.76, 0.57, 0.30),
    (0.60, 0.25, 0.11),
)  # fmt: skip
_GREY: Rgb = (0.78, 0.77, 0.75)
_EYES: tuple[Rgb, ...] = ((0.26, 0.15, 0.08), (0.20, 0.32, 0.48), (0.26, 0.36, 0.20))
_DARK_SKIN = 1.7
"""Of skin whose colour's parts come to less, hair and eyes are dark."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a body, sRGB 0 to 1."""

    skin: Rgb
    hair: Rgb
    eyes: Rgb
    lips: Rgb
    cheeks: Rgb


def palette_of(order: Order, shape: PersonShape) -> Palette:
    """The colours of one person: asked for, or by chance."""
    rng = np.random.default_rng([order.seed, 11])
    tone = int(rng.choice(len(_SKINS), p=(0.26, 0.26, 0.20, 0.12, 0.09, 0.07)))
    skin = order.color("skin") or _SKINS[tone]
    dark = sum(skin) < _DARK_SKIN
    hair = _HAIRS[int(rng.integers(2 if dark else len(_HAIRS)))]
    if shape.age is Age.OLD:
        hair = _GREY
    eyes = _EYES[0 if dark or rng.random() < 0.5 else int(rng.integers(len(_EYES)))]
    old = shape.age is Age.OLD
    rosy = 0.30 if shape.sex is Sex.FEMALE and not old else 0.20
    red = 0.60 if shape.sex is Sex.FEMALE and not old else 0.34
    return Palette(
        skin=skin,
        hair=order.color("hair") or hair,
        eyes=order.color("eyes") or eyes,
        lips=mixed(skin, (0.72, 0.24, 0.24), red),
        cheeks=mixed(skin, (0.93, 0.42, 0.36), rosy),
    )


def mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    """A colour between two."""
    red, green, blue = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return red, green, blue


def shade(color: Rgb, factor: float) -> Rgb:
    """A colour darker or lighter."""
    red, green, blue = (min(c * factor, 1.0) for c in color)
    return red, green, blue
