"""Signals as things to look at when convenient, and as an interruption of what takes long."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Generator
from types import FrameType, TracebackType
from typing import Self

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Raised by a signal that asks to stop, where the code is prepared to be interrupted."""


class Signals:
    """Counts the requests to stop and wakes a selector; a context manager for the main thread.

    Attributes:
        stops: how often SIGINT, SIGTERM or SIGHUP has arrived.
        wakeup: descriptor that becomes readable when a signal arrives, a child's end included.
    """

    def __init__(self) -> None:
        self.stops = 0
        self.wakeup, self._write_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._interrupting = False

    def __enter__(self) -> Self:
        signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)
        for signum in (*_STOPPING, signal.SIGCHLD):
            # Started under nohup, a closing terminal is meant to be survived.
            if signum is signal.SIGHUP and signal.getsignal(signum) is signal.SIG_IGN:
                continue
            signal.signal(signum, self._count if signum in _STOPPING else _ignore)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(-1)
        for signum in (*_STOPPING, signal.SIGCHLD):
            if signal.getsignal(signum) is not signal.SIG_IGN:
                signal.signal(signum, signal.SIG_DFL)
        os.close(self.wakeup)
        os.close(self._write_end)

    def _count(self, _signum: int, _frame: FrameType | None) -> None:
        self.stops += 1
        if self._interrupting:
            self._interrupting = False
            raise StopRequested

    @contextlib.contextmanager
    def interrupting(self, after: int = 0) -> Generator[None]:
        """Let a request to stop interrupt the body.

        Args:
            after: this many requests have been heeded already.

        Raises:
            StopRequested: in the body, when there are more of them.
        """
        self._interrupting = True
        try:
            if self.stops > after:
                raise StopRequested
            yield
        finally:
            self._interrupting = False

    def drain(self) -> None:
        """Empty the descriptor that woke us."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self.wakeup, 512):
                pass


def _ignore(_signum: int, _frame: FrameType | None) -> None:
    """Do nothing: the wake-up is all that is wanted of SIGCHLD."""
