"""Which look each style is. Importing this is cheap: painters are imported when one is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from kirin_video.engines.base import Frames
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.engines.previs.looks.look import Look
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame

UNTOUCHED = frozenset({Style.NATURAL, Style.CINEMATIC, Style.REALISTIC})
"""Styles that leave the picture as it is."""

_STUDIOS: Mapping[Style, str] = {
    Style.ANIMATION: "film",
    Style.ANIME: "cel",
    Style.BLUEPRINT: "drawing",
    Style.BRICKS: "pixels",
    Style.CARTOON: "cel",
    Style.CHALK: "drawing",
    Style.CHARCOAL: "drawing",
    Style.CLAY: "clay",
    Style.COMIC: "comic",
    Style.CYBERPUNK: "film",
    Style.FANTASY: "film",
    Style.FILM: "film",
    Style.IMPRESSIONIST: "oil",
    Style.INK: "washes",
    Style.LOW_POLY: "facets",
    Style.MONOCHROME: "film",
    Style.MOSAIC: "glass",
    Style.NOIR: "film",
    Style.OIL: "oil",
    Style.PAPER: "paper",
    Style.PASTEL: "washes",
    Style.PIXEL: "pixels",
    Style.POP_ART: "comic",
    Style.SEPIA: "film",
    Style.SKETCH: "drawing",
    Style.STAINED_GLASS: "glass",
    Style.STEAMPUNK: "film",
    Style.UKIYO_E: "comic",
    Style.VHS: "tape",
    Style.VINTAGE: "film",
    Style.WATERCOLOR: "washes",
}
"""The module of this package that makes each look."""


class _Studio(Protocol):
    """What such a module offers."""

    def make(self, style: Style, width: int, height: int, seed: int) -> Look: ...


def make_look(style: Style, *, width: int, height: int, seed: int) -> Look | None:
    """A style at work, for one clip.

    Args:
        style: whose hand it should be by.
        width: of the frames, pixels, even.
        height: of the frames, pixels, even.
        seed: of paper, grain and strokes; the same seed and frames give the same planes.

    Returns:
        None for styles that leave the picture as it is.
    """
    if style in UNTOUCHED:
        return None
    prepare_jit_cache()
    studio = cast("_Studio", import_module(f"{__package__}.{_STUDIOS[style]}"))
    return studio.make(style, width, height, seed & 0x7FFFFFFF)


def in_style(  # noqa: PLR0913 -- what, how large, and what is known of it
    frames: Iterator[I420Frame],
    style: Style,
    *,
    width: int,
    height: int,
    seed: int,
    cuts: Collection[int] = (),
) -> Frames:
    """The frames of a clip in a style; see `make_look`.

    Args:
        frames: in order.
        style: whose hand it should be by.
        width: of the frames, pixels, even.
        height: of the frames, pixels, even.
        seed: of paper, grain and strokes.
        cuts: frames that are known to begin a new shot; looks see most others by themselves.
    """
    look = make_look(style, width=width, height=height, seed=seed)
    return frames if look is None else _laid_over(frames, look, cuts)


def _laid_over(frames: Iterator[I420Frame], look: Look, cuts: Collection[int]) -> Frames:
    for k, frame in enumerate(frames):
        if k in cuts:
            look.cut()
        yield look.apply(frame)
