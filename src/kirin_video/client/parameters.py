"""What a task can be asked for, as the client's callers write it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

MODEL = "kirin_video_o1"
"""The model that is asked where none is named."""


class Image(TypedDict):
    """An entry of ``image_list``.

    ``image_url`` is an http(s) URL, an upload's ``url``, or base64; ``inline_image`` makes base64 of a file.
    """

    image_url: str
    type: NotRequired[Literal["first_frame", "end_frame"]]


class Video(TypedDict):
    """The entry of ``video_list``: an http(s) URL or an upload's ``url``, and what the footage is for."""

    video_url: str
    refer_type: NotRequired[Literal["base", "feature"]]
    keep_original_sound: NotRequired[Literal["yes", "no"]]


class Element(TypedDict):
    """An entry of ``element_list``: a subject of your library."""

    element_id: int | str


class WatermarkInfo(TypedDict):
    """Whether a watermarked copy is made beside the clean video."""

    enabled: bool


class GenerationParameters(TypedDict, total=False):
    """The parameters of a task, named as the API names them."""

    model: str
    prompt: str
    image_list: Sequence[Image]
    video_list: Sequence[Video]
    element_list: Sequence[Element]
    mode: Literal["std", "pro"]
    aspect_ratio: Literal["16:9", "9:16", "1:1"]
    duration: int | str
    watermark_info: WatermarkInfo
    callback_url: str
    external_task_id: str
    seed: int


class ListParameters(TypedDict, total=False):
    """Which tasks to list, named as the API names it; moments are Unix time in milliseconds."""

    status: Literal["queued", "in_progress", "completed", "failed"]
    model: str
    created_after: int
    created_before: int
    limit: int
    order: Literal["asc", "desc"]


def usage_query(
    since: date | str | None, until: date | str | None, group_by: Sequence[str]
) -> dict[str, str]:
    """Put the query of a usage call together.

    Args:
        since: the first day.
        until: the last day.
        group_by: what lines are told apart by.
    """
    days = {"from": since, "to": until}
    return {
        **{name: str(day) for name, day in days.items() if day is not None},
        "group_by": ",".join(group_by),
    }


def request_body(parameters: Mapping[str, object] | None, more: Mapping[str, object]) -> dict[str, object]:
    """Put the body of a create call together.

    Args:
        parameters: parameters as one mapping, flat or wrapped as the API allows; or None.
        more: parameters by name; they win over those of the mapping.

    Returns:
        The body. Parameters that are None are left out, and the model is filled in.
    """
    given = {**(parameters or {}), **more}
    return {"model": MODEL, **{name: value for name, value in given.items() if value is not None}}


def inline_image(path: Path) -> str:
    """Read a picture for ``image_url``.

    Args:
        path: a JPEG or PNG file of at most 10 MB.

    Returns:
        Its bytes in base64.

    Raises:
        OSError: the file cannot be read.
    """
    return base64.b64encode(path.read_bytes()).decode("ascii")
