"""A full disk refuses and fails in plain words, leaves nothing half done, and is forgotten afterwards."""

from __future__ import annotations

import asyncio
import base64
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from media_samples import picture
from pydantic import SecretStr
from small_disk import SmallDisk, can_mount, small_disk
from worked_tasks import until
from worker_process import WorkerProcess

from kirin_video.domain.errors import Fault, Overloaded
from kirin_video.domain.task import Failure, Task, TaskStatus
from kirin_video.domain.upload import UploadKind
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.wiring import Services, build

TEXT = {"model": "kirin_video_o1", "aspect_ratio": "16:9", "mode": "std", "duration": 5, "seed": 7}
KB, MB = 1 << 10, 1 << 20

needs_mount = pytest.mark.skipif(not can_mount(), reason="only root may mount a small disk")


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk(16 * MB) as mounted:
        yield mounted


@pytest.fixture
def settings(database_url: str, disk: SmallDisk) -> Settings:
    return Settings(
        database_url=database_url,
        data_dir=disk.path / "data",
        secret_key=SecretStr("a secret of the tests, long enough"),
        engines=("ramp_engine:RampEngine",),
        min_free_bytes=0,
    )


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    picture(1200, 1200).save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


async def finished(services: Services, caller: Caller, **more: object) -> Task:
    task = (await services.create_task(caller, {**TEXT, "prompt": "ramp", **more})).task
    deadline = time.monotonic() + 60
    while not (task := await services.read_task(caller, task.id)).status.is_terminal:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)
    return task


def files(services: Services) -> list[Path]:
    """Everything in the folders of files and of work in progress."""
    folders = (services.blobs.root, services.scratch)
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


async def ledger(services: Services, task: Task) -> list[str]:
    async with services.database.connection() as connection:
        query = "SELECT kind FROM ledger_entry WHERE task_id = %s ORDER BY id"
        return [row["kind"] for row in await (await connection.execute(query, (task.id,))).fetchall()]


@needs_mount
async def test_a_clip_that_finds_no_room_fails_costs_nothing_and_the_worker_goes_on(
    settings: Settings, services: Services, caller: Caller, disk: SmallDisk, tmp_path: Path
) -> None:
    """At every step: while it is drawn, while it is put in place, and when only its copy finds no room."""
    worker = WorkerProcess(settings, tmp_path / "worker.log")
    try:
        done = await finished(services, caller, watermark_info={"enabled": True})
        assert done.status is TaskStatus.COMPLETED
        sizes = [path.stat().st_size for path in files(services)]
        await services.delete_task(caller, done.id)
        assert files(services) == []
        for left_bytes in (0, max(sizes) + 16 * KB, sum(sizes) + 16 * KB, sum(sizes) + min(sizes) + 24 * KB):
            disk.leave(left_bytes)
            failed = await finished(services, caller, watermark_info={"enabled": True})
            no_room = Failure(Fault.GENERATION_FAILED, "The server has no room for the clip.")
            assert failed.failure == no_room, (left_bytes, sizes)
            assert await ledger(services, failed) == ["hold", "release"]
            # A preview goes right after the commit that fails its task.
            await until(lambda: [path for path in files(services) if "run-" not in str(path)] == [])
        disk.free()
        assert (await finished(services, caller)).status is TaskStatus.COMPLETED
        assert worker.process.poll() is None
    finally:
        worker.end()


@needs_mount
async def test_what_finds_no_room_is_refused_and_leaves_nothing(
    services: Services, caller: Caller, disk: SmallDisk, photo: Path
) -> None:
    inline = base64.b64encode(photo.read_bytes()).decode()
    frame = {"prompt": "ramp", "image_list": [{"image_url": inline, "type": "first_frame"}]}
    size_bytes = photo.stat().st_size
    for left_bytes in (0, size_bytes // 2, size_bytes + 8 * KB):
        disk.leave(left_bytes)
        with pytest.raises(Overloaded) as refused:
            await services.create_task(caller, {**TEXT, **frame})
        assert refused.value.retry_after_s == 30
        if left_bytes < size_bytes:
            with pytest.raises(Overloaded):
                await services.keep_upload(caller, UploadKind.IMAGE, photo)
        assert files(services) == []
    disk.free()
    assert await services.create_task(caller, {**TEXT, **frame})


@needs_mount
async def test_new_work_is_refused_before_the_disk_is_full(
    settings: Settings, services: Services, caller: Caller, disk: SmallDisk
) -> None:
    assert await services.check_readiness() == ()
    low = settings.model_copy(update={"min_free_bytes": 4 * MB})
    async with build(low) as careful:
        assert await careful.check_readiness() == ()
        disk.leave(3 * MB)
        [problem] = await careful.check_readiness()
        assert "KIRIN_MIN_FREE_BYTES" in problem
        with pytest.raises(Overloaded, match="no room"):
            await careful.create_task(caller, {**TEXT, "prompt": "ramp"})
        disk.free()
        await careful.create_task(caller, {**TEXT, "prompt": "ramp"})


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
async def test_a_disk_that_says_it_is_full_in_the_middle_of_a_file(
    number: int, database_url: str, tmp_path: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same without a disk to fill, for whoever may not mount one: every write to a stored file fails."""
    settings = Settings(
        database_url=database_url,
        data_dir=tmp_path / "data",
        secret_key=SecretStr("a secret of the tests, long enough"),
        engines=("ramp_engine:RampEngine",),
    )
    async with build(settings) as services:
        caller = await services.authenticate((await services.create_key("test")).text)

        def full(_: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(Overloaded):
            await services.keep_upload(caller, UploadKind.IMAGE, photo)
        assert files(services) == []
        monkeypatch.undo()
        assert await services.keep_upload(caller, UploadKind.IMAGE, photo)
