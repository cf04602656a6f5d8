"""Finds a kind for nouns that no table has."""

from __future__ import annotations

from typing import Protocol

from kirin_video.engines.previs.reading.lexicon import Lexicon


class Nearest(Protocol):
    """Names the concept nearest to a noun."""

    def concept_for(self, noun: str) -> str | None:
        """The name of a concept, or None where nothing is near enough to be worth drawing.

        Args:
            noun: as the prompt has it, in lower case.
        """
        ...


class NearestByEnding:
    """Reads the kind off the end of a noun; needs nothing but the tables.

    Args:
        lexicon: the words, with the endings of nouns.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._endings = sorted(lexicon.endings.items(), key=lambda pair: -len(pair[0]))

    def concept_for(self, noun: str) -> str | None:
        """The concept whose ending the noun has; the longest ending wins."""
        singular = noun.rstrip("s")
        return next((name for ending, name in self._endings if singular.endswith(ending)), None)


class FirstOf:
    """Asks several in turn.

    Args:
        others: whom to ask, the best first.
    """

    def __init__(self, *others: Nearest) -> None:
        self._others = others

    def concept_for(self, noun: str) -> str | None:
        """The first answer."""
        answers = (other.concept_for(noun) for other in self._others)
        return next((answer for answer in answers if answer is not None), None)
