"""Tell a request that came before from another one under the same name."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.errors import Conflict, NotFound, Overloaded
from kirin_video.domain.task import Task
from kirin_video.domain.task_names import IDEMPOTENCY_KEY, KEY_KEPT_S, TaskNames
from kirin_video.store.database import Database
from kirin_video.store.name_rows import NamedTask, NameRows

_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Created:
    """The answer to a request.

    Attributes:
        task: the task.
        replayed: whether it existed already, made by the same request under the same external id or key.
    """

    task: Task
    replayed: bool


@dataclass(frozen=True)
class FindRepeat:
    """Finds what a request made before, where looking first saves work.

    The database settles who is first in any case, when a task is written.

    Attributes:
        database: where tasks are.
        names: what they are called.
    """

    database: Database
    names: NameRows

    async def __call__(self, names: TaskNames, fingerprint: str) -> Created | None:
        """Find the task that the same request made before, if there is one.

        Args:
            names: what the request calls its task.
            fingerprint: of the request.

        Raises:
            Conflict: another request has one of the names.
            NotFound: the task was deleted since.
            Overloaded: the database cannot be reached.
        """
        if not names.given:
            return None
        async with self.database.connection() as connection:
            [found] = await self.names.find(connection, [names])
        return None if found is None else repeated(found, names, fingerprint)


@dataclass(frozen=True)
class ForgetKeys:
    """Forgets the keys of create calls that nobody will repeat any more.

    Attributes:
        database: where tasks are.
        names: what they are called.
    """

    database: Database
    names: NameRows

    async def __call__(self) -> None:
        """Forget all keys that are older than a day.

        Raises:
            Overloaded: the database cannot be reached.
        """
        forgotten = _AT_A_TIME
        while forgotten == _AT_A_TIME:
            async with self.database.transaction() as connection:
                forgotten = await self.names.forget_keys(connection, KEY_KEPT_S, _AT_A_TIME)


def repeated(found: NamedTask | None, names: TaskNames, fingerprint: str) -> Created:
    """Answer a request that made no task, because one has its name.

    Args:
        found: that task.
        names: what the request calls its task.
        fingerprint: of the request.

    Raises:
        Conflict: the task was made by another request.
        NotFound: the task was deleted since.
        Overloaded: there is none any more.
    """
    if found is None:
        raise Overloaded("The task under this external_task_id was deleted just now. Send it again.")
    if found.fingerprint != fingerprint:
        raise Conflict(_taken(found, names))
    if found.task is None:
        raise NotFound(
            f"This request made a task before, under the same {IDEMPOTENCY_KEY}, and that task was deleted "
            "since. Send the request under a new key to make another."
        )
    return Created(found.task, replayed=True)


def _taken(found: NamedTask, names: TaskNames) -> str:
    kind, name = (
        (IDEMPOTENCY_KEY, names.idempotency_key) if found.by_key else ("external_task_id", names.external_id)
    )
    what = "key" if found.by_key else "id"
    return (
        f'{kind} "{name}" was used before for another request. '
        f"Choose a new {what}, or send the same request again to get that task."
    )
