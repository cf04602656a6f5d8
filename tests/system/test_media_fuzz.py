"""Malformed media against the real judge: each is refused or read, in time, and harms nobody after it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

import media_samples as samples
import pytest
from fuzz_corpus import corpus

from kirin_video.domain.errors import Fault, InvalidRequest
from kirin_video.domain.task import Task
from kirin_video.domain.upload import UploadKind
from kirin_video.media.errors import MediaRejected
from kirin_video.media.judge import MediaJudge
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.wiring import Services
from kirin_video.worker.loop import run_worker

SLOW_S = 6.0
"""On a busy machine; the judge itself gives up after 20 s."""


@pytest.fixture(scope="module")
async def judge() -> AsyncIterator[MediaJudge]:
    async with MediaJudge() as judge:
        yield judge


def test_the_corpus_is_large_varied_and_always_the_same() -> None:
    first, second = list(corpus()), list(corpus())
    assert [name for name, _ in first] == [name for name, _ in second]
    kinds = [hashlib.sha256(content).digest() for _, content in first]
    assert len(set(kinds)) >= 500
    assert len({name for name, _ in first}) == len(first)


async def test_five_hundred_malformed_files_neither_crash_nor_hang_the_judge(
    judge: MediaJudge, tmp_path: Path
) -> None:
    nursery = judge.reader_pid
    slowest = (0.0, "")
    outcomes = {"refused": 0, "read": 0}
    told: list[str] = []

    async def attack(name: str, content: bytes, number: int) -> None:
        nonlocal slowest
        path = tmp_path / str(number)
        path.write_bytes(content)
        started = time.monotonic()
        is_movie = content[4:8] in {b"ftyp", b"moov", b"mdat", b"free"} or number % 7 == 0
        try:
            if is_movie:
                await judge.judge_video(path)
            else:
                await judge.read_pixels(path, path.with_suffix(".ppm"))
            outcomes["read"] += 1
        except MediaRejected as refusal:
            outcomes["refused"] += 1
            told.append(refusal.message)
        slowest = max(slowest, (time.monotonic() - started, name))
        path.unlink()
        path.with_suffix(".ppm").unlink(missing_ok=True)

    waiting = asyncio.Semaphore(4)

    async def bounded(name: str, content: bytes, number: int) -> None:
        async with waiting:
            await attack(name, content, number)

    await asyncio.gather(*(bounded(*sample, number) for number, sample in enumerate(corpus())))
    assert outcomes["refused"] + outcomes["read"] >= 500
    assert all(told)
    assert not any(str(tmp_path) in message for message in told)
    assert outcomes["refused"] > outcomes["read"]
    assert slowest[0] < SLOW_S, slowest
    assert judge.reader_pid == nursery, "the nursery never died"
    samples.picture().save(tmp_path / "good.png")
    assert (await judge.judge_image(tmp_path / "good.png")).width == 400


async def test_a_sample_of_them_through_the_upload_leaves_nothing(
    services: Services, caller: Caller, tmp_path: Path
) -> None:
    for number, (_, content) in enumerate(list(corpus())[::12]):
        path = tmp_path / str(number)
        path.write_bytes(content)
        kind = UploadKind.VIDEO if content[4:8] in {b"ftyp", b"moov", b"mdat"} else UploadKind.IMAGE
        with contextlib.suppress(InvalidRequest):  # anything else would be a mistake of ours
            upload = await services.keep_upload(caller, kind, path)
            await services.delete_upload(caller, upload.id)
    assert list(services.blobs.keys()) == []


class TestWithAWorker:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        more = {"engines": ("footage_engine:FootageEngine",), "allowed_networks": ("127.0.0.0/8",)}
        return settings.model_copy(update=more)

    async def test_a_worker_refuses_them_one_after_the_other(
        self, services: Services, settings: Settings, caller: Caller, support_path: None
    ) -> None:
        del support_path
        files = [content for name, content in corpus() if name.startswith(("mp4", "mov", "frag"))][::14]

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            content = files[int((await reader.readline()).split()[1].strip(b"/"))]
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + content)
            await writer.drain()
            writer.close()

        stop = asyncio.Event()
        working = asyncio.create_task(run_worker(services, settings, stop))
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as listener, asyncio.timeout(60):
            url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
            wanted = {"model": "kirin_video_o1", "prompt": "Winter", "mode": "std"}
            requests = [
                {**wanted, "video_list": [{"video_url": f"{url}/{number}"}]} for number in range(len(files))
            ]
            tasks = [(await services.create_task(caller, request)).task for request in requests]
            ended: list[Task] = []
            while len(ended) < len(tasks):
                await asyncio.sleep(0.1)
                found = [await services.read_task(caller, task.id) for task in tasks]
                ended = [task for task in found if task.status.is_terminal]
        assert {task.failure.fault for task in ended if task.failure} == {Fault.VIDEO_REJECTED}
        assert {task.run for task in ended} == {1}, "no worker was lost"
        stop.set()
        await working
