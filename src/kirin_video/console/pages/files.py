"""Files that scripts of our pages send ahead: pictures and footage, judged before a form names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import FileResponse

from kirin_video.console.gate import page, script_call
from kirin_video.domain.access import Scope
from kirin_video.http.files import file_response, receive_upload

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit

_HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> list[Route]:
    """``/files`` and what is below it."""
    return [
        script_call("/files", _upload, needs=Scope.GENERATE),
        page("/files/{file}", _show, needs=Scope.GENERATE),
    ]


async def _upload(visit: Visit) -> Response:
    await visit.services.admit.count(visit.caller, creates=True)
    return file_response(visit.request, await receive_upload(visit.request, visit.caller))


async def _show(visit: Visit) -> Response:
    """What was sent, for pages that show it again."""
    upload, path = await visit.services.open_upload(visit.caller, visit.request.path_params["file"])
    return FileResponse(path, media_type=upload.media_type, headers=_HEADERS)
