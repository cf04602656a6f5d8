"""A worker's spare render child: used once, replaced, and never in the way when it dies."""

import asyncio

import psutil
import pytest
from worked_tasks import StartWorker, create, finished, reached, until
from worker_process import WorkerProcess

from kirin_video.domain.task import TaskStatus
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.wiring import Services


@pytest.fixture
async def worker(start_worker: StartWorker) -> WorkerProcess:
    """A worker with a spare."""
    worker = start_worker()
    await until(worker.spares, 60.0)
    return worker


async def test_each_clip_is_rendered_by_the_spare_that_waited_for_it(
    services: Services, caller: Caller, worker: WorkerProcess
) -> None:
    used: list[psutil.Process] = []
    for _ in range(2):
        await until(worker.spares, 60.0)
        [spare] = worker.spares()
        heartbeats = psutil.Process(worker.process.pid).nice()
        await until(lambda spare=spare, first=heartbeats: spare.nice() == first + 5, 60.0)
        task = await create(services, caller, ms=10)
        await reached(services, task, run=1, progress=0.05)
        assert worker.render_children() == [spare]
        assert worker.spares() == [], "nothing is started beside a render"
        done = await finished(services, caller, task)
        assert (done.status, done.run) == (TaskStatus.COMPLETED, 1)
        await until(lambda spare=spare: not _lives(spare), 60.0)
        used.append(spare)
    assert used[0] != used[1], "a child renders once"


async def test_a_spare_that_was_killed_costs_no_task(
    services: Services, caller: Caller, worker: WorkerProcess
) -> None:
    [spare] = worker.spares()
    spare.kill()
    done = await finished(services, caller, await create(services, caller, ms=0))
    assert (done.status, done.run) == (TaskStatus.COMPLETED, 1)
    assert f"render child {spare.pid} died or hung" in worker.log.read_text()


async def test_a_spare_that_dies_as_it_is_given_its_job_costs_no_task(
    services: Services, caller: Caller, worker: WorkerProcess
) -> None:
    [spare] = worker.spares()
    spare.suspend()  # it is alive for all that the worker can tell, and reads nothing
    task = await create(services, caller, ms=0)
    await reached(services, task, run=1)
    await asyncio.sleep(0.3)
    spare.kill()
    done = await finished(services, caller, task)
    assert (done.status, done.run) == (TaskStatus.COMPLETED, 1)
    assert f"render child {spare.pid} died or hung" in worker.log.read_text()


async def test_a_stopped_worker_leaves_no_spare(worker: WorkerProcess) -> None:
    [spare] = worker.spares()
    worker.process.terminate()
    await asyncio.to_thread(worker.process.wait, 20.0)
    assert worker.process.returncode == 0
    assert not _lives(spare)


async def test_a_killed_workers_spare_dies_with_it(worker: WorkerProcess) -> None:
    [spare] = worker.spares()
    worker.process.kill()
    await until(lambda: not _lives(spare), 20.0)


async def test_a_worker_can_be_told_to_keep_no_spare(
    services: Services, caller: Caller, settings: Settings, start_worker: StartWorker
) -> None:
    worker = start_worker(settings.model_copy(update={"spare_child": False}))
    done = await finished(services, caller, await create(services, caller, ms=0))
    assert done.status is TaskStatus.COMPLETED
    await asyncio.sleep(3.0)  # a spare would have started
    assert worker.spares() == []


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
