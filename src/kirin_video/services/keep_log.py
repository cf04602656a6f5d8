"""Keep what a process says where operators see it, from whichever machine."""

from __future__ import annotations

import logging
from collections import deque
from typing import Final

from kirin_video.domain.log_line import LogLevel, fit_to_keep
from kirin_video.store.database import Database
from kirin_video.store.log_rows import LogRows, Said

KEPT: Final = 1000
"""Lines of each level that are kept."""

_MOST_AT_ONCE: Final = 200
_COMINGS_AND_GOINGS: Final = frozenset({"kirin_video.worker.presence", "kirin_video.worker.loop"})


class KeepLog(logging.Handler):
    """Takes warnings, errors and what workers say of their coming and going; ``flush_lines`` stores them.

    A process that says more than the database takes loses the oldest of it here; its own log has all.

    Args:
        database: where lines are kept.
        rows: their rows.
        source: the process.
    """

    def __init__(self, database: Database, rows: LogRows, source: str) -> None:
        super().__init__(logging.INFO)
        self._database = database
        self._rows = rows
        self._source = source
        self._waiting: deque[Said] = deque(maxlen=_MOST_AT_ONCE)

    def emit(self, record: logging.LogRecord) -> None:
        """Note a line, from whatever thread."""
        if record.levelno < logging.WARNING and record.name not in _COMINGS_AND_GOINGS:
            return
        message = record.getMessage()
        if record.exc_info and (error := record.exc_info[1]) is not None:
            message += f"\n{type(error).__name__}: {error}"
        level = LogLevel.of(record.levelno)
        self._waiting.append(Said(record.created, level, record.name, fit_to_keep(message)))

    async def flush_lines(self) -> None:
        """Store what was said since; nothing is lost if that fails.

        Raises:
            Overloaded: the database cannot be reached.
        """
        lines = tuple(self._waiting)
        if not lines:
            return
        async with self._database.transaction() as connection:
            await self._rows.insert(connection, self._source, lines)
            await self._rows.prune(connection, KEPT)
        for line in lines:
            if self._waiting and self._waiting[0] is line:
                self._waiting.popleft()
