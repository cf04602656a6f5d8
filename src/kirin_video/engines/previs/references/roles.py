"""Which reference is what: the prompt's words decide; where they say nothing, the picture's content does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kirin_video.domain.prompt import Prompt, ReferenceKind
from kirin_video.engines.previs.reading.concepts import Concept
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon
from kirin_video.engines.previs.reading.phrases import Phrase, take_apart
from kirin_video.engines.previs.references.phrases import Patterns, load_patterns
from kirin_video.engines.previs.references.sizes import is_toy
from kirin_video.engines.previs.references.standins import (
    CLOSE,
    OPEN,
    SCENE_LATIN,
    SCENE_RARE,
    Reference,
    is_chinese,
    marked_text,
)


class Part(StrEnum):
    """What a reference is in a shot."""

    SUBJECT = "subject"
    SCENE = "scene"
    STYLE = "style"


@dataclass(slots=True)
class Reading:
    """What the words around references say.

    Attributes:
        text: the marked prompt that is left: styles are taken out, the scene is a place, subjects are marks.
        parts: what each reference is, by its index, where the words say so.
        nouns: what the words call it, with the concept behind the noun.
        named: the indices that the prompt names at all.
        toys: what it calls toys.
    """

    text: str
    parts: dict[int, Part] = field(default_factory=dict[int, Part])
    nouns: dict[int, tuple[str, Concept]] = field(default_factory=dict[int, tuple[str, Concept]])
    named: frozenset[int] = frozenset()
    toys: set[int] = field(default_factory=set[int])


Judge = Callable[[int], Part]
"""What a picture is by its content, by the reference's index."""
Alone = Callable[[int], bool]
"""Whether a picture is of its subject alone, and of no place at all, by the reference's index."""

_LEADING = re.compile(
    r"\b(?:in|on|at|to|across|along|through|over|into|by)?\s*(?:the|a|an|this|that)?\s*$", re.IGNORECASE
)
"""What stands before the name of a place."""
_LED = re.compile(
    r"\b(?:in|on|at|to|across|along|through|over|into|by)\s+(?:the|a|an|this|that)?\s*$", re.IGNORECASE
)
"""The same where it must be there: a cup is a place to win, and more often a thing."""
_PLACES = frozenset({"furniture", "building", "nature", "plant"})
_UPON = re.compile(
    r"\b(?:on|across|over|under|at|in|along|beside|behind|around)\s+(?:the|a|an|this|that)?\s*[a-z ]+$",
    re.IGNORECASE,
)


def read_references(
    prompt: Prompt, references: Sequence[Reference], lexicon: Lexicon, judge: Judge, alone: Alone
) -> Reading:
    """Find out what the prompt says of its references.

    Args:
        prompt: in parts.
        references: everything that it can point to.
        lexicon: the words.
        judge: tells where the words leave it open whether a picture is a place or a subject.
        alone: tells which pictures have no place in them at all.
    """
    text = load_patterns()["shoulders"]["english"].sub("on ", marked_text(prompt, references))
    named = frozenset(int(k) for k in re.findall(f"{OPEN}(\\d+){CLOSE}", text))
    reading = Reading(text, named=named)
    for k in named:
        if references[k].kind is ReferenceKind.ELEMENT:
            reading.parts[k] = Part.SUBJECT
    patterns = load_patterns()
    _take(reading, patterns["styles"], Part.STYLE)
    _take(reading, patterns["scenes"], Part.SCENE)
    _places_by_noun(reading, patterns["places"], lexicon)
    _Called(reading, lexicon, judge).read(patterns["called"])
    _into(reading, patterns["into"], lexicon, _Shows(judge, alone))
    for k in named:
        _settle(reading, k)
    return reading


def _settle(reading: Reading, index: int) -> None:
    """What is still named is a subject; further mentions of a place or a style become words."""
    part = reading.parts.get(index, Part.SUBJECT)
    while part is not Part.SUBJECT and (at := reading.text.find(_mark(index))) >= 0:
        end = at + len(_mark(index))
        word = SCENE_RARE if is_chinese(reading.text, at, end) else f" {SCENE_LATIN} "
        reading.text = reading.text[:at] + (word if part is Part.SCENE else "") + reading.text[end:]
    if _mark(index) in reading.text:
        reading.parts[index] = Part.SUBJECT


def _mark(index: int) -> str:
    return f"{OPEN}{index}{CLOSE}"


def _scene_word(text: str, start: int, end: int) -> str:
    return f"在{SCENE_RARE}" if is_chinese(text, start, end) else f" in {SCENE_LATIN}"


def _take(reading: Reading, patterns: Patterns, part: Part) -> None:
    """Take phrases of a part out of the text; a scene leaves a place behind."""

    def found(match: re.Match[str]) -> str:
        index = int(match["ref"])
        if reading.parts.get(index, part) is not part:
            return match[0]
        reading.parts[index] = part
        return _scene_word(match.string, match.start(), match.end()) if part is Part.SCENE else " "

    for pattern in patterns.values():
        reading.text = pattern.sub(found, reading.text)


def _places_by_noun(reading: Reading, patterns: Patterns, lexicon: Lexicon) -> None:
    """``on the beach of <<<image_2>>>``, ``on the beach <<<image_2>>>``: a place by its own name."""

    def found(match: re.Match[str]) -> str:
        index, noun = int(match["ref"]), _last_phrase(match["noun"], lexicon)
        if noun is None or reading.parts.get(index, Part.SCENE) is not Part.SCENE:
            return match[0]
        if all(m.kind is not Kind.PLACE or m.grade == "hint" for m in noun.meanings):
            return match[0]
        before = match["noun"][: match["noun"].lower().rfind(noun.text)]
        if noun.meaning(Kind.SUBJECT) is not None and not _LED.search(before):
            return match[0]
        reading.parts[index] = Part.SCENE
        return f"{_LEADING.sub('', before)} in {SCENE_LATIN}"

    for pattern in patterns.values():
        reading.text = pattern.sub(found, reading.text)


