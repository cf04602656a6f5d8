"""Watch a task: what it became since a given change, then every change as it happens, until it has ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from kirin_video.domain.change import FIRST_REVISION, Change, created, task_at
from kirin_video.domain.errors import Fault, InvalidRequest, NotFound, Overloaded, Violation
from kirin_video.domain.quoting import quoted
from kirin_video.domain.task import Task, TaskStatus
from kirin_video.services.authenticate import Caller
from kirin_video.services.read_task import ReadTask
from kirin_video.services.task_feed import TaskFeed, Watch
from kirin_video.store.database import Database
from kirin_video.store.task_rows import StoredTask, TaskRows

_LOOK_EVERY_S = 15.0  # should ever a notification be lost
_DATABASE_AWAY_S = 0.5
_MAX_DIGITS = 9
_LAST_EVENT_ID = "Last-Event-ID"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """A task as it was after one of its changes.

    Attributes:
        revision: the change; the id of the event.
        task: the task then.
        is_status: whether its status changed, and not only its progress.
    """

    revision: int
    task: Task
    is_status: bool


@dataclass(frozen=True)
class WatchTask:
    """Watches tasks of the caller's account.

    Attributes:
        database: where they are.
        tasks: their rows.
        read_task: finds them.
        feed: tells of changes.
    """

    database: Database
    tasks: TaskRows
    read_task: ReadTask
    feed: TaskFeed

    async def begin(self, caller: Caller, id_or_external_id: str, last_seen: str | None = None) -> TaskView:
        """Look at a task, to watch it from here on.

        Args:
            caller: who asks.
            id_or_external_id: the task.
            last_seen: the revision of the last change that the caller knows, as digits; 0 for none. Left
                out, what happened so far is told as one change.

        Raises:
            NotFound: the account has no such task.
            InvalidRequest: ``last_seen`` is not a revision of this task.
            Overloaded: the database cannot be reached.
        """
        task = await self.read_task(caller, id_or_external_id)
        async with self.database.connection() as connection:
            found = await self.tasks.find(connection, caller.account_id, task.id)
        if found is None:  # deleted just now
            raise NotFound("There is no task with this id in your account.")
        return TaskView(self, caller.account_id, found, _revision(last_seen, found.revision))

    async def ended(self, task: Task, timeout_s: float) -> Task:
        """Wait until a task has ended, or for some seconds; gives the task as it is then.

        Raises:
            Overloaded: too many watch, or the database cannot be reached.
        """
        view = TaskView(self, task.account_id, StoredTask(task, "", FIRST_REVISION), None)
        try:
            async with asyncio.timeout(timeout_s):
                async for seen in view.changes():
                    task = seen.task
        except TimeoutError:
            pass
        return task


@dataclass
class TaskView:
    """One caller's view of one task.

    Attributes:
        watching: where to look.
        account_id: whose task it is.
        found: the task as it was found.
        last_seen: the revision of the last change told; None for none, and none wanted but the newest.
        is_gone: whether the task was deleted meanwhile.
    """

    watching: WatchTask
    account_id: str
    found: StoredTask
    last_seen: int | None
    is_gone: bool = False

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to tell."""
        ended = self.found.task.status.is_terminal
        return ended and self.last_seen is not None and self.last_seen >= self.found.revision

    async def changes(self) -> AsyncGenerator[Seen]:
        """Tell of changes, each once and in order, until the task has ended or is deleted.

        Whoever is slow to ask for the next one misses states of progress in between, but none of status.
        """
        with self.watching.feed.watch(self.found.task.id) as watch:
            change: Change | None = None
            while True:
                for seen in await self._news(change):
                    self.last_seen = seen.revision
                    yield seen
                    if seen.task.status.is_terminal:
                        return
                if self.is_gone:
                    return
                change = await self._next(watch)

    async def _next(self, watch: Watch) -> Change | None:
        """Wait for a change that was not told yet, or for a reason to look at the task."""
        while True:
            change = await watch.next(_LOOK_EVERY_S)
            if change is None or self.last_seen is None or change.revision > self.last_seen:
                return change

    async def _news(self, change: Change | None) -> list[Seen]:
        """What is to be told now: the change itself if it is mere progress, else what the database knows."""
        known = self.found.task
        if change is not None and change.status is known.status is TaskStatus.IN_PROGRESS:
            return [Seen(change.revision, task_at(known, change), is_status=False)]
        while True:
            try:
                return await self._look()
            except Overloaded as error:
                _log.warning("%s Trying again.", error)
            await asyncio.sleep(_DATABASE_AWAY_S)

    async def _look(self) -> list[Seen]:
        """What the task became since it was last looked at."""
        rows, database = self.watching.tasks, self.watching.database
        async with database.connection() as connection:
            found = await rows.find(connection, self.account_id, self.found.task.id)
            if found is None:
                self.is_gone = True
                return []
            since = self.last_seen
            self.found = found
            if since is None:
                return [Seen(found.revision, found.task, is_status=True)]
            passed = await rows.changes(connection, found.task.id, since, found.revision)
        if since < FIRST_REVISION:
            passed.insert(0, created(found.task))
        seen = [Seen(each.revision, task_at(found.task, each), is_status=True) for each in passed]
        told = seen[-1].revision if seen else since
        if found.revision > told:
            seen.append(Seen(found.revision, found.task, is_status=False))
        return seen


def _revision(text: str | None, newest: int) -> int | None:
    """Read a revision.

    Raises:
        InvalidRequest: the task has had no such change.
    """
    if not text:
        return None
    if len(text) <= _MAX_DIGITS and text.isascii() and text.isdecimal() and int(text) <= newest:
        return int(text)
    message = f"{_LAST_EVENT_ID} is {quoted(text)}, which is not the id of an event of this task."
    raise InvalidRequest((Violation(_LAST_EVENT_ID, Fault.INVALID_PARAMETER, message),))
