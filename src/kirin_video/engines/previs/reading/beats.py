"""Reads how a shot goes on: what begins at each "then", and each further move of the camera."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from kirin_video.engines.previs.plan import Beat, TimeOfDay, Weather
from kirin_video.engines.previs.reading.camera import CameraStep, CameraWish
from kirin_video.engines.previs.reading.framing import framing_of
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence
from kirin_video.engines.previs.reading.subjects import LaterBeat


def read_beats(sentence: Sentence, camera: CameraWish, later: Sequence[LaterBeat]) -> tuple[Beat, ...]:
    """The beats after the first; they share the clip evenly with it.

    Args:
        sentence: the prompt.
        camera: what is wanted of the camera.
        later: what subjects do later.
    """
    starts = {beat.at: beat for beat in later}
    for step in camera.steps[1:]:
        if not _has_room(step, starts, camera.steps):
            starts[step.at] = LaterBeat(step.at, cut=False, acts=())
    marks = sorted(starts)
    spans = pairwise([*marks, len(sentence.phrases)])
    beats = [beat for at, end in spans if (beat := _beat(sentence, camera, starts[at], end)) is not None]
    return tuple(
        replace(beat, start=round(number / (len(beats) + 1), 3)) for number, beat in enumerate(beats, start=1)
    )


def _has_room(step: CameraStep, starts: Collection[int], steps: Sequence[CameraStep]) -> bool:
    """Whether a move stands in a beat that has no other move before it."""
    before = [at for at in starts if at <= step.at]
    return bool(before) and not any(max(before) <= other.at < step.at for other in steps)


def _beat(sentence: Sentence, camera: CameraWish, later: LaterBeat, end: int) -> Beat | None:
    """One beat, or None where nothing changes in it."""
    phrases = sentence.phrases[later.at : end]
    # The first move is the plan's own, wherever the prompt names it.
    step = next((step for step in camera.steps[1:] if later.at <= step.at < end), None)
    time, weather = _said(phrases, Kind.TIME), _said(phrases, Kind.WEATHER)
    if not (later.acts or step or later.cut or time or weather):
        return None
    return Beat(
        start=0.0,
        words=_words(sentence, phrases),
        acts=later.acts,
        move=step.move if step else None,
        energy=step.energy if step else 1.0,
        cut=later.cut,
        framing=framing_of(phrases),
        time=TimeOfDay(time) if time else None,
        weather=Weather(weather) if weather else None,
    )


def _words(sentence: Sentence, phrases: Sequence[Phrase]) -> str:
    """The prompt's words from the first to the last phrase that is not only an "and"."""
    telling = [phrase for phrase in phrases if phrase.meaning(Kind.JOIN) is None] or phrases[:1]
    first, last = sentence.tokens[phrases[0].first], sentence.tokens[telling[-1].last - 1]
    return sentence.text[first.start : last.end]


def _said(phrases: Sequence[Phrase], kind: Kind) -> str | None:
    said = (m for p in phrases if not p.unwanted and (m := p.meaning(kind)) is not None)
    return next((m.value for m in said if m.grade in {"said", ""}), None)
