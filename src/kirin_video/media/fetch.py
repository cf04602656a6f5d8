"""Bring a caller's file from its URL to a local one, within limits."""

from __future__ import annotations

import asyncio
import errno
import logging
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx2
from ssrfguard import Resolver, SSRFGuardError

from kirin_video.media.egress import egress_policy, guarded_client, refusal
from kirin_video.media.tunnel import EgressProxy

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

_log = logging.getLogger(__name__)
_CHUNK_BYTES = 1 << 18
_READ_TIMEOUT_S = 15.0


class MediaUnreachable(Exception):
    """The file could not be fetched.

    The message is the same whatever the reason, so that it tells a caller nothing about the operator's
    network; the reason is in the log.

    Attributes:
        message: one sentence for the caller.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FileTooLarge(MediaUnreachable):
    """The other side sends more than the limit; safe to tell, since the caller chose the file."""


class SafeFetcher:
    """Downloads files from URLs that callers name.

    Args:
        allowed_networks: private networks, in CIDR form, that may be fetched from.
        timeout_s: seconds one download may take altogether.
        resolver: looks names up as ``socket.getaddrinfo`` does, which is the default. Its answers are judged.
        proxy: the operator's proxy to go through, if there is one.
    """

    def __init__(
        self,
        allowed_networks: tuple[str, ...] = (),
        *,
        timeout_s: float = 60.0,
        resolver: Resolver | None = None,
        proxy: EgressProxy | None = None,
    ) -> None:
        self._policy = egress_policy(allowed_networks)
        self._timeout_s = timeout_s
        self._client = guarded_client(
            self._policy, timeout_s=min(timeout_s, _READ_TIMEOUT_S), resolver=resolver, proxy=proxy
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    def refusal(self, url: str) -> str | None:
        """Why a URL may not be fetched, as far as can be told without I/O; None if it may."""
        return refusal(self._policy, url)

    async def fetch(self, url: str, dest: Path, *, max_bytes: int) -> int:
        """Download a file.

        Args:
            url: where it is.
            dest: where to put it; nothing is left there on failure.
            max_bytes: the largest size accepted.

        Returns:
            The number of bytes written.

        Raises:
            FileTooLarge: it is larger than ``max_bytes``.
            MediaUnreachable: the address is refused, does not answer in time, or answers with an error.
            OSError: there is no room for it.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._download(url, dest, max_bytes)
        except (SSRFGuardError, httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, OSError) as error:
            dest.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in _FULL:
                raise  # the sender is not to blame
            _log.warning("could not fetch %s: %s: %s", url, type(error).__name__, error)
            raise MediaUnreachable(
                "The file could not be fetched. Its URL must be public, answer within "
                f"{self._timeout_s:.0f} s and need no credentials."
            ) from error
        except FileTooLarge:
            dest.unlink(missing_ok=True)
            raise

    async def _download(self, url: str, dest: Path, max_bytes: int) -> int:
        # A compressed answer could grow without bound while it is unpacked, so none is asked for or taken.
        headers = {"accept-encoding": "identity", "user-agent": "kirin-video"}
        async with self._client.stream("GET", url, headers=headers) as response:
            response.raise_for_status()
            if response.headers.get("content-encoding", "identity") != "identity":
                raise httpx2.DecodingError("the answer is compressed", request=response.request)
            if int(response.headers.get("content-length") or 0) > max_bytes:
                raise self._too_large(max_bytes)
            size = 0
            with dest.open("wb") as file:
                async for chunk in response.aiter_raw(_CHUNK_BYTES):
                    size += len(chunk)
                    if size > max_bytes:
                        raise self._too_large(max_bytes)
                    await asyncio.to_thread(file.write, chunk)
            return size

    @staticmethod
    def _too_large(max_bytes: int) -> FileTooLarge:
        return FileTooLarge(f"The file is larger than the {max_bytes / 1_000_000:.0f} MB that are allowed.")
