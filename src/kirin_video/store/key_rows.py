"""API keys as rows: their hashes and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kirin_video.domain.access import LimitOverrides, Scope
from kirin_video.domain.account import KeyFacts
from kirin_video.store.account_rows import read_overrides
from kirin_video.store.cap_rows import read_standing
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
        is_capped: whether it has a spend cap.
    """

    id: str
    account_id: str
    discount_percent: Decimal
    scopes: frozenset[Scope]
    limits: LimitOverrides
    use_unnoted: bool
    is_capped: bool


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to be stored.

    Attributes:
        id: what it will be called by.
        account_id: whose it is.
        name: what it is for.
        prefix: its first characters.
        hash: under the server's secret.
        scopes: what it may do.
        lifetime: how long it will be good; None for ever.
    """

    id: str
    account_id: str
    name: str
    prefix: str
    hash: bytes
    scopes: frozenset[Scope]
    lifetime: timedelta | None


class KeyRows:
    """Reads and writes keys.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, connection: Connection, key: NewKey) -> None:
        """Store a key's hash. Its account must be there."""
        parameters = {
            "id": key.id,
            "account_id": key.account_id,
            "name": key.name,
            "prefix": key.prefix,
            "hash": key.hash,
            "scopes": sorted(key.scopes),
            "lifetime_s": None if key.lifetime is None else key.lifetime.total_seconds(),
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
            is_capped=row["is_capped"],
        )

    async def note_use(self, connection: Connection, key_id: str) -> None:
        """Note that a key was used, at most once a minute."""
        await self._database.run(connection, "note_key_use", {"id": key_id})

    async def all(self, connection: Connection, account_id: str | None) -> list[KeyFacts]:
        """Read the keys of one account, or of all."""
        parameters = {"account_id": account_id, "key_id": None}
        rows = await self._database.rows(connection, "list_keys", parameters)
        return [_facts(row) for row in rows]

    async def read(self, connection: Connection, key_id: str) -> KeyFacts | None:
        """Read a key, good or not; None if there is none of this id."""
        row = await self._database.row(connection, "list_keys", {"account_id": None, "key_id": key_id})
        return None if row is None else _facts(row)

    async def lock(self, connection: Connection, key_id: str) -> tuple[KeyFacts, datetime] | None:
        """Read a key, with the database's time, and keep it as it is until the transaction ends."""
        row = await self._database.row(connection, "lock_key", {"id": key_id})
        # Another statement than the lock: it sees what was committed while the lock was waited for.
        key = None if row is None else await self.read(connection, key_id)
        return None if row is None or key is None else (key, row["now"])

    async def expire(self, connection: Connection, key_id: str, after: timedelta) -> None:
        """Let a key expire after a while, unless it does so sooner anyway."""
        await self._database.run(connection, "expire_key", {"id": key_id, "after_s": after.total_seconds()})

    async def revoke(self, connection: Connection, key_id: str) -> KeyFacts | None:
        """Revoke a key, if there is one of this id."""
        await self._database.run(connection, "revoke_key", {"id": key_id})
        return await self.read(connection, key_id)


def _facts(row: Row) -> KeyFacts:
    return KeyFacts(
        id=row["id"],
        account_id=row["account_id"],
        name=row["name"],
        prefix=row["prefix"],
        scopes=frozenset(map(Scope, row["scopes"])),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        last_used_at=row["last_used_at"],
        cap=None if row["amount_micro"] is None else read_standing(row),
    )
