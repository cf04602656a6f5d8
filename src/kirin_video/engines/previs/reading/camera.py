"""Reads what a prompt wants of the camera: one move, which way, how briskly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from kirin_video.engines.previs.plan import Move
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence

_ENERGY = {"slowest": 0.45, "slow": 0.65, "fast": 1.5, "fastest": 2.0}
_NEAR = 3
_PICTURES = ("shot", "footage", "view", "camera", "\u955c\u5934")
_SELF_EVIDENT = frozenset({"pan", "tilt", "tilt_up", "tilt_down", "orbit", "track", "crane"})
_SPOKEN_OF = frozenset(
    {"pan", "tilt", "tilting", "crane", "orbit", "circle", "truck", "track", "arc", "boom", "jib"}
)
_SIDES: Mapping[str, Mapping[str, Move]] = {
    "pan": {
        "left": Move.PAN_LEFT,
        "right": Move.PAN_RIGHT,
        "up": Move.TILT_UP,
        "down": Move.TILT_DOWN,
    },
    "tilt": {"up": Move.TILT_UP, "down": Move.TILT_DOWN, "": Move.TILT_UP},
    "tilt_up": {"": Move.TILT_UP},
    "tilt_down": {"": Move.TILT_DOWN},
    "push_in": {"": Move.PUSH_IN},
    "pull_out": {"": Move.PULL_OUT},
    "zoom": {
        "in": Move.PUSH_IN,
        "forward": Move.PUSH_IN,
        "out": Move.PULL_OUT,
        "left": Move.TRACK_LEFT,
        "right": Move.TRACK_RIGHT,
        "": Move.PUSH_IN,
    },
    "orbit": {"left": Move.ORBIT_LEFT, "right": Move.ORBIT_RIGHT},
    "track": {
        "left": Move.TRACK_LEFT,
        "right": Move.TRACK_RIGHT,
        "forward": Move.TRACK_FORWARD,
        "in": Move.PUSH_IN,
        "out": Move.PULL_OUT,
        "up": Move.CRANE_UP,
        "down": Move.CRANE_DOWN,
        "": Move.TRACK_FORWARD,
    },
    "crane": {"up": Move.CRANE_UP, "down": Move.CRANE_DOWN, "": Move.CRANE_UP},
    "crane_up": {"": Move.CRANE_UP},
    "crane_down": {"": Move.CRANE_DOWN},
    "still": {"": Move.STILL},
}
"""Families of verbs and their directions; "" is none, and where that is missing the seed decides."""


@dataclass(frozen=True, slots=True)
class CameraStep:
    """One move of the camera.

    Attributes:
        move: what the camera does.
        energy: how far and fast; 1.0 where the prompt does not say.
        at: index of the phrase that names it.
    """

    move: Move
    energy: float
    at: int


@dataclass(frozen=True, slots=True)
class CameraWish:
    """What a prompt wants of the camera.

    Attributes:
        steps: the moves it names, in order, none twice in a row.
        refused: whether it wants no moves at all.
        claimed: indices of the phrases that are verbs of the camera, wanted or not.
    """

    steps: tuple[CameraStep, ...]
    refused: bool
    claimed: frozenset[int]

    def within(self, phrases: Collection[int]) -> CameraWish:
        """What is wanted where some of the phrases stand."""
        return replace(self, steps=tuple(step for step in self.steps if step.at in phrases))

    @property
    def move(self) -> Move | None:
        """The first move; None where the prompt names none."""
        if self.steps:
            return self.steps[0].move
        return Move.STILL if self.refused else None

    @property
    def energy(self) -> float:
        """How far and fast the first move goes."""
        return self.steps[0].energy if self.steps else 1.0

    @property
    def others(self) -> tuple[Move, ...]:
        """Further, different moves."""
        return tuple(dict.fromkeys(step.move for step in self.steps[1:] if step.move is not self.move))


def read_camera(sentence: Sentence, seed: int) -> CameraWish:
    """Read the camera's part of a prompt; the seed turns what has no direction."""
    steps: list[CameraStep] = []
    claimed: set[int] = set()
    refused = False
    for at, phrase in enumerate(sentence.phrases):
        meaning = phrase.meaning(Kind.MOVE)
        if meaning is None or _done_by_subject(sentence, at):
            continue
        if meaning.grade != "sure" and not _about_camera(sentence, at, meaning.value):
            continue
        claimed.add(at)
        if phrase.unwanted:
            refused = refused or meaning.value != "still"
            continue
        move = _resolved(sentence, at, meaning.value, seed)
        if not steps or steps[-1].move is not move:
            steps.append(CameraStep(move, _energy(sentence, at), at))
    return CameraWish(tuple(steps), refused, frozenset(claimed))


