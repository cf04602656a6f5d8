from __future__ import annotations

import os
import stat
from pathlib import Path

from kirin_video.store.bounded_log import BoundedLog


def test_a_log_is_trimmed_under_its_writers(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "log" / "part.log", limit_bytes=1000)
    writer = log.open()
    try:
        os.write(writer, b"x" * 999 + b"\n")
        log.trim()
        assert log.size() == 1000
        os.write(writer, b"last\n")
        log.trim()
        assert log.size() == 0
        os.write(writer, b"new\n")
    finally:
        os.close(writer)
    assert log.path.read_text() == "new\n"
    assert log.path.with_name("part.log.1").read_text().endswith("last\n")
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_what_was_said_since_a_position(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "part.log")
    assert log.since(0) == ""
    log.path.write_text("old\nnew one\nnew two\n")
    assert log.since(4) == "new one\nnew two"
    assert log.since(0, lines=1) == "new two"
    assert log.since(10_000) == "old\nnew one\nnew two"
