import asyncio
import signal
import time

import psutil
from postgres_cluster import Cluster
from worked_tasks import StartWorker, create, finished, only_named_files, reached, state, until

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import TaskStatus
from kirin_video.services.authenticate import Caller
from kirin_video.wiring import Services

_LONG = 70  # milliseconds a frame: a run that lasts longer than another worker takes to start


async def ledger(services: Services) -> list[tuple[str, int, int]]:
    async with services.database.connection() as connection:
        found = await connection.execute("SELECT kind, amount_micro, run FROM ledger_entry ORDER BY id")
        return [(row["kind"], row["amount_micro"], row["run"]) for row in await found.fetchall()]


async def test_a_killed_workers_task_is_finished_once_by_another(
    services: Services, caller: Caller, start_worker: StartWorker
) -> None:
    first = start_worker()
    task = await create(services, caller, ms=_LONG)
    await reached(services, task, run=1, progress=0.05)
    [child] = first.render_children()
    second = start_worker()
    await until(second.is_ready)
    before = (await state(services, task))["progress"]

    killed_at = time.monotonic()
    first.process.kill()
    await until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, 2.0)
    taken_at = await reached(services, task, run=2, progress=0)
    assert taken_at - killed_at < 5.0
    assert (await state(services, task))["progress"] >= before

    done = await finished(services, caller, task)
    assert (done.status, done.run) == (TaskStatus.COMPLETED, 2)
    assert await ledger(services) == [("hold", 420_000, 0), ("capture", 420_000, 2)]
    assert done.output is not None
    assert done.output.video_key in await only_named_files(services)
    await until(lambda: not second.render_children())


async def test_a_frozen_worker_that_comes_back_changes_nothing(
    services: Services, caller: Caller, start_worker: StartWorker
) -> None:
    first = start_worker()
    task = await create(services, caller, ms=_LONG)
    await reached(services, task, run=1, progress=0.05)
    await until(start_worker().is_ready)

    first.process.send_signal(signal.SIGSTOP)
    frozen_at = time.monotonic()
    taken_at = await reached(services, task, run=2, progress=0)
    assert taken_at - frozen_at < 5.0
    first.process.send_signal(signal.SIGCONT)
    await until(lambda: not first.render_children(), 5.0)

    done = await finished(services, caller, task)
    assert (done.status, done.run) == (TaskStatus.COMPLETED, 2)
    assert await ledger(services) == [("hold", 420_000, 0), ("capture", 420_000, 2)]
    assert done.output is not None
    assert done.output.video_key in await only_named_files(services)
    assert first.process.poll() is None, "it goes on working"


async def test_a_worker_that_is_told_to_stop_gives_its_task_back_at_once(
    services: Services, caller: Caller, start_worker: StartWorker
) -> None:
    first = start_worker()
    task = await create(services, caller, ms=_LONG)
    await reached(services, task, run=1, progress=0.05)
    await until(start_worker().is_ready)
    [child] = first.render_children()

    told_at = time.monotonic()
    first.process.terminate()
    taken_at = await reached(services, task, run=2, progress=0)
    assert taken_at - told_at < 2.0
    await asyncio.to_thread(first.process.wait, 3.0)
    assert time.monotonic() - told_at < 3.0
    assert first.process.returncode == 0
    assert not child.is_running()
    assert (await state(services, task))["returned"] == 1

    done = await finished(services, caller, task)
    assert (done.status, done.run) == (TaskStatus.COMPLETED, 2)


async def test_a_task_that_kills_its_workers_is_given_up(
    services: Services, caller: Caller, start_worker: StartWorker
) -> None:
    task = await create(services, caller, ms=40)
    for run in (1, 2, 3):
        worker = start_worker()
        await reached(services, task, run=run, progress=0)
        worker.process.kill()
    start_worker()
    done = await finished(services, caller, task)
    assert done.failure is not None
    assert done.failure.fault is Fault.WORKER_LOST
    assert await ledger(services) == [("hold", 420_000, 0), ("release", 420_000, 4)]


async def test_a_restart_of_postgresql_interrupts_no_rendering(
    cluster: Cluster, services: Services, caller: Caller, start_worker: StartWorker
) -> None:
    start_worker()
    start_worker()
    tasks = [await create(services, caller, ms=40) for _ in range(2)]
    for task in tasks:
        await reached(services, task, run=1, progress=0.1)
    cluster.stop(signal.SIGKILL)
    await asyncio.sleep(4.0)  # longer than a worker may be silent
    cluster.start()
    for task in tasks:
        done = await finished(services, caller, task)
        assert (done.status, done.run) == (TaskStatus.COMPLETED, 1)


async def test_workers_share_a_queue_and_do_each_task_once(
    services: Services, caller: Caller, start_worker: StartWorker
) -> None:
    start_worker()
    start_worker()
    tasks = [await create(services, caller, ms=0) for _ in range(4)]
    done = [await finished(services, caller, task) for task in tasks]
    assert [(task.status, task.run) for task in done] == [(TaskStatus.COMPLETED, 1)] * 4
    assert len(await ledger(services)) == 8
