"""What stands out in photographs that ship with a package, cut out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import skimage
from PIL import Image

from kirin_video.engines.previs.references.cutting import Cut, cut_out
from kirin_video.engines.previs.references.cutting.cut import CUT_FROM


def cut_from(name: str) -> Cut:
    with Image.open(Path(skimage.__file__).parent / "data" / name) as opened:
        cut = cut_out(np.asarray(opened.convert("RGB"), np.uint8))
    assert cut is not None
    assert cut.confidence >= CUT_FROM
    return cut


def test_a_cup_on_its_saucer_is_whole_and_has_no_shadow() -> None:
    cup = cut_from("coffee.png")
    assert not cup.cropped
    assert float((cup.alpha > 0.5).mean()) > 0.66  # no bites: an ellipse covers 0.785 of its box


def test_somebody_keeps_the_arm_that_is_in_shade() -> None:
    assert cut_from("astronaut.png").share > 0.38


def test_something_slender_is_a_subject_whatever_shines_beside_it() -> None:
    rocket = cut_from("rocket.jpg")
    assert rocket.share < 0.08
    assert rocket.alpha.shape[0] > 1.6 * rocket.alpha.shape[1]
