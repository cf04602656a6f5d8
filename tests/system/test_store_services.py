import asyncio
import base64
import io
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PIL import Image
from pydantic import SecretStr

from kirin_video.domain.errors import (
    Conflict,
    Fault,
    Forbidden,
    InvalidRequest,
    NotFound,
    Unauthenticated,
)
from kirin_video.domain.request import parse_request
from kirin_video.domain.task import Failure, TaskStatus, VideoOutput
from kirin_video.services.authenticate import Caller
from kirin_video.services.runs import Run, RunResult
from kirin_video.settings import Settings
from kirin_video.store.blob_rows import BlobKind, BlobRow
from kirin_video.wiring import Services, build

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9", "mode": "std"}


def picture(width: int = 640, height: int = 360, kind: str = "PNG") -> str:
    data = io.BytesIO()
    Image.new("RGB", (width, height), (200, 80, 20)).save(data, kind)
    return base64.b64encode(data.getvalue()).decode()


async def rows(services: Services, query: str, *parameters: object) -> list[dict[str, Any]]:
    async with services.database.connection() as connection:
        return list(await (await connection.execute(query.encode(), parameters)).fetchall())


async def start(services: Services, task_id: str) -> Run:
    run = await services.start_run(task_id, "test")
    assert run is not None
    return run


async def result_of(services: Services, run: Run, tmp: Path) -> RunResult:
    path = tmp / f"clip-{run.task.run}.mp4"
    path.write_bytes(b"not really a clip")
    blob = await services.blobs.put_file(path, media_type="video/mp4")
    row = BlobRow(
        blob.key,
        run.task.account_id,
        run.task.id,
        BlobKind.VIDEO,
        "video/mp4",
        blob.size_bytes,
        bytes.fromhex(blob.sha256),
    )
    return RunResult(VideoOutput(blob.key, None, 5.0, "job"), (row,), {"engine": "ramp"})


async def test_task_hold_and_job_come_together(services: Services, caller: Caller) -> None:
    created = await services.create_task(caller, TEXT)
    assert not created.replayed
    assert created.task.status is TaskStatus.QUEUED
    assert created.task == await services.read_task(caller, created.task.id)
    [hold] = await rows(services, "SELECT kind, amount_micro FROM ledger_entry")
    assert hold == {"kind": "hold", "amount_micro": 420_000}
    [waits] = await rows(services, "SELECT task_id, account_id, worker_class FROM waiting")
    assert waits == {"task_id": created.task.id, "account_id": "default", "worker_class": "cpu"}


async def test_nothing_is_left_when_the_job_cannot_be_written(services: Services, caller: Caller) -> None:
    async with services.database.connection() as connection:
        await connection.execute("ALTER TABLE waiting ADD CHECK (place < 0)")
    with pytest.raises(psycopg.errors.CheckViolation):
        await services.create_task(caller, TEXT)
    assert await rows(services, "SELECT id FROM task UNION ALL SELECT kind FROM ledger_entry") == []


async def test_the_same_request_under_the_same_external_id_is_one_task(
    services: Services, caller: Caller
) -> None:
    request = {**TEXT, "external_task_id": "ad-17"}
    results = await asyncio.gather(*(services.create_task(caller, request) for _ in range(50)))
    assert len({created.task.id for created in results}) == 1
    assert sum(not created.replayed for created in results) == 1
    assert len(await rows(services, "SELECT 1 FROM ledger_entry")) == 1
    assert len(await rows(services, "SELECT 1 FROM waiting")) == 1
    assert (await services.read_task(caller, "ad-17")).id == results[0].task.id


async def test_another_request_under_the_same_external_id_is_a_conflict(
    services: Services, caller: Caller
) -> None:
    requests = [{**TEXT, "external_task_id": "ad-17", "prompt": f"ramp {n % 2}"} for n in range(50)]
    results = await asyncio.gather(
        *(services.create_task(caller, request) for request in requests), return_exceptions=True
    )
    conflicts = [result for result in results if isinstance(result, Conflict)]
    assert len(conflicts) == 25
    assert "ad-17" in conflicts[0].message
    assert len(await rows(services, "SELECT 1 FROM task")) == 1


async def test_races_between_two_processes_settle_in_the_database(
    services: Services, settings: Settings, caller: Caller
) -> None:
    async with build(settings) as other:
        requests = [{**TEXT, "external_task_id": f"ad-{n % 10}"} for n in range(60)]
        results = await asyncio.gather(
            *((services, other)[n % 2].create_task(caller, requests[n * 7 % 60]) for n in range(60))
        )
    assert sum(not created.replayed for created in results) == 10
    assert len(await rows(services, "SELECT 1 FROM ledger_entry")) == 10


