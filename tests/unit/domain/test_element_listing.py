import pytest

from kirin_video.domain.element_listing import ElementListing, read_element_listing
from kirin_video.domain.errors import InvalidRequest


def test_an_empty_query_lists_everything_and_each_parameter_is_read() -> None:
    assert read_element_listing([]) == ElementListing(preset=None, before=2**53, limit=50)
    query = [("preset", "false"), ("after", "3718290113884217"), ("limit", "7")]
    assert read_element_listing(query) == ElementListing(preset=False, before=3718290113884217, limit=7)


@pytest.mark.parametrize(
    "query",
    [
        [("limit", "0")],
        [("limit", "501")],
        [("limit", "x")],
        [("preset", "yes")],
        [("after", "-1")],
        [("after", "01")],
        [("after", "9007199254740992")],
        [("limit", "5"), ("limit", "5")],
        [("page", "2")],
    ],
)
def test_what_is_not_allowed_is_told(query: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_element_listing(query)
    assert {violation.field for violation in refused.value.violations} == {query[0][0]}
