"""A task in the answer to a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.http.context import context
from kirin_video.services.task_resource import task_resource

if TYPE_CHECKING:
    from starlette.requests import Request

    from kirin_video.domain.task import Task
    from kirin_video.domain.wire import TaskResource


def answered_task(request: Request, task: Task) -> TaskResource:
    """Show a task in the answer to a request, with links that lead where the request came."""
    front = context(request)
    return task_resource(task, front.services.link_result(task), front.base_url(request))
