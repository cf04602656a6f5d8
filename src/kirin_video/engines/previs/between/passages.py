"""Designed passages from one take to another: what is drawn while both are in the picture."""

# ruff: noqa: PLR2004 - the numbers are amounts that were tuned by looking
from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.between import arrivals, blurring, smearing
from kirin_video.engines.previs.between.air import Air
from kirin_video.engines.previs.between.takes import Places, Takes
from kirin_video.engines.previs.photo.ahead import Draw, drawn_ahead
from kirin_video.media.frames import I420Frame, new_i420

Plane = NDArray[np.float32]


class Passage(StrEnum):
    """The ways from one picture to another that shows something else."""

    PUSH_THROUGH = "push_through"
    PULL_THROUGH = "pull_through"
    WHIP_LEFT = "whip_left"
    WHIP_RIGHT = "whip_right"
    WHIP_UP = "whip_up"
    WHIP_DOWN = "whip_down"
    IRIS = "iris"
    INK = "ink"
    LIGHT = "light"
    DISSOLVE = "dissolve"
    FADE_BLACK = "fade_black"
    FADE_WHITE = "fade_white"
    CUT = "cut"
    MORPH = "morph"


LENGTHS_S: Final[Mapping[Passage, float]] = {
    Passage.PUSH_THROUGH: 1.1,
    Passage.PULL_THROUGH: 1.1,
    **dict.fromkeys((Passage.WHIP_LEFT, Passage.WHIP_RIGHT, Passage.WHIP_UP, Passage.WHIP_DOWN), 0.85),
    Passage.IRIS: 1.5,
    Passage.INK: 1.8,
    Passage.LIGHT: 1.5,
    Passage.DISSOLVE: 1.7,
    Passage.FADE_BLACK: 1.6,
    Passage.FADE_WHITE: 1.4,
    Passage.CUT: 0.0,
}
_LONGEST_SHARE: Final = 0.45
_SHUTTER: Final = 0.55
_TRAVEL: Final[Mapping[Passage, tuple[float, float]]] = {
    Passage.WHIP_LEFT: (-1.0, 0.0),
    Passage.WHIP_RIGHT: (1.0, 0.0),
    Passage.WHIP_UP: (0.0, -1.0),
    Passage.WHIP_DOWN: (0.0, 1.0),
}

View = Callable[[], I420Frame]
"""Draws a take's frame, for whoever shows it."""

Step = Callable[[View, View, float, float, I420Frame], None]
"""Draws both takes into a frame: the first, the last, the share gone, a frame's share, what is drawn."""


def passed(  # noqa: PLR0913 - a clip is made of these
    takes: Takes, passage: Passage, air: Air, *, width: int, height: int, num_frames: int
) -> Iterator[I420Frame]:
    """The frames of a clip that a passage divides; each is valid until the next is asked for."""
    length = min(LENGTHS_S[passage] * FPS, _LONGEST_SHARE * (num_frames - 1))
    start = (num_frames - 1 - length) / 2
    step = takes.later(lambda places: _step(passage, places, width, height))

    def a_pass() -> Draw:
        views, out = takes.a_pass(), new_i420(width, height)

        def draw(index: int) -> I420Frame:
            gone = (index - start) / length if length else float(index >= num_frames / 2)
            if gone <= 0.0:
                frame = views.first(index)
            elif gone >= 1.0:
                frame = views.last(index)
            else:
                frame = out
                first, last = partial(views.first, index), partial(views.last, index)
                step.result()(first, last, gone, 1.0 / length, frame)
            air.fall(frame, index)
            return frame

        return draw

    return drawn_ahead(a_pass, range(num_frames))


def _step(passage: Passage, places: Places, width: int, height: int) -> Step:
    if passage in {Passage.PUSH_THROUGH, Passage.PULL_THROUGH}:
        return _Through(places, width, height, inwards=passage is Passage.PUSH_THROUGH)
    if passage in _TRAVEL:
        return _Whip(_TRAVEL[passage], width, height)
    if passage in {Passage.FADE_BLACK, Passage.FADE_WHITE}:
        return _faded(16.0 if passage is Passage.FADE_BLACK else 235.0)
    return _uncovering(passage, places, width, height)


def _uncovering(passage: Passage, places: Places, width: int, height: int) -> Step:
    match passage:
        case Passage.IRIS:
            return _Uncovering(arrivals.iris(places.first, width, height), 0.06, (16.0, -1.0, 2.0))
        case Passage.INK:
            arrival = arrivals.ink(places.first, width, height, places.seed)
            return _Uncovering(arrival, 0.05, (-34.0, 3.0, -2.0))
        case Passage.LIGHT:
            return _Uncovering(arrivals.sweep(width, height, places.seed), 0.5, (96.0, -10.0, 7.0))
        case _:
            return _dissolved


