"""The secrets that callbacks are signed with: shown, replaced, and used."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kirin_video.domain.callback_requests import DEFAULT_OVERLAP_S
from kirin_video.domain.callback_signature import derive_secret, server_key_id, show_secret
from kirin_video.domain.errors import NotFound
from kirin_video.store.callback_rows import SecretRow, SecretRows
from kirin_video.store.database import Connection, Database

Ahead = Callable[[], timedelta]
"""How far time is ahead of the database's: nothing, but in tests that let days pass in seconds."""

DEFAULT_OVERLAP: Final = timedelta(seconds=DEFAULT_OVERLAP_S)

_SALT_BYTES: Final = 16
_log = logging.getLogger(__name__)


def no_time_ahead() -> timedelta:
    """Time as it is."""
    return timedelta()


@dataclass(frozen=True, slots=True)
class ShownSecret:
    """A secret that is good.

    Attributes:
        text: ``whsec_`` and base64.
        created_at: when it was made; aware.
        retires_at: until when it is used beside its successor; aware. None for the newest.
    """

    text: str
    created_at: datetime
    retires_at: datetime | None


@dataclass(frozen=True)
class CallbackSecrets:
    """Derives the secrets of accounts, and makes an account's first when it is needed.

    Attributes:
        database: where is kept what they are derived from.
        rows: its rows.
        server_secrets: the server's secret keys, the current one first; secrets made under the previous one
            stay.
        ahead: how far time is ahead.
    """

    database: Database
    rows: SecretRows
    server_secrets: tuple[bytes, ...]
    ahead: Ahead = no_time_ahead

    async def good(
        self, connection: Connection, account_ids: Sequence[str]
    ) -> Mapping[str, list[tuple[SecretRow, bytes]]]:
        """The good secrets of accounts, at least one each, the newest first."""
        rows = await self.rows.good(connection, sorted(set(account_ids)), self.ahead())
        found = {account_id: self._derived(rows.get(account_id, ())) for account_id in account_ids}
        for account_id in sorted(found):
            if not found[account_id]:
                found[account_id] = await self._first(connection, account_id)
        return found

    async def show(self, account_id: str) -> list[ShownSecret]:
        """An account's good secrets, the newest first.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            await self._lock(connection, account_id)
            return _shown((await self.good(connection, [account_id]))[account_id])

    async def rotate(self, account_id: str, overlap: timedelta = DEFAULT_OVERLAP) -> list[ShownSecret]:
        """Make an account a new secret; the old ones are used beside it for a while longer.

        Args:
            account_id: whose.
            overlap: for how long both sign.

        Returns:
            The good secrets, the new one first.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            await self._lock(connection, account_id)
            await self.good(connection, [account_id])  # makes the first, if nobody has needed it yet
            await self.rows.retire(connection, account_id, overlap, self.ahead())
            await self._make(connection, account_id)
            return _shown((await self.good(connection, [account_id]))[account_id])

    def _derived(self, rows: Sequence[SecretRow]) -> list[tuple[SecretRow, bytes]]:
        """The secrets that can still be derived: not those of a server's secret key that is gone."""
        keys = {server_key_id(secret): secret for secret in self.server_secrets}
        return [
            (row, derive_secret(keys[row.server_key], row.account_id, row.generation, row.salt))
            for row in rows
            if row.server_key in keys
        ]

    async def _first(self, connection: Connection, account_id: str) -> list[tuple[SecretRow, bytes]]:
        await self._lock(connection, account_id)
        rows = (await self.rows.good(connection, [account_id], self.ahead())).get(account_id, [])
        if found := self._derived(rows):
            return found
        if rows:
            _log.error(
                "the callback secret of account %s was made under another secret key of the server than this "
                "process has; it signs with a new one, which `kirin callbacks secret` shows",
                account_id,
            )
        return self._derived([await self._make(connection, account_id)])

    async def _make(self, connection: Connection, account_id: str) -> SecretRow:
        return await self.rows.insert(
            connection,
            account_id,
            secrets.token_bytes(_SALT_BYTES),
            server_key_id(self.server_secrets[0]),
            self.ahead(),
        )

    async def _lock(self, connection: Connection, account_id: str) -> None:
        if not await self.rows.lock(connection, account_id):
            raise NotFound(
                f'There is no account "{account_id}"; "kirin accounts list" shows those there are.'
            )


def _shown(found: Sequence[tuple[SecretRow, bytes]]) -> list[ShownSecret]:
    return [ShownSecret(show_secret(secret), row.created_at, row.retires_at) for row, secret in found]
