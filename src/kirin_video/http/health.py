"""Whether this process lives, and whether it takes in new work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request

from kirin_video.domain.errors import Overloaded
from kirin_video.domain.wire import ErrorResponse
from kirin_video.http.context import context
from kirin_video.http.errors import json_response

if TYPE_CHECKING:
    from starlette.responses import Response

_RETRY_AFTER_S = 5.0
_READY = {"status": "ready", "unserved": list[str]()}


def health_routes() -> APIRouter:
    """``/healthz`` and ``/readyz``."""
    router = APIRouter(tags=["operations"])
    router.add_api_route(
        "/healthz",
        _healthz,
        methods=["GET"],
        response_model=None,
        operation_id="healthz",
        summary="Whether the server answers",
        responses={
            200: {
                "description": "It does.",
                "content": {"application/json": {"example": {"status": "ok"}}},
            }
        },
    )
    router.add_api_route("/healthz", _healthz, methods=["HEAD"], response_model=None, include_in_schema=False)
    router.add_api_route(
        "/readyz",
        _readyz,
        methods=["GET"],
        response_model=None,
        operation_id="readyz",
        summary="Whether the server takes in new work",
        description="`unserved` names the classes of worker for which tasks wait while no worker of that "
        "class is there.",
        responses={
            200: {"description": "It does.", "content": {"application/json": {"example": _READY}}},
            503: {
                "model": ErrorResponse,
                "description": "It does not: the database is away, or the disk nearly full.",
            },
        },
    )
    router.add_api_route("/readyz", _readyz, methods=["HEAD"], response_model=None, include_in_schema=False)
    return router


async def _healthz() -> Response:
    # The database is not asked: a process that waits for it is alive, and restarting it would not help.
    return json_response({"status": "ok"})


async def _readyz(request: Request) -> Response:
    problems = await context(request).services.check_readiness()
    if problems:
        raise Overloaded(" ".join(problems), retry_after_s=_RETRY_AFTER_S)
    unserved = (await context(request).services.read_load()).unserved
    # Not a reason to refuse new work: a worker of that class may come later.
    return json_response({**_READY, "unserved": [each.worker_class for each in unserved]})
