"""Tasks as rows: created in batches, read one at a time."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from psycopg.errors import CheckViolation

from kirin_video.domain.callback import NewCallback
from kirin_video.domain.change import Change
from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.errors import Fault, InsufficientFunds
from kirin_video.domain.inputs import ELEMENT_MODEL
from kirin_video.domain.listing import Listing, Order, Position
from kirin_video.domain.pricing import Price
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.task import (
    ElementOutput,
    Failure,
    RemovedOutput,
    Task,
    TaskOutput,
    TaskRequest,
    TaskStatus,
    VideoOutput,
)
from kirin_video.domain.task_names import TaskNames
from kirin_video.domain.transitions import TRANSITIONS, Deed
from kirin_video.store.blob_rows import BlobRow, BlobRows
from kirin_video.store.callback_rows import CallbackRows
from kirin_video.store.database import Connection, Database, Row

_START_OF_TIME: Final = Position(datetime.min.replace(tzinfo=UTC), "")
_END_OF_TIME: Final = Position(datetime.max.replace(tzinfo=UTC), "")


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be created, with the files that it names.

    Attributes:
        id: the task's id.
        names: whose it is, and what its caller calls it.
        fingerprint: of the request as it was sent, to tell a repetition from another request.
        request: what is asked for, with stored files in place of inline ones.
        seed: what the engine draws from.
        price: what is held.
        blobs: files that are in place already.
        max_unfinished: unfinished tasks that the account may have, this one included; 0 for any number.
        callback: where its changes of status go, if anywhere.
        key_id: the API key that its caller used.
        price_version: of the price list that its price is from; None for the server's settings.
        is_capped: whether the key had a spend cap when it was looked up, within the last second.
    """

    id: str
    names: TaskNames
    fingerprint: str
    request: TaskRequest
    seed: int
    price: Price
    blobs: tuple[BlobRow, ...] = ()
    max_unfinished: int = 0
    callback: NewCallback | None = None
    key_id: str | None = None
    price_version: int | None = None
    is_capped: bool = False

    @property
    def account_id(self) -> str:
        """Whose it is."""
        return self.names.account_id


@dataclass(frozen=True, slots=True)
class StoredTask:
    """A task as it is kept.

    Attributes:
        task: the task.
        fingerprint: of the request that made it.
        revision: of its newest change.
    """

    task: Task
    fingerprint: str
    revision: int


