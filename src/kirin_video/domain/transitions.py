"""How a task may go from state to state: one table of who may do what, and what that does to the books.

The services take the states they demand and write from here; the database holds every statement to the same
rules (``store/schema/0006_ledger.sql``), and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kirin_video.domain.errors import Fault


class TaskStatus(StrEnum):
    """The states that callers see."""

    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"

    @property
    def is_terminal(self) -> bool:
        """Whether the task has ended."""
        return self in ENDED

    def may_become(self, other: TaskStatus) -> bool:
        """Whether a task may go from this state to ``other``."""
        return any(self in way.before and other is way.after for way in TRANSITIONS.values())


class Doer(StrEnum):
    """Who does something to a task."""

    CALLER = "caller"
    WORKER = "worker"
    """Any worker that finds its job, or sweeps."""
    RUN = "run"
    """The worker whose run is the task's newest: what it does carries the run's number, to count."""


class Settlement(StrEnum):
    """What becomes of what was held for a task; a kind of entry in the ledger."""

    CAPTURE = "capture"
    """The price is taken, and what was held beyond it is released."""
    RELEASE = "release"
    """All of it is released."""


class Deed(StrEnum):
    """What can be done to a task after its creation."""

    CLAIM = "claim"
    PROGRESS = "progress"
    GIVE_BACK = "give back"
    FINISH = "finish"
    FAIL = "fail"
    TIME_OUT = "time out"
    GIVE_UP = "give up"
    CANCEL = "cancel"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Transition:
    """What a deed does.

    Attributes:
        doer: who may do it.
        before: the states it is possible in; in all others it does nothing.
        after: the state it leads to.
        settlement: what becomes of what is held; None while the task goes on.
        faults: what the task may be told to have failed of; empty unless it fails.
    """

    doer: Doer
    before: frozenset[TaskStatus]
    after: TaskStatus
    settlement: Settlement | None = None
    faults: frozenset[Fault] = frozenset()


_UNENDED = frozenset({TaskStatus.QUEUED, TaskStatus.IN_PROGRESS})
_RUNNING = frozenset({TaskStatus.IN_PROGRESS})
_OWN_FAULTS = frozenset({Fault.CANCELLED, Fault.TIMED_OUT, Fault.WORKER_LOST})
"""Faults that deeds of their own are for."""


def _failure(doer: Doer, before: frozenset[TaskStatus], *faults: Fault) -> Transition:
    return Transition(doer, before, TaskStatus.FAILED, Settlement.RELEASE, frozenset(faults))


TRANSITIONS: Final[Mapping[Deed, Transition]] = MappingProxyType(
    {
        # From in progress to in progress: another worker takes over, with the next run number.
        Deed.CLAIM: Transition(Doer.WORKER, _UNENDED, TaskStatus.IN_PROGRESS),
        Deed.PROGRESS: Transition(Doer.RUN, _RUNNING, TaskStatus.IN_PROGRESS),
        # The task stays in progress, since what callers see never goes back; it waits for the next claim.
        Deed.GIVE_BACK: Transition(Doer.RUN, _RUNNING, TaskStatus.IN_PROGRESS),
        Deed.FINISH: Transition(Doer.RUN, _RUNNING, TaskStatus.COMPLETED, Settlement.CAPTURE),
        # What was found out about the task itself; an element that was deleted cancels its task.
        Deed.FAIL: _failure(Doer.RUN, _RUNNING, *(set(Fault) - _OWN_FAULTS), Fault.CANCELLED),
        # The run took longer than a run may.
        Deed.TIME_OUT: _failure(Doer.RUN, _RUNNING, Fault.TIMED_OUT),
        # Too many workers were lost over it.
        Deed.GIVE_UP: _failure(Doer.RUN, _RUNNING, Fault.WORKER_LOST),
        Deed.CANCEL: _failure(Doer.CALLER, _UNENDED, Fault.CANCELLED),
        # No worker took it before the operator's deadline.
        Deed.EXPIRE: _failure(Doer.WORKER, frozenset({TaskStatus.QUEUED}), Fault.TIMED_OUT),
    }
)
"""The table. A state from which nothing leads is an end."""

ENDED: Final = frozenset(TaskStatus) - {state for way in TRANSITIONS.values() for state in way.before}
"""The states from which nothing leads."""


def failing(fault: Fault) -> Deed:
    """What a run does whose task failed of this."""
    return next(
        deed for deed in (Deed.TIME_OUT, Deed.GIVE_UP, Deed.FAIL) if fault in TRANSITIONS[deed].faults
    )
