"""Reads how the picture is taken: size, angle, lens, grip, focus, technique and the pace of time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kirin_video.engines.previs.plan import (
    OF_SOMEBODY,
    Action,
    Angle,
    Detail,
    Expression,
    Framing,
    Grip,
    Lens,
    Pace,
    ShotSize,
    SubjectPlan,
    Technique,
)
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase


@dataclass(frozen=True, slots=True)
class FramingWish:
    """How the picture is wanted.

    Attributes:
        framing: size, angle, lens, grip, focus.
        techniques: what the crew does beside the move.
        pace: how time runs.
        size_words: the prompt's own words for the shot's size.
        angle_words: for the angle.
        lens_words: for the lens.
        focus_words: for the focus.
        grip_words: for the grip.
        paces: its words for the pace.
        undone: its words for what no plan can hold.
    """

    framing: Framing
    techniques: tuple[Technique, ...]
    pace: Pace
    size_words: tuple[str, ...]
    angle_words: tuple[str, ...]
    lens_words: tuple[str, ...]
    focus_words: tuple[str, ...]
    grip_words: tuple[str, ...]
    paces: tuple[str, ...]
    undone: tuple[str, ...]


def read_framing(
    phrases: Sequence[Phrase], claimed: Collection[int] = (), whole: Collection[int] | None = None
) -> FramingWish:
    """Read the framing; where a prompt says two of a sort, the first counts.

    Args:
        phrases: the prompt's phrases.
        claimed: indices of those that are verbs of the camera; only such a "follow" is a technique.
        whole: indices of those that are said of the whole shot; None for all. How time runs, and what no plan
            can hold, is taken from all.
    """
    everything = phrases
    if whole is not None:
        phrases, claimed = _among(phrases, claimed, whole)
    size, angles = _first(phrases, Kind.SIZE_OF_SHOT), _angles(phrases)
    lens, pace = _first(phrases, Kind.LENS), _first(everything, Kind.PACE)
    framing = Framing(
        size=ShotSize(size) if size else None,
        angle=angles[0] if angles else None,
        also=next((angle for angle in angles[1:] if _goes_with(angle, angles[0])), None),
        lens=Lens(lens) if lens else Lens.NORMAL,
        grip=Grip.HANDHELD if _first(phrases, Kind.GRIP) else Grip.STEADY,
        shallow_focus=_first(phrases, Kind.FOCUS) is not None,
    )
    return FramingWish(
        framing=framing,
        techniques=_techniques(phrases, claimed),
        pace=Pace(pace) if pace else Pace.REAL,
        size_words=_words(phrases, Kind.SIZE_OF_SHOT),
        angle_words=_words(phrases, Kind.ANGLE),
        lens_words=_words(phrases, Kind.LENS),
        focus_words=_words(phrases, Kind.FOCUS),
        grip_words=_words(phrases, Kind.GRIP),
        paces=_words(everything, Kind.PACE),
        undone=_words(everything, Kind.UNDONE),
    )


def _angles(phrases: Sequence[Phrase]) -> list[Angle]:
    return [Angle(value) for value, _ in _said(phrases, Kind.ANGLE)]


def _goes_with(one: Angle, other: Angle) -> bool:
    """Whether two angles go together: a side and a height, or either and a lean."""
    return (one in OF_SOMEBODY) != (other in OF_SOMEBODY) or (
        Angle.DUTCH in {one, other} and one is not other
    )


def _among(
    phrases: Sequence[Phrase], claimed: Collection[int], whole: Collection[int]
) -> tuple[list[Phrase], set[int]]:
    """Some of the phrases, and which of them are verbs of the camera, by their new indices."""
    kept = [at for at in range(len(phrases)) if at in whole]
    return [phrases[at] for at in kept], {new for new, at in enumerate(kept) if at in claimed}


def techniques_of(phrases: Sequence[Phrase], first: int, claimed: Collection[int]) -> tuple[Technique, ...]:
    """The techniques that some phrases of a prompt ask for.

    Args:
        phrases: neighbours.
        first: index of the first of them in the prompt.
        claimed: indices, in the prompt, of the verbs of the camera.
    """
    return _techniques(phrases, {at - first for at in claimed})


def _techniques(phrases: Sequence[Phrase], claimed: Collection[int]) -> tuple[Technique, ...]:
    said = (
        Technique(meaning.value)
        for at, phrase in enumerate(phrases)
        if not phrase.unwanted
        and (meaning := phrase.meaning(Kind.TECHNIQUE)) is not None
        and (meaning.value != Technique.FOLLOW or at in claimed)
    )
    return tuple(dict.fromkeys(said))


def framing_of(phrases: Sequence[Phrase]) -> Framing | None:
    """The framing that some phrases alone ask for; None where they do not."""
    wish = read_framing(phrases)
    said = (wish.size_words, wish.angle_words, wish.lens_words, wish.focus_words, wish.grip_words)
    return wish.framing if any(said) else None


def _said(phrases: Sequence[Phrase], kind: Kind) -> list[tuple[str, Phrase]]:
    return [(m.value, p) for p in phrases if not p.unwanted and (m := p.meaning(kind)) is not None]


def _first(phrases: Sequence[Phrase], kind: Kind) -> str | None:
    return next((value for value, _ in _said(phrases, kind)), None)


def _words(phrases: Sequence[Phrase], *kinds: Kind) -> tuple[str, ...]:
    said = [p.text for p in phrases if not p.unwanted and any(p.meaning(kind) for kind in kinds)]
    return tuple(dict.fromkeys(said))


_SMALL_DEEDS = frozenset({Action.COMB, Action.BRUSH_TEETH})
"""What is done at one's own face or hair."""


def with_hands(framing: Framing, subjects: Sequence[SubjectPlan]) -> Framing:
    """A close-up of somebody who waves is so wide that the hand is in it; small deeds are seen from near."""
    if framing.size is None and len(subjects) > 0 and subjects[0].action in _SMALL_DEEDS:
        return replace(framing, size=ShotSize.MEDIUM)
    waves = bool(subjects) and Action.WAVE in {subjects[0].action, *subjects[0].also}
    close = framing.size in {ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP}
    return replace(framing, size=ShotSize.MEDIUM_CLOSE_UP) if waves and close else framing


def with_tears(framing: Framing, subjects: Sequence[SubjectPlan]) -> tuple[SubjectPlan, ...]:
    """The subjects, of whom a close-up shows the tears rather than the hands that would hide them."""
    close = framing.size in {ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP, ShotSize.MEDIUM_CLOSE_UP}
    if not close or framing.detail in {Detail.HANDS, Detail.FEET}:
        return tuple(subjects)
    return tuple(
        replace(s, action=Action.IDLE, expression=Expression.TEARFUL)
        if s.kind == "person" and s.action is Action.CRY
        else s
        for s in subjects
    )
