"""While a process works, what it says is kept for operators to see."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from kirin_video.domain.errors import KirinError
from kirin_video.services.keep_log import KeepLog
from kirin_video.store.database import Database
from kirin_video.store.log_rows import LogRows
from kirin_video.worker.patience import repeat

_EVERY_S = 2.0
_LAST_S = 0.5
_PACKAGE = "kirin_video"


@asynccontextmanager
async def noting(database: Database, kind: str) -> AsyncGenerator[None]:
    """Keep what is said until the block ends.

    Args:
        database: where.
        kind: what the process is: ``API`` or ``worker``.
    """
    keep = KeepLog(database, LogRows(database), f"{kind} {socket.gethostname()}:{os.getpid()}")
    logger = logging.getLogger(_PACKAGE)
    logger.addHandler(keep)
    storing = asyncio.create_task(repeat(keep.flush_lines, _EVERY_S), name="keep the log")
    try:
        yield
    finally:
        logger.removeHandler(keep)
        storing.cancel()
        await asyncio.gather(storing, return_exceptions=True)
        with suppress(KirinError, TimeoutError):
            async with asyncio.timeout(_LAST_S):
                await keep.flush_lines()
