"""Somebody of the footage drawn anew, in the colours worn there, for deeds that a cut-out cannot do.

A cut-out has the one pose that it was found in: it walks and sways, but bends no knees and lifts no hands.
"""

# ruff: noqa: PLR2004 - shares of a person's height and of CIE Lab that were tuned by looking
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.plan import Action, Color, Garment, PartColor, ShotPlan, SubjectPlan, Wear
from kirin_video.engines.previs.references.cutting import Cut

Pixels = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

_AS_CUT: Final = frozenset(
    {
        Action.IDLE, Action.STAND, Action.LOOK, Action.WALK, Action.SNEAK, Action.RUN, Action.JUMP,
        Action.TURN, Action.SPIN, Action.STOP, Action.DANCE, Action.SWAY, Action.SPEAK, Action.SING,
        Action.LAUGH, Action.CRY, Action.FLY, Action.FLOAT, Action.HOVER,
    }
)  # fmt: skip
"""What somebody cut out of a picture can do."""
_FEWEST: Final = 24
"""Pixels, of which fewer tell no colour."""
_ALIKE: Final = 20.0
"""Colours that differ by no more, lightness counted half, are of one cloth."""
_BARE: Final = 0.16
"""So much skin where sleeves would be means that there are none; on legs, so many times as much."""
_LEGS_BARE: Final = 3.0
_BRIGHT, _MOST_GAIN = 0.62, 1.7
"""How bright the brightest cloth is by day, and how much colours seen in shade are brightened for that."""
_HEAD, _FACE, _TRUNK, _LAP, _SHINS, _FEET = (
    (0.0, 0.055), (0.05, 0.125), (0.20, 0.42), (0.52, 0.62), (0.83, 0.93), (0.955, 1.0)
)  # fmt: skip
"""Where parts of somebody upright are, as shares of the height from the top."""
_FINGERS, _HANDS, _UPPER = (0.0, 0.035), (0.035, 0.12), (0.06, 0.2)
"""Where hands, arms and the head are of who raises them, as shares of that height."""
_NARROW: Final = 0.4
"""Of an upright head the uppermost part is wider than so much of what is below it."""
_LOCKS: Final = 0.14, 0.21
_HALF: Final = 0.52
"""So much of somebody a picture shows that cuts him off below."""


@dataclass(frozen=True, slots=True)
class Double:
    """Who plays somebody of the footage.

    Attributes:
        kind: as plans call it.
        words: the prompt's words for whom.
        colors: of hair and skin.
        wears: what the footage shows.
        traits: what else it shows.
    """

    kind: str
    words: str
    colors: tuple[PartColor, ...]
    wears: tuple[Wear, ...]
    traits: tuple[str, ...] = ()

    def playing(self, plan: ShotPlan) -> ShotPlan:
        """The plan with him in these colours; what the prompt says of them itself holds."""
        at = next(
            (k for k, s in enumerate(plan.subjects) if (s.kind, s.words) == (self.kind, self.words)), None
        )
        if at is None:
            return plan
        subject = plan.subjects[at]
        told = {color.part for color in subject.colors}
        dressed = replace(
            subject,
            colors=(*subject.colors, *(c for c in self.colors if c.part not in told)),
            wears=subject.wears or (() if "body" in told else self.wears),
            traits=(*subject.traits, *self.traits),
        )
        return replace(plan, subjects=(*plan.subjects[:at], dressed, *plan.subjects[at + 1 :]))


def needs_a_body(plan: ShotPlan, who: SubjectPlan) -> bool:
    """Whether a person does what only a whole body can do.

    Args:
        plan: of the shot.
        who: one of its subjects.
    """
    row = catalogue().get(who.kind)
    if row is None or row.family is not Family.PERSON:
        return False
    at = plan.subjects.index(who)
    later = (act.action for beat in plan.beats for act in beat.acts if act.subject == at)
    return not {who.action, *who.also, *later} <= _AS_CUT


def double_of(who: SubjectPlan, cut: Cut) -> Double:
    """Read off a cut-out what somebody wears, and his colours.

    Args:
        who: as the plan has it.
        cut: whom the footage shows, upright.
    """
    seen = _Seen(cut)
    skin = seen.colour(_FACE, skin=True)
    raised = seen.arms_raised()
    hair = seen.colour(_UPPER if raised else _HEAD, skin=False) or seen.colour(_HEAD)
    named = (("skin", skin), ("hair", hair))
    colors = tuple(PartColor(part, _named(rgb)) for part, rgb in named if rgb is not None)
    long_hair = hair is not None and seen.share(_LOCKS, hair) > 0.12
    bare_arms = seen.bare(_HANDS if raised else _TRUNK) > _BARE
    wears = tuple(_worn(seen, female=who.gender != "male", bare_arms=bare_arms))
    return Double(who.kind, who.words, colors, wears, ("long hair",) if long_hair else ())


