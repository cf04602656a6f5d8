from __future__ import annotations

import cv2
import numpy as np
import pytest
from made_pictures import FIGURE, figure_alpha, figure_before, meadow, paper
from numpy.typing import NDArray

from kirin_video.engines.previs.references.content import seen_in
from kirin_video.engines.previs.references.cutting import Cut, cut_out
from kirin_video.engines.previs.references.cutting.focus import find_in_focus
from kirin_video.engines.previs.references.roles import Part


def true_alpha(cut: Cut) -> NDArray[np.float64]:
    """What the cut-out's alpha should be, cropped to the size of the cut-out around the figure."""
    alpha = figure_alpha()
    rows, columns = np.flatnonzero((alpha > 0.3).any(1)), np.flatnonzero((alpha > 0.06).any(0))
    height, width = cut.alpha.shape
    middle = (columns[0] + columns[-1] + 1) / 2.0
    left, bottom = round(middle - width / 2.0), int(rows[-1]) + 1
    return alpha[bottom - height : bottom, left : left + width]


def overlap(cut: Cut) -> float:
    """Intersection over union with the truth, soft edges counted by their share; the best of small shifts."""
    true = np.pad(true_alpha(cut), 3)
    best = 0.0
    for down in range(-3, 4):
        for right in range(-3, 4):
            moved = np.roll(true, (down, right), (0, 1))[3:-3, 3:-3]
            union = np.maximum(moved, cut.alpha).sum()
            best = max(best, float(np.minimum(moved, cut.alpha).sum() / union))
    return best


def test_a_plain_ground_is_keyed_with_its_shadow() -> None:
    cut = cut_out(figure_before(paper()))
    assert cut is not None
    assert cut.plain
    assert not cut.cropped
    assert overlap(cut) > 0.94


def test_the_ground_between_legs_that_a_shadow_closes_off_is_no_part_of_the_subject() -> None:
    picture = paper(360, shadow=False)
    picture[140:170, 100:260] = picture[170:300, 110:140] = picture[170:300, 220:250] = FIGURE
    picture[296:300, 140:220] *= 0.97  # a faint shadow from foot to foot
    picture[170:300, 140:220] += 2.0  # and the ground is a little lighter there than its border tells
    cut = cut_out(np.clip(picture, 0, 255).astype(np.uint8))
    assert cut is not None
    height, width = cut.alpha.shape
    assert cut.alpha[round(0.4 * height) : round(0.85 * height), width // 2].max() < 0.1
    assert cut.alpha[round(0.6 * height), round(0.14 * width)] > 0.9


def test_a_subject_in_focus_is_cut_out_where_colours_tell_nothing() -> None:
    random = np.random.default_rng(2)
    fur = 120.0 + 50.0 * cv2.GaussianBlur(random.normal(0, 1, (240, 320)), (0, 0), 1.0)
    y, x = np.mgrid[0:240, 0:320]
    head = np.hypot((x - 150) / 100.0, (y - 130) / 90.0) < 1.0
    grey = np.where(head, fur, cv2.GaussianBlur(fur, (0, 0), 9.0)).clip(0, 255).astype(np.uint8)
    mask = find_in_focus(np.repeat(grey[..., None], 3, 2))
    assert (mask & head).sum() > 0.85 * (mask | head).sum()
    assert not find_in_focus(np.repeat(fur.clip(0, 255).astype(np.uint8)[..., None], 3, 2)).any()


def test_a_subject_is_found_before_a_busy_ground() -> None:
    cut = cut_out(figure_before(meadow()))
    assert cut is not None
    assert not cut.plain
    assert cut.confidence > 0.58
    assert overlap(cut) > 0.85


def test_soft_edges_keep_no_colour_of_the_ground() -> None:
    cut = cut_out(figure_before(paper()))
    assert cut is not None
    edge = (cut.alpha > 0.2) & (cut.alpha < 0.9)
    assert edge.sum() > 100
    # Over its own ground such a pixel is half pale; cut out, it has the coat's colour.
    assert np.abs(np.median(cut.rgb[edge], axis=0) - FIGURE).max() < 30
    assert cut.rgb[edge][:, 1].mean() < 90


def test_an_empty_ground_has_no_subject() -> None:
    cut = cut_out(np.clip(paper(shadow=False), 0, 255).astype(np.uint8))
    assert cut is None or cut.confidence < 0.58


@pytest.mark.parametrize(
    ("rgb", "part"),
    [
        (figure_before(paper()), Part.SUBJECT),
        (figure_before(meadow()), Part.SUBJECT),
        (np.clip(meadow(), 0, 255).astype(np.uint8), Part.SCENE),
    ],
)
def test_pictures_are_judged_by_their_content(rgb: NDArray[np.uint8], part: Part) -> None:
    assert seen_in(rgb).part is part


def test_a_label_of_the_colour_of_the_ground_is_part_of_its_bottle() -> None:
    picture = paper(360, shadow=False)
    ground = picture[150:200, 150:210].copy()
    picture[60:300, 150:210] = FIGURE
    picture[150:200, 150:210] = ground
    cut = cut_out(np.clip(picture, 0, 255).astype(np.uint8))
    assert cut is not None
    height, width = cut.alpha.shape
    assert (
        cut.alpha[round(0.3 * height) : round(0.7 * height), round(0.3 * width) : round(0.7 * width)].min()
        > 0.9
    )
