"""A bound on memory: how many bytes of large bodies may be worked on at once."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


class ByteBudget:
    """Lends bytes to those who ask, first come, first served.

    A plain semaphore would count requests, and seven small pictures would wait as long as seven large ones.
    """

    def __init__(self, total_bytes: int) -> None:
        self._free_bytes = total_bytes
        self._total_bytes = total_bytes
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def hold(self, size_bytes: int) -> AsyncGenerator[None]:
        """Wait until the bytes are free and hold them for the body of the ``async with``.

        Args:
            size_bytes: how many; more than the whole budget counts as the whole budget.
        """
        size_bytes = min(size_bytes, self._total_bytes)
        await self._acquire(size_bytes)
        try:
            yield
        finally:
            self._release(size_bytes)

    async def _acquire(self, size_bytes: int) -> None:
        if not self._waiting and self._free_bytes >= size_bytes:
            self._free_bytes -= size_bytes
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((size_bytes, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._release(size_bytes)
            else:
                self._waiting.remove((size_bytes, turn))
                self._grant()
            raise

    def _release(self, size_bytes: int) -> None:
        self._free_bytes += size_bytes
        self._grant()

    def _grant(self) -> None:
        while self._waiting and self._free_bytes >= self._waiting[0][0]:
            size_bytes, turn = self._waiting.popleft()
            if not turn.cancelled():
                self._free_bytes -= size_bytes
                turn.set_result(None)
