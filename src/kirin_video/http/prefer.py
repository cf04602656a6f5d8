"""The ``Prefer`` header (RFC 7240), of which we know ``wait``."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final

from kirin_video.domain.errors import Overloaded, Unauthenticated
from kirin_video.http.context import context
from kirin_video.http.gate import until_lapsed

if TYPE_CHECKING:
    from starlette.requests import Request

    from kirin_video.domain.task import Task

MAX_WAIT_S: Final = 60
"""The longest an answer is held back."""

WAIT_PARAMETER: Final[dict[str, object]] = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": (
        "wait=N holds the answer back until the task has ended, for N seconds at most (60 at the most); "
        "Preference-Applied says that it was done."
    ),
    "schema": {"type": "string", "examples": ["wait=30"]},
}
"""The header in OpenAPI."""

_LAPSED = "The API key was revoked or has expired while its answer was held back. The task goes on."
_WAIT = re.compile(r'\s*wait\s*=\s*"?([0-9]{1,9})"?\s*(;.*)?', re.IGNORECASE)


def preferred_wait_s(request: Request) -> int | None:
    """Read for how long the answer may be held back.

    Returns:
        Seconds, at most 60; None if nothing is asked, or nothing that we understand: a preference is no
        condition. Of several, the first counts.
    """
    for header in request.headers.getlist("prefer"):
        for preference in header.split(","):
            found = _WAIT.fullmatch(preference)
            if found:
                return min(int(found[1]), MAX_WAIT_S)
    return None


async def ended_within(request: Request, task: Task, wait_s: int) -> Task:
    """Wait until a task has ended, its caller has left or the server stops, but no longer than asked.

    Returns:
        The task as it is then; as it was if it cannot be watched now.

    Raises:
        Unauthenticated: the key was revoked or has expired meanwhile.
    """
    front = context(request)
    waiting = asyncio.create_task(front.services.watch_task.ended(task, wait_s), name=f"wait for {task.id}")
    lapsed = asyncio.create_task(until_lapsed(request), name="key of who waits")
    ends = [
        asyncio.create_task(_until_left(request), name="caller who waits"),
        asyncio.create_task(_until_set(front.closing), name="end of waiting"),
    ]
    try:
        await asyncio.wait([waiting, lapsed, *ends], return_when=asyncio.FIRST_COMPLETED)
        if lapsed.done():
            raise Unauthenticated(_LAPSED)
        return waiting.result() if waiting.done() else task
    except Overloaded:
        return task
    finally:
        for each in (waiting, lapsed, *ends):
            each.cancel()
        await asyncio.gather(waiting, lapsed, *ends, return_exceptions=True)


async def _until_left(request: Request) -> None:
    """Wait for the caller to leave; the body has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _until_set(event: asyncio.Event) -> None:
    await event.wait()
