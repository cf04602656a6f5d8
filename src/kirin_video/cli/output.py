"""What commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def print_json(value: object) -> None:
    """Print a value as JSON on stdout, indented."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their headings on stdout; nothing is cut off, however narrow the terminal.

    Args:
        heads: the headings, in capitals.
        rows: one cell for each heading.
    """
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def print_alone(text: str, hint: str) -> None:
    """Print a text alone on stdout, for ``$(...)``, and a hint beside it if a person looks on."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
    if sys.stderr.isatty():
        sys.stderr.write(hint + "\n")


def moment(when: datetime | None, absent: str = "never") -> str:
    """A moment for people, in UTC, to the minute."""
    return absent if when is None else f"{_utc(when):%Y-%m-%d %H:%M}"


def iso(when: datetime | None) -> str | None:
    """A moment for programs, in UTC."""
    return None if when is None else _utc(when).isoformat(timespec="seconds").replace("+00:00", "Z")


def _utc(when: datetime) -> datetime:
    from datetime import UTC  # noqa: PLC0415  # `kirin --help` does without

    return when.astimezone(UTC)
