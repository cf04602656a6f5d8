"""Complexions: people who are seen together have hair, skin and clothes of their own; kin share some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import hex_color
from kirin_video.engines.previs.plan import Age, Color, Extra, PartColor, SubjectPlan

_ROUND: tuple[tuple[str, str], ...] = (
    ("#edbfa1", "#7d4e26"),
    ("#d49e78", "#1c1412"),
    ("#e3b08c", "#c29152"),
    ("#8a5c40", "#281a14"),
    ("#edbfa1", "#57361f"),
    ("#e3b08c", "#1c1412"),
    ("#edbfa1", "#99401c"),
    ("#66422f", "#1c1412"),
    ("#d49e78", "#57361f"),
    ("#b37d59", "#33211a"),
)
"""Skin and hair: neighbours in this round are told apart by both."""
_CLOTHES = ("#2a7578", "#d5912e", "#cc5445", "#e8dec2", "#304573", "#6b8752", "#995c7a", "#4f85b3")
_STEP = 3
"""From one to the next in the round of clothes: neighbours there are more alike."""
_KIN = (
    "mother", "mom", "mum", "father", "dad", "son", "daughter", "grand", "granny", "brother", "sister",
    "sibling", "family", "parent", "twin", "\u5988", "\u7238", "\u7236", "\u6bcd", "\u513f\u5b50",
    "\u5973\u513f", "\u7237\u7237", "\u5976\u5976", "\u5916\u516c", "\u5916\u5a46", "\u5b59", "\u59d0",
    "\u59b9", "\u5144", "\u5f1f", "\u54e5", "\u4e00\u5bb6", "\u5168\u5bb6", "\u53cc\u80de\u80ce",
)  # fmt: skip
"""What people are called who are of one family."""
_TWINS = ("twin", "\u53cc\u80de\u80ce")
_OTHERS = frozenset({Extra.FISH_TAIL, Extra.WINGS})


def of_their_own(sorts: Sequence[SubjectPlan], met: int, first: SubjectPlan, seed: int) -> list[SubjectPlan]:
    """The bodies of one subject, each with the colours that are its own.

    Args:
        sorts: those of the subject that differ.
        met: how many people were given theirs before, in the same shot.
        first: whom they are perhaps related to: the first person of the shot.
        seed: of the shot; the same seed gives everybody the same.
    """
    start = int(np.random.default_rng([seed & 0x7FFFFFFF, 71]).integers(len(_ROUND) * len(_CLOTHES)))
    alike = _is_called(first, _KIN) and _is_called(sorts[0], _KIN)
    twins = _is_called(sorts[0], _TWINS)
    found: list[SubjectPlan] = []
    for k, sort in enumerate(sorts):
        nth = start + met + (0 if twins else k)
        skin, hair = _ROUND[nth % len(_ROUND)]
        if alike:
            # Hair of a family may differ by a shade; a third generation is grey anyway.
            skin, hair = _ROUND[start % len(_ROUND)]
        cloth = _CLOTHES[_STEP * nth % len(_CLOTHES)]
        found.append(_with(sort, skin, hair, cloth))
    return found


def _is_called(subject: SubjectPlan, words: Sequence[str]) -> bool:
    said = subject.words.lower()
    return any(word in said for word in words)


def _with(subject: SubjectPlan, skin: str, hair: str, cloth: str) -> SubjectPlan:
    """A person in these colours, as far as the plan leaves them open."""
    if _OTHERS & set(subject.extras):
        return subject
    own = {"skin": skin}
    if subject.age is not Age.OLD:
        own["hair"] = hair
    if not subject.wears:
        own["body"] = cloth
    said = {color.part for color in subject.colors}
    more = tuple(PartColor(part, _color(code)) for part, code in own.items() if part not in said)
    return replace(subject, colors=(*subject.colors, *more))


def _color(code: str) -> Color:
    red, green, blue = (round(255.0 * c) for c in hex_color(code))
    return Color("its own", (red, green, blue))