async def test_an_external_id_is_the_accounts_own(services: Services, caller: Caller) -> None:
    request = {**TEXT, "external_task_id": "ad-17"}
    mine = await services.create_task(caller, request)
    await rows(services, "INSERT INTO account (id) VALUES ('other') RETURNING id")
    other = await services.authenticate((await services.create_key("other", account="other")).text)
    theirs = await services.create_task(other, {**request, "prompt": "another ramp"})
    assert (await services.read_task(other, "ad-17")).id == theirs.task.id
    for key in (mine.task.id, "ad-18", "", "\0", "\ud800", "x" * 5000):
        with pytest.raises(NotFound):
            await services.read_task(other, key)


async def test_inline_pictures_become_files_of_the_task(services: Services, caller: Caller) -> None:
    source = "data:image/png;base64," + picture()
    created = await services.create_task(
        caller, {**TEXT, "image_list": [{"image_url": source, "type": "first_frame"}]}
    )
    [image] = created.task.request.image_list
    [blob] = await rows(services, "SELECT key, task_id, kind, media_type FROM blob")
    assert image.source == f"blob:{blob['key']}"
    assert (blob["task_id"], blob["kind"], blob["media_type"]) == (created.task.id, "input", "image/png")
    assert services.blobs.path_of(blob["key"]).read_bytes() == base64.b64decode(picture())


async def test_a_repeated_request_with_a_picture_is_the_same_task_and_leaves_no_file(
    services: Services, caller: Caller
) -> None:
    request = {**TEXT, "external_task_id": "p", "image_list": [{"image": picture(), "type": "first_frame"}]}
    results = await asyncio.gather(*(services.create_task(caller, request) for _ in range(4)))
    again = await services.create_task(caller, request)
    assert {created.task.id for created in results} == {again.task.id}
    assert len(list(services.blobs.keys())) == 1
    other = {**request, "image_list": [{"image": picture(650), "type": "first_frame"}]}
    with pytest.raises(Conflict):
        await services.create_task(caller, other)
    assert len(list(services.blobs.keys())) == 1


async def test_every_picture_that_is_refused_is_named_and_none_is_kept(services: Services) -> None:
    images = [
        {"image_url": picture(), "type": "first_frame"},
        {"image_url": base64.b64encode(b"GIF89a not a picture").decode()},
        {"image_url": picture(100, 100)},
    ]
    create = services.create_task
    with pytest.raises(InvalidRequest) as caught:
        await create.take_inputs("default", "t", parse_request({**TEXT, "image_list": images}))
    found = [(violation.field, violation.fault) for violation in caught.value.violations]
    assert found == [
        ("image_list[1]", Fault.IMAGE_REJECTED),
        ("image_list[2]", Fault.IMAGE_REJECTED),
    ]
    assert list(services.blobs.keys()) == []


async def test_what_no_engine_can_make_is_refused_at_once(services: Services, caller: Caller) -> None:
    video = {"video_url": "https://example.com/a.mp4", "refer_type": "feature"}
    with pytest.raises(InvalidRequest) as caught:
        await services.create_task(caller, {**TEXT, "duration": 4, "video_list": [video]})
    [violation] = caught.value.violations
    assert (violation.field, violation.fault) == ("video_list[0]", Fault.INVALID_PARAMETER)
    assert "no engine on this server can work from reference footage yet" in violation.message


async def test_keys_are_checked_and_kept_only_as_hashes(services: Services) -> None:
    key = (await services.create_key("laptop")).text
    caller = await services.authenticate(key)
    assert caller.account_id == "default"
    wrong = key[:-1] + ("a" if key[-1] != "a" else "b")
    for bad in (wrong, "", "kirin_", key.lower() + "x"):
        with pytest.raises(Unauthenticated):
            await services.authenticate(bad)
    [row] = await rows(services, "SELECT * FROM api_key")
    assert key not in repr(row)
    assert row["last_used_at"] is not None


async def test_a_revoked_key_is_refused_within_a_second(services: Services) -> None:
    key = (await services.create_key("laptop")).text
    await services.authenticate(key)
    await rows(services, "UPDATE api_key SET revoked_at = now() RETURNING id")
    await asyncio.sleep(0.9)
    with pytest.raises(Unauthenticated):
        await services.authenticate(key)


async def test_keys_outlive_a_change_of_the_secret(services: Services, settings: Settings) -> None:
    key = (await services.create_key("laptop")).text
    changed = settings.model_copy(
        update={"secret_key": SecretStr("another secret"), "previous_secret_key": settings.secret_key}
    )
    async with build(changed) as later:
        assert (await later.authenticate(key)).account_id == "default"


