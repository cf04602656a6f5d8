"""The first page: how the account stands, what it made last, and what to do next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import page
from kirin_video.domain.element_request import ElementRequest

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit
    from kirin_video.domain.task import Task

_LATEST: Final = "6"
_SHOWN_PROMPT: Final = 120


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
        latest=[(task, described(task)) for task in latest.tasks],
        base_url=visit.context.base_url(visit.request),
    )


def described(task: Task) -> str:
    """What a task is about, in its caller's words, and not too many of them."""
    request = task.request
    text = request.name if isinstance(request, ElementRequest) else request.prompt
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN_PROMPT else words[: _SHOWN_PROMPT - 1] + "…"
