"""Keep accounts within their limits on unfinished tasks, however many creates race."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kirin_video.domain.errors import TooManyRequests
from kirin_video.store.database import Connection
from kirin_video.store.limit_rows import LimitRows
from kirin_video.store.name_rows import NameRows
from kirin_video.store.task_rows import NewTask

_RETRY_AFTER_S = 5.0
"""A render takes seconds to minutes; nobody knows which task will end first."""


@dataclass(frozen=True)
class LimitUnfinished:
    """Finds the drafts for which there is no room.

    Attributes:
        limits: what counts.
        names: which tasks exist already under the callers' names.
    """

    limits: LimitRows
    names: NameRows

    async def __call__(
        self, connection: Connection, drafts: Sequence[NewTask]
    ) -> Mapping[str, TooManyRequests]:
        """Find the drafts that would be one too many in their accounts.

        Accounts without a limit cost nothing here. For the others the accounts' rows are locked, so that what
        is counted stays true until the commit; the limit holds exactly. A draft one of whose names is a
        task's already is let through: it repeats a request, and makes no task.

        Args:
            connection: inside the transaction that creates the tasks, before it does.
            drafts: the tasks to create, in the order in which they take what room there is.

        Returns:
            The refusal of each draft that has no room, by its id.
        """
        limited = [draft for draft in drafts if draft.max_unfinished]
        if not limited:
            return {}
        accounts = sorted({draft.account_id for draft in limited})
        await self.limits.lock_accounts(connection, accounts)
        # Another statement than the lock: it sees what was committed while the lock was waited for.
        unfinished = await self.limits.unfinished(connection, accounts)
        existing = await self.names.find(connection, [draft.names for draft in limited])
        counted: set[tuple[str, str, str]] = set()
        refused: dict[str, TooManyRequests] = {}
        for draft, same in zip(limited, existing, strict=True):
            if same is not None or not counted.isdisjoint(draft.names.given):
                continue
            found = unfinished[draft.account_id]
            if found >= draft.max_unfinished:
                refused[draft.id] = _refusal(found, draft.max_unfinished)
                continue
            unfinished[draft.account_id] = found + 1
            counted.update(draft.names.given)
        return refused

    async def require_room(self, connection: Connection, account_id: str, max_unfinished: int) -> None:
        """Refuse what would be refused anyway, before much is done for it. Nothing is locked.

        Args:
            connection: any connection.
            account_id: whose task it would be.
            max_unfinished: unfinished tasks that the account may have; 0 for any number.

        Raises:
            TooManyRequests: there is no room now.
        """
        if max_unfinished:
            found = (await self.limits.unfinished(connection, [account_id]))[account_id]
            if found >= max_unfinished:
                raise _refusal(found, max_unfinished)


def _refusal(found: int, allowed: int) -> TooManyRequests:
    return TooManyRequests(
        f"This account may have {allowed:,} unfinished tasks at a time, and has {found:,} that are queued or "
        "in progress. Try again when one of them has ended.",
        retry_after_s=_RETRY_AFTER_S,
    )
