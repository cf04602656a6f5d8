"""Listing, cancelling and deleting tasks over the wire."""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import psycopg
import pytest
from hand_worker import HandWorker, clip
from starlette.requests import Request

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Task
from kirin_video.domain.wire import ErrorResponse, TaskList, TaskResource
from kirin_video.http import json_body, native
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
LIST = f"{CREATE}/tasks"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
NewAccount = Callable[[], httpx2.Client]


def create(http: httpx2.Client, **more: object) -> str:
    return http.post(CREATE, json={**TEXT, **more}).json()["id"]


def task_path(task_id: str, rest: str = "") -> str:
    return f"{CREATE}/task/{task_id}{rest}"


def page(http: httpx2.Client, **query: object) -> TaskList:
    response = http.get(LIST, params={name: str(value) for name, value in query.items()})
    assert response.status_code == 200, response.text
    return TaskList.model_validate_json(response.content)


def ids(listed: TaskList) -> list[str]:
    return [task.id for task in listed.data]


def rows(settings: Settings, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(settings.database_url) as connection:
        return connection.execute(query.encode(), parameters).fetchall()


def refusal(response: httpx2.Response) -> ErrorResponse:
    return ErrorResponse.model_validate_json(response.content)


def test_an_account_without_tasks_has_an_empty_list(new_account: NewAccount) -> None:
    assert new_account().get(LIST).json() == {"object": "list", "data": [], "has_more": False}


def test_pages_follow_each_other_in_both_orders(new_account: NewAccount) -> None:
    http = new_account()
    made = [create(http) for _ in range(7)]
    for order, expected in (("asc", made), ("desc", made[::-1])):
        found: list[str] = []
        query: dict[str, object] = {"order": order, "limit": 3}
        while True:
            listed = page(http, **query)
            found += ids(listed)
            assert listed.has_more == (listed.next_cursor is not None)
            if listed.next_cursor is None:
                break
            query["after"] = listed.next_cursor
        assert found == expected
    assert ids(page(http)) == made[::-1]
    exactly = page(http, limit=7)
    assert (len(exactly.data), exactly.has_more) == (7, False)


def test_a_cursor_is_stable_while_tasks_come_change_and_go(
    new_account: NewAccount, worker: HandWorker
) -> None:
    http = new_account()
    made = [create(http) for _ in range(6)]
    first = page(http, limit=2)
    create(http)
    worker.finish(made[3], clip(3000))
    http.post(task_path(made[4], "/cancel"))
    http.request("DELETE", task_path(made[4]))  # the very task the cursor stands at
    second = page(http, limit=3, after=first.next_cursor)
    assert ids(first) == [made[5], made[4]]
    assert ids(second) == [made[3], made[2], made[1]]
    assert ids(page(http, after=second.next_cursor)) == [made[0]]


def test_tasks_are_listed_as_they_are_read(new_account: NewAccount, worker: HandWorker) -> None:
    http = new_account()
    task_id = create(http, external_task_id="listed-1")
    worker.finish(task_id, clip(3000))
    [listed] = http.get(LIST).json()["data"]
    assert listed == http.get(task_path(task_id)).json()


def test_filters_narrow_the_list(new_account: NewAccount, worker: HandWorker) -> None:
    http = new_account()
    made = [create(http) for _ in range(3)]
    worker.finish(made[0], clip(3000))
    worker.fail(made[1], Fault.GENERATION_FAILED, "No.")
    by_status = {status: ids(page(http, status=status)) for status in ("queued", "completed", "failed")}
    assert by_status == {"queued": [made[2]], "completed": [made[0]], "failed": [made[1]]}
    assert ids(page(http, model="kirin_video_o1")) == made[::-1]
    moments = [http.get(task_path(task_id)).json()["created_at"] for task_id in made]
    later = [task_id for task_id, at in zip(made, moments, strict=True) if at > moments[0]]
    earlier = [task_id for task_id, at in zip(made, moments, strict=True) if at < moments[2]]
    assert ids(page(http, created_after=moments[0])) == later[::-1]
    assert ids(page(http, created_before=moments[2])) == earlier[::-1]
    assert ids(page(http, created_after=moments[2] + 1000)) == []


def test_a_list_shows_no_others(new_account: NewAccount) -> None:
    one, other = new_account(), new_account()
    mine = create(one)
    listed = page(one, limit=1)
    assert ids(listed) == [mine]
    assert ids(page(other)) == []
    create(one)
    cursor = page(one, limit=1).next_cursor
    assert ids(page(other, after=cursor)) == [], "a cursor opens nothing"


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"limit": "0"}, ["limit"]),
        ({"limit": "501"}, ["limit"]),
        ({"limit": "ten"}, ["limit"]),
        ({"limit": ["1", "2"]}, ["limit"]),
        ({"status": "done"}, ["status"]),
        ({"model": "sora"}, ["model"]),
        ({"order": "random"}, ["order"]),
        ({"after": "d5u5obte8783ap44qtj0"}, ["after"]),
        ({"created_after": "-1"}, ["created_after"]),
        ({"created_before": "9" * 30}, ["created_before"]),
        ({"status": "", "limit": "", "statuz": "x"}, ["status", "limit", "statuz"]),
        ({"after": "%00", "order": "é"}, ["after", "order"]),
    ],
)
def test_bad_parameters_are_all_named(http: httpx2.Client, query: dict[str, Any], fields: list[str]) -> None:
    response = http.get(LIST, params=query)
    assert response.status_code == 400
    error = refusal(response).error
    assert error.code == "002015003"
    assert [detail.field for detail in error.details] == fields


