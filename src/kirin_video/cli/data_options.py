"""Options of the commands that work on a server's data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DataDirOption = Annotated[
    Path | None,
    typer.Option(
        help="The server's data folder.",
        metavar="DIR",
        show_default="$KIRIN_DATA_DIR, else the user's own",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
