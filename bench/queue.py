"""Submitting, picking up and the overhead over an engine's own time: `make bench`.

PostgreSQL is the embedded one, as durable as for anybody. Workers are processes of their own. For pickups
they run tasks that end at once: nothing is measured but the way of a task to a worker. For the overhead they
render with an engine that has nothing to draw. Times are the database's own: from the beginning of the
create's commit to the start of the run, and from the end of a run to the start of the next. Results go to
bench/results/.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import SecretStr

from kirin_video.domain.access import LimitOverrides
from kirin_video.domain.errors import Fault
from kirin_video.domain.shot import Shot
from kirin_video.domain.task import Failure, TaskStatus
from kirin_video.engines.base import Feature, Rendering, Report
from kirin_video.queue.jobs import Claim
from kirin_video.services.accounts import CreateAccount
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.embedded import EmbeddedPostgres
from kirin_video.wiring import Services, build
from kirin_video.worker.loop import Worker, run_worker

RESULTS = Path(__file__).parent / "results"
WAITING = int(os.environ.get("BENCH_WAITING", "100000"))
PICKUPS = int(os.environ.get("BENCH_PICKUPS", "300"))
RENDERS = int(os.environ.get("BENCH_RENDERS", "10"))
ACCOUNTS = 100
SUBMITTERS = 64
PAUSE_S = 0.02
TEXT = {"model": "kirin_video_o1", "prompt": "nothing", "aspect_ratio": "1:1", "mode": "std", "duration": 5}


class IdleEngine:
    """Draws grey frames, all the same."""

    name = "idle"
    worker_class = "cpu"
    features = frozenset({Feature.TEXT})

    def render(self, shot: Shot, report: Report) -> Rendering:
        """Draw the shot."""
        del report
        return Rendering(frames=_grey(shot))


def _grey(shot: Shot) -> Iterator[NDArray[np.uint8]]:
    frame = np.full((shot.height, shot.width, 3), 128, np.uint8)
    for _ in range(shot.num_frames):
        yield frame


class EndAtOnce:
    """In the place of a worker's runs: starts a task's run and ends it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, claim: Claim) -> None:
        """Run one task."""
        run = await self._services.start_run(claim.task_id, "bench")
        if run is not None:
            await self._services.fail_run(run, Failure(Fault.GENERATION_FAILED, "It was for measuring."))
        await self._services.queue.remove(claim)


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(
        database_url=url,
        data_dir=folder / "files",
        secret_key=SecretStr("a secret of the benchmark, long enough"),
        engines=("bench.queue:IdleEngine",),
    )


async def work(kind: str, url: str, folder: Path) -> None:
    """Be a worker, until standard input ends."""
    settings = settings_for(url, folder)
    async with build(settings) as services:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_reader(0, stop.set)
        if kind == "renders":
            await run_worker(services, settings, stop)
        else:
            worker = Worker(services, settings)
            worker._task_run = EndAtOnce(services)  # noqa: SLF001 # pyright: ignore - all else is the real one
            await worker.run(stop)


