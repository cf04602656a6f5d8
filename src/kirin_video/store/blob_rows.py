"""What is known of each file; the bytes are the business of ``blobs``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from psycopg.errors import LockNotAvailable

from kirin_video.domain.errors import KirinError
from kirin_video.store.database import Connection, Database, Row

REMOVALS_LOCK: Final = 0x6B6972696E02
"""The advisory lock that a backup holds: meanwhile no file is removed that was doomed after it began."""

_NAMES_LOCK: Final = 0x6B6972696E01  # as schema/0009_retention.sql has it, in decimal
_NAMES_PATIENCE_MS: Final = 250


class NamesBusy(KirinError):
    """Somebody is about to name files, and is slow."""


class BlobKind(StrEnum):
    """What a file is to its task."""

    INPUT = "input"
    VIDEO = "video"
    WATERMARK = "watermark"
    PREVIEW = "preview"
    """A frame of a clip that is being made."""
    POSTER = "poster"
    """A frame that stands for a finished clip."""


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


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that some row names.

    Attributes:
        key: its name in the blob store.
        size_bytes: its length.
        sha256: of its bytes, hexadecimal.
        owner: who names it, in words.
    """

    key: str
    size_bytes: int
    sha256: str
    owner: str


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
        return _read(await self._database.row(connection, "find_blob", {"key": key}))

    async def still(self, connection: Connection, task_id: str, kind: BlobKind) -> BlobRow | None:
        """What is known of a task's preview or poster."""
        return _read(await self._database.row(connection, "find_still", {"task_id": task_id, "kind": kind}))

    async def drop_preview(self, connection: Connection, task_id: str) -> list[str]:
        """Take the preview of a task away, as part of a transaction; gives the keys that are doomed."""
        rows = await self._database.rows(connection, "drop_preview", {"task_id": task_id})
        return [row["key"] for row in rows]

    async def insert_poster(self, connection: Connection, blob: BlobRow) -> bool:
        """Name the poster of a finished clip; gives whether it has none yet, and still wants one."""
        parameters = {
            "key": blob.key,
            "task_id": blob.task_id,
            "media_type": blob.media_type,
            "size_bytes": blob.size_bytes,
            "sha256": blob.sha256,
        }
        return await self._database.row(connection, "insert_poster", parameters) is not None

    async def doomed(
        self, connection: Connection, limit: int, keys: Sequence[str] | None = None
    ) -> list[str]:
        """The keys of files whose bytes are to go, or those among some; none while a backup runs."""
        parameters = {
            "limit": limit,
            "keys": None if keys is None else list(keys),
            "removals_lock": REMOVALS_LOCK,
        }
        return [row["key"] for row in await self._database.rows(connection, "doomed_blobs", parameters)]

    async def strike_out(self, connection: Connection, keys: Sequence[str]) -> None:
        """Note that the bytes of files are gone."""
        await self._database.run(connection, "strike_out_blobs", {"keys": list(keys)})

    async def unnamed(self, connection: Connection, keys: Sequence[str]) -> list[str]:
        """Those of some files that no row names and that are not doomed."""
        rows = await self._database.rows(connection, "unnamed_blobs", {"keys": list(keys)})
        return [row["key"] for row in rows]

    async def doom_orphans(self, connection: Connection, keys: Sequence[str]) -> list[str]:
        """Doom those of some files that no row names; nobody can name them any more after the commit.

        Args:
            connection: inside a transaction, which is to end soon: nobody can name any file meanwhile.
            keys: the files.

        Raises:
            NamesBusy: somebody who names files takes too long over it; the transaction is lost.
        """
        await self._database.wait_at_most(connection, _NAMES_PATIENCE_MS)
        try:
            await self._database.run(connection, "lock_names", {"names_lock": _NAMES_LOCK})
        except LockNotAvailable as error:
            raise NamesBusy("others are naming files") from error
        rows = await self._database.rows(connection, "doom_orphans", {"keys": list(keys)})
        return [row["key"] for row in rows]

    async def forget_orphans(self, connection: Connection, days: int) -> None:
        """Forget orphans that were removed more than so many days ago."""
        await self._database.run(connection, "forget_orphans", {"days": days})

    async def forget_old(self, connection: Connection, days: int, limit: int) -> list[str]:
        """Doom the files of some tasks that ended long enough ago; the keys of these files.

        Args:
            connection: where.
            days: how long files are kept for accounts that have no rule of their own; 0 for ever.
            limit: tasks at most.
        """
        rows = await self._database.rows(connection, "forget_old_files", {"days": days, "limit": limit})
        return [row["key"] for row in rows]

    async def named(self, connection: Connection, after: str, limit: int) -> list[NamedFile]:
        """Files that some row names, in the order of their keys.

        Args:
            connection: where.
            after: the last key of the page before; empty for the first.
            limit: files at most.
        """
        rows = await self._database.rows(connection, "named_files", {"after": after, "limit": limit})
        return [NamedFile(**row) for row in rows]

    async def still_named(self, connection: Connection, keys: Sequence[str]) -> set[str]:
        """Those of some files that some row names."""
        rows = await self._database.rows(connection, "still_named", {"keys": list(keys)})
        return {row["key"] for row in rows}

    async def retention(self, connection: Connection, account_id: str) -> tuple[bool, int | None]:
        """Whether there is such an account, and for how many days it keeps files, by its own rule."""
        row = await self._database.row(connection, "find_retention", {"account_id": account_id})
        return (False, None) if row is None else (True, row["retention_days"])

    async def set_retention(self, connection: Connection, account_id: str, days: int | None) -> bool:
        """Say for how many days an account keeps files; gives whether there is such an account."""
        parameters = {"account_id": account_id, "days": days}
        return await self._database.row(connection, "set_retention", parameters) is not None


def _read(row: Row | None) -> BlobRow | None:
    if row is None:
        return None
    columns: dict[str, Any] = {**row, "kind": BlobKind(row["kind"])}
    return BlobRow(**columns)
