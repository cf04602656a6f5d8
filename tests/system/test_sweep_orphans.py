"""The sweep for files that nothing names: raced against all who are about to name one, and against kills."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from media_samples import picture
from orphans import sweeper
from worked_tasks import only_named_files
from worker_process import WorkerProcess

from kirin_video.domain.errors import Overloaded
from kirin_video.domain.task import Task, TaskStatus, VideoOutput
from kirin_video.services.authenticate import Caller
from kirin_video.services.runs import RunResult
from kirin_video.services.sweep_scratch import SweepScratch
from kirin_video.settings import Settings
from kirin_video.store.blob_rows import BlobKind, BlobRow, BlobRows
from kirin_video.store.blobs import Blob
from kirin_video.store.database import Database, FileSwept
from kirin_video.store.run_rows import RunRows
from kirin_video.wiring import Services

TEXT = {"model": "kirin_video_o1", "aspect_ratio": "16:9", "mode": "std", "duration": 5, "seed": 7}


def inline_picture() -> str:
    file = io.BytesIO()
    picture(320, 320).save(file, "JPEG")
    return base64.b64encode(file.getvalue()).decode()


async def named(services: Services) -> set[str]:
    async with services.database.connection() as connection:
        return {file.key for file in await BlobRows(services.database).named(connection, "", 10_000)}


def row(task: Task, blob: Blob) -> BlobRow:
    return BlobRow(
        blob.key,
        task.account_id,
        task.id,
        BlobKind.VIDEO,
        blob.media_type,
        blob.size_bytes,
        bytes.fromhex(blob.sha256),
    )


async def create(services: Services, caller: Caller, **more: object) -> Task:
    return (await services.create_task(caller, {**TEXT, "prompt": "ramp", **more})).task


async def finish(services: Services, task: Task, blob: Blob) -> bool:
    run = await services.start_run(task.id, "by hand")
    assert run is not None
    output = VideoOutput(blob.key, None, 5.0, "job")
    return await services.finish_run(run, RunResult(output, (row(task, blob),), {}))


async def test_only_old_files_without_a_name_are_removed(services: Services, caller: Caller) -> None:
    task = await create(services, caller)
    blobs = [await services.blobs.put_bytes(b"x", media_type="video/mp4") for _ in range(4)]
    assert await finish(services, task, blobs[0])
    assert await sweeper(services, older_than_s=60.0)() == 0
    assert await sweeper(services, preset=blobs[1].key)() == 2
    assert set(services.blobs.keys()) == {blobs[0].key, blobs[1].key}
    assert await sweeper(services, preset=blobs[1].key)() == 0


async def test_a_second_key_makes_an_old_file_young(services: Services) -> None:
    old = await services.blobs.put_bytes(b"x", media_type="image/png")
    os.utime(services.blobs.path_of(old.key), (1, 1))
    copy = await services.blobs.duplicate(old.key)
    shelf = copy[:2]
    assert copy not in services.blobs.keys_on(shelf, older_than_s=60.0)
    assert copy in services.blobs.keys_on(shelf)


async def test_a_writer_that_was_held_up_is_told_that_its_file_is_gone(
    services: Services, caller: Caller
) -> None:
    """Also when the bytes are long gone and nothing waits to be removed any more."""
    task = await create(services, caller)
    late = await services.blobs.put_bytes(b"x", media_type="video/mp4")
    assert await sweeper(services)() == 1
    await services.remove_files.sweep()
    with pytest.raises(FileSwept):
        await finish(services, task, late)
    again = await services.read_task(caller, task.id)
    assert again.status is TaskStatus.IN_PROGRESS
    assert await named(services) == set()
    assert await finish(services, task, await services.blobs.put_bytes(b"x", media_type="video/mp4"))


async def test_who_is_naming_a_file_is_waited_for(services: Services, caller: Caller) -> None:
    """The row is written but not committed: the sweep can neither see it nor take its file."""
    task = await create(services, caller)
    blob = await services.blobs.put_bytes(b"x", media_type="video/mp4")
    rows = BlobRows(services.database)
    async with services.database.transaction() as connection:
        await rows.insert(connection, [row(task, blob)])
        assert await sweeper(services)() == 0
    assert await sweeper(services)() == 0
    assert await named(services) == set(services.blobs.keys())


async def test_nothing_is_removed_while_a_backup_holds_removals(services: Services, caller: Caller) -> None:
    from kirin_video.store.blob_rows import REMOVALS_LOCK  # noqa: PLC0415

    task = await create(services, caller)
    await finish(services, task, await services.blobs.put_bytes(b"x", media_type="video/mp4"))
    async with services.database.connection() as holder:
        await holder.execute("SELECT pg_advisory_lock(%s)", (REMOVALS_LOCK,))
        await services.delete_task(caller, task.id)
        await services.remove_files.sweep()
        assert len(list(services.blobs.keys())) == 1
        await holder.execute("SELECT pg_advisory_unlock(%s)", (REMOVALS_LOCK,))
    await services.remove_files.sweep()
    assert list(services.blobs.keys()) == []


async def test_a_race_of_creates_finishes_deletes_and_sweeps_loses_no_file(
    services: Services, caller: Caller
) -> None:
    """Sweeping at once what has no name is far harsher than any real sweep; it may refuse, but never lose."""
    stop = asyncio.Event()
    counts = {"swept": 0, "refused": 0, "created": 0, "finished": 0}

    async def sweep() -> None:
        each = sweeper(services)
        while not stop.is_set():
            counts["swept"] += await each()

    async def work(number: int) -> None:
        for turn in range(12):
            try:
                with_picture = {"image_list": [{"image_url": inline_picture(), "type": "first_frame"}]}
                task = await create(services, caller, **(with_picture if turn % 3 == 0 else {}))
                counts["created"] += 1
                blob = await services.blobs.put_bytes(bytes([number]) * 1000, media_type="video/mp4")
                await asyncio.sleep(0.001 * (number % 5))
                if await finish(services, task, blob):
                    counts["finished"] += 1
                if turn % 4 == 3:
                    await services.delete_task(caller, task.id)
            except Overloaded:
                counts["refused"] += 1

    sweeping = [asyncio.create_task(sweep()) for _ in range(2)]
    await asyncio.gather(*(work(number) for number in range(8)))
    stop.set()
    await asyncio.gather(*sweeping)
    await services.remove_files.sweep()
    await sweeper(services)()
    assert await named(services) == set(services.blobs.keys())
    assert counts["finished"] > 5, counts
    assert counts["swept"] > 0, counts


@pytest.fixture
def workers(settings: Settings, tmp_path: Path) -> Iterator[list[WorkerProcess]]:
    started = [WorkerProcess(settings, tmp_path / f"worker-{number}.log") for number in range(2)]
    yield started
    for worker in started:
        worker.end()


def clips(services: Services) -> list[str]:
    """The keys of all clips that are stored: not their previews and posters."""
    stored = services.blobs.keys()
    return [key for key in stored if key.endswith(".mp4")]


async def test_a_worker_killed_between_file_and_commit_leaves_nothing(
    settings: Settings, services: Services, caller: Caller, workers: list[WorkerProcess]
) -> None:
    """Its files are in place, its commit waits for a lock; then it is killed. Another run makes the clip."""
    async with Database(settings.database_url) as other, other.connection() as blocker:
        await blocker.execute("SET idle_in_transaction_session_timeout = 0")
        task = await create(services, caller)
        async with blocker.transaction():
            await blocker.execute("LOCK TABLE blob IN SHARE MODE")
            async with asyncio.timeout(60):
                while not clips(services):  # noqa: ASYNC110 - folders have no events
                    await asyncio.sleep(0.02)
            await asyncio.sleep(0.2)
            [holder] = [w for w in workers if f"task {task.id}: run 1 begins" in w.log.read_text()]
            holder.process.kill()
            holder.process.wait()
    deadline = time.monotonic() + 60
    while (done := await services.read_task(caller, task.id)).status is not TaskStatus.COMPLETED:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)
    assert done.run == 2
    assert isinstance(done.output, VideoOutput)
    assert len(clips(services)) == 2
    assert await sweeper(services)() >= 1
    assert clips(services) == [done.output.video_key]
    assert done.output.video_key in await only_named_files(services)


async def test_a_worker_whose_clip_was_swept_away_makes_it_again(
    settings: Settings, services: Services, caller: Caller, workers: list[WorkerProcess]
) -> None:
    """Its commit is held up for so long that its files are taken for orphans."""
    async with Database(settings.database_url) as other, other.connection() as blocker:
        await blocker.execute("SET idle_in_transaction_session_timeout = 0")
        task = await create(services, caller)
        async with blocker.transaction():
            await blocker.execute("LOCK TABLE blob IN SHARE MODE")
            async with asyncio.timeout(60):
                while not clips(services):  # noqa: ASYNC110 - folders have no events
                    await asyncio.sleep(0.02)
                while clips(services):
                    await sweeper(services)()
                    await asyncio.sleep(0.02)
    deadline = time.monotonic() + 60
    while not (done := await services.read_task(caller, task.id)).status.is_terminal:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)
    assert (done.status, done.run) == (TaskStatus.COMPLETED, 2), done.failure
    assert isinstance(done.output, VideoOutput)
    assert clips(services) == [done.output.video_key]
    assert done.output.video_key in await only_named_files(services)
    assert all(worker.process.poll() is None for worker in workers)


async def test_work_in_progress_goes_with_the_run_it_was_for(services: Services, caller: Caller) -> None:
    task = await create(services, caller)
    for _ in range(2):
        assert await services.start_run(task.id, "by hand")
    stays = [f"run-{task.id}-2", "input-young", f"run-{'v' * 20}-9"]
    goes = [f"run-{task.id}-1", f"run-{'0' * 20}-1", "upload-old", "preset-old", "stray"]
    for name in (*stays, *goes):
        folder = services.scratch / name
        folder.mkdir()
        (folder / "part").write_bytes(b"x")
    for name in (stays[0], *goes):
        os.utime(services.scratch / name, (1, 1))
    await SweepScratch(services.database, RunRows(services.database), services.scratch)()
    assert {path.name for path in services.scratch.iterdir()} == set(stays)
