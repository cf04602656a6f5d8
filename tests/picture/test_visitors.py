"""References that come into a first frame, measured."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import made_pictures
import numpy as np
import pytest

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Picture, Quality, Shot
from kirin_video.engines.previs import PrevisEngine
from kirin_video.engines.previs.photo.render import opening_frame
from kirin_video.media.frames import I420Frame

WIDTH, HEIGHT, FRAMES = 320, 320, 60
SKY_AND_GRASS = np.clip(np.rint(made_pictures.meadow(320)), 0, 255).astype(np.uint8)


def shot(folder: Path, prompt: str, frames: int = FRAMES) -> Shot:
    first = made_pictures.saved(SKY_AND_GRASS, folder / "first.png")
    figure = made_pictures.saved(
        made_pictures.figure_before(made_pictures.paper(shadow=False)), folder / "figure.png"
    )
    images: tuple[Picture, ...] = (first, figure)
    return Shot(
        prompt=read_prompt(prompt),
        quality=Quality.STD,
        width=WIDTH,
        height=HEIGHT,
        num_frames=frames,
        seed=7,
        first_frame=first,
        images=images,
    )


def rendered(asked: Shot) -> tuple[tuple[str, ...], list[I420Frame]]:
    rendering = PrevisEngine().render(asked, lambda _: None)
    assert rendering.frames is not None
    return rendering.notes, [frame.copied() for frame in rendering.frames if isinstance(frame, I420Frame)]


def red(frame: I420Frame) -> np.ndarray:
    """Where the figure's coat is."""
    return frame.v > 165


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[str, ...], list[I420Frame]]:
    folder = tmp_path_factory.mktemp("walked")
    return rendered(
        shot(folder, "A still camera. The woman <<<image_2>>> walks into the picture from the left")
    )


def test_the_first_frame_is_the_picture_alone(walked: tuple[tuple[str, ...], list[I420Frame]]) -> None:
    assert np.array_equal(walked[1][0].y, opening_frame(SKY_AND_GRASS).y)
    assert not red(walked[1][1]).any()


def test_who_walks_in_comes_from_the_border_and_stays(
    walked: tuple[tuple[str, ...], list[I420Frame]],
) -> None:
    places = [np.nonzero(red(frame))[1].mean() for frame in walked[1][20::5] if red(frame).any()]
    assert len(places) >= 5
    assert places[0] < 0.3 * WIDTH / 2
    assert all(later > earlier - 2.0 for earlier, later in pairwise(places))
    assert abs(places[-1] - places[-2]) < 2.0
    assert any("comes in from the left" in note for note in walked[0])


def test_who_walks_in_stands_on_the_ground_with_a_shade(
    walked: tuple[tuple[str, ...], list[I420Frame]],
) -> None:
    last = walked[1][-1]
    rows, columns = np.nonzero(red(last))
    assert rows.max() > 0.8 * HEIGHT / 2
    assert rows.min() > 0.1 * HEIGHT / 2
    foot, middle = int(2 * rows.max()), int(2 * columns.mean())
    below = slice(foot, min(foot + 6, HEIGHT)), slice(middle - 16, middle + 16)
    before = walked[1][0].y[below].mean()
    assert last.y[below].mean() < 0.93 * before


def test_who_goes_through_is_gone_at_the_end(tmp_path: Path) -> None:
    notes, frames = rendered(shot(tmp_path, "The robot <<<image_2>>> runs across the picture from the right"))
    seen = [int(red(frame).sum()) for frame in frames]
    assert max(seen) > 150
    assert seen[1] == seen[-1] == 0
    assert any("goes through the picture from the right" in note for note in notes)


def test_a_thing_appears(tmp_path: Path) -> None:
    _, frames = rendered(shot(tmp_path, "The statue <<<image_2>>> stands on the grass", 40))
    seen = [int(red(frame).sum()) for frame in frames]
    assert seen[0] == 0
    assert seen[-1] > 150
    assert frames[20].v.max() < frames[39].v.max() + 3


def test_by_night_nobody_glows(tmp_path: Path) -> None:
    asked = shot(tmp_path, "The statue <<<image_2>>> stands on the grass", 40)
    night = made_pictures.saved((SKY_AND_GRASS // 5).astype(np.uint8), tmp_path / "night.png")
    dark = asked.model_copy(update={"first_frame": night, "images": (night, asked.images[1])})
    figure = np.asarray(rendered(asked)[1][-1].y)
    by_night = rendered(dark)[1][-1]
    place = by_night.v > 140
    assert place.any()
    assert by_night.y[::2, ::2][place].mean() < 0.75 * figure[::2, ::2][place].mean()


def test_who_is_far_away_is_small_and_the_picture_s_own_subject_is_not_said_to_act(
    tmp_path: Path, walked: tuple[tuple[str, ...], list[I420Frame]]
) -> None:
    prompt = "A still camera. The woman <<<image_2>>> walks far away in the distance from the left"
    notes, frames = rendered(shot(tmp_path, prompt))
    heights = [int(red(each[-1]).any(axis=1).sum()) for each in (frames, walked[1])]
    assert 0 < heights[0] < 0.6 * heights[1]
    assert not [note for note in (*notes, *walked[0]) if "subject to act" in note]


def test_visitors_who_pass_each_other_leave_no_hole(tmp_path: Path) -> None:
    prompt = (
        "A still camera. <<<image_2>>> runs across from the left, <<<image_3>>> runs across from the right, "
        "<<<image_4>>> runs across from the left"
    )
    asked = shot(tmp_path, prompt, 30)
    others = tuple(asked.images[1].model_copy() for _ in range(2))
    asked = asked.model_copy(update={"images": (*asked.images, *others)})
    _, frames = rendered(asked)
    shown = [frame for frame in frames if red(frame).any()]
    assert shown
    assert min(int(frame.y.min()) for frame in shown) > 17  # black is 16
