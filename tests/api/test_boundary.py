"""Every answer on every path: ids, the shape of errors, keys before bodies, and bodies that are too large."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import StreamingResponse

from kirin_video.app import create_app
from kirin_video.domain.api_key import new_key
from kirin_video.domain.wire import ErrorResponse
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
LIMIT = 96 * 1024 * 1024


def check_error(response: httpx2.Response, status: int, code: str) -> ErrorResponse:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "server" not in response.headers
    body = ErrorResponse.model_validate_json(response.content)
    assert (body.error.code, body.request_id) == (code, response.headers["x-request-id"])
    assert body.error.error_message
    return body


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/nothing/here", 404),
        ("POST", f"{CREATE}/", 404),
        ("GET", f"{CREATE}/task/", 404),
        ("GET", "/docs", 404),
        ("GET", "/%00%F0%9F%8C%8A<script>", 404),
        ("GET", CREATE, 405),
        ("PUT", CREATE, 405),
        ("DELETE", "/healthz", 405),
        ("OPTIONS", CREATE, 405),
    ],
)
def test_what_the_router_refuses_has_the_same_shape(
    http: httpx2.Client, method: str, path: str, status: int
) -> None:
    response = http.request(method, path)
    check_error(response, status, f"{status:09d}")
    if status == 405:
        assert response.headers["allow"]
    else:
        assert "<script>" not in response.headers.get("content-type", "")


def test_health_is_told_without_a_key(server_url: str) -> None:
    with httpx2.Client(base_url=server_url, trust_env=False) as bare:
        assert bare.get("/healthz").json() == {"status": "ok"}
        assert bare.head("/healthz").status_code == 200


@pytest.mark.parametrize("given", ["abc", "req_01.2:3-4+5/6=", "x" * 128])
def test_a_callers_request_id_is_taken_over(http: httpx2.Client, given: str) -> None:
    response = http.get(f"{CREATE}/task/none", headers={"X-Request-Id": given})
    assert check_error(response, 404, "000000404").request_id == given


@pytest.mark.parametrize("given", ["", "x" * 129, "a b", "<script>", 'a"b', "a\tb", "ä"])
def test_an_odd_request_id_is_replaced(http: httpx2.Client, given: str) -> None:
    response = http.get("/healthz", headers={"X-Request-Id": given.encode()})
    assert re.fullmatch(r"[0-9a-f]{24}", response.headers["x-request-id"])


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer x", "Basic eDp5", "Bearer kirin_ä", "Bearer " + "k" * 8000]
)
def test_a_bad_key_is_refused_everywhere(server_url: str, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode()}
    with httpx2.Client(base_url=server_url, headers=headers, trust_env=False) as caller:
        for response in (caller.post(CREATE, content=b"{}"), caller.get(f"{CREATE}/task/t")):
            check_error(response, 401, "000000401")
            assert response.headers["www-authenticate"] == "Bearer"


def test_a_key_that_is_well_formed_but_unknown_is_refused(http: httpx2.Client) -> None:
    key = http.headers["authorization"].removeprefix("Bearer ")
    flipped = key[:10] + ("a" if key[10] != "a" else "b") + key[11:]
    for wrong in (new_key(), flipped, key[:-1], key + "a", key.upper()):
        response = http.post(CREATE, content=b"{}", headers={"Authorization": f"Bearer {wrong}"})
        body = check_error(response, 401, "000000401")
        assert wrong not in body.error.error_message


class RawExchange:
    """Sends the head of a request, and no body, and reads the answer."""

    def __init__(self, address: tuple[str, int], head: str) -> None:
        with socket.create_connection(address, timeout=5) as connection:
            started = time.monotonic()
            connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
            answer = b""
            while b'"request_id"' not in answer:
                chunk = connection.recv(65536)
                assert chunk, answer
                answer += chunk
            self.took_s = time.monotonic() - started
        self.head, _, body = answer.partition(b"\r\n\r\n")
        self.body = json.loads(body)


@pytest.mark.parametrize(
    "length", ["Content-Length: 5", f"Content-Length: {LIMIT}", "Transfer-Encoding: chunked"]
)
def test_without_a_key_the_body_is_not_waited_for(base_address: tuple[str, int], length: str) -> None:
    exchange = RawExchange(base_address, f"POST {CREATE} HTTP/1.1\nHost: x\n{length}")
    assert exchange.head.startswith(b"HTTP/1.1 401 ")
    assert exchange.body["error"]["code"] == "000000401"
    assert exchange.took_s < 1


def test_a_body_that_says_it_is_too_large_is_not_read(
    base_address: tuple[str, int], http: httpx2.Client
) -> None:
    key = f"Authorization: {http.headers['authorization']}"
    for length in (str(LIMIT + 1), "9" * 18):
        exchange = RawExchange(
            base_address, f"POST {CREATE} HTTP/1.1\nHost: x\n{key}\nContent-Length: {length}"
        )
        assert exchange.head.startswith(b"HTTP/1.1 413 ")
        assert exchange.body["error"]["code"] == "002015017"
        assert "100,663,296 bytes are allowed" in exchange.body["error"]["error_message"]
        assert exchange.took_s < 1


def test_a_body_of_unknown_length_is_stopped_at_the_limit(
    http: httpx2.Client, rss_mib: Callable[[], float]
) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        piece = b" " * (1 << 20)
        for _ in range(140):
            sent += len(piece)
            yield piece

    before = rss_mib()
    check_error(http.post(CREATE, content=endless()), 413, "002015017")
    assert rss_mib() - before < 40, "the body waits on disk"
    assert http.get("/healthz").status_code == 200


def test_a_compressed_body_is_refused(http: httpx2.Client) -> None:
    response = http.post(CREATE, content=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    assert "Compressed" in check_error(response, 400, "002015016").error.error_message


@pytest.mark.parametrize("host", ["", "a b", "x:y:z", "[::1", "%00", "evil<script>", "x" * 3000])
def test_an_odd_host_header_does_no_harm(
    base_address: tuple[str, int], http: httpx2.Client, host: str
) -> None:
    key = f"Authorization: {http.headers['authorization']}"
    exchange = RawExchange(base_address, f"GET {CREATE}/task/none HTTP/1.1\nHost: {host}\n{key}")
    assert exchange.head.startswith(b"HTTP/1.1 404 ")


@pytest.fixture
def faulty_http(api_settings: Settings) -> httpx2.AsyncClient:
    """The application with two routes that hold a mistake of ours; without the server around it."""
    app = create_app(api_settings)

    async def mistake(_: Request) -> None:
        raise ZeroDivisionError("the secret is 4711")

    async def halfway(_: Request) -> StreamingResponse:
        async def body() -> AsyncIterator[bytes]:
            yield b"begun"
            raise ZeroDivisionError("the secret is 4711")

        return StreamingResponse(body())

    app.add_route("/mistake", mistake)
    app.add_route("/halfway", halfway)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://x")


@pytest.mark.anyio
async def test_a_mistake_of_ours_is_a_500_that_tells_nothing_and_a_trace_in_the_log(
    faulty_http: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = await faulty_http.get("/mistake", headers={"X-Request-Id": "find-me"})
    check_error(response, 500, "000000500")
    assert "4711" not in response.text
    assert "Traceback" not in response.text
    assert "find-me" in caplog.text
    assert "the secret is 4711" in caplog.text


@pytest.mark.anyio
async def test_a_mistake_after_the_answer_began_is_logged_and_cuts_it(
    faulty_http: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = await faulty_http.get("/halfway", headers={"X-Request-Id": "find-me"})
    assert (response.status_code, response.content) == (200, b"begun")
    assert "find-me" in caplog.text
