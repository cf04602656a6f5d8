"""What the calls about callbacks take: the URL of a test, how long two secrets are used side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final, cast

from kirin_video.domain.errors import Fault
from kirin_video.domain.parameters import Kind, Parameter
from kirin_video.domain.query import query_fields
from kirin_video.domain.quoting import quoted
from kirin_video.domain.reading import Fields, Report
from kirin_video.domain.sources import MAX_URL_LENGTH, url_problem

DEFAULT_OVERLAP_S: Final = 24 * 60 * 60
MAX_OVERLAP_S: Final = 30 * 24 * 60 * 60

TEST_URL: Final = Parameter(
    name="url",
    kind=Kind.URL,
    help="Where to send the test.",
    example="https://example.com/hooks/kirin",
    required=True,
    max_length=MAX_URL_LENGTH,
)
OVERLAP: Final = Parameter(
    name="overlap_s",
    kind=Kind.WHOLE_NUMBER,
    help="Seconds for which the old secret signs beside the new one; 0 to stop using it at once.",
    example=3600,
    default=DEFAULT_OVERLAP_S,
    minimum=0,
    maximum=MAX_OVERLAP_S,
    digits_too=True,
)

TEST_PARAMETERS: Final = (TEST_URL,)
"""The parameters of a test."""

ROTATE_PARAMETERS: Final = (OVERLAP,)
"""The query parameters of replacing a secret."""


def read_test_url(raw: object) -> str:
    """Read the body of a call for a test.

    Raises:
        InvalidRequest: with every violation.
    """
    report = Report()
    if not isinstance(raw, Mapping):
        report.add("body", f"The body must be a JSON object with url; found {quoted(raw)}.")
        report.raise_if_any()
    fields = Fields(cast("Mapping[str, object]", raw), TEST_PARAMETERS, report)
    fields.require(TEST_URL)
    url = fields.text(TEST_URL)
    if url is not None and (problem := url_problem(url)):
        fields.refuse(TEST_URL, problem, Fault.CALLBACK_REFUSED)
    report.raise_if_any()
    assert url is not None, "it was required"
    return url


def read_overlap(query: Sequence[tuple[str, str]]) -> timedelta:
    """Read the query of a call that replaces a secret.

    Args:
        query: names and values as they came, in order.

    Raises:
        InvalidRequest: with every violation.
    """
    report = Report()
    overlap_s = query_fields(query, ROTATE_PARAMETERS, report).bounded(OVERLAP)
    report.raise_if_any()
    return timedelta(seconds=DEFAULT_OVERLAP_S if overlap_s is None else overlap_s)