async def test_a_completed_task_is_charged_once_and_linked(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    task = (await services.create_task(caller, TEXT)).task
    run = await start(services, task.id)
    result = await result_of(services, run, tmp_path)
    assert await services.finish_run(run, result)
    assert await services.finish_run(run, result), "finishing again is the same finish"
    done = await services.read_task(caller, task.id)
    assert (done.status, done.progress, done.metadata) == (TaskStatus.COMPLETED, 1.0, {"engine": "ramp"})
    ledger = await rows(services, "SELECT kind, amount_micro FROM ledger_entry ORDER BY id")
    assert [tuple(entry.values()) for entry in ledger] == [("hold", 420_000), ("capture", 420_000)]
    links = services.link_result(done)
    assert links is not None
    _, _, key, rest = links.video.split("/")
    filename, _, query = rest.partition("?")
    parts = dict(part.split("=") for part in query.split("&"))
    opened = await services.open_result(key, filename, int(parts["expires"]), parts["signature"])
    assert opened.path.read_bytes() == b"not really a clip"
    with pytest.raises(Forbidden):
        await services.open_result(key, filename, int(parts["expires"]) + 1, parts["signature"])


async def test_a_run_that_lost_its_task_changes_nothing(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    task = (await services.create_task(caller, TEXT)).task
    old = await start(services, task.id)
    new = await start(services, task.id)
    assert (old.task.run, new.task.run) == (1, 2)
    assert not await services.report_progress(old, "rendering", 0.9)
    assert not await services.finish_run(old, await result_of(services, old, tmp_path))
    assert not await services.fail_run(old, Failure(Fault.GENERATION_FAILED, "no"))
    assert not await services.return_run(old)
    assert (await services.read_task(caller, task.id)).progress == 0.0
    assert await services.finish_run(new, await result_of(services, new, tmp_path))
    assert not await services.finish_run(old, await result_of(services, old, tmp_path))
    ledger = await rows(services, "SELECT kind, run FROM ledger_entry ORDER BY id")
    assert [tuple(entry.values()) for entry in ledger] == [("hold", 0), ("capture", 2)]


async def test_progress_never_goes_back_even_when_a_run_starts_over(
    services: Services, caller: Caller
) -> None:
    task = (await services.create_task(caller, TEXT)).task
    assert await services.report_progress(await start(services, task.id), "rendering", 0.6)
    again = await start(services, task.id)
    assert await services.report_progress(again, "preparing", 0.1)
    shown = await services.read_task(caller, task.id)
    assert (shown.progress, shown.stage, shown.status) == (0.6, "preparing", TaskStatus.IN_PROGRESS)


async def test_a_failed_task_releases_all_that_was_held(services: Services, caller: Caller) -> None:
    task = (await services.create_task(caller, TEXT)).task
    run = await start(services, task.id)
    failure = Failure(Fault.GENERATION_FAILED, "The engine failed.")
    assert await services.fail_run(run, failure)
    assert not await services.fail_run(run, failure)
    assert (await services.read_task(caller, task.id)).failure == failure
    ledger = await rows(services, "SELECT kind, amount_micro FROM ledger_entry ORDER BY id")
    assert [tuple(entry.values()) for entry in ledger] == [("hold", 420_000), ("release", 420_000)]
    assert await services.start_run(task.id, "test") is None
    assert await services.has_ended(task.id)


async def test_a_task_that_costs_too_many_workers_is_given_up(services: Services, caller: Caller) -> None:
    task = (await services.create_task(caller, TEXT)).task
    for _ in range(3):
        await start(services, task.id)
    assert await services.start_run(task.id, "test") is None
    ended = await services.read_task(caller, task.id)
    assert ended.failure is not None
    assert ended.failure.fault is Fault.WORKER_LOST
    ledger = await rows(services, "SELECT kind FROM ledger_entry ORDER BY id")
    assert [entry["kind"] for entry in ledger] == ["hold", "release"]


async def test_runs_given_back_do_not_count_as_lost(services: Services, caller: Caller) -> None:
    task = (await services.create_task(caller, TEXT)).task
    for _ in range(5):
        assert await services.return_run(await start(services, task.id))
    assert (await start(services, task.id)).task.run == 6


async def test_a_task_is_settled_once_whatever_is_tried(services: Services, caller: Caller) -> None:
    task = (await services.create_task(caller, TEXT)).task
    run = await start(services, task.id)
    await services.fail_run(run, Failure(Fault.GENERATION_FAILED, "no"))
    with pytest.raises(psycopg.errors.UniqueViolation):
        await rows(
            services,
            "INSERT INTO ledger_entry (task_id, account_id, kind, held_micro, revenue_micro)"
            " VALUES (%s, 'default', 'capture', -420000, 420000) RETURNING id",
            task.id,
        )
