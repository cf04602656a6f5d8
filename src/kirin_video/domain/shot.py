"""The shot: one clip, described for an engine and free of anything about callers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from kirin_video.domain.frame_rate import FPS
from kirin_video.domain.prompt import Prompt

__all__ = ["FPS", "Clip", "Picture", "Quality", "Shot"]


class Quality(StrEnum):
    """How much an engine should spend on a shot; the API calls it ``mode``."""

    STD = "std"
    PRO = "pro"


class Picture(BaseModel):
    """A judged still.

    Attributes:
        path: a local picture that Pillow and OpenCV open. A worker gives engines a binary PPM of its own
            making, upright 8-bit RGB, never the caller's file.
        width: pixels, after EXIF rotation.
        height: pixels, after EXIF rotation.
    """

    model_config = ConfigDict(frozen=True)
    path: Path
    width: int
    height: int


class Clip(BaseModel):
    """Judged footage.

    Attributes:
        path: a local MP4 or MOV file.
        width: pixels, after rotation.
        height: pixels, after rotation.
        duration_s: length in seconds, as counted from its frames.
        has_sound: whether it has a sound track.
    """

    model_config = ConfigDict(frozen=True)
    path: Path
    width: int
    height: int
    duration_s: float
    has_sound: bool


class Subject(BaseModel):
    """An element of the caller's library.

    Attributes:
        name: what the caller calls it.
        description: the caller's words about it.
        pictures: its frontal picture first, then the others.
    """

    model_config = ConfigDict(frozen=True)
    name: str
    description: str
    pictures: tuple[Picture, ...]


class Shot(BaseModel):
    """One clip to render.

    Attributes:
        prompt: the words and references, in order.
        quality: how much to spend.
        width: output pixels, even.
        height: output pixels, even.
        num_frames: exact length; the rate is always 24 frames a second.
        seed: the same shot with the same seed gives the same frames.
        first_frame: the picture that opens the clip.
        last_frame: the picture that ends it; never without a first frame.
        images: ``image_list`` in the caller's order, first and last frame included, so that
            ``<<<image_n>>>`` is ``images[n - 1]``.
        subjects: ``element_list`` in the caller's order.
        base: footage to edit.
        feature: footage to borrow from.
        keep_sound: whether the sound of ``base`` or ``feature`` is kept.
    """

    model_config = ConfigDict(frozen=True)
    fps: ClassVar[int] = FPS

    prompt: Prompt
    quality: Quality
    width: int
    height: int
    num_frames: int
    seed: int
    first_frame: Picture | None = None
    last_frame: Picture | None = None
    images: tuple[Picture, ...] = ()
    subjects: tuple[Subject, ...] = ()
    base: Clip | None = None
    feature: Clip | None = None
    keep_sound: bool = False

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.num_frames / FPS