def test_cancelling_a_waiting_task_ends_it_and_takes_it_from_the_queue(
    http: httpx2.Client, api_settings: Settings
) -> None:
    task_id = create(http, external_task_id=f"cancel-{time.monotonic_ns()}")
    answer = http.post(task_path(task_id, "/cancel"))
    assert answer.status_code == 200
    assert answer.json()["status"] == "failed"
    assert answer.json()["error"]["code"] == "002015094"
    again = http.post(task_path(answer.json()["external_task_id"], "/cancel"))
    assert (again.status_code, again.json()) == (200, answer.json())
    assert http.get(task_path(task_id)).json() == answer.json()
    entries = rows(
        api_settings, "SELECT kind, amount_micro FROM ledger_entry WHERE task_id = %s ORDER BY id", task_id
    )
    assert entries == [("hold", 560_000), ("release", 560_000)]
    jobs = "SELECT 1 FROM procrastinate_jobs WHERE args->>'task_id' = %s"
    assert rows(api_settings, jobs, task_id) == []


def test_what_has_ended_stays_as_it_is_when_cancelled(http: httpx2.Client, worker: HandWorker) -> None:
    done, failed = create(http), create(http)
    worker.finish(done, clip(3000))
    worker.fail(failed, Fault.TIMED_OUT, "Too slow.")
    for task_id in (done, failed):
        before = http.get(task_path(task_id)).json()
        answer = http.post(task_path(task_id, "/cancel"))
        assert (answer.status_code, answer.json()) == (200, before)


def test_a_deleted_task_is_gone_with_its_files(
    http: httpx2.Client, worker: HandWorker, api_settings: Settings
) -> None:
    own = f"deleted-{time.monotonic_ns()}"
    task_id = create(http, external_task_id=own, watermark_info={"enabled": True})
    worker.finish(task_id, clip(50_000), clip(40_000))
    [output] = http.get(task_path(task_id)).json()["output"]
    links = [output["content"][0][name] for name in ("url", "watermark_url")]
    files = [api_settings.data_dir / "blobs" / key[:2] / key[2:4] / key for key in map(key_of, links)]
    assert all(file.is_file() for file in files)

    answer = http.request("DELETE", task_path(own))
    assert (answer.status_code, answer.json()) == (200, {"id": task_id, "deleted": True})
    assert not any(file.exists() for file in files)
    for response in (
        http.get(task_path(task_id)),
        http.get(task_path(own)),
        http.get(task_path(task_id, "/events")),
        http.post(task_path(task_id, "/cancel")),
        http.request("DELETE", task_path(task_id)),
        *(http.get(link) for link in links),
    ):
        assert response.status_code == 404
        assert refusal(response).error.code == "000000404"
    kinds = "SELECT kind FROM ledger_entry WHERE task_id = %s ORDER BY id"
    assert rows(api_settings, kinds, task_id) == [("hold",), ("capture",)]
    kept = "SELECT request, external_id FROM task WHERE id = %s"
    assert rows(api_settings, kept, task_id) == [({}, None)], "nothing of what the caller sent is kept"
    assert rows(api_settings, "SELECT key FROM doomed_blob") == []
    assert create(http, external_task_id=own, prompt="Another") != task_id, "its external id is free again"


