"""Tasks as people look at them: pages of the gallery, a task's history, and who made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from kirin_video.domain.gallery import PAGE, GalleryQuery
from kirin_video.domain.listing import Position
from kirin_video.domain.task import Task, TaskStatus
from kirin_video.store.database import Connection, Database
from kirin_video.store.task_rows import read_task

_START_OF_TIME: Final = datetime.min.replace(tzinfo=UTC)
_END_OF_TIME: Final = Position(datetime.max.replace(tzinfo=UTC), "")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A task of the gallery.

    Attributes:
        task: the task.
        still: the key of its poster, or of its preview while it is made; None if there is neither.
    """

    task: Task
    still: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that became of a task.

    Attributes:
        status: its status from then on.
        at: when; aware.
    """

    status: TaskStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a task.

    Attributes:
        id: of the key or of the person.
        name: what they are called; None if they are not known any more.
        is_person: whether it is somebody who uses the console.
    """

    id: str | None
    name: str | None
    is_person: bool


class GalleryRows:
    """Reads tasks for people.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, connection: Connection, account_id: str, query: GalleryQuery) -> list[Exhibit]:
        """A page of an account's tasks, and one more if there is another page."""
        position = query.position or _END_OF_TIME
        parameters = {
            "account_id": account_id,
            "status": query.status,
            "mode": query.mode,
            "kind": query.material,
            "key_id": query.key_id,
            "since": query.since or _START_OF_TIME,
            "until": query.until or _END_OF_TIME.created_at,
            "words": [_pattern(word) for word in query.words] or None,
            "position_time": position.created_at,
            "position_id": position.task_id,
            "limit": PAGE + 1,
        }
        # Planned anew each time: which index is best depends on the filters.
        rows = await self._database.rows(connection, "gallery_page", parameters, prepare=False)
        return [Exhibit(read_task(row), row["still"]) for row in rows]

    async def history(self, connection: Connection, task_id: str) -> list[Moment]:
        """What became of a task after it was created, in order."""
        rows = await self._database.rows(connection, "task_history", {"task_id": task_id})
        return [Moment(TaskStatus(row["status"]), row["created_at"]) for row in rows]

    async def maker(self, connection: Connection, task_id: str) -> Maker:
        """Who made a task."""
        row = await self._database.row(connection, "task_key", {"task_id": task_id})
        assert row is not None, "rows of tasks are never removed"
        return Maker(row["key_id"], row["name"], row["is_person"])


def _pattern(word: str) -> str:
    """A pattern of ``LIKE`` for text that holds a word, whatever its characters."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