class _Seen:
    """A cut-out, part by part."""

    def __init__(self, cut: Cut) -> None:
        inside = cut.alpha > 0.6
        rows = np.flatnonzero(inside.any(axis=1))
        first, last = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 1)
        self._rgb, self._inside = cut.rgb[first:last], inside[first:last]
        self._lab = _lab(self._rgb)
        self._skin = _skin(self._rgb)
        self._tall = (last - first) / (_HALF if cut.cropped else 1.0)
        bright = float(np.quantile(self._rgb[self._inside].max(axis=1), 0.9)) / 255.0 if len(rows) else 1.0
        self._gain = float(np.clip(_BRIGHT / max(bright, 0.05), 1.0, _MOST_GAIN))

    def _part(self, part: tuple[float, float]) -> slice:
        return slice(
            round(part[0] * self._tall), max(round(part[1] * self._tall), round(part[0] * self._tall) + 1)
        )

    def colour(self, part: tuple[float, float], *, skin: bool | None = None) -> tuple[int, int, int] | None:
        """The colour of a part; of what is skin there, or of what is not; None where too little is seen."""
        at = self._part(part)
        among = self._inside[at]
        if skin is not None:
            among = among & (self._skin[at] == skin)
        if int(among.sum()) < _FEWEST:
            return None
        # What most of it is like, not a mean of cloth, skin and ground.
        lab = self._lab[at][among]
        near = np.abs(lab - np.median(lab, axis=0)).sum(axis=1)
        red, green, blue = np.median(self._rgb[at][among][near <= np.median(near)], axis=0).tolist()
        gain = self._gain
        return round(min(gain * red, 255.0)), round(min(gain * green, 255.0)), round(min(gain * blue, 255.0))

    def arms_raised(self) -> bool:
        """Whether hands are above the head: what is on top is narrow beside what is below it."""
        wide = self._inside.sum(axis=1)
        top = wide[self._part(_FINGERS)]
        return bool(len(top)) and float(np.median(top)) < _NARROW * float(wide[self._part(_HANDS)].max())

    def bare(self, part: tuple[float, float]) -> float:
        """How much of a part is skin."""
        at = self._part(part)
        among = self._inside[at]
        return float(self._skin[at][among].mean()) if among.any() else 0.0

    def share(self, part: tuple[float, float], rgb: tuple[int, int, int]) -> float:
        """How much of a part is of a colour."""
        at = self._part(part)
        lab = self._lab[at][self._inside[at]]
        return float((_apart(lab, _lab_of(rgb, 1.0 / self._gain)) < _ALIKE).mean()) if len(lab) else 0.0


def _worn(seen: _Seen, *, female: bool, bare_arms: bool) -> Iterator[Wear]:
    """Garments that come nearest to what is seen, outermost first."""
    trunk = seen.colour(_TRUNK, skin=False)
    if trunk is None:
        return
    lap, shins = seen.colour(_LAP, skin=False), seen.colour(_SHINS, skin=False)
    bare_legs = seen.bare(_SHINS) > _LEGS_BARE * _BARE
    long = (
        lap is not None
        and _same(trunk, lap)
        and not (shins is not None and not bare_legs and _same(trunk, shins))
    )
    if long:
        yield Wear(Garment.DRESS if female and bare_arms else Garment.COAT, _named(trunk))
    else:
        yield Wear(Garment.T_SHIRT if bare_arms else Garment.SWEATER, _named(trunk))
    if lap is not None and not long:
        below = (Garment.SKIRT if female else Garment.SHORTS) if bare_legs else Garment.TROUSERS
        yield Wear(below, _named(lap))
    elif long and not bare_legs and shins is not None and not (female and bare_arms):
        yield Wear(Garment.TROUSERS, _named(shins))
    shoes = seen.colour(_FEET, skin=False)
    if shoes is not None:
        yield Wear(Garment.SHOES, _named(shoes))


def _named(rgb: tuple[int, int, int]) -> Color:
    return Color("as in the video", rgb)


def _same(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return bool(_apart(_lab_of(one)[None], _lab_of(other))[0] < _ALIKE)


def _apart(lab: Floats, other: Floats) -> Floats:
    """How much colours differ from one, shade and light counted half."""
    return np.linalg.norm((lab - other) * (0.5, 1.0, 1.0), axis=-1)


def _lab_of(rgb: tuple[int, int, int], gain: float = 1.0) -> Floats:
    pixel = np.array([[[min(round(gain * c), 255) for c in rgb]]], np.uint8)
    return _lab(pixel)[0, 0]


def _lab(rgb: Pixels) -> Floats:
    """CIE Lab of sRGB pixels."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / np.float32(255.0), cv2.COLOR_RGB2LAB), np.float64)


def _skin(rgb: Pixels) -> Flags:
    """What has a hue and a depth of colour as skin has; red hair and orange cloth are deeper."""
    hsv = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV), np.float32)
    hue, depth, light = 2.0 * hsv[..., 0], hsv[..., 1] / 255.0, hsv[..., 2] / 255.0
    return ((hue < 42.0) | (hue > 350.0)) & (depth > 0.14) & (depth < 0.62) & (light > 0.2)
