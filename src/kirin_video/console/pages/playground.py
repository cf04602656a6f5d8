"""The playground: where clips are asked for by hand, with price and problems shown while one types."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse

from kirin_video.console.forms import read_form
from kirin_video.console.gate import mixed_action, page, script_call
from kirin_video.console.paths import BASE
from kirin_video.console.playground.checking import bounds, check
from kirin_video.console.playground.draft import Draft, read_draft
from kirin_video.console.playground.materials import (
    clip_choices,
    element_choices,
    keep_picked,
    lend_clip,
    recall,
    shown_at,
)
from kirin_video.console.playground.plan_words import plan_line
from kirin_video.console.playground.problems import told
from kirin_video.console.playground.starters import named, offered
from kirin_video.domain.access import Scope
from kirin_video.domain.errors import InvalidRequest, NotFound
from kirin_video.domain.parameters import (
    MAX_DURATION_S,
    MAX_EXTERNAL_ID,
    MAX_PROMPT,
    MAX_SEED,
    MIN_DURATION_S,
)
from kirin_video.domain.planning import SIZES
from kirin_video.http.files import file_response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.mixed_form import MixedForm
    from kirin_video.console.playground.checking import Checked
    from kirin_video.console.playground.problems import Problem
    from kirin_video.console.visit import Visit
    from kirin_video.domain.task import Task

_MAX_FORM_BYTES: Final = 512 * 1024
_MAX_ATTEMPT: Final = 64
_ROWS: Final = 3
"""Rows for files that a form without scripts has to spare."""


def routes() -> list[Route]:
    """``/playground`` and what is below it."""
    return [
        page("/playground", _show, needs=Scope.GENERATE),
        mixed_action("/playground", _act),
        script_call("/playground/check", _check, needs=Scope.GENERATE),
        script_call("/playground/send", _send, needs=Scope.GENERATE),
        script_call("/playground/plan", _plan, needs=Scope.GENERATE),
        script_call("/playground/clips", _clips, needs=Scope.GENERATE, method="GET"),
        script_call("/playground/clips/{task}", _lend, needs=Scope.GENERATE),
    ]


async def _show(visit: Visit) -> Response:
    asked = visit.request.query_params
    if asked.get("from"):
        task = await visit.services.read_task(visit.caller, asked["from"])
        draft, is_whole = await recall(visit, task, another=asked.get("seed") == "new")
        return await _page(visit, draft, is_given=True, is_whole=is_whole)
    starter = named(offered(visit.services.engines), asked.get("start", ""))
    if starter is not None:
        return await _page(visit, starter.draft(visit.text), is_given=True, slots=starter.slots)
    if asked.get("element"):
        return await _page(visit, replace(Draft(), elements=(asked["element"],)), is_given=True)
    return await _page(visit, Draft())


async def _act(visit: Visit, form: MixedForm) -> Response:
    """What the form does without scripts: judge and price, or send."""
    filled, refused = await keep_picked(visit, form)
    draft = read_draft(filled)
    attempt = filled.text("attempt")
    if refused or filled.text("do") == "check":
        checked = await check(visit, draft)
        problems = (*refused, *checked.problems)
        return await _page(visit, draft, is_given=True, checked=checked, problems=problems, attempt=attempt)
    try:
        task = await _created(visit, draft, attempt)
    except InvalidRequest as error:
        problems = told(visit.text, draft, error.violations)
        return await _page(visit, draft, is_given=True, problems=problems, attempt=attempt)
    return visit.redirect(f"/tasks/{task.id}")


async def _check(visit: Visit) -> Response:
    checked = await check(visit, read_draft(await read_form(visit.request, _MAX_FORM_BYTES)))
    return JSONResponse(checked.as_data())


async def _send(visit: Visit) -> Response:
    form = await read_form(visit.request, _MAX_FORM_BYTES)
    draft = read_draft(form)
    try:
        task = await _created(visit, draft, form.text("attempt"))
    except InvalidRequest as error:
        problems = [asdict(each) for each in told(visit.text, draft, error.violations)]
        return JSONResponse({"problems": problems}, HTTPStatus.BAD_REQUEST)
    return JSONResponse({"location": f"{BASE}/tasks/{task.id}"}, HTTPStatus.CREATED)


async def _created(visit: Visit, draft: Draft, attempt: str) -> Task:
    """Create the task of a draft, as the API's create call does."""
    await visit.services.admit.count(visit.caller, creates=True)
    body = draft.request()
    created = await visit.services.create_task(
        visit.caller,
        body,
        key=_key(attempt, json.dumps(body, sort_keys=True)),
        base_url=visit.context.base_url(visit.request),
    )
    return created.task


def _key(attempt: str, body: str) -> str | None:
    """The name of a call: the same form sent twice makes one task, and one that was changed another."""
    if not (0 < len(attempt) <= _MAX_ATTEMPT and attempt.isascii() and attempt.isalnum()):
        return None
    return f"playground-{attempt}-{hashlib.sha256(body.encode('utf-8', 'replace')).hexdigest()[:32]}"


async def _plan(visit: Visit) -> Response:
    """What the engine makes of the words. Of edits of footage it says nothing beforehand."""
    draft = read_draft(await read_form(visit.request, _MAX_FORM_BYTES))
    words = "" if draft.facts.has_base else draft.prompt[:MAX_PROMPT]
    sheet = await visit.services.preview_plan(words, seed=draft.number or 0)
    if sheet is None:
        return JSONResponse({"lines": [], "notes": []})
    lines = [each for line in sheet.lines if (each := plan_line(visit.text, line))]
    return JSONResponse({"lines": lines, "notes": list(sheet.notes)})


async def _clips(visit: Visit) -> Response:
    found = await clip_choices(visit)
    return JSONResponse([{"id": each.id, "words": each.words, "url": each.url} for each in found])


async def _lend(visit: Visit) -> Response:
    await visit.services.admit.count(visit.caller, creates=True)
    task = await visit.services.read_task(visit.caller, visit.request.path_params["task"])
    upload = await lend_clip(visit, task)
    if upload is None:
        raise NotFound("This clip is not kept any more.")
    return file_response(visit.request, upload)


async def _page(  # noqa: PLR0913 - a page that shows this much
    visit: Visit,
    draft: Draft,
    *,
    is_given: bool = False,
    is_whole: bool = True,
    slots: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    checked: Checked | None = None,
    attempt: str = "",
) -> Response:
    limits = visit.services.judge
    return visit.page(
        "playground.html",
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        draft=draft,
        is_given=is_given,
        is_whole=is_whole,
        slots=slots,
        problems=problems,
        checked=checked,
        bounds=bounds(draft),
        attempt=attempt or secrets.token_hex(16),
        groups=offered(visit.services.engines),
        elements=await element_choices(visit),
        shown_at=shown_at,
        sizes=SIZES,
        rows=_ROWS,
        durations=range(MIN_DURATION_S, MAX_DURATION_S + 1),
        most={
            "prompt": MAX_PROMPT,
            "external": MAX_EXTERNAL_ID,
            "seed": MAX_SEED,
            "picture": limits.image_limits.max_bytes,
            "footage": limits.video_limits.max_bytes,
        },
        base_url=visit.context.base_url(visit.request),
    )
