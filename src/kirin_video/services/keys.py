"""What an operator does with keys that are there: list, cap, rotate, revoke."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kirin_video.domain.account import KeyFacts
from kirin_video.domain.api_key import PREFIX
from kirin_video.domain.errors import Conflict, NotFound
from kirin_video.domain.spend_cap import SpendCap
from kirin_video.services.create_key import CreateKey, IssuedKey
from kirin_video.store.cap_rows import CapRows
from kirin_video.store.database import Database
from kirin_video.store.key_rows import KeyRows


@dataclass(frozen=True)
class ListKeys:
    """Lists keys, good ones and others.

    Attributes:
        database: where they are.
        keys: their rows.
    """

    database: Database
    keys: KeyRows

    async def __call__(self, account: str | None = None) -> list[KeyFacts]:
        """List the keys of one account, or of all.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.keys.all(connection, account)


@dataclass(frozen=True)
class FindKey:
    """Tells what is known of a key.

    Attributes:
        database: where they are.
        keys: their rows.
    """

    database: Database
    keys: KeyRows

    async def __call__(self, key_id: str) -> KeyFacts:
        """Read a key, good or not.

        Raises:
            NotFound: there is no such key.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            key = await self.keys.read(connection, key_id)
        if key is None:
            raise _unknown(key_id)
        return key


@dataclass(frozen=True)
class RotateKey:
    """Puts a new key in an old one's place, with a while in which both are good.

    Attributes:
        database: where they are.
        keys: their rows.
        create_key: makes the new one.
    """

    database: Database
    keys: KeyRows
    create_key: CreateKey

    async def __call__(self, key_id: str, overlap: timedelta, lifetime: timedelta | None = None) -> IssuedKey:
        """Make a key with the name and the scopes of an old one, which expires after the overlap.

        If the old one has a spend cap, the two share it: rotating a key gives nobody more to spend.

        Args:
            key_id: the old key.
            overlap: how much longer it is good; it may have less time left of its own.
            lifetime: how long the new key is good; as long as the old one was to be, if left out.

        Raises:
            NotFound: there is no such key.
            Conflict: it is not good any more.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            found = await self.keys.lock(connection, key_id)
            if found is None:
                raise _unknown(key_id)
            old, now = found
            if (state := old.state(now)) != "active":
                raise Conflict(f"Key {old.id} is {state}; make a new one with: kirin keys create")
            if lifetime is None and old.expires_at is not None:
                lifetime = old.expires_at - old.created_at
            issued = await self.create_key.following(connection, old, lifetime)
            await self.keys.expire(connection, old.id, overlap)
        return issued


@dataclass(frozen=True)
class CapKey:
    """Says what keys may spend.

    Attributes:
        database: where they are.
        keys: their rows.
        caps: their caps.
    """

    database: Database
    keys: KeyRows
    caps: CapRows

    async def __call__(self, key_id: str, cap: SpendCap | None) -> KeyFacts:
        """Give a key a spend cap, change the one it has, or take it away.

        What the key has spent already counts. A cap below that refuses what costs something until the
        next month, or until it is raised. The keys that this one was rotated into have the same cap.

        Args:
            key_id: the key.
            cap: what it may spend; None for as much as its account may.

        Returns:
            The key, and how its cap stands.

        Raises:
            NotFound: there is no such key.
            Overloaded: the database cannot be reached.
        """
        async with self.database.transaction() as connection:
            found = await self.keys.lock(connection, key_id)
            if found is None:
                raise _unknown(key_id)
            if cap is None:
                await self.caps.lift(connection, key_id)
            elif not await self.caps.change(connection, key_id, cap):
                await self.caps.open(connection, key_id, found[0].account_id, cap)
            changed = await self.keys.read(connection, key_id)
        assert changed is not None, "keys are never deleted"
        return changed


@dataclass(frozen=True)
class RevokeKey:
    """Makes keys useless, for good.

    Attributes:
        database: where they are.
        keys: their rows.
    """

    database: Database
    keys: KeyRows

    async def __call__(self, key_id: str) -> KeyFacts:
        """Revoke a key; every process refuses it within a second. Revoking it again changes nothing.

        Raises:
            NotFound: there is no such key.
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            revoked = await self.keys.revoke(connection, key_id)
        if revoked is None:
            raise _unknown(key_id)
        return revoked


def _unknown(key_id: str) -> NotFound:
    if key_id.startswith(PREFIX):
        return NotFound(
            'Name the key by its id, as "kirin keys list" shows it, and keep the key to yourself.'
        )
    return NotFound(f'There is no key with the id "{key_id}"; "kirin keys list" shows those there are.')
