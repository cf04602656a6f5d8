"""Odd footage: one frame, two fields, transparency, odd sides, a late beginning, sixty frames a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from kirin_video.domain.shot import Clip
from kirin_video.media.footage import Footage
from kirin_video.media.frames import I420Frame

SIZE = (96, 64)
QUIET = {"preset": "ultrafast", "qp": "4"}


@pytest.fixture(scope="module")
def footage() -> Iterator[Footage]:
    with Footage() as opened:
        yield opened


def save(  # noqa: PLR0913
    path: Path,
    draw: Callable[[int], av.VideoFrame],
    *,
    num_frames: int,
    pts: Callable[[int], int] = lambda k: 25 * k,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    size: tuple[int, int] = SIZE,
    options: dict[str, str] | None = None,
) -> Clip:
    with av.open(str(path), "w", format="mov") as movie:
        stream = movie.add_stream(codec, rate=60, width=size[0], height=size[1], time_base=Fraction(1, 600))
        stream.pix_fmt = pix_fmt
        stream.options = QUIET if options is None else options
        for k in range(num_frames):
            frame = draw(k)
            frame.pts, frame.time_base = pts(k), Fraction(1, 600)
            movie.mux(stream.encode(frame))
        movie.mux(stream.encode(None))
    return Clip(path=path, width=SIZE[0], height=SIZE[1], duration_s=1.0, has_sound=False)


def grey(k: int, size: tuple[int, int] = SIZE, pix_fmt: str = "yuv420p") -> av.VideoFrame:
    """A frame whose brightness is its number."""
    rgb = np.full((size[1], size[0], 3), 30 + 8 * k, np.uint8)
    return av.VideoFrame.from_ndarray(rgb, "rgb24").reformat(format=pix_fmt)


def levels(frames: Iterator[I420Frame]) -> list[int]:
    return [round(float(frame.y.mean())) for frame in frames]


def test_one_single_frame_stands_for_as_long_as_is_asked(footage: Footage, tmp_path: Path) -> None:
    clip = save(tmp_path / "a.mov", grey, num_frames=1)
    shown = levels(footage.frames(clip, *SIZE, 6))
    assert len(shown) == 6
    assert len(set(shown)) == 1
    assert footage.held == 4, "a frame and a half may stand by themselves"


@pytest.mark.parametrize("late", [600, 6000])
def test_a_late_first_frame_is_the_clips_first(footage: Footage, tmp_path: Path, late: int) -> None:
    clip = save(tmp_path / "a.mov", grey, num_frames=4, pts=lambda k: late + 25 * k)
    prompt = save(tmp_path / "b.mov", grey, num_frames=4)
    assert levels(footage.frames(clip, *SIZE, 4)) == levels(footage.frames(prompt, *SIZE, 4))


def test_sixty_frames_a_second_become_every_second_or_third(footage: Footage, tmp_path: Path) -> None:
    clip = save(tmp_path / "a.mov", grey, num_frames=20, pts=lambda k: 10 * k)
    shown = levels(footage.frames(clip, *SIZE, 8))
    numbers = [((level - 16) * 255 / 219 - 30) / 8 for level in shown]
    assert numbers == pytest.approx([2.5 * k for k in range(8)], abs=0.7)


def test_odd_sides_are_scaled_to_even_ones(footage: Footage, tmp_path: Path) -> None:
    size = (97, 63)
    clip = save(
        tmp_path / "a.mov",
        lambda k: grey(k, size, "yuv444p"),
        num_frames=2,
        size=size,
        pix_fmt="yuv444p",
    )
    shapes = {(frame.y.shape, frame.u.shape) for frame in footage.frames(clip, *SIZE, 2)}
    assert shapes == {((64, 96), (32, 48))}


def test_what_is_transparent_is_shown_without_it(footage: Footage, tmp_path: Path) -> None:
    def half_clear(k: int) -> av.VideoFrame:
        rgba = np.full((SIZE[1], SIZE[0], 4), 120, np.uint8)
        rgba[..., 3] = 255
        rgba[:, :48, 3] = 40 * k
        return av.VideoFrame.from_ndarray(rgba, "rgba").reformat(format="yuva444p10le")

    clip = save(
        tmp_path / "a.mov",
        half_clear,
        num_frames=3,
        codec="prores_ks",
        pix_fmt="yuva444p10le",
        options={"profile": "4444"},
    )
    for frame in footage.frames(clip, *SIZE, 3):
        assert abs(float(frame.y[:, :40].mean()) - float(frame.y[:, 56:].mean())) < 4


def test_two_fields_make_one_picture_without_combs(footage: Footage, tmp_path: Path) -> None:
    def woven(k: int) -> av.VideoFrame:
        luma = np.full((96, 96), 128, np.uint8)
        luma[:64] = 60
        luma[0:64:2, 8 + 12 * k : 32 + 12 * k] = 200  # the upper field, and the lower one a moment later
        luma[1:64:2, 14 + 12 * k : 38 + 12 * k] = 200
        return av.VideoFrame.from_ndarray(luma, "yuv420p")

    options = {**QUIET, "flags": "+ilme+ildct", "x264-params": "tff=1"}
    clip = save(tmp_path / "a.mov", woven, num_frames=3, options=options)
    with av.open(str(clip.path)) as movie:
        assert next(movie.decode(video=0)).interlaced_frame
    for frame in footage.frames(clip, *SIZE, 3):
        rows = frame.y[1:-1].astype(int)
        combs = (rows - frame.y[:-2]) * (rows - frame.y[2:].astype(int)) > 2000
        assert combs.mean() < 0.01
        assert int((frame.y > 150).sum()) > 1000, "what moves is still there"
