"""Complete a task that makes an element."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kirin_video.domain.element import StoredPicture
from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.services.create_element import FREE, element_facts, element_output
from kirin_video.services.runs import Run
from kirin_video.store.database import Database
from kirin_video.store.element_rows import ElementRows
from kirin_video.store.run_rows import RunRows


@dataclass(frozen=True)
class FinishElement:
    """Completes tasks that make elements.

    Attributes:
        database: where they are.
        runs: the claims of tasks.
        elements: the rows of elements.
    """

    database: Database
    runs: RunRows
    elements: ElementRows

    async def __call__(
        self, run: Run, request: ElementRequest, pictures: Mapping[int, StoredPicture]
    ) -> bool:
        """Complete the task and name the pictures that it fetched, all in one commit.

        Args:
            run: the run.
            request: what the task was asked for.
            pictures: those that were fetched, in place already, by their places; at least one.

        Returns:
            Whether this run completed the task, now or when it was tried before; if not, nothing changed.

        Raises:
            TaskFailure: the element was deleted meanwhile.
            Overloaded: the database cannot be reached; it may have been done all the same, so try again.
        """
        task = run.task
        async with self.database.transaction() as connection:
            if not await self.elements.hold(connection, request.element_id):
                raise TaskFailure(Fault.CANCELLED, "The element was deleted before it was complete.")
            finished = await self.runs.finish(
                connection,
                task.id,
                task.run,
                output=element_output(task.id, task.run, request),
                metadata=element_facts(request),
                price=FREE,
            )
            if finished:
                await self.elements.add_pictures(connection, request.element_id, pictures)
                return True
            # A key is made for one picture of one run; only the commit that completed the task has named it.
            first = next(iter(pictures.values()))
            return await self.elements.find_picture(connection, first.key) is not None
