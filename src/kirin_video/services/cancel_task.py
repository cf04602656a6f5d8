"""Cancel a task, whether it waits or runs."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Failure, Task
from kirin_video.queue.jobs import JobQueue
from kirin_video.services.authenticate import Caller
from kirin_video.services.read_task import ReadTask
from kirin_video.store.database import Database
from kirin_video.store.task_rows import TaskRows

_CANCELLED = Failure(Fault.CANCELLED, "The task was cancelled.")


@dataclass(frozen=True)
class CancelTask:
    """Cancels tasks of the caller's account.

    Attributes:
        database: where they are.
        tasks: their rows.
        read_task: finds them.
        queue: where they may still wait for a worker.
    """

    database: Database
    tasks: TaskRows
    read_task: ReadTask
    queue: JobQueue

    async def __call__(self, caller: Caller, id_or_external_id: str) -> Task:
        """End a task as cancelled and release what was held for it, in one commit.

        From that commit on a worker that runs it can change nothing; it notices by itself and stops. A task
        that has ended stays as it is.

        Returns:
            The task as it is now.

        Raises:
            NotFound: the account has no such task.
            Overloaded: the database cannot be reached; it may have been done all the same, so try again.
        """
        task = await self.read_task(caller, id_or_external_id)
        if task.status.is_terminal:
            return task
        async with self.database.transaction() as connection:
            if await self.tasks.cancel(connection, task.id, _CANCELLED):
                await self.queue.withdraw(connection, task.id)
        return await self.read_task(caller, task.id)
