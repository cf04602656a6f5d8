"""The gallery's pictures: photographs that installed packages ship, and drawings of our own."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from gallery_cases import PictureRow
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Rgb = NDArray[np.uint8]

LEAST_PX = 300
"""The API refuses smaller pictures; ours are scaled up to this."""
_FINE = 3
"""Drawings are drawn so many times as large, for smooth edges."""


def packaged(name: str) -> Path:
    """A file that an installed package ships, found without importing the package.

    Args:
        name: the package and the path within it, such as ``skimage/data/coffee.png``.

    Raises:
        FileNotFoundError: the package is not installed, or has no such file.
    """
    package, _, inside = name.partition("/")
    spec = find_spec(package)
    folders = [] if spec is None else list(spec.submodule_search_locations or [])
    path = next((Path(folder) / inside for folder in folders if (Path(folder) / inside).is_file()), None)
    if path is None:
        raise FileNotFoundError(f"no installed package ships {name}")
    return path


def finished(picture: Image.Image, row: PictureRow) -> Image.Image:
    """Crop, mirror and grade a picture as its row says, at least as large as the API asks for."""
    width, height = picture.size
    left, top, right, bottom = row.crop
    cut = picture.convert("RGB").crop(
        (round(left * width), round(top * height), round(right * width), round(bottom * height))
    )
    if row.mirrored:
        cut = cut.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if (small := min(cut.size)) < LEAST_PX:
        cut = cut.resize(
            (-(-cut.width * LEAST_PX // small), -(-cut.height * LEAST_PX // small)), Image.Resampling.LANCZOS
        )
    return cut if row.graded is None else Image.fromarray(_GRADES[row.graded](np.asarray(cut, np.uint8)))


def _night(rgb: Rgb) -> Rgb:
    """Darker, bluer and of less colour."""
    light = rgb.astype(np.float32) / 255.0
    grey = light.mean(axis=2, keepdims=True)
    blue = (0.35 * light + 0.65 * grey) ** 1.5 * np.array([0.30, 0.40, 0.66], np.float32)
    return (blue.clip(0, 1) * 255).astype(np.uint8)


def _sunset(rgb: Rgb) -> Rgb:
    """Warmer, and warmest at the top."""
    warm = np.array([1.16, 0.90, 0.66], np.float32)
    share = np.linspace(1.0, 0.55, rgb.shape[0], dtype=np.float32)[:, None, None]
    return (rgb * (1.0 + share * (warm - 1.0))).clip(0, 255).astype(np.uint8)


_GRADES: dict[str, Callable[[Rgb], Rgb]] = {"night": _night, "sunset": _sunset}


def _house() -> Image.Image:
    """A child's drawing: a house, a tree, a sun and a fence in wax crayon colours."""
    picture = Image.new("RGB", (960 * _FINE, 540 * _FINE), (247, 243, 232))
    pen = ImageDraw.Draw(picture)

    def at(*points: float) -> list[float]:
        return [_FINE * p for p in points]

    ink, thick = (52, 44, 40), 5 * _FINE
    pen.rectangle(at(0, 400, 960, 540), fill=(126, 182, 92))
    pen.rectangle(at(0, 0, 960, 150), fill=(150, 205, 238))
    pen.ellipse(at(760, 40, 860, 140), fill=(252, 205, 62), outline=ink, width=thick)
    pen.rectangle(at(330, 230, 590, 440), fill=(226, 96, 74), outline=ink, width=thick)
    pen.polygon(at(300, 235, 460, 110, 620, 235), fill=(122, 72, 52), outline=ink, width=thick)
    pen.rectangle(at(430, 330, 500, 440), fill=(88, 58, 120), outline=ink, width=thick)
    for x in (355, 525):
        pen.rectangle(at(x, 265, x + 45, 315), fill=(250, 232, 150), outline=ink, width=thick)
    pen.rectangle(at(158, 300, 188, 440), fill=(122, 82, 52), outline=ink, width=thick)
    pen.ellipse(at(90, 160, 260, 330), fill=(84, 150, 72), outline=ink, width=thick)
    for x in range(650, 950, 50):
        pen.rectangle(at(x, 380, x + 22, 450), fill=(240, 236, 226), outline=ink, width=thick)
    return picture.resize((960, 540), Image.Resampling.LANCZOS)


def _boat() -> Image.Image:
    """A red paper boat on white paper."""
    picture = Image.new("RGB", (720 * _FINE, 540 * _FINE), (250, 250, 248))
    pen = ImageDraw.Draw(picture)

    def at(*points: float) -> list[float]:
        return [_FINE * p for p in points]

    pen.polygon(at(120, 330, 600, 330, 500, 440, 220, 440), fill=(206, 52, 44))
    pen.polygon(at(120, 330, 360, 330, 290, 440, 220, 440), fill=(178, 38, 34))
    pen.polygon(at(360, 110, 460, 330, 260, 330), fill=(226, 78, 66))
    pen.polygon(at(360, 110, 360, 330, 260, 330), fill=(198, 52, 46))
    return picture.resize((720, 540), Image.Resampling.LANCZOS)


def _waves() -> Image.Image:
    """Broad strokes of blue, ochre and white that swirl: a painting to take the style of."""
    random = np.random.default_rng(11)
    y, x = np.mgrid[0:540, 0:720].astype(np.float32) / 90.0
    swirl = np.sin(x + 1.7 * np.sin(0.7 * y)) + np.cos(1.3 * y + 1.4 * np.sin(0.9 * x))
    bands = np.floor((swirl + 2.0) * 2.2).astype(int).clip(0, 7)
    palette = np.array(
        [(18, 34, 92), (24, 60, 140), (40, 96, 176), (96, 150, 200), (214, 196, 120), (240, 226, 168),
         (206, 140, 40), (246, 240, 220)], np.float32
    )  # fmt: skip
    tone = palette[bands] + random.normal(0, 9, (540, 720, 1)).astype(np.float32)
    return Image.fromarray(tone.clip(0, 255).astype(np.uint8))


DRAWINGS: dict[str, Callable[[], Image.Image]] = {"house": _house, "boat": _boat, "waves": _waves}
