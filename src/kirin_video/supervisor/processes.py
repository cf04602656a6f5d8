"""The parts of a server as child processes that are started again when they end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kirin_video.store.bounded_log import BoundedLog

# Seconds to wait before starting again a part that ended soon after its start, the first time and later.
_BACKOFF_S = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
_SETTLED_AFTER_S = 30.0


class Backoff:
    """How long to wait before the next start of something that keeps ending."""

    def __init__(self) -> None:
        self.failures = 0
        self._started_s = 0.0

    def started(self, now_s: float) -> None:
        """Note a start."""
        self._started_s = now_s

    def ended(self, now_s: float) -> float:
        """Note an end, and return the seconds to wait: more each time, little again after a long life."""
        if now_s - self._started_s >= _SETTLED_AFTER_S:
            self.failures = 0
        delay_s = _BACKOFF_S[min(self.failures, len(_BACKOFF_S) - 1)]
        self.failures += 1
        return delay_s


@dataclass(frozen=True, slots=True)
class Part:
    """What a child process is to be.

    Attributes:
        name: for messages, such as "API".
        command: the program and its arguments.
        environment: all of its environment.
        log: where its output goes; None leaves it on our own.
        keep: descriptors it inherits.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: BoundedLog | None
    keep: tuple[int, ...] = ()

    def start(self, stdout: int | None = None) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, out of reach of the terminal's Ctrl-C.

        Args:
            stdout: descriptor or subprocess constant for its output, if not the log.

        Raises:
            OSError: the program or the log cannot be opened.
        """
        output = None if self.log is None else self.log.open()
        try:
            return subprocess.Popen(  # noqa: S603 - our own programs, no shell
                list(self.command),
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output if stdout is None else stdout,
                stderr=output,
                pass_fds=self.keep,
                start_new_session=True,
                umask=0o077,  # inputs and results are nobody else's business
            )
        finally:
            if output is not None:
                os.close(output)


class Child:
    """A part that is kept running.

    Args:
        part: what to run.
    """

    def __init__(self, part: Part) -> None:
        self.part = part
        self.backoff = Backoff()
        self._process: subprocess.Popen[bytes] | None = None
        self._due_s = 0.0
        self._log_position = 0

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process is not None else None

    def tend(self) -> str | None:
        """Start it if that is due, notice if it has ended; return a sentence if it has."""
        now_s = time.monotonic()
        if self._process is None:
            if now_s >= self._due_s:
                self._log_position = 0 if self.part.log is None else self.part.log.size()
                self._process = self.part.start()
                self.backoff.started(now_s)
            return None
        if not self.has_ended():
            return None
        code = self._end(self._process)
        self._process = None
        delay_s = self.backoff.ended(now_s)
        self._due_s = now_s + delay_s
        when = f"in {delay_s:g} s" if delay_s else "now"
        return f"{self.part.name} {how_it_ended(code)}; starting it again {when}"

    def said(self) -> str:
        """Return the last lines it has written to its log since its last start."""
        return "" if self.part.log is None else self.part.log.since(self._log_position)

    def wait_s(self) -> float | None:
        """Seconds until it is to be started, None while it runs."""
        return None if self._process is not None else max(0.0, self._due_s - time.monotonic())

    def has_ended(self) -> bool:
        """Say whether it does not run; it is not reaped, so its number stays its own."""
        if self._process is None or self._process.returncode is not None:
            return True
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, options) is not None

    def terminate(self) -> None:
        """Ask it to end."""
        if self._process is not None:
            self._process.terminate()

    def kill(self) -> None:
        """End it and what it started, without asking."""
        if self._process is not None and self._process.returncode is None:
            self._end(self._process)

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> int:
        """Kill what is left of a process group whose leader has not been reaped; return the leader's code."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def how_it_ended(code: int) -> str:
    """Say in words what a return code of `subprocess` means."""
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def reap_strangers(ours: set[int]) -> None:
    """Reap orphans that have become our children, as they do where we are a container's first process.

    Args:
        ours: ids of the children that have an owner who waits for them.
    """
    with contextlib.suppress(ChildProcessError):
        while (info := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)) is not None:
            if info.si_pid in ours:
                return
            os.waitpid(info.si_pid, os.WNOHANG)
