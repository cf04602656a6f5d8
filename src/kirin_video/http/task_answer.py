"""A task in the answer to a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.http.context import context
from kirin_video.http.errors import json_bytes
from kirin_video.services.known_answers import KnownAnswer
from kirin_video.services.task_resource import task_resource

if TYPE_CHECKING:
    from starlette.requests import Request

    from kirin_video.domain.task import Task
    from kirin_video.domain.wire import TaskResource


def answered_task(request: Request, task: Task) -> TaskResource:
    """Show a task in the answer to a request, with links that lead where the request came."""
    front = context(request)
    return task_resource(task, front.services.link_result(task), front.base_url(request))


def polled_task(request: Request, task: Task) -> KnownAnswer:
    """Show a task in the answer to a poll, with all that later polls need to be answered the same."""
    front = context(request)
    links = front.services.link_result(task)
    resource = task_resource(task, links, front.base_url(request))
    body = json_bytes(resource.model_dump(mode="json", exclude_none=True))
    if links is None:
        return KnownAnswer(body)
    origin = (request.scope["scheme"], request.headers.get("host", "")) if front.public_url is None else None
    return KnownAnswer(body, origin, links.renewed_at)
