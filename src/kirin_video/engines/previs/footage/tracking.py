"""The masks of key frames carried to every frame between them, one frame at a time from both sides."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.closer import looked_closer
from kirin_video.engines.previs.footage.flow import Flow, carried
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.survey import Survey, rgb_of
from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]
Grey = NDArray[np.uint8]

_HARDLY: Final = 0.02
_LEAST_AROUND: Final = 32  # pixels


@dataclass(frozen=True, slots=True)
class Tracked:
    """The small mask of every frame, packed: a kilobyte or two each.

    Attributes:
        size: width and height.
        packed: one a frame.
    """

    size: tuple[int, int]
    packed: tuple[bytes, ...]

    def mask(self, index: int) -> Plane:
        """The mask of a frame, float32, (h, w), 0 to 1."""
        width, height = self.size
        levels = np.frombuffer(zlib.decompress(self.packed[index]), np.uint8).reshape(height, width)
        return levels.astype(np.float32) * np.float32(1 / 255)


def track(frames: Iterable[I420Frame], survey: Survey, mattes: Mattes) -> Tracked:
    """Carry masks through a clip.

    Between two key frames every frame's mask is carried from both, step by step along the flow, and the
    nearer one counts more. Only the frames between two key frames are in memory.

    Args:
        frames: the small frames of the clip, again; where they are larger than at the first look, the masks
            of the key frames are drawn again to what those show.
        survey: the first look through it.
        mattes: the masks of the key frames.
    """
    flow = Flow()
    starts = {key.index: place for place, key in enumerate(survey.keys)}
    packed: list[bytes] = []
    waiting: list[Grey] = []
    take, size = 0, survey.size
    start, here = mattes.masks[0], mattes.masks[0]
    for index, frame in enumerate(frames):
        place = starts.get(index)
        if place is not None:
            size = frame.width, frame.height
            here = mattes.masks[place]
            here = here if size == survey.size else looked_closer(rgb_of(frame), here)
            if waiting:
                new_take = survey.keys[place].take != take
                closed = waiting if new_take else [*waiting, frame.y.copy()]
                packed.extend(_between(closed, start, None if new_take else here, flow))
                waiting = []
            start, take = here, survey.keys[place].take
        waiting.append(frame.y.copy())
    packed.extend(_between(waiting, start, None, flow))
    return Tracked(size, tuple(packed))


def _between(greys: list[Grey], start: Plane, end: Plane | None, flow: Flow) -> list[bytes]:
    """The masks from a key frame up to the next one: the last of the frames, where ``end`` is given."""
    part = _around(start if end is None else np.maximum(start, end))
    shown = [np.ascontiguousarray(grey[part]) for grey in greys]
    masks = _chain(shown, np.ascontiguousarray(start[part]), flow)
    if end is not None:
        back = _chain(shown[::-1], np.ascontiguousarray(end[part]), flow)[::-1]
        shares = np.linspace(0, 1, len(greys), dtype=np.float32)
        masks = [a * (1 - share) + b * share for a, b, share in zip(masks, back, shares, strict=True)][:-1]
    return [_pack(mask, part, start.shape) for mask in masks]


def _around(mask: Plane) -> tuple[slice, slice]:
    """The part of the picture that is enough to follow what a mask covers."""
    rows, columns = np.flatnonzero(mask.max(axis=1) > _HARDLY), np.flatnonzero(mask.max(axis=0) > _HARDLY)
    if not len(rows):
        return slice(0, mask.shape[0]), slice(0, mask.shape[1])
    margin = max(_LEAST_AROUND, (int(rows[-1] - rows[0]) + int(columns[-1] - columns[0])) // 4)
    (top, bottom), (left, right) = (
        (max(0, int(cells[0]) - margin), min(length, int(cells[-1]) + 1 + margin))
        for cells, length in ((rows, mask.shape[0]), (columns, mask.shape[1]))
    )
    return slice(top, bottom), slice(left, right)


def _chain(greys: list[Grey], mask: Plane, flow: Flow) -> list[Plane]:
    """A mask of the first frame carried to each of those after it."""
    masks = [mask]
    for before, here in pairwise(greys):
        masks.append(carried(masks[-1], flow.between(here, before)))
    return masks


def _pack(mask: Plane, part: tuple[slice, slice], shape: tuple[int, ...]) -> bytes:
    levels = np.zeros(shape, np.uint8)
    levels[part] = mask * 255 + np.float32(0.5)
    return zlib.compress(levels.tobytes(), 1)
