"""Delete a task with its files."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.errors import Conflict, NotFound
from kirin_video.services.authenticate import Caller
from kirin_video.services.read_task import ReadTask
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.store.database import Database
from kirin_video.store.task_rows import TaskRows


@dataclass(frozen=True)
class DeleteTask:
    """Deletes tasks of the caller's account.

    Attributes:
        database: where they are.
        tasks: their rows.
        read_task: finds them.
        remove_files: removes what they own.
    """

    database: Database
    tasks: TaskRows
    read_task: ReadTask
    remove_files: RemoveFiles

    async def __call__(self, caller: Caller, id_or_external_id: str) -> str:
        """Delete a task that has ended.

        One commit empties its row, which stays for the ledger, and dooms its files; their bytes go right
        after it, and should this process die in between, a worker removes them later.

        Returns:
            The id of the task that was deleted.

        Raises:
            NotFound: the account has no such task.
            Conflict: the task has not ended.
            Overloaded: the database cannot be reached; it may have been done all the same.
        """
        task = await self.read_task(caller, id_or_external_id)
        if not task.status.is_terminal:
            raise Conflict(
                f"Task {task.id} is {task.status}; only a task that has ended can be deleted. "
                "Cancel it first."
            )
        async with self.database.transaction() as connection:
            keys = await self.tasks.delete(connection, task.id)
        if keys is None:
            raise NotFound("There is no task with this id in your account.")
        await self.remove_files(keys)
        return task.id
