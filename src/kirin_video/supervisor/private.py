"""A private server for one job: started on demand, gone without a trace afterwards."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Self, cast

from kirin_video.domain.errors import KirinError
from kirin_video.supervisor.data_dir import LOCK_NAME

_PREFIX = "kirin-private-"
_STOP_TIMEOUT_S = 8.0
# Settings of some other server; a private one has its own database, secret and address.
_OTHERS = frozenset(
    {"DATABASE_URL", "KIRIN_DATABASE_URL", "KIRIN_SECRET_KEY", "KIRIN_PUBLIC_URL", "KIRIN_DATA_DIR"}
)


class PrivateServerFailed(KirinError):
    """The private server did not start; the message ends with what it said."""


@dataclass(frozen=True, slots=True)
class PrivateServer:
    """A server for our own use.

    Attributes:
        base_url: its address on the loopback interface.
        api_key: a key for it.
    """

    base_url: str
    api_key: str


@contextlib.contextmanager
def private_server() -> Generator[PrivateServer]:
    """Run a whole server in a temporary folder; stop it and delete the folder however the body ends.

    The server is a process of its own, out of reach of the terminal's Ctrl-C. If this process is killed it
    stops by itself and deletes the folder. Call this in the main thread: the server ends with the thread that
    started it.

    Raises:
        PrivateServerFailed: it does not start.
        OSError: there is no room for temporary files.
    """
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        if os.geteuid() == 0:
            folder.chmod(0o711)  # PostgreSQL, which is never root, passes through
        with _Process(folder) as process:
            yield process.wait_until_ready()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment() -> dict[str, str]:
    """Our environment without another server's settings; one job may use the disk to the last byte."""
    ours = {name: text for name, text in os.environ.items() if name not in _OTHERS}
    return {**ours, "KIRIN_MIN_FREE_BYTES": "0"}


class _Process:
    """The server's process, from start to stop."""

    def __init__(self, folder: Path) -> None:
        read_end, write_end = os.pipe()
        command = [sys.executable, "-m", "kirin_video.supervisor", "--port", "0", "--data-dir", str(folder)]
        ties = ["--private", str(os.getpid()), str(write_end)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [*command, *ties],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(write_end,),
                start_new_session=True,
            )
        except BaseException:
            os.close(read_end)
            raise
        finally:
            os.close(write_end)
        self._report = os.fdopen(read_end)
        self._said: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        """Keep the last of what the server says, so that it never waits for a reader."""
        assert self._process.stderr is not None
        with self._process.stderr as lines:
            for line in lines:
                self._said = [*self._said[-30:], line.decode(errors="replace")]

    def wait_until_ready(self) -> PrivateServer:
        """Return the server's address and key once it answers."""
        text = self._report.read()
        if not text:
            self._process.wait()
            self._listener.join(1.0)
            raise PrivateServerFailed(f"The private server did not start.\n{''.join(self._said).strip()}")
        fields = cast("dict[str, str | None]", json.loads(text))
        base_url, api_key = fields["base_url"], fields["api_key"]
        if base_url is None or api_key is None:
            raise PrivateServerFailed(f"The private server gave no key.\n{''.join(self._said).strip()}")
        return PrivateServer(base_url, api_key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            pass
        finally:  # a Ctrl-C while waiting cuts the wait short
            self._process.kill()
            self._process.wait()
            self._listener.join(1.0)
            self._report.close()


def _sweep(parent: Path) -> None:
    """Delete the folders of private servers that were killed together with their owners."""
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            if folder.lstat().st_uid != os.geteuid():
                continue
            with (folder / LOCK_NAME).open("rb+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # in use, or only just made
            continue
