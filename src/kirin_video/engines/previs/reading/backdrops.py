"""Reads the paper that a product is shown before: "against an orange background", "粉色背景"."""

from __future__ import annotations

import re

from kirin_video.engines.previs.plan import Color
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon
from kirin_video.engines.previs.reading.tokens import form_of

_ENGLISH = re.compile(
    r"\b(?:on|against|over|before|with|in front of|in)\s+(?:an?\s+|the\s+)?"
    r"(?:plain\s+|solid\s+|clean\s+|seamless\s+|simple\s+|bright\s+|pastel\s+|soft\s+)*"
    r"(?P<color>[a-z]+(?:[ -][a-z]+)?)(?:[ -]colou?red)?\s+"
    r"(?:paper\s+|studio\s+|seamless\s+)?(?:background|backdrop)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    "(?:在|以|于)?(?P<color>[^\\W\\da-zA-Z在以于的]{1,2}色)(?:的)?(?:纯色)?(?:的)?背景(?:下|前|上|中|里|为)?\uff0c?"
)
_STUDIO = {"en": "in a photo studio", "zh": "在摄影棚里"}
_COMMA = "\uff0c"
_OWN = frozenset({"white", "black"})
"""Colours that studios have without being painted: those words are read as places."""


def before_paper(text: str, lexicon: Lexicon) -> tuple[str, Color | None]:
    """The prompt with its coloured backdrop told as a studio, and the backdrop's colour; None without one.

    Args:
        text: the prompt's words.
        lexicon: the words for colours.
    """
    for pattern, language in ((_ENGLISH, "en"), (_CHINESE, "zh")):
        for said in pattern.finditer(text):
            color = _color_of(said["color"].lower().replace("-", " "), lexicon)
            if color is not None and color.name not in _OWN:
                comma = _COMMA if said[0].endswith(_COMMA) else ""
                return text[: said.start()] + _STUDIO[language] + comma + text[said.end() :], color
    return text, None


def _color_of(words: str, lexicon: Lexicon) -> Color | None:
    """The colour of a word or two, or of the last of two."""
    for phrase in (words, words.rsplit(maxsplit=1)[-1]):
        meanings = lexicon.phrases.get(form_of(phrase), ())
        found = next((m for m in meanings if m.kind is Kind.COLOR), None)
        if found is not None:
            return lexicon.colors[found.value]
    return None
