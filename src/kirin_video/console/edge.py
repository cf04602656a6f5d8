"""The edge of the console: what every answer carries, and the pages for what goes wrong."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from kirin_video.console.context import console_context
from kirin_video.console.language import DEFAULT
from kirin_video.console.refusals import refusal_words
from kirin_video.console.visit import Visit
from kirin_video.domain.errors import Rejected
from kirin_video.domain.wire_faults import WIRE_FAULTS
from kirin_video.http.boundary import request_id
from kirin_video.http.errors import rejection_response
from kirin_video.services.invitations import Spent

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' blob:; "
    "media-src 'self' blob:; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
"""What pages may load and do: nothing inline, nothing from elsewhere. Pictures and footage that somebody
picked are shown from memory, which is what ``blob:`` stands for."""

_HEADERS: Final = (
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("X-Frame-Options", "DENY"),
)
_PAGES: Final = frozenset({403, 404, 405, 408, 410, 413, 429, 503})
"""Statuses that have a title of their own."""

_log = logging.getLogger(__name__)


class Edge:
    """ASGI middleware around the whole console: its headers, and a page for every error."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS:
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_guarded)
        except ClientDisconnect:
            raise
        except Exception as error:
            if started:
                raise
            request = Request(scope)
            await _answer(request, error)(scope, receive, send_guarded)


async def refuse(request: Request, error: Exception) -> Response:
    """Answer what the router itself refuses, such as an address where nothing is."""
    return _answer(request, error)


def _answer(request: Request, error: Exception) -> Response:
    """The answer to a request that something kept from being answered."""
    if isinstance(error, Rejected):
        status = HTTPStatus.GONE if isinstance(error, Spent) else HTTPStatus(WIRE_FAULTS[error.fault].status)
        if _wants_json(request):
            return rejection_response(error, request_id(request))
        response = _page(request, status, error)
        if error.retry_after_s is not None:
            response.headers["Retry-After"] = str(max(1, round(error.retry_after_s)))
        return response
    if isinstance(error, HTTPException):
        return _page(request, HTTPStatus(error.status_code))
    _log.error("request %s failed", request_id(request), exc_info=error)
    if _wants_json(request):
        return JSONResponse({"error": {"error_message": "The server made a mistake."}}, status_code=500)
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: Request, status: HTTPStatus, refusal: Rejected | None = None) -> Response:
    visit: Visit = getattr(request.state, "visit", None) or Visit(request, console_context(request), None)
    kind = str(status.value) if status.value in _PAGES else ("500" if status >= HTTPStatus(500) else "400")
    # A status that has a page of its own is told of there, in the language of the page.
    told = visit.text.code != DEFAULT and status.value in _PAGES
    said = refusal_words(visit.text, refusal) if refusal and not told else None
    return visit.page(
        "error.html",
        status=status,
        kind=kind,
        said=said,
        # In the service's own words too, which are more exact than those of another language.
        exact=refusal.message if refusal and refusal.message != said else None,
        request_id=request_id(request),
    )


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")
