"""How often to ask, and how long to bear with a server that does not answer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kirin_video.client.errors import ApiError, ConnectionFailed, ServerError, TooManyRequests, WaitTimeout

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_S = 0.2
_LONGEST_S = 2.0
_GROWTH = 1.3
_PATIENCE_S = 120.0
"""Seconds without a single answer after which waiting makes no more sense."""


@dataclass(slots=True)
class Pace:
    """The polite rhythm of polling one task.

    Attributes:
        task_id: the task that is waited for.
        timeout_s: seconds to wait at most; None for as long as it takes.
        clock: monotonic seconds; tests give their own.
    """

    task_id: str
    timeout_s: float | None = None
    clock: Callable[[], float] = time.monotonic
    _interval_s: float = field(default=_FIRST_S, init=False)
    _started: float = field(default=0.0, init=False)
    _last_answer: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        """Start the clock."""
        self._started = self._last_answer = self.clock()

    def after_answer(self) -> float:
        """Seconds to sleep after the server answered that the task is not done.

        Raises:
            WaitTimeout: the time is up.
        """
        self._last_answer = self.clock()
        interval_s, self._interval_s = self._interval_s, min(self._interval_s * _GROWTH, _LONGEST_S)
        return self._within_timeout(interval_s)

    def after_error(self, error: ConnectionFailed | ApiError) -> float:
        """Seconds to sleep after a question that failed.

        Args:
            error: why it failed. A refusal that time does not heal is raised again.

        Raises:
            WaitTimeout: the time is up.
            ConnectionFailed: the server has not answered for two minutes.
            ApiError: ``error`` itself, when asking again cannot help.
        """
        if isinstance(error, ApiError) and not isinstance(error, (TooManyRequests, ServerError)):
            raise error
        if isinstance(error, ConnectionFailed) and self.clock() - self._last_answer > _PATIENCE_S:
            raise error
        if isinstance(error, ApiError):
            self._last_answer = self.clock()
        asked_s = error.retry_after_s if isinstance(error, ApiError) else None
        return self._within_timeout(max(_LONGEST_S if asked_s is None else asked_s, _FIRST_S))

    def _within_timeout(self, interval_s: float) -> float:
        if self.timeout_s is None:
            return interval_s
        left_s = self._started + self.timeout_s - self.clock()
        if left_s <= 0:
            raise WaitTimeout(
                f"Task {self.task_id} is not done after {self.timeout_s:g} s. It goes on; wait for it again.",
                task_id=self.task_id,
            )
        return min(interval_s, left_s)
