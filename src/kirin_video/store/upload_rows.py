"""Uploads as rows; their bytes are the business of ``blobs``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kirin_video.domain.upload import Upload, UploadKind
from kirin_video.store.blobs import Blob
from kirin_video.store.database import Connection, Database, Row


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What the judge found out about a file.

    Attributes:
        kind: a picture, or footage.
        width: pixels, after rotation.
        height: pixels, after rotation.
        duration_s: length in seconds; None for a picture.
        fps: mean frames a second; None for a picture.
        has_sound: whether there is a sound track; None for a picture.
    """

    kind: UploadKind
    width: int
    height: int
    duration_s: float | None = None
    fps: float | None = None
    has_sound: bool | None = None


class UploadRows:
    """Reads and writes uploads.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(  # noqa: PLR0913 - a row is made of this much
        self,
        connection: Connection,
        *,
        upload_id: str,
        account_id: str,
        blob: Blob,
        facts: MediaFacts,
        ttl_s: int,
    ) -> Upload:
        """Name a file that is in place already; it expires after ``ttl_s`` seconds."""
        parameters = {
            "id": upload_id,
            "account_id": account_id,
            "blob_key": blob.key,
            "kind": str(facts.kind),
            "media_type": blob.media_type,
            "size_bytes": blob.size_bytes,
            "sha256": bytes.fromhex(blob.sha256),
            "width": facts.width,
            "height": facts.height,
            "duration_s": facts.duration_s,
            "fps": facts.fps,
            "has_sound": facts.has_sound,
            "ttl_s": ttl_s,
        }
        row = await self._database.row(connection, "insert_upload", parameters)
        assert row is not None
        return _read(row)

    async def find(self, connection: Connection, account_id: str, upload_id: str) -> Upload | None:
        """An account's upload that has not expired."""
        parameters = {"account_id": account_id, "id": upload_id}
        row = await self._database.row(connection, "find_upload", parameters)
        return None if row is None else _read(row)

    async def use(self, connection: Connection, account_id: str, upload_id: str, ttl_s: int) -> Upload | None:
        """An account's upload that has not expired; it stays for another ``ttl_s`` seconds."""
        parameters = {"account_id": account_id, "id": upload_id, "ttl_s": ttl_s}
        row = await self._database.row(connection, "use_upload", parameters)
        return None if row is None else _read(row)

    async def delete(self, connection: Connection, account_id: str, upload_id: str) -> str | None:
        """Forget an account's upload and doom its file; its key, or None if there is no such upload."""
        parameters = {"account_id": account_id, "id": upload_id}
        row = await self._database.row(connection, "delete_upload", parameters)
        return None if row is None else row["key"]

    async def delete_expired(self, connection: Connection, limit: int) -> list[str]:
        """Forget some uploads that have expired and doom their files; the keys of these."""
        rows = await self._database.rows(connection, "delete_expired_uploads", {"limit": limit})
        return [row["key"] for row in rows]


def _read(row: Row) -> Upload:
    columns: dict[str, Any] = {**row, "kind": UploadKind(row["kind"])}
    return Upload(**columns)
