"""Frame 0 of all kinds of photographs, measured in the file."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from kirin_video.domain.shot import Picture, Quality
from kirin_video.engines.previs.photo.picture import fitted, read_upright
from kirin_video.engines.previs.photo.render import opening_frame
from kirin_video.media.encode import Mp4Writer

RANDOM = np.random.default_rng(8)


def soft(height: int, width: int) -> np.ndarray:
    grid = RANDOM.uniform(0, 255, (height // 24 + 2, width // 24 + 2, 3)).astype(np.float32)
    return np.clip(cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC), 0, 255)


def picture_of(kind: str, folder: Path) -> Picture:
    """A file of one kind."""
    path, size = folder / f"{kind}.png", (180, 320)
    rgb = soft(*size)
    image = Image.fromarray(rgb.astype(np.uint8))
    match kind:
        case "noise":
            image = Image.fromarray(np.clip(rgb + RANDOM.normal(0, 25, (*size, 1)), 0, 255).astype(np.uint8))
        case "saturated":
            image = Image.fromarray(np.where(rgb > 127, 255, 0).astype(np.uint8).repeat(2, 0).repeat(2, 1))
        case "dark":
            image = Image.fromarray((rgb / 16).astype(np.uint8))
        case "tall":
            image = Image.fromarray(soft(500, 200).astype(np.uint8))
        case "tiny":
            image = Image.fromarray(soft(24, 40).astype(np.uint8))
        case "huge":
            image = Image.fromarray(soft(1500, 2400).astype(np.uint8))
        case "alpha":
            image.putalpha(Image.fromarray(np.clip(rgb[..., 0], 0, 255).astype(np.uint8)))
        case "grey":
            image = image.convert("L")
        case "cmyk":
            path, image = path.with_suffix(".jpg"), image.convert("CMYK")
        case _:
            raise AssertionError(kind)
    image.save(path)
    return Picture(path=path, width=image.width, height=image.height)


FINE = {"saturated", "huge"}
"""Made of colours that change from pixel to pixel: 4:2:0 halves their detail, so that only luma is whole."""


def psnr(shown: np.ndarray, sent: np.ndarray) -> float:
    error = float(np.mean((shown.astype(np.float64) - sent) ** 2))
    return 10 * np.log10(255**2 / max(error, 1e-9))


@pytest.mark.parametrize(
    "kind", ["noise", "saturated", "dark", "tall", "tiny", "huge", "alpha", "grey", "cmyk"]
)
def test_frame_0_is_the_picture(kind: str, tmp_path: Path) -> None:
    picture = picture_of(kind, tmp_path)
    ratio = picture.width / picture.height
    width, height = 2 * round(160 * ratio**0.5), 2 * round(160 / ratio**0.5)
    sent = fitted(read_upright(picture), width, height)
    opening = opening_frame(sent)
    with Mp4Writer(tmp_path / "clip.mp4", width, height, quality=Quality.STD) as writer:
        for _ in range(3):
            writer.write(opening)
    with av.open(str(tmp_path / "clip.mp4")) as movie:
        frame = next(movie.decode(video=0))
        shown = frame.to_ndarray(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709")
        planes = frame.to_ndarray(format="yuv420p")
    assert psnr(planes[:height], opening.y) >= 34
    if kind not in FINE:
        assert psnr(shown, sent) >= 34


def test_sixteen_bits_of_grey_keep_their_levels(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 64).round().astype(np.uint16)[None].repeat(48, axis=0)
    Image.fromarray(ramp).save(tmp_path / "grey.png")
    read = read_upright(Picture(path=tmp_path / "grey.png", width=64, height=48))
    assert np.abs(read[24, :, 1].astype(int) - np.linspace(0, 255, 64)).max() <= 1
