"""Spend caps of keys in a real database: exact under races, given back to, shared by rotated keys."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from kirin_video.domain.account import KeyFacts
from kirin_video.domain.errors import InsufficientFunds, NotFound
from kirin_video.domain.pricing import Price
from kirin_video.domain.spend_cap import CapPeriod, CapStanding, SpendCap
from kirin_video.domain.task import VideoOutput
from kirin_video.services.authenticate import Caller
from kirin_video.services.budgets import SetBudget
from kirin_video.services.keys import CapKey, RotateKey
from kirin_video.services.runs import RunResult
from kirin_video.settings import Settings
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.cap_rows import CapRows
from kirin_video.store.key_rows import KeyRows
from kirin_video.wiring import Services, build

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9", "mode": "std"}
COST = 420_000
TOTAL, MONTH = CapPeriod.TOTAL, CapPeriod.MONTH


async def rows(services: Services, query: str, *parameters: object) -> list[dict[str, Any]]:
    async with services.database.connection() as connection:
        return list(await (await connection.execute(query.encode(), parameters)).fetchall())


async def capped(services: Services, amount: int, period: CapPeriod = MONTH, name: str = "capped") -> Caller:
    made = await services.create_key(name, cap=SpendCap(amount, period))
    return await services.authenticate(made.text)


async def standing(services: Services, key_id: str) -> tuple[int, int] | None:
    """What is spent and held under a key's cap now."""
    async with services.database.connection() as connection:
        found = await CapRows(services.database).find(connection, key_id)
    return None if found is None else (found.spent, found.held)


async def set_cap(services: Services, key_id: str, cap: SpendCap | None) -> KeyFacts:
    return await CapKey(services.database, KeyRows(services.database), CapRows(services.database))(
        key_id, cap
    )


async def charge(services: Services, task_id: str, cost: int) -> None:
    run = await services.start_run(task_id, "test")
    assert run is not None
    result = RunResult(VideoOutput("a/b", None, 3.0, "job"), (), {}, Price(cost=cost, discount=0))
    assert await services.finish_run(run, result)


async def outcome(services: Services, caller: Caller) -> str:
    try:
        return (await services.create_task(caller, TEXT)).task.id
    except InsufficientFunds:
        return "refused"


@pytest.fixture
async def second(settings: Settings) -> AsyncIterator[Services]:
    """Another process on the same database."""
    async with build(settings) as built:
        yield built


async def test_a_cap_for_two_lets_two_through(services: Services, second: Services) -> None:
    caller = await capped(services, 2 * COST + 1)
    both = (services, second)
    made = Counter(await asyncio.gather(*(outcome(both[n % 2], caller) for n in range(60))))
    assert made.pop("refused") == 58
    assert await standing(services, caller.key_id) == (0, 2 * COST)
    first, other = made
    await services.cancel_task(caller, first)
    await charge(services, other, 300_000)
    assert await standing(services, caller.key_id) == (300_000, 0), "what is not charged comes back"
    assert await outcome(services, caller) != "refused"


async def test_a_refusal_names_the_cap_what_counts_and_what_to_do(services: Services) -> None:
    caller = await capped(services, 1_000_000)
    await charge(services, (await services.create_task(caller, TEXT)).task.id, COST)
    await services.create_task(caller, TEXT)
    anew = CapStanding(SpendCap(1)).begins_anew_at(datetime.now(UTC))
    with pytest.raises(InsufficientFunds) as refusal:
        await services.create_task(caller, TEXT)
    assert refusal.value.message == (
        "The task needs $0.42, and this key's spend cap of $1.00 a month has $0.16 left: $0.42 is spent and "
        "$0.42 is held for tasks that have not ended. What is held for a task comes back if it fails or is "
        f"cancelled; the cap begins anew on {anew:%Y-%m-%d} (UTC); whoever made the key can raise the cap on "
        'the console\'s page of keys or with "kirin keys cap".'
    )
    quoted = await services.quote(caller, TEXT)
    assert (quoted.cap_left, quoted.notes[-1]) == (160_000, refusal.value.message)
    await set_cap(services, caller.key_id, SpendCap(0, TOTAL))
    with pytest.raises(
        InsufficientFunds, match=r"\$0\.00 in all has \$0\.00 left: .* cancelled; whoever made"
    ):
        await services.create_task(caller, TEXT)
    assert (await services.quote(caller, TEXT)).cap_left == 0


