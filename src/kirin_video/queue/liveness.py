"""Who is alive: workers sign in, beat, and put back the jobs of those who fell silent."""

from __future__ import annotations

import contextlib

from procrastinate.manager import JobManager
from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool

from kirin_video.queue.errors import ClaimLost, told_apart
from kirin_video.queue.jobs import Claim, JobQueue

_SWEEP_LOCK = 0x7377656570  # "sweep"
_FORGET_AFTER_S = 3600.0


class Liveness:
    """Heartbeats of workers, and the sweep for jobs whose worker has none.

    Args:
        manager: see ``jobs.open_manager``.
        jobs: the queue.
        pool: the connections of both.
        stalled_after_s: seconds of silence after which a worker counts as lost.
    """

    def __init__(
        self,
        manager: JobManager,
        jobs: JobQueue,
        pool: AsyncConnectionPool[AsyncConnection[DictRow]],
        *,
        stalled_after_s: float,
    ) -> None:
        self._manager = manager
        self._jobs = jobs
        self._pool = pool
        self._stalled_after_s = stalled_after_s

    async def sign_in(self) -> int:
        """Register a worker; gives its number.

        Raises:
            Overloaded: the database cannot be reached.
        """
        with told_apart():
            return await self._manager.register_worker()

    async def sign_out(self, worker_id: int) -> None:
        """Forget a worker. Jobs it still holds count as stalled from now on.

        Raises:
            Overloaded: the database cannot be reached.
        """
        with told_apart():
            await self._manager.unregister_worker(worker_id)

    async def beat(self, worker_id: int) -> None:
        """Give a sign of life.

        Raises:
            Overloaded: the database cannot be reached.
        """
        with told_apart():
            await self._manager.update_heartbeat(worker_id)

    async def sweep(self, worker_id: int) -> int:
        """Put back the jobs of lost workers; gives how many.

        The sweeping worker is alive, whatever the database thinks: on a machine so busy that its beats
        come late it must not take its own jobs away.

        One worker sweeps at a time: two that saw the same stalled job could otherwise put it back twice, the
        second time out of the hands of whoever took it. Nothing is swept until PostgreSQL has been up for as
        long as a worker may be silent, since its restart silences every worker.

        Raises:
            Overloaded: the database cannot be reached.
        """
        with told_apart():
            async with self._pool.connection() as connection, connection.transaction():
                if not await self._may_sweep(connection):
                    return 0
                stalled = await self._manager.get_stalled_jobs(seconds_since_heartbeat=self._stalled_after_s)
                freed = 0
                for job in stalled:
                    if job.worker_id == worker_id:
                        continue
                    assert job.id is not None
                    with contextlib.suppress(ClaimLost):  # it ended in this very moment
                        await self._jobs.give_back(Claim(job.id, str(job.task_kwargs["task_id"]), job.queue))
                        freed += 1
                await self._manager.prune_stalled_workers(_FORGET_AFTER_S)
                return freed

    async def _may_sweep(self, connection: AsyncConnection[DictRow]) -> bool:
        answer = await connection.execute(
            "SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) > %s"
            " AND pg_try_advisory_xact_lock(%s) AS may",
            (self._stalled_after_s, _SWEEP_LOCK),
        )
        row = await answer.fetchone()
        return row is not None and bool(row["may"])
