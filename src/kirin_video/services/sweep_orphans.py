"""Find and remove files that nothing names: what was written by whoever did not live to name it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from kirin_video.services.remove_files import RemoveFiles
from kirin_video.store.blob_rows import BlobRows, NamesBusy
from kirin_video.store.blobs import SHELVES, LocalBlobs
from kirin_video.store.database import Database

_LOOKED_AT = 2_000
_AT_A_TIME = 500
_REMEMBERED_DAYS = 30
_WRITING_S = 3600.0  # far longer than the largest file takes to be written

_log = logging.getLogger(__name__)


@dataclass
class SweepOrphans:
    """Removes files that no row names.

    Files are written before the commit that names them, so a young file without a name is nothing unusual.
    One that has been without for ``older_than_s`` is doomed, under a lock that keeps all others from naming
    files. From that commit on it cannot be named: a writer that was held up for so long, by whatever, is
    told that its file is gone, and nothing ever refers to a file that is not there.

    A turn looks at a part of the files only. Each process begins somewhere else.

    Attributes:
        database: where files are named.
        rows: their names.
        blobs: their bytes.
        remove_files: removes the doomed.
        is_preset: whether a key is that of a preset's picture, which no row names.
        older_than_s: how old, in seconds, a file without a name must be.
    """

    database: Database
    rows: BlobRows
    blobs: LocalBlobs
    remove_files: RemoveFiles
    is_preset: Callable[[str], bool]
    older_than_s: float
    _next_shelf: int = field(default_factory=lambda: random.randrange(len(SHELVES)))  # noqa: S311 - no secret

    async def __call__(self) -> int:
        """Take a turn.

        Returns:
            How many files were doomed.

        Raises:
            Overloaded: the database cannot be reached.
        """
        await self.blobs.remove_leftovers(older_than_s=max(self.older_than_s, _WRITING_S))
        found = await asyncio.to_thread(self._next_keys)
        doomed = 0
        left = iter(found)
        while some := list(islice(left, _AT_A_TIME)):
            doomed += await self._doom(some)
        async with self.database.connection() as connection:
            await self.rows.forget_orphans(connection, _REMEMBERED_DAYS)
        return doomed

    def _next_keys(self) -> list[str]:
        """The old ones of the next files."""
        found: list[str] = []
        for _ in SHELVES:
            found += self.blobs.keys_on(SHELVES[self._next_shelf], older_than_s=self.older_than_s)
            self._next_shelf = (self._next_shelf + 1) % len(SHELVES)
            if len(found) >= _LOOKED_AT:
                break
        return found

    async def _doom(self, keys: list[str]) -> int:
        async with self.database.connection() as connection:
            found = await self.rows.unnamed(connection, keys)
        unnamed = [key for key in found if not self.is_preset(key)]
        if not unnamed:
            return 0
        try:
            async with self.database.transaction() as connection:
                doomed = await self.rows.doom_orphans(connection, unnamed)
        except NamesBusy:
            _log.info("somebody takes long to name files; %s orphans wait for the next turn", len(unnamed))
            return 0
        if doomed:
            _log.warning("%s files that nothing names are removed: %s", len(doomed), ", ".join(doomed[:20]))
            await self.remove_files(doomed)
        return len(doomed)
