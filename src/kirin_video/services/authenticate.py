"""Tell who is calling by the key they send."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from decimal import Decimal

from kirin_video.domain.access import DEFAULT_SCOPES, Scope
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
    """

    account_id: str
    key_id: str
    discount_percent: Decimal = Decimal(0)
    scopes: frozenset[Scope] = DEFAULT_SCOPES


@dataclass(frozen=True)
class Authenticate:
    """Looks a key up, at most about once a second.

    Attributes:
        database: where the keys are.
        keys: their rows.
        secrets: the server's secret keys, the current one first; keys made under an earlier one stay good.
    """

    database: Database
    keys: KeyRows
    secrets: tuple[bytes, ...]
    _seen: dict[bytes, tuple[float, Caller]] = field(
        default_factory=dict[bytes, tuple[float, Caller]], repr=False
    )

    async def __call__(self, key_text: str) -> Caller:
        """Say whose key it is.

        Raises:
            Unauthenticated: it is malformed, unknown, revoked or expired.
            Overloaded: the database cannot be reached.
        """
        if not is_well_formed(key_text):
            raise Unauthenticated("This is not an API key of this server: it is mistyped or incomplete.")
        for secret in self.secrets:
            hashed = key_hash(key_text, secret)
            caller = self._remembered(hashed) or await self._find(hashed)
            if caller is not None:
                return caller
        raise Unauthenticated(_REFUSAL)

    def _remembered(self, hashed: bytes) -> Caller | None:
        seen = self._seen.get(hashed)
        return seen[1] if seen and time.monotonic() - seen[0] < _FRESH_S else None

    async def _find(self, hashed: bytes) -> Caller | None:
        asked_at = time.monotonic()
        async with self.database.connection() as connection:
            row = await self.keys.find(connection, hashed)
            if row is None:
                return None
            if row.use_unnoted:
                await self.keys.note_use(connection, row.id)
        caller = Caller(row.account_id, row.id, row.discount_percent, row.scopes)
        if len(self._seen) >= _MAX_REMEMBERED:
            self._seen.clear()
        self._seen[hashed] = (asked_at, caller)
        return caller
