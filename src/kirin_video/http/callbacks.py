"""Callbacks: what was sent and how it went, where it goes, what it is signed with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Path
from starlette.requests import Request

from kirin_video.domain.callback_requests import ROTATE_PARAMETERS, read_overlap
from kirin_video.domain.delivery_listing import DELIVERY_LIST_PARAMETERS, RECEIVER_LIST_PARAMETERS
from kirin_video.domain.wire_callbacks import DeliveryList, ReceiverList
from kirin_video.http import callback_docs as docs
from kirin_video.http.callback_answer import (
    callback_secret,
    delivery_record,
    delivery_resource,
    receiver_resource,
)
from kirin_video.http.context import context
from kirin_video.http.errors import json_response
from kirin_video.http.gate import caller_of, creator_of, manager_of
from kirin_video.http.keyed import keyed_router, query_parameters

if TYPE_CHECKING:
    from fastapi import APIRouter
    from starlette.responses import Response

    from kirin_video.domain.wire import WireModel
    from kirin_video.services.callbacks import Callbacks

DeliveryId = Annotated[str, Path(alias="id", description="The delivery's id.")]
ReceiverId = Annotated[str, Path(alias="id", description="The receiver's id.")]


def callback_routes() -> APIRouter:
    """``/model/v1/callbacks`` and what is below it."""
    router = keyed_router("callbacks")
    extra = {
        "/deliveries": {"parameters": query_parameters(DELIVERY_LIST_PARAMETERS)},
        "/receivers": {"parameters": query_parameters(RECEIVER_LIST_PARAMETERS)},
        "/secret/rotate": {"parameters": query_parameters(ROTATE_PARAMETERS)},
        "/test": {"requestBody": docs.test_request_body()},
    }
    for method, path, endpoint, described in (
        ("GET", "/deliveries", _list_deliveries, docs.LIST_DELIVERIES),
        ("GET", "/deliveries/{id}", _read_delivery, docs.READ_DELIVERY),
        ("POST", "/deliveries/{id}/resend", _resend, docs.RESEND),
        ("POST", "/test", _test, docs.TEST),
        ("GET", "/receivers", _list_receivers, docs.LIST_RECEIVERS),
        ("GET", "/receivers/{id}", _read_receiver, docs.READ_RECEIVER),
        ("POST", "/receivers/{id}/enable", _enable, docs.ENABLE),
        ("GET", "/secret", _secret, docs.SECRET),
        ("POST", "/secret/rotate", _rotate, docs.ROTATE),
    ):
        router.add_api_route(
            f"/callbacks{path}",
            endpoint,
            methods=[method],
            response_model=None,
            operation_id=described.operation_id,
            summary=described.summary,
            description=described.description,
            responses=described.responses,
            openapi_extra=extra.get(path),
        )
    return router


async def _list_deliveries(request: Request) -> Response:
    caller = await caller_of(request)
    page = await _callbacks(request).list_deliveries(caller, request.query_params.multi_items())
    return _answer(
        DeliveryList(
            data=[delivery_resource(delivery) for delivery in page.deliveries],
            has_more=page.next_cursor is not None,
            next_cursor=page.next_cursor,
        )
    )


async def _read_delivery(request: Request, delivery_id: DeliveryId) -> Response:
    caller = await caller_of(request)
    return _answer(delivery_record(await _callbacks(request).read_delivery(caller, delivery_id)))


async def _resend(request: Request, delivery_id: DeliveryId) -> Response:
    caller = await caller_of(request)
    return _answer(delivery_record(await _callbacks(request).resend(caller, delivery_id)))


async def _test(request: Request) -> Response:
    caller = await creator_of(request)  # first of all: without a key the body is not read
    async with context(request).bodies.json_object(request) as raw:
        return _answer(delivery_resource(await _callbacks(request).send_test(caller, raw)))


async def _list_receivers(request: Request) -> Response:
    caller = await caller_of(request)
    page = await _callbacks(request).list_receivers(caller, request.query_params.multi_items())
    return _answer(
        ReceiverList(
            data=[receiver_resource(receiver) for receiver in page.receivers],
            has_more=page.next_cursor is not None,
            next_cursor=page.next_cursor,
        )
    )


async def _read_receiver(request: Request, receiver_id: ReceiverId) -> Response:
    caller = await caller_of(request)
    return _answer(receiver_resource(await _callbacks(request).read_receiver(caller, receiver_id)))


async def _enable(request: Request, receiver_id: ReceiverId) -> Response:
    caller = await caller_of(request)
    return _answer(receiver_resource(await _callbacks(request).enable_receiver(caller, receiver_id)))


async def _secret(request: Request) -> Response:
    caller = await manager_of(request)
    return _answer(callback_secret(await _callbacks(request).secrets.show(caller.account_id)))


async def _rotate(request: Request) -> Response:
    caller = await manager_of(request)
    overlap = read_overlap(request.query_params.multi_items())
    return _answer(callback_secret(await _callbacks(request).secrets.rotate(caller.account_id, overlap)))


def _callbacks(request: Request) -> Callbacks:
    return context(request).services.callbacks


def _answer(resource: WireModel) -> Response:
    return json_response(resource.model_dump(mode="json", exclude_none=True))
