"""Tasks after their creation: list, cancel, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Path
from starlette.requests import Request

from kirin_video.domain.listing import LIST_PARAMETERS
from kirin_video.domain.wire import DeletedTask, TaskList, TaskResource
from kirin_video.http.context import context
from kirin_video.http.errors import json_response
from kirin_video.http.gate import caller_of
from kirin_video.http.keyed import COMMON_ERRORS, NO_SUCH_TASK, error, keyed_router, query_parameters
from kirin_video.http.task_answer import answered_task

if TYPE_CHECKING:
    from fastapi import APIRouter
    from starlette.responses import Response

TaskId = Annotated[str, Path(alias="id", description="id or external_task_id")]

_LIST = (
    "Tasks of your account, newest first unless you ask otherwise. While has_more is true, pass next_cursor "
    "as after for the next page. No task comes twice, whatever is created, changed or deleted meanwhile."
)
_CANCEL = (
    "Ends a task, waiting or running, as failed with 002015094; what was held for it is released. A task "
    "that has ended already is answered as it is, so calling again is safe."
)
_DELETE = (
    "Removes a task that has ended, its result and the files it was made from. Its links die at once, its "
    "external_task_id is free again."
)


def task_routes() -> APIRouter:
    """``/model/v1/generation/tasks``, and what can be done to a task below ``.../task/{id}``."""
    router = keyed_router("generation")
    router.add_api_route(
        "/generation/tasks",
        _list,
        methods=["GET"],
        response_model=None,
        operation_id="list_tasks",
        summary="List tasks",
        description=_LIST,
        responses={
            200: {"model": TaskList, "description": "A page of tasks."},
            400: error("002015003: a parameter is unknown, given twice or not an allowed value."),
            **COMMON_ERRORS,
        },
        openapi_extra={"parameters": query_parameters(LIST_PARAMETERS)},
    )
    router.add_api_route(
        "/generation/task/{id}/cancel",
        _cancel,
        methods=["POST"],
        response_model=None,
        operation_id="cancel_task",
        summary="Cancel a task",
        description=_CANCEL,
        responses={
            200: {"model": TaskResource, "description": "The task as it is now."},
            404: NO_SUCH_TASK,
            **COMMON_ERRORS,
        },
    )
    router.add_api_route(
        "/generation/task/{id}",
        _delete,
        methods=["DELETE"],
        response_model=None,
        operation_id="delete_task",
        summary="Delete a task",
        description=_DELETE,
        responses={
            200: {"model": DeletedTask, "description": "It is gone."},
            404: NO_SUCH_TASK,
            409: error("002015014: the task has not ended; cancel it first."),
            **COMMON_ERRORS,
        },
    )
    return router


async def _list(request: Request) -> Response:
    caller = await caller_of(request)
    page = await context(request).services.list_tasks(caller, request.query_params.multi_items())
    listed = TaskList(
        data=[answered_task(request, task) for task in page.tasks],
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )
    return json_response(listed.model_dump(mode="json", exclude_none=True))


async def _cancel(request: Request, task_id: TaskId) -> Response:
    caller = await caller_of(request)
    services = context(request).services
    task = await services.cancel_task(caller, task_id)
    services.known_answers.forget(task.id)  # before it is heard: whoever cancels here sees it here at once
    return json_response(answered_task(request, task).model_dump(mode="json", exclude_none=True))


async def _delete(request: Request, task_id: TaskId) -> Response:
    caller = await caller_of(request)
    services = context(request).services
    deleted = DeletedTask(id=await services.delete_task(caller, task_id))
    services.known_answers.forget(deleted.id)
    return json_response(deleted.model_dump(mode="json"))
