"""Parts a prompt into what is said of the whole shot and what is said of each later beat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kirin_video.engines.previs.reading.camera import CameraStep
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence

_ENDS = frozenset(".;!?\n")
_SHOT_WORDS = ("shot", "view", "close", "镜头", "特写", "景")
_SHORT_GAP = 4
"""So many words, at most, stand between a time and what it becomes."""
_CHANGING = frozenset({Kind.TIME, Kind.WEATHER})
_NAMED = frozenset({"exact", "like"})
_EVERYWHERE = frozenset({"sky", "heights"})
"""Places that are over all others."""
_ONE_PLACE = tuple(map(frozenset, (("sea", "beach"), ("mountains", "clouds"), ("city", "night_sky"))))
"""Worlds that show each other."""
_THERE = frozenset({"in", "into", "onto", "on", "through", "across", "along", "inside", "at", "to", "enter"})
_THERE_ZH = ("在", "到", "进", "入", "过", "上")
_BECOMES = frozenset({"to", "into", "become", "until", "till", "到", "至", "变", "转"})


@dataclass(frozen=True, slots=True)
class Section:
    """The phrases that a later beat is told in.

    Attributes:
        at: index of its first phrase.
        cut: whether it is a new shot.
        end: index after its last phrase.
        own_end: index after the last phrase of its first sentence, or of all of it where it is a cut: what
            comes behind is said of the whole shot again.
    """

    at: int
    cut: bool
    end: int
    own_end: int

    @property
    def own(self) -> range:
        """The phrases that are its alone."""
        return range(self.at, self.own_end)


@dataclass(frozen=True, slots=True)
class Parted:
    """A prompt in its parts.

    Attributes:
        sections: the later beats, in order.
        whole: indices of the phrases that are said of the whole shot.
    """

    sections: tuple[Section, ...]
    whole: frozenset[int]


def part(
    sentence: Sentence,
    marks: Sequence[tuple[int, bool]],
    steps: Sequence[CameraStep],
    worlds: Mapping[str, str],
    *,
    unbroken: bool = False,
) -> Parted:
    """Part a prompt.

    Args:
        sentence: the prompt.
        marks: for each "then", the index of the phrase it begins with, and whether it is a cut.
        steps: the moves of the camera; a second one with no "then" before it begins a beat of its own.
        worlds: the world that is drawn for each place; who goes on in another is cut to.
        unbroken: whether another size is no cut.
    """
    starts = dict(marks)
    hours = _further_times(sentence, starts)
    for at in (*_further_sizes(sentence.phrases, starts), *hours):
        starts.setdefault(at, sentence.phrases[at].meaning(Kind.TIME) is None and not unbroken)
    whole = _whole(_sections(sentence, starts), len(sentence.phrases))
    for step in [step for step in steps if step.at in whole][1:]:
        starts.setdefault(step.at, False)
    for section in _sections(sentence, starts):
        moves = any(step.at in section.own for step in steps)
        # "From day to night" is one place, whatever else is told of the night.
        if not moves and section.at not in hours and _goes_elsewhere(sentence, whole, section, worlds):
            starts[section.at] = True
    sections = _sections(sentence, starts)
    return Parted(sections, _whole(sections, len(sentence.phrases)))


def of_first_world(phrases: Sequence[Phrase], parted: Parted) -> tuple[Phrase, ...]:
    """A prompt's phrases, silent where they tell of another world, hour or weather later on."""
    out = list(phrases)
    for section in parted.sections:
        for at in section.own:
            kept = () if section.cut else (m for m in phrases[at].meanings if m.kind not in _CHANGING)
            out[at] = replace(phrases[at], meanings=tuple(kept))
    return tuple(out)


def _sections(sentence: Sentence, starts: dict[int, bool]) -> tuple[Section, ...]:
    marks = [*sorted(starts), len(sentence.phrases)]
    return tuple(
        Section(at, starts[at], end, end if starts[at] else _sentence_end(sentence, at, end))
        for at, end in pairwise(marks)
    )


def _whole(sections: Sequence[Section], count: int) -> frozenset[int]:
    return frozenset(range(count)) - {at for section in sections for at in section.own}


def _sentence_end(sentence: Sentence, at: int, end: int) -> int:
    """Index after the last phrase of the sentence that a phrase stands in."""
    for k in range(at + 1, end):
        gap = sentence.tokens[sentence.phrases[k - 1].last : sentence.phrases[k].first]
        if any(token.form in _ENDS for token in gap):
            return k
    return end


def _goes_elsewhere(
    sentence: Sentence, whole: frozenset[int], section: Section, worlds: Mapping[str, str]
) -> bool:
    """Whether a "then" goes on in a place that the first world does not show: "then he walks on a beach"."""
    first = next((w for at in sorted(whole) if (w := _world_of(sentence.phrases[at], worlds))), None)
    later = next((at for at in section.own if _world_of(sentence.phrases[at], worlds)), None)
    if first is None or later is None or not _is_there(sentence, later):
        return False
    other = _world_of(sentence.phrases[later], worlds)
    return other != first and not any({first, other} <= pair for pair in _ONE_PLACE)


def _world_of(phrase: Phrase, worlds: Mapping[str, str]) -> str | None:
    """The world of the place that a phrase names."""
    place = None if phrase.unwanted else phrase.meaning(Kind.PLACE)
    named = place is not None and place.grade in _NAMED and place.value not in _EVERYWHERE
    return worlds[place.value] if place is not None and named else None


def _is_there(sentence: Sentence, at: int) -> bool:
    """Whether somebody is in a place, or goes there; not towards it, and not past it."""
    phrase = sentence.phrases[at]
    if not phrase.text.isascii():
        return sentence.text[: sentence.tokens[phrase.first].start].endswith(_THERE_ZH)
    before = [token.form for token in sentence.tokens[max(phrase.first - 4, 0) : phrase.first]]
    lead = next((form for form in reversed(before) if form in _THERE or form == "toward"), "")
    return lead in _THERE


def _further_sizes(phrases: Sequence[Phrase], starts: dict[int, bool]) -> list[int]:
    """Where another size of shot is asked for than before, without a "then": a cut."""
    found: list[int] = []
    last: str | None = None
    before = -1
    for at, phrase in enumerate(phrases):
        meaning = phrase.meaning(Kind.SIZE_OF_SHOT)
        if meaning is None or phrase.unwanted or not any(word in phrase.text for word in _SHOT_WORDS):
            continue
        told = any(before < start <= at for start in starts)
        if last is not None and meaning.value != last and not told:
            found.append(at)
        last, before = meaning.value, at
    return found


def _further_times(sentence: Sentence, starts: dict[int, bool]) -> list[int]:
    """Where one time of day becomes another: "from day to night"."""
    times = [at for at, p in enumerate(sentence.phrases) if not p.unwanted and _said(p)]
    for one, other in pairwise(times):
        first, second = sentence.phrases[one], sentence.phrases[other]
        gap = {token.form for token in sentence.tokens[first.last : second.first]}
        changes = _said(first) != _said(second) and gap & _BECOMES
        told = any(one < start <= other for start in starts)
        if changes and len(gap) <= _SHORT_GAP and not told:
            return [other]
    return []


def _said(phrase: Phrase) -> str | None:
    meaning = phrase.meaning(Kind.TIME)
    return meaning.value if meaning is not None and meaning.grade == "said" else None
