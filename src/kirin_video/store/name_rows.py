"""Which tasks the callers' own names stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirin_video.domain.task import Task
from kirin_video.domain.task_names import TaskNames
from kirin_video.store.database import Connection, Database
from kirin_video.store.task_rows import read_task


@dataclass(frozen=True, slots=True)
class NamedTask:
    """A task that has one of the names which a request gives.

    Attributes:
        task: the task; None if it was deleted, which only the key of its call outlives.
        fingerprint: of the request that made it.
        by_key: whether it has the key, or else the external id.
    """

    task: Task | None
    fingerprint: str
    by_key: bool


class NameRows:
    """Reads tasks by the names that callers gave them.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, connection: Connection, names: Sequence[TaskNames]) -> list[NamedTask | None]:
        """Read the task behind the names of each request; None where there is none."""
        found: list[NamedTask | None] = [None] * len(names)
        if not any(each.given for each in names):
            return found
        parameters = {
            "account_ids": [each.account_id for each in names],
            "external_ids": [each.external_id for each in names],
            "keys": [each.idempotency_key for each in names],
        }
        for row in await self._database.rows(connection, "find_named", parameters):
            task = read_task(row) if row["deleted_at"] is None else None
            found[row["place"] - 1] = NamedTask(task, row["fingerprint"], row["by_key"])
        return found

    async def forget_keys(self, connection: Connection, age_s: float, limit: int) -> int:
        """Forget the keys of tasks that are older than this, some at a time; gives how many."""
        rows = await self._database.rows(connection, "forget_keys", {"age_s": age_s, "limit": limit})
        return len(rows)
