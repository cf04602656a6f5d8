from __future__ import annotations

import time
from pathlib import Path

from kirin_video.services.readiness import CheckReadiness
from kirin_video.store.database import Database
from kirin_video.store.disk import FreeSpace


async def test_a_process_without_a_database_or_room_is_not_ready_and_says_why(tmp_path: Path) -> None:
    async with Database("postgresql://127.0.0.1:1/none", timeout_s=30.0) as database:
        began = time.monotonic()
        problems = await CheckReadiness(database, FreeSpace(tmp_path, 1 << 60))()
    assert time.monotonic() - began < 10, "it does not wait for as long as a request would"
    assert problems[0] == "The database cannot be reached."
    assert "KIRIN_MIN_FREE_BYTES" in problems[1]
    assert len(problems) == 2
