"""A change of a task that its caller can see, and the task as it was then."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kirin_video.domain.task import Task, TaskStatus

FIRST_REVISION = 1
"""The revision of a task that was only created."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a task became.

    Attributes:
        task_id: the task.
        revision: counts the task's changes from 1, which is its creation.
        status: its status from then on.
        progress: 0.0 to 1.0.
        stage: what the worker began to do, in a word; empty where that is not known or nothing.
    """

    task_id: str
    revision: int
    status: TaskStatus
    progress: float
    stage: str = ""


def created(task: Task) -> Change:
    """The first change of a task: that it is there."""
    return Change(task.id, FIRST_REVISION, TaskStatus.QUEUED, 0.0)


def task_at(task: Task, change: Change) -> Task:
    """The task as it was right after a change that lies behind it, or that just happened.

    Args:
        task: the task as it is now; where the change ended it, as it ended.
        change: the change.
    """
    if change.status.is_terminal:
        return task
    return replace(
        task,
        status=change.status,
        progress=change.progress,
        stage=change.stage,
        finished_at=None,
        output=None,
        failure=None,
        metadata={},
    )
