"""A task: what a caller asked for, and how far it has come."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from pydantic import JsonValue

from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.errors import Fault
from kirin_video.domain.pricing import Price
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.transitions import TaskStatus

_BASE32HEX = "0123456789abcdefghijklmnopqrstuv"
_ID_CHARS = 20
_TIME_BITS = 60
_RANDOM_BITS = 40
_DIGIT_BITS = 5
_TICK_NS_BITS = 4


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task failed.

    Attributes:
        fault: the kind of failure.
        message: one sentence for the caller.
    """

    fault: Fault
    message: str


@dataclass(frozen=True, slots=True)
class VideoOutput:
    """A finished clip.

    Attributes:
        video_key: the blob of the clean MP4.
        watermark_key: the blob of the watermarked MP4, where one was asked for.
        duration_s: length in seconds.
        job_id: the engine's own job id: an upstream provider's, or ours.
    """

    video_key: str
    watermark_key: str | None
    duration_s: float
    job_id: str


@dataclass(frozen=True, slots=True)
class ElementOutput:
    """A finished element.

    Attributes:
        element_id: its number in the library.
        job_id: our own id of the work.
    """

    element_id: int
    job_id: str


@dataclass(frozen=True, slots=True)
class RemovedOutput:
    """What is left of a finished clip whose files were kept as long as their account wanted.

    Attributes:
        duration_s: length in seconds that it had.
        job_id: the engine's own job id.
        removed_at: when the files were removed; aware.
    """

    duration_s: float
    job_id: str
    removed_at: datetime


TaskRequest: TypeAlias = GenerationRequest | ElementRequest
"""What a task may be asked for."""

TaskOutput: TypeAlias = VideoOutput | ElementOutput | RemovedOutput
"""What a task may make."""


@dataclass(frozen=True, slots=True)
class Task:
    """One accepted request and its state.

    Attributes:
        id: as ``new_task_id`` makes it.
        account_id: whose task it is.
        external_id: the caller's own id.
        status: its state.
        run: how many times it was claimed; the fencing number of the current run.
        progress: 0.0 to 1.0, never going back.
        stage: what the worker is doing, in words.
        request: the request, inline data replaced by stored blobs.
        seed: the caller's seed, or the one drawn.
        created_at: when it was accepted; aware.
        started_at: when it was first claimed; aware.
        finished_at: when it ended; aware.
        price: what it costs: held while it runs, then captured.
        output: the clip or the element, once completed.
        failure: why, once failed.
        metadata: facts about the result for the caller.
    """

    id: str
    account_id: str
    external_id: str | None
    status: TaskStatus
    run: int
    progress: float
    stage: str
    request: TaskRequest
    seed: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    price: Price
    output: TaskOutput | None = None
    failure: Failure | None = None
    metadata: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])

    def __post_init__(self) -> None:
        """Refuse a task that contradicts itself."""
        if (self.failure is not None) != (self.status is TaskStatus.FAILED):
            raise ValueError("a task has a failure exactly when it failed")
        if self.output is not None and self.status is not TaskStatus.COMPLETED:
            raise ValueError("a task has an output only when it is completed")
        for moment in (self.created_at, self.started_at, self.finished_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("a task's times are aware")


def new_task_id(now_ns: int | None = None) -> str:
    """Make an id: 20 characters of lower-case base32hex that sort by time.

    100 bits: 60 of Unix time in units of 16 ns (good until 2554), then 40 random ones.

    Args:
        now_ns: Unix nanoseconds; the clock's by default.
    """
    ticks = (time.time_ns() if now_ns is None else now_ns) >> _TICK_NS_BITS
    number = (ticks & ((1 << _TIME_BITS) - 1)) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    shifts = range((_ID_CHARS - 1) * _DIGIT_BITS, -1, -_DIGIT_BITS)
    return "".join(_BASE32HEX[number >> shift & 31] for shift in shifts)
