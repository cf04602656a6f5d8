"""Callbacks over the wire: lists, records, resending, tests, receivers and secrets. Nothing delivers here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import httpx2
import pytest

from kirin_video.domain.access import Scope
from kirin_video.settings import Settings
from kirin_video.store.database import Database

CREATE = "/model/v1/generation"
CALLBACKS = "/model/v1/callbacks"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
HOOK = "https://example.com/hook"


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def settings(self) -> Settings: ...


@pytest.fixture
def http(new_account: Callable[[], httpx2.Client]) -> httpx2.Client:
    return new_account()


@pytest.fixture
def manager(server: Server, key_maker: Callable[..., str]) -> Iterator[httpx2.Client]:
    key = key_maker(server.settings, "managed", frozenset({Scope.ADMIN}))
    headers = {"Authorization": f"Bearer {key}"}
    with httpx2.Client(base_url=server.base_url, headers=headers, trust_env=False) as client:
        yield client


def answer(response: httpx2.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    return response.json()


def cancelled(http: httpx2.Client, **more: object) -> str:
    """A task with one delivery."""
    task = answer(http.post(CREATE, json={**TEXT, "callback_url": HOOK, **more}))
    answer(http.post(f"{CREATE}/task/{task['id']}/cancel"))
    return task["id"]


def execute(settings: Settings, statement: str, **parameters: object) -> None:
    async def work() -> None:
        async with Database(settings.database_url) as database, database.connection() as connection:
            await connection.execute(statement.encode(), parameters)

    asyncio.run(work())


def test_deliveries_are_listed_by_task_state_event_and_receiver(http: httpx2.Client) -> None:
    tasks = [cancelled(http, external_task_id=f"ad-{number}") for number in range(3)]
    tested = answer(http.post(f"{CALLBACKS}/test", json={"url": "https://other.example.com:8443/a"}))
    listed = answer(http.get(f"{CALLBACKS}/deliveries"))
    assert [each.get("task_id") for each in listed["data"]] == [None, *reversed(tasks)]
    assert listed["has_more"] is False
    assert listed["data"][1] == {
        "id": f"msg_{tasks[2]}_2",
        "event": "failed",
        "task_id": tasks[2],
        "receiver_id": listed["data"][1]["receiver_id"],
        "url": HOOK,
        "state": "pending",
        "created_at": listed["data"][1]["created_at"],
        "attempts": 0,
        "next_attempt_at": listed["data"][1]["next_attempt_at"],
    }
    for query, wanted in (
        ({"task": "ad-1"}, [tasks[1]]),
        ({"task": tasks[0]}, [tasks[0]]),
        ({"task": "nobody's"}, []),
        ({"event": "failed", "order": "asc"}, tasks),
        ({"event": "test"}, [None]),
        ({"state": "delivered"}, []),
        ({"receiver": tested["receiver_id"]}, [None]),
    ):
        found = answer(http.get(f"{CALLBACKS}/deliveries", params=query))["data"]
        assert [each.get("task_id") for each in found] == wanted, query


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_pages_show_every_delivery_once_whatever_comes_meanwhile(http: httpx2.Client, order: str) -> None:
    for _ in range(5):
        answer(http.post(f"{CALLBACKS}/test", json={"url": HOOK}))
    before = [each["id"] for each in answer(http.get(f"{CALLBACKS}/deliveries"))["data"]]
    seen, query = [], {"limit": "2", "order": order}
    while True:
        page = answer(http.get(f"{CALLBACKS}/deliveries", params=query))
        seen += [each["id"] for each in page["data"]]
        answer(http.post(f"{CALLBACKS}/test", json={"url": HOOK})) if len(seen) < 6 else None
        if not page["has_more"]:
            break
        query["after"] = page["next_cursor"]
    assert len(seen) == len(set(seen))
    assert set(before) <= set(seen)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"state": "lost"}, "state"),
        ({"limit": "0"}, "limit"),
        ({"stat": "failed"}, "stat"),
        ({"after": "!"}, "after"),
        ({"after": "ZDEuLTE"}, "after"),
        ({"after": "cjEuMQ"}, "after"),
    ],
)
def test_a_query_that_is_none_is_refused_by_its_field(
    http: httpx2.Client, query: dict[str, str], field: str
) -> None:
    refused = http.get(f"{CALLBACKS}/deliveries", params=query)
    assert refused.status_code == 400, refused.text
    assert [detail["field"] for detail in refused.json()["error"]["details"]] == [field]


def test_a_delivery_is_read_and_resent_under_its_id(http: httpx2.Client, server: Server) -> None:
    task_id = cancelled(http)
    [delivery] = answer(http.get(f"{CALLBACKS}/deliveries"))["data"]
    where = f"{CALLBACKS}/deliveries/{delivery['id']}"
    record = answer(http.get(where))
    assert record == {**delivery, "attempt_list": []}
    execute(
        server.settings,
        "UPDATE callback_delivery SET state = 'failed', ended_at = now(), tries = 10, attempts = 10, "
        "body = '{}', last_status = 500 WHERE task_id = %(id)s",
        id=task_id,
    )
    assert "next_attempt_at" not in answer(http.get(where))
    again = answer(http.post(f"{where}/resend"))
    assert (again["id"], again["state"], again["attempts"], again["body"]) == (
        delivery["id"],
        "pending",
        10,
        "{}",
    )
    assert "next_attempt_at" in again


def test_deleting_a_task_forgets_what_was_sent_of_it(http: httpx2.Client) -> None:
    task_id = cancelled(http)
    answer(http.delete(f"{CREATE}/task/{task_id}"))
    assert answer(http.get(f"{CALLBACKS}/deliveries"))["data"] == []


def test_a_disabled_receiver_is_told_of_and_enabled_again(http: httpx2.Client, server: Server) -> None:
    cancelled(http)
    [receiver] = answer(http.get(f"{CALLBACKS}/receivers"))["data"]
    assert (receiver["origin"], receiver["state"], receiver["pending"]) == ("https://example.com", "ok", 1)
    execute(
        server.settings,
        "UPDATE callback_receiver SET failing_since = now() - interval '6 days', failed_at = now(), "
        "disabled_at = now() WHERE id = %(id)s",
        id=receiver["id"],
    )
    where = f"{CALLBACKS}/receivers/{receiver['id']}"
    shown = answer(http.get(where))
    assert shown["state"] == "disabled"
    assert shown["disabled_at"] - shown["failing_since"] >= 5 * 86_400_000
    [delivery] = answer(http.get(f"{CALLBACKS}/deliveries"))["data"]
    assert "next_attempt_at" not in delivery
    for refused in (
        http.post(f"{CALLBACKS}/test", json={"url": HOOK}),
        http.post(f"{CALLBACKS}/deliveries/{delivery['id']}/resend"),
    ):
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "002015014")
        assert f"{where}/enable" in refused.json()["error"]["error_message"]
    assert answer(http.post(f"{where}/enable"))["state"] == "ok"
    answer(http.post(f"{CALLBACKS}/test", json={"url": HOOK}))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "002015003"),
        ({"url": 7}, "002015003"),
        ({"url": HOOK, "urls": 1}, "002015003"),
        ({"url": "ftp://example.com"}, "002015013"),
        ({"url": "http://u:p@example.com"}, "002015013"),
        ({"url": "http://0x7f.1/"}, "002015013"),
        ({"url": "https://example.com:22/"}, "002015013"),
    ],
)
def test_a_test_goes_only_where_callbacks_may(http: httpx2.Client, body: object, code: str) -> None:
    refused = http.post(f"{CALLBACKS}/test", json=body)
    assert refused.status_code == 400, refused.text
    assert refused.json()["error"]["code"] == code
    assert refused.json()["error"]["details"][0]["field"] == ("urls" if "urls" in str(body) else "url")


def test_a_secret_is_each_accounts_own_and_is_rotated_with_overlap(
    manager: httpx2.Client, other_http: httpx2.Client
) -> None:
    first = answer(manager.get(f"{CALLBACKS}/secret"))
    assert first["secret"].startswith("whsec_")
    assert answer(manager.get(f"{CALLBACKS}/secret")) == first
    assert answer(other_http.get(f"{CALLBACKS}/secret"))["secret"] != first["secret"]
    second = answer(manager.post(f"{CALLBACKS}/secret/rotate", params={"overlap_s": "3600"}))
    assert [each["secret"] for each in second["previous"]] == [first["secret"]]
    assert abs(second["previous"][0]["retires_at"] - second["created_at"] - 3_600_000) < 5_000
    third = answer(manager.post(f"{CALLBACKS}/secret/rotate", params={"overlap_s": "0"}))
    assert (len({first["secret"], second["secret"], third["secret"]}), third["previous"]) == (3, [])
    refused = manager.post(f"{CALLBACKS}/secret/rotate", params={"overlap_s": "-1"})
    assert refused.json()["error"]["details"][0]["field"] == "overlap_s"
