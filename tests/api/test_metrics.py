"""``/metrics`` and ``/readyz``, as Prometheus and a load balancer see them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx2
import psycopg
import pytest
from hand_worker import HandWorker

from kirin_video.domain.access import Scope
from kirin_video.domain.errors import Fault
from kirin_video.settings import Settings

SMALL = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9"}
AnotherServer = Callable[[], AbstractContextManager[httpx2.Client]]
LINE = re.compile(r"([a-z_]+)\{(.*)\} (\S+)")


def figures(text: str) -> dict[tuple[str, str], float]:
    """What Prometheus would read."""
    found: dict[tuple[str, str], float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            match = LINE.fullmatch(line)
            assert match, line
            found[match[1], match[2]] = float(match[3])
    return found


@pytest.fixture
def fresh(
    another_server: AnotherServer,
) -> Callable[[], httpx2.Response]:
    """Asks a server that has not counted yet."""

    def ask() -> httpx2.Response:
        with another_server() as http:
            return http.get("/metrics")

    return ask


def test_metrics_tell_what_waits_and_what_has_ended(
    http: httpx2.Client, worker: HandWorker, fresh: Callable[[], httpx2.Response]
) -> None:
    before = figures(fresh().text)
    told = {**SMALL, "callback_url": "https://example.com/hook"}
    first, second = (http.post("/model/v1/generation", json=each).json()["id"] for each in (told, SMALL))
    worker.fail(first, Fault.GENERATION_FAILED, "No.")
    answer = fresh()
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    after = figures(answer.text)

    def change(name: str, labels: str) -> float:
        return after[name, labels] - before.get((name, labels), 0)

    assert change("kirin_tasks_waiting", 'class="cpu",state="ready"') == 2, "nobody has claimed either"
    assert change("kirin_tasks_ended_total", 'result="failed",fault="generation_failed"') == 1
    assert after["kirin_workers", 'class="cpu"'] == 0
    assert after["kirin_tasks_waiting_oldest_seconds", 'class="cpu"'] > 0
    assert change("kirin_deliveries_pending", 'state="due"') == 2, "of its start and its end; nobody delivers"
    assert after["kirin_deliveries_overdue_seconds", 'state="due"'] > 0
    assert "account" not in answer.text
    http.post(f"/model/v1/generation/task/{second}/cancel")


def test_who_is_not_on_this_machine_needs_a_key_with_admin(
    http: httpx2.Client, server_url: str, limited: Callable[..., httpx2.Client]
) -> None:
    with httpx2.Client(base_url=server_url, trust_env=False) as nobody:
        assert nobody.get("/metrics").status_code == 200
        assert nobody.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 401
        assert nobody.get("/metrics", headers={"Forwarded": "for=127.0.0.1"}).status_code == 401
    assert http.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 403
    admin = limited(frozenset({Scope.ADMIN}))
    assert admin.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 200


def test_a_class_without_a_worker_is_named(another_server: AnotherServer, api_settings: Settings) -> None:
    with psycopg.connect(api_settings.database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO waiting (task_id, account_id, worker_class) VALUES ('x', 'default', 'gpu')"
        )
        try:
            with another_server() as http:
                answer = http.get("/readyz")
                assert answer.status_code == 200
                assert "gpu" in answer.json()["unserved"]
                assert figures(http.get("/metrics").text)["kirin_workers", 'class="gpu"'] == 0
        finally:
            connection.execute("DELETE FROM waiting WHERE task_id = 'x'")
