"""Tell who is calling by the key they send."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from decimal import Decimal

from kirin_video.domain.access import DEFAULT_SCOPES, NO_LIMITS, Limits, Scope
from kirin_video.domain.api_key import is_well_formed, key_hash
from kirin_video.domain.errors import Unauthenticated
from kirin_video.store.database import Database
from kirin_video.store.key_rows import KeyRows

_REFUSAL = "The API key is not valid: it is unknown, revoked or expired."
_FRESH_S = 0.8  # a revoked key must be refused everywhere within a second
_RENEW = 0.5  # of that age: then it is looked up again while callers still get the answer that is known
_MAX_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling.

    Attributes:
        account_id: the account that owns what the caller makes and pays for it.
        key_id: the key that was used.
        discount_percent: the account's discount.
        scopes: what the key may do.
        limits: how much the account may do.
        is_capped: whether the key has a spend cap.
    """

    account_id: str
    key_id: str
    discount_percent: Decimal = Decimal(0)
    scopes: frozenset[Scope] = DEFAULT_SCOPES
    limits: Limits = NO_LIMITS
    is_capped: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database knew of a key, and when it was asked, in monotonic seconds."""

    asked_at: float
    caller: Caller | None


@dataclass(frozen=True)
class Authenticate:
    """Looks a key up, about twice a second while it is used, once for all who wait for it.

    Attributes:
        database: where the keys are.
        keys: their rows.
        secrets: the server's secret keys, the current one first; keys made under an earlier one stay good.
        limits: of accounts that have none of their own.
    """

    database: Database
    keys: KeyRows
    secrets: tuple[bytes, ...]
    limits: Limits = NO_LIMITS
    _seen: dict[bytes, _Found] = field(default_factory=dict[bytes, _Found], repr=False)
    _asking: dict[bytes, asyncio.Task[_Found]] = field(
        default_factory=dict[bytes, "asyncio.Task[_Found]"], repr=False
    )

    async def __call__(self, key_text: str, *, max_age_s: float = _FRESH_S) -> Caller:
        """Say whose key it is.

        Args:
            key_text: the key as the caller sent it.
            max_age_s: how old the answer may be, in seconds.

        Raises:
            Unauthenticated: it is malformed, unknown, revoked or expired.
            Overloaded: the database cannot be reached.
        """
        hashed = key_hash(key_text, self.secrets[0])
        known = self._remembered(key_text, hashed, max_age_s)
        if known is not None:
            return known
        if not is_well_formed(key_text):
            raise Unauthenticated("This is not an API key of this server: it is mistyped or incomplete.")
        not_before = time.monotonic() - max_age_s
        found = await asyncio.shield(self._ask(key_text, hashed))
        while found.asked_at < not_before:  # somebody else's question, which took long to be answered
            found = await asyncio.shield(self._ask(key_text, hashed))
        if found.caller is None:
            raise Unauthenticated(_REFUSAL)
        return found.caller

    def at_once(self, key_text: str) -> Caller | None:
        """Whose key it is, if that is known without asking; None says nothing about the key."""
        return self._remembered(key_text, key_hash(key_text, self.secrets[0]), _FRESH_S)

    def _remembered(self, key_text: str, hashed: bytes, max_age_s: float) -> Caller | None:
        seen = self._seen.get(hashed)
        if seen is None:
            return None
        age_s = time.monotonic() - seen.asked_at
        if age_s >= max_age_s:
            return None
        if age_s >= _RENEW * max_age_s:
            self._ask(key_text, hashed)
        return seen.caller

    def _ask(self, key_text: str, hashed: bytes) -> asyncio.Task[_Found]:
        """Look a key up, or join who does already; the task goes on whoever stops waiting for it."""
        asking = self._asking.get(hashed)
        if asking is None or asking.done():  # done, but not settled yet
            asking = asyncio.create_task(self._find(key_text, hashed), name="look a key up")
            self._asking[hashed] = asking
            asking.add_done_callback(lambda done: self._settle(hashed, done))
        return asking

    def _settle(self, hashed: bytes, asked: asyncio.Task[_Found]) -> None:
        if self._asking.get(hashed) is asked:
            del self._asking[hashed]
        if asked.cancelled() or asked.exception() is not None:  # whoever waits for it is told
            return
        found = asked.result()
        if found.caller is None:
            self._seen.pop(hashed, None)
            return
        if len(self._seen) >= _MAX_REMEMBERED:
            self._seen.clear()
        self._seen[hashed] = found

    async def _find(self, key_text: str, hashed: bytes) -> _Found:
        hashes = [hashed, *(key_hash(key_text, secret) for secret in self.secrets[1:])]
        asked_at = time.monotonic()
        async with self.database.connection() as connection:
            row = await self.keys.find(connection, hashes)
            if row is None:
                return _Found(asked_at, None)
            if row.use_unnoted:
                await self.keys.note_use(connection, row.id)
        limits = row.limits.within(self.limits)
        caller = Caller(row.account_id, row.id, row.discount_percent, row.scopes, limits, row.is_capped)
        return _Found(asked_at, caller)
