"""Tasks as rows: created in batches, read one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kirin_video.domain.errors import Fault
from kirin_video.domain.pricing import Price
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.task import Failure, Task, TaskStatus, VideoOutput
from kirin_video.store.blob_rows import BlobRow, BlobRows
from kirin_video.store.database import Connection, Database, Row


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be created, with the files that it names.

    Attributes:
        id: the task's id.
        account_id: whose it is.
        external_id: the caller's own id for it.
        fingerprint: of the request as it was sent, to tell a repetition from another request.
        request: what is asked for, with stored files in place of inline ones.
        seed: what the engine draws from.
        price: what is held.
        blobs: files that are in place already.
        max_unfinished: unfinished tasks that the account may have, this one included; 0 for any number.
    """

    id: str
    account_id: str
    external_id: str | None
    fingerprint: str
    request: GenerationRequest
    seed: int
    price: Price
    blobs: tuple[BlobRow, ...] = ()
    max_unfinished: int = 0


@dataclass(frozen=True, slots=True)
class StoredTask:
    """A task and the fingerprint of the request that made it."""

    task: Task
    fingerprint: str


class TaskRows:
    """Reads and writes tasks.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._blobs = BlobRows(database)

    async def insert(self, connection: Connection, tasks: Sequence[NewTask]) -> dict[str, datetime]:
        """Create tasks with their holds and files.

        Returns:
            When each was created, by its id. Tasks whose external id is taken are not created and not there.
        """
        # In one order everywhere, so that two batches with the same external ids cannot block each other.
        ordered = sorted(tasks, key=lambda task: (task.account_id, task.external_id or "", task.id))
        parameters: dict[str, list[Any]] = {
            "ids": [task.id for task in ordered],
            "account_ids": [task.account_id for task in ordered],
            "external_ids": [task.external_id for task in ordered],
            "fingerprints": [task.fingerprint for task in ordered],
            "requests": [task.request.model_dump_json() for task in ordered],
            "seeds": [task.seed for task in ordered],
            "costs": [task.price.cost for task in ordered],
            "discounts": [task.price.discount for task in ordered],
        }
        rows = await self._database.rows(connection, "insert_tasks", parameters)
        created: dict[str, datetime] = {row["id"]: row["created_at"] for row in rows}
        await self._blobs.insert(connection, [blob for t in tasks if t.id in created for blob in t.blobs])
        return created

    async def find(self, connection: Connection, account_id: str, key: str) -> StoredTask | None:
        """Read a task of an account by its id or its external id."""
        parameters = {"account_id": account_id, "key": key}
        row = await self._database.row(connection, "find_task", parameters)
        return None if row is None else StoredTask(read_task(row), row["fingerprint"])

    async def find_by_external_id(
        self, connection: Connection, account_id: str, external_id: str
    ) -> StoredTask | None:
        """Read a task of an account by its external id alone."""
        parameters = {"account_id": account_id, "external_id": external_id}
        row = await self._database.row(connection, "find_by_external_id", parameters)
        return None if row is None else StoredTask(read_task(row), row["fingerprint"])

    async def status(self, connection: Connection, task_id: str) -> TaskStatus | None:
        """How a task stands, whoever owns it."""
        row = await self._database.row(connection, "task_status", {"task_id": task_id})
        return None if row is None else TaskStatus(row["status"])


def read_task(row: Row) -> Task:
    """A row with all columns of a task, as the domain knows it."""
    return Task(
        id=row["id"],
        account_id=row["account_id"],
        external_id=row["external_id"],
        status=TaskStatus(row["status"]),
        run=row["run"],
        progress=row["progress"],
        stage=row["stage"],
        request=GenerationRequest.model_validate_json(row["request"]),
        seed=row["seed"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        price=Price(cost=row["cost_micro"], discount=row["discount_micro"]),
        output=VideoOutput(**row["output"]) if row["output"] else None,
        failure=Failure(Fault(row["fault"]), row["message"]) if row["fault"] else None,
        metadata=row["metadata"],
    )
