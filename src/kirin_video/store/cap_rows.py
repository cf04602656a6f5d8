"""Spend caps of keys as rows: what they allow and what counts towards them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirin_video.domain.spend_cap import CapPeriod, CapStanding, SpendCap
from kirin_video.store.database import Connection, Database, Row


@dataclass(frozen=True, slots=True)
class LockedCaps:
    """Caps of which nobody else draws until the transaction ends.

    Attributes:
        of_keys: the cap of each key that has one; keys may share one.
        standings: how each cap stands.
    """

    of_keys: dict[str, int]
    standings: dict[int, CapStanding]


class CapRows:
    """Reads and changes caps. What is held, charged and released moves them by itself.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lock(self, connection: Connection, key_ids: Sequence[str]) -> LockedCaps:
        """The caps of these keys, those that have one; nobody else draws on them or changes them."""
        rows = await self._database.rows(connection, "lock_spend_caps", {"key_ids": key_ids})
        standings = {row["cap_id"]: CapStanding(_cap(row)) for row in rows}
        if rows:
            # Another statement than the lock: it sees what was committed while the lock was waited for.
            spent = await self._database.rows(connection, "read_cap_spend", {"cap_ids": list(standings)})
            for row in spent:
                cap = standings[row["cap_id"]].cap
                standings[row["cap_id"]] = CapStanding(cap, row["spent_micro"], row["held_micro"])
        return LockedCaps({row["key_id"]: row["cap_id"] for row in rows}, standings)

    async def find(self, connection: Connection, key_id: str) -> CapStanding | None:
        """How a key's cap stands; None without one."""
        row = await self._database.row(connection, "find_spend_cap", {"key_id": key_id})
        return None if row is None else read_standing(row)

    async def change(self, connection: Connection, key_id: str, cap: SpendCap) -> bool:
        """Make a key's cap another one; gives whether it had one."""
        parameters = {"key_id": key_id, "amount_micro": cap.amount, "period": cap.period.value}
        return await self._database.row(connection, "change_spend_cap", parameters) is not None

    async def begin(self, connection: Connection, key_id: str, cap: SpendCap) -> int:
        """Give a cap to a key that nobody has used; gives the cap's number."""
        parameters = {"key_id": key_id, "amount_micro": cap.amount, "period": cap.period.value}
        row = await self._database.row(connection, "insert_spend_cap", parameters)
        assert row is not None, "there is such a key"
        return int(row["id"])

    async def open(self, connection: Connection, key_id: str, account_id: str, cap: SpendCap) -> None:
        """Give a key its first cap, and count what it has spent.

        Nobody makes or ends a task of the account until the transaction ends: every entry in its books
        refers to the account's row.

        Args:
            connection: inside a transaction that keeps others from changing the key.
            key_id: the key; it has no cap.
            account_id: whose it is.
            cap: what it may spend.
        """
        await self._database.rows(connection, "lock_funds", {"account_id": account_id})
        cap_id = await self.begin(connection, key_id, cap)
        counted = {"cap_id": cap_id, "key_id": key_id, "account_id": account_id}
        await self._database.run(connection, "count_cap_spend", counted)

    async def lift(self, connection: Connection, key_id: str) -> None:
        """Take a key's cap away, if it has one."""
        await self._database.run(connection, "lift_spend_cap", {"key_id": key_id})

    async def share(self, connection: Connection, key_id: str, old_key_id: str) -> None:
        """Put a new key under the cap of an old one, if that has one."""
        parameters = {"key_id": key_id, "old_key_id": old_key_id}
        await self._database.run(connection, "share_spend_cap", parameters)


def read_standing(row: Row) -> CapStanding:
    """A row with a cap and what counts towards it, as the domain knows it."""
    return CapStanding(_cap(row), row["spent_micro"], row["held_micro"])


def _cap(row: Row) -> SpendCap:
    return SpendCap(row["amount_micro"], CapPeriod(row["period"]))
