"""Finding what an instruction names: by the colour it has, the region it is, or as what stands out."""

# ruff: noqa: PLR2004 - thresholds that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.edits import Region, Thing
from kirin_video.engines.previs.footage.mattes import (
    Mattes,
    colored_mattes,
    on_side,
    subject_mattes,
    whole_of,
)
from kirin_video.engines.previs.footage.passing import without_passing
from kirin_video.engines.previs.footage.persons import close_person, part_mattes, standing_person
from kirin_video.engines.previs.footage.regions import region_mattes
from kirin_video.engines.previs.footage.survey import Rgb, Survey
from kirin_video.engines.previs.photo.superpixels import lab_of
from kirin_video.engines.previs.plan import Color

Plane = NDArray[np.float32]

_COLORLESS: Final = 11.0  # chroma in CIE Lab below which a colour is a grey
_HUES: Final = {
    Region.GRASS: "#5a8f3a",
    Region.LEAVES: "#4c7a35",
    Region.WATER: "#3a78b0",
}
_OF_A_PERSON: Final = frozenset({Region.HAIR, Region.FACE, Region.HEAD})
_SAME: Final = 0.4
_COVERED: Final = 0.8
_APART: Final = 0.1
_PART: Final = 0.6
_MOST: Final = 2.5
_UPRIGHT: Final = 0.8
_LYING: Final = frozenset({"car", "truck", "bus", "train", "tram", "boat", "ship", "plane", "airplane"})
_FIXED: Final = frozenset(
    {"lamp", "street_lamp", "lantern", "tree", "bench", "table", "chair", "sofa", "bed", "sign", "house"}
)
_SKIN: Final = (45.0, 62.0)  # degrees of hue in CIE Lab that most skin has, whatever its depth


@dataclass(frozen=True, slots=True)
class Found:
    """A thing in the footage.

    Attributes:
        mattes: where it is.
        lab: its colour, CIE Lab.
        by_color: whether its colour, rather than its outline, tells it from what is around it.
        guessed: whether it was taken to be what stands out most, for want of a better sign.
    """

    mattes: Mattes
    lab: tuple[float, float, float]
    by_color: bool
    guessed: bool


