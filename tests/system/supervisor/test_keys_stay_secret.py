"""Keys of a real server are in no log, no table and no file, whatever is done with them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from kirin_video.supervisor.database import with_database

SUPPORT = Path(__file__).parents[2] / "support"
TEXT = {"model": "kirin_video_o1", "prompt": "ramp ms=1", "aspect_ratio": "16:9", "mode": "std"}
KEY = re.compile(r"kirin_[0-9A-Za-z]{38}")
CREATE = "/model/v1/generation"
Serve = Callable[..., Any]
Until = Callable[..., None]


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "KIRIN_DATABASE_URL", "KIRIN_SECRET_KEY", "KIRIN_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)


def kirin(data_dir: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kirin_video.cli", *words, "--data-dir", str(data_dir)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert not KEY.search(done.stderr)
    return done.stdout


def ask(
    url: str, headers: dict[str, str], body: dict[str, object] | None = None
) -> tuple[int, dict[str, Any]]:
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def rows_of_every_table(url: str) -> Iterator[str]:
    """All that a dump of the database would hold."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table))
            for (row,) in connection.execute(query):
                yield f"{table}: {row}"


def test_no_key_is_written_anywhere(serving: Serve, until: Until) -> None:
    environment = {"KIRIN_ENGINES": "ramp_engine:RampEngine", "PYTHONPATH": str(SUPPORT)}
    server = serving(real=True, environment=environment)
    base, folder = server.address, server.data_dir
    until(lambda: KEY.search(server.output), "the first key is shown")
    first = KEY.findall(server.output)[0]
    second = kirin(folder, "keys", "create", "--name", "canary", "--expires", "1d").strip()
    listed = {key["prefix"]: key["id"] for key in json.loads(kirin(folder, "keys", "list", "--json"))}
    third = kirin(folder, "keys", "rotate", listed[second[:12]], "--overlap", "0s").strip()
    keys = (first, second, third)
    assert len(set(keys)) == 3
    for key in (first, third):
        status, task = ask(base + CREATE, bearer(key), TEXT)
        assert status == 200
        url = f"{base}{CREATE}/task/{task['id']}"
        until(lambda url=url, key=key: ask(url, bearer(key))[1]["status"] == "completed", "it is rendered")
    mistyped = first[:-1] + ("a" if first[-1] != "a" else "b")
    answers = [
        ask(url, bearer(second)),  # expired by the rotation
        ask(url, bearer(mistyped)),
        ask(url, {"Authorization": f"Basic {first}"}),
        ask(f"{url}?api_key={first}", {"X-Api-Key": first}),
        ask(base + CREATE, {**bearer(mistyped), "X-Request-Id": "mine"}, TEXT),
    ]
    assert [status for status, _ in answers] == [401] * 5
    server.kill("worker")
    server.kill("kirin_video.cli api")
    until(lambda: ask(url, bearer(third))[0] == 200, "the API is back")
    kirin(folder, "keys", "revoke", json.loads(kirin(folder, "keys", "list", "--json"))[0]["id"])
    until(lambda: ask(url, bearer(first))[0] == 401, "the first key is refused", 2)
    assert not any(key[6:38] in repr(answers) for key in keys), "no answer repeats a key"
    server.stop()

    shown = server.output.replace(first, "", 1) + server.errors
    logs = {path.name: path.read_text() for path in (folder / "log").iterdir()}
    assert {"api.log", "worker.log"} <= logs.keys()
    for key in keys:
        secret = key[6:38]
        assert secret not in shown
        assert [name for name, text in logs.items() if secret in text] == []
    with with_database(folder) as access:
        dump = list(rows_of_every_table(access.database_url))
    assert sum(row.startswith("api_key: ") and third[:12] in row for row in dump) == 1, "it is a dump"
    assert [row for row in dump if any(key[6:38] in row for key in keys)] == []
    places = {folder, server.cluster}
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert len(files) > 100
    held = [path for path in files if any(key[6:38].encode() in path.read_bytes() for key in keys)]
    assert held == []
