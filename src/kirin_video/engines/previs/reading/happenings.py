"""What happens because of what subjects do: where leaves are said to fall, leaves fall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kirin_video.engines.previs.plan import Action, Phenomenon, SubjectPlan

_LEAVES = ("leaf", "leaves", "foliage", "\u53f6")
_PETALS = ("petal", "\u82b1\u74e3")
_IN_THE_AIR = frozenset({Action.FALL, Action.FLY, Action.FLOAT, Action.DANCE, Action.SPIN, Action.LAND})


def told_of(subjects: Sequence[SubjectPlan]) -> Iterator[Phenomenon]:
    """The phenomena that subjects are by what they do.

    Args:
        subjects: as they were cast; leaves stand in as the trees that they are of.
    """
    for subject in subjects:
        if subject.action not in _IN_THE_AIR:
            continue
        name = (subject.asked or subject.words).lower()
        if any(word in name for word in _LEAVES):
            yield Phenomenon.FALLING_LEAVES
        if any(word in name for word in _PETALS):
            yield Phenomenon.PETALS
