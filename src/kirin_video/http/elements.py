"""The library of subjects: create, read, list, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Path
from starlette.requests import Request

from kirin_video.domain.element_listing import ELEMENT_LIST_PARAMETERS
from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.wire import DeletedElement, ElementList, ElementResource
from kirin_video.http.context import context
from kirin_video.http.element_answer import element_resource
from kirin_video.http.element_docs import CREATE_ELEMENT_RESPONSES, element_request_body
from kirin_video.http.errors import json_response
from kirin_video.http.gate import caller_of, creator_of
from kirin_video.http.idempotency import KEY_PARAMETER, idempotency_key, say_if_replayed
from kirin_video.http.keyed import COMMON_ERRORS, error, keyed_router, query_parameters

if TYPE_CHECKING:
    from fastapi import APIRouter
    from starlette.responses import Response

    from kirin_video.domain.element import Element
    from kirin_video.domain.task import Task

ElementId = Annotated[str, Path(alias="element_id", description="element_id, its digits")]

_CREATE = (
    "Put a subject into your library. With pictures that are sent along or were uploaded, the element is "
    "completed at once; pictures at URLs are fetched first, and the element is queued until then. Free."
)
_READ = "An element of your library, or a preset. Its pictures' links are signed and expire; read it again."
_LIST = (
    "The elements you may use: your own, newest first, then the presets. While has_more is true, pass "
    "next_cursor as after for the next page."
)
_DELETE = (
    "Removes an element and its pictures. Tasks that already took it have copies of their own; one that "
    "still makes the element is cancelled. Presets stay."
)
_NO_SUCH = error("000000404: there is no such element in your account.")


def element_routes() -> APIRouter:
    """``/model/v1/elements`` and what is below it."""
    router = keyed_router("elements")
    router.add_api_route(
        "/elements",
        _create,
        methods=["POST"],
        response_model=None,
        operation_id="create_element",
        summary="Create an element",
        description=_CREATE,
        responses=CREATE_ELEMENT_RESPONSES,
        openapi_extra={"requestBody": element_request_body(), "parameters": [KEY_PARAMETER]},
    )
    router.add_api_route(
        "/elements",
        _list,
        methods=["GET"],
        response_model=None,
        operation_id="list_elements",
        summary="List elements",
        description=_LIST,
        responses={
            200: {"model": ElementList, "description": "A page of elements."},
            400: error("002015003: a parameter is unknown, given twice or not an allowed value."),
            **COMMON_ERRORS,
        },
        openapi_extra={"parameters": query_parameters(ELEMENT_LIST_PARAMETERS)},
    )
    router.add_api_route(
        "/elements/{element_id}",
        _read,
        methods=["GET"],
        response_model=None,
        operation_id="read_element",
        summary="Read an element",
        description=_READ,
        responses={
            200: {"model": ElementResource, "description": "The element."},
            404: _NO_SUCH,
            **COMMON_ERRORS,
        },
    )
    router.add_api_route(
        "/elements/{element_id}",
        _delete,
        methods=["DELETE"],
        response_model=None,
        operation_id="delete_element",
        summary="Delete an element",
        description=_DELETE,
        responses={
            **COMMON_ERRORS,
            200: {"model": DeletedElement, "description": "It is gone."},
            403: error("000000403: the element is a preset, or the key lacks the scope."),
            404: _NO_SUCH,
        },
    )
    return router


async def _create(request: Request) -> Response:
    caller = await creator_of(request)  # first of all: without a key the body is not read
    front, key = context(request), idempotency_key(request)
    async with front.bodies.json_object(request) as raw:
        created = await front.services.create_element(
            caller, raw, key=key, base_url=front.base_url(request), model_needed=False
        )
    say_if_replayed(request, created)
    element = await front.services.read_element(caller, str(_element_id(created.task)))
    return _answer(request, element)


async def _read(request: Request, element_id: ElementId) -> Response:
    caller = await caller_of(request)
    return _answer(request, await context(request).services.read_element(caller, element_id))


async def _list(request: Request) -> Response:
    caller = await caller_of(request)
    page = await context(request).services.list_elements(caller, request.query_params.multi_items())
    listed = ElementList(
        data=[_resource(request, element) for element in page.elements],
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )
    return json_response(listed.model_dump(mode="json", exclude_none=True))


async def _delete(request: Request, element_id: ElementId) -> Response:
    caller = await caller_of(request)
    number = await context(request).services.delete_element(caller, element_id)
    return json_response(DeletedElement(element_id=number).model_dump(mode="json"))


def _element_id(task: Task) -> int:
    """The element that a task makes; the same request may have made it long ago."""
    assert isinstance(task.request, ElementRequest), "another request has another fingerprint"
    return task.request.element_id


def _answer(request: Request, element: Element) -> Response:
    return json_response(_resource(request, element).model_dump(mode="json", exclude_none=True))


def _resource(request: Request, element: Element) -> ElementResource:
    front = context(request)
    return element_resource(element, front.services.link_element(element), front.base_url(request))
