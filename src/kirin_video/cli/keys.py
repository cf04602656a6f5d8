"""``kirin keys``: API keys of a server on this machine, or of the one whose database DATABASE_URL names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.help_text import help_text
from kirin_video.cli.server_extra import require_server_extra

if TYPE_CHECKING:
    from kirin_video.supervisor.commands import Access

_MAX_NAME = 100

EPILOG = """[bold]Examples[/bold]

kirin keys create --name laptop

export KIRIN_API_KEY=$(kirin keys create --name ci --data-dir /srv/kirin)
"""


def key_commands() -> typer.Typer:
    """Put the commands below ``kirin keys`` together."""
    app = typer.Typer(help="Make API keys.", no_args_is_help=True, rich_markup_mode="rich")
    app.callback()(_group)
    app.command(help=help_text(create.__doc__), epilog=help_text(EPILOG))(create)
    return app


def _group() -> None:
    """Make API keys."""


def create(
    name: Annotated[
        str,
        typer.Option(help="What the key is for; shown beside it later.", metavar="NAME", show_default=False),
    ],
    data_dir: Annotated[
        Path | None,
        typer.Option(
            help="The server's data folder.",
            metavar="DIR",
            show_default="$KIRIN_DATA_DIR, else the user's own",
        ),
    ] = None,
) -> None:
    """Make an API key and print it, alone, on stdout.

    Keep it: only a keyed hash of it is stored, and it cannot be shown again. It works at once, whether or
    not a server is running. With DATABASE_URL set, the key is made in that database; KIRIN_SECRET_KEY must
    then be the server's.
    """
    name = name.strip()
    if not name or len(name) > _MAX_NAME or not name.isprintable():
        raise CommandFailed(
            f"--name must have 1 to {_MAX_NAME} printable characters, such as laptop.", ExitCode.USAGE
        )
    require_server_extra()
    from kirin_video.supervisor.database import with_database  # noqa: PLC0415  # needs the [server] extra

    with with_database(data_dir) as access:
        key = _create_key(access, name)
    sys.stdout.write(key + "\n")
    sys.stdout.flush()
    if sys.stderr.isatty():
        sys.stderr.write("Keep this key; it cannot be shown again.\n")


def _create_key(access: Access, name: str) -> str:
    """Make the key with no more of the server than it takes: the first start of a server waits for it."""
    import asyncio  # noqa: PLC0415  # `kirin --help` does without all of these

    from kirin_video.queue.schema import migrate_queue  # noqa: PLC0415
    from kirin_video.services.create_key import CreateKey  # noqa: PLC0415
    from kirin_video.store.database import Database  # noqa: PLC0415
    from kirin_video.store.key_rows import KeyRows  # noqa: PLC0415

    async def make() -> str:
        async with Database(access.database_url) as database:
            await database.migrate(migrate_queue)
            return await CreateKey(database, KeyRows(database), access.secret_key.encode())(name)

    return asyncio.run(make())
