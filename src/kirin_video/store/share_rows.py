"""Links that show clips, as rows."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from kirin_video.domain.share import MAX_SHARES, Share

if TYPE_CHECKING:
    from datetime import timedelta

    from kirin_video.store.database import Connection, Database


class ShareRows:
    """Makes, reads and ends links.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(  # noqa: PLR0913 - a link has this many parts
        self,
        connection: Connection,
        task_id: str,
        made_by: str,
        life: timedelta,
        *,
        watermarked: bool,
        tells_prompt: bool,
    ) -> Share | None:
        """Make a link; None if the task has no clip, or as many links as it may have."""
        parameters = {
            "id": secrets.token_hex(8),
            "task_id": task_id,
            "made_by": made_by,
            "life": life,
            "watermarked": watermarked,
            "tells_prompt": tells_prompt,
            "most": MAX_SHARES,
        }
        row = await self._database.row(connection, "insert_share", parameters)
        return None if row is None else Share(**row)

    async def of_task(self, connection: Connection, task_id: str) -> list[Share]:
        """The links to a task's clip that are good now."""
        return [
            Share(**row) for row in await self._database.rows(connection, "list_shares", {"task_id": task_id})
        ]

    async def find(self, connection: Connection, share_id: str) -> Share | None:
        """A link that is good now."""
        row = await self._database.row(connection, "find_share", {"id": share_id})
        return None if row is None else Share(**row)

    async def withdraw(self, connection: Connection, task_id: str, share_id: str) -> bool:
        """End a link; gives whether there was one."""
        parameters = {"id": share_id, "task_id": task_id}
        return await self._database.row(connection, "withdraw_share", parameters) is not None
