"""Remove what killed processes left in the folder for work in progress."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kirin_video.store.database import Database
from kirin_video.store.run_rows import RunRows

_RUN = re.compile(r"run-(?P<task_id>[0-9a-v]{20})-(?P<run>\d{1,9})")
_RUN_LEFTOVER_S = 10 * 60
_LEFTOVER_S = 6 * 60 * 60
_AT_A_TIME = 200


@dataclass(frozen=True)
class SweepScratch:
    """Removes folders that nobody works in any more.

    The folder of a run goes when its task has ended or has another run; those of requests, which take seconds
    or minutes, go after hours.

    Attributes:
        database: where tasks are.
        runs: their claims.
        scratch: the folder for work in progress.
    """

    database: Database
    runs: RunRows
    scratch: Path

    async def __call__(self) -> None:
        """Remove some.

        Raises:
            Overloaded: the database cannot be reached.
        """
        runs, others = await asyncio.to_thread(self._old)
        if runs:
            async with self.database.connection() as connection:
                current = await self.runs.current(connection, [task_id for task_id, _ in runs.values()])
            others += [path for path, (task_id, run) in runs.items() if current.get(task_id) != run]
        await asyncio.to_thread(_remove, others)

    def _old(self) -> tuple[Mapping[Path, tuple[str, int]], list[Path]]:
        """Folders of runs, with their tasks and numbers, and all that is nobody's any more."""
        runs: dict[Path, tuple[str, int]] = {}
        others: list[Path] = []
        now = time.time()
        for path in self.scratch.iterdir():
            with contextlib.suppress(FileNotFoundError):
                age_s = now - path.stat().st_mtime
                if (found := _RUN.fullmatch(path.name)) and age_s > _RUN_LEFTOVER_S:
                    runs[path] = (found["task_id"], int(found["run"]))
                elif not found and age_s > _LEFTOVER_S:
                    others.append(path)
            if len(runs) + len(others) >= _AT_A_TIME:
                break
        return runs, others


def _remove(paths: list[Path]) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
