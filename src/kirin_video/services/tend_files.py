"""What is done about files from time to time, by every worker."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from kirin_video.domain.errors import Overloaded

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TendFiles:
    """Takes a turn at each of several duties; one that fails keeps none of the others from theirs.

    Attributes:
        duties: what is to be done; each does a bounded part of its work in a turn.
    """

    duties: Sequence[Callable[[], Awaitable[object]]]

    async def __call__(self) -> None:
        """Take a turn.

        Raises:
            Overloaded: the database cannot be reached.
        """
        for duty in self.duties:
            try:
                await duty()
            except Overloaded:
                raise
            except Exception:  # noqa: BLE001 - a disk may fail in many ways
                _log.exception("a duty about files failed")
