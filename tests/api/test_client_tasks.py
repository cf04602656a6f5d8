"""Both clients with a task after its creation: list, watch, cancel, delete, quote."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Protocol

import httpx2
import pytest
from hand_worker import HandWorker, clip

from kirin_video.client import AsyncClient, Client, TaskEvent, TaskResource
from kirin_video.client.errors import Conflict, InvalidRequest, NotFound

TEXT: dict[str, Any] = {"prompt": "A valley", "aspect_ratio": "16:9"}
Run = Callable[..., Any]
ID = "d5u5obte8783ap44qtj0"
RUNNING = TaskEvent(
    id=ID, created_at=1, status="in_progress", model="kirin_video_o1", progress=0.5, stage="rendering"
)
DONE = TaskResource(id=ID, created_at=1, status="completed", model="kirin_video_o1", output=[])


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def key(self) -> str: ...


async def collected(iterator: AsyncIterator[object]) -> list[object]:
    return [each async for each in iterator]


@pytest.fixture(params=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Run:
    """Call a method of either client; what comes piece by piece comes as a list."""

    def call_sync(
        server: tuple[str, str],
        method: str,
        *args: object,
        transport: httpx2.MockTransport | None = None,
        **more: object,
    ) -> object:
        with Client(*server, transport=transport) as client:
            answer = getattr(client, method)(*args, **more)
            return list(answer) if isinstance(answer, Iterator) else answer

    def call_async(
        server: tuple[str, str],
        method: str,
        *args: object,
        transport: httpx2.MockTransport | None = None,
        **more: object,
    ) -> object:
        async def call() -> object:
            async with AsyncClient(*server, transport=transport) as client:
                answer = getattr(client, method)(*args, **more)
                return await (collected(answer) if isinstance(answer, AsyncIterator) else answer)

        return asyncio.run(call())

    return call_sync if request.param == "sync" else call_async


@pytest.fixture
def address(new_account: Callable[[], httpx2.Client], server: Server) -> tuple[str, str]:
    """A server, and the key of an account that has nothing yet."""
    key = new_account().headers["authorization"].removeprefix("Bearer ")
    return server.base_url, key


def test_tasks_are_listed_through_all_pages(run: Run, address: tuple[str, str]) -> None:
    made = [run(address, "create", **TEXT).id for _ in range(5)]
    assert [task.id for task in run(address, "list", limit=2, order="asc")] == made
    assert run(address, "list", status="completed") == []
    page = run(address, "list_page", limit=4)
    assert ([task.id for task in page.data], page.has_more) == (made[:0:-1], True)
    assert [task.id for task in run(address, "list_page", page.next_cursor).data] == made[:1]
    with pytest.raises(InvalidRequest) as refused:
        run(address, "list", limit=0)
    assert refused.value.details[0].field == "limit"


def test_a_task_is_cancelled_and_deleted(run: Run, address: tuple[str, str]) -> None:
    task = run(address, "create", **TEXT)
    with pytest.raises(Conflict):
        run(address, "delete", task.id)
    cancelled = run(address, "cancel", task.id)
    assert cancelled.error.code == "002015094"
    assert run(address, "cancel", task.id) == cancelled
    assert run(address, "delete", task.id) is None
    for method in ("get", "cancel", "delete", "watch"):
        with pytest.raises(NotFound):
            run(address, method, task.id)


def test_a_request_is_quoted(run: Run, address: tuple[str, str]) -> None:
    assert run(address, "quote", **TEXT, mode="std", duration=10).cost == "0.84"
    with pytest.raises(InvalidRequest):
        run(address, "quote", prompt="A valley")


def test_a_task_is_watched_to_its_end(run: Run, address: tuple[str, str], worker: HandWorker) -> None:
    task = run(address, "create", **TEXT)

    def work() -> None:
        worker.progress(task.id, 0.5)
        worker.finish(task.id, clip(3000))

    timer = threading.Timer(0.3, work)
    timer.start()
    events: list[TaskEvent] = run(address, "watch", task)
    timer.join()
    assert events[0].status == "queued"
    assert events[-1].status == "completed"
    assert events[-1].output is not None
    assert [event.status for event in run(address, "watch", task.id)] == ["completed"]


def test_a_stream_that_breaks_is_taken_up_where_it_broke(run: Run) -> None:
    asked: list[str | None] = []

    def text(event: TaskResource, number: int) -> bytes:
        return f": x\nid: {number}\nevent: e\ndata: {event.model_dump_json(exclude_none=True)}\n\n".encode()

    class Broken(httpx2.SyncByteStream, httpx2.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"retry: 1000\n\n" + text(RUNNING, 4) + b"id: 9\nda"
            raise httpx2.ReadError("the connection broke")

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for chunk in [b"retry: 1000\n\n" + text(RUNNING, 4) + b"id: 9\nda"]:
                yield chunk
            raise httpx2.ReadError("the connection broke")

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.headers.get("last-event-id"))
        assert request.headers["accept"] == "text/event-stream"
        if len(asked) == 1:
            return httpx2.Response(200, stream=Broken())
        if len(asked) == 2:  # a server that stops ends its streams in good order
            return httpx2.Response(200, content=b"retry: 1000\n\n")
        return httpx2.Response(200, content=text(DONE, 7))

    events = run(("http://k.example", "kirin_a"), "watch", "t1", transport=httpx2.MockTransport(answer))
    assert [event.status for event in events] == ["in_progress", "completed"]
    assert events[0].stage == "rendering"
    assert asked == [None, "4", "4"]


def test_what_was_used(server: Server, run: Run, worker: HandWorker) -> None:
    made = run((server.base_url, server.key), "create", **TEXT)
    worker.finish(made.id, clip(5000))
    used = run((server.base_url, server.key), "usage", group_by=["key", "mode"])
    assert used.total.completed >= 1
    assert {entry.mode for entry in used.data} >= {"pro"}
    with pytest.raises(InvalidRequest, match="group_by"):
        run((server.base_url, server.key), "usage", "2026-11-01", group_by=["hour"])