class _Through:
    """Through the one picture and out into the other, fastest where they meet.

    Going inwards the last picture comes as a window in the first one's subject, and the first passes by;
    going outwards the first shrinks into a window in the last one's subject: the same, seen backwards.

    Args:
        places: where both subjects are.
        width: of the frames.
        height: of the frames.
        inwards: towards the first subject, or away from it.
    """

    def __init__(self, places: Places, width: int, height: int, *, inwards: bool) -> None:
        about = places.first if inwards else places.last
        self._about = about[0] * width, about[1] * height
        self._is_inwards = inwards

    def __call__(self, first: View, last: View, gone: float, frame_share: float, out: I420Frame) -> None:
        at = gone if self._is_inwards else 1.0 - gone
        blurred = _SHUTTER * frame_share * (1.0 if self._is_inwards else -1.0)
        opens, closes = at - blurred / 2, at + blurred / 2
        outer, inner = (first, last) if self._is_inwards else (last, first)
        if min(opens, closes) >= _WINDOW[1]:
            # it has arrived and stands still
            _copied(inner(), out)
            return
        is_shut, is_full = at <= _WINDOW[0], at >= _WINDOW[1]
        around = blurring.softened((inner if is_full else outer)())
        within = around if is_shut or is_full else blurring.softened(inner())
        scales = (_passing(opens), _passing(closes), _coming(opens), _coming(closes))
        ways = np.array([_zoomed(scale, self._about) for scale in scales], np.float32)
        filled = _smooth((at - _WINDOW[0]) / (_WINDOW[1] - _WINDOW[0]))
        blurring.flown(
            around,
            within,
            ways,
            opening=_smooth((at - _WINDOW[0]) / 0.2),
            soft=0.5 * (1.0 - filled**4),
            out=out,
        )


_WINDOW: Final = (0.3, 0.74)
"""From when to when the window grows: as shares of the passage."""


def _passing(at: float) -> float:
    """How large the picture is that is flown through."""
    return math.exp(1.1 * (2.0 * min(max(at, 0.0), 0.8)) ** 2.0)


def _coming(at: float) -> float:
    """How large the picture is that is flown to: it comes fast and settles."""
    left = min(max((_WINDOW[1] - at) / (_WINDOW[1] - _WINDOW[0]), 0.0), 1.0)
    return math.exp(-1.3 * left**1.6)


class _Whip:
    """The camera swings from the one picture to the other, which lie side by side."""

    def __init__(self, travel: tuple[float, float], width: int, height: int) -> None:
        self._travel = travel[0] * width, travel[1] * height

    def __call__(self, first: View, last: View, gone: float, frame_share: float, out: I420Frame) -> None:
        opens, closes = (_swung(gone + sign * _SHUTTER * frame_share / 2) for sign in (-1, 1))
        blurring.swung(
            blurring.softened(first()), blurring.softened(last()), self._travel, (opens, closes), out
        )


class _Uncovering:
    """The last picture comes where a mask lets it."""

    def __init__(self, arrival: Plane, edge: float, gleam: tuple[float, float, float]) -> None:
        self._arrival, self._edge, self._gleam = arrival, edge, gleam

    def __call__(self, first: View, last: View, gone: float, frame_share: float, out: I420Frame) -> None:
        del frame_share
        swelled = math.sin(math.pi * gone) ** 0.7
        gleam = self._gleam[0] * swelled, self._gleam[1] * swelled, self._gleam[2] * swelled
        smearing.uncovered(first(), last(), self._arrival, _smooth(gone), out, edge=self._edge, gleam=gleam)


def _dissolved(first: View, last: View, gone: float, frame_share: float, out: I420Frame) -> None:
    """Bright parts come first, as light does in a film that is printed twice."""
    del frame_share
    here, there = first(), last()
    arrival = arrivals.by_brightness(here.y, there.y)
    smearing.uncovered(here, there, arrival, gone, out, edge=0.9, gleam=(0.0, 0.0, 0.0))


def _faded(luma: float) -> Step:
    def step(first: View, last: View, gone: float, frame_share: float, out: I420Frame) -> None:
        del frame_share
        shown = (first if gone < 0.5 else last)()
        _copied(shown, out)
        smearing.toned(out, luma, 1.0 - _smooth(abs(2.0 * gone - 1.0)))

    return step


def _copied(frame: I420Frame, out: I420Frame) -> None:
    out.y[:], out.u[:], out.v[:] = frame.y, frame.u, frame.v


def _zoomed(zoom: float, about: tuple[float, float]) -> tuple[float, float, float]:
    """A scale and an offset in x and y: from pixels of what is drawn to those of a picture so much larger."""
    scale = 1.0 / zoom
    return scale, about[0] * (1 - scale), about[1] * (1 - scale)


def _swung(gone: float) -> float:
    """The way of a whip, 0 to 1: it hardly moves, flies, and settles."""
    gone = min(max(gone, 0.0), 1.0)
    return gone**4 / (gone**4 + (1.0 - gone) ** 4)


def _smooth(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3.0 - 2.0 * u)
