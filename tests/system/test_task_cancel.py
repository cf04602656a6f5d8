"""Cancelling a task that runs, and deleting it, with real workers and kills in between."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import psutil
import pytest
from postgres_cluster import Cluster
from worked_tasks import only_named_files
from worker_process import WorkerProcess

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Task, TaskStatus
from kirin_video.services.authenticate import Caller
from kirin_video.services.watch_task import Seen
from kirin_video.settings import Settings
from kirin_video.wiring import Services

TEXT = {"model": "kirin_video_o1", "aspect_ratio": "16:9", "mode": "std", "duration": 5, "seed": 7}


@pytest.fixture
def worker(settings: Settings, tmp_path: Path) -> Iterator[WorkerProcess]:
    started = WorkerProcess(settings, tmp_path / "worker.log")
    yield started
    started.end()


async def until(condition: Callable[[], Awaitable[bool]], timeout_s: float = 20.0) -> None:
    async with asyncio.timeout(timeout_s):
        while not await condition():  # noqa: ASYNC110 - processes have no events
            await asyncio.sleep(0.02)


async def create(services: Services, caller: Caller, prompt: str) -> Task:
    return (await services.create_task(caller, {**TEXT, "prompt": prompt})).task


async def query(services: Services, text: str, *parameters: object) -> list[tuple[object, ...]]:
    async with services.database.connection() as connection:
        found = await connection.execute(text.encode(), parameters)
        return [tuple(row.values()) for row in await found.fetchall()]


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


async def rendering(services: Services, caller: Caller, worker: WorkerProcess, task: Task) -> psutil.Process:
    """Wait until a task is being rendered; gives the process that does it."""

    async def is_rendering() -> bool:
        return (await services.read_task(caller, task.id)).stage == "rendering"

    await until(is_rendering, 40.0)
    [child] = worker.render_children()
    return child


@pytest.mark.parametrize("prompt", ["ramp ms=40", "ramp ms=60000"], ids=["busy", "silent"])
async def test_a_cancelled_run_stops_within_a_second(
    services: Services, caller: Caller, worker: WorkerProcess, prompt: str
) -> None:
    task = await create(services, caller, prompt)
    if "60000" in prompt:  # its first frame takes a minute: nothing is reported meanwhile

        async def is_started() -> bool:
            return bool(worker.render_children())

        await until(is_started, 40.0)
        await asyncio.sleep(1.0)
        [child] = worker.render_children()
    else:
        child = await rendering(services, caller, worker, task)

    cancelled_at = time.monotonic()
    cancelled = await services.cancel_task(caller, task.id)
    assert cancelled.failure is not None
    assert cancelled.failure.fault is Fault.CANCELLED

    async def child_is_gone() -> bool:
        return is_gone(child)

    await until(child_is_gone, 5.0)
    assert time.monotonic() - cancelled_at < 1.0
    entries = await query(services, "SELECT kind, amount_micro FROM ledger_entry ORDER BY id")
    assert entries == [("hold", 420_000), ("release", 420_000)]

    async def is_clean() -> bool:
        jobs = await query(services, "SELECT 1 FROM procrastinate_jobs")
        return not jobs and not any(services.scratch.glob("run-*"))

    await until(is_clean, 5.0)
    assert await only_named_files(services) == set()
    following = await create(services, caller, "ramp")

    async def is_done() -> bool:
        return (await services.read_task(caller, following.id)).status is TaskStatus.COMPLETED

    await until(is_done, 30.0)  # the worker goes on working
    assert await services.cancel_task(caller, task.id) == cancelled


@pytest.mark.usefixtures("worker")
async def test_a_cancel_and_a_finish_that_race_leave_one_outcome(services: Services, caller: Caller) -> None:
    tasks = [await create(services, caller, "ramp") for _ in range(3)]
    for number, task in enumerate(tasks):

        async def is_late(task: Task = task) -> bool:
            now = await services.read_task(caller, task.id)
            return now.status.is_terminal or now.progress > 0.9

        await until(is_late, 40.0)
        await asyncio.sleep(0.05 * number)
        ended = await services.cancel_task(caller, task.id)
        outcome = await query(
            services, "SELECT kind FROM ledger_entry WHERE task_id = %s ORDER BY id", task.id
        )
        settled = "capture" if ended.status is TaskStatus.COMPLETED else "release"
        assert outcome == [("hold",), (settled,)]

    async def is_idle() -> bool:
        return not await query(services, "SELECT 1 FROM procrastinate_jobs")

    await until(is_idle)
    await only_named_files(services)


async def test_files_doomed_by_a_process_that_died_are_removed(
    services: Services, caller: Caller, worker: WorkerProcess, settings: Settings, tmp_path: Path
) -> None:
    task = await create(services, caller, "ramp")

    async def is_done() -> bool:
        return (await services.read_task(caller, task.id)).status is TaskStatus.COMPLETED

    await until(is_done, 40.0)
    worker.end()
    async with services.database.transaction() as connection:  # all that DeleteTask commits, and no more
        keys = await services.delete_task.tasks.delete(connection, task.id)
    assert keys is not None
    assert set(services.blobs.keys()) >= set(keys)
    second = WorkerProcess(settings, tmp_path / "second.log")
    try:

        async def is_swept() -> bool:
            return not list(services.blobs.keys())

        await until(is_swept)
    finally:
        second.end()
    assert await query(services, "SELECT kind FROM ledger_entry ORDER BY id") == [("hold",), ("capture",)]


async def all_of(changes: AsyncIterator[Seen]) -> list[Seen]:
    return [seen async for seen in changes]


async def test_watching_outlives_a_restart_of_postgresql(
    cluster: Cluster, services: Services, caller: Caller, worker: WorkerProcess
) -> None:
    task = await create(services, caller, "ramp ms=40")
    view = await services.watch_task.begin(caller, task.id)
    watching = asyncio.create_task(all_of(view.changes()))
    await rendering(services, caller, worker, task)
    cluster.stop()
    await asyncio.sleep(1.0)
    cluster.start()
    async with asyncio.timeout(40):
        seen = await watching
    statuses = [each.task.status for each in seen if each.is_status]
    assert statuses == [TaskStatus.QUEUED, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED]
    revisions = [each.revision for each in seen]
    assert revisions == sorted(set(revisions))
    progress = [each.task.progress for each in seen if each.task.status is TaskStatus.IN_PROGRESS]
    assert progress == sorted(progress)
    assert len(set(progress)) > 5
    assert view.is_over
