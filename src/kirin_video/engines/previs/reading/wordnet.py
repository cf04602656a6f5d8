"""Finds kinds by WordNet, where the machine has it: an armadillo is a mammal, a falafel a dish.

Princeton's WordNet 3 is in Debian's ``wordnet-base`` (6.5 MB, its own free licence). It is a database of
nouns and of what each is a kind of; see wndb(5WN) for the format of its files. A word takes about 2 ms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon
from kirin_video.engines.previs.reading.tokens import form_of, singular

DEBIAN_FOLDER = Path("/usr/share/wordnet")
_SENSES = 3
_SENSE_STEPS = 3.0
_FARTHEST = 7
_HYPERNYM = "@"
"""The pointer to what a thing is a kind of; ``@i``, an instance, would make every Mr Gibbon an ape."""


@dataclass(frozen=True, slots=True)
class _Synset:
    """Words of one meaning, and where the meanings are that they are a kind of."""

    words: tuple[str, ...]
    kinds_of: tuple[int, ...]


class NearestByWordNet:
    """Climbs from a noun to what it is a kind of, until the lexicon knows the word.

    Args:
        folder: where ``index.noun`` and ``data.noun`` are.
        lexicon: the words.

    Raises:
        OSError: the files are not there.
    """

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        self._files = (folder / "index.noun", folder / "data.noun")
        for file in self._files:
            file.stat()
        self._lexicon = lexicon

    @cached_property
    def _index(self) -> bytes:
        """Read only when a prompt has a noun that no table has."""
        return self._files[0].read_bytes()

    @cached_property
    def _data(self) -> bytes:
        return self._files[1].read_bytes()

    def concept_for(self, noun: str) -> str | None:
        """The nearest concept upwards; an earlier sense of the noun is worth some steps."""
        found: list[tuple[float, str]] = []
        for sense, offset in enumerate(self._offsets(singular(noun))[:_SENSES]):
            climbed = self._climb(offset)
            if climbed is not None:
                found.append((climbed[0] + sense * _SENSE_STEPS, climbed[1]))
        return min(found)[1] if found else None

    def _climb(self, offset: int) -> tuple[int, str] | None:
        """The first concept above a meaning, and how many steps it is away."""
        level = [offset]
        for steps in range(_FARTHEST):
            synsets = [self._synset(each) for each in level]
            concept = next((c for synset in synsets for c in self._concepts(synset)), None)
            if concept is not None:
                return steps, concept
            level = [above for synset in synsets for above in synset.kinds_of]
        return None

    def _concepts(self, synset: _Synset) -> Iterator[str]:
        for word in synset.words:
            meanings = self._lexicon.phrases.get(form_of(word), ())
            yield from (m.value for m in meanings if m.kind is Kind.SUBJECT)

    def _offsets(self, word: str) -> list[int]:
        """Where the meanings of a word are, the commonest first."""
        if not word.isascii():
            return []
        start = self._index.find(f"\n{word} ".encode()) + 1
        if not start:
            return []
        fields = self._index[start : self._index.index(b"\n", start)].split()
        return [int(field) for field in fields[-int(fields[2]) :]]

    def _synset(self, offset: int) -> _Synset:
        line = self._data[offset : self._data.index(b"\n", offset)].decode("latin-1")
        fields = line.partition("|")[0].split()
        words = int(fields[3], 16)
        pointers = 5 + 2 * words  # behind the words stands the number of pointers, then four fields each
        return _Synset(
            tuple(fields[4 + 2 * i].lower().replace("_", " ") for i in range(words)),
            tuple(
                int(fields[at + 1])
                for at in range(pointers, pointers + 4 * int(fields[pointers - 1]), 4)
                if fields[at] == _HYPERNYM
            ),
        )
