"""End tasks that no worker has taken up within the operator's deadline."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Failure
from kirin_video.domain.transitions import Deed
from kirin_video.queue.jobs import JobQueue
from kirin_video.store.database import Database
from kirin_video.store.task_rows import TaskRows

_AT_A_TIME = 500

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
        overdue = [""] * _AT_A_TIME if self.deadline_s else []
        while len(overdue) == _AT_A_TIME:
            async with self.database.connection() as connection:
                overdue = await self.tasks.overdue(connection, self.deadline_s, _AT_A_TIME)
            for task_id in overdue:
                await self._expire(task_id)

    async def _expire(self, task_id: str) -> None:
        """End one task, in a commit of its own: it waits for no more than one account's budget."""
        failure = Failure(Fault.TIMED_OUT, f"No worker took up the task within {self.deadline_s:,.0f} s.")
        async with self.database.transaction() as connection:
            if not await self.tasks.cancel(connection, task_id, failure, Deed.EXPIRE):
                return  # it was claimed or cancelled meanwhile
            await self.queue.withdraw(connection, task_id)
        _log.warning("task %s: no worker took it up within %.0f s", task_id, self.deadline_s)
