"""A worker as a process of its own, for tests to kill; as a script it takes its settings by environment."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from pathlib import Path

import psutil

from kirin_video.settings import Settings, from_environment
from kirin_video.wiring import build
from kirin_video.worker.child import RENDERING
from kirin_video.worker.loop import run_worker


async def main() -> None:
    settings = from_environment()
    async with build(settings) as services:
        await run_worker(services, settings)


class WorkerProcess:
    """A running worker.

    Args:
        settings: what it works with.
        log: where it logs.
    """

    def __init__(self, settings: Settings, log: Path) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": settings.database_url,
            "KIRIN_DATA_DIR": str(settings.data_dir),
            "KIRIN_SECRET_KEY": settings.secret_key.get_secret_value(),
            "KIRIN_ENGINES": ",".join(settings.engines),
            "KIRIN_QUEUES": ",".join(settings.queues),
            "KIRIN_WORKER_CONCURRENCY": str(settings.worker_concurrency),
            "KIRIN_SPARE_CHILD": str(settings.spare_child),
            "KIRIN_ALLOWED_NETWORKS": ",".join(settings.allowed_networks),
            "PYTHONPATH": str(Path(__file__).parent),
        }
        self.log = log
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, __file__], env=environment, stdout=file, stderr=file, cwd="/"
            )

    def is_ready(self) -> bool:
        """Whether it has signed in and takes tasks."""
        return "is number" in self.log.read_text()

    def render_children(self) -> list[psutil.Process]:
        """The processes that render for it, or are about to."""
        return [child for child in self._children() if not _waits(child)]

    def spares(self) -> list[psutil.Process]:
        """The processes that wait for a task to render."""
        return [child for child in self._children() if _waits(child)]

    def _children(self) -> list[psutil.Process]:
        try:
            below = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return [child for child in below if _is_render_child(child)]

    def end(self) -> None:
        """Kill it if it still runs, frozen or not."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)


def _is_render_child(process: psutil.Process) -> bool:
    try:
        return "kirin_video.worker.child" in process.cmdline()
    except psutil.Error:
        return False


def _waits(process: psutil.Process) -> bool:
    """Whether a render child was started for no task, and has none yet."""
    try:
        *_, before_last, _ = process.cmdline()
        called = Path(f"/proc/{process.pid}/comm").read_text(encoding="utf-8").strip()
    except (OSError, ValueError, psutil.Error):
        return False
    return before_last != "kirin_video.worker.child" and called != RENDERING


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(main())
