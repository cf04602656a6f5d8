"""What is done between two pictures: travelled where they show one scene, else a passage, and why."""

# ruff: noqa: PLR2004 - the numbers are thresholds that were tuned by looking
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kirin_video.engines.previs.between.kinship import Kinship, kinship
from kirin_video.engines.previs.between.passages import Passage
from kirin_video.engines.previs.between.shapes import Shape, likeness, resemblance, shape_of
from kirin_video.engines.previs.between.wording import (
    Wording,
    direction_asked,
    load_words,
    passage_asked,
    wording,
)
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.plan import Move, ShotPlan
from kirin_video.engines.previs.side_by_side import both

_ALIKE: Final = 0.58
_ALIKE_COLORS: Final = 42.0
"""Subjects whose colours differ more would be ghosts on the way: they are morphed only when asked."""
_BRIGHTER: Final = 62.0
_UNASKED: Final = 0.6
"""The energy of the push in that a plan has where its prompt says nothing of the camera."""

_BY_MOVE: Final[Mapping[Move, Passage]] = {
    Move.PUSH_IN: Passage.PUSH_THROUGH,
    Move.TRACK_FORWARD: Passage.PUSH_THROUGH,
    Move.PULL_OUT: Passage.PULL_THROUGH,
    **dict.fromkeys((Move.PAN_LEFT, Move.TRACK_LEFT, Move.ORBIT_LEFT), Passage.WHIP_LEFT),
    **dict.fromkeys((Move.PAN_RIGHT, Move.TRACK_RIGHT, Move.ORBIT_RIGHT), Passage.WHIP_RIGHT),
    **dict.fromkeys((Move.TILT_UP, Move.CRANE_UP), Passage.WHIP_UP),
    **dict.fromkeys((Move.TILT_DOWN, Move.CRANE_DOWN), Passage.WHIP_DOWN),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is done between two pictures.

    Attributes:
        kin: how they are related; None where they show different scenes, or the prompt wants a passage.
        passage: the passage; None where the camera travels.
        shapes: of both subjects; None where nothing depends on them.
        notes: what was chosen and why.
    """

    kin: Kinship | None
    passage: Passage | None
    shapes: tuple[Shape, Shape] | None
    notes: tuple[str, ...]


def choose(first: Rgb, last: Rgb, plan: ShotPlan, prompt: str) -> Choice:
    """Look at both pictures and the words, and choose.

    Args:
        first: the picture that opens the clip.
        last: the one that ends it, of the same size.
        plan: what was asked.
        prompt: its words.
    """
    words = load_words()
    told = wording(words, plan.language)
    asked = passage_asked(words, prompt)
    kin = kinship(first, last)
    if kin is not None and asked in {None, "morph"}:
        return Choice(kin, None, None, (told.notes["kin"].format(way=_way(kin, told)),))
    shapes: tuple[Shape, Shape] | None = None
    if asked == "whip":
        passage, why = _whip(plan, direction_asked(words, prompt)), "asked"
    elif asked is not None:
        passage, why = Passage(asked), "asked"
    elif (moved := _by_camera(plan)) is not None:
        passage, why = moved, "camera"
    else:
        shapes = both(lambda: shape_of(first), lambda: shape_of(last))
        passage, why = _by_look(first, last, shapes)
    if passage is Passage.MORPH and shapes is None:
        shapes = both(lambda: shape_of(first), lambda: shape_of(last))
    notes = list(_told(passage, why, shapes, told, is_kin=kin is not None))
    return Choice(None, passage, shapes, tuple(notes))


def _by_camera(plan: ShotPlan) -> Passage | None:
    """The passage that goes on with the camera's move; None where the prompt says nothing of one."""
    says_nothing = plan.move is Move.PUSH_IN and plan.energy == _UNASKED
    return None if says_nothing else _BY_MOVE.get(plan.move)


def _by_look(first: Rgb, last: Rgb, shapes: tuple[Shape, Shape]) -> tuple[Passage, str]:
    """What suits both pictures, and why."""
    if likeness(*shapes) > _ALIKE and resemblance(first, last, shapes) < _ALIKE_COLORS:
        return Passage.MORPH, "alike"
    if abs(float(first.mean()) - float(last.mean())) > _BRIGHTER:
        return Passage.LIGHT, "lit"
    return Passage.PUSH_THROUGH, "subject" if shapes[0].stands_out else "plain"


def _whip(plan: ShotPlan, pointed: str | None) -> Passage:
    """The whip in the direction of the camera's move, or where the words point, or as people read."""
    by_move = _BY_MOVE.get(plan.move)
    if by_move is not None and by_move.startswith("whip"):
        return by_move
    return Passage.WHIP_RIGHT if pointed is None else Passage(pointed)


def _told(
    passage: Passage, why: str, shapes: tuple[Shape, Shape] | None, told: Wording, *, is_kin: bool
) -> Iterator[str]:
    name = told.names[passage.value]
    if is_kin:
        yield told.notes["asked_kin"].format(passage=name)
    else:
        yield told.notes["other"].format(passage=name, why=told.notes[why])
    if shapes and passage is Passage.MORPH and not all(shape.stands_out for shape in shapes):
        yield told.notes["not_morphed"]


def _way(kin: Kinship, told: Wording) -> str:
    """The camera's way in words."""
    ways: list[str] = []
    if abs(kin.zoom - 1.0) > 0.04:
        inwards = kin.zoom > 1.0
        times = kin.zoom if inwards else 1.0 / kin.zoom
        ways.append(
            told.ways["in" if inwards else "out"].format(times=f"{times:.2f}".rstrip("0").rstrip("."))
        )
    for moved, names in zip(kin.shift, (("left", "right"), ("up", "down")), strict=True):
        if abs(moved) > 0.025:
            # what moves to the right is seen by a camera that goes to the left
            ways.append(told.ways[names[0] if moved > 0 else names[1]])
    if abs(kin.turn) > 1.0:
        ways.append(told.ways["turn"].format(degrees=round(abs(kin.turn))))
    return ", ".join(ways) or told.ways["still"]
