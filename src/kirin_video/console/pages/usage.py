"""Usage: what the account used and was charged, as plots, tables and CSV; and its books."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.responses import Response

from kirin_video.console.formats import money
from kirin_video.console.gate import page
from kirin_video.console.plots import bar_plot
from kirin_video.console.refusals import refusal_words
from kirin_video.domain.errors import InvalidRequest
from kirin_video.http.usage import usage_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.routing import Route

    from kirin_video.console.visit import Visit
    from kirin_video.domain.usage import UsageLine
    from kirin_video.services.read_usage import UsageReport

_DAYS: Final = (7, 30, 90)
_OTHER: Final = "elements"
_MAX_DIGITS: Final = 19


def routes() -> list[Route]:
    """``/usage``, its CSV, and the books."""
    return [page("/usage", _show), page("/usage/table.csv", _table), page("/usage/books", _books)]


async def _show(visit: Visit) -> Response:
    problem: str | None = None
    query = _days_asked(visit)
    try:
        report = await _report(visit, query, "day,mode")
    except InvalidRequest as error:
        problem, query = refusal_words(visit.text, error), dict[str, str]()
        report = await _report(visit, query, "day,mode")
    by_key = await _report(visit, query, "key")
    modes = sorted({line.mode or _OTHER for line in report.lines})
    days = list(_days(report.query.since, report.query.until))
    cost = _sums(((line.day, line.mode or _OTHER, line.cost) for line in report.lines), days)
    plot = bar_plot([(day.isoformat(), cost[day]) for day in days], modes, lambda micro: money(int(micro)))
    window = {"from": report.query.since.isoformat(), "to": report.query.until.isoformat()}
    return visit.page(
        "usage.html",
        problem=problem,
        report=report,
        by_key=sorted(by_key.lines, key=lambda line: -line.cost),
        by_mode=[(mode, _total(report.lines, mode)) for mode in modes],
        plot=plot,
        rows=[(day, [cost[day].get(mode, 0) for mode in modes]) for day in reversed(days) if cost[day]],
        window=window,
        table=urlencode({**window, "group_by": "day,key,model,mode"}),
        spans=[(days, _span(days)) for days in _DAYS],
        budget=await visit.services.console.read_budget(visit.caller.account_id),
    )


async def _table(visit: Visit) -> Response:
    report = await visit.services.read_usage(visit.caller, visit.request.query_params.multi_items())
    name = f"usage-{visit.caller.account_id}-{report.query.since}-{report.query.until}.csv"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(usage_table(report), headers=headers, media_type="text/csv; header=present")


async def _books(visit: Visit) -> Response:
    asked = visit.request.query_params.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < _MAX_DIGITS else None
    found = await visit.services.console.overview.books(visit.caller, before)
    return visit.page(
        "books.html",
        entries=found.entries,
        older=f"?before={found.before}" if found.before else None,
        is_first=before is None,
    )


def _days_asked(visit: Visit) -> Mapping[str, str]:
    """The days that the address names; the service judges them."""
    given = visit.request.query_params
    return {name: given[name] for name in ("from", "to") if given.get(name)}


async def _report(visit: Visit, days: Mapping[str, str], group_by: str) -> UsageReport:
    return await visit.services.read_usage(visit.caller, [*days.items(), ("group_by", group_by)])


def _days(since: date, until: date) -> Iterable[date]:
    return (since + timedelta(days=count) for count in range((until - since).days + 1))


def _span(days: int) -> str:
    today = datetime.now(UTC).date()
    return urlencode({"from": (today - timedelta(days=days - 1)).isoformat(), "to": today.isoformat()})


def _sums(
    amounts: Iterable[tuple[date | None, str, int]], days: Iterable[date]
) -> dict[date, dict[str, float]]:
    """What was charged on each day, by mode."""
    sums: dict[date, dict[str, float]] = {day: {} for day in days}
    for day, mode, cost in amounts:
        if day is not None and day in sums:
            sums[day][mode] = sums[day].get(mode, 0) + cost
    return sums


def _total(lines: Iterable[UsageLine], mode: str) -> tuple[int, float, int]:
    """Clips, seconds and micro-dollars of a mode's lines."""
    found = [line for line in lines if (line.mode or _OTHER) == mode]
    return (
        sum(line.completed for line in found),
        sum(line.seconds for line in found),
        sum(line.cost for line in found),
    )
