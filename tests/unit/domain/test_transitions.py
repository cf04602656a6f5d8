import pytest

from kirin_video.domain.errors import Fault
from kirin_video.domain.transitions import (
    ENDED,
    TRANSITIONS,
    Deed,
    Doer,
    Settlement,
    TaskStatus,
    failing,
)


def test_states_lead_to_an_end_and_not_back() -> None:
    allowed = {(a, b) for a in TaskStatus for b in TaskStatus if a.may_become(b)}
    assert allowed == {
        (TaskStatus.QUEUED, TaskStatus.IN_PROGRESS),
        (TaskStatus.QUEUED, TaskStatus.FAILED),
        (TaskStatus.IN_PROGRESS, TaskStatus.IN_PROGRESS),
        (TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED),
        (TaskStatus.IN_PROGRESS, TaskStatus.FAILED),
    }
    assert {TaskStatus.COMPLETED, TaskStatus.FAILED} == ENDED
    assert {status for status in TaskStatus if status.is_terminal} == ENDED


def test_every_deed_has_its_line() -> None:
    assert set(TRANSITIONS) == set(Deed)


@pytest.mark.parametrize("deed", list(Deed))
def test_whatever_ends_a_task_settles_it_and_nothing_else_does(deed: Deed) -> None:
    way = TRANSITIONS[deed]
    settled = {TaskStatus.COMPLETED: Settlement.CAPTURE, TaskStatus.FAILED: Settlement.RELEASE}
    assert way.settlement == settled.get(way.after)
    assert bool(way.faults) == (way.after is TaskStatus.FAILED)
    assert not way.before & ENDED


def test_only_the_newest_run_makes_progress_or_ends_its_task() -> None:
    by_run = {deed for deed, way in TRANSITIONS.items() if way.doer is Doer.RUN}
    assert set(Deed) - by_run == {Deed.CLAIM, Deed.CANCEL, Deed.EXPIRE}
    assert all(TRANSITIONS[deed].before == {TaskStatus.IN_PROGRESS} for deed in by_run)


def test_a_run_may_fail_of_anything_by_the_deed_that_is_for_it() -> None:
    deeds = {fault: failing(fault) for fault in Fault}
    assert deeds.pop(Fault.TIMED_OUT) is Deed.TIME_OUT
    assert deeds.pop(Fault.WORKER_LOST) is Deed.GIVE_UP
    assert set(deeds.values()) == {Deed.FAIL}
