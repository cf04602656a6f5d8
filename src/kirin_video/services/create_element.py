"""Accept a request for an element: the element, and the task that makes it, in one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from kirin_video.domain.element import StoredPicture, new_element_id
from kirin_video.domain.element_request import ElementRequest, parse_element_request
from kirin_video.domain.errors import KirinError, Overloaded, TooManyRequests
from kirin_video.domain.pricing import Price
from kirin_video.domain.task import ElementOutput, Task, new_task_id
from kirin_video.queue.jobs import JobQueue
from kirin_video.services.authenticate import Caller
from kirin_video.services.concurrency import LimitUnfinished
from kirin_video.services.create_task import Created, replay
from kirin_video.services.engine_support import refuse_callbacks
from kirin_video.services.take_pictures import TakePictures
from kirin_video.store.database import Connection, Database
from kirin_video.store.element_rows import ElementRows
from kirin_video.store.run_rows import RunRows
from kirin_video.store.task_rows import NewTask, StoredTask, TaskRows

FREE = Price(cost=0, discount=0)
"""Elements cost nothing."""

_DRAWS = 8


class _NumberTaken(KirinError):
    """Another element has the number that was drawn."""


@dataclass(frozen=True)
class CreateElement:
    """Creates elements, each by a task of its own.

    A task whose pictures are all here is completed in the commit that creates it: there is nothing left to
    wait for. Pictures at URLs are fetched by a worker.

    Attributes:
        database: where tasks and elements are kept.
        tasks: the rows of tasks.
        runs: the claims of tasks.
        elements: the rows of elements.
        queue: where workers find tasks.
        queue_name: the queue that new tasks enter.
        take_pictures: keeps the pictures that come with a request.
        limit_unfinished: keeps accounts within their limits.
    """

    database: Database
    tasks: TaskRows
    runs: RunRows
    elements: ElementRows
    queue: JobQueue
    queue_name: str
    take_pictures: TakePictures = field(repr=False)
    limit_unfinished: LimitUnfinished = field(repr=False)

    async def __call__(self, caller: Caller, raw: object, *, model_needed: bool = True) -> Created:
        """Create an element.

        Args:
            caller: who asks.
            raw: the decoded JSON of the request.
            model_needed: whether it must name the model.

        Returns:
            The task that makes it, or the one that the same request made before under the same external id.

        Raises:
            InvalidRequest: the request breaks a rule.
            Conflict: its external id was used before for another request.
            TooManyRequests: there are pictures to fetch, and no room for another unfinished task.
            Overloaded: the database cannot be reached, or there is no room. The element may exist all the
                same: sending the request again with the same external id is safe.
        """
        # In a thread: there may be forty megabytes of base64 in it.
        request, fingerprint = await asyncio.to_thread(_parse, raw, model_needed=model_needed)
        existing = await self._existing(caller, request)
        if existing is not None:
            return replay(existing, fingerprint)
        refuse_callbacks(request.callback_url)
        request, pictures = await self.take_pictures(caller.account_id, request)
        try:
            result = await self._write(caller, request, fingerprint, pictures)
        except TooManyRequests:  # of other errors nobody can say whether the commit happened
            await self.take_pictures.discard(pictures.values())
            raise
        if isinstance(result, StoredTask):
            await self.take_pictures.discard(pictures.values())
            return replay(result, fingerprint)
        return Created(result, replayed=False)

    async def _existing(self, caller: Caller, request: ElementRequest) -> StoredTask | None:
        """The task that has the external id already; the database settles who is first in any case."""
        if request.external_task_id is None:
            return None
        async with self.database.connection() as connection:
            return await self.tasks.find_by_external_id(
                connection, caller.account_id, request.external_task_id
            )

    async def _write(
        self,
        caller: Caller,
        request: ElementRequest,
        fingerprint: str,
        pictures: Mapping[int, StoredPicture],
    ) -> Task | StoredTask:
        """Write task and element under a number that is free; the task that has the external id, if any."""
        for _ in range(_DRAWS):
            numbered = request.model_copy(update={"element_id": new_element_id()})
            draft = _draft(caller, numbered, fingerprint, waits=len(pictures) < len(request.pictures))
            try:
                async with self.database.transaction() as connection:
                    return await self._insert(connection, draft, numbered, pictures)
            except _NumberTaken:
                continue
        raise Overloaded("The server could not find a free number for the element. Try again.")

    async def _insert(
        self,
        connection: Connection,
        draft: NewTask,
        request: ElementRequest,
        pictures: Mapping[int, StoredPicture],
    ) -> Task | StoredTask:
        refused = await self.limit_unfinished(connection, [draft])
        if draft.id in refused:
            raise refused[draft.id]
        if draft.id not in await self.tasks.insert(connection, [draft]):
            assert draft.external_id is not None
            held = await self.tasks.find_by_external_id(connection, draft.account_id, draft.external_id)
            if held is None:
                raise Overloaded("The task under this external_task_id was deleted just now. Send it again.")
            return held
        if not await self.elements.insert(connection, draft.account_id, draft.id, request):
            raise _NumberTaken
        await self.elements.add_pictures(connection, request.element_id, pictures)
        if len(pictures) == len(request.pictures):
            await self._complete(connection, draft.id, request)
        else:
            await self.queue.enqueue(connection, self.queue_name, [draft.id])
        found = await self.tasks.find(connection, draft.account_id, draft.id)
        assert found is not None
        return found.task

    async def _complete(self, connection: Connection, task_id: str, request: ElementRequest) -> None:
        """Run the task, which takes no time, as a worker would."""
        started = await self.runs.start(connection, task_id)
        assert started is not None
        await self.runs.finish(
            connection,
            task_id,
            started.run,
            output=element_output(task_id, started.run, request),
            metadata=element_facts(request),
            price=FREE,
        )


def element_output(task_id: str, run: int, request: ElementRequest) -> ElementOutput:
    """What a run of a task for an element makes."""
    return ElementOutput(request.element_id, f"{task_id}-{run}")


def element_facts(request: ElementRequest) -> dict[str, object]:
    """What callers are told about a new element."""
    return {"element_name": request.name, "num_pictures": len(request.pictures), "notes": []}


def _parse(raw: object, *, model_needed: bool) -> tuple[ElementRequest, str]:
    request = parse_element_request(raw, model_needed=model_needed)
    return request, request.fingerprint()


def _draft(caller: Caller, request: ElementRequest, fingerprint: str, *, waits: bool) -> NewTask:
    return NewTask(
        id=new_task_id(),
        account_id=caller.account_id,
        external_id=request.external_task_id,
        fingerprint=fingerprint,
        request=request,
        seed=0,
        price=FREE,
        max_unfinished=caller.limits.unfinished_tasks if waits else 0,
    )
