"""Requests for elements, and queries of lists, against a table: what is wrong with each value by itself.

A request takes for every parameter one value of its row, good or bad; the fields that are refused must be
exactly those that got a bad one, whatever the others got.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.element_request import parse_element_request
from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.listing import read_listing

PICTURE = "https://example.com/a.png"
ABSENT = object()
Row = Mapping[str, tuple[Any, bool]]

# parameter -> name of a value -> the value, and whether it is good
ELEMENT: Mapping[str, Row] = {
    "model": {
        "given": ("kirin_custom_elements", True),
        "another": ("kirin_video_o1", False),
        "absent": (ABSENT, False),
    },
    "element_name": {
        "short": ("Mia", True),
        "20 code points": ("\U0001f98a" * 20, True),
        "21 code points": ("\U0001f98a" * 21, False),
        "blank": (" \t", False),
        "a number": (7, False),
        "absent": (ABSENT, False),
    },
    "element_description": {
        "absent": (ABSENT, True),
        "100 code points": ("a" * 100, True),
        "101 code points": ("a" * 101, False),
        "a list": (["a"], False),
    },
    "element_frontal_image": {
        "a URL": (PICTURE, True),
        "absent": (ABSENT, False),
        "a file": ("file:///etc/passwd", False),
    },
    "element_refer_list": {
        "one": ([{"image_url": PICTURE}], True),
        "three": ([{"image_url": PICTURE}] * 3, True),
        "four": ([{"image_url": PICTURE}] * 4, False),
        "none": ([], False),
        "absent": (ABSENT, False),
    },
    "surprise": {"absent": (ABSENT, True), "given": (1, False)},
}


def combinations(table: Mapping[str, Row]) -> st.SearchStrategy[dict[str, str]]:
    """One value's name for each parameter, mostly good ones, so that single faults are common."""
    return st.fixed_dictionaries(
        {
            field: st.one_of(
                st.sampled_from([name for name, (_, good) in row.items() if good] or list(row)),
                st.sampled_from(list(row)),
            )
            for field, row in table.items()
        }
    )


def split(table: Mapping[str, Row], chosen: Mapping[str, str]) -> tuple[dict[str, Any], set[str]]:
    """The parameters to send, and those that must be refused."""
    values = {field: table[field][name] for field, name in chosen.items()}
    sent = {field: value for field, (value, _) in values.items() if value is not ABSENT}
    return sent, {field for field, (_, good) in values.items() if not good}


@given(combinations(ELEMENT))
def test_exactly_the_bad_parameters_of_an_element_are_refused(chosen: Mapping[str, str]) -> None:
    sent, bad = split(ELEMENT, chosen)
    if bad:
        with pytest.raises(InvalidRequest) as refused:
            parse_element_request(sent)
        assert {each.field.split("[")[0] for each in refused.value.violations} == bad
    else:
        made = parse_element_request(sent)
        assert (made.name, len(made.pictures)) == (sent["element_name"], 1 + len(sent["element_refer_list"]))


def moment(ms: int) -> tuple[str, bool]:
    return str(ms), True


LISTING: Mapping[str, Row] = {
    "status": {"absent": (ABSENT, True), "one": ("failed", True), "unknown": ("done", False)},
    "model": {"absent": (ABSENT, True), "elements": ("kirin_custom_elements", True), "unknown": ("x", False)},
    "created_after": {"absent": (ABSENT, True), "a moment": moment(5), "a word": ("now", False)},
    "created_before": {"absent": (ABSENT, True), "a moment": moment(9), "too late": (str(10**18), False)},
    "limit": {
        "absent": (ABSENT, True),
        "1": ("1", True),
        "500": ("500", True),
        "0": ("0", False),
        "501": ("501", False),
        "1.5": ("1.5", False),
    },
    "order": {"absent": (ABSENT, True), "asc": ("asc", True), "both": ("asc,desc", False)},
    "surprise": {"absent": (ABSENT, True), "given": ("1", False)},
}


@given(combinations(LISTING), st.sampled_from([None, *LISTING]))
def test_exactly_the_bad_parameters_of_a_list_are_refused(
    chosen: Mapping[str, str], twice: str | None
) -> None:
    sent, bad = split(LISTING, chosen)
    query = list(sent.items())
    if twice in sent:
        query.append((twice, sent[twice]))
        bad.add(twice)
    if bad:
        with pytest.raises(InvalidRequest) as refused:
            read_listing(query)
        assert {each.field for each in refused.value.violations} == bad
    else:
        listing = read_listing(query)
        assert listing.limit == int(sent.get("limit", 50))
        assert (listing.status, listing.order) == (sent.get("status"), sent.get("order", "desc"))
        assert listing.position is None