class Finder:
    """Finds things in one piece of footage.

    Args:
        survey: the first look through it.
    """

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._subject: Mattes | None = None
        self._every: Mattes | None = None
        self._regions: dict[Region, Mattes | None] = {}
        self._person: Mattes | None = None
        self._close: Mattes | None = None
        self._looked = False

    @property
    def subject(self) -> Mattes | None:
        """Whoever is seen close, what moves, or what stands out; None where nothing does."""
        if not self._looked:
            self._subject, self._looked = self._main_thing(), True
        return self._subject

    def _main_thing(self) -> Mattes | None:
        every = subject_mattes(self._survey)
        found = without_passing(self._survey, every) if every is not None else None
        self._every = every if found is not None else None
        close = self._close = close_person(self._survey)
        if close is None or found is None:
            return close or found
        if _shared(found, close) <= _SAME:
            return close
        # Motion alone tears faces that hardly move into pieces; of what is no face it covers next to nothing.
        return close if _APART < _shared(close, found) <= _COVERED else found

    @property
    def person(self) -> Mattes | None:
        """Somebody: what moves, or whoever is told by an upright outline; what stands out, failing both."""
        if self.subject is not None and (self.subject.by_motion or self._is_close()):
            return self.subject
        if self._person is None:
            self._person = standing_person(self._survey)
        return self._person or self.subject

    def _is_close(self) -> bool:
        return self._close is not None and self._subject is self._close

    def find(self, thing: Thing) -> Found | None:
        """Where a thing is; None where it was not found."""
        if thing.region in _OF_A_PERSON:
            found = self._part(str(thing.region))
        elif thing.region is not None:
            found = self._by_region(thing)
        elif thing.garment and thing.color is None:
            found = self._part(thing.garment)
        else:
            found = self._by_color(thing) or self._as_subject(thing)
        if found is None or not thing.side:
            return found
        part = on_side(found.mattes, thing.side)
        return Found(part, found.lab, found.by_color, found.guessed) if part is not None else None

    def find_whole(self, thing: Thing) -> Found | None:
        """The same, with those parts of it that have other colours: a car's windows and wheels."""
        found = self.find(thing)
        if found is None or not found.by_color or thing.kind is None or thing.worn:
            return found
        mattes = whole_of(self._survey, found.mattes)
        subject = self.moving
        if (
            subject is not None
            and _shared(found.mattes, subject) > _PART
            and subject.area < _MOST * mattes.area
        ):
            mattes = Mattes(
                tuple(np.maximum(a, b) for a, b in zip(mattes.masks, subject.masks, strict=True)),
                by_motion=True,
            )
        return Found(mattes, found.lab, found.by_color, found.guessed)

    def _by_region(self, thing: Thing) -> Found | None:
        if thing.region is None:
            return None
        if thing.region in {Region.SKY, Region.GROUND, Region.WALL}:
            mattes = self.region(thing.region)
            return self._made(mattes, by_color=False) if mattes is not None else None
        red, green, blue = bytes.fromhex(_HUES[thing.region][1:])
        color = thing.color or Color(thing.region, (red, green, blue))
        masks = [likeness(color, key.rgb) for key in self._survey.keys]
        if float(np.mean([mask.mean() for mask in masks])) < 0.004:
            return None
        return self._made(Mattes(tuple(masks), by_motion=False), by_color=True)

    def _part(self, part: str) -> Found | None:
        """Something of a person's."""
        if self.person is None:
            return None
        mattes = part_mattes(self._survey, self.person, part)
        return self._made(mattes, by_color=False) if mattes is not None else None

    @property
    def moving(self) -> Mattes | None:
        """The subject, where motion tells it."""
        return self.subject if self.subject is not None and self.subject.by_motion else None

    def region(self, region: Region) -> Mattes | None:
        """The sky, the ground or the wall; looked for once."""
        if region not in self._regions:
            self._regions[region] = region_mattes(self._survey, region, self.moving)
        return self._regions[region]

    def looked_for(self, thing: Thing) -> str:
        """The name of the note that says by what signs a thing was looked for."""
        if thing.garment or thing.region in _OF_A_PERSON:
            return "by_part"
        if thing.region is not None:
            return "by_region"
        return "by_color" if thing.color is not None else "by_motion"

    def seen(self) -> list[str]:
        """The names of what there is in the footage, for a note."""
        found = ["saw_motion" if self.subject.by_motion else "saw_contrast"] if self.subject else []
        if self.region(Region.SKY) is not None:
            found.append("saw_sky")
        plants = self._by_region(Thing("", region=Region.GRASS))
        return [*found, "saw_grass"] if plants is not None else found

    def _by_color(self, thing: Thing) -> Found | None:
        if thing.color is None:
            return None
        within = self.subject if thing.worn or thing.main else None
        mattes = colored_mattes(self._survey, partial(likeness, thing.color), within)
        if mattes is None:
            return None
        return self._made(mattes, by_color=True)

    def _as_subject(self, thing: Thing) -> Found | None:
        subject = self.person if thing.main or thing.kind == "person" else self.subject
        if thing.plural and self._every is not None:
            subject = self._every
        if subject is None or thing.color is not None:
            return None
        if thing.kind in _LYING and _aspect(subject) < _UPRIGHT:
            return None  # what stands out is too tall to be one
        if thing.kind in _FIXED and subject.by_motion:
            return None  # what stands out moves
        found = self._made(subject, by_color=False)
        share, lab = self._main_color(subject, thing)
        if (thing.worn or share > 0.5) and np.hypot(lab[1], lab[2]) > _COLORLESS:
            return Found(subject, lab, by_color=True, guessed=True)
        return Found(subject, found.lab, by_color=False, guessed=not thing.main)

    def _main_color(self, mattes: Mattes, thing: Thing) -> tuple[float, tuple[float, float, float]]:
        """The colour that most of a thing has, skin left out, and its share of it."""
        pixels = self._pixels(mattes)
        hue = np.degrees(np.arctan2(pixels[:, 2], pixels[:, 1]))
        chroma = np.hypot(pixels[:, 1], pixels[:, 2])
        skin = (
            (hue > _SKIN[0] - 14)
            & (hue < _SKIN[1] + 14)
            & (chroma > 12)
            & (chroma < 48)
            & (pixels[:, 0] > 25)
        )
        clothes = pixels[~skin] if thing.worn and (~skin).mean() > 0.15 else pixels
        cv2.setRNGSeed(5)
        criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
        count = min(3, len(clothes))
        _, labels, centers = cv2.kmeans(clothes, count, np.empty((0,)), criteria, 2, cv2.KMEANS_PP_CENTERS)
        sizes = np.bincount(np.asarray(labels).ravel(), minlength=count)
        best = int(sizes.argmax())
        lightness, a, b = (float(value) for value in np.asarray(centers)[best])
        return float(sizes[best] / sizes.sum()), (lightness, a, b)

    def _pixels(self, mattes: Mattes) -> Plane:
        """Some of the thing's pixels, CIE Lab, float32, (n, 3)."""
        picked = [
            lab_of(key.rgb)[mask > 0.8] for key, mask in zip(self._survey.keys, mattes.masks, strict=True)
        ]
        pixels = np.concatenate(picked)
        if not len(pixels):
            pixels = np.concatenate([lab_of(key.rgb).reshape(-1, 3) for key in self._survey.keys[:1]])
        return np.ascontiguousarray(pixels[:: max(1, len(pixels) // 6000)], np.float32)

    def _made(self, mattes: Mattes, *, by_color: bool) -> Found:
        middle = np.median(self._pixels(mattes), axis=0)
        return Found(mattes, (float(middle[0]), float(middle[1]), float(middle[2])), by_color, guessed=False)


def _shared(one: Mattes, other: Mattes) -> float:
    """How much of the first lies in the second, 0 to 1."""
    inside = sum(float((a * b).sum()) for a, b in zip(one.masks, other.masks, strict=True))
    return inside / max(sum(float(mask.sum()) for mask in one.masks), 1.0)


def _aspect(mattes: Mattes) -> float:
    """How many times wider than tall a thing is."""
    shapes: list[float] = []
    for mask in mattes.masks:
        rows, columns = np.nonzero(mask > 0.5)
        if len(rows) > 20:
            shapes.append(float(np.ptp(columns) + 1) / float(np.ptp(rows) + 1))
    return float(np.median(shapes)) if shapes else 1.0


def likeness(color: Color, rgb: Rgb) -> Plane:
    """How well a small picture's pixels fit a colour's name, whatever the light: 0 to 1, float32, (h, w)."""
    lab = np.asarray(cv2.GaussianBlur(lab_of(rgb), (0, 0), 0.8), np.float32)
    lightness, a, b = (float(value) for value in lab_of(np.array([[color.rgb]], np.uint8))[0, 0])
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    if np.hypot(a, b) < _COLORLESS:
        apart = np.abs(lab[..., 0] - lightness)
        return (((26.0 - apart) / 12.0).clip(0, 1) * ((16.0 - chroma) / 6.0).clip(0, 1)).astype(np.float32)
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    apart = np.abs((hue - np.degrees(np.arctan2(b, a)) + 180.0) % 360.0 - 180.0)
    strong = ((chroma - 12.0) / 12.0).clip(0, 1)
    return (((34.0 - apart) / 14.0).clip(0, 1) * strong).astype(np.float32)
