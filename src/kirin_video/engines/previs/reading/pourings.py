"""Reads a drink that nobody is seen to pour: "pouring coffee into a cup", "往杯子里倒牛奶"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Color, PartColor, SubjectPlan
from kirin_video.engines.previs.reading.contrivances import gone, is_of_things

_POURED = re.compile(
    r"\bpour(?:s|ed|ing)?\b|倒(?:入|进|满|上|出|在|了|一杯|牛奶|茶|水|酒|咖啡|果汁)|里倒|斟|注入",
    re.IGNORECASE,
)
_VESSELS = (
    "cup",
    "glass",
    "wine_glass",
    "bubble_tea",
    "bowl",
    "plate",
    "bottle",
    "teapot",
    "kettle",
    "coffee_maker",
    "can",
)
_GLASS = re.compile(r"\bglass|\bjar\b|玻璃杯", re.IGNORECASE)
_DRINKS: tuple[tuple[str, str, Color], ...] = (
    (r"\bred wine\b|红酒|葡萄酒|\bwine\b", "wine_pouring", Color("wine red", (115, 13, 26))),
    (r"\bchampagne\b|香槟|白葡萄酒", "wine_pouring", Color("champagne", (236, 205, 120))),
    (r"\bmilk\b(?! tea)|牛奶", "jug_pouring", Color("milk white", (248, 246, 240))),
    (r"\bcoffee\b|\bespresso\b|咖啡", "coffee_pouring", Color("coffee brown", (64, 36, 20))),
    (r"\btea\b|茶", "tea_pouring", Color("tea amber", (176, 104, 40))),
    (r"\bbeer\b|\bwhiske?y\b|啤酒|威士忌", "bottle_pouring", Color("amber", (222, 156, 48))),
    (r"\bcola\b|\bcoke\b|\bsoda\b|可乐|汽水", "bottle_pouring", Color("cola brown", (62, 28, 18))),
    (r"\bjuice\b|果汁|橙汁", "jug_pouring", Color("juice orange", (245, 150, 36))),
    (r"\bwater\b|水", "jug_pouring", Color("water blue", (150, 205, 226))),
)
"""What is poured, how it is shown, and its colour; the first that is named."""


def poured(text: str, subjects: Sequence[SubjectPlan]) -> tuple[SubjectPlan, ...]:
    """The subjects with one that pours itself out, in place of cups, bottles and drinks.

    Args:
        text: the prompt's words.
        subjects: as they were cast; where anybody alive is among them, they are left as they are.
    """
    # Glasses that something is poured into are taken for spectacles.
    vessels = [k for k, subject in enumerate(subjects) if subject.kind in {*_VESSELS, "spectacles"}]
    found = next((row for row in _DRINKS if re.search(row[0], text, re.IGNORECASE)), None)
    if found is None or not vessels or _POURED.search(text) is None or not is_of_things(subjects):
        return tuple(subjects)
    _, kind, color = found
    if kind == "jug_pouring" and not _GLASS.search(text) and any(subjects[k].kind == "cup" for k in vessels):
        kind = "coffee_pouring"
    elif kind == "coffee_pouring" and _GLASS.search(text):
        kind = "jug_pouring"
    first = next((k for k in vessels if subjects[k].relations), vessels[0])
    told = next((c for k in vessels for c in subjects[k].colors if c.part == "body"), None)
    shown = replace(
        subjects[first],
        kind=kind,
        scenery=False,
        asked=None,
        action=Action.IDLE,
        also=(),
        relations=tuple(r for r in subjects[first].relations if r.to not in vessels),
        colors=(*((told,) if told else ()), PartColor("drink", color)),
    )
    return tuple(
        shown if k == first else gone(subject) if k in vessels else subject
        for k, subject in enumerate(subjects)
    )
