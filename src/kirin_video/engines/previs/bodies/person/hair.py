"""Hair: cuts from bald to curls, and beards."""

# ruff: noqa: PLR0913, PLR2004 -- clothes and limbs have many sides; shares stand where they are used
from __future__ import annotations

import math
import re
from enum import StrEnum

import numpy as np

from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame
from kirin_video.engines.previs.bodies.person.palette import Palette, Rgb, shade
from kirin_video.engines.previs.bodies.person.shape import PersonShape, Sex
from kirin_video.engines.previs.bodies.sculpt import Layer, Look, Sculpture
from kirin_video.engines.previs.plan import Age, Garment


class Cut(StrEnum):
    """How hair is worn."""

    BALD = "bald"
    FRINGE = "fringe"
    """A wreath round a bald crown."""
    SHORT = "short"
    TOUSLED = "tousled"
    CURLY = "curly"
    CURLS = "curls"
    """Long ones."""
    CLOWN = "clown"
    """Two heaps of curls beside a bare crown."""
    MOHAWK = "mohawk"
    BOB = "bob"
    LONG = "long"
    BUN = "bun"
    PONYTAIL = "ponytail"
    PIGTAILS = "pigtails"
    TUFT = "tuft"
    """A baby's."""


_SAID: tuple[tuple[Cut, tuple[str, ...]], ...] = (
    (Cut.CLOWN, ("clown", "\u5c0f\u4e11")),
    (Cut.BALD, ("bald", "shaven head", "monk", "\u5149\u5934", "\u79c3", "\u548c\u5c1a", "\u50e7")),
    (Cut.MOHAWK, ("mohawk", "\u83ab\u897f\u5e72")),
    (Cut.PIGTAILS, ("pigtail", "braid", "plait", "twintail", "\u53cc\u9a6c\u5c3e", "\u8fab", "\u9ebb\u82b1")),
    (Cut.PONYTAIL, ("ponytail", "\u9a6c\u5c3e")),
    (
        Cut.BUN,
        (
            "bun",
            "topknot",
            "top knot",
            "updo",
            "ballerina",
            "\u53d1\u9afb",
            "\u4e38\u5b50\u5934",
            "\u76d8\u53d1",
        ),
    ),
    (
        Cut.CURLS,
        (
            "long curly",
            "long wavy",
            "wavy",
            "curly long",
            "\u957f\u5377\u53d1",
            "\u6ce2\u6d6a",
            "\u5927\u5377",
        ),
    ),
    (Cut.CURLY, ("curly", "curl", "afro", "\u5377\u53d1", "\u5377\u6bdb", "\u7206\u70b8\u5934")),
    (
        Cut.BOB,
        (
            "bob",
            "shoulder length",
            "bangs",
            "\u9f50\u8033",
            "\u6ce2\u6ce2\u5934",
            "\u5b66\u751f\u5934",
            "\u5218\u6d77",
        ),
    ),
    (
        Cut.LONG,
        (
            "long hair",
            "long-haired",
            "long straight",
            "dreadlock",
            "\u957f\u53d1",
            "\u957f\u76f4\u53d1",
            "\u79c0\u53d1",
        ),
    ),
    (
        Cut.SHORT,
        (
            "short hair",
            "short-haired",
            "pixie",
            "crew cut",
            "buzz cut",
            "\u677f\u5bf8",
            "\u5e73\u5934",
            "\u5bf8\u5934",
        ),
    ),
    (Cut.TOUSLED, ("messy", "tousled", "spiky")),
    (Cut.BOB, ("\u77ed\u53d1",)),
)
"""What cuts are called, the most telling first."""
_FEMALE = (Cut.LONG, Cut.LONG, Cut.BOB, Cut.PONYTAIL, Cut.BUN, Cut.CURLY)
_MALE = (Cut.SHORT, Cut.SHORT, Cut.TOUSLED, Cut.TOUSLED, Cut.CURLY)
_GIRL = (Cut.PIGTAILS, Cut.PONYTAIL, Cut.BOB, Cut.LONG)


_SHOULDER = -0.30
"""What hangs below this height of a head swings."""


