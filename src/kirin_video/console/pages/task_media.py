"""What the page of a task fetches: its changes as they happen, a picture of the clip so far, its poster."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from kirin_video.console.cookies import SESSION, read_cookie
from kirin_video.console.gate import script_call
from kirin_video.console.tasks.progress_view import progress_view
from kirin_video.domain.errors import Overloaded
from kirin_video.domain.task import TaskStatus
from kirin_video.http.context import context
from kirin_video.http.event_stream import Event, EventStream
from kirin_video.services.stills import STILL_TYPE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from starlette.routing import Route

    from kirin_video.console.visit import Visit
    from kirin_video.domain.task import Task
    from kirin_video.services.watch_task import TaskView

_SESSION_EVERY_S: Final = 5.0
_KEPT: Final = "private, max-age=86400, immutable"


def routes() -> list[Route]:
    """``/tasks/{task}/events`` and its pictures."""
    return [
        script_call("/tasks/{task}/events", _events, method="GET"),
        script_call("/tasks/{task}/preview", _preview, method="GET"),
        script_call("/tasks/{task}/poster", _poster, method="GET"),
    ]


async def _events(visit: Visit) -> Response:
    last = visit.request.headers.get("last-event-id")
    view = await visit.services.watch_task.begin(visit.caller, visit.request.path_params["task"], last)
    if view.is_over:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})
    return EventStream(_told(visit, view), context(visit.request).closing, partial(_until_signed_out, visit))


async def _told(visit: Visit, view: TaskView) -> AsyncGenerator[Event]:
    """The task's changes in the reader's words, each with the newest picture."""
    preview: str | None = None
    async for seen in view.changes():
        if seen.task.status is TaskStatus.IN_PROGRESS:
            preview = await _preview_key(visit, seen.task, preview)
        told = progress_view(seen.task, visit.text, preview)
        yield Event(seen.revision, "status" if seen.is_status else "progress", asdict(told))


async def _preview_key(visit: Visit, task: Task, known: str | None) -> str | None:
    try:
        return await visit.services.stills.find.preview_key(task)
    except Overloaded:  # the stream goes on; the picture comes with a later change
        return known


async def _until_signed_out(visit: Visit) -> None:
    """Return when the session that asked has ended."""
    token = read_cookie(visit.request, SESSION, https=visit.https)
    while token:
        await asyncio.sleep(_SESSION_EVERY_S)
        try:
            session = await visit.services.console.sessions.find(token)
        except Overloaded:
            continue
        if session is None or session.caller.account_id != visit.caller.account_id:
            return


async def _preview(visit: Visit) -> Response:
    task = await visit.services.read_task(visit.caller, visit.request.path_params["task"])
    return await sent_still(await visit.services.stills.find.preview(task), _KEPT)


async def _poster(visit: Visit) -> Response:
    task = await visit.services.read_task(visit.caller, visit.request.path_params["task"])
    return await sent_still(await visit.services.stills.find.poster(task), _KEPT)


async def sent_still(path: Path, caching: str) -> Response:
    """Answer with a still, which is small enough to be read whole."""
    content = await asyncio.to_thread(path.read_bytes)
    return Response(content, headers={"Cache-Control": caching, "Content-Type": STILL_TYPE})
