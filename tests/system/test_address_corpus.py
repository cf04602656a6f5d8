"""No caller's URL makes the server talk to an address that the operator did not allow: not one packet.

127.0.0.2 stands for a public address: it is the one that the operator of these tests allows.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bad_addresses import BAD_URLS

from kirin_video.domain.errors import Fault, InvalidRequest
from kirin_video.media.fetch import MediaUnreachable, SafeFetcher
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.wiring import Services
from kirin_video.worker.loop import run_worker

ALLOWED = ("127.0.0.2/32",)
PUBLIC, PRIVATE = "127.0.0.2", "127.0.0.1"
SAID = "The file could not be fetched. Its URL must be public, answer within 1 s and need no credentials."
REQUEST = {"model": "kirin_video_o1", "prompt": "A valley", "mode": "std"}


class Listeners:
    """One port of every address of this machine; it notes who was called."""

    def __init__(self) -> None:
        self.called: list[str] = []
        self.port = 0
        self.answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.called.append(writer.get_extra_info("sockname")[0])
        await reader.readuntil(b"\r\n\r\n")
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[Listeners]:
    listeners = Listeners()
    both = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    async with await asyncio.start_server(listeners.handle, sock=both):
        listeners.port = both.getsockname()[1]
        yield listeners


class Names:
    """A name server that gives each look-up the next of its answers."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, _host: str, port: int, *_flags: object, **_more: object) -> list[tuple[object, ...]]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [(_family(ip), socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answer]


def _family(ip: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in ip else socket.AF_INET


async def refused(url: str, dest: Path, names: Names | None = None) -> None:
    async with SafeFetcher(ALLOWED, timeout_s=1, resolver=names) as fetcher:
        with pytest.raises(MediaUnreachable) as refusal:
            await fetcher.fetch(url, dest, max_bytes=1000)
    assert refusal.value.message == SAID
    assert not dest.exists()


def at_port(url: str, port: int) -> str:
    """The same URL, at the listeners' port where it names none of its own."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or "\\" in url or parts.port == 22:
        return url
    return parts._replace(netloc=f"{parts.netloc.removesuffix(':8080')}:{port}").geturl()


async def test_no_address_of_the_corpus_gets_a_packet(tmp_path: Path) -> None:
    async with listening() as listeners:
        for url in BAD_URLS:
            await refused(at_port(url, listeners.port), tmp_path / "a")
        assert listeners.called == []
        async with SafeFetcher(ALLOWED, timeout_s=5) as fetcher:  # the listeners do listen
            await fetcher.fetch(f"http://{PUBLIC}:{listeners.port}/", tmp_path / "a", max_bytes=1000)
        assert len(listeners.called) == 1


@pytest.mark.parametrize(
    "answer",
    [
        [PRIVATE],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["::ffff:0:127.0.0.1"],
        ["169.254.169.254"],
        ["168.63.129.16"],
        ["10.0.0.1"],
        ["0.0.0.0"],
        ["64:ff9b::7f00:1"],
        ["fe80::1"],
        [PUBLIC, PRIVATE],
        [PRIVATE, PUBLIC],
        [PUBLIC, "::1"],
    ],
)
async def test_a_name_that_leads_inside_is_refused_also_if_it_leads_outside_too(
    answer: list[str], tmp_path: Path
) -> None:
    async with listening() as listeners:
        await refused(f"http://files.example:{listeners.port}/a", tmp_path / "a", Names(answer))
        assert listeners.called == []


async def test_a_name_that_changes_its_answer_is_asked_once(tmp_path: Path) -> None:
    names = Names([PUBLIC], [PRIVATE])
    async with listening() as listeners, SafeFetcher(ALLOWED, timeout_s=5, resolver=names) as fetcher:
        await fetcher.fetch(f"http://files.example:{listeners.port}/a", tmp_path / "a", max_bytes=1000)
        assert (tmp_path / "a").read_bytes() == b"hello"
        assert names.asked == 1
        assert [address.rpartition(":")[2] for address in listeners.called] == [PUBLIC]


@pytest.mark.parametrize("host", [PRIVATE, "[::1]", "inside.example", "2130706433", "0x7f.1"])
async def test_a_redirect_inside_is_refused(host: str, tmp_path: Path) -> None:
    async with listening() as listeners:
        listeners.answer = (
            b"HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\n"
            b"Location: http://%s:%d/\r\n\r\n" % (host.encode(), listeners.port)
        )
        names = Names([PUBLIC], [PRIVATE])
        await refused(f"http://files.example:{listeners.port}/a", tmp_path / "a", names)
        assert len(listeners.called) == 1, "only the first hop"


async def test_blocked_closed_and_silent_targets_read_the_same(tmp_path: Path) -> None:
    with socket.socket() as closed, socket.socket() as silent:
        closed.bind((PUBLIC, 0))
        silent.bind((PUBLIC, 0))
        silent.listen(1)
        for host, port in ((PRIVATE, 80), closed.getsockname(), silent.getsockname()):
            await refused(f"http://{host}:{port}/", tmp_path / "a")


HTTP_URLS = [url for url in BAD_URLS if url]


@pytest.mark.parametrize("url", HTTP_URLS)
async def test_what_the_text_gives_away_is_refused_when_a_task_is_created(
    services: Services, caller: Caller, url: str
) -> None:
    by_field = {
        "image_list[0]": {"image_list": [{"image_url": url, "type": "first_frame"}]},
        "callback_url": {"callback_url": url, "aspect_ratio": "16:9"},
    }
    for field, more in by_field.items():
        with pytest.raises(InvalidRequest) as refusal:
            await services.create_task(caller, {**REQUEST, **more})
        (violation,) = refusal.value.violations
        fault = Fault.CALLBACK_REFUSED if field == "callback_url" else Fault.MEDIA_UNREACHABLE
        assert violation.field.startswith(field)
        assert violation.fault is fault


class TestWithAWorker:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        more = {"engines": ("footage_engine:FootageEngine",), "allowed_networks": ALLOWED}
        return settings.model_copy(update=more)

    async def test_footage_is_refused_by_its_field(self, services: Services, caller: Caller) -> None:
        for url in HTTP_URLS:
            with pytest.raises(InvalidRequest) as refusal:
                await services.create_task(caller, {**REQUEST, "video_list": [{"video_url": url}]})
            assert [v.fault for v in refusal.value.violations] == [Fault.MEDIA_UNREACHABLE], url
            assert refusal.value.violations[0].field.startswith("video_list[0]")

    async def test_allowed_networks_are_fetched_from_and_no_others(
        self, services: Services, settings: Settings, caller: Caller, support_path: None
    ) -> None:
        del support_path
        stop = asyncio.Event()
        working = asyncio.create_task(run_worker(services, settings, stop))
        said: dict[str, str] = {}
        async with listening() as listeners:
            for host in (PUBLIC, "localhost"):
                url = f"http://{host}:{listeners.port}/a.mp4"
                try:
                    task = (
                        await services.create_task(caller, {**REQUEST, "video_list": [{"video_url": url}]})
                    ).task
                except InvalidRequest as refusal:
                    said[host] = refusal.message
                    continue
                async with asyncio.timeout(20):
                    while not (task := await services.read_task(caller, task.id)).status.is_terminal:  # noqa: ASYNC110
                        await asyncio.sleep(0.05)
                assert task.failure is not None
                said[host] = f"{task.failure.fault}: {task.failure.message}"
            assert len(listeners.called) == 1
        assert said[PUBLIC].startswith("video_rejected: video_list[0]: This is not an MP4")
        assert "fetched" in said["localhost"]
        stop.set()
        await working
