"""Finds kinds for Chinese nouns by the radicals of their characters: 犰狳 has the dog's, it is a beast.

Unicode's first block of Chinese characters (U+4E00 to U+9FA5) is sorted by the radicals of the Kangxi
dictionary, so each radical is a range of codes and no further data are needed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Radical:
    """What is written with one radical.

    Attributes:
        first: its first character.
        last: its last character.
        concept: what a noun with it most likely is.
    """

    first: str
    last: str
    concept: str


_SPEAKING = (
    Radical("\u9ce5", "\u9e74", "bird"),
    Radical("\u96b9", "\u96e7", "bird"),
    Radical("\u9b5a", "\u9ce4", "fish"),
    Radical("\u72ad", "\u737f", "raccoon"),
    Radical("\u8c78", "\u8c9c", "raccoon"),
    Radical("\u9f20", "\u9f39", "mouse"),
    Radical("\u99ac", "\u9aa7", "horse"),
    Radical("\u9e7f", "\u9ea4", "deer"),
    Radical("\u7f8a", "\u7fb9", "goat"),
    Radical("\u866b", "\u883c", "insect"),
    Radical("\u821f", "\u826b", "boat"),
    Radical("\u8eca", "\u8f9a", "car"),
)
"""Radicals that name what they are part of, wherever they stand in a word."""
_LEANING = (
    Radical("\u98df", "\u9995", "meal"),
    Radical("\u7c73", "\u7cf6", "meal"),
    Radical("\u8278", "\u864f", "flower"),
    Radical("\u6728", "\u6b1f", "tree"),
)
"""Radicals of many other things too: only the last characters are asked."""
_EMPTY = frozenset("\u5b50\u513f\u5934")
"""Endings without a meaning of their own."""


class NearestByRadical:
    """Reads the kind of a Chinese noun off its characters' radicals, the last character first."""

    def concept_for(self, noun: str) -> str | None:
        """The concept that a radical stands for; None where none speaks."""
        characters = [c for c in reversed(noun) if c not in _EMPTY]
        spoken = (_concept(c, _SPEAKING) for c in characters)
        leaning = (_concept(c, _LEANING) for c in characters[:1])
        return next((concept for concept in (*spoken, *leaning) if concept is not None), None)


def _concept(character: str, radicals: tuple[Radical, ...]) -> str | None:
    return next((r.concept for r in radicals if r.first <= character <= r.last), None)
