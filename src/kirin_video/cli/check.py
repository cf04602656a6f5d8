"""``kirin check``: whether all stored files are there and whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.data_options import DataDirOption, JsonOption
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.on_database import on_database
from kirin_video.cli.output import print_json
from kirin_video.cli.progress_line import ProgressLine, shown_size

if TYPE_CHECKING:
    from kirin_video.services.check_files import FilesReport
    from kirin_video.store.blob_rows import NamedFile
    from kirin_video.store.database import Database

_ORPHAN_AFTER_S = 3600.0

EPILOG = """[bold]Examples[/bold]

kirin check

kirin check --quick --json --data-dir /srv/kirin
"""


def check(
    quick: Annotated[
        bool, typer.Option("--quick", help="Only see that each file is there with its size; read none.")
    ] = False,
    orphan_after: Annotated[
        float,
        typer.Option(
            "--orphan-after",
            help="Seconds for which a file may be without a name before it counts as an orphan.",
            min=0,
            metavar="S",
        ),
    ] = _ORPHAN_AFTER_S,
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
) -> None:
    """Compare all stored files with what the database says of them, whether or not the server runs.

    Lists files that are missing, that are not what was stored, and orphans, which nothing names and the
    workers remove. Ends with code 1 if a file is missing or damaged; orphans alone are no error.
    """

    async def work(database: Database, _: bytes) -> FilesReport:
        from kirin_video.presets.catalogue import is_preset_key  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.services.check_files import CheckFiles  # noqa: PLC0415
        from kirin_video.store.blob_rows import BlobRows  # noqa: PLC0415
        from kirin_video.store.blobs import LocalBlobs  # noqa: PLC0415
        from kirin_video.supervisor.data_dir import default_data_dir  # noqa: PLC0415

        folder = Path(data_dir or default_data_dir()).expanduser()
        rows, blobs = BlobRows(database), LocalBlobs(folder / "blobs")
        check_files = CheckFiles(database, rows, blobs, is_preset_key, orphan_after)
        with ProgressLine() as progress:
            return await check_files(read=not quick, on_progress=progress)

    report = on_database(data_dir, work)
    if as_json:
        print_json(_as_json(report))
    else:
        _print(report)
    if not report.is_sound:
        lost = len(report.missing) + len(report.damaged)
        raise CommandFailed(f"{lost:,} of {report.files:,} files are lost.", ExitCode.TASK_FAILED)


def _print(report: FilesReport) -> None:
    lines = [f"{file.key}  missing  {file.owner}" for file in report.missing]
    lines += [f"{file.key}  damaged  {file.owner}" for file in report.damaged]
    lines += [f"{key}  orphan" for key in report.orphans]
    lines.append(
        f"{report.files:,} files, {shown_size(report.size_bytes)}: {len(report.missing):,} missing, "
        f"{len(report.damaged):,} damaged; {len(report.orphans):,} orphans."
    )
    sys.stdout.write("\n".join([*lines, ""]))


def _as_json(report: FilesReport) -> dict[str, object]:
    def shown(file: NamedFile) -> dict[str, object]:
        return {"key": file.key, "owner": file.owner}

    return {
        "files": report.files,
        "size_bytes": report.size_bytes,
        "missing": [shown(file) for file in report.missing],
        "damaged": [shown(file) for file in report.damaged],
        "orphans": list(report.orphans),
    }
