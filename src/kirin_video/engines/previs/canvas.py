"""How large a clip is painted: a little smaller than it is shown, where that is hard to see."""

from __future__ import annotations

_SHARE, _LARGE_SHARE = 0.8, 0.75
"""Of the picture's sides: painting takes most of a clip's time, and most of that goes by the pixel."""
_SMALL, _LARGE = 540, 1000
"""Pictures with a shorter side below the first are painted as they are: they have no detail to spare. Those
above the second have most."""


def canvas_size(width: int, height: int, *, pro: bool) -> tuple[int, int]:
    """The size at which a picture is painted, even numbers of pixels; `enlarging` brings it to its own.

    Args:
        width: of the picture, pixels.
        height: the same.
        pro: whether more may be spent on it: then only large pictures are painted smaller.
    """
    shorter = min(width, height)
    if shorter < (_LARGE if pro else _SMALL):
        return width, height
    share = _LARGE_SHARE if shorter >= _LARGE else _SHARE
    return 2 * round(width * share / 2.0), 2 * round(height * share / 2.0)
