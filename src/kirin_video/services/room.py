"""Refuse what the disk has no room for, before anything is half done."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from kirin_video.domain.errors import Overloaded
from kirin_video.store.disk import FreeSpace, StorageFull, room

_MESSAGE = "The server has no room for more files at the moment. Try again later."
_RETRY_AFTER_S = 30.0  # somebody has to make room first


@contextmanager
def refusing_when_full() -> Generator[None]:
    """Turn a full disk, met while a request is being answered, into a refusal.

    Raises:
        Overloaded: the body met a full disk.
    """
    try:
        with room():
            yield
    except StorageFull as error:
        raise Overloaded(_MESSAGE, retry_after_s=_RETRY_AFTER_S) from error


@dataclass(frozen=True, slots=True)
class RequireRoom:
    """Refuses new work while the disk is nearly full, so that what is accepted already can be finished.

    Attributes:
        space: the disk.
    """

    space: FreeSpace

    def __call__(self) -> None:
        """Refuse if there is too little room.

        Raises:
            Overloaded: there is.
        """
        if self.space.is_low():
            raise Overloaded(_MESSAGE, retry_after_s=_RETRY_AFTER_S)
