"""Who is who in footage: the mask of its subject, or of a coloured thing, at every key frame.

Nothing here knows what a person or a dog is. Things are told apart by motion (what does not agree with the
other key frames once the camera's own motion is taken out), by colour, and by contrast to their surroundings;
what is found is then made consistent over time by colours learnt from all key frames together.
"""

# ruff: noqa: PLR2004 - thresholds that were tuned by looking
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.behind import Behind, backgrounds, difference
from kirin_video.engines.previs.footage.flow import Flow, carried
from kirin_video.engines.previs.footage.laying import spread
from kirin_video.engines.previs.footage.survey import Key, Rgb, Survey
from kirin_video.engines.previs.photo import matte, regions, superpixels
from kirin_video.engines.previs.photo.superpixels import lab_of

Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_OTHER: Final = 9.0  # difference in CIE Lab that no noise makes
_SOMETIMES: Final = 0.12
_USUALLY: Final = 0.28  # what looks the same most of the time is more likely behind than before
_LEAST: Final = 0.008
_MOST: Final = 0.62
_ALIKE: Final = 12.0  # difference of brightness at which a flow is half believed
_BINS: Final = 20
_DOUBT: Final = 0.36  # a colour so seldom the subject's is not its own, whatever the first cut says
_COMPARED: Final = 16  # key frames
_TRUSTED: Final = 0.4
_KNOWN: Final = 0.6  # of the key frames that agree on what is behind
_SHRUNK: Final = 0.6  # of its size a moment before or after, under which part of a mask is missing
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
    area = float(np.mean([zone.mean() for zone in zones]))
    by_motion = _LEAST <= area <= _MOST and survey.trust >= _TRUSTED
    if not by_motion:
        zones = _salient(survey)
        if not zones:
            return None
        known = [None] * len(known)
    likely = [
        zone & ((share > _USUALLY) if by_motion else zone) for zone, share in zip(zones, shares, strict=True)
    ]
    likely = [_sooner(*each) for each in zip(survey.keys, known, likely, strict=True)]
    masks = [cut(key.rgb, own, zone) for key, own, zone in zip(survey.keys, likely, zones, strict=True)]
    masks = _learnt(survey.keys, masks, zones, known)
    masks = agreed(survey, _carried_on(survey, masks) if by_motion else masks)
    if not _LEAST / 2 <= float(np.mean([mask.mean() for mask in masks])) <= _MOST:
        return None
    return Mattes(tuple(soft(mask) for mask in masks), by_motion)


def _moved(key: Key, behind: Behind | None, share: Plane) -> Mask:
    """Where a key frame shows something that is not what is usually there."""
    sometimes = np.asarray(share > _SOMETIMES, np.bool_)
    if behind is None:
        return sometimes
    return np.where(behind.sure > _KNOWN, difference(key, behind) > _APART, sometimes)


def _sooner(key: Key, behind: Behind | None, likely: Mask) -> Mask:
    """What is likely the thing: where the background is known, what is not like it and not its shadow."""
    if behind is None:
        return likely
    lab, its = lab_of(key.rgb), lab_of(behind.rgb)
    light = lab[..., 0] / np.maximum(its[..., 0], 1.0)
    tint = np.hypot(lab[..., 1] - its[..., 1], lab[..., 2] - its[..., 2])
    shadow = (light > 0.5) & (light < 0.97) & (tint < 7.0)
    apart = np.asarray(cv2.GaussianBlur(difference(key, behind), (0, 0), 0.8), np.float32)
    return np.where(behind.sure > _KNOWN, (apart > _APART) & ~shadow, likely)


def changing(survey: Survey) -> list[Plane]:
    """For every key frame, in how large a share of the others each point looks different, float32, (h, w)."""
    width, height = survey.size
    # compared with some of the others only: what is kept does not grow with the footage
    others = [(survey.keys[k], _smooth_lab(survey.keys[k])) for k in spread(len(survey.keys), _COMPARED)]
    whole = np.ones((height, width), np.float32)
    shares: list[Plane] = []
    for key in survey.keys:
        lab = _smooth_lab(key)
        differs, seen = np.zeros_like(whole), np.zeros_like(whole)
        for other, its in others:
            if other is key or other.take != key.take:
                continue
            warp = np.linalg.inv(other.to_first) @ key.to_first
            moved, inside = its, whole
            if not survey.still:
                flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
                moved = np.asarray(cv2.warpPerspective(its, warp, (width, height), flags=flags), np.float32)
                inside = np.asarray(
                    cv2.warpPerspective(whole, warp, (width, height), flags=flags), np.float32
                )
            valid = inside > 0.99
            distance = np.sqrt(((lab - moved) ** 2).sum(axis=2))
            differs += valid & (distance > _OTHER)
            seen += valid
        shares.append((differs / np.maximum(seen, 1)).astype(np.float32))
    return shares


