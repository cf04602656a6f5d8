"""Answers to polls, remembered for as long as their tasks do not change.

Every change of a task is told by the database in the commit that makes it, so a process that hears them need
not ask how a task stands that it has read before. It measures how far behind its hearing may be, and beyond a
bound it knows nothing: no answer from here is older, whatever becomes of connections and processes.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kirin_video.domain.change import Change
from kirin_video.services.task_feed import TaskFeed
from kirin_video.store.pulse import Pulse

TRUSTED_S: Final = 0.05
"""The oldest that an answer may be: what was committed longer before the poll than this is in it."""

_OFTEN_S = 0.01  # polls further apart than this are asked of the database: hearing would cost more
_MAX_ANSWERS = 10_000
_MAX_CHANGES = 10_000


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """What a poll is answered.

    Attributes:
        body: the bytes.
        origin: where the request came to, if the answer has links that lead there; else None.
        good_until_s: when its links are to be signed anew, Unix seconds.
    """

    body: bytes
    origin: tuple[str, str] | None = None
    good_until_s: float = math.inf


@dataclass(slots=True)
class KnownAnswers:
    """The answers of one process.

    Attributes:
        feed: tells of changes.
        pulse: tells how far behind the hearing may be.
        clock: monotonic seconds.
    """

    feed: TaskFeed
    pulse: Pulse
    clock: Callable[[], float] = time.monotonic
    _answers: dict[tuple[str, str], tuple[str, KnownAnswer]] = field(
        default_factory=dict[tuple[str, str], tuple[str, KnownAnswer]], repr=False
    )
    _names: dict[str, set[tuple[str, str]]] = field(
        default_factory=dict[str, set[tuple[str, str]]], repr=False
    )
    _changes: int = 0
    _last_change: dict[str, int] = field(default_factory=dict[str, int], repr=False)
    _all_changed: int = 0
    _asked_s: float = -math.inf

    def __post_init__(self) -> None:
        """Hear of changes."""
        self.feed.follow(self._hear, self._distrust)

    async def find(self, account_id: str, name: str) -> KnownAnswer | None:
        """The answer to a poll, if it is known to hold all that was committed ``TRUSTED_S`` before the call.

        On a busy server it waits to hear so much: a look into the database would only make it busier.

        Args:
            account_id: whose task it is.
            name: the task's id or its external id, whichever it was asked for by.
        """
        now_s = self.clock()
        often, self._asked_s = now_s - self._asked_s < _OFTEN_S, now_s
        if often:
            self.feed.open()
            self.pulse.beat(now_s)
        if (account_id, name) not in self._answers:
            return None
        since_s = now_s - TRUSTED_S
        if self.pulse.as_of_s < since_s and not (often and await self.pulse.heard(since_s)):
            return None
        known = self._answers.get((account_id, name))
        return None if known is None else known[1]

    def reading(self) -> int:
        """Call this before a task is read from the database; ``keep`` wants what it gives."""
        return self._changes

    def keep(self, reading: int, task_id: str, account_id: str, name: str, answer: KnownAnswer) -> None:
        """Remember an answer, unless the task may have changed since it was read.

        Args:
            reading: what ``reading`` gave before the task was read.
            task_id: the task.
            account_id: whose it is.
            name: its id or its external id.
            answer: what was answered.
        """
        if reading < self._all_changed or reading < self._last_change.get(task_id, 0):
            return
        while len(self._answers) >= _MAX_ANSWERS:
            oldest = next(iter(self._answers))
            self._drop(self._answers[oldest][0])
        self._answers[account_id, name] = (task_id, answer)
        self._names.setdefault(task_id, set()).add((account_id, name))

    def forget(self, task_id: str) -> None:
        """Forget a task's answers, and those that are on their way: it has changed."""
        self._changes += 1
        if len(self._last_change) >= _MAX_CHANGES:
            self._last_change.clear()
            self._all_changed = self._changes
        self._last_change[task_id] = self._changes
        self._drop(task_id)

    def _hear(self, change: Change) -> None:
        self.forget(change.task_id)

    def _distrust(self) -> None:
        self._changes += 1
        self._all_changed = self._changes
        self._answers.clear()
        self._names.clear()
        self.pulse.distrust()

    def _drop(self, task_id: str) -> None:
        for name in self._names.pop(task_id, ()):
            self._answers.pop(name, None)
