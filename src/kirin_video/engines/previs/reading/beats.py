"""Reads how a shot goes on: what begins at each "then", each cut, and each further move of the camera."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kirin_video.engines.previs.plan import (
    Act,
    Beat,
    Framing,
    Move,
    ShotSize,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.reading.camera import CameraWish
from kirin_video.engines.previs.reading.framing import framing_of, techniques_of
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon
from kirin_video.engines.previs.reading.listing import Script
from kirin_video.engines.previs.reading.parting import Parted, Section
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence
from kirin_video.engines.previs.reading.subjects import Cast
from kirin_video.engines.previs.reading.world import NAMED, read_world

_TELLING = NAMED | {"hint"}
"""Places that a cut to somebody new goes to: named ones, and those where what it shows belongs."""


_CLOSE = frozenset({ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP})
_ALL_OF_IT = re.compile(r"\b(?:whole|entire|surrounding)|整个|全景|全貌")


@dataclass(frozen=True, slots=True)
class Story:
    """How a shot goes on.

    Attributes:
        beats: what changes, in order.
        subjects: everybody, with the beat that first speaks of them.
    """

    beats: tuple[Beat, ...]
    subjects: tuple[SubjectPlan, ...]


def read_story(  # noqa: PLR0913, PLR0917 -- all that was read before
    sentence: Sentence, parted: Parted, camera: CameraWish, cast: Cast, lexicon: Lexicon, script: Script
) -> Story:
    """The beats after the first; they share the clip evenly with it where no times are told.

    Args:
        sentence: the prompt.
        parted: which of its phrases tell of which beat.
        camera: what is wanted of the camera.
        cast: who is in it, and what they do later.
        lexicon: the words.
        script: when they begin, where the prompt tells.
    """
    read = [(section, _beat(sentence, section, camera, cast, lexicon)) for section in parted.sections]
    told = [(section, beat) for section, beat in read if beat is not None]
    if not script.unbroken:
        told = list(_cut_to_newcomers(told, cast, framing_of(_first_of(sentence, parted))))
    places = [_place(sentence, section.at) for section, _ in told]
    beats = tuple(
        replace(
            beat,
            start=start,
            cut=section.cut if script.unbroken else beat.cut,
            words=_words(sentence, sentence.phrases[section.at + (place in script.added) : section.end]),
        )
        for (section, beat), place, start in zip(told, places, script.spread(places), strict=True)
    )
    spans = [range(section.at, section.end) for section, _ in told]
    subjects = tuple(
        replace(subject, enters=_enters(spoken, spans))
        for subject, spoken in zip(cast.subjects, cast.spoken, strict=True)
    )
    return Story(beats, subjects)


def _first_of(sentence: Sentence, parted: Parted) -> list[Phrase]:
    return [phrase for at, phrase in enumerate(sentence.phrases) if at in parted.whole]


def _cut_to_newcomers(
    told: Sequence[tuple[Section, Beat]], cast: Cast, framing: Framing | None
) -> Iterator[tuple[Section, Beat]]:
    """The beats with a cut to whoever comes in after a close-up of somebody else: he would not be in it."""
    for section, beat in told:
        close = framing is not None and framing.size in _CLOSE
        new = beat.move is None and beat.framing is None and _brings_somebody(cast, section)
        cut = beat.cut or (close and new)
        framing = (beat.framing or Framing()) if cut else beat.framing or framing
        yield section, replace(beat, cut=cut)


def _place(sentence: Sentence, at: int) -> int:
    """Where in the text a phrase begins."""
    return sentence.tokens[sentence.phrases[at].first].start


def _enters(spoken: Sequence[int], spans: Sequence[range]) -> int:
    """Number of the beat in which somebody is spoken of first, 0 where that is before all."""
    if not spoken:
        return 0
    first = min(spoken)
    return next((number for number, span in enumerate(spans, start=1) if first in span), 0)


def _beat(
    sentence: Sentence, section: Section, camera: CameraWish, cast: Cast, lexicon: Lexicon
) -> Beat | None:
    """One beat, or None where nothing changes in it."""
    acts = next((beat.acts for beat in cast.beats if beat.at == section.at), ())
    own = sentence.phrases[section.at : section.own_end]
    wish = camera.within(section.own)
    time, weather = _said(own, Kind.TIME), _said(own, Kind.WEATHER)
    framing, techniques = framing_of(own), techniques_of(own, section.at, camera.claimed)
    if not (acts or wish.move or section.cut or time or weather or framing or techniques):
        return None
    if framing is None and wish.move is Move.PULL_OUT and _ALL_OF_IT.search(_words(sentence, own)):
        framing = Framing(size=ShotSize.WIDE)
    cut = section.cut or (framing is not None and framing.size is not None and wish.move is None)
    world = read_world(own, lexicon) if cut else None
    telling = _TELLING if _brings_somebody(cast, section) else NAMED
    named = world is not None and bool(world.places) and world.places[0].grade in telling
    return Beat(
        start=0.0,
        words="",
        acts=acts,
        move=wish.move,
        energy=wish.energy,
        cut=cut,
        framing=framing,
        techniques=techniques,
        time=TimeOfDay(time) if time else None,
        weather=Weather(weather) if weather else None,
        setting=world.setting if world is not None and named else None,
        place=world.place if world is not None and named else None,
        subjects=_spoken_of(cast, section, acts),
    )


def _brings_somebody(cast: Cast, section: Section) -> bool:
    """Whether anybody is spoken of for the first time in a section; the others stay where they are."""
    return any(min(spoken) in section.own for spoken in cast.spoken if spoken)


def _spoken_of(cast: Cast, section: Section, acts: tuple[Act, ...]) -> tuple[int, ...]:
    """Who is spoken of in a section, in its order; who acts there counts as spoken of."""
    first = {
        k: min(at for at in spoken if at in section.own)
        for k, spoken in enumerate(cast.spoken)
        if any(at in section.own for at in spoken)
    }
    named = sorted(first, key=lambda k: (cast.subjects[k].scenery, first[k]))
    return tuple(dict.fromkeys([*named, *(act.subject for act in acts)]))


def _words(sentence: Sentence, phrases: Sequence[Phrase]) -> str:
    """The prompt's words from the first to the last phrase that is not only an "and"."""
    telling = [phrase for phrase in phrases if phrase.meaning(Kind.JOIN) is None] or phrases[:1]
    if not telling:
        return ""
    first, last = sentence.tokens[phrases[0].first], sentence.tokens[telling[-1].last - 1]
    return sentence.text[first.start : last.end]


def _said(phrases: Sequence[Phrase], kind: Kind) -> str | None:
    said = (m for p in phrases if not p.unwanted and (m := p.meaning(kind)) is not None)
    return next((m.value for m in said if m.grade in {"said", ""}), None)
