"""Rain on a window: a picture of nothing but drops on its glass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Place, Setting, SubjectPlan, Weather
from kirin_video.engines.previs.reading.world import PlaceWish, WorldWish

_PANES = frozenset({"window", "glass"})
_ON_GLASS = re.compile(
    r"\b(?:on|against|down|across|onto|along|streaks?|streaking|hits?|hitting|taps?|tapping|beats?|beating)"
    r" (?:\w+ ){0,3}?(?:windows?|window ?panes?|panes?|window ?glass|glass)\b"
    r"|\b(?:rainy|wet|rain.(?:streaked|covered|soaked|spattered|speckled)) (?:\w+ )?(?:window|pane|glass)"
    "|(?:\u6253\u5728|\u62cd\u6253|\u6572\u6253|\u843d\u5728|\u6ef4\u5728|\u987a\u7740|\u6cbf\u7740|\u5212\u8fc7|\u4ece|\u6ed1\u4e0b|\u6d41\u4e0b).{0,5}(?:\u7a97|\u73bb\u7483)"
    "|(?:\u7a97|\u73bb\u7483).{0,5}(?:\u96e8\u6ef4|\u96e8\u6c34|\u96e8\u73e0|\u6c34\u73e0|\u96e8\u75d5)",
    re.IGNORECASE,
)


def is_of_a_pane(text: str, world: WorldWish, subjects: Sequence[SubjectPlan]) -> bool:
    """Whether a prompt is about rain on a window and nobody before or behind it."""
    others = [s for s in subjects if s.kind not in _PANES and not s.scenery]
    return world.weather is Weather.RAIN and not others and _ON_GLASS.search(text) is not None


def behind_a_pane(world: WorldWish) -> WorldWish:
    """The world as it is seen through the wet glass."""
    pane = PlaceWish(Place.WINDOW_PANE, Setting.ROOM, "exact", "")
    return replace(world, places=(pane,), setting=Setting.ROOM)


def part_of_it(subjects: Sequence[SubjectPlan]) -> tuple[SubjectPlan, ...]:
    """The subjects as parts of that picture: the window is built there."""
    return tuple(replace(subject, scenery=True) for subject in subjects)
