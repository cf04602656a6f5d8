"""Who moves in footage, and the frame that shows them best."""

# ruff: noqa: PLR2004 - thresholds that were tuned by looking
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import Clip
from kirin_video.engines.previs.feature.completing import completed
from kirin_video.engines.previs.feature.watch import frames_of, last_frame
from kirin_video.engines.previs.feature.wishes import Follows
from kirin_video.engines.previs.footage.survey import Key, Survey, look_through, rgb_of, small_size
from kirin_video.engines.previs.footage.things import Finder
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.media.footage import Footage

Mask = NDArray[np.bool_]
Piece = tuple[float, Mask]

_LONGEST_PX: Final = 1280
_TRUSTED: Final = 0.6
_LEAST, _MOST = 0.005, 0.4
"""Less of the picture shows nobody clearly, more is no longer somebody before something."""
_UPRIGHT: Final = 1.25
"""People are so many times as tall as wide, at least."""
_EDGE_PX: Final = 9
"""So far around somebody a frame is not believed to show what is behind."""
_SAMPLES: Final = 2
_AGREE: Final = 9.0
"""Levels that frames differ by, at most, where they show the same."""
_MOSTLY: Final = 0.85
"""They are believed where they agree about so much of what they show."""
_SOLID: Final = 0.25
"""So much of the box around them they fill, at least."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who was found.

    Attributes:
        rgb: the frame that shows them best, sRGB, uint8, (h, w, 3).
        mask: where they are in it, bool, at a small size.
        behind: what other frames show there, sRGB, uint8, at that size.
        known: where enough of them show anything, bool.
    """

    rgb: Rgb
    mask: Mask
    behind: Rgb
    known: Mask


def find_somebody(clip: Clip, follows: Follows, *, person: bool, animal: bool = False) -> Somebody | None:
    """Find whom the take shows that a new shot follows, or leads up to; None where nobody is told.

    Args:
        clip: the footage.
        follows: how the new shot stands to it.
        person: whether it is somebody upright, whom motion has to tell; things may stand out as well.
        animal: whether it may be of any shape.

    Raises:
        UnreadableClip: the footage cannot be decoded to its end.
    """
    with Footage() as footage:
        small = footage.frames(clip, *small_size(clip.width, clip.height), frames_of(clip))
        survey = look_through(small, frames_of(clip))
        mattes = Finder(survey).subject
        if mattes is None or (person and not (mattes.by_motion and survey.trust > _TRUSTED)):
            return None
        edge = survey.keys[0 if follows is Follows.PREVIOUS else -1]
        masks = [matte > 0.5 for matte in mattes.masks]
        judge = _figure if person else _animal(masks) if animal else _thing
        best = _best(survey, masks, edge.take, judge)
        if best is None:
            return None
        key, mask = best
        whole = completed(key.rgb, mask)
        hidden = [matte > 0.2 for matte in mattes.masks]
        if whole is not mask:  # what it lacks here it lacks elsewhere
            pairs = zip(survey.keys, hidden, strict=True)
            hidden = [one | completed(k.rgb, one) if k.take == key.take else one for k, one in pairs]
        behind, known = _behind(survey, hidden, key)
        return Somebody(_frame(footage, clip, key), whole, behind, known)


def _best(
    survey: Survey, masks: Sequence[Mask], take: int, judge: Callable[[Mask], Piece | None]
) -> tuple[Key, Mask] | None:
    """The key frame of a take that shows most of somebody who stands out alone, and where."""
    best: tuple[float, Key, Mask] | None = None
    for key, mask in zip(survey.keys, masks, strict=True):
        found = judge(mask) if key.take == take else None
        if found is not None and (best is None or found[0] > best[0]):
            best = found[0], key, found[1]
    return best and (best[1], best[2])


