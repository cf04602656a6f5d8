from datetime import UTC, datetime, timedelta

import pytest

from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.listing import LIST_PARAMETERS, Listing, Order, Position, read_listing
from kirin_video.domain.task import TaskStatus, new_task_id

AT = datetime(2026, 1, 30, 7, 22, 24, 21_999, tzinfo=UTC)


def test_nothing_asked_is_the_first_fifty_newest_first() -> None:
    assert read_listing([]) == Listing(limit=50, order=Order.DESC)


def test_everything_asked_is_read() -> None:
    position = Position(AT, new_task_id())
    query = {
        "status": "completed",
        "model": "kirin_video_o1",
        "created_after": "1769757744021",
        "created_before": "1769757744030",
        "after": position.cursor(),
        "limit": "500",
        "order": "asc",
    }
    assert set(query) == {parameter.name for parameter in LIST_PARAMETERS}
    listing = read_listing(list(query.items()))
    assert (listing.status, listing.position, listing.limit) == (TaskStatus.COMPLETED, position, 500)
    # A task is shown with the millisecond that its moment lies in: the next one begins at .022.
    assert listing.since == datetime(2026, 1, 30, 7, 22, 24, 22_000, tzinfo=UTC)
    assert listing.until == datetime(2026, 1, 30, 7, 22, 24, 30_000, tzinfo=UTC)


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "=", "djE", "é", "a" * 300, Position(AT, "x.y").cursor(), Position(AT, "").cursor() + "=="],
)
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_listing([("after", cursor)])
    assert [violation.field for violation in refused.value.violations] == ["after"]


def test_a_cursor_keeps_the_microsecond() -> None:
    for micros in (0, 1, 999_999):
        position = Position(AT.replace(microsecond=micros) + timedelta(days=9999), "d5u5obte8783ap44qtj0")
        assert read_listing([("after", position.cursor())]).position == position
