from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any, cast

import pytest

from kirin_video.domain.access import LimitOverrides
from kirin_video.domain.api_key import new_key
from kirin_video.domain.errors import Unauthenticated
from kirin_video.services.authenticate import Authenticate, Caller
from kirin_video.store.key_rows import KeyRow


class Untouchable:
    """A database that nobody may ask."""

    def connection(self) -> object:
        raise AssertionError("the database was asked")


def altered(key: str, position: int) -> str:
    other = "a" if key[position] != "a" else "b"
    return key[:position] + other + key[position + 1 :]


async def test_a_key_with_a_wrong_checksum_is_refused_without_a_query() -> None:
    authenticate = Authenticate(cast("Any", Untouchable()), cast("Any", None), (b"secret",))
    key = new_key()
    wrong = [altered(key, position) for position in range(len(key))]
    for text in (*wrong, key[:-1], key + "a", "", "kirin_", key.upper(), "é" * len(key)):
        with pytest.raises(Unauthenticated, match="mistyped or incomplete") as caught:
            await authenticate(text)
        assert not text or text not in caught.value.message
    with pytest.raises(AssertionError, match="was asked"):
        await authenticate(key)


class Keys:
    """Key rows that count how often they are asked, and answer when told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer = asyncio.Event()
        self.answer.set()
        self.answering: Callable[[], object] = lambda: None
        self.row: KeyRow | None = KeyRow(
            "k", "acme", Decimal(0), frozenset(), LimitOverrides(), use_unnoted=False, is_capped=False
        )

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[None]:
        yield

    async def find(self, _connection: object, _hashes: object) -> KeyRow | None:
        self.asked += 1
        row = self.row
        await self.answer.wait()
        self.answering()
        return row


def over(keys: Keys) -> Authenticate:
    return Authenticate(cast("Any", keys), cast("Any", keys), (b"secret",))


async def test_callers_who_come_together_share_one_look() -> None:
    keys, key = Keys(), new_key()
    authenticate = over(keys)
    keys.answer.clear()
    callers = [asyncio.create_task(authenticate(key)) for _ in range(32)]
    await asyncio.sleep(0.01)
    callers[0].cancel()  # the one who asked gives up: the others are answered all the same
    await asyncio.sleep(0)
    keys.answer.set()
    found = await asyncio.gather(*callers, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert [caller.account_id for caller in found[1:] if isinstance(caller, Caller)] == ["acme"] * 31
    assert keys.asked == 1


async def test_a_key_in_use_is_looked_up_again_before_anyone_has_to_wait() -> None:
    keys, key = Keys(), new_key()
    authenticate = over(keys)
    await authenticate(key, max_age_s=0.2)
    await asyncio.sleep(0.11)
    keys.answer.clear()
    async with asyncio.timeout(0.05):
        await authenticate(key, max_age_s=0.2)
    await asyncio.sleep(0)
    assert keys.asked == 2
    keys.row = None
    await asyncio.sleep(0.1)  # the second look, slow, is itself too old by now, and so is what it says
    late = asyncio.create_task(authenticate(key, max_age_s=0.05))
    await asyncio.sleep(0.01)
    keys.answer.set()
    with pytest.raises(Unauthenticated, match="revoked"):
        await late
    assert keys.asked == 3
    assert authenticate.at_once(key) is None


async def test_who_comes_as_an_answer_that_is_too_old_arrives_asks_again() -> None:
    keys, key = Keys(), new_key()
    authenticate = over(keys)
    keys.answer.clear()
    late: list[asyncio.Task[Caller]] = []

    def come() -> None:
        if not late:
            late.append(asyncio.create_task(authenticate(key, max_age_s=0.02)))

    keys.answering = come
    first = asyncio.create_task(authenticate(key))
    await asyncio.sleep(0.05)
    keys.answer.set()
    assert (await first).account_id == "acme"
    assert (await late[0]).account_id == "acme"
    assert keys.asked == 2
