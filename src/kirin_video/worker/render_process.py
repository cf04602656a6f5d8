"""The worker's side of a render child: start it, give it its job, listen to it, and never leave it behind."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.stage import Stage
from kirin_video.worker.protocol import DoneLine, FailedLine, ProgressLine, RenderJob, TakenLine, line_reader

_LINE_BYTES = 4 << 20
_TAIL_BYTES = 8192
_BLAS_THREADS = "OPENBLAS_NUM_THREADS"
"""An engine shares its work out itself. Threads of OpenBLAS that spin while they wait beside it have stood
still for minutes on a busy machine; whoever sets the variable is heeded."""
_SECRETS = ("SECRET", "PASSWORD", "TOKEN", "DATABASE_URL", "API_KEY")

_log = logging.getLogger(__name__)

OnProgress = Callable[[Stage, float], None]


async def render(job: RenderJob, on_progress: OnProgress) -> DoneLine:
    """Render in a child that is started for it. Cancelling kills the child before it returns.

    Args:
        job: what to make.
        on_progress: told the stage and how far it is, 0.0 to 1.0; must be quick.

    Raises:
        TaskFailure: the engine failed, the child died, or what it said makes no sense.
    """
    child = await start_child(job.folder)
    try:
        await child.take(job)  # if it dies at once, what it has to say says more
        return await child.result(on_progress)
    finally:
        await child.end()


async def start_child(log_folder: Path, *, warm: str | None = None) -> RenderChild:
    """Start a child, which waits for its job.

    Args:
        log_folder: on whose disk its log is kept, as a file without a name that is gone with it.
        warm: an engine that it is to make ready while it waits.

    Raises:
        OSError: there is no room for a log, or no process to be had.
    """
    log = tempfile.TemporaryFile(dir=log_folder)  # noqa: SIM115 - closed with the child
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kirin_video.worker.child",
            str(os.getpid()),
            *([warm] if warm else []),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            limit=_LINE_BYTES,
            start_new_session=True,
            env={_BLAS_THREADS: "1", **_without_secrets(os.environ)},
        )
    except BaseException:
        log.close()
        raise
    return RenderChild(process, log)


class RenderChild:
    """A child process for one job.

    Args:
        process: the process, with pipes to and from it.
        log: what it writes its log to; closed with it.
    """

    def __init__(self, process: asyncio.subprocess.Process, log: IO[bytes]) -> None:
        self._process = process
        self._log = log

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it has not been seen to have ended; it may be dead already all the same."""
        return self._process.returncode is None

    async def take(self, job: RenderJob) -> bool:
        """Give it its only job.

        Returns:
            Whether it has read the job. If not, it is dead or mad and has touched nothing of the task.
        """
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(ConnectionError):  # it is dead
            process.stdin.write(job.model_dump_json().encode())
            await process.stdin.drain()
        process.stdin.close()
        try:
            first = await process.stdout.readline()
            return bool(first) and isinstance(line_reader().validate_json(first), TakenLine)
        except ValueError:  # also pydantic's, and a line without an end
            _log.exception("the render child spoke nonsense before its job")
            return False

    async def result(self, on_progress: OnProgress) -> DoneLine:
        """What comes of the job that it was given.

        Args:
            on_progress: told the stage and how far it is, 0.0 to 1.0; must be quick.

        Raises:
            TaskFailure: the engine failed, the child died, or what it said makes no sense.
        """
        try:
            last = await self._listen(on_progress)
            code = await self._process.wait()
        except (ValidationError, ValueError) as error:
            _log.exception("the render child spoke nonsense")
            raise TaskFailure(Fault.GENERATION_FAILED, "The engine stopped unexpectedly.") from error
        if isinstance(last, DoneLine) and code == 0:
            return last
        said = self.tail()
        if isinstance(last, FailedLine):
            _log.warning("the render child failed: %s; its log ends with:\n%s", last.message, said)
            raise TaskFailure(last.fault, last.message)
        _log.error("the render child ended with %s; its log ends with:\n%s", code, said)
        raise TaskFailure(Fault.GENERATION_FAILED, "The engine stopped unexpectedly.")

    async def end(self) -> None:
        """See to it that the child and its own children are gone, whatever they do."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        try:
            await self._process.wait()
        finally:
            self._log.close()

    def tail(self) -> str:
        """The end of its log, from its start on, whether it waited or worked."""
        size = os.fstat(self._log.fileno()).st_size
        # Its place in the file is the child's too, and stays where it is.
        return os.pread(self._log.fileno(), _TAIL_BYTES, max(0, size - _TAIL_BYTES)).decode(
            "utf-8", "replace"
        )

    async def _listen(self, on_progress: OnProgress) -> DoneLine | FailedLine | None:
        """Pass progress on until the child says no more; give its verdict."""
        assert self._process.stdout is not None
        reader = line_reader()
        verdict: DoneLine | FailedLine | None = None
        async for line in self._process.stdout:
            message = reader.validate_json(line)
            if isinstance(message, ProgressLine):
                on_progress(message.stage, message.fraction)
            elif not isinstance(message, TakenLine):
                verdict = message
        return verdict


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a child that runs other people's code."""
    return {
        name: value for name, value in environment.items() if not any(s in name.upper() for s in _SECRETS)
    }
