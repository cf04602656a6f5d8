"""Connections that are meant to hurt: slow heads, endless heads, unread bodies, too many of them."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx2
import pytest
import uvicorn

from kirin_video.app import create_app, uvicorn_config
from kirin_video.http import patient
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
Address = tuple[str, int]


def read_all(connection: socket.socket, timeout_s: float = 5) -> bytes:
    """Everything until the other side closes, however it does."""
    connection.settimeout(timeout_s)
    answer = b""
    try:
        while chunk := connection.recv(65536):
            answer += chunk
    except ConnectionResetError:
        pass
    return answer


def check_shape(answer: bytes, status: int, code: str) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), answer
    assert b"connection: close" in head.lower()
    parsed = json.loads(body)
    assert parsed["error"]["code"] == code
    assert parsed["request_id"] in head.decode()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient, "HEAD_S", 0.6)
    monkeypatch.setattr(patient, "LINGER_S", 0.6)


@pytest.mark.usefixtures("hasty")
def test_a_head_that_trickles_is_cut(base_address: Address) -> None:
    with socket.create_connection(base_address, timeout=5) as connection:
        started = time.monotonic()
        connection.setblocking(False)
        for letter in b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 1000:
            try:
                connection.send(bytes([letter]))
                if connection.recv(1, socket.MSG_PEEK) is not None:
                    break
            except BlockingIOError:
                pass
            time.sleep(0.02)
        took_s = time.monotonic() - started
        check_shape(read_all(connection), 408, "000000408")
    assert 0.5 < took_s < 3


def until_closed(connection: socket.socket, sent: bytes) -> tuple[float, bytes]:
    """Send a few bytes again and again; the seconds until the server ended it, and what it said."""
    started, answer = time.monotonic(), b""
    connection.settimeout(0.05)
    while time.monotonic() - started < 10:
        try:
            connection.sendall(sent)
            chunk = connection.recv(65536)
        except TimeoutError:
            continue
        except ConnectionError:
            break
        if not chunk:
            break
        answer += chunk
    return time.monotonic() - started, answer


@pytest.mark.usefixtures("hasty")
def test_a_connection_that_says_nothing_is_closed_in_time_and_without_a_word(base_address: Address) -> None:
    with socket.create_connection(base_address, timeout=5) as connection:
        took_s, answer = until_closed(connection, b"")
    assert 0.5 < took_s < 1.5
    assert answer == b""


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("is_used", [False, True])
def test_blank_lines_do_not_keep_a_connection_open(base_address: Address, is_used: bool) -> None:
    with socket.create_connection(base_address, timeout=5) as connection:
        if is_used:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        took_s, answer = until_closed(connection, b"\r\n")
    assert 0.5 < took_s < 1.5
    check_shape(answer, 408, "000000408")


def test_a_used_connection_serves_again(base_address: Address) -> None:
    with socket.create_connection(base_address, timeout=5) as connection:
        for _ in range(3):
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 5)
        answers = b""
        while answers.count(b'{"status":"ok"}') < 5:
            answers += connection.recv(65536)


def test_an_endless_head_is_cut(base_address: Address) -> None:
    with socket.create_connection(base_address, timeout=5) as connection:
        sent = 0
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        try:
            while sent < 64 << 20:
                connection.sendall(b"X-Filler: " + b"a" * 10_000 + b"\r\n")
                sent += 10_000
        except ConnectionError:
            pass
        assert sent < 16 << 20
        answer = read_all(connection)
    if answer:
        check_shape(answer, 431, "000000431")


def test_what_is_not_http_is_refused_in_the_contracts_shape(base_address: Address) -> None:
    for noise in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"HELO x\r\n\r\n", b"GET\r\n\r\n"):
        with socket.create_connection(base_address, timeout=5) as connection:
            connection.sendall(noise)
            connection.shutdown(socket.SHUT_WR)
            check_shape(read_all(connection), 400, "000000400")


@pytest.mark.parametrize(
    ("key", "length", "status", "code"),
    [
        ("", 90 << 20, 401, "000000401"),
        ("key", (96 << 20) + 1, 413, "002015017"),
        ("key", 10**15, 413, "002015017"),
    ],
)
def test_a_body_nobody_wants_is_not_drained(  # noqa: PLR0913, PLR0917
    base_address: Address, http: httpx2.Client, key: str, length: int, status: int, code: str
) -> None:
    credentials = f"Authorization: {http.headers['authorization']}\r\n" if key else ""
    head = f"POST {CREATE} HTTP/1.1\r\nHost: x\r\n{credentials}Content-Length: {length}\r\n\r\n"
    with socket.create_connection(base_address, timeout=5) as connection:
        connection.sendall(head.encode())
        answer = connection.recv(65536)
        sent = 0
        started = time.monotonic()
        try:
            while sent < 80 << 20:
                connection.sendall(bytes(1 << 16))
                sent += 1 << 16
        except ConnectionError:
            pass
        assert sent < 32 << 20, "the server went on reading"
        assert time.monotonic() - started < 3
    check_shape(answer, status, code)


def test_a_refused_caller_who_goes_on_sending_a_little_still_reads_why(base_address: Address) -> None:
    head = f"POST {CREATE} HTTP/1.1\r\nHost: x\r\nContent-Length: {300_000}\r\n\r\n"
    for _ in range(5):
        with socket.create_connection(base_address, timeout=5) as connection:
            connection.sendall(head.encode() + bytes(300_000))
            time.sleep(0.05)
            check_shape(read_all(connection), 401, "000000401")


@pytest.fixture
def narrow(api_settings: Settings) -> Iterator[Address]:
    """A server that takes four connections."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        server = uvicorn.Server(uvicorn_config(create_app(api_settings), max_connections=4))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield listener.getsockname()
        server.should_exit = True
        thread.join(20)


def test_one_connection_too_many_is_told_to_come_back(narrow: Address) -> None:
    held = [socket.create_connection(narrow, timeout=5) for _ in range(4)]
    time.sleep(0.1)
    with socket.create_connection(narrow, timeout=5) as extra:
        answer = read_all(extra)
    check_shape(answer, 503, "000000503")
    assert b"retry-after: 1" in answer
    held.pop().close()
    time.sleep(0.1)
    with socket.create_connection(narrow, timeout=5) as extra:
        extra.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert read_all(extra).startswith(b"HTTP/1.1 200")
    for connection in held:
        connection.close()


def test_fifty_slow_callers_do_not_keep_others_waiting(base_address: Address, http: httpx2.Client) -> None:
    slow = [socket.create_connection(base_address, timeout=5) for _ in range(50)]
    head = (
        f"POST {CREATE} HTTP/1.1\r\nHost: x\r\nAuthorization: {http.headers['authorization']}\r\n"
        f"Content-Length: {90 << 20}\r\n\r\n"
    )
    for number, connection in enumerate(slow):
        connection.sendall(b"GET / HTTP/1.1\r\nX-A" if number % 2 else head.encode() + bytes(100_000))
    started = time.monotonic()
    for _ in range(5):
        assert http.get("/healthz").status_code == 200
    assert time.monotonic() - started < 2
    for connection in slow:
        connection.close()
