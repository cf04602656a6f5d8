from datetime import UTC, datetime

import pytest

from kirin_video.domain.callback import origin_of, receiver_id
from kirin_video.domain.delivery_listing import (
    delivery_cursor,
    read_delivery_listing,
    read_receiver_listing,
    receiver_cursor,
)
from kirin_video.domain.errors import InvalidRequest

EPOCH_PLUS = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Example.COM/hook?a=b", "https://example.com"),
        ("https://example.com:443/", "https://example.com"),
        ("http://example.com.:80", "http://example.com"),
        ("HTTP://example.com:8080/x", "http://example.com:8080"),
        ("https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443"),
    ],
)
def test_an_origin_has_one_spelling(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_receivers_of_two_accounts_at_one_origin_are_two() -> None:
    ids = {receiver_id(account, origin) for account in ("a", "b") for origin in ("https://x", "https://y")}
    assert len(ids) == 4
    assert receiver_id("a", "https://x") in ids


def test_cursors_lead_back_to_their_places() -> None:
    assert read_delivery_listing([("after", delivery_cursor(4217))]).position == 4217
    position = read_receiver_listing(
        [("after", receiver_cursor(EPOCH_PLUS, "rcv_5f1d0c3a9be84e27a6c1"))]
    ).position
    assert position == (EPOCH_PLUS, "rcv_5f1d0c3a9be84e27a6c1")


@pytest.mark.parametrize("cursor", ["", "x", "é", delivery_cursor(0), delivery_cursor(2**63), "ZDEu" * 60])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        read_delivery_listing([("after", cursor)])


def test_a_cursor_of_the_other_list_is_none_of_this_one() -> None:
    with pytest.raises(InvalidRequest):
        read_delivery_listing([("after", receiver_cursor(EPOCH_PLUS, "rcv_1"))])
    with pytest.raises(InvalidRequest):
        read_receiver_listing([("after", delivery_cursor(1))])
