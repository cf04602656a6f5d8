from __future__ import annotations

import numpy as np
import pytest
from made_pictures import FIGURE, figure_alpha, figure_before, meadow, paper
from numpy.typing import NDArray

from kirin_video.engines.previs.references.content import seen_in
from kirin_video.engines.previs.references.cutting import Cut, cut_out
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
