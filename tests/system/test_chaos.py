"""A small storm; `make chaos` is the large one."""

from __future__ import annotations

import random
import secrets
import tempfile
from pathlib import Path

import pytest
from chaos.customers import Order
from chaos.inbox import Arrival, Inbox
from chaos.storm import Plan, storm
from chaos.verdict import judge
from receiver import Receiver

from kirin_video.domain.task import VideoOutput
from kirin_video.services.authenticate import Caller
from kirin_video.services.runs import RunResult
from kirin_video.settings import Settings
from kirin_video.wiring import Services

BODY = {"model": "kirin_video_o1", "aspect_ratio": "1:1", "callback_url": "https://example.com/hook"}


@pytest.mark.slow
async def test_whatever_dies_or_freezes_no_task_is_lost_doubled_or_billed_twice() -> None:
    # Not pytest's own folder: root's is closed to others, and PostgreSQL never runs as root.
    with tempfile.TemporaryDirectory(prefix="kirin-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        plan = Plan(seed=5, blows=12, pause_s=1, accounts=2, at_a_time=4, workers_beside=0, false_starts=1)
        outcome = await storm(plan, folder)
    assert outcome.verdict.violations == []
    assert outcome.blows.total >= plan.blows
    assert outcome.verdict.ends["completed"] > 0, outcome.line
    assert outcome.verdict.deliveries > 0, outcome.line


async def test_the_verdict_finds_what_is_wrong(
    services: Services, settings: Settings, caller: Caller
) -> None:
    """A storm that finds nothing says something only if it would find it."""
    orders = [Order(number, caller.account_id, {}, answers=[200]) for number in range(4)]
    for order in orders[:3]:
        body = {**BODY, "prompt": f"order {order.number} end"}
        order.task_id = (await services.create_task(caller, body, base_url="https://kirin.example")).task.id
    unended, strange, missed = (order.task_id for order in orders[:3])
    orders[3].task_id = "never made"
    doubled = {**BODY, "prompt": "order 2 end"}
    again = (await services.create_task(caller, doubled, base_url="https://kirin.example")).task.id
    assert strange is not None
    assert missed is not None
    for task_id, job_id in ((strange, f"{strange}-7"), (missed, f"{missed}-1")):
        run = await services.start_run(task_id, "by hand")
        assert run is not None
        output = VideoOutput(f"{secrets.token_hex(16)}.mp4", None, 5.0, job_id)
        assert await services.finish_run(run, RunResult(output, (), {}))
    inbox = Inbox(Receiver(), random.Random(0))
    for number, told in enumerate(("in_progress", "completed", "completed")):
        task = {"id": strange, "status": told}
        inbox.arrivals[strange].append(Arrival(f"msg_{number}", "another", b"{}", task, 200))
    found = judge(settings.database_url, orders, inbox, {caller.account_id: 1}).violations
    assert {
        f"task {unended} (queued): it has not ended",
        f"task {unended} (queued): its entries are ['hold']",
        f"task {strange} (completed): its result is of {strange}-7, its last run is 1",
        f"task {strange} (completed): it was told of to another account",
        "order 3 was accepted as never made, which is lost",
        "order 3, answered [200], made 0 tasks",
        "order 2, answered [200], made 2 tasks",
        "waiting: 4 are left",
        "deliveries: 4 are left",
        f"account {caller.account_id} was charged 1120000, and is told 1",
    } <= set(found)
    assert any(f"task {strange} (completed): it was told of as" in what for what in found)
    assert any(f"task {missed} (completed): it was told of as {{}}" in what for what in found)
    assert any(f"task {missed} (completed): delivery msg_{missed}_2 is pending" in what for what in found)
    assert any(f"task {missed} (completed): its files are []" in what for what in found)
    assert f"task {again} (queued): it has not ended" in found
