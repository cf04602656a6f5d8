"""A receiver of callbacks on loopback: keeps what it gets, and answers well or badly, as its path says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

LOOPBACK = ("127.0.0.0/8",)


@dataclass(frozen=True)
class Received:
    """One request.

    Attributes:
        path: the target.
        headers: names in lower case.
        body: its bytes.
    """

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def task(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Receiver:
    """An HTTP server that is not to be relied on.

    Attributes:
        port: where it listens.
        got: what it got, in order.
        status: what it answers at paths that do not say otherwise.
        head: more lines of its answers' heads.
        answer: the body of its answers.
        hangs: whether it answers nothing at all.
        hears: called with each request as it comes in.
    """

    port: int = 0
    got: list[Received] = field(default_factory=list[Received])
    status: int = 200
    head: str = ""
    answer: bytes = b"thanks"
    hangs: bool = False
    hears: Callable[[Received], object] = lambda _: None

    def url(self, path: str = "/hook", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def statuses(self) -> list[str]:
        return [each.task["status"] for each in self.got]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A caller may be killed at any byte of what it says, or before the first.
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._answer(await self._read(reader), writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _read(self, reader: asyncio.StreamReader) -> Received:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
        path = first.split()[1]
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        received = Received(path, headers, body)
        self.got.append(received)
        self.hears(received)
        return received

    async def _answer(self, received: Received, writer: asyncio.StreamWriter) -> None:
        if self.hangs:
            await asyncio.sleep(60)
        match received.path.strip("/").split("/"):
            case ["hang"]:
                await asyncio.sleep(60)
            case ["reset"]:
                writer.transport.abort()
            case ["drip"]:
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                await self._drip(writer)
            case ["drip-head"]:
                await self._drip(writer)
            case ["huge"]:
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    writer.write(b"x" * 65536)
                    await writer.drain()
            case ["status", status, *_]:
                self._plain(writer, int(status))
            case _:
                self._plain(writer, self.status)
        with suppress(ConnectionError):
            await writer.drain()

    def _plain(self, writer: asyncio.StreamWriter, status: int) -> None:
        head = f"HTTP/1.1 {status} Whatever\r\nContent-Length: {len(self.answer)}\r\n{self.head}\r\n"
        writer.write(head.encode() + self.answer)

    @staticmethod
    async def _drip(writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver until the block ends, whatever it is doing then."""
    made, talking = Receiver(), set[asyncio.Task[None]]()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talking.add(task)
        try:
            await made.handle(reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            talking.discard(task)

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in list(talking):
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
