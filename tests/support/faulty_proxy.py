"""A TCP proxy that misbehaves on demand, for tests: between us and PostgreSQL, or between us and a receiver.

It runs in a thread of its own, so that tests with and without asyncio can use it, and it goes on while the
test's own loop is busy. Every method may be called from any thread and returns when it has taken effect::

    with database_proxy(settings.database_url) as proxy:  # or faulty_proxy("127.0.0.1", port)
        settings = settings.model_copy(update={"database_url": through(settings.database_url, proxy)})
        ...
        proxy.silence()                # nothing passes any more, nobody is told
        proxy.heal()                   # what was kept back passes now

What it can do to connections, those open now and those to come, until ``heal``:

- ``delay(0.2)``: everything arrives so many seconds later, also a close.
- ``silence()``: bytes and closes are kept back in both directions, and delivered after ``heal``, as TCP would
  after a network was away. ``silence(Way.TO_CLIENT)`` keeps back answers only: the server does what it was
  told, and the client does not learn of it. The kernel here still acknowledges, so TCP's own timeouts do
  not help: this is the frozen peer, harder than a cut cable.
- ``refuse()``: new connections are reset at once; open ones live on.
- ``cut_after(1000, Way.TO_CLIENT)``: each connection is reset after so many more bytes that way.

What it can do once, to those open now:

- ``reset()``: reset all, on both sides.
- ``half_open(Way.TO_CLIENT)``: close the server's side and never tell the client; ``Way.TO_SERVER`` the other
  way round. These connections stay dead; ``heal`` does not bring them back.

``open_connections`` and ``accepted`` count.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

_CHUNK_BYTES = 1 << 16
_CONNECT_S = 5.0
_ABORT = struct.pack("ii", 1, 0)  # SO_LINGER: a close is a reset

Found = TypeVar("Found")
Connect = Callable[[], Coroutine[None, None, tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


class Way(Enum):
    """A direction."""

    TO_SERVER = "to server"
    TO_CLIENT = "to client"


@dataclass
class _Fault:
    """What connections suffer at present."""

    delay_s: float = 0.0
    silent: frozenset[Way] = frozenset()
    refuses: bool = False
    cut_after: dict[Way, int] = field(default_factory=dict[Way, int])


@dataclass(eq=False)
class _Link:
    """One connection: the client's side and the server's."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    deaf: set[Way] = field(default_factory=set[Way])
    passed: dict[Way, int] = field(default_factory=lambda: dict.fromkeys(Way, 0))

    def reset(self) -> None:
        for writer in (self.client, self.server):
            _reset(writer)


