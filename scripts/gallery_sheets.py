"""Sheets of the gallery: many clips at a glance, and what a clip was made from above what it became."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from kirin_video.media.contact_sheet import stills

ACROSS, DOWN = 2, 6
TILE, GAP, CAPTION = 320, 4, 22
PAPER, INK = (18, 19, 22), (214, 216, 220)

_COLUMNS = 6

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


def write_comparison(given: Sequence[tuple[str, Path]], clip: Path, out: Path) -> None:
    """Draw a PNG of before and after: footage above the clip at the same moments, pictures above its frames.

    Args:
        given: the role and the file of everything that the clip was made from.
        clip: the clip.
        out: the PNG to write.
    """
    films = [_row(role, _frames(path)) for role, path in given if path.suffix == ".mp4"]
    pictures = [(role, Image.open(path).convert("RGB")) for role, path in given if path.suffix != ".mp4"]
    rows = [*_picture_rows(pictures), *films, _row("result", _frames(clip))]
    page = Image.new("RGB", (max(row.width for row in rows), sum(row.height for row in rows)), PAPER)
    top = 0
    for row in rows:
        page.paste(row, (0, top))
        top += row.height
    page.save(out)


def _frames(path: Path) -> list[Image.Image]:
    """Evenly spaced frames of a clip, the first and the last among them."""
    return [Image.fromarray(still.rgb) for still in stills(path, _COLUMNS, TILE)]


def _picture_rows(pictures: Sequence[tuple[str, Image.Image]]) -> list[Image.Image]:
    """Pictures under their roles, as large as frames are."""
    if not pictures:
        return []
    small = [(role, ImageOps.contain(picture, (TILE, TILE * 9 // 16))) for role, picture in pictures]
    page = Image.new("RGB", (_COLUMNS * (TILE + GAP) + GAP, CAPTION + TILE * 9 // 16 + GAP), PAPER)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(14)
    left = GAP
    rows: list[Image.Image] = []
    for role, picture in small:
        if left + picture.width > page.width:
            rows.append(page.copy())
            page.paste(PAPER, (0, 0, *page.size))
            left = GAP
        pen.text((left, 2), role, fill=INK, font=font)
        page.paste(picture, (left, CAPTION))
        left += picture.width + GAP
    return [*rows, page]


def _row(role: str, frames: Sequence[Image.Image]) -> Image.Image:
    """Frames side by side under what they are."""
    row = Image.new("RGB", (_COLUMNS * (TILE + GAP) + GAP, frames[0].height + CAPTION + GAP), PAPER)
    ImageDraw.Draw(row).text((GAP, 2), role, fill=INK, font=ImageFont.load_default(14))
    for place, frame in enumerate(frames):
        row.paste(frame, (GAP + place * (TILE + GAP), CAPTION))
    return row
