"""Tells what a prompt wants from what it does not want.

Understood are ``without people``, ``no people or cars``, ``with no text``, ``free of smoke``, ``avoid blur``
and ``don't show faces`` inside a sentence, and a clause ``Negative: people, text`` up to the end of its line.
A list goes on over commas only if an ``or`` closes it: in ``no people, golden light`` the light is wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLAUSE = re.compile(
    r"(?:^|(?<=[\s.;,]))negatives?(?:\s+prompts?)?\s*:\s*"
    r"(?P<items>[^\n]*?)(?=\s*(?:\n|$|\bpositives?(?:\s+prompts?)?\s*:))",
    re.IGNORECASE,
)
_POSITIVE_LABEL = re.compile(r"(?:^|(?<=[\s.;,]))positives?(?:\s+prompts?)?\s*:\s*", re.IGNORECASE)
# Words that cannot be part of what is unwanted: what follows them is about something else.
_ENDS = (
    "in|on|at|but|while|as|with|without|under|over|beside|near|behind|through|along|across|then|and|or|nor|no|not"
    "|just|only|from|by|during|is|are|was|were|until|where|when|there|avoid|avoiding"
)
_IDIOMS = "longer|matter|doubt|sooner|less|more|fewer|end"
_WORD = rf"(?!(?:{_ENDS})\b)[\w'\u2019-]+"
_ITEM = rf"{_WORD}(?:\s+{_WORD}){{0,4}}"
_NEW_THOUGHT = r"(?:an?|the|some|his|her|its|their|our|my|one|two|three|[\w'\u2019-]+ing)\b"
_PHRASE = re.compile(
    r"\b(?:(?:with|has|have|having|is|are)\s+no|without(?:\s+any)?|no|free\s+of|avoid(?:ing)?(?:\s+any)?"
    r"|do(?:n['\u2019]t|\s+not)\s+(?:show|include|add|draw|use|have|want)(?:\s+any)?)\s+"
    rf"(?!(?:{_IDIOMS})\b)(?P<items>{_ITEM}(?:\s*,\s*{_ITEM}){{0,12}}\s*,?\s+n?or\s+(?:any\s+|no\s+)?{_ITEM}"
    rf"|{_ITEM}(?:\s+and\s+(?!{_NEW_THOUGHT})(?:no\s+)?{_ITEM}){{0,12}})",
    re.IGNORECASE,
)
_BETWEEN_ITEMS = re.compile(r"\s*[,;.]\s*|\s+(?:n?or|and)\s+", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:n?or|and|any|no|an?|the|without|(?:signs?|traces?|hints?)\s+of)\s+", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_STRAY_STOP = re.compile(r"(?<=[.!?])\s+[.;,]")
_STRAY_MARKS = re.compile(r"^(?:\s*[,;.])+\s*|\s*[,;](?:\s*[,;])*(?=\s*(?:[,;.!?]|$))|^\s*(?:and|but)\s+")
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=[,;.!?])")


@dataclass(frozen=True, slots=True)
class Wording:
    """A prompt's words, told apart.

    Attributes:
        wanted: the text with its negative parts taken out.
        unwanted: the things that are not to be seen, in order, without articles.
    """

    wanted: str
    unwanted: tuple[str, ...]


def tell_apart(text: str) -> Wording:
    """Take the negative parts out of a text."""
    unwanted: list[tuple[int, list[str]]] = []

    def take(match: re.Match[str]) -> str:
        unwanted.append((match.start("items"), _items(match["items"])))
        # The same length keeps the places of what is found later comparable.
        return " " * len(match[0])

    rest = _PHRASE.sub(take, _CLAUSE.sub(take, text))
    ordered = [item for _, items in sorted(unwanted, key=lambda found: found[0]) for item in items]
    return Wording(wanted=_tidy(_POSITIVE_LABEL.sub("", rest)), unwanted=tuple(dict.fromkeys(ordered)))


def _items(text: str) -> list[str]:
    items: list[str] = []
    for part in _BETWEEN_ITEMS.split(text):
        bare = part.strip()
        while (shorter := _LEADING.sub("", bare)) != bare:
            bare = shorter
        if bare:
            items.append(_SPACES.sub(" ", bare))
    return items


def _tidy(text: str) -> str:
    """Close the gaps: single spaces, and no marks that now separate nothing."""
    text = _SPACE_BEFORE_MARK.sub("", _STRAY_STOP.sub("", _SPACES.sub(" ", text)))
    return _STRAY_MARKS.sub("", text).strip()
