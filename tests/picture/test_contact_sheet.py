from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kirin_video.domain.shot import Quality
from kirin_video.media.contact_sheet import contact_sheet, poster, stills
from kirin_video.media.encode import Mp4Writer
from kirin_video.media.errors import UnreadableClip


def _clip(path: Path, num_frames: int = 49, width: int = 320, height: int = 180) -> Path:
    """Frames that grow brighter, so that each can be told from its level."""
    with Mp4Writer(path, width, height, quality=Quality.STD) as writer:
        for k in range(num_frames):
            writer.write(np.full((height, width, 3), 4 * k + 20, np.uint8))
    return path


def test_stills_are_evenly_spaced_from_first_to_last(tmp_path: Path) -> None:
    found = stills(_clip(tmp_path / "a.mp4"), 5, width=160)
    assert [still.index for still in found] == [0, 12, 24, 36, 48]
    assert found[0].rgb.shape == (90, 160, 3)
    levels = [float(still.rgb.mean()) for still in found]
    assert levels == pytest.approx([20, 68, 116, 164, 212], abs=4)
    assert found[2].time_s == 1.0


def test_a_clip_shorter_than_the_sheet(tmp_path: Path) -> None:
    assert [still.index for still in stills(_clip(tmp_path / "a.mp4", 3), 5)] == [0, 1, 2]


def test_sheet_holds_every_clip(tmp_path: Path) -> None:
    clips = [_clip(tmp_path / "wide.mp4"), _clip(tmp_path / "tall.mp4", width=180, height=320)]
    contact_sheet(clips, tmp_path / "sheet.png", columns=4, rows=2, tile_width=80)
    with Image.open(tmp_path / "sheet.png") as sheet:
        pixels = np.asarray(sheet.convert("L"), np.float64)
    assert sheet.format == "PNG"
    assert pixels.shape[1] == 8 + 4 * 88
    assert pixels.shape[0] == 2 * (8 + 22) + 2 * (45 + 22) + 2 * (142 + 22) + 8
    # The middles of the first clip's frames, in reading order, brighten.
    middles = [pixels[30 + 67 * row + 22, 8 + 88 * column + 40] for row in range(2) for column in range(4)]
    assert middles == sorted(middles)
    assert middles[-1] - middles[0] > 150


@pytest.mark.parametrize(("name", "kind"), [("poster.jpg", "JPEG"), ("poster.png", "PNG")])
def test_poster_is_the_middle_frame(tmp_path: Path, name: str, kind: str) -> None:
    poster(_clip(tmp_path / "a.mp4"), tmp_path / name)
    with Image.open(tmp_path / name) as image:
        assert (image.size, image.format) == ((320, 180), kind)
        assert float(np.asarray(image).mean()) == pytest.approx(116, abs=4)


def test_what_is_not_a_clip_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("not a clip")
    with pytest.raises(UnreadableClip, match=r"a\.mp4"):
        poster(tmp_path / "a.mp4", tmp_path / "poster.jpg")
