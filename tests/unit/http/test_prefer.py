import pytest
from starlette.requests import Request

from kirin_video.http.prefer import preferred_wait_s


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], None),
        (["wait=5"], 5),
        (["wait=0"], 0),
        (["wait=3600"], 60),
        (['respond-async, WAIT = "7"; x=y'], 7),
        (["return=minimal", "wait=2, wait=9"], 2),
        (["wait"], None),
        (["wait=-1"], None),
        (["wait=1.5"], None),
        (["await=5"], None),
        (["wait=" + "9" * 5000], None),
    ],
)
def test_only_what_is_understood_counts(headers: list[str], expected: int | None) -> None:
    scope = {"type": "http", "headers": [(b"prefer", header.encode()) for header in headers]}
    assert preferred_wait_s(Request(scope)) == expected
