"""Count the requests of accounts that have a limit on them.

Creates are counted in the database, so that the limit is exact however many processes serve; those that
arrive together share one statement. Reads are far more and each is cheap: they are counted in this process,
and each further process that serves adds the same allowance.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kirin_video.domain.access import WINDOW_S, Standing
from kirin_video.domain.errors import TooManyRequests
from kirin_video.services.batch import Batch
from kirin_video.store.database import Database
from kirin_video.store.limit_rows import LimitRows, Window

CREATES = "creates"
READS = "reads"
_MAX_WINDOWS = 10_000


@dataclass(frozen=True)
class CountCreates:
    """Counts creates, exactly and for all processes together.

    Attributes:
        database: where the windows are.
        limits: their rows.
    """

    database: Database
    limits: LimitRows

    async def __call__(self, account_id: str, quota: int) -> Standing:
        """Count one create of an account.

        Returns:
            Where the account stands; it may be over its quota.

        Raises:
            Overloaded: the database cannot be reached.
        """
        window = await self._batch(account_id)
        return Standing(CREATES, quota, window.used, window.left_s)

    @cached_property
    def _batch(self) -> Batch[str, Window]:
        return Batch(self._count)

    async def _count(self, account_ids: Sequence[str]) -> list[Window]:
        """Count creates together; each gets the window as it was after it and before the next."""
        creates = Counter(account_ids)
        async with self.database.connection() as connection:
            windows = await self.limits.count_creates(connection, creates)
        windows_after: list[Window] = []
        for account_id in account_ids:
            creates[account_id] -= 1
            window = windows[account_id]
            windows_after.append(Window(window.used - creates[account_id], window.left_s))
        return windows_after


@dataclass(slots=True)
class CountReads:
    """Counts reads, in this process.

    Attributes:
        clock: monotonic seconds; tests give their own.
    """

    clock: Callable[[], float] = time.monotonic
    _windows: dict[str, tuple[float, int]] = field(default_factory=dict[str, tuple[float, int]], repr=False)

    def __call__(self, account_id: str, quota: int) -> Standing:
        """Count one read of an account.

        Returns:
            Where the account stands; it may be over its quota.
        """
        now = self.clock()
        started, used = self._windows.get(account_id, (now, 0))
        if now - started >= WINDOW_S:
            started, used = now, 0
        if len(self._windows) >= _MAX_WINDOWS:
            self._windows = {name: kept for name, kept in self._windows.items() if now - kept[0] < WINDOW_S}
        self._windows[account_id] = (started, used + 1)
        return Standing(READS, quota, used + 1, WINDOW_S - (now - started))

    def if_within(self, account_id: str, quota: int) -> Standing | None:
        """Count one read of an account if there is room for it in the quota; if not, nothing is counted."""
        started, used = self._windows.get(account_id, (-math.inf, 0))
        if used >= quota and self.clock() - started < WINDOW_S:
            return None
        return self(account_id, quota)


def require_within(standing: Standing) -> None:
    """Refuse a request that is one too many.

    Raises:
        TooManyRequests: the account is over its quota.
    """
    if standing.is_over:
        wait_s = max(1, math.ceil(standing.reset_s))
        raise TooManyRequests(
            f"This account may make {standing.quota:,} requests a minute of the kind "
            f'"{standing.policy}", and this is number {standing.used:,}. Try again in {wait_s} s.',
            retry_after_s=wait_s,
            standing=standing,
        )
