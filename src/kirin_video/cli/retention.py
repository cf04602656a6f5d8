"""``kirin accounts retention``: how long an account's files are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.data_options import DataDirOption
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.on_database import on_database

if TYPE_CHECKING:
    from kirin_video.store.database import Database

_DEFAULT = "default"
_LONGEST_DAYS = 36_500

EPILOG = """[bold]Examples[/bold]

kirin accounts retention guests --days 7

kirin accounts retention guests
"""


def retention(
    name: Annotated[str, typer.Argument(help="The account.", metavar="ACCOUNT")],
    days: Annotated[
        str | None,
        typer.Option(
            "--days",
            help="Days that a task's files are kept after it has ended; 0 for as long as the task, "
            f'"{_DEFAULT}" for the server\'s setting.',
            metavar="N",
            show_default=False,
        ),
    ] = None,
    data_dir: DataDirOption = None,
) -> None:
    """Say how long the inputs and results of an account's tasks are kept, or show it if --days is left out.

    Tasks stay, and say that their files were deleted; so do the books. The workers delete what is due within
    minutes, also of tasks that ended before. KIRIN_RETENTION_DAYS is the setting for all accounts.
    """
    wanted = None if days is None or days == _DEFAULT else _number(days)

    async def work(database: Database, _: bytes) -> int | None:
        from kirin_video.services.retention import RetainFiles  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.blob_rows import BlobRows  # noqa: PLC0415

        retain = RetainFiles(database, BlobRows(database))
        if days is not None:
            await retain.write(name, wanted)
        return await retain.read(name)

    kept = on_database(data_dir, work)
    rule = {None: "for as long as the server's setting says", 0: "as long as their tasks"}
    typer.echo(f"Files of account {name} are kept {rule.get(kept, f'{kept} days')}.")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > _LONGEST_DAYS:
        raise CommandFailed(
            f'--days is "{text}"; give a whole number up to {_LONGEST_DAYS:,}, 0 for as long as the task, or '
            f'"{_DEFAULT}".',
            ExitCode.USAGE,
        )
    return int(text)
