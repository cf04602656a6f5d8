"""Keep accounts within their budgets, however many creates race."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kirin_video.domain.errors import InsufficientFunds
from kirin_video.domain.money import format_usd
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.database import Connection
from kirin_video.store.name_rows import NameRows
from kirin_video.store.task_rows import NewTask


@dataclass(frozen=True)
class CoverHolds:
    """Finds the drafts that their accounts' budgets do not cover.

    Attributes:
        budgets: what accounts may still spend.
        names: which tasks exist already under the callers' names.
    """

    budgets: BudgetRows
    names: NameRows

    async def __call__(
        self, connection: Connection, drafts: Sequence[NewTask]
    ) -> Mapping[str, InsufficientFunds]:
        """Find the drafts whose price is more than their account has left.

        The budgets are locked, so that what is left stays true until the commit; the database itself refuses
        to let one fall below nothing. A draft one of whose names is a task's already is let through: it
        repeats a request, and makes no task. So is what costs nothing.

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
        bound = [draft for draft in costly if draft.account_id in left]
        if not bound:
            return {}
        existing = await self.names.find(connection, [draft.names for draft in bound])
        paid: set[tuple[str, str, str]] = set()
        refused: dict[str, InsufficientFunds] = {}
        for draft, same in zip(bound, existing, strict=True):
            if same is not None or not paid.isdisjoint(draft.names.given):
                continue
            if draft.price.cost > left[draft.account_id]:
                refused[draft.id] = InsufficientFunds(shortfall(draft.price.cost, left[draft.account_id]))
                continue
            left[draft.account_id] -= draft.price.cost
            paid.update(draft.names.given)
        return refused


def shortfall(needed: int, left: int) -> str:
    """Say that a budget does not cover a price; both in micro-dollars."""
    return (
        f"The task needs ${format_usd(needed)}, and this account's budget has ${format_usd(left)} left. What "
        "is held for a task comes back if it fails or is cancelled; whoever runs the server can raise the "
        "budget."
    )
