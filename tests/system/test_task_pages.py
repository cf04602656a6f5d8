"""Pages of tasks while tasks come, change and go: Hypothesis against a real database."""

import asyncio
from dataclasses import dataclass

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kirin_video.domain.pricing import Price
from kirin_video.domain.request import parse_request
from kirin_video.domain.task import new_task_id
from kirin_video.domain.task_names import TaskNames
from kirin_video.services.authenticate import Caller
from kirin_video.settings import Settings
from kirin_video.store.task_rows import NewTask
from kirin_video.wiring import Services, build

REQUEST = parse_request({"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"})


@dataclass(frozen=True)
class Meanwhile:
    """What happens between two pages."""

    created: int
    cancelled: tuple[int, ...]
    deleted: tuple[int, ...]


meanwhile = st.builds(
    Meanwhile,
    st.integers(0, 3),
    st.lists(st.integers(0, 20), max_size=3).map(tuple),
    st.lists(st.integers(0, 20), max_size=2).map(tuple),
)


async def add(services: Services, account: str, count: int) -> list[str]:
    """Create tasks in one commit, all of the same moment."""
    names, price = TaskNames(account), Price(560_000, 0)
    drafts = [NewTask(new_task_id(), names, "f", REQUEST, 7, price) for _ in range(count)]
    async with services.database.transaction() as connection:
        await services.list_tasks.tasks.insert(connection, drafts)
    return [draft.id for draft in drafts]


@dataclass(frozen=True)
class Walk:
    """Reading a list from end to end."""

    order: str
    limit: int
    first: int
    steps: list[Meanwhile]


async def walk(services: Services, account: str, plan: Walk) -> None:
    caller, limit, first, steps = Caller(account, "key"), plan.limit, plan.first, [*plan.steps]
    async with services.database.connection() as connection:
        await connection.execute("INSERT INTO account (id) VALUES (%s)", (account,))
    original = [
        task for size in (first // 2, first - first // 2) for task in await add(services, account, size)
    ]
    gone: set[str] = set()
    seen: list[str] = []
    query = [("order", plan.order), ("limit", str(limit))]
    cursor: str | None = None
    while True:
        page = await services.list_tasks(caller, query + ([("after", cursor)] if cursor else []))
        assert len(page.tasks) <= limit
        seen += [task.id for task in page.tasks]
        cursor = page.next_cursor
        if cursor is None:
            break
        if steps:
            step = steps.pop()
            await add(services, account, step.created)
            for index in {*step.cancelled, *step.deleted}:
                if index < len(original) and original[index] not in gone:
                    await services.cancel_task(caller, original[index])
            for index in set(step.deleted):
                if index < len(original) and original[index] not in gone:
                    await services.delete_task(caller, original[index])
                    gone.add(original[index])
    assert len(seen) == len(set(seen)), "no task comes twice"
    assert set(original) - gone <= set(seen), "what stays comes once"
    moments = {
        task.id: task.created_at for task in (await services.list_tasks(caller, [("limit", "500")])).tasks
    }
    kept = [(moments[task_id], task_id) for task_id in seen if task_id in moments]
    assert kept == sorted(kept, reverse=plan.order == "desc")


async def test_pages_neither_repeat_nor_lose_a_task(settings: Settings) -> None:
    async with build(settings) as services:
        numbers = iter(range(10_000))
        loop = asyncio.get_running_loop()

        @hypothesis_settings(max_examples=40, deadline=None)
        @given(
            st.builds(
                Walk,
                st.sampled_from(["asc", "desc"]),
                st.integers(1, 4),
                st.integers(0, 14),
                st.lists(meanwhile, max_size=6),
            )
        )
        def pages(plan: Walk) -> None:
            walking = walk(services, f"account-{next(numbers)}", plan)
            asyncio.run_coroutine_threadsafe(walking, loop).result(60)

        await asyncio.to_thread(pages)