def _resolved(sentence: Sentence, at: int, family: str, seed: int) -> Move:
    """The move a verb and its direction make."""
    sides = _SIDES[family]
    for side in _directions(sentence, at):
        if side in sides:
            return sides[side]
    open_side = "left" if seed % 2 else "right"
    return sides[""] if "" in sides else sides[open_side]


def _directions(sentence: Sentence, at: int) -> Iterator[str]:
    """Directions that may belong to a verb: inside its own words, then after it, then before it."""
    phrases = sentence.phrases
    own = phrases[at].meaning(Kind.DIRECTION)
    if own is not None:
        yield own.value
    for step in (1, -1):
        i = at + step
        while 0 <= i < len(phrases) and phrases[i].clause == phrases[at].clause:
            if phrases[i].meaning(Kind.MOVE) is not None and phrases[i].meaning(Kind.DIRECTION) is None:
                break
            if _loose(sentence, min(at, i), max(at, i)) > _NEAR + (2 if step > 0 else 0):
                break
            direction = phrases[i].meaning(Kind.DIRECTION)
            if direction is not None:
                yield direction.value
            i += step


def _loose(sentence: Sentence, low: int, high: int) -> int:
    """How many tokens between two phrases belong to no phrase or to one that is not about the camera."""
    helping = {Kind.DIRECTION, Kind.TEMPO, Kind.CAMERA, Kind.MOVE}
    between = sentence.phrases[low + 1 : high]
    covered = sum(
        p.last - p.first for p in between if p.describes or any(m.kind in helping for m in p.meanings)
    )
    return sentence.phrases[high].first - sentence.phrases[low].last - covered


def _done_by_subject(sentence: Sentence, at: int) -> bool:
    """Whether a verb of camera and creature alike has a creature before it: "birds flying over the sea"."""
    if sentence.phrases[at].meaning(Kind.ACTION) is None:
        return False
    for before in reversed(sentence.phrases[:at]):
        if before.clause != sentence.phrases[at].clause or before.meaning(Kind.CAMERA) is not None:
            return False
        if before.meaning(Kind.SUBJECT) is not None and not before.unwanted:
            return True
    return False


def _about_camera(sentence: Sentence, at: int, family: str) -> bool:
    """Whether a verb that anything can do is done by the camera here."""
    if _done_by_camera(sentence, at) or _done_to_camera(sentence, at) or _only_camera(sentence, at):
        return True
    if family not in _SELF_EVIDENT or sentence.phrases[at].text.rstrip("s") not in _SPOKEN_OF:
        return False
    return _led_by_tempo(sentence, at) or _followed_by_way(sentence, at, family)


def _done_by_camera(sentence: Sentence, at: int) -> bool:
    """As in "the camera slowly drifts"; not as in "a shot of birds flying"."""
    phrase = sentence.phrases[at]
    for i in range(at - 1, -1, -1):
        before = sentence.phrases[i]
        if before.clause != phrase.clause or before.meaning(Kind.SUBJECT) is not None:
            return False
        if _is_of_camera(before):
            gap = sentence.tokens[before.last : phrase.first]
            return _loose(sentence, i, at) <= _NEAR and all(token.form != "of" for token in gap)
    return False


