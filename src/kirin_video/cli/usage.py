"""``kirin usage``: what your account used, of the server that KIRIN_BASE_URL names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.exit_codes import explain
from kirin_video.cli.output import print_json, print_table

if TYPE_CHECKING:
    from kirin_video.domain.wire_usage import UsageList

EPILOG = """[bold]Examples[/bold]

kirin usage --from 2026-11-01 --to 2026-11-30

kirin usage --by key,model --json
"""

_FIGURES = ("completed", "failed", "seconds", "cost", "discount")
_COLUMNS = {"day": ("day",), "key": ("key_id", "key_name"), "model": ("model",), "mode": ("mode",)}


def usage(
    start: Annotated[
        str | None,
        typer.Option(
            "--from", help="The first day, in UTC.", metavar="DAY", show_default="30 days before the last"
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--to", help="The last day, itself included.", metavar="DAY", show_default="today"),
    ] = None,
    by: Annotated[
        str, typer.Option(help="What to tell apart: any of day, key, model and mode.", metavar="NAMES")
    ] = "day",
    as_json: Annotated[bool, typer.Option("--json", help="Print what the server answers as JSON.")] = False,
) -> None:
    """Show what your account used and was charged, by the day on which tasks ended.

    Amounts are US dollars. Failed and cancelled tasks cost nothing.
    """
    from kirin_video.client import Client  # noqa: PLC0415  # `kirin --help` does without
    from kirin_video.client.errors import ClientError  # noqa: PLC0415

    try:
        with Client() as client:
            used = client.usage(start, end, by.split(",") if by else ())
    except ClientError as error:
        raise explain(error) from error
    if as_json:
        print_json(used.model_dump(mode="json", by_alias=True, exclude_unset=True))
    else:
        _print(used)


def _print(used: UsageList) -> None:
    names = [name for each in used.group_by for name in _COLUMNS[each]]
    rows = [[_cell(getattr(entry, name)) for name in (*names, *_FIGURES)] for entry in used.data]
    if names:
        total = [_cell(getattr(used.total, name)) for name in _FIGURES]
        rows.append(["TOTAL", *[""] * (len(names) - 1), *total])
    print_table([name.upper().replace("_", " ") for name in (*names, *_FIGURES)], rows)


def _cell(value: object) -> str:
    return "-" if value is None else str(value)
