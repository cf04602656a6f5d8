"""Keep what takes long out of the event loop, and what is quick in it: a thread has its price too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar, cast

_HEAVY_CHARS = 65_536
_MAX_DEPTH = 8

Read = TypeVar("Read")


async def off_loop_if_heavy(read: Callable[[object], Read], raw: object) -> Read:
    """Read a request, in a thread if that would keep everyone else waiting: pictures of many megabytes.

    Args:
        read: takes decoded JSON.
        raw: the decoded JSON.
    """
    if _chars(raw) < _HEAVY_CHARS:
        return read(raw)
    return await asyncio.to_thread(read, raw)


def _chars(raw: object, depth: int = 0) -> int:
    """About how much text a request holds."""
    match raw:
        case str():
            return len(raw)
        case dict() if depth < _MAX_DEPTH:
            return sum(_chars(value, depth + 1) for value in cast("dict[str, object]", raw).values())
        case list() if depth < _MAX_DEPTH:
            return sum(_chars(value, depth + 1) for value in cast("list[object]", raw))
        case _:
            return 0
