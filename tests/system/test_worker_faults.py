"""Workers whose way to the database is bad: runs are counted, and nobody hangs."""

import asyncio
import signal
import time
from collections.abc import Iterator

import psutil
import pytest
from faulty_proxy import FaultyProxy, Way, database_proxy, through
from orphans import sweeper
from postgres_cluster import Cluster
from worked_tasks import TEXT, StartWorker, create, finished, only_named_files, reached, until

from kirin_video.domain.errors import Overloaded
from kirin_video.domain.task import TaskStatus
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.store.database import Database
from kirin_video.wiring import Services

CLAIM_LOCK = 418296719732  # of claim_task


@pytest.fixture
def proxy(settings: Settings) -> Iterator[FaultyProxy]:
    with database_proxy(settings.database_url) as made:
        yield made


@pytest.fixture
def behind(settings: Settings, proxy: FaultyProxy) -> Settings:
    """The settings of who reaches the database through the proxy only."""
    return settings.model_copy(update={"database_url": through(settings.database_url, proxy)})


async def test_cuts_and_restarts_of_the_database_cause_no_second_run(  # noqa: PLR0913, PLR0917
    cluster: Cluster,
    services: Services,
    caller: Caller,
    behind: Settings,
    proxy: FaultyProxy,
    start_worker: StartWorker,
) -> None:
    for _ in range(2):
        start_worker(behind)
    tasks = [await create(services, caller, ms=60) for _ in range(2)]
    for task in tasks:
        await reached(services, task, run=1, progress=0.05)
    for _ in range(3):
        assert proxy.reset() > 0
        await asyncio.sleep(0.4)
    proxy.silence()
    await asyncio.sleep(2.0)  # shorter than a worker may be silent
    proxy.heal()
    await asyncio.sleep(0.5)
    cluster.stop(signal.SIGKILL)
    cluster.start()
    proxy.reset()
    for task in tasks:
        done = await finished(services, caller, task)
        assert (done.status, done.run) == (TaskStatus.COMPLETED, 1)


async def test_a_worker_cut_off_from_the_database_is_replaced_and_changes_nothing(  # noqa: PLR0913, PLR0917
    services: Services,
    caller: Caller,
    settings: Settings,
    behind: Settings,
    proxy: FaultyProxy,
    start_worker: StartWorker,
) -> None:
    cut_off = start_worker(behind)
    task = await create(services, caller, ms=100)  # longer than another worker takes to start
    await reached(services, task, run=1, progress=0.02)
    await until(start_worker(settings).is_ready)
    proxy.silence()
    silent_at = time.monotonic()
    assert await reached(services, task, run=2) - silent_at < 5.0
    proxy.heal()
    await until(lambda: not cut_off.render_children(), 5.0)
    done = await finished(services, caller, task)
    assert (done.status, done.run) == (TaskStatus.COMPLETED, 2)
    assert done.output is not None
    # A preview whose transaction broke off may have been committed: its file waits for the sweep.
    await sweeper(services)()
    assert done.output.video_key in await only_named_files(services)
    assert cut_off.process.poll() is None, "it goes on working"


async def test_a_claim_whose_answer_is_lost_costs_no_task(
    services: Services,
    caller: Caller,
    behind: Settings,
    proxy: FaultyProxy,
    start_worker: StartWorker,
) -> None:
    await until(start_worker(behind).is_ready)

    async def count(query: str) -> int:
        async with services.database.connection() as connection:
            row = await (await connection.execute(f"SELECT count(*) AS n FROM {query}".encode())).fetchone()
        return 0 if row is None else row["n"]

    async def some(query: str) -> None:
        async with asyncio.timeout(10):
            while not await count(query):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async with services.database.transaction() as connection:
        # A claim is made to wait; then there is something to claim, and the answer is lost.
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (CLAIM_LOCK,))
        await some("pg_locks WHERE locktype = 'advisory' AND NOT granted")
        proxy.silence(Way.TO_CLIENT)
        task = await create(services, caller, ms=0)
    await some("procrastinate_jobs WHERE status = 'doing'")
    proxy.reset()
    proxy.heal()
    done = await finished(services, caller, task)
    assert (done.status, done.run) == (TaskStatus.COMPLETED, 1)


@pytest.mark.parametrize("fault", ["silence", "none"])
async def test_a_worker_that_is_told_to_stop_is_gone_within_three_seconds(  # noqa: PLR0913, PLR0917
    services: Services,
    caller: Caller,
    behind: Settings,
    proxy: FaultyProxy,
    start_worker: StartWorker,
    fault: str,
) -> None:
    worker = start_worker(behind.model_copy(update={"worker_concurrency": 3}))
    tasks = [await create(services, caller, ms=30) for _ in range(4)]
    for task in tasks[:3]:
        await reached(services, task, run=1, progress=0.05)
    children = worker.render_children()
    assert len(children) == 3
    if fault == "silence":
        proxy.silence()
        await asyncio.sleep(0.5)
    told_at = time.monotonic()
    worker.process.terminate()
    await asyncio.to_thread(worker.process.wait, 5.0)
    assert time.monotonic() - told_at < 3.0
    assert worker.process.returncode == 0
    await until(lambda: not any(_lives(child) for child in children), 1.0)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_a_connection_without_an_answer_is_cut(behind: Settings, proxy: FaultyProxy) -> None:
    async with Database(behind.database_url) as database:
        async with database.connection() as connection:
            await connection.execute("SELECT 1")
        proxy.silence()
        before = time.monotonic()
        with pytest.raises(Overloaded):
            async with database.connection(longest_s=0.5) as connection:
                await connection.execute("SELECT 1")
        assert time.monotonic() - before < 2.0
        proxy.heal()
        async with database.connection() as connection:
            await connection.execute("SELECT 1")


async def test_painters_die_with_their_worker(
    services: Services, caller: Caller, settings: Settings, start_worker: StartWorker
) -> None:
    """A worker's render child has children of its own, which paint for it."""
    worker = start_worker(settings.model_copy(update={"engines": ("previs",)}))
    await services.create_task(caller, {**TEXT, "prompt": "A foggy pine valley at dawn", "duration": 10})
    below: list[psutil.Process] = []

    def paints() -> bool:
        below[:] = psutil.Process(worker.process.pid).children(recursive=True)
        return any("brush_child" in " ".join(child.cmdline()) for child in below if _lives(child))

    await until(paints, 60.0)
    worker.process.kill()
    await until(lambda: not any(_lives(child) for child in below), 2.0)
