"""What a person does with the keys of the account they work in: never with those of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kirin_video.domain.access import Scope
from kirin_video.domain.account import KeyFacts
from kirin_video.domain.errors import Forbidden, NotFound
from kirin_video.domain.spend_cap import SpendCap
from kirin_video.services.authenticate import Caller
from kirin_video.services.create_key import CreateKey, IssuedKey
from kirin_video.services.keys import CapKey, ListKeys, RevokeKey, RotateKey


@dataclass(frozen=True)
class OwnKeys:
    """Makes, lists, caps, rotates and revokes keys of the caller's account.

    Nobody makes a key that may do more than they may themselves.

    Attributes:
        create_key: makes keys.
        list_keys: lists them.
        rotate_key: puts a new one in an old one's place.
        revoke_key: makes one useless.
        cap_key: says what one may spend.
    """

    create_key: CreateKey
    list_keys: ListKeys
    rotate_key: RotateKey
    revoke_key: RevokeKey
    cap_key: CapKey

    async def all(self, caller: Caller) -> list[KeyFacts]:
        """List the account's keys, good ones and others, the oldest first.

        Raises:
            Overloaded: the database cannot be reached.
        """
        return await self.list_keys(caller.account_id)

    async def create(
        self,
        caller: Caller,
        name: str,
        scopes: frozenset[Scope],
        lifetime: timedelta | None,
        cap: SpendCap | None = None,
    ) -> IssuedKey:
        """Make a key.

        Raises:
            Forbidden: it could do what the caller may not.
            Overloaded: the database cannot be reached.
        """
        _require(caller, scopes)
        return await self.create_key(name, caller.account_id, scopes=scopes, lifetime=lifetime, cap=cap)

    async def cap(self, caller: Caller, key_id: str, cap: SpendCap | None) -> KeyFacts:
        """Say what a key may spend; None for as much as its account may.

        Raises:
            NotFound: the account has no such key.
            Forbidden: the caller may only see.
            Overloaded: the database cannot be reached.
        """
        await self._find(caller, key_id)
        _require(caller, frozenset({Scope.GENERATE}))
        return await self.cap_key(key_id, cap)

    async def rotate(self, caller: Caller, key_id: str, overlap: timedelta) -> IssuedKey:
        """Put a new key in an old one's place; both are good during the overlap.

        Raises:
            NotFound: the account has no such key.
            Forbidden: the new key could do what the caller may not.
            Conflict: the old one is not good any more.
            Overloaded: the database cannot be reached.
        """
        _require(caller, (await self._find(caller, key_id)).scopes)
        return await self.rotate_key(key_id, overlap)

    async def revoke(self, caller: Caller, key_id: str) -> KeyFacts:
        """Make a key useless, for good.

        Raises:
            NotFound: the account has no such key.
            Forbidden: the caller may only see.
            Overloaded: the database cannot be reached.
        """
        await self._find(caller, key_id)
        _require(caller, frozenset({Scope.GENERATE}))
        return await self.revoke_key(key_id)

    async def _find(self, caller: Caller, key_id: str) -> KeyFacts:
        # Keys never change their accounts: what is true here stays true.
        for key in await self.all(caller):
            if key.id == key_id:
                return key
        raise NotFound("There is no key with this id in your account.")


def _require(caller: Caller, scopes: frozenset[Scope]) -> None:
    """Refuse scopes that the caller lacks, and those who may only see."""
    if not scopes <= caller.scopes or Scope.GENERATE not in caller.scopes:
        raise Forbidden("Your role does not allow that. Ask an administrator.")