async def test_other_keys_of_the_account_and_repeats_are_not_capped(
    services: Services, caller: Caller
) -> None:
    tight = await capped(services, COST)
    named = {**TEXT, "external_task_id": "ad-1"}
    created = await services.create_task(tight, named)
    results = await asyncio.gather(
        services.create_task(tight, named),
        services.create_task(tight, TEXT),
        services.create_task(caller, TEXT),
        return_exceptions=True,
    )
    again, refused, other = results
    assert not isinstance(again, BaseException)
    assert (again.replayed, again.task.id) == (True, created.task.id)
    assert isinstance(refused, InsufficientFunds)
    assert not isinstance(other, BaseException)


async def test_budget_and_cap_hold_together(services: Services) -> None:
    """What one of them refuses takes nothing from the other."""
    await SetBudget(services.database, BudgetRows(services.database))("default", 3 * COST)
    tight, wide = await capped(services, COST), await capped(services, 9 * COST)
    made = await asyncio.gather(
        *(outcome(services, tight) for _ in range(4)), *(outcome(services, wide) for _ in range(4))
    )
    assert [each == "refused" for each in made] == [False, True, True, True, False, False, True, True]
    assert await standing(services, tight.key_id) == (0, COST)
    assert await standing(services, wide.key_id) == (0, 2 * COST)


async def test_a_month_that_is_over_counts_no_more(services: Services) -> None:
    caller = await capped(services, 2 * COST)
    waits, done = [(await services.create_task(caller, TEXT)).task for _ in range(2)]
    await charge(services, done.id, COST)
    async with services.database.transaction() as connection:  # as if they had been made a month ago
        await connection.execute("UPDATE task SET created_at = created_at - interval '1 month'")
        await connection.execute("UPDATE cap_spend SET since = since - 31 WHERE since > '-infinity'")
        await connection.execute(
            "UPDATE cap_spend SET since = cap_since('month', since) WHERE since > '-infinity'"
        )
    assert await standing(services, caller.key_id) == (0, 0)
    now = (await services.create_task(caller, TEXT)).task
    await services.cancel_task(caller, waits.id)
    assert await standing(services, caller.key_id) == (0, COST), "what comes back is last month's"
    in_all = await set_cap(services, caller.key_id, SpendCap(9 * COST, TOTAL))
    assert in_all.cap == CapStanding(SpendCap(9 * COST, TOTAL), spent=COST, held=COST)
    await services.cancel_task(caller, now.id)
    assert await standing(services, caller.key_id) == (COST, 0)


async def test_a_cap_that_is_set_later_counts_what_was_spent(services: Services, caller: Caller) -> None:
    done, waits, gone = [(await services.create_task(caller, TEXT)).task for _ in range(3)]
    await charge(services, done.id, 300_000)
    await services.cancel_task(caller, gone.id)
    changed = await set_cap(services, caller.key_id, SpendCap(COST))
    assert changed.cap == CapStanding(SpendCap(COST), spent=300_000, held=COST)
    assert changed.cap is not None
    assert changed.cap.left == -300_000
    caller = await services.authenticate((await services.create_key("other")).text)  # looked up before
    with pytest.raises(NotFound, match="no key with the id"):
        await set_cap(services, "nothing", None)
    lifted = await set_cap(services, changed.id, None)
    assert lifted.cap is None
    assert await rows(services, "SELECT * FROM cap_spend") == []
    await charge(services, waits.id, COST)
    again = await set_cap(services, changed.id, SpendCap(COST, TOTAL))
    assert again.cap == CapStanding(SpendCap(COST, TOTAL), spent=300_000 + COST, held=0)


