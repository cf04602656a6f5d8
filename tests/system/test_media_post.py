"""Posting to callers' URLs: no more is waited for, read, followed or given away than it takes."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from receiver import LOOPBACK, Receiver, receiver

from kirin_video.media.post import SafePoster, Unreachable
from kirin_video.media.tunnel import egress_proxy

HEADERS = {"content-type": "application/json", "webhook-id": "msg_1"}


@pytest.fixture
async def hook() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


@pytest.fixture
async def poster() -> AsyncIterator[SafePoster]:
    async with SafePoster(LOOPBACK, timeout_s=0.5) as made:
        yield made


async def test_what_is_sent_arrives_as_it_is(hook: Receiver, poster: SafePoster) -> None:
    hook.head = "Retry-After: 7\r\n"
    answer = await poster.post(hook.url("/a?b=%20c"), HEADERS, b'{"a": "\xc3\xbc"}')
    assert (answer.status, answer.head, answer.retry_after) == (200, b"thanks", "7")
    [got] = hook.got
    assert (got.path, got.body) == ("/a?b=%20c", b'{"a": "\xc3\xbc"}')
    assert HEADERS.items() <= got.headers.items()


@pytest.mark.parametrize("path", ["/hang", "/drip-head", "/reset"])
async def test_without_an_answer_it_gives_up_in_time(hook: Receiver, poster: SafePoster, path: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unreachable):
        await poster.post(hook.url(path), HEADERS, b"{}")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(("path", "least"), [("/huge", 1024), ("/drip", 1)])
async def test_of_a_body_only_the_beginning_is_read(
    hook: Receiver, poster: SafePoster, path: str, least: int
) -> None:
    began = time.monotonic()
    answer = await poster.post(hook.url(path), HEADERS, b"{}")
    assert answer.status == 200
    assert least <= len(answer.head) <= 1024
    assert time.monotonic() - began < 5


async def test_redirects_are_not_followed_and_cookies_not_kept(hook: Receiver, poster: SafePoster) -> None:
    hook.head = f"Location: {hook.url('/elsewhere')}\r\nSet-Cookie: a=b; Path=/\r\n"
    for _ in range(2):
        assert (await poster.post(hook.url("/status/307"), HEADERS, b"{}")).status == 307
    assert [got.path for got in hook.got] == ["/status/307"] * 2
    assert "cookie" not in hook.got[1].headers


async def test_refused_closed_and_silent_targets_look_the_same(hook: Receiver, poster: SafePoster) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        shut = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        async with SafePoster(timeout_s=0.5) as strict:
            for each, url in ((strict, hook.url()), (poster, shut), (poster, hook.url("/hang"))):
                with pytest.raises(Unreachable) as refusal:
                    await each.post(url, HEADERS, b"{}")
                assert str(refusal.value) == ""
    assert [got.path for got in hook.got] == ["/hang"], "no packet reaches a forbidden address"


async def test_a_name_whose_look_up_hangs_keeps_nobody_waiting(hook: Receiver) -> None:
    def look_up(host: str, *args: object, **more: object) -> list[tuple[object, ...]]:
        del args, more
        if host.startswith("slow"):
            time.sleep(3)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", hook.port))]

    async with SafePoster(LOOPBACK, timeout_s=2, resolver=look_up) as poster:
        slow = [
            asyncio.create_task(poster.post(f"http://slow{n}.example:{hook.port}/", HEADERS, b"{}"))
            for n in range(40)
        ]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        assert (await poster.post(f"http://quick.example:{hook.port}/", HEADERS, b"{}")).status == 200
        assert time.monotonic() - began < 1
        for result in await asyncio.gather(*slow, return_exceptions=True):
            assert isinstance(result, Unreachable)


@asynccontextmanager
async def proxying(
    answer: bytes = b"HTTP/1.1 200 Fine\r\nVia: x\r\n\r\n",
) -> AsyncIterator[tuple[int, list[str]]]:
    """A proxy that connects, and the heads of what it was asked."""
    asked: list[str] = []
    running: set[asyncio.Task[None]] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        asked.append(head)
        writer.write(answer)
        if b" 200 " in answer:
            there = await asyncio.open_connection("127.0.0.1", int(head.split()[1].rsplit(":", 1)[1]))
            running.update(
                asyncio.create_task(pump(*ends)) for ends in ((reader, there[1]), (there[0], writer))
            )
        else:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], asked
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def test_through_the_egress_proxy_go_judged_addresses_only(hook: Receiver) -> None:
    async with proxying() as (port, asked):
        proxy = egress_proxy(f"http://user:word@127.0.0.1:{port}")
        async with SafePoster(LOOPBACK, timeout_s=2, proxy=proxy) as poster:
            assert (await poster.post(hook.url(host="localhost"), HEADERS, b"{}")).status == 200
        assert asked[0].splitlines()[0] == f"CONNECT 127.0.0.1:{hook.port} HTTP/1.1", "an address, no name"
        assert "Proxy-Authorization: Basic dXNlcjp3b3Jk" in asked[0]
        async with SafePoster(timeout_s=2, proxy=proxy) as strict:
            with pytest.raises(Unreachable):
                await strict.post(hook.url(), HEADERS, b"{}")
        assert len(asked) == 1, "what is refused does not reach the proxy either"
    assert [got.body for got in hook.got] == [b"{}"]


@pytest.mark.parametrize("answer", [b"HTTP/1.1 403 No\r\n\r\n", b"", b"SSH-2.0\r\n\r\n"])
async def test_a_proxy_that_does_not_connect_is_no_way(hook: Receiver, answer: bytes) -> None:
    async with (
        proxying(answer) as (port, _),
        SafePoster(LOOPBACK, timeout_s=2, proxy=egress_proxy(f"http://127.0.0.1:{port}")) as poster,
    ):
        with pytest.raises(Unreachable):
            await poster.post(hook.url(), HEADERS, b"{}")
    assert hook.got == []
