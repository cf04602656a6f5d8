"""Tells a caller, in plain words, what a prompt asked for and its plan does not do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kirin_video.engines.previs.plan import Move, Setting, TimeOfDay, Weather
from kirin_video.engines.previs.reading.camera import CameraWish
from kirin_video.engines.previs.reading.lexicon import Kind, Meaning
from kirin_video.engines.previs.reading.phrases import Sentence

_MOST_NAMED = 8
_WORLDS = {
    Setting.MEADOW: "a meadow",
    Setting.DESERT: "a desert",
    Setting.SEA: "the sea",
    Setting.BEACH: "a beach",
    Setting.MOUNTAINS: "mountains",
    Setting.CITY: "a city street",
    Setting.NIGHT_SKY: "a night sky",
}
_CONTAINED = {
    Setting.BEACH: frozenset({Setting.SEA}),
    Setting.SEA: frozenset({Setting.BEACH}),
    Setting.MOUNTAINS: frozenset({Setting.MEADOW}),
}
"""Which other places a world shows anyway."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a prompt asked for, in its own words, the chosen one first.

    Attributes:
        places: every place wanted and how firmly.
        times: every time of day wanted.
        weathers: every weather wanted.
        camera: what is wanted of the camera.
    """

    places: tuple[tuple[str, Meaning], ...]
    times: tuple[tuple[str, TimeOfDay], ...]
    weathers: tuple[tuple[str, Weather], ...]
    camera: CameraWish


def notes_on_world(sentence: Sentence, setting: Setting, time: TimeOfDay, wishes: Wishes) -> tuple[str, ...]:
    """What of the world is drawn otherwise or not at all."""
    styles, framings = _effects(sentence, "style"), _effects(sentence, "framing")
    return (
        *_on_place(sentence, setting, time, wishes),
        *_on_time(setting, time, wishes),
        *_on_weather(wishes),
        *_on_subjects(sentence, setting),
        *([f"This engine has one look of its own; not imitated: {_quoted(styles)}."] if styles else ()),
        *([f"Each world frames its own view; not done: {_quoted(framings)}."] if framings else ()),
    )


def notes_on_camera(sentence: Sentence, wish: CameraWish) -> tuple[str, ...]:
    """What of the camera's and the clock's part is not done."""
    paces = _effects(sentence, "pace")
    return (
        *_on_camera(wish),
        *([f"Time runs at its own pace; not done: {_quoted(paces)}."] if paces else ()),
    )


def _effects(sentence: Sentence, value: str) -> list[str]:
    return [p.text for p in sentence.phrases if p.says(Kind.EFFECT, value) and not p.unwanted]


def _on_place(sentence: Sentence, setting: Setting, time: TimeOfDay, wishes: Wishes) -> Iterator[str]:
    named = [(text, meaning) for text, meaning in wishes.places if meaning.grade != "hint"]
    if not named:
        yield f"No place was named; drew {_WORLDS[setting]}."
        return
    text, meaning = named[0]
    if meaning.grade == "like":
        yield f'Drew {_WORLDS[setting]}, the nearest world to "{text}".'
    shown = {setting} | _CONTAINED.get(setting, frozenset())
    if time is TimeOfDay.NIGHT:
        shown |= {Setting.NIGHT_SKY}
    drawn = {phrase.text for phrase in sentence.phrases if phrase.says(Kind.DRAWN, setting)}
    others = [
        other for other, meaning in named[1:] if Setting(meaning.value) not in shown and other not in drawn
    ]
    if others:
        yield f"One shot shows one world; drew {_WORLDS[setting]}, not {_quoted(others)}."


def _on_time(setting: Setting, time: TimeOfDay, wishes: Wishes) -> Iterator[str]:
    others = [text for text, wanted in wishes.times if wanted is not time]
    if not others:
        return
    if setting is Setting.NIGHT_SKY and time is TimeOfDay.NIGHT:
        yield f"A night sky is drawn by night, not {_quoted(others)}."
    else:
        yield f"The light stays the same within a shot; drew {time.value}, not {_quoted(others)}."


def _on_weather(wishes: Wishes) -> Iterator[str]:
    if not wishes.weathers:
        return
    chosen = wishes.weathers[0][1]
    # Clouds come with rain, snow and fog anyway.
    drawn = {chosen, Weather.CLOUDY} if chosen is not Weather.CLEAR else {chosen}
    others = [text for text, weather in wishes.weathers if weather not in drawn]
    if others:
        yield f"One shot has one weather; drew {chosen.value}, not {_quoted(others)}."


def _on_camera(wish: CameraWish) -> Iterator[str]:
    if wish.move and wish.others:
        others = ", ".join(_spoken(move) for move in wish.others)
        yield f"The camera makes one move a shot; did {_spoken(wish.move)}, not {others}."


def _spoken(move: Move) -> str:
    """A move in the words of a film set."""
    return move.value.replace("_", " ")


def _on_subjects(sentence: Sentence, setting: Setting) -> Iterator[str]:
    missing = list(dict.fromkeys(_subjects(sentence, setting)))
    if missing:
        named = ", ".join(missing[:_MOST_NAMED]) + (" and more" if len(missing) > _MOST_NAMED else "")
        yield f"This engine's worlds hold no subjects yet; not drawn: {named}."


def _subjects(sentence: Sentence, setting: Setting) -> Iterator[str]:
    """The noun phrases of things this engine cannot draw there."""
    phrases = sentence.phrases
    for at, phrase in enumerate(phrases):
        if phrase.unwanted or phrase.meaning(Kind.SUBJECT) is None or phrase.says(Kind.DRAWN, setting):
            continue
        follows = at + 1 < len(phrases) and phrases[at + 1].first == phrase.last
        if follows and phrases[at + 1].meaning(Kind.SUBJECT) is not None:
            continue  # "horse" of "horse cart": told with its cart
        yield _noun_phrase(sentence, at)


def _noun_phrase(sentence: Sentence, at: int) -> str:
    """A noun with its article, number and adjectives, as the prompt has them."""
    phrases = sentence.phrases
    first = at
    while first > 0 and phrases[first - 1].clause == phrases[at].clause and _leans_on(sentence, first):
        first -= 1
    start = sentence.tokens[phrases[first].first].start
    return sentence.text[start : sentence.tokens[phrases[at].last - 1].end].lstrip("\u7684")


def _leans_on(sentence: Sentence, at: int) -> bool:
    """Whether the phrase before is part of the same noun phrase.

    An adjective that is not in the lexicon counts if an article stands before it.
    """
    before, here = sentence.phrases[at - 1], sentence.phrases[at]
    if before.meaning(Kind.MODIFIER) is None and before.meaning(Kind.SUBJECT) is None:
        return False
    gap = sentence.tokens[before.last : here.first]
    if not gap:
        return True
    unknown = gap[0].form
    return (
        len(gap) == 1
        and before.text in {"a", "an", "the", "two", "three"}
        and unknown.isascii()
        and unknown.isalpha()
    )


def _quoted(words: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f'"{word}"' for word in dict.fromkeys(words))
