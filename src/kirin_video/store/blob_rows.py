"""What is known of each file; the bytes are the business of ``blobs``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kirin_video.store.database import Connection, Database


class BlobKind(StrEnum):
    """What a file is to its task."""

    INPUT = "input"
    VIDEO = "video"
    WATERMARK = "watermark"


@dataclass(frozen=True, slots=True)
class BlobRow:
    """A file that is in place.

    Attributes:
        key: its name in the blob store.
        account_id: whose it is.
        task_id: the task that owns it.
        kind: what it is to the task.
        media_type: such as ``video/mp4``.
        size_bytes: its length.
        sha256: of its bytes, 32 bytes.
    """

    key: str
    account_id: str
    task_id: str
    kind: BlobKind
    media_type: str
    size_bytes: int
    sha256: bytes


class BlobRows:
    """Reads and writes what is known of files.

    Args:
        database: where it is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, connection: Connection, blobs: Sequence[BlobRow]) -> None:
        """Name files; each key is new."""
        if not blobs:
            return
        parameters = {
            "keys": [blob.key for blob in blobs],
            "account_ids": [blob.account_id for blob in blobs],
            "task_ids": [blob.task_id for blob in blobs],
            "kinds": [str(blob.kind) for blob in blobs],
            "media_types": [blob.media_type for blob in blobs],
            "sizes": [blob.size_bytes for blob in blobs],
            "hashes": [blob.sha256 for blob in blobs],
        }
        await self._database.run(connection, "insert_blobs", parameters)

    async def find(self, connection: Connection, key: str) -> BlobRow | None:
        """What is known of a file."""
        row = await self._database.row(connection, "find_blob", {"key": key})
        if row is None:
            return None
        columns: dict[str, Any] = {**row, "kind": BlobKind(row["kind"])}
        return BlobRow(**columns)

    async def doomed(self, connection: Connection, limit: int) -> list[str]:
        """The keys of files whose bytes are to go."""
        return [row["key"] for row in await self._database.rows(connection, "doomed_blobs", {"limit": limit})]

    async def strike_out(self, connection: Connection, keys: Sequence[str]) -> None:
        """Note that the bytes of files are gone."""
        await self._database.run(connection, "strike_out_blobs", {"keys": list(keys)})
