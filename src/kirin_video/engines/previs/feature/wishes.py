"""What a prompt wants of footage that it borrows from, and what is left of the prompt without that."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from typing import Any, Final

from kirin_video.domain.prompt import Prompt, ReferenceKind, Text, read_prompt

_FOOTAGE: Final = "\ue002"
"""Stands for the footage while a prompt is read: a character for private use."""
_STRAY: Final = re.compile(
    r"^[\s,;:.\uff0c\uff1b\uff1a\u3001]+|(?<=[.\u3002!?])\s*[,;\uff0c]|[\s,;:\uff0c]+$|,(?=\s*,)"
    r"|(?<=[.!?\u3002]) *\."
)
_SPACES: Final = re.compile(r" {2,}")
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")


class Trait(StrEnum):
    """What can be taken from footage."""

    CAMERA = "camera"
    PACE = "pace"
    PALETTE = "palette"
    STYLE = "style"


EVERYTHING: Final = frozenset(Trait)


class Follows(StrEnum):
    """How a new shot stands to the footage whose scene it continues."""

    NEXT = "next"
    PREVIOUS = "previous"
    ON = "on"
    """It goes on without a cut."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted.

    Attributes:
        traits: what is taken.
        said: whether the prompt names it; otherwise everything is.
        follows: whether the shot continues the footage's scene, and how.
        prompt: the rest, which says what the shot shows.
        language: ``en`` or ``zh``, that of the notes.
    """

    traits: frozenset[Trait]
    said: bool
    follows: Follows | None
    prompt: Prompt
    language: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of this package.

    Attributes:
        taken: phrases with a group ``nouns`` for what is taken, and ``no`` where it is refused.
        likened: phrases by what they take; ``all`` takes everything.
        follows: phrases by how the shot stands to the footage.
        nouns: what finds each trait.
        bare: the footage spoken of without its mark.
        left_over: what is left of a phrase about footage.
        texts: notes by language and name.
    """

    taken: tuple[re.Pattern[str], ...]
    likened: Mapping[str, re.Pattern[str]]
    follows: tuple[tuple[Follows, re.Pattern[str]], ...]
    nouns: Mapping[Trait, re.Pattern[str]]
    bare: re.Pattern[str]
    left_over: re.Pattern[str]
    texts: Mapping[str, Mapping[str, str]]


def load_words() -> Words:
    """Read the words that are shipped beside this module."""
    source = resources.files(__package__ or __name__).joinpath("words.toml")
    table: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    parts: dict[str, str] = table["parts"]
    nouns: dict[str, str] = table["nouns"]
    each = "(?:" + "|".join(nouns.values()) + ")"
    known = {
        "{ref}": f"(?:{parts['video'].replace('@@', _FOOTAGE)})",
        "{lead}": f"(?:{parts['lead']})",
        "{no}": f"(?P<no>{parts['no']})?",
        "{nouns}": f"(?P<nouns>{each}(?:{parts['joins']}{each})*)",
    }

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, meaning in known.items():
            pattern = pattern.replace(name, meaning)
        # English words are whole words; Chinese ones need no borders.
        return re.compile(rf"(?<![a-z]){pattern}(?![a-z])", re.IGNORECASE)

    return Words(
        taken=tuple(compiled(row) for row in table["taken"].values()),
        likened={name: compiled(row) for name, row in table["likened"].items()},
        follows=tuple((_followed(name), compiled(row)) for name, row in table["follows"].items()),
        nouns={Trait(name): re.compile(row, re.IGNORECASE) for name, row in nouns.items()},
        bare=re.compile(parts["bare"], re.IGNORECASE),
        left_over=compiled(parts["left_over"]),
        texts={language: table[language] for language in ("en", "zh")},
    )


def _followed(name: str) -> Follows:
    if name.startswith(("previous", "what_before")):
        return Follows.PREVIOUS
    return Follows.ON if name.startswith("on") else Follows.NEXT


def read_wish(prompt: Prompt, words: Words) -> Wish:
    """Find out what a prompt wants of its footage.

    Args:
        prompt: of a shot with footage to borrow from.
        words: of this package.
    """
    return _Reader(_marked(prompt, words), words).wish()


def _marked(prompt: Prompt, words: Words) -> str:
    """The prompt with one character for the footage, however it is named; pictures as they are written."""
    text = "".join(
        part.text
        if isinstance(part, Text)
        else _FOOTAGE
        if part.kind is ReferenceKind.VIDEO
        else f"<<<{part.kind.value}_{part.number}>>>"
        for part in prompt.parts
    )
    return words.bare.sub(_FOOTAGE, text.replace("\n", " "))


@dataclass
class _Reader:
    """Takes phrases out of a text, and remembers what they said."""

    text: str
    words: Words
    traits: set[Trait] = field(default_factory=set[Trait])
    refused: set[Trait] = field(default_factory=set[Trait])
    follows: Follows | None = None

    def wish(self) -> Wish:
        language = "zh" if len(_CHINESE.findall(self.text)) > 0.3 * max(len(self.text), 1) else "en"
        for pattern in self.words.taken:
            self.text = pattern.sub(self._taken, self.text)
        for name, pattern in self.words.likened.items():
            self.text = pattern.sub(lambda _, name=name: self._likened(name), self.text)
        for follows, pattern in self.words.follows:
            self.text = pattern.sub(lambda match, follows=follows: self._followed(match, follows), self.text)
        rest = self.words.left_over.sub(" ", self.text).replace(_FOOTAGE, " ")
        return Wish(self._whole(), bool(self.traits), self.follows, read_prompt(_tidy(rest)), language)

    def _whole(self) -> frozenset[Trait]:
        """What is taken in all: a style has its colours; who names nothing wants everything but a scene's."""
        taken = set(self.traits)
        if Trait.STYLE in taken:
            taken.add(Trait.PALETTE)
        if not taken:
            taken = set(EVERYTHING) if self.follows is None else set[Trait]()
        return frozenset(taken - self.refused)

    def _taken(self, match: re.Match[str]) -> str:
        spoken = {trait for trait, noun in self.words.nouns.items() if noun.search(match["nouns"])}
        (self.refused if match["no"] else self.traits).update(spoken)
        return " "

    def _likened(self, name: str) -> str:
        self.traits.update(EVERYTHING if name == "all" else {Trait(name)})
        return " "

    def _followed(self, match: re.Match[str], follows: Follows) -> str:
        # "in the next shot" tells a beat where no footage is spoken of.
        if _FOOTAGE not in match[0] and _FOOTAGE not in self.text[:60] and match.start() > 0:
            return match[0]
        self.follows = self.follows or follows
        return " "


def _tidy(text: str) -> str:
    """A text without what a phrase leaves behind that was taken out."""
    return _SPACES.sub(" ", _STRAY.sub("", text.replace(" ,", ",").replace(" .", "."))).strip()
