"""The books of an account, as they are shown: an entry for each hold, charge, release and grant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry notes."""

    HOLD = "hold"
    """The price of a task that was created, set aside."""

    CAPTURE = "capture"
    """What a completed task was charged; the rest of its hold came back."""

    RELEASE = "release"
    """The hold of a task that failed or was cancelled, given back."""

    GRANT = "grant"
    """Funds that the operator gave, or took."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    Attributes:
        number: its place in the books.
        kind: what it notes.
        task_id: the task it is about; None for a grant.
        amount: micro-dollars held, charged, given back or granted.
        created_at: when; aware.
    """

    number: int
    kind: EntryKind
    task_id: str | None
    amount: int
    created_at: datetime
