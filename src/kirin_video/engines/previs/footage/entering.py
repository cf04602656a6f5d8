"""What a moving camera brings into view: new at the border, and for that taken for something that moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.survey import Survey

Mask = NDArray[np.bool_]

_BORDER_PX: Final = 4
_LONG: Final = 0.6  # of a take's key frames, that something is there which is sure to move by itself
_FEWEST: Final = 4


@dataclass(eq=False)
class _Piece:
    """Something that hangs together, in one key frame after the other.

    Attributes:
        parts: its mask in each key frame where it is, by the frame's place.
        at_border: whether it has lain at a border in all of them.
    """

    parts: dict[int, Mask] = field(default_factory=dict[int, Mask])
    at_border: bool = True

    def grow(self, place: int, mask: Mask) -> None:
        """Go on with a mask of another key frame, or more of the same."""
        self.parts[place] = self.parts[place] | mask if place in self.parts else mask
        edge = _BORDER_PX
        self.at_border &= bool(mask[:, :edge].any() or mask[:, -edge:].any() or mask[:edge].any())


def without_entering(survey: Survey, zones: Sequence[Mask]) -> list[Mask]:
    """Zones of motion without what only comes into view, where there is somebody inside the picture.

    Args:
        survey: the footage.
        zones: where something seems to move in each key frame, bool, (h, w).
    """
    if survey.still:
        return list(zones)
    kept = [zone.copy() for zone in zones]
    for _, group in groupby(enumerate(survey.keys), key=lambda each: each[1].take):
        places = [place for place, _ in group]
        if len(places) < _FEWEST:
            continue
        pieces = _pieces(places, zones)
        inside = [piece for piece in pieces if not piece.at_border and len(piece.parts) > _LONG * len(places)]
        for piece in pieces if inside else []:
            if piece.at_border:
                for place, mask in piece.parts.items():
                    kept[place] &= ~mask
    return kept


def _pieces(places: Sequence[int], zones: Sequence[Mask]) -> list[_Piece]:
    """Pieces followed from key frame to key frame by where they lie in the picture."""
    pieces: list[_Piece] = []
    for before, place in zip((None, *places), places, strict=False):
        count, labels = cv2.connectedComponents(zones[place].astype(np.uint8))
        for number in range(1, count):
            mask = np.asarray(labels == number, np.bool_)
            known = _overlapping(pieces, before, mask)
            if known is None:
                known = _Piece()
                pieces.append(known)
            known.grow(place, mask)
    return pieces


def _overlapping(pieces: Sequence[_Piece], before: int | None, mask: Mask) -> _Piece | None:
    """The piece of the key frame before that a mask shares most of itself with."""
    if before is None:
        return None
    shared = [
        (int((piece.parts[before] & mask).sum()), k)
        for k, piece in enumerate(pieces)
        if before in piece.parts
    ]
    most, at = max(shared, default=(0, 0))
    return pieces[at] if most else None
