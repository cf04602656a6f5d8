"""The first page: how things stand, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.console.gate import page

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit


def routes() -> list[Route]:
    """``/``."""
    return [page("/", _show)]


async def _show(visit: Visit) -> Response:
    return visit.page("home.html")
