"""Overview sheets of the gallery: the first, the middle and the last frame of many clips on a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kirin_video.media.contact_sheet import stills

ACROSS, DOWN = 2, 6
TILE, GAP, CAPTION = 320, 4, 22
PAPER, INK = (18, 19, 22), (214, 216, 220)

Shown = tuple[str, str, Path]
"""A clip's name, its prompt and its file."""


def write_overviews(clips: Sequence[Shown], folder: Path) -> list[Path]:
    """Write ``overview-01.png`` and so on, twelve clips a page; those of before go."""
    for old in folder.glob("overview-*.png"):
        old.unlink()
    written: list[Path] = []
    for start in range(0, len(clips), ACROSS * DOWN):
        path = folder / f"overview-{len(written) + 1:02}.png"
        _page([_strip(*clip) for clip in clips[start : start + ACROSS * DOWN]]).save(path)
        written.append(path)
    return written


def _page(strips: Sequence[Image.Image]) -> Image.Image:
    """Strips in columns, read line by line."""
    wide, high = max(s.width for s in strips), max(s.height for s in strips)
    page = Image.new("RGB", (ACROSS * wide, -(-len(strips) // ACROSS) * high), PAPER)
    for place, strip in enumerate(strips):
        page.paste(strip, (place % ACROSS * wide, place // ACROSS * high))
    return page


def _strip(name: str, prompt: str, path: Path) -> Image.Image:
    """Three frames under the clip's name; the font has Latin letters only."""
    frames = [Image.fromarray(still.rgb) for still in stills(path, 3, TILE)]
    strip = Image.new("RGB", (3 * (TILE + GAP) + GAP, frames[0].height + CAPTION + GAP), PAPER)
    words = f"{name}   {prompt if prompt.isascii() else ''}"
    ImageDraw.Draw(strip).text((GAP, 2), words, fill=INK, font=ImageFont.load_default(14))
    for place, frame in enumerate(frames):
        strip.paste(frame, (GAP + place * (TILE + GAP), CAPTION))
    return strip
