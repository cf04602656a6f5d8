from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from kirin_video.domain.errors import BodyTooLarge, MalformedBody, Overloaded
from kirin_video.http.byte_budget import ByteBudget
from kirin_video.http.json_body import BodyReader

LIMIT = 4 << 20


class Sender:
    """Sends a body in pieces, and counts how many were taken."""

    def __init__(self, *pieces: bytes, leaves: bool = False) -> None:
        self.pieces = list(pieces)
        self.leaves = leaves
        self.taken = 0

    async def __call__(self) -> Message:
        if self.taken == len(self.pieces):
            return {"type": "http.disconnect"}
        piece = self.pieces[self.taken]
        self.taken += 1
        more = self.leaves or self.taken < len(self.pieces)
        return {"type": "http.request", "body": piece, "more_body": more}


def read(
    sender: Sender, *, budget: ByteBudget | None = None, spool_dir: Path | None = None, **headers: str
) -> dict[str, object]:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    reader = BodyReader(LIMIT, budget or ByteBudget(LIMIT), spool_dir)

    async def scenario() -> dict[str, object]:
        async with (
            asyncio.timeout(5),
            reader.json_object(Request({"type": "http", "headers": given}, sender)) as got,
        ):
            return got

    return asyncio.run(scenario())


@pytest.mark.parametrize("size", [10, 70_000, 1 << 20, 3_500_000])
def test_a_body_of_any_size_and_in_any_pieces_is_read_whole(size: int) -> None:
    body = json.dumps({"prompt": "x" * size}).encode()
    for step in (len(body), 65_537):
        pieces = [body[at : at + step] for at in range(0, len(body), step)]
        assert read(Sender(*pieces)) == {"prompt": "x" * size}


def test_a_declared_size_over_the_limit_stops_before_the_first_piece() -> None:
    sender = Sender(b"{}")
    with pytest.raises(BodyTooLarge):
        read(sender, content_length=str(LIMIT + 1))
    assert sender.taken == 0


def test_a_body_that_grows_over_the_limit_is_stopped_there() -> None:
    sender = Sender(*[b" " * (1 << 20)] * 50)
    with pytest.raises(BodyTooLarge):
        read(sender)
    assert sender.taken == 5


def test_a_size_that_is_a_lie_is_not_believed() -> None:
    assert read(Sender(b'{"a": 1}'), content_length="0") == {"a": 1}
    assert read(Sender(b'{"a": 1}'), content_length="many") == {"a": 1}


def test_no_room_to_receive_is_a_reason_to_come_back_later() -> None:
    with pytest.raises(Overloaded):
        read(Sender(b" " * (1 << 20), b" " * (1 << 20), b"{}"), spool_dir=Path("/nonexistent"))


def test_one_who_leaves_is_not_waited_for() -> None:
    with pytest.raises(ClientDisconnect):
        read(Sender(b'{"a":', leaves=True))


def test_the_memory_is_given_back_whatever_happens() -> None:
    budget = ByteBudget(LIMIT)
    with pytest.raises(MalformedBody):
        read(Sender(b"[" + b" " * 100_000), budget=budget)
    assert read(Sender(b'{"a": 1' + b" " * (3 << 20) + b"}"), budget=budget) == {"a": 1}


def test_small_bodies_never_wait_for_large_ones() -> None:
    async def scenario() -> dict[str, object]:
        budget = ByteBudget(LIMIT)
        reader = BodyReader(LIMIT, budget)
        async with budget.hold(LIMIT), asyncio.timeout(5):
            request = Request({"type": "http", "headers": []}, Sender(b'{"a": 1}'))
            async with reader.json_object(request) as got:
                return got

    assert asyncio.run(scenario()) == {"a": 1}
