"""Callbacks from the change of a task to its receiver, over real HTTP, in time that flies."""

from __future__ import annotations

import asyncio
import base64
import io
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from pydantic import SecretStr
from receiver import LOOPBACK, Receiver, receiver
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from worker_process import WorkerProcess

from kirin_video.client import verify_callback
from kirin_video.domain.callback import Attempt, Delivery, DeliveryState, Problem
from kirin_video.domain.callback_schedule import DELAYS_S, JITTER
from kirin_video.domain.callback_signature import read_secret
from kirin_video.domain.errors import Conflict, Fault
from kirin_video.domain.task import Failure, Task, VideoOutput
from kirin_video.services.authenticate import Caller
from kirin_video.services.deliver import Letter, Tried
from kirin_video.services.runs import RunResult
from kirin_video.settings import Settings
from kirin_video.store.outbox_rows import Room
from kirin_video.wiring import Services, build
from kirin_video.worker.deliverer import PER_RECEIVER, Deliverer

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9", "mode": "std"}
BASE_URL = "https://kirin.example"
ROOM = Room(64, 64, 4, 32, {}, {})


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


async def until(condition: Callable[[], bool], patience_s: float) -> None:
    async with asyncio.timeout(patience_s):
        while not condition():  # noqa: ASYNC110 - what changes is another process's or a socket's
            await asyncio.sleep(0.02)


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


async def test_resending_keeps_the_id_and_the_bytes(
    services: Services, caller: Caller, hook: Receiver
) -> None:
    hook.status = 410
    task = await created(services, caller, hook.url())
    assert await services.start_run(task.id, "by hand") is not None
    await turns(services)
    [stopped] = await deliveries(services, caller)
    hook.status = 200
    await services.callbacks.resend(caller, stopped.id)
    await turns(services)
    await services.callbacks.resend(caller, stopped.id)
    await turns(services)
    assert len({(got.id, got.body) for got in hook.got}) == 1
    assert [each.status for each in await attempts(services, caller)] == [410, 200, 200]
    await services.cancel_task(caller, task.id)
    await turns(services)
    assert hook.statuses[-1] == "failed", "the receiver gets what comes after it too"


async def test_a_later_change_waits_only_for_the_first_attempt_at_an_earlier_one(
    services: Services, caller: Caller, hook: Receiver
) -> None:
    hook.status = 500
    await ended(services, caller, hook.url())
    assert [letter.claim.event for letter, _ in await turn(services)] == ["in_progress"]
    assert [letter.claim.event for letter, _ in await turn(services)] == ["failed"]
    assert hook.statuses == ["in_progress", "failed"]


