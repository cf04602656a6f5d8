"""Make sure that a stored file still is what was stored, before anybody relies on it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import OrderedDict
from pathlib import Path

from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.blobs import BlobDamaged, BlobNotFound, LocalBlobs
from kirin_video.store.database import Database

_REMEMBERED = 10_000

_log = logging.getLogger(__name__)

_Trace = tuple[int, int, int]


class VerifyOnce:
    """Verifies files when they are first asked for, and again only when they were touched since.

    A player asks for a clip in many small ranges; reading it through each time would cost more than
    sending it.

    Args:
        blobs: where the files are.
        remembered: how many verified files are remembered.
    """

    def __init__(self, blobs: LocalBlobs, *, remembered: int = _REMEMBERED) -> None:
        self._blobs = blobs
        self._most = remembered
        self._verified: OrderedDict[str, _Trace] = OrderedDict()

    async def __call__(self, key: str, sha256: bytes) -> Path:
        """The path of a file that is what was stored.

        Args:
            key: the file.
            sha256: of what was stored.

        Raises:
            BlobNotFound: it is gone.
            BlobDamaged: it is not what was stored.
        """
        path = self._blobs.path_of(key)
        try:
            trace = _trace(path)
        except FileNotFoundError as error:
            raise BlobNotFound(f"there is no blob {key}") from error
        if self._verified.get(key) == trace:
            self._verified.move_to_end(key)
            return path
        try:
            await self._blobs.check(key, trace[1], sha256.hex())
        except BlobDamaged:
            _log.exception("%s is damaged", key)
            raise
        self._verified[key] = trace
        self._verified.move_to_end(key)
        if len(self._verified) > self._most:
            self._verified.popitem(last=False)
        return path


class FindInput:
    """Finds the stored inputs of tasks, verified.

    Args:
        database: where files are known.
        rows: what is known of them.
        blobs: where they are.
    """

    def __init__(self, database: Database, rows: BlobRows, blobs: LocalBlobs) -> None:
        self._database = database
        self._rows = rows
        self._blobs = blobs

    async def __call__(self, key: str) -> Path:
        """The path of an input that is what was stored.

        Raises:
            BlobNotFound: it is gone.
            BlobDamaged: it is not what was stored.
            Overloaded: the database cannot be reached.
        """
        async with self._database.connection() as connection:
            row = await self._rows.find(connection, key)
        if row is None:
            raise BlobNotFound(f"no row names blob {key}")
        try:
            await self._blobs.check(key, row.size_bytes, row.sha256.hex())
        except (BlobDamaged, BlobNotFound):
            _log.exception("%s of task %s is damaged or gone", key, row.task_id)
            raise
        return await asyncio.to_thread(self._blobs.path_of, key)


def _trace(path: Path) -> _Trace:
    """What changes when a file's bytes are changed by a program."""
    facts = os.stat(path)  # noqa: PTH116 - the whole of it is wanted
    return facts.st_ino, facts.st_size, facts.st_mtime_ns
