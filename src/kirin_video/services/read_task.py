"""Read a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kirin_video.domain.errors import NotFound
from kirin_video.domain.task import Task
from kirin_video.services.authenticate import Caller
from kirin_video.services.batch import Batch
from kirin_video.store.database import Database
from kirin_video.store.task_rows import StoredTask, TaskRows


@dataclass(frozen=True)
class ReadTask:
    """Reads tasks of the caller's account. Reads that arrive while another is under way share the next one.

    Attributes:
        database: where they are.
        tasks: their rows.
    """

    database: Database
    tasks: TaskRows

    async def __call__(self, caller: Caller, id_or_external_id: str) -> Task:
        """Read a task by its id or by the caller's own.

        Raises:
            NotFound: the account has no such task, whoever else may.
            Overloaded: the database cannot be reached.
        """
        if _can_be_stored(id_or_external_id):
            found = await self._batch((caller.account_id, id_or_external_id))
            if found is not None:
                return found.task
        raise NotFound("There is no task with this id in your account.")

    @cached_property
    def _batch(self) -> Batch[tuple[str, str], StoredTask | None]:
        return Batch(self._find, window_s=0.0)

    async def _find(self, asked: Sequence[tuple[str, str]]) -> list[StoredTask | None]:
        async with self.database.connection() as connection:
            return await self.tasks.find_many(connection, asked)


def _can_be_stored(text: str) -> bool:
    """Whether text is without NUL and lone surrogates, as all stored text is."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False
