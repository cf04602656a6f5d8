"""New shots made with what footage lends: its camera, colours and scene are found again in their frames."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from made_camera import WALL, Pose, Walk, eased, save

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Clip, Quality, Shot
from kirin_video.engines.base import I420Frame, Rendering
from kirin_video.engines.previs import PrevisEngine
from kirin_video.engines.previs.camera import offset
from kirin_video.engines.previs.feature.path import TakePath, recover
from kirin_video.engines.previs.feature.tracks import follow
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.render import render_world
from kirin_video.engines.previs.takes import prospects

FRAMES = 24
SIZE = (320, 180)
RIGHT = Walk(eased(30, Pose(pan=0.28)), tint=(1.0, 0.75, 0.5))
GREY = Walk(eased(20, Pose(tilt=0.12)), tint=(0.6, 0.6, 0.6), grey=True)


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Walk], Clip]:
    folder = tmp_path_factory.mktemp("feature")

    @cache
    def film(walk: Walk) -> Clip:
        return walk.save(folder / f"{abs(hash(walk))}.mp4")

    return film


def made(clip: Clip, prompt: str, num_frames: int = FRAMES) -> tuple[list[I420Frame], Rendering]:
    shot = Shot(
        prompt=read_prompt(prompt),
        quality=Quality.STD,
        width=SIZE[0],
        height=SIZE[1],
        num_frames=num_frames,
        seed=4,
        feature=clip,
    )
    rendering = PrevisEngine().render(shot, lambda _: None)
    assert rendering.frames is not None
    frames = [frame.copied() for frame in rendering.frames if isinstance(frame, I420Frame)]
    assert len(frames) == num_frames
    return frames, rendering


def path_in(frames: list[I420Frame]) -> TakePath:
    [path] = recover(follow(frame.y for frame in frames))
    return path


def alike(a: np.ndarray, b: np.ndarray) -> float:
    """How two ways of any lengths go together."""
    at = np.linspace(0, 1, 60)
    one, other = (np.interp(at, np.linspace(0, 1, len(way)), way) for way in (a, b))
    return float(np.corrcoef(one, other)[0, 1])


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return 10 * math.log10(255**2 / max(float(((a.astype(float) - b.astype(float)) ** 2).mean()), 1e-6))


def test_the_camera_of_our_own_worlds_is_found() -> None:
    plan = read_plan("A village by a river, the camera pans to the right", seed=3)
    frames = render_world(plan, seed=3, width=SIZE[0], height=SIZE[1], num_frames=FRAMES)
    path = path_in([frame.copied() for frame in frames])
    [(prospect, _)] = prospects(plan, seed=3, aspect=16 / 9, num_frames=FRAMES)
    yaw = np.unwrap([offset(view.eye, view.target)[0] for view in prospect.views])
    assert alike(path.poses[:, 0], yaw) > 0.95
    assert np.ptp(path.poses[:, 0]) > 5 * np.ptp(path.poses[:, 1])


def test_a_new_shot_moves_as_the_footage_does_and_takes_its_colours(filmed: Callable[[Walk], Clip]) -> None:
    frames, rendering = made(filmed(RIGHT), "A meadow in spring")
    path = path_in(frames)
    assert alike(path.poses[:, 0], RIGHT.channel("pan")) > 0.95
    warm = RIGHT.frame(15).reshape(-1, 3).mean(axis=0)
    assert warm[0] > warm[2]
    assert float(frames[12].v.mean()) > float(frames[12].u.mean())
    assert rendering.facts["taken"] == ["camera", "pace", "palette", "style"]
    assert any("lasts 1.2 s, the clip 1.0 s" in note for note in rendering.notes)


def test_grey_footage_lends_black_and_white(filmed: Callable[[Walk], Clip]) -> None:
    frames, rendering = made(filmed(GREY), "A red barn in a meadow, in the style of <<<video_1>>>", 4)
    assert max(np.abs(frame.u.astype(int) - 128).max() for frame in frames) <= 2
    assert rendering.facts["taken"] == ["palette", "style"]


def test_a_shot_that_goes_on_begins_with_the_last_frame(filmed: Callable[[Walk], Clip]) -> None:
    frames, rendering = made(filmed(RIGHT), "Continue <<<video_1>>>", 6)
    assert psnr(frames[0].y, _luma(RIGHT, -1)) > 30
    assert psnr(frames[0].y, _luma(RIGHT, 0)) < 20
    assert rendering.facts["follows"] == "on"


def test_the_previous_shot_ends_in_the_first_frame(filmed: Callable[[Walk], Clip]) -> None:
    frames, rendering = made(filmed(RIGHT), "Generate the previous shot of <<<video_1>>>", 6)
    assert psnr(frames[-1].y, _luma(RIGHT, 0)) > 30
    assert rendering.facts["follows"] == "previous"


def test_the_next_shot_is_in_the_same_place_with_whom_the_prompt_names(
    filmed: Callable[[Walk], Clip],
) -> None:
    frames, rendering = made(filmed(RIGHT), "Next shot of <<<video_1>>>: a black dog runs to the left", 6)
    colour = [float(np.median(plane)) for plane in (frames[3].y, frames[3].u, frames[3].v)]
    true = rgb_planes(RIGHT.frame(len(RIGHT.poses) - 1))
    assert np.abs(np.array(colour) - true).max() < 22
    assert any("last shot" in note for note in rendering.notes)


def test_cuts_come_where_the_footage_cuts(tmp_path: Path) -> None:
    walks = [Walk(eased(20, Pose(pan=0.1))), Walk(eased(20, Pose(zoom=0.2)), WALL)]
    clip = save(walks, tmp_path / "two.mp4")
    frames, rendering = made(clip, "A meadow with a red barn", 26)
    assert any("cuts are taken: 0.5 s" in note for note in rendering.notes)
    apart = [float(np.abs(a.y.astype(int) - b.y).mean()) for a, b in pairwise(frames)]
    assert int(np.argmax(apart)) == 12


def test_footage_that_cannot_be_decoded_fails_the_task(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0\0\0\x18ftypisom" + bytes(200))
    clip = Clip(path=path, width=320, height=180, duration_s=1.0, has_sound=False)
    with pytest.raises(TaskFailure) as failure:
        made(clip, "A meadow")
    assert failure.value.fault is Fault.VIDEO_REJECTED


def _luma(walk: Walk, index: int) -> np.ndarray:
    return list(walk.frames())[index].copied().y


def rgb_planes(rgb: np.ndarray) -> np.ndarray:
    """The median colour of a picture as video planes have it."""
    from kirin_video.media.colour import rgb_to_i420  # noqa: PLC0415

    frame = rgb_to_i420(rgb)
    return np.array([float(np.median(plane)) for plane in (frame.y, frame.u, frame.v)])
