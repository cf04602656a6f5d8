import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from kirin_video.domain.errors import Overloaded
from kirin_video.domain.task import new_task_id
from kirin_video.queue.errors import ClaimLost
from kirin_video.queue.jobs import Claim
from kirin_video.settings import Settings
from kirin_video.store.listener import Listener
from kirin_video.wiring import Services, build


@pytest.fixture
async def other(settings: Settings) -> AsyncIterator[Services]:
    async with build(settings) as built:
        yield built


async def enqueue(services: Services, *task_ids: str) -> None:
    async with services.database.transaction() as connection:
        await services.queue.enqueue(connection, "cpu", task_ids)


async def claimed(services: Services, worker_id: int) -> Claim:
    claim = await services.queue.claim(worker_id, "cpu")
    assert claim is not None
    return claim


async def test_jobs_are_claimed_in_order_and_once(services: Services) -> None:
    await enqueue(services, "a", "b")
    worker = await services.liveness.sign_in()
    assert [(await claimed(services, worker)).task_id for _ in range(2)] == ["a", "b"]
    assert await services.queue.claim(worker, "cpu") is None


async def test_nothing_enters_the_queue_if_the_transaction_fails(services: Services) -> None:
    async def fail() -> None:
        async with services.database.transaction() as connection:
            await services.queue.enqueue(connection, "cpu", ["a"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await services.queue.claim(await services.liveness.sign_in(), "cpu") is None


async def test_a_listener_hears_of_new_jobs_and_of_those_given_back(
    services: Services, settings: Settings
) -> None:
    heard, listens = asyncio.Event(), asyncio.Event()
    listener = Listener(
        settings.database_url,
        services.queue.channel("cpu"),
        on_told=lambda _: heard.set(),
        on_connected=listens.set,
    )
    listening = asyncio.create_task(listener.listen())
    async with asyncio.timeout(5):
        await listens.wait()
        await enqueue(services, new_task_id())
        await heard.wait()
    heard.clear()
    claim = await claimed(services, await services.liveness.sign_in())
    await services.queue.give_back(claim)
    async with asyncio.timeout(1):
        await heard.wait()
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening


async def test_a_waiting_job_can_be_withdrawn_and_one_that_is_held_cannot(services: Services) -> None:
    worker_id = await services.liveness.sign_in()
    await enqueue(services, "a")
    held = await claimed(services, worker_id)
    await enqueue(services, "b")
    async with services.database.transaction() as connection:
        for task_id in ("a", "b", "none"):
            await services.queue.withdraw(connection, task_id)
    assert await services.queue.claim(worker_id, "cpu") is None
    await services.queue.give_back(held)
    assert await claimed(services, worker_id) == held


async def test_a_job_that_is_gone_cannot_be_removed_or_given_back(services: Services) -> None:
    await enqueue(services, "a")
    claim = await claimed(services, await services.liveness.sign_in())
    await services.queue.remove(claim)
    with pytest.raises(ClaimLost):
        await services.queue.remove(claim)
    with pytest.raises(ClaimLost):
        await services.queue.give_back(claim)


async def test_a_worker_that_is_not_registered_cannot_claim(services: Services) -> None:
    await enqueue(services, "a")
    worker = await services.liveness.sign_in()
    await services.liveness.sign_out(worker)
    with pytest.raises(ClaimLost):
        await services.queue.claim(worker, "cpu")


async def test_only_jobs_of_silent_workers_are_put_back(services: Services) -> None:
    await enqueue(services, "a", "b")
    silent, alive = await services.liveness.sign_in(), await services.liveness.sign_in()
    lost = await claimed(services, silent)
    await claimed(services, alive)
    await age(services, silent, 10)
    assert await services.liveness.sweep(alive) == 1
    assert await claimed(services, alive) == lost
    assert await services.liveness.sweep(alive) == 0


async def test_a_sweeper_keeps_its_own_jobs_though_its_beats_come_late(services: Services) -> None:
    await enqueue(services, "a")
    busy, other = await services.liveness.sign_in(), await services.liveness.sign_in()
    await claimed(services, busy)
    await age(services, busy, 10)
    assert await services.liveness.sweep(busy) == 0
    assert await services.liveness.sweep(other) == 1


async def test_jobs_of_a_worker_that_signed_out_are_put_back(services: Services) -> None:
    await enqueue(services, "a")
    worker = await services.liveness.sign_in()
    lost = await claimed(services, worker)
    await services.liveness.sign_out(worker)
    next_one = await services.liveness.sign_in()
    assert await services.liveness.sweep(next_one) == 1
    assert await claimed(services, next_one) == lost


async def test_sweepers_that_work_at_once_put_each_job_back_once(services: Services, other: Services) -> None:
    await enqueue(services, *(f"t{n}" for n in range(20)))
    silent = await services.liveness.sign_in()
    for _ in range(20):
        await claimed(services, silent)
    await age(services, silent, 10)
    sweeper = await services.liveness.sign_in()
    sweeps = [each.liveness.sweep(sweeper) for each in (services, other) * 3]
    assert sum(await asyncio.gather(*sweeps)) == 20


async def test_nobody_sweeps_right_after_a_start_of_the_database(settings: Settings) -> None:
    patient = settings.model_copy(update={"stalled_after_s": 3600.0})
    async with build(patient) as services:
        await enqueue(services, "a")
        silent = await services.liveness.sign_in()
        await claimed(services, silent)
        await age(services, silent, 7200)
        assert await services.liveness.sweep(await services.liveness.sign_in()) == 0


async def age(services: Services, worker_id: int, seconds: float) -> None:
    async with services.database.connection() as connection:
        query = "UPDATE procrastinate_workers SET last_heartbeat = now() - %s * interval '1 s' WHERE id = %s"
        await connection.execute(query, (seconds, worker_id))


async def test_a_queue_without_a_database_is_an_overload(services: Services) -> None:
    await services.database.pool.close()
    with pytest.raises(Overloaded):
        await services.queue.claim(1, "cpu")
