"""What the playground offers to work from: files sent or lent again, elements, clips made before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from kirin_video.console.forms import Form
from kirin_video.console.paths import BASE
from kirin_video.console.playground.draft import Draft, draft_of, stored_keys
from kirin_video.console.playground.problems import Problem
from kirin_video.console.tasks.request_view import short_words
from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.inputs import MODEL
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.sources import UnusableSource, UploadedFile, inspect_source, upload_url
from kirin_video.domain.task import TaskStatus, VideoOutput
from kirin_video.domain.upload import UploadKind
from kirin_video.domain.wire_faults import WIRE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kirin_video.console.mixed_form import MixedForm, SentFile
    from kirin_video.console.visit import Visit
    from kirin_video.domain.task import Task
    from kirin_video.domain.upload import Upload

_MOST_ELEMENTS: Final = "100"
_MOST_CLIPS: Final = "18"


@dataclass(frozen=True, slots=True)
class ElementChoice:
    """An element to choose.

    Attributes:
        id: its number as text.
        name: what it is called.
        about: what is known of it.
        picture: the address of its frontal picture.
        is_at_hand: whether that need not be drawn first.
        is_preset: whether it came with the server.
    """

    id: str
    name: str
    about: str
    picture: str
    is_at_hand: bool
    is_preset: bool


@dataclass(frozen=True, slots=True)
class ClipChoice:
    """A clip made before, to work from.

    Attributes:
        id: its task's.
        words: what it shows.
        url: the address of the clip.
        created_at: when it was asked for; aware.
    """

    id: str
    words: str
    url: str
    created_at: datetime


async def element_choices(visit: Visit) -> Sequence[ElementChoice]:
    """Elements that can be used now, the account's own first and the newest of them first."""
    found = await visit.services.list_elements(visit.caller, [("limit", _MOST_ELEMENTS)])
    link = visit.services.link_element
    return [
        ElementChoice(
            str(each.id),
            each.name,
            each.description or ", ".join(each.tags),
            link(each)[0],
            link.is_at_hand(each),
            each.is_preset,
        )
        for each in found.elements
        if each.status is TaskStatus.COMPLETED
    ]


async def clip_choices(visit: Visit) -> Sequence[ClipChoice]:
    """The account's latest clips."""
    query = [("status", TaskStatus.COMPLETED.value), ("model", MODEL), ("limit", _MOST_CLIPS)]
    found = await visit.services.list_tasks(visit.caller, query)
    linked = ((task, visit.services.link_result(task)) for task in found.tasks)
    return [
        ClipChoice(task.id, short_words(task.request), link.video, task.created_at)
        for task, link in linked
        if link is not None
    ]


async def lend_clip(visit: Visit, task: Task) -> Upload | None:
    """Make an upload of the clip that a task made; None if it made none, or has it no more.

    Raises:
        InvalidRequest: as footage it breaks a limit.
    """
    if not isinstance(task.output, VideoOutput):
        return None
    return await visit.services.reuse_files(visit.caller, UploadKind.VIDEO, task.output.video_key)


async def recall(visit: Visit, task: Task, *, another: bool) -> tuple[Draft, bool]:
    """Fill in what a past task was asked for.

    Args:
        visit: who asks.
        task: the task.
        another: whether another clip of the same is wanted; else the seed is the task's.

    Returns:
        The draft, and whether it is whole: files are not kept for ever.
    """
    request = task.request
    if not isinstance(request, GenerationRequest):
        return Draft(), True
    base_url = visit.context.base_url(visit.request)
    kept: dict[str, str] = {}
    images, videos = stored_keys(request)
    is_whole = True
    for kind, keys in ((UploadKind.IMAGE, images), (UploadKind.VIDEO, videos)):
        for key in keys:
            upload = await visit.services.reuse_files(visit.caller, kind, key)
            if upload is None:
                is_whole = False
            else:
                kept[key] = upload_url(base_url, upload.id)
    return draft_of(request, kept, None if another else task.seed), is_whole


async def keep_picked(visit: Visit, form: MixedForm) -> tuple[Form, list[Problem]]:
    """Keep the files that came with a form, as scripts would have sent them ahead.

    Returns:
        The form with their addresses filled in, and what was refused.
    """
    problems: list[Problem] = []
    filled = dict(form.text.fields)
    for name, kind in (("picture", UploadKind.IMAGE), ("footage", UploadKind.VIDEO)):
        given = zip_longest(form.text.all(f"{name}_url"), form.files.get(f"{name}_file", ()), fillvalue=None)
        filled[f"{name}_url"] = [
            url or (await _kept(visit, kind, file, problems) if file else "") for url, file in given
        ]
    return replace(form.text, fields=filled), problems


async def _kept(visit: Visit, kind: UploadKind, file: SentFile, problems: list[Problem]) -> str:
    """The address of a file that was kept; empty, and noted, if it was refused."""
    await visit.services.admit.count(visit.caller, creates=True)
    try:
        upload = await visit.services.keep_upload(visit.caller, kind, file.path)
    except InvalidRequest as error:
        for violation in error.violations:
            message = f"{file.name}: {violation.message.removeprefix('file: ')}"
            problems.append(Problem("materials", message, "file", WIRE_FAULTS[violation.fault].code))
        return ""
    return upload_url(visit.context.base_url(visit.request), upload.id)


def shown_at(url: str) -> str:
    """Where our pages can show a source: its own place if it was sent to us, else nowhere."""
    try:
        source = inspect_source(url)
    except UnusableSource:
        return ""
    return f"{BASE}/files/{source.id}" if isinstance(source, UploadedFile) else ""
