"""Reads a prompt, English or Chinese, into a shot plan: rules over a table of words.

What the prompt leaves open gets a default. No place is a meadow. No time is day, or night where only night
has what is asked for. No weather is clear. No word about the camera is a gentle push in, because a drawn
world that stands quite still looks like a photograph. A pan or an orbit without a direction turns as the
seed says.
"""

from __future__ import annotations

from collections.abc import Sequence

from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.reading.camera import read_camera
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon, Meaning, load_lexicon
from kirin_video.engines.previs.reading.notes import Wishes, notes_on_camera, notes_on_world
from kirin_video.engines.previs.reading.phrases import Phrase, take_apart

_UNASKED_ENERGY = 0.6
_GRADES = ("exact", "like", "hint")


def read_plan(text: str, *, seed: int, lexicon: Lexicon | None = None) -> ShotPlan:
    """Read a prompt.

    Args:
        text: the prompt's words, references left out.
        seed: decides what the prompt leaves open about the camera; it never changes what is in the picture.
        lexicon: the words to read with; None loads those of this package, which takes some milliseconds.

    Returns:
        The plan, with a note for everything that was asked for and is not done.
    """
    sentence = take_apart(text, lexicon or load_lexicon())
    wishes = Wishes(
        places=_places(sentence.phrases),
        times=_times(sentence.phrases),
        weathers=_weathers(sentence.phrases),
        camera=read_camera(sentence, seed),
    )
    setting = Setting(wishes.places[0][1].value) if wishes.places else _default_setting(sentence.phrases)
    time = _time(setting, wishes)
    camera = wishes.camera
    camera_notes = notes_on_camera(sentence, camera)
    return ShotPlan(
        setting=setting,
        time=time,
        weather=wishes.weathers[0][1] if wishes.weathers else _default_weather(sentence.phrases),
        move=camera.move or Move.PUSH_IN,
        energy=camera.energy if camera.move else _UNASKED_ENERGY,
        notes=(*notes_on_world(sentence, setting, time, wishes), *camera_notes),
        camera_notes=camera_notes,
    )


def _wanted(phrases: Sequence[Phrase], kind: Kind) -> list[tuple[str, Meaning]]:
    """The wanted phrases of a kind with their meaning, in order."""
    return [(p.text, m) for p in phrases if not p.unwanted and (m := p.meaning(kind)) is not None]


def _places(phrases: Sequence[Phrase]) -> tuple[tuple[str, Meaning], ...]:
    """Places, the chosen one first: what a world is, before what is like it, before what belongs there."""
    places = _wanted(phrases, Kind.PLACE)
    named = {meaning.value for _, meaning in places if meaning.grade == "exact"}

    def rank(place: tuple[str, Meaning]) -> tuple[int, bool]:
        meaning = place[1]
        # Every beach has its sea and everything may have its stars: the other word says more.
        vague = (meaning.value == Setting.SEA and Setting.BEACH in named) or (
            meaning.grade == "hint" and meaning.value == Setting.NIGHT_SKY
        )
        return _GRADES.index(meaning.grade), vague

    return tuple(sorted(places, key=rank))


def _times(phrases: Sequence[Phrase]) -> tuple[tuple[str, TimeOfDay], ...]:
    """Times that are said; where none is, those that something implies."""
    times = _wanted(phrases, Kind.TIME)
    said = [time for time in times if time[1].grade == "said"] or times[:1]
    return tuple((text, TimeOfDay(meaning.value)) for text, meaning in said)


def _time(setting: Setting, wishes: Wishes) -> TimeOfDay:
    time = wishes.times[0][1] if wishes.times else TimeOfDay.DAY
    return TimeOfDay.NIGHT if setting is Setting.NIGHT_SKY and time is TimeOfDay.DAY else time


def _weathers(phrases: Sequence[Phrase]) -> tuple[tuple[str, Weather], ...]:
    """Weathers, the chosen one first: what falls, before fog, before the sky."""
    heaviness = {Weather.RAIN: 0, Weather.SNOW: 0, Weather.FOG: 1, Weather.CLOUDY: 2, Weather.CLEAR: 2}
    weathers = [(text, Weather(meaning.value)) for text, meaning in _wanted(phrases, Kind.WEATHER)]
    return tuple(sorted(weathers, key=lambda weather: heaviness[weather[1]]))


def _refused(phrases: Sequence[Phrase], kind: Kind) -> set[str]:
    return {m.value for p in phrases if p.unwanted and (m := p.meaning(kind)) is not None}


def _default_setting(phrases: Sequence[Phrase]) -> Setting:
    """A meadow, or the next world if the prompt refuses it."""
    refused = _refused(phrases, Kind.PLACE)
    return next((setting for setting in Setting if setting not in refused), Setting.MEADOW)


def _default_weather(phrases: Sequence[Phrase]) -> Weather:
    """Clear, or clouds if the prompt refuses the sun."""
    return Weather.CLOUDY if Weather.CLEAR in _refused(phrases, Kind.WEATHER) else Weather.CLEAR
