"""End tasks that no worker has taken up within the operator's deadline."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Failure
from kirin_video.queue.jobs import JobQueue
from kirin_video.store.database import Database
from kirin_video.store.task_rows import TaskRows

_AT_A_TIME = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ExpireTasks:
    """Fails tasks that have waited too long.

    Attributes:
        database: where they are.
        tasks: their rows.
        queue: where they wait.
        deadline_s: seconds a task may wait for its first worker; 0 for as long as it takes.
    """

    database: Database
    tasks: TaskRows
    queue: JobQueue
    deadline_s: float

    async def __call__(self) -> None:
        """Fail every task that is over the deadline, and release what was held for it.

        Raises:
            Overloaded: the database cannot be reached.
        """
        expired = _AT_A_TIME if self.deadline_s else 0
        while expired == _AT_A_TIME:
            expired = await self._some()

    async def _some(self) -> int:
        failure = Failure(Fault.TIMED_OUT, f"No worker took up the task within {self.deadline_s:,.0f} s.")
        async with self.database.transaction() as connection:
            ids = await self.tasks.expire(connection, failure, self.deadline_s, _AT_A_TIME)
            for task_id in ids:
                await self.queue.withdraw(connection, task_id)
        if ids:
            _log.warning("%s tasks are over the deadline of %.0f s", len(ids), self.deadline_s)
        return len(ids)
