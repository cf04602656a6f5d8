"""What shows through transparent pictures."""

from __future__ import annotations

import pytest
from PIL import Image

from kirin_video.media.transparency import GREY, WHITE, Ground, ground_under, laid_on


@pytest.mark.parametrize(
    ("color", "ground"), [((250, 250, 250), GREY), ((200, 30, 30), WHITE), ((210, 210, 210), WHITE)]
)
def test_what_is_white_is_laid_on_grey(color: Ground, ground: Ground) -> None:
    picture = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    picture.paste((*color, 255), (100, 50, 200, 150))
    assert ground_under(picture) == ground
    laid = laid_on(picture, ground)
    assert laid.getpixel((5, 5)) == ground
    assert laid.getpixel((150, 100)) == color


def test_a_white_picture_without_transparency_stays() -> None:
    assert ground_under(Image.new("RGB", (20, 20), "white")) == WHITE
    assert ground_under(Image.new("RGBA", (20, 20), "white")) == WHITE
