"""``kirin backup`` and ``kirin restore``: an installation as one file, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.data_options import DataDirOption
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.progress_line import ProgressLine, shown_size
from kirin_video.cli.server_extra import require_server_extra

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN_LOST = 10

BACKUP_EPILOG = """[bold]Examples[/bold]

kirin backup /backups/kirin-2026-03-01.tar

kirin backup nightly.tar --data-dir /srv/kirin
"""

RESTORE_EPILOG = """[bold]Examples[/bold]

kirin restore /backups/kirin-2026-03-01.tar --data-dir /srv/kirin-restored

ssh vault cat kirin.tar | kirin restore - --data-dir /srv/kirin
"""


def backup(
    out: Annotated[Path, typer.Argument(help="The archive to write; it must not exist yet.", metavar="OUT")],
    data_dir: DataDirOption = None,
) -> None:
    """Write everything that a server keeps to one file: database, stored files and secret key.

    The server may run and work on meanwhile; the archive is of one moment. It is a tar file, and kirin
    restore reads it. It holds the secret key and everybody's pictures and clips: keep it as safe as the
    server itself. Only for servers with the embedded PostgreSQL; docs/operations.md has the way for others.
    """
    require_server_extra()
    from kirin_video.supervisor.backup import take_backup  # noqa: PLC0415  # needs the [server] extra
    from kirin_video.supervisor.data_dir import default_data_dir  # noqa: PLC0415

    with ProgressLine() as progress:
        taken = take_backup(out, data_dir or default_data_dir(), progress)
    size = shown_size(taken.size_bytes)
    typer.echo(f"{out}: {size}, {taken.files:,} files. It holds the secret key: keep it safe.")
    _tell_lost("The backup is written, but it cannot hold what the server has lost", taken.lost)


def restore(
    archive: Annotated[
        str, typer.Argument(help="What kirin backup wrote; - reads it from stdin.", metavar="ARCHIVE")
    ],
    data_dir: DataDirOption = None,
) -> None:
    """Make an installation from what kirin backup wrote, in a data folder that is new or empty.

    Everything is read and compared before the folder gets its name: it is there whole, or not at all. Start
    it with kirin serve. Keys and links that were good still are, and tasks that were running run again.
    """
    require_server_extra()
    from kirin_video.supervisor.data_dir import default_data_dir  # noqa: PLC0415  # needs the [server] extra
    from kirin_video.supervisor.restore import restore_backup  # noqa: PLC0415

    folder = data_dir or default_data_dir()
    # A file is opened here, so that one that is not there is told by its name.
    with (
        sys.stdin.buffer if archive == "-" else Path(archive).open("rb") as source,
        ProgressLine() as progress,
    ):
        restored = restore_backup(source, folder, _notice, progress)
    typer.echo(
        f"{folder} holds the server of {restored.header.made_at}: {restored.files:,} files. "
        f"Start it: kirin serve --data-dir {folder}"
    )
    _tell_lost("Restored, but files were lost already when the backup was taken", restored.lost)


def _tell_lost(what: str, lost: Sequence[str]) -> None:
    """End with an error if files were lost."""
    if lost:
        more = [f"  and {len(lost) - _SHOWN_LOST:,} more"] if len(lost) > _SHOWN_LOST else []
        lines = "\n".join([*(f"  {line}" for line in lost[:_SHOWN_LOST]), *more])
        raise CommandFailed(f"{what}:\n{lines}", ExitCode.TASK_FAILED)


def _notice(message: str) -> None:
    typer.echo(f"kirin: {message}", err=True)
