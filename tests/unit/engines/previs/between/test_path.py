from itertools import pairwise

import numpy as np
import pytest

from kirin_video.engines.previs.between.detour import detour_for
from kirin_video.engines.previs.between.path import Path, eased, exponential, logarithm, path_of, swell
from kirin_video.engines.previs.plan import Move

WIDTH, HEIGHT = 640, 360
ZOOM = np.array([[1.8, 0.0, -200.0], [0.0, 1.8, -90.0], [0.0, 0.0, 1.0]])
PAN = np.array([[1.0, 0.0, -170.0], [0.0, 1.0, 12.0], [0.0, 0.0, 1.0]])
TURN = np.array([[0.9, -0.3, 60.0], [0.3, 0.9, -40.0], [0.0, 0.0, 1.0]])
TILTED = np.array([[1.05, 0.02, 9.0], [0.01, 1.1, -7.0], [1e-4, -2e-4, 1.0]])


@pytest.mark.parametrize("matrix", [ZOOM, PAN, TURN, TILTED, np.eye(3)])
def test_a_way_leads_from_the_first_view_to_the_last(matrix: np.ndarray) -> None:
    path = path_of(matrix, WIDTH, HEIGHT)
    assert path is not None
    whole = path.over(1.0)
    assert whole / whole[2, 2] == pytest.approx(matrix, rel=1e-6, abs=1e-6)
    assert path.over(0.0) == pytest.approx(np.eye(3), abs=1e-9)


@pytest.mark.parametrize("matrix", [ZOOM, PAN, TURN, TILTED])
def test_parts_of_a_way_make_the_whole(matrix: np.ndarray) -> None:
    path = path_of(matrix, WIDTH, HEIGHT)
    assert path is not None
    assert path.over(0.3) @ path.over(0.7) == pytest.approx(path.over(1.0), rel=1e-6, abs=1e-6)


def test_a_zoom_grows_by_the_same_share_all_along() -> None:
    path = path_of(ZOOM, WIDTH, HEIGHT)
    assert path is not None
    sizes = [
        np.sqrt(np.linalg.det((m := path.over(s))[:2, :2])) / m[2, 2] for s in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    growth = [b / a for a, b in pairwise(sizes)]
    assert growth == pytest.approx([1.8**0.25] * 4, rel=1e-6)


def test_a_half_turn_has_no_straight_way() -> None:
    assert path_of(np.diag([-1.0, -1.0, 1.0]), WIDTH, HEIGHT) is None
    assert logarithm(np.diag([-1.0, -1.0, 1.0])) is None


def test_the_logarithm_undoes_the_exponential() -> None:
    rate = np.random.default_rng(1).normal(0.0, 0.3, (3, 3))
    assert logarithm(exponential(rate)) == pytest.approx(rate, abs=1e-8)


def test_ways_begin_and_end_at_rest() -> None:
    steps = np.diff([eased(k / 100) for k in range(101)])
    assert eased(0.0) == 0.0
    assert eased(1.0) == pytest.approx(1.0)
    assert (steps > 0).all()
    assert max(steps[0], steps[-1]) < 0.1 * steps[50]


def test_what_swells_is_nothing_at_both_ends() -> None:
    assert (swell(0.0), swell(0.5), swell(1.0)) == (0.0, 1.0, 0.0)


def test_a_detour_shows_only_what_the_pictures_show() -> None:
    still = Path(np.zeros((3, 3)), WIDTH, HEIGHT)
    plain, panned = detour_for(Move.STILL, 1.0, still), detour_for(Move.PAN_RIGHT, 1.0, still)
    assert plain.zoom == 1.0
    assert panned.yaw > 0.0
    assert panned.zoom > 1.02
    assert panned.at(0.5, 0.0) == pytest.approx(np.eye(3), abs=1e-9)
