"""Outfits: from the garments of a plan, or from none, to what is worn on every part of the body."""

# ruff: noqa: PLR2004 -- chances and shades stand where they are used
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.person.palette import Rgb, mixed, shade
from kirin_video.engines.previs.bodies.person.shape import PersonShape, Sex
from kirin_video.engines.previs.plan import Action, Age, Garment, SubjectPlan, Wear

_TOPS: tuple[Rgb, ...] = (
    (0.16, 0.46, 0.47), (0.84, 0.57, 0.18), (0.80, 0.33, 0.27), (0.91, 0.87, 0.76), (0.19, 0.27, 0.45),
    (0.42, 0.53, 0.32), (0.60, 0.36, 0.48), (0.31, 0.52, 0.70),
)  # fmt: skip
_LEGS: tuple[Rgb, ...] = (
    (0.21, 0.28, 0.42), (0.30, 0.25, 0.21), (0.52, 0.44, 0.33), (0.20, 0.21, 0.24), (0.34, 0.37, 0.30),
)  # fmt: skip
_SHOES: tuple[Rgb, ...] = ((0.26, 0.17, 0.11), (0.12, 0.12, 0.13), (0.85, 0.83, 0.79), (0.55, 0.20, 0.17))
_USUAL: Mapping[Garment, Rgb] = {
    Garment.JEANS: (0.22, 0.33, 0.52),
    Garment.SUIT: (0.17, 0.20, 0.28),
    Garment.UNIFORM: (0.16, 0.22, 0.36),
    Garment.APRON: (0.92, 0.90, 0.85),
    Garment.ARMOR: (0.62, 0.64, 0.68),
    Garment.SPACESUIT: (0.93, 0.93, 0.92),
    Garment.WETSUIT: (0.08, 0.09, 0.11),
    Garment.TUTU: (0.96, 0.82, 0.86),
    Garment.TIE: (0.60, 0.12, 0.14),
    Garment.BOOTS: (0.20, 0.14, 0.10),
    Garment.RAINCOAT: (0.95, 0.76, 0.14),
    Garment.CHEF_HAT: (0.96, 0.95, 0.93),
    Garment.BEANIE: (0.78, 0.24, 0.20),
    Garment.SKIS: (0.86, 0.24, 0.16),
    Garment.SKATES: (0.94, 0.93, 0.92),
    Garment.STRAW_HAT: (0.88, 0.74, 0.42),
    Garment.COWBOY_HAT: (0.45, 0.29, 0.16),
    Garment.TOP_HAT: (0.09, 0.09, 0.10),
    Garment.WITCH_HAT: (0.13, 0.11, 0.16),
    Garment.CROWN: (0.95, 0.74, 0.22),
    Garment.VEIL: (0.96, 0.95, 0.94),
    Garment.TURBAN: (0.93, 0.90, 0.83),
    Garment.MASK: (0.13, 0.13, 0.15),
    Garment.GLASSES: (0.10, 0.09, 0.09),
    Garment.SUNGLASSES: (0.06, 0.06, 0.07),
    Garment.HEADPHONES: (0.12, 0.12, 0.13),
    Garment.ROBE: (0.52, 0.33, 0.20),
    Garment.CLOAK: (0.24, 0.22, 0.26),
    Garment.CAPE: (0.74, 0.12, 0.12),
    Garment.SWIMSUIT: (0.16, 0.42, 0.62),
    Garment.KIMONO: (0.70, 0.22, 0.24),
    Garment.HANFU: (0.93, 0.92, 0.90),
    Garment.GOWN: (0.62, 0.30, 0.48),
    Garment.HELMET: (0.75, 0.20, 0.17),
}
_WHITE: Rgb = (0.94, 0.93, 0.90)
_IN_WATER = frozenset({Action.SWIM, Action.DIVE, Action.PLUNGE})
_LIGHT = 2.45
"""Cloth whose colour's parts come to more is white."""