def _smooth_lab(key: Key) -> Plane:
    return np.asarray(cv2.GaussianBlur(lab_of(key.rgb), (0, 0), 1.5), np.float32)


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
    masks = [_largest(fit > 0.5) for fit in fits]
    if float(np.mean([mask.mean() for mask in masks])) < 0.0008:
        return None
    return Mattes(tuple(mask.astype(np.float32) for mask in masks), by_motion=False)


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


def cut(rgb: Rgb, likely: Mask, zone: Mask) -> Mask:
    """GrabCut (Rother et al. 2004) within a zone; outside it there is background for sure."""
    if not likely.any():
        return likely
    open_to = cv2.dilate(zone.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    seed = np.where(open_to, cv2.GC_PR_BGD, cv2.GC_BGD).astype(np.uint8)
    seed[likely] = cv2.GC_PR_FGD
    if not ((seed == cv2.GC_BGD) | (seed == cv2.GC_PR_BGD)).any():
        return likely
    part = _around(open_to)
    cv2.setRNGSeed(7)
    behind, before = np.zeros((1, 65), np.float64), np.zeros((1, 65), np.float64)
    bgr, inner = np.ascontiguousarray(rgb[part][..., ::-1]), np.ascontiguousarray(seed[part])
    cv2.grabCut(bgr, inner, (0, 0, 0, 0), behind, before, 2, cv2.GC_INIT_WITH_MASK)
    inside = np.zeros_like(likely)
    inside[part] = (inner == cv2.GC_FGD) | (inner == cv2.GC_PR_FGD)
    return inside & open_to


def _around(mask: Mask) -> tuple[slice, slice]:
    """The part of the picture that a mask is in, and some of what is around it."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    margin = 24
    return (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + margin),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + margin),
    )


def _learnt(
    keys: Sequence[Key], masks: Sequence[Mask], zones: Sequence[Mask], known: Sequence[Behind | None]
) -> list[Mask]:
    """Cut again by colours learnt from all key frames: what is background at other times is so here too.

    Where the background itself is known, the difference to it says more than any colour.
    """
    codes = [_codes(key.rgb) for key in keys]
    near = [cv2.dilate(zone.astype(np.uint8), np.ones((25, 25), np.uint8)) > 0 for zone in zones]
    inside = _histogram(codes, masks)
    outside = _histogram(codes, [around & ~mask for around, mask in zip(near, masks, strict=True)])
    chance = inside / np.maximum(inside + outside, 1e-6)
    cuts: list[Mask] = []
    for key, code, zone, mask, behind in zip(keys, codes, zones, masks, known, strict=True):
        likely = _sooner(key, behind, _smooth(chance[code]) > np.where(mask, _DOUBT, 0.5))
        own = cut(key.rgb, zone & likely, zone)
        if behind is not None:
            own = np.where(behind.sure > _KNOWN, ((own | mask) & likely) | _core(likely), own)
        cuts.append(_tidy(own))
    return cuts


def _carried_on(survey: Survey, masks: Sequence[Mask]) -> list[Mask]:
    """Where a thing comes to rest motion tells it no more: its neighbour's mask goes on along the flow."""
    flow = Flow(careful=True)
    found = list(masks)
    order = list(pairwise(range(len(found))))
    for one, other in (*order, *((b, a) for a, b in reversed(order))):
        here, there = survey.keys[other], survey.keys[one]
        before, now = float(found[one].sum()), float(found[other].sum())
        if here.take != there.take or now > _SHRUNK * before or _at_border(found[one]):
            continue
        moved = carried(found[one].astype(np.float32), flow.between(here.grey, there.grey))
        likely = (moved > 0.5) | found[other]
        zone = cv2.dilate(likely.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        again = cut(here.rgb, likely, zone)
        if again.sum() > now:
            found[other] = _tidy(again)
    return found


def _at_border(mask: Mask) -> bool:
    """Whether a thing may be leaving the picture at a side."""
    return bool(mask[:, :3].any() or mask[:, -3:].any())


def _core(likely: Mask) -> Mask:
    """What is likely all around."""
    return cv2.erode(likely.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0


def _smooth(chance: NDArray[np.float64]) -> Plane:
    return np.asarray(cv2.GaussianBlur(chance.astype(np.float32), (0, 0), 1.5), np.float32)


def _codes(rgb: Rgb) -> NDArray[np.int64]:
    lab = np.asarray(cv2.GaussianBlur(lab_of(rgb), (0, 0), 1.0), np.float32)
    scaled = np.stack([lab[..., 0] / 100, lab[..., 1] / 160 + 0.5, lab[..., 2] / 160 + 0.5], axis=2)
    bins = (scaled * _BINS).clip(0, _BINS - 1).astype(np.int64)
    return (bins[..., 0] * _BINS + bins[..., 1]) * _BINS + bins[..., 2]


def _histogram(codes: Sequence[NDArray[np.int64]], masks: Sequence[Mask]) -> NDArray[np.float64]:
    """How often each colour is there, spread a little to its neighbours."""
    total = np.zeros(_BINS**3, np.float64)
    for code, mask in zip(codes, masks, strict=True):
        total += np.bincount(code[mask], minlength=_BINS**3)
    cube = total.reshape(_BINS, _BINS, _BINS)
    for axis in range(3):
        cube = 0.5 * cube + 0.25 * (np.roll(cube, 1, axis) + np.roll(cube, -1, axis))
    return cube.reshape(-1)


def _tidy(mask: Mask) -> Mask:
    """Without specks, and without small holes."""
    smooth = cv2.medianBlur(mask.astype(np.uint8) * 255, 5) > 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(smooth.astype(np.uint8), connectivity=8)
    if count <= 1:
        return np.zeros_like(mask)
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    areas[0] = 0
    kept = np.asarray((areas >= 0.08 * areas.max())[labels], np.bool_)
    _, around, sizes, _ = cv2.connectedComponentsWithStats((~kept).astype(np.uint8), connectivity=4)
    small = np.asarray(sizes)[:, cv2.CC_STAT_AREA] < 0.004 * mask.size
    small[0] = False
    return kept | np.asarray(small, np.bool_)[np.asarray(around, np.int64)]


def agreed(survey: Survey, masks: Sequence[Mask]) -> list[Mask]:
    """Each mask as it and its neighbours, carried along the flow, say in the mean."""
    votes = [np.float32(2.0) * mask.astype(np.float32) for mask in masks]
    weights = [np.full(mask.shape, 2.0, np.float32) for mask in masks]
    flow = Flow(careful=True)
    for (a, one), (b, other) in pairwise(enumerate(survey.keys)):
        if one.take != other.take:
            continue
        for here, there, at, of in ((one, other, a, b), (other, one, b, a)):
            motion = flow.between(here.grey, there.grey)
            moved = carried(masks[of].astype(np.float32), motion)
            seen = carried(there.grey.astype(np.float32), motion)
            sure = np.exp(-np.abs(seen - here.grey) / np.float32(_ALIKE))
            votes[at] = votes[at] + moved * sure
            weights[at] = weights[at] + sure
    return [_tidy(vote / weight > 0.5) for vote, weight in zip(votes, weights, strict=True)]


def _warped(plane: Plane, warp: NDArray[np.float64]) -> Plane:
    height, width = plane.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(plane, warp, (width, height), flags=flags), np.float32)


def _largest(mask: Mask) -> Mask:
    """The largest piece and those that are worth a third of it."""
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    if count <= 1:
        return np.zeros_like(mask)
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    areas[0] = 0
    return (areas >= 0.33 * areas.max())[labels]


def _wide(mask: Plane) -> Plane:
    return np.asarray(cv2.dilate(mask, np.ones((9, 9), np.uint8)), np.float32)


def soft(mask: Mask) -> Plane:
    """A mask with a soft edge, float32, 0 to 1."""
    return np.asarray(cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.8), np.float32)
