"""Forget deliveries that ended long ago: the log must not grow for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kirin_video.services.callback_secrets import Ahead, no_time_ahead
from kirin_video.store.database import Database
from kirin_video.store.delivery_rows import DeliveryRows

_AT_ONCE: Final = 1000


@dataclass(frozen=True)
class ForgetDeliveries:
    """Forgets old deliveries.

    Attributes:
        database: where they are.
        deliveries: their rows.
        kept: how long after their end.
        ahead: how far time is ahead.
    """

    database: Database
    deliveries: DeliveryRows
    kept: timedelta
    ahead: Ahead = no_time_ahead

    async def __call__(self) -> int:
        """Forget all there are to forget, a thousand a commit; gives how many.

        Raises:
            Overloaded: the database cannot be reached.
        """
        forgotten = 0
        while True:
            async with self.database.connection() as connection:
                found = await self.deliveries.forget(connection, self.kept, _AT_ONCE, self.ahead())
            forgotten += found
            if found < _AT_ONCE:
                return forgotten
