"""Hears what the database tells, over one connection that is made again whenever it is lost."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from contextlib import aclosing

import psycopg
from psycopg import AsyncConnection, sql

from kirin_video.store.database import CONNECT, cut_after

_PAUSE_S = (0.2, 0.5)
_ASK_EVERY_S = 10.0
_ANSWER_S = 5.0

_log = logging.getLogger(__name__)


class Listener:
    """Notifications of one channel, or of several in one order.

    Args:
        url: a libpq URL.
        channel: what to listen to.
        on_told: called with the content of each notification; must be quick.
        on_connected: called whenever a connection has begun to listen; what was told before it is lost.
        also: more channels, each with what is called for it.
    """

    def __init__(
        self,
        url: str,
        channel: str,
        *,
        on_told: Callable[[str], None],
        on_connected: Callable[[], None],
        also: Mapping[str, Callable[[str], None]] | None = None,
    ) -> None:
        self._url = url
        self._channel = channel
        self._on_told = {channel: on_told, **(also or {})}
        self._on_connected = on_connected

    async def listen(self) -> None:
        """Listen until cancelled, through absences of the database."""
        while True:
            try:
                await self._listen_once()
            except psycopg.Error as error:
                _log.warning("not listening to %s for a moment: %s", self._channel, error)
            await asyncio.sleep(random.uniform(*_PAUSE_S))  # noqa: S311 - not a secret

    async def _listen_once(self) -> None:
        connection = await AsyncConnection.connect(self._url, autocommit=True, **CONNECT)
        async with connection:
            for channel in self._on_told:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self._on_connected()
            while True:
                async with aclosing(connection.notifies(timeout=_ASK_EVERY_S)) as told:
                    async for notification in told:
                        self._on_told[notification.channel](notification.payload)
                # Silence may mean that nothing happens, or that nobody is there any more.
                with cut_after(connection, _ANSWER_S):
                    await connection.execute("SELECT 1")
