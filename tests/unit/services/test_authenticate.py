from __future__ import annotations

from typing import Any, cast

import pytest

from kirin_video.domain.api_key import new_key
from kirin_video.domain.errors import Unauthenticated
from kirin_video.services.authenticate import Authenticate


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
