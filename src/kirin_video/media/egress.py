"""The one way out: HTTP connections that reach only addresses the operator allows.

A host name is looked up once, every answer is judged, and the connection goes to the address that was judged,
so that a name which changes its answer in between gains nothing. TLS still verifies the host name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Sequence
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import cast

import httpcore2
import httpx2
from ssrfguard import (
    DEFAULT_DENIED,
    AddressTable,
    Block,
    Policy,
    Reach,
    Resolver,
    SSRFGuardError,
    resolve,
)

from kirin_video.media.lookups import in_own_thread
from kirin_video.media.tunnel import EgressProxy, open_tunnel

_MAX_REDIRECTS = 3
_OWN_NAME = "localhost"  # and all names below it: RFC 6761, 6.3
_IDLE_CONNECTIONS = 20
_IDLE_S = 5.0
# HTTP is not spoken on the other low ports; many other protocols are.
_PORTS = frozenset({80, 443, *range(1024, 65536)})

# What the library's table lets through and should not.
_MORE_DENIED = (
    Block(ipaddress.ip_network("::ffff:0:0:0/96"), "IPv4-translated", "RFC2765", Reach.DENIED),
    Block(ipaddress.ip_network("168.63.129.16/32"), "Azure virtual public IP", "none", Reach.DENIED),
)


def egress_policy(allowed_networks: Sequence[str] = ()) -> Policy:
    """The rules for what may be connected to.

    Args:
        allowed_networks: private networks, in CIDR form, that the operator says are fine.

    Returns:
        The policy: http and https, no user info, public addresses, at most three redirects.

    Raises:
        ValueError: a network is not written as one.
    """
    return Policy(
        denied_networks=AddressTable((*DEFAULT_DENIED.blocks, *_MORE_DENIED)),
        allowed_networks=tuple(ipaddress.ip_network(network) for network in allowed_networks),
        allowed_ports=_PORTS,
        max_redirects=_MAX_REDIRECTS,
    )


def refusal(policy: Policy, url: str) -> str | None:
    """Why a URL may not be used, as far as can be told without looking its host up; None if it may."""
    try:
        target = policy.check_url(url)
        if (address := _known_address(target.host)) is not None:
            policy.check_address(address)
    except SSRFGuardError as error:
        return str(error)
    return None


def _known_address(host: str) -> ipaddress.IPv4Address | None:
    """What needs no look-up: ``0x7f.1`` and its kind, which look like names, and this machine's own name."""
    if host.rstrip(".") == _OWN_NAME or host.rstrip(".").endswith("." + _OWN_NAME):
        return ipaddress.IPv4Address("127.0.0.1")
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections to judged addresses only.

    Args:
        policy: what may be reached.
        resolver: looks names up as ``socket.getaddrinfo`` does, which is the default. Its answers are judged.
        proxy: the operator's proxy to go through, if there is one. It is not judged.
    """

    def __init__(
        self, policy: Policy, resolver: Resolver | None = None, proxy: EgressProxy | None = None
    ) -> None:
        self._policy = policy
        self._proxy = proxy
        self._look_up = partial(resolve, policy=policy, resolver=resolver)
        # The package types its optional backend as a placeholder.
        self._opener = cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the base class's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Look the host up once, judge every answer, connect to the first.

        Raises:
            SSRFGuardError: an answer is not allowed.
            httpcore2.ConnectError: the name does not resolve, or nothing answers.
        """
        # The scheme does not matter to an address; brackets make IPv6 literals a valid authority.
        authority = f"[{host}]" if ":" in host else host
        target = self._policy.check_url(f"http://{authority}:{port}/")
        try:
            addresses = await in_own_thread(self._look_up, target)
        except socket.gaierror as error:
            raise httpcore2.ConnectError(str(error)) from error
        address = str(addresses[0].ip)
        if self._proxy is not None:
            return await open_tunnel(self._opener, self._proxy, address, port, timeout)
        return await self._opener.connect_tcp(address, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait, as the connection pool asks between retries."""
        await asyncio.sleep(seconds)


class GuardedTransport(httpx2.AsyncHTTPTransport):
    """An HTTP transport that judges every URL, redirects included, before it connects.

    Proxy settings of the environment are ignored. Connections are not bounded here: a bound shared by all
    would let those who answer slowly hold up the others.

    Args:
        policy: what may be reached.
        resolver: as for ``GuardedBackend``.
        proxy: likewise.
    """

    def __init__(
        self, policy: Policy, resolver: Resolver | None = None, proxy: EgressProxy | None = None
    ) -> None:
        super().__init__(trust_env=False)
        self._policy = policy
        # The pool takes a network backend, but the transport has no argument that passes one on.
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=None,
            max_keepalive_connections=_IDLE_CONNECTIONS,
            keepalive_expiry=_IDLE_S,
            network_backend=GuardedBackend(policy, resolver, proxy),
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request.

        Raises:
            SSRFGuardError: the URL, or an address it leads to, is not allowed.
            httpx2.TransportError: the other side could not be reached or misbehaved.
        """
        self._policy.check_url(str(request.url))
        return await super().handle_async_request(request)


def guarded_client(
    policy: Policy,
    *,
    timeout_s: float,
    resolver: Resolver | None = None,
    proxy: EgressProxy | None = None,
) -> httpx2.AsyncClient:
    """An HTTP client for addresses that callers name.

    Args:
        policy: what may be reached.
        timeout_s: seconds for each of connecting, reading and writing.
        resolver: as for ``GuardedBackend``.
        proxy: likewise.
    """
    return httpx2.AsyncClient(
        transport=GuardedTransport(policy, resolver, proxy),
        # What one caller's host sets must never be sent for another caller.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        trust_env=False,
        timeout=timeout_s,
        follow_redirects=True,
        max_redirects=policy.max_redirects,
    )
