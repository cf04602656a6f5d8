"""One task: how far it is, what it made, what it was asked for, and what can be done with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import action, page
from kirin_video.console.tasks.comparison import fact
from kirin_video.console.tasks.progress_view import progress_view
from kirin_video.console.tasks.request_view import pieces_of, references_of, request_json, short_words
from kirin_video.console.tasks.timeline import timeline
from kirin_video.domain.access import Scope
from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.errors import Conflict, Fault
from kirin_video.domain.share import LIVES
from kirin_video.domain.task import ElementOutput, RemovedOutput, TaskStatus, VideoOutput
from kirin_video.domain.wire_faults import WIRE_FAULTS
from kirin_video.services.task_resource import task_resource

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.forms import Form
    from kirin_video.console.visit import Visit
    from kirin_video.domain.callback import Delivery
    from kirin_video.domain.task import Task

_FACTS: Final = (
    *("material", "mode", "ratio", "length", "size", "fps", "frames", "seed"),
    *("references", "watermark", "engine", "took", "external"),
)
_DEFAULT_LIFE: Final = "7d"

ADVISED: Final = frozenset(
    {
        Fault.MEDIA_UNREACHABLE,
        Fault.IMAGE_REJECTED,
        Fault.VIDEO_REJECTED,
        Fault.CONTENT_POLICY,
        Fault.WORKER_LOST,
        Fault.TIMED_OUT,
        Fault.CANCELLED,
        Fault.RESULT_UNREADABLE,
    }
)
"""Failures for which there is better advice than to try again."""


def routes() -> list[Route]:
    """``/tasks/{task}`` and what is done there."""
    return [
        page("/tasks/{task}", _show),
        action("/tasks/{task}/cancel", _cancel),
        action("/tasks/{task}/delete", _delete),
        action("/tasks/{task}/share", _share),
        action("/tasks/{task}/withdraw", _withdraw),
    ]


async def _show(visit: Visit) -> Response:
    services = visit.services
    task = await services.read_task(visit.caller, visit.request.path_params["task"])
    history, maker = await services.console.gallery.history(task)
    references = references_of(task, services.link_result)
    links, base_url = services.link_result(task), visit.context.base_url(visit.request)
    answer = task_resource(task, links, base_url).model_dump(mode="json", exclude_none=True)
    return visit.page(
        "task.html",
        task=task,
        words=short_words(task.request),
        progress=progress_view(task, visit.text, await _preview_key(visit, task)),
        links=links,
        is_clip=isinstance(task.output, VideoOutput),
        is_element=isinstance(task.request, ElementRequest),
        is_removed=isinstance(task.output, RemovedOutput),
        element_id=task.output.element_id if isinstance(task.output, ElementOutput) else None,
        pieces=pieces_of(task.request, references),
        references=references,
        facts=[(name, told) for name in _FACTS if (told := fact(task, name, visit.text))],
        notes=_notes(task),
        advised=ADVISED,
        code=WIRE_FAULTS[task.failure.fault].code if task.failure else None,
        steps=timeline(task, visit.text, history, maker, await _deliveries(visit, task)),
        asked=_pretty(request_json(task, references, base_url)),
        answered=_pretty(answer),
        shares=await services.console.share_task.all(task) if visit.may(Scope.GENERATE) else (),
        base_url=base_url,
        lives=list(LIVES),
        default_life=_DEFAULT_LIFE,
    )


async def _cancel(visit: Visit, form: Form) -> Response:
    del form
    task = await visit.services.cancel_task(visit.caller, visit.request.path_params["task"])
    visit.services.known_answers.forget(task.id)
    return visit.redirect(f"/tasks/{task.id}")


async def _delete(visit: Visit, form: Form) -> Response:
    del form
    identity = visit.request.path_params["task"]
    try:
        visit.services.known_answers.forget(await visit.services.delete_task(visit.caller, identity))
    except Conflict:
        return visit.redirect(f"/tasks/{identity}", "task_unfinished", "bad")
    return visit.redirect("/tasks", "task_deleted")


async def _share(visit: Visit, form: Form) -> Response:
    identity = visit.request.path_params["task"]
    life = LIVES.get(form.text("life"), LIVES[_DEFAULT_LIFE])
    try:
        made = await visit.services.console.share_task.create(
            visit.caller,
            identity,
            life,
            watermarked=bool(form.text("watermarked")),
            tells_prompt=bool(form.text("tells_prompt")),
        )
    except Conflict:
        return visit.redirect(f"/tasks/{identity}", "share_impossible", "bad")
    return visit.redirect(f"/tasks/{made.share.task_id}#links", "share_made")


async def _withdraw(visit: Visit, form: Form) -> Response:
    identity = visit.request.path_params["task"]
    await visit.services.console.share_task.withdraw(visit.caller, identity, form.text("share"))
    return visit.redirect(f"/tasks/{identity}#links", "share_withdrawn")


async def _preview_key(visit: Visit, task: Task) -> str | None:
    if task.status is not TaskStatus.IN_PROGRESS:
        return None
    return await visit.services.stills.find.preview_key(task)


async def _deliveries(visit: Visit, task: Task) -> tuple[Delivery, ...]:
    """The task's callbacks, if it asked for any."""
    if not task.request.callback_url:
        return ()
    found = await visit.services.callbacks.list_deliveries(visit.caller, [("task", task.id), ("limit", "50")])
    return tuple(found.deliveries)


def _notes(task: Task) -> list[str]:
    """What its caller should know; before it has ended, what its request was given in vain."""
    notes = task.metadata.get("notes")
    return [str(note) for note in notes] if isinstance(notes, list) else list(task.request.notes)


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
