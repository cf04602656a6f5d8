"""Somebody whom words alone describe, drawn by this engine with nothing around them but their shadow.

Every frame is painted before white and before black paper: what differs between the two is paper, so that
cover and colour follow exactly, whatever the colours are (triangulation matting, Smith and Blinn 1996).
"""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.catalogue import Family, Realm, catalogue
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.plan import (
    Action,
    Framing,
    Heading,
    Mood,
    Move,
    Setting,
    ShotPlan,
    ShotSize,
    Style,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.takes import prospects

if TYPE_CHECKING:
    from kirin_video.engines.previs.gl.painter import Painter

Bytes = NDArray[np.uint8]

_ASPECT: Final = 1.25
_SHARE: Final = 0.6
"""Of the picture it is painted in, that a figure is about as tall as."""
_SMALLEST, _TALLEST = 160, 480
_FINER: Final = 2
"""Painted so many times larger than shown: that is what smooths the outline."""
_BLACK, _WHITE = 2, 252
_LEGS: Final = frozenset({Family.QUADRUPED, Family.PERSON, Family.BIRD, Family.CREATURE})
_IDLE: Final = frozenset({Action.IDLE, Action.STAND, Action.WALK, Action.RUN})
_SOLID: Final = np.float32(0.62)
_EDGE: Final = 0.1  # of the width, over which a shadow ends before its sprite does


@dataclass(frozen=True, slots=True)
class Sprite:
    """One frame of a figure.

    Attributes:
        rgb: its colours, times how much of each pixel it covers, uint8, (h, w, 3).
        alpha: how much it covers; the shadow as well, which is black, uint8, (h, w).
    """

    rgb: Bytes
    alpha: Bytes


@dataclass(frozen=True, slots=True)
class Figure:
    """Who is drawn.

    Attributes:
        subject: as the words describe it.
        plan: the studio it stands in.
        tall_m: how tall it is, metres.
        flies: whether it is at home in the air.
        walks: whether it goes along, the camera beside it.
    """

    subject: SubjectPlan
    plan: ShotPlan
    tall_m: float
    flies: bool
    walks: bool = False

    def going(self, heading: Heading) -> Figure:
        """The same on its way, where it has legs and the words let it do nothing else."""
        legs = catalogue()[self.subject.kind].family in _LEGS and not self.flies
        if not legs or self.subject.action not in _IDLE:
            return self
        subject = replace(self.subject, action=Action.WALK, heading=heading)
        move = Move.TRACK_RIGHT if heading is Heading.RIGHT else Move.TRACK_LEFT
        return replace(
            self, subject=subject, plan=replace(self.plan, subjects=(subject,), move=move), walks=True
        )


def figure_of(words: str, seed: int) -> Figure | None:
    """Whom words describe; None where they name nobody that can be drawn."""
    plan = read_plan(words, seed=seed)
    kinds = catalogue()
    subject = next((one for one in plan.subjects if one.kind in kinds and not one.scenery), None)
    if subject is None:
        return None
    kind = kinds[subject.kind]
    alone = replace(subject, relations=(), enters=0, spot=None)
    size = ShotSize.FULL if kind.realm is not Realm.AIR else None
    studio = ShotPlan(
        setting=Setting.STUDIO,
        time=TimeOfDay.DAY,
        weather=Weather.CLEAR,
        move=Move.STILL,
        subjects=(alone,),
        mood=Mood.NEUTRAL,
        style=Style.NATURAL,
        framing=Framing(size=size),
    )
    return Figure(alone, studio, kind.height_m * subject.size, kind.realm is Realm.AIR)


def sprites(figure: Figure, *, seed: int, num_frames: int, tall_px: float) -> Generator[Sprite]:
    """Paint a figure, frame by frame.

    Args:
        figure: who.
        seed: what makes it different from others.
        num_frames: how many, at 24 a second.
        tall_px: about how tall it will be shown.

    Raises:
        TaskFailure: GENERATION_FAILED when this machine cannot draw.
    """
    prepare_jit_cache()
    from kirin_video.engines.previs.gl.context import open_context  # noqa: PLC0415 - brings OpenGL
    from kirin_video.engines.previs.gl.painter import Painter  # noqa: PLC0415

    rows = round(min(max(tall_px / _SHARE, _SMALLEST), _TALLEST)) * _FINER
    size = round(rows * _ASPECT), rows
    ((prospect, _),) = prospects(figure.plan, seed=seed, aspect=_ASPECT, num_frames=num_frames)
    papers = [_before(prospect, code) for code in (_BLACK, _WHITE)]
    context = open_context(len(os.sched_getaffinity(0)))
    try:
        empty = [Painter(context, _deserted(paper), *size) for paper in papers]
        behind = [_painted(painter, 0, size) for painter in empty]
        dark, light = (Painter(context, paper, *size) for paper in papers)
        for index in range(num_frames):
            yield _parted(_painted(dark, index, size), _painted(light, index, size), *behind)
    finally:
        context.release()


def _before(prospect: Prospect, code: int) -> Prospect:
    """The same before paper of one grey, and nothing else around."""
    paper = prospect.scene.parts[0]
    colors = paper.mesh.colors.copy()
    colors[:, :3] = code
    part = replace(paper, mesh=replace(paper.mesh, colors=colors))
    return replace(prospect, scene=replace(prospect.scene, parts=(part,)))


def _deserted(prospect: Prospect) -> Prospect:
    return replace(prospect, scene=replace(prospect.scene, actors=()))


def _painted(painter: Painter, index: int, size: tuple[int, int]) -> Bytes:
    """A frame at the size it is shown, the upper row first: uint8, (h, w, 3)."""
    width, height = size
    pixels = np.empty((height, width, 4), np.uint8)
    painter.draw(index)
    painter.read_into(pixels)
    shown = cv2.resize(pixels, (width // _FINER, height // _FINER), interpolation=cv2.INTER_AREA)
    return np.asarray(shown, np.uint8)[::-1, :, :3]


def _parted(dark: Bytes, light: Bytes, black: Bytes, white: Bytes) -> Sprite:
    """What is before the paper, from how it looks before both papers and how they look alone."""
    whole = (white.astype(np.float32) - black).sum(axis=2)
    shown = (light.astype(np.float32) - dark).sum(axis=2)
    through = (shown / np.maximum(whole, np.float32(1))).clip(0, 1)
    rgb = (dark - through[..., None] * black).clip(0, 255)
    cover = 1 - through
    columns = np.arange(whole.shape[1], dtype=np.float32)
    inside = (np.minimum(columns, columns[::-1]) / (_EDGE * whole.shape[1])).clip(0, 1)
    cover = np.asarray(np.where(cover < _SOLID, cover * inside, cover), np.float32)
    return Sprite((rgb + 0.5).astype(np.uint8), (cover * 255 + 0.5).astype(np.uint8))
