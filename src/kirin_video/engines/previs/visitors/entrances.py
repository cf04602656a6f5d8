"""Where each visitor comes into the picture, where it stays, and how large it is there."""

# ruff: noqa: PLR2004 - the numbers are shares of the frame that were tuned by looking
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.catalogue import Realm
from kirin_video.engines.previs.photo.guest import Ground
from kirin_video.engines.previs.photo.picture import working_copy
from kirin_video.engines.previs.plan import Action, Heading, RelationKind, SubjectPlan
from kirin_video.engines.previs.references.figure import Figure
from kirin_video.engines.previs.references.foreground import lacks_ground
from kirin_video.engines.previs.references.views import Side, View

_EYE_M: Final = 1.6
"""The height a photograph is usually taken from: by it the horizon tells sizes."""
_SMALLEST, _TALLEST, _USUAL = 0.16, 0.74, 0.5
_LEAST_NEAR: Final = 0.27
"""Who comes in and is not far away is at least so tall, or nobody would see it."""
_BEFORE_CROWNS: Final = (1.1, 0.5)
"""Foot and height of who comes into a picture that shows no ground: close by, its feet out of sight."""
_FRONT_FOOT, _BACK_FOOT, _FLIGHT = 0.95, 0.72, 0.45
_BUST: Final = 0.62
_PLACES: Final = (0.28, 0.72, 0.5, 0.16, 0.84)
_CROSSING: Final = frozenset({RelationKind.THROUGH, RelationKind.PAST, RelationKind.OVER})
_ALOFT: Final = frozenset({Action.FLY, Action.GLIDE, Action.HOVER, Action.TAKE_OFF, Action.LAUNCH})
_FROM: Final = {
    1.0: re.compile(r"\bfrom (?:the )?left\b|从左|自左"),
    -1.0: re.compile(r"\bfrom (?:the )?right\b|从右|自右"),
}
_ON: Final = {
    0.26: re.compile(r"\b(?:on|to|at) the left\b|在左|左边"),
    0.74: re.compile(r"\b(?:on|to|at) the right\b|在右|右边"),
}
_THROUGH: Final = re.compile(r"\b(?:across|through|past|by)\b|穿过|走过|经过|跑过|飞过")
_FAR: Final = re.compile(r"\b(?:far (?:away|off)|in the (?:distance|background)|distant)\b|远处|远方|背景里")
_FAR_FOOT: Final = 0.16
"""So far below the horizon somebody far away stands, of the height."""
_BEHIND: Final = re.compile(r"\bbehind\b|后面|背后|身后")


