"""What the server's processes say that an operator should see."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

MAX_MESSAGE: Final = 4000
"""Characters of a message that are kept."""

_QUERY: Final = re.compile(r"(https?://[^\s?'\"<>]+)\?[^\s'\"<>]*")


class LogLevel(StrEnum):
    """How grave it is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @staticmethod
    def of(number: int) -> LogLevel:
        """The level of one of the standard library's."""
        if number >= logging.ERROR:
            return LogLevel.ERROR
        return LogLevel.WARNING if number >= logging.WARNING else LogLevel.INFO

    @property
    def and_graver(self) -> tuple[LogLevel, ...]:
        """This level and those above it."""
        levels = tuple(LogLevel)
        return levels[levels.index(self) :]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that was said.

    Attributes:
        number: its place among all that is kept.
        said_at: when; aware.
        level: how grave it is.
        source: the process, by its kind, host and number.
        logger: the part of it that spoke.
        message: what it said.
    """

    number: int
    said_at: datetime
    level: LogLevel
    source: str
    logger: str
    message: str

    @property
    def headline(self) -> str:
        """Its first line."""
        return self.message.partition("\n")[0]

    @property
    def rest(self) -> str:
        """What follows the first line."""
        return self.message.partition("\n")[2]


def fit_to_keep(message: str) -> str:
    """A message without what may be secret in addresses, without NUL, and not too long."""
    shown = _QUERY.sub(r"\1?…", message.replace("\0", "")).strip()
    if len(shown) <= MAX_MESSAGE:
        return shown
    head, _, rest = shown.partition("\n")
    head = head[: MAX_MESSAGE // 2]
    return f"{head}\n…{rest[len(head) - MAX_MESSAGE :]}" if rest else f"{head}…"
