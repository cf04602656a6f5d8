"""What processes said, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirin_video.domain.log_line import LogLevel, LogLine
from kirin_video.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Said:
    """A line to be kept.

    Attributes:
        at_s: when it was said, in seconds since 1970.
        level: how grave it is.
        logger: who of the process said it.
        message: what.
    """

    at_s: float
    level: LogLevel
    logger: str
    message: str


class LogRows:
    """Reads and writes lines.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, connection: Connection, source: str, lines: Sequence[Said]) -> None:
        """Keep what a process said."""
        parameters: dict[str, object] = {
            "said_at": [line.at_s for line in lines],
            "levels": [line.level.value for line in lines],
            "sources": [source] * len(lines),
            "loggers": [line.logger for line in lines],
            "messages": [line.message for line in lines],
        }
        await self._database.run(connection, "insert_log_lines", parameters)

    async def prune(self, connection: Connection, kept: int) -> None:
        """Forget all but so many of the newest lines of each level."""
        await self._database.run(connection, "prune_log", {"kept": kept})

    async def page(
        self, connection: Connection, levels: Sequence[LogLevel], before: int | None, limit: int
    ) -> list[LogLine]:
        """Some lines, the newest first.

        Args:
            connection: to read by.
            levels: those that are wanted.
            before: only lines with a lower number; None for the newest.
            limit: lines at most.
        """
        parameters = {"levels": [level.value for level in levels], "before": before, "limit": limit}
        rows = await self._database.rows(connection, "log_page", parameters)
        return [
            LogLine(
                number=row["number"],
                said_at=row["said_at"],
                level=LogLevel(row["level"]),
                source=row["source"],
                logger=row["logger"],
                message=row["message"],
            )
            for row in rows
        ]
