"""Callbacks: a task's changes of status, posted to a URL of its caller.

A *callback* is a task's registration, a *delivery* is one event on its way, an *attempt* is one try at it,
and a *receiver* is an account's callbacks to one origin, which fail and recover together.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from kirin_video.domain.task import Task, TaskStatus

DELIVERY_PREFIX: Final = "msg_"
"""What the ids of deliveries begin with; the same id is sent as ``webhook-id``."""

TEST_EVENT: Final = "test"
"""The event that is no task's, sent at its receiver's wish."""

_RECEIVER_PREFIX: Final = "rcv_"
_RECEIVER_CHARS: Final = 20


class DeliveryEvent(StrEnum):
    """What a delivery tells: the status that a task came to, or nothing."""

    IN_PROGRESS = TaskStatus.IN_PROGRESS.value
    COMPLETED = TaskStatus.COMPLETED.value
    FAILED = TaskStatus.FAILED.value
    TEST = TEST_EVENT


class DeliveryState(StrEnum):
    """How far a delivery is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Problem(StrEnum):
    """Why an attempt failed, where the receiver's status does not say it."""

    UNREACHABLE = "unreachable"
    REDIRECT = "redirect"
    UNBUILDABLE = "unbuildable"


@dataclass(frozen=True, slots=True)
class NewCallback:
    """A task's registration, to be written with the task.

    Attributes:
        url: where its changes of status go.
        base_url: where its caller reaches this server, for the links in what is sent.
    """

    url: str
    base_url: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a delivery that came to an end.

    Attributes:
        number: 1 for the delivery's first.
        started_at: when; aware.
        duration_ms: until the answer was read, or until it was given up.
        status: the HTTP status of the answer; None if there was none.
        problem: why it failed, where the status does not say it.
        answer: the beginning of the answer's body, as text.
    """

    number: int
    started_at: datetime
    duration_ms: int
    status: int | None
    problem: Problem | None
    answer: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to its receiver.

    Attributes:
        number: its place in the order in which deliveries were made.
        id: stable over all attempts.
        receiver_id: the receiver.
        task_id: the task whose status changed; None for a test.
        event: what it tells.
        url: where it goes.
        state: how far it is.
        created_at: when the status changed; aware.
        next_attempt_at: when it is tried next; aware. None once it has ended, while it is being tried, and
            while its receiver is disabled.
        attempts: how many attempts have ended.
        last_status: the HTTP status of the newest attempt, if it was answered.
    """

    number: int
    id: str
    receiver_id: str
    task_id: str | None
    event: DeliveryEvent
    url: str
    state: DeliveryState
    created_at: datetime
    next_attempt_at: datetime | None
    attempts: int
    last_status: int | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """An account's callbacks to one origin.

    Attributes:
        id: made of the account and the origin.
        origin: scheme, host and port.
        created_at: when a task first named it; aware.
        failing_since: since when every attempt has failed; aware. None while they succeed.
        disabled_at: when it was disabled for that; aware.
        pending: deliveries that wait for it.
    """

    id: str
    origin: str
    created_at: datetime
    failing_since: datetime | None
    disabled_at: datetime | None
    pending: int


def new_callback(url: str | None, base_url: str) -> NewCallback | None:
    """A task's registration; None if its caller asked for none."""
    return None if url is None else NewCallback(url, base_url)


def origin_of(url: str) -> str:
    """Scheme, host and port of a sound http(s) URL, in one spelling: ``https://example.com:8443``."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    port = parts.port or usual
    return f"{parts.scheme.lower()}://{shown}" + ("" if port == usual else f":{port}")


def receiver_id(account_id: str, origin: str) -> str:
    """The id of an account's receiver at an origin: the same everywhere, without a look-up."""
    digest = hashlib.sha256(f"{account_id}\n{origin}".encode()).hexdigest()
    return _RECEIVER_PREFIX + digest[:_RECEIVER_CHARS]


def task_at(task: Task, event: DeliveryEvent, progress: float) -> Task:
    """A task as it was when it came to a status, whatever has become of it since.

    Args:
        task: the task as it is.
        event: the status it came to.
        progress: how far it was then, 0.0 to 1.0.
    """
    status = TaskStatus(event.value)
    if status.is_terminal:
        return task
    return replace(
        task, status=status, progress=progress, output=None, failure=None, metadata={}, finished_at=None
    )
