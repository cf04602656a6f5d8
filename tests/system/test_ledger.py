"""The books in a real database: what it refuses, what it does by itself, and budgets under races."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from kirin_video.domain.errors import Conflict, Fault, InsufficientFunds, NotFound, Rejected
from kirin_video.domain.pricing import Price, PriceList
from kirin_video.domain.task import Failure, TaskStatus, VideoOutput
from kirin_video.domain.transitions import TRANSITIONS, Deed
from kirin_video.services.authenticate import Caller
from kirin_video.services.budgets import AddToBudget, DropBudget, SetBudget
from kirin_video.services.prices import GiveDiscount, ListPrices, SetPrices
from kirin_video.services.runs import RunResult
from kirin_video.settings import Settings
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.price_rows import PriceRows
from kirin_video.wiring import Services, build

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9", "mode": "std"}
COST = 420_000

BOOKS = (
    "SELECT kind, funds_micro AS funds, held_micro AS held, revenue_micro AS revenue FROM ledger_entry"
    " WHERE task_id IS NOT NULL ORDER BY id"
)


async def rows(services: Services, query: str, *parameters: object) -> list[dict[str, Any]]:
    async with services.database.connection() as connection:
        return list(await (await connection.execute(query.encode(), parameters)).fetchall())


async def books(services: Services) -> list[tuple[object, ...]]:
    return [tuple(entry.values()) for entry in await rows(services, BOOKS)]


async def left(services: Services, account: str = "default") -> int | None:
    async with services.database.connection() as connection:
        return await BudgetRows(services.database).find(connection, account)


def set_budget(services: Services) -> SetBudget:
    return SetBudget(services.database, BudgetRows(services.database))


@pytest.fixture
async def second(settings: Settings) -> AsyncIterator[Services]:
    """Another process on the same database."""
    async with build(settings) as built:
        yield built


async def test_what_is_not_charged_goes_back(services: Services, caller: Caller) -> None:
    task = (await services.create_task(caller, TEXT)).task
    run = await services.start_run(task.id, "test")
    assert run is not None
    result = RunResult(VideoOutput("a/b", None, 3.0, "job"), (), {}, Price(cost=300_000, discount=0))
    assert await services.finish_run(run, result)
    assert await books(services) == [("hold", -COST, COST, 0), ("capture", 120_000, -COST, 300_000)]
    assert (await services.read_task(caller, task.id)).price.cost == 300_000
    assert await rows(services, "SELECT DISTINCT key_id FROM task") == [{"key_id": caller.key_id}]


async def test_more_than_was_held_is_never_charged(services: Services, caller: Caller) -> None:
    task = (await services.create_task(caller, TEXT)).task
    run = await services.start_run(task.id, "test")
    assert run is not None
    result = RunResult(VideoOutput("a/b", None, 3.0, "job"), (), {}, Price(cost=COST + 1, discount=0))
    assert await services.finish_run(run, result)
    assert (await books(services))[1] == ("capture", 0, -COST, COST)
    assert (await services.read_task(caller, task.id)).price.cost == COST


SET = "status = '{}', finished_at = {}, fault = {}, message = {}, output = {}"
STATES = {
    TaskStatus.QUEUED: SET.format("queued", "NULL", "NULL", "NULL", "NULL"),
    TaskStatus.IN_PROGRESS: SET.format("in_progress", "NULL", "NULL", "NULL", "NULL"),
    TaskStatus.COMPLETED: SET.format("completed", "now()", "NULL", "NULL", "'{}'"),
    TaskStatus.FAILED: SET.format("failed", "now()", "'cancelled'", "'x'", "NULL"),
}


async def brought_to(connection: AsyncConnection[DictRow], task_id: str, state: TaskStatus) -> None:
    """Bring a new task to a state by the shortest way."""
    steps = {
        TaskStatus.QUEUED: (),
        TaskStatus.IN_PROGRESS: (TaskStatus.IN_PROGRESS,),
        TaskStatus.COMPLETED: (TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED),
        TaskStatus.FAILED: (TaskStatus.FAILED,),
    }
    for step in steps[state]:
        await moved(connection, task_id, step, run=int(step is TaskStatus.IN_PROGRESS))


async def moved(connection: AsyncConnection[DictRow], task_id: str, state: TaskStatus, run: int) -> None:
    query = f"UPDATE task SET {STATES[state]}, run = run + {run} WHERE id = %s"
    await connection.execute(query.encode(), (task_id,))


async def test_the_database_knows_the_same_transitions(services: Services, caller: Caller) -> None:
    claim = TRANSITIONS[Deed.CLAIM]
    for before, after, run in itertools.product(TaskStatus, TaskStatus, (-1, 0, 1, 2)):
        task = (await services.create_task(caller, TEXT)).task
        claims = before in claim.before and after is claim.after and run == 1
        stays = before is after and run == 0 and not before.is_terminal  # the end's time would change
        goes_on = any(
            before in way.before and after is way.after and run == 0
            for deed, way in TRANSITIONS.items()
            if deed is not Deed.CLAIM
        )
        async with services.database.connection() as connection:
            await brought_to(connection, task.id, before)
            if claims or stays or goes_on:
                await moved(connection, task.id, after, run)
                continue
            with pytest.raises(psycopg.errors.CheckViolation, match=r"cannot|settled"):
                await moved(connection, task.id, after, run)
        assert (await services.read_task(caller, task.id)).status is before


@pytest.mark.parametrize(
    "change",
    ["cost_micro = 0", "discount_micro = 5", "fault = 'timed_out'", "finished_at = now() + interval '1 s'"],
)
async def test_how_a_task_ended_is_never_changed(services: Services, caller: Caller, change: str) -> None:
    task = (await services.create_task(caller, TEXT)).task
    await services.cancel_task(caller, task.id)
    with pytest.raises(psycopg.errors.CheckViolation):
        await rows(services, f"UPDATE task SET {change} WHERE id = %s RETURNING id", task.id)


@pytest.mark.parametrize(
    ("columns", "values", "named"),
    [
        ("kind, funds_micro, granted_micro", "'grant', 5, -4", "ledger_entry_balances"),
        ("kind, funds_micro, revenue_micro", "'grant', -5, 5", "ledger_entry_kind"),
        ("kind, funds_micro, granted_micro", "'gift', 5, -5", "ledger_entry_kind"),
        (
            "task_id, kind, held_micro, revenue_micro",
            "{task}, 'capture', -5, 5",
            "ledger_entry_settles_its_hold",
        ),
        (
            "task_id, kind, funds_micro, held_micro, revenue_micro",
            "{task}, 'capture', -1, -420000, 420001",
            "ledger_entry_kind",
        ),
        ("task_id, kind, funds_micro, held_micro", "{task}, 'hold', -5, 5", "ledger_entry_task"),
    ],
)
async def test_entries_that_break_the_books_are_refused(
    services: Services, caller: Caller, columns: str, values: str, named: str
) -> None:
    task = (await services.create_task(caller, TEXT)).task
    values = values.format(task=f"'{task.id}'")
    with pytest.raises(psycopg.errors.IntegrityError) as caught:
        await rows(
            services,
            f"INSERT INTO ledger_entry (account_id, {columns}) VALUES ('default', {values}) RETURNING id",
        )
    assert caught.value.diag.constraint_name == named


async def test_a_task_cannot_begin_ended(services: Services) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="a new task is queued"):
        await rows(
            services,
            "INSERT INTO task (id, account_id, fingerprint, request, seed, cost_micro, discount_micro, run)"
            " VALUES ('t', 'default', 'f', '{}', 1, 0, 0, 1) RETURNING id",
        )


async def test_funds_for_one_pay_for_one(services: Services, second: Services, caller: Caller) -> None:
    await set_budget(services)("default", COST + 1)
    both = (services, second)
    results = await asyncio.gather(
        *(both[n % 2].create_task(caller, TEXT) for n in range(100)), return_exceptions=True
    )
    refused = [each for each in results if isinstance(each, InsufficientFunds)]
    assert len(refused) == 99
    assert refused[0].message.startswith("The task needs $0.42, and this account's budget has $")
    assert await left(services) == 1
    [task] = await rows(services, "SELECT id FROM task")
    await services.cancel_task(caller, task["id"])
    assert await left(services) == COST + 1
    created = await services.create_task(caller, {**TEXT, "external_task_id": "ad-1"})
    again = await asyncio.gather(
        *(both[n % 2].create_task(caller, {**TEXT, "external_task_id": "ad-1"}) for n in range(10))
    )
    assert {each.task.id for each in again} == {created.task.id}, "a repeated request costs nothing"


async def test_budgets_are_set_raised_lowered_and_dropped_under_load(
    services: Services, second: Services, caller: Caller
) -> None:
    """Whatever is held, charged and granted at the same time, what is left is the balance of the funds."""
    budgets = BudgetRows(services.database)
    add = AddToBudget(second.database, budgets)
    await services.create_task(caller, TEXT)

    async def operator() -> None:
        for _ in range(5):
            await set_budget(second)("default", 3 * COST)
            await add("default", 2 * COST)
            with contextlib.suppress(Conflict):  # all of it may be spent by now
                await add("default", -1)
            await DropBudget(second.database, budgets)("default")
        await set_budget(second)("default", 7 * COST)

    async def customer(number: int) -> str:
        try:
            task = (await (services, second)[number % 2].create_task(caller, TEXT)).task
        except InsufficientFunds:
            return "refused"
        if number % 3 == 0:
            await services.cancel_task(caller, task.id)
        return "created"

    outcomes = Counter((await asyncio.gather(operator(), *(customer(n) for n in range(60))))[1:])
    assert outcomes["created"] > 3
    [funds] = await rows(services, "SELECT sum(funds_micro)::bigint AS funds FROM ledger_entry")
    assert await left(services) == funds["funds"]
    with pytest.raises(Conflict, match="left"):
        await add("default", -(10**12))
    for act in (
        set_budget(services)("nobody", 1),
        add("nobody", 1),
        DropBudget(services.database, budgets)("nobody"),
    ):
        with pytest.raises(NotFound):
            await act


async def test_a_budget_counts_from_when_it_is_set(services: Services, caller: Caller) -> None:
    before = (await services.create_task(caller, TEXT)).task
    await set_budget(services)("default", 0)
    with pytest.raises(InsufficientFunds, match=r"has \$0\.00 left"):
        await services.create_task(caller, TEXT)
    quoted = await services.quote(caller, TEXT)
    assert (quoted.price.cost, quoted.budget_left) == (COST, 0)
    assert "has $0.00 left" in quoted.notes[-1]
    await services.cancel_task(caller, before.id)
    assert await left(services) == COST, "what comes back may be spent"
    await set_budget(services)("default", 100)
    assert await left(services) == 100


async def test_what_costs_nothing_needs_no_budget(services: Services) -> None:
    await set_budget(services)("default", 0)
    await GiveDiscount(services.database, PriceRows(services.database), AccountRows(services.database))(
        "default", Decimal(100)
    )
    key = (await services.create_key("free")).text
    free = await services.authenticate(key)
    created = await services.create_task(free, TEXT)
    assert created.task.price == Price(cost=0, discount=COST)


async def test_prices_hold_from_their_moment_and_tasks_keep_theirs(
    services: Services, caller: Caller
) -> None:
    prices = PriceRows(services.database)
    set_prices, lists = SetPrices(services.database, prices), ListPrices(services.database, prices)
    old = (await services.create_task(caller, TEXT)).task
    with pytest.raises(Conflict, match="left out: pro, std_with_video, pro_with_video"):
        await set_prices({"std": 1})
    now = datetime.now(UTC)
    with pytest.raises(Conflict, match="past"):
        await set_prices(PriceList(std=1).model_dump(), now - timedelta(seconds=5))
    later = await set_prices(PriceList(std=2_000).model_dump(), now + timedelta(days=1))
    current = await set_prices(PriceList(std=1_000).model_dump())
    raised = await set_prices({"pro": 9}, now + timedelta(days=2))
    assert raised.prices == PriceList(std=2_000, pro=9), "the rest is as in the list before"
    assert [(each.version, in_force) for each, in_force in await lists()] == [
        (current.version, True),
        (later.version, False),
        (raised.version, False),
    ]
    await asyncio.sleep(0.9)
    new = (await services.create_task(caller, TEXT)).task
    assert (old.price.cost, new.price.cost) == (COST, 5_000)
    kept = await rows(services, "SELECT cost_micro, price_version FROM task ORDER BY created_at")
    assert [tuple(each.values()) for each in kept] == [(COST, None), (5_000, current.version)]
    assert (await services.list_models()).prices.std == 1_000
    for change in ("UPDATE price_list SET std_micro = 0", "DELETE FROM account_discount"):
        with pytest.raises(psycopg.errors.RaiseException, match="never changed"):
            await rows(services, f"{change} RETURNING version")


async def test_a_task_that_no_worker_takes_up_in_time_fails(settings: Settings) -> None:
    async with build(settings.model_copy(update={"task_deadline_s": 60.0})) as services:
        caller = await services.authenticate((await services.create_key("test")).text)
        waits, runs, young = [(await services.create_task(caller, TEXT)).task for _ in range(3)]
        assert await services.start_run(runs.id, "test")
        await rows(
            services,
            "UPDATE task SET created_at = now() - interval '61 s' WHERE id = ANY(%s) RETURNING id",
            [waits.id, runs.id],
        )
        await services.expire_tasks()
        ended = await services.read_task(caller, waits.id)
        assert ended.failure == Failure(Fault.TIMED_OUT, "No worker took up the task within 60 s.")
        assert [each.status for each in (await services.read_task(caller, runs.id), young)] == [
            TaskStatus.IN_PROGRESS,
            TaskStatus.QUEUED,
        ]
        assert (await books(services))[-1] == ("release", COST, -COST, 0)
        assert await services.start_run(waits.id, "late") is None
        waiting = await rows(services, "SELECT task_id FROM waiting")
        assert {each["task_id"] for each in waiting} == {runs.id, young.id}


async def test_a_refusal_of_one_draft_is_no_others(services: Services, caller: Caller) -> None:
    """One commit for many: those that are refused for different reasons harm none of the rest."""
    await set_budget(services)("default", 2 * COST)
    await rows(services, "INSERT INTO account (id) VALUES ('rich') RETURNING id")
    rich = await services.authenticate((await services.create_key("rich", account="rich")).text)
    results = await asyncio.gather(
        *(services.create_task(caller, TEXT) for _ in range(5)),
        *(services.create_task(rich, TEXT) for _ in range(5)),
        return_exceptions=True,
    )
    assert [isinstance(each, Rejected) for each in results] == [
        False,
        False,
        True,
        True,
        True,
        *([False] * 5),
    ]
