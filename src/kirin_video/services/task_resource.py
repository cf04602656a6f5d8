"""A task as polling and callbacks show it: the one place that knows how."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pydantic import JsonValue

from kirin_video.domain.money import format_usd
from kirin_video.domain.task import ElementOutput, RemovedOutput, Task, TaskStatus
from kirin_video.domain.wire import Content, ElementContent, Output, TaskError, TaskResource, Usage
from kirin_video.domain.wire_faults import WIRE_FAULTS
from kirin_video.services.results import ResultLinks

_MICRO = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_REMOVED = "The files were deleted: they had been kept for as long as this server keeps files."


def task_resource(task: Task, links: ResultLinks | None, base_url: str) -> TaskResource:
    """Show a task.

    Args:
        task: the task.
        links: where its files are, relative to the server; None unless it is completed.
        base_url: the server's address, without a trailing slash.

    Returns:
        The answer; dump it with ``exclude_none``.
    """
    completed = task.status is TaskStatus.COMPLETED
    return TaskResource(
        id=task.id,
        created_at=(task.created_at - _EPOCH) // _MS,
        status=task.status.value,
        model=task.request.model,
        external_task_id=task.external_id,
        progress=round(task.progress, 4) if task.status is TaskStatus.IN_PROGRESS else None,
        output=_output(task, links, base_url),
        usage=_usage(task) if completed else None,
        metadata=_metadata(task) if completed else None,
        error=_error(task),
    )


def _output(task: Task, links: ResultLinks | None, base_url: str) -> list[Output] | None:
    if isinstance(task.output, ElementOutput):
        element = ElementContent(type="element", element_id=task.output.element_id)
        return [Output(content=[element], jobId=task.output.job_id)]
    if task.output is None or links is None:
        return None
    content = Content(
        type="video",
        url=base_url + links.video,
        watermark_url=base_url + links.watermark if links.watermark else None,
        duration=plain_number(task.output.duration_s),
    )
    return [Output(content=[content], jobId=task.output.job_id)]


def _metadata(task: Task) -> dict[str, JsonValue]:
    """Facts about the result; also that its files are gone, if they are."""
    if not isinstance(task.output, RemovedOutput):
        return dict(task.metadata)
    notes = task.metadata.get("notes")
    return {
        **task.metadata,
        "notes": [*(notes if isinstance(notes, list) else []), _REMOVED],
        "files_deleted_at": (task.output.removed_at - _EPOCH) // _MS,
    }


def _usage(task: Task) -> Usage:
    return Usage(cost=format_usd(task.price.cost), discount=plain_number(task.price.discount / _MICRO))


def _error(task: Task) -> TaskError | None:
    if task.failure is None:
        return None
    return TaskError(code=WIRE_FAULTS[task.failure.fault].code, error_message=task.failure.message)


def plain_number(number: float) -> int | float:
    """A number as people write it: 5, not 5.0."""
    return int(number) if number == int(number) else number