def cut_of(order: Order, s: PersonShape) -> Cut:
    """How one person's hair is cut: as the prompt says, or by chance."""
    said = " ".join((order.subject.words, *order.subject.traits)).lower()
    for cut, words in _SAID:
        if any(_is_said(word, said) for word in words):
            return Cut.SHORT if cut is Cut.BOB and s.sex is Sex.MALE else cut
    rng = np.random.default_rng([order.seed, 31])
    if s.age is Age.BABY:
        return Cut.TUFT
    if s.age is Age.OLD:
        return Cut.BUN if s.sex is Sex.FEMALE else (Cut.FRINGE, Cut.SHORT)[int(rng.integers(2))]
    cuts = (_GIRL if s.age is Age.CHILD else _FEMALE) if s.sex is Sex.FEMALE else _MALE
    return cuts[int(rng.integers(len(cuts)))]


def _is_said(word: str, text: str) -> bool:
    """Whether a word is in a text: whole, where its letters are; a bunny has no bun."""
    return re.search(rf"\b{re.escape(word)}s?\b", text) is not None if word.isascii() else word in text


def _hair(color: Rgb, tone: float = 1.0) -> Look:
    return Look(shade(color, tone), coat=0.0, gloss=0.10, fur=0.45)


class _Barber:
    """Puts lumps of hair on a head, in shares of its height from the middle of the skull."""

    def __init__(self, layer: Layer, f: Frame, color: Rgb) -> None:
        self._layer, self._f, self._color = layer, f, color

    def ball(
        self,
        at: tuple[float, float, float],
        radii: tuple[float, float, float],
        *,
        bone: str = "head",
        tone: float = 1.0,
        blend: float = 0.05,
        cut: bool = False,
    ) -> None:
        h = self._f.head
        self._layer.ball(
            self._f.skull + np.array(at) * h,
            np.array(radii) * h,
            bone,
            _hair(self._color, tone),
            blend=blend * h,
            cut=cut,
        )

    def lock(
        self,
        a: tuple[float, float, float],
        b: tuple[float, float, float],
        first: float,
        last: float,
        *,
        bone: str = "head",
        tone: float = 1.0,
        blend: float = 0.02,
    ) -> None:
        h = self._f.head
        self._layer.cone(
            self._f.skull + np.array(a) * h,
            self._f.skull + np.array(b) * h,
            first * h,
            last * h,
            bone,
            _hair(self._color, tone),
            blend=blend * h,
        )


def add_hair(clay: Sculpture, f: Frame, p: Palette, cut: Cut, *, covered: bool) -> None:
    """Hair of a cut; below a hat it lies flat."""
    if cut is Cut.BALD:
        return
    layer = clay.layer(fineness=1.05)
    barber = _Barber(layer, f, p.hair)
    if cut in {Cut.LONG, Cut.CURLS, Cut.PONYTAIL, Cut.PIGTAILS, Cut.BOB}:
        _hang_bones(clay, f, cut)
    if cut is Cut.TUFT:
        barber.ball((-0.075, 0.19, 0.0), (0.415, 0.325, 0.385), blend=0.02)
        barber.ball((0.34, 0.02, 0.0), (0.34, 0.36, 0.44), cut=True, blend=0.02)
        barber.ball((-0.05, -0.30, 0.0), (0.60, 0.36, 0.60), cut=True, blend=0.02)
        barber.lock((0.10, 0.48, 0.0), (0.22, 0.53, 0.06), 0.055, 0.02, tone=1.1)
        return
    if cut is Cut.FRINGE:
        barber.ball((-0.105, 0.02, 0.0), (0.40, 0.26, 0.425))
        barber.ball((0.30, 0.12, 0.0), (0.36, 0.40, 0.46), cut=True, blend=0.01)
        barber.ball((-0.05, 0.36, 0.0), (0.32, 0.26, 0.29), cut=True, blend=0.02)
        return
    if cut is not Cut.MOHAWK:
        _cap(barber, cut, covered=covered)
    _FINISH.get(cut, _short)(barber, covered)


def _cap(b: _Barber, cut: Cut, *, covered: bool) -> None:
    """Over the skull down to the neck, with the face cut free."""
    full = 0.0 if covered else (0.02 if cut in {Cut.SHORT, Cut.TOUSLED} else 0.028)
    b.ball((-0.060, 0.115, 0.0), (0.445 + full, 0.410 + full, 0.405 + full))
    b.ball((-0.150, -0.080, 0.0), (0.335, 0.30, 0.355 + full * 0.5), blend=0.08)
    high = 0.02 if cut in {Cut.BUN, Cut.PONYTAIL} else 0.0
    b.ball((0.40, -0.085 + high, 0.0), (0.315, 0.345, 0.345), cut=True, blend=0.012)
    if cut in {Cut.SHORT, Cut.TOUSLED, Cut.BUN, Cut.PONYTAIL, Cut.PIGTAILS, Cut.CURLY}:
        # Round the ears, and short in the neck.
        for side in SIDES.values():
            b.ball((0.02, -0.16, side * 0.42), (0.20, 0.205, 0.12), cut=True, blend=0.01)
        b.ball((0.0, -0.47, 0.0), (0.55, 0.24, 0.50), cut=True, blend=0.02)


