"""TLS on the way out: a certificate counts for the name that was asked for, wherever that leads."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from kirin_video.media.fetch import MediaUnreachable, SafeFetcher

BODY = b"the file"
NAME = "media.example.com"


def leads_to_loopback(_host: object, port: object, *_: object, **__: object) -> list[tuple[object, ...]]:
    """Every name is 127.0.0.1."""
    return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port))]


@asynccontextmanager
async def https(certificate: trustme.LeafCert) -> AsyncIterator[int]:
    """A server with a certificate; gives its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 8\r\n\r\n" + BODY)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """A certificate authority that this process trusts, as an operator makes it do so."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return made


async def fetch(port: int, dest: Path) -> int:
    async with SafeFetcher(("127.0.0.0/8",), timeout_s=5, resolver=leads_to_loopback) as fetcher:
        return await fetcher.fetch(f"https://{NAME}:{port}/a", dest, max_bytes=100)


async def test_the_right_name_is_fetched_from(authority: trustme.CA, tmp_path: Path) -> None:
    async with https(authority.issue_cert(NAME)) as port:
        assert await fetch(port, tmp_path / "a") == len(BODY)
    assert (tmp_path / "a").read_bytes() == BODY


@pytest.mark.parametrize("name", ["other.example.com", "127.0.0.1", "example.com", "*.example.org"])
async def test_a_certificate_for_another_name_is_refused(
    authority: trustme.CA, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with https(authority.issue_cert(name)) as port:
        with pytest.raises(MediaUnreachable):
            await fetch(port, tmp_path / "a")
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text
    assert not (tmp_path / "a").exists()


@pytest.mark.usefixtures("authority")
async def test_a_certificate_of_somebody_elses_making_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with https(trustme.CA().issue_cert(NAME)) as port:
        with pytest.raises(MediaUnreachable):
            await fetch(port, tmp_path / "a")
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text
