"""Reads the lists of a request into typed entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from kirin_video.domain.errors import Fault
from kirin_video.domain.inputs import ElementInput, FrameRole, ImageInput, ReferType, VideoInput
from kirin_video.domain.media_limits import ImageLimits
from kirin_video.domain.parameters import (
    ELEMENT_ID,
    ELEMENT_LIST,
    IMAGE,
    IMAGE_LIST,
    IMAGE_TYPE,
    IMAGE_URL,
    KEEP_SOUND,
    REFER_TYPE,
    VIDEO_LIST,
    VIDEO_URL,
    WATERMARK_ENABLED,
    WATERMARK_INFO,
    Parameter,
)
from kirin_video.domain.quoting import quoted
from kirin_video.domain.reading import Fields
from kirin_video.domain.sources import InlineText, StoredBlob, UnusableSource, inspect_source, url_problem


class YesNo(StrEnum):
    """How the API writes a switch of footage."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Images:
    """``image_list``: how many entries, the role of each, and those that could be read."""

    count: int
    roles: tuple[FrameRole | None, ...]
    usable: tuple[ImageInput, ...]


@dataclass(frozen=True, slots=True)
class Videos:
    """``video_list``: how many entries, what each is for, and those that could be read."""

    count: int
    refer_types: tuple[ReferType | None, ...]
    usable: tuple[VideoInput, ...]


@dataclass(frozen=True, slots=True)
class Elements:
    """``element_list``: how many entries, and those that could be read."""

    count: int
    usable: tuple[ElementInput, ...]


def read_images(fields: Fields) -> Images:
    """Read ``image_list``."""
    count, entries = fields.entries(IMAGE_LIST)
    roles: list[FrameRole | None] = []
    usable: list[ImageInput] = []
    for entry in entries:
        role = entry and entry.choice(IMAGE_TYPE, FrameRole)
        source = entry and _image_source(entry)
        roles.append(role)
        if source is not None:
            usable.append(ImageInput(source=source, type=role))
    return Images(count, tuple(roles), tuple(usable))


def read_videos(fields: Fields) -> Videos:
    """Read ``video_list``."""
    count, entries = fields.entries(VIDEO_LIST)
    purposes: list[ReferType | None] = []
    usable: list[VideoInput] = []
    for entry in entries:
        purpose = entry and entry.choice(REFER_TYPE, ReferType, ReferType.BASE)
        keep = entry and entry.choice(KEEP_SOUND, YesNo)
        url = entry and _video_source(entry)
        purposes.append(purpose)
        if url is not None and purpose is not None:
            kept = keep is YesNo.YES
            usable.append(VideoInput(video_url=url, refer_type=purpose, keep_original_sound=kept))
    return Videos(count, tuple(purposes), tuple(usable))


def read_elements(fields: Fields) -> Elements:
    """Read ``element_list``."""
    count, entries = fields.entries(ELEMENT_LIST)
    usable: list[ElementInput] = []
    for entry in filter(None, entries):
        entry.require(ELEMENT_ID)
        number = entry.bounded(ELEMENT_ID)
        if number is not None:
            usable.append(ElementInput(element_id=number))
    return Elements(count, tuple(usable))


def read_watermark(fields: Fields) -> bool:
    """Read ``watermark_info``: an object, or a list of one such object."""
    value = fields.given(WATERMARK_INFO)
    path = WATERMARK_INFO.name
    if isinstance(value, Sequence) and not isinstance(value, str):
        listed = cast("Sequence[object]", value)
        if len(listed) != 1:
            fields.refuse(WATERMARK_INFO, f"must be one object, or a list of one; found {quoted(listed)}")
            return False
        value, path = listed[0], f"{path}[0]"
    elif value is None:
        return False
    entry = fields.nested(WATERMARK_INFO, value, path)
    if entry is None:
        return False
    entry.require(WATERMARK_ENABLED)
    return entry.truth(WATERMARK_ENABLED) or False


def _image_source(entry: Fields) -> str | None:
    """The entry's image, under either of its names."""
    named, other = _filled(entry.text(IMAGE_URL)), _filled(entry.text(IMAGE))
    if not (entry.is_readable(IMAGE_URL) and entry.is_readable(IMAGE)):
        return None
    if named is None and other is None:
        entry.refuse(IMAGE_URL, "is required: the image's http(s) URL, or its bytes as base64")
        return None
    if named is not None and other is not None and named != other:
        entry.refuse(IMAGE, "differs from image_url; they are two names of one parameter, give one")
        return None
    parameter, text = (IMAGE_URL, named) if named is not None else (IMAGE, other)
    return text if text is None or is_usable_image(entry, parameter, text) else None


def is_usable_image(entry: Fields, parameter: Parameter, text: str) -> bool:
    """Whether an image can be fetched or decoded; reported if not."""
    try:
        source = inspect_source(text)
    except UnusableSource as unusable:
        fault = Fault.MEDIA_UNREACHABLE if unusable.is_address else Fault.IMAGE_REJECTED
        entry.refuse(parameter, unusable.problem, fault)
        return False
    if isinstance(source, StoredBlob):
        entry.refuse(parameter, "is not an http or https URL; only those are used", Fault.MEDIA_UNREACHABLE)
        return False
    if isinstance(source, InlineText) and source.size_bytes > ImageLimits().max_bytes:
        problem = f"holds {source.size_bytes:,} bytes; {ImageLimits().max_bytes:,} are allowed"
        entry.refuse(parameter, problem, Fault.IMAGE_REJECTED)
        return False
    return True


def _video_source(entry: Fields) -> str | None:
    """The entry's footage, which only a URL can give."""
    if not entry.is_readable(VIDEO_URL):
        return None
    text = entry.text(VIDEO_URL)
    if not entry.is_readable(VIDEO_URL):
        return None
    if not _filled(text):
        entry.refuse(VIDEO_URL, "is required: the http(s) URL of an MP4 or MOV file, or of an uploaded one")
        return None
    if problem := text and url_problem(text):
        entry.refuse(VIDEO_URL, problem, Fault.MEDIA_UNREACHABLE)
        return None
    return text


def _filled(text: str | None) -> str | None:
    """None for blank text, which some clients send for what they leave out."""
    return text if text and not text.isspace() else None
