"""The listening socket: bound once by the parent, so that callers wait out a restart of the API."""

from __future__ import annotations

import errno
import socket
from typing import cast

from kirin_video.domain.errors import KirinError

_BACKLOG = 1024
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised, not bound


class CannotListen(KirinError):
    """The address cannot be served on; the message says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Bind and listen.

    Args:
        host: name or number of the interface; IPv6 too.
        port: 0 picks a free one.

    Raises:
        CannotListen: the port is taken or not allowed, or the host is not one of this machine.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        raise CannotListen(_explain(error, host, port)) from error
    except (OverflowError, UnicodeError) as error:
        raise CannotListen(f"Cannot listen on {host} port {port}: {error}.") from error


def _explain(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"Cannot listen on {host}: this machine has no such address. Try --host 127.0.0.1."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use. Choose another --port, or 0 for any free one."
    if isinstance(error, PermissionError):
        return f"This user may not listen on port {port}. Choose a --port above 1023."
    return f"Cannot listen on {host} port {port}: {error.strerror}."


def address_of(listener: socket.socket) -> str:
    """Return the address to open in a browser; one that means every interface is shown as loopback."""
    host, port = _reachable_name(listener)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def connect_to(listener: socket.socket) -> socket.socket:
    """Connect to our own listening socket; succeeds even while nobody accepts.

    Raises:
        OSError: the queue of waiting connections is full.
    """
    return socket.create_connection(_reachable_name(listener), timeout=1.0)


def _reachable_name(listener: socket.socket) -> tuple[str, int]:
    host, port = cast("tuple[str, int]", listener.getsockname()[:2])
    return _ANY.get(host, host), port
