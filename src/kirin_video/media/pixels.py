"""Turns a stranger's picture into plain pixels. Runs only in a locked-down child.

What leaves the child is bytes of a known number and no format at all, so that nothing a hostile file does
to a decoder can travel on to whoever draws from the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

import numpy as np
from PIL import ExifTags, Image

from kirin_video.media.readers import Answer, open_picture, orientation
from kirin_video.media.transparency import Ground, ground_under, laid_on

_STRIP_BYTES: Final = 1 << 20
_RGB: Final = 3
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIXTEEN_TO_EIGHT: Final = 257  # 65535 / 255


def warm_up() -> None:
    """Do everything once that Python or the libraries put off until the first picture."""
    for mode in ("RGBA", "P", "I;16", "CMYK"):
        strips = _strips(_upright(Image.new(mode, (4, 2)), 6))
        assert len(b"".join(strips)) == 4 * 2 * _RGB
    assert ExifTags.Base.Orientation


def read_pixels(file: BinaryIO, max_pixels: int) -> tuple[Answer, Iterator[bytes]]:
    """Decode a JPEG or PNG to upright RGB.

    EXIF rotation is applied, transparency is laid on white, or on grey under what is white itself, and
    16-bit, palette, grey and CMYK pictures become 8-bit RGB. The size stays, and what is opaque 8-bit RGB
    comes out as the decoder gave it.

    Args:
        file: the whole file, seekable.
        max_pixels: the most that is decoded.

    Returns:
        Facts about the picture, and its pixels: width x height x 3 bytes, row by row from the top.

    Raises:
        TooManyPixels: before anything is decoded.
        Exception: anything else; the file is not a whole JPEG or PNG.
    """
    picture, kind = open_picture(file, max_pixels)
    picture.load()
    upright = _upright(picture, orientation(picture))
    facts: Answer = {"width": upright.width, "height": upright.height, "format": kind}
    return facts, _strips(upright)


def _upright(picture: Image.Image, turn: int) -> Image.Image:
    return picture.transpose(_TURNS[turn]) if turn in _TURNS else picture


def _strips(picture: Image.Image) -> Iterator[bytes]:
    """The pixels in pieces, so that only the decoded picture is ever whole in memory."""
    rows = max(1, _STRIP_BYTES // (picture.width * _RGB))
    ground = ground_under(picture)
    for top in range(0, picture.height, rows):
        box = (0, top, picture.width, min(picture.height, top + rows))
        yield _rgb(picture.crop(box), ground).tobytes()


def _rgb(strip: Image.Image, ground: Ground) -> Image.Image:
    if strip.mode.startswith("I"):  # 16-bit grey; Pillow's own conversion clips it
        grey = (np.asarray(strip).astype(np.uint32) + _SIXTEEN_TO_EIGHT // 2) // _SIXTEEN_TO_EIGHT
        strip = Image.fromarray(grey.clip(0, 255).astype(np.uint8))
    elif strip.has_transparency_data:
        strip = laid_on(strip, ground)
    return strip.convert("RGB")
