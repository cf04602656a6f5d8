"""Log files that stay small."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BoundedLog:
    """A log file that other processes append to, kept to about twice a limit.

    Writers hold the file open for appending, so it is trimmed in place: what is there is copied to ``NAME.1``
    and the file starts again. Lines written during those few milliseconds may be lost; writers never notice.

    Attributes:
        path: the file.
        limit_bytes: size at which it is trimmed.
    """

    path: Path
    limit_bytes: int = 4 * 1024 * 1024

    def open(self) -> int:
        """Return a new descriptor to append to the log, readable by this user only; the caller closes it.

        Raises:
            OSError: the file cannot be created or opened.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.trim()
        return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def trim(self) -> None:
        """Start the file again if it has outgrown its limit."""
        if self.size() > self.limit_bytes:
            shutil.copyfile(self.path, self.path.with_name(self.path.name + ".1"))
            os.truncate(self.path, 0)

    def size(self) -> int:
        """Return the present size in bytes, 0 for a file that does not exist."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def since(self, position: int, lines: int = 12) -> str:
        """Return the last lines written after a position in bytes, to show beside an error."""
        try:
            with self.path.open("rb") as file:
                size = self.size()
                file.seek(max(position if position <= size else 0, size - 16_384))
                text = file.read().decode(errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-lines:])
