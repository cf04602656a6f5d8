from __future__ import annotations

import asyncio

from kirin_video.http.byte_budget import ByteBudget


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class _Holders:
    """Starts holders of a budget and tells which of them have their bytes."""

    def __init__(self, total: int) -> None:
        self.budget = ByteBudget(total)
        self.inside: list[str] = []

    def start(self, name: str, size: int, leave: asyncio.Event) -> asyncio.Task[None]:
        async def hold() -> None:
            async with self.budget.hold(size):
                self.inside.append(name)
                await leave.wait()
                self.inside.remove(name)

        return asyncio.create_task(hold())


def test_what_fits_goes_in_and_the_rest_waits_in_order() -> None:
    async def scenario() -> None:
        holders, leave = _Holders(100), asyncio.Event()
        tasks = [holders.start(name, size, leave) for name, size in (("a", 60), ("b", 60), ("c", 10))]
        await _settle()
        assert holders.inside == ["a"]  # c would fit, but b was first: large bodies must not starve
        leave.set()
        await asyncio.gather(*tasks)
        async with holders.budget.hold(100):
            pass

    asyncio.run(scenario())


def test_more_than_the_budget_counts_as_all_of_it() -> None:
    async def scenario() -> None:
        async with ByteBudget(10).hold(10**9):
            pass

    asyncio.run(scenario())


def test_one_who_gives_up_waiting_lets_the_next_in() -> None:
    async def scenario() -> None:
        holders, leave = _Holders(100), asyncio.Event()
        first = holders.start("a", 60, leave)
        await _settle()
        second, third = holders.start("b", 60, leave), holders.start("c", 30, leave)
        await _settle()
        second.cancel()
        await _settle()
        assert holders.inside == ["a", "c"]
        leave.set()
        await asyncio.gather(first, third, second, return_exceptions=True)
        async with asyncio.timeout(1), holders.budget.hold(100):
            pass

    asyncio.run(scenario())


def test_one_cancelled_just_as_its_turn_comes_gives_the_bytes_back() -> None:
    async def scenario() -> None:
        budget = ByteBudget(100)
        async with budget.hold(100):

            async def wait() -> None:
                async with budget.hold(50):
                    raise AssertionError("cancelled before it ran")

            waiting = asyncio.create_task(wait())
            await _settle()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        async with asyncio.timeout(1), budget.hold(100):
            pass

    asyncio.run(scenario())
