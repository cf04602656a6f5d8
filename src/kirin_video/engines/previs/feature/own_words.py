"""What a prompt says itself, so that footage does not say it for it."""

from __future__ import annotations

import re
from typing import Final

from kirin_video.engines.previs.plan import Place
from kirin_video.engines.previs.reading.camera import read_camera
from kirin_video.engines.previs.reading.lexicon import Kind, load_lexicon
from kirin_video.engines.previs.reading.phrases import Phrase, take_apart
from kirin_video.engines.previs.reading.world import NAMED

_OF_MANY_SCENES: Final = frozenset(
    {Place.MEADOW, Place.PARK, Place.GARDEN, Place.GROUNDS, Place.ROAD, Place.ROOM, Place.SKY, Place.HILLS}
)
"""What most scenes have somewhere."""
_WAYSIDE: Final = re.compile(r"路边|街边?|街道|马路|人行道|streets?|sidewalks?|pavements?")
"""The same by its word: a city has it, and so has a village."""
_LEADING: Final = re.compile(r"(?:\ban?(?: [a-z-]+)?|到|去|进|(?:一|另一?)[个条片座间处])$")
"""What stands before a place that is new."""


def has_own_move(text: str, seed: int) -> bool:
    """Whether a prompt tells a move of the camera."""
    return read_camera(take_apart(text, load_lexicon()), seed).move is not None


def tells_light(text: str) -> bool:
    """Whether a prompt says what hour or weather it is."""
    return any(phrase.meaning(kind) for phrase in _wanted(text) for kind in (Kind.TIME, Kind.WEATHER))


def names_place(text: str) -> bool:
    """Whether a prompt leads elsewhere itself; who lives somewhere only hints at it.

    The grass, the street or the room that it speaks of as known are those of the scene.
    """
    sentence = take_apart(text, load_lexicon())
    for phrase in sentence.phrases:
        place = phrase.meaning(Kind.PLACE)
        if place is None or place.grade not in NAMED or phrase.unwanted:
            continue
        before = sentence.text[: sentence.tokens[phrase.first].start].rstrip()
        common = Place(place.value) in _OF_MANY_SCENES or _WAYSIDE.fullmatch(phrase.text)
        if not common or _LEADING.search(before):
            return True
    return False


def _wanted(text: str) -> list[Phrase]:
    return [phrase for phrase in take_apart(text, load_lexicon()).phrases if not phrase.unwanted]