class TaskRows:
    """Reads and writes tasks.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._blobs = BlobRows(database)
        self._callbacks = CallbackRows(database)

    async def insert(self, connection: Connection, tasks: Sequence[NewTask]) -> dict[str, datetime]:
        """Create tasks with their holds and files.

        Returns:
            When each was created, by its id. Tasks one of whose names is taken are not created and not there.

        Raises:
            InsufficientFunds: a budget or a cap that was set in this moment does not cover them.
        """
        await self._lock_keys(connection, tasks)
        # In one order everywhere, so that two batches with the same external ids cannot block each other.
        ordered = sorted(tasks, key=lambda task: (task.account_id, task.names.external_id or "", task.id))
        parameters: dict[str, list[Any]] = {
            "ids": [task.id for task in ordered],
            "account_ids": [task.account_id for task in ordered],
            "key_ids": [task.key_id for task in ordered],
            "external_ids": [task.names.external_id for task in ordered],
            "keys": [task.names.idempotency_key for task in ordered],
            "fingerprints": [task.fingerprint for task in ordered],
            "requests": [task.request.model_dump_json() for task in ordered],
            "seeds": [task.seed for task in ordered],
            "costs": [task.price.cost for task in ordered],
            "discounts": [task.price.discount for task in ordered],
            "price_versions": [task.price_version for task in ordered],
        }
        with _funds_cover():
            rows = await self._database.rows(connection, "insert_tasks", parameters)
        created: dict[str, datetime] = {row["id"]: row["created_at"] for row in rows}
        await self._blobs.insert(connection, [blob for t in tasks if t.id in created for blob in t.blobs])
        callbacks = [(t.account_id, t.id, t.callback) for t in ordered if t.callback and t.id in created]
        await self._callbacks.insert(connection, callbacks)
        return created

    async def _lock_keys(self, connection: Connection, tasks: Sequence[NewTask]) -> None:
        """Wait for others who create under the same keys; calls without a key cost nothing here."""
        keyed = [(task.account_id, key) for task in tasks if (key := task.names.idempotency_key) is not None]
        if keyed:
            accounts, keys = zip(*keyed, strict=True)
            parameters = {"account_ids": list(accounts), "keys": list(keys)}
            await self._database.rows(connection, "lock_keys", parameters)

    async def find(self, connection: Connection, account_id: str, key: str) -> StoredTask | None:
        """Read a task of an account by its id or its external id."""
        parameters = {"account_id": account_id, "key": key}
        row = await self._database.row(connection, "find_task", parameters)
        return None if row is None else StoredTask(read_task(row), row["fingerprint"], row["revision"])

    async def find_many(
        self, connection: Connection, asked: Sequence[tuple[str, str]]
    ) -> list[StoredTask | None]:
        """Read tasks at once, each by its account and its id or external id; None where there is none."""
        parameters = {"account_ids": [account for account, _ in asked], "keys": [key for _, key in asked]}
        rows = await self._database.rows(connection, "find_tasks", parameters)
        found: list[StoredTask | None] = [None] * len(asked)
        for row in rows:
            found[row["place"] - 1] = StoredTask(read_task(row), row["fingerprint"], row["revision"])
        return found

    async def page(self, connection: Connection, account_id: str, listing: Listing) -> list[Task]:
        """Read a page of an account's tasks, and one more if there is another page."""
        newest_first = listing.order is Order.DESC
        position = listing.position or (_END_OF_TIME if newest_first else _START_OF_TIME)
        parameters = {
            "account_id": account_id,
            "status": listing.status,
            "model": listing.model,
            "since": listing.since or _START_OF_TIME.created_at,
            "until": listing.until or _END_OF_TIME.created_at,
            "position_time": position.created_at,
            "position_id": position.task_id,
            "limit": listing.limit + 1,
        }
        name = "list_tasks_newest_first" if newest_first else "list_tasks_oldest_first"
        # Planned anew each time: which index is best depends on the filters.
        rows = await self._database.rows(connection, name, parameters, prepare=False)
        return [read_task(row) for row in rows]

    async def cancel(
        self, connection: Connection, task_id: str, failure: Failure, deed: Deed = Deed.CANCEL
    ) -> bool:
        """Fail a task, whoever runs it, and release what was held; gives whether its state allowed it."""
        parameters = {
            "task_id": task_id,
            "fault": str(failure.fault),
            "message": failure.message,
            **states(deed),
        }
        return await self._database.row(connection, "cancel_task", parameters) is not None

    async def overdue(self, connection: Connection, age_s: float, limit: int) -> list[str]:
        """Name some of the tasks that have waited this long for their first worker."""
        parameters = {"age_s": age_s, "limit": limit, **states(Deed.EXPIRE)}
        return [row["id"] for row in await self._database.rows(connection, "overdue_tasks", parameters)]

    async def delete(self, connection: Connection, task_id: str) -> list[str] | None:
        """Empty a task that has ended; gives the keys of its files, or None if there is none to delete."""
        rows = await self._database.rows(connection, "delete_task", {"task_id": task_id})
        return [row["key"] for row in rows if row["key"] is not None] if rows else None

    async def changes(self, connection: Connection, task_id: str, after: int, upto: int) -> list[Change]:
        """Read what a task became after one revision and up to another, without having been queued."""
        parameters = {"task_id": task_id, "after": after, "upto": upto}
        rows = await self._database.rows(connection, "task_changes", parameters)
        return [Change(task_id, row["revision"], TaskStatus(row["status"]), row["progress"]) for row in rows]

    async def status(self, connection: Connection, task_id: str) -> TaskStatus | None:
        """How a task stands, whoever owns it."""
        row = await self._database.row(connection, "task_status", {"task_id": task_id})
        return None if row is None else TaskStatus(row["status"])


@contextmanager
def _funds_cover() -> Generator[None]:
    """Tell a refusal of the database for the sake of a budget or a cap from its other errors."""
    try:
        yield
    except CheckViolation as error:
        match error.diag.constraint_name:
            case "budget_covers":
                message = "This account's budget is new, and does not cover the task."
            case "spend_cap_covers":
                message = "This key's spend cap is new, and does not cover the task."
            case _:
                raise
        raise InsufficientFunds(message) from error


def states(deed: Deed) -> dict[str, object]:
    """The states that a deed demands and leads to, as statements take them."""
    way = TRANSITIONS[deed]
    return {"before": sorted(way.before), "after": way.after.value}


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
        request=_request(row["request"]),
        seed=row["seed"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        price=Price(cost=row["cost_micro"], discount=row["discount_micro"]),
        output=_output(row["output"]),
        failure=Failure(Fault(row["fault"]), row["message"]) if row["fault"] else None,
        metadata=row["metadata"],
    )


def _request(stored: str) -> TaskRequest:
    """A request as it was stored; its model says which kind it is."""
    request = json.loads(stored)
    kind = ElementRequest if request["model"] == ELEMENT_MODEL else GenerationRequest
    return kind.model_validate(request)


def _output(stored: Mapping[str, Any] | None) -> TaskOutput | None:
    if not stored:
        return None
    if "removed_at" in stored:
        removed_at = datetime.fromtimestamp(stored["removed_at"], UTC)
        return RemovedOutput(stored["duration_s"], stored["job_id"], removed_at)
    return ElementOutput(**stored) if "element_id" in stored else VideoOutput(**stored)
