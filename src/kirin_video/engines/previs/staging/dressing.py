"""Dressing: people in snow and cold, and on beaches, wear what is worn there, unless the prompt says what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.bodies.catalogue import hex_color
from kirin_video.engines.previs.plan import (
    Action,
    Age,
    Color,
    Garment,
    Place,
    Season,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Wear,
    Weather,
)

_INDOORS = frozenset({Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.STUDIO})
_NEVER_COLD = _INDOORS | {
    *(Setting.SPACE, Setting.UNDERWATER, Setting.BEACH, Setting.DESERT, Setting.SAVANNA, Setting.NIGHT_SKY),
}
_ICY = frozenset({Place.ICE_CAVE, Place.FROZEN_LAKE, Place.PISTE, Place.SNOWFIELD})
_BARE = frozenset({Action.SWIM, Action.DIVE, Action.BATHE, Action.SURF})
_LOUNGING = frozenset({Action.LIE, Action.SLEEP, Action.SIT})
_TRUNK = frozenset(
    {
        *(Garment.SHIRT, Garment.T_SHIRT, Garment.SWEATER, Garment.HOODIE, Garment.JACKET, Garment.COAT),
        *(Garment.RAINCOAT, Garment.CLOAK, Garment.ROBE, Garment.SUIT, Garment.UNIFORM, Garment.DRESS),
        *(Garment.GOWN, Garment.SKIRT, Garment.SWIMSUIT, Garment.KIMONO, Garment.HANFU, Garment.ARMOR),
        *(Garment.SPACESUIT, Garment.WETSUIT, Garment.TUTU, Garment.SHORTS, Garment.CAPE, Garment.APRON),
    }
)
"""Who is said to wear one of these is dressed."""
_ON_HEAD = frozenset(
    {
        *(Garment.HAT, Garment.CAP, Garment.BEANIE, Garment.STRAW_HAT, Garment.WITCH_HAT, Garment.CHEF_HAT),
        *(Garment.COWBOY_HAT, Garment.TOP_HAT, Garment.HELMET, Garment.HOOD, Garment.CROWN, Garment.VEIL),
        *(Garment.TURBAN, Garment.HEADPHONES),
    }
)
_LEGS = frozenset({Garment.TROUSERS, Garment.JEANS})
_COATS = ("#b23a34", "#2f5f8f", "#3d6b4c", "#8a5a2f", "#6a4a86", "#2f3a4a", "#c07a2c", "#4a7d86")
_KNITTED = ("#e0b84a", "#d9d4c8", "#b8453a", "#3f6f9c", "#8fae5c", "#c46a8a", "#e8e2d4", "#5a86a8")
"""Colours of coats, and of the hats and scarves that go with them."""
_DARK = ("#2c323d", "#3a3129", "#27303f")
_BOOTS = "#4a3424"
_SUMMER = ("#3f8fb5", "#e0a03c", "#d8604c", "#f0ead8", "#5a9a6a", "#c8648c")


def dressed(
    plan: ShotPlan, subject: SubjectPlan, sorts: Sequence[SubjectPlan], nth: int
) -> tuple[SubjectPlan, ...]:
    """The bodies of one subject, dressed for where they are.

    Args:
        plan: the shot.
        subject: what the plan says of them.
        sorts: those of the subject that differ.
        nth: how many people were dressed before, in the same shot.
    """
    said = {wear.garment for wear in subject.wears}
    doing = {subject.action, *subject.also}
    if said & _TRUNK or subject.color_of("body") is not None or doing & _BARE:
        return tuple(sorts)
    if is_cold(plan):
        return tuple(_warm(subject, sort, nth + k) for k, sort in enumerate(sorts))
    if _is_beach(plan):
        return tuple(_light(subject, sort, nth + k) for k, sort in enumerate(sorts))
    return tuple(sorts)


def is_cold(plan: ShotPlan) -> bool:
    """Whether people wear coats there."""
    if plan.setting in _INDOORS or plan.place is Place.HOT_SPRING:
        return False
    icy = plan.setting is Setting.SNOWFIELD or plan.place in _ICY or plan.weather is Weather.SNOW
    return icy or (plan.season is Season.WINTER and plan.setting not in _NEVER_COLD)


def _is_beach(plan: ShotPlan) -> bool:
    sunny = plan.weather is Weather.CLEAR and plan.time is not TimeOfDay.NIGHT
    return plan.setting is Setting.BEACH and sunny and plan.season is not Season.WINTER


def _warm(subject: SubjectPlan, sort: SubjectPlan, nth: int) -> SubjectPlan:
    """In a coat or a padded jacket, a scarf and boots, a knitted hat where nothing else is on the head."""
    said = {wear.garment for wear in subject.wears}
    coat, knitted = _COATS[3 * nth % len(_COATS)], _KNITTED[3 * nth % len(_KNITTED)]
    long = sort.age is not Age.CHILD and nth % 3 != 1
    wears = [*subject.wears, _wear(Garment.COAT if long else Garment.JACKET, coat)]
    if not said & _ON_HEAD and subject.color_of("hair") is None:
        wears.append(_wear(Garment.BEANIE, knitted))
    if Garment.SCARF not in said:
        wears.append(_wear(Garment.SCARF, knitted))
    if not said & _LEGS:
        wears.append(_wear(Garment.TROUSERS, _DARK[nth % len(_DARK)]))
    if Garment.GLOVES not in said:
        wears.append(_wear(Garment.GLOVES, _DARK[nth % len(_DARK)]))
    if not said & {Garment.BOOTS, Garment.SHOES, Garment.SKATES}:
        wears.append(_wear(Garment.BOOTS, _BOOTS))
    return replace(sort, wears=tuple(wears))


def _light(subject: SubjectPlan, sort: SubjectPlan, nth: int) -> SubjectPlan:
    """In shorts and a shirt or a summer dress; those who lie in the sun in what one swims in."""
    if sort.age in {Age.BABY, Age.OLD}:
        return sort
    color = _SUMMER[2 * nth % len(_SUMMER)] if nth % 2 else _SUMMER[(2 * nth + 1) % len(_SUMMER)]
    if subject.action in _LOUNGING or sort.age is Age.CHILD:
        wears = (_wear(Garment.SWIMSUIT, color),)
    elif sort.gender == "female":
        wears = (_wear(Garment.DRESS, color),)
    else:
        wears = (_wear(Garment.T_SHIRT, color), _wear(Garment.SHORTS, _SUMMER[(nth + 3) % len(_SUMMER)]))
    return replace(sort, wears=(*subject.wears, *wears))


def _wear(garment: Garment, code: str) -> Wear:
    red, green, blue = (round(255.0 * c) for c in hex_color(code))
    return Wear(garment, Color("its own", (red, green, blue)))
