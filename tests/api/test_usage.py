"""What an account used, over the wire."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import psycopg
import pytest
from hand_worker import HandWorker, clip

from kirin_video.domain.access import Scope
from kirin_video.domain.errors import Fault
from kirin_video.domain.usage import MAX_DAYS, Dimension, UsageLine, UsageQuery
from kirin_video.domain.wire_usage import UsageList
from kirin_video.http.usage import usage_table
from kirin_video.services.read_usage import UsageReport
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
USAGE = "/model/v1/usage"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
NONE = {"completed": 0, "failed": 0, "seconds": 0, "cost": "0.00", "discount": "0.00"}

NewAccount = Callable[[], httpx2.Client]
KeyMaker = Callable[[Settings, str, frozenset[Scope]], str]


def usage(http: httpx2.Client, **query: str) -> dict[str, Any]:
    response = http.get(USAGE, params=query)
    assert response.status_code == 200, response.text
    UsageList.model_validate(response.json())
    return response.json()


def made(http: httpx2.Client, worker: HandWorker, **more: object) -> str:
    task_id = http.post(CREATE, json={**TEXT, **more}).json()["id"]
    worker.finish(task_id, clip(5000))
    return task_id


def account_of(http: httpx2.Client, settings: Settings) -> str:
    task_id = http.post(CREATE, json=TEXT).json()["id"]
    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute("SELECT account_id FROM task WHERE id = %s", (task_id,)).fetchone()
    http.post(f"{CREATE}/task/{task_id}/cancel")
    assert row is not None
    return row[0]


def test_what_is_charged_is_reported_and_outlives_its_task(
    new_account: NewAccount, worker: HandWorker
) -> None:
    http = new_account()
    today = datetime.now(UTC).date()
    empty = usage(http)
    assert empty["from"] == (today - timedelta(days=30)).isoformat()
    assert (empty["to"], empty["data"], empty["total"]) == (today.isoformat(), [], NONE)

    first = made(http, worker)
    made(http, worker, mode="std")
    made(http, worker, mode="std")
    worker.fail(http.post(CREATE, json=TEXT).json()["id"], Fault.GENERATION_FAILED, "no")
    http.post(CREATE, json=TEXT)  # still waiting: not counted
    before = usage(http, group_by="mode,day")
    day = {"day": today.isoformat()}
    assert before["group_by"] == ["day", "mode"]
    assert before["data"] == [
        {**day, "mode": "pro", "completed": 1, "failed": 1, "seconds": 5, "cost": "0.56", "discount": "0.00"},
        {
            **day,
            "mode": "std",
            "completed": 2,
            "failed": 0,
            "seconds": 10,
            "cost": "0.84",
            "discount": "0.00",
        },
    ]
    total = {"completed": 3, "failed": 1, "seconds": 15, "cost": "1.40", "discount": "0.00"}
    assert before["total"] == total
    assert http.delete(f"{CREATE}/task/{first}").status_code == 200
    assert usage(http, group_by="mode,day") == before
    assert usage(http, group_by="")["data"] == [total]
    assert usage(http, to=(today - timedelta(days=1)).isoformat())["total"] == NONE
    assert usage(new_account())["total"] == NONE, "another account's is its own"


def test_keys_are_told_apart(
    new_account: NewAccount, worker: HandWorker, api_settings: Settings, key_maker: KeyMaker
) -> None:
    http = new_account()
    account = account_of(http, api_settings)
    second = key_maker(api_settings, account, frozenset(Scope))
    read_only = key_maker(api_settings, account, frozenset({Scope.READ}))
    with httpx2.Client(
        base_url=str(http.base_url), headers={"Authorization": f"Bearer {second}"}, trust_env=False
    ) as other:
        made(other, worker)
    response = http.get(
        USAGE, params={"group_by": "key,model"}, headers={"Authorization": f"Bearer {read_only}"}
    )
    lines = response.json()["data"]
    assert len(lines) == 2
    assert {line["key_name"] for line in lines} == {"tests"}
    assert sorted((line["completed"], line["failed"]) for line in lines) == [(0, 1), (1, 0)]
    assert {line["model"] for line in lines} == {"kirin_video_o1"}


@pytest.mark.parametrize(
    ("headers", "query"), [({"Accept": "text/csv"}, {}), ({"Accept": "application/json"}, {"format": "csv"})]
)
def test_a_table_for_spreadsheets(
    new_account: NewAccount, worker: HandWorker, headers: dict[str, str], query: dict[str, str]
) -> None:
    http = new_account()
    made(http, worker)
    today = datetime.now(UTC).date().isoformat()
    response = http.get(USAGE, params={"from": today, "group_by": "day,key,mode", **query}, headers=headers)
    assert response.headers["content-type"] == "text/csv; header=present; charset=utf-8"
    assert response.headers["content-disposition"] == f'attachment; filename="usage-{today}-{today}.csv"'
    assert "Accept" in response.headers["vary"]
    assert response.text.endswith("\r\n")
    [row] = csv.DictReader(io.StringIO(response.text))
    assert (row["day"], row["key_name"], row["mode"], row["cost"]) == (today, "tests", "pro", "0.56")


def test_no_cell_is_a_formula() -> None:
    day = date(2026, 11, 2)
    query = UsageQuery(day, day, (Dimension.KEY, Dimension.MODE), None)
    names = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\tx", 'a "b", c\nd', "plain"]
    lines = [UsageLine(None, "k", name, None, None, 1, 0, 5.0, 560_000, 0) for name in names]
    rows = list(csv.DictReader(io.StringIO(usage_table(UsageReport(query, lines)), newline="")))
    assert [row["key_name"] for row in rows] == [
        *(f"'{name}" for name in names[:6]),
        'a "b", c\nd',
        "plain",
    ]
    assert {row["mode"] for row in rows} == {""}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("from=yesterday", ["from"]),
        ("from=2026-02-30", ["from"]),
        ("from=20261102", ["from"]),
        ("to=9999-12-31", ["to"]),
        ("from=2026-11-03&to=2026-11-02", ["from"]),
        (f"from=2025-11-02&to={date(2025, 11, 2) + timedelta(days=MAX_DAYS)}", ["from"]),
        ("group_by=day,hour", ["group_by"]),
        ("group_by=day,day", ["group_by"]),
        ("format=xlsx", ["format"]),
        ("form=csv&until=2026-01-01", ["form", "until"]),
        ("to=2026-11-02&to=2026-11-02", ["to"]),
        ("from=0001-01-01&to=0001-01-01", []),
        ("to=0001-01-02", []),
    ],
)
def test_bad_queries_name_what_is_wrong(http: httpx2.Client, query: str, fields: list[str]) -> None:
    response = http.get(f"{USAGE}?{query}")
    assert response.status_code == (400 if fields else 200)
    if fields:
        assert [detail["field"] for detail in response.json()["error"]["details"]] == fields
