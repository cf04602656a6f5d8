"""Where browsers come in: the server's bare address leads to the console."""

from __future__ import annotations

from http import HTTPMethod, HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route

from kirin_video.console.application import console_application
from kirin_video.console.paths import BASE, HOME

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute


def console_routes() -> list[BaseRoute]:
    """The console, and what leads to it."""
    return [
        Route("/", _from_root, methods=[HTTPMethod.GET]),
        Route(BASE, _to_console, methods=[HTTPMethod.GET]),
        Mount(BASE, console_application()),
    ]


async def _from_root(request: Request) -> Response:
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(HTTPStatus.NOT_FOUND)  # programs are told where things are, as everywhere else
    return await _to_console(request)


async def _to_console(request: Request) -> Response:
    del request
    return RedirectResponse(HOME, HTTPStatus.SEE_OTHER)
