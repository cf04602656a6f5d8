"""Calls that come again under a key or an external id: alone, in crowds, through two processes at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from kirin_video.domain.access import Limits
from kirin_video.domain.errors import Conflict, InvalidRequest, NotFound, TooManyRequests
from kirin_video.services.authenticate import Caller
from kirin_video.services.repeats import Created
from kirin_video.settings import Settings
from kirin_video.wiring import Services, build

TEXT: dict[str, object] = {
    "model": "kirin_video_o1",
    "prompt": "ramp",
    "aspect_ratio": "16:9",
    "mode": "std",
}
FOX = {
    "element_name": "Fox",
    "element_frontal_image": "https://example.com/a.jpg",
    "element_refer_list": [{"image_url": "https://example.com/b.jpg"}],
}


async def rows(services: Services, query: str) -> list[dict[str, Any]]:
    async with services.database.connection() as connection:
        return list(await (await connection.execute(query.encode())).fetchall())


async def counts(services: Services) -> tuple[int, int, int]:
    """Tasks, ledger entries, and how many wait for a worker."""
    tables = ("task", "ledger_entry", "waiting")
    tasks, entries, waiting = [len(await rows(services, f"SELECT 1 FROM {table}")) for table in tables]
    return tasks, entries, waiting


async def test_fifty_at_once_under_one_key_are_one_task_with_one_hold(
    services: Services, settings: Settings, caller: Caller
) -> None:
    async with build(settings) as other:
        results = await asyncio.gather(
            *((services, other)[n % 2].create_task(caller, TEXT, key="k") for n in range(50))
        )
    assert len({created.task.id for created in results}) == 1
    assert sum(not created.replayed for created in results) == 1
    assert await counts(services) == (1, 1, 1)


async def test_fifty_different_requests_under_one_key_are_one_task_and_conflicts(
    services: Services, settings: Settings, caller: Caller
) -> None:
    async with build(settings) as other:
        results = await asyncio.gather(
            *(
                (services, other)[n % 2].create_task(caller, {**TEXT, "prompt": f"ramp {n}"}, key="k")
                for n in range(50)
            ),
            return_exceptions=True,
        )
    conflicts = [result for result in results if isinstance(result, Conflict)]
    assert len(conflicts) == 49
    assert 'Idempotency-Key "k" was used before for another request' in conflicts[0].message
    assert await counts(services) == (1, 1, 1)


async def test_crowds_with_keys_and_ids_in_different_pairs_settle_without_a_deadlock(
    services: Services, settings: Settings, caller: Caller
) -> None:
    async with build(settings) as other:
        requests = [({**TEXT, "external_task_id": f"e{n % 7}"}, f"k{n % 5}") for n in range(210)]
        results = await asyncio.gather(
            *(
                (services, other)[n % 2].create_task(caller, request, key=key)
                for n, (request, key) in enumerate(requests)
            ),
            return_exceptions=True,
        )
    assert all(isinstance(result, (Created, Conflict)) for result in results)
    tasks, entries, waiting = await counts(services)
    assert tasks == entries == waiting <= 5
    held = await rows(services, "SELECT external_id, idempotency_key FROM task")
    assert len({row["external_id"] for row in held}) == len({row["idempotency_key"] for row in held}) == tasks


async def test_key_and_external_id_work_together(services: Services, caller: Caller) -> None:
    request = {**TEXT, "external_task_id": "ad-17"}
    first = await services.create_task(caller, request, key="k1")
    again = [await services.create_task(caller, request, key=key) for key in ("k1", "k2", None)]
    assert [(created.task.id, created.replayed) for created in again] == [(first.task.id, True)] * 3
    with pytest.raises(Conflict, match='Idempotency-Key "k1"'):
        await services.create_task(caller, {**request, "external_task_id": "ad-18"}, key="k1")
    with pytest.raises(Conflict, match='external_task_id "ad-17"'):
        await services.create_task(caller, {**request, "prompt": "another"}, key="k3")
    assert not (await services.create_task(caller, TEXT, key="k3")).replayed, "a refusal leaves the key free"


async def test_a_refused_request_leaves_its_key_free(services: Services, caller: Caller) -> None:
    with pytest.raises(InvalidRequest):
        await services.create_task(caller, {**TEXT, "mode": "best"}, key="k")
    full = replace(caller, limits=Limits(unfinished_tasks=1))
    await services.create_task(full, TEXT, key="other")
    with pytest.raises(TooManyRequests):
        await services.create_task(full, TEXT, key="k")
    assert (await services.create_task(full, TEXT, key="other")).replayed, "a repeat needs no room"
    created = await services.create_task(caller, {**TEXT, "prompt": "another"}, key="k")
    assert not created.replayed


async def test_a_key_is_the_accounts_own(services: Services, caller: Caller) -> None:
    await rows(services, "INSERT INTO account (id) VALUES ('other') RETURNING id")
    mine = await services.create_task(caller, TEXT, key="k")
    theirs = await services.create_task(replace(caller, account_id="other"), {**TEXT, "seed": 1}, key="k")
    assert mine.task.id != theirs.task.id


async def test_a_key_outlives_its_task_and_lasts_a_day(services: Services, caller: Caller) -> None:
    task = (await services.create_task(caller, TEXT, key="k")).task
    await services.cancel_task(caller, task.id)
    assert (await services.create_task(caller, TEXT, key="k")).task.status == "failed"
    await services.delete_task(caller, task.id)
    with pytest.raises(NotFound, match="deleted since"):
        await services.create_task(caller, TEXT, key="k")
    for age, remembered in (("23 hours", 1), ("25 hours", 0)):
        await rows(services, f"UPDATE task SET created_at = now() - interval '{age}' RETURNING id")
        await services.forget_keys()
        kept = await rows(services, "SELECT 1 FROM task WHERE idempotency_key IS NOT NULL")
        assert len(kept) == remembered
    assert not (await services.create_task(caller, TEXT, key="k")).replayed


async def test_an_element_is_made_once_under_a_key_whichever_way_it_is_asked_for(
    services: Services, caller: Caller
) -> None:
    asked = [services.create_element(caller, FOX, key="k", model_needed=False) for _ in range(20)]
    asked += [services.create_element(caller, {"model": "kirin_custom_elements", **FOX}, key="k")]
    results = await asyncio.gather(*asked)
    assert len({created.task.id for created in results}) == 1
    assert sum(not created.replayed for created in results) == 1
    assert len(await rows(services, "SELECT 1 FROM element")) == 1
    with pytest.raises(Conflict, match="Idempotency-Key"):
        await services.create_task(caller, TEXT, key="k")
