"""An element: a subject that clips can refer to, of one account or, as a preset, of all."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kirin_video.domain.task import Failure, TaskStatus

_RANDOM_BITS: Final = 21


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A judged picture that is kept.

    Attributes:
        key: its name in the blob store.
        media_type: ``image/jpeg`` or ``image/png``.
        width: pixels, after EXIF rotation.
        height: pixels, after EXIF rotation.
        size_bytes: its length.
        sha256: of its bytes, hexadecimal.
    """

    key: str
    media_type: str
    width: int
    height: int
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Element:
    """A subject of a library.

    Attributes:
        id: its number, below 2^53.
        name: what it is called.
        description: what should be known of it beyond its pictures.
        tags: words to find it by.
        status: how far it is; only a completed one can be used.
        created_at: when it was asked for; aware.
        pictures: the frontal one first; complete once it is completed. None are named for a preset, whose
            pictures need not be drawn yet.
        task_id: the task that makes it; None for a preset.
        failure: why it could not be made.
    """

    id: int
    name: str
    description: str
    tags: tuple[str, ...]
    status: TaskStatus
    created_at: datetime
    pictures: tuple[StoredPicture, ...] = ()
    task_id: str | None = None
    failure: Failure | None = None

    @property
    def is_preset(self) -> bool:
        """Whether it came with the server and belongs to every account."""
        return self.task_id is None


def new_element_id(now_s: float | None = None) -> int:
    """Make a number for an element.

    32 bits of Unix time in seconds, then 21 random ones: numbers sort by time, stay below 2^53, where
    JavaScript still counts exactly, and give no hint of how many elements others have. Two may be equal;
    whoever stores one must be ready to draw again.

    Args:
        now_s: Unix seconds; the clock's by default.
    """
    seconds = int(time.time() if now_s is None else now_s) & 0xFFFF_FFFF
    return seconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
