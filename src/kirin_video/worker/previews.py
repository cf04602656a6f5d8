"""The worker's side of previews: what a render child lets people see goes where they can see it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

from kirin_video.domain.errors import KirinError
from kirin_video.services.runs import Run
from kirin_video.services.stills import KeepPreview

_LOOK_EVERY_S: Final = 0.5

_log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def showing(keep: KeepPreview, run: Run, path: Path) -> AsyncGenerator[None]:
    """Keep every new picture that appears in a place, while the run is worked on.

    The child decides how often there is one. What goes wrong is logged and nothing else: no clip fails for
    want of a preview.

    Args:
        keep: keeps a picture.
        run: whose clip it is of.
        path: where pictures appear.
    """
    previews = _Previews(keep, run, path)
    watching = asyncio.create_task(previews.watch(), name=f"previews of {run.task.id}")
    is_told_to_stop = False
    try:
        yield
    except asyncio.CancelledError:
        is_told_to_stop = True  # the task goes on elsewhere, and its preview stays
        raise
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        if previews.newest is not None and not is_told_to_stop:
            await keep.clear_away(previews.newest)


class _Previews:
    """Looks for pictures and keeps them.

    Attributes:
        newest: the key of the last one that was kept.
    """

    def __init__(self, keep: KeepPreview, run: Run, path: Path) -> None:
        self.newest: str | None = None
        self._keep = keep
        self._run = run
        self._path = path

    async def watch(self) -> None:
        """Look now and then, until the task is not this run's any more."""
        seen = 0
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            try:
                changed = self._path.stat().st_mtime_ns
                if changed == seen:
                    continue
                kept = await self._keep(self._run, self._path)
            except FileNotFoundError:
                continue
            except (KirinError, OSError) as error:
                _log.warning("task %s: no preview: %s", self._run.task.id, error)
                continue
            if kept is None:
                return
            seen, self.newest = changed, kept
