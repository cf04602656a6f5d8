"""Styles as looks: laid over the frames of any source, drawn, photographed or filmed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.looks.catalogue import UNTOUCHED, in_style, make_look
from kirin_video.engines.previs.looks.look import Flow, Look

__all__ = ["UNTOUCHED", "Flow", "Look", "in_style", "make_look", "make_picture_look"]


def make_picture_look(picture_rgb: NDArray[np.uint8], *, width: int, height: int, seed: int) -> Look:
    """The style of a caller's picture at work on one clip: its colours, contrast and nearest technique.

    Args:
        picture_rgb: sRGB, uint8, (H, W, 3), any size.
        width: of the frames, pixels, even.
        height: of the frames, pixels, even.
        seed: of paper and strokes; the same seed and frames give the same planes.
    """
    prepare_jit_cache()
    from kirin_video.engines.previs.looks import picture  # noqa: PLC0415 - numba reads where its cache is

    return picture.make_picture_look(picture_rgb, width=width, height=height, seed=seed)
