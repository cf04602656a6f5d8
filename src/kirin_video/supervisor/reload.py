"""Notice that the source code has changed, for `kirin serve --reload`."""

from __future__ import annotations

from pathlib import Path


class SourceWatch:
    """Compares the newest change in a tree of sources with the one seen before.

    Args:
        root: the tree.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = self._newest()

    def has_changed(self) -> bool:
        """Say whether a file was added, removed or written since the last call."""
        newest = self._newest()
        changed, self._seen = newest != self._seen, newest
        return changed

    def _newest(self) -> tuple[int, float]:
        times = [path.stat().st_mtime for kind in ("*.py", "*.sql") for path in self._root.rglob(kind)]
        return len(times), max(times, default=0.0)
