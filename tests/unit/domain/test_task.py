import dataclasses
from datetime import UTC, datetime

import pytest

from kirin_video.domain.errors import Fault
from kirin_video.domain.pricing import Price
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.task import Failure, Task, TaskStatus, VideoOutput, new_task_id

NOW = datetime(2026, 11, 2, tzinfo=UTC)
TASK = Task(
    id="33l5rudke0ppbfqasmgf",
    account_id="default",
    external_id=None,
    status=TaskStatus.QUEUED,
    run=0,
    progress=0.0,
    stage="",
    request=GenerationRequest(prompt="A horse"),
    seed=7,
    created_at=NOW,
    started_at=None,
    finished_at=None,
    price=Price(cost=560_000, discount=0),
)
OUTPUT = VideoOutput("a/b", None, 5.0, "job")
FAILURE = Failure(Fault.CANCELLED, "The task was cancelled.")


def test_a_task_that_fits_together() -> None:
    assert dataclasses.replace(TASK, status=TaskStatus.COMPLETED, output=OUTPUT).output is OUTPUT
    assert dataclasses.replace(TASK, status=TaskStatus.FAILED, failure=FAILURE).failure is FAILURE


@pytest.mark.parametrize(
    "change",
    [
        {"output": OUTPUT},
        {"failure": FAILURE},
        {"status": TaskStatus.FAILED},
        {"status": TaskStatus.FAILED, "failure": FAILURE, "output": OUTPUT},
        {"created_at": NOW.replace(tzinfo=None)},
        {"finished_at": NOW.replace(tzinfo=None)},
    ],
)
def test_a_task_cannot_contradict_itself(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a task"):
        dataclasses.replace(TASK, **change)


def test_a_known_id() -> None:
    now_ns = 1_769_757_744_021_000_000
    digits = new_task_id(now_ns)[:12]
    assert int(digits, 32) == now_ns >> 4
    assert len(new_task_id(now_ns)) == 20