@dataclass(frozen=True, slots=True)
class Entrance:
    """A visitor's part; lengths are shares of the frame's width or height.

    Attributes:
        figure: who.
        action: what it does on its way, or where it is.
        side: 1.0 where it comes from the left, -1.0 from the right; 0.0 where it appears.
        place: where its middle comes to be, of the width; beyond the frame where it goes through.
        foot: where it stands, of the height.
        tall: its height, of the frame's.
        near: its disparity.
        aloft: whether it flies.
        turns_to: the view it turns to where it comes to stand; None stays as it comes.
    """

    figure: Figure
    action: Action
    side: float
    place: float
    foot: float
    tall: float
    near: float
    aloft: bool
    turns_to: View | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who comes.

    Attributes:
        figure: its body.
        subject: what the plan says of it; None where it says nothing.
        words: the prompt's words about it.
        views: what its pictures show.
    """

    figure: Figure
    subject: SubjectPlan | None
    words: str
    views: tuple[View, ...] = ()


def entrances(visitors: Sequence[Visitor], ground: Ground) -> list[Entrance]:
    """The parts of all visitors, each at a place of its own.

    Args:
        visitors: who comes.
        ground: the picture they come into.
    """
    free = _free_places(ground.subject)
    found: list[Entrance] = []
    for number, visitor in enumerate(visitors):
        wished = next((at for at, pattern in _ON.items() if pattern.search(visitor.words)), None)
        found.append(_entrance(visitor, wished or free[number % len(free)], ground))
    return found


def _entrance(visitor: Visitor, place: float, ground: Ground) -> Entrance:
    figure, subject, words = visitor.figure, visitor.subject, visitor.words
    action = Action.IDLE if subject is None else subject.action
    goes = figure.motion.pace(action) > 0.0
    relations = () if subject is None else subject.relations
    kinds = frozenset(relation.kind for relation in relations)
    aloft = action in _ALOFT or figure.likeness.kind.realm is Realm.AIR
    behind = RelationKind.BEHIND in kinds or bool(_BEHIND.search(words))
    side = _side(subject, words, place) if goes else 0.0
    if goes and (kinds & _CROSSING or _THROUGH.search(words)):
        place = 1.3 if side > 0 else -0.3
    lacks = not aloft and lacks_ground(working_copy(ground.rgb), ground.leaves)
    foot, tall = _standing(figure, ground, behind=behind, far=bool(_FAR.search(words)), lacks=lacks)
    if figure.hangs:
        foot, tall = 1.02, max(tall, _BUST)
    near = _disparity(ground, foot)
    if behind:
        near = min(near, ground.subject_near - 0.02)
    elif ground.subject.any():
        near = max(near, ground.subject_near + 0.02)
    if aloft:
        foot = min(foot, _FLIGHT)
    stays = goes and 0.0 <= place <= 1.0
    return Entrance(
        figure, action, side, place, foot, tall, near, aloft, _front_of(visitor) if stays else None
    )


def _front_of(visitor: Visitor) -> View | None:
    """The front of who comes in from the side, where a picture shows it."""
    if visitor.figure.view.side is not Side.SIDE or not visitor.figure.likeness.alive:
        return None
    return next((view for view in visitor.views if view.side is Side.FRONT and not view.cut.cropped), None)


def _side(subject: SubjectPlan | None, words: str, place: float) -> float:
    """Which way it goes: as the words say, else from the border that is nearer to its place."""
    for side, pattern in _FROM.items():
        if pattern.search(words):
            return side
    heading = None if subject is None else subject.heading
    if heading in {Heading.LEFT, Heading.RIGHT}:
        return 1.0 if heading is Heading.RIGHT else -1.0
    return 1.0 if place <= 0.5 else -1.0


def _standing(figure: Figure, ground: Ground, *, behind: bool, far: bool, lacks: bool) -> tuple[float, float]:
    """Foot and height: where a horizon shows, what it tells of size; else a modest one."""
    high = figure.body.height_m
    foot = _BACK_FOOT if behind or far else _FRONT_FOOT
    if ground.horizon is not None and ground.horizon < 0.8:
        foot = ground.horizon + _FAR_FOOT if far else max(foot, ground.horizon + 0.12)
        tall = high / _EYE_M * (foot - ground.horizon)
    else:
        tall = _USUAL * (high / 1.7) ** 0.4 * (0.45 if far else 0.8 if behind else 1.0)
    if lacks and not (behind or far):
        foot, least = _BEFORE_CROWNS
        return foot, float(np.clip(tall, least, _TALLEST))
    return foot, float(np.clip(tall, _SMALLEST if behind or far else _LEAST_NEAR, _TALLEST))


def _disparity(ground: Ground, foot: float) -> float:
    row = min(int(foot * ground.land.shape[0]), ground.land.shape[0] - 1)
    return float(ground.land[row].mean())


def _free_places(subject: NDArray[np.bool_]) -> list[float]:
    """Places to be, those first that hide least of the picture's own subject."""
    if not subject.any():
        return list(_PLACES)
    covered = subject.mean(axis=0)
    width = len(covered)

    def hidden(place: float) -> float:
        left, right = (int(np.clip((place + by) * width, 0, width)) for by in (-0.13, 0.13))
        return float(covered[left:right].mean())

    return sorted(_PLACES, key=lambda place: round(hidden(place), 2))
