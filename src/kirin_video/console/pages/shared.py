"""A clip that somebody shared, for whoever has the link: seen, fetched, and gone when the link ends."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import open_page
from kirin_video.console.pages.task_media import sent_still
from kirin_video.console.tasks.request_view import plain_words
from kirin_video.domain.errors import NotFound
from kirin_video.http.results import send_file

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit

_ASKED_ANEW: Final = "private, no-cache"
"""A link that was withdrawn shows nothing more, not even from a browser's memory."""


def routes() -> list[Route]:
    """``/shared/{token}`` and the files that it shows."""
    return [
        open_page("/shared/{token}", _show),
        open_page("/shared/{token}/clip.mp4", _clip),
        open_page("/shared/{token}/poster.webp", _poster),
    ]


async def _show(visit: Visit) -> Response:
    token = visit.request.path_params["token"]
    try:
        share, task = await visit.services.console.open_share(token)
    except NotFound:
        return visit.page("shared_ended.html", status=HTTPStatus.NOT_FOUND)
    return visit.page(
        "shared.html",
        share=share,
        task=task,
        token=token,
        words=plain_words(task.request) if share.tells_prompt else "",
    )


async def _clip(visit: Visit) -> Response:
    token = visit.request.path_params["token"]
    opened = await visit.services.console.open_share.clip(token)
    return await send_file(visit.request, opened, "clip.mp4", _ASKED_ANEW)


async def _poster(visit: Visit) -> Response:
    _, task = await visit.services.console.open_share(visit.request.path_params["token"])
    return await sent_still(await visit.services.stills.find.poster(task), _ASKED_ANEW)
