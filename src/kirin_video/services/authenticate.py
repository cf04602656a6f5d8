"""Tell who is calling by the key they send."""

from __future__ import annotations

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
    """

    account_id: str
    key_id: str
    discount_percent: Decimal = Decimal(0)
    scopes: frozenset[Scope] = DEFAULT_SCOPES
    limits: Limits = NO_LIMITS


@dataclass(frozen=True)
class Authenticate:
    """Looks a key up, at most about once a second.

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
    _seen: dict[bytes, tuple[float, Caller]] = field(
        default_factory=dict[bytes, tuple[float, Caller]], repr=False
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
        if not is_well_formed(key_text):
            raise Unauthenticated("This is not an API key of this server: it is mistyped or incomplete.")
        current = key_hash(key_text, self.secrets[0])
        caller = self._remembered(current, max_age_s) or await self._find(key_text, current)
        if caller is None:
            raise Unauthenticated(_REFUSAL)
        return caller

    def _remembered(self, hashed: bytes, max_age_s: float) -> Caller | None:
        seen = self._seen.get(hashed)
        return seen[1] if seen and time.monotonic() - seen[0] < max_age_s else None

    async def _find(self, key_text: str, current: bytes) -> Caller | None:
        hashes = [current, *(key_hash(key_text, secret) for secret in self.secrets[1:])]
        asked_at = time.monotonic()
        async with self.database.connection() as connection:
            row = await self.keys.find(connection, hashes)
            if row is None:
                return None
            if row.use_unnoted:
                await self.keys.note_use(connection, row.id)
        caller = Caller(
            row.account_id, row.id, row.discount_percent, row.scopes, row.limits.within(self.limits)
        )
        if len(self._seen) >= _MAX_REMEMBERED:
            self._seen.clear()
        self._seen[current] = (asked_at, caller)
        return caller
