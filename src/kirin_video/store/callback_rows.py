"""Callbacks as rows: where tasks are reported to, and what the signatures are made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kirin_video.domain.callback import NewCallback, Receiver, origin_of, receiver_id
from kirin_video.store.database import Connection, Database, Row

_START_OF_TIME = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SecretRow:
    """What one secret of an account is derived from.

    Attributes:
        account_id: whose it is.
        generation: 1 for the account's first.
        salt: random.
        server_key: tells under which of the server's secret keys it was made.
        created_at: when; aware.
        retires_at: until when it is used beside its successor; aware. None while it has none.
    """

    account_id: str
    generation: int
    salt: bytes
    server_key: bytes
    created_at: datetime
    retires_at: datetime | None


class CallbackRows:
    """Reads and writes callbacks and their receivers.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, connection: Connection, callbacks: Sequence[tuple[str, str, NewCallback]]) -> None:
        """Register the callbacks of tasks that this transaction creates, all at once.

        Args:
            connection: in the transaction.
            callbacks: account, task and callback of each.
        """
        if not callbacks:
            return
        receivers = await self.name_receivers(
            connection, [(account_id, callback.url) for account_id, _, callback in callbacks]
        )
        parameters = {
            "task_ids": [task_id for _, task_id, _ in callbacks],
            "receiver_ids": receivers,
            "urls": [callback.url for _, _, callback in callbacks],
            "base_urls": [callback.base_url for _, _, callback in callbacks],
        }
        await self._database.run(connection, "insert_callbacks", parameters)

    async def name_receivers(self, connection: Connection, urls: Sequence[tuple[str, str]]) -> list[str]:
        """Make sure that the receivers of accounts' URLs are known; gives their ids."""
        origins = [origin_of(url) for _, url in urls]
        ids = [receiver_id(account_id, origin) for (account_id, _), origin in zip(urls, origins, strict=True)]
        parameters = {"ids": ids, "account_ids": [account_id for account_id, _ in urls], "origins": origins}
        await self._database.run(connection, "insert_receivers", parameters)
        return ids

    async def receivers(
        self, connection: Connection, account_id: str, after: tuple[datetime, str] | None, limit: int
    ) -> list[Receiver]:
        """Read receivers of an account in the order in which they were named, those after a position."""
        time, identity = after or (_START_OF_TIME, "")
        parameters = {"account_id": account_id, "after_time": time, "after_id": identity, "limit": limit}
        return [_receiver(row) for row in await self._database.rows(connection, "list_receivers", parameters)]

    async def receiver(self, connection: Connection, account_id: str, identity: str) -> Receiver | None:
        """Read one receiver of an account."""
        row = await self._database.row(
            connection, "find_receiver", {"account_id": account_id, "id": identity}
        )
        return None if row is None else _receiver(row)

    async def enable(self, connection: Connection, account_id: str, identity: str) -> bool:
        """Let a receiver have its deliveries again; gives whether the account has it."""
        parameters = {"account_id": account_id, "id": identity}
        return await self._database.row(connection, "enable_receiver", parameters) is not None


class SecretRows:
    """Reads and writes what secrets are derived from.

    Args:
        database: where it is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def good(
        self, connection: Connection, account_ids: Sequence[str], ahead: timedelta
    ) -> Mapping[str, list[SecretRow]]:
        """Read the good secrets of accounts, the newest first; accounts without one are not there."""
        found: dict[str, list[SecretRow]] = {}
        parameters = {"account_ids": list(account_ids), "ahead": ahead}
        for row in await self._database.rows(connection, "callback_secrets", parameters):
            found.setdefault(row["account_id"], []).append(_secret(row))
        return found

    async def lock(self, connection: Connection, account_id: str) -> bool:
        """Keep others from making secrets for an account until the transaction ends; whether there is one."""
        row = await self._database.row(connection, "lock_callback_secrets", {"account_id": account_id})
        return row is not None

    async def insert(
        self, connection: Connection, account_id: str, salt: bytes, server_key: bytes, ahead: timedelta
    ) -> SecretRow:
        """Make an account's next secret; the account is locked."""
        parameters = {"account_id": account_id, "salt": salt, "server_key": server_key, "ahead": ahead}
        row = await self._database.row(connection, "insert_callback_secret", parameters)
        assert row is not None, "an insert without a conflict gives its row"
        return _secret(row)

    async def retire(
        self, connection: Connection, account_id: str, overlap: timedelta, ahead: timedelta
    ) -> None:
        """Let the good secrets of an account be used only a while longer."""
        parameters = {"account_id": account_id, "overlap": overlap, "ahead": ahead}
        await self._database.run(connection, "retire_callback_secrets", parameters)


def _receiver(row: Row) -> Receiver:
    return Receiver(
        id=row["id"],
        origin=row["origin"],
        created_at=row["created_at"],
        failing_since=row["failing_since"],
        disabled_at=row["disabled_at"],
        pending=row["pending"],
    )


def _secret(row: Row) -> SecretRow:
    return SecretRow(
        account_id=row["account_id"],
        generation=row["generation"],
        salt=bytes(row["salt"]),
        server_key=bytes(row["server_key"]),
        created_at=row["created_at"],
        retires_at=row["retires_at"],
    )
