"""What the caller's account used, as JSON and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from kirin_video.domain.money import format_usd
from kirin_video.domain.usage import USAGE_PARAMETERS, Dimension, Form
from kirin_video.domain.wire_usage import UsageFigures, UsageList
from kirin_video.http.context import context
from kirin_video.http.errors import json_response
from kirin_video.http.gate import caller_of
from kirin_video.http.keyed import COMMON_ERRORS, error, keyed_router, query_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import APIRouter

    from kirin_video.domain.usage import UsageLine
    from kirin_video.services.read_usage import UsageReport

_CSV = "text/csv"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_COLUMNS = {
    Dimension.DAY: ("day",),
    Dimension.KEY: ("key_id", "key_name"),
    Dimension.MODEL: ("model",),
    Dimension.MODE: ("mode",),
}
_FIGURES = tuple(UsageFigures.model_fields)
_DESCRIPTION = (
    "What your account used and was charged, by the day on which tasks ended, by key, model or mode. It "
    "never changes, whatever becomes of the tasks. As CSV, a cell that a spreadsheet would take for a "
    "formula begins with an apostrophe."
)


def usage_routes() -> APIRouter:
    """``/model/v1/usage``."""
    router = keyed_router("usage")
    router.add_api_route(
        "/usage",
        _usage,
        methods=["GET"],
        response_model=None,
        operation_id="read_usage",
        summary="Read what was used",
        description=_DESCRIPTION,
        responses={
            200: {
                "model": UsageList,
                "description": "What was used.",
                "content": {_CSV: {"schema": {"type": "string"}}},
            },
            400: error("002015003: a parameter is unknown, given twice or not an allowed value."),
            **COMMON_ERRORS,
        },
        openapi_extra={"parameters": query_parameters(USAGE_PARAMETERS)},
    )
    return router


async def _usage(request: Request) -> Response:
    caller = await caller_of(request)
    report = await context(request).services.read_usage(caller, request.query_params.multi_items())
    form = report.query.form or _asked_form(request)
    headers = {"Vary": "Accept"}
    if form is Form.CSV:
        name = f"usage-{report.query.since}-{report.query.until}.csv"
        headers |= {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(usage_table(report), headers=headers, media_type=f"{_CSV}; header=present")
    listed = UsageList.model_validate(
        {
            "object": "usage",
            "from": report.query.since.isoformat(),
            "to": report.query.until.isoformat(),
            "group_by": report.query.group_by,
            "data": [_row(report, line) for line in report.lines],
            "total": _figures(report.total),
        }
    )
    # What tasks are not grouped by was never set, and is left out; what is not known is null.
    return json_response(listed.model_dump(mode="json", by_alias=True, exclude_unset=True), headers=headers)


def usage_table(report: UsageReport) -> str:
    """A report as CSV by RFC 4180, safe to open in a spreadsheet."""
    text = io.StringIO()
    columns = [name for each in report.query.group_by for name in _COLUMNS[each]]
    writer = csv.writer(text)
    writer.writerow([*columns, *_FIGURES])
    for line in report.lines:
        row = _row(report, line)
        writer.writerow([_cell(row[name]) for name in (*columns, *_FIGURES)])
    return text.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _row(report: UsageReport, line: UsageLine) -> Mapping[str, object]:
    columns = [name for each in report.query.group_by for name in _COLUMNS[each]]
    groups: dict[str, Any] = {name: getattr(line, name) for name in columns}
    if line.day is not None:
        groups["day"] = line.day.isoformat()
    return {**groups, **_figures(line)}


def _figures(line: UsageLine) -> Mapping[str, object]:
    seconds = round(line.seconds, 3)
    return {
        "completed": line.completed,
        "failed": line.failed,
        "seconds": int(seconds) if seconds == int(seconds) else seconds,
        "cost": format_usd(line.cost),
        "discount": format_usd(line.discount),
    }


def _asked_form(request: Request) -> Form:
    """The form that the ``Accept`` header asks for: CSV where it is named and JSON is not."""
    kinds = {part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")}
    return Form.CSV if _CSV in kinds and "application/json" not in kinds else Form.JSON
