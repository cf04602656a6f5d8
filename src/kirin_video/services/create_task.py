"""Accept a request: from what a caller sent to a task with its hold and its job, in one commit."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import cast

from kirin_video.domain.errors import Conflict, Overloaded, TooManyRequests
from kirin_video.domain.pricing import PriceList, billed_seconds, price_request
from kirin_video.domain.request import GenerationRequest, parse_request
from kirin_video.domain.task import Task, TaskStatus, new_task_id
from kirin_video.engines.registry import EngineRegistry
from kirin_video.queue.jobs import JobQueue
from kirin_video.services.authenticate import Caller
from kirin_video.services.batch import Batch
from kirin_video.services.concurrency import LimitUnfinished
from kirin_video.services.engine_support import refuse_callbacks, require_engine
from kirin_video.services.take_inputs import TakeInputs
from kirin_video.store.database import Connection, Database
from kirin_video.store.task_rows import NewTask, StoredTask, TaskRows

_SEED_BITS = 31
_HEAVY_CHARS = 65_536
_MAX_DEPTH = 8


_Outcome = Task | StoredTask | TooManyRequests


@dataclass(frozen=True, slots=True)
class Created:
    """The answer to a request.

    Attributes:
        task: the task.
        replayed: whether it existed already, made by the same request under the same external id.
    """

    task: Task
    replayed: bool


@dataclass(frozen=True)
class CreateTask:
    """Creates tasks. Requests that arrive together share a commit.

    Attributes:
        database: where tasks are kept.
        tasks: their rows.
        queue: where workers find them.
        queue_name: the queue that new tasks enter.
        engines: what this server can make.
        prices: what it costs.
        take_inputs: keeps the pictures that come inside a request, and takes uploads.
        limit_unfinished: keeps accounts within their limits.
    """

    database: Database
    tasks: TaskRows
    queue: JobQueue
    queue_name: str
    engines: EngineRegistry
    prices: PriceList
    take_inputs: TakeInputs = field(repr=False)
    limit_unfinished: LimitUnfinished = field(repr=False)

    async def __call__(self, caller: Caller, raw: object) -> Created:
        """Create a task.

        Args:
            caller: who asks.
            raw: the decoded JSON of the request.

        Returns:
            The task, or the one that the same request made before under the same external id.

        Raises:
            InvalidRequest: the request breaks a rule, or no engine here can make it.
            Conflict: its external id was used before for another request.
            TooManyRequests: the account has as many unfinished tasks as it may.
            Overloaded: the database cannot be reached. The task may exist all the same: sending the
                request again with the same external id is safe.
        """
        request, fingerprint = await _off_loop_if_heavy(raw)
        require_engine(request, self.engines)
        refuse_callbacks(request.callback_url)
        existing = await self._existing(caller, request)
        if existing is not None:
            return replay(existing, fingerprint)
        task_id = new_task_id()
        taken = await self.take_inputs(caller.account_id, task_id, request)
        length_s = taken.base_length_s
        base_seconds = None if length_s is None else billed_seconds(length_s)
        draft = NewTask(
            id=task_id,
            account_id=caller.account_id,
            external_id=request.external_task_id,
            fingerprint=fingerprint,
            request=taken.request,
            seed=secrets.randbits(_SEED_BITS) if request.seed is None else request.seed,
            price=price_request(request, self.prices, caller.discount_percent, base_seconds),
            blobs=taken.blobs,
            max_unfinished=caller.limits.unfinished_tasks,
        )
        result = await self._batch(draft)
        if isinstance(result, Task):
            return Created(result, replayed=False)
        await self.take_inputs.discard(taken.blobs)
        if isinstance(result, TooManyRequests):
            raise result
        return replay(result, fingerprint)

    @cached_property
    def _batch(self) -> Batch[NewTask, _Outcome]:
        return Batch(self._insert)

    async def _existing(self, caller: Caller, request: GenerationRequest) -> StoredTask | None:
        """The task that has the external id already, if looking first saves judging pictures again.

        The database settles who is first in any case, when the task is written.
        """
        if request.external_task_id is None or not (request.image_list or request.video_list):
            return None
        async with self.database.connection() as connection:
            return await self.tasks.find_by_external_id(
                connection, caller.account_id, request.external_task_id
            )

    async def _insert(self, drafts: Sequence[NewTask]) -> list[_Outcome]:
        """Write tasks, holds, files and jobs; for an external id that is taken, give what has it."""
        async with self.database.transaction() as connection:
            refused = await self.limit_unfinished(connection, drafts)
            created = await self.tasks.insert(connection, [d for d in drafts if d.id not in refused])
            await self.queue.enqueue(connection, self.queue_name, sorted(created))
            taken = {
                draft.id: await self._holder(connection, draft)
                for draft in drafts
                if draft.id not in created and draft.id not in refused
            }
        return [
            _new(draft, created[draft.id])
            if draft.id in created
            else refused.get(draft.id) or taken[draft.id]
            for draft in drafts
        ]

    async def _holder(self, connection: Connection, draft: NewTask) -> StoredTask:
        assert draft.external_id is not None
        found = await self.tasks.find_by_external_id(connection, draft.account_id, draft.external_id)
        if found is None:
            raise Overloaded("The task under this external_task_id was deleted just now. Send it again.")
        return found


async def _off_loop_if_heavy(raw: object) -> tuple[GenerationRequest, str]:
    """Parse in a thread what would keep everyone else waiting: pictures of many megabytes."""
    if _chars(raw) < _HEAVY_CHARS:
        return _parse(raw)
    return await asyncio.to_thread(_parse, raw)


def _parse(raw: object) -> tuple[GenerationRequest, str]:
    request = parse_request(raw)
    return request, request.fingerprint()


def _chars(raw: object, depth: int = 0) -> int:
    """About how much text a request holds."""
    match raw:
        case str():
            return len(raw)
        case dict() if depth < _MAX_DEPTH:
            return sum(_chars(value, depth + 1) for value in cast("dict[str, object]", raw).values())
        case list() if depth < _MAX_DEPTH:
            return sum(_chars(value, depth + 1) for value in cast("list[object]", raw))
        case _:
            return 0


def replay(existing: StoredTask, fingerprint: str) -> Created:
    """Answer a request whose external id names a task already.

    Raises:
        Conflict: that task was made by another request.
    """
    if existing.fingerprint != fingerprint:
        raise Conflict(
            f'external_task_id "{existing.task.external_id}" was used before for another request. '
            "Choose a new id, or send the same request again to get that task."
        )
    return Created(existing.task, replayed=True)


def _new(draft: NewTask, created_at: datetime) -> Task:
    """The task as it was just written."""
    return Task(
        id=draft.id,
        account_id=draft.account_id,
        external_id=draft.external_id,
        status=TaskStatus.QUEUED,
        run=0,
        progress=0.0,
        stage="",
        request=draft.request,
        seed=draft.seed,
        created_at=created_at,
        started_at=None,
        finished_at=None,
        price=draft.price,
    )
