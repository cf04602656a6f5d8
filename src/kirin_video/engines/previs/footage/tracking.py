"""The masks of key frames carried to every frame between them, one frame at a time from both sides."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.flow import Flow, carried
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.survey import Survey
from kirin_video.media.frames import I420Frame

Plane = NDArray[np.float32]
Grey = NDArray[np.uint8]


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
        frames: the small frames of the clip, again.
        survey: the first look through it.
        mattes: the masks of the key frames.
    """
    flow = Flow()
    starts = {key.index: place for place, key in enumerate(survey.keys)}
    packed: list[bytes] = []
    waiting: list[Grey] = []
    first = 0
    for index, frame in enumerate(frames):
        place = starts.get(index)
        if place is not None and waiting:
            new_take = survey.keys[place].take != survey.keys[first].take
            ending = None if new_take else mattes.masks[place]
            closed = waiting if new_take else [*waiting, frame.y.copy()]
            packed.extend(_between(closed, mattes.masks[first], ending, flow))
            waiting = []
        if place is not None:
            first = place
        waiting.append(frame.y.copy())
    packed.extend(_between(waiting, mattes.masks[first], None, flow))
    return Tracked(survey.size, tuple(packed))


def _between(greys: list[Grey], start: Plane, end: Plane | None, flow: Flow) -> list[bytes]:
    """The masks from a key frame up to the next one: the last of the frames, where ``end`` is given."""
    ahead = _chain(greys, start, flow)
    if end is None:
        return [_pack(mask) for mask in ahead]
    back = _chain(greys[::-1], end, flow)[::-1]
    shares = np.linspace(0, 1, len(greys), dtype=np.float32)
    mixed = [a * (1 - share) + b * share for a, b, share in zip(ahead, back, shares, strict=True)]
    return [_pack(mask) for mask in mixed[:-1]]


def _chain(greys: list[Grey], mask: Plane, flow: Flow) -> list[Plane]:
    """A mask of the first frame carried to each of those after it."""
    masks = [mask]
    for before, here in pairwise(greys):
        masks.append(carried(masks[-1], flow.between(here, before)))
    return masks


def _pack(mask: Plane) -> bytes:
    return zlib.compress((mask * 255 + np.float32(0.5)).astype(np.uint8).tobytes(), 1)
