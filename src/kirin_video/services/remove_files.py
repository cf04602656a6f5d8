"""Remove the bytes of files that a commit has doomed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from kirin_video.domain.errors import Overloaded
from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.blobs import LocalBlobs
from kirin_video.store.database import Database

_AT_A_TIME = 200
_BATCHES = 50

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RemoveFiles:
    """Removes doomed files. One that could not be removed stays doomed, and is tried again by the sweep.

    While a backup runs nothing is removed: the backup still copies what was named when it began.

    Attributes:
        database: where doomed files are named.
        rows: their names.
        blobs: their bytes.
    """

    database: Database
    rows: BlobRows
    blobs: LocalBlobs

    async def __call__(self, keys: Sequence[str]) -> None:
        """Remove files that were doomed just now, as far as that is possible."""
        if keys:
            try:
                await self._remove(keys)
            except Overloaded as error:
                _log.warning("%s Doomed files are removed later.", error)

    async def sweep(self) -> None:
        """Remove files that were doomed by whoever did not get to remove them.

        Raises:
            Overloaded: the database cannot be reached.
        """
        for _ in range(_BATCHES):
            if await self._remove(None) < _AT_A_TIME:
                return

    async def _remove(self, keys: Sequence[str] | None) -> int:
        """Remove some doomed files, or those among the given ones; how many are gone."""
        async with self.database.connection() as connection:
            doomed = await self.rows.doomed(connection, len(keys) if keys else _AT_A_TIME, keys)
        gone: list[str] = []
        for key in doomed:
            try:
                await self.blobs.delete(key)
                gone.append(key)
            except OSError:
                _log.exception("%s cannot be removed yet", key)
        if gone:
            async with self.database.connection() as connection:
                await self.rows.strike_out(connection, gone)
        return len(gone)
