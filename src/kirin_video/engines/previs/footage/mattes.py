"""Who is who in footage: the mask of its subject, or of a coloured thing, at every key frame.

Nothing here knows what a person or a dog is. Things are told apart by motion (what does not agree with the
other key frames once the camera's own motion is taken out), by colour, and by contrast to their surroundings;
what is found is then made consistent over time by colours learnt from all key frames together.
"""

# ruff: noqa: PLR2004 - thresholds that were tuned by looking
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.agreeing import agreed, carried_on
from kirin_video.engines.previs.footage.behind import Behind, backgrounds, difference
from kirin_video.engines.previs.footage.changing import changing
from kirin_video.engines.previs.footage.cutting import cut, largest, soft, tidy
from kirin_video.engines.previs.footage.entering import without_entering
from kirin_video.engines.previs.footage.limbs import with_limbs
from kirin_video.engines.previs.footage.palettes import Foreign, chances
from kirin_video.engines.previs.footage.survey import Key, Rgb, Survey
from kirin_video.engines.previs.photo import matte, regions, superpixels
from kirin_video.engines.previs.photo.superpixels import lab_of

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_SOMETIMES: Final = 0.12
_USUALLY: Final = 0.28  # what looks the same most of the time is more likely behind than before
_LEAST: Final = 0.008
_MOST: Final = 0.62
_DOUBT: Final = 0.36  # a colour so seldom the subject's is not its own, whatever the first cut says
_DOUBT_MISLED: Final = 0.62  # where what is taken for background is the thing itself, only colours tell
_TRUSTED: Final = 0.4
_KNOWN: Final = 0.6  # of the key frames that agree on what is behind
_JOINS: Final = 21
_RING: Final = 61
_AROUND: Final = 0.16  # of a thing's height, that it may reach beyond the parts of one colour
_MISLEADS: Final = 0.2  # of what seems to move
_APART: Final = 10.0  # difference in CIE Lab to what is behind


@dataclass(frozen=True, slots=True)
class Mattes:
    """A mask for every key frame.

    Attributes:
        masks: float32, (h, w), 0 to 1, in the order of the survey's keys.
        by_motion: whether motion told them apart, rather than contrast alone.
    """

    masks: tuple[Plane, ...]
    by_motion: bool

    @property
    def area(self) -> float:
        """Mean share of the picture."""
        return float(np.mean([mask.mean() for mask in self.masks]))


def subject_mattes(survey: Survey) -> Mattes | None:
    """The masks of what moves, or of what stands out where nothing does; None where neither is clear."""
    shares = changing(survey)
    known = backgrounds(survey)
    zones = [_zone(_moved(*each)) for each in zip(survey.keys, known, shares, strict=True)]
    zones = without_entering(survey, zones)
    area = float(np.mean([zone.mean() for zone in zones]))
    by_motion = _LEAST <= area <= _MOST and survey.trust >= _TRUSTED
    rests: list[_Rest] = []
    if by_motion:
        rests = _resting(survey.keys, known, zones)
        zones = [(zone | rest.resting) & ~rest.absent for zone, rest in zip(zones, rests, strict=True)]
        known = [rest.told(back, zone) for back, zone, rest in zip(known, zones, rests, strict=True)]
    else:
        zones = _salient(survey)
        if not zones:
            return None
        known = [None] * len(known)
    likely = [
        zone & ((share > _USUALLY) if by_motion else zone) for zone, share in zip(zones, shares, strict=True)
    ]
    likely = [_sooner(*each) for each in zip(survey.keys, known, likely, strict=True)]
    if rests:
        likely = [rest.likely(own, zone) for own, zone, rest in zip(likely, zones, rests, strict=True)]
    sure = [rest.sure(zone) for rest, zone in zip(rests, zones, strict=False)]
    sure = sure or [np.zeros_like(zone) for zone in zones]
    masks = [cut(key.rgb, *each) for key, *each in zip(survey.keys, likely, zones, sure, strict=True)]
    misled = any(rest.misleads(zone) for rest, zone in zip(rests, zones, strict=False))
    for doubt in (_DOUBT_MISLED, _DOUBT_MISLED) if misled else (_DOUBT,):
        masks = _learnt(survey.keys, masks, zones, known, sure, doubt)
    masks = agreed(survey, carried_on(survey, masks) if by_motion else masks)
    masks = with_limbs(survey.keys, masks, zones) if by_motion else masks
    if not _LEAST / 2 <= float(np.mean([mask.mean() for mask in masks])) <= _MOST:
        return None
    return Mattes(tuple(soft(mask) for mask in masks), by_motion)


def _moved(key: Key, behind: Behind | None, share: Plane) -> Mask:
    """Where a key frame shows something that is not what is usually there."""
    sometimes = np.asarray(share > _SOMETIMES, np.bool_)
    if behind is None:
        return sometimes
    return np.where(behind.sure > _KNOWN, difference(key, behind) > _APART, sometimes)


