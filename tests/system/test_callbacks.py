"""Callbacks from the change of a task to its receiver, over real HTTP, in time that flies."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from receiver import LOOPBACK, Receiver, receiver
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from kirin_video.domain.callback import Attempt, Delivery, DeliveryState, Problem
from kirin_video.domain.callback_schedule import DELAYS_S, JITTER
from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Failure, Task, VideoOutput
from kirin_video.services.authenticate import Caller
from kirin_video.services.deliver import Letter, Tried
from kirin_video.services.runs import RunResult
from kirin_video.settings import Settings
from kirin_video.store.outbox_rows import Room
from kirin_video.wiring import Services, build

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9", "mode": "std"}
BASE_URL = "https://kirin.example"
ROOM = Room(64, 64, 4, {})


class Time:
    """Time that is ahead of everybody's, and can be let pass."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> timedelta:
        return self.ahead

    def passes(self, **parts: float) -> None:
        self.ahead += timedelta(**parts)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"allowed_networks": LOOPBACK})


@pytest.fixture
async def services(settings: Settings, time: Time) -> AsyncIterator[Services]:
    async with build(settings, ahead=time) as built:
        yield built


@pytest.fixture
async def hook() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


async def created(services: Services, caller: Caller, url: str) -> Task:
    return (await services.create_task(caller, {**TEXT, "callback_url": url}, base_url=BASE_URL)).task


async def ended(services: Services, caller: Caller, url: str) -> Task:
    """A task that has been in progress and has failed."""
    task = await created(services, caller, url)
    run = await services.start_run(task.id, "by hand")
    assert run is not None
    assert await services.fail_run(run, Failure(Fault.GENERATION_FAILED, "It rained."))
    return task


async def turn(services: Services, room: Room = ROOM) -> list[tuple[Letter, Tried]]:
    """Everything that is due now, tried once, all at the same time."""
    letters = await services.callbacks.claim(room)
    tried = await asyncio.gather(*map(services.callbacks.attempt, letters))
    for letter, each in zip(letters, tried, strict=True):
        await services.callbacks.end(letter, each)
    return list(zip(letters, tried, strict=True))


async def turns(services: Services) -> int:
    """As many turns as there is something due; gives how many attempts were made."""
    made = 0
    while attempts := await turn(services):
        made += len(attempts)
    return made


async def deliveries(services: Services, caller: Caller, **query: str) -> list[Delivery]:
    page = await services.callbacks.list_deliveries(caller, [("order", "asc"), *query.items()])
    return list(page.deliveries)


async def attempts(services: Services, caller: Caller) -> list[Attempt]:
    """The attempts of the account's one delivery."""
    [delivery] = await deliveries(services, caller)
    return list((await services.callbacks.read_delivery(caller, delivery.id)).attempts)


