"""Make an API key."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from kirin_video.domain.api_key import key_hash, new_key, shown_prefix
from kirin_video.store.database import Database
from kirin_video.store.key_rows import KeyRows

DEFAULT_ACCOUNT = "default"


@dataclass(frozen=True)
class CreateKey:
    """Makes keys.

    Attributes:
        database: where they are kept.
        keys: their rows.
        secret: the server's secret key.
    """

    database: Database
    keys: KeyRows
    secret: bytes

    async def __call__(self, name: str, account: str = DEFAULT_ACCOUNT) -> str:
        """Make a key for an account, and the account if need be.

        Returns:
            The key. It cannot be had again.

        Raises:
            Overloaded: the database cannot be reached.
        """
        key = new_key()
        async with self.database.transaction() as connection:
            await self.keys.insert(
                connection,
                key_id=secrets.token_hex(8),
                account_id=account,
                name=name,
                prefix=shown_prefix(key),
                key_hash=key_hash(key, self.secret),
            )
        return key
