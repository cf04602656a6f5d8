"""Accept a request for an element: the element, and the task that makes it, in one commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from kirin_video.domain.callback import new_callback
from kirin_video.domain.element import StoredPicture, new_element_id
from kirin_video.domain.element_request import ElementRequest, parse_element_request
from kirin_video.domain.errors import Conflict, KirinError, NotFound, Overloaded, TooManyRequests
from kirin_video.domain.pricing import Price
from kirin_video.domain.task import ElementOutput, new_task_id
from kirin_video.domain.task_names import TaskNames
from kirin_video.queue.jobs import JobQueue
from kirin_video.services.authenticate import Caller
from kirin_video.services.concurrency import LimitUnfinished
from kirin_video.services.off_loop import off_loop_if_heavy
from kirin_video.services.repeats import Created, FindRepeat, repeated
from kirin_video.services.take_pictures import TakePictures
from kirin_video.store.database import Connection, Database
from kirin_video.store.element_rows import ElementRows
from kirin_video.store.name_rows import NameRows
from kirin_video.store.run_rows import RunRows
from kirin_video.store.task_rows import NewTask, TaskRows

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
        names: what callers call them.
        runs: the claims of tasks.
        elements: the rows of elements.
        queue: where workers find tasks.
        worker_class: the class of worker that fetches pictures.
        take_pictures: keeps the pictures that come with a request.
        limit_unfinished: keeps accounts within their limits.
    """

    database: Database
    tasks: TaskRows
    names: NameRows
    runs: RunRows
    elements: ElementRows
    queue: JobQueue
    worker_class: str
    take_pictures: TakePictures = field(repr=False)
    limit_unfinished: LimitUnfinished = field(repr=False)

    async def __call__(
        self,
        caller: Caller,
        raw: object,
        *,
        key: str | None = None,
        base_url: str = "",
        model_needed: bool = True,
    ) -> Created:
        """Create an element.

        Args:
            caller: who asks.
            raw: the decoded JSON of the request.
            key: the key of the call, if it has one; calls with the same key make one element.
            base_url: where the caller reaches this server, for the links in callbacks.
            model_needed: whether it must name the model.

        Returns:
            The task that makes it, or the one that the same request made before under the same external id
            or key.

        Raises:
            InvalidRequest: the request breaks a rule.
            Conflict: its external id or its key was used before for another request.
            NotFound: the call was made before, and its task deleted since.
            TooManyRequests: there are pictures to fetch, and no room for another unfinished task.
            Overloaded: the database cannot be reached, or there is no room. The element may exist all the
                same: sending the request again with the same external id or key is safe.
        """
        request, fingerprint = await off_loop_if_heavy(partial(_parse, model_needed=model_needed), raw)
        names = TaskNames(caller.account_id, request.external_task_id, key)
        repeat = await FindRepeat(self.database, self.names)(names, fingerprint)
        if repeat is not None:
            return repeat
        request, pictures = await self.take_pictures(caller.account_id, request)
        draft = replace(
            _draft(caller, names, request, fingerprint, waits=len(pictures) < len(request.pictures)),
            callback=new_callback(request.callback_url, base_url),
        )
        try:
            created = await self._write(draft, request, pictures)
        except (TooManyRequests, Conflict, NotFound):
            # Refused for certain. After any other error nobody knows whether it was committed.
            await self.take_pictures.discard(pictures.values())
            raise
        if created.replayed:
            await self.take_pictures.discard(pictures.values())
        return created

    async def _write(
        self, draft: NewTask, request: ElementRequest, pictures: Mapping[int, StoredPicture]
    ) -> Created:
        """Write task and element under a number that is free; the task that has its name, if any."""
        for _ in range(_DRAWS):
            numbered = request.model_copy(update={"element_id": new_element_id()})
            try:
                async with self.database.transaction() as connection:
                    return await self._insert(
                        connection, replace(draft, request=numbered), numbered, pictures
                    )
            except _NumberTaken:
                continue
        raise Overloaded("The server could not find a free number for the element. Try again.")

    async def _insert(
        self,
        connection: Connection,
        draft: NewTask,
        request: ElementRequest,
        pictures: Mapping[int, StoredPicture],
    ) -> Created:
        refused = await self.limit_unfinished(connection, [draft])
        if draft.id in refused:
            raise refused[draft.id]
        if draft.id not in await self.tasks.insert(connection, [draft]):
            [found] = await self.names.find(connection, [draft.names])
            return repeated(found, draft.names, draft.fingerprint)
        if not await self.elements.insert(connection, draft.account_id, draft.id, request):
            raise _NumberTaken
        await self.elements.add_pictures(connection, request.element_id, pictures)
        if len(pictures) == len(request.pictures):
            await self._complete(connection, draft.id, request)
        else:
            await self.queue.enqueue(connection, {draft.id: self.worker_class})
        written = await self.tasks.find(connection, draft.account_id, draft.id)
        assert written is not None
        return Created(written.task, replayed=False)

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


def _draft(
    caller: Caller, names: TaskNames, request: ElementRequest, fingerprint: str, *, waits: bool
) -> NewTask:
    return NewTask(
        id=new_task_id(),
        names=names,
        fingerprint=fingerprint,
        request=request,
        seed=0,
        price=FREE,
        max_unfinished=caller.limits.unfinished_tasks if waits else 0,
        key_id=caller.key_id,
    )
