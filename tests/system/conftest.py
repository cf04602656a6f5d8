"""What tests of whole processes share: workers that end with the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from worked_tasks import StartWorker, worker_starter
from worker_process import WorkerProcess

from kirin_video.settings import Settings


@pytest.fixture
def start_worker(settings: Settings, tmp_path: Path) -> Iterator[StartWorker]:
    started: list[WorkerProcess] = []
    yield worker_starter(settings, tmp_path, started)
    for worker in started:
        worker.end()
