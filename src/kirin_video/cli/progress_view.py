"""Shows a task coming: a bar on a terminal, plain lines elsewhere; always on stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator

    from rich.progress import Progress

_STEP = 0.1
"""Plain lines come for each tenth, so that a log stays short."""


class ProgressView(Protocol):
    """What a command tells about its progress."""

    def say(self, text: str) -> None:
        """Show one line."""
        ...

    def show(self, status: str, fraction: float | None) -> None:
        """Show how far the task is."""
        ...


@contextmanager
def progress_view() -> Generator[ProgressView]:
    """Choose the view that fits where stderr leads, for as long as the ``with`` lasts."""
    if not sys.stderr.isatty():
        yield PlainView()
        return
    from rich.console import Console  # noqa: PLC0415  # 100 ms that only a terminal is worth
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:12}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    console = Console(stderr=True, highlight=False)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        yield _BarView(progress)


class PlainView:
    """Lines without colour or motion, for logs and pipes."""

    def __init__(self) -> None:
        self._last: tuple[str, int] | None = None

    def say(self, text: str) -> None:
        """Print one line."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201  # this is the command's output

    def show(self, status: str, fraction: float | None) -> None:
        """Print a line for a new status, and for each further tenth."""
        now = (status, int((fraction or 0.0) / _STEP))
        if now == self._last:
            return
        self._last = now
        percent = "" if fraction is None else f" {fraction:.0%}"
        self.say(status.replace("_", " ") + percent)


class _BarView:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bar = progress.add_task("starting", total=None)

    def say(self, text: str) -> None:
        self._progress.console.print(text, markup=False)

    def show(self, status: str, fraction: float | None) -> None:
        self._progress.update(
            self._bar,
            description=status.replace("_", " "),
            total=None if fraction is None and status == "queued" else 1.0,
            completed=fraction or 0.0,
        )
