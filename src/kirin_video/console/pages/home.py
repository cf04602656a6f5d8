"""The first page: how the account stands, what it made last, and what to do next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import page
from kirin_video.console.tasks.request_view import short_words

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit

_LATEST: Final = "6"


def routes() -> list[Route]:
    """``/``."""
    return [page("/", _show)]


async def _show(visit: Visit) -> Response:
    services, caller = visit.services, visit.caller
    since = datetime.now(UTC).date().replace(day=1)
    month = await services.read_usage(caller, [("from", since.isoformat()), ("group_by", "")])
    latest = await services.list_tasks(caller, [("limit", _LATEST)])
    return visit.page(
        "home.html",
        overview=await services.console.overview(caller),
        month=month.total,
        budget=await services.console.read_budget(caller.account_id),
        latest=[(task, short_words(task.request)) for task in latest.tasks],
        base_url=visit.context.base_url(visit.request),
    )
