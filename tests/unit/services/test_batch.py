import asyncio
from collections.abc import Sequence

import pytest

from kirin_video.domain.errors import Overloaded
from kirin_video.services.batch import Batch


async def test_items_that_arrive_together_are_written_together() -> None:
    written: list[list[int]] = []

    async def write(items: Sequence[int]) -> list[int]:
        written.append(list(items))
        return [item * 10 for item in items]

    batch = Batch(write)
    assert await asyncio.gather(*(batch(n) for n in range(20))) == [n * 10 for n in range(20)]
    assert written == [list(range(20))]


async def test_items_that_arrive_during_a_write_wait_for_the_next_one() -> None:
    written: list[list[int]] = []
    writing, go_on = asyncio.Event(), asyncio.Event()

    async def write(items: Sequence[int]) -> Sequence[int]:
        written.append(list(items))
        writing.set()
        await go_on.wait()
        return items

    batch = Batch(write)
    first = asyncio.create_task(batch(1))
    await writing.wait()
    later = [asyncio.create_task(batch(n)) for n in (2, 3)]
    await asyncio.sleep(0)
    go_on.set()
    assert await asyncio.gather(first, *later) == [1, 2, 3]
    assert written == [[1], [2, 3]]


async def test_a_batch_is_no_larger_than_allowed() -> None:
    sizes: list[int] = []

    async def write(items: Sequence[int]) -> Sequence[int]:
        sizes.append(len(items))
        return items

    batch = Batch(write, max_items=8)
    await asyncio.gather(*(batch(n) for n in range(20)))
    assert sizes == [8, 8, 4]


async def test_a_bad_item_harms_no_other() -> None:
    async def write(items: Sequence[int]) -> Sequence[int]:
        if 3 in items:
            raise ValueError("three")
        return items

    batch = Batch(write)
    results = await asyncio.gather(*(batch(n) for n in range(6)), return_exceptions=True)
    assert [n for n, result in enumerate(results) if isinstance(result, ValueError)] == [3]
    assert [result for result in results if isinstance(result, int)] == [0, 1, 2, 4, 5]


async def test_an_overload_is_not_tried_again() -> None:
    calls = 0

    async def write(items: Sequence[int]) -> Sequence[int]:
        nonlocal calls
        calls += 1
        raise Overloaded(f"{len(items)} too many")

    batch = Batch(write)
    results = await asyncio.gather(*(batch(n) for n in range(6)), return_exceptions=True)
    assert all(isinstance(result, Overloaded) for result in results)
    assert calls == 1


async def test_an_item_whose_caller_gives_up_is_written_and_blocks_nobody() -> None:
    written: list[int] = []

    async def write(items: Sequence[int]) -> Sequence[int]:
        written.extend(items)
        return items

    batch = Batch(write)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(batch(1), 0)
    assert await batch(2) == 2
    assert written in ([1, 2], [2])
