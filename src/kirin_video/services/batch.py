"""Many small writes as few large ones.

A commit that notifies waits for every other such commit, so one for each request limits a server to a few
hundred a second. Requests that arrive within a few milliseconds share one instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from kirin_video.domain.errors import Overloaded

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batch(Generic[Item, Result]):
    """Collects items and writes them together, one batch after the other.

    Args:
        write: writes a batch and gives one result for each item, in order. If it raises, the items are
            tried again one by one, so that a bad one harms no other; those that raise alone get the error.
            ``Overloaded`` is every item's error at once: trying again would only add to the load.
        window_s: seconds the first item of an idle batch waits for others.
        max_items: items of one batch at most.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]],
        *,
        window_s: float = 0.002,
        max_items: int = 256,
    ) -> None:
        self._write = write
        self._window_s = window_s
        self._max_items = max_items
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Result:
        """Write an item together with others; returns when it is written.

        An item whose caller gives up waiting is written all the same.
        """
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all(), name="batch writer")
        return await done

    async def _write_all(self) -> None:
        try:
            await asyncio.sleep(self._window_s)
            while self._waiting:
                batch, self._waiting = self._waiting[: self._max_items], self._waiting[self._max_items :]
                await self._write_batch(batch)
        finally:
            self._writer = None

    async def _write_batch(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._write([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - handed to whoever waits
            if len(batch) == 1 or isinstance(error, Overloaded):
                for _, done in batch:
                    _settle_with_error(done, error)
            else:
                for each in batch:
                    await self._write_batch([each])
            return
        for (_, done), result in zip(batch, results, strict=True):
            if not done.done():
                done.set_result(result)


def _settle_with_error(done: asyncio.Future[Result], error: Exception) -> None:
    if not done.done():
        done.set_exception(error)