async def test_five_days_of_nothing_but_failures_disable_a_receiver_with_a_word_in_the_log(
    services: Services, caller: Caller, hook: Receiver, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    hook.status = 500
    [receiver_id] = [(await deliveries_to(services, caller, hook)).receiver_id]
    for _ in range(11):
        await turns(services)
        time.passes(hours=12)
        await ended(services, caller, hook.url())
    [shown] = (await services.callbacks.list_receivers(caller, [])).receivers
    assert shown.disabled_at is not None
    assert shown.failing_since is not None
    assert shown.disabled_at - shown.failing_since >= timedelta(days=5)
    assert f"`kirin callbacks enable {receiver_id}`" in caplog.text
    heard = len(hook.got)
    time.passes(days=2)
    await ended(services, caller, hook.url())
    assert await turn(services) == [], "nothing is sent any more"
    with pytest.raises(Conflict):
        await services.callbacks.send_test(caller, {"url": hook.url("/else")})
    hook.status = 200
    await services.callbacks.enable_receiver(caller, receiver_id)
    await turns(services)
    assert len(hook.got) - heard >= 2, "what has waited is sent"
    [shown] = (await services.callbacks.list_receivers(caller, [])).receivers
    assert (shown.failing_since, shown.disabled_at) == (None, None)


async def deliveries_to(services: Services, caller: Caller, hook: Receiver) -> Delivery:
    await services.cancel_task(caller, (await created(services, caller, hook.url())).id)
    [delivery] = await deliveries(services, caller)
    return delivery


async def test_failures_far_apart_or_with_a_success_between_disable_nothing(
    services: Services, caller: Caller, hook: Receiver, time: Time
) -> None:
    for status in (500, 500, 200, 500, 500):
        hook.status = status
        await ended(services, caller, hook.url())
        await turn(services)
        time.passes(days=1, hours=20)
    [shown] = (await services.callbacks.list_receivers(caller, [])).receivers
    assert shown.disabled_at is None
    time.passes(days=30)
    await ended(services, caller, hook.url())
    await turns(services)
    [shown] = (await services.callbacks.list_receivers(caller, [])).receivers
    assert shown.disabled_at is None


async def test_while_a_secret_is_replaced_both_sign(
    services: Services, settings: Settings, caller: Caller, hook: Receiver, time: Time
) -> None:
    secrets = services.callbacks.secrets
    [old] = await secrets.show(caller.account_id)
    new, _ = await secrets.rotate(caller.account_id, timedelta(hours=1))
    await ended(services, caller, hook.url())
    await turns(services)
    for good in (old, new):
        Webhook(good.text).verify(hook.got[0].body, hook.got[0].headers)
    time.passes(hours=2)
    assert [each.text for each in await secrets.show(caller.account_id)] == [new.text]
    changed = settings.model_copy(
        update={
            "secret_key": SecretStr("another secret, as long as it must be"),
            "previous_secret_key": settings.secret_key,
        }
    )
    async with build(changed, ahead=time) as restarted:
        [kept] = await restarted.callbacks.secrets.show(caller.account_id)
    assert kept.text == new.text, "it outlives a change of the server's secret key"


async def test_the_database_gives_no_secret_away(services: Services, caller: Caller) -> None:
    [shown] = await services.callbacks.secrets.show(caller.account_id)
    secret = read_secret(shown.text)
    async with services.database.connection() as connection:
        found = await connection.execute("SELECT c::text AS line FROM callback_secret c")
        kept = "".join(row["line"] for row in await found.fetchall())
    assert kept
    for form in (shown.text, shown.text.removeprefix("whsec_"), secret.hex()):
        assert form not in kept


async def test_what_ended_long_ago_is_forgotten(
    services: Services, caller: Caller, hook: Receiver, time: Time
) -> None:
    await ended(services, caller, hook.url())
    await turns(services)
    time.passes(days=29)
    await created(services, caller, hook.url())
    await services.cancel_task(caller, (await last_task(services, caller)).id)
    assert await services.callbacks.forget() == 0
    time.passes(days=2)
    assert await services.callbacks.forget() == 2
    assert [each.state for each in await deliveries(services, caller)] == [DeliveryState.PENDING]


async def test_a_hundred_events_for_a_receiver_that_hangs_delay_no_other(
    services: Services, caller: Caller, hook: Receiver
) -> None:
    async with receiver() as hanging:
        hanging.hangs = True
        for _ in range(50):
            await ended(services, caller, hanging.url())
        await ended(services, caller, hook.url())
        callbacks = services.callbacks
        working = asyncio.create_task(Deliverer(callbacks.claim, callbacks.attempt, callbacks.end).run())
        await until(lambda: len(hook.got) == 2, 5)
        async with asyncio.timeout(5):  # an answer is on record a moment after the receiver gave it
            while len(await deliveries(services, caller, state="delivered", limit="500")) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert len(hanging.got) <= PER_RECEIVER
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    held = await deliveries(services, caller, state="pending", limit="500")
    assert len(held) == 100
    assert all(each.next_attempt_at is not None for each in held), "what was under way is given back"


async def test_an_account_with_many_receivers_that_hang_leaves_room_for_others(
    services: Services, caller: Caller
) -> None:
    other = replace(caller, account_id="other")
    async with services.database.connection() as connection:
        await connection.execute("INSERT INTO account (id) VALUES ('other')")
    for account, count in ((caller, 40), (other, 2)):
        for number in range(count):
            url = f"http://127.0.0.1:{20_000 + number}/"
            await services.callbacks.send_test(account, {"url": url})
    taken = await services.callbacks.claim(ROOM)
    assert Counter(letter.claim.account_id for letter in taken) == {"default": 32, "other": 2}
    busy = replace(ROOM, running_of_accounts={("default", False): 32})
    assert await services.callbacks.claim(busy) == []
    assert len(await services.callbacks.claim(ROOM)) == 8


@pytest.mark.usefixtures("support_path")
async def test_a_worker_killed_between_the_change_and_the_answer_loses_nothing(  # noqa: PLR0913, PLR0917
    services: Services, settings: Settings, caller: Caller, hook: Receiver, time: Time, tmp_path: Path
) -> None:
    hook.hangs = True
    task = await created(services, caller, hook.url())
    await services.cancel_task(caller, task.id)
    process = WorkerProcess(settings, tmp_path / "log")
    try:
        await until(lambda: bool(hook.got), 30)
    finally:
        process.end()
    hook.hangs = False
    assert await turn(services) == [], "its lease runs"
    time.passes(seconds=61)
    assert await turns(services) == 1
    first, second = hook.got
    assert (first.id, first.body) == (second.id, second.body)
    assert [each.state for each in await deliveries(services, caller)] == [DeliveryState.DELIVERED]


async def test_two_workers_at_once_deliver_each_event_once(
    services: Services, settings: Settings, caller: Caller, hook: Receiver
) -> None:
    tasks = [await ended(services, caller, hook.url()) for _ in range(20)]
    async with build(settings) as others:
        working = [
            asyncio.create_task(
                Deliverer(each.callbacks.claim, each.callbacks.attempt, each.callbacks.end).run()
            )
            for each in (services, others)
        ]
        await until(lambda: len(hook.got) >= 40, 20)
        await asyncio.sleep(1)  # for what would come twice
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
    assert len(hook.got) == len({got.id for got in hook.got}) == 40
    assert len(await deliveries(services, caller, state="delivered", limit="500")) == 40
    for task in tasks:
        told = [got.task["status"] for got in hook.got if got.task["id"] == task.id]
        assert told == ["in_progress", "failed"]


async def test_an_element_that_completes_at_once_is_told_of(
    services: Services, caller: Caller, hook: Receiver
) -> None:
    data = io.BytesIO()
    Image.effect_noise((400, 400), 60).convert("RGB").save(data, "PNG")
    source = base64.b64encode(data.getvalue()).decode()
    request = {
        "model": "kirin_custom_elements",
        "element_name": "Fox",
        "element_frontal_image": source,
        "element_refer_list": [{"image_url": source}],
        "callback_url": hook.url(),
    }
    await services.create_element(caller, request)
    await turns(services)
    assert hook.statuses == ["in_progress", "completed"]
    assert hook.got[1].task["output"][0]["content"][0]["type"] == "element"


async def test_tests_are_sent_once_and_tell_of_nothing_real(
    services: Services, caller: Caller, hook: Receiver
) -> None:
    hook.status = 500
    sent = await services.callbacks.send_test(caller, {"url": hook.url()})
    await turns(services)
    record = await services.callbacks.read_delivery(caller, sent.id)
    assert (record.delivery.state, len(record.attempts)) == (DeliveryState.FAILED, 1)
    secret = (await services.callbacks.secrets.show(caller.account_id))[0].text
    told = verify_callback(hook.got[0].body, hook.got[0].headers, secret)
    assert (told.status, told.external_task_id) == ("in_progress", "kirin-callback-test")
    assert hook.got[0].body.decode() == record.body


async def test_a_name_that_leads_to_a_private_address_is_called_by_nobody_and_looks_unreachable(
    services: Services, settings: Settings, caller: Caller, hook: Receiver
) -> None:
    strict = settings.model_copy(update={"allowed_networks": ()})
    task = await created(services, caller, hook.url(host="localhost"))
    await services.cancel_task(caller, task.id)
    async with build(strict) as careful:
        await turns(careful)
    assert hook.got == []
    [noted] = await attempts(services, caller)
    assert (noted.status, noted.problem, noted.answer) == (None, Problem.UNREACHABLE, "")
