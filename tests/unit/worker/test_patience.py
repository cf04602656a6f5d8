import asyncio

import pytest

from kirin_video.domain.errors import Overloaded
from kirin_video.worker.patience import repeat, until_reached


async def test_it_is_tried_until_the_database_is_back() -> None:
    tries = 0

    async def action() -> int:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise Overloaded("away")
        return tries

    assert await until_reached(action) == 3


async def test_other_errors_are_not_for_patience() -> None:
    async def action() -> None:
        raise ValueError("not away")

    with pytest.raises(ValueError, match="not away"):
        await until_reached(action)


async def test_what_repeats_goes_on_through_errors() -> None:
    errors = iter([Overloaded("away"), RuntimeError("bad turn")])
    enough = asyncio.Event()

    async def action() -> None:
        error = next(errors, None)
        if error is not None:
            raise error
        enough.set()

    repeating = asyncio.create_task(repeat(action, 0.001))
    await asyncio.wait_for(enough.wait(), 5)
    repeating.cancel()
    with pytest.raises(asyncio.CancelledError):
        await repeating
