"""Variety: those of a group differ, in colour, size and dress, as far as the prompt leaves that open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Family, Kind, hex_color
from kirin_video.engines.previs.plan import Age, Color, Garment, PartColor, SubjectPlan, Wear

_COATS: Mapping[str, tuple[str, ...]] = {
    "dog": ("", "#6b4226", "#2a2624", "#efe6d6", "#8c8176"),
    "cat": ("", "#c97b35", "#262424", "#efeae2", "#8f8a84"),
    "horse": ("", "#5a3218", "#2b2422", "#d8d2c8", "#8f5a30"),
    "cow": ("", "#6e3b22", "#2a2624", "#e8e0d2"),
    "rabbit": ("", "#efeae4", "#6e5a4a", "#9b9289"),
    "chicken": ("", "#e9e2d4", "#7a3f22", "#3a302a"),
    "pigeon": ("", "#8c9299", "#d9d6d0", "#6b6f78"),
    "bird": ("", "#4a78a8", "#a8482f", "#c9a13a", "#6f7f4a"),
    "butterfly": ("", "#3f7fc4", "#e0b83a", "#d8608a", "#efece4"),
    "fish": ("", "#e08a2e", "#d9c23a", "#4aa89a", "#c4485a"),
    "koi": ("", "#efeae2", "#d9822e", "#3a3634"),
    "car": ("", "#2f6fb0", "#efe9dc", "#3a3d42", "#d9a52e", "#3f7a56"),
    "balloon": ("", "#2f7fc4", "#d9a52e", "#4aa05a", "#8a4aa8"),
    "toy_balloon": ("", "#2f7fc4", "#e0b83a", "#4aa05a", "#c4509a"),
    "tulip": ("", "#e0b83a", "#d8608a", "#efe6e0", "#8a4aa8"),
    "flower": ("", "#e0b83a", "#d8608a", "#7a5ac4", "#efece4"),
    "umbrella": ("", "#2f6fb0", "#e0b83a", "#3a3d42", "#4aa05a"),
}
"""Colours that a kind has beside its own, which is the empty one."""
_PEOPLE: tuple[tuple[str, Age], ...] = (
    ("female", Age.ADULT),
    ("male", Age.ADULT),
    ("female", Age.YOUNG),
    ("male", Age.YOUNG),
    ("male", Age.OLD),
    ("female", Age.OLD),
    ("female", Age.ADULT),
    ("male", Age.ADULT),
)
_FAMILY: tuple[tuple[str, Age], ...] = (
    ("female", Age.ADULT),
    ("male", Age.ADULT),
    ("female", Age.CHILD),
    ("male", Age.CHILD),
)
_HOUSEHOLD = ("family", "\u4e00\u5bb6", "\u5168\u5bb6", "\u5bb6\u5ead")
"""What parents and their children are called together."""
_OUTFITS: tuple[tuple[tuple[Garment, tuple[int, int, int]], ...], ...] = (
    ((Garment.DRESS, (196, 72, 58)),),
    ((Garment.HOODIE, (74, 92, 116)), (Garment.JEANS, (58, 72, 104))),
    ((Garment.SWEATER, (226, 186, 84)), (Garment.SKIRT, (70, 62, 74))),
    ((Garment.T_SHIRT, (108, 148, 92)), (Garment.SHORTS, (150, 132, 104))),
    ((Garment.JACKET, (112, 82, 60)), (Garment.TROUSERS, (66, 66, 72))),
    ((Garment.COAT, (150, 66, 90)), (Garment.TROUSERS, (70, 60, 62))),
    ((Garment.SHIRT, (228, 222, 210)), (Garment.JEANS, (62, 84, 124))),
    ((Garment.SUIT, (54, 62, 84)),),
)
_A_PAIR = 2
_SIZES = 0.07
"""How much larger or smaller one of a group may be than the others."""
_SHADES = 0.16


def variants_of(subject: SubjectPlan, kind: Kind, count: int, seed: int) -> tuple[SubjectPlan, ...]:
    """So many that differ; the first is as the plan has it.

    Args:
        subject: what the plan says of them: what it names stays the same for all.
        kind: the row of the catalogue.
        count: how many that differ.
        seed: what makes this group different.
    """
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 57])
    others = tuple(_variant(subject, kind, k, rng) for k in range(1, count))
    pair = count == _A_PAIR or _is_family(subject)
    mixed = pair and count > 1 and kind.family is Family.PERSON and subject.gender is None
    # Of two of whom nothing is told one is a woman and one a man; so are parents.
    return (replace(subject, gender=_PEOPLE[0][0]) if mixed else subject, *others)


def _variant(subject: SubjectPlan, kind: Kind, which: int, rng: np.random.Generator) -> SubjectPlan:
    size = subject.size * float(1.0 + rng.uniform(-_SIZES, _SIZES))
    shade = float(1.0 + rng.uniform(-_SHADES, _SHADES))
    if kind.family is Family.PERSON:
        return replace(_another(subject, which), size=size)
    varied = subject if kind.family in {Family.MACHINE, Family.THING} else replace(subject, size=size)
    if any(color.part == "body" for color in subject.colors):
        return varied
    coats = _COATS.get(kind.name, ("",))
    code = coats[which % len(coats)]
    if not code and kind.family in {Family.MACHINE, Family.THING}:
        return varied
    red, green, blue = hex_color(code) if code else kind.colors["body"]
    rgb = tuple(min(round(255.0 * c * shade), 255) for c in (red, green, blue))
    body = PartColor("body", Color("its own", (rgb[0], rgb[1], rgb[2])))
    return replace(varied, colors=(*subject.colors, body))


def _is_family(subject: SubjectPlan) -> bool:
    return any(word in subject.words.lower() for word in _HOUSEHOLD)


def _another(subject: SubjectPlan, which: int) -> SubjectPlan:
    """Another person, of any sex and age where the plan names none."""
    if subject.gender is not None:
        return subject
    people = _FAMILY if _is_family(subject) else _PEOPLE
    gender, age = people[which % len(people)]
    if subject.age is not Age.ADULT or subject.wears:
        return replace(subject, gender=gender)
    wears = tuple(Wear(garment, Color("its own", rgb)) for garment, rgb in _OUTFITS[which % len(_OUTFITS)])
    return replace(subject, gender=gender, age=age, wears=wears)
