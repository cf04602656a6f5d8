import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from kirin_video.media.fetch import FileTooLarge, MediaUnreachable, SafeFetcher

LOOPBACK = ("127.0.0.0/8",)
BODY = b"0123456789" * 1000


class Origin:
    """A tiny HTTP server whose answers are written out, and which counts who called."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.cookies: list[str] = []
        self.port = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readline()).split()[1].decode()
        self.requests.append(path)
        while line := (await reader.readline()).decode().strip():
            if line.lower().startswith("cookie:"):
                self.cookies.append(line)
        ok = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
        found = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
        answers = {
            "/file": ok + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY,
            "/cookie": ok + b"Set-Cookie: who=first\r\nContent-Length: 0\r\n\r\n",
            "/gzip": ok + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
            "/declared": ok + b"Content-Length: 999999999\r\n\r\n" + BODY,
            "/endless": ok + b"\r\n" + BODY * 100,
            "/cut": ok + b"Content-Length: 20000\r\n\r\n" + BODY,
            "/missing": b"HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret",
            "/hop": found + b"/file\r\n\r\n",
            "/loop": found + b"/loop\r\n\r\n",
            "/inside": found + b"http://[::1]:%d/file\r\n\r\n" % self.port,
        }
        try:
            if path == "/slow":
                await drip(writer, ok)
            writer.write(answers.get(path, b""))
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def drip(writer: asyncio.StreamWriter, head: bytes) -> None:
    writer.write(head + b"\r\n")
    for _ in range(100):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


@asynccontextmanager
async def origin() -> AsyncIterator[Origin]:
    server = Origin()
    async with await asyncio.start_server(server.handle, "127.0.0.1", 0) as listener:
        server.port = listener.sockets[0].getsockname()[1]
        yield server


async def attempt(
    path: str, dest: Path, *, networks: tuple[str, ...] = LOOPBACK, timeout_s: float = 5
) -> int:
    async with origin() as server, SafeFetcher(networks, timeout_s=timeout_s) as fetcher:
        return await fetcher.fetch(f"http://127.0.0.1:{server.port}{path}", dest, max_bytes=100_000)


@pytest.mark.parametrize("path", ["/file", "/hop"])
async def test_a_file_arrives_whole_also_over_a_redirect(path: str, tmp_path: Path) -> None:
    dest = tmp_path / "a"
    assert await attempt(path, dest) == len(BODY)
    assert dest.read_bytes() == BODY


async def test_no_cookie_is_kept_from_one_file_to_the_next(tmp_path: Path) -> None:
    async with origin() as server, SafeFetcher(LOOPBACK, timeout_s=5) as fetcher:
        for path in ("/cookie", "/file"):
            url = f"http://127.0.0.1:{server.port}{path}"
            await fetcher.fetch(url, tmp_path / "a", max_bytes=100_000)
        assert server.requests == ["/cookie", "/file"]
        assert server.cookies == []


@pytest.mark.parametrize("path", ["/declared", "/endless"])
async def test_too_much_is_stopped(path: str, tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge, match="larger than the 0 MB"):
        await attempt(path, tmp_path / "a")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("path", ["/gzip", "/cut", "/missing", "/loop", "/inside", "/slow"])
async def test_every_failure_reads_the_same_and_leaves_nothing(path: str, tmp_path: Path) -> None:
    with pytest.raises(MediaUnreachable) as caught:
        await attempt(path, tmp_path / "a", timeout_s=1)
    assert caught.value.message == (
        "The file could not be fetched. Its URL must be public, answer within 1 s and need no credentials."
    )
    assert not (tmp_path / "a").exists()


async def test_a_private_address_gets_no_packet(tmp_path: Path) -> None:
    async with origin() as server, SafeFetcher(timeout_s=2) as fetcher:
        for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
            with pytest.raises(MediaUnreachable):
                await fetcher.fetch(f"http://{host}:{server.port}/file", tmp_path / "a", max_bytes=100)
        assert server.requests == []


async def test_a_proxy_of_the_environment_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert await attempt("/file", tmp_path / "a") == len(BODY)


async def test_names_whose_look_up_hangs_hold_up_nobody(tmp_path: Path) -> None:
    release = threading.Event()

    def resolver(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host.startswith("hung"):
            release.wait(20)
            raise socket.gaierror(socket.EAI_AGAIN, "no answer")
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))]

    async with origin() as server, SafeFetcher(LOOPBACK, timeout_s=1.5, resolver=resolver) as fetcher:

        async def fetch(host: str) -> int:
            return await fetcher.fetch(
                f"http://{host}.example.com:{server.port}/file", tmp_path / host, max_bytes=100_000
            )

        started = time.monotonic()
        hung = [asyncio.create_task(fetch(f"hung{number}")) for number in range(40)]
        await asyncio.sleep(0.1)
        assert await fetch("well") == len(BODY)
        await asyncio.to_thread(lambda: None)  # the threads that all share are free as well
        assert time.monotonic() - started < 1
        results = await asyncio.gather(*hung, return_exceptions=True)
        assert all(isinstance(result, MediaUnreachable) for result in results)
        assert time.monotonic() - started < 3
    release.set()
