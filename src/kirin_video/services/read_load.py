"""What the server has to do, for its operator's eyes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from kirin_video.domain.load import ClassLoad, Load
from kirin_video.store.database import Database
from kirin_video.store.load_rows import LoadRows

_FRESH_S = 2.0


class ReadLoad:
    """Counts what waits, runs and has ended; at most every two seconds, however often it is asked.

    Args:
        database: where it is.
        rows: what counts.
        classes: classes of worker to tell of even if there is nothing to tell.
    """

    def __init__(self, database: Database, rows: LoadRows, classes: Sequence[str]) -> None:
        self._database = database
        self._rows = rows
        self._classes = classes
        self._asking = asyncio.Lock()
        self._seen: tuple[float, Load] | None = None

    async def __call__(self) -> Load:
        """The load as it was at most two seconds ago.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self._asking:
            if self._seen is None or time.monotonic() - self._seen[0] > _FRESH_S:
                self._seen = (time.monotonic(), await self._read())
            return self._seen[1]

    async def fold(self) -> None:
        """Keep what is counted short.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self._database.connection() as connection:
            await self._rows.fold(connection)

    async def _read(self) -> Load:
        async with self._database.connection() as connection:
            found = {each.worker_class: each for each in await self._rows.classes(connection)}
            deliveries = await self._rows.deliveries(connection)
            ends = await self._rows.ends(connection)
        for name in self._classes:
            found.setdefault(name, ClassLoad(name))
        return Load(tuple(found[name] for name in sorted(found)), deliveries, ends)
