"""How accounts and the server stand, for the eyes of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kirin_video.domain.books import Entry, EntryKind
from kirin_video.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Overview:
    """How an account stands.

    Attributes:
        queued: tasks that wait.
        running: tasks that workers have.
        completed: tasks created within the last day that completed.
        failed: tasks created within the last day that failed or were cancelled.
        has_tasks: whether there is any task at all.
        failing_receivers: places where its callbacks do not arrive.
    """

    queued: int
    running: int
    completed: int
    failed: int
    has_tasks: bool
    failing_receivers: int


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    """A worker that is signed in.

    Attributes:
        id: its number.
        name: its host and process.
        classes: the classes of task it takes.
        slots: tasks it may run at a time.
        silent_s: seconds since it was heard of.
        running: tasks it runs.
    """

    id: int
    name: str
    classes: list[str]
    slots: int
    silent_s: float
    running: int


@dataclass(frozen=True, slots=True)
class EngineDay:
    """What an engine made in the last day.

    Attributes:
        engine: its name; None for tasks that failed, whichever engine was to make them.
        fault: why they failed; None for clips that were made.
        tasks: how many.
        render_s: seconds that one took, on average; None if that is not known.
        last_at: when the last of them ended.
    """

    engine: str | None
    fault: str | None
    tasks: int
    render_s: float | None
    last_at: datetime


@dataclass(frozen=True, slots=True)
class StoredFiles:
    """The files of one kind.

    Attributes:
        kind: ``video``, ``watermark``, ``input``, ``upload`` or ``element``.
        files: how many there are.
        size_bytes: of all of them together.
    """

    kind: str
    files: int
    size_bytes: int


class OverviewRows:
    """Reads what is shown at a glance.

    Args:
        database: where it is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def account(self, connection: Connection, account_id: str) -> Overview:
        """How an account stands."""
        row = await self._database.row(connection, "account_overview", {"account_id": account_id})
        assert row is not None, "accounts are never removed"
        return Overview(**row)

    async def entries(
        self, connection: Connection, account_id: str, before: int | None, limit: int
    ) -> list[Entry]:
        """Some of an account's entries, the newest first.

        Args:
            connection: to read by.
            account_id: the account.
            before: only entries with a lower number; None for the newest.
            limit: entries at most.
        """
        parameters = {"account_id": account_id, "before": before, "limit": limit}
        rows = await self._database.rows(connection, "ledger_page", parameters)
        return [
            Entry(row["number"], EntryKind(row["kind"]), row["task_id"], row["amount"], row["created_at"])
            for row in rows
        ]

    async def workers(self, connection: Connection) -> list[WorkerFacts]:
        """The workers that are signed in, by name."""
        return [WorkerFacts(**row) for row in await self._database.rows(connection, "list_workers", {})]

    async def engine_day(self, connection: Connection) -> list[EngineDay]:
        """What engines made of the tasks created within the last day, and why those failed that did."""
        return [EngineDay(**row) for row in await self._database.rows(connection, "engine_day", {})]

    async def files(self, connection: Connection) -> list[StoredFiles]:
        """The files that something names, by what they are."""
        return [StoredFiles(**row) for row in await self._database.rows(connection, "stored_files", {})]
