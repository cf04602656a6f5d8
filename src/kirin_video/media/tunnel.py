"""The operator's egress proxy: connections go through it by CONNECT, to addresses that were judged before."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import httpcore2

_MAX_HEAD_BYTES = 16_384
_HEAD_END = b"\r\n\r\n"
_DEFAULT_PORT = 3128


@dataclass(frozen=True, slots=True)
class EgressProxy:
    """An HTTP proxy.

    Attributes:
        host: where it is.
        port: likewise.
        authorization: the value of ``Proxy-Authorization``, if it wants one.
    """

    host: str
    port: int
    authorization: str | None


def egress_proxy(url: str) -> EgressProxy:
    """Read the address of a proxy: ``http://[user:password@]host[:port]``.

    Raises:
        ValueError: it is not one.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError("an egress proxy is http://[user:password@]host[:port]") from error
    if parts.scheme != "http" or not host or parts.path.strip("/") or parts.query:
        raise ValueError("an egress proxy is http://[user:password@]host[:port]")
    authorization = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
    return EgressProxy(host, port or _DEFAULT_PORT, authorization)


async def open_tunnel(
    opener: httpcore2.AsyncNetworkBackend,
    proxy: EgressProxy,
    address: str,
    port: int,
    timeout_s: float | None,
) -> httpcore2.AsyncNetworkStream:
    """Connect to an address through a proxy. TLS, if there is any, is then between us and the address.

    Args:
        opener: opens the connection to the proxy.
        proxy: the proxy.
        address: an IP address: the proxy looks up no name, so that it goes where we judged.
        port: of the address.
        timeout_s: seconds for each step.

    Raises:
        httpcore2.ConnectError: the proxy cannot be reached, or does not connect us.
    """
    stream = await opener.connect_tcp(proxy.host, proxy.port, timeout_s)
    authority = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    lines = [f"CONNECT {authority} HTTP/1.1", f"Host: {authority}"]
    if proxy.authorization is not None:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    try:
        await stream.write("\r\n".join([*lines, "", ""]).encode("ascii"), timeout_s)
        status = await _status(stream, timeout_s)
    except BaseException:
        await stream.aclose()
        raise
    if not 200 <= status < 300:  # noqa: PLR2004 - success
        await stream.aclose()
        raise httpcore2.ConnectError(f"the egress proxy answers {status}")
    return stream


async def _status(stream: httpcore2.AsyncNetworkStream, timeout_s: float | None) -> int:
    """The status of the proxy's answer. Nothing comes after its head: in HTTP and in TLS we speak first."""
    head = b""
    while _HEAD_END not in head:
        piece = await stream.read(1024, timeout_s)
        head += piece
        if not piece or len(head) > _MAX_HEAD_BYTES:
            raise httpcore2.ConnectError("the egress proxy gives no answer")
    words = head.split(b"\r\n", 1)[0].split()
    if len(words) < 2 or not words[1].isdigit():  # noqa: PLR2004 - HTTP/1.1 200
        raise httpcore2.ConnectError("the egress proxy does not speak HTTP")
    return int(words[1])