def _figure(mask: Mask) -> Piece | None:
    """The best upright piece of a mask: the more slender, the less of something else is in it."""
    found = [
        (within + 0.5 * min(tall / wide, 3.0) + 0.3 * area / mask.sum(), piece)
        for within, (wide, tall, area), piece in _pieces(mask)
        if tall >= _UPRIGHT * wide and area >= _SOLID * wide * tall
    ]
    return max(found, key=lambda one: one[0], default=None)


def _thing(mask: Mask) -> Piece | None:
    """The best other piece of a mask: the better it fills its box, the less of something else is in it.

    Most of a mask counts for more: a crown of leaves that it passes fills its box as well.
    """
    found = [
        (within + 2.0 * area / (wide * tall) + 2.0 * area / mask.sum(), piece)
        for within, (wide, tall, area), piece in _pieces(mask)
        if tall < _UPRIGHT * wide and area >= 2.0 * _SOLID * wide * tall
    ]
    return max(found, key=lambda one: one[0], default=None)


def _animal(masks: Sequence[Mask]) -> Callable[[Mask], Piece | None]:
    """A judge of pieces of any shape: the more of the animal that footage shows, the better."""
    largest = max(int(mask.sum()) for mask in masks)

    def judge(mask: Mask) -> Piece | None:
        found = [
            (within + area / (wide * tall) + area / mask.sum() + 2.0 * area / largest, piece)
            for within, (wide, tall, area), piece in _pieces(mask)
            if area >= _SOLID * wide * tall
        ]
        return max(found, key=lambda one: one[0], default=None)

    return judge


def _pieces(mask: Mask) -> Iterator[tuple[float, tuple[int, int, int], Mask]]:
    """Pieces of a mask: 1.0 where no border cuts one off; its width, height and area; and where it is."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    for number in range(1, count):
        left, top, wide, tall, area = (int(value) for value in stats[number])
        within = min(left, top) > 1 and left + wide < mask.shape[1] - 1 and top + tall < mask.shape[0] - 1
        if _LEAST <= area / mask.size <= _MOST:
            yield float(within), (wide, tall, area), np.asarray(labels == number, np.bool_)


def _behind(survey: Survey, masks: Sequence[Mask], key: Key) -> tuple[Rgb, Mask]:
    """What the key frames of a take show where one of them is, without whoever moves; and where they do."""
    height, width = key.grey.shape
    side = np.ones((_EDGE_PX, _EDGE_PX), np.uint8)
    shown: list[Rgb] = []
    hidden: list[Mask] = []
    for other, mask in zip(survey.keys, masks, strict=True):
        if other.take == key.take:
            warp = np.linalg.inv(key.to_first) @ other.to_first
            covered = cv2.dilate(mask.astype(np.uint8), side)
            laid = cv2.warpPerspective(covered, warp, (width, height), borderValue=1)
            shown.append(np.asarray(cv2.warpPerspective(other.rgb, warp, (width, height)), np.uint8))
            hidden.append(np.asarray(laid, np.uint8) > 0)
    unseen = np.stack(hidden)
    pixels = np.where(unseen[..., None], np.float32(np.nan), np.stack(shown))
    known = (~unseen).sum(axis=0) >= _SAMPLES
    pixels[:, ~known] = 0.0
    middle = np.nanmedian(pixels, axis=0)
    apart = np.nanmedian(np.abs(pixels - middle).mean(axis=3), axis=0)
    # Where what lies far behind goes its own way frames do not agree.
    agree = cv2.blur(apart, (_EDGE_PX, _EDGE_PX)) < _AGREE
    known &= agree & (float(agree[known].mean()) > _MOSTLY if known.any() else False)
    return np.rint(middle).astype(np.uint8), known


def _frame(footage: Footage, clip: Clip, key: Key) -> Rgb:
    scale = min(_LONGEST_PX / max(clip.width, clip.height), 1.0)
    width, height = (round(side * scale / 2) * 2 for side in (clip.width, clip.height))
    frame = last_frame(lambda: footage.frames(clip, width, height, key.index + 1))
    assert frame is not None
    return rgb_of(frame)
