"""Changes of tasks as they happen: heard once by this process, told to everyone here whom they concern."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter

from kirin_video.domain.change import Change
from kirin_video.domain.errors import Overloaded
from kirin_video.store.listener import Listener

_CHANNEL = "kirin_task"
_MAX_WATCHES = 4096


class Watch:
    """One watcher's view of one task: only the newest change is kept, however slowly it is looked at."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self._newest: Change | None = None

    def tell(self, change: Change | None) -> None:
        """Note a change; None if there may have been some that nobody heard."""
        self._newest = change
        self._changed.set()

    async def next(self, timeout_s: float) -> Change | None:
        """Wait for a change.

        Returns:
            The newest one; None if it is time to look at the task itself: what happened was perhaps not
            heard, or nothing was heard for ``timeout_s``.
        """
        try:
            async with asyncio.timeout(timeout_s):
                await self._changed.wait()
        except TimeoutError:
            return None
        self._changed.clear()
        return self._newest


class TaskFeed:
    """All changes of tasks, over one connection, which is opened when somebody first cares for them.

    Args:
        url: the database, as a libpq URL.
        also: other channels to be heard over the same connection, each with what is called for it.
    """

    def __init__(self, url: str, also: Mapping[str, Callable[[str], None]] | None = None) -> None:
        self._listener = Listener(url, _CHANNEL, on_told=self._hear, on_connected=self._distrust, also=also)
        self._followers: list[tuple[Callable[[Change], None], Callable[[], None]]] = []
        self._reader = TypeAdapter(Change)
        self._watches: dict[str, set[Watch]] = {}
        self._count = 0
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)

    def follow(self, on_change: Callable[[Change], None], on_gap: Callable[[], None]) -> None:
        """Be told of every change for good, once the feed is open.

        Args:
            on_change: called with each change, before those who watch the task.
            on_gap: called when there may have been changes that nobody heard, as there are before the feed
                is open.
        """
        self._followers.append((on_change, on_gap))

    def open(self) -> None:
        """Begin to listen, if nobody has brought that about yet."""
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listener.listen(), name="task feed")

    @contextmanager
    def watch(self, task_id: str) -> Generator[Watch]:
        """Watch a task until the end of the block; read the task inside it, and nothing is missed.

        Raises:
            Overloaded: too many watch already.
        """
        if self._count >= _MAX_WATCHES:
            raise Overloaded("Too many watch tasks at the moment. Poll instead, or come back later.")
        self.open()
        watch = Watch()
        self._count += 1
        self._watches.setdefault(task_id, set()).add(watch)
        try:
            yield watch
        finally:
            self._count -= 1
            self._watches[task_id].discard(watch)
            if not self._watches[task_id]:
                del self._watches[task_id]

    def _hear(self, told: str) -> None:
        change = self._reader.validate_json(told)
        for on_change, _ in self._followers:
            on_change(change)
        for watch in self._watches.get(change.task_id, ()):
            watch.tell(change)

    def _distrust(self) -> None:
        """Have everyone look for themselves: something may have been told while nobody listened."""
        for _, on_gap in self._followers:
            on_gap()
        for watches in self._watches.values():
            for watch in watches:
                watch.tell(None)
