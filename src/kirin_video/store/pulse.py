"""How far behind the database a listener's hearing may be."""

from __future__ import annotations

import asyncio
import contextlib
import math
import secrets

from kirin_video.domain.errors import Overloaded
from kirin_video.store.database import Database

_BEAT_S = 0.015
_PATIENCE_S = 0.5
_MAX_UNHEARD = 64


class Pulse:
    """Notifications that a process sends to itself.

    PostgreSQL tells all notifications in one order, that of their commits. Once a pulse is heard again, all
    that had been committed when it was sent has been heard.

    Args:
        database: by which they are sent.

    Attributes:
        channel: the listener is to listen to it, and hand what it is told there to ``hear``.
        as_of_s: monotonic seconds; all that was committed before is heard.
    """

    def __init__(self, database: Database) -> None:
        self.channel = f"kirin_pulse_{secrets.token_hex(8)}"
        self.as_of_s = -math.inf
        self._database = database
        self._sent_s: dict[str, float] = {}
        self._beaten_s = -math.inf
        self._news: _News | None = None
        self._sending: asyncio.Task[None] | None = None

    def beat(self, now_s: float) -> None:
        """Send a pulse unless one is on its way to the database or the last one was sent just now."""
        if now_s - self._beaten_s < _BEAT_S or self._sending is not None:
            return
        self._beaten_s = now_s
        self._sending = asyncio.create_task(self._send(now_s), name="pulse")
        self._sending.add_done_callback(self._sent)

    async def heard(self, since_s: float) -> bool:
        """Wait until all is heard that was committed before a moment, in monotonic seconds.

        Returns:
            Whether it is; False if nothing is heard for long, as when the connection is lost.
        """
        while self.as_of_s < since_s:
            if self._news is None:
                self._news = _News()
            if not await self._news.come():
                return False
        return True

    def hear(self, told: str) -> None:
        """Hear a pulse again; those sent before it need no hearing any more."""
        sent_s = self._sent_s.pop(told, None)
        if sent_s is not None:
            self.as_of_s = max(self.as_of_s, sent_s)
            self._sent_s = {name: at for name, at in self._sent_s.items() if at > sent_s}
            if self._news is not None:
                self._news.tell()
                self._news = None

    def distrust(self) -> None:
        """Forget all pulses: what was told since they were sent may not have been heard."""
        self.as_of_s = -math.inf
        self._sent_s.clear()

    async def close(self) -> None:
        """Send nothing more."""
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.gather(self._sending, return_exceptions=True)

    async def _send(self, now_s: float) -> None:
        name = secrets.token_hex(4)
        if len(self._sent_s) >= _MAX_UNHEARD:
            self._sent_s.clear()
        self._sent_s[name] = now_s
        with contextlib.suppress(Overloaded):  # as everyone else notices, too
            async with self._database.connection() as connection:
                await self._database.run(connection, "send_pulse", {"channel": self.channel, "name": name})

    def _sent(self, _: asyncio.Task[None]) -> None:
        self._sending = None


class _News:
    """What many wait for together, and for a while: one timer serves them all."""

    def __init__(self) -> None:
        self._has_come = False
        self._is_over = asyncio.Event()
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE_S, self._is_over.set)

    async def come(self) -> bool:
        """Wait for it; False if it has not come in time."""
        await self._is_over.wait()
        return self._has_come

    def tell(self) -> None:
        """It has come."""
        self._has_come = True
        self._timer.cancel()
        self._is_over.set()