def _short(b: _Barber, covered: bool) -> None:
    if covered:
        return
    for k in range(5):
        z = -0.20 + 0.085 * k
        b.lock(
            (0.22, 0.36 - 0.1 * abs(z), z - 0.05),
            (0.385 - 0.25 * abs(z), 0.285 + 0.02 * (k % 2), z + 0.07),
            0.085,
            0.045,
            tone=1.0 + 0.07 * (k % 2),
        )
    b.lock((-0.05, 0.47, -0.14), (0.26, 0.45, 0.16), 0.085, 0.06, tone=1.08, blend=0.05)
    b.lock((-0.20, 0.44, 0.05), (0.14, 0.50, 0.20), 0.09, 0.06, tone=0.96, blend=0.05)


def _tousled(b: _Barber, covered: bool) -> None:
    if covered:
        return
    rng = np.random.default_rng(4)
    for k in range(22):
        a, up = k * 2.399, 0.20 + 0.78 * ((k + 0.5) / 22.0)
        ring = math.sqrt(max(1.0 - up * up, 0.0))
        way = np.array([math.cos(a) * ring, up, math.sin(a) * ring])
        if way[0] > 0.62 and up < 0.6:
            continue
        root = np.array([-0.06, 0.12, 0.0]) + way * np.array([0.42, 0.39, 0.39])
        swirl = np.array([0.10, 0.03, 0.07]) + 0.04 * rng.normal(size=3)
        end = root + way * 0.075 + swirl
        b.lock(tuple(root), tuple(end), 0.105, 0.030, tone=0.93 + 0.05 * (k % 4), blend=0.02)
    for k in range(4):
        z = -0.17 + 0.10 * k
        b.lock((0.24, 0.36, z), (0.385, 0.225 + 0.03 * (k % 2), z + 0.09), 0.075, 0.022, tone=1.06)


def _curly(b: _Barber, covered: bool) -> None:
    count = 44
    for k in range(count):
        up = 1.0 - 1.45 * (k + 0.5) / count
        a = k * 2.39996
        ring = math.sqrt(max(1.0 - up * up, 0.0))
        x, z = math.cos(a) * ring, math.sin(a) * ring
        if (x > 0.50 and up < 0.62) or (covered and up > 0.1):
            continue
        size = 0.098 + 0.022 * math.sin(5.0 * k)
        b.ball(
            (-0.065 + 0.47 * x, 0.105 + 0.45 * up, 0.45 * z),
            (size, size, size),
            tone=0.92 + 0.06 * (k % 3),
            blend=0.012,
        )


def _curls(b: _Barber, covered: bool) -> None:
    """Curls down to the breast, some of them swinging."""
    _curly(b, covered)
    for side in SIDES.values():
        for k in range(4):
            x, out = 0.02 - 0.14 * k, 0.425 - 0.035 * k
            for n in range(7):
                y, turn = -0.02 - 0.135 * n, 1.9 * n + 0.8 * k
                at = (x - 0.02 * n + 0.035 * math.cos(turn), y, side * (out + 0.035 * math.sin(turn)))
                size = 0.115 - 0.006 * n
                bone = "head" if y > _SHOULDER else "hair"
                b.ball(at, (size, size, size), bone=bone, tone=0.92 + 0.05 * ((n + k) % 3), blend=0.02)
    for k in range(3):
        for n in range(7):
            y, turn, z = -0.10 - 0.14 * n, 1.9 * n + 1.3 * k, (k - 1.0) * 0.20
            at = (-0.43 + 0.03 * math.cos(turn), y, z + 0.04 * math.sin(turn))
            bone = "head" if y > _SHOULDER else "hair"
            b.ball(at, (0.135, 0.125, 0.135), bone=bone, tone=0.90 + 0.05 * ((n + k) % 3), blend=0.02)


