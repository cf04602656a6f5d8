from __future__ import annotations

import pytest
from starlette.requests import Request

from kirin_video.domain.errors import Unauthenticated
from kirin_video.http.auth import bearer_key


def request(*authorization: bytes) -> Request:
    return Request({"type": "http", "headers": [(b"authorization", value) for value in authorization]})


@pytest.mark.parametrize("header", [b"Bearer kirin_abc", b"bearer kirin_abc", b" BEARER   kirin_abc "])
def test_the_scheme_is_read_as_http_says(header: bytes) -> None:
    assert bearer_key(request(header)) == "kirin_abc"


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ((), "no API key"),
        ((b"Bearer",), "not of the form"),
        ((b"Bearer ",), "not of the form"),
        ((b"kirin_abc",), "not of the form"),
        ((b"Basic a2lyaW4=",), "not of the form"),
        ((b"Bearer a", b"Bearer b"), "more than one"),
    ],
)
def test_anything_else_is_refused_without_repeating_it(headers: tuple[bytes, ...], said: str) -> None:
    with pytest.raises(Unauthenticated) as caught:
        bearer_key(request(*headers))
    assert said in caught.value.message
    assert "kirin keys create" in caught.value.message
    assert "kirin_abc" not in caught.value.message
