"""Elements from both entrances, through fetching and judging, into tasks, and out of the library again."""

from __future__ import annotations

import asyncio
import base64
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kirin_video.domain.element import Element, new_element_id
from kirin_video.domain.errors import Conflict, Fault, Forbidden, InvalidRequest, NotFound
from kirin_video.domain.task import ElementOutput, Task, TaskStatus
from kirin_video.domain.upload import UploadKind
from kirin_video.services import create_element as create_element_module
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.wiring import Services
from kirin_video.worker.loop import run_worker

MODEL = "kirin_custom_elements"
CLIP = {"model": "kirin_video_o1", "prompt": "<<<element_1>>> walks", "aspect_ratio": "16:9", "mode": "std"}
SHORT = {**CLIP, "duration": 3}
ORANGE, BROWN, BLUE = (230, 120, 40), (120, 60, 20), (20, 60, 200)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    more = {"engines": ("subject_engine:SubjectEngine",), "allowed_networks": ("127.0.0.0/8",)}
    return settings.model_copy(update=more)


@pytest.fixture
async def worker(services: Services, settings: Settings, support_path: None) -> AsyncIterator[None]:
    del support_path
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(services, settings, stop))
    yield
    stop.set()
    await working


def png(colour: tuple[int, int, int], size: tuple[int, int] = (320, 400)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return data.getvalue()


def inline(colour: tuple[int, int, int] = ORANGE, **more: object) -> dict[str, object]:
    frontal, other = (base64.b64encode(png(each)).decode() for each in (colour, BROWN))
    return {
        "model": MODEL,
        "element_name": "Fox",
        "element_description": "It is orange.",
        "element_frontal_image": frontal,
        "element_refer_list": [{"image_url": other}],
        **more,
    }


def remote(url: str, **more: object) -> dict[str, object]:
    return {**inline(), "element_refer_list": [{"image_url": url}], **more}


@asynccontextmanager
async def served(content: bytes, *, held: asyncio.Event | None = None) -> AsyncIterator[str]:
    """A URL of a file on loopback; with ``held``, it answers when that is set."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if held is not None:
            await held.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(content))
        writer.write(content)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listener:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/a.png"


async def finished(services: Services, caller: Caller, task: Task) -> Task:
    async with asyncio.timeout(60):
        while True:
            task = await services.read_task(caller, task.id)
            if task.status.is_terminal:
                return task
            await asyncio.sleep(0.03)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.03)


async def is_begun(services: Services, caller: Caller, task: Task) -> bool:
    return (await services.read_task(caller, task.id)).status is TaskStatus.IN_PROGRESS


async def nothing_is_left(services: Services) -> bool:
    jobs = await rows(services, "SELECT id FROM procrastinate_jobs")
    return not jobs and not list(services.blobs.keys())


async def made(services: Services, caller: Caller, request: dict[str, object]) -> Element:
    created = await services.create_element(caller, request)
    assert isinstance(created.task.output, ElementOutput)
    return await services.read_element(caller, str(created.task.output.element_id))


def using(*elements: Element, **more: object) -> dict[str, object]:
    return {**SHORT, "element_list": [{"element_id": each.id} for each in elements], **more}


async def rows(services: Services, query: str) -> list[Any]:
    async with services.database.connection() as connection:
        return await (await connection.execute(query.encode())).fetchall()


async def test_an_element_of_inline_pictures_is_complete_at_once_and_free(
    services: Services, caller: Caller
) -> None:
    task = (await services.create_element(caller, inline(tag_list=[{"tag_id": "animal"}]))).task
    assert (task.status, task.run, task.progress) == (TaskStatus.COMPLETED, 1, 1.0)
    assert isinstance(task.output, ElementOutput)
    element = await services.read_element(caller, str(task.output.element_id))
    assert (element.name, element.description, element.tags) == ("Fox", "It is orange.", ("animal",))
    assert (element.status, element.task_id, element.is_preset) == (TaskStatus.COMPLETED, task.id, False)
    assert [(p.width, p.height, p.media_type) for p in element.pictures] == [(320, 400, "image/png")] * 2
    assert services.blobs.path_of(element.pictures[0].key).read_bytes() == png(ORANGE)
    assert await rows(services, "SELECT kind, amount_micro FROM ledger_entry ORDER BY id") == [
        {"kind": "hold", "amount_micro": 0},
        {"kind": "capture", "amount_micro": 0},
    ]
    assert await rows(services, "SELECT id FROM procrastinate_jobs") == []
    assert list(services.scratch.iterdir()) == []


@pytest.mark.usefixtures("worker")
async def test_a_picture_at_a_url_is_fetched_and_the_element_plays_in_a_clip(
    services: Services, caller: Caller
) -> None:
    async with served(png(BLUE, (500, 300))) as url:
        request = remote(url, element_frontal_image=url, element_refer_list=[{"image_url": url}] * 3)
        task = (await services.create_element(caller, request)).task
        assert task.status is TaskStatus.QUEUED
        done = await finished(services, caller, task)
    assert done.failure is None
    assert isinstance(done.output, ElementOutput)
    assert done.metadata == {"element_name": "Fox", "num_pictures": 4, "notes": []}
    fox = await services.read_element(caller, str(done.output.element_id))
    assert [(p.width, p.height) for p in fox.pictures] == [(500, 300)] * 4
    other = await made(services, caller, inline(element_name="Vixen"))
    clip = await finished(services, caller, (await services.create_task(caller, using(other, fox))).task)
    assert clip.failure is None
    assert clip.metadata["subjects"] == [
        {
            "name": "Vixen",
            "description": "It is orange.",
            "sizes": [[320, 400], [320, 400]],
            "colour": list(ORANGE),
        },
        {"name": "Fox", "description": "It is orange.", "sizes": [[500, 300]] * 4, "colour": list(BLUE)},
    ]


@pytest.mark.usefixtures("worker")
async def test_what_is_no_picture_fails_the_task_and_the_element_and_leaves_nothing(
    services: Services, caller: Caller
) -> None:
    async with served(b"GIF89a, or so") as url:
        request = remote(url)
        task = await finished(services, caller, (await services.create_element(caller, request)).task)
    assert task.failure is not None
    assert task.failure.fault is Fault.IMAGE_REJECTED
    assert task.failure.message.startswith("element_refer_list[0].image_url: ")
    [row] = await rows(services, "SELECT id FROM element")
    element = await services.read_element(caller, str(row["id"]))
    assert (element.status, element.failure) == (TaskStatus.FAILED, task.failure)
    with pytest.raises(InvalidRequest) as refused:
        await services.create_task(caller, using(element))
    assert refused.value.fault is Fault.UNKNOWN_ELEMENT
    assert await services.delete_element(caller, str(element.id)) == element.id
    assert list(services.blobs.keys()) == []


async def test_an_element_that_cannot_be_used_is_refused_by_its_place(
    services: Services, caller: Caller
) -> None:
    theirs = await made(services, Caller("default", "k"), inline())
    stranger = Caller("another", "k")
    async with served(png(BLUE)) as url:
        waiting = await services.create_element(caller, remote(url))
    [row] = await rows(services, f"SELECT id FROM element WHERE task_id = '{waiting.task.id}'")
    request = {
        **SHORT,
        "element_list": [{"element_id": theirs.id}, {"element_id": row["id"]}, {"element_id": 77}],
        "image_list": [{"image_url": "http://10.0.0.1/a.png"}],
    }
    with pytest.raises(InvalidRequest) as refused:
        await services.create_task(caller, request)
    told = {(v.field, v.fault): v.message for v in refused.value.violations}
    assert ("image_list[0]", Fault.MEDIA_UNREACHABLE) in told
    assert "is queued" in told["element_list[1].element_id", Fault.UNKNOWN_ELEMENT]
    assert "no element with this id" in told["element_list[2].element_id", Fault.UNKNOWN_ELEMENT]
    assert len(told) == 3, "the account's own element is fine"
    with pytest.raises(InvalidRequest) as foreign:
        await services.create_task(stranger, using(theirs))
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
    [shown] = re.findall(r'"field": "element_list\[0\].element_id", "code": "\d+", "message": "(.*?)"', page)
    assert [(v.field, v.message) for v in foreign.value.violations] == [("element_list[0].element_id", shown)]
    assert await rows(services, "SELECT key FROM blob") == []
    assert len(list(services.blobs.keys())) == 3, "the elements' own pictures alone"


@pytest.mark.usefixtures("worker")
async def test_deleting_an_element_does_not_break_a_task_that_took_it(
    services: Services, caller: Caller
) -> None:
    element = await made(services, caller, inline())
    task = (await services.create_task(caller, using(element))).task
    await services.delete_element(caller, str(element.id))
    with pytest.raises(NotFound):
        await services.read_element(caller, str(element.id))
    done = await finished(services, caller, task)
    assert done.failure is None
    [subject] = done.metadata["subjects"]  # pyright: ignore[reportGeneralTypeIssues]
    assert subject["colour"] == list(ORANGE)  # pyright: ignore[reportArgumentType, reportCallIssue, reportOptionalSubscript, reportIndexIssue]
    await services.delete_task(caller, task.id)
    assert list(services.blobs.keys()) == []


async def test_tasks_that_race_with_the_deletion_have_all_of_the_element_or_are_refused(
    services: Services, caller: Caller
) -> None:
    element = await made(services, caller, inline())

    async def create(number: int) -> Task | InvalidRequest:
        await asyncio.sleep(number * 0.002)
        try:
            return (await services.create_task(caller, using(element))).task
        except InvalidRequest as refused:
            return refused

    async def delete() -> None:
        await asyncio.sleep(0.03)
        await services.delete_element(caller, str(element.id))

    *answers, _ = await asyncio.gather(*(create(number) for number in range(40)), delete())
    tasks = [answer for answer in answers if isinstance(answer, Task)]
    refused = [answer for answer in answers if isinstance(answer, InvalidRequest)]
    assert tasks
    assert refused
    assert {each.fault for each in refused} == {Fault.UNKNOWN_ELEMENT}
    known = {row["key"] for row in await rows(services, "SELECT key FROM blob")}
    assert known == set(services.blobs.keys()), "no file without a task, no task without its files"
    assert len(known) == 2 * len(tasks)
    for task in tasks:
        stored = await services.read_task(caller, task.id)
        sources = stored.request.element_list[0].pictures  # pyright: ignore[reportAttributeAccessIssue]
        assert [services.blobs.path_of(each.removeprefix("blob:")).read_bytes() for each in sources] == [
            png(ORANGE),
            png(BROWN),
        ]


@pytest.mark.usefixtures("worker")
async def test_deleting_an_element_that_is_being_made_cancels_its_task_and_leaves_nothing(
    services: Services, caller: Caller
) -> None:
    held = asyncio.Event()
    async with served(png(BLUE), held=held) as url:
        task = (await services.create_element(caller, remote(url))).task
        await until(lambda: is_begun(services, caller, task))
        [row] = await rows(services, "SELECT id FROM element")
        await services.delete_element(caller, str(row["id"]))
        held.set()
    done = await finished(services, caller, task)
    assert done.failure is not None
    assert done.failure.fault is Fault.CANCELLED
    await until(lambda: nothing_is_left(services))


async def test_the_same_request_under_one_external_id_makes_one_element(
    services: Services, caller: Caller
) -> None:
    request = inline(external_task_id="fox")
    created = await asyncio.gather(*(services.create_element(caller, request) for _ in range(8)))
    assert len({each.task.id for each in created}) == 1
    assert [each.replayed for each in created].count(False) == 1
    assert len(await rows(services, "SELECT id FROM element")) == 1
    assert len(list(services.blobs.keys())) == 2
    with pytest.raises(Conflict):
        await services.create_element(caller, inline(external_task_id="fox", element_name="Wolf"))
    with pytest.raises(Conflict):
        await services.create_task(caller, {**CLIP, "prompt": "a", "external_task_id": "fox"})


async def test_a_number_that_is_taken_is_drawn_again(
    services: Services, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await made(services, caller, inline())
    draws = iter([first.id, first.id, first.id + 1])
    monkeypatch.setattr(create_element_module, "new_element_id", lambda: next(draws))
    second = await made(services, caller, inline(element_name="Wolf"))
    assert second.id == first.id + 1
    assert len(await rows(services, "SELECT id FROM task")) == 2


async def test_uploads_become_elements_and_what_is_refused_is_not_kept(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(BLUE))
    upload = await services.keep_upload(caller, UploadKind.IMAGE, path)
    url = f"http://127.0.0.1/model/v1/files/{upload.id}"
    element = await made(services, caller, remote(url))
    assert [p.sha256 for p in element.pictures][1] == upload.sha256.hex()
    small = base64.b64encode(png(BLUE, (200, 200))).decode()
    before = set(services.blobs.keys())
    with pytest.raises(InvalidRequest) as refused:
        await services.create_element(
            caller,
            inline(
                element_frontal_image=small,
                element_refer_list=[
                    {"image_url": url},
                    {"image_url": "http://127.0.0.1/model/v1/files/00000000000000000000"},
                    {"image_url": "http://10.1.1.1/a.png"},
                ],
            ),
        )
    assert [(v.field, v.fault) for v in refused.value.violations] == [
        ("element_frontal_image", Fault.IMAGE_REJECTED),
        ("element_refer_list[1].image_url", Fault.MEDIA_UNREACHABLE),
        ("element_refer_list[2].image_url", Fault.MEDIA_UNREACHABLE),
    ]
    assert set(services.blobs.keys()) == before


@pytest.mark.usefixtures("worker")
async def test_a_preset_is_drawn_when_a_task_first_takes_it_and_cannot_be_deleted(
    services: Services, caller: Caller
) -> None:
    ball = await services.read_element(caller, "1")
    assert ball.is_preset
    task = (await services.create_task(caller, using(ball))).task
    done = await finished(services, caller, task)
    assert done.failure is None
    [subject] = done.metadata["subjects"]  # pyright: ignore[reportGeneralTypeIssues]
    assert subject["name"] == "Red ball"  # pyright: ignore[reportArgumentType, reportCallIssue, reportOptionalSubscript, reportIndexIssue]
    assert subject["sizes"] == [[512, 512]] * 4  # pyright: ignore[reportArgumentType, reportCallIssue, reportOptionalSubscript, reportIndexIssue]
    drawn = {p: services.blobs.path_of(p).stat().st_mtime_ns for p in _preset_keys(services)}
    again = (await services.create_task(caller, using(ball))).task
    assert {p: services.blobs.path_of(p).stat().st_mtime_ns for p in drawn} == drawn, "drawn once"
    await services.cancel_task(caller, again.id)
    with pytest.raises(Forbidden):
        await services.delete_element(caller, "1")


def _preset_keys(services: Services) -> tuple[str, ...]:
    return services.list_elements.presets.keys(1)


def test_numbers_of_elements_sort_by_time_and_stay_below_two_to_the_53() -> None:
    assert new_element_id(1_700_000_000) < new_element_id(1_700_000_001)
    assert new_element_id(2**32 - 1) < 2**53