class FaultyProxy:
    """See the module. Made by ``faulty_proxy`` and ``database_proxy``.

    Args:
        connect: opens a connection to the server.

    Attributes:
        host: where it listens: loopback.
        port: on which port.
        accepted: connections accepted so far.
    """

    def __init__(self, connect: Connect) -> None:
        self.host, self.port = "127.0.0.1", 0
        self.accepted = 0
        self._connect = connect
        self._fault = _Fault()
        self._changed = asyncio.Event()
        self._links: set[_Link] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="faulty proxy", daemon=True)

    @property
    def open_connections(self) -> int:
        """Connections that are open at present."""
        return len(self._links)

    def delay(self, seconds: float) -> None:
        """Let everything arrive later."""
        self._do(lambda: self._set(delay_s=seconds))

    def silence(self, *ways: Way) -> None:
        """Keep everything back; without ways, in both directions."""
        self._do(lambda: self._set(silent=frozenset(ways or Way)))

    def refuse(self) -> None:
        """Reset new connections at once."""
        self._do(lambda: self._set(refuses=True))

    def cut_after(self, passed_bytes: int, way: Way = Way.TO_CLIENT) -> None:
        """Reset each connection after so many more bytes one way."""

        def cut() -> None:
            for link in self._links:
                link.passed[way] = 0
            self._set(cut_after={**self._fault.cut_after, way: passed_bytes})

        self._do(cut)

    def heal(self) -> None:
        """Let everything pass, also what was kept back."""

        def heal() -> None:
            self._fault = _Fault()
            self._tell()

        self._do(heal)

    def reset(self) -> int:
        """Reset the connections that are open now; gives how many."""

        def reset() -> int:
            links = tuple(self._links)
            for link in links:
                link.reset()
            return len(links)

        return self._do(reset)

    def half_open(self, untold: Way = Way.TO_CLIENT) -> int:
        """Close one side of the connections that are open now without telling the other; gives how many."""

        def half_open() -> int:
            links = tuple(self._links)
            for link in links:
                link.deaf.update(Way)
                _reset(link.server if untold is Way.TO_CLIENT else link.client)
            return len(links)

        return self._do(half_open)

    def _set(self, **changes: object) -> None:
        for name, value in changes.items():
            setattr(self._fault, name, value)
        self._tell()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def _do(self, action: Callable[[], Found]) -> Found:
        """Act in the proxy's own thread."""

        async def act() -> Found:
            return action()

        return asyncio.run_coroutine_threadsafe(act(), self._loop).result(5)

    def start(self) -> None:
        """Listen on a free port."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(5)

    def stop(self) -> None:
        """Reset everything and be gone."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, self.host, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        self._server.close()
        for link in tuple(self._links):
            link.reset()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        try:
            if self._fault.refuses:
                return
            await self._until_heard(Way.TO_SERVER)
            async with asyncio.timeout(_CONNECT_S):
                answers, server = await self._connect()
            link = _Link(writer, server)
            self._links.add(link)
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._pass(link, Way.TO_SERVER, reader, server))
                    both.create_task(self._pass(link, Way.TO_CLIENT, answers, writer))
            finally:
                self._links.discard(link)
                link.reset()
        except* (OSError, TimeoutError):
            pass  # one side is gone, or was never there: the other is told by a reset
        finally:
            _reset(writer)

    async def _pass(
        self, link: _Link, way: Way, source: asyncio.StreamReader, sink: asyncio.StreamWriter
    ) -> None:
        """Pass bytes on one way, as well as the present fault lets them."""
        while True:
            try:
                chunk = await source.read(_CHUNK_BYTES)
            except OSError:
                if way not in link.deaf:
                    raise
                chunk = b""
            if way in link.deaf:
                await asyncio.Event().wait()  # held open until the proxy ends
            if self._fault.delay_s:
                await asyncio.sleep(self._fault.delay_s)
            await self._until_heard(way)
            if (left := self._left(link, way)) is not None and len(chunk) >= left:
                sink.write(chunk[:left])
                await sink.drain()
                await asyncio.sleep(0.01)  # for what was passed to arrive before the reset
                raise ConnectionResetError
            link.passed[way] += len(chunk)
            if not chunk:
                sink.write_eof()
                return
            sink.write(chunk)
            await sink.drain()

    def _left(self, link: _Link, way: Way) -> int | None:
        allowed = self._fault.cut_after.get(way)
        return None if allowed is None else max(0, allowed - link.passed[way])

    async def _until_heard(self, way: Way) -> None:
        while way in self._fault.silent:
            await self._changed.wait()


@contextmanager
def faulty_proxy(server_host: str, server_port: int) -> Generator[FaultyProxy]:
    """A proxy to a server; well-behaved at first, and gone at the end of the block."""
    with _running(FaultyProxy(lambda: asyncio.open_connection(server_host, server_port))) as proxy:
        yield proxy


@contextmanager
def database_proxy(url: str) -> Generator[FaultyProxy]:
    """The same to a PostgreSQL, by its URL; the tests' own listens on a Unix socket only."""
    parts = urlsplit(url)
    folder = parse_qs(parts.query).get("host")
    port = parts.port or 5432
    if folder is None:
        assert parts.hostname is not None
        with faulty_proxy(parts.hostname, port) as proxy:
            yield proxy
        return
    with _running(
        FaultyProxy(partial(asyncio.open_unix_connection, f"{folder[0]}/.s.PGSQL.{port}"))
    ) as proxy:
        yield proxy


@contextmanager
def _running(proxy: FaultyProxy) -> Generator[FaultyProxy]:
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()


def through(url: str, proxy: FaultyProxy) -> str:
    """The same URL, by way of the proxy."""
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user}{at}{proxy.host}:{proxy.port}", query="").geturl()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with a reset, not a goodbye."""
    with contextlib.suppress(OSError):
        sock = writer.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
    writer.transport.abort()
