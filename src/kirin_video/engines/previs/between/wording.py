"""The words about passages: what a prompt asks for, and what a caller is told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, cast

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")

Table = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language for notes.

    Attributes:
        notes: what is told, with gaps.
        names: of the passages.
        ways: of the camera.
    """

    notes: Mapping[str, str]
    names: Mapping[str, str]
    ways: Mapping[str, str]


def load_words() -> Mapping[str, object]:
    """The table, read anew."""
    source = files("kirin_video.engines.previs.between").joinpath("words.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def wording(words: Mapping[str, object], language: str) -> Wording:
    """The words of a language, ``en`` or ``zh``."""
    notes, names, ways = (cast("Table", words[part])[language] for part in ("notes", "names", "ways"))
    return Wording(notes, names, ways)


def passage_asked(words: Mapping[str, object], prompt: str) -> str | None:
    """The passage that a prompt asks for; ``whip`` for one of any direction, None for none."""
    return _longest(cast("Mapping[str, str]", words["passages"]), prompt)


def direction_asked(words: Mapping[str, object], prompt: str) -> str | None:
    """The whip that goes where the prompt's words point to; None where they do not."""
    return _longest(cast("Mapping[str, str]", words["directions"]), prompt)


def _longest(table: Mapping[str, str], prompt: str) -> str | None:
    """What the longest of a table's phrases in a prompt stands for."""
    text = " ".join(prompt.lower().split())
    found: list[tuple[int, str]] = []
    for name, phrases in table.items():
        lengths = [len(phrase) for phrase in phrases.split(", ") if _contains(text, phrase)]
        if lengths:
            found.append((max(lengths), name))
    return max(found)[1] if found else None


def _contains(text: str, phrase: str) -> bool:
    if _CHINESE.search(phrase):
        return phrase in text
    return re.search(rf"\b{re.escape(phrase)}\b", text) is not None
