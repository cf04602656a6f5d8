"""Polls in quick succession, which the server answers from memory as long as it may."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import httpx2
import psycopg
import pytest

from kirin_video import app
from kirin_video.domain.access import DEFAULT_SCOPES, Scope
from kirin_video.domain.api_key import shown_prefix
from kirin_video.domain.errors import Fault
from kirin_video.services.known_answers import TRUSTED_S
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def settings(self) -> Settings: ...


class Worker(Protocol):
    def progress(self, task_id: str, fraction: float) -> None: ...
    def fail(self, task_id: str, fault: Fault, message: str) -> None: ...
    def finish(self, task_id: str, video: bytes, watermarked: bytes | None = None) -> None: ...


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each request since then was answered the short way."""
    taken: list[bool] = []
    plain = app.answered_at_once

    async def noted(scope: Any, send: Any) -> bool:  # noqa: ANN401 - ASGI
        taken.append(await plain(scope, send))
        return taken[-1]

    monkeypatch.setattr(app, "answered_at_once", noted)
    return taken


def create(http: httpx2.Client, **more: object) -> str:
    answer = http.post(CREATE, json={**TEXT, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["id"]


def poll_until_short(http: httpx2.Client, ways: list[bool], name: str) -> httpx2.Response:
    """Poll in quick succession until an answer comes the short way."""
    for _ in range(400):
        answer = http.get(f"{CREATE}/task/{name}", headers={"X-Request-Id": "mine"})
        if ways[-1]:
            return answer
    raise AssertionError("no answer came the short way")


def test_both_ways_answer_the_same(http: httpx2.Client, worker: Worker, ways: list[bool]) -> None:
    external_id = f"poll-{secrets.token_hex(4)}"
    task_id = create(http, external_task_id=external_id)
    steps: list[Callable[[], None]] = [
        lambda: None,
        lambda: worker.progress(task_id, 0.25),
        lambda: worker.finish(task_id, b"a clip", b"the same, marked"),
    ]
    for step in steps:
        step()
        for name in (task_id, external_id):
            time.sleep(2 * TRUSTED_S)
            long = http.get(f"{CREATE}/task/{name}", headers={"X-Request-Id": "mine"})
            assert not ways[-1]
            short = poll_until_short(http, ways, name)
            assert short.content == long.content
            assert {**short.headers, "date": ""} == {**long.headers, "date": ""}
    moved = http.get(f"{CREATE}/task/{task_id}", headers={"Host": "localhost:1234"})
    assert not ways[-1]
    assert moved.json()["output"][0]["content"][0]["url"].startswith("http://localhost:1234/")


def test_only_plain_polls_that_are_allowed_go_the_short_way(
    http: httpx2.Client,
    other_http: httpx2.Client,
    server: Server,
    key_maker: Callable[[Settings, str, frozenset[Scope]], str],
    ways: list[bool],
) -> None:
    task_id = create(http)
    path = f"{CREATE}/task/{task_id}"
    writer = {"Authorization": f"Bearer {key_maker(server.settings, 'default', frozenset({Scope.GENERATE}))}"}
    key = http.headers["Authorization"]
    others: list[tuple[int, Callable[[], httpx2.Response]]] = [
        (404, lambda: other_http.get(path)),
        (404, lambda: http.get(f"{path}/more")),
        (405, lambda: http.head(path)),
        (403, lambda: http.get(path, headers=writer)),
        (401, lambda: http.get(path, headers={"Authorization": key[:-1]})),
        (401, lambda: http.get(path, headers={"Authorization": key.replace("Bearer", "Basic")})),
        (401, lambda: http.get(path, headers=[("Authorization", key), ("Authorization", key)])),
        (200, lambda: http.get(path, headers={"Authorization": key.replace("Bearer", "bearer")})),
    ]
    for status, ask in others:
        poll_until_short(http, ways, task_id)
        assert ask().status_code == status
        assert not ways[-1]


def test_a_quota_is_counted_on_either_way(
    new_account: Callable[[], httpx2.Client], server: Server, ways: list[bool]
) -> None:
    http = new_account()
    task_id = create(http)
    with psycopg.connect(server.settings.database_url) as connection:
        limit = (
            "UPDATE account a SET reads_per_minute = 300 FROM task t WHERE t.account_id = a.id AND t.id = %s"
        )
        connection.execute(limit, (task_id,))
    time.sleep(1)  # what is known of a key is forgotten
    del ways[:]
    answers = [http.get(f"{CREATE}/task/{task_id}") for _ in range(303)]
    assert [each.status_code for each in answers] == [200] * 300 + [429] * 3
    assert [each.headers["RateLimit"].split(";")[1] for each in answers[:300]] == [
        f"r={left}" for left in range(299, -1, -1)
    ]
    assert "number 303" in answers[-1].json()["error"]["error_message"]
    assert True in ways


class Poller(threading.Thread):
    """Polls one task; notes when each poll was sent, and the status code, status and progress answered."""

    def __init__(self, http: httpx2.Client, task_id: str) -> None:
        super().__init__()
        self.over = threading.Event()
        self.seen: list[tuple[float, int, str, float]] = []
        self._http, self._path = http, f"{CREATE}/task/{task_id}"

    def run(self) -> None:
        while not self.over.is_set():
            sent_s = time.monotonic()
            answer = self._http.get(self._path)
            task = answer.json()
            self.seen.append((sent_s, answer.status_code, task.get("status", ""), task.get("progress", 0.0)))


@contextmanager
def polling(http: httpx2.Client, task_id: str, ways: list[bool]) -> Generator[Poller]:
    """Poll a task in the background, until well after the end of the block."""
    poll_until_short(http, ways, task_id)
    poller = Poller(http, task_id)
    poller.start()
    try:
        yield poller
        time.sleep(2 * TRUSTED_S)
        enough, deadline_s = len(poller.seen) + 5, time.monotonic() + 30
        while len(poller.seen) < enough:  # however busy the machine is
            assert poller.is_alive()
            assert time.monotonic() < deadline_s
            time.sleep(0.01)
    finally:
        poller.over.set()
        poller.join()


CUT = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
 WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')
"""
"""Ends the connections that listen, and waits for their end."""


def test_answers_are_as_fresh_as_they_promise_whatever_becomes_of_connections(
    http: httpx2.Client, server: Server, worker: Worker, ways: list[bool]
) -> None:
    task_id = create(http)
    worker.progress(task_id, 0.001)
    committed: list[tuple[float, float]] = []
    with (
        psycopg.connect(server.settings.database_url, autocommit=True) as connection,
        polling(http, task_id, ways) as poller,
    ):
        for step in range(2, 250):
            connection.execute("UPDATE task SET progress = %s WHERE id = %s", (step / 1000, task_id))
            committed.append((time.monotonic(), step / 1000))
            if step % 60 == 0:
                connection.execute(CUT)
            time.sleep(0.004)
    for sent_s, _, _, progress in poller.seen:
        at_least = max((done for at_s, done in committed if at_s < sent_s - TRUSTED_S), default=0.0)
        assert progress >= at_least, (sent_s, progress, at_least)
    assert poller.seen[-1][3] == committed[-1][1]
    assert ways.count(True) > 50


def test_a_change_that_nobody_heard_is_seen_all_the_same(
    http: httpx2.Client, server: Server, worker: Worker, ways: list[bool]
) -> None:
    changed, other = create(http), create(http)
    worker.progress(changed, 0.1)
    poll_until_short(http, ways, changed)
    with psycopg.connect(server.settings.database_url, autocommit=True) as connection:
        connection.execute(CUT)
        connection.execute("UPDATE task SET progress = 0.2 WHERE id = %s", (changed,))
    time.sleep(2 * TRUSTED_S)
    poll_until_short(http, ways, other)  # it listens again
    assert http.get(f"{CREATE}/task/{changed}").json()["progress"] == 0.2


@pytest.mark.parametrize("deed", ["cancel", "delete"])
def test_what_another_process_did_is_seen_in_time(
    http: httpx2.Client,
    another_server: Callable[[], AbstractContextManager[httpx2.Client]],
    ways: list[bool],
    worker: Worker,
    deed: str,
) -> None:
    task_id = create(http)
    if deed == "delete":
        worker.fail(task_id, Fault.GENERATION_FAILED, "It did not come out.")
    method, path, after = (
        ("DELETE", "", (404, "")) if deed == "delete" else ("POST", "/cancel", (200, "failed"))
    )
    with another_server() as elsewhere, polling(http, task_id, ways) as poller:
        assert elsewhere.request(method, f"{CREATE}/task/{task_id}{path}").status_code == 200
        done_s = time.monotonic()
    late = [(code, status) for sent_s, code, status, _ in poller.seen if sent_s > done_s + TRUSTED_S]
    assert set(late) == {after}


def test_whoever_cancels_sees_it_at_once(http: httpx2.Client, ways: list[bool]) -> None:
    for _ in range(10):
        task_id = create(http)
        poll_until_short(http, ways, task_id)
        http.post(f"{CREATE}/task/{task_id}/cancel")
        assert http.get(f"{CREATE}/task/{task_id}").json()["status"] == "failed"
        http.delete(f"{CREATE}/task/{task_id}")
        assert http.get(f"{CREATE}/task/{task_id}").status_code == 404


def test_a_revoked_key_is_refused_within_a_second_while_it_polls(
    server: Server, key_maker: Callable[[Settings, str, frozenset[Scope]], str], ways: list[bool]
) -> None:
    key = key_maker(server.settings, "default", DEFAULT_SCOPES)
    headers = {"Authorization": f"Bearer {key}"}
    with httpx2.Client(base_url=server.base_url, headers=headers, trust_env=False) as http:
        task_id = create(http)
        poll_until_short(http, ways, task_id)
        with psycopg.connect(server.settings.database_url) as connection:
            connection.execute(
                "UPDATE api_key SET revoked_at = now() WHERE prefix = %s", (shown_prefix(key),)
            )
        revoked_s = time.monotonic()
        while http.get(f"{CREATE}/task/{task_id}").status_code == 200:
            assert time.monotonic() < revoked_s + 1
    assert True in ways
