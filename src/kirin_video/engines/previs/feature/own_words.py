"""What a prompt says itself, so that footage does not say it for it."""

from __future__ import annotations

from kirin_video.engines.previs.reading.camera import read_camera
from kirin_video.engines.previs.reading.lexicon import Kind, load_lexicon
from kirin_video.engines.previs.reading.phrases import Phrase, take_apart
from kirin_video.engines.previs.reading.world import NAMED


def has_own_move(text: str, seed: int) -> bool:
    """Whether a prompt tells a move of the camera."""
    return read_camera(take_apart(text, load_lexicon()), seed).move is not None


def tells_light(text: str) -> bool:
    """Whether a prompt says what hour or weather it is."""
    return any(phrase.meaning(kind) for phrase in _wanted(text) for kind in (Kind.TIME, Kind.WEATHER))


def names_place(text: str) -> bool:
    """Whether a prompt says itself where it is; who lives somewhere only hints at it."""
    places = (phrase.meaning(Kind.PLACE) for phrase in _wanted(text))
    return any(place is not None and place.grade in NAMED for place in places)


def _wanted(text: str) -> list[Phrase]:
    return [phrase for phrase in take_apart(text, load_lexicon()).phrases if not phrase.unwanted]
