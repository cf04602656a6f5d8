"""How long the server bears with a connection: uvicorn's HTTP protocol with bounds that it lacks.

Uvicorn waits without end for the rest of a request's head, takes heads of any size, and reads on whatever a
caller sends after it was refused. Bodies that trickle are the business of ``steady``.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kirin_video.http.errors import error_body

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Send = Callable[[Any], Awaitable[None]]

HEAD_S = 10.0
"""Seconds from the first byte of a request to the end of its head."""

MAX_HEAD_BYTES = 64 * 1024
"""Bytes of a request's head; the longest URL we know is a signed link of 300."""

LINGER_S = 2.0
"""Seconds that a refused caller who is still sending gets to read why."""

LINGER_BYTES = 1 << 20
"""Bytes of its body that are dropped meanwhile."""

_RETRY_AFTER_S = 1


class PatientProtocol(HttpToolsProtocol):
    """One connection.

    Attributes:
        max_connections: how many there may be; more are told to come back.
    """

    max_connections = 1000

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - uvicorn's own arguments, passed on
        super().__init__(*args, **more)
        self._head_timer: asyncio.TimerHandle | None = None
        self._head_bytes = 0
        self._linger_bytes = 0
        self._is_closing = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Take the connection, or refuse one too many."""
        super().connection_made(transport)
        if len(self.connections) > self.max_connections:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "The server has as many connections as it can take.")
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes, unless nothing more is wanted."""
        if self._is_closing:
            self._drop(len(data))
            return
        if self._is_between_requests() and self._head_timer is None:
            self._await_head()  # before parsing: blank lines begin nothing, but count
        if self._head_timer is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_timer is not None and self._head_bytes > MAX_HEAD_BYTES:
            self._refuse(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"The head of the request has more than {MAX_HEAD_BYTES:,} bytes.",
            )

    def eof_received(self) -> None:
        """The caller has sent all it will: nobody waits for the rest of a refused body."""
        if self._is_closing:
            self.transport.close()

    def on_headers_complete(self) -> None:
        """Start the request; its body, should nobody want it, is not waited for."""
        self._stop_timer()
        super().on_headers_complete()
        cycle = self.cycle
        plain_send = cast("Send", cycle.send)

        async def send(message: Any) -> None:  # noqa: ANN401 - an ASGI message
            if cycle.more_body and not cycle.response_started:
                cycle.keep_alive = False  # the rest of the body would have to be read first
            await plain_send(message)

        cycle.send = send  # pyright: ignore[reportAttributeAccessIssue]
        cycle.transport = cast("asyncio.Transport", _ClosesGently(self))

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP, in the contract's shape."""
        del msg
        self._refuse(HTTPStatus.BAD_REQUEST, "This is not an HTTP request.")

    def close_gently(self) -> None:
        """Close the connection, but let a caller who is still sending read the answer first.

        Closing with bytes unread would reset the connection, and the answer with it.
        """
        self._stop_timer()
        if self.cycle is None or not self.cycle.more_body:  # pyright: ignore[reportUnnecessaryComparison]
            self.transport.close()
            return
        self._linger()

    def _linger(self) -> None:
        if self._is_closing or self.transport.is_closing():
            return
        self._is_closing = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()
        self._head_timer = self.loop.call_later(LINGER_S, self.transport.abort)

    def _drop(self, size_bytes: int) -> None:
        self._linger_bytes += size_bytes
        if self._linger_bytes > LINGER_BYTES:
            self.transport.abort()

    def _is_between_requests(self) -> bool:
        return self.cycle is None or (self.cycle.response_complete and not self.cycle.more_body)  # pyright: ignore[reportUnnecessaryComparison]

    def _await_head(self) -> None:
        self._head_bytes = 0
        self._head_timer = self.loop.call_later(HEAD_S, self._head_is_late)

    def _head_is_late(self) -> None:
        if self.transport.is_closing():
            return
        if self._head_bytes:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, f"The request was not there after {HEAD_S:.0f} s.")
        else:
            self.transport.close()

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        """Answer without the application, and close."""
        self._stop_timer()
        if self._is_closing or self.transport.is_closing():
            return
        named = secrets.token_hex(12)
        body = json.dumps(error_body(f"{status:09d}", message, named)).encode()
        headers = {
            "content-type": "application/json",
            "content-length": len(body),
            "x-request-id": named,
            "x-content-type-options": "nosniff",
            "cache-control": "no-store",
            "connection": "close",
        }
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers["retry-after"] = _RETRY_AFTER_S
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.transport.write(STATUS_LINE[status] + head.encode() + b"\r\n" + body)
        self._linger()


class _ClosesGently:
    """A request's view of its connection."""

    def __init__(self, protocol: PatientProtocol) -> None:
        self._protocol = protocol
        self.write = protocol.transport.write
        self.is_closing = protocol.transport.is_closing

    def close(self) -> None:
        self._protocol.close_gently()


def patient_protocol(max_connections: int) -> type[PatientProtocol]:
    """The protocol of a server that takes so many connections at a time."""
    return type("BoundedProtocol", (PatientProtocol,), {"max_connections": max_connections})
