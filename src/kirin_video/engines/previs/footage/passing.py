"""Things that only pass by somebody who is there all the time: they are not the subject."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.survey import Survey

Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

_STAYS: Final = 0.8  # of the key frames
_PASSES: Final = 0.6
_JOINED_PX: Final = 5
_FEWEST: Final = 4
_KEYS_APART: Final = 2


@dataclass
class _Track:
    """A piece of the masks over time: its places among the key frames, its number there and its box."""

    seen: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    box: Box = (0, 0, 0, 0)
    mass: float = 0.0


def without_passing(survey: Survey, mattes: Mattes) -> Mattes:
    """The masks without pieces that are seen for a while only, where another piece is there throughout."""
    keys = survey.keys
    if not mattes.by_motion or len(keys) < _FEWEST or len({key.take for key in keys}) > 1:
        return mattes
    pieces = [_pieces(np.asarray(mask > 0.5, np.bool_)) for mask in mattes.masks]  # noqa: PLR2004 - half covered
    tracks = _tracks(pieces)
    main = max(tracks, key=lambda track: (len(track.seen), track.mass), default=None)
    if main is None or len(main.seen) < _STAYS * len(keys):
        return mattes
    passing = [each for each in tracks if len(each.seen) < _PASSES * len(keys)]
    masks = [mask.copy() for mask in mattes.masks]
    for track in passing:
        for place, number in track.seen:
            masks[place][pieces[place][0] == number] = 0
    return Mattes(tuple(masks), mattes.by_motion)


def _pieces(mask: Mask) -> tuple[NDArray[np.int32], list[tuple[int, Box, float]]]:
    """A number for each pixel, and each piece's number, box and area; what nearly touches is one piece."""
    joined = cv2.dilate(mask.astype(np.uint8), np.ones((_JOINED_PX, _JOINED_PX), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    rows = np.asarray(stats).tolist()
    found = [(k, (row[0], row[1], row[2], row[3]), float(row[4])) for k, row in enumerate(rows[:count]) if k]
    return np.asarray(labels, np.int32), found


def _tracks(pieces: list[tuple[NDArray[np.int32], list[tuple[int, Box, float]]]]) -> list[_Track]:
    """Pieces of one key frame after the other, joined where their boxes overlap most."""
    tracks: list[_Track] = []
    for place, (_, found) in enumerate(pieces):
        taken: set[int] = set()
        for number, box, area in sorted(found, key=lambda each: -each[2]):
            open_to = [
                (shared, k)
                for k, track in enumerate(tracks)
                if k not in taken
                and place - track.seen[-1][0] <= _KEYS_APART
                and (shared := _shared(track.box, box)) > 0
            ]
            at = max(open_to)[1] if open_to else len(tracks)
            if at == len(tracks):
                tracks.append(_Track())
            taken.add(at)
            track = tracks[at]
            track.seen.append((place, number))
            track.box, track.mass = box, track.mass + area
    return tracks


def _shared(one: Box, other: Box) -> float:
    """How much of two boxes is in both: 0 to 1."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    tall = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(wide, 0) * max(tall, 0)
    return both / max(one[2] * one[3] + other[2] * other[3] - both, 1)
