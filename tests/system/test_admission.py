"""Which task is next: fairness between accounts, priorities, caps, delays and classes of worker."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from kirin_video.domain.access import LimitOverrides
from kirin_video.domain.load import ClassLoad
from kirin_video.domain.task import Task
from kirin_video.queue.jobs import CHANNEL, Claim, JobQueue
from kirin_video.services.accounts import CreateAccount, LimitAccount
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.listener import Listener
from kirin_video.store.load_rows import LoadRows
from kirin_video.wiring import Services, build
from kirin_video.worker.loop import run_worker

TEXT = {"model": "kirin_video_o1", "aspect_ratio": "1:1", "mode": "std", "duration": 5}


async def account(services: Services, name: str, **limits: int) -> str:
    database = services.database
    await CreateAccount(database, AccountRows(database))(name, LimitOverrides(**limits))
    return name


async def wait(services: Services, account_id: str, *task_ids: str, worker_class: str = "cpu") -> None:
    async with services.database.connection() as connection:
        query = "INSERT INTO waiting (task_id, account_id, worker_class) SELECT unnest(%s::text[]), %s, %s"
        await connection.execute(query, (list(task_ids), account_id, worker_class))


async def sign_in(services: Services, *classes: str) -> int:
    return await services.liveness.sign_in("a worker of the tests", classes or ("cpu",), 1)


async def claims(services: Services, worker_id: int, number: int, *classes: str) -> list[Claim]:
    found = [await services.queue.claim(worker_id, classes or ("cpu",)) for _ in range(number)]
    return [claim for claim in found if claim is not None]


async def order(services: Services, number: int) -> str:
    """The first letters of the tasks that a worker takes, one after the other."""
    worker = await sign_in(services)
    taken = ""
    for _ in range(number):
        for claim in await claims(services, worker, 1):
            taken += claim.task_id[0]
            await services.queue.remove(claim)
    return taken


async def test_accounts_take_turns_however_much_one_has_waiting(services: Services) -> None:
    for name in "abc":
        await account(services, name)
    await wait(services, "a", *(f"a{n}" for n in range(500)))
    assert await order(services, 3) == "aaa"
    await wait(services, "b", "b1", "b2")
    await wait(services, "c", "c1")
    assert await order(services, 6) == "bcabaa"


async def test_the_account_with_the_fewest_running_is_next(services: Services) -> None:
    for name in "ab":
        await account(services, name)
    await wait(services, "a", "a1", "a2", "a3", "a4")
    worker = await sign_in(services)
    held = await claims(services, worker, 3)
    await wait(services, "b", "b1", "b2", "b3")
    assert [claim.task_id for claim in await claims(services, worker, 3)] == ["b1", "b2", "b3"]
    await services.queue.remove(held[0])
    assert [claim.task_id for claim in await claims(services, worker, 2)] == ["a4"]


async def test_priority_goes_before_turns_and_holds_for_what_waits_already(services: Services) -> None:
    await account(services, "low", priority=-5)
    await account(services, "plain")
    await account(services, "high", priority=5)
    await wait(services, "low", "l1", "l2")
    await wait(services, "plain", "p1", "p2")
    await wait(services, "high", "h1", "h2")
    assert await order(services, 3) == "hhp"
    limit = LimitAccount(services.database, AccountRows(services.database))
    await limit("low", LimitOverrides(priority=100), ["priority"])
    assert await order(services, 9) == "llp"


async def test_no_account_runs_more_than_it_may_however_many_claim_at_once(settings: Settings) -> None:
    async with build(settings.model_copy(update={"running_tasks": 3})) as services:
        await account(services, "many")
        await account(services, "one", running_tasks=1)
        await account(services, "free", running_tasks=0)
        for name in ("many", "one", "free"):
            await wait(services, name, *(f"{name}-{n}" for n in range(10)))
        workers = [await sign_in(services) for _ in range(8)]
        found = await asyncio.gather(*(claims(services, worker, 3) for worker in workers))
        taken = [claim for each in found for claim in each]
        running = [sum(c.task_id.startswith(name) for c in taken) for name in ("many", "one", "free")]
        assert running == [3, 1, 10]
        assert len({claim.task_id for claim in taken}) == 14, "each once"
        ended = next(claim for claim in taken if claim.task_id.startswith("one"))
        await services.queue.remove(ended)
        [following] = await claims(services, workers[0], 3)
        assert following.task_id == "one-1"


async def test_the_end_of_a_run_wakes_another_class_for_which_the_account_had_no_room(
    services: Services, settings: Settings
) -> None:
    await account(services, "one", running_tasks=1)
    await wait(services, "one", "t1")
    await wait(services, "one", "t2", worker_class="gpu")
    cpu, gpu = await sign_in(services), await sign_in(services, "gpu")
    [held] = await claims(services, cpu, 1)
    assert await claims(services, gpu, 1, "gpu") == []
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with listening(settings, heard):
        await services.queue.remove(held)
        assert await asyncio.wait_for(heard.get(), 2) == "gpu"
    assert [claim.task_id for claim in await claims(services, gpu, 1, "gpu")] == ["t2"]


async def test_a_worker_takes_only_the_classes_that_it_serves(services: Services) -> None:
    await wait(services, "default", "cpu1")
    await wait(services, "default", "gpu1", worker_class="gpu")
    worker = await sign_in(services, "gpu", "gpu-a100")
    assert [c.task_id for c in await claims(services, worker, 2, "gpu", "gpu-a100")] == ["gpu1"]
    assert [c.task_id for c in await claims(services, worker, 2, "gpu", "cpu")] == ["cpu1"]


async def test_a_delayed_task_waits_and_then_goes_in_its_account_turn(
    services: Services, caller: Caller
) -> None:
    first, second = await create(services, caller), await create(services, caller)
    worker = await sign_in(services)
    [claim] = await claims(services, worker, 1)
    assert claim.task_id == first.id
    await services.queue.give_back(claim, delay_s=0.6)
    before = time.monotonic()
    assert [c.task_id for c in await claims(services, worker, 2)] == [second.id]
    async with asyncio.timeout(5):
        while not (again := await claims(services, worker, 1)):  # noqa: ASYNC110 - as an idle worker does
            await asyncio.sleep(0.02)
    assert time.monotonic() - before >= 0.5
    assert again[0].task_id == first.id


async def test_a_clock_that_is_set_back_holds_up_no_delayed_task(services: Services) -> None:
    await wait(services, "default", "t")
    worker = await sign_in(services)
    async with services.database.connection() as connection:
        await connection.execute("UPDATE waiting SET not_before = now() + interval '1 minute'")
        assert await claims(services, worker, 1) == []
        await connection.execute(
            "UPDATE waiting SET not_before = not_before + interval '1 h', since = since + interval '1 h'"
        )
    assert len(await claims(services, worker, 1)) == 1


async def test_a_cancelled_task_waits_no_longer(services: Services, caller: Caller) -> None:
    first, second = await create(services, caller), await create(services, caller)
    await services.cancel_task(caller, first.id)
    worker = await sign_in(services)
    assert [claim.task_id for claim in await claims(services, worker, 2)] == [second.id]


async def test_claims_and_cancels_and_ends_race_without_loss(services: Services, caller: Caller) -> None:
    tasks = [await create(services, caller) for _ in range(40)]
    workers = [await sign_in(services) for _ in range(4)]
    taken: list[Claim] = []

    async def work(worker: int) -> None:
        for _ in range(15):
            found = await services.queue.claim(worker, ("cpu",))
            if found is not None:
                taken.append(found)
                await services.queue.remove(found)

    await asyncio.gather(
        *(work(worker) for worker in workers), *(services.cancel_task(caller, t.id) for t in tasks[::3])
    )
    left = [claim.task_id for claim in await claims(services, workers[0], 40)]
    cancelled = {task.id for task in tasks[::3]}
    seen = [claim.task_id for claim in taken] + left
    assert len(seen) == len(set(seen))
    assert {task.id for task in tasks} - cancelled <= set(seen)


@pytest.mark.usefixtures("support_path")
async def test_a_flood_delays_anothers_first_task_by_less_than_one_task(
    services: Services, settings: Settings, caller: Caller
) -> None:
    """One worker, 500 tasks of one account, then one of another."""
    await account(services, "other")
    other = Caller("other", caller.key_id)
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(services, settings, stop))
    try:
        flood = await asyncio.gather(*(create(services, caller) for _ in range(500)))
        first_done = await ended(services, caller, flood)
        late = await create(services, other)
        await started(services, other, late)
    finally:
        stop.set()
        await working
    late = await services.read_task(other, late.id)
    assert late.started_at is not None
    delay_s = (late.started_at - late.created_at).total_seconds()
    assert first_done.started_at is not None
    assert first_done.finished_at is not None
    one_task_s = (first_done.finished_at - first_done.started_at).total_seconds()
    assert delay_s < one_task_s + 0.5, "what runs may end first, nothing else"
    async with services.database.connection() as connection:
        row = await (await connection.execute("SELECT count(*) AS n FROM procrastinate_jobs")).fetchone()
    assert row is not None
    assert row["n"] <= 2, "the queue itself is short"


async def started(services: Services, caller: Caller, task: Task) -> None:
    async with asyncio.timeout(30):
        while (await services.read_task(caller, task.id)).started_at is None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def ended(services: Services, caller: Caller, tasks: list[Task]) -> Task:
    """The first of some tasks that has ended."""
    async with asyncio.timeout(60):
        while True:
            for task in tasks[:3]:
                now = await services.read_task(caller, task.id)
                if now.status.is_terminal:
                    return now
            await asyncio.sleep(0.02)


async def create(services: Services, caller: Caller) -> Task:
    return (await services.create_task(caller, {**TEXT, "prompt": "ramp ms=5"})).task


@asynccontextmanager
async def listening(settings: Settings, heard: asyncio.Queue[str]) -> AsyncIterator[None]:
    listens = asyncio.Event()
    listener = Listener(settings.database_url, CHANNEL, on_told=heard.put_nowait, on_connected=listens.set)
    task = asyncio.create_task(listener.listen())
    try:
        await asyncio.wait_for(listens.wait(), 5)
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_nothing_waits_if_the_creating_transaction_fails(services: Services, caller: Caller) -> None:
    task = await create(services, caller)
    await claims(services, await sign_in(services), 1)
    queue: JobQueue = services.queue

    async def fail() -> None:
        async with services.database.transaction() as connection:
            await queue.enqueue(connection, {task.id: "cpu"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await claims(services, await sign_in(services), 1) == []


@pytest.mark.usefixtures("support_path")
async def test_a_task_waits_for_a_worker_of_its_engines_class(settings: Settings) -> None:
    """Two engines: one on gpu, which is preferred and takes text alone, and one on cpu."""
    both = settings.model_copy(update={"engines": ("gpu_engine:GpuEngine", "ramp_engine:RampEngine")})
    async with build(both) as services:
        caller = await services.authenticate((await services.create_key("test")).text)
        task = await create(services, caller)
        stop = asyncio.Event()
        working = asyncio.create_task(
            run_worker(services, both.model_copy(update={"queues": ("cpu",)}), stop)
        )
        try:
            async with asyncio.timeout(10):
                while not (cpu := await class_load(services, "cpu")).workers:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            assert cpu.slots == 1
            assert (await class_load(services, "gpu")).ready == 1
            assert [each.worker_class for each in (await services.read_load()).unserved] == ["gpu"]
            assert (await services.read_task(caller, task.id)).started_at is None
        finally:
            stop.set()
            await working
        assert [
            claim.task_id for claim in await claims(services, await sign_in(services, "gpu"), 1, "gpu")
        ] == [task.id]


async def class_load(services: Services, name: str) -> ClassLoad:
    async with services.database.connection() as connection:
        found = await LoadRows(services.database, 3.0).classes(connection)
    return next((each for each in found if each.worker_class == name), ClassLoad(name))