@dataclass(frozen=True, slots=True)
class _Rest:
    """In one key frame, what is known of parts that rest among parts that move.

    The trunk of a dancer is such a part: it is taken for background. Before it comes to rest, and
    after it has left, what is seen there is the background.

    Attributes:
        resting: where they are, bool, (h, w).
        absent: where they are at other times only.
        foreign: what has colours that the background around them has not.
        shaded: what a shadow alone makes look different from what is taken for background.
    """

    resting: Mask
    absent: Mask
    foreign: Mask
    shaded: Mask

    def told(self, behind: Behind | None, zone: Mask) -> Behind | None:
        """What is behind, nothing sure where they rest; None where it is they for the most part."""
        if behind is None or self.misleads(zone):
            return None
        return behind.without(self.resting | self.absent)

    def likely(self, likely: Mask, zone: Mask) -> Mask:
        """What is likely the thing."""
        if self.misleads(zone):
            return (_opened(zone & ~self.shaded)) | self.sure(zone)
        return likely | self.resting

    def sure(self, zone: Mask) -> Mask:
        """What is the thing for sure, where what is behind tells nothing."""
        return _opened(zone & self.foreign) if self.misleads(zone) else np.zeros_like(zone)

    def misleads(self, zone: Mask) -> bool:
        """Whether what is taken for background is the thing itself for the most part."""
        return float(self.absent.sum()) > _MISLEADS * float(zone.sum())


def _resting(keys: Sequence[Key], known: Sequence[Behind | None], zones: Sequence[Mask]) -> list[_Rest]:
    """Parts that stay where they are among parts that move, by colours that are not found around them."""
    inside = [_hulls(zone) for zone in zones]
    reach = np.ones((_RING, _RING), np.uint8)
    around = [(cv2.dilate(part.astype(np.uint8), reach) > 0) & ~part for part in inside]
    told = [place for place, behind in enumerate(known) if behind is not None]
    plates = [behind.rgb for behind in known if behind is not None]
    colors = Foreign.learnt(plates, [inside[k] for k in told], [around[k] for k in told])
    rests: list[_Rest] = []
    for key, behind, part in zip(keys, known, inside, strict=True):
        none = np.zeros_like(part)
        if behind is None:
            rests.append(_Rest(none, none, none, none))
            continue
        own = colors.shown_in(key.rgb)
        theirs = _opened(colors.shown_in(behind.rgb) & part)
        absent = _opened(theirs & (difference(key, behind) > _APART) & ~own)
        rests.append(_Rest(theirs & ~absent, absent, own, _shaded(key, behind)))
    return rests


def _opened(mask: Mask) -> Mask:
    return cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0


