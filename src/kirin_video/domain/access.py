"""What a key may do, and how much an account may do at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Scope(StrEnum):
    """What a key may do. Scopes stand side by side: none includes another."""

    READ = "read"
    """See what the account has: poll, list, fetch."""

    GENERATE = "generate"
    """Make, change and delete what the account has; every call that is no GET needs it."""

    ADMIN = "admin"
    """Manage the account itself: see and replace the secret that its callbacks are signed with."""


DEFAULT_SCOPES: Final = frozenset({Scope.READ, Scope.GENERATE})
"""What a key may do unless its maker says otherwise."""

WINDOW_S: Final = 60
"""Seconds in which an account's requests are counted together."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an account may do; 0 means as much as it likes.

    Attributes:
        creates_per_minute: calls that make a task, an element or an upload.
        reads_per_minute: all other calls; nearly all of them read.
        unfinished_tasks: tasks that are queued or in progress at a time.
    """

    creates_per_minute: int = 0
    reads_per_minute: int = 0
    unfinished_tasks: int = 0


NO_LIMITS: Final = Limits()

PRIORITIES: Final = range(-100, 101)
"""What an account's priority may be."""


@dataclass(frozen=True, slots=True)
class LimitOverrides:
    """An account's own limits; None leaves one to the server's settings.

    Attributes:
        creates_per_minute: see ``Limits``.
        reads_per_minute: see ``Limits``.
        unfinished_tasks: see ``Limits``.
        running_tasks: tasks that workers run at a time; others wait.
        priority: its tasks go before those of accounts with a lower one, -100 to 100; 0 for None.
    """

    creates_per_minute: int | None = None
    reads_per_minute: int | None = None
    unfinished_tasks: int | None = None
    running_tasks: int | None = None
    priority: int | None = None

    def within(self, defaults: Limits) -> Limits:
        """What holds for the account, given what holds for all."""
        return Limits(
            _first(self.creates_per_minute, defaults.creates_per_minute),
            _first(self.reads_per_minute, defaults.reads_per_minute),
            _first(self.unfinished_tasks, defaults.unfinished_tasks),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account stands in its window after a request.

    Attributes:
        policy: the limit: ``creates`` or ``reads``.
        quota: requests allowed in the window.
        used: requests counted in it, this one included; more than the quota if this one is refused.
        reset_s: seconds until a new window may begin.
    """

    policy: str
    quota: int
    used: int
    reset_s: float

    @property
    def remaining(self) -> int:
        """Requests left in the window."""
        return max(0, self.quota - self.used)

    @property
    def is_over(self) -> bool:
        """Whether this request is one too many."""
        return self.used > self.quota


def _first(own: int | None, default: int) -> int:
    return default if own is None else own
