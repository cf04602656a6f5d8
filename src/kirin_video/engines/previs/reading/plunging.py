"""Reads who leaps into water: "jumps into a pool", "跳进湖里"."""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Place, Setting, SubjectPlan

_WET = frozenset({Setting.LAKE, Setting.RIVER, Setting.SEA, Setting.BEACH})
_ICE = frozenset({Place.FROZEN_LAKE})
_LEAPS = frozenset({Action.JUMP, Action.LEAP, Action.DIVE})
_ENGLISH = re.compile(
    r"\b(jump|leap|div|dove|plung|hop|spring|sprang|cannonball|belly.?flop)\w*\b[^.;]{0,30}?"
    r"\b(in|into|off|from)\b[^.;,]{0,30}?"
    r"\b(pool|lake|water|river|sea|ocean|pond|stream|bay|lagoon|dock|pier|diving board)\b"
    r"|\bcannonballs?\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    "(?:跳|跃|扎|扑|栽)(?:进|入|到|下)[^\uff0c\u3002\uff1b]{0,8}?(?:水|池|湖|河|海|潭|溪|江)|跳水"
)


def plunging(
    subjects: tuple[SubjectPlan, ...], text: str, setting: Setting, place: Place | None
) -> tuple[SubjectPlan, ...]:
    """The subjects with whoever jumps plunging, where a prompt says that it is into water.

    Args:
        subjects: everybody.
        text: the prompt.
        setting: where.
        place: the place that was asked for.
    """
    said = _ENGLISH.search(text) or _CHINESE.search(text)
    if setting not in _WET or place in _ICE or not said:
        return subjects
    return tuple(replace(s, action=Action.PLUNGE) if s.action in _LEAPS else s for s in subjects)
