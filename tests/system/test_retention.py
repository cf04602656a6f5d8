"""Files are kept as long as their accounts want; their tasks, and the books, stay."""

from __future__ import annotations

import base64
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from media_samples import picture

from kirin_video.domain.errors import NotFound
from kirin_video.domain.task import RemovedOutput, Task, TaskStatus, VideoOutput
from kirin_video.services.authenticate import Caller
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.services.retention import ForgetOldFiles, RetainFiles
from kirin_video.services.runs import RunResult
from kirin_video.services.task_resource import task_resource
from kirin_video.store.blob_rows import BlobKind, BlobRow, BlobRows
from kirin_video.wiring import Services

TEXT = {"model": "kirin_video_o1", "aspect_ratio": "16:9", "mode": "std", "duration": 5, "seed": 7}


async def ended(services: Services, caller: Caller, days_ago: int) -> Task:
    """A task with an input and a result that was completed some days ago."""
    file = io.BytesIO()
    picture(320, 320).save(file, "JPEG")
    frame = {"image_url": base64.b64encode(file.getvalue()).decode(), "type": "first_frame"}
    task = (await services.create_task(caller, {**TEXT, "prompt": "ramp", "image_list": [frame]})).task
    run = await services.start_run(task.id, "by hand")
    assert run is not None
    blob = await services.blobs.put_bytes(b"a clip", media_type="video/mp4")
    row = BlobRow(
        blob.key, task.account_id, task.id, BlobKind.VIDEO, "video/mp4", 6, bytes.fromhex(blob.sha256)
    )
    output = VideoOutput(blob.key, None, 5.0, "job-1")
    assert await services.finish_run(run, RunResult(output, (row,), {"notes": ["A note."]}))
    async with services.database.connection() as connection:
        await connection.execute("ALTER TABLE task DISABLE TRIGGER USER")
        for table, column, key in (("task", "finished_at", "id"), ("blob", "created_at", "task_id")):
            statement = f"UPDATE {table} SET {column} = now() - %s * interval '1 day' WHERE {key} = %s"
            await connection.execute(statement.encode(), (days_ago, task.id))
        await connection.execute("ALTER TABLE task ENABLE TRIGGER USER")
    return await services.read_task(caller, task.id)


async def forget(services: Services, days: int) -> None:
    rows = BlobRows(services.database)
    await ForgetOldFiles(
        services.database, rows, RemoveFiles(services.database, rows, services.blobs), days
    )()


async def kept(services: Services) -> int:
    return len(list(services.blobs.keys()))


async def test_without_a_rule_files_stay(services: Services, caller: Caller) -> None:
    await ended(services, caller, days_ago=10_000)
    await forget(services, 0)
    assert await kept(services) == 2


async def test_files_go_when_their_time_has_come_and_their_task_says_so(
    services: Services, caller: Caller
) -> None:
    old, young = await ended(services, caller, 31), await ended(services, caller, 29)
    link = services.link_result(old)
    assert link is not None
    await forget(services, 30)
    assert await kept(services) == 2
    task = await services.read_task(caller, old.id)
    assert task.status is TaskStatus.COMPLETED
    assert isinstance(task.output, RemovedOutput)
    shown = task_resource(task, services.link_result(task), "http://server").model_dump(exclude_none=True)
    assert "output" not in shown
    assert shown["usage"]["cost"] == "0.42"
    assert shown["metadata"]["notes"][0] == "A note."
    assert "deleted" in shown["metadata"]["notes"][1]
    assert shown["metadata"]["files_deleted_at"] > shown["created_at"]
    assert isinstance((await services.read_task(caller, young.id)).output, VideoOutput)
    async with services.database.connection() as connection:
        entries = await (await connection.execute("SELECT kind FROM ledger_entry")).fetchall()
    assert sorted(entry["kind"] for entry in entries) == ["capture", "capture", "hold", "hold"]
    await services.delete_task(caller, old.id)


async def test_an_account_may_have_a_rule_of_its_own(services: Services, caller: Caller) -> None:
    retain = RetainFiles(services.database, BlobRows(services.database))
    assert await retain.read("default") is None
    await ended(services, caller, 10)
    await retain.write("default", 0)
    await forget(services, 5)
    assert await kept(services) == 2
    await retain.write("default", 9)
    assert await retain.read("default") == 9
    await forget(services, 0)
    assert await kept(services) == 0
    with pytest.raises(NotFound):
        await retain.read("nobody")
    with pytest.raises(NotFound):
        await retain.write("nobody", 1)


async def test_files_of_a_task_that_runs_stay_however_old(services: Services, caller: Caller) -> None:
    await ended(services, caller, 31)
    async with services.database.connection() as connection:
        await connection.execute("ALTER TABLE task DISABLE TRIGGER USER")
        await connection.execute("UPDATE task SET status = 'in_progress', output = NULL, finished_at = NULL")
    await forget(services, 30)
    assert await kept(services) == 2


async def test_links_to_files_that_are_gone_or_damaged_say_so(services: Services, caller: Caller) -> None:
    old, young = await ended(services, caller, 31), await ended(services, caller, 1)
    gone, damaged = services.link_result(old), services.link_result(young)
    assert gone is not None
    assert damaged is not None
    await forget(services, 30)
    assert isinstance(young.output, VideoOutput)
    services.blobs.path_of(young.output.video_key).write_bytes(b"A clip")
    for link, words in ((gone, "not kept any more"), (damaged, "damaged")):
        parts = urlsplit(link.video)
        _, _, key, filename = parts.path.split("/")
        query = parse_qs(parts.query)
        with pytest.raises(NotFound, match=words):
            await services.open_result(key, filename, int(query["expires"][0]), query["signature"][0])
