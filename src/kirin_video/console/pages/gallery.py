"""The gallery: the account's tasks with their pictures, filtered and searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from kirin_video.console.gate import page
from kirin_video.console.tasks.comparison import fact
from kirin_video.console.tasks.progress_view import preview_path
from kirin_video.console.tasks.request_view import short_words
from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.gallery import MAX_SEARCH, Material
from kirin_video.domain.shot import Quality
from kirin_video.domain.task import TaskStatus, VideoOutput

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit
    from kirin_video.store.gallery_rows import Exhibit

_FILTERS: Final = ("q", "status", "mode", "kind", "key", "from", "to")
_LINE: Final = ("length", "size", "mode")


def routes() -> list[Route]:
    """``/tasks``."""
    return [page("/tasks", _show)]


async def _show(visit: Visit) -> Response:
    given = visit.request.query_params
    filters = {name: given[name].strip() for name in _FILTERS if given.get(name, "").strip()}
    after = given.get("after")
    wrong: str | None = None
    query = [*filters.items(), *([("after", after)] if after else [])]
    gallery = visit.services.console.gallery
    try:
        found = await gallery(visit.caller, query)
    except InvalidRequest as error:
        wrong, filters, after = error.message, {}, None
        found = await gallery(visit.caller, ())
    older = f"?{urlencode({**filters, 'after': found.next_cursor})}" if found.next_cursor else None
    return visit.page(
        "gallery.html",
        tiles=[tile(visit, each) for each in found.exhibits],
        filters=filters,
        wrong=wrong,
        longest_search=MAX_SEARCH,
        statuses=list(TaskStatus),
        modes=list(Quality),
        kinds=list(Material),
        keys=await _keys(visit),
        older=older,
        newest=f"/console/tasks?{urlencode(filters)}" if after else None,
    )


def tile(visit: Visit, exhibit: Exhibit) -> dict[str, object]:
    """What a tile of the gallery shows of a task."""
    task = exhibit.task
    links = visit.services.link_result(task)
    line = [text for name in _LINE if (text := fact(task, name, visit.text))]
    return {
        "task": task,
        "words": short_words(task.request),
        "line": " · ".join(line),
        "is_clip": isinstance(task.output, VideoOutput),
        "is_at_hand": exhibit.still is not None,
        "preview": preview_path(task, exhibit.still),
        "clip": links.video if links else None,
        "percent": int(task.progress * 100),
    }


async def _keys(visit: Visit) -> list[tuple[str, str]]:
    """Whose tasks one may ask for: those of each key, and one's own from the console."""
    keys = await visit.services.console.keys.all(visit.caller)
    mine = (visit.caller.key_id, visit.text("gallery.mine"))
    return [mine, *((key.id, key.name) for key in keys)]
