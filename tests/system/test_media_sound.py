"""The sound of footage in the clips made from it: the same channels, the same moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from clicking import CLICKS_S, heard_clicks_s, save_clicking
from media_samples import save_video

from kirin_video.domain.shot import FPS, Clip, Quality
from kirin_video.media.encode import Mp4Writer
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.footage import Footage
from kirin_video.media.frames import new_i420
from kirin_video.media.sound import SoundTrack, read_sound

NUM_FRAMES = 66  # 2.75 s: before the last click


@pytest.fixture(scope="module")
def footage() -> Iterator[Footage]:
    with Footage() as opened:
        yield opened


def clip(path: Path) -> Clip:
    return Clip(path=path, width=128, height=96, duration_s=3.2, has_sound=True)


def kept(footage: Footage, source: Path, path: Path) -> SoundTrack:
    sound = read_sound(footage.sandbox, clip(source), NUM_FRAMES)
    assert sound is not None
    frame = new_i420(128, 96)
    for plane in (frame.y, frame.u, frame.v):
        plane[:] = 128
    with Mp4Writer(path, 128, 96, quality=Quality.STD, sound=sound) as writer:
        for _ in range(NUM_FRAMES):
            writer.write(frame)
    return sound


@pytest.mark.parametrize(
    ("codec", "layout", "more", "channels"),
    [
        ("aac", "mono", {}, 1),
        ("aac", "stereo", {"rate": 44100}, 2),
        ("aac", "5.1", {}, 6),
        ("aac", "stereo", {"sound_from_s": 0.25}, 2),
        ("aac", "stereo", {"pictures_from_s": 0.4}, 2),
        ("pcm_s16le", "mono", {"sound_from_s": 0.25}, 1),
        ("pcm_s16le", "7.1", {}, 2),
        ("ac3", "5.1", {}, 6),
        ("libmp3lame", "stereo", {"rate": 44100}, 2),
        ("alac", "stereo", {"pictures_from_s": 0.4}, 2),
    ],
)
def test_every_click_is_heard_when_it_was(  # noqa: PLR0913, PLR0917
    footage: Footage, tmp_path: Path, codec: str, layout: str, more: dict[str, Any], channels: int
) -> None:
    source = save_clicking(tmp_path / "source.mov", codec, layout, **more)
    sound = kept(footage, source, tmp_path / "clip.mp4")
    assert sound.copied is (codec == "aac")
    shift_s = more.get("sound_from_s", 0.0) - more.get("pictures_from_s", 0.0)
    wanted = [time + shift_s for time in CLICKS_S if 0 <= time + shift_s < NUM_FRAMES / FPS]
    heard = heard_clicks_s(tmp_path / "clip.mp4")
    assert len(heard) == channels
    deaf = {3} if channels == 6 else set[int]()  # the bass loudspeaker is given no clicks by these codecs
    for number, times in enumerate(heard):
        if number not in deaf:
            assert times == pytest.approx(wanted, abs=0.02), number


@pytest.mark.parametrize("codec", ["aac", "pcm_s16le"])
def test_sound_that_is_longer_than_the_clip_fades_out(footage: Footage, tmp_path: Path, codec: str) -> None:
    source = save_clicking(tmp_path / "source.mov", codec, tone=0.3)
    sound = read_sound(footage.sandbox, clip(source), 48, fade_frames=12)
    assert sound is not None
    assert not sound.copied
    assert sound.packets[-1].pts <= 2 * sound.rate
    whole = read_sound(footage.sandbox, clip(source), 240, fade_frames=12)
    assert whole is not None
    assert whole.copied is (codec == "aac"), "what ends before the clip is left as it is"
    loud = loudness(footage, source, tmp_path / "clip.mp4", 48, 12)
    assert loud(1.70, 1.78) < 0.8 * loud(1.2, 1.4)
    assert loud(1.93, 1.99) < 0.12 * loud(1.2, 1.4)


def loudness(
    footage: Footage, source: Path, path: Path, num_frames: int, fade_frames: int
) -> Callable[[float, float], float]:
    """How loud a clip made of a sound is between two times."""
    sound = read_sound(footage.sandbox, clip(source), num_frames, fade_frames=fade_frames)
    frame = new_i420(128, 96)
    with Mp4Writer(path, 128, 96, quality=Quality.STD, sound=sound) as writer:
        for _ in range(num_frames):
            writer.write(frame)
    with av.open(str(path)) as movie:
        stream = movie.streams.audio[0]
        heard = np.concatenate([part.to_ndarray()[0] for part in movie.decode(stream)])
    return lambda start, end: float(heard[round(start * stream.rate) : round(end * stream.rate)].std())


def test_copied_packets_are_the_footages_own_and_end_with_the_clip(footage: Footage, tmp_path: Path) -> None:
    source = save_clicking(tmp_path / "source.mov")
    sound = kept(footage, source, tmp_path / "clip.mp4")
    with av.open(str(source)) as movie:
        own = {bytes(packet) for packet in movie.demux(movie.streams.audio[0])}
    assert {packet.data for packet in sound.packets} <= own
    with av.open(str(tmp_path / "clip.mp4")) as made:
        assert made.streams.audio[0].codec_context.name == "aac"
        assert made.duration is not None
        assert made.duration / 1e6 == pytest.approx(NUM_FRAMES / FPS, abs=1 / FPS)


def test_footage_without_sound_has_none(footage: Footage, tmp_path: Path) -> None:
    source = save_video(tmp_path / "silent.mp4", size=(128, 96), num_frames=4)
    assert read_sound(footage.sandbox, clip(source), 4) is None


def test_sound_that_cannot_be_read_is_told(footage: Footage, tmp_path: Path) -> None:
    source = tmp_path / "damaged.mov"
    source.write_bytes(save_clicking(tmp_path / "source.mov").read_bytes()[:2000])
    with pytest.raises(UnreadableClip, match="sound"):
        read_sound(footage.sandbox, clip(source), 24)
