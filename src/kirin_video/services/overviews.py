"""Tell people how their account and the server stand."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from typing import Final

from kirin_video.domain.books import Entry
from kirin_video.domain.log_line import LogLevel, LogLine
from kirin_video.services.authenticate import Caller
from kirin_video.store.database import Database
from kirin_video.store.disk import FreeSpace
from kirin_video.store.log_rows import LogRows
from kirin_video.store.overview_rows import EngineDay, Overview, OverviewRows, StoredFiles, WorkerFacts

ENTRIES_A_PAGE: Final = 50
LINES_A_PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of the books.

    Attributes:
        entries: the newest first.
        before: where the next page begins; None if this is the last.
    """

    entries: tuple[Entry, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of what processes said.

    Attributes:
        lines: the newest first.
        before: where the next page begins; None if this is the last.
    """

    lines: tuple[LogLine, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Storage:
    """What lies on the data folder's disk.

    Attributes:
        files: the files that something names, by what they are.
        free_bytes: room that is left.
        floor_bytes: room below which nothing new is taken in.
        size_bytes: of the whole disk.
    """

    files: tuple[StoredFiles, ...]
    free_bytes: int
    floor_bytes: int
    size_bytes: int


@dataclass(frozen=True)
class ReadOverview:
    """Tells how the caller's account stands, and shows its books.

    Attributes:
        database: where that is.
        rows: reads it.
    """

    database: Database
    rows: OverviewRows

    async def __call__(self, caller: Caller) -> Overview:
        """How the account stands.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.account(connection, caller.account_id)

    async def books(self, caller: Caller, before: int | None) -> EntryPage:
        """A page of the account's books; entries are never changed, so none comes twice.

        Args:
            caller: who asks.
            before: as the page before gave it; None for the newest.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            found = await self.rows.entries(connection, caller.account_id, before, ENTRIES_A_PAGE + 1)
        page = found[:ENTRIES_A_PAGE]
        return EntryPage(tuple(page), page[-1].number if len(found) > len(page) else None)


@dataclass(frozen=True)
class ReadServer:
    """Tells an administrator how the server stands.

    Attributes:
        database: where tasks and workers are.
        rows: reads them.
        log: what processes said.
        space: the disk that files are on.
    """

    database: Database
    rows: OverviewRows
    log: LogRows
    space: FreeSpace

    async def workers(self) -> list[WorkerFacts]:
        """The workers that are signed in, by name.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.workers(connection)

    async def engine_day(self) -> list[EngineDay]:
        """What engines made of the last day's tasks, and why those failed that did.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.engine_day(connection)

    async def said(self, level: LogLevel, before: int | None) -> LogPage:
        """A page of what processes said.

        Args:
            level: the least grave that is wanted.
            before: as the page before gave it; None for the newest.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            found = await self.log.page(connection, level.and_graver, before, LINES_A_PAGE + 1)
        page = found[:LINES_A_PAGE]
        return LogPage(tuple(page), page[-1].number if len(found) > len(page) else None)

    async def storage(self) -> Storage:
        """What lies on the disk.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            files = await self.rows.files(connection)
        free_bytes = await asyncio.to_thread(self.space.left_bytes)
        facts = await asyncio.to_thread(os.statvfs, self.space.folder)
        return Storage(tuple(files), free_bytes, self.space.floor_bytes, facts.f_blocks * facts.f_frsize)
