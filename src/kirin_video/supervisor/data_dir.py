"""The data folder: where it is, whose it is at the moment, and the secrets it keeps."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import secrets
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from kirin_video.domain.errors import KirinError
from kirin_video.store.embedded_places import make_data_dir

LOCK_NAME = "kirin.lock"
_SECRET_NAME = "secret_key"  # noqa: S105 - the name of a file
_FIRST_KEY_NAME = "first_key_shown"
_MOMENT_S = 10.0
_READ_ONLY = frozenset({errno.EROFS})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DataDirError(KirinError):
    """The data folder cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The server that holds a data folder.

    Attributes:
        pid: its process id.
        address: where it serves; None for a command that needs the database for a moment only.
        embedded: whether its database is the folder's own.
    """

    pid: int
    address: str | None = None
    embedded: bool = True


def default_data_dir() -> Path:
    """Return ``$KIRIN_DATA_DIR``, else ``kirin-video`` in the user's XDG data home."""
    if chosen := os.environ.get("KIRIN_DATA_DIR"):
        return Path(chosen)
    if (home := os.environ.get("XDG_DATA_HOME")) and Path(home).is_absolute():
        return Path(home) / "kirin-video"
    try:
        return Path.home() / ".local" / "share" / "kirin-video"
    except RuntimeError:
        raise DataDirError("This user has no home folder; say where to keep data with --data-dir.") from None


class DataDir:
    """A data folder that exists and can be written.

    Args:
        path: where; made if it does not exist. Relative paths mean the present working folder.

    Raises:
        DataDirError: it is no folder, or cannot be made or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        try:
            make_data_dir(self.path)
            with tempfile.TemporaryFile(dir=self.path) as trial:
                trial.write(bytes(4096))
        except (FileExistsError, NotADirectoryError) as error:
            file = next(path for path in (self.path, *self.path.parents) if path.exists())
            raise DataDirError(f"{file} is a file, not a folder. Choose another --data-dir.") from error
        except OSError as error:
            raise DataDirError(describe(error, self.path)) from error
        self._lock: int | None = None

    @property
    def log_folder(self) -> Path:
        """Where the parts of the server write their logs."""
        return self.path / "log"

    def hold(self) -> None:
        """Take the folder for this process until it ends or calls `release`.

        Raises:
            DataDirError: another server holds it.
        """
        deadline = time.monotonic() + _MOMENT_S
        while not self.try_hold():
            holder = self.holder()
            if (holder is None or holder.address is None) and time.monotonic() < deadline:
                time.sleep(0.05)  # a command such as `kirin keys create`, or a server that has just begun
                continue
            where = f" at {holder.address}" if holder and holder.address else ""
            who = f" (process {holder.pid})" if holder else ""
            raise DataDirError(
                f"A server{who} already runs on {self.path}{where}. "
                "Stop it first, or choose another --data-dir."
            )

    def try_hold(self) -> bool:
        """Take the folder unless another process holds it; say whether that went well."""
        descriptor = os.open(self.path / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._lock = descriptor
        self.describe_holder(Holder(os.getpid()))
        return True

    def release(self) -> None:
        """Give the folder back; safe to repeat."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def describe_holder(self, holder: Holder) -> None:
        """Write who we are into the lock file, for others to read."""
        assert self._lock is not None, "only the holder describes itself"
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, json.dumps(asdict(holder)).encode(), 0)

    def holder(self) -> Holder | None:
        """Return what the present or last holder wrote, if it is whole."""
        try:
            fields = cast("dict[str, object]", json.loads((self.path / LOCK_NAME).read_text()))
            address = fields["address"]
            return Holder(
                int(str(fields["pid"])), None if address is None else str(address), bool(fields["embedded"])
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def secret_key(self) -> str:
        """Return the folder's secret, made at the first call: 256 random bits as text, for its owner's eyes.

        Raises:
            DataDirError: the file cannot be read or written.
        """
        path = self.path / _SECRET_NAME
        try:
            if not path.exists():
                _write_once(path, secrets.token_urlsafe(32))
            text = path.read_text().strip()
        except OSError as error:
            raise DataDirError(describe(error, path)) from error
        if not text:
            raise DataDirError(f"{path} is empty. Restore it, or delete it to start with a new secret.")
        return text

    def has_secret_key(self) -> bool:
        """Say whether the folder keeps a secret already."""
        return (self.path / _SECRET_NAME).exists()

    def is_first_key_due(self) -> bool:
        """Say whether no server has shown a first key for this folder yet."""
        return not (self.path / _FIRST_KEY_NAME).exists()

    def remember_first_key(self) -> None:
        """Note that the first key has been shown."""
        (self.path / _FIRST_KEY_NAME).touch(mode=0o600)


def _write_once(path: Path, text: str) -> None:
    """Write a private file whole; should another process be quicker, its file stays."""
    descriptor, scratch = tempfile.mkstemp(prefix=path.name + ".", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            Path(scratch).rename(path)
    finally:
        Path(scratch).unlink(missing_ok=True)


def describe(error: OSError, path: Path) -> str:
    """Say in a sentence what went wrong with a path, and the remedy."""
    where = error.filename or path
    reason = (error.strerror or "unknown error").lower()
    if isinstance(error, PermissionError) or error.errno in _READ_ONLY:
        return f"{where}: {reason}. Choose a --data-dir that this user can write."
    if error.errno in _FULL:
        return f"{where}: {reason}. Free some space, or choose another --data-dir."
    return f"{where}: {reason}. Choose another --data-dir."