def _clown(b: _Barber, covered: bool) -> None:
    del covered
    _curly(b, covered=True)
    for side in SIDES.values():
        for k in range(7):
            a = 0.9 * k
            at = (-0.10 + 0.14 * math.cos(a), 0.14 + 0.16 * math.sin(a), side * (0.47 + 0.03 * (k % 3)))
            b.ball(at, (0.15, 0.15, 0.15), tone=0.93 + 0.05 * (k % 3), blend=0.015)


def _mohawk(b: _Barber, covered: bool) -> None:
    """A crest from the brow to the neck over shaven sides."""
    if covered:
        return
    for k in range(9):
        a = 0.35 + 0.29 * k
        root = (-0.06 + 0.40 * math.cos(a), 0.12 + 0.36 * math.sin(a), 0.0)
        tip = (-0.06 + 0.62 * math.cos(a + 0.08), 0.12 + 0.66 * math.sin(a + 0.08), 0.0)
        b.lock(root, tip, 0.105, 0.03, tone=0.95 + 0.06 * (k % 2), blend=0.015)


def _fringe(b: _Barber, *, parted: bool = True) -> None:
    """Hair swept over the forehead to both sides, in locks."""
    for side in SIDES.values():
        for k in range(3):
            y = 0.395 - 0.055 * k
            top = (0.20 - 0.03 * k, y + 0.05, side * 0.03 if parted else side * 0.10)
            end = (0.270 - 0.085 * k, 0.155 - 0.080 * k, side * (0.285 + 0.045 * k))
            b.lock(top, end, 0.098, 0.050, tone=1.05 - 0.05 * k, blend=0.02)


def _straight(b: _Barber) -> None:
    """A straight fringe down to the brows."""
    for k in range(7):
        z = (k - 3.0) * 0.085
        x = 0.375 - 0.9 * z * z
        b.lock((0.20, 0.40, z * 0.8), (x, 0.205, z), 0.085, 0.050, tone=1.0 + 0.06 * (k % 2), blend=0.012)


def _over_ears(b: _Barber) -> None:
    """Hair that hangs down covers the ears, tips and all."""
    for side in SIDES.values():
        b.ball((-0.045, -0.02, side * 0.415), (0.115, 0.16, 0.085), tone=0.98)


def _bob(b: _Barber, covered: bool) -> None:
    if not covered:
        _straight(b)
    _over_ears(b)
    for side in SIDES.values():
        for k in range(4):
            x = 0.10 - 0.135 * k
            b.lock(
                (x, 0.10, side * (0.375 - 0.02 * k)),
                (x + 0.035, -0.395 + 0.02 * (k % 2), side * (0.375 - 0.045 * k)),
                0.115,
                0.085,
                tone=0.96 + 0.05 * (k % 2),
            )
    b.ball((-0.26, -0.20, 0.0), (0.225, 0.26, 0.35), tone=0.95)


def _long(b: _Barber, covered: bool) -> None:
    if not covered:
        _fringe(b)
    _over_ears(b)
    for side in SIDES.values():
        for k in range(4):
            x = 0.055 - 0.125 * k
            out = 0.385 - 0.035 * k
            b.lock(
                (x, 0.10, side * out), (x - 0.02, -0.30, side * out), 0.105, 0.110, tone=0.95 + 0.05 * (k % 2)
            )
            b.lock(
                (x - 0.02, -0.30, side * out),
                (x - 0.15, -0.84 - 0.04 * k, side * (out - 0.05)),
                0.110,
                0.050,
                bone="hair",
                tone=0.95 + 0.05 * (k % 2),
            )
    for k in range(3):
        z = (k - 1.0) * 0.19
        b.lock((-0.40, -0.02, z), (-0.415, -0.40, z), 0.13, 0.145, tone=0.92 + 0.04 * (k % 2))
        b.lock(
            (-0.415, -0.40, z),
            (-0.43, -1.02 + 0.05 * abs(k - 1.0), z * 0.85),
            0.145,
            0.060,
            bone="hair",
            tone=0.92 + 0.04 * (k % 2),
        )