def _hulls(zone: Mask) -> Mask:
    """What lies within the outlines of parts that are near each other."""
    joined = cv2.dilate(zone.astype(np.uint8), np.ones((_JOINS, _JOINS), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    out = np.zeros(zone.shape, np.uint8)
    for number in range(1, count):
        points = np.argwhere(zone & (labels == number))[:, ::-1].astype(np.int32)
        if len(points):
            cv2.fillConvexPoly(out, cv2.convexHull(points), 1)
    return out > 0


def _sooner(key: Key, behind: Behind | None, likely: Mask) -> Mask:
    """What is likely the thing: where the background is known, what is not like it and not its shadow."""
    if behind is None:
        return likely
    shadow = _shaded(key, behind)
    apart = np.asarray(cv2.GaussianBlur(difference(key, behind), (0, 0), 0.8), np.float32)
    return np.where(behind.sure > _KNOWN, (apart > _APART) & ~shadow, likely)


def _shaded(key: Key, behind: Behind) -> Mask:
    """Where a key frame differs from what is behind by a shadow, its own or one that comes later."""
    lab, its = lab_of(key.rgb), lab_of(behind.rgb)
    light = lab[..., 0] / np.maximum(its[..., 0], 1.0)
    tint = np.hypot(lab[..., 1] - its[..., 1], lab[..., 2] - its[..., 2])
    shadow = (light > 0.5) & (light < 0.97) & (tint < 7.0)
    # a shadow that is there at other times and not yet: colours gain strength with the light
    grown = np.hypot(lab[..., 1] - light * its[..., 1], lab[..., 2] - light * its[..., 2])
    return shadow | ((light > 1.03) & (light < 2.2) & (grown < 7.0 + 3.0 * light))


def _zone(moved: Mask) -> Mask:
    """Where something moves: pieces worth the name, their gaps closed."""
    raw = moved.astype(np.uint8)
    opened = cv2.morphologyEx(raw, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    if count <= 1:
        return np.zeros(moved.shape, np.bool_)
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    areas[0] = 0
    keep = areas >= max(0.06 * areas.max(), 0.001 * moved.size)
    return keep[labels]


def _learnt(  # noqa: PLR0913, PLR0917 - a few lists side by side, one entry a key frame
    keys: Sequence[Key],
    masks: Sequence[Mask],
    zones: Sequence[Mask],
    known: Sequence[Behind | None],
    sure: Sequence[Mask],
    doubt: float,
) -> list[Mask]:
    """Cut again by colours learnt from all key frames: what is background at other times is so here too.

    Where the background itself is known, the difference to it says more than any colour. A colour that is
    the thing's more seldom than ``doubt`` says is not its own.
    """
    colors = chances(keys, masks, zones)
    cuts: list[Mask] = []
    for key, chance, zone, mask, behind, own_for_sure in zip(
        keys, colors, zones, masks, known, sure, strict=True
    ):
        likely = _sooner(key, behind, chance > np.where(mask, doubt, 0.5))
        own = cut(key.rgb, zone & likely, zone, own_for_sure & (chance > _DOUBT))
        if behind is not None:
            own = np.where(behind.sure > _KNOWN, ((own | mask) & likely) | (_core(likely) & _near(zone)), own)
        cuts.append(tidy(own))
    return cuts


def _near(zone: Mask) -> Mask:
    return cv2.dilate(zone.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0


def _core(likely: Mask) -> Mask:
    """What is likely all around."""
    return cv2.erode(likely.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0


def _salient(survey: Survey) -> list[Mask]:
    """What stands out, where that is sure in half of some key frames; carried to all of them."""
    keys = survey.keys
    chosen = sorted({0, len(keys) // 3, 2 * len(keys) // 3, len(keys) - 1})
    found: dict[int, Mask] = {}
    for at in chosen:
        pieces = superpixels.split(keys[at].rgb)
        cutout = matte.find_subject(keys[at].rgb, pieces, regions.find_sky(keys[at].rgb, pieces))
        if cutout.confidence > 0.35:
            found[at] = cutout.mask
    if 2 * len(found) < len(chosen):
        return []
    masks: list[Mask] = []
    for at, key in enumerate(keys):
        nearest = min(found, key=lambda known: abs(known - at))
        warp = np.linalg.inv(keys[nearest].to_first) @ key.to_first
        masks.append(_warped(found[nearest].astype(np.float32), warp) > 0.5 if nearest != at else found[at])
    return masks


def _warped(plane: Plane, warp: NDArray[np.float64]) -> Plane:
    height, width = plane.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(plane, warp, (width, height), flags=flags), np.float32)


def colored_mattes(survey: Survey, like: Callable[[Rgb], Plane], within: Mattes | None) -> Mattes | None:
    """The masks of the largest things whose colour is right.

    Args:
        survey: the footage.
        like: how well each pixel's colour fits, 0 to 1.
        within: masks that the thing is part of, such as whoever wears it.
    """
    fits = [like(key.rgb) for key in survey.keys]
    if within is not None:
        fits = [fit * _wide(mask) for fit, mask in zip(fits, within.masks, strict=True)]
    masks = [largest(fit > 0.5) for fit in fits]
    if float(np.mean([mask.mean() for mask in masks])) < 0.0008:
        return None
    return Mattes(tuple(mask.astype(np.float32) for mask in masks), by_motion=False)


def _wide(mask: Plane) -> Plane:
    return np.asarray(cv2.dilate(mask, np.ones((9, 9), np.uint8)), np.float32)


def whole_of(survey: Survey, part: Mattes) -> Mattes:
    """The masks of things of which only the parts of one colour are known.

    What lies within their outline is theirs, and what is cut out together with it a little around.
    """
    masks = [_filled_out(key.rgb, mask > 0.5) for key, mask in zip(survey.keys, part.masks, strict=True)]
    return Mattes(tuple(soft(mask) for mask in agreed(survey, masks)), part.by_motion)


def _filled_out(rgb: Rgb, mask: Mask) -> Mask:
    if not mask.any():
        return mask
    points = np.argwhere(mask)[:, ::-1].astype(np.int32)
    hull = cv2.fillConvexPoly(np.zeros(mask.shape, np.uint8), cv2.convexHull(points), 1)
    reach = max(2, round(_AROUND * float(np.ptp(points[:, 1]) + 1)))
    zone = cv2.dilate(hull, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > 0
    return np.asarray((hull > 0) | cut(rgb, hull > 0, zone), np.bool_)


def on_side(mattes: Mattes, side: str) -> Mattes | None:
    """Only the part of the masks that is on one side of the picture, by whole pieces."""
    kept = [_sided(mask > 0.5, side) for mask in mattes.masks]
    if not any(mask.any() for mask in kept):
        return None
    return Mattes(tuple(soft(mask) for mask in kept), mattes.by_motion)


def _sided(mask: Mask, side: str) -> Mask:
    count, labels, _, centers = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if count <= 1:
        return mask
    middle = mask.shape[1] / 2
    keep = centers[:, 0] < middle if side == "left" else centers[:, 0] >= middle
    keep[0] = False
    return keep[labels]
