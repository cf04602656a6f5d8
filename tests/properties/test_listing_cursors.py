"""Cursors survive the way to a caller and back, and whatever a query holds is read or refused."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.errors import InvalidRequest, Violation
from kirin_video.domain.listing import Position, read_listing


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.text("0123456789abcdefghijklmnopqrstuv", min_size=20, max_size=20),
)
def test_a_cursor_comes_back_as_the_place_it_names(moment: datetime, task_id: str) -> None:
    position = Position(moment, task_id)
    assert read_listing([("after", position.cursor())]).position == position


@given(st.text(max_size=80))
def test_no_text_does_harm_as_a_cursor(text: str) -> None:
    try:
        position = read_listing([("after", text)]).position
    except InvalidRequest as refused:
        fields = [violation.field for violation in refused.violations]
    else:
        assert position is not None
        fields = ["after"] if position.cursor() == text else []
    assert fields == ["after"]


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6))
def test_any_query_is_read_or_refused_with_fields(query: list[tuple[str, str]]) -> None:
    violations: tuple[Violation, ...] = ()
    try:
        read_listing(query)
    except InvalidRequest as refused:
        violations = refused.violations
    assert all(violation.field and violation.message for violation in violations)
