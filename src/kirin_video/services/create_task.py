"""Accept a request: from what a caller sent to a task with its hold and its job, in one commit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from kirin_video.domain.callback import new_callback
from kirin_video.domain.errors import Rejected
from kirin_video.domain.pricing import billed_seconds, price_request
from kirin_video.domain.request import GenerationRequest, parse_request
from kirin_video.domain.task import Task, TaskStatus, new_task_id
from kirin_video.domain.task_names import TaskNames
from kirin_video.engines.registry import EngineRegistry
from kirin_video.queue.jobs import JobQueue
from kirin_video.services.authenticate import Caller
from kirin_video.services.batch import Batch
from kirin_video.services.concurrency import LimitUnfinished
from kirin_video.services.cover_holds import CoverHolds
from kirin_video.services.engine_support import require_engine, worker_class
from kirin_video.services.off_loop import off_loop_if_heavy
from kirin_video.services.prices import CurrentPrices
from kirin_video.services.repeats import Created, FindRepeat, repeated
from kirin_video.services.take_inputs import TakeInputs
from kirin_video.store.database import Database
from kirin_video.store.name_rows import NamedTask, NameRows
from kirin_video.store.task_rows import NewTask, TaskRows

_SEED_BITS = 31

_Outcome = Created | Rejected


@dataclass(frozen=True)
class CreateTask:
    """Creates tasks. Requests that arrive together share a commit.

    Attributes:
        database: where tasks are kept.
        tasks: their rows.
        names: what callers call them.
        queue: where workers find them.
        engines: what this server can make.
        prices: what it costs.
        take_inputs: keeps the pictures that come inside a request, and takes uploads.
        limit_unfinished: keeps accounts within their limits.
        cover_holds: keeps accounts within their budgets and keys within their caps.
    """

    database: Database
    tasks: TaskRows
    names: NameRows
    queue: JobQueue
    engines: EngineRegistry
    prices: CurrentPrices
    take_inputs: TakeInputs = field(repr=False)
    limit_unfinished: LimitUnfinished = field(repr=False)
    cover_holds: CoverHolds = field(repr=False)

    async def __call__(
        self, caller: Caller, raw: object, *, key: str | None = None, base_url: str = ""
    ) -> Created:
        """Create a task.

        Args:
            caller: who asks.
            raw: the decoded JSON of the request.
            key: the key of the call, if it has one; calls with the same key make one task.
            base_url: where the caller reaches this server, for the links in callbacks.

        Returns:
            The task, or the one that the same request made before under the same external id or key.

        Raises:
            InvalidRequest: the request breaks a rule, or no engine here can make it.
            Conflict: its external id or its key was used before for another request.
            NotFound: the call was made before, and its task deleted since.
            TooManyRequests: the account has as many unfinished tasks as it may.
            InsufficientFunds: its budget or its key's spend cap does not cover the price.
            Overloaded: the database cannot be reached. The task may exist all the same: sending the
                request again with the same external id or key is safe.
        """
        request, fingerprint = await off_loop_if_heavy(_parse, raw)
        names = TaskNames(caller.account_id, request.external_task_id, key)
        if request.image_list or request.video_list or request.element_list:
            repeat = await self._before_media(caller, names, fingerprint)
            if repeat is not None:
                return repeat
        require_engine(request, self.engines)
        draft = await self._draft(caller, names, request, fingerprint, base_url)
        outcome = await self._batch(draft)
        if isinstance(outcome, Created) and not outcome.replayed:
            return outcome
        await self.take_inputs.discard(draft.blobs)
        if isinstance(outcome, Rejected):
            raise outcome
        return outcome

    @cached_property
    def _batch(self) -> Batch[NewTask, _Outcome]:
        return Batch(self._insert)

    async def _before_media(self, caller: Caller, names: TaskNames, fingerprint: str) -> Created | None:
        """Settle without judging what need not be judged: a repeat, and a task for which there is no room.

        A repeat is found here even if an upload or an element that it names is gone by now.
        """
        repeat = await FindRepeat(self.database, self.names)(names, fingerprint)
        if repeat is None and caller.limits.unfinished_tasks:
            async with self.database.connection() as connection:
                await self.limit_unfinished.require_room(
                    connection, caller.account_id, caller.limits.unfinished_tasks
                )
        return repeat

    async def _draft(
        self, caller: Caller, names: TaskNames, request: GenerationRequest, fingerprint: str, base_url: str
    ) -> NewTask:
        """The task to be: its pictures judged and kept, its price known."""
        task_id = new_task_id()
        taken = await self.take_inputs(caller.account_id, task_id, request)
        length_s = taken.base_length_s
        base_seconds = None if length_s is None else billed_seconds(length_s)
        priced = await self.prices()
        return NewTask(
            id=task_id,
            names=names,
            fingerprint=fingerprint,
            request=taken.request,
            seed=secrets.randbits(_SEED_BITS) if request.seed is None else request.seed,
            price=price_request(request, priced.prices, caller.discount_percent, base_seconds),
            price_version=priced.version,
            blobs=taken.blobs,
            max_unfinished=caller.limits.unfinished_tasks,
            callback=new_callback(request.callback_url, base_url),
            key_id=caller.key_id,
            is_capped=caller.is_capped,
        )

    async def _insert(self, drafts: Sequence[NewTask]) -> list[_Outcome]:
        """Write tasks, holds, files and jobs; for a draft one of whose names is taken, what has the name."""
        outcomes: dict[str, _Outcome] = {}
        async with self.database.transaction() as connection:
            outcomes.update(await self.limit_unfinished(connection, drafts))
            roomy = [draft for draft in drafts if draft.id not in outcomes]
            outcomes.update(await self.cover_holds(connection, roomy))
            created = await self.tasks.insert(connection, [d for d in roomy if d.id not in outcomes])
            classes = {d.id: worker_class(d.request, self.engines) for d in drafts if d.id in created}
            await self.queue.enqueue(connection, classes)
            repeats = [d for d in drafts if d.id not in outcomes and d.id not in created]
            found = await self.names.find(connection, [draft.names for draft in repeats])
        for draft, named in zip(repeats, found, strict=True):
            outcomes[draft.id] = _repeated(named, draft)
        for draft in drafts:
            if draft.id in created:
                outcomes[draft.id] = Created(_new(draft, created[draft.id]), replayed=False)
        return [outcomes[draft.id] for draft in drafts]


def _repeated(named: NamedTask | None, draft: NewTask) -> _Outcome:
    try:
        return repeated(named, draft.names, draft.fingerprint)
    except Rejected as refusal:  # one draft's alone: the others of its batch are created
        return refusal


def _parse(raw: object) -> tuple[GenerationRequest, str]:
    request = parse_request(raw)
    return request, request.fingerprint()


def _new(draft: NewTask, created_at: datetime) -> Task:
    """The task as it was just written."""
    return Task(
        id=draft.id,
        account_id=draft.account_id,
        external_id=draft.names.external_id,
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
