"""Deliveries that are claimed while their task is deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, fields

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Failure
from kirin_video.services.authenticate import Caller
from kirin_video.services.deliver import ClaimDeliveries
from kirin_video.store.database import Connection
from kirin_video.store.outbox_rows import ClaimedRow, Room
from kirin_video.wiring import Services

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9", "mode": "std"}
ROOM = Room(64, 64, 4, 32, {}, {})
LOCKED = "SELECT count(*) AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@dataclass(frozen=True, kw_only=True)
class HeldUp(ClaimDeliveries):
    """Claims deliveries, and waits inside the transaction until somebody waits for it."""

    claimed: asyncio.Event
    services: Services

    async def _made(self, connection: Connection, claims: Sequence[ClaimedRow]) -> dict[str, str]:
        self.claimed.set()
        async with asyncio.timeout(10):
            while not await waiting(self.services):  # noqa: ASYNC110 - the database does not tell
                await asyncio.sleep(0.02)
        return await super()._made(connection, claims)


async def waiting(services: Services) -> int:
    async with services.database.connection() as connection:
        row = await (await connection.execute(LOCKED)).fetchone()
    assert row is not None
    return row["waiting"]


async def test_a_task_can_be_deleted_while_its_deliveries_are_claimed(
    services: Services, caller: Caller
) -> None:
    asked = {**TEXT, "callback_url": "https://example.com/hook"}
    task = (await services.create_task(caller, asked, base_url="https://kirin.example")).task
    run = await services.start_run(task.id, "by hand")
    assert run is not None
    assert await services.fail_run(run, Failure(Fault.GENERATION_FAILED, "It rained."))
    claim = services.callbacks.claim
    given = {each.name: getattr(claim, each.name) for each in fields(claim)}
    held_up = HeldUp(**given, claimed=asyncio.Event(), services=services)
    claiming = asyncio.create_task(held_up(ROOM))
    await held_up.claimed.wait()
    deleting = asyncio.create_task(services.delete_task(caller, task.id))  # waits for the claim
    [letter] = await claiming
    assert letter.body is not None
    assert await deleting == task.id
