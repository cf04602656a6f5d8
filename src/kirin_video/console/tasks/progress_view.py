"""How far a task is, in words: for the page as it is sent, and for the events that keep it live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kirin_video.console.paths import BASE
from kirin_video.domain.stage import Stage
from kirin_video.domain.task import TaskStatus

if TYPE_CHECKING:
    from kirin_video.console.language import Catalogue
    from kirin_video.domain.task import Task

_TELLING: Final = 0.15
_TELLING_S: Final = 3.0
_MINUTE_S: Final = 90
_STEP_S: Final = 5
_STAGES: Final = frozenset(Stage)


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How far a task is.

    Attributes:
        status: its status.
        words: what is being done.
        percent: 0 to 100.
        left: about how much longer it takes, in words; empty while that cannot be told.
        preview: where a picture of the clip so far is, relative to the server; None while there is none.
    """

    status: str
    words: str
    percent: int
    left: str
    preview: str | None


def progress_view(
    task: Task, text: Catalogue, preview_key: str | None, now: datetime | None = None
) -> ProgressView:
    """Say how far a task is.

    Args:
        task: the task.
        text: the reader's language.
        preview_key: the newest preview; another picture has another key, and so another address.
        now: the moment; the clock's by default.
    """
    preview = preview_path(task, preview_key)
    left = _left(task, text, now or datetime.now(UTC))
    return ProgressView(task.status.value, _words(task, text), int(task.progress * 100), left, preview)


def preview_path(task: Task, key: str | None) -> str | None:
    """Where the newest preview of a task is, relative to the server; None if there is none."""
    if task.status is not TaskStatus.IN_PROGRESS or key is None:
        return None
    return f"{BASE}/tasks/{task.id}/preview?of={key[:8]}"


def _words(task: Task, text: Catalogue) -> str:
    if task.status is TaskStatus.QUEUED:
        return text("task.waiting")
    if task.status is not TaskStatus.IN_PROGRESS:
        return text(f"status.{task.status}")
    return text(f"stage.{task.stage}") if task.stage in _STAGES else text("task.working")


def _left(task: Task, text: Catalogue, now: datetime) -> str:
    """The time that is left if the rest goes as the part before did; rounded, since it is a guess."""
    if task.status is not TaskStatus.IN_PROGRESS or task.started_at is None:
        return ""
    passed_s = (now - task.started_at).total_seconds()
    if task.progress < _TELLING or passed_s < _TELLING_S:
        return ""
    left_s = passed_s * (1 - task.progress) / task.progress
    if left_s > _MINUTE_S:
        return text("task.left_minutes", count=round(left_s / 60))
    return text("task.left_seconds", count=max(_STEP_S, round(left_s / _STEP_S) * _STEP_S))
