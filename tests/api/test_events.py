"""Watching tasks over the wire."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import psycopg
import pytest
from hand_worker import HandWorker, clip

from kirin_video.domain.errors import Fault
from kirin_video.domain.wire import TaskEvent
from kirin_video.settings import Settings

AnotherServer = Callable[[], AbstractContextManager[httpx2.Client]]
CREATE = "/model/v1/generation"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}


@dataclass(frozen=True)
class Event:
    id: int
    name: str
    data: dict[str, Any]

    @property
    def brief(self) -> tuple[str, str, float | None]:
        return self.name, self.data["status"], self.data.get("progress")


def create(http: httpx2.Client) -> str:
    return http.post(CREATE, json=TEXT).json()["id"]


def events_path(task_id: str) -> str:
    return f"{CREATE}/task/{task_id}/events"


@contextmanager
def watching(http: httpx2.Client, task_id: str, last: int | None = None) -> Iterator[Iterator[Event]]:
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    with http.stream("GET", events_path(task_id), headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        yield read_events(response.iter_lines())


def read_events(lines: Iterator[str]) -> Iterator[Event]:
    fields: dict[str, str] = {}
    for line in lines:
        if line.startswith(":"):
            continue
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields:
            TaskEvent.model_validate_json(fields["data"])
            yield Event(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            fields = {}


def test_every_change_is_told_and_the_end_ends_the_stream(http: httpx2.Client, worker: HandWorker) -> None:
    task_id = create(http)
    with watching(http, task_id) as events:
        first = next(events)
        assert first.brief == ("status", "queued", None)
        assert first.data == http.get(f"{CREATE}/task/{task_id}").json()
        worker.progress(task_id, 0.25)
        told = [next(events), next(events)]
        assert told[0].brief == ("status", "in_progress", 0.0)
        assert told[1].brief == ("progress", "in_progress", 0.25)
        assert told[1].data["stage"] == "render"
        worker.finish(task_id, clip(3000))
        rest = list(events)
    assert [event.brief for event in rest] == [("status", "completed", None)]
    assert rest[0].data.keys() == http.get(f"{CREATE}/task/{task_id}").json().keys()
    ids = [event.id for event in (first, *told, *rest)]
    assert ids == sorted(set(ids))


def test_a_stream_is_taken_up_where_it_broke(http: httpx2.Client, worker: HandWorker) -> None:
    task_id = create(http)
    with watching(http, task_id) as events:
        last = next(events).id
    worker.progress(task_id, 0.3)
    with watching(http, task_id, last) as events:
        told = [next(events), next(events)]
    assert [event.brief for event in told] == [
        ("status", "in_progress", 0.0),
        ("progress", "in_progress", 0.3),
    ]
    worker.progress(task_id, 0.6)
    worker.fail(task_id, Fault.GENERATION_FAILED, "No.")
    with watching(http, task_id, told[-1].id) as events:
        assert [event.brief for event in events] == [("status", "failed", None)]
    with watching(http, task_id, 0) as events:
        history = list(events)
    assert [event.brief for event in history] == [
        ("status", "queued", None),
        ("status", "in_progress", 0.0),
        ("status", "failed", None),
    ]
    over = http.get(events_path(task_id), headers={"Last-Event-ID": str(history[-1].id)})
    assert (over.status_code, over.content) == (204, b"")


@pytest.mark.parametrize("last", ["999", "-1", "x", "1.5", "9" * 40])
def test_an_id_that_is_none_of_the_tasks_is_refused(http: httpx2.Client, last: str) -> None:
    response = http.get(events_path(create(http)), headers={"Last-Event-ID": last})
    assert response.status_code == 400
    assert response.json()["error"]["details"][0]["field"] == "Last-Event-ID"


@pytest.mark.parametrize("name", ["a%00b", "%FF%FE", "%ED%A0%80", "x" * 5000, "%20", "'--"])
@pytest.mark.parametrize(("method", "rest"), [("GET", "/events"), ("POST", "/cancel"), ("DELETE", "")])
def test_no_name_of_a_task_is_too_odd_to_be_absent(
    http: httpx2.Client, name: str, method: str, rest: str
) -> None:
    assert http.request(method, f"{CREATE}/task/{name}{rest}").status_code == 404


def test_a_task_that_has_ended_is_told_in_one_event(http: httpx2.Client, worker: HandWorker) -> None:
    task_id = create(http)
    worker.finish(task_id, clip(3000))
    with watching(http, task_id) as events:
        assert [event.brief for event in events] == [("status", "completed", None)]


def test_deleting_a_task_ends_its_streams(http: httpx2.Client) -> None:
    task_id = create(http)
    with watching(http, task_id) as events:
        next(events)
        http.post(f"{CREATE}/task/{task_id}/cancel")
        assert [event.brief for event in events] == [("status", "failed", None)]
    assert http.request("DELETE", f"{CREATE}/task/{task_id}").status_code == 200


def test_many_watchers_share_one_connection(
    http: httpx2.Client, worker: HandWorker, api_settings: Settings, server_url: str
) -> None:
    task_id = create(http)
    ready = threading.Barrier(61)

    def watch(_: int) -> list[tuple[str, str, float | None]]:
        own = httpx2.Client(base_url=server_url, headers=http.headers, trust_env=False, timeout=90)
        with own, watching(own, task_id) as events:
            told = [next(events).brief]
            ready.wait(90)
            return [*told, *(event.brief for event in events)]

    with ThreadPoolExecutor(60) as pool:
        streams = pool.map(watch, range(60))
        ready.wait(90)
        connections = database_connections(api_settings)
        worker.progress(task_id, 0.5)
        worker.finish(task_id, clip(3000))
        told = list(streams)
    # Those of the pool, and a few for listening, for PostgreSQL's own cleaning and for this count.
    assert connections <= api_settings.database_pool_size + 8
    for stream in told:
        assert stream[0] == ("status", "queued", None)
        assert stream[1:2] == [("status", "in_progress", 0.0)]
        assert stream[-1] == ("status", "completed", None)


def database_connections(settings: Settings) -> int:
    with psycopg.connect(settings.database_url) as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_a_reader_that_does_not_read_delays_nobody(
    http: httpx2.Client, worker: HandWorker, base_address: tuple[str, int]
) -> None:
    task_id = create(http)
    key = http.headers["authorization"]
    with socket.create_connection(base_address) as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.sendall(
            f"GET {events_path(task_id)} HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\n\r\n".encode()
        )
        with watching(http, task_id) as events:
            next(events)
            for step in range(1, 6):
                worker.progress(task_id, step / 10)
            worker.finish(task_id, clip(3000))
            assert list(events)[-1].data["status"] == "completed"


def test_a_silent_stream_beats(monkeypatch: pytest.MonkeyPatch, http: httpx2.Client) -> None:
    monkeypatch.setattr("kirin_video.http.event_stream.HEARTBEAT_S", 0.2)
    with http.stream("GET", events_path(create(http))) as response:
        lines = response.iter_lines()
        beats = [line for _, line in zip(range(12), lines, strict=False) if line.startswith(":")]
    assert beats[:2] == [": heartbeat", ": heartbeat"]


def test_streams_and_held_answers_end_with_the_server(another_server: AnotherServer) -> None:
    with ThreadPoolExecutor(2) as pool:
        with another_server() as http:
            url, headers = http.base_url, http.headers

            def stream() -> list[str]:
                own = httpx2.Client(base_url=url, headers=headers, trust_env=False)
                with own, watching(own, task_id) as events:
                    return [event.data["status"] for event in events]

            def hold() -> httpx2.Response:
                with httpx2.Client(base_url=url, headers=headers, trust_env=False, timeout=30) as own:
                    return own.post(CREATE, json=TEXT, headers={"Prefer": "wait=60"})

            task_id = create(http)
            streamed, held = pool.submit(stream), pool.submit(hold)
            time.sleep(0.5)
            stopped_at = time.monotonic()
        assert time.monotonic() - stopped_at < 1.5
        assert streamed.result(5) == ["queued"]
        assert held.result(5).json()["status"] == "queued"
