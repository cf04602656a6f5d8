"""How much there is to do, and who is there to do it."""

from __future__ import annotations

from collections.abc import Mapping

from kirin_video.domain.load import ClassLoad, DeliveryLoad
from kirin_video.store.database import Connection, Database


class LoadRows:
    """Counts what waits, runs and has ended.

    Args:
        database: where it is.
        stalled_after_s: seconds of silence after which a worker does not count.
    """

    def __init__(self, database: Database, stalled_after_s: float) -> None:
        self._database = database
        self._stalled_after_s = stalled_after_s

    async def classes(self, connection: Connection) -> list[ClassLoad]:
        """The load of each class of worker for which there is anything to tell."""
        parameters = {"stalled_after_s": self._stalled_after_s}
        return [ClassLoad(**row) for row in await self._database.rows(connection, "class_loads", parameters)]

    async def deliveries(self, connection: Connection) -> DeliveryLoad:
        """What waits to be told to receivers."""
        [row] = await self._database.rows(connection, "delivery_load", {})
        return DeliveryLoad(**row)

    async def ends(self, connection: Connection) -> Mapping[tuple[str, str], int]:
        """How many tasks have ended, by result and fault; the fault of completed ones is empty."""
        rows = await self._database.rows(connection, "task_ends", {})
        return {(row["result"], row["fault"]): row["tasks"] for row in rows}

    async def fold(self, connection: Connection) -> None:
        """Add up what is noted of ends."""
        await self._database.rows(connection, "fold_task_ends", {})
