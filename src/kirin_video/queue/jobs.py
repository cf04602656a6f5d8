"""Jobs: a task's entries in the queue, put in by whoever creates it and taken out by workers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from procrastinate import PsycopgConnector
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager, get_channel_for_queues
from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool

from kirin_video.queue.errors import told_apart

_TASK_NAME = "render"
# Due at once, whatever this machine's clock says: the database compares it with its own.
_AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that a worker holds.

    Attributes:
        job_id: the job.
        task_id: the task it stands for.
        queue: the queue it came from.
    """

    job_id: int
    task_id: str
    queue: str


async def open_manager(pool: AsyncConnectionPool[AsyncConnection[DictRow]]) -> JobManager:
    """Make procrastinate's job manager on a pool of ours."""
    connector = PsycopgConnector()
    # procrastinate sets the kind of rows itself, for each cursor.
    await connector.open_async(cast("AsyncConnectionPool[AsyncConnection]", pool))
    return JobManager(connector)


class JobQueue:
    """The queue, for those who put tasks in and those who work on them.

    Args:
        manager: see ``open_manager``.
        pool: the connections it uses.
    """

    def __init__(self, manager: JobManager, pool: AsyncConnectionPool[AsyncConnection[DictRow]]) -> None:
        self._manager = manager
        self._pool = pool

    async def enqueue(
        self, connection: AsyncConnection[DictRow], queue: str, task_ids: Sequence[str]
    ) -> None:
        """Put tasks into a queue, inside the caller's transaction."""
        jobs = [
            Job(
                queue=queue,
                lock=None,
                queueing_lock=task_id,  # one job a task, and the way to find it
                task_name=_TASK_NAME,
                task_kwargs={"task_id": task_id},
            )
            for task_id in task_ids
        ]
        with told_apart():
            await self._manager.batch_defer_jobs_async(jobs, connection=connection)

    async def withdraw(self, connection: AsyncConnection[DictRow], task_id: str) -> None:
        """Take a task that no worker has out of its queue, inside the caller's transaction."""
        with told_apart():
            await connection.execute(
                "DELETE FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo'", (task_id,)
            )

    async def claim(self, worker_id: int, queue: str) -> Claim | None:
        """Take the next job of a queue, if there is one.

        Raises:
            ClaimLost: the worker is not registered any more.
            Overloaded: the database cannot be reached.
        """
        with told_apart():
            job = await self._manager.fetch_job([queue], worker_id)
        if job is None:
            return None
        assert job.id is not None
        return Claim(job.id, str(job.task_kwargs["task_id"]), job.queue)

    async def remove(self, claim: Claim) -> None:
        """Take a job out for good. Only for tasks that have ended: nothing else would bring the job back.

        Raises:
            ClaimLost: it is gone already.
            Overloaded: the database cannot be reached.
        """
        with told_apart():
            await self._manager.finish_job_by_id_async(claim.job_id, Status.SUCCEEDED, delete_job=True)

    async def give_back(self, claim: Claim) -> None:
        """Put a job back for any worker to take at once, and wake one.

        Raises:
            ClaimLost: it is not held any more.
            Overloaded: the database cannot be reached.
        """
        with told_apart():
            await self._manager.retry_job_by_id_async(claim.job_id, retry_at=_AT_ONCE)
            await self._wake(claim)

    def channel(self, queue: str) -> str:
        """The channel on which the database tells of jobs that enter a queue."""
        [channel] = get_channel_for_queues([queue])
        return channel

    async def _wake(self, claim: Claim) -> None:
        """Say what procrastinate says only when a job is new."""
        message = json.dumps({"type": "job_inserted", "job_id": claim.job_id})
        async with self._pool.connection() as connection:
            await connection.execute("SELECT pg_notify(%s, %s)", (self.channel(claim.queue), message))
