"""Footage as frames: the right ones, upright, in our colours, from a locked-down child."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from kirin_video.domain.shot import Clip
from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.footage import Footage
from kirin_video.media.frames import I420Frame

SIZE = (96, 64)
OPTIONS = {
    "libx264": {"preset": "ultrafast", "qp": "2"},
    "libx265": {"preset": "ultrafast", "x265-params": "qp=4:log-level=none:pools=none:frame-threads=1"},
    "libsvtav1": {"preset": "10", "crf": "10"},
    "prores_ks": dict[str, str](),
}


@pytest.fixture(scope="module")
def footage() -> Iterator[Footage]:
    with Footage() as opened:
        yield opened


def clip(path: Path) -> Clip:
    return Clip(path=path, width=96, height=64, duration_s=1.0, has_sound=False)


def save(  # noqa: PLR0913
    path: Path,
    draw: Callable[[int], av.VideoFrame],
    pts: Callable[[int], int],
    *,
    num_frames: int = 40,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    rotation: int = 0,
    full_range: bool = False,
) -> Path:
    with av.open(str(path), "w", format="mp4" if codec == "libsvtav1" else "mov") as movie:
        stream = movie.add_stream(codec, rate=60, width=96, height=64, time_base=Fraction(1, 600))
        stream.pix_fmt = pix_fmt
        stream.options = OPTIONS[codec]
        if full_range:
            stream.color_range = 2
        if rotation:
            stream.set_display_rotation(rotation)
        for k in range(num_frames):
            frame = draw(k)
            frame.pts, frame.time_base = pts(k), Fraction(1, 600)
            movie.mux(stream.encode(frame))
        movie.mux(stream.encode(None))
    return path


def grey(k: int) -> av.VideoFrame:
    """A frame whose brightness is its number."""
    planes = np.full((96, 96), 128, np.uint8)
    planes[:64] = 20 + 4 * k
    return av.VideoFrame.from_ndarray(planes, "yuv420p")


def numbers(frames: Iterator[I420Frame]) -> list[int]:
    return [round((float(frame.y.mean()) - 20) / 4) for frame in frames]


@pytest.mark.parametrize("pts", [lambda k: 10 * k, lambda k: 25 * k, lambda k: 20 * k, lambda k: 24 * k + 90])
def test_each_frame_is_the_one_nearest_in_time(
    footage: Footage, tmp_path: Path, pts: Callable[[int], int]
) -> None:
    times = np.array([pts(k) - pts(0) for k in range(40)]) / 600
    wanted = [int(np.abs(times - k / 24).argmin()) for k in range(16)]
    path = save(tmp_path / "a.mov", grey, pts)
    got = numbers(footage.frames(clip(path), *SIZE, 16))
    # a moment in the very middle between two frames belongs to either
    assert all(
        abs(times[a] - k / 24) <= abs(times[b] - k / 24) + 1e-9
        for k, (a, b) in enumerate(zip(got, wanted, strict=True))
    )
    assert footage.held == 0


def test_a_hole_and_an_early_end_are_filled_by_the_frame_before_and_counted(
    footage: Footage, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.mov", grey, lambda k: 25 * k if k < 4 else 25 * (k + 8), num_frames=8)
    assert numbers(footage.frames(clip(path), *SIZE, 30)) == [0, 1, 2, *[3] * 5, *[4] * 5, 5, 6, *[7] * 15]
    assert footage.held > 10


def quarters() -> np.ndarray:
    """Red, green, blue and white quarters."""
    rgb = np.full((64, 96, 3), 235, np.uint8)
    rgb[:32, :48], rgb[:32, 48:], rgb[32:, :48] = (200, 30, 30), (40, 180, 60), (50, 60, 200)
    return rgb


@pytest.mark.parametrize(("rotation", "turns"), [(0, 0), (90, 1), (-90, 3), (180, 2)])
def test_frames_stand_upright(footage: Footage, tmp_path: Path, rotation: int, turns: int) -> None:
    picture = quarters()
    planes = rgb_to_i420(picture)
    frame = np.concatenate([planes.y.reshape(-1), planes.u.reshape(-1), planes.v.reshape(-1)])
    path = save(
        tmp_path / "a.mov",
        lambda _: av.VideoFrame.from_ndarray(frame.reshape(96, 96), "yuv420p"),
        lambda k: 25 * k,
        num_frames=2,
        rotation=rotation,
    )
    size = SIZE if turns % 2 == 0 else SIZE[::-1]
    wanted = rgb_to_i420(np.ascontiguousarray(np.rot90(picture, turns)))
    for shown in footage.frames(clip(path), *size, 2):
        for plane, expected in zip((shown.y, shown.u, shown.v), (wanted.y, wanted.u, wanted.v), strict=True):
            assert np.abs(plane.astype(int) - expected).mean() < 2


@pytest.mark.parametrize(
    ("codec", "pix_fmt", "full_range"),
    [
        ("libx264", "yuv422p10le", False),
        ("libx264", "yuv444p", False),
        ("libx264", "yuvj420p", True),
        ("libx265", "yuv420p10le", False),
        ("libsvtav1", "yuv420p", False),
        ("prores_ks", "yuv422p10le", False),
    ],
)
def test_all_kinds_of_footage_become_our_colours(
    footage: Footage, tmp_path: Path, codec: str, pix_fmt: str, *, full_range: bool
) -> None:
    picture = quarters()
    source = av.VideoFrame.from_ndarray(picture, "rgb24").reformat(
        format=pix_fmt,
        dst_colorspace="ITU709",
        src_color_range="JPEG",
        dst_color_range="JPEG" if full_range else "MPEG",
    )
    path = save(
        tmp_path / "a.mov",
        lambda _: source,
        lambda k: 25 * k,
        num_frames=3,
        codec=codec,
        pix_fmt=pix_fmt,
        full_range=full_range,
    )
    wanted = rgb_to_i420(picture)
    for shown in footage.frames(clip(path), *SIZE, 3):
        for plane, expected in zip((shown.y, shown.u, shown.v), (wanted.y, wanted.u, wanted.v), strict=True):
            assert np.abs(plane.astype(int) - expected)[4:-4, 4:-4].mean() < 3


def test_frames_are_scaled(footage: Footage, tmp_path: Path) -> None:
    path = save(tmp_path / "a.mov", grey, lambda k: 25 * k, num_frames=3)
    shapes = {(frame.width, frame.height) for frame in footage.frames(clip(path), 48, 32, 3)}
    assert shapes == {(48, 32)}


def test_what_is_no_movie_is_told(footage: Footage, tmp_path: Path) -> None:
    path = tmp_path / "a.mov"
    path.write_bytes(b"ffconcat version 1.0\nfile secret.ts\n")
    with pytest.raises(UnreadableClip):
        next(footage.frames(clip(path), *SIZE, 2))


def test_a_reader_left_early_is_gone(footage: Footage, tmp_path: Path) -> None:
    path = save(tmp_path / "a.mov", grey, lambda k: 25 * k)
    frames = footage.frames(clip(path), *SIZE, 16)
    next(frames)
    frames.close()
    assert numbers(footage.frames(clip(path), *SIZE, 3)) == [0, 1, 2]
