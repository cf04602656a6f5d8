"""Reads what the server answers: a task, or an error."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from kirin_video.client.errors import (
    ApiError,
    Conflict,
    Detail,
    Forbidden,
    InsufficientFunds,
    InvalidRequest,
    NotFound,
    ServerError,
    TaskFailed,
    TooManyRequests,
    Unauthenticated,
    UnexpectedAnswer,
)
from kirin_video.domain.wire import ErrorResponse, FileResource, TaskResource, WireModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx2

Answer = TypeVar("Answer", bound=WireModel)

ENDED = frozenset({"completed", "failed"})
"""The statuses after which nothing happens to a task any more."""

_TYPES: Mapping[int, type[ApiError]] = MappingProxyType(
    {
        HTTPStatus.BAD_REQUEST: InvalidRequest,
        HTTPStatus.UNAUTHORIZED: Unauthenticated,
        HTTPStatus.PAYMENT_REQUIRED: InsufficientFunds,
        HTTPStatus.FORBIDDEN: Forbidden,
        HTTPStatus.NOT_FOUND: NotFound,
        HTTPStatus.CONFLICT: Conflict,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: InvalidRequest,
        HTTPStatus.TOO_MANY_REQUESTS: TooManyRequests,
    }
)


def read_task(response: httpx2.Response) -> TaskResource:
    """Read the answer to create or get.

    Args:
        response: a complete answer.

    Returns:
        The task.

    Raises:
        ApiError: the server refused.
        UnexpectedAnswer: this is no answer of a kirin-video server.
    """
    return read_answer(response, TaskResource)


def read_file(response: httpx2.Response) -> FileResource:
    """Read the answer to an upload.

    Args:
        response: a complete answer.

    Returns:
        The file.

    Raises:
        ApiError: the server refused.
        UnexpectedAnswer: this is no answer of a kirin-video server.
    """
    return read_answer(response, FileResource)


def read_answer(response: httpx2.Response, kind: type[Answer]) -> Answer:
    """Read the answer to any call.

    Args:
        response: a complete answer.
        kind: what it should be.

    Raises:
        ApiError: the server refused.
        UnexpectedAnswer: this is no answer of a kirin-video server.
    """
    if not response.is_success:
        raise read_error(response)
    try:
        return kind.model_validate_json(response.content)
    except ValidationError as error:
        raise UnexpectedAnswer(
            f"{response.url} answered something else than expected. Is a kirin-video server there?"
        ) from error


def read_error(response: httpx2.Response) -> ApiError:
    """Read a refusal, of our server or of a proxy before it.

    Args:
        response: a complete answer whose status is not 2xx.
    """
    kind = _TYPES.get(response.status_code, ApiError)
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind = ServerError
    retry_after_s = _retry_after_s(response)
    try:
        body = ErrorResponse.model_validate_json(response.content)
    except ValidationError:
        return kind(
            f"{response.url} answered {response.status_code} {response.reason_phrase}.",
            status=response.status_code,
            code=f"{response.status_code:09d}",
            request_id=response.headers.get("x-request-id"),
            retry_after_s=retry_after_s,
        )
    return kind(
        body.error.error_message,
        status=response.status_code,
        code=body.error.code,
        details=[Detail(d.field, d.code, d.message) for d in body.error.details],
        request_id=body.request_id,
        retry_after_s=retry_after_s,
    )


def task_failure(task: TaskResource) -> TaskFailed:
    """Turn a failed task into the error that says so."""
    code = task.error.code if task.error else "002015095"
    message = task.error.error_message if task.error else "The server gave no reason."
    return TaskFailed(f"Task {task.id} failed: {message}", task=task, code=code)


def result_url(task: TaskResource, *, watermarked: bool) -> str:
    """Find the link to a completed task's video.

    Raises:
        UnexpectedAnswer: the task has none, such as a watermarked one that was never asked for, or one that
            the server has kept for long enough.
    """
    for output in task.output or []:
        for content in output.content:
            if content.type != "video":
                continue
            url = content.watermark_url if watermarked else content.url
            if url:
                return url
    which = "watermarked video" if watermarked else "video"
    if "files_deleted_at" in (task.metadata or {}):
        raise UnexpectedAnswer(f"The {which} of task {task.id} was deleted: the server keeps it no longer.")
    raise UnexpectedAnswer(f"Task {task.id} ({task.status}) has no {which}.")


def _retry_after_s(response: httpx2.Response) -> float | None:
    """Seconds to wait, where the header gives them; a date is rare and then means the default wait."""
    text = response.headers.get("retry-after", "")
    return float(text) if text.isdecimal() else None
