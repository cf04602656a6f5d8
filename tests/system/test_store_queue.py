import asyncio
import contextlib
from collections.abc import Sequence

import pytest

from kirin_video.domain.errors import Overloaded
from kirin_video.queue.errors import ClaimLost
from kirin_video.queue.jobs import CHANNEL, Claim
from kirin_video.queue.liveness import Liveness
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.store.listener import Listener
from kirin_video.wiring import Services

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "1:1"}


async def enqueue(services: Services, *task_ids: str, account: str = "default", of: str = "cpu") -> None:
    async with services.database.connection() as connection:
        query = "INSERT INTO waiting (task_id, account_id, worker_class) SELECT unnest(%s::text[]), %s, %s"
        await connection.execute(query, (list(task_ids), account, of))


async def sign_in(services: Services) -> int:
    return await services.liveness.sign_in("a worker of the tests", ["cpu"], 1)


async def claimed(services: Services, worker_id: int) -> Claim:
    claim = await services.queue.claim(worker_id, ["cpu"])
    assert claim is not None
    return claim


async def test_jobs_are_claimed_in_order_and_once(services: Services) -> None:
    await enqueue(services, "a", "b")
    worker = await sign_in(services)
    assert [(await claimed(services, worker)).task_id for _ in range(2)] == ["a", "b"]
    assert await services.queue.claim(worker, ["cpu"]) is None


async def test_a_listener_hears_of_new_tasks_and_of_those_given_back(
    services: Services, settings: Settings, caller: Caller
) -> None:
    heard, listens = asyncio.Event(), asyncio.Event()
    listener = Listener(
        settings.database_url, CHANNEL, on_told=lambda _: heard.set(), on_connected=listens.set
    )
    listening = asyncio.create_task(listener.listen())
    async with asyncio.timeout(5):
        await listens.wait()
        await services.create_task(caller, TEXT)
        await heard.wait()
    heard.clear()
    claim = await claimed(services, await sign_in(services))
    await services.queue.give_back(claim)
    async with asyncio.timeout(1):
        await heard.wait()
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening


async def test_a_waiting_job_can_be_withdrawn_and_one_that_is_held_cannot(services: Services) -> None:
    worker_id = await sign_in(services)
    await enqueue(services, "a")
    held = await claimed(services, worker_id)
    await enqueue(services, "b")
    async with services.database.transaction() as connection:
        for task_id in ("a", "b", "none"):
            await services.queue.withdraw(connection, task_id)
    assert await services.queue.claim(worker_id, ["cpu"]) is None
    await services.queue.give_back(held)
    await enqueue(services, "c")
    assert await claimed(services, worker_id) == held, "before all that wait"


async def test_who_lost_a_job_cannot_give_it_back(services: Services) -> None:
    await enqueue(services, "a")
    frozen, other = await sign_in(services), await sign_in(services)
    lost = await claimed(services, frozen)
    await services.queue.give_back(lost)
    held = await claimed(services, other)
    for delay_s in (0, 10):
        with pytest.raises(ClaimLost):
            await services.queue.give_back(lost, delay_s=delay_s)
    await services.queue.give_back(held)


async def test_a_job_that_is_gone_cannot_be_removed_or_given_back(services: Services) -> None:
    await enqueue(services, "a")
    claim = await claimed(services, await sign_in(services))
    await services.queue.remove(claim)
    with pytest.raises(ClaimLost):
        await services.queue.remove(claim)
    with pytest.raises(ClaimLost):
        await services.queue.give_back(claim)


async def test_a_worker_that_is_not_registered_cannot_claim(services: Services) -> None:
    await enqueue(services, "a")
    worker = await sign_in(services)
    await services.liveness.sign_out(worker)
    with pytest.raises(ClaimLost):
        await services.queue.claim(worker, ["cpu"])


class Watch:
    """A sweeper's clock, which stands still until it is moved."""

    def __init__(self, services: Services) -> None:
        self.now = 0.0
        self.database = services.database
        self.liveness = Liveness(
            services.database.connection, heartbeat_s=1.0, stalled_after_s=3.0, clock=lambda: self.now
        )

    async def sweeps(self, worker_id: int, seconds: float, alive: Sequence[int] = ()) -> int:
        """Sweep every half a second, for so long, while some beat; gives how many jobs were put back."""
        freed = await self.liveness.sweep(worker_id)
        for _ in range(round(2 * seconds)):
            self.now += 0.5
            for each in alive:
                await self.liveness.beat(each)
            freed += await self.liveness.sweep(worker_id)
        return freed

    async def jump(self, interval: str) -> None:
        """Set the database's clock: every beat of the past seems as much nearer or farther."""
        async with self.database.connection() as connection:
            query = "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s::interval"
            await connection.execute(query, (interval,))


