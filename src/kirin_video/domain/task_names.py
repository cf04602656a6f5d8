"""What callers name their tasks by: an id of their own, and the key of the create call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kirin_video.domain.errors import Fault, InvalidRequest, Violation
from kirin_video.domain.quoting import quoted

IDEMPOTENCY_KEY: Final = "Idempotency-Key"
"""The header that carries a create call's key."""

MAX_KEY_CHARS: Final = 255
KEY_KEPT_S: Final = 24 * 3600
"""Seconds for which a key is remembered at least."""


@dataclass(frozen=True, slots=True)
class TaskNames:
    """The names that a request gives the task to be.

    Attributes:
        account_id: whose they are; another account's are other names.
        external_id: ``external_task_id``, which the task keeps.
        idempotency_key: the key of the call, which is forgotten after a day.
    """

    account_id: str
    external_id: str | None = None
    idempotency_key: str | None = None

    @property
    def given(self) -> tuple[tuple[str, str, str], ...]:
        """Each name that there is, as kind, account and text."""
        named = (("external", self.external_id), ("key", self.idempotency_key))
        return tuple((kind, self.account_id, text) for kind, text in named if text is not None)


def read_key(texts: list[str]) -> str | None:
    """Read the key of a create call.

    Args:
        texts: the header, as often as it was sent.

    Returns:
        The key as it was sent, or None if none was.

    Raises:
        InvalidRequest: it was sent twice, is empty, too long or holds anything but visible ASCII and spaces.
    """
    if not texts:
        return None
    key = texts[0]
    if len(texts) > 1:
        raise _refusal(f"it was sent {len(texts)} times; send it once.")
    if not 0 < len(key) <= MAX_KEY_CHARS:
        raise _refusal(f"it must have 1 to {MAX_KEY_CHARS} characters, and has {len(key):,}.")
    if not key.isascii() or not key.isprintable():
        raise _refusal(f"it must be ASCII that prints, such as a UUID; found {quoted(key)}.")
    return key


def _refusal(problem: str) -> InvalidRequest:
    message = f"The header {IDEMPOTENCY_KEY}: {problem}"
    return InvalidRequest((Violation(IDEMPOTENCY_KEY, Fault.INVALID_PARAMETER, message),))
