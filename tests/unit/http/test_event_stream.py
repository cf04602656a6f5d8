import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, MutableMapping
from typing import Any

import pytest

from kirin_video.http import event_stream
from kirin_video.http.event_stream import Event, EventStream

Message = MutableMapping[str, Any]


class Reader:
    """The other end of a stream: reads at its own pace, and leaves when told to."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.left = asyncio.Event()
        self.reads = asyncio.Event()
        self.reads.set()

    async def send(self, message: Message) -> None:
        await self.reads.wait()
        self.messages.append(message)

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.messages).decode()

    @property
    def is_complete(self) -> bool:
        return self.messages[-1].get("more_body") is False


class Source:
    """Events as they are asked for."""

    def __init__(self, count: int | None) -> None:
        self.asked = 0
        self.closed = False
        self._count = count

    async def events(self) -> AsyncGenerator[Event]:
        try:
            while self._count is None or self.asked < self._count:
                self.asked += 1
                await asyncio.sleep(0)
                yield Event(self.asked, "progress", {"n": self.asked, "text": "two\nlines\u2028"})
        finally:
            self.closed = True


def serve(source: Source, reader: Reader, closing: asyncio.Event | None = None) -> asyncio.Task[None]:
    stream = EventStream(source.events(), closing or asyncio.Event())
    return asyncio.create_task(stream({"type": "http"}, reader.receive, reader.send))


async def test_events_are_framed_and_the_last_ends_the_answer() -> None:
    source, reader = Source(2), Reader()
    await serve(source, reader)
    head, *_ = reader.messages
    headers = dict(head["headers"])
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert b"content-length" not in headers
    retry, *events = reader.text.strip().split("\n\n")
    assert retry == "retry: 1000"
    for number, event in enumerate(events, start=1):
        id_line, name_line, data_line = event.split("\n")
        assert (id_line, name_line) == (f"id: {number}", "event: progress")
        assert json.loads(data_line.removeprefix("data: ")) == {"n": number, "text": "two\nlines\u2028"}
    assert reader.is_complete
    assert source.closed


async def test_a_reader_that_stops_reading_holds_nothing_up_but_itself() -> None:
    source, reader = Source(None), Reader()
    reader.reads.clear()
    serving = serve(source, reader)
    await asyncio.sleep(0.05)
    assert source.asked == 0, "nothing is asked for until the head is on its way"
    reader.reads.set()
    await asyncio.sleep(0.01)
    reader.reads.clear()
    await asyncio.sleep(0.01)
    asked = source.asked
    await asyncio.sleep(0.05)
    assert source.asked == asked
    reader.left.set()
    await asyncio.wait_for(serving, 1)
    assert source.closed


async def test_a_reader_that_is_stuck_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "_STUCK_S", 0.05)
    source, reader = Source(None), Reader()
    serving = serve(source, reader)
    await asyncio.sleep(0.01)
    reader.reads.clear()
    await asyncio.wait_for(serving, 1)
    assert source.closed
    assert not reader.is_complete


async def test_the_end_of_the_server_ends_the_answer_in_good_order() -> None:
    closing = asyncio.Event()
    source, reader = Source(None), Reader()
    serving = serve(source, reader, closing)
    await asyncio.sleep(0.01)
    closing.set()
    await asyncio.wait_for(serving, 1)
    assert reader.is_complete
    assert source.closed


async def test_an_error_on_the_way_is_not_hidden() -> None:
    async def broken() -> AsyncGenerator[Event]:
        yield Event(1, "status", {})
        raise RuntimeError("the source broke")

    reader = Reader()
    with pytest.raises(RuntimeError, match="the source broke"):
        await EventStream(broken(), asyncio.Event())({"type": "http"}, reader.receive, reader.send)
    assert not reader.is_complete


async def test_an_end_that_misses_a_cancellation_holds_nothing_up() -> None:
    async def deaf() -> None:
        for _ in range(3):
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(60)
        await asyncio.sleep(60)

    source, reader = Source(2), Reader()
    stream = EventStream(source.events(), asyncio.Event(), deaf)
    async with asyncio.timeout(5):
        await stream({"type": "http"}, reader.receive, reader.send)
    assert reader.is_complete
    assert source.closed


async def test_another_end_ends_the_answer_in_good_order() -> None:
    source, reader, over = Source(None), Reader(), asyncio.Event()

    async def until_over() -> None:
        await over.wait()

    stream = EventStream(source.events(), asyncio.Event(), until_over)
    answering = asyncio.create_task(stream({"type": "http"}, reader.receive, reader.send))
    await asyncio.sleep(0.01)
    assert source.asked > 2
    over.set()
    await asyncio.wait_for(answering, 5)
    assert reader.is_complete
    assert source.closed
