"""Tasks that real workers run, watched from outside: made, followed and seen to their end."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from worker_process import WorkerProcess

from kirin_video.domain.task import Task
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.wiring import Services

StartWorker = Callable[..., WorkerProcess]
"""Starts a worker; it may be given settings other than the test's own."""

TEXT = {"model": "kirin_video_o1", "aspect_ratio": "16:9", "mode": "std", "duration": 5, "seed": 7}


def worker_starter(settings: Settings, log_dir: Path, started: list[WorkerProcess]) -> StartWorker:
    """What starts workers and remembers them, for whoever has to end them."""

    def start(own: Settings = settings) -> WorkerProcess:
        started.append(WorkerProcess(own, log_dir / f"worker-{len(started)}.log"))
        return started[-1]

    return start


async def create(services: Services, caller: Caller, ms: int) -> Task:
    """A task whose every frame takes so many milliseconds."""
    return (await services.create_task(caller, {**TEXT, "prompt": f"ramp ms={ms}"})).task


async def until(condition: Callable[[], object], timeout_s: float = 20.0) -> None:
    """Wait for what another process does."""
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110 - processes have no events
            await asyncio.sleep(0.02)


async def state(services: Services, task: Task) -> dict[str, Any]:
    """The task's row, as far as runs change it."""
    async with services.database.connection() as connection:
        query = "SELECT status, run, returned, progress FROM task WHERE id = %s"
        row = await (await connection.execute(query, (task.id,))).fetchone()
    assert row is not None
    return dict(row)


async def reached(
    services: Services, task: Task, *, run: int, progress: float = 0.0, timeout_s: float = 30.0
) -> float:
    """Wait until a run has come so far; gives when that was."""
    async with asyncio.timeout(timeout_s):
        while True:
            now = await state(services, task)
            if now["run"] >= run and now["progress"] >= progress:
                return time.monotonic()
            await asyncio.sleep(0.05)


async def finished(services: Services, caller: Caller, task: Task, timeout_s: float = 60.0) -> Task:
    """Wait until the task has ended; gives it as it is then."""
    async with asyncio.timeout(timeout_s):
        while True:
            task = await services.read_task(caller, task.id)
            if task.status.is_terminal:
                return task
            await asyncio.sleep(0.05)


async def only_named_files(services: Services, timeout_s: float = 30.0) -> set[str]:
    """Wait until the only files are those that tasks have; gives their keys.

    What a task gave up when it ended, such as its preview, is removed right after that commit.
    """
    async with asyncio.timeout(timeout_s):
        while True:
            async with services.database.connection() as connection:
                rows = await (await connection.execute("SELECT key FROM blob")).fetchall()
            named = {row["key"] for row in rows}
            if named == set(services.blobs.keys()):
                return named
            await asyncio.sleep(0.05)
