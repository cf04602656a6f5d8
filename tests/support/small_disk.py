"""A disk of a few megabytes, real, for filling it up."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SmallDisk:
    """A file system in memory.

    Args:
        path: where it is mounted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    def left_bytes(self) -> int:
        facts = os.statvfs(self.path)
        return facts.f_bavail * facts.f_frsize

    def leave(self, left_bytes: int) -> None:
        """Fill it up, but for so much."""
        self.free()
        with self._filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, self.left_bytes() - left_bytes)

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(size_bytes: int) -> Iterator[SmallDisk]:
    """Mount one; it is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="kirin-test-disk-") as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size_bytes}", "none", name], check=True)
        try:
            yield SmallDisk(Path(name))
        finally:
            subprocess.run(["umount", "-l", name], check=True)


def can_mount() -> bool:
    """Whether this user may mount file systems here."""
    try:
        with small_disk(1 << 16):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
