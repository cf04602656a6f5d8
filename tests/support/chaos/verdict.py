"""After a storm: every task held to what was promised."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
from psycopg.rows import DictRow, dict_row

from chaos.customers import Order
from chaos.inbox import Arrival, Inbox

_TASKS = """
SELECT t.id, t.account_id, t.status, t.run, t.returned, t.revision, t.cost_micro, t.output,
       t.deleted_at IS NOT NULL AS deleted, t.started_at IS NOT NULL AS started,
       t.request->>'prompt' AS prompt,
       ARRAY(SELECT to_jsonb(e) FROM ledger_entry e WHERE e.task_id = t.id ORDER BY e.id) AS entries,
       ARRAY(SELECT to_jsonb(e) FROM task_event e WHERE e.task_id = t.id ORDER BY e.revision) AS events,
       ARRAY(SELECT b.key FROM blob b WHERE b.task_id = t.id AND b.kind IN ('video', 'watermark')) AS files,
       ARRAY(SELECT to_jsonb(d) - 'body' FROM callback_delivery d WHERE d.task_id = t.id ORDER BY d.revision)
           AS deliveries,
       EXISTS (SELECT FROM callback c WHERE c.task_id = t.id) AS called
  FROM task t
"""
_LEFT = {
    "waiting": "SELECT count(*) AS left FROM waiting",
    "jobs": "SELECT count(*) AS left FROM procrastinate_jobs WHERE status IN ('todo', 'doing')",
    "deliveries": "SELECT count(*) AS left FROM callback_delivery WHERE state <> 'delivered'",
    "unbalanced entries": """SELECT count(*) AS left FROM ledger_entry
        WHERE funds_micro + held_micro + revenue_micro + granted_micro <> 0""",
    "held money": "SELECT count(*) AS left FROM ledger_balance WHERE book = 'held' AND balance_micro <> 0",
    "budgets that are not the balance of their books": """SELECT count(*) AS left FROM budget b
        WHERE left_micro <> (SELECT sum(funds_micro) FROM ledger_entry WHERE account_id = b.account_id)
           OR left_micro < 0""",
}


@dataclass
class Verdict:
    """What became of everything, and what is wrong with it.

    Attributes:
        violations: every broken promise, in words.
        ends: tasks by how they ended.
        double_runs: runs beyond the first of a task that no worker gave back.
        deliveries: distinct deliveries that arrived.
        attempts: arrivals, repeated ones among them.
    """

    violations: list[str] = field(default_factory=list[str])
    ends: Counter[str] = field(default_factory=Counter[str])
    double_runs: int = 0
    deliveries: int = 0
    attempts: int = 0


def judge(url: str, orders: Sequence[Order], inbox: Inbox, usage: Mapping[str, int]) -> Verdict:
    """Hold everything that is in the database to what was promised.

    Args:
        url: the database, at rest.
        orders: what customers asked for and were told.
        inbox: what callbacks arrived.
        usage: micro-dollars that each account's usage says it was charged.
    """
    with psycopg.connect(url, row_factory=dict_row) as connection:
        tasks = {row["id"]: row for row in connection.execute(_TASKS).fetchall()}
        verdict = Verdict(violations=[*inbox.forged, *_left_over(connection), *_charged(connection, usage)])
    for task in tasks.values():
        verdict.ends["deleted" if task["deleted"] else task["status"]] += 1
        verdict.double_runs += max(0, task["run"] - task["returned"] - 1)
        complaints = [*_states(task), *_money(task), *_files(task), *_events(task), *_calls(task, inbox)]
        verdict.violations += [f"task {task['id']} ({task['status']}): {what}" for what in complaints]
    verdict.violations += [*_orders(orders, tasks), *_strangers(inbox, tasks)]
    arrivals = [each for some in inbox.arrivals.values() for each in some]
    verdict.attempts, verdict.deliveries = len(arrivals), len({each.id for each in arrivals})
    return verdict


def _left_over(connection: psycopg.Connection[DictRow]) -> Iterator[str]:
    for what, query in _LEFT.items():
        statement: LiteralString = query
        row = connection.execute(statement).fetchone()
        if row is not None and row["left"]:
            yield f"{what}: {row['left']} are left"


def _charged(connection: psycopg.Connection[DictRow], usage: Mapping[str, int]) -> Iterator[str]:
    query = "SELECT account_id, sum(revenue_micro)::bigint AS charged FROM ledger_entry GROUP BY account_id"
    books = {row["account_id"]: row["charged"] for row in connection.execute(query).fetchall()}
    for account, told in usage.items():
        if books.get(account, 0) != told:
            yield f"account {account} was charged {books.get(account, 0)}, and is told {told}"


def _states(task: DictRow) -> Iterator[str]:
    if task["status"] not in ("completed", "failed"):
        yield "it has not ended"
    if task["run"] < task["returned"] or (task["status"] == "completed" and task["run"] == 0):
        yield f"run {task['run']}, {task['returned']} given back"
    if task["started"] != (task["run"] > 0):
        yield "it was started without a run, or the other way round"


def _money(task: DictRow) -> Iterator[str]:
    kinds = [entry["kind"] for entry in task["entries"]]
    completed = task["status"] == "completed"
    if kinds != ["hold", "capture" if completed else "release"]:
        yield f"its entries are {kinds}"
        return
    hold, end = task["entries"]
    charged = end["revenue_micro"]
    if not 0 <= charged <= hold["held_micro"] or charged != (task["cost_micro"] if completed else 0):
        yield f"{hold['held_micro']} was held, {charged} charged, its price is {task['cost_micro']}"
    if hold["held_micro"] + end["held_micro"] or end["funds_micro"] != hold["held_micro"] - charged:
        yield "what was not charged did not come back"
    if end["run"] != task["run"]:
        yield f"run {end['run']} settled it, and its last is {task['run']}"


def _files(task: DictRow) -> Iterator[str]:
    if task["deleted"] or task["status"] == "failed":
        if task["files"]:
            yield f"it has files: {task['files']}"
        return
    output = task["output"] or {}
    named = [key for key in (output.get("video_key"), output.get("watermark_key")) if key]
    if not named or sorted(named) != sorted(task["files"]):
        yield f"its files are {task['files']}, its output names {named}"
    if output.get("job_id") != f"{task['id']}-{task['run']}":
        yield f"its result is of {output.get('job_id')}, its last run is {task['run']}"


def _events(task: DictRow) -> Iterator[str]:
    events = task["events"]
    if task["deleted"]:
        if events:
            yield "it is deleted and has events"
        return
    states = [event["status"] for event in events]
    if states != [*(["in_progress"] if task["started"] else []), task["status"]]:
        yield f"its events are {states}"
    revisions = [1, *(event["revision"] for event in events)]
    if revisions != sorted(set(revisions)) or revisions[-1] != task["revision"]:
        yield f"its events are numbered {revisions}, and it has {task['revision']}"
    if task["started"] and revisions[1] != 2:
        yield f"its first change has the number {revisions[1]}"


def _calls(task: DictRow, inbox: Inbox) -> Iterator[str]:
    """Every change has a delivery, and every delivery arrived."""
    told = [(each["event"], each["revision"]) for each in task["deliveries"]]
    due = [(event["status"], event["revision"]) for event in task["events"]] if task["called"] else []
    if told != due:
        yield f"its deliveries are {told}, its events {due}"
    for each in task["deliveries"]:
        if each["state"] != "delivered":
            yield f"delivery {each['id']} is {each['state']}"
    if task["called"]:
        yield from _arrivals(task, inbox.arrivals.get(task["id"], []))


def _arrivals(task: DictRow, arrivals: Sequence[Arrival]) -> Iterator[str]:
    """Each change arrived under one id, every time with the same bytes, and was answered well."""
    ids: dict[str, set[str]] = defaultdict(set)
    bodies: dict[str, set[bytes]] = defaultdict(set)
    for each in arrivals:
        ids[each.task["status"]].add(each.id)
        bodies[each.id].add(each.body)
    due = {event["status"]: {f"msg_{task['id']}_{event['revision']}"} for event in task["events"]}
    if ids != due:
        yield f"it was told of as {dict(ids)}, not {due}"
    if {each.account for each in arrivals} != {task["account_id"]}:
        yield "it was told of to another account"
    heard = {each.id for each in arrivals if 200 <= each.answered < 300}
    for delivery, texts in bodies.items():
        if len(texts) > 1 or delivery not in heard:
            yield f"delivery {delivery} came with {len(texts)} bodies; heard: {delivery in heard}"


def _orders(orders: Sequence[Order], tasks: Mapping[str, DictRow]) -> Iterator[str]:
    """Each order made as many tasks as its answers allow, and is what its customer was told."""
    made = Counter(_number(task) for task in tasks.values() if not task["deleted"])
    deleted = {task["id"] for task in tasks.values() if task["deleted"]}
    made.update(order.number for order in orders if order.task_id in deleted)
    for order in orders:
        accepted = any(200 <= answer < 300 for answer in order.answers)
        lost = 0 in order.answers or 503 in order.answers
        if made[order.number] not in ({1} if accepted else {0, 1} if lost else {0}):
            yield f"order {order.number}, answered {order.answers}, made {made[order.number]} tasks"
        if order.task_id is not None and order.task_id not in tasks:
            yield f"order {order.number} was accepted as {order.task_id}, which is lost"
        elif order.task_id is not None:
            yield from _as_told(order, tasks[order.task_id])
    for task_id in deleted - {order.task_id for order in orders if order.may_be_deleted}:
        yield f"task {task_id} is deleted, and nobody asked for it"
    for number in made.keys() - {order.number for order in orders}:
        yield f"a task was made of order {number}, which nobody gave"


def _as_told(order: Order, task: DictRow) -> Iterator[str]:
    if order.end is not None and order.end["status"] != task["status"]:
        yield f"task {task['id']} was seen {order.end['status']}, and is {task['status']}"
    if order.end is not None and task["status"] == "completed" and not task["deleted"]:
        seen = order.end["output"][0]["jobId"]
        if seen != task["output"]["job_id"]:
            yield f"task {task['id']} was seen with the result of {seen}"
    if order.deleted and not task["deleted"]:
        yield f"task {task['id']} was deleted, and is there"
    if task["account_id"] != order.account:
        yield f"task {task['id']} of {order.account} is {task['account_id']}'s"


def _strangers(inbox: Inbox, tasks: Mapping[str, DictRow]) -> Iterator[str]:
    for task_id in inbox.arrivals:
        if task_id not in tasks:
            yield f"a callback tells of task {task_id}, which is not there"


def _number(task: DictRow) -> int | None:
    found = re.search(r"order (\d+) end", task["prompt"] or "")
    return None if found is None else int(found[1])


def files_report(said: str) -> list[str]:
    """What `kirin check --orphan-after 0 --json` complains of."""
    report: dict[str, Any] = json.loads(said)
    return [f"{kind}: {report[kind]}" for kind in ("missing", "damaged", "orphans") if report[kind]]
