"""Reads bodies that arrive, and gives up on those that trickle."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

SILENCE_S = 15.0
"""Seconds that a sender may be silent in the middle of a body."""

GRACE_S = 30.0
"""Seconds of waiting for a sender before its mean rate counts."""

LEAST_RATE = 16 * 1024
"""Bytes a second that must arrive on average after that."""

_TOO_SLOW = (
    f"The body arrives too slowly: after {SILENCE_S:.0f} s of silence, or below {LEAST_RATE // 1024} KiB a "
    "second on average, the server stops waiting."
)


async def steady_stream(request: Request) -> AsyncGenerator[bytes]:
    """Yield a request's body as it arrives.

    Only time spent waiting for the sender counts, not what the server does with the chunks.

    Args:
        request: a request whose body has not been touched.

    Yields:
        Chunks, none of them empty.

    Raises:
        HTTPException: 408, the sender is too slow.
        ClientDisconnect: the sender is gone.
    """
    received, waited_s, more = 0, 0.0, True
    while more:
        started = time.monotonic()
        try:
            async with asyncio.timeout(SILENCE_S):
                message = await request.receive()
        except TimeoutError as error:
            raise _too_slow() from error
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        waited_s += time.monotonic() - started
        chunk, more = message.get("body", b""), message.get("more_body", False)
        received += len(chunk)
        if waited_s > GRACE_S and received < LEAST_RATE * waited_s:
            raise _too_slow()
        if chunk:
            yield chunk


def _too_slow() -> HTTPException:
    return HTTPException(HTTPStatus.REQUEST_TIMEOUT, _TOO_SLOW)