@dataclass(frozen=True, slots=True)
class Top:
    """What covers trunk and arms.

    Attributes:
        color: of it.
        sleeve: how much of the arms it covers: 0 none, 0.4 to above the elbow, 1 to the wrist.
        thick: of the cloth, as a share of the height.
        hem: how far it hangs below the hip joints, as a share of the height.
        wide: how much wider sleeves are at their end.
        inner: colour of what shows in the opening at the chest; None where it is closed.
        collar: whether it has one.
        buttons: their colour; None for none.
        belt: its colour; None for none.
        gloss: how much it shines.
        cuffs: colour of cuffs and hem; None as the cloth.
        low: how far the neckline is cut out, 0 to 1.
    """

    color: Rgb
    sleeve: float = 1.0
    thick: float = 0.007
    hem: float = 0.03
    wide: float = 1.0
    inner: Rgb | None = None
    collar: bool = False
    buttons: Rgb | None = None
    belt: Rgb | None = None
    gloss: float = 0.0
    cuffs: Rgb | None = None
    low: float = 0.0


@dataclass(frozen=True, slots=True)
class Bottom:
    """Trousers.

    Attributes:
        color: of them.
        length: 1 to the ankle, 0.5 to the knee, 0.2 bathing trunks.
        thick: of the cloth.
        gloss: how much they shine.
    """

    color: Rgb
    length: float = 1.0
    thick: float = 0.007
    gloss: float = 0.0


@dataclass(frozen=True, slots=True)
class Drape:
    """Cloth that hangs round the legs, or a part of it.

    Attributes:
        color: of it.
        length: from the waist to its hem, as a share of the waist's height.
        flare: how much wider the hem is than the hips.
        arc: how much of the round it covers, 1 for all; what is less is in front.
        trim: colour of its hem; None as the cloth.
        folds: how deep its folds are.
        split: whether it is open in front.
        stiff: 1 stands by itself, as a tutu.
    """

    color: Rgb
    length: float = 0.55
    flare: float = 1.5
    arc: float = 1.0
    trim: Rgb | None = None
    folds: float = 0.06
    split: bool = False
    stiff: float = 0.0


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a person wears.

    Attributes:
        top: on trunk and arms; None bares them.
        bottom: on the legs; None bares them.
        drapes: skirts, aprons, the lower parts of coats.
        shoes: their colour; None goes barefoot.
        boots: whether they reach up the shin.
        gloves: their colour.
        worn: what else is worn: hats, scarves, glasses ..., each with its colour.
    """

    top: Top | None
    bottom: Bottom | None
    drapes: tuple[Drape, ...] = ()
    shoes: Rgb | None = (0.26, 0.17, 0.11)
    boots: bool = False
    gloves: Rgb | None = None
    worn: Mapping[Garment, Rgb] = field(default_factory=dict[Garment, Rgb])


def outfit_of(order: Order, shape: PersonShape) -> Outfit:
    """What one person wears: the plan's garments, and whatever else decency and the weather ask for."""
    rng = np.random.default_rng([order.seed, 23])
    wears = _with_bathing(order.subject)
    outfit = _everyday(shape, rng, order)
    caped = any(w.garment is Garment.CAPE for w in wears)
    torso = [w for w in wears if w.garment in _ON_TRUNK]
    if torso:
        outfit = replace(outfit, drapes=())
    # The outermost comes first: it is put on last.
    for wear in reversed(torso):
        put_on = _heroic if wear.garment is Garment.SUIT and caped else _ON_TRUNK[wear.garment]
        outfit = put_on(outfit, _color(wear, rng), shape)
    for wear in wears:
        outfit = _with_part(outfit, wear.garment, _color(wear, rng))
    worn = {w.garment: _color(w, rng) for w in wears if w.garment in _WORN}
    if caped:
        worn.pop(Garment.SUIT, None)
    for wear in wears:
        # A cap without a colour of its own belongs to the clothes.
        if wear.color is None and wear.garment in _MATCHING and outfit.top is not None:
            worn[wear.garment] = shade(outfit.top.color, 0.9)
    return replace(outfit, worn=worn)


def _with_bathing(subject: SubjectPlan) -> tuple[Wear, ...]:
    """What the plan says is worn; who swims, and of whose clothes nothing is said, is dressed for it."""
    bathes = _IN_WATER & {subject.action, *subject.also}
    if not bathes or any(wear.garment in _ON_TRUNK for wear in subject.wears):
        return subject.wears
    return (*subject.wears, Wear(Garment.SWIMSUIT))