def _bun(b: _Barber, covered: bool) -> None:
    if not covered:
        _fringe(b)
        b.ball((-0.235, 0.505, 0.0), (0.185, 0.165, 0.185), tone=1.03, blend=0.012)
        for k in range(3):
            a = k * 2.1
            b.lock(
                (-0.235 + 0.15 * math.cos(a), 0.46, 0.15 * math.sin(a)),
                (-0.235 + 0.10 * math.cos(a + 1.8), 0.62, 0.10 * math.sin(a + 1.8)),
                0.05,
                0.035,
                tone=1.12,
                blend=0.008,
            )
    else:
        b.ball((-0.44, -0.10, 0.0), (0.14, 0.14, 0.15))


def _ponytail(b: _Barber, covered: bool) -> None:
    if not covered:
        _fringe(b)
    b.ball((-0.475, 0.185, 0.0), (0.085, 0.095, 0.095), tone=0.62, blend=0.01)
    b.lock((-0.53, 0.19, 0.0), (-0.66, 0.04, 0.0), 0.105, 0.150, bone="hair")
    b.lock((-0.66, 0.04, 0.0), (-0.69, -0.36, 0.0), 0.150, 0.125, bone="hair", tone=1.05)
    b.lock((-0.69, -0.36, 0.0), (-0.63, -0.70, 0.0), 0.125, 0.03, bone="hair")


def _pigtails(b: _Barber, covered: bool) -> None:
    if not covered:
        _straight(b)
    for name, side in SIDES.items():
        bone = f"hair_{name}"
        b.ball((-0.10, 0.02, side * 0.445), (0.07, 0.07, 0.06), tone=0.6, blend=0.008)
        for k in range(4):
            y = -0.06 - 0.155 * k
            b.ball(
                (-0.085 + 0.012 * k, y, side * (0.515 + 0.012 * k)),
                (0.108 - 0.012 * k, 0.10, 0.108 - 0.012 * k),
                bone=bone,
                tone=1.0 + 0.07 * (k % 2),
                blend=0.012,
            )
        b.lock((-0.045, -0.64, side * 0.56), (-0.03, -0.78, side * 0.57), 0.05, 0.015, bone=bone, tone=0.85)


_FINISH = {
    Cut.SHORT: _short,
    Cut.TOUSLED: _tousled,
    Cut.CURLY: _curly,
    Cut.CURLS: _curls,
    Cut.CLOWN: _clown,
    Cut.MOHAWK: _mohawk,
    Cut.BOB: _bob,
    Cut.LONG: _long,
    Cut.BUN: _bun,
    Cut.PONYTAIL: _ponytail,
    Cut.PIGTAILS: _pigtails,
}


def _hang_bones(clay: Sculpture, f: Frame, cut: Cut) -> None:
    h = f.head
    if cut is Cut.PIGTAILS:
        for name, side in SIDES.items():
            root = f.skull + np.array([-0.10, 0.0, side * 0.46]) * h
            clay.bone(f"hair_{name}", root, root - np.array([0.0, 0.7, 0.0]) * h, "head")
    elif cut in {Cut.LONG, Cut.CURLS, Cut.PONYTAIL}:
        high = 0.18 if cut is Cut.PONYTAIL else -0.25
        root = f.skull + np.array([-0.40 - 0.10 * (cut is Cut.PONYTAIL), high, 0.0]) * h
        clay.bone("hair", root, root - np.array([0.0, 0.8, 0.0]) * h, "head")


def add_beard(clay: Sculpture, f: Frame, color: Rgb, garment: Garment, *, long: bool) -> None:
    """A full beard, or a moustache alone."""
    layer = clay.layer(fineness=1.2)
    b = _Barber(layer, f, color)
    for side in SIDES.values():
        b.lock(
            (0.405, -0.195, side * 0.025), (0.335, -0.245, side * 0.185), 0.045, 0.020, tone=1.06, blend=0.015
        )
    if garment is Garment.MUSTACHE:
        return
    for side in SIDES.values():
        b.lock((0.00, -0.06, side * 0.345), (0.12, -0.325, side * 0.255), 0.040, 0.085, blend=0.05)
        b.lock(
            (0.12, -0.325, side * 0.255), (0.28, -0.465, side * 0.08), 0.085, 0.105, bone="jaw", blend=0.05
        )
    down = -1.05 if long else -0.56
    for k in range(5):
        z = (k - 2.0) * 0.085
        end = (0.20 + (0.06 if long else 0.05), down + 0.10 * abs(k - 2.0), z * (0.6 if long else 0.9))
        b.lock((0.285, -0.435, z), end, 0.105, 0.035, bone="jaw", tone=0.96 + 0.05 * (k % 2), blend=0.02)
