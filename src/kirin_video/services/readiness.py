"""Whether new work can be taken in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from kirin_video.domain.errors import Overloaded
from kirin_video.store.database import Database
from kirin_video.store.disk import FreeSpace

_PATIENCE_S = 2.0
_MIB = 1024 * 1024


@dataclass(frozen=True)
class CheckReadiness:
    """Looks at what a create call needs.

    Attributes:
        database: where tasks are.
        space: the disk that files are on.
    """

    database: Database
    space: FreeSpace

    async def __call__(self) -> tuple[str, ...]:
        """Everything that keeps this process from taking in new work, a sentence each; nothing if it can."""
        problems: list[str] = []
        try:
            async with asyncio.timeout(_PATIENCE_S), self.database.connection() as connection:
                await connection.execute("SELECT 1")
        except (TimeoutError, Overloaded):
            problems.append("The database cannot be reached.")
        left_bytes = await asyncio.to_thread(self.space.left_bytes)
        if left_bytes < self.space.floor_bytes:
            problems.append(
                f"The disk is nearly full: {left_bytes // _MIB:,} MiB are left, less than the "
                f"{self.space.floor_bytes // _MIB:,} MiB of KIRIN_MIN_FREE_BYTES."
            )
        return tuple(problems)
