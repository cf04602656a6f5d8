from datetime import UTC, datetime

import pytest

from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.gallery import MAX_SEARCH, GalleryQuery, Material, read_gallery
from kirin_video.domain.shot import Quality
from kirin_video.domain.task import TaskStatus


def test_fields_that_are_left_empty_say_nothing() -> None:
    assert read_gallery([("q", ""), ("status", " "), ("from", "")]) == GalleryQuery()


def test_every_filter_is_read() -> None:
    query = read_gallery(
        [
            ("q", "  red  fox "),
            ("status", "completed"),
            ("mode", "pro"),
            ("kind", "edit"),
            ("key", "k1"),
            ("from", "2026-02-27"),
            ("to", "2026-02-28"),
        ]
    )
    assert query == GalleryQuery(
        words=("red", "fox"),
        status=TaskStatus.COMPLETED,
        mode=Quality.PRO,
        material=Material.EDIT,
        key_id="k1",
        since=datetime(2026, 2, 27, tzinfo=UTC),
        until=datetime(2026, 3, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "done"),
        ("mode", "max"),
        ("kind", "magic"),
        ("from", "yesterday"),
        ("to", "9999-12-31"),
        ("q", "x" * (MAX_SEARCH + 1)),
        ("after", "guessed"),
        ("sort", "name"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_gallery([(name, value)])
    assert [violation.field for violation in refused.value.violations] == [name]
