"""What is in a photograph, found at a small size: sky, subject, water, leaves and depth.

OpenCV only, which lets go of Python's lock: it may run while the kernels are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.engines.previs.photo import depth, matte, regions, superpixels
from kirin_video.engines.previs.photo.picture import Rgb, working_copy

CUT_FROM = 0.66
"""So sure a cut-out has to be."""
CUT_ASKED = 0.3
"""The same where the prompt says that it moves."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found.

    Attributes:
        small: the picture at the working size, uint8, (h, w, 3).
        pieces: its superpixels.
        cutout: its subject; empty where none is sure enough.
        found: its sky, water and leaves.
        depths: how near everything is.
    """

    small: Rgb
    pieces: superpixels.Pieces
    cutout: matte.Cutout
    found: regions.Regions
    depths: depth.Depths


def analyse(rgb: Rgb, *, sea_expected: bool, sure: float = CUT_FROM) -> Analysis:
    """Looks at a picture of any size.

    Args:
        rgb: uint8, (H, W, 3).
        sea_expected: whether the prompt speaks of the sea or a beach.
        sure: how far a cut-out has to be trusted, 0 to 1.
    """
    small = working_copy(rgb)
    pieces = superpixels.split(small)
    sky = regions.find_sky(small, pieces)
    cutout = matte.find_subject(small, pieces, sky)
    if cutout.confidence < sure:
        cutout = matte.no_subject(cutout.mask.shape)
    found = regions.find_regions(small, pieces, sky, cutout.mask, sea_expected=sea_expected)
    return Analysis(small, pieces, cutout, found, depth.estimate(small, cutout, found))