async def test_only_jobs_of_silent_workers_are_put_back(services: Services) -> None:
    await enqueue(services, "a", "b")
    silent, alive = await sign_in(services), await sign_in(services)
    lost = await claimed(services, silent)
    await claimed(services, alive)
    watch = Watch(services)
    assert await watch.sweeps(alive, 2.5) == 0
    assert await watch.sweeps(alive, 0.5) == 1
    assert (await claimed(services, alive)).job_id == lost.job_id
    assert await watch.sweeps(alive, 10, [alive]) == 0


@pytest.mark.parametrize("jump", ["1 hour", "-1 hour"])
async def test_a_clock_that_jumps_takes_no_job_away_and_saves_no_dead_worker(
    services: Services, jump: str
) -> None:
    await enqueue(services, "a", "b")
    dead, alive, sweeper = [await sign_in(services) for _ in range(3)]
    lost = await claimed(services, dead)
    await claimed(services, alive)
    watch = Watch(services)
    await watch.sweeps(sweeper, 1, [alive, dead])
    await watch.jump(jump)
    assert await watch.sweeps(sweeper, 5, [alive]) == 1
    assert (await claimed(services, sweeper)).job_id == lost.job_id


async def test_who_has_just_started_need_not_watch_one_that_is_long_dead_for_long(services: Services) -> None:
    await enqueue(services, "a")
    dead, fresh = await sign_in(services), await sign_in(services)
    await claimed(services, dead)
    watch = Watch(services)
    await watch.jump("10 seconds")
    async with services.database.connection() as connection:
        row = await (await connection.execute("SELECT now() - pg_postmaster_start_time() AS up")).fetchone()
    assert row is not None
    await asyncio.sleep(max(0.0, 6.5 - row["up"].total_seconds()))
    assert await watch.sweeps(fresh, 1.5) == 0
    assert await watch.sweeps(fresh, 0.5) == 1


async def test_silence_counts_only_while_somebody_watches(services: Services) -> None:
    await enqueue(services, "a")
    worker, sweeper = await sign_in(services), await sign_in(services)
    await claimed(services, worker)
    watch = Watch(services)
    await watch.sweeps(sweeper, 1, [worker])
    watch.now += 3600  # the database was away, or the sweeper frozen
    assert await watch.sweeps(sweeper, 1.5) == 0
    assert await watch.sweeps(sweeper, 5, [worker]) == 0


async def test_a_sweeper_keeps_its_own_jobs_though_its_beats_come_late(services: Services) -> None:
    await enqueue(services, "a")
    busy, other = await sign_in(services), await sign_in(services)
    await claimed(services, busy)
    assert await Watch(services).sweeps(busy, 10) == 0
    assert await Watch(services).sweeps(other, 3) == 1


async def test_jobs_of_a_worker_that_signed_out_are_put_back_at_once(services: Services) -> None:
    await enqueue(services, "a")
    worker = await sign_in(services)
    lost = await claimed(services, worker)
    await services.liveness.sign_out(worker)
    next_one = await sign_in(services)
    assert await services.liveness.sweep(next_one) == 1
    assert (await claimed(services, next_one)).job_id == lost.job_id


async def test_sweepers_that_work_at_once_put_each_job_back_once(services: Services) -> None:
    await enqueue(services, *(f"t{n}" for n in range(20)))
    silent, sweeper = await sign_in(services), await sign_in(services)
    for _ in range(20):
        await claimed(services, silent)
    watches = [Watch(services) for _ in range(6)]
    for watch in watches:
        await watch.sweeps(sweeper, 2.5)
        watch.now += 0.5
    assert sum(await asyncio.gather(*(watch.liveness.sweep(sweeper) for watch in watches))) == 20


async def test_a_worker_that_comes_back_at_the_last_moment_keeps_its_job(services: Services) -> None:
    await enqueue(services, "a")
    slow, sweeper = await sign_in(services), await sign_in(services)
    held = await claimed(services, slow)
    watch = Watch(services)
    await watch.sweeps(sweeper, 2.5)
    await services.liveness.beat(slow)
    assert await watch.sweeps(sweeper, 2.5) == 0
    await services.queue.give_back(held)


async def test_a_queue_without_a_database_is_an_overload(services: Services) -> None:
    await services.database.pool.close()
    with pytest.raises(Overloaded):
        await services.queue.claim(1, ["cpu"])
