"""Waiting for a database that will come back, without all workers asking at once."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from kirin_video.domain.errors import Overloaded
from kirin_video.store.database import FileSwept

Result = TypeVar("Result")

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 2.0

_log = logging.getLogger(__name__)


async def until_reached(action: Callable[[], Awaitable[Result]]) -> Result:
    """Do something, again and again with growing, jittered pauses for as long as the database is away.

    The action may turn out to have been done although it raised, so it must bear repetition.

    Raises:
        FileSwept: trying again does not help; the files must be made again.
    """
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            return await action()
        except FileSwept:
            raise
        except Overloaded as error:
            _log.warning("%s Trying again.", error)
        await asyncio.sleep(pause_s * random.uniform(0.5, 1.0))  # noqa: S311 - not a secret
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


async def repeat(action: Callable[[], Awaitable[object]], every_s: float) -> None:
    """Do something at intervals until cancelled, through absences of the database and errors."""
    while True:
        try:
            await action()
        except Overloaded as error:
            _log.warning("%s", error)
        except Exception:  # noqa: BLE001 - one bad turn must not end the others
            _log.exception("a background action failed")
        await asyncio.sleep(every_s)
