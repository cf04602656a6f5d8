"""The edge of the application: every request gets an id, and no exception gets out."""

from __future__ import annotations

import logging
import re
import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect

from kirin_video.http.errors import status_response

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ACCEPTED_ID = re.compile(rb"[A-Za-z0-9._:+/=-]{1,128}")
_REQUEST_ID = "kirin_request_id"
_HEADERS = "kirin_answer_headers"


def request_id(request: Request) -> str:
    """Tell the id of a request, as its answer will repeat it."""
    return request.scope[_REQUEST_ID]


def answer_headers(request: Request) -> dict[str, str]:
    """The headers that the answer to a request will carry besides its own, be it a result or an error."""
    return request.scope[_HEADERS]


def name_request(scope: Scope) -> str:
    """The id of a request: the caller's own where that is harmless in a log, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            return value.decode("ascii") if _ACCEPTED_ID.fullmatch(value) else _new_id()
    return _new_id()


class Boundary:
    """ASGI middleware, outermost of ours.

    It names each request by ``name_request``, and the answer repeats the name. An exception that nothing else
    has answered becomes a 500 in the contract's shape, and its trace goes to the log with the id, never to
    the caller.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[_REQUEST_ID] = named = name_request(scope)
        more = scope[_HEADERS] = dict[str, str]()
        started = False

        async def send_named(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = named
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.update(more)
            await send(message)

        try:
            await self._app(scope, receive, send_named)
        except ClientDisconnect:
            return  # the caller left while sending: there is nobody to answer
        except Exception:
            logging.getLogger(__name__).exception("request %s failed", named)
            if started:
                raise  # too late for an answer: let the server cut the connection
            message = (
                "The server made a mistake. It is in its log under this request_id; trying again may help."
            )
            await status_response(500, message, named)(scope, receive, send_named)


def _new_id() -> str:
    return secrets.token_hex(12)
