"""The worker's side of a render child: start it, listen to it, and never leave it behind."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from pathlib import Path

from pydantic import ValidationError

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.stage import Stage
from kirin_video.worker.protocol import DoneLine, FailedLine, ProgressLine, RenderJob, line_reader

_LINE_BYTES = 4 << 20
_TAIL_BYTES = 8192
_SECRETS = ("SECRET", "PASSWORD", "TOKEN", "DATABASE_URL", "API_KEY")

_log = logging.getLogger(__name__)

OnProgress = Callable[[Stage, float], None]


async def render(job: RenderJob, on_progress: OnProgress) -> DoneLine:
    """Render in a child process. Cancelling kills the child before it returns.

    Args:
        job: what to make; the child's log goes into its folder.
        on_progress: told the stage and how far it is, 0.0 to 1.0; must be quick.

    Raises:
        TaskFailure: the engine failed, the child died, or what it said makes no sense.
    """
    log_path = job.folder / "child.log"
    try:
        async with _child(job, log_path) as process:
            last = await _listen(process, on_progress)
            code = await process.wait()
    except (ValidationError, ValueError) as error:
        _log.exception("the render child spoke nonsense")
        raise TaskFailure(Fault.GENERATION_FAILED, "The engine stopped unexpectedly.") from error
    if isinstance(last, DoneLine) and code == 0:
        return last
    said = _tail(log_path)
    if isinstance(last, FailedLine):
        _log.warning("the render child failed: %s; its log ends with:\n%s", last.message, said)
        raise TaskFailure(last.fault, last.message)
    _log.error("the render child ended with %s; its log ends with:\n%s", code, said)
    raise TaskFailure(Fault.GENERATION_FAILED, "The engine stopped unexpectedly.")


async def _listen(
    process: asyncio.subprocess.Process, on_progress: OnProgress
) -> DoneLine | FailedLine | None:
    """Pass progress on until the child says no more; give its verdict."""
    assert process.stdout is not None
    reader = line_reader()
    verdict: DoneLine | FailedLine | None = None
    async for line in process.stdout:
        message = reader.validate_json(line)
        if isinstance(message, ProgressLine):
            on_progress(message.stage, message.fraction)
        else:
            verdict = message
    return verdict


@contextlib.asynccontextmanager
async def _child(job: RenderJob, log_path: Path) -> AsyncGenerator[asyncio.subprocess.Process]:
    """A child that was given its job; at the end of the block it and its own children are gone."""
    with log_path.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kirin_video.worker.child",
            str(os.getpid()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            limit=_LINE_BYTES,
            start_new_session=True,
            env=_without_secrets(os.environ),
        )
    try:
        assert process.stdin is not None
        with contextlib.suppress(ConnectionError):  # it died at once; its exit code says more
            process.stdin.write(job.model_dump_json().encode())
            await process.stdin.drain()
        process.stdin.close()
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a child that runs other people's code."""
    return {
        name: value for name, value in environment.items() if not any(s in name.upper() for s in _SECRETS)
    }


def _tail(path: Path) -> str:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL_BYTES))
            return file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return "(a later run of the task has cleared it away)"
