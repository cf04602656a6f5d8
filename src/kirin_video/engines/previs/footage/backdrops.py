"""What can stand behind a subject: a colour, a world, a picture, or the footage itself, blurred or grey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

import cv2
import numpy as np

from kirin_video.domain.shot import Picture
from kirin_video.engines.previs.photo.picture import fitted, read_upright
from kirin_video.engines.previs.plan import Color
from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.frames import I420Frame, new_i420

_BLUR: Final = 0.014  # of the longer side


class Backdrop(Protocol):
    """What is behind the subject in each frame, asked for in order."""

    def behind(self, frame: I420Frame, index: int) -> I420Frame:
        """The background of a frame; valid until the next."""
        ...


class Still:
    """The same for every frame: a colour or a picture.

    Args:
        frame: what it is.
    """

    def __init__(self, frame: I420Frame) -> None:
        self._frame = frame

    def behind(self, frame: I420Frame, index: int) -> I420Frame:
        """The same as ever."""
        del frame, index
        return self._frame


def one_color(color: Color, width: int, height: int) -> Still:
    """A background of one colour."""
    rgb = np.empty((height, width, 3), np.uint8)
    rgb[:] = color.rgb
    return Still(rgb_to_i420(rgb))


def one_picture(picture: Picture, width: int, height: int) -> Still:
    """A picture that fills the frame, cropped around its middle.

    Raises:
        TaskFailure: it cannot be decoded.
    """
    return Still(rgb_to_i420(fitted(read_upright(picture), width, height)))


class World:
    """A world that is drawn frame by frame.

    Args:
        frames: its frames, one for each of the footage's.
    """

    def __init__(self, frames: Iterator[I420Frame]) -> None:
        self._frames = frames

    def behind(self, frame: I420Frame, index: int) -> I420Frame:
        """The next frame of the world."""
        del frame, index
        return next(self._frames)


class Itself:
    """The footage, out of focus or without colour.

    Args:
        width: of the frames.
        height: of the frames.
        grey: whether it loses its colours rather than its sharpness.
    """

    def __init__(self, width: int, height: int, *, grey: bool) -> None:
        self._out = new_i420(width, height)
        self._sigma = _BLUR * max(width, height)
        self._grey = grey

    def behind(self, frame: I420Frame, index: int) -> I420Frame:
        """The frame, changed."""
        del index
        out = self._out
        if self._grey:
            out.y[:] = frame.y
            out.u[:] = out.v[:] = 128
            return out
        for source, dest in ((frame.y, out.y), (frame.u, out.u), (frame.v, out.v)):
            # blurred at a quarter of the size: sixteen times as quick, and nothing is lost
            factor = 4 if source is frame.y else 2
            small = (source.shape[1] // factor, source.shape[0] // factor)
            shrunk = cv2.resize(source, small, interpolation=cv2.INTER_AREA)
            soft = cv2.GaussianBlur(shrunk, (0, 0), self._sigma / 4)
            cv2.resize(soft, (source.shape[1], source.shape[0]), dest, interpolation=cv2.INTER_LINEAR)
        return out
