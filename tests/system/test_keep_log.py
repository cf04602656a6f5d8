"""What processes say is kept for operators: the notable of it, shortly, through absences of the database."""

from __future__ import annotations

import logging
import os

import pytest
from postgres_cluster import Cluster

from kirin_video.domain.errors import Overloaded
from kirin_video.domain.log_line import LogLevel
from kirin_video.services.keep_log import KeepLog
from kirin_video.store.log_rows import LogRows, Said
from kirin_video.wiring import Services
from kirin_video.worker.noting import noting

_log = logging.getLogger("kirin_video.worker.test")


def keep_log(services: Services) -> KeepLog:
    return KeepLog(services.database, LogRows(services.database), "worker here:1")


def record(level: int, message: str, name: str = "kirin_video.test") -> logging.LogRecord:
    return logging.LogRecord(name, level, "", 0, message, (), None)


async def test_what_is_notable_is_kept_by_level(services: Services) -> None:
    keep, read = keep_log(services), services.console.admin.server.said
    keep.emit(record(logging.INFO, "task t: run 1 begins"))
    keep.emit(record(logging.INFO, "worker w stops", "kirin_video.worker.loop"))
    keep.emit(record(logging.WARNING, "could not fetch https://a.example/b?secret=1"))
    keep.emit(record(logging.ERROR, "the render child ended with -9\nKilled"))
    await keep.flush_lines()
    await keep.flush_lines()
    page = await read(LogLevel.INFO, None)
    assert [line.headline for line in page.lines] == [
        "the render child ended with -9",
        "could not fetch https://a.example/b?…",
        "worker w stops",
    ]
    assert (page.lines[0].rest, page.lines[0].source, page.before) == ("Killed", "worker here:1", None)
    assert [line.level for line in (await read(LogLevel.WARNING, None)).lines] == ["error", "warning"]
    assert (await read(LogLevel.ERROR, page.lines[0].number)).lines == ()


async def test_a_flood_of_one_level_leaves_the_others(services: Services) -> None:
    rows = LogRows(services.database)
    async with services.database.transaction() as connection:
        await rows.insert(connection, "w", [Said(0, LogLevel.ERROR, "l", "grave")])
        await rows.insert(connection, "w", [Said(0, LogLevel.WARNING, "l", str(n)) for n in range(50)])
        await rows.prune(connection, 20)
        kept = await rows.page(connection, [*LogLevel], None, 100)
    assert [line.message for line in kept] == [*(str(n) for n in reversed(range(30, 50))), "grave"]
    keep = keep_log(services)
    for number in range(1000):
        keep.emit(record(logging.WARNING, str(number)))
    await keep.flush_lines()
    assert (await services.console.admin.server.said(LogLevel.INFO, None)).lines[0].message == "999"


async def test_what_is_said_while_the_database_is_away_is_kept_later(
    services: Services, cluster: Cluster
) -> None:
    keep = keep_log(services)
    keep.emit(record(logging.ERROR, "said meanwhile"))
    cluster.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'kirin' AND pid <> pg_backend_pid()"
    )
    try:
        await keep.flush_lines()
    except Overloaded:
        await keep.flush_lines()
    [line] = (await services.console.admin.server.said(LogLevel.INFO, None)).lines
    assert line.message == "said meanwhile"


async def test_a_process_keeps_what_it_says_with_its_errors(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "kirin_video"):
        async with noting(services.database, "API"):
            _log.error("it broke", exc_info=ValueError("odd"))
        _log.error("said too late")
    [line] = (await services.console.admin.server.said(LogLevel.INFO, None)).lines
    assert line.message == "it broke\nValueError: odd"
    assert line.source.startswith("API ")
    assert line.source.endswith(f":{os.getpid()}")
