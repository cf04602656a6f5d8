from __future__ import annotations

import httpx2
import pytest

from kirin_video.client.answers import read_error, read_task, result_url, task_failure
from kirin_video.client.errors import (
    ApiError,
    Conflict,
    Detail,
    Forbidden,
    InsufficientFunds,
    InvalidRequest,
    NotFound,
    ServerError,
    TooManyRequests,
    Unauthenticated,
    UnexpectedAnswer,
)
from kirin_video.domain.wire import TaskResource

DONE = {
    "id": "d5u5obte8783ap44qtj0",
    "created_at": 1,
    "status": "completed",
    "model": "kirin_video_o1",
    "output": [{"content": [{"type": "video", "url": "https://k.example/v", "duration": 5}], "jobId": "j"}],
    "usage": {"cost": "0.56", "discount": 0},
    "metadata": {"seed": 7},
    "something_new": {"of": "a later server"},
}


def answer(status: int, **body: object) -> httpx2.Response:
    return httpx2.Response(status, request=httpx2.Request("GET", "http://k.example/x"), **body)  # pyright: ignore[reportArgumentType]


def test_a_task_is_read_whatever_a_later_server_adds() -> None:
    task = read_task(answer(200, json=DONE))
    assert (task.status, task.metadata) == ("completed", {"seed": 7})
    assert result_url(task, watermarked=False) == "https://k.example/v"
    with pytest.raises(UnexpectedAnswer, match="has no watermarked video"):
        result_url(task, watermarked=True)
    gone = task.model_copy(update={"output": None, "metadata": {"files_deleted_at": 1769757744021}})
    with pytest.raises(UnexpectedAnswer, match="deleted"):
        result_url(gone, watermarked=False)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidRequest),
        (401, Unauthenticated),
        (402, InsufficientFunds),
        (403, Forbidden),
        (404, NotFound),
        (405, ApiError),
        (409, Conflict),
        (413, InvalidRequest),
        (429, TooManyRequests),
        (500, ServerError),
        (503, ServerError),
    ],
)
def test_each_status_has_its_error_and_every_fact_arrives(status: int, kind: type[ApiError]) -> None:
    body = {
        "error": {
            "code": "002015003",
            "error_message": "mode is wrong.",
            "details": [{"field": "mode", "code": "002015003", "message": "mode is wrong."}],
        },
        "request_id": "r-9",
    }
    error = read_error(answer(status, json=body, headers={"Retry-After": "7"}))
    assert type(error) is kind
    assert error.message == str(error) == "mode is wrong."
    assert (error.status, error.code, error.request_id, error.retry_after_s) == (
        status,
        "002015003",
        "r-9",
        7.0,
    )
    assert error.details == (Detail("mode", "002015003", "mode is wrong."),)


def test_the_error_page_of_a_proxy_is_an_error_too() -> None:
    error = read_error(answer(502, html="<h1>Bad Gateway</h1>", headers={"Retry-After": "Wed, 1 Jan 2031"}))
    assert isinstance(error, ServerError)
    assert error.message == "http://k.example/x answered 502 Bad Gateway."
    assert (error.code, error.retry_after_s) == ("000000502", None)


def test_another_programs_answer_is_said_to_be_one() -> None:
    with pytest.raises(UnexpectedAnswer, match="Is a kirin-video server there"):
        read_task(answer(200, html="<h1>It works!</h1>"))
    with pytest.raises(UnexpectedAnswer):
        read_task(answer(200, json={"id": 3}))


def test_a_failed_task_says_why() -> None:
    task = TaskResource.model_validate(
        {
            "id": "t",
            "created_at": 1,
            "status": "failed",
            "model": "m",
            "error": {"code": "002015094", "error_message": "Cancelled."},
        }
    )
    error = task_failure(task)
    assert (error.message, error.code, error.task) == ("Task t failed: Cancelled.", "002015094", task)
