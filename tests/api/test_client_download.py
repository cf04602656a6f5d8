"""The clients' downloads: from the real server, and from one that breaks off, lies or has forgotten."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from hand_worker import HandWorker, clip

from kirin_video.client import AsyncClient, Client, DownloadFailed, TaskResource
from kirin_video.client.errors import Forbidden, InvalidRequest, NotFound, UnexpectedAnswer

CONTENT = clip(900_000, 5)
PARAMETERS = {"prompt": "A valley", "aspect_ratio": "16:9", "mode": "std"}


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def key(self) -> str: ...


Download = Callable[..., Path]


@pytest.fixture(params=["sync", "async"])
def download(request: pytest.FixtureRequest) -> Download:
    """``download`` of either client, against any server."""

    def with_client(base_url: str, task: TaskResource, path: Path, **options: object) -> Path:
        with Client(base_url, "kirin_x") as client:
            return client.download(task, path, **options)  # pyright: ignore[reportArgumentType]

    def with_async_client(base_url: str, task: TaskResource, path: Path, **options: object) -> Path:
        async def fetch() -> Path:
            async with AsyncClient(base_url, "kirin_x") as client:
                return await client.download(task, path, **options)  # pyright: ignore[reportArgumentType]

        return asyncio.run(fetch())

    return with_client if request.param == "sync" else with_async_client


def task_at(url: str) -> TaskResource:
    content = [{"type": "video", "url": url, "duration": 5}]
    return TaskResource.model_validate(
        {
            "id": "t1",
            "created_at": 1,
            "status": "completed",
            "model": "m",
            "output": [{"content": content, "jobId": "j"}],
        }
    )


class Faulty:
    """A server of one file whose answers go wrong as they are told to; the last one is repeated."""

    def __init__(self, *answers: Callable[[int], bytes]) -> None:
        self.answers = list(answers)
        self.heads: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(4096)
                    if not piece:
                        break
                    head += piece
                if not head:
                    continue
                self.heads.append(head.decode())
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                found = re.search(r"range: bytes=(\d+)-", head.decode(), re.IGNORECASE)
                connection.sendall(answer(int(found[1]) if found else 0))

    @contextmanager
    def running(self) -> Iterator[str]:
        self._thread.start()
        try:
            yield self.url
        finally:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._thread.join(5)


def part(start: int, upto: int | None = None, *, ranges: bool = True, etag: str = '"5"') -> bytes:
    """An answer from ``start`` on, cut off at ``upto`` though it promises all."""
    whole = start == 0 or not ranges
    start = 0 if whole else start
    head = "HTTP/1.1 200 OK" if whole else "HTTP/1.1 206 Partial Content"
    lines = [head, f"Content-Length: {len(CONTENT) - start}", f"ETag: {etag}", "Connection: close"]
    if not whole:
        lines.append(f"Content-Range: bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
    return "\r\n".join([*lines, "", ""]).encode() + CONTENT[start:upto]


def status(code: int, body: bytes = b"") -> bytes:
    return f"HTTP/1.1 {code} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


def test_the_real_thing_end_to_end(server: Server, worker: HandWorker, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    with Client(server.base_url, server.key) as client:
        task = client.create(PARAMETERS, watermark_info={"enabled": True}, external_task_id="download-1")
        marked = clip(100_000, 6)
        waiting = threading.Timer(0.3, worker.finish, (task.id, CONTENT, marked))
        waiting.start()
        done = client.wait("download-1", timeout_s=20)
        waiting.join()
        path = client.download(done, tmp_path / "clip.mp4", on_progress=lambda *now: seen.append(now))
        client.download(done, tmp_path / "marked.mp4", watermarked=True)
    assert path.read_bytes() == CONTENT
    assert (tmp_path / "marked.mp4").read_bytes() == marked
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clip.mp4", "marked.mp4"]


def test_many_tasks_at_once_from_asyncio(server: Server, worker: HandWorker) -> None:
    async def scenario() -> list[TaskResource]:
        async with AsyncClient(server.base_url, server.key) as client:
            created = await asyncio.gather(*(client.create(PARAMETERS, seed=n) for n in range(8)))
            for task in created:
                await asyncio.to_thread(worker.finish, task.id, clip(10_000))
            return await asyncio.gather(*(client.wait(task, timeout_s=20) for task in created))

    assert {task.status for task in asyncio.run(scenario())} == {"completed"}


def test_refusals_arrive_as_errors_with_every_fact(server: Server) -> None:
    with Client(server.base_url, server.key) as client:
        with pytest.raises(InvalidRequest) as caught:
            client.create(prompt="", mode="ultra")  # pyright: ignore[reportArgumentType]
        assert [detail.code for detail in caught.value.details] == ["002015001", "002015003", "002015004"]
        assert caught.value.request_id
        with pytest.raises(NotFound):
            client.get("no such task/at all")


def test_a_broken_download_is_taken_up_where_it_broke(download: Download, tmp_path: Path) -> None:
    faulty = Faulty(
        lambda _: part(0, 300_000), lambda start: part(start, 600_000), lambda _: status(503), part
    )
    with faulty.running() as url:
        path = download(url, task_at(f"{url}/v"), tmp_path / "clip.mp4")
    assert path.read_bytes() == CONTENT
    starts = [
        int(m[1]) for head in faulty.heads if (m := re.search(r"Range: bytes=(\d+)-", head, re.IGNORECASE))
    ]
    assert len(starts) == 3
    assert 0 < starts[0] <= 300_000 < starts[1] == starts[2] <= 600_000
    assert all('if-range: "5"' in head.lower() for head in faulty.heads[1:])
    assert not any("authorization" in head.lower() for head in faulty.heads), "the link is the permission"


def test_a_server_without_ranges_is_begun_anew(download: Download, tmp_path: Path) -> None:
    faulty = Faulty(lambda _: part(0, 500_000), lambda _: part(0, ranges=False))
    with faulty.running() as url:
        assert download(url, task_at(f"{url}/v"), tmp_path / "clip.mp4").read_bytes() == CONTENT


def test_a_download_that_never_gets_on_is_given_up_and_leaves_nothing(
    download: Download, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kirin_video.client.transfer._PAUSE_S", 0.01)
    (tmp_path / "clip.mp4").write_bytes(b"an older clip")
    faulty = Faulty(lambda _: status(200)[:20])
    with faulty.running() as url, pytest.raises(DownloadFailed, match="broke off"):
        download(url, task_at(f"{url}/v"), tmp_path / "clip.mp4")
    assert [p.name for p in tmp_path.iterdir()] == ["clip.mp4"]
    assert (tmp_path / "clip.mp4").read_bytes() == b"an older clip"
    assert len(faulty.heads) == 5


@pytest.mark.parametrize(
    ("answer", "error"),
    [(status(404), NotFound), (status(200), DownloadFailed), (status(204), DownloadFailed)],
)
def test_what_is_no_file_is_no_download(
    download: Download, tmp_path: Path, answer: bytes, error: type[Exception]
) -> None:
    with Faulty(lambda _: answer).running() as url, pytest.raises(error):
        download(url, task_at(f"{url}/v"), tmp_path / "clip.mp4")
    assert list(tmp_path.iterdir()) == []


def test_another_part_than_asked_for_is_not_taken(download: Download, tmp_path: Path) -> None:
    faulty = Faulty(lambda _: part(0, 300_000), lambda _: part(1000))
    with faulty.running() as url, pytest.raises(DownloadFailed, match="another part"):
        download(url, task_at(f"{url}/v"), tmp_path / "clip.mp4")


def test_an_expired_link_is_replaced_by_a_fresh_one(download: Download, tmp_path: Path) -> None:
    faulty = Faulty(lambda _: status(403), lambda _: status(200, fresh), part)
    fresh = task_at(f"{faulty.url}/fresh").model_dump_json(by_alias=True, exclude_none=True).encode()
    with faulty.running() as url:
        assert download(url, task_at(f"{url}/old"), tmp_path / "clip.mp4").read_bytes() == CONTENT
    assert [head.split()[1] for head in faulty.heads] == ["/old", "/model/v1/generation/task/t1", "/fresh"]


def test_a_link_that_stays_refused_is_an_error(download: Download, tmp_path: Path) -> None:
    faulty = Faulty(lambda _: status(403), lambda _: status(200, fresh), lambda _: status(403))
    fresh = task_at(f"{faulty.url}/fresh").model_dump_json(by_alias=True, exclude_none=True).encode()
    with faulty.running() as url, pytest.raises(Forbidden):
        download(url, task_at(f"{url}/old"), tmp_path / "clip.mp4")


def test_a_copy_that_was_not_made_is_said_to_be_missing(download: Download, tmp_path: Path) -> None:
    with pytest.raises(UnexpectedAnswer, match="no watermarked video"):
        download("http://127.0.0.1:9", task_at("http://127.0.0.1:9/v"), tmp_path / "c.mp4", watermarked=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_os_error(download: Download, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        download("http://127.0.0.1:9", task_at("http://127.0.0.1:9/v"), tmp_path / "no" / "c.mp4")
