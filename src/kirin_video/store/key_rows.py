"""API keys as rows: their hashes and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kirin_video.domain.access import LimitOverrides, Scope
from kirin_video.store.database import Connection, Database, Row


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key that is good now.

    Attributes:
        id: the key.
        account_id: whose it is.
        discount_percent: the account's discount.
        scopes: what it may do.
        limits: the account's own.
        use_unnoted: whether its last noted use is over a minute ago.
    """

    id: str
    account_id: str
    discount_percent: Decimal
    scopes: frozenset[Scope]
    limits: LimitOverrides
    use_unnoted: bool


class KeyRows:
    """Reads and writes keys.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(  # noqa: PLR0913 - one argument a column
        self, connection: Connection, *, key_id: str, account_id: str, name: str, prefix: str, key_hash: bytes
    ) -> None:
        """Store a key's hash, making its account if there is none yet."""
        await self._database.run(connection, "insert_account", {"account_id": account_id})
        parameters = {
            "id": key_id,
            "account_id": account_id,
            "name": name,
            "prefix": prefix,
            "hash": key_hash,
        }
        await self._database.run(connection, "insert_key", parameters)

    async def find(self, connection: Connection, hashes: Sequence[bytes]) -> KeyRow | None:
        """Read the key that has one of these hashes, if it is neither revoked nor expired.

        Args:
            connection: to read by.
            hashes: of one key, under each secret of the server.
        """
        row = await self._database.row(connection, "find_key", {"hashes": hashes})
        if row is None:
            return None
        return KeyRow(
            id=row["id"],
            account_id=row["account_id"],
            discount_percent=row["discount_percent"],
            scopes=frozenset(map(Scope, row["scopes"])),
            limits=read_overrides(row),
            use_unnoted=row["use_unnoted"],
        )

    async def note_use(self, connection: Connection, key_id: str) -> None:
        """Note that a key was used, at most once a minute."""
        await self._database.run(connection, "note_key_use", {"id": key_id})


def read_overrides(row: Row) -> LimitOverrides:
    """An account's own limits, from a row that has their columns."""
    return LimitOverrides(row["creates_per_minute"], row["reads_per_minute"], row["unfinished_tasks"])
