from __future__ import annotations

import pytest

from kirin_video.cli.exit_codes import ExitCode, explain
from kirin_video.client import errors
from kirin_video.domain.wire import TaskResource

TASK = TaskResource.model_validate(
    {
        "id": "t",
        "created_at": 1,
        "status": "failed",
        "model": "m",
        "error": {"code": "002015095", "error_message": "No."},
    }
)
DETAIL = errors.Detail("aspect_ratio", "002015004", "aspect_ratio is missing.")


@pytest.mark.parametrize(
    ("error", "exit_code", "said"),
    [
        (errors.NotConfigured("Which key?"), 2, "Which key?"),
        (errors.ConnectionFailed("No server answers."), 4, "Without KIRIN_BASE_URL"),
        (errors.UnexpectedAnswer("Not ours."), 4, "Not ours."),
        (
            errors.InvalidRequest("", status=400, code="x", details=[DETAIL]),
            2,
            "--aspect-ratio (aspect_ratio): ",
        ),
        (errors.InvalidRequest("Too large.", status=413, code="x"), 2, "  Too large."),
        (errors.Unauthenticated("Unknown key.", status=401, code="x"), 3, "KIRIN_API_KEY"),
        (errors.InsufficientFunds("Budget.", status=402, code="x", request_id="r-1"), 3, "(request r-1)"),
        (errors.ServerError("Oops.", status=500, code="x", request_id="r-1"), 4, "Oops. (request r-1)"),
        (errors.TaskFailed("Task t failed.", task=TASK, code="002015095"), 1, "(code 002015095)"),
        (errors.WaitTimeout("Late.", task_id="t"), 1, "Late."),
        (errors.DownloadFailed("Broke off."), 5, "Broke off."),
    ],
)
def test_every_error_ends_in_words_and_its_own_code(
    error: errors.ClientError, exit_code: int, said: str
) -> None:
    failed = explain(error)
    assert failed.exit_code == exit_code
    assert said in failed.message


def test_the_codes_are_those_the_help_names() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 5, 130]
