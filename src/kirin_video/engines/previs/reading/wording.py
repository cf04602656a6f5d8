"""What callers are told, in their own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Wording:
    """The notes of one language.

    Attributes:
        texts: templates by name.
        names: what worlds, times, moves and so on are called; others go by their own names.
    """

    texts: Mapping[str, str]
    names: Mapping[str, str]

    def say(self, text: str, **parts: str) -> str:
        """A note."""
        return self.texts[text].format(**parts)

    def name(self, value: str) -> str:
        """What something is called."""
        return self.names.get(value, value.replace("_", " "))

    def quoted(self, words: Iterable[str]) -> str:
        """The prompt's own words, each once."""
        return self.texts["comma"].join(self.texts["quotes"].format(word) for word in dict.fromkeys(words))

    def listed(self, words: Iterable[str]) -> str:
        """Some words, each once and not too many."""
        each = list(dict.fromkeys(words))
        more = self.texts["and_more"] if len(each) > _MOST_NAMED else ""
        return self.texts["comma"].join(each[:_MOST_NAMED]) + more

    def a_kind(self, kind: str) -> str:
        """A body: "an elephant"; other languages have no article."""
        if kind in self.names:
            return self.names[kind]
        return f"{'an' if kind[0] in 'aeiou' else 'a'} {self.name(kind)}"


def wordings(table: Mapping[str, Any], kinds: Mapping[str, Mapping[str, str]]) -> dict[str, Wording]:
    """The wording of each language.

    Args:
        table: ``words/notes.toml``.
        kinds: by language, what kinds are called.
    """
    languages: Iterator[str] = (key for key in table if key != "names")
    return {
        language: Wording(table[language], {**kinds.get(language, {}), **table["names"].get(language, {})})
        for language in languages
    }
