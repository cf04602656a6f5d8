"""Keep accounts within their budgets and keys within their spend caps, however many creates race."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kirin_video.domain.errors import InsufficientFunds
from kirin_video.domain.money import format_usd
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.cap_rows import CapRows, LockedCaps
from kirin_video.store.database import Connection
from kirin_video.store.name_rows import NameRows
from kirin_video.store.task_rows import NewTask


@dataclass(frozen=True)
class CoverHolds:
    """Finds the drafts that their accounts' budgets or their keys' caps do not cover.

    Attributes:
        budgets: what accounts may still spend.
        caps: what keys may spend.
        names: which tasks exist already under the callers' names.
    """

    budgets: BudgetRows
    caps: CapRows
    names: NameRows

    async def __call__(
        self, connection: Connection, drafts: Sequence[NewTask]
    ) -> Mapping[str, InsufficientFunds]:
        """Find the drafts whose price is more than their account or their key has left.

        Budgets and caps are locked, in this order, so that what is left stays true until the commit; the
        database itself lets nobody exceed either. A draft one of whose names is a task's already is let
        through: it repeats a request, and makes no task. So is what costs nothing.

        Args:
            connection: inside the transaction that creates the tasks, before it does.
            drafts: the tasks to create, in the order in which they take what is left.

        Returns:
            The refusal of each draft that is not covered, by its id.
        """
        costly = [draft for draft in drafts if draft.price.cost]
        if not costly:
            return {}
        left = await self.budgets.lock(connection, sorted({draft.account_id for draft in costly}))
        capped = {draft.key_id for draft in costly if draft.key_id is not None and draft.is_capped}
        caps = await self.caps.lock(connection, sorted(capped)) if capped else LockedCaps({}, {})
        bound = [draft for draft in costly if draft.account_id in left or draft.key_id in caps.of_keys]
        if not bound:
            return {}
        existing = await self.names.find(connection, [draft.names for draft in bound])
        repeated = {draft.id for draft, same in zip(bound, existing, strict=True) if same is not None}
        return _judge([draft for draft in bound if draft.id not in repeated], left, caps)


def _judge(drafts: Sequence[NewTask], left: dict[str, int], caps: LockedCaps) -> dict[str, InsufficientFunds]:
    """The refusals of those that are not covered, while each takes its price from what is left."""
    now = datetime.now(UTC)
    paid: set[tuple[str, str, str]] = set()
    refused: dict[str, InsufficientFunds] = {}
    for draft in drafts:
        if not paid.isdisjoint(draft.names.given):
            continue
        cost, account_id, cap_id = draft.price.cost, draft.account_id, caps.of_keys.get(draft.key_id or "")
        if account_id in left and cost > left[account_id]:
            refused[draft.id] = InsufficientFunds(shortfall(cost, left[account_id]))
            continue
        if cap_id is not None:
            standing = caps.standings[cap_id]
            if cost > standing.left:
                refused[draft.id] = InsufficientFunds(standing.shortfall(cost, now))
                continue
            caps.standings[cap_id] = standing.holding(cost)
        if account_id in left:
            left[account_id] -= cost
        paid.update(draft.names.given)
    return refused


def shortfall(needed: int, left: int) -> str:
    """Say that a budget does not cover a price; both in micro-dollars."""
    return (
        f"The task needs ${format_usd(needed)}, and this account's budget has ${format_usd(left)} left. What "
        "is held for a task comes back if it fails or is cancelled; whoever runs the server can raise the "
        "budget."
    )
