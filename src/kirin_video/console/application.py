"""Puts the console together: its pages, its assets, and its edge."""

from __future__ import annotations

from http import HTTPMethod
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from kirin_video.console.assets import read_assets, takes_gzip
from kirin_video.console.context import ConsoleContext, console_context
from kirin_video.console.edge import Edge, refuse
from kirin_video.console.language import read_catalogues
from kirin_video.console.pages import (
    accounts,
    callbacks,
    claim,
    compare,
    elements,
    files,
    gallery,
    home,
    join,
    keys,
    me,
    people,
    playground,
    preferences,
    prices,
    server,
    shared,
    sign_in,
    task,
    task_media,
    usage,
)
from kirin_video.console.rendering import Renderer

if TYPE_CHECKING:
    from starlette.requests import Request

    from kirin_video.wiring import Services

_FOR_EVER: Final = "public, max-age=31536000, immutable"


def console_application() -> Starlette:
    """Build the application that is mounted at the console's path.

    Its state must hold a ``ConsoleContext``.
    """
    parts = (
        *(claim, join, sign_in, preferences, me),
        *(home, playground, elements, files, keys, callbacks, usage),
        *(gallery, task, task_media, compare, shared),
        *(people, accounts, prices, server),
    )
    routes = [
        Route("/static/{version}/{path:path}", _asset, methods=[HTTPMethod.GET]),
        *(route for part in parts for route in part.routes()),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Edge)], exception_handlers={HTTPException: refuse})
    app.router.redirect_slashes = False
    return app


def make_console_context(services: Services, public_url: str | None) -> ConsoleContext:
    """Read texts, templates and assets, and put them beside the services."""
    assets = read_assets()
    return ConsoleContext(services, read_catalogues(), assets, Renderer(assets), public_url)


async def _asset(request: Request) -> Response:
    assets = console_context(request).assets
    asset = assets.files.get(request.path_params["path"])
    if asset is None:
        raise HTTPException(404)
    # What was asked for under an older name is answered too, but not to be kept.
    is_current = request.path_params["version"] == assets.version
    headers = {
        "Cache-Control": _FOR_EVER if is_current else "no-store",
        "Content-Type": asset.media_type,
        "Vary": "Accept-Encoding",
    }
    if takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(asset.packed, headers={**headers, "Content-Encoding": "gzip"})
    return Response(asset.content, headers=headers)
