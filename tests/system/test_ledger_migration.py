"""A server of before the double-entry ledger comes up to date, and loses no cent."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from postgres_cluster import Cluster

from kirin_video.queue.schema import migrate_queue
from kirin_video.store.database import Database
from kirin_video.store.sql_files import read_schema

_COUNTER = itertools.count()

OLD = """
UPDATE account SET discount_percent = 12.5 WHERE id = 'default';
INSERT INTO account (id) VALUES ('other');
INSERT INTO task (id, account_id, fingerprint, request, seed, cost_micro, discount_micro, status, run, output,
                  fault, message, started_at, finished_at)
SELECT id, account, 'f', '{"model": "kirin_video_o1", "mode": "pro"}', 1, cost, 0, status, 1, output::jsonb,
       CASE status WHEN 'failed' THEN 'cancelled' END, CASE status WHEN 'failed' THEN 'x' END, now(),
       CASE WHEN status IN ('completed', 'failed') THEN now() END
  FROM (VALUES ('full', 'default', 560000, 'completed', '{"duration_s": 5.0}'),
               ('part', 'default', 300000, 'completed', '{}'),
               ('gone', 'other', 420000, 'failed', NULL),
               ('runs', 'other', 90, 'in_progress', NULL),
               ('free', 'other', 0, 'queued', NULL)) AS t (id, account, cost, status, output);
INSERT INTO ledger_entry (task_id, account_id, kind, amount_micro, run, created_at)
VALUES ('full', 'default', 'hold', 560000, 0, '2026-01-02'),
       ('part', 'default', 'hold', 1000000, 0, '2026-01-02'),
       ('gone', 'other', 'hold', 420000, 0, '2026-01-02'),
       ('full', 'default', 'capture', 560000, 1, '2026-01-02'),
       ('runs', 'other', 'hold', 90, 0, '2026-01-02'),
       ('part', 'default', 'capture', 300000, 1, '2026-01-02'),
       ('free', 'other', 'hold', 0, 0, '2026-01-02'),
       ('gone', 'other', 'release', 420000, 1, '2026-01-02')
"""


@pytest.fixture
def old_url(cluster: Cluster) -> Iterator[str]:
    """A database as it was before, with something of everything in it."""
    name = f"ledger_before_{next(_COUNTER)}"
    cluster.execute(f"CREATE DATABASE {name}")
    url = cluster.url(name)
    with psycopg.connect(url) as connection:
        connection.execute(
            "CREATE TABLE migration (name text PRIMARY KEY, applied_at timestamptz DEFAULT now())"
        )
        for script, text in read_schema().items():
            if script < "0006":
                connection.execute(text)
                connection.execute("INSERT INTO migration (name) VALUES (%s)", (script,))
        connection.execute(OLD)
    yield url
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def test_old_books_are_carried_over(old_url: str) -> None:
    async with Database(old_url) as database:
        await database.migrate(migrate_queue)
        await database.migrate(migrate_queue)

        async def rows(query: str) -> list[tuple[Any, ...]]:
            async with database.connection() as connection:
                found = await connection.execute(query.encode())
                return [tuple(row.values()) for row in await found.fetchall()]

        columns = "task_id, kind, run, funds_micro, held_micro, revenue_micro, amount_micro, account_id"
        assert await rows(f"SELECT {columns} FROM ledger_entry ORDER BY id") == [
            ("full", "hold", 0, -560_000, 560_000, 0, 560_000, "default"),
            ("part", "hold", 0, -1_000_000, 1_000_000, 0, 1_000_000, "default"),
            ("gone", "hold", 0, -420_000, 420_000, 0, 420_000, "other"),
            ("full", "capture", 1, 0, -560_000, 560_000, 560_000, "default"),
            ("runs", "hold", 0, -90, 90, 0, 90, "other"),
            ("part", "capture", 1, 700_000, -1_000_000, 300_000, 300_000, "default"),
            ("free", "hold", 0, 0, 0, 0, 0, "other"),
            ("gone", "release", 1, 420_000, -420_000, 0, 420_000, "other"),
        ]
        assert await rows("SELECT DISTINCT created_at::date::text FROM ledger_entry") == [("2026-01-02",)]
        assert await rows("SELECT * FROM ledger_balance ORDER BY 1, 2") == [
            ("default", "funds", -860_000),
            ("default", "held", 0),
            ("default", "revenue", 860_000),
            ("other", "funds", -90),
            ("other", "held", 90),
        ]
        assert await rows(
            "SELECT id, model, mode, made_s, key_id FROM task WHERE id <= 'part' ORDER BY id"
        ) == [
            ("free", "kirin_video_o1", "pro", None, None),
            ("full", "kirin_video_o1", "pro", 5.0, None),
            ("gone", "kirin_video_o1", "pro", None, None),
            ("part", "kirin_video_o1", "pro", None, None),
        ]
        assert await rows("SELECT account_id, percent::text FROM account_discount") == [("default", "12.50")]

        await rows(
            "UPDATE task SET status = 'completed', output = '{}', finished_at = now(), cost_micro = 40"
            " WHERE id = 'runs' RETURNING id"
        )
        await rows(
            "INSERT INTO ledger_entry (account_id, kind, funds_micro, granted_micro)"
            " VALUES ('other', 'grant', 5, -5) RETURNING id"
        )
        assert await rows("SELECT id, kind, funds_micro FROM ledger_entry ORDER BY id DESC LIMIT 2") == [
            (10, "grant", 5),
            (9, "capture", 50),
        ]
