"""MP4s written by Mp4Writer, read back frame by frame."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data, transform

from kirin_video.domain.shot import Quality
from kirin_video.media.colour import rgb_to_i420, to_rgb
from kirin_video.media.encode import DISCLOSURE, Mp4Writer
from kirin_video.media.frames import I420Frame, new_i420
from kirin_video.media.probe import probe_clip, top_level_boxes

WIDTH, HEIGHT = 320, 180


def _pan(num_frames: int, width: int = WIDTH, height: int = HEIGHT) -> list[NDArray[np.uint8]]:
    """A saturated photograph drifting by: a wrong colour matrix costs it many decibels."""
    photo = transform.resize(data.coffee(), (height + 60, width + 60), anti_aliasing=True)
    picture = (photo * 255).round().astype(np.uint8)
    return [picture[k // 2 : k // 2 + height, k : k + width].copy() for k in range(num_frames)]


def _psnr(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    error = np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2)
    return float(10 * np.log10(255**2 / error))


def _write(path: Path, frames: list[NDArray[np.uint8]], quality: Quality = Quality.STD) -> None:
    height, width = frames[0].shape[:2]
    with Mp4Writer(path, width, height, quality=quality) as writer:
        for frame in frames:
            writer.write(frame)


def _planes(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


@pytest.mark.parametrize("num_frames", [1, 47, 73])
def test_clip_has_every_frame_on_the_grid_and_every_tag(tmp_path: Path, num_frames: int) -> None:
    _write(tmp_path / "clip.mp4", _pan(48)[:1] * num_frames)
    facts = probe_clip(tmp_path / "clip.mp4")
    assert (facts.width, facts.height, facts.num_frames) == (WIDTH, HEIGHT, num_frames)
    assert facts.fps == Fraction(24)
    assert facts.constant_rate
    assert facts.duration_s == pytest.approx(num_frames / 24, abs=1e-9)
    assert (facts.codec, facts.pix_fmt) == ("h264", "yuv420p")
    assert facts.bt709
    assert facts.faststart
    assert not facts.has_sound
    assert facts.comment == DISCLOSURE
    assert facts.size_bytes == (tmp_path / "clip.mp4").stat().st_size


def test_colour_is_tagged_in_the_container_and_in_the_stream(tmp_path: Path) -> None:
    _write(tmp_path / "clip.mp4", _pan(2))
    content = (tmp_path / "clip.mp4").read_bytes()
    # A colr box of kind nclx: primaries 1, transfer 1, matrix 1, limited range (ISO/IEC 14496-12).
    assert b"colrnclx\x00\x01\x00\x01\x00\x01\x00" in content
    with av.open(str(tmp_path / "clip.mp4")) as container:
        frame = next(container.decode(video=0))
    assert (frame.color_range, frame.color_primaries, frame.color_trc, frame.colorspace) == (1, 1, 1, 1)


def test_a_key_frame_every_two_seconds(tmp_path: Path) -> None:
    _write(tmp_path / "clip.mp4", _pan(1) * 100)
    with av.open(str(tmp_path / "clip.mp4")) as container:
        keys = [index for index, packet in enumerate(container.demux(video=0)) if packet.is_keyframe]
    assert keys == [0, 48, 96]


def test_index_comes_first(tmp_path: Path) -> None:
    _write(tmp_path / "clip.mp4", _pan(3))
    with (tmp_path / "clip.mp4").open("rb") as file:
        boxes = top_level_boxes(file)
    assert boxes.index(b"moov") < boxes.index(b"mdat")


@pytest.mark.parametrize("quality", list(Quality))
def test_pictures_survive_the_round_trip_through_bt709(tmp_path: Path, quality: Quality) -> None:
    source = _pan(24)
    _write(tmp_path / "clip.mp4", source, quality)
    with av.open(str(tmp_path / "clip.mp4")) as container:
        decoded = [to_rgb(frame) for frame in container.decode(video=0)]
    # Chroma subsampling alone costs most of this on a photograph at this size: luma is judged strictly below.
    assert min(map(_psnr, decoded, source)) > 34
    luma = [rgb_to_i420(frame).y for frame in source]
    got = [planes[:HEIGHT] for planes in _planes(tmp_path / "clip.mp4")]
    assert min(map(_psnr, got, luma)) >= 38


def test_smooth_pictures_come_back_above_38_db() -> None:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    smooth = np.stack([x * 255 // WIDTH, y * 255 // HEIGHT, 255 - x * 255 // WIDTH], -1).astype(np.uint8)
    planes = rgb_to_i420(smooth)
    frame = av.VideoFrame.from_numpy_buffer(
        np.concatenate([p.ravel() for p in (planes.y, planes.u, planes.v)]).reshape(HEIGHT * 3 // 2, WIDTH),
        "yuv420p",
    )
    assert _psnr(to_rgb(frame), smooth) >= 38


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [  # ITU-R BT.709-6, section 3: 8-bit limited range
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colours_become_their_bt709_codes(rgb: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    planes = rgb_to_i420(np.full((16, 16, 3), rgb, np.uint8))
    found = (int(planes.y[8, 8]), int(planes.u[4, 4]), int(planes.v[4, 4]))
    assert np.abs(np.subtract(found, expected)).max() <= 1


def _three_ways(width: int, height: int) -> list[I420Frame]:
    """The same picture in one buffer, in three arrays, and as views into wider arrays."""
    whole = rgb_to_i420(_pan(1, width, height)[0])
    apart = I420Frame(whole.y.copy(), whole.u.copy(), whole.v.copy())
    padded = [np.zeros((p.shape[0], p.shape[1] + 24), np.uint8) for p in (whole.y, whole.u, whole.v)]
    for wide, plane in zip(padded, (whole.y, whole.u, whole.v), strict=True):
        wide[:, : plane.shape[1]] = plane
    views = [wide[:, : p.shape[1]] for wide, p in zip(padded, (whole.y, whole.u, whole.v), strict=True)]
    return [whole, apart, I420Frame(*views)]


@pytest.mark.parametrize(("width", "height"), [(320, 180), (322, 182), (318, 178), (330, 190)])
def test_planes_are_written_alike_however_they_lie_in_memory(tmp_path: Path, width: int, height: int) -> None:
    decoded: list[NDArray[np.uint8]] = []
    for index, frame in enumerate(_three_ways(width, height)):
        path = tmp_path / f"{index}.mp4"
        with Mp4Writer(path, width, height, quality=Quality.STD) as writer:
            writer.write(frame)
        facts = probe_clip(path)
        assert (facts.width, facts.height) == (width, height)
        decoded.append(_planes(path)[0])
    assert _psnr(decoded[0][:height, :width], _three_ways(width, height)[0].y) >= 38
    assert np.array_equal(decoded[0], decoded[1])
    assert np.array_equal(decoded[0], decoded[2])


def test_the_caller_may_reuse_its_buffer_at_once(tmp_path: Path) -> None:
    frame = new_i420(WIDTH, HEIGHT)
    frame.u[:], frame.v[:] = 128, 128
    with Mp4Writer(tmp_path / "clip.mp4", WIDTH, HEIGHT, quality=Quality.STD) as writer:
        for level in range(20, 220, 4):
            frame.y[:] = level
            writer.write(frame)
            frame.y[:] = 0
    levels = [float(planes[:HEIGHT].mean()) for planes in _planes(tmp_path / "clip.mp4")]
    assert np.abs(np.subtract(levels, range(20, 220, 4))).max() < 2


def test_several_rgb_frames_at_once(tmp_path: Path) -> None:
    with Mp4Writer(tmp_path / "clip.mp4", WIDTH, HEIGHT, quality=Quality.STD) as writer:
        writer.write(np.stack(_pan(5)))
    assert probe_clip(tmp_path / "clip.mp4").num_frames == 5


def test_an_exception_leaves_no_file_and_spares_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"old")
    with (  # noqa: PT012
        pytest.raises(RuntimeError, match="engine"),
        Mp4Writer(tmp_path / "clip.mp4", WIDTH, HEIGHT, quality=Quality.STD) as writer,
    ):
        writer.write(_pan(1)[0])
        raise RuntimeError("engine")
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]
    assert (tmp_path / "clip.mp4").read_bytes() == b"old"


def test_a_clip_without_frames_is_an_error_and_no_file(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="at least one frame"),
        Mp4Writer(tmp_path / "clip.mp4", WIDTH, HEIGHT, quality=Quality.STD),
    ):
        pass
    assert not list(tmp_path.iterdir())


def test_a_frame_of_another_size_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="expected 320x180 px, not 160x90"),
        Mp4Writer(tmp_path / "clip.mp4", WIDTH, HEIGHT, quality=Quality.STD) as writer,
    ):
        writer.write(np.zeros((90, 160, 3), np.uint8))
    assert not list(tmp_path.iterdir())
