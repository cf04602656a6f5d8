"""A second opinion on an outline that runs through even colour: missing limbs, shadows taken along."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.photo.matte import edge_support, weak_outline
from kirin_video.engines.previs.photo.picture import Rgb
from kirin_video.engines.previs.references.cutting.filling import find_filling

Mask = NDArray[np.bool_]

_PLAIN: Final = 0.1
"""An outline of which no more is weak is left as it is."""
_BETTER: Final = 0.04
"""So much less of another one must be weak."""
_LITTLE: Final = 0.02
_SAME: Final = 0.75
"""So much of the first mask another one holds, or it is of something else."""


def plainer(rgb: Rgb, mask: Mask) -> Mask:
    """The mask, or that of the same subject cut out from the picture's borders where its outline is plainer.

    Args:
        rgb: the picture, about 300 pixels.
        mask: bool, (h, w), of a subject that stands out.
    """
    weak, support = weak_outline(rgb, mask), edge_support(rgb, mask)
    if weak <= _PLAIN:
        return mask
    best, least = mask, weak - _BETTER
    for other in _fillings(rgb):
        same = float((mask & other).sum()) > _SAME * float(mask.sum())
        if same and edge_support(rgb, other) >= support and (found := weak_outline(rgb, other)) < least:
            best, least = other, found
    return best


def plainest(rgb: Rgb) -> Mask:
    """What fills a picture in which nothing stands out, with the plainer outline; may be empty."""
    open_below, closed = _fillings(rgb)
    plainer_closed = closed.any() and weak_outline(rgb, closed) < weak_outline(rgb, open_below) - _LITTLE
    return closed if plainer_closed else open_below


def _fillings(rgb: Rgb) -> tuple[Mask, Mask]:
    return find_filling(rgb), find_filling(rgb, reaches_below=False)
