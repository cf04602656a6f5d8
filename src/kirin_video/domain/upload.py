"""An upload: a picture or footage that a caller sent ahead of the request that will name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class UploadKind(StrEnum):
    """What a file is, by its content."""

    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file that was judged and found good.

    Attributes:
        id: as ``new_task_id`` makes it; part of its URL.
        account_id: whose it is.
        blob_key: its bytes.
        kind: a picture, or footage.
        media_type: such as ``video/mp4``.
        size_bytes: of the file.
        sha256: of its bytes, 32 bytes.
        width: pixels, after rotation.
        height: pixels, after rotation.
        duration_s: length in seconds; None for a picture.
        fps: mean frames a second; None for a picture.
        has_sound: whether there is a sound track; None for a picture.
        created_at: when it was uploaded; aware.
        expires_at: when it is forgotten unless a task takes it before; aware.
    """

    id: str
    account_id: str
    blob_key: str
    kind: UploadKind
    media_type: str
    size_bytes: int
    sha256: bytes
    width: int
    height: int
    duration_s: float | None
    fps: float | None
    has_sound: bool | None
    created_at: datetime
    expires_at: datetime
