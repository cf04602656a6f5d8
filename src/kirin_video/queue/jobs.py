"""Jobs: how tasks get from waiting to a worker, and back.

Tasks wait in a table of our own; the queue of procrastinate holds those that a worker has, and those that
were given back. ``0008_admission.sql`` has the rules by which one follows another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from kirin_video.queue.errors import ClaimLost, told_apart

CHANNEL: Final = "kirin_waiting"
"""Where the database tells that there is something to claim; it says for which class of worker."""

Connect = Callable[[], AbstractAsyncContextManager[AsyncConnection[DictRow]]]

_LOST = "The job is not this worker's any more."

_ENTER = """
WITH entered AS (
    INSERT INTO waiting (task_id, account_id, worker_class)
    -- A look-up for each, not a join, whose kept plan would read all of a table that was small once.
    SELECT entering.id, (SELECT account_id FROM task WHERE id = entering.id), entering.worker_class
      FROM unnest(%(ids)s::text[], %(classes)s::text[]) WITH ORDINALITY AS entering (id, worker_class, number)
     ORDER BY entering.number
    RETURNING worker_class
)
SELECT pg_notify(%(channel)s, worker_class) FROM (SELECT DISTINCT worker_class FROM entered) AS classes
"""

_WITHDRAW = """
WITH gone AS (DELETE FROM waiting WHERE task_id = %(task_id)s)
DELETE FROM procrastinate_jobs WHERE queueing_lock = %(task_id)s AND status = 'todo'
"""

_CLAIM = "SELECT * FROM claim_task(%(classes)s, %(worker_id)s, %(running_tasks)s)"

_HELD = """
SELECT id AS job_id, args->>'task_id' AS task_id, queue_name::text AS worker_class
  FROM procrastinate_jobs WHERE worker_id = %(worker_id)s AND status = 'doing'
"""

_REMOVE = "SELECT remove_job(%(job_id)s, %(running_tasks)s) AS removed"

_GIVE_BACK = """
UPDATE procrastinate_jobs
   SET status = 'todo', attempts = attempts + 1, scheduled_at = NULL, worker_id = NULL
 WHERE id = %(job_id)s AND status = 'doing' AND worker_id = %(worker_id)s
RETURNING pg_notify(%(channel)s, queue_name)
"""

_DELAY = """
WITH gone AS (
    DELETE FROM procrastinate_jobs WHERE id = %(job_id)s AND status = 'doing' AND worker_id = %(worker_id)s
    RETURNING args, queue_name
)
INSERT INTO waiting (task_id, account_id, worker_class, not_before)
SELECT t.id, t.account_id, gone.queue_name, clock_timestamp() + make_interval(secs => %(delay_s)s)
  FROM gone JOIN task t ON t.id = gone.args->>'task_id'
RETURNING task_id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that a worker holds.

    Attributes:
        job_id: the job.
        task_id: the task it stands for.
        worker_class: the class of worker that the task needs.
        worker_id: who holds it.
    """

    job_id: int
    task_id: str
    worker_class: str
    worker_id: int


class JobQueue:
    """The queue, for those who put tasks in and those who work on them.

    Args:
        connect: lends a connection on which each statement is a transaction of its own.
        running_tasks: tasks of an account that may run at a time, unless it has a limit of its own; 0 for any
            number.
    """

    def __init__(self, connect: Connect, *, running_tasks: int = 0) -> None:
        self._connect = connect
        self._running_tasks = running_tasks

    async def enqueue(self, connection: AsyncConnection[DictRow], worker_classes: Mapping[str, str]) -> None:
        """Let tasks wait for a worker, inside the caller's transaction.

        Args:
            connection: the caller's, inside the transaction that has created the tasks.
            worker_classes: the class of worker that each needs, by its id; those of one account are served in
                this order.
        """
        if worker_classes:
            ids, classes = list(worker_classes), list(worker_classes.values())
            parameters = {"ids": ids, "classes": classes, "channel": CHANNEL}
            await connection.execute(_ENTER, parameters)

    async def withdraw(self, connection: AsyncConnection[DictRow], task_id: str) -> None:
        """Let a task that no worker has wait no longer, inside the caller's transaction."""
        await connection.execute(_WITHDRAW, {"task_id": task_id})

    async def claim(self, worker_id: int, classes: Sequence[str]) -> Claim | None:
        """Take the next job for a worker of these classes, if there is one.

        Raises:
            ClaimLost: the worker is not registered any more.
            Overloaded: the database cannot be reached.
        """
        row = await self._row(
            _CLAIM,
            {"classes": list(classes), "worker_id": worker_id, "running_tasks": self._running_tasks},
        )
        return None if row is None else Claim(**row, worker_id=worker_id)

    async def held(self, worker_id: int) -> list[Claim]:
        """The jobs that the database thinks a worker holds.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self._connect() as connection:
            rows = await (await connection.execute(_HELD, {"worker_id": worker_id})).fetchall()
        return [Claim(**row, worker_id=worker_id) for row in rows]

    async def remove(self, claim: Claim) -> None:
        """Take a job out for good. Only for tasks that have ended: nothing else would bring the job back.

        Raises:
            ClaimLost: it is gone already.
            Overloaded: the database cannot be reached.
        """
        row = await self._row(_REMOVE, {"job_id": claim.job_id, "running_tasks": self._running_tasks})
        if row is None or not row["removed"]:
            raise ClaimLost(_LOST)

    async def give_back(self, claim: Claim, *, delay_s: float = 0.0) -> None:
        """Put a job back for any worker to take, and wake one.

        Args:
            claim: the job.
            delay_s: seconds during which the task is to wait. Without a delay it goes before all that wait.

        Raises:
            ClaimLost: it is not held by this worker any more.
            Overloaded: the database cannot be reached.
        """
        parameters = {"job_id": claim.job_id, "worker_id": claim.worker_id}
        if delay_s > 0:
            row = await self._row(_DELAY, {**parameters, "delay_s": delay_s})
        else:
            row = await self._row(_GIVE_BACK, {**parameters, "channel": CHANNEL})
        if row is None:
            raise ClaimLost(_LOST)

    async def _row(self, statement: str, parameters: Mapping[str, Any]) -> DictRow | None:
        async with self._connect() as connection:
            with told_apart():
                return await (await connection.execute(statement.encode(), parameters)).fetchone()
