"""How a worker ends: told to stop, it is gone within three seconds, whatever it may be waiting for."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Collection, Generator
from contextlib import contextmanager

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_LONGEST_S = 2.7

_log = logging.getLogger(__name__)


@contextmanager
def heeding_signals(stop: asyncio.Event) -> Generator[None]:
    """Set an event when this process is told to end, and see to it that it does.

    What is unfinished is given back meanwhile. Where that takes too long, because the database does not
    answer, the process ends all the same: render children die with it, and its tasks are taken over.
    """
    loop = asyncio.get_running_loop()
    for signum in _SIGNALS:
        loop.add_signal_handler(signum, _heed, stop)
    try:
        yield
    finally:
        for signum in _SIGNALS:
            loop.remove_signal_handler(signum)


def _heed(stop: asyncio.Event) -> None:
    stop.set()
    # A thread, which no wait for the database holds up; it goes on while the services are closed.
    limit = threading.Timer(_LONGEST_S, _leave)
    limit.daemon = True
    limit.start()


def _leave() -> None:
    _log.warning("ending without having heard from the database; tasks in progress are taken over soon")
    os._exit(0)


async def end(tasks: Collection[asyncio.Task[None]], patience_s: float) -> None:
    """Cancel tasks until they are gone.

    Once is not always enough: before Python 3.12, ``asyncio.wait_for``, which the pool uses,
    swallows a cancellation that arrives together with what it waits for.

    Args:
        tasks: what is to end.
        patience_s: seconds a task may take to end before it is cancelled again.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        done, pending = await asyncio.wait(pending, timeout=patience_s)
        for task in done:
            if not task.cancelled() and (error := task.exception()):
                _log.error("%s broke off", task.get_name(), exc_info=error)
