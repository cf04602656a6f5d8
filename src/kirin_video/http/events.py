"""A task's changes, live."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from kirin_video.domain.task import TaskStatus
from kirin_video.domain.wire import TaskEvent
from kirin_video.http.context import context
from kirin_video.http.event_stream import Event, EventStream
from kirin_video.http.gate import caller_of, until_lapsed
from kirin_video.http.keyed import COMMON_ERRORS, NO_SUCH_TASK, error, keyed_router
from kirin_video.http.task_answer import answered_task
from kirin_video.http.tasks import TaskId

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from fastapi import APIRouter

    from kirin_video.services.watch_task import Seen, TaskView

_DESCRIPTION = """\
Server-sent events. The first tells how the task stands, then one comes for every change: `status` for a
change of status, `progress` for progress in between. The data is the task as polling would answer it, with
the `stage` besides. The stream ends after the event that is `completed` or `failed`, or when the task is
deleted, or within a second once the key is good no more; a comment comes every 15 s while nothing happens.

After a break, send the id of the last event as `Last-Event-ID`, as browsers do by themselves: every change
of status since comes then, none twice, and the newest state of progress. `Last-Event-ID: 0` asks for the
whole history. If nothing is left to tell, the answer is 204, at which browsers stop asking.
"""
_EXAMPLE = """\
id: 6
event: progress
data: {"id":"d5u5obte8783ap44qtj0","created_at":1769757744021,"status":"in_progress",\
"model":"kirin_video_o1","progress":0.45,"stage":"rendering"}

"""


def event_routes() -> APIRouter:
    """``/model/v1/generation/task/{id}/events``."""
    router = keyed_router("generation")
    router.add_api_route(
        "/generation/task/{id}/events",
        _events,
        methods=["GET"],
        response_model=None,
        operation_id="watch_task",
        summary="Watch a task",
        description=_DESCRIPTION,
        responses={
            200: {
                "description": "The stream.",
                "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}},
            },
            204: {"description": "The task has ended, and the caller knows it."},
            400: error("002015003: Last-Event-ID is not the id of an event of this task."),
            404: NO_SUCH_TASK,
            **COMMON_ERRORS,
        },
        openapi_extra={
            "parameters": [
                {
                    "name": "Last-Event-ID",
                    "in": "header",
                    "required": False,
                    "description": "The id of the last event that came.",
                    "schema": {"type": "string", "pattern": "^[0-9]{0,9}$", "examples": ["6"]},
                }
            ]
        },
    )
    return router


async def _events(request: Request, task_id: TaskId) -> Response:
    caller = await caller_of(request)
    front = context(request)
    last = request.headers.get("last-event-id")
    view = await front.services.watch_task.begin(caller, task_id, last)
    if view.is_over:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})
    return EventStream(_told(request, view), front.closing, partial(until_lapsed, request))


async def _told(request: Request, view: TaskView) -> AsyncGenerator[Event]:
    async for seen in view.changes():
        yield _event(request, seen)


def _event(request: Request, seen: Seen) -> Event:
    task = seen.task
    stage = task.stage if task.status is TaskStatus.IN_PROGRESS and task.stage else None
    shown = TaskEvent.model_validate({**dict(answered_task(request, task)), "stage": stage})
    name = "status" if seen.is_status else "progress"
    return Event(seen.revision, name, shown.model_dump(mode="json", exclude_none=True))
