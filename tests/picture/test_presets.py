"""The presets as they are drawn: whole, clean, the same each time, and no two alike."""

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.presets.catalogue import PRESETS
from kirin_video.presets.clay import draw
from kirin_video.presets.subjects import SUBJECTS, VIEWS

SIDE = 96


def drawn(preset_id: int, view: int = 1) -> NDArray[np.uint8]:
    return draw(SUBJECTS[preset_id], *VIEWS[view], SIDE)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_fills_its_picture_and_stays_inside(preset: object) -> None:
    picture = drawn(preset.id).astype(float)  # pyright: ignore[reportAttributeAccessIssue]
    assert picture.shape == (SIDE, SIDE, 3)
    ground = picture[:3].mean(axis=(0, 1))
    assert (ground > 200).all(), "a bright, clean ground"
    assert picture[:3].std(axis=(0, 1)).max() < 4
    different = np.abs(picture - ground).max(axis=2) > 45
    columns, rows = np.flatnonzero(different.any(axis=0)), np.flatnonzero(different.any(axis=1))
    assert rows[0] > 1
    assert rows[-1] < SIDE - 2
    assert columns[0] > 1
    assert max(rows[-1] - rows[0], columns[-1] - columns[0]) > SIDE * 0.5
    assert 0.06 < different.mean() < 0.75
    assert (picture < 250).mean() > 0.95, "nothing is burnt out"


def test_colours_are_those_of_the_names() -> None:
    def middle(preset_id: int, row: float, column: float) -> NDArray[np.float64]:
        y, x = int(row * SIDE), int(column * SIDE)
        return draw(SUBJECTS[preset_id], 0.0, 9.0, SIDE)[y - 2 : y + 3, x - 2 : x + 3].mean(axis=(0, 1))

    red, green, blue = middle(1, 0.25, 0.55)
    assert red > 1.8 * max(green, blue)
    red, green, blue = middle(4, 0.55, 0.5)
    assert min(red, green) > 2 * blue
    red, green, blue = middle(5, 0.28, 0.5)
    assert blue > 1.5 * red


def test_drawing_again_gives_the_same_and_views_and_presets_differ() -> None:
    first = drawn(2)
    assert np.array_equal(first, drawn(2))
    others = [drawn(2, 0), drawn(2, 3), drawn(8), drawn(6)]
    for other in others:
        assert np.abs(first.astype(int) - other).mean() > 3


def test_edges_are_smooth() -> None:
    """Beside the outline there are pixels between the colours: the silhouette is not a staircase."""
    picture = draw(SUBJECTS[1], 0.0, 9.0, SIDE).astype(float)
    row = picture[SIDE // 3, :, 1]
    start = int(np.flatnonzero(row < 150)[0])
    assert 150 < row[start - 1] < 226 or 60 < row[start] < 150
