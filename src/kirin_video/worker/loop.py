"""The worker: signs in, beats, sweeps, claims tasks and works on them until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from functools import partial

from kirin_video.domain.errors import KirinError, Overloaded
from kirin_video.queue.errors import ClaimLost
from kirin_video.queue.jobs import CHANNEL, Claim
from kirin_video.settings import Settings
from kirin_video.store.listener import Listener
from kirin_video.wiring import Services
from kirin_video.worker.deliverer import Deliverer
from kirin_video.worker.ending import end, heeding_signals
from kirin_video.worker.noting import noting
from kirin_video.worker.patience import repeat, until_reached
from kirin_video.worker.presence import Presence
from kirin_video.worker.spares import RenderChildren
from kirin_video.worker.task_run import TaskRun

_POLL_S = 1.0  # a wake-up can get lost
_SWEEP_S = 0.5
_TEND_FILES_S = 30.0
_TEND_CHILDREN_S = 0.5
_FORGET_KEYS_S = 600.0
_FORGET_DELIVERIES_S = 3600.0
_UNCLAIMED_S = 5.0
_REVIEW_S = 60.0
_SIGN_OUT_S = 1.0
_LET_GO_S = 2.5  # a little longer than a run may take to give its task back
_AT_ONCE_S = 0.1

_log = logging.getLogger(__name__)


async def run_worker(services: Services, settings: Settings, stop: asyncio.Event | None = None) -> None:
    """Work until SIGTERM or SIGINT, or until ``stop`` is set; then give back what is unfinished, within 3 s.

    Args:
        services: everything that was built.
        settings: what the operator set.
        stop: another way to stop it.
    """
    stop = stop or asyncio.Event()
    with heeding_signals(stop):
        async with noting(services.database, "worker"):
            await Worker(services, settings).run(stop)


class Worker:
    """One worker process's share of the work.

    Args:
        services: everything that was built.
        settings: the classes of task, how many tasks at a time, how often to beat.
    """

    def __init__(self, services: Services, settings: Settings) -> None:
        self._services = services
        self._settings = settings
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._classes = settings.queues or services.engines.worker_classes
        self._children = RenderChildren(services.scratch, self._spare_for() if settings.spare_child else None)
        self._task_run = TaskRun(services, self._name, settings.run_timeout_s, self._classes, self._children)
        self._slots = asyncio.Semaphore(settings.worker_concurrency)
        self._woken = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._held: set[int] = set()
        self._stopping = False
        self._presence = Presence(
            services.liveness,
            services.queue,
            name=self._name,
            classes=self._classes,
            slots=settings.worker_concurrency,
            stalled_after_s=settings.stalled_after_s,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop, then give back what is unfinished."""
        stopping = asyncio.create_task(_wait(stop), name="stop")
        working = asyncio.create_task(self._work(), name="work")
        try:
            await asyncio.wait({stopping, working}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                await working  # raises: it never ends by itself
        finally:
            _log.info("worker %s stops", self._name)
            self._stopping = True
            await end([stopping], _AT_ONCE_S)
            await end([working], _LET_GO_S + _SIGN_OUT_S + 1.0)

    async def _work(self) -> None:
        """Sign in and claim tasks until cancelled; then let go of everything, losing nothing."""
        await until_reached(self._presence.sign_in)
        settings = self._settings
        background = [
            asyncio.create_task(repeat(self._presence.beat, settings.heartbeat_s), name="heartbeat"),
            asyncio.create_task(repeat(self._sweep, _SWEEP_S), name="sweep"),
            asyncio.create_task(repeat(self._give_back_unclaimed, _UNCLAIMED_S), name="unclaimed"),
            asyncio.create_task(repeat(self._review, _REVIEW_S), name="review"),
            asyncio.create_task(repeat(self._services.forget_keys, _FORGET_KEYS_S), name="forget keys"),
            asyncio.create_task(repeat(self._listen, _POLL_S), name="listen"),
            asyncio.create_task(self._deliver(), name="deliver callbacks"),
            asyncio.create_task(
                repeat(self._services.callbacks.forget, _FORGET_DELIVERIES_S), name="forget deliveries"
            ),
            asyncio.create_task(repeat(self._services.tend_files, _TEND_FILES_S), name="tend files"),
            asyncio.create_task(repeat(self._children.tend, _TEND_CHILDREN_S), name="tend children"),
        ]
        try:
            await self._claim_forever()
        finally:
            await end(self._running, _LET_GO_S)
            await end(background, _AT_ONCE_S)
            await self._children.close()
            with contextlib.suppress(KirinError, TimeoutError):
                async with asyncio.timeout(_SIGN_OUT_S):
                    await self._presence.sign_out()

    def _spare_for(self) -> str | None:
        """The first engine of this worker's classes: that which most of its tasks get."""
        engines = self._services.engines
        return next((n for n in engines.names if engines.engine(n).worker_class in self._classes), None)

    async def _sweep(self) -> None:
        if await self._presence.sweep():
            self._woken.set()

    async def _give_back_unclaimed(self) -> None:
        await self._presence.give_back_unclaimed(self._held)

    async def _review(self) -> None:
        """Say what nobody works on, and keep what is counted short."""
        for each in (await self._services.read_load()).unserved:
            _log.warning("%s tasks wait for a worker of class %s", each.ready, each.worker_class)
        await self._services.read_load.fold()

    async def _deliver(self) -> None:
        callbacks = self._services.callbacks
        await Deliverer(callbacks.claim, callbacks.attempt, callbacks.end).run()

    async def _listen(self) -> None:
        def told(worker_class: str) -> None:
            if worker_class in self._classes:
                self._woken.set()

        url = self._settings.database_url
        await Listener(url, CHANNEL, on_told=told, on_connected=self._woken.set).listen()

    async def _claim_forever(self) -> None:
        while not self._stopping:
            await self._slots.acquire()
            claim = await self._next_claim()
            if claim is None:
                return
            running = asyncio.create_task(self._task_run(claim), name=f"task {claim.task_id}")
            self._running.add(running)
            self._held.add(claim.job_id)
            running.add_done_callback(partial(self._ended, claim))

    async def _next_claim(self) -> Claim | None:
        """Wait for a job, woken by its arrival or by the clock; None when the worker stops."""
        while not self._stopping:
            self._woken.clear()
            try:
                claim = await self._services.queue.claim(self._presence.worker_id, self._classes)
            except ClaimLost:
                await until_reached(self._presence.sign_in)
                continue
            except Overloaded as error:
                _log.warning("%s", error)
            else:
                if claim is not None:
                    return claim
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_POLL_S):
                    await self._woken.wait()
        return None

    def _ended(self, claim: Claim, running: asyncio.Task[None]) -> None:
        self._running.discard(running)
        self._held.discard(claim.job_id)
        self._slots.release()
        if not running.cancelled() and (error := running.exception()):
            _log.error("a task's run broke off", exc_info=error)


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