def _is_of_camera(phrase: Phrase) -> bool:
    """Whether a phrase is the camera or its picture: "camera", "a drone shot"."""
    if phrase.meaning(Kind.CAMERA) is not None:
        return True
    kinds = (Kind.ANGLE, Kind.SIZE_OF_SHOT, Kind.LENS, Kind.GRIP)
    return phrase.text.endswith(_PICTURES) and any(phrase.meaning(kind) for kind in kinds)


def _done_to_camera(sentence: Sentence, at: int) -> bool:
    """As in "move the camera left"."""
    following = sentence.phrases[at + 1 : at + 3]
    named = next((i for i, p in enumerate(following) if p.meaning(Kind.CAMERA)), None)
    return named is not None and _loose(sentence, at, at + 1 + named) == 0


def _only_camera(sentence: Sentence, at: int) -> bool:
    """Whether the whole clause is about moving, as in ", slowly rising,"."""
    clause = [p for p in sentence.phrases if p.clause == sentence.phrases[at].clause]
    first, last = clause[0], clause[-1]
    starts = first.first == 0 or sentence.tokens[first.first - 1].is_mark
    ends = last.last == len(sentence.tokens) or sentence.tokens[last.last].is_mark
    helping = {Kind.DIRECTION, Kind.TEMPO, Kind.MOVE}
    return (
        starts
        and ends
        and all(a.last == b.first for a, b in pairwise(clause))
        and all(any(m.kind in helping for m in p.meanings) for p in clause)
    )


def _led_by_tempo(sentence: Sentence, at: int) -> bool:
    before = sentence.phrases[at - 1] if at else None
    return (
        before is not None and before.last == sentence.phrases[at].first and bool(before.meaning(Kind.TEMPO))
    )


def _followed_by_way(sentence: Sentence, at: int, family: str) -> bool:
    """Whether the next words say where to, as in "pan slowly left"."""
    for after in sentence.phrases[at + 1 : at + 3]:
        direction = after.meaning(Kind.DIRECTION)
        if direction is not None:
            close = after.first - sentence.phrases[at].last <= 1
            return close and (direction.value in _SIDES[family] or after.text in {"around", "across", "over"})
        if after.meaning(Kind.TEMPO) is None:
            return False
    return False


def _energy(sentence: Sentence, at: int) -> float:
    """How briskly: the word of tempo nearest to a move, in its clause or alone in another."""
    best: tuple[int, float] | None = None
    for i, phrase in enumerate(sentence.phrases):
        tempo = phrase.meaning(Kind.TEMPO)
        if tempo is None or phrase.unwanted or _belongs_to_subject(sentence, i):
            continue
        if phrase.clause == sentence.phrases[at].clause:
            distance = _loose(sentence, min(i, at), max(i, at)) if i != at else 0
        elif _alone(sentence, i):
            distance = _NEAR
        else:
            continue
        if distance <= _NEAR + 1 and (best is None or distance < best[0]):
            best = distance, _ENERGY[tempo.value]
    return best[1] if best else 1.0


def _belongs_to_subject(sentence: Sentence, at: int) -> bool:
    """Whether a word of tempo describes a thing, as in "a fast car"."""
    if at + 1 >= len(sentence.phrases):
        return False
    after = sentence.phrases[at + 1]
    return after.first == sentence.phrases[at].last and after.meaning(Kind.SUBJECT) is not None


def _alone(sentence: Sentence, at: int) -> bool:
    """Whether a phrase has its clause to itself."""
    phrase = sentence.phrases[at]
    before = sentence.tokens[phrase.first - 1].is_mark if phrase.first else True
    after = sentence.tokens[phrase.last].is_mark if phrase.last < len(sentence.tokens) else True
    return before and after
