"""Keys and limits in a real database, with two processes' worth of services on it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kirin_video.domain.access import LimitOverrides, Scope
from kirin_video.domain.errors import Conflict, Forbidden, NotFound, TooManyRequests, Unauthenticated
from kirin_video.services.accounts import CreateAccount, LimitAccount, ListAccounts
from kirin_video.services.create_key import IssuedKey
from kirin_video.services.keys import ListKeys, RevokeKey, RotateKey
from kirin_video.settings import Settings
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.key_rows import KeyRows
from kirin_video.wiring import Services, build

TEXT = {"model": "kirin_video_o1", "prompt": "ramp", "aspect_ratio": "16:9", "mode": "std"}


@pytest.fixture
async def second(settings: Settings) -> AsyncIterator[Services]:
    """What another process on the same database has."""
    async with build(settings) as built:
        yield built


async def rows(services: Services, query: str, *parameters: object) -> list[dict[str, Any]]:
    async with services.database.connection() as connection:
        cursor = await connection.execute(query.encode(), parameters)
        return list(await cursor.fetchall()) if cursor.description else []


async def account(services: Services, name: str, **limits: int) -> str:
    """Make an account; gives a key of it."""
    database = services.database
    await CreateAccount(database, AccountRows(database))(name, LimitOverrides(**limits))
    return (await services.create_key("tests", name)).text


async def rotate(services: Services, key: IssuedKey, overlap: timedelta) -> IssuedKey:
    database = services.database
    return await RotateKey(database, KeyRows(database), services.create_key)(key.facts.id, overlap)


async def refused_within(services: Services, key: str, limit_s: float) -> float:
    """Seconds until a key is refused."""
    began = time.monotonic()
    while time.monotonic() - began < limit_s:
        try:
            await services.authenticate(key)
        except Unauthenticated:
            return time.monotonic() - began
        await asyncio.sleep(0.01)
    raise AssertionError(f"the key is still good after {limit_s} s")


async def test_a_revoked_key_is_refused_by_every_process_within_a_second(
    services: Services, second: Services
) -> None:
    key = await services.create_key("laptop")
    revoke = RevokeKey(services.database, KeyRows(services.database))
    await asyncio.gather(services.authenticate(key.text), second.authenticate(key.text))
    facts = await revoke(key.facts.id)
    took = await asyncio.gather(*(refused_within(each, key.text, 1.0) for each in (services, second)))
    assert max(took) < 1
    assert facts.state(datetime.now(UTC)) == "revoked"
    assert await revoke(key.facts.id) == facts, "once is enough"


async def test_a_key_expires_by_itself_within_a_second(services: Services, second: Services) -> None:
    key = await services.create_key("short", lifetime=timedelta(seconds=1))
    assert key.facts.expires_at is not None
    assert key.facts.expires_at - key.facts.created_at == timedelta(seconds=1)
    await asyncio.gather(services.authenticate(key.text), second.authenticate(key.text))
    await asyncio.sleep(1)
    await asyncio.gather(*(refused_within(each, key.text, 1.0) for each in (services, second)))


async def test_rotation_overlaps_and_never_prolongs(services: Services) -> None:
    scopes = frozenset({Scope.READ})
    old = await services.create_key("bot", scopes=scopes, lifetime=timedelta(days=30))
    new = await rotate(services, old, timedelta(hours=24))
    assert (new.facts.name, new.facts.scopes, new.facts.account_id) == ("bot", scopes, "default")
    assert new.facts.expires_at is not None
    assert new.facts.expires_at - new.facts.created_at == timedelta(days=30), "a new term of the same length"
    assert {(await services.authenticate(each.text)).key_id for each in (old, new)} == {
        old.facts.id,
        new.facts.id,
    }
    [kept, _] = await ListKeys(services.database, KeyRows(services.database))("default")
    assert kept.expires_at == new.facts.created_at + timedelta(hours=24)
    await rotate(services, old, timedelta(days=400))
    [still, *_] = await ListKeys(services.database, KeyRows(services.database))()
    assert still.expires_at == kept.expires_at


async def test_rotation_without_overlap_ends_the_old_key_at_once(services: Services) -> None:
    old = await services.create_key("bot")
    await services.authenticate(old.text)
    new = await rotate(services, old, timedelta(0))
    await refused_within(services, old.text, 1.0)
    assert new.facts.expires_at is None
    assert (await services.authenticate(new.text)).account_id == "default"
    with pytest.raises(Conflict, match="is expired"):
        await rotate(services, old, timedelta(0))
    await RevokeKey(services.database, KeyRows(services.database))(new.facts.id)
    with pytest.raises(Conflict, match="is revoked"):
        await rotate(services, new, timedelta(0))


async def test_what_is_not_there_is_said_so_and_no_key_is_repeated(services: Services) -> None:
    revoke = RevokeKey(services.database, KeyRows(services.database))
    with pytest.raises(NotFound, match="no key with the id"):
        await revoke("0" * 16)
    key = (await services.create_key("a")).text
    with pytest.raises(NotFound) as caught:
        await revoke(key)
    assert key not in str(caught.value)
    with pytest.raises(NotFound, match='no account "nobody"'):
        await services.create_key("a", "nobody")
    with pytest.raises(Conflict):
        await account(services, "default")


async def test_the_last_use_is_written_once_a_minute_by_all_together(
    services: Services, second: Services
) -> None:
    key = await services.create_key("laptop")
    both = (services, second)
    assert key.facts.last_used_at is None
    noted: list[dict[str, Any]] = []
    for _ in range(3):
        for each in both:
            each.authenticate._seen.clear()
        await asyncio.gather(*(each.authenticate(key.text) for each in both for _ in range(10)))
        noted += await rows(services, "SELECT last_used_at, xmin::text FROM api_key")
    first = noted[0]
    assert noted == [first] * 3, "written once"
    await rows(services, "UPDATE api_key SET last_used_at = now() - interval '61 s'")
    services.authenticate._seen.clear()
    await services.authenticate(key.text)
    [later] = await rows(services, "SELECT last_used_at FROM api_key")
    assert later["last_used_at"] > first["last_used_at"]


async def test_a_key_does_what_its_scopes_say(services: Services) -> None:
    for given in ({Scope.READ}, {Scope.GENERATE}, {Scope.ADMIN}, {Scope.READ, Scope.ADMIN}):
        key = (await services.create_key("k", scopes=frozenset(given))).text
        for asked in Scope:
            if asked in given:
                await services.admit(key, asked, creates=False)
            else:
                with pytest.raises(Forbidden, match=f'scope "{asked}"'):
                    await services.admit(key, asked, creates=False)


async def test_unfinished_tasks_are_limited_exactly_under_races(services: Services, second: Services) -> None:
    key = await account(services, "small", unfinished_tasks=7)
    free = await services.authenticate((await services.create_key("free")).text)
    callers = [(each, await each.authenticate(key)) for each in (services, second)]
    for round_ in range(2):
        work = [callers[n % 2][0].create_task(callers[n % 2][1], TEXT) for n in range(60)]
        others = [services.create_task(free, TEXT) for _ in range(20)]
        results = await asyncio.gather(*work, *others, return_exceptions=True)
        refused = [each for each in results if isinstance(each, TooManyRequests)]
        assert len(refused) == (53 if round_ == 0 else 58)
        assert all("may have 7 unfinished tasks" in each.message for each in refused)
        assert {each.retry_after_s for each in refused} == {5.0}
        [count] = await rows(
            services,
            "SELECT count(*) FROM task WHERE account_id = 'small' AND status IN ('queued', 'in_progress')",
        )
        assert count["count"] == 7
        ended = "SELECT id FROM task WHERE account_id = 'small' AND status = 'queued' LIMIT 2"
        await rows(
            services,
            "UPDATE task SET status = 'failed', fault = 'cancelled', message = 'x', finished_at = now()"
            f" WHERE id IN ({ended})",
        )
    [held] = await rows(
        services, "SELECT count(*) FROM ledger_entry WHERE account_id = 'small' AND kind = 'hold'"
    )
    assert held["count"] == 9, "no hold for a refused task"


async def test_a_repeated_request_needs_no_room(services: Services, second: Services) -> None:
    key = await account(services, "small", unfinished_tasks=2)
    callers = [(each, await each.authenticate(key)) for each in (services, second)]
    requests = [{**TEXT, "external_task_id": f"ad-{n}"} for n in range(4)]
    results = await asyncio.gather(
        *(callers[n % 2][0].create_task(callers[n % 2][1], requests[n * 3 % 4]) for n in range(40)),
        return_exceptions=True,
    )
    made = Counter(each.task.id for each in results if not isinstance(each, BaseException))
    assert len(made) == 2, "two tasks, however often they are asked for"
    assert all(count == 10 for count in made.values())
    assert sum(isinstance(each, TooManyRequests) for each in results) == 20


async def test_creates_are_counted_exactly_by_all_processes_together(
    services: Services, second: Services
) -> None:
    key = await account(services, "slow", creates_per_minute=25)
    both = (services, second)
    results = await asyncio.gather(
        *(both[n % 2].admit(key, Scope.GENERATE, creates=True) for n in range(100)), return_exceptions=True
    )
    let_in = [each for each in results if not isinstance(each, BaseException)]
    refused = [each for each in results if isinstance(each, TooManyRequests)]
    assert (len(let_in), len(refused)) == (25, 75)
    assert sorted(each.standing.remaining for each in let_in if each.standing) == list(range(25))
    for each in refused:
        assert each.retry_after_s is not None
        assert 50 < each.retry_after_s <= 60
    await rows(services, "UPDATE create_window SET started_at = started_at - interval '61 s'")
    assert (await services.admit(key, Scope.GENERATE, creates=True)).standing is not None
    await rows(services, "UPDATE create_window SET used = 1000, started_at = now() + interval '1 hour'")
    again = await services.admit(key, Scope.GENERATE, creates=True)
    assert again.standing is not None
    assert again.standing.used == 1, "a clock that was set back does not lock anybody out"


async def test_limits_of_an_accounts_own_replace_the_servers(settings: Settings) -> None:
    limited = settings.model_copy(update={"reads_per_minute": 3, "unfinished_tasks": 1})
    async with build(limited) as services:
        database = services.database
        default = (await services.create_key("a")).text
        key = await account(services, "own", reads_per_minute=0, creates_per_minute=9)
        limits = (await services.authenticate(key)).limits
        assert (limits.creates_per_minute, limits.reads_per_minute, limits.unfinished_tasks) == (9, 0, 1)
        assert (await services.admit(key, Scope.READ, creates=False)).standing is None
        for _ in range(3):
            await services.admit(default, Scope.READ, creates=False)
        with pytest.raises(TooManyRequests, match='3 requests a minute of the kind "reads"'):
            await services.admit(default, Scope.READ, creates=False)
        change = LimitAccount(database, AccountRows(database))
        await change("own", LimitOverrides(reads_per_minute=5), ["reads_per_minute"])
        listed = {each.id: each for each in await ListAccounts(database, AccountRows(database))()}
        assert listed["own"].limits == LimitOverrides(creates_per_minute=9, reads_per_minute=5, priority=0)
        assert (listed["own"].keys, listed["default"].unfinished_tasks) == (1, 0)
        with pytest.raises(NotFound):
            await change("nobody", LimitOverrides(), ["reads_per_minute"])
