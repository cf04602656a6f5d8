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

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RemoveFiles:
    """Removes doomed files. A file that could not be removed stays doomed, and is tried again by the sweep.

    Attributes:
        database: where doomed files are named.
        rows: their names.
        blobs: their bytes.
    """

    database: Database
    rows: BlobRows
    blobs: LocalBlobs

    async def __call__(self, keys: Sequence[str]) -> None:
        """Remove files, as far as that is possible now."""
        gone: list[str] = []
        for key in keys:
            try:
                await self.blobs.delete(key)
                gone.append(key)
            except OSError:
                _log.exception("%s cannot be removed yet", key)
        if gone:
            try:
                async with self.database.connection() as connection:
                    await self.rows.strike_out(connection, gone)
            except Overloaded as error:
                _log.warning("%s Removed files are struck out later.", error)

    async def sweep(self) -> None:
        """Remove files that were doomed by whoever did not get to remove them.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            keys = await self.rows.doomed(connection, _AT_A_TIME)
        if keys:
            await self(keys)
