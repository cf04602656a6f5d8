"""Traps in a server's processes: a process that comes to a baited place kills or freezes itself there.

Blind blows seldom fall between a file and the commit that names it, or between a commit and its answer. A
trap does: whoever runs the storm baits a place with a file, and the first process to come there takes the
bait, notes it and is struck. Without bait nothing happens.
"""

from __future__ import annotations

import functools
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from kirin_video import wiring
from kirin_video.queue.jobs import JobQueue
from kirin_video.queue.liveness import Liveness
from kirin_video.services.cancel_task import CancelTask
from kirin_video.services.create_task import CreateTask
from kirin_video.services.deliver import ClaimDeliveries, EndAttempt, TryDelivery
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.services.runs import FailRun, FinishRun, ReportProgress, ReturnRun, StartRun
from kirin_video.services.take_inputs import TakeInputs
from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.blobs import LocalBlobs
from kirin_video.store.outbox_rows import OutboxRows
from kirin_video.store.task_rows import TaskRows
from kirin_video.worker.presence import Presence

FOLDER = "KIRIN_CHAOS_TRAPS"
"""The variable that names the folder of baits, and of the list of those that were taken."""

SPRUNG = "sprung"

Method = Callable[..., Awaitable[Any]]

_BEFORE: dict[str, tuple[type, str]] = {
    "a result's files are there, and nothing is said yet": (FinishRun, "__call__"),
    "a task is finished, its files are not named yet": (BlobRows, "insert"),
    "a failure is known, and nothing is said yet": (FailRun, "__call__"),
    "a task has ended, its job is still there": (JobQueue, "remove"),
    "lost jobs are about to be put back": (Liveness, "_put_back"),
    "files are doomed, their bytes still there": (RemoveFiles, "_remove"),
    "the bytes of files are gone, their names still there": (BlobRows, "strike_out"),
    "orphans are about to be doomed": (BlobRows, "doom_orphans"),
    "an attempt is noted, its receiver's state is not": (OutboxRows, "receiver_succeeded"),
    "a task is written, its job is not": (JobQueue, "enqueue"),
    "a task is cancelled, its job is still there": (JobQueue, "withdraw"),
}
_AFTER: dict[str, tuple[type, str]] = {
    "a job is claimed": (JobQueue, "claim"),
    "a run has begun": (StartRun, "__call__"),
    "progress is told": (ReportProgress, "__call__"),
    "a file is written": (LocalBlobs, "put_file"),
    "a task is finished, its run does not know": (FinishRun, "__call__"),
    "a task has failed, its run does not know": (FailRun, "__call__"),
    "a run is given back, its job is not": (ReturnRun, "__call__"),
    "lost jobs are put back": (Liveness, "_put_back"),
    "a worker has signed in": (Presence, "sign_in"),
    "deliveries are claimed": (ClaimDeliveries, "__call__"),
    "a callback is posted": (TryDelivery, "__call__"),
    "an attempt is noted": (EndAttempt, "__call__"),
    "inputs are taken": (TakeInputs, "__call__"),
    "tasks are made, nobody is told": (CreateTask, "_insert"),
    "a task is cancelled, nobody is told": (CancelTask, "__call__"),
    "a task is deleted, not committed yet": (TaskRows, "delete"),
}
_ASKS = frozenset({"claim", "_put_back"})
"""What is called again and again, mostly for nothing: those times are no place to be."""

MIGRATING = "the schema is migrated, not committed yet"

PLACES = (*_BEFORE, *_AFTER, MIGRATING)


def set_traps() -> None:
    """Set all traps in this process, if the environment names a folder for them."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return
    spring = functools.partial(_spring, Path(folder))
    for place, (owner, name) in _BEFORE.items():
        setattr(owner, name, _before(getattr(owner, name), functools.partial(spring, place)))
    for place, (owner, name) in _AFTER.items():
        setattr(owner, name, _after(getattr(owner, name), functools.partial(spring, place)))
    wiring.migrate_queue = _after(wiring.migrate_queue, functools.partial(spring, MIGRATING))


def bait(folder: Path, place: str, signum: signal.Signals) -> Path:
    """Bait a place; gives the bait, which is gone once it is taken."""
    path = folder / str(PLACES.index(place))
    draft = folder / f"{path.name}.draft"
    draft.write_text(f"{int(signum)}")
    draft.rename(path)
    return path


def _before(method: Method, spring: Callable[[], None]) -> Method:
    @functools.wraps(method)
    async def trapped(*args: object, **kwargs: object) -> object:
        spring()
        return await method(*args, **kwargs)

    return trapped


def _after(method: Method, spring: Callable[[], None]) -> Method:
    @functools.wraps(method)
    async def trapped(*args: object, **kwargs: object) -> object:
        answer = await method(*args, **kwargs)
        if answer or method.__name__ not in _ASKS:
            spring()
        return answer

    return trapped


def _spring(folder: Path, place: str) -> None:
    path = folder / str(PLACES.index(place))
    try:
        signum = int(path.read_text())
        path.unlink()  # only one takes it
    except FileNotFoundError:
        return
    line = f"{os.getpid()} {signum} {place}\n"
    descriptor = os.open(folder / SPRUNG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, line.encode())
    os.close(descriptor)
    os.kill(os.getpid(), signum)
