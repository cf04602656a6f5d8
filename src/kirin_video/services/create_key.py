"""Make an API key."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from kirin_video.domain.access import DEFAULT_SCOPES, Scope
from kirin_video.domain.account import DEFAULT_ACCOUNT, KeyFacts
from kirin_video.domain.api_key import key_hash, new_key, shown_prefix
from kirin_video.domain.errors import NotFound
from kirin_video.domain.spend_cap import SpendCap
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.cap_rows import CapRows
from kirin_video.store.database import Connection, Database
from kirin_video.store.key_rows import KeyRows, NewKey


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A key that was just made.

    Attributes:
        text: the key. It cannot be had again.
        facts: what stays known of it.
    """

    text: str = field(repr=False)
    facts: KeyFacts


@dataclass(frozen=True)
class CreateKey:
    """Makes keys.

    Attributes:
        database: where they are kept.
        keys: their rows.
        caps: what they may spend.
        accounts: whose they are.
        secret: the server's secret key.
    """

    database: Database
    keys: KeyRows
    caps: CapRows
    accounts: AccountRows
    secret: bytes = field(repr=False)

    async def __call__(
        self,
        name: str,
        account: str = DEFAULT_ACCOUNT,
        *,
        scopes: frozenset[Scope] = DEFAULT_SCOPES,
        lifetime: timedelta | None = None,
        cap: SpendCap | None = None,
    ) -> IssuedKey:
        """Make a key for an account.

        Args:
            name: what it is for.
            account: whose it is.
            scopes: what it may do.
            lifetime: how long it is good; None for ever.
            cap: what it may spend; None for as much as its account may.

        Raises:
            NotFound: there is no such account.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            if not await self.accounts.exists(connection, account):
                raise NotFound(
                    f'There is no account "{account}". "kirin accounts create {account}" makes it; '
                    '"kirin accounts list" shows those there are.'
                )
            key, key_id = await self._store(connection, name, account, scopes, lifetime)
            if cap is not None:
                await self.caps.begin(connection, key_id, cap)
            return await self._issued(connection, key, key_id)

    async def following(self, connection: Connection, old: KeyFacts, lifetime: timedelta | None) -> IssuedKey:
        """Make a key in an old one's place, as part of a transaction; they share the old one's cap."""
        key, key_id = await self._store(connection, old.name, old.account_id, old.scopes, lifetime)
        await self.caps.share(connection, key_id, old.id)
        return await self._issued(connection, key, key_id)

    async def _store(
        self,
        connection: Connection,
        name: str,
        account: str,
        scopes: frozenset[Scope],
        lifetime: timedelta | None,
    ) -> tuple[str, str]:
        """Make a key; gives it and its id."""
        key = new_key()
        stored = NewKey(
            id=secrets.token_hex(8),
            account_id=account,
            name=name,
            prefix=shown_prefix(key),
            hash=key_hash(key, self.secret),
            scopes=scopes,
            lifetime=lifetime,
        )
        await self.keys.insert(connection, stored)
        return key, stored.id

    async def _issued(self, connection: Connection, key: str, key_id: str) -> IssuedKey:
        facts = await self.keys.read(connection, key_id)
        assert facts is not None, "it was just made"
        return IssuedKey(key, facts)