async def test_a_cap_set_within_the_second_is_kept_too(services: Services, caller: Caller) -> None:
    """Who was looked up before it has one is held to it by the database itself."""
    assert not caller.is_capped
    await set_cap(services, caller.key_id, SpendCap(2 * COST))
    made = Counter(await asyncio.gather(*(outcome(services, caller) for _ in range(12))))
    assert made["refused"] == 10
    with pytest.raises(InsufficientFunds, match="spend cap is new"):
        await services.create_task(caller, TEXT)
    assert await standing(services, caller.key_id) == (0, 2 * COST)


async def test_a_rotated_key_shares_its_successors_cap(services: Services) -> None:
    caller = await capped(services, 3 * COST)
    database, keys = services.database, KeyRows(services.database)
    await services.create_task(caller, TEXT)
    rotated = await RotateKey(database, keys, services.create_key)(caller.key_id, timedelta(hours=1))
    assert rotated.facts.cap == CapStanding(SpendCap(3 * COST), held=COST)
    after = await services.authenticate(rotated.text)
    made = await asyncio.gather(*(outcome(services, each) for each in (caller, after) * 4))
    assert Counter(made)["refused"] == 6
    await set_cap(services, after.key_id, SpendCap(4 * COST))
    assert await outcome(services, caller) != "refused", "one cap, raised for both"
    assert await outcome(services, after) == "refused"


async def test_a_cap_that_is_lifted_while_a_task_is_made_fails_nothing(
    services: Services, second: Services, caller: Caller
) -> None:
    """Who was looked up before there was a cap meets it in the database only, and there it may be gone."""
    await set_cap(services, caller.key_id, SpendCap(2 * COST))
    async with asyncio.timeout(10), second.database.transaction() as connection:
        await CapRows(second.database).lift(connection, caller.key_id)
        making = asyncio.create_task(outcome(services, caller))
        while not await rows(services, "SELECT FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert await making != "refused"
    assert await standing(services, caller.key_id) is None


async def test_caps_hold_while_they_are_set_and_lifted_under_load(
    services: Services, second: Services, caller: Caller
) -> None:
    """Whatever happens at the same time, what counts is the sum of the tasks."""
    others = [caller, await capped(services, 5 * COST), await capped(services, 7 * COST, TOTAL)]
    await SetBudget(services.database, BudgetRows(services.database))("default", 40 * COST)

    async def operator() -> None:
        for amount in range(6):
            for each in others:
                period = (MONTH, TOTAL)[amount % 2]
                await set_cap(second, each.key_id, SpendCap((4 + amount) * COST, period))
            await set_cap(second, others[amount % 3].key_id, None)
        for each in others:
            await set_cap(second, each.key_id, SpendCap(9 * COST, TOTAL))

    async def customer(number: int) -> None:
        server, who = (services, second)[number % 2], others[number % 3]
        made = await outcome(server, who)
        if made != "refused" and number % 4 == 0:
            await server.cancel_task(who, made)
        elif made != "refused" and number % 4 == 1:
            await charge(server, made, COST // 2)

    await asyncio.gather(operator(), *(customer(number) for number in range(90)))
    found = await rows(
        services,
        """SELECT k.id, s.held_micro AS held, s.spent_micro AS spent,
                  coalesce(sum(t.cost_micro) FILTER (WHERE t.status = 'queued'), 0)::bigint AS held_now,
                  coalesce(sum(t.cost_micro) FILTER (WHERE t.status = 'completed'), 0)::bigint AS spent_now
             FROM api_key k JOIN cap_spend s ON s.cap_id = k.spend_cap_id LEFT JOIN task t ON t.key_id = k.id
            GROUP BY k.id, s.since, s.held_micro, s.spent_micro""",
    )
    assert len(found) == 6, "in all and this month's, of three keys"
    assert all((row["held"], row["spent"]) == (row["held_now"], row["spent_now"]) for row in found)


async def test_the_database_itself_lets_no_cap_be_exceeded(services: Services) -> None:
    caller = await capped(services, COST)
    with pytest.raises(psycopg.errors.CheckViolation, match="spend cap"):
        await rows(
            services,
            "INSERT INTO task (id, account_id, key_id, fingerprint, request, seed, cost_micro,"
            " discount_micro) VALUES ('t', 'default', %s, 'f', '{}', 1, %s, 0) RETURNING id",
            caller.key_id,
            COST + 1,
        )
