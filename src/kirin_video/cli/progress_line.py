"""A line that says how far work on many files is, for who looks on."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

_EVERY_S = 0.5
_GB, _MB = 1_000_000_000, 1_000_000


class ProgressLine:
    """Writes files and bytes to a terminal now and then; a context manager that wipes the line at the end."""

    def __init__(self) -> None:
        self._shown_at = 0.0

    def __call__(self, files: int, size_bytes: int) -> None:
        """Show how far it is."""
        if sys.stderr.isatty() and time.monotonic() - self._shown_at > _EVERY_S:
            self._shown_at = time.monotonic()
            sys.stderr.write(f"\r{files:,} files, {shown_size(size_bytes)} ")
            sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown_at:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def shown_size(size_bytes: int) -> str:
    """A number of bytes for people."""
    return f"{size_bytes / _GB:.2f} GB" if size_bytes >= _GB else f"{size_bytes / _MB:.1f} MB"
