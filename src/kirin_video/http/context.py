"""What every route needs, made once while the application starts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from starlette.requests import Request

    from kirin_video.http.json_body import BodyReader
    from kirin_video.wiring import Services


@dataclass(frozen=True, slots=True)
class HttpContext:
    """What the routes work with.

    Attributes:
        services: the use cases.
        bodies: reads JSON bodies.
        public_url: where callers reach the server; None for where their request arrived.
        closing: set when the server stops; whoever holds an answer back sends it then.
    """

    services: Services
    bodies: BodyReader
    public_url: str | None
    closing: asyncio.Event

    def base_url(self, request: Request) -> str:
        """Say where the caller reaches this server; without a trailing slash."""
        return (self.public_url or str(request.base_url)).rstrip("/")


def context(request: Request) -> HttpContext:
    """Find the context of the application that a request arrived at."""
    return cast("HttpContext", request.state.context)
