"""Files that scripts of our pages send ahead: pictures and footage, judged before a form names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.console.gate import script_call
from kirin_video.domain.access import Scope
from kirin_video.http.files import file_response, receive_upload

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit


def routes() -> list[Route]:
    """``/files``."""
    return [script_call("/files", _upload, needs=Scope.GENERATE)]


async def _upload(visit: Visit) -> Response:
    await visit.services.admit.count(visit.caller, creates=True)
    return file_response(visit.request, await receive_upload(visit.request, visit.caller))
