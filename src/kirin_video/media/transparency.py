"""What transparent pictures are laid on: white, or grey where white would hide what they show."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

_SIDE_PX: Final = 128
_LIGHT, _OPAQUE = 232, 128
_MOSTLY: Final = 0.35
"""What is so light to such a share has no outline on white."""

Ground = tuple[int, int, int]
WHITE: Final[Ground] = (255, 255, 255)
GREY: Final[Ground] = (128, 128, 128)


def ground_under(picture: Image.Image) -> Ground:
    """The colour that shows through a picture's transparent parts.

    Args:
        picture: decoded, of any mode.
    """
    if picture.mode.startswith("I") or not picture.has_transparency_data:
        return WHITE
    share = min(_SIDE_PX / max(picture.size), 1.0)
    size = max(round(share * picture.width), 1), max(round(share * picture.height), 1)
    small = np.asarray(picture.resize(size, Image.Resampling.NEAREST).convert("RGBA"))
    shown = small[small[..., 3] > _OPAQUE]
    light = len(shown) > 0 and float((shown[:, :3].min(axis=1) > _LIGHT).mean()) > _MOSTLY
    return GREY if light and len(shown) < small.shape[0] * small.shape[1] else WHITE


def laid_on(picture: Image.Image, ground: Ground) -> Image.Image:
    """A picture with transparent parts, or a piece of it, on a ground: RGB."""
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, (*ground, 255)), layer).convert("RGB")
