"""What looks are made of."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from kirin_video.engines.previs.looks.canvas import Canvas, camera_motion
from kirin_video.engines.previs.looks.flow import FlowFinder
from kirin_video.engines.previs.looks.oklab import lab_of_rgb, lab_of_ycc, ycc_of_lab
from kirin_video.engines.previs.looks.palette import chosen_colours
from kirin_video.engines.previs.looks.screens import dots, hatching, pressed
from kirin_video.engines.previs.looks.textures import as_tile, noise
from kirin_video.engines.previs.looks.tracking import carried
from kirin_video.engines.previs.looks.watching import Sight, Watcher
from kirin_video.media.frames import I420Frame

WIDTH, HEIGHT = 320, 192


def picture(shift: float = 0.0, seed: int = 2) -> np.ndarray:
    """Soft shapes, moved to the left by whole or half pixels."""
    tile = as_tile(noise(seed, finest_px=8.0, coarsest_px=60.0), 45.0)
    whole = int(np.floor(shift))
    a, b = (tile[:HEIGHT, 40 + k : 40 + k + WIDTH].astype(float) for k in (whole, whole + 1))
    return np.clip(np.rint(a + (b - a) * (shift - whole)), 16, 235).astype(np.uint8)


def frame_of(y: np.ndarray) -> I420Frame:
    grey = np.full((HEIGHT // 2, WIDTH // 2), 128, np.uint8)
    return I420Frame(y, grey, grey)


@pytest.mark.parametrize("shift", [0.5, 3.0, 11.0])
def test_motion_is_found(shift: float) -> None:
    finder = FlowFinder(WIDTH, HEIGHT)
    assert finder.next(picture()) is None
    flow = finder.next(picture(shift))
    assert flow is not None
    inside = flow[2:-2, 2:-5]
    assert np.median(inside[..., 0]) == pytest.approx(shift, abs=0.12)
    assert np.median(inside[..., 1]) == pytest.approx(0.0, abs=0.12)


def test_noise_is_no_motion() -> None:
    random, finder = np.random.default_rng(1), FlowFinder(WIDTH, HEIGHT)
    for _ in range(3):
        noisy = picture().astype(float) + random.normal(0, 1, (HEIGHT, WIDTH))
        flow = finder.next(np.clip(np.rint(noisy), 16, 235).astype(np.uint8))
    assert flow is not None
    assert np.abs(flow).max() == 0.0


def test_noise_is_settled_and_cuts_are_seen() -> None:
    random, watcher = np.random.default_rng(1), Watcher(WIDTH, HEIGHT)
    seen: list[Sight] = []
    for _ in range(8):
        noisy = picture().astype(float) + random.normal(0, 2, (HEIGHT, WIDTH))
        seen.append(watcher.next(frame_of(np.clip(np.rint(noisy), 16, 235).astype(np.uint8)), None))
    clean = picture().astype(float)
    assert np.abs(seen[-1].y - clean).mean() < 1.0
    assert [sight.is_new for sight in seen] == [True] + [False] * 7
    other = watcher.next(frame_of(np.rint(255 - clean).astype(np.uint8)), None)
    assert other.is_new


def test_the_canvas_follows_the_camera() -> None:
    rows, columns = 12, 20
    i, j = np.divmod(np.arange(rows * columns, dtype=np.float64), columns)
    x, y = (j + 0.5) * WIDTH / columns - WIDTH / 2, (i + 0.5) * HEIGHT / rows - HEIGHT / 2
    flow = np.stack((0.02 * x + 3.0, 0.02 * y - 1.0), axis=1).reshape(rows, columns, 2).astype(np.float32)
    flow[3:7, 8:12] += 20.0  # somebody walks through
    motion = camera_motion(flow, WIDTH, HEIGHT)
    assert motion[0, 0] == pytest.approx(1.02, abs=1e-3)
    middle = motion @ np.array((WIDTH / 2, HEIGHT / 2, 1.0))
    assert middle[:2] - (WIDTH / 2, HEIGHT / 2) == pytest.approx((3.0, -1.0), abs=0.1)


def test_a_tile_lies_still_or_moves_with_a_pan() -> None:
    tile = as_tile(noise(3, finest_px=3.0, coarsest_px=20.0), 30.0)
    canvas = Canvas(WIDTH, HEIGHT)
    before = canvas.laid(tile)
    empty = np.zeros((2, 2), np.uint8)
    flow = np.zeros((8, 8, 2), np.float32)
    flow[..., 0] = 5.0
    canvas.move(Sight(empty, empty, empty, empty, flow, is_new=False))
    assert np.abs(canvas.laid(tile)[:, :-8].astype(int) - before[:, 5:-3]).max() <= 2


def test_points_go_with_the_flow() -> None:
    flow = np.zeros((4, 4, 2), np.float32)
    flow[..., 0], flow[..., 1] = 6.0, -2.0
    points = np.array(((50.0, 60.0), (100.0, 20.0)), np.float32)
    assert carried(points, flow, WIDTH, HEIGHT) == pytest.approx(points - (6.0, -2.0), abs=1e-3)


@pytest.mark.parametrize("screen", [dots(8.0), hatching(1)])
def test_what_is_inked_once_is_inked_in_every_darker_tone(screen: np.ndarray) -> None:
    inks = [pressed(np.full_like(screen, dark), screen).astype(int) for dark in (40, 110, 180, 250)]
    for light, dark in itertools.pairwise(inks):
        assert (dark >= light).all()
    assert inks[0].mean() < 40
    assert inks[-1].mean() > 75


def test_colours_stand_for_what_is_there() -> None:
    truth = np.array(((40, 100, 150), (120, 128, 128), (200, 150, 90)), np.float32)
    sample = np.repeat(truth, 200, axis=0) + np.random.default_rng(2).normal(0, 2, (600, 3))
    assert chosen_colours(sample.astype(np.float32), 3) == pytest.approx(truth, abs=2.0)


def test_oklab_is_what_it_is_said_to_be_and_comes_back() -> None:
    white, red = lab_of_rgb(np.array(((1.0, 1.0, 1.0), (1.0, 0.0, 0.0))))
    assert white == pytest.approx((1.0, 0.0, 0.0), abs=1e-3)
    assert red == pytest.approx((0.628, 0.225, 0.126), abs=2e-3)
    colours = np.array(((60.0, 120.0, 140.0), (180.0, 118.0, 134.0)))
    assert ycc_of_lab(lab_of_ycc(colours)) == pytest.approx(colours, abs=0.01)


def test_a_cut_that_is_told_begins_a_new_scene_however_alike_it_looks() -> None:
    watcher, u = Watcher(WIDTH, HEIGHT), np.full((HEIGHT // 2, WIDTH // 2), 128, np.uint8)
    first, second, third = (picture(shift) for shift in (0.0, 1.0, 2.0))
    assert watcher.next(I420Frame(first, u, u), None).is_new
    assert not watcher.next(I420Frame(second, u, u), None).is_new
    watcher.forget()
    sight = watcher.next(I420Frame(third, u, u), None)
    assert sight.is_new
    np.testing.assert_array_equal(sight.y, third)
