"""Ask the API whether it is well, without waiting for the answer."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time

from kirin_video.supervisor.listener import connect_to

_REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
_PAUSE_S = 0.1


class Probe:
    """One question at a time to ``/healthz``, asked again until the answer is 200.

    The connection waits in the listening socket's queue until the API takes it, so there is no polling: the
    answer arrives the moment the API is ready.

    Args:
        listener: the API's listening socket, held by this process too.
        selector: told to watch the connection.
    """

    def __init__(self, listener: socket.socket, selector: selectors.BaseSelector) -> None:
        self.healthy = False
        self._listener = listener
        self._selector = selector
        self._connection: socket.socket | None = None
        self._not_before_s = 0.0

    def step(self) -> None:
        """Ask if no question is open, and read the answer if it is there."""
        if self.healthy or time.monotonic() < self._not_before_s:
            return
        if self._connection is None:
            self._ask()
        else:
            self._hear(self._connection)

    def _ask(self) -> None:
        try:
            self._connection = connect_to(self._listener)
            self._connection.sendall(_REQUEST)
            self._connection.setblocking(False)
            self._selector.register(self._connection, selectors.EVENT_READ)
        except OSError:
            self.close()

    def _hear(self, connection: socket.socket) -> None:
        try:
            answer = connection.recv(64)
        except BlockingIOError:
            return
        except OSError:
            answer = b""
        self.healthy = answer.startswith(b"HTTP/1.") and answer[8:13] == b" 200 "
        self.close()

    def close(self) -> None:
        """Drop the open question, if any."""
        if self._connection is not None:
            with contextlib.suppress(KeyError):
                self._selector.unregister(self._connection)
            self._connection.close()
            self._connection = None
        self._not_before_s = time.monotonic() + _PAUSE_S