def _with_part(outfit: Outfit, garment: Garment, color: Rgb) -> Outfit:  # noqa: PLR0911 -- one a garment
    """With trousers, a skirt, shoes or gloves of a colour; anything else changes nothing."""
    match garment:
        case Garment.TROUSERS | Garment.JEANS:
            return _without_skirts(replace(outfit, bottom=Bottom(color)))
        case Garment.SHORTS:
            return _without_skirts(replace(outfit, bottom=Bottom(color, 0.46, 0.011)))
        case Garment.SKIRT:
            return replace(outfit, bottom=None, drapes=(Drape(color, 0.47, 1.35),))
        case Garment.BOOTS:
            return replace(outfit, shoes=color, boots=True)
        case Garment.SKATES:
            return replace(outfit, shoes=color, boots=True)
        case Garment.SHOES:
            return replace(outfit, shoes=color)
        case Garment.GLOVES:
            return replace(outfit, gloves=color)
        case _:
            return outfit


def _color(wear: Wear, rng: np.random.Generator) -> Rgb:
    picked = _TOPS[int(rng.integers(len(_TOPS)))]
    if wear.color is not None:
        red, green, blue = wear.color.rgb
        return red / 255.0, green / 255.0, blue / 255.0
    return _USUAL.get(wear.garment, picked)


def _without_skirts(o: Outfit) -> Outfit:
    return replace(o, drapes=tuple(d for d in o.drapes if d.split or d.arc < 1.0))


def _everyday(shape: PersonShape, rng: np.random.Generator, order: Order) -> Outfit:
    """What somebody wears of whom nothing is told; a colour of the whole goes to the main garment."""
    top = order.color("body") if order.subject.color_of("body") else None
    top = top or _TOPS[int(rng.integers(len(_TOPS)))]
    legs = _LEGS[int(rng.integers(len(_LEGS)))]
    shoes = _SHOES[int(rng.integers(len(_SHOES)))]
    choice = float(rng.random())
    if shape.age is Age.BABY:
        return Outfit(Top(top, 1.0, 0.010), Bottom(top, 1.0, 0.010), shoes=mixed(top, _WHITE, 0.5))
    if shape.sex is Sex.FEMALE and choice < (0.6 if shape.age is Age.CHILD else 0.4):
        return Outfit(Top(top, 0.34, 0.006), None, (Drape(top, 0.5, 1.45),), shoes)
    if shape.age is Age.CHILD:
        return Outfit(Top(top, 0.42, 0.009), Bottom(legs, 0.5, 0.012), shoes=shoes)
    if shape.age is Age.OLD:
        return Outfit(Top(top, 1.0, 0.011, cuffs=shade(top, 0.85)), Bottom(legs), shoes=shoes)
    if choice < 0.7:
        return Outfit(Top(top, 1.0, 0.006, collar=True, buttons=_WHITE), Bottom(legs), shoes=shoes)
    return Outfit(Top(top, 0.42, 0.007), Bottom(legs), shoes=shoes)


