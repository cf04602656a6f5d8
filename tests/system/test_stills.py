"""Previews and posters of real tasks, what the gallery finds, and links that go with their task."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hand_worker import HandWorker
from real_clips import moving_bar
from worked_tasks import TEXT, StartWorker, create, finished, only_named_files, worker_starter
from worker_process import WorkerProcess

from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.errors import Conflict, NotFound
from kirin_video.domain.gallery import PAGE, Material, material_of
from kirin_video.domain.inputs import ElementInput, FrameRole, ImageInput, ReferType, VideoInput
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.share import read_share_token
from kirin_video.domain.task import Task, TaskRequest, TaskStatus
from kirin_video.media.still import LONGEST_PX
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.store.blob_rows import BlobKind
from kirin_video.wiring import Services

FOREIGN = "https://example.com/picture.png"


@pytest.fixture
def start_worker(settings: Settings, tmp_path: Path) -> Iterator[StartWorker]:
    started: list[WorkerProcess] = []
    yield worker_starter(settings, tmp_path, started)
    for each in started:
        each.end()


async def kinds(services: Services, task: Task) -> list[str]:
    async with services.database.connection() as connection:
        found = await connection.execute("SELECT kind FROM blob WHERE task_id = %s ORDER BY kind", (task.id,))
        return [row["kind"] for row in await found.fetchall()]


async def done_by_hand(services: Services, settings: Settings, caller: Caller, prompt: str = "A fox") -> Task:
    task = (await services.create_task(caller, {**TEXT, "prompt": prompt})).task
    await asyncio.to_thread(HandWorker(settings).finish, task.id, moving_bar())
    return await services.read_task(caller, task.id)


async def test_a_clip_is_seen_while_it_is_made_and_has_a_poster_afterwards(
    services: Services, caller: Caller, start_worker: StartWorker
) -> None:
    start_worker()
    task = await create(services, caller, ms=25)
    stills = services.stills.find
    async with asyncio.timeout(60):
        while (key := await stills.preview_key(task)) is None:  # noqa: ASYNC110 - a worker has no events for us
            await asyncio.sleep(0.05)
    preview = (await stills.preview(task)).read_bytes()
    assert preview[8:12] == b"WEBP"
    assert len(preview) < 100_000
    done = await finished(services, caller, task)
    assert done.status is TaskStatus.COMPLETED
    assert await kinds(services, task) == ["poster", "video"]
    assert key not in await only_named_files(services)
    assert (await stills.poster(done)).read_bytes()[8:12] == b"WEBP"
    await services.delete_task(caller, task.id)
    assert await only_named_files(services) == set()


async def test_a_missing_poster_is_made_once_by_whoever_asks_first(
    services: Services, settings: Settings, caller: Caller
) -> None:
    task = await done_by_hand(services, settings, caller)
    assert await kinds(services, task) == ["video"]
    paths = await asyncio.gather(*(services.stills.find.poster(task) for _ in range(6)))
    assert len(set(paths)) == 1
    assert await kinds(services, task) == ["poster", "video"]
    assert len(await only_named_files(services)) == 2
    async with services.database.connection() as connection:
        row = await services.stills.find.rows.still(connection, task.id, BlobKind.POSTER)
    assert row is not None
    assert row.size_bytes < LONGEST_PX * 100


async def test_what_is_no_clip_has_no_poster(services: Services, settings: Settings, caller: Caller) -> None:
    waiting = (await services.create_task(caller, {**TEXT, "prompt": "A fox"})).task
    broken = (await services.create_task(caller, {**TEXT, "prompt": "A dog"})).task
    await asyncio.to_thread(HandWorker(settings).finish, broken.id, b"no clip at all")
    for task in (waiting, await services.read_task(caller, broken.id)):
        with pytest.raises(NotFound):
            await services.stills.find.poster(task)
    assert await kinds(services, broken) == ["video"]


async def test_a_preview_ends_with_its_task_however_that_ends(
    services: Services, settings: Settings, caller: Caller
) -> None:
    task = (await services.create_task(caller, {**TEXT, "prompt": "A fox"})).task
    hand = HandWorker(settings)
    for picture in (b"first", b"second"):
        await asyncio.to_thread(hand.preview, task.id, picture)
    assert await kinds(services, task) == ["preview"]
    assert (await services.stills.find.preview(task)).read_bytes() == b"second"
    await services.cancel_task(caller, task.id)
    assert await kinds(services, task) == []
    await services.remove_files.sweep()
    assert await only_named_files(services) == set()


async def test_links_go_with_their_task(services: Services, settings: Settings, caller: Caller) -> None:
    task = await done_by_hand(services, settings, caller)
    share, opened = services.console.share_task, services.console.open_share
    made = await share.create(caller, task.id, timedelta(hours=1), watermarked=False, tells_prompt=False)
    token = made.path.rpartition("/")[2]
    assert read_share_token(token, [b"another secret"]) is None
    assert (await opened(token))[1].id == task.id
    with pytest.raises(Conflict):
        await share.create(caller, task.id, timedelta(hours=1), watermarked=True, tells_prompt=False)
    await services.delete_task(caller, task.id)
    with pytest.raises(NotFound):
        await opened(token)
    async with services.database.connection() as connection:
        left = await (await connection.execute("SELECT count(*) AS n FROM task_share")).fetchone()
    assert left == {"n": 0}


async def test_the_database_and_we_agree_what_a_task_works_from(services: Services) -> None:
    picture, framed = ImageInput(source=FOREIGN), ImageInput(source=FOREIGN, type=FrameRole.END_FRAME)
    base = VideoInput(video_url=FOREIGN)
    feature = VideoInput(video_url=FOREIGN, refer_type=ReferType.FEATURE)
    asked: list[TaskRequest] = [
        GenerationRequest(prompt="A fox"),
        GenerationRequest(prompt="A fox", image_list=(picture,)),
        GenerationRequest(prompt="A fox", element_list=(ElementInput(element_id=1),)),
        GenerationRequest(prompt="A fox", image_list=(picture, framed)),
        GenerationRequest(prompt="A fox", image_list=(picture,), video_list=(feature,)),
        GenerationRequest(prompt="A fox", video_list=(base,)),
        ElementRequest(name="Fox", pictures=(FOREIGN,)),
    ]
    requests = [request.model_dump_json() for request in asked]
    async with services.database.connection() as connection:
        query = "SELECT task_kind(each::jsonb) AS kind FROM unnest(%s::text[]) AS each"
        found = await (await connection.execute(query, (requests,))).fetchall()
    assert [row["kind"] for row in found] == [material_of(request) for request in asked]
    assert {row["kind"] for row in found} == set(Material)


async def test_the_gallery_is_leafed_through_and_searched(services: Services, caller: Caller) -> None:
    prompts = [f"Fox number {number} of 100 % snow" for number in range(PAGE + 3)] + ["红狐在雪地里奔跑"]
    for prompt in prompts:
        await services.create_task(caller, {**TEXT, "prompt": prompt})
    gallery = services.console.gallery
    first = await gallery(caller, [])
    assert first.next_cursor is not None
    second = await gallery(caller, [("after", first.next_cursor)])
    ids = [each.task.id for page in (first, second) for each in page.exhibits]
    assert len(set(ids)) == len(prompts)
    assert second.next_cursor is None

    async def count(words: str) -> int:
        return len((await gallery(caller, [("q", words)])).exhibits)

    assert await count("雪地") == 1
    assert await count("SNOW  FOX") == PAGE
    assert await count("100 %") == PAGE
    assert await count("1_0") == 0
    assert await count(ids[0]) == 1
    assert await count("\\") == 0
