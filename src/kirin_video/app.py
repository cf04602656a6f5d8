"""Puts the HTTP application together, and says how it is to be served."""

from __future__ import annotations

import asyncio
import gc
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from kirin_video import wiring
from kirin_video.console.application import make_console_context
from kirin_video.console.front_door import console_routes
from kirin_video.domain.errors import Rejected
from kirin_video.domain.quoting import visible
from kirin_video.http.boundary import Boundary, request_id
from kirin_video.http.byte_budget import ByteBudget
from kirin_video.http.callbacks import callback_routes
from kirin_video.http.context import HttpContext
from kirin_video.http.elements import element_routes
from kirin_video.http.errors import rejection_response, status_response
from kirin_video.http.events import event_routes
from kirin_video.http.files import file_routes
from kirin_video.http.health import health_routes
from kirin_video.http.json_body import BodyReader
from kirin_video.http.metrics import metrics_routes
from kirin_video.http.models import model_routes
from kirin_video.http.native import hot_routes, native_routes
from kirin_video.http.openapi import finished
from kirin_video.http.patient import patient_protocol
from kirin_video.http.quote import quote_routes
from kirin_video.http.results import result_routes
from kirin_video.http.shortcut import answered_at_once
from kirin_video.http.tasks import task_routes
from kirin_video.http.usage import usage_routes
from kirin_video.worker.noting import noting
from kirin_video.worker.patience import repeat

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from kirin_video.settings import Settings
    from kirin_video.wiring import Services

_SHUTDOWN_S = 2
"""Requests in flight get this long to end when the server stops."""

_KEEP_ALIVE_S = 15
"""A caller that polls every few seconds keeps its connection."""

_LONGEST_EXPIRY_PAUSE_S = 30.0

_SHOWN_PATH = 100
"""Characters of an unknown path that the answer repeats."""

_DESCRIPTION = """\
Makes and edits video. Create a task, poll it until it is `completed` or `failed`, and fetch the result
from its signed link. Every error, on every path, has the shape of `ErrorResponse`; its `request_id` is in
the server's log.
"""


def create_app(settings: Settings) -> FastAPI:
    """Build the application.

    Args:
        settings: what the operator set. The database is opened when the application starts to serve.

    Returns:
        The ASGI application.
    """
    closing = asyncio.Event()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
        async with (
            wiring.build(settings) as services,
            noting(services.database, "API"),
            _expiring(services, settings.task_deadline_s),
        ):
            bodies = BodyReader(
                max_bytes=settings.max_body_bytes,
                budget=ByteBudget(settings.max_body_bytes),
                spool_dir=settings.data_dir,
            )
            yield {
                "context": HttpContext(services, bodies, settings.public_url, closing),
                "console": make_console_context(services, settings.public_url),
            }

    app = _Application(
        title="kirin-video",
        version=version("kirin-video"),
        description=_DESCRIPTION,
        lifespan=lifespan,
        middleware=[Middleware(Boundary)],
        exception_handlers={Rejected: _refuse, HTTPException: _http_error},
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # asked for anew with every request
        # The pages would fetch their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    app.state.closing = closing
    app.router.routes[:0] = hot_routes()
    app.include_router(native_routes())
    app.include_router(file_routes())
    app.include_router(quote_routes())
    app.include_router(task_routes())
    app.include_router(usage_routes())
    app.include_router(model_routes())
    app.include_router(element_routes())
    app.include_router(event_routes())
    app.include_router(callback_routes())
    app.include_router(result_routes())
    app.include_router(health_routes())
    app.include_router(metrics_routes())
    app.router.routes.extend(console_routes())
    return app


@asynccontextmanager
async def _expiring(services: Services, deadline_s: float) -> AsyncGenerator[None]:
    """Hold tasks to their deadline meanwhile: here, since there may be no worker at all."""
    if not deadline_s:
        yield
        return
    every_s = min(_LONGEST_EXPIRY_PAUSE_S, deadline_s / 10)
    expiring = asyncio.create_task(repeat(services.expire_tasks, every_s), name="expire tasks")
    try:
        yield
    finally:
        expiring.cancel()
        await asyncio.gather(expiring, return_exceptions=True)


class Server(uvicorn.Server):
    """Serves the application, and tells answers that are held back to come to an end when it stops.

    Args:
        app: the application.
        max_connections: more are refused.
        has_process: whether nothing else goes on in this process, so that it may be tuned for serving.
    """

    def __init__(self, app: FastAPI, *, max_connections: int = 1000, has_process: bool = False) -> None:
        super().__init__(uvicorn_config(app, max_connections=max_connections))
        self._closing: asyncio.Event = app.state.closing
        self._has_process = has_process

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        if self._has_process:
            # What is there now stays: to look through it for garbage took 50 ms, more than once a second.
            gc.collect()
            gc.freeze()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: refuse new connections, give requests in flight a moment, close everything."""
        self._closing.set()
        await super().shutdown(sockets)


def uvicorn_config(app: FastAPI, *, max_connections: int = 1000) -> uvicorn.Config:
    """Say how the application is served; pass the listening socket to ``Server.serve``.

    Uvicorn's own ``fd`` option would take the socket for a Unix one and leave Nagle's algorithm on.

    Args:
        app: the application.
        max_connections: more are refused.

    Returns:
        The configuration: httptools behind our own bounds, uvloop where it is installed, two seconds for
        requests in flight when stopping, no WebSockets, and nothing about itself in the headers.
    """
    return uvicorn.Config(
        app,
        http=patient_protocol(max_connections),
        lifespan="on",
        ws="none",
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_SHUTDOWN_S,
    )


class _Application(FastAPI):
    """FastAPI with a short way for polls, and our last word on the OpenAPI document."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if not await answered_at_once(scope, send):
            await super().__call__(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        """Make the document at the first call, and keep it."""
        if self.openapi_schema is None:
            self.openapi_schema = finished(super().openapi())
        return self.openapi_schema


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, Rejected)
    return rejection_response(error, request_id(request))


async def _http_error(request: Request, error: Exception) -> Response:
    """Answer what the router itself refuses, in our shape."""
    assert isinstance(error, HTTPException)
    path, message = visible(request.scope["path"], _SHOWN_PATH), error.detail
    if error.status_code == HTTPStatus.NOT_FOUND:
        message = f"There is nothing at {path}. The addresses are described at /openapi.json."
    elif error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        message = f"{path} does not take {request.method}. The addresses are described at /openapi.json."
    return status_response(error.status_code, message, request_id(request), error.headers)
