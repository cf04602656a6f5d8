"""Post a small body to a caller's URL, and read no more of the answer than it takes to know how it went."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx2
from ssrfguard import Resolver, SSRFGuardError

from kirin_video.media.egress import GuardedTransport, egress_policy, refusal
from kirin_video.media.tunnel import EgressProxy

_log = logging.getLogger(__name__)
_BODY_S = 3.0


class Unreachable(Exception):
    """There was no answer.

    Why is in the log, and nowhere else: a name that leads to a forbidden address, a closed port and a silence
    are the same to a caller, who learns nothing of the operator's network.
    """


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer.

    Attributes:
        status: the HTTP status.
        head: the beginning of the body.
        retry_after: the header ``Retry-After``, if there was one.
    """

    status: int
    head: bytes
    retry_after: str | None


class SafePoster:
    """Posts to URLs that callers name. Redirects are not followed, cookies not kept.

    An answer counts from its status on. Of its body, one piece of 64 KiB at most is read beyond what is given
    back, and for three seconds at most.

    Args:
        allowed_networks: private networks, in CIDR form, that may be posted to.
        timeout_s: seconds until the answer's status is there.
        kept_bytes: how much of an answer is given back.
        resolver: looks names up as ``socket.getaddrinfo`` does, which is the default. Its answers are judged.
        proxy: the operator's proxy to go through, if there is one.
    """

    def __init__(
        self,
        allowed_networks: tuple[str, ...] = (),
        *,
        timeout_s: float = 15.0,
        kept_bytes: int = 1024,
        resolver: Resolver | None = None,
        proxy: EgressProxy | None = None,
    ) -> None:
        self._policy = egress_policy(allowed_networks)
        self._timeout_s = timeout_s
        self._kept_bytes = kept_bytes
        # The transport alone: a client would follow redirects and remember cookies.
        self._transport = GuardedTransport(self._policy, resolver, proxy)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    def refusal(self, url: str) -> str | None:
        """Why a URL may not be posted to, as far as can be told without I/O; None if it may."""
        return refusal(self._policy, url)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Posted:
        """Post a body.

        Args:
            url: where to.
            headers: besides the usual ones.
            body: what to send.

        Raises:
            Unreachable: the address is refused, or there is no answer in time.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                response = await self._send(url, headers, body)
        except (SSRFGuardError, httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, OSError) as error:
            # Without path and query: they may hold what is nobody's business.
            _log.info("no answer from %s: %s: %s", urlsplit(url).netloc, type(error).__name__, error)
            raise Unreachable from error
        try:
            head = await self._head(response)
        finally:
            # A rest that was not read ends the connection; it is never waited for.
            await response.aclose()
        return Posted(response.status_code, head, response.headers.get("retry-after"))

    async def _send(self, url: str, headers: Mapping[str, str], body: bytes) -> httpx2.Response:
        request = httpx2.Request(
            "POST", url, headers={**headers, "accept-encoding": "identity"}, content=body
        )
        return await self._transport.handle_async_request(request)

    async def _head(self, response: httpx2.Response) -> bytes:
        """Read the beginning of an answer. Its status is known: what happens to the rest does not matter."""
        head = b""
        with contextlib.suppress(httpx2.HTTPError, TimeoutError, OSError):
            async with asyncio.timeout(_BODY_S), aclosing(response.aiter_raw()) as chunks:
                async for chunk in chunks:
                    head += chunk
                    if len(head) > self._kept_bytes:
                        break
        return head[: self._kept_bytes]