def _last_phrase(words: str, lexicon: Lexicon) -> Phrase | None:
    """The known phrase that ends some words, if one does."""
    sentence = take_apart(words, lexicon)
    if not sentence.phrases or sentence.phrases[-1].last != len(sentence.tokens):
        return None
    return sentence.phrases[-1]


class _Called:
    """Reads what subjects are called: ``my dog <<<image_1>>>``, ``the woman in <<<image_1>>>``.

    Args:
        reading: what is known so far; it is added to.
        lexicon: the words.
        judge: tells whether a picture shows a place, where a preposition may lead into one.
    """

    def __init__(self, reading: Reading, lexicon: Lexicon, judge: Judge) -> None:
        self._reading, self._lexicon, self._judge = reading, lexicon, judge

    def read(self, patterns: Patterns) -> None:
        """Find all names, and leave them beside their references."""
        reading = self._reading
        reading.text = patterns["before"].sub(self._before, reading.text)
        reading.text = patterns["behind"].sub(self._behind, reading.text)
        reading.text = patterns["chinese_behind"].sub(self._behind_zh, reading.text)
        for match in patterns["chinese_before"].finditer(reading.text):
            self._name(int(match["ref"]), match["noun"])

    def _name(self, index: int, words: str) -> bool:
        """Take the noun that ends some words as a subject's; False where they end with none."""
        noun = _last_phrase(words, self._lexicon)
        concept = _concept(noun, self._lexicon)
        if concept is None or noun is None:
            return False
        self._reading.nouns.setdefault(index, (noun.text, concept))
        self._reading.parts[index] = Part.SUBJECT
        if is_toy(words):
            self._reading.toys.add(index)
        return True

    def _before(self, match: re.Match[str]) -> str:
        index = int(match["ref"])
        if index in self._reading.nouns:
            return match[0]
        leads = bool(match["link"].strip(" ,")) and index not in self._reading.parts
        if leads and (self._judge(index) is Part.SCENE or self._holds_others(match["noun"])):
            return match[0]
        return f"{match['noun']} {_mark(index)}" if self._name(index, match["noun"]) else match[0]

    def _holds_others(self, words: str) -> bool:
        """Whether what is named is a part of a place: "on the table in <<<image_1>>>"."""
        return bool(_UPON.search(words)) and _is_part_of_place(words, self._lexicon)

    def _behind(self, match: re.Match[str]) -> str:
        index = int(match["ref"])
        if not self._name(index, match["noun"]):
            return match[0]
        return _mark(index) + ("" if match["close"] in {",", ")"} else match["close"])

    def _behind_zh(self, match: re.Match[str]) -> str:
        index = int(match["ref"])
        for length in range(len(match["noun"]), 0, -1):
            words = match["noun"][:length]
            noun = _last_phrase(words, self._lexicon)
            if noun is not None and noun.text == words and self._name(index, words):
                return _mark(index) + match["noun"][length:]
        return match[0]


def _concept(phrase: Phrase | None, lexicon: Lexicon) -> Concept | None:
    meaning = None if phrase is None else phrase.meaning(Kind.SUBJECT)
    return None if meaning is None else lexicon.concepts.get(meaning.value)


def _is_part_of_place(words: str, lexicon: Lexicon) -> bool:
    """Whether some words end with something that others may be on, in or beside: a table, a tree."""
    concept = _concept(_last_phrase(words, lexicon), lexicon)
    return concept is not None and concept.family in _PLACES


@dataclass(frozen=True, slots=True)
class _Shows:
    """What pictures show, for words that lead into them."""

    judge: Judge
    alone: Alone

    def place(self, index: int, way: str) -> bool:
        """Whether a word such as ``through`` leads into a place: whatever stands in one has it around it."""
        return self.judge(index) is not Part.SUBJECT or (
            way.casefold() not in {"at", "on"} and not self.alone(index)
        )


def _into(reading: Reading, patterns: Patterns, lexicon: Lexicon, shows: _Shows) -> None:
    """``dances in <<<image_2>>>``, ``on the table in <<<image_2>>>``: into a place, if the picture shows one.

    What of the place somebody is on or beside is left out: the picture shows it.
    """
    shown: list[str] = []

    def found(match: re.Match[str]) -> str:
        index = int(match["ref"])
        upon = _UPON.search(match.string[: match.start()].rstrip())
        led = upon is not None and _is_part_of_place(upon[0], lexicon)
        if index in reading.parts or not (led or shows.place(index, match["way"])):
            return match[0]
        reading.parts[index] = Part.SCENE
        if upon is not None and led:
            shown.append(upon[0])
        return _scene_word(match.string, match.start(), match.end())

    for pattern in patterns.values():
        reading.text = pattern.sub(found, reading.text)
    for words in shown:
        reading.text = reading.text.replace(words, "", 1)


def noun_in(words: str, lexicon: Lexicon) -> tuple[str, Concept] | None:
    """The noun that tells what an element is, from its name and description: the last of the first phrase."""
    sentence = take_apart(words, lexicon)
    best: tuple[str, Concept] | None = None
    for at, phrase in enumerate(sentence.phrases):
        concept = _concept(phrase, lexicon)
        if concept is None:
            continue
        best = phrase.text, concept
        after = sentence.phrases[at + 1] if at + 1 < len(sentence.phrases) else None
        if after is None or after.first != phrase.last or _concept(after, lexicon) is None:
            return best
    return best
