"""What a request would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from kirin_video.domain.element_request import asks_for_element
from kirin_video.domain.money import format_usd
from kirin_video.domain.shot import FPS
from kirin_video.domain.wire_catalog import Quote
from kirin_video.http.context import context
from kirin_video.http.errors import json_response
from kirin_video.http.gate import caller_of
from kirin_video.http.keyed import COMMON_ERRORS, keyed_router
from kirin_video.http.native_docs import CREATE_RESPONSES, create_request_body
from kirin_video.services.task_resource import plain_number

if TYPE_CHECKING:
    from fastapi import APIRouter
    from starlette.responses import Response

_MICRO = 1_000_000
_DESCRIPTION = (
    "Takes the body of the create call, judges it by the same rules and refuses it for the same reasons, and "
    "says what it would make and cost. Nothing is created, held or kept; what is at a URL is not fetched."
)


def quote_routes() -> APIRouter:
    """``/model/v1/generation/quote``."""
    router = keyed_router("generation")
    router.add_api_route(
        "/generation/quote",
        _quote,
        methods=["POST"],
        response_model=None,
        operation_id="quote_task",
        summary="Price a request",
        description=_DESCRIPTION,
        responses={
            200: {"model": Quote, "description": "What it would make and cost."},
            400: CREATE_RESPONSES[400],
            413: CREATE_RESPONSES[413],
            **COMMON_ERRORS,
        },
        openapi_extra={"requestBody": create_request_body()},
    )
    return router


async def _quote(request: Request) -> Response:
    caller = await caller_of(request)  # first of all: without a key the body is not read
    front = context(request)
    async with front.bodies.json_object(request) as raw:
        quote = front.services.quote_element if asks_for_element(raw) else front.services.quote
        quoted = await quote(caller, raw)
    duration_s = quoted.duration_s
    shown = Quote(
        model=quoted.model,
        cost=format_usd(quoted.price.cost),
        discount=plain_number(quoted.price.discount / _MICRO),
        duration=None if duration_s is None else plain_number(duration_s),
        width=quoted.size[0] if quoted.size else None,
        height=quoted.size[1] if quoted.size else None,
        fps=FPS if quoted.engine else None,
        num_frames=quoted.num_frames,
        engine=quoted.engine,
        notes=list(quoted.notes),
        budget_left=None if quoted.budget_left is None else format_usd(quoted.budget_left),
        cap_left=None if quoted.cap_left is None else format_usd(quoted.cap_left),
    )
    return json_response(shown.model_dump(mode="json", exclude_none=True))
