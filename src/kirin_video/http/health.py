"""Whether this process serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

from kirin_video.http.errors import json_response

if TYPE_CHECKING:
    from starlette.responses import Response


def health_routes() -> APIRouter:
    """``/healthz``."""
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
    return router


async def _healthz() -> Response:
    # The database is not asked: a process that waits for it is alive, and restarting it would not help.
    return json_response({"status": "ok"})
