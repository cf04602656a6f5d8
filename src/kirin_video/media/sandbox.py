"""Runs one reading of a file in a locked-down child, for a bounded time, whatever the file does.

The child and its nursery are in ``sandbox_child``; this is the parent's side. Blocking and thread-safe.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final, TypeVar, cast

from kirin_video.media.errors import SandboxUnavailable
from kirin_video.media.lockdown import Confines

_log = logging.getLogger(__name__)

_START_S: Final = 60.0
_FORK_S: Final = 10.0
_MAX_ANSWER_BYTES: Final = 16 * 1024
_MAX_MESSAGE_BYTES: Final = 4096
_PIECE_BYTES: Final = 1 << 20

Heard = TypeVar("Heard")


class ReaderLost(Exception):
    """The child ended without an answer: killed, out of memory, or crashed by the file."""


class ReaderTooSlow(Exception):
    """The child did not answer in time and was killed."""


class Sandbox:
    """A nursery of locked-down readers; started when first needed, and again when it died.

    Args:
        confines: what one reading may use.
        allow_unlocked: read even where the machine offers no system call filter. Only for development.
    """

    def __init__(self, confines: Confines, *, allow_unlocked: bool = False) -> None:
        self._confines = confines
        self._allow_unlocked = allow_unlocked
        self._lock = threading.Lock()
        self._closed = True
        self._nursery: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    @property
    def nursery_pid(self) -> int | None:
        """The process id of the nursery, while there is one."""
        return self._nursery.pid if self._nursery is not None else None

    def start(self) -> None:
        """Start the nursery and prove that its children are locked down.

        Raises:
            SandboxUnavailable: they are not, and that is not allowed.
        """
        with self._lock:
            self._closed = False
            self._ensure_nursery()
        try:
            allowed = self._what_is_allowed()
        except SandboxUnavailable:
            self.close()
            raise
        except ReaderTooSlow as error:
            self.close()
            raise SandboxUnavailable("the process that reads uploads does not answer") from error
        if not allowed:
            return
        if not self._allow_unlocked:
            self.close()
            raise SandboxUnavailable(f"the process that reads uploads can still {' and '.join(allowed)}")
        _log.warning(
            "uploads are read in a process that is NOT locked down: it can %s", " and ".join(allowed)
        )

    def close(self) -> None:
        """End the nursery and with it every reader."""
        with self._lock:
            # A reader lost by this very close is not replaced: nobody would end the nursery that it starts.
            self._closed = True
            self._drop_nursery()

    def read(self, request: Mapping[str, object], file: int) -> dict[str, object]:
        """Have a fresh child read an open file.

        A reader that is lost is replaced once, so that one killed from outside costs nothing.

        Args:
            request: ``kind`` and ``limits``, JSON-compatible.
            file: descriptor of a regular file; its offset is moved.

        Raises:
            ReaderLost: twice.
            ReaderTooSlow: the time was up.
            SandboxUnavailable: the nursery does not start, or the reader cannot lock itself down.
        """
        return self.hear(request, file, lambda answer, _: answer)

    def hear(
        self,
        request: Mapping[str, object],
        file: int,
        listen: Callable[[dict[str, object], Payload], Heard],
    ) -> Heard:
        """Have a fresh child read an open file, and take what it sends after its answer.

        Args:
            request: as for ``read``.
            file: as for ``read``.
            listen: given the answer and what follows it, while the child lives. It is called again with the
                answer of another child if it loses the first.

        Returns:
            What ``listen`` returns.

        Raises:
            ReaderLost: twice.
            ReaderTooSlow: the time was up.
            SandboxUnavailable: the nursery does not start, or the reader cannot lock itself down.
        """
        try:
            return self._hear_once(request, file, listen)
        except ReaderLost as error:
            _log.warning("a reader of uploads was lost (%s); trying once more", error)
            return self._hear_once(request, file, listen)

    @contextlib.contextmanager
    def reader(
        self, request: Mapping[str, object], file: int, *, patience_s: float | None = None
    ) -> Generator[tuple[dict[str, object], Payload]]:
        """Have a fresh child read an open file for as long as the block lasts.

        Args:
            request: as for ``read``.
            file: as for ``read``.
            patience_s: how long to wait for the answer; None waits as long as the whole reading may take.

        Yields:
            Its answer, and what it sends after it.

        Raises:
            ReaderLost: it ended without an answer.
            ReaderTooSlow: the time was up.
            SandboxUnavailable: the nursery does not start, or the reader cannot lock itself down.
        """
        receiving, sending = os.pipe()
        try:
            try:
                process = self._fork(request, file, sending)
            finally:
                os.close(sending)
            try:
                payload = Payload(receiving, time.monotonic() + (patience_s or self._confines.wall_s))
                answer = _parse(payload.line())
                if "unlocked" in answer:
                    raise SandboxUnavailable(
                        f"the process that reads uploads cannot lock itself down: {answer['unlocked']}"
                    )
                yield answer, payload
            finally:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(process, signal.SIGKILL)
                os.close(process)
        finally:
            os.close(receiving)

    def _what_is_allowed(self) -> list[str]:
        """What a reader tried and was not refused."""
        with Path(os.devnull).open("rb") as nothing:
            try:
                allowed = self._check_once(nothing.fileno()).get("allowed")
            except ReaderLost:
                return ["run a program"]  # the last of its attempts; what it became cannot answer
        return (
            [str(name) for name in cast("list[object]", allowed)]
            if isinstance(allowed, list)
            else ["answer nonsense"]
        )

    def _check_once(self, nothing: int) -> dict[str, object]:
        return self._hear_once({"kind": "check", "limits": {}}, nothing, lambda answer, _: answer)

    def _hear_once(
        self,
        request: Mapping[str, object],
        file: int,
        listen: Callable[[dict[str, object], Payload], Heard],
    ) -> Heard:
        with self.reader(request, file) as (answer, payload):
            return listen(answer, payload)

    def _fork(self, request: Mapping[str, object], file: int, sending: int) -> int:
        """Ask for a child; a descriptor of its process."""
        with self._lock:
            control = self._ensure_nursery()
            try:
                socket.send_fds(control, [json.dumps(request).encode()], [file, sending])
                _, descriptors, _, _ = socket.recv_fds(control, _MAX_MESSAGE_BYTES, 1)
            except OSError as error:
                self._drop_nursery()
                raise ReaderLost(f"the nursery is gone: {error}") from error
            if not descriptors:
                self._drop_nursery()
                raise ReaderLost("the nursery is gone")
            return descriptors[0]

    def _ensure_nursery(self) -> socket.socket:
        if self._closed:
            raise ReaderLost("the sandbox is closed")
        if self._nursery is not None and self._control is not None and self._nursery.poll() is None:
            return self._control
        self._drop_nursery()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        settings = {
            "parent_pid": os.getpid(),
            "confines": asdict(self._confines),
            "allow_unlocked": self._allow_unlocked,
        }
        with theirs:
            self._nursery = subprocess.Popen(  # noqa: S603 - our own module, nothing of a caller's
                self._command(json.dumps(settings)),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd="/",
                env={"LC_ALL": "C.UTF-8"},
            )
        self._control = ours
        ours.settimeout(_START_S)
        self._report(ours)
        ours.settimeout(_FORK_S)
        return ours

    def _command(self, settings: str) -> list[str]:
        return [sys.executable, "-I", "-m", "kirin_video.media.sandbox_child", settings]

    def _report(self, control: socket.socket) -> None:
        """Log what walls the machine offers, as the nursery found them."""
        try:
            walls = json.loads(control.recv(_MAX_MESSAGE_BYTES))
        except (OSError, ValueError) as error:
            self._drop_nursery()
            raise SandboxUnavailable(
                "the process that reads uploads does not start; see its output"
            ) from error
        if not walls["landlock"]:
            _log.warning(
                "this kernel offers no Landlock; uploads are read behind the system call filter alone"
            )
        if walls["seccomp"] == "ok":
            return
        if not self._allow_unlocked:
            self._drop_nursery()
            raise SandboxUnavailable(
                f"the system call filter is not available ({walls['seccomp']}); install libseccomp2"
            )
        _log.warning("no system call filter for the process that reads uploads: %s", walls["seccomp"])

    def _drop_nursery(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._nursery is not None:
            self._nursery.kill()
            self._nursery.wait()
        self._nursery = self._control = None


class Payload:
    """What a child says through its pipe: one line, and after it as many bytes as its listener expects.

    Args:
        pipe: descriptor to read from.
        deadline: when to give up, on the monotonic clock.
    """

    def __init__(self, pipe: int, deadline: float) -> None:
        self._pipe = pipe
        self._deadline = deadline
        self._poller = select.poll()
        self._poller.register(pipe, select.POLLIN)
        self._ahead = b""

    def line(self) -> bytes:
        """Everything up to the end of the line or of the pipe.

        Raises:
            ReaderTooSlow: it does not come in time.
        """
        line = b""
        while b"\n" not in line and len(line) < _MAX_ANSWER_BYTES:
            chunk = self._chunk(_MAX_ANSWER_BYTES)
            if not chunk:
                return line
            line += chunk
        line, _, self._ahead = line.partition(b"\n")
        return line

    def pieces(self, size_bytes: int) -> Iterator[bytes]:
        """Exactly so many bytes, in pieces.

        Raises:
            ReaderLost: there are fewer.
            ReaderTooSlow: they do not come in time.
        """
        ahead, self._ahead = self._ahead[:size_bytes], b""
        if ahead:
            yield ahead
        missing = size_bytes - len(ahead)
        while missing:
            chunk = self._chunk(min(missing, _PIECE_BYTES))
            if not chunk:
                raise ReaderLost(f"{missing} bytes are missing")
            missing -= len(chunk)
            yield chunk

    def fill(self, buffer: memoryview, patience_s: float) -> None:
        """Read exactly as many bytes as a buffer has, waiting at most so long for each piece of them.

        Raises:
            ReaderLost: there are fewer.
            ReaderTooSlow: they do not come in time.
        """
        ahead, self._ahead = self._ahead[: len(buffer)], self._ahead[len(buffer) :]
        buffer[: len(ahead)] = ahead
        rest = buffer[len(ahead) :]
        while rest:
            if not self._poller.poll(patience_s * 1000):
                raise ReaderTooSlow
            count = os.readv(self._pipe, [rest])
            if not count:
                raise ReaderLost(f"{len(rest)} bytes are missing")
            rest = rest[count:]

    def widen(self, size_bytes: int) -> None:
        """Let the child write so much ahead, if the system allows it."""
        with contextlib.suppress(OSError):
            fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, size_bytes)

    def _chunk(self, size_bytes: int) -> bytes:
        left_s = self._deadline - time.monotonic()
        if left_s <= 0 or not self._poller.poll(left_s * 1000):
            raise ReaderTooSlow
        return os.read(self._pipe, size_bytes)


def _parse(line: bytes) -> dict[str, object]:
    """The answer. A reader that a file took over may say anything, so only an object will do."""
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise ReaderLost("no answer") from error
    if not isinstance(answer, dict):
        raise ReaderLost("not an answer")
    return cast("dict[str, object]", answer)