@contextmanager
def worker_process(kind: str, settings: Settings, folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.queue", kind, settings.database_url, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        time.sleep(3.0)  # it signs in and listens
        try:
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(15)


async def query(services: Services, statement: str) -> list[dict[str, Any]]:
    async with services.database.connection() as connection:
        return list(await (await connection.execute(statement.encode())).fetchall())


async def ended(services: Services, number: int) -> None:
    """Wait until so many tasks have ended in all."""
    statement = "SELECT count(*) AS n FROM task WHERE finished_at IS NOT NULL"
    while (await query(services, statement))[0]["n"] < number:  # noqa: ASYNC110
        await asyncio.sleep(0.05)


async def submit(services: Services, callers: Sequence[Caller], number: int) -> float:
    """Create tasks, so many at a time, for accounts in turn; gives seconds."""
    left = iter(range(number))

    async def one_after_the_other() -> None:
        for index in left:
            await services.create_task(callers[index % len(callers)], TEXT)

    began = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(SUBMITTERS)))
    return time.perf_counter() - began


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    times = sorted(milliseconds)
    return {
        "p50_ms": round(times[len(times) // 2], 2),
        "p99_ms": round(times[min(len(times) - 1, int(len(times) * 0.99))], 2),
        "max_ms": round(times[-1], 2),
        "number": len(times),
    }


PICKED_UP = """
SELECT 1000 * extract(epoch FROM started_at - created_at)::double precision AS ms
  FROM task WHERE account_id = '{account}' AND started_at IS NOT NULL ORDER BY created_at DESC LIMIT {number}
"""

NEXT_ONES = """
WITH each AS (
    SELECT started_at, started_at - lag(finished_at) OVER (ORDER BY started_at) AS idle
      FROM task WHERE finished_at IS NOT NULL AND account_id <> '{account}'
)
SELECT 1000 * extract(epoch FROM idle)::double precision AS ms
  FROM each WHERE idle IS NOT NULL ORDER BY started_at DESC LIMIT {number}
"""

OVERHEAD = """
SELECT 1000 * (extract(epoch FROM finished_at - created_at) - (metadata->>'render_s')::numeric)::float8 AS ms
  FROM task WHERE status = 'completed'
"""


async def pickups(services: Services, caller: Caller) -> dict[str, float]:
    """Create tasks one at a time, each when the last has long ended; an idle worker picks each up."""
    for _ in range(PICKUPS):
        created = await services.create_task(caller, TEXT)
        while not (await services.read_task(caller, created.task.id)).status.is_terminal:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        await asyncio.sleep(PAUSE_S)
    rows = await query(services, PICKED_UP.format(account=caller.account_id, number=PICKUPS))
    return spread([row["ms"] for row in rows])


async def overhead(services: Services, caller: Caller) -> dict[str, float]:
    """Create tasks one at a time for a worker that renders; what they take beyond rendering and encoding."""
    for _ in range(RENDERS):
        created = await services.create_task(caller, TEXT)
        while not (task := await services.read_task(caller, created.task.id)).status.is_terminal:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        if task.status is not TaskStatus.COMPLETED:
            raise SystemExit(f"a task failed: {task.failure}")
    return spread([row["ms"] for row in await query(services, OVERHEAD)])


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[Services, Settings]]:
    postgres = EmbeddedPostgres(folder / "data", elsewhere=folder / "elsewhere", notice=lambda _: None)
    postgres.start()
    try:
        settings = settings_for(postgres.url, folder)
        async with build(settings) as services:
            yield services, settings
    finally:
        postgres.stop()


async def measure(folder: Path) -> dict[str, dict[str, float]]:
    """All rows."""
    rows: dict[str, dict[str, float]] = {}
    async with opened(folder) as (services, settings):
        accounts = CreateAccount(services.database, AccountRows(services.database))
        # The one that picks up are measured for goes first, so that an idle worker takes its tasks at once.
        await accounts("first", LimitOverrides(priority=10))
        first, flood = Caller("first", "bench"), [Caller(f"a{n}", "bench") for n in range(ACCOUNTS)]
        for caller in flood:
            await accounts(caller.account_id, LimitOverrides())
        with worker_process("renders", settings, folder):
            rows["overhead over rendering and encoding"] = await overhead(services, first)
        with worker_process("pickups", settings, folder):
            rows["pickup, nothing waits"] = await pickups(services, first)
        seconds = await submit(services, flood, WAITING)
        rows["submit"] = {"per_second": round(WAITING / seconds, 1), "number": WAITING}
        # For an idle worker while very many wait: they wait for a class that it does not take.
        await query(services, "UPDATE waiting SET worker_class = 'gpu' RETURNING 1")
        with worker_process("pickups", settings, folder):
            rows[f"pickup, {WAITING:,} wait for another class"] = await pickups(services, first)
        await query(services, "UPDATE waiting SET worker_class = 'cpu' RETURNING 1")
        [done] = await query(services, "SELECT count(*) AS n FROM task WHERE finished_at IS NOT NULL")
        with worker_process("pickups", settings, folder):
            await ended(services, done["n"] + PICKUPS)
        found = await query(services, NEXT_ONES.format(account="first", number=PICKUPS))
        rows[f"from an end to the next start, {WAITING:,} wait"] = spread([row["ms"] for row in found])
    return rows


def main() -> None:
    """Measure, print a table, keep the figures."""
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="kirin-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL, which is never root, passes through
        rows = asyncio.run(measure(folder))
    for name, row in rows.items():
        print(f"{name:48} " + "  ".join(f"{key} {value:,}" for key, value in row.items()))
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    machine = {
        "cores": os.cpu_count(),
        "load_before": before,
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    path = RESULTS / f"queue-{now:%Y-%m-%d}.json"
    kept = {"date": now.isoformat(), "machine": machine, "accounts": ACCOUNTS, "rows": rows}
    path.write_text(json.dumps(kept, indent=1) + "\n")
    print(f"kept in {os.path.relpath(path)}")


if __name__ == "__main__":
    if sys.argv[1:2] in (["renders"], ["pickups"]):
        asyncio.run(work(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
    else:
        main()
