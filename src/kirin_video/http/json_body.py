"""Reads a request's JSON body: bounded in size, in memory and in the time it takes from other requests."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from kirin_video.domain.errors import BodyTooLarge, MalformedBody, Overloaded
from kirin_video.http.steady import steady_stream
from kirin_video.http.strict_json import decode_body, parse_object

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from starlette.requests import Request

    from kirin_video.http.byte_budget import ByteBudget

_IN_MEMORY_BYTES = 1 << 18
"""Bodies up to here stay in memory, the rest of a larger one waits on disk, however slowly it arrives. All of
1,000 connections hold 256 MiB at the most."""

_FULL_RETRY_AFTER_S = 30.0  # somebody has to make room first
_IN_PLACE_BYTES = 1 << 16
"""Bodies up to here are parsed on the event loop: it takes less than handing them to a thread."""


@dataclass(frozen=True, slots=True)
class BodyReader:
    """Reads JSON bodies within limits.

    Attributes:
        max_bytes: the largest body accepted.
        budget: the memory that large bodies share, from parsing until the request is dealt with.
        spool_dir: where bodies wait while they arrive; None for the system's temporary folder.
    """

    max_bytes: int
    budget: ByteBudget
    spool_dir: Path | None = None

    @asynccontextmanager
    async def json_object(self, request: Request) -> AsyncGenerator[dict[str, object]]:
        """Read the body and lend the decoded JSON object; drop it before leaving the ``async with``.

        Any Content-Type will do, none included: the only thing we read is JSON.

        Args:
            request: a request whose body has not been touched.

        Yields:
            The decoded object.

        Raises:
            BodyTooLarge: declared larger than ``max_bytes`` (nothing is read then) or found to be.
            MalformedBody: not JSON that we accept.
            Overloaded: no room to receive it.
            HTTPException: 408, it arrives too slowly.
        """
        self._check_headers(request)
        spool = _Spool(self.spool_dir)
        try:
            await self._receive(request, spool)
            if spool.size_bytes <= _IN_PLACE_BYTES:
                yield _parse(spool)
            else:
                async with self.budget.hold(spool.size_bytes):
                    yield await asyncio.to_thread(_parse, spool)
        finally:
            spool.close()

    def _check_headers(self, request: Request) -> None:
        if request.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            raise MalformedBody("Compressed bodies are not accepted. Send the JSON as it is.")
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > self.max_bytes:
            raise self._too_large(f"The body is {int(declared[:20]):,} bytes")

    async def _receive(self, request: Request, spool: _Spool) -> None:
        async for chunk in steady_stream(request):
            if spool.size_bytes + len(chunk) > self.max_bytes:
                raise self._too_large("The body goes on beyond the limit")
            try:
                await spool.write(chunk)
            except OSError as error:
                raise Overloaded(
                    "The server has no room to receive the body now. Try again later.",
                    retry_after_s=_FULL_RETRY_AFTER_S,
                ) from error

    def _too_large(self, found: str) -> BodyTooLarge:
        return BodyTooLarge(
            f"{found}; {self.max_bytes:,} bytes are allowed. Pass large media by URL instead of base64."
        )


class _Spool:
    """A body on its way in: the end of it in memory, what came before it in a nameless file."""

    def __init__(self, directory: Path | None) -> None:
        self.size_bytes = 0
        self._directory = directory
        self._tail = bytearray()
        self._file: IO[bytes] | None = None

    async def write(self, chunk: bytes) -> None:
        self.size_bytes += len(chunk)
        self._tail += chunk
        if len(self._tail) > _IN_MEMORY_BYTES:
            await asyncio.to_thread(self._flush)

    def _flush(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._directory, buffering=0)  # noqa: SIM115  (closed by close)
        with memoryview(self._tail) as rest:
            written = 0
            while written < len(rest):
                written += self._file.write(rest[written:])
        self._tail.clear()

    def load(self) -> bytes:
        """Take the whole body out."""
        if self._file is None:
            return bytes(self._tail)
        self._flush()
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _parse(spool: _Spool) -> dict[str, object]:
    text = decode_body(spool.load())  # the raw bytes are gone once this line is done
    return parse_object(text)
