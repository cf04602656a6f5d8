"""Elements as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kirin_video.domain.element import Element, StoredPicture
from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Failure, TaskStatus
from kirin_video.store.database import Connection, Database, Row


class ElementRows:
    """Reads and writes the elements of accounts; presets are no rows.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(
        self, connection: Connection, account_id: str, task_id: str, request: ElementRequest
    ) -> bool:
        """Add the element that a task makes.

        Returns:
            Whether that was possible; if not, its number is taken.
        """
        parameters = {
            "id": request.element_id,
            "account_id": account_id,
            "task_id": task_id,
            "name": request.name,
            "description": request.description,
            "tags": list(request.tags),
        }
        return await self._database.row(connection, "insert_element", parameters) is not None

    async def add_pictures(
        self, connection: Connection, element_id: int, pictures: Mapping[int, StoredPicture]
    ) -> None:
        """Name pictures, by their places; 0 is the frontal one."""
        if not pictures:
            return
        parameters = {
            "element_id": element_id,
            "places": list(pictures),
            "keys": [picture.key for picture in pictures.values()],
            "media_types": [picture.media_type for picture in pictures.values()],
            "widths": [picture.width for picture in pictures.values()],
            "heights": [picture.height for picture in pictures.values()],
            "sizes": [picture.size_bytes for picture in pictures.values()],
            "hashes": [picture.sha256 for picture in pictures.values()],
        }
        await self._database.run(connection, "insert_element_pictures", parameters)

    async def hold(self, connection: Connection, element_id: int) -> bool:
        """Keep an element from being deleted until the transaction ends; False if it is gone already."""
        row = await self._database.row(connection, "hold_element", {"element_id": element_id})
        return row is not None

    async def find(self, connection: Connection, account_id: str, ids: Sequence[int]) -> dict[int, Element]:
        """Read the elements of an account that are there, by their numbers."""
        parameters = {"account_id": account_id, "ids": list(ids)}
        rows = await self._database.rows(connection, "find_elements", parameters)
        return {row["id"]: _read(row) for row in rows}

    async def page(
        self, connection: Connection, account_id: str, *, before: int, limit: int
    ) -> list[Element]:
        """Read elements of an account whose numbers are below ``before``, the newest first."""
        parameters = {"account_id": account_id, "before": before, "limit": limit}
        return [_read(row) for row in await self._database.rows(connection, "page_elements", parameters)]

    async def find_picture(self, connection: Connection, key: str) -> tuple[str, bytes] | None:
        """Media type and SHA-256 of a picture of some element."""
        row = await self._database.row(connection, "find_element_picture", {"key": key})
        return None if row is None else (row["media_type"], bytes.fromhex(row["sha256"]))

    async def delete(self, connection: Connection, account_id: str, element_id: int) -> list[str] | None:
        """Delete an element; the keys of its pictures, or None if the account has no such element."""
        parameters = {"account_id": account_id, "element_id": element_id}
        rows = await self._database.rows(connection, "delete_element", parameters)
        return [row["key"] for row in rows if row["key"] is not None] if rows else None


def _read(row: Row) -> Element:
    return Element(
        id=row["id"],
        name=row["name"],
        description=row["description"],
        tags=tuple(row["tags"]),
        status=TaskStatus(row["status"]),
        created_at=row["created_at"],
        pictures=tuple(StoredPicture(**picture) for picture in row["pictures"]),
        task_id=row["task_id"],
        failure=Failure(Fault(row["fault"]), row["message"]) if row["fault"] else None,
    )
