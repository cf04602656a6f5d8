"""What is not what was stored is noticed, told, and never used."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import time
from pathlib import Path

import pytest
from media_samples import picture
from worker_process import WorkerProcess

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Task
from kirin_video.presets.catalogue import PRESETS, is_preset_key
from kirin_video.services.authenticate import Caller
from kirin_video.services.check_files import CheckFiles
from kirin_video.services.verify_files import VerifyOnce
from kirin_video.settings import Settings
from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.blobs import BlobDamaged, BlobNotFound
from kirin_video.store.database_image import ImageFailed, snapshot
from kirin_video.wiring import Services

TEXT = {"model": "kirin_video_o1", "aspect_ratio": "16:9", "mode": "std", "duration": 5, "seed": 7}


async def create(services: Services, caller: Caller) -> Task:
    file = io.BytesIO()
    picture(320, 320).save(file, "JPEG")
    frame = {"image_url": base64.b64encode(file.getvalue()).decode(), "type": "first_frame"}
    return (await services.create_task(caller, {**TEXT, "prompt": "ramp", "image_list": [frame]})).task


def damage(path: Path) -> None:
    """One bit in the middle, as disks do it."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def checker(services: Services, orphan_after_s: float = 0.0) -> CheckFiles:
    rows = BlobRows(services.database)
    return CheckFiles(services.database, rows, services.blobs, is_preset_key, orphan_after_s)


async def test_a_task_with_a_damaged_input_fails_in_plain_words(
    settings: Settings, services: Services, caller: Caller, tmp_path: Path
) -> None:
    damaged, gone = [await create(services, caller) for _ in range(2)]
    async with services.database.connection() as connection:
        rows = await (await connection.execute("SELECT task_id, key FROM blob")).fetchall()
    keys = {row["task_id"]: row["key"] for row in rows}
    damage(services.blobs.path_of(keys[damaged.id]))
    await services.blobs.delete(keys[gone.id])
    worker = WorkerProcess(settings, tmp_path / "worker.log")
    try:
        for task, word in ((damaged, "damaged"), (gone, "not kept any more")):
            deadline = time.monotonic() + 60
            while not (now := await services.read_task(caller, task.id)).status.is_terminal:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.1)
            assert now.failure is not None
            assert now.failure.fault is Fault.MEDIA_UNREACHABLE
            assert now.failure.message.startswith("image_list[0]: ")
            assert word in now.failure.message
    finally:
        worker.end()
    assert keys[damaged.id] in worker.log.read_text(), "the operator is told which file"


async def test_a_result_is_read_through_once_and_again_when_it_was_touched(services: Services) -> None:
    blob = await services.blobs.put_bytes(os.urandom(5000), media_type="video/mp4")
    path, sha256 = services.blobs.path_of(blob.key), bytes.fromhex(blob.sha256)
    verify = VerifyOnce(services.blobs, remembered=1)
    assert await verify(blob.key, sha256) == path
    before = path.stat()
    damage(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert await verify(blob.key, sha256) == path, "no program did that; only reading it through can tell"
    os.utime(path)
    for _ in range(2):
        with pytest.raises(BlobDamaged):
            await verify(blob.key, sha256)
    other = await services.blobs.put_bytes(b"x", media_type="video/mp4")
    await verify(other.key, bytes.fromhex(other.sha256))
    await services.blobs.delete(other.key)
    with pytest.raises(BlobNotFound):
        await verify(other.key, bytes.fromhex(other.sha256))


async def test_a_check_finds_what_is_missing_damaged_and_nobodys(services: Services, caller: Caller) -> None:
    for _ in range(4):
        await create(services, caller)
    orphan = await services.blobs.put_bytes(b"x", media_type="image/png")
    await services.blobs.put_as(services.blobs.path_of(orphan.key), PRESETS[0].picture_key(0))
    sound = await checker(services)()
    assert (sound.files, sound.is_sound, sound.orphans) == (4, True, (orphan.key,))
    assert (await checker(services, orphan_after_s=60.0)()).orphans == ()

    async with services.database.connection() as connection:
        named = await BlobRows(services.database).named(connection, "", 10)
    damage(services.blobs.path_of(named[0].key))
    await services.blobs.delete(named[1].key)
    services.blobs.path_of(named[2].key).write_bytes(b"short")
    found = await checker(services)()
    assert not found.is_sound
    assert found.missing == (named[1],)
    assert set(found.damaged) == {named[0], named[2]}
    quick = await checker(services)(read=False)
    assert (quick.missing, quick.damaged) == ((named[1],), (named[2],))


async def test_one_backup_at_a_time(settings: Settings) -> None:
    with snapshot(settings.database_url) as held:
        with pytest.raises(ImageFailed, match="Another backup"), snapshot(settings.database_url):
            pass
        held.require_held()
        assert list(held.files()) == []


async def test_a_backup_notices_that_its_snapshot_is_lost(settings: Settings, services: Services) -> None:
    """Whoever loses it may miss files that were removed since: it must not end well."""
    with pytest.raises(ImageFailed, match="went away"), snapshot(settings.database_url) as held:  # noqa: PT012
        pid = held.connection.info.backend_pid
        async with services.database.connection() as connection:
            await connection.execute("SELECT pg_terminate_backend(%s)", (pid,))
        held.require_held()


async def test_a_database_of_another_release_is_not_backed_up(settings: Settings, services: Services) -> None:
    async with services.database.connection() as connection:
        await connection.execute("INSERT INTO migration (name) VALUES ('9999_future.sql')")
    with pytest.raises(ImageFailed, match="another release"), snapshot(settings.database_url):
        pass