def _plain(sleeve: float, thick: float, hem: float = 0.03, **more: object):  # noqa: ANN202 -- see _ON_TRUNK
    def put_on(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
        return _with_legs(replace(o, top=Top(color, sleeve, thick, hem, **more)))  # pyright: ignore[reportArgumentType]

    return put_on


def _with_legs(o: Outfit) -> Outfit:
    return o if o.bottom or o.drapes else replace(o, bottom=Bottom(_LEGS[0]))


def _over(o: Outfit) -> Rgb:
    """What shows below something open."""
    return o.top.color if o.top is not None and o.top.inner is None else _WHITE


def _jacket(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    top = Top(color, 1.0, 0.013, 0.05, inner=_over(o), collar=True, cuffs=shade(color, 0.86))
    return _with_legs(replace(o, top=top))


def _coat(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    # White ones are worn in laboratories, open; others have a belt.
    belt = None if sum(color) > _LIGHT else shade(color, 0.70)
    top = Top(color, 1.0, 0.014, 0.0, inner=_over(o), collar=True, buttons=shade(color, 0.45), belt=belt)
    drapes = (Drape(color, 0.58, 1.28, split=True, folds=0.02), *o.drapes)
    return _with_legs_only(replace(o, top=top, drapes=drapes))


def _with_legs_only(o: Outfit) -> Outfit:
    return o if o.bottom is not None or len(o.drapes) > 1 else replace(o, bottom=Bottom(_LEGS[3]))


def _raincoat(o: Outfit, color: Rgb, shape: PersonShape) -> Outfit:
    coat = _coat(o, color, shape)
    assert coat.top is not None
    return replace(coat, top=replace(coat.top, inner=None, gloss=0.45, belt=None), boots=True)


def _suit(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    top = Top(color, 1.0, 0.010, 0.05, inner=_WHITE, collar=True, buttons=shade(color, 0.4), cuffs=None)
    return replace(o, top=top, bottom=Bottom(color), drapes=(), shoes=(0.10, 0.09, 0.09))


def _heroic(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    """The suit below a cape: tight, with a belt and boots."""
    top = Top(color, 1.0, 0.004, 0.0, belt=(0.93, 0.74, 0.22), gloss=0.15)
    boots = (0.70, 0.13, 0.13)
    return replace(o, top=top, bottom=Bottom(color, 1.0, 0.004), drapes=(), shoes=boots, boots=True)


def _uniform(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    light = sum(color) > 2.1
    top = Top(
        color, 1.0, 0.009, 0.045, collar=True, buttons=(0.86, 0.70, 0.30) if not light else (0.2, 0.22, 0.3),
        belt=None if light else shade(color, 0.35), cuffs=shade(color, 0.8),
    )  # fmt: skip
    return replace(o, top=top, bottom=Bottom(shade(color, 0.85)), drapes=(), shoes=(0.09, 0.09, 0.10))


def _robe(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    top = Top(color, 1.0, 0.012, 0.0, wide=1.7, belt=shade(color, 0.5), cuffs=shade(color, 0.75), low=0.3)
    return replace(o, top=top, bottom=None, drapes=(Drape(color, 0.93, 1.45, trim=shade(color, 0.75)),))


def _kimono(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    sash = mixed(shade(color, 0.5), (0.85, 0.70, 0.35), 0.5)
    top = Top(color, 0.95, 0.010, 0.0, wide=2.5, inner=_WHITE, belt=sash, cuffs=mixed(color, _WHITE, 0.5))
    return replace(o, top=top, bottom=None, drapes=(Drape(color, 0.93, 1.08, folds=0.02, trim=sash),))


def _hanfu(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    sash = mixed(color, (0.30, 0.55, 0.62), 0.65)
    top = Top(color, 0.98, 0.010, 0.0, wide=2.8, inner=sash, belt=sash, cuffs=sash)
    return replace(o, top=top, bottom=None, drapes=(Drape(color, 0.95, 1.75, folds=0.10, trim=sash),))


def _dress(o: Outfit, color: Rgb, shape: PersonShape) -> Outfit:
    sleeve = 0.0 if shape.age not in {Age.CHILD, Age.BABY, Age.OLD} else 0.34
    top = Top(color, sleeve, 0.006, 0.0, low=0.8 if sleeve == 0.0 else 0.2, belt=shade(color, 0.72))
    return replace(o, top=top, bottom=None, drapes=(Drape(color, 0.60, 1.75, folds=0.085),))


def _gown(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    top = Top(color, 0.30, 0.006, 0.0, low=1.0, belt=mixed(color, _WHITE, 0.35))
    drape = Drape(color, 0.955, 2.5, folds=0.10, trim=mixed(color, _WHITE, 0.35))
    return replace(o, top=top, bottom=None, drapes=(drape,))


def _tutu(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    top = Top(color, 0.0, 0.004, 0.0, low=1.0)
    light = mixed(color, _WHITE, 0.4)
    drapes = (Drape(light, 0.20, 3.2, folds=0.08, stiff=1.0), Drape(color, 0.17, 2.6, folds=0.08, stiff=1.0))
    return replace(o, top=top, bottom=Bottom((0.96, 0.86, 0.84), 1.0, 0.002), drapes=drapes, shoes=color)


def _swimsuit(o: Outfit, color: Rgb, shape: PersonShape) -> Outfit:
    if shape.sex is Sex.MALE:
        return replace(o, top=None, bottom=Bottom(color, 0.34, 0.010), drapes=(), shoes=None)
    top = Top(color, 0.0, 0.003, 0.0, low=1.0)
    return replace(o, top=top, bottom=Bottom(color, 0.06, 0.003), drapes=(), shoes=None)


def _wetsuit(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    top = Top(color, 1.0, 0.004, 0.0, gloss=0.35, cuffs=(0.75, 0.30, 0.14))
    return replace(o, top=top, bottom=Bottom(color, 1.0, 0.004, 0.35), drapes=(), shoes=shade(color, 0.8))


def _spacesuit(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    trim = (0.86, 0.42, 0.16)
    top = Top(color, 1.0, 0.030, 0.03, belt=shade(color, 0.55), cuffs=trim)
    return replace(
        o, top=top, bottom=Bottom(color, 1.0, 0.026), drapes=(), shoes=shade(color, 0.72), boots=True,
        gloves=shade(color, 0.80),
    )  # fmt: skip


def _armor(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    dark = shade(color, 0.55)
    top = Top(color, 1.0, 0.011, 0.0, belt=(0.30, 0.18, 0.10), gloss=0.9, cuffs=dark)
    drape = Drape(dark, 0.28, 1.35, folds=0.10)
    return replace(
        o, top=top, bottom=Bottom(shade(color, 0.85), 1.0, 0.009, 0.8), drapes=(drape,), shoes=dark,
        boots=True, gloves=dark,
    )  # fmt: skip


def _apron(o: Outfit, color: Rgb, _shape: PersonShape) -> Outfit:
    drapes = (*o.drapes, Drape(color, 0.50, 1.32, arc=0.42, folds=0.02))
    worn = {**o.worn, Garment.APRON: color}
    return _with_legs_only(replace(o, drapes=drapes, worn=worn))


_ON_TRUNK = {
    Garment.SHIRT: _plain(1.0, 0.006, collar=True, buttons=_WHITE),
    Garment.T_SHIRT: _plain(0.42, 0.007),
    Garment.SWEATER: _plain(1.0, 0.012),
    Garment.HOODIE: _plain(1.0, 0.013, 0.04),
    Garment.JACKET: _jacket,
    Garment.COAT: _coat,
    Garment.RAINCOAT: _raincoat,
    Garment.SUIT: _suit,
    Garment.UNIFORM: _uniform,
    Garment.ROBE: _robe,
    Garment.DRESS: _dress,
    Garment.GOWN: _gown,
    Garment.SWIMSUIT: _swimsuit,
    Garment.KIMONO: _kimono,
    Garment.HANFU: _hanfu,
    Garment.ARMOR: _armor,
    Garment.SPACESUIT: _spacesuit,
    Garment.WETSUIT: _wetsuit,
    Garment.TUTU: _tutu,
    Garment.APRON: _apron,
}
_MATCHING = {Garment.CAP, Garment.HOOD, Garment.HOODIE}
_WORN = frozenset(
    {
        Garment.APRON, Garment.CLOAK, Garment.SCARF, Garment.TIE, Garment.CAPE, Garment.BACKPACK,
        Garment.SKIS, Garment.SKATES, Garment.BEANIE,
        Garment.HAT, Garment.CAP, Garment.STRAW_HAT, Garment.WITCH_HAT, Garment.CHEF_HAT,
        Garment.COWBOY_HAT, Garment.TOP_HAT, Garment.HELMET, Garment.HOOD, Garment.CROWN, Garment.VEIL,
        Garment.TURBAN, Garment.MASK, Garment.GLASSES, Garment.SUNGLASSES, Garment.HEADPHONES,
        Garment.BEARD, Garment.MUSTACHE, Garment.SUIT, Garment.SPACESUIT, Garment.ARMOR, Garment.HOODIE,
    }
)  # fmt: skip