def key_of(link: str) -> str:
    return Path(urlsplit(link).path).parts[2]


def test_a_task_that_has_not_ended_cannot_be_deleted(http: httpx2.Client, worker: HandWorker) -> None:
    waiting, running = create(http), create(http)
    worker.progress(running, 0.5)
    for task_id in (waiting, running):
        response = http.request("DELETE", task_path(task_id))
        assert response.status_code == 409
        error = refusal(response).error
        assert error.code == "002015014"
        assert "Cancel it first" in error.error_message
        assert http.get(task_path(task_id)).status_code == 200
        http.post(task_path(task_id, "/cancel"))
        assert http.request("DELETE", task_path(task_id)).status_code == 200


@pytest.mark.parametrize(
    ("method", "rest"), [("POST", "/cancel"), ("DELETE", ""), ("GET", "/events"), ("GET", "")]
)
def test_anothers_task_cannot_be_touched(
    http: httpx2.Client, other_http: httpx2.Client, method: str, rest: str
) -> None:
    task_id = create(http)
    theirs = other_http.request(method, task_path(task_id, rest))
    none = other_http.request(method, task_path("no-such-task", rest))
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert refusal(theirs).error == refusal(none).error
    assert TaskResource.model_validate_json(http.get(task_path(task_id)).content).status == "queued"


class Body(dict[str, object]):
    """A request as it was decoded, which tells when it is gone."""


def test_an_answer_that_is_held_back_does_not_hold_the_request(
    http: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[weakref.ref[Body]] = []
    found: list[object] = []
    plain = json_body.parse_object

    def parse(text: str) -> Body:
        body = Body(plain(text))
        held.append(weakref.ref(body))
        return body

    async def wait(_: Request, task: Task, wait_s: int) -> Task:
        found.extend([held[-1](), wait_s])
        return task

    monkeypatch.setattr(json_body, "parse_object", parse)
    monkeypatch.setattr(native, "ended_within", wait)
    for padding in (0, 100_000):  # the larger one is parsed in a thread
        content = json.dumps(TEXT).encode() + b" " * padding
        assert http.post(CREATE, content=content, headers={"Prefer": "wait=2"}).status_code == 200
    assert found == [None, 2, None, 2]


def test_an_answer_can_be_held_back(http: httpx2.Client, worker: HandWorker) -> None:
    started = time.monotonic()
    response = http.post(CREATE, json=TEXT, headers={"Prefer": "respond-async, wait=1"})
    assert 0.9 < time.monotonic() - started < 3
    assert response.headers["preference-applied"] == "wait=1"
    assert response.json()["status"] == "queued"
    own = f"held-{time.monotonic_ns()}"
    body = {**TEXT, "external_task_id": own}
    task_id = http.post(CREATE, json=body).json()["id"]
    worker.finish(task_id, clip(3000))
    again = http.post(CREATE, json=body, headers={"Prefer": "wait=100"})
    assert again.headers["preference-applied"] == "wait=60"
    assert again.json()["status"] == "completed"
    plain = http.post(CREATE, json=TEXT, headers={"Prefer": "wait=soon"})
    assert "preference-applied" not in plain.headers
