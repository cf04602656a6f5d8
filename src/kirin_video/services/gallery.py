"""Tasks for people to look at: the gallery, and what one task has been through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirin_video.domain.gallery import PAGE, read_gallery
from kirin_video.domain.listing import position_of
from kirin_video.domain.task import Task
from kirin_video.services.authenticate import Caller
from kirin_video.store.database import Database
from kirin_video.store.gallery_rows import Exhibit, GalleryRows, Maker, Moment


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """A page of the gallery.

    Attributes:
        exhibits: the newest first.
        next_cursor: where the next page begins; None if this is the last.
    """

    exhibits: tuple[Exhibit, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class Gallery:
    """Shows tasks of the caller's account.

    Attributes:
        database: where they are.
        rows: reads them.
    """

    database: Database
    rows: GalleryRows

    async def __call__(self, caller: Caller, query: Sequence[tuple[str, str]]) -> GalleryPage:
        """Read a page; pages follow each other as those of ``ListTasks`` do.

        Args:
            caller: who asks.
            query: names and values of the address's query.

        Raises:
            InvalidRequest: the query is not one.
            Overloaded: the database cannot be reached.
        """
        wanted = read_gallery(query)
        async with self.database.connection() as connection:
            found = await self.rows.page(connection, caller.account_id, wanted)
        page = tuple(found[:PAGE])
        return GalleryPage(page, position_of(page[-1].task).cursor() if len(found) > len(page) else None)

    async def history(self, task: Task) -> tuple[list[Moment], Maker]:
        """What became of a task after it was created, in order, and who made it.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.rows.history(connection, task.id), await self.rows.maker(connection, task.id)
