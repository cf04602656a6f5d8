"""Delivers callbacks beside the rendering: claims what is due, and tries many at a time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from typing import Final

from kirin_video.domain.errors import KirinError, Overloaded
from kirin_video.services.deliver import LEASE, ClaimDeliveries, EndAttempt, Letter, TryDelivery
from kirin_video.store.outbox_rows import Room
from kirin_video.worker.patience import until_reached

HEALTHY: Final = 64
"""Deliveries at a time to receivers that work."""

FAILING: Final = 64
"""Deliveries at a time to receivers whose newest attempt failed; a share of its own, so that they wait for
each other and nobody waits for them."""

PER_RECEIVER: Final = 4
"""Deliveries at a time to one receiver that works; of those that fail, one."""

PER_ACCOUNT: Final = 32
"""Deliveries of one account at a time in each of the two shares."""

_NOTING: Final = 2  # a hundred at a time would keep the worker's heartbeat from the database
_POLL_S: Final = 0.5
_LET_GO_S: Final = 1.0

_log = logging.getLogger(__name__)


class Deliverer:
    """One worker process's share of the deliveries. Several may run: what one has claimed, no other tries.

    Args:
        claim: claims deliveries that are due.
        attempt: tries one.
        end: notes how it went.
    """

    def __init__(self, claim: ClaimDeliveries, attempt: TryDelivery, end: EndAttempt) -> None:
        self._claim = claim
        self._try = attempt
        self._end = end
        self._running: dict[asyncio.Task[None], Letter] = {}
        self._woken = asyncio.Event()
        self._noting = asyncio.Semaphore(_NOTING)

    async def run(self) -> None:
        """Deliver until cancelled; then give back what is under way, which others try again."""
        try:
            while True:
                self._woken.clear()
                await self._begin()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_POLL_S):
                        await self._woken.wait()
        finally:
            await self._let_go()

    async def _begin(self) -> None:
        """Begin as many attempts as there is room for."""
        room = self._room()
        if not (room.healthy or room.failing):
            return
        try:
            letters = await self._claim(room)
        except Overloaded as error:
            _log.warning("%s", error)
            return
        except Exception:  # noqa: BLE001 - one bad turn must not end the others
            _log.exception("deliveries could not be claimed")
            return
        for letter in letters:
            task = asyncio.create_task(self._deliver(letter), name=f"delivery {letter.claim.id}")
            self._running[task] = letter
            task.add_done_callback(self._ended)

    def _room(self) -> Room:
        letters = self._running.values()
        failing = sum(letter.claim.is_failing for letter in letters)
        return Room(
            healthy=HEALTHY - (len(letters) - failing),
            failing=FAILING - failing,
            per_receiver=PER_RECEIVER,
            per_account=PER_ACCOUNT,
            running=Counter(letter.claim.receiver_id for letter in letters),
            running_of_accounts=Counter(
                (letter.claim.account_id, letter.claim.is_failing) for letter in letters
            ),
        )

    async def _deliver(self, letter: Letter) -> None:
        tried = await self._try(letter)
        # For as long as it is ours: after that it is tried again, and the receiver knows it by its id.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LEASE.total_seconds()), self._noting:
                await until_reached(lambda: self._end(letter, tried))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            _log.error("a delivery broke off", exc_info=error)

    async def _let_go(self) -> None:
        """Cancel what is under way and give it back, if that takes no longer than a moment."""
        letters = list(self._running.values())
        for task in list(self._running):
            task.cancel()
        if letters:
            with contextlib.suppress(KirinError, TimeoutError):
                async with asyncio.timeout(_LET_GO_S):
                    await self._end.let_go(letters)
