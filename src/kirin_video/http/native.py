"""The native dialect: create a task, read a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Path
from starlette.requests import Request
from starlette.routing import Route

from kirin_video.domain.element_request import asks_for_element
from kirin_video.http.context import context
from kirin_video.http.errors import bytes_response, json_response
from kirin_video.http.gate import caller_of, creator_of
from kirin_video.http.idempotency import KEY_PARAMETER, idempotency_key, say_if_replayed
from kirin_video.http.keyed import keyed_router
from kirin_video.http.native_docs import CREATE_RESPONSES, READ_RESPONSES, create_request_body
from kirin_video.http.prefer import WAIT_PARAMETER, ended_within, preferred_wait_s
from kirin_video.http.task_answer import answered_task, polled_task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import APIRouter
    from starlette.responses import Response

    from kirin_video.domain.task import Task

_CREATE = "Create a task and answer at once; poll the task for its result. Every broken rule is reported."
_READ = "Poll a task by its id, or by the external_task_id you gave it."


def native_routes() -> APIRouter:
    """``/model/v1/generation`` and what is below it."""
    router = keyed_router("generation")
    router.add_api_route(
        "/generation",
        _create,
        methods=["POST"],
        response_model=None,
        operation_id="create_task",
        summary="Create a task",
        description=_CREATE,
        responses=CREATE_RESPONSES,
        openapi_extra={"requestBody": create_request_body(), "parameters": [KEY_PARAMETER, WAIT_PARAMETER]},
    )
    router.add_api_route(
        "/generation/task/{id}",
        _read,
        methods=["GET"],
        response_model=None,
        operation_id="read_task",
        summary="Read a task",
        description=_READ,
        responses=READ_RESPONSES,
    )
    return router


def hot_routes() -> list[Route]:
    """Create and read once more, for the server to try first.

    FastAPI's own way to an endpoint costs more than half of a poll's processor time, and these endpoints use
    nothing of it; its routes stay for the OpenAPI document.
    """
    create = Route("/model/v1/generation", _create, methods=["POST"], include_in_schema=False)
    read = Route("/model/v1/generation/task/{id}", _read_plainly, methods=["GET"], include_in_schema=False)
    read.methods = {"GET"}  # Starlette adds HEAD by itself
    return [create, read]


async def _read_plainly(request: Request) -> Response:
    return await _read(request, request.path_params["id"])


async def _create(request: Request) -> Response:
    caller = await creator_of(request)  # first of all: without a key the body is not read
    front, key = context(request), idempotency_key(request)
    async with front.bodies.json_object(request) as raw:
        create = front.services.create_element if asks_for_element(raw) else front.services.create_task
        created = await create(caller, raw, key=key, base_url=front.base_url(request))
        del raw  # it may be 93 MiB, and the answer may be held back for a minute
    say_if_replayed(request, created)
    wait_s = preferred_wait_s(request)
    if wait_s is None:
        return _task_response(request, created.task)
    task = await ended_within(request, created.task, wait_s)
    return _task_response(request, task, {"Preference-Applied": f"wait={wait_s}"})


async def _read(
    request: Request, task_id: Annotated[str, Path(alias="id", description="id or external_task_id")]
) -> Response:
    caller = await caller_of(request)
    services = context(request).services
    reading = services.known_answers.reading()
    task = await services.read_task(caller, task_id)
    answer = polled_task(request, task)
    services.known_answers.keep(reading, task.id, caller.account_id, task_id, answer)
    return bytes_response(answer.body)


def _task_response(request: Request, task: Task, headers: Mapping[str, str] | None = None) -> Response:
    resource = answered_task(request, task)
    return json_response(resource.model_dump(mode="json", exclude_none=True), headers=headers)
