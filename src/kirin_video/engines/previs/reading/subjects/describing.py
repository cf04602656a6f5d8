"""Puts adjectives, numbers, colours, clothes and parts where they belong."""

from __future__ import annotations

from kirin_video.engines.previs.plan import Age, Color
from kirin_video.engines.previs.reading.lexicon import ADJECTIVES, Kind, Lexicon
from kirin_video.engines.previs.reading.phrases import Phrase
from kirin_video.engines.previs.reading.subjects.mention import Description, Mention
from kirin_video.engines.previs.reading.tokens import form_of

_MOST_DIGITS = 2
HAIR_COLORS = frozenset({"blond", "brunette", "redhead"})
"""Colours that of a person only the hair has."""
_OF_AGE = frozenset({"year old", "years old", "year-old", "years-old", "\u5c81", "\u5c81\u7684"})
_AGES = ((2, Age.BABY), (12, Age.CHILD), (29, Age.YOUNG), (59, Age.ADULT), (999, Age.OLD))


def take_article(description: Description, phrase: Phrase) -> None:
    """Note an article or a possessive."""
    begin(description, phrase)
    description.article = phrase.text


def take_number(description: Description, phrase: Phrase, lexicon: Lexicon) -> None:
    """Note a number; "a few" is one too, but not an exact one."""
    begin(description, phrase)
    meaning = phrase.meaning(Kind.NUMBER)
    if meaning is None or description.number not in {None, 1}:
        return
    description.number = int(meaning.value)
    description.counted = form_of(phrase.text) not in lexicon.vague


def take_digits(description: Description, at: int, digits: str) -> None:
    """Note a number in digits."""
    if len(digits) <= _MOST_DIGITS and description.number is None:
        description.first = at if description.first < 0 else description.first
        description.number, description.counted = max(int(digits), 1), True


def take_adjective(description: Description, phrase: Phrase, lexicon: Lexicon) -> None:
    """Note an adjective in each field it has a meaning for."""
    begin(description, phrase)
    if phrase.text in _OF_AGE and description.number is not None:
        age = next(age for limit, age in _AGES if description.number <= limit)
        description.words.append((Kind.AGE, age, phrase.text))
        description.number, description.counted = None, False
        return
    color = phrase.meaning(Kind.COLOR)
    if color is not None:
        description.colors.append(lexicon.colors[color.value])
        return
    for meaning in phrase.meanings:
        if meaning.kind in ADJECTIVES:
            description.words.append((meaning.kind, meaning.value, phrase.text))


def begin(description: Description, phrase: Phrase) -> None:
    """Remember where a noun phrase begins."""
    if description.first < 0:
        description.first = phrase.first


def take_colors(description: Description) -> Color | None:
    """The colour read last, taken off the description, for a part or a garment."""
    if not description.colors:
        return None
    color = description.colors[-1]
    description.colors.clear()
    return color


def dress(mention: Mention, description: Description, garment: str) -> None:
    """Put a garment, of the colour just read, on somebody."""
    mention.wears.append((garment, take_colors(description)))


def paint_part(mention: Mention, description: Description, part: str) -> None:
    """Give a part of somebody the colour just read."""
    color = take_colors(description)
    if color is not None:
        mention.parts.append((part, color))
    for kind, value, text in description.words:
        if (
            kind == Kind.PATTERN
            or (part == "hair" and value == "hair")
            or (part == "face" and kind == Kind.FACE)
        ):
            mention.described.words.append((kind, value, text))
