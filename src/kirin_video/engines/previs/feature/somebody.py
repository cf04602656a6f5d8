"""Who acts in footage: the frame that shows them best, and where they are in the one a new shot follows."""

# ruff: noqa: PLR2004 - thresholds that were tuned by looking
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import Clip
from kirin_video.engines.previs.feature.watch import frames_of, last_frame
from kirin_video.engines.previs.feature.wishes import Follows
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.survey import Key, look_through, rgb_of, small_size
from kirin_video.engines.previs.footage.things import Finder
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.media.footage import Footage

Mask = NDArray[np.bool_]

_LONGEST_PX: Final = 1280
_LEAST, _MOST = 0.004, 0.5
"""Less of the picture shows nobody clearly, more is no longer somebody before something."""
_UPRIGHT: Final = 1.15
"""People are so many times as tall as wide, at least, and cars never."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who was found.

    Attributes:
        rgb: the frame that shows them best, sRGB, uint8, (h, w, 3).
        mask: where they are in it, bool, at a small size.
        at_edge: where they are in the frame that the new shot follows, likewise; None where they have left.
    """

    rgb: Rgb
    mask: Mask
    at_edge: Mask | None


def find_somebody(clip: Clip, follows: Follows, *, person: bool) -> Somebody | None:
    """Find whoever moves in the take that a new shot follows, or leads up to.

    Args:
        clip: the footage.
        follows: how the new shot stands to it.
        person: whether somebody upright is looked for.

    Raises:
        UnreadableClip: the footage cannot be decoded to its end.
    """
    with Footage() as footage:
        survey = look_through(
            footage.frames(clip, *small_size(clip.width, clip.height), frames_of(clip)), frames_of(clip)
        )
        finder = Finder(survey)
        mattes = finder.person if person else finder.subject
        if mattes is None or not mattes.by_motion:
            return None
        edge = 0 if follows is Follows.PREVIOUS else len(survey.keys) - 1
        take = survey.keys[edge].take
        best = _best([k for k, key in enumerate(survey.keys) if key.take == take], mattes, person=person)
        if best is None:
            return None
        rgb = _frame(footage, clip, survey.keys[best])
    at_edge = mattes.masks[edge] > 0.5
    return Somebody(rgb, mattes.masks[best] > 0.5, at_edge if at_edge.any() else None)


def _best(keys: list[int], mattes: Mattes, *, person: bool) -> int | None:
    """The key frame that shows most of somebody, and all of them where one does."""
    found: dict[int, float] = {}
    for key in keys:
        mask = mattes.masks[key] > 0.5
        share = float(mask.mean())
        if _LEAST <= share <= _MOST and _is_upright(mask) is person:
            found[key] = share * (1.0 if _is_whole(mask) else 0.3)
    return max(found, key=lambda key: found[key]) if found else None


def _is_upright(mask: Mask) -> bool:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return float(np.ptp(rows) + 1) > _UPRIGHT * float(np.ptp(columns) + 1)


def _is_whole(mask: Mask) -> bool:
    """Whether no border of the picture cuts it off."""
    return not (mask[:2].any() or mask[-2:].any() or mask[:, :2].any() or mask[:, -2:].any())


def _frame(footage: Footage, clip: Clip, key: Key) -> Rgb:
    scale = min(_LONGEST_PX / max(clip.width, clip.height), 1.0)
    width, height = (round(side * scale / 2) * 2 for side in (clip.width, clip.height))
    frame = last_frame(lambda: footage.frames(clip, width, height, key.index + 1))
    assert frame is not None
    return rgb_of(frame)
