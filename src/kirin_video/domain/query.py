"""The query of an address, read by parameters as the body of a request is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kirin_video.domain.parameters import Parameter
from kirin_video.domain.quoting import shown_name
from kirin_video.domain.reading import Fields, Report


def query_fields(query: Sequence[tuple[str, str]], known: Collection[Parameter], report: Report) -> Fields:
    """Open a query.

    Args:
        query: names and values as they came, in order.
        known: the parameters it may have.
        report: where violations go: names that are unknown or come twice.
    """
    given: dict[str, object] = {}
    for name, value in query:
        if name in given:
            report.add(shown_name(name), f"{shown_name(name)} is given more than once; once is allowed.")
        given[name] = value
    return Fields(given, known, report)
