"""Takes an instruction apart: clauses, each with its verb, what it is about and what that becomes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from kirin_video.domain.prompt import Prompt, ReferenceMark
from kirin_video.engines.previs.reading.tokens import normalised

_BREAKS: Final = re.compile(
    r"[.;!?\n]+(?!\d)|\s*[,:](?!\d)\s*"
    r"|\s+(?=(?:except|apart from|other than|excluding|but not|without changing)\b)"
    r"|(?:,\s*)?\b(?:and then|then|also|additionally|furthermore|plus|meanwhile)\b"
    r"|\u7136\u540e|\u5e76\u4e14|\u540c\u65f6|\u5e76\u5c06|\u5e76\u628a|\u4ee5\u53ca|\u3001"
)
_JOINS: Final = re.compile(r"\b(?:and|but)\b|\u5e76|\u4f46|\u518d")
_TABLES: Final = ("verbs", "marks", "touches", "regions", "surfaces", "beyond")
_EMPTY: Final = re.compile(r"^(?:please|kindly|\u8bf7|the|a|an|\s)*$")
_PLAIN: Final = {
    f"{stem}{stem[-1] * doubled}er": color
    for color, stem, doubled in (
        ("blue", "blu", 0),
        ("green", "green", 0),
        ("red", "red", 1),
        ("yellow", "yellow", 0),
        ("white", "whit", 0),
        ("pink", "pink", 0),
        ("brown", "brown", 0),
        ("black", "black", 0),
    )
}
_COLORED: Final = re.compile(
    rf"\b(?:{'|'.join(_PLAIN)}|more (?:blue|green|red|yellow|golden|orange|purple|pink))\b"
)
REFERENCE: Final = re.compile(r"ref(image|element|video)(\d+)")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of instructions.

    Attributes:
        verbs: for each sort of verb what finds it, in order of precedence.
        marks: for each sort of word what finds it.
        touches: for each small correction what finds its words.
        regions: for each part of a picture what finds its names.
        surfaces: for each sort of floor and wall what finds its names.
        beyond: for each sort of thing that no edit does what finds its words.
        texts: notes by language and name.
    """

    verbs: Mapping[str, re.Pattern[str]]
    marks: Mapping[str, re.Pattern[str]]
    touches: Mapping[str, re.Pattern[str]]
    regions: Mapping[str, re.Pattern[str]]
    surfaces: Mapping[str, re.Pattern[str]]
    beyond: Mapping[str, re.Pattern[str]]
    texts: Mapping[str, Mapping[str, str]]

    def says(self, mark: str, text: str) -> bool:
        """Whether a text has one of these words."""
        return self.marks[mark].search(text) is not None


@dataclass(frozen=True, slots=True)
class Clause:
    """One instruction.

    Attributes:
        text: its words, in lower case, references as ``refimage1``.
        verb: ``keep``, ``remove``, ``replace``, ``add``, ``change`` or "".
        about: what the verb is done to; the whole clause where there is no verb.
        becomes: what that becomes; "" where the clause does not say.
    """

    text: str
    verb: str
    about: str
    becomes: str


def load_words() -> Words:
    """Read the words that are shipped beside this module."""
    source = resources.files(__package__ or __name__).joinpath("words.toml")
    table: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    finders = {part: {name: _finder(row) for name, row in table[part].items()} for part in _TABLES}
    return Words(**finders, texts={language: table[language] for language in ("en", "zh")})


def clauses_of(prompt: Prompt, words: Words) -> list[Clause]:
    """The instructions of a prompt, in order."""
    parts = (
        f" ref{part.kind}{part.number} " if isinstance(part, ReferenceMark) else part.text
        for part in prompt.parts
    )
    found: list[Clause] = []
    for piece in _BREAKS.split(_plainly_colored(normalised("".join(parts)))):
        found.extend(_clause(text, words) for text in _joined(piece, words))
    return found


def _plainly_colored(text: str) -> str:
    """Comparatives of colours as colours; "the sky blue" is a sky, not the colour of that name."""
    plain = _COLORED.sub(lambda match: _PLAIN.get(match[0], match[0].removeprefix("more ")), text)
    return plain.replace("the sky blue", "the sky to blue")


def _joined(piece: str, words: Words) -> list[str]:
    """Split at "and" only where a new verb follows it: "black and white" and "rain and fog" stay whole."""
    texts: list[str] = []
    start, starts = 0, (*words.verbs.values(), words.marks["starts"])
    for match in _JOINS.finditer(piece):
        after = piece[match.end() :].lstrip()
        if any(pattern.match(after) for pattern in starts):
            texts.append(piece[start : match.start()])
            start = match.end()
    texts.append(piece[start:])
    return [text.strip() for text in texts if not _EMPTY.match(text.strip())]


def _clause(text: str, words: Words) -> Clause:
    for verb, pattern in words.verbs.items():
        match = pattern.search(text)
        if match is None:
            continue
        if verb == "keep":
            return Clause(text, verb, text, "")
        before, after = text[: match.start()].strip(), text[match.end() :].strip()
        if not match.group().isascii():
            return _chinese(text, verb, words)
        about, becomes = (after, "") if verb == "remove" else _divided(after, words)
        return Clause(text, verb, about if after else before, becomes)
    return Clause(text, "", text, "")


def _chinese(text: str, verb: str, words: Words) -> Clause:
    """Chinese puts the thing before the verb, behind a marker, or behind the verb."""
    plain = re.sub(r"^(?:\u8bf7|\u5e2e\u6211|\u7ed9\u6211)*(?:\u628a|\u5c06|\u4f7f|\u8ba9)", "", text)
    about, becomes = _divided(plain, words)
    about = words.verbs[verb].sub(" ", about).strip()
    if verb in {"remove", "add"} and becomes and not about:
        about, becomes = becomes, ""
    return Clause(text, verb, about, words.verbs[verb].sub(" ", becomes).strip() if becomes else "")


def _divided(text: str, words: Words) -> tuple[str, str]:
    match = words.marks["becomes"].search(text) or words.marks["becomes_weakly"].search(text)
    if match is None:
        return text.strip(), ""
    return text[: match.start()].strip(), text[match.end() :].strip()


def _finder(row: str) -> re.Pattern[str]:
    """Finds any of some words, the longest first: English ones whole, with their endings."""
    each = sorted(row.split(", "), key=len, reverse=True)
    forms = (rf"\b{re.escape(word)}(?:s|es)?\b" if word.isascii() else _counted(word) for word in each)
    return re.compile("|".join(forms))


def _counted(word: str) -> str:
    """A Chinese word; one before "one" leaves that to what is counted."""
    return f"{re.escape(word[:-1])}(?=\u4e00)" if word[1:].endswith("\u4e00") else re.escape(word)
