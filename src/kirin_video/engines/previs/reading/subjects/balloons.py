"""Balloons: those that fill the sky over a landscape carry people; those at a party hang on strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import RelationKind, Setting, SubjectPlan

_LANDSCAPES = frozenset(
    {
        Setting.MOUNTAINS,
        Setting.DESERT,
        Setting.SAVANNA,
        Setting.CLOUDS,
        Setting.LAKE,
        Setting.RIVER,
        Setting.FOREST,
        Setting.SNOWFIELD,
    }
)
_MANY, _A_SKYFUL = 2, 6
_ALL_COLORS = frozenset({"五彩缤纷", "五颜六色", "彩色", "五彩", "各色"})
_ONE = "一"
_STRINGS = frozenset({RelationKind.HELD_BY, RelationKind.ABOVE, RelationKind.IN})


def of_the_sky(subjects: Sequence[SubjectPlan], setting: Setting) -> tuple[SubjectPlan, ...]:
    """The subjects with several balloons over open country, which nobody holds, as hot air balloons.

    Args:
        subjects: everybody and everything.
        setting: the world around them.
    """
    if setting not in _LANDSCAPES or any(s.kind == "person" for s in subjects):
        return tuple(subjects)
    return tuple(_several(replace(s, kind="balloon") if _is_aloft(s) else s) for s in subjects)


def _several(subject: SubjectPlan) -> SubjectPlan:
    """Hot air balloons of whom no number is said are a skyful; so are Chinese ones of all colours."""
    all_colors = any(trait in _ALL_COLORS for trait in subject.traits) and not subject.words.isascii()
    several = subject.count > 1 or (all_colors and not subject.words.startswith(_ONE))
    if subject.kind != "balloon" or subject.counted or not several:
        return subject
    return replace(subject, count=max(subject.count, _A_SKYFUL))


def _is_aloft(subject: SubjectPlan) -> bool:
    """Whether it is many balloons that hang on nothing."""
    tied = any(r.kind in _STRINGS and r.to is not None for r in subject.relations)
    return subject.kind == "toy_balloon" and subject.count >= _MANY and not tied
