"""The caller's picture, upright and at the size of the clip."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.shot import Picture
from kirin_video.media.transparency import ground_under, laid_on

Rgb = NDArray[np.uint8]
"""A picture, uint8, (H, W, 3), sRGB."""

_WORKING_PX = 300


def read_upright(picture: Picture) -> Rgb:
    """The decoded picture as its author saw it: EXIF rotation applied, transparency on white or grey.

    Raises:
        TaskFailure: the file cannot be decoded.
    """
    try:
        with Image.open(picture.path, formats=("PPM", "JPEG", "PNG")) as opened:
            upright = ImageOps.exif_transpose(opened)
            if upright.mode.startswith("I"):
                # 16 bits of grey, which Pillow would cut off at 255
                levels = np.asarray(upright, np.float64) / 257.0
                upright = Image.fromarray(np.clip(np.rint(levels), 0, 255).astype(np.uint8))
            if upright.has_transparency_data:
                upright = laid_on(upright, ground_under(upright))
            return np.asarray(upright.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        message = "A picture could not be decoded; send a whole JPEG or PNG file."
        raise TaskFailure(Fault.IMAGE_REJECTED, message) from error


def fitted(rgb: Rgb, width: int, height: int) -> Rgb:
    """The picture at exactly this size: area-averaged when shrinking, Lanczos when growing.

    A ratio that differs by more than the rounding to even sides is cropped around the centre, never squeezed.
    """
    cropped = _cropped_to_ratio(rgb, width / height)
    shrinking = cropped.shape[1] > width
    mode = cv2.INTER_AREA if shrinking else cv2.INTER_LANCZOS4
    resized = cv2.resize(cropped, (width, height), interpolation=mode)
    return np.ascontiguousarray(resized, np.uint8)


def _cropped_to_ratio(rgb: Rgb, ratio: float, tolerance: float = 0.02) -> Rgb:
    height, width = rgb.shape[:2]
    own = width / height
    if abs(own / ratio - 1.0) <= tolerance:
        return rgb
    if own > ratio:
        keep = max(1, round(height * ratio))
        left = (width - keep) // 2
        return np.ascontiguousarray(rgb[:, left : left + keep])
    keep = max(1, round(width / ratio))
    top = (height - keep) // 2
    return np.ascontiguousarray(rgb[top : top + keep])


def working_copy(rgb: Rgb) -> Rgb:
    """A picture at the size it is analysed at."""
    scale = _WORKING_PX / max(rgb.shape[:2])
    size = max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
