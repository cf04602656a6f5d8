"""Two clips beside each other, in step, and how their requests differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import page
from kirin_video.console.pages.gallery import tile
from kirin_video.console.tasks.comparison import compared, compared_words
from kirin_video.console.tasks.request_view import short_words
from kirin_video.domain.task import TaskStatus, VideoOutput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit
    from kirin_video.domain.task import Task

_PAIR: Final = 2


def routes() -> list[Route]:
    """``/compare``."""
    return [page("/compare", _show)]


async def _show(visit: Visit) -> Response:
    tasks = [await visit.services.read_task(visit.caller, each) for each in _asked(visit)]
    clips = [task for task in tasks if isinstance(task.output, VideoOutput)]
    if len(clips) < _PAIR:
        return await _choose(visit, clips, has_others=len(clips) < len(tasks))
    left, right = clips
    return visit.page(
        "compare.html",
        left=left,
        right=right,
        sides=[_side(visit, task) for task in clips],
        prompts=compared_words(left, right),
        rows=compared(left, right, visit.text),
        is_same_size=_size(left) == _size(right),
    )


def _asked(visit: Visit) -> Sequence[str]:
    """The ids of the two tasks, as far as they are given: by side, or as boxes that were ticked."""
    given = visit.request.query_params
    named = [given[side] for side in ("left", "right") if given.get(side)]
    return (named or given.getlist("pick"))[:_PAIR]


async def _choose(visit: Visit, chosen: Sequence[Task], *, has_others: bool) -> Response:
    """Offer the newest clips, for whoever has not chosen two yet."""
    found = await visit.services.console.gallery(visit.caller, [("status", TaskStatus.COMPLETED)])
    taken = {task.id for task in chosen}
    clips = [each for each in found.exhibits if isinstance(each.task.output, VideoOutput)]
    return visit.page(
        "compare_choose.html",
        chosen=[_side(visit, task) for task in chosen],
        has_others=has_others,
        tiles=[tile(visit, each) for each in clips if each.task.id not in taken],
    )


def _side(visit: Visit, task: Task) -> dict[str, object]:
    links = visit.services.link_result(task)
    return {
        "task": task,
        "words": short_words(task.request),
        "clip": links.video if links else "",
        "width": task.metadata.get("width"),
        "height": task.metadata.get("height"),
    }


def _size(task: Task) -> tuple[object, object]:
    return task.metadata.get("width"), task.metadata.get("height")
