"""List tasks, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirin_video.domain.listing import position_of, read_listing
from kirin_video.domain.task import Task
from kirin_video.services.authenticate import Caller
from kirin_video.store.database import Database
from kirin_video.store.task_rows import TaskRows


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of a list.

    Attributes:
        tasks: in the order asked for.
        next_cursor: where the next page begins; None if this is the last.
    """

    tasks: tuple[Task, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class ListTasks:
    """Lists tasks of the caller's account.

    Attributes:
        database: where they are.
        tasks: their rows.
    """

    database: Database
    tasks: TaskRows

    async def __call__(self, caller: Caller, query: Sequence[tuple[str, str]]) -> TaskPage:
        """Read a page.

        Pages follow each other by the moment and the id of creation, which never change: whatever is created,
        deleted or changed meanwhile, no task comes twice, and one that stays and fits comes once.

        Args:
            caller: who asks.
            query: names and values of the call's query.

        Raises:
            InvalidRequest: the query is not one.
            Overloaded: the database cannot be reached.
        """
        listing = read_listing(query)
        async with self.database.connection() as connection:
            found = await self.tasks.page(connection, caller.account_id, listing)
        page = found[: listing.limit]
        return TaskPage(tuple(page), position_of(page[-1]).cursor() if len(found) > len(page) else None)
