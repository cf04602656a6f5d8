"""Callers' pictures made plain in the real, locked-down reading process."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps

from kirin_video.domain.shot import Picture
from kirin_video.engines.previs.photo.picture import read_upright
from kirin_video.media.errors import MediaRejected
from kirin_video.media.judge import MediaJudge


@pytest.fixture(scope="module")
async def judge() -> AsyncIterator[MediaJudge]:
    async with MediaJudge() as judge:
        yield judge


def noise(width: int, height: int, channels: int = 3) -> np.ndarray:
    shape = (height, width, channels)[: 3 if channels > 1 else 2]
    return np.random.default_rng(3).integers(0, 256, shape, np.uint8)


async def plain(judge: MediaJudge, path: Path) -> np.ndarray:
    dest = path.with_suffix(".ppm")
    facts = await judge.read_pixels(path, dest)
    with Image.open(dest) as opened:
        assert (opened.format, opened.mode, opened.size) == ("PPM", "RGB", (facts.width, facts.height))
        return np.asarray(opened)


async def test_an_opaque_picture_comes_through_unchanged(judge: MediaJudge, tmp_path: Path) -> None:
    Image.fromarray(noise(400, 300)).save(tmp_path / "a.png")
    assert np.array_equal(await plain(judge, tmp_path / "a.png"), noise(400, 300))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
async def test_a_picture_is_turned_as_its_exif_data_say(
    judge: MediaJudge, tmp_path: Path, kind: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    Image.fromarray(noise(400, 300)).save(tmp_path / "a", kind, exif=exif)
    with Image.open(tmp_path / "a") as opened:
        wanted = np.asarray(ImageOps.exif_transpose(opened))
    assert np.array_equal(await plain(judge, tmp_path / "a"), wanted)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "CMYK"])
async def test_every_kind_of_picture_becomes_what_an_engine_used_to_see(
    judge: MediaJudge, tmp_path: Path, mode: str
) -> None:
    source = noise(500, 300, 4)
    source[:, :250, 3] = 0
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.fromarray(source).convert(mode).save(tmp_path / "a", kind)
    wanted = read_upright(Picture(path=tmp_path / "a", width=500, height=300))
    found = await plain(judge, tmp_path / "a")
    assert np.array_equal(found, wanted)
    if mode in {"RGBA", "LA"}:
        assert (found[:, :250] == 255).all(), "what is transparent is white"


async def test_a_transparent_colour_becomes_white(judge: MediaJudge, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), (1, 2, 3)).save(tmp_path / "a.png", transparency=(1, 2, 3))
    assert (await plain(judge, tmp_path / "a.png") == 255).all()


async def test_sixteen_bits_are_scaled_and_not_clipped(judge: MediaJudge, tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 400 * 300).astype(np.uint16).reshape(300, 400)
    Image.fromarray(ramp).save(tmp_path / "a.png")
    found = await plain(judge, tmp_path / "a.png")
    assert np.abs(found.astype(float) - (ramp / 257)[..., None]).max() <= 0.5 + 1e-9


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a picture we can read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a picture we can read"),
        (b"P6\n400 300\n255\n" + bytes(400 * 300 * 3), "not a picture we can read"),
        (b"GIF89a" + bytes(1000), "not a picture we can read"),
    ],
)
async def test_what_is_no_picture_is_refused(
    judge: MediaJudge, tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(MediaRejected, match=message):
        await judge.read_pixels(tmp_path / "a", tmp_path / "b")


async def test_a_limit_is_judged_before_a_pixel_is_written(judge: MediaJudge, tmp_path: Path) -> None:
    Image.new("RGB", (1200, 300)).save(tmp_path / "a.png")
    with pytest.raises(MediaRejected, match="1200x300 px; its width to height"):
        await judge.read_pixels(tmp_path / "a.png", tmp_path / "b")
    assert (tmp_path / "b").stat().st_size == 0


async def test_a_lost_nursery_costs_nothing(judge: MediaJudge, tmp_path: Path) -> None:
    Image.fromarray(noise(400, 300)).save(tmp_path / "a.png")
    assert judge.reader_pid is not None
    os.kill(judge.reader_pid, signal.SIGKILL)
    await asyncio.sleep(0.05)
    assert np.array_equal(await plain(judge, tmp_path / "a.png"), noise(400, 300))


async def test_a_large_photograph_takes_little_time(judge: MediaJudge, tmp_path: Path) -> None:
    coarse = Image.fromarray(noise(80, 60)).resize((8000, 6000), Image.Resampling.BICUBIC)
    coarse.save(tmp_path / "a.jpg", quality=80)
    started = time.monotonic()
    facts = await judge.read_pixels(tmp_path / "a.jpg", tmp_path / "a.ppm")
    took_s = time.monotonic() - started
    assert (facts.width, facts.height) == (8000, 6000)
    assert (tmp_path / "a.ppm").stat().st_size == len(b"P6\n8000 6000\n255\n") + 8000 * 6000 * 3
    assert took_s < 8
