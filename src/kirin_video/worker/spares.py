"""The render children of a worker: one for each job, and one that has started before there is a job."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path

from kirin_video.worker.protocol import DoneLine, RenderJob
from kirin_video.worker.render_process import OnProgress, RenderChild, render, start_child

_REST_S = 1.0
"""How long nothing has rendered before a spare starts: not between two tasks that follow each other."""

_AFTER_DEATH_S = 60.0
"""A spare that dies while it waits may do so again; one start a minute is not felt."""

_TAKES_WITHIN_S = 20.0
"""A spare that has not read its job by then hangs. A step of making ready takes one or two seconds."""

_log = logging.getLogger(__name__)


class RenderChildren:
    """Renders jobs, each in a child of its own, the first after a rest in one that is ready for it.

    A spare has no job, no file of a task and no secret. It is used once, like every child.

    Args:
        folder: on whose disk a spare's log is kept.
        spare_for: the engine that a spare makes ready; None to keep no spare.
    """

    def __init__(self, folder: Path, spare_for: str | None) -> None:
        self._folder = folder
        self._spare_for = spare_for
        self._spare: RenderChild | None = None
        self._rendering = 0
        self._not_before = time.monotonic() + _REST_S

    async def render(self, job: RenderJob, on_progress: OnProgress) -> DoneLine:
        """Render in the spare if there is one that lives, else in a child that is started for it.

        Cancelling kills the child before it returns.

        Args:
            job: what to make.
            on_progress: told the stage and how far it is, 0.0 to 1.0; must be quick.

        Raises:
            TaskFailure: the engine failed, the child died, or what it said makes no sense.
        """
        self._rendering += 1
        try:
            done = await self._render_in_spare(job, on_progress)
            return done or await render(job, on_progress)
        finally:
            self._rendering -= 1
            self._not_before = max(self._not_before, time.monotonic() + _REST_S)

    async def tend(self) -> None:
        """Start a spare if there is none and it is time; for the worker to call again and again."""
        if self._spare is not None and not self._spare.lives:
            await self._bury(self._spare)
        if self._spare_for is None or self._spare is not None or not self._is_resting():
            return
        try:
            spare = await start_child(self._folder, warm=self._spare_for)
        except OSError as error:
            _log.warning("no render child can be kept ready: %s", error)
            self._not_before = time.monotonic() + _AFTER_DEATH_S
            return
        if self._rendering:  # it would take cores from a clip
            await spare.end()
            return
        self._spare = spare
        _log.info("render child %s waits for a task", spare.pid)

    async def close(self) -> None:
        """End the spare; nothing is started any more."""
        self._spare_for = None
        if (spare := self._taken()) is not None:
            await spare.end()

    def _is_resting(self) -> bool:
        return not self._rendering and time.monotonic() >= self._not_before

    def _taken(self) -> RenderChild | None:
        """The spare, which nobody else gets any more."""
        spare, self._spare = self._spare, None
        return spare

    async def _render_in_spare(self, job: RenderJob, on_progress: OnProgress) -> DoneLine | None:
        """Render in the spare; None where there is none for this job, or it is dead or hangs."""
        if job.engine != self._spare_for or (spare := self._taken()) is None:
            return None
        try:
            if await _takes(spare, job):
                _log.info("render child %s, which was waiting, renders", spare.pid)
                return await spare.result(on_progress)
        finally:
            await spare.end()
        self._spare_died(spare.pid)
        return None

    async def _bury(self, spare: RenderChild) -> None:
        self._spare = None
        self._spare_died(spare.pid)
        _log.info("the log of render child %s ends with:\n%s", spare.pid, spare.tail())
        await spare.end()

    def _spare_died(self, pid: int) -> None:
        _log.warning("render child %s died or hung while it waited; no task is touched by that", pid)
        self._not_before = time.monotonic() + _AFTER_DEATH_S


async def _takes(spare: RenderChild, job: RenderJob) -> bool:
    """Whether a spare reads its job."""
    try:
        async with asyncio.timeout(_TAKES_WITHIN_S):
            return spare.lives and await spare.take(job)
    except TimeoutError:
        return False
