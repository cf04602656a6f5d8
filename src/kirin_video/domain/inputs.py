"""The words of a request: its model, its choices and the entries of its lists."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

MODEL = "kirin_video_o1"
"""The one model that makes video."""

ELEMENT_MODEL = "kirin_custom_elements"
"""The model whose tasks put a subject into the caller's library."""


class FrameRole(StrEnum):
    """What an image of ``image_list`` is, when it is more than a reference."""

    FIRST_FRAME = "first_frame"
    END_FRAME = "end_frame"


class ReferType(StrEnum):
    """What footage is for."""

    FEATURE = "feature"
    BASE = "base"


class AspectRatio(StrEnum):
    """The shapes of a clip that takes its shape from no picture or footage."""

    LANDSCAPE = "16:9"
    PORTRAIT = "9:16"
    SQUARE = "1:1"


class ImageInput(BaseModel):
    """An entry of ``image_list``.

    Attributes:
        source: an ``http(s)`` URL, base64, or the stored form; ``sources.classify_source`` reads it.
        type: whether it opens or ends the clip; None for a plain reference.
    """

    model_config = ConfigDict(frozen=True)
    source: str
    type: FrameRole | None = None


class VideoInput(BaseModel):
    """An entry of ``video_list``.

    Attributes:
        video_url: an ``http(s)`` URL, or the stored form.
        refer_type: footage to edit, or to borrow from.
        keep_original_sound: whether its sound goes into the result.
    """

    model_config = ConfigDict(frozen=True)
    video_url: str
    refer_type: ReferType = ReferType.BASE
    keep_original_sound: bool = False


class ElementInput(BaseModel):
    """An entry of ``element_list``.

    A task keeps what it needs of its subjects, so that it does not matter to it what becomes of them later.

    Attributes:
        element_id: a subject of the caller's library.
        name: what the subject was called when the task was created.
        description: what was said about it then.
        pictures: the task's own copies of its pictures in the stored form, the frontal one first; empty in a
            request that is not accepted yet.
    """

    model_config = ConfigDict(frozen=True)
    element_id: int
    name: str = ""
    description: str = ""
    pictures: tuple[str, ...] = ()
