"""The lexicon: which phrases mean what, read from ``words.toml``.

A phrase is kept as the tokens that `tokens_of` makes of it, so the table needs no plurals and no capitals.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any

_PIECES = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[\u3400-\u9fff]|--(?=[a-z])|[,.;:!?\n\u3001]")
_MARKS = str.maketrans(
    {"\u2010": "-", "\u2019": "'", "\u2018": "'", "\u3002": ".", "\u2026": ".", "\u2014": ";", "\u2013": "-"}
)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "mice": "mouse",
    "geese": "goose",
    "wolves": "wolf",
    "buses": "bus",
    "calves": "calf",
    "knives": "knife",
    "leaves": "leaf",
}
_SHORTEST_PLURAL = 4


class Kind(StrEnum):
    """What a phrase is about."""

    PLACE = "place"
    TIME = "time"
    WEATHER = "weather"
    MOVE = "move"
    DIRECTION = "direction"
    TEMPO = "tempo"
    CAMERA = "camera"
    NEGATION = "negation"
    EFFECT = "effect"
    SUBJECT = "subject"
    DRAWN = "drawn"
    MODIFIER = "modifier"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a phrase means.

    Attributes:
        kind: what it is about.
        value: the key in its table, such as ``meadow``, ``rain`` or ``pan``.
        grade: how firmly it says so: ``exact``, ``like`` or ``hint`` for places, ``said`` or ``implied`` for
            times, ``sure`` or ``shared`` for moves, otherwise empty.
    """

    kind: Kind
    value: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a Chinese character or a mark.

    Attributes:
        form: lower case, singular.
        start: where it begins in the normalised text.
        end: where it ends.
    """

    form: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return not (self.form[0].isalnum() or self.form == "--")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every phrase and its meanings.

    Attributes:
        phrases: token forms to meanings.
        longest: tokens in the longest phrase.
    """

    phrases: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    longest: int


def normalised(text: str) -> str:
    """Lower case, full-width forms and typographic marks made plain."""
    return unicodedata.normalize("NFKC", text).translate(_MARKS).lower()


def tokens_of(text: str) -> list[Token]:
    """The tokens of a normalised text."""
    return [Token(singular(m.group()), m.start(), m.end()) for m in _PIECES.finditer(text)]


def singular(word: str) -> str:
    """A word without its plural or possessive ending; good enough to compare two spellings of it."""
    word = word.removesuffix("'s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "oes")) else word[:-1]


def load_lexicon() -> Lexicon:
    """Read the words that are shipped beside this module."""
    source = resources.files(__package__ or __name__).joinpath("words.toml").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], list[Meaning]] = {}
    for meaning, words in _entries(tomllib.loads(source)):
        for phrase in words.split(","):
            key = tuple(token.form for token in tokens_of(normalised(phrase)))
            known = found.setdefault(key, [])
            if meaning not in known:
                known.append(meaning)
    phrases = {key: tuple(meanings) for key, meanings in found.items()}
    return Lexicon(phrases, max(map(len, phrases)))


def _entries(tables: dict[str, Any]) -> Iterator[tuple[Meaning, str]]:
    """Every list of words with what it means."""
    graded = (("places", Kind.PLACE), ("times", Kind.TIME), ("moves", Kind.MOVE))
    for table, kind in graded:
        for value, grades in tables[table].items():
            for grade, words in grades.items():
                yield Meaning(kind, value, grade), words
    plain = (
        ("weathers", Kind.WEATHER),
        ("directions", Kind.DIRECTION),
        ("tempos", Kind.TEMPO),
        ("camera", Kind.CAMERA),
        ("negations", Kind.NEGATION),
        ("effects", Kind.EFFECT),
        ("subjects", Kind.SUBJECT),
        ("drawn", Kind.DRAWN),
        ("modifiers", Kind.MODIFIER),
        ("ignored", Kind.IGNORED),
    )
    for table, kind in plain:
        for value, words in tables[table].items():
            yield Meaning(kind, value), words