async def test_every_change_of_status_arrives_signed_once_and_in_order(
    services: Services, caller: Caller, hook: Receiver
) -> None:
    task = await ended(services, caller, hook.url("/a?b=c"))
    assert await turns(services) == 2
    assert hook.statuses == ["in_progress", "failed"]
    polled = await services.read_task(caller, task.id)
    assert hook.got[1].task == {
        "id": task.id,
        "created_at": int(polled.created_at.timestamp() * 1000),
        "status": "failed",
        "model": "kirin_video_o1",
        "error": {"code": "002015095", "error_message": "It rained."},
    }
    assert hook.got[0].path == "/a?b=c"
    assert hook.got[0].headers["content-type"] == "application/json"
    secret = (await services.callbacks.secrets.show(caller.account_id))[0].text
    for got in hook.got:
        Webhook(secret).verify(got.body, got.headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(got.body + b" ", got.headers)
    kept = await deliveries(services, caller)
    assert [each.id for each in kept] == [got.id for got in hook.got]
    assert {each.state for each in kept} == {DeliveryState.DELIVERED}
    assert len({each.id for each in kept}) == 2


async def test_a_completed_task_is_sent_as_polling_shows_it_with_links_that_outlive_the_attempts(
    services: Services, caller: Caller, hook: Receiver, time: Time
) -> None:
    task = await created(services, caller, hook.url())
    run = await services.start_run(task.id, "by hand")
    assert run is not None
    output = VideoOutput("aa/clip.mp4", None, 5.0, f"{task.id}-1")
    assert await services.finish_run(run, RunResult(output, (), {"seed": 7}))
    hook.status = 500
    await turns(services)
    time.passes(days=3)
    hook.status = 200
    await turns(services)
    told = [got for got in hook.got if got.task["status"] == "completed"]
    assert len({(got.id, got.body) for got in told}) == 1, "every attempt sends the same bytes under one id"
    assert len({got.headers["webhook-signature"] for got in told}) == len(told) == 2
    shown = told[0].task
    url = shown["output"][0]["content"][0]["url"]
    assert url.startswith(f"{BASE_URL}/files/aa/clip.mp4/{task.id}.mp4?expires=")
    expires = int(url.split("expires=")[1].split("&")[0])
    assert expires > (datetime.now(UTC) + timedelta(days=4)).timestamp()
    assert shown["usage"] == {"cost": "0.42", "discount": 0}
    assert shown["metadata"] == {"seed": 7}
    progress = next(got.task for got in hook.got if got.task["status"] == "in_progress")
    assert (progress["progress"], "output" in progress, "metadata" in progress) == (0.0, False, False)


async def test_tasks_without_a_callback_leave_nothing_behind(services: Services, caller: Caller) -> None:
    task = (await services.create_task(caller, TEXT)).task
    await services.cancel_task(caller, task.id)
    assert await deliveries(services, caller) == []
    assert await turn(services) == []


async def test_a_receiver_down_for_a_day_gets_everything(
    services: Services, caller: Caller, hook: Receiver, time: Time
) -> None:
    hook.status = 503
    tasks = [await ended(services, caller, hook.url()) for _ in range(3)]
    began = time.now
    while time.now < began + timedelta(days=1):
        await turns(services)
        time.passes(minutes=20)
    before = len(hook.got)
    assert before >= 6 * 6
    hook.status = 204
    while time.now < began + timedelta(days=2):
        await turns(services)
        time.passes(minutes=20)
    arrived = hook.got[before:]
    assert sorted((got.task["id"], got.task["status"]) for got in arrived) == sorted(
        (task.id, status) for task in tasks for status in ("failed", "in_progress")
    )
    assert {(got.id, got.body) for got in arrived} <= {(got.id, got.body) for got in hook.got[:before]}
    assert {each.state for each in await deliveries(services, caller)} == {DeliveryState.DELIVERED}


async def test_after_ten_attempts_over_three_days_a_delivery_has_failed(
    services: Services, caller: Caller, hook: Receiver, time: Time
) -> None:
    await created(services, caller, hook.url("/status/500"))
    await services.cancel_task(caller, (await last_task(services, caller)).id)
    began = time.now
    while (await deliveries(services, caller))[0].state is DeliveryState.PENDING:
        await turn(services)
        time.passes(minutes=1) if len(hook.got) < 4 else time.passes(minutes=15)
    assert len(hook.got) == 10
    assert abs((time.now - began).total_seconds() - sum(DELAYS_S)) < sum(DELAYS_S) * JITTER + 10_000
    noted = await attempts(services, caller)
    gaps = [b.started_at - a.started_at for a, b in itertools.pairwise(noted)]
    for gap, delay_s in zip(gaps, DELAYS_S, strict=True):
        assert delay_s * (1 - JITTER) <= gap.total_seconds() <= delay_s * (1 + JITTER) + 15 * 60
    assert [each.number for each in noted] == list(range(1, 11))
    time.passes(days=30)
    assert await turn(services) == []


async def last_task(services: Services, caller: Caller) -> Task:
    return (await services.list_tasks(caller, [("limit", "1")])).tasks[0]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/status/404", (404, None, "thanks")),
        ("/status/302", (302, Problem.REDIRECT, "thanks")),
        ("/reset", (None, Problem.UNREACHABLE, "")),
    ],
)
async def test_failures_are_noted_and_tried_again(
    services: Services, caller: Caller, hook: Receiver, path: str, found: tuple[object, ...]
) -> None:
    hook.head = f"Location: {hook.url('/elsewhere')}\r\nSet-Cookie: a=b\r\n"
    task = await created(services, caller, hook.url(path))
    await services.cancel_task(caller, task.id)
    await turn(services)
    [noted] = await attempts(services, caller)
    assert (noted.status, noted.problem, noted.answer) == found
    assert [got.path for got in hook.got] == [path]
    [delivery] = await deliveries(services, caller)
    assert delivery.state is DeliveryState.PENDING
    assert delivery.next_attempt_at is not None


async def test_410_stops_a_task_and_no_other(
    services: Services, caller: Caller, hook: Receiver, time: Time
) -> None:
    task = await created(services, caller, hook.url("/status/410"))
    other = await created(services, caller, hook.url())
    for each in (task, other):
        run = await services.start_run(each.id, "by hand")
        assert run is not None
    await turns(services)
    for each in (task, other):
        await services.cancel_task(caller, each.id)
    await turns(services)
    time.passes(days=4)
    await turns(services)
    assert [got.path for got in hook.got].count("/status/410") == 1
    assert [got.task["status"] for got in hook.got if got.path == "/hook"] == ["in_progress", "failed"]
    [stopped] = await deliveries(services, caller, task=task.id)
    assert (stopped.state, stopped.last_status) == (DeliveryState.FAILED, 410)


async def test_retry_after_is_honoured_within_bounds(
    services: Services, caller: Caller, hook: Receiver, time: Time
) -> None:
    hook.status, hook.head = 429, "Retry-After: 3600\r\n"
    task = await created(services, caller, hook.url())
    await services.cancel_task(caller, task.id)
    await turn(services)
    time.passes(minutes=59)
    assert await turn(services) == []
    hook.head = "Retry-After: 99999999\r\n"
    time.passes(minutes=2)
    assert len(await turn(services)) == 1
    time.passes(hours=25)
    assert len(await turn(services)) == 1
