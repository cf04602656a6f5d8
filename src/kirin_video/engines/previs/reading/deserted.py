"""Reads that a place is deserted: "an empty street", "空无一人的街道"."""

from __future__ import annotations

from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence

_DESERTED = frozenset({"empty", "deserted", "abandoned", "lonely"})
_NOBODY = ("空无一人", "空荡荡", "无人的", "冷清")
BARRED = ("person", "car")
"""The kinds that are not about there."""


def who_is_not_about(sentence: Sentence) -> tuple[str, ...]:
    """The kinds that a deserted place does without; none where no place is said to be deserted."""
    chinese = any(words in sentence.text for words in _NOBODY)
    return BARRED if chinese or any(_is_deserted(sentence, phrase) for phrase in sentence.phrases) else ()


def _is_deserted(sentence: Sentence, place: Phrase) -> bool:
    """Whether a place is called empty, right before its name."""
    if place.unwanted or place.meaning(Kind.PLACE) is None or not place.first:
        return False
    named = place.meaning(Kind.SUBJECT) is None
    return named and sentence.tokens[place.first - 1].form in _DESERTED
