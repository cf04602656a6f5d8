from datetime import UTC, datetime

from kirin_video.domain.change import Change, created, task_at
from kirin_video.domain.errors import Fault
from kirin_video.domain.pricing import Price
from kirin_video.domain.request import parse_request
from kirin_video.domain.task import Failure, Task, TaskStatus

NOW = datetime(2026, 1, 30, tzinfo=UTC)
FAILED = Task(
    id="d5u5obte8783ap44qtj0",
    account_id="default",
    external_id=None,
    status=TaskStatus.FAILED,
    run=1,
    progress=0.5,
    stage="",
    request=parse_request({"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}),
    seed=7,
    created_at=NOW,
    started_at=NOW,
    finished_at=NOW,
    price=Price(560_000, 0),
    failure=Failure(Fault.CANCELLED, "The task was cancelled."),
)


def test_a_task_is_shown_as_it_was() -> None:
    then = task_at(FAILED, created(FAILED))
    assert (then.status, then.progress, then.failure) == (TaskStatus.QUEUED, 0.0, None)
    change = Change(FAILED.id, 4, TaskStatus.IN_PROGRESS, 0.25, "rendering")
    then = task_at(FAILED, change)
    assert (then.status, then.progress, then.stage) == (TaskStatus.IN_PROGRESS, 0.25, "rendering")
    assert task_at(FAILED, Change(FAILED.id, 5, TaskStatus.FAILED, 0.5)) is FAILED
