"""Who comes into footage, from a picture or from words: where they stand, and as large as they are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.footage.accompanying import Accompanying, beside
from kirin_video.engines.previs.footage.drawn import Figure, sprites
from kirin_video.engines.previs.footage.edits import Insert, Thing
from kirin_video.engines.previs.footage.following import subject_track
from kirin_video.engines.previs.footage.inserting import Insertion, Spot, Where, standing, staying
from kirin_video.engines.previs.footage.material import Material
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.passes import Pass
from kirin_video.engines.previs.footage.reframing import Center
from kirin_video.engines.previs.plan import Heading
from kirin_video.engines.previs.references.cutting import Cut

_PERSON_M: Final = 1.7
_PERSON: Final = 0.52
"""How tall somebody is in a frame that tells nothing of sizes."""
_SMALLEST, _LARGEST = 0.1, 0.85
_SIDES: Final = {"left": 0.27, "right": 0.73, "": 0.5}
_GROUND, _ALOFT = 0.93, 0.42
_STAYS: Final = 0.6  # of their height, that somebody may sway
_KEEPS_UP: Final = 0.8  # key frames over which a place that is taken is smoothed


class Comer(Protocol):
    """Somebody who can be put into footage."""

    def standing(self, material: Material, edit: Insert) -> Pass:
        """Put them where there is room, or where the prompt says."""
        ...

    def instead(self, material: Material, mattes: Mattes, thing: Thing) -> Pass:
        """Put them where something was."""
        ...


@dataclass(frozen=True, slots=True)
class PicturedComer:
    """Somebody cut out of a picture.

    Attributes:
        cut: who.
        tall_m: how tall the words say they are, metres; None where those tell nothing.
    """

    cut: Cut
    tall_m: float | None = None

    def standing(self, material: Material, edit: Insert) -> Pass:
        """Beside whom the prompt names, at their scale and on their way; else on the ground."""
        near = _near(material, edit) if edit.beside is not None or self.tall_m is not None else None
        if near is None:
            return Insertion(self.cut, standing(material.survey, edit.side), *material.size)
        center, their_m = near
        tall = _bounded(center(0)[2] * (self.tall_m or their_m) / their_m)
        width, height = material.size
        rows, columns = self.cut.alpha.shape
        spot = beside(center, edit.side, tall, tall * columns / rows * height / width)
        if _heading(center, material) is None:
            where, before = staying(material.survey, spot), material.standing_before()
            return Insertion(self.cut, where, width, height, before=before)
        return Insertion(self.cut, _along(center, spot), width, height, walks=True)

    def instead(self, material: Material, mattes: Mattes, thing: Thing) -> Pass:
        """Foot on foot; in their own sizes, where the words tell them."""
        center = subject_track(material.survey, mattes, material.shot.num_frames, _KEEPS_UP)
        where = _taking(center, _ratio(self.tall_m, thing))
        walks = _heading(center, material) is not None
        return Insertion(self.cut, where, *material.size, walks=walks)


@dataclass(frozen=True, slots=True)
class DrawnComer:
    """Somebody whom words describe.

    Attributes:
        figure: who.
    """

    figure: Figure

    def standing(self, material: Material, edit: Insert) -> Pass:
        """Beside whom the prompt names, or whoever is in the picture, at their scale."""
        near = _near(material, edit)
        if near is None or self.figure.flies:
            tall = _bounded(_PERSON * self.figure.tall_m / _PERSON_M)
            foot = _ALOFT if self.figure.flies else _GROUND
            x = 0.3 if self.figure.flies and not edit.side else _SIDES[edit.side]
            return _accompanying(self.figure, material, staying(material.survey, Spot(x, foot, tall)))
        center, their_m = near
        tall = _bounded(center(0)[2] * self.figure.tall_m / their_m)
        spot = beside(center, edit.side, tall, tall * 0.8)
        heading = _heading(center, material)
        if heading is None:
            where = staying(material.survey, spot)
            return _accompanying(self.figure, material, where, material.standing_before())
        return _accompanying(self.figure.going(heading), material, _along(center, spot))

    def instead(self, material: Material, mattes: Mattes, thing: Thing) -> Pass:
        """Foot on foot, in their own sizes; on its way where they were."""
        center = subject_track(material.survey, mattes, material.shot.num_frames, _KEEPS_UP)
        where = _taking(center, _ratio(self.figure.tall_m, thing))
        heading = _heading(center, material)
        figure = self.figure if heading is None else self.figure.going(heading)
        return _accompanying(figure, material, where)


def _near(material: Material, edit: Insert) -> tuple[Center, float] | None:
    """Beside whom somebody comes, where they are, and how tall they are in metres."""
    thing = edit.beside or Thing("", main=True)
    found = material.finder.find(thing)
    their_m = _height_m(thing)
    if found is None or their_m is None:
        return None
    return subject_track(material.survey, found.mattes, material.shot.num_frames), their_m


def _ratio(tall_m: float | None, thing: Thing) -> float:
    """How many times as tall as a thing somebody is who takes its place."""
    theirs = _height_m(thing)
    return min(max(tall_m / theirs, 0.35), 2.5) if tall_m and theirs else 1.0


def _accompanying(
    figure: Figure, material: Material, where: Where, before: Matting | None = None
) -> Accompanying:
    shot = material.shot
    tall_px = where(0).tall * shot.height
    painted = sprites(figure, seed=shot.seed, num_frames=shot.num_frames, tall_px=tall_px)
    return Accompanying(painted, where, material.size, before=before, walks=figure.walks)


def _heading(center: Center, material: Material) -> Heading | None:
    """Which way somebody goes across the ground; None where they stay."""
    survey, last = material.survey, material.shot.num_frames - 1
    width, height = survey.size
    x, y, tall = center(last)
    at = survey.to_first[last] @ np.array([x * width, y * height, 1.0])
    gone = float(at[0] / at[2]) - center(0)[0] * width
    if survey.num_takes > 1 or abs(gone) < _STAYS * tall * height:
        return None
    return Heading.RIGHT if gone > 0 else Heading.LEFT


def _along(center: Center, spot: Spot) -> Where:
    """A place beside somebody on their way."""
    x0, _, tall0 = center(0)

    def where(index: int) -> Spot:
        x, y, _ = center(index)
        return Spot(x + spot.x - x0, y + tall0 / 2, spot.tall)

    return where


def _height_m(thing: Thing) -> float | None:
    """How tall a thing is by its name; None where that tells nothing."""
    kind = catalogue().get(thing.kind or "")
    if kind is not None:
        return kind.height_m
    return _PERSON_M if thing.main else None


def _bounded(tall: float) -> float:
    return min(max(tall, _SMALLEST), _LARGEST)


def _taking(center: Center, ratio: float) -> Where:
    """Where something was, foot on foot."""

    def where(index: int) -> Spot:
        x, y, tall = center(index)
        return Spot(x, y + tall / 2, tall * ratio)

    return where
