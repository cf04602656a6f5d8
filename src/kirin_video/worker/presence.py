"""A worker among others: it is known to be there, and sees to the tasks of those who are not any more."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Collection, Sequence

from kirin_video.queue.errors import ClaimLost
from kirin_video.queue.jobs import JobQueue
from kirin_video.queue.liveness import Liveness

_SIGN_IN_AGAIN_S = 600.0  # a silence after which the registration may be forgotten

_log = logging.getLogger(__name__)


class Presence:
    """One worker's registration, its beats, and its share of the sweep.

    Args:
        liveness: who is alive.
        queue: where the tasks of those who are not have to go.
        name: this worker's, for the log.
        classes: the classes of task it takes.
        slots: how many it takes at a time.
        stalled_after_s: seconds of silence after which a worker counts as lost.
    """

    def __init__(  # noqa: PLR0913 - what the others are to know, and whom to tell
        self,
        liveness: Liveness,
        queue: JobQueue,
        *,
        name: str,
        classes: Sequence[str],
        slots: int,
        stalled_after_s: float,
    ) -> None:
        self._liveness = liveness
        self._queue = queue
        self._name = name
        self._classes = classes
        self._slots = slots
        self._stalled_after_s = stalled_after_s
        self.worker_id = 0
        self._beaten_at = 0.0
        self._healthy_since = float("-inf")
        self._unclaimed: set[int] = set()

    async def sign_in(self) -> None:
        """Register, under a new number.

        Raises:
            Overloaded: the database cannot be reached.
        """
        self.worker_id = await self._liveness.sign_in(self._name, self._classes, self._slots)
        self._beaten_at = time.monotonic()
        _log.info("worker %s is number %s, for %s", self._name, self.worker_id, ", ".join(self._classes))

    async def sign_out(self) -> None:
        """Be forgotten; what this worker still holds is another's at once.

        Raises:
            Overloaded: the database cannot be reached.
        """
        await self._liveness.sign_out(self.worker_id)

    async def beat(self) -> None:
        """Give a sign of life.

        Raises:
            Overloaded: the database cannot be reached.
        """
        if time.monotonic() - self._beaten_at > _SIGN_IN_AGAIN_S:
            await self.sign_in()
            return
        await self._liveness.beat(self.worker_id)
        now = time.monotonic()
        if now - self._beaten_at > self._stalled_after_s:
            self._healthy_since = now
        self._beaten_at = now

    async def sweep(self) -> int:
        """Put back the jobs of lost workers; gives how many.

        Not while we ourselves could not beat, nor for as long again afterwards: what kept us from it, such as
        a database that was away, kept the others from it too.

        Raises:
            Overloaded: the database cannot be reached.
        """
        now = time.monotonic()
        if now - self._beaten_at > self._stalled_after_s or now - self._healthy_since < self._stalled_after_s:
            return 0
        freed = await self._liveness.sweep(self.worker_id)
        if freed:
            _log.warning("%s jobs of lost workers are put back", freed)
        return freed

    async def give_back_unclaimed(self, held: Collection[int]) -> None:
        """Give back jobs that are in this worker's name though it knows nothing of them.

        So it is with a claim whose answer was lost. One that is only just being answered looks the same, so a
        job must have been found twice; this is to be called at intervals longer than an answer takes.

        Args:
            held: the numbers of the jobs that this worker knows to be its own.

        Raises:
            Overloaded: the database cannot be reached.
        """
        found = [claim for claim in await self._queue.held(self.worker_id) if claim.job_id not in held]
        for claim in found:
            if claim.job_id in self._unclaimed:
                _log.warning("task %s: the answer to a claim was lost; it is given back", claim.task_id)
                with contextlib.suppress(ClaimLost):
                    await self._queue.give_back(claim)
        self._unclaimed = {claim.job_id for claim in found}
